//! `detect`: the vision pipeline on pictures, folders, videos and streams; it reports what it sees and raises nothing.

mod events;
mod film;
mod line;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use jiff::Timestamp;
use media::{CameraConfig, RtspUrl, Source};
use platform::watch::coding_of;
use serde_json::{Value, json};
use vision::{CameraWatch, FireSmoke, Picture, PresenceRules, Worker};

pub use events::{Event, Events};
pub use film::look_through;

use crate::cli::DetectArgs;

const PICTURES: [&str; 3] = ["jpg", "jpeg", "png"];
const VIDEOS: [&str; 7] = ["mp4", "m4v", "mov", "h264", "264", "h265", "265"];

struct Detector {
    worker: Worker,
    json: bool,
    every_s: Option<f64>,
}

pub async fn detect(args: DetectArgs) -> anyhow::Result<()> {
    if args.every.is_some_and(|every| !(every > 0.0 && every.is_finite())) {
        anyhow::bail!("--every takes a number of seconds above 0");
    }
    let model = Arc::new(FireSmoke::embedded().context("embedded vision model")?);
    let mut detector = Detector { worker: Worker::new(model), json: args.json, every_s: args.every };
    let mut failed = 0;
    for target in &args.targets {
        let result = if target.contains("://") {
            detector.stream(target, Duration::from_secs(args.stream_seconds)).await
        } else {
            detector.path(Path::new(target))
        };
        if let Err(error) = result {
            // One bad file must not hide what the others show.
            detector.complain(Path::new(target), &error);
            failed += 1;
        }
    }
    if failed > 0 {
        Err(anyhow::anyhow!("{failed} of {} could not be looked at", args.targets.len()))
    } else {
        Ok(())
    }
}

impl Detector {
    fn path(&mut self, path: &Path) -> anyhow::Result<()> {
        if path.is_dir() {
            let mut files: Vec<PathBuf> =
                std::fs::read_dir(path)?.filter_map(Result::ok).map(|entry| entry.path()).collect();
            files.sort();
            for file in files.iter().filter(|file| has_ending(file, &PICTURES) || has_ending(file, &VIDEOS)) {
                if let Err(error) = self.path(file) {
                    self.complain(file, &error);
                }
            }
            return Ok(());
        }
        if has_ending(path, &PICTURES) {
            self.picture(path)
        } else if has_ending(path, &VIDEOS) {
            self.video(path)
        } else {
            anyhow::bail!("neither a picture ({}) nor a video ({})", PICTURES.join(", "), VIDEOS.join(", "))
        }
    }

    fn picture(&mut self, path: &Path) -> anyhow::Result<()> {
        let picture = Picture::from_encoded(&std::fs::read(path)?)?;
        // A camera of one picture: without anything to compare with, only what a single picture shows.
        let mut camera = file_camera(&self.worker);
        let look = camera.look_at(&mut self.worker, Timestamp::UNIX_EPOCH, &picture);
        let place = json!({ "path": path, "time_s": null });
        self.line(&line::of(place, &look, camera.health()), &line::words(&path.display().to_string(), &look));
        Ok(())
    }

    fn video(&mut self, path: &Path) -> anyhow::Result<()> {
        let mut events = Events::default();
        let mut camera = file_camera(&self.worker);
        let json = self.json;
        look_through(path, &mut self.worker, &mut camera, self.every_s, |looked| {
            events.take(looked.look);
            let place = json!({ "path": path, "time_s": looked.time_s });
            let shown = format!("{} {:.2} s", path.display(), looked.time_s);
            print_line(json, &line::of(place, looked.look, looked.health), &line::words(&shown, looked.look));
        })?;
        let found = events.into_events();
        let words: Vec<String> =
            found.iter().map(|e| format!("{} from {:.1} s", e.kind, e.start_s)).collect();
        let words = if words.is_empty() { "nothing confirmed".to_owned() } else { words.join(", ") };
        self.line(&json!({ "path": path, "events": found }), &format!("{}: {words}", path.display()));
        Ok(())
    }

    async fn stream(&mut self, address: &str, seconds: Duration) -> anyhow::Result<()> {
        let (url, credentials) = RtspUrl::parse(address)?;
        let shown = url.to_string();
        let clock: media::Clock = Arc::new(|| Timestamp::now().as_microsecond());
        let source = Source::Rtsp { url, credentials };
        let stream = media::spawn_camera(CameraConfig::new("detect", source, 1), clock);
        let mut key_frames = stream.subscribe_key_frames();
        let mut camera = CameraWatch::new(self.worker.model())
            .finding_left_objects()
            .counting_people(PresenceRules::default());
        let mut events = Events::default();
        let mut began_us = None;
        let end = tokio::time::Instant::now() + seconds;
        while let Ok(Some(frame)) = tokio::time::timeout_at(end, key_frames.next()).await {
            let began_us = *began_us.get_or_insert(frame.received_at_us);
            let at = Timestamp::from_microsecond(frame.received_at_us - began_us)?;
            let coding = coding_of(frame.parameters.codec);
            let look = tokio::task::block_in_place(|| {
                camera.look(&mut self.worker, at, coding, &frame.byte_stream())
            });
            let place = json!({ "path": shown, "time_s": events::second_of(at) });
            let words = format!("{shown} {:.1} s", events::second_of(at));
            self.line(&line::of(place, &look, camera.health()), &line::words(&words, &look));
            for found in events.take(&look) {
                self.line(
                    &json!({ "path": shown, "events": [found] }),
                    &format!("{shown}: {} confirmed", found.kind),
                );
            }
        }
        let state = stream.status().state;
        stream.stop().await;
        if began_us.is_some() { Ok(()) } else { Err(anyhow::anyhow!("no picture: {}", state.message_en())) }
    }

    fn line(&self, value: &Value, words: &str) {
        print_line(self.json, value, words);
    }

    /// What could not be looked at, on the error stream and, for programs that read the lines, in its place among them.
    fn complain(&self, path: &Path, error: &anyhow::Error) {
        eprintln!("watchfire: {}: {error:#}", path.display());
        if self.json {
            println!("{}", json!({ "path": path, "error": format!("{error:#}") }));
        }
    }
}

/// A camera whose pictures come from a file: every picture is looked at, people are counted, and holds are as short as films are.
fn file_camera(worker: &Worker) -> CameraWatch {
    CameraWatch::new(worker.model()).ungated().finding_left_objects().counting_people(PresenceRules::brief())
}

fn print_line(json: bool, value: &Value, words: &str) {
    if json { println!("{value}") } else { println!("{words}") }
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    path.extension()
        .and_then(|ending| ending.to_str())
        .is_some_and(|ending| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}
