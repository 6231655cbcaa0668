//! `samples`: pictures of answered alarms out of the data folder, in the form that `evaluate` and `training/` read.

use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;
use domain::quality::label_of;
use platform::rows::{MAX_PAGE, PageAsk, SampleRow};
use serde_json::{Value, json};

use crate::cli::SamplesCommand;
use crate::wire;

/// Folder of the pictures in the export.
const PICTURES: &str = "images";
/// What the samples of a platform are called as a source.
const SOURCE: &str = "watchfire";

pub async fn samples(command: SamplesCommand) -> anyhow::Result<()> {
    let SamplesCommand::Export { output, part, data } = command;
    anyhow::ensure!(
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'),
        "--part takes letters, digits and _"
    );
    let config = wire::configuration(&data)?;
    let platform = wire::open(&config, false).await?;
    let at = || output.display().to_string();
    std::fs::create_dir_all(&output).with_context(at)?;
    let is_empty = std::fs::read_dir(&output).with_context(at)?.next().is_none();
    anyhow::ensure!(is_empty, "{} is not empty; name a new folder", output.display());
    std::fs::create_dir_all(output.join(PICTURES)).with_context(at)?;
    let name = format!("labels_{part}.jsonl");
    let mut labels = std::io::BufWriter::new(std::fs::File::create(output.join(&name)).with_context(at)?);
    let ask = wire::operator(&platform);
    let (mut written, mut page) = (0, PageAsk::first(MAX_PAGE));
    loop {
        let found = platform.samples(&ask, &page).await?;
        for sample in &found.items {
            let picture = platform.sample_picture(&ask, sample).await?;
            write_picture(&output.join(picture_of(sample)), &picture)?;
            writeln!(labels, "{}", line(sample)).with_context(at)?;
            written += 1;
        }
        let Some(next) = found.next else { break };
        page = PageAsk::after(MAX_PAGE, next);
    }
    labels.flush().with_context(at)?;
    platform.note_samples_export(&ask, written).await?;
    println!("{written} samples in {}", output.join(name).display());
    println!(
        "People are hidden in them; they stay personal data all the same and go when their purpose is met."
    );
    Ok(())
}

fn write_picture(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    std::fs::write(path, bytes).with_context(|| path.display().to_string())
}

fn picture_of(sample: &SampleRow) -> String {
    format!("{PICTURES}/{}.jpg", sample.new.due.alarm_id)
}

/// A line of the labels. The model's own boxes are no labels, so they have a name of their own; a picture that shows nothing has no boxes.
fn line(sample: &SampleRow) -> Value {
    let due = &sample.new.due;
    let (fire, smoke, context) = label_of(sample.code, due.answer, due.reason);
    let shows_nothing = fire != Some(true) && smoke != Some(true);
    let boxes = shows_nothing.then(Vec::<Value>::new);
    let model_boxes: Vec<Value> = sample.boxes.iter().map(|b| json!([b.label, b.x, b.y, b.w, b.h])).collect();
    json!({
        "image": picture_of(sample),
        "source": SOURCE,
        "group": sample.camera_id,
        "fire": fire,
        "smoke": smoke,
        "context": context,
        "boxes": boxes,
        "model_boxes": model_boxes,
        "code": sample.code.as_str(),
        "answer": due.answer.as_str(),
        "reason": due.reason.map(domain::alarm::FalseAlarmReason::as_str),
        "score": sample.score,
        "model": sample.model,
        "place_type": due.place_type.as_str(),
        "occurred_at": sample.occurred_at.to_string(),
        "people_hidden": sample.new.people_hidden,
        "simulated": sample.simulated,
    })
}
