//! Runs the whole pipeline after decoding over folders of pictures, each folder one camera:
//! `cargo run -p watchfire-vision --example watch_folder -- WEIGHTS SECONDS_BETWEEN_PICTURES FOLDER...`
//!
//! Prints one JSON line a folder: looks, highest scores, and what became suspect or confirmed when. The
//! training scripts use it to measure temporal confirmation with the code that ships.
#![allow(clippy::print_stdout)]

use std::{path::Path, sync::Arc};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use vision::{CameraWatch, FireSmoke, Kind, Picture, Worker};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let weights = std::fs::read(arguments.next().ok_or("the weights file is missing")?)?;
    let spacing = SignedDuration::try_from_secs_f64(arguments.next().ok_or("seconds are missing")?.parse()?)?;
    let mut worker = Worker::new(Arc::new(FireSmoke::load(&weights)?));
    for folder in arguments {
        println!("{}", watch(&mut worker, Path::new(&folder), spacing)?);
    }
    Ok(())
}

fn watch(
    worker: &mut Worker,
    folder: &Path,
    spacing: SignedDuration,
) -> Result<Value, Box<dyn std::error::Error>> {
    let mut files: Vec<_> =
        std::fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    files.sort();
    let mut camera = CameraWatch::new(worker.model()).finding_left_objects();
    let (mut at, mut looks, mut highest) = (SignedDuration::ZERO, 0, [0.0_f32; Kind::ALL.len()]);
    let (mut observed, mut conditions, mut left) = (Vec::new(), Vec::new(), Vec::new());
    for file in &files {
        let picture = Picture::from_encoded(&std::fs::read(file)?)?;
        let look = camera.look_at(worker, Timestamp::UNIX_EPOCH + at, &picture);
        looks += usize::from(look.looked());
        for detection in &look.detections {
            let most = &mut highest[detection.kind.index()];
            *most = most.max(detection.score);
        }
        observed.extend(look.observations.iter().map(|o| {
            json!({ "at_s": at.as_secs_f64(), "kind": o.kind, "certainty": o.certainty, "score": o.score, "boxes": o.boxes })
        }));
        conditions.extend(
            look.conditions
                .iter()
                .map(|c| json!({ "at_s": at.as_secs_f64(), "condition": c.condition, "step": c.step })),
        );
        left.extend(
            look.left
                .iter()
                .map(|l| json!({ "at_s": at.as_secs_f64(), "ended": l.ended_at.is_some(), "box": l.rect })),
        );
        at += spacing;
    }
    Ok(json!({
        "folder": folder.display().to_string(),
        "pictures": files.len(),
        "looks": looks,
        "flame": highest[Kind::Flame.index()],
        "smoke": highest[Kind::Smoke.index()],
        "open_flame": highest[Kind::OpenFlame.index()],
        "counts": camera.health().counts(),
        "conditions": conditions,
        "left": left,
        "observations": observed,
    }))
}
