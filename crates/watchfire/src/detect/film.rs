//! A video file as a row of looks: at its key frames as a camera's are looked at, or evenly where those are rare.

use std::path::Path;

use jiff::Timestamp;
use media::file::{FileError, VideoFile};
use platform::watch::coding_of;
use thiserror::Error;
use vision::{CameraWatch, Health, Look, Shown, Times, VideoDecoder, Worker};

use super::events::second_of;

/// Spacing of looks in a video whose key frames are rarer than [`RARE_S`].
const EVERY_S: f64 = 0.5;
/// Key frames further apart than this confirm nothing in a clip of a few seconds.
const RARE_S: f64 = 1.0;

/// A file that could not be looked through.
#[derive(Debug, Error)]
pub enum FilmError {
    /// It cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// A time in it is out of range.
    #[error(transparent)]
    Time(#[from] jiff::Error),
}

/// One look at a film.
pub struct Looked<'a> {
    /// Seconds since the beginning.
    pub time_s: f64,
    /// What was seen.
    pub look: &'a Look,
    /// What is known about the picture.
    pub health: &'a Health,
}

/// Looks through a file: every so many seconds, or at its key frames.
pub fn look_through(
    path: &Path,
    worker: &mut Worker,
    camera: &mut CameraWatch,
    every_s: Option<f64>,
    mut tell: impl FnMut(Looked<'_>),
) -> Result<(), FilmError> {
    let every_s = match every_s {
        Some(every_s) => Some(every_s),
        None => key_frames_are_rare(path)?.then_some(EVERY_S),
    };
    let mut file = VideoFile::open(path)?;
    let mut told = |at: Timestamp, look: &Look, health: &Health| {
        tell(Looked { time_s: second_of(at), look, health });
    };
    let Some(every_s) = every_s else {
        while let Some(sample) = file.next_sample()? {
            if sample.is_key {
                let at = Timestamp::from_microsecond(sample.pts_us)?;
                let coding = coding_of(sample.parameters.codec);
                let look = camera.look(worker, at, coding, &sample.byte_stream());
                told(at, &look, camera.health());
            }
        }
        return Ok(());
    };
    let step_us = (every_s * 1e6) as i64;
    let mut decoder = VideoDecoder::new(coding_of(file.parameters().codec));
    let (mut due_us, mut is_over) = (i64::MIN, false);
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
            // The looks keep to their grid, so that a rate which does not divide it makes them no rarer.
            due_us = due_us.max(pts_us - step_us) + step_us;
            let at = Timestamp::from_microsecond(pts_us)?;
            let look = camera.look_at(worker, at, &picture);
            told(at, &look, camera.health());
        }
    }
    Ok(())
}

fn key_frames_are_rare(path: &Path) -> Result<bool, FileError> {
    let mut file = VideoFile::open(path)?;
    let (mut keys, mut last_us) = (0_u32, 0);
    while let Some(sample) = file.next_sample()? {
        keys += u32::from(sample.is_key);
        last_us = last_us.max(sample.pts_us);
    }
    Ok(last_us as f64 / 1e6 > RARE_S * f64::from(keys.max(1)))
}
