//! Counts people over folders of pictures, each folder one camera:
//! `cargo run -p watchfire-vision --example people_folder -- SECONDS_BETWEEN_PICTURES FOLDER...`
//!
//! Prints one JSON line a picture with what is seen in it, and one for everything that became so over time, with the short holds of
//! [`PresenceRules::brief`].
#![allow(clippy::print_stdout)]

use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use vision::{
    ObjectKind, People, Picture,
    presence::{PresenceRules, PresenceWatch},
    scale::Scaler,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let spacing = SignedDuration::try_from_secs_f64(arguments.next().ok_or("seconds are missing")?.parse()?)?;
    let people = People::embedded()?;
    for folder in arguments {
        watch(&people, Path::new(&folder), spacing)?;
    }
    Ok(())
}

fn watch(people: &People, folder: &Path, spacing: SignedDuration) -> Result<(), Box<dyn std::error::Error>> {
    let mut files: Vec<_> =
        std::fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    files.sort();
    let mut scaler = Scaler::new();
    let mut presence = PresenceWatch::new(PresenceRules::brief());
    let mut at = Timestamp::UNIX_EPOCH;
    for file in &files {
        let picture = Picture::from_encoded(&std::fs::read(file)?)?;
        let objects = people.detect(&mut scaler, &picture)?;
        let persons = objects.iter().filter(|object| object.kind == ObjectKind::Person).count();
        let medium = scaler.medium_luma(&picture)?;
        let small = scaler.small_luma(&medium)?;
        let report = presence.observe(at, &objects, &small);
        let name = file.display().to_string();
        println!(
            "{}",
            json!({ "file": name, "at_s": at.as_second(), "persons": persons, "objects": objects })
        );
        for event in report.events {
            println!("{}", json!({ "at_s": at.as_second(), "event": event }));
        }
        if let Some(minute) = report.minute {
            println!("{}", json!({ "minute": minute }));
        }
        at += spacing;
    }
    if let Some(minute) = presence.finish() {
        println!("{}", json!({ "minute": minute }));
    }
    Ok(())
}
