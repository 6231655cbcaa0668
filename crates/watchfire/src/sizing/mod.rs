//! `sizing`: how many processor cores the watch of so many cameras takes.
//!
//! A rule of thumb from measured costs, not a promise: it knows neither the machine nor the cameras, unless it is given footage of one to
//! measure.

mod measured;

use measured::Measured;
use serde::Serialize;

use crate::cli::{SizingArgs, SizingCoding};

/// Share of a stream's bits that its key frames take (1080p and 704x576 CCTV, groups of two seconds).
const KEY_FRAME_SHARE: f64 = 0.4;
/// Receiving by TCP and taking RTP apart, milliseconds a camera and second.
const RECEIVE_MS: f64 = 0.3;
/// Small pictures, gate, health and zones, milliseconds a look.
const COMPARE_MS: f64 = 1.5;
/// The fire model in the embedded engine, milliseconds a look that the gate lets through.
const MODEL_MS: f64 = 28.0;
/// The people model, milliseconds a look.
const PEOPLE_MS: f64 = 70.0;
/// Cores should be busy to this share at most: bursts, recording, people who look.
const LOAD: f64 = 0.6;
/// Memory of one camera's watch: key frame, backgrounds, lines, cells.
const CAMERA_MIB: f64 = 1.5;

/// What decoding a key frame costs: milliseconds a megapixel and a kilobyte, with the embedded decoders.
const fn decode_ms(coding: SizingCoding) -> (f64, f64) {
    match coding {
        SizingCoding::H264 => (6.6, 0.065),
        SizingCoding::H265 => (6.2, 0.2),
    }
}

/// The answer.
#[derive(Debug, Serialize)]
struct Sizing {
    cameras: u32,
    width_px: u32,
    height_px: u32,
    /// Whether the costs of a look were measured on this machine.
    is_measured: bool,
    key_frame_kb: f64,
    decode_ms_per_look: f64,
    compare_ms_per_look: f64,
    model_ms_per_busy_look: f64,
    ms_per_camera_s: f64,
    cameras_per_core: f64,
    cores_busy: f64,
    cores_to_provide: f64,
    memory_mib: f64,
}

/// The rule of thumb for what was not measured.
fn usual(args: &SizingArgs) -> Measured {
    let megapixels = f64::from(args.width) * f64::from(args.height) / 1e6;
    let key_frame_kb = KEY_FRAME_SHARE * f64::from(args.kbit_s) * args.interval_s / 8.0;
    let (per_megapixel, per_kb) = decode_ms(args.coding);
    Measured {
        width_px: args.width,
        height_px: args.height,
        key_frame_kb,
        decode_ms: per_megapixel * megapixels + per_kb * key_frame_kb,
        compare_ms: COMPARE_MS,
        model_ms: MODEL_MS,
    }
}

fn sizing(args: &SizingArgs, look: Measured) -> Sizing {
    let people_ms = if args.people { PEOPLE_MS } else { 0.0 };
    let look_ms = look.decode_ms + look.compare_ms + args.busy * look.model_ms + people_ms;
    let ms_per_camera_s = look_ms / args.interval_s + RECEIVE_MS;
    let cores_busy = f64::from(args.cameras) * ms_per_camera_s / 1000.0;
    Sizing {
        cameras: args.cameras,
        width_px: look.width_px,
        height_px: look.height_px,
        is_measured: args.film.is_some(),
        key_frame_kb: look.key_frame_kb,
        decode_ms_per_look: look.decode_ms,
        compare_ms_per_look: look.compare_ms,
        model_ms_per_busy_look: look.model_ms,
        ms_per_camera_s,
        cameras_per_core: 1000.0 / ms_per_camera_s,
        cores_busy,
        cores_to_provide: (cores_busy / LOAD).ceil(),
        memory_mib: f64::from(args.cameras) * CAMERA_MIB,
    }
}

pub fn run(args: &SizingArgs) -> anyhow::Result<()> {
    anyhow::ensure!(args.interval_s >= 0.2 && args.interval_s.is_finite(), "--interval-s is 0.2 or more");
    anyhow::ensure!((0.0..=1.0).contains(&args.busy), "--busy is a share from 0 to 1");
    let look = args.film.as_deref().map_or_else(|| Ok(usual(args)), measured::measure)?;
    let found = sizing(args, look);
    if args.json {
        println!("{}", serde_json::to_string(&found)?);
        return Ok(());
    }
    println!(
        "{} cameras of {}x{}, a look every {} s, {:.0} % of the looks busy ({}):",
        found.cameras,
        found.width_px,
        found.height_px,
        args.interval_s,
        args.busy * 100.0,
        if found.is_measured { "measured on this machine" } else { "rule of thumb" }
    );
    println!(
        "  a key frame of {:.0} kB takes {:.1} ms to decode, {:.1} ms to compare, and the model {:.1} ms when something moves",
        found.key_frame_kb, found.decode_ms_per_look, found.compare_ms_per_look, found.model_ms_per_busy_look
    );
    println!(
        "  a camera takes {:.1} ms of processor time a second: {:.0} cameras a core",
        found.ms_per_camera_s, found.cameras_per_core
    );
    println!(
        "  {:.1} cores busy: provide {:.0}, and {:.0} MiB beside the program's own",
        found.cores_busy, found.cores_to_provide, found.memory_mib
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_sub_streams_take_some_cores_and_main_streams_more() {
        let ask = |width, height, kbit_s, coding| SizingArgs {
            cameras: 1000,
            width,
            height,
            kbit_s,
            coding,
            interval_s: 2.0,
            busy: 0.2,
            people: false,
            film: None,
            json: false,
        };
        let of = |args: &SizingArgs| sizing(args, usual(args));
        let sub = of(&ask(704, 576, 512, SizingCoding::H264));
        let main = of(&ask(1920, 1080, 2000, SizingCoding::H264));
        let h265 = of(&ask(1920, 1080, 2000, SizingCoding::H265));
        assert!((5.0..12.0).contains(&sub.cores_busy), "{sub:?}");
        assert!(main.cores_busy > sub.cores_busy && h265.cores_busy > main.cores_busy);
        assert!(sub.cores_to_provide >= sub.cores_busy / 0.6);
    }
}
