//! One look as a line: JSON of a fixed form for programs, words for people.

use serde_json::{Map, Value, json};
use vision::{Condition, Health, Kind, Look, Object, ObjectKind};

use super::events::event_kind;

/// A look as JSON. `place` holds where and when (`path`, `time_s`); scores are `null` where the model was not asked, because nothing
/// in the picture changed or there is no picture.
pub fn of(place: Value, look: &Look, health: &Health) -> Value {
    let mut line = place;
    for kind in Kind::ALL {
        line[event_kind(kind)] = json!(look.score(kind));
    }
    let objects = look.objects.as_deref();
    line["people"] = json!(objects.map(|all| all.iter().filter(|o| o.kind == ObjectKind::Person).count()));
    let e_bikes = |all: &[Object]| all.iter().filter(|o| is_e_bike(o)).map(|o| o.score).fold(0.0, f32::max);
    line["ebike"] = json!(objects.map(e_bikes));
    let burning = look.detections.iter().flat_map(|found| {
        found.regions.iter().map(move |region| (event_kind(found.kind), region.score, region.rect))
    });
    let things = objects.unwrap_or_default().iter().filter_map(|o| {
        let kind = if is_e_bike(o) { "ebike" } else { (o.kind == ObjectKind::Person).then_some("person")? };
        Some((kind, o.score, o.rect))
    });
    let boxes: Vec<Value> = burning
        .chain(things)
        .map(|(kind, p, r)| json!({ "kind": kind, "p": p, "x": r.x, "y": r.y, "w": r.w, "h": r.h }))
        .collect();
    line["boxes"] = json!(boxes);
    line["health"] = health_of(health);
    line["timings"] = json!(look.timings);
    if let Some(error) = &look.error {
        line["error"] = json!(error.to_string());
    }
    line
}

/// The people model knows bicycles and motorcycles; an e-bike looks like either.
fn is_e_bike(object: &Object) -> bool {
    matches!(object.kind, ObjectKind::Bicycle | ObjectKind::Motorcycle)
}

/// Which conditions hold, and whether the picture is without colour.
fn health_of(health: &Health) -> Value {
    let measures = health.measures();
    let mut line: Map<String, Value> = Condition::ALL
        .into_iter()
        .map(|condition| (condition.as_str().to_owned(), json!(health.since(condition).is_some())))
        .collect();
    // These two show in a single picture.
    line.insert(Condition::Black.as_str().to_owned(), json!(measures.is_black()));
    line.insert(Condition::WashedOut.as_str().to_owned(), json!(measures.is_washed_out()));
    line.insert("grey".to_owned(), json!(measures.is_grey()));
    Value::Object(line)
}

/// A look in words.
pub fn words(place: &str, look: &Look) -> String {
    let seen = match &look.error {
        Some(error) => error.to_string(),
        None if look.looked() => look
            .detections
            .iter()
            .map(|found| format!("{} {:.3}", found.kind.as_str(), found.score))
            .collect::<Vec<_>>()
            .join(", "),
        None => "unchanged".to_owned(),
    };
    format!("{place}: {seen}")
}
