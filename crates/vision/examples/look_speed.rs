//! Measures what one look costs: `cargo run -p watchfire-vision --example look_speed`.
//!
//! Encodes a synthetic noisy picture as a key frame of each size, then times decode, gate, scale and model.
#![allow(clippy::print_stdout)]

use std::{sync::Arc, time::Instant};

use jiff::{SignedDuration, Timestamp};
use openh264::{
    encoder::Encoder,
    formats::{RgbSliceU8, YUVBuffer},
};
use vision::{CameraWatch, FireSmoke, Worker};

const ROUNDS: usize = 31;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let started = Instant::now();
    let model = Arc::new(FireSmoke::embedded()?);
    println!("model {} loaded in {:.1} ms", model.version(), started.elapsed().as_secs_f64() * 1e3);
    let mut worker = Worker::new(Arc::clone(&model));
    println!(
        "input        key frame   decode   gate   scale   model    sum    CPU a look (ms; medians of {ROUNDS})"
    );
    for (width, height) in [(640, 360), (704, 576), (1280, 720), (1920, 1080)] {
        let unit = key_frame(width, height)?;
        let mut camera = CameraWatch::new(&model);
        let mut costs: [Vec<u32>; 4] = Default::default();
        let before = cpu_ms();
        for round in 0..ROUNDS {
            let at = Timestamp::UNIX_EPOCH + SignedDuration::from_secs(60 * round as i64);
            let look = camera.look(&mut worker, at, vision::Coding::H264, &unit);
            if let Some(error) = look.error {
                return Err(error.into());
            }
            let t = look.timings;
            for (all, one) in costs.iter_mut().zip([t.decode_us, t.gate_us, t.scale_us, t.infer_us]) {
                all.push(one);
            }
        }
        let cpu = (cpu_ms() - before) / ROUNDS as f64;
        let [decode, gate, scale, infer] = costs.map(|mut all| {
            all.sort_unstable();
            f64::from(all[ROUNDS / 2]) / 1e3
        });
        println!(
            "{:11} {:6.1} kB  {decode:7.2} {gate:6.2} {scale:7.2} {infer:7.2} {:7.2} {cpu:7.2}",
            format!("{width}x{height}"),
            unit.len() as f64 / 1e3,
            decode + gate + scale + infer,
        );
    }
    Ok(())
}

/// Time this thread has spent on a processor (Linux; zero elsewhere). On a busy machine it says more than the
/// clock on the wall.
fn cpu_ms() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|ns| ns.parse::<f64>().ok()).unwrap_or(0.0) / 1e6
}

fn key_frame(width: usize, height: usize) -> Result<Vec<u8>, openh264::Error> {
    let mut noise = 1_u32;
    let mut rgb = Vec::with_capacity(width * height * 3);
    for i in 0..width * height {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = (noise >> 28) as u8;
        let (x, y) = (i % width, i / width);
        let shade = ((x / 16 + y / 9) * 7 % 200) as u8;
        rgb.extend([shade + grain, (y * 200 / height) as u8 + grain, (x * 200 / width) as u8 + grain]);
    }
    let yuv = YUVBuffer::from_rgb_source(RgbSliceU8::new(&rgb, (width, height)));
    Ok(Encoder::new()?.encode(&yuv)?.to_vec())
}
