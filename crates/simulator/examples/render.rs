//! Draws a scene into PNG files, to look at it or to train on it.
//!
//! `cargo run -p watchfire-simulator --example render -- --scene corridor-fire --seed 1 --out DIR [--every 10] [--from 0] [--to 60]`
//!
//! With `--h264 FILE` instead of `--out`, the encoded loop is written as a bare byte stream.
//! `--every N` keeps each N-th picture; `--from` and `--to` are seconds of the loop. Files are called
//! `SCENE-SEED-NNNN.png`, NNNN being the number of the picture (ten a second).
#![allow(clippy::print_stderr, reason = "a command for people")]

use image::RgbImage;
use simulator::scene::FRAME_RATE;
use std::path::PathBuf;
use watchfire_simulator as simulator;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).cloned()
    };
    let name = option("--scene").ok_or(
        "--scene is missing: corridor-fire, corridor-quiet, duty-room, failing-camera, corridor-exit",
    )?;
    let scene = simulator::Scene::from_name(&name).ok_or_else(|| format!("no scene called {name}"))?;
    let seed: u64 = option("--seed").unwrap_or_else(|| "1".into()).parse()?;
    let every: u32 = option("--every").unwrap_or_else(|| "10".into()).parse()?;
    let from: u32 = option("--from").unwrap_or_else(|| "0".into()).parse()?;
    let to: u32 = option("--to").map_or(Ok(scene.seconds()), |text| text.parse())?;
    if let Some(path) = option("--h264") {
        let clip = scene.clip(seed)?;
        let bytes: Vec<u8> = clip.units.iter().flat_map(|unit| unit.data.iter().copied()).collect();
        std::fs::write(&path, bytes)?;
        eprintln!(
            "{} pictures of {name} (simulated), {} kbit/s, in {path}",
            clip.units.len(),
            clip.bitrate_kbps()
        );
        return Ok(());
    }
    let folder = PathBuf::from(option("--out").ok_or("--out is missing")?);
    std::fs::create_dir_all(&folder)?;
    let mut kept = 0;
    for (number, picture) in (0u32..).zip(scene.pictures(seed)) {
        if number >= to * FRAME_RATE {
            break;
        }
        if number < from * FRAME_RATE || number % every.max(1) != 0 {
            continue;
        }
        let (width, height) = (picture.width as u32, picture.height as u32);
        let image = RgbImage::from_raw(width, height, picture.to_rgb()).ok_or("picture of a wrong size")?;
        image.save(folder.join(format!("{name}-{seed}-{number:04}.png")))?;
        kept += 1;
    }
    eprintln!("{kept} pictures of {name} (simulated) in {}", folder.display());
    Ok(())
}
