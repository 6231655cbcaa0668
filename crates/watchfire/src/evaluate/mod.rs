//! `evaluate`: how well the eyes see, measured on labelled pictures and clips with the code that ships, and whether other weights would see better.
//!
//! The folder has the form that `training/` reads and `samples export` writes: `labels_NAME.jsonl` with pictures, `clips.jsonl` with clips under
//! `clips/SPLIT/`.

mod clips;
mod compare;

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use vision::evaluate::{self, Level};
use vision::{FireSmoke, Worker};

use crate::cli::EvaluateArgs;
use crate::weights;

pub fn evaluate(args: &EvaluateArgs) -> anyhow::Result<()> {
    let mut worker = Worker::new(Arc::new(FireSmoke::embedded().context("embedded vision model")?));
    let mut other = match &args.weights {
        Some(file) => Some(Worker::new(Arc::new(weights::from_file(file)?))),
        None => None,
    };
    println!("model {}", worker.model().version());
    if let Some(other) = &other {
        println!("other {}", other.model().version());
    }
    let mut measured = false;
    for part in &args.parts {
        let labels = format!("labels_{part}.jsonl");
        if args.folder.join(&labels).is_file() {
            measured = true;
            pictures(&args.folder, &labels, &mut worker, other.as_mut())?;
        }
    }
    if args.folder.join(clips::LIST).is_file() {
        measured = true;
        println!("\nclips, model {}", worker.model().version());
        println!("{}", clips::measure(&args.folder, &mut worker)?);
        if let Some(other) = &mut other {
            println!("clips, other {}", other.model().version());
            println!("{}", clips::measure(&args.folder, other)?);
        }
    }
    if measured { Ok(()) } else { Err(nothing_in(&args.folder, &args.parts)) }
}

fn pictures(
    folder: &Path,
    labels: &str,
    worker: &mut Worker,
    other: Option<&mut Worker>,
) -> anyhow::Result<()> {
    let scored = evaluate::score(worker, folder, labels)?;
    let limits = evaluate::limits(worker, Level::Confirm);
    println!(
        "\npictures of {labels}, at the thresholds of a confirmation, model {}",
        worker.model().version()
    );
    println!("{}", evaluate::report(&scored, limits));
    if let Some(other) = other {
        let by_other = evaluate::score(other, folder, labels)?;
        let other_limits = evaluate::limits(other, Level::Confirm);
        println!("pictures of {labels}, other {}", other.model().version());
        println!("{}", evaluate::report(&by_other, other_limits));
        print!("{}", compare::of((&scored, limits), (&by_other, other_limits)));
    }
    Ok(())
}

fn nothing_in(folder: &Path, parts: &[String]) -> anyhow::Error {
    let names: Vec<String> = parts.iter().map(|part| format!("labels_{part}.jsonl")).collect();
    anyhow::anyhow!("{} holds neither {} nor {}", folder.display(), names.join(", "), clips::LIST)
}
