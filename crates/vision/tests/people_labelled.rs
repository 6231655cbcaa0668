//! The people model on labelled boxes, if they are here: people and e-bikes in lifts, and rooms with nobody in them.
//!
//! `WATCHFIRE_LABELLED_DATA=… cargo test -p watchfire-vision --test people_labelled -- --nocapture` prints the figures of
//! `models/people.card.md`.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::path::Path;

use serde::Deserialize;
use vision::{Object, ObjectKind, People, Picture, Rect, scale::Scaler};

/// Boxes tell of the same thing from this share of their union on.
const SAME: f32 = 0.5;
/// Everything from this score on is looked at.
const LOWEST: f32 = 0.15;
/// Below or above these the weights or the engine are broken; the card holds the true figures.
const LEAST_PERSON_RECALL: f64 = 0.4;
const LEAST_PERSON_PRECISION: f64 = 0.45;
const MOST_PEOPLE_IN_EMPTY_ROOMS: f64 = 0.06;

/// Class, left, top, width and height as shares of the picture.
type LabelledBox = (String, f32, f32, f32, f32);

#[derive(Deserialize)]
struct Labelled {
    image: String,
    source: String,
    boxes: Option<Vec<LabelledBox>>,
}

impl Labelled {
    fn boxes(&self, class: &str) -> Vec<Rect> {
        let boxes = self.boxes.iter().flatten().filter(|one| one.0 == class);
        boxes.map(|(_, x, y, w, h)| [*x, *y, *w, *h].into()).collect()
    }
}

/// Boxes found, told for nothing and missed.
#[derive(Default)]
struct Matches {
    hits: usize,
    false_alarms: usize,
    missed: usize,
}

impl Matches {
    fn recall(&self) -> f64 {
        self.hits as f64 / (self.hits + self.missed) as f64
    }

    fn precision(&self) -> f64 {
        self.hits as f64 / (self.hits + self.false_alarms) as f64
    }

    /// Each labelled box goes to the first found one, strongest first, that tells of it.
    fn add<'a>(&mut self, found: impl Iterator<Item = &'a Object>, mut labelled: Vec<Rect>) {
        for object in found {
            match labelled.iter().position(|rect| overlap(*rect, object.rect) >= SAME) {
                Some(at) => {
                    labelled.swap_remove(at);
                    self.hits += 1;
                }
                None => self.false_alarms += 1,
            }
        }
        self.missed += labelled.len();
    }
}

fn overlap(a: Rect, b: Rect) -> f32 {
    let across = ((a.x + a.w).min(b.x + b.w) - a.x.max(b.x)).max(0.0);
    let shared = across * ((a.y + a.h).min(b.y + b.h) - a.y.max(b.y)).max(0.0);
    shared / (a.w * a.h + b.w * b.h - shared)
}

fn rows(folder: &Path, file: &str) -> Vec<Labelled> {
    let text = std::fs::read_to_string(folder.join(file)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_shipped_weights_hold_what_the_card_says() {
    let Ok(folder) = std::env::var("WATCHFIRE_LABELLED_DATA") else {
        println!("skipped: WATCHFIRE_LABELLED_DATA is not set");
        return;
    };
    let folder = Path::new(&folder);
    let shipped = People::embedded().unwrap();
    let thresholds = shipped.thresholds();
    let people = shipped.with_thresholds([LOWEST; ObjectKind::ALL.len()]);
    let mut scaler = Scaler::new();
    let mut detect = |row: &Labelled| {
        let picture = Picture::from_encoded(&std::fs::read(folder.join(&row.image)).unwrap()).unwrap();
        people.detect(&mut scaler, &picture).unwrap()
    };
    let person = |limit: f32| move |o: &&Object| o.kind == ObjectKind::Person && o.score >= limit;
    let at = thresholds[ObjectKind::Person.index()];

    let mut lifts = rows(folder, "labels_train.jsonl");
    lifts.extend(rows(folder, "labels_val.jsonl"));
    lifts.retain(|row| row.source == "ebike_elevator" && row.boxes.is_some());
    let scored: Vec<_> = lifts.iter().map(|row| (row, detect(row))).collect();
    let mut persons = Matches::default();
    for (row, objects) in &scored {
        persons.add(objects.iter().filter(person(at)), row.boxes("person"));
    }
    println!(
        "people in {} lift pictures, {} boxes, score {at}: recall {:.2}, precision {:.2}",
        scored.len(),
        persons.hits + persons.missed,
        persons.recall(),
        persons.precision()
    );
    for limit in [LOWEST, 0.3] {
        let two_wheels = |o: &Object| matches!(o.kind, ObjectKind::Bicycle | ObjectKind::Motorcycle);
        let (mut hits, mut all) = (0, 0);
        for (row, objects) in &scored {
            let labelled = row.boxes("ebike");
            all += labelled.len();
            let told = |rect: &&Rect| {
                objects.iter().any(|o| two_wheels(o) && o.score >= limit && overlap(**rect, o.rect) >= SAME)
            };
            hits += labelled.iter().filter(told).count();
        }
        println!("e-bikes as bicycle or motorcycle, score {limit}: {hits} of {all}");
    }

    let mut rooms = rows(folder, "labels_val.jsonl");
    rooms.retain(|row| row.source == "houses");
    let told = rooms.iter().filter(|row| detect(row).iter().any(|o| person(at)(&o))).count();
    println!("empty rooms and fronts of houses in which somebody is told: {told} of {}", rooms.len());

    assert!(persons.recall() >= LEAST_PERSON_RECALL);
    assert!(persons.precision() >= LEAST_PERSON_PRECISION);
    assert!(told as f64 <= MOST_PEOPLE_IN_EMPTY_ROOMS * rooms.len() as f64);
}
