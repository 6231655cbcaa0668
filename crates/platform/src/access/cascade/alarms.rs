//! Alarms of the shown subtree, told to upper platforms as the standard has them: no edition knows a fire, so the words say it.

use domain::access::Access;
use domain::alarm::Source;
use domain::ids::AlarmId;
use gb28181::id::CatalogId;
use gb28181::manscdp::LocalTime;
use gb28181::manscdp::alarm::{Alarm, AlarmMethod, AlarmPriority};
use store::{AlarmRow, UpperPlatform};

use super::line::Act;
use crate::Platform;

/// Reads an alarm as the upper platform may see it; none where it lies outside its subtree.
pub(super) async fn read(platform: &Platform, upper: &UpperPlatform, id: AlarmId) -> Option<Act> {
    let access = Access { scope: Some(upper.shown.into()), ..Access::PLATFORM };
    let row = platform.inner.store.alarm(&access, id).await.ok()?;
    Some(Act::Alarm(Box::new(row)))
}

/// The alarm as it is told.
pub(super) fn told(row: &AlarmRow) -> Alarm {
    let alarm = &row.alarm;
    let priority = match u8::from(alarm.level) {
        1 => AlarmPriority::First,
        2 => AlarmPriority::Second,
        3 => AlarmPriority::Third,
        _ => AlarmPriority::Fourth,
    };
    let method = match alarm.source {
        Source::Ai => AlarmMethod::Video,
        // Not method 2 for detectors: the point would have to be reset from above, and that is the school's own act.
        Source::Device | Source::Manual => AlarmMethod::Other,
    };
    Alarm {
        priority: Some(priority),
        method: Some(method),
        time: Some(LocalTime { unix_us: alarm.times.occurred_at.as_microsecond() }),
        description: Some(words(row)),
        ..Alarm::default()
    }
}

/// Which point it is: the camera as shown, or else ourselves.
pub(super) fn point(row: &AlarmRow, tree: &super::tree::Tree, upper: &UpperPlatform) -> CatalogId {
    let camera = row.alarm.camera_id.and_then(|id| tree.camera_of(id));
    camera
        .map_or_else(|| crate::access::devices::wire_id(&upper.own_gb_id).into(), |shown| shown.gb_id.into())
}

fn words(row: &AlarmRow) -> String {
    let alarm = &row.alarm;
    let mark = if alarm.drill {
        "【演练】"
    } else if row.simulated {
        "【模拟】"
    } else {
        ""
    };
    let camera = row.camera_name.as_deref().unwrap_or_default();
    format!("{mark}{} {} {camera}（{}）", row.unit_name, alarm.code.name_zh(), alarm.code.as_str())
}
