//! `shadow`: a weights file on recordings of the last days, beside the one that serves. Nothing is raised and nothing changes.
//!
//! Files are taken evenly over cameras and days. In each, both models look at a key frame every so often; where either suspects something, both
//! look at every key frame of the file as the watch would, and what they would have confirmed is compared.

mod tally;

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};
use media::file::VideoFile;
use platform::recording::RecordedFile;
use platform::watch::coding_of;
use vision::{CameraWatch, Certainty, FireSmoke, Kind, Worker};

use crate::cli::ShadowArgs;
use crate::figures::say;
use crate::{weights, wire};
use tally::{Event, Tally};

/// Microseconds of a second.
const SECOND_US: i64 = 1_000_000;

/// The two models.
struct Pair {
    serving: Worker,
    tried: Worker,
}

pub async fn shadow(args: ShadowArgs) -> anyhow::Result<()> {
    let config = wire::configuration(&args.data)?;
    let tried = weights::from_file(&args.weights)?;
    let (serving, _) = weights::serving(&config.watch.weights)?;
    let platform = wire::open(&config, false).await?;
    let trying = format!("{} beside {}", tried.version(), serving.version());
    let files = platform.recorded_files(&wire::operator(&platform), args.days, &trying).await?;
    anyhow::ensure!(
        !files.is_empty(),
        "no recording of the last {} days lies on the disks of this machine",
        args.days
    );
    let tally = tokio::task::spawn_blocking(move || look_through(&args, files, serving, tried));
    say(tally.await.context("looking")??.trim_end())
}

fn look_through(
    args: &ShadowArgs,
    files: Vec<RecordedFile>,
    serving: FireSmoke,
    tried: FireSmoke,
) -> anyhow::Result<String> {
    let versions = [serving.version().to_owned(), tried.version().to_owned()];
    let mut pair = Pair { serving: Worker::new(Arc::new(serving)), tried: Worker::new(Arc::new(tried)) };
    let mut tally = Tally::new(versions);
    tally.files_found = files.len();
    let every_us = i64::from(args.every.max(1)) * SECOND_US;
    for file in evenly(files) {
        if tally.looks >= args.looks_max {
            break;
        }
        tally.files += 1;
        match sample(&file.path, every_us, &mut pair, &mut tally) {
            Ok(true) => {
                closely(&file, &mut pair, &mut tally).with_context(|| file.path.display().to_string())?;
            }
            Ok(false) => {}
            // Deleted meanwhile, or damaged: the others are still there.
            Err(error) => {
                eprintln!("watchfire: {}: {error:#}", file.path.display());
                tally.unreadable += 1;
            }
        }
    }
    Ok(if args.json { tally.in_json() } else { tally.to_string() })
}

/// The files in an order in which any first part of them is spread over all cameras and the whole time: by bits of their place, turned round.
fn evenly(files: Vec<RecordedFile>) -> Vec<RecordedFile> {
    let bits = usize::BITS - files.len().leading_zeros();
    let turned = |place: usize| if bits == 0 { 0 } else { place.reverse_bits() >> (usize::BITS - bits) };
    let mut placed: Vec<(usize, RecordedFile)> =
        files.into_iter().enumerate().map(|(place, file)| (turned(place), file)).collect();
    placed.sort_by_key(|(turned, _)| *turned);
    placed.into_iter().map(|(_, file)| file).collect()
}

/// Looks at a key frame every so often with both models. True where either suspects something.
fn sample(path: &Path, every_us: i64, pair: &mut Pair, tally: &mut Tally) -> anyhow::Result<bool> {
    let mut file = VideoFile::open(path)?;
    let (mut due_us, mut is_suspect) = (i64::MIN, false);
    while let Some(sample) = file.next_sample()? {
        if !sample.is_key || sample.pts_us < due_us {
            continue;
        }
        due_us = sample.pts_us + every_us;
        let coding = coding_of(sample.parameters.codec);
        let Ok(picture) = pair.serving.decode(coding, &sample.byte_stream()) else {
            tally.undecodable += 1;
            continue;
        };
        let (one, two) = (pair.serving.detect(&picture)?, pair.tried.detect(&picture)?);
        let limits = [pair.serving.model().thresholds(), pair.tried.model().thresholds()];
        for kind in Kind::ALL {
            let i = kind.index();
            tally.look(kind, [one[i].score >= limits[0].confirm[i], two[i].score >= limits[1].confirm[i]]);
            is_suspect |= one[i].score >= limits[0].suspect[i] || two[i].score >= limits[1].suspect[i];
        }
        tally.looks += 1;
    }
    Ok(is_suspect)
}

/// Looks at every key frame of a file as the watch would, and notes what each model would have confirmed.
fn closely(recorded: &RecordedFile, pair: &mut Pair, tally: &mut Tally) -> anyhow::Result<()> {
    let mut watches = [CameraWatch::new(pair.serving.model()), CameraWatch::new(pair.tried.model())];
    let mut file = VideoFile::open(&recorded.path)?;
    let mut told: [Vec<(Kind, Timestamp, f32)>; 2] = [Vec::new(), Vec::new()];
    while let Some(sample) = file.next_sample()? {
        if !sample.is_key {
            continue;
        }
        let at = recorded.start_at.checked_add(SignedDuration::from_micros(sample.pts_us))?;
        let (coding, unit) = (coding_of(sample.parameters.codec), sample.byte_stream());
        for ((watch, worker), told) in
            watches.iter_mut().zip([&mut pair.serving, &mut pair.tried]).zip(&mut told)
        {
            let look = watch.look(worker, at, coding, &unit);
            let confirmed = look.observations.iter().filter(|seen| seen.certainty == Certainty::Confirmed);
            told.extend(confirmed.map(|seen| (seen.kind, seen.at, seen.score)));
        }
        tally.close_looks += 1;
    }
    for kind in Kind::ALL {
        let first = |told: &[(Kind, Timestamp, f32)]| {
            told.iter().find(|(of, ..)| *of == kind).map(|(_, at, score)| (*at, *score))
        };
        let by = [first(&told[0]), first(&told[1])];
        if let Some((at, _)) = by[0].or(by[1]) {
            tally.events.push(Event {
                kind,
                at,
                camera: format!("{} · {}", recorded.unit_name, recorded.camera_name),
                scores: by.map(|one| one.map(|(_, score)| score)),
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_files_are_spread_over_all() {
        let file = |n: i64| RecordedFile {
            camera_id: "00000000-0000-0000-0000-000000000001".parse().unwrap(),
            camera_name: String::new(),
            unit_name: String::new(),
            start_at: Timestamp::from_second(n).unwrap(),
            path: std::path::PathBuf::new(),
        };
        let order = |count: i64| -> Vec<i64> {
            let files = evenly((0..count).map(file).collect());
            files.iter().map(|file| file.start_at.as_second()).collect()
        };
        assert_eq!(order(7), [0, 4, 2, 6, 1, 5, 3]);
        assert_eq!(order(1), [0]);
        assert!(order(0).is_empty());
    }
}
