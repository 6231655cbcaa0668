//! What looking costs on this machine, measured on footage: decoding its key frames, comparing them, asking the model.
//!
//! Where the system tells it, the time is the processor's for the one thread that does it: a busy machine does not make it longer.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};
use media::file::{Sample, VideoFile};
use platform::watch::coding_of;
use vision::{CameraWatch, FireSmoke, Worker};

/// Looks to take the mean of; footage that has fewer key frames is gone through again.
const LOOKS: usize = 60;
/// Looks before that, which fill the caches.
const WARM_UP: usize = 5;
/// Key frames that are kept in memory.
const KEY_FRAMES_MAX: usize = 60;

/// Means over the looks.
#[derive(Debug, Clone, Copy)]
pub struct Measured {
    /// Width of the pictures in pixels.
    pub width_px: u32,
    /// Height of the pictures in pixels.
    pub height_px: u32,
    /// Size of a key frame in kilobytes.
    pub key_frame_kb: f64,
    /// Key frame to picture.
    pub decode_ms: f64,
    /// Small pictures, gate, health.
    pub compare_ms: f64,
    /// The fire model with its input.
    pub model_ms: f64,
}

/// Looks at the key frames of a film.
pub fn measure(path: &Path) -> anyhow::Result<Measured> {
    let key_frames = key_frames(path)?;
    let model = Arc::new(FireSmoke::embedded()?);
    let mut worker = Worker::new(Arc::clone(&model));
    let mut camera = CameraWatch::new(&model).ungated();
    let [mut decode_us, mut compare_us, mut model_us, mut bytes] = [0_u64; 4];
    let mut began = (Instant::now(), thread_ms());
    for number in 0..WARM_UP + LOOKS {
        if number == WARM_UP {
            began = (Instant::now(), thread_ms());
        }
        let sample = &key_frames[number % key_frames.len()];
        let access_unit = sample.byte_stream();
        let at = Timestamp::UNIX_EPOCH + SignedDuration::from_secs(2 * number as i64);
        let look = camera.look(&mut worker, at, coding_of(sample.parameters.codec), &access_unit);
        if let Some(error) = look.error {
            return Err(anyhow::Error::new(error).context(format!("{}: a key frame", path.display())));
        }
        if number >= WARM_UP {
            let timings = look.timings;
            decode_us += u64::from(timings.decode_us);
            compare_us += u64::from(timings.gate_us);
            model_us += u64::from(timings.scale_us) + u64::from(timings.infer_us);
            bytes += access_unit.len() as u64;
        }
    }
    let elapsed_ms = began.0.elapsed().as_secs_f64() * 1e3;
    let used_ms = match (began.1, thread_ms()) {
        (Some(before), Some(after)) => after - before,
        _ => elapsed_ms,
    };
    // Every stage shared the processor with whatever else ran to the same degree.
    let mean_ms = |us: u64| us as f64 / 1e3 / LOOKS as f64 * (used_ms / elapsed_ms);
    let parameters = &key_frames[0].parameters;
    Ok(Measured {
        width_px: u32::from(parameters.width_px),
        height_px: u32::from(parameters.height_px),
        key_frame_kb: bytes as f64 / 1e3 / LOOKS as f64,
        decode_ms: mean_ms(decode_us),
        compare_ms: mean_ms(compare_us),
        model_ms: mean_ms(model_us),
    })
}

fn key_frames(path: &Path) -> anyhow::Result<Vec<Sample>> {
    let mut film = VideoFile::open(path).with_context(|| path.display().to_string())?;
    let mut found = Vec::new();
    while let Some(sample) = film.next_sample()? {
        if sample.is_key {
            found.push(sample);
        }
        if found.len() == KEY_FRAMES_MAX {
            break;
        }
    }
    anyhow::ensure!(!found.is_empty(), "{}: no key frame in it", path.display());
    Ok(found)
}

/// Time this thread has spent on a processor; none where the system does not tell.
fn thread_ms() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse::<f64>().ok().map(|ns| ns / 1e6)
}
