//! `detect`: the vision pipeline on pictures, folders, videos and streams; it reports what it sees and raises nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use jiff::Timestamp;
use media::file::VideoFile;
use media::{CameraConfig, RtspUrl, Source};
use platform::watch::coding_of;
use serde_json::{Value, json};
use vision::{
    CameraWatch, Certainty, Detection, FireSmoke, Look, Observation, Picture, Shown, Times, VideoDecoder,
    Worker,
};

use crate::cli::DetectArgs;

const PICTURES: [&str; 3] = ["jpg", "jpeg", "png"];
const VIDEOS: [&str; 7] = ["mp4", "m4v", "mov", "h264", "264", "h265", "265"];
/// Spacing of looks in a video whose key frames are rarer than this.
const EVERY_S: f64 = 0.5;

struct Detector {
    model: Arc<FireSmoke>,
    worker: Worker,
    json: bool,
    every_s: Option<f64>,
}

pub async fn detect(args: DetectArgs) -> anyhow::Result<()> {
    if args.every.is_some_and(|every| !(every > 0.0 && every.is_finite())) {
        anyhow::bail!("--every takes a number of seconds above 0");
    }
    let model = Arc::new(FireSmoke::embedded().context("embedded vision model")?);
    let worker = Worker::new(Arc::clone(&model));
    let mut detector = Detector { model, worker, json: args.json, every_s: args.every };
    let mut failed = 0;
    for target in &args.targets {
        let result = if target.contains("://") {
            detector.stream(target, Duration::from_secs(args.stream_seconds)).await
        } else {
            detector.path(Path::new(target))
        };
        if let Err(error) = result {
            // One bad file must not hide what the others show.
            eprintln!("watchfire: {target}: {error:#}");
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
                    eprintln!("watchfire: {}: {error:#}", file.display());
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
        let bytes = std::fs::read(path)?;
        let picture = Picture::from_encoded(&bytes)?;
        let detections = self.worker.detect(&picture)?;
        let thresholds = self.model.thresholds();
        let seen: Vec<&str> = detections
            .iter()
            .filter(|found| found.score >= thresholds.confirm[found.kind.index()])
            .map(|found| found.kind.as_str())
            .collect();
        self.line(
            &json!({ "path": path, "seen": seen, "detections": detections }),
            &format!("{}: {}", path.display(), scores(&detections)),
        );
        Ok(())
    }

    fn video(&mut self, path: &Path) -> anyhow::Result<()> {
        let mut file = VideoFile::open(path)?;
        let every_s = match self.every_s {
            Some(every) => Some(every),
            None => key_frames_are_rare(path)?.then_some(EVERY_S),
        };
        let events = match every_s {
            None => self.key_pictures(path, &mut file)?,
            Some(every_s) => self.pictures_every(path, &mut file, every_s)?,
        };
        let found: Vec<Value> = events.iter().map(event).collect();
        let words: Vec<String> = events
            .iter()
            .map(|found| format!("{} from {}", found.kind.as_str(), second_of(found.first_seen_at)))
            .collect();
        let words = if words.is_empty() { "nothing confirmed".to_owned() } else { words.join(", ") };
        self.line(&json!({ "path": path, "events": found }), &format!("{}: {words}", path.display()));
        Ok(())
    }

    /// Looks at the key frames only; what was confirmed.
    fn key_pictures(&mut self, path: &Path, file: &mut VideoFile) -> anyhow::Result<Vec<Observation>> {
        let mut camera = CameraWatch::new(&self.model);
        let mut events = Vec::new();
        while let Some(sample) = file.next_sample()? {
            if !sample.is_key {
                continue;
            }
            let at = Timestamp::from_microsecond(sample.pts_us)?;
            let coding = coding_of(sample.parameters.codec);
            let look = camera.look(&mut self.worker, at, coding, &sample.byte_stream());
            self.looked(path, at, look, &mut events);
        }
        Ok(events)
    }

    /// Decodes everything and looks so often; what was confirmed.
    fn pictures_every(
        &mut self,
        path: &Path,
        file: &mut VideoFile,
        every_s: f64,
    ) -> anyhow::Result<Vec<Observation>> {
        let mut camera = CameraWatch::new(&self.model);
        let mut decoder = VideoDecoder::new(coding_of(file.parameters().codec));
        let (mut events, mut due_us, mut is_over) = (Vec::new(), i64::MIN, false);
        while !is_over {
            let shown = if let Some(sample) = file.next_sample()? {
                let times = Times { dts_us: sample.dts_us, pts_us: sample.pts_us };
                decoder.decode(&sample.byte_stream(), times).unwrap_or_else(|error| {
                    let second = sample.pts_us as f64 / 1e6;
                    eprintln!("watchfire: {} at {second:.2} s: {error}", path.display());
                    Vec::new()
                })
            } else {
                is_over = true;
                decoder.finish()
            };
            for Shown { pts_us, picture } in shown {
                if pts_us < due_us {
                    continue;
                }
                due_us = pts_us + (every_s * 1e6) as i64;
                let at = Timestamp::from_microsecond(pts_us)?;
                let look = camera.look_at(&mut self.worker, at, &picture);
                self.looked(path, at, look, &mut events);
            }
        }
        Ok(events)
    }

    fn looked(&self, path: &Path, at: Timestamp, look: Look, events: &mut Vec<Observation>) {
        let second = at.as_microsecond() as f64 / 1e6;
        let shown = format!("{} {second:.2} s", path.display());
        self.look_line(json!({ "path": path, "second": second }), &shown, &look);
        events.extend(look.observations.into_iter().filter(|found| found.certainty == Certainty::Confirmed));
    }

    async fn stream(&mut self, address: &str, seconds: Duration) -> anyhow::Result<()> {
        let (url, credentials) = RtspUrl::parse(address)?;
        let shown = url.to_string();
        let clock: media::Clock = Arc::new(|| Timestamp::now().as_microsecond());
        let source = Source::Rtsp { url, credentials };
        let stream = media::spawn_camera(CameraConfig::new("detect", source, 1), clock);
        let mut key_frames = stream.subscribe_key_frames();
        let mut camera = CameraWatch::new(&self.model);
        let mut looked = false;
        let end = tokio::time::Instant::now() + seconds;
        while let Ok(Some(frame)) = tokio::time::timeout_at(end, key_frames.next()).await {
            looked = true;
            let at = Timestamp::from_microsecond(frame.received_at_us)?;
            let coding = coding_of(frame.parameters.codec);
            let look = tokio::task::block_in_place(|| {
                camera.look(&mut self.worker, at, coding, &frame.byte_stream())
            });
            self.look_line(json!({ "url": shown, "at": at }), &format!("{shown} {at}"), &look);
            for found in look.observations.iter().filter(|found| found.certainty == Certainty::Confirmed) {
                self.line(
                    &json!({ "url": shown, "events": [event(found)] }),
                    &format!("{shown}: {} confirmed", found.kind.as_str()),
                );
            }
        }
        let state = stream.status().state;
        stream.stop().await;
        if looked { Ok(()) } else { Err(anyhow::anyhow!("no picture: {}", state.message_en())) }
    }

    fn look_line(&self, place: Value, shown: &str, look: &Look) {
        let mut value = place;
        value["detections"] = json!(look.detections);
        value["timings"] = json!(look.timings);
        if let Some(error) = &look.error {
            value["error"] = json!(error.to_string());
        }
        let words = match &look.error {
            Some(error) => error.to_string(),
            None if look.looked() => scores(&look.detections),
            None => "unchanged".to_owned(),
        };
        self.line(&value, &format!("{shown}: {words}"));
    }

    fn line(&self, value: &Value, words: &str) {
        if self.json { println!("{value}") } else { println!("{words}") }
    }
}

fn event(found: &Observation) -> Value {
    json!({
        "kind": found.kind,
        "from_second": found.first_seen_at.as_microsecond() as f64 / 1e6,
        "confirmed_second": found.at.as_microsecond() as f64 / 1e6,
        "score": found.score,
        "boxes": found.boxes,
    })
}

fn second_of(at: Timestamp) -> String {
    format!("{:.1} s", at.as_microsecond() as f64 / 1e6)
}

fn scores(detections: &[Detection]) -> String {
    detections
        .iter()
        .map(|found| format!("{} {:.3}", found.kind.as_str(), found.score))
        .collect::<Vec<_>>()
        .join(", ")
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    path.extension()
        .and_then(|ending| ending.to_str())
        .is_some_and(|ending| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// Whether the key frames of a file lie too far apart to confirm anything in a clip of a few seconds.
fn key_frames_are_rare(path: &Path) -> anyhow::Result<bool> {
    const RARE_S: f64 = 1.0;
    let mut file = VideoFile::open(path)?;
    let (mut keys, mut last_us) = (0_u32, 0);
    while let Some(sample) = file.next_sample()? {
        keys += u32::from(sample.is_key);
        last_us = last_us.max(sample.pts_us);
    }
    Ok(last_us as f64 / 1e6 > RARE_S * f64::from(keys.max(1)))
}
