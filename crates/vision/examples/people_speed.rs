//! Measures what counting people in one picture costs: `cargo run -p watchfire-vision --example people_speed`.
#![allow(clippy::print_stdout)]

use std::time::Instant;

use vision::{People, Picture, scale::Scaler};

const ROUNDS: usize = 31;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let started = Instant::now();
    let people = People::embedded()?;
    println!("model {} loaded in {:.1} ms", people.version(), started.elapsed().as_secs_f64() * 1e3);
    println!(
        "picture      model input   scale   model    CPU a picture (ms; medians of {ROUNDS}, CPU the mean)"
    );
    let mut scaler = Scaler::new();
    for (width, height) in [(640, 360), (704, 576), (1920, 1080), (608, 608)] {
        let rgb = image::RgbImage::from_fn(width, height, |x, y| {
            image::Rgb([(x * 7 % 251) as u8, (y * 5 % 241) as u8, ((x ^ y) % 239) as u8])
        });
        let picture = Picture::from_rgb(&rgb)?;
        let (mut scale, mut model, mut size) = (Vec::new(), Vec::new(), String::new());
        let before = cpu_ms();
        for _ in 0..ROUNDS {
            let started = Instant::now();
            let input = People::input(&mut scaler, &picture)?;
            scale.push(started.elapsed().as_secs_f64() * 1e3);
            let started = Instant::now();
            people.detect_in(&input);
            model.push(started.elapsed().as_secs_f64() * 1e3);
            size = format!("{}x{}", input.width, input.height);
        }
        let cpu = (cpu_ms() - before) / ROUNDS as f64;
        let [scale, model] = [scale, model].map(|mut all| {
            all.sort_by(f64::total_cmp);
            all[ROUNDS / 2]
        });
        println!("{:11}  {size:11} {scale:7.2} {model:7.2} {cpu:7.2}", format!("{width}x{height}"));
    }
    Ok(())
}

/// Time this thread has spent on a processor (Linux; zero elsewhere). On a busy machine it says more than the
/// clock on the wall.
fn cpu_ms() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|ns| ns.parse::<f64>().ok()).unwrap_or(0.0) / 1e6
}
