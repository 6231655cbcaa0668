//! `evaluate`: how well the eyes see, measured on labelled pictures and clips with the code that ships.
//!
//! The folder has the form that `training/` reads: `labels_NAME.jsonl` with pictures, `clips.jsonl` with clips under `clips/SPLIT/`.

mod clips;

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use vision::evaluate::{self, Level};
use vision::{FireSmoke, Worker};

use crate::cli::EvaluateArgs;

pub fn evaluate(args: &EvaluateArgs) -> anyhow::Result<()> {
    let model = Arc::new(FireSmoke::embedded().context("embedded vision model")?);
    println!("model {}", model.version());
    let mut worker = Worker::new(model);
    let mut measured = false;
    for part in &args.parts {
        let labels = format!("labels_{part}.jsonl");
        if args.folder.join(&labels).is_file() {
            measured = true;
            println!("\npictures of {labels}, at the thresholds of a confirmation");
            println!("{}", evaluate::pictures(&mut worker, &args.folder, &labels, Level::Confirm)?);
        }
    }
    if args.folder.join(clips::LIST).is_file() {
        measured = true;
        println!("\nclips");
        println!("{}", clips::measure(&args.folder, &mut worker)?);
    }
    if measured { Ok(()) } else { Err(nothing_in(&args.folder, &args.parts)) }
}

fn nothing_in(folder: &Path, parts: &[String]) -> anyhow::Error {
    let names: Vec<String> = parts.iter().map(|part| format!("labels_{part}.jsonl")).collect();
    anyhow::anyhow!("{} holds neither {} nor {}", folder.display(), names.join(", "), clips::LIST)
}
