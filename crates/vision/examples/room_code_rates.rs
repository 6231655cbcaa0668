//! How often the room's code is read from drawn pictures, and how often wrongly: `cargo run -p watchfire-vision --example room_code_rates [N]`.
//!
//! N pictures for each line, 100 unless said otherwise. Pictures, screens and what spoils them are simulated and follow from the line and the
//! number alone. With `WATCHFIRE_LABELLED_DATA` the pictures of that folder, none of which shows a card, are looked at, too. With `--seeds DIR` it
//! only writes pictures for the fuzzer into a folder.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command for people")]

use std::error::Error;
use std::path::Path;

use domain::duty::roll_call::code::GUESS_ONE_IN;
use simulator::Scene;
use simulator::picture::{Picture as Drawn, Random};
use simulator::room_code::{BlockColour, RoomCode, Shot};
use vision::picture::Colour;
use vision::{Coding, EncoderSettings, KeyframeDecoder, Picture, VideoEncoder, read_room_code};

/// Pictures of a still screen between two key frames.
const GROUP: i64 = 20;
const PICTURE_US: i64 = 100_000;

/// What happens to a picture between sensor and reader.
#[derive(Clone, Copy)]
enum Coded {
    Raw,
    Jpeg(u8),
    /// H.264 at so many bits a second, ten pictures of which a key frame is the twentieth.
    H264(u32),
}

#[derive(Default)]
struct Tally {
    proofs: u32,
    digits: u32,
    colours: u32,
    wrong_digits: u32,
    wrong_colours: u32,
    wrong_proofs: u32,
    cpu_ms: f64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [option, folder] = arguments.as_slice()
        && option == "--seeds"
    {
        return seeds(Path::new(folder));
    }
    let count: u32 = arguments.first().map_or(Ok(100), |count| count.parse())?;
    println!(
        "| {count} pictures each | stroke, px | proof | digits | colours | wrong digits | wrong colours | wrong proofs | CPU, ms |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    let mut total = Tally::default();
    let lines = lines();
    for (name, shot, coded) in &lines {
        let tally = measure(*shot, *coded, count)?;
        let share = |part: u32, of: u32| 100.0 * f64::from(part) / f64::from(of);
        println!(
            "| {name} | {:.1} | {:.0} % | {:.1} % | {:.1} % | {} | {} | {} | {:.1} |",
            shot.stroke_px(),
            share(tally.proofs, count),
            share(tally.digits, 4 * count),
            share(tally.colours, 4 * count),
            tally.wrong_digits,
            tally.wrong_colours,
            tally.wrong_proofs,
            tally.cpu_ms / f64::from(count),
        );
        total.wrong_digits += tally.wrong_digits;
        total.wrong_colours += tally.wrong_colours;
        total.wrong_proofs += tally.wrong_proofs;
    }
    println!(
        "\nOf {} pictures: {} digits, {} colours and {} proofs wrong.",
        lines.len() as u32 * count,
        total.wrong_digits,
        total.wrong_colours,
        total.wrong_proofs
    );
    without_cards(count)
}

type Line = (String, Shot, Coded);

fn lines() -> Vec<Line> {
    let mut lines = Vec::new();
    by_place(&mut lines);
    by_light(&mut lines);
    by_camera(&mut lines);
    lines
}

fn day() -> Shot {
    Shot::default()
}

fn small() -> Shot {
    Shot { size_px: [1280, 720], ..day() }
}

fn night() -> Shot {
    Shot { is_infrared: true, room_light: 0.05, noise: 0.1, ..day() }
}

fn aside() -> Shot {
    Shot { distance_m: 3.5, turned_deg: [40.0, 15.0], rolled_deg: 3.0, ..day() }
}

/// Where the screen stands.
fn by_place(lines: &mut Vec<Line>) {
    let mut add = |name: String, shot: Shot| lines.push((name, shot, Coded::Raw));
    for distance_m in [2.0, 3.0, 4.0, 6.0, 8.0, 10.0, 12.0] {
        add(format!("1080p, {distance_m} m"), Shot { distance_m, ..day() });
    }
    for distance_m in [2.0, 3.0, 4.0, 5.0, 6.0, 7.0] {
        add(format!("720p, {distance_m} m"), Shot { distance_m, ..small() });
    }
    for angle in [20.0, 40.0, 50.0, 60.0] {
        let turned_deg = [angle, 15.0];
        add(format!("1080p, 3.5 m, {angle}° aside, 15° below"), Shot { turned_deg, ..aside() });
    }
    add("720p, 3.5 m, 40° aside, 15° below".into(), Shot { size_px: [1280, 720], ..aside() });
    for rolled_deg in [15.0, 35.0] {
        add(format!("1080p, 3 m, rotated {rolled_deg}°"), Shot { rolled_deg, ..day() });
    }
    for distance_m in [2.0, 3.0] {
        add(
            format!("card a third of the screen, 1080p, {distance_m} m"),
            Shot { fills: 0.33, distance_m, ..day() },
        );
    }
    for hidden in [0.1, 0.15, 0.25, 0.5] {
        add(format!("1080p, 3 m, a head of {hidden} before it"), Shot { hidden, ..day() });
    }
}

/// Light of room, screen and lamps.
fn by_light(lines: &mut Vec<Line>) {
    let mut add = |name: String, shot: Shot| lines.push((name, shot, Coded::Raw));
    for screen_light in [0.02, 0.05, 0.2, 2.0, 4.0] {
        add(format!("1080p, 3 m, screen {screen_light} of full"), Shot { screen_light, ..day() });
    }
    for glare in [0.2, 0.4, 0.8] {
        add(format!("1080p, 3 m, glare {glare}"), Shot { glare, ..day() });
    }
    for (name, cast) in [("warm", [1.4, 1.0, 0.6]), ("cold", [0.7, 1.0, 1.4]), ("green", [0.8, 1.3, 0.8])] {
        add(format!("1080p, 3 m, {name} white"), Shot { cast, ..day() });
    }
    let over = Shot { cast: [1.6, 1.0, 0.5], screen_light: 1.5, ..day() };
    add("1080p, 3 m, warm and overexposed".into(), over);
    add("dark room, weak screen".into(), Shot { room_light: 0.01, screen_light: 0.3, noise: 0.15, ..day() });
    add("infrared, 1080p, 3 m".into(), night());
    add("infrared, 720p, 3 m".into(), Shot { size_px: [1280, 720], ..night() });
    let aside = Shot { size_px: [1280, 720], is_infrared: true, noise: 0.1, ..aside() };
    add("infrared, 720p, 3.5 m, 40° aside".into(), aside);
}

/// Lens, sensor, encoder, and some of everything.
fn by_camera(lines: &mut Vec<Line>) {
    let mut add = |name: String, shot: Shot, coded: Coded| lines.push((name, shot, coded));
    for blur_px in [1.5, 2.5, 3.5, 4.5] {
        add(format!("1080p, 3 m, blur {blur_px} px"), Shot { blur_px, ..day() }, Coded::Raw);
    }
    for noise in [0.1, 0.3, 0.6] {
        add(format!("1080p, 3 m, noise {noise}"), Shot { noise, ..day() }, Coded::Raw);
    }
    for quality in [50, 20, 10] {
        add(format!("1080p, 3 m, JPEG of {quality}"), day(), Coded::Jpeg(quality));
    }
    for (bits_per_s, said) in [(2_000_000, "2 Mbit/s"), (512_000, "512 kbit/s"), (256_000, "256 kbit/s")] {
        add(format!("1080p, 3 m, H.264 at {said}"), day(), Coded::H264(bits_per_s));
        add(format!("720p, 3 m, H.264 at {said}"), small(), Coded::H264(bits_per_s));
    }
    let small_night = Shot { size_px: [1280, 720], ..night() };
    add("720p, 3 m, infrared, H.264 at 512 kbit/s".into(), small_night, Coded::H264(512_000));
    let some = Shot {
        size_px: [1280, 720],
        turned_deg: [30.0, 15.0],
        glare: 0.15,
        noise: 0.1,
        cast: [1.2, 1.0, 0.8],
        ..aside()
    };
    let name = "some of everything: 720p, 3.5 m, 30° aside, glare, noise, warm, 512 kbit/s";
    add(name.into(), some, Coded::H264(512_000));
    let edge = Shot { distance_m: 6.0, noise: 0.2, blur_px: 1.2, hidden: 0.12, ..small() };
    add("at the edge: 720p, 6 m, noise, blur, a head of 0.12".into(), edge, Coded::Raw);
    let edge = Shot { distance_m: 5.0, noise: 0.3, blur_px: 1.2, glare: 0.3, ..small_night };
    add("at the edge: 720p, 5 m, infrared, noise, blur, glare".into(), edge, Coded::Raw);
}

fn measure(shot: Shot, coded: Coded, count: u32) -> Result<Tally, Box<dyn Error>> {
    let mut tally = Tally::default();
    for seed in 0..u64::from(count) {
        let code = code_of(seed);
        let Some(picture) = coded.through(picture_of(&shot.take(Some(&code), seed))?)? else { continue };
        let before = cpu_ms();
        let read = read_room_code(&picture);
        tally.cpu_ms += cpu_ms() - before;
        let Some(read) = read else { continue };
        let mut is_wrong = false;
        for place in 0..4 {
            if let Some(digit) = read.code.digits[place] {
                let is_right = digit == code.digits[place];
                tally.digits += u32::from(is_right);
                tally.wrong_digits += u32::from(!is_right);
                is_wrong |= !is_right;
            }
            if let Some(colour) = read.code.colours[place] {
                let is_right = colour as usize == code.colours[place] as usize;
                tally.colours += u32::from(is_right);
                tally.wrong_colours += u32::from(!is_right);
                is_wrong |= !is_right;
            }
        }
        let is_proof = read.code.guess_one_in() >= GUESS_ONE_IN;
        tally.proofs += u32::from(is_proof && !is_wrong);
        tally.wrong_proofs += u32::from(is_proof && is_wrong);
    }
    Ok(tally)
}

/// Pictures in which there is no card.
fn without_cards(count: u32) -> Result<(), Box<dyn Error>> {
    println!("\n| pictures without a card | looked at | a card in |");
    println!("|---|---|---|");
    let shot = Shot { room_light: 0.4, ..Shot::default() };
    let told =
        (0..u64::from(count)).filter_map(|seed| picture_of(&shot.take(None, seed)).ok()).filter(has_card);
    println!("| made-up walls, the screen black | {count} | {} |", told.count());
    for scene in Scene::ALL {
        let pictures: Vec<Picture> =
            scene.pictures(1).step_by(5).filter_map(|drawn| picture_of(&drawn).ok()).collect();
        println!(
            "| scene {} | {} | {} |",
            scene.name(),
            pictures.len(),
            pictures.iter().filter(|picture| has_card(picture)).count()
        );
    }
    if let Ok(folder) = std::env::var("WATCHFIRE_LABELLED_DATA") {
        let (mut looked_at, mut found) = (0, 0);
        for path in pictures_below(&Path::new(&folder).join("images"))? {
            let Ok(picture) = Picture::from_encoded(&std::fs::read(&path)?) else { continue };
            looked_at += 1;
            if has_card(&picture) {
                found += 1;
                eprintln!("a card in {}", path.display());
            }
        }
        println!("| labelled photographs | {looked_at} | {found} |");
    }
    Ok(())
}

fn pictures_below(folder: &Path) -> std::io::Result<Vec<std::path::PathBuf>> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            paths.extend(pictures_below(&path)?);
        } else {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn has_card(picture: &Picture) -> bool {
    read_room_code(picture).is_some()
}

impl Coded {
    fn through(self, picture: Picture) -> Result<Option<Picture>, Box<dyn Error>> {
        match self {
            Self::Raw => Ok(Some(picture)),
            Self::Jpeg(quality) => Ok(Some(Picture::from_encoded(&picture.to_jpeg_of(quality)?)?)),
            Self::H264(bits_per_s) => {
                let settings = EncoderSettings {
                    bits_per_s: Some(bits_per_s),
                    frame_rate_hz: 10.0,
                    group_us: GROUP * PICTURE_US,
                };
                let mut encoder = VideoEncoder::new(settings);
                let mut last = None;
                for number in 0..=2 * GROUP {
                    let coded = encoder.encode(&picture, number * PICTURE_US)?;
                    last = coded.filter(|coded| coded.is_key && number > 0).or(last);
                }
                // None where the encoder left the key frame out for its rate.
                let Some(coded) = last else { return Ok(None) };
                Ok(Some(KeyframeDecoder::new().decode(Coding::H264, &coded.access_unit)?))
            }
        }
    }
}

/// A code as rooms have them: neighbours differ in colour.
fn code_of(seed: u64) -> RoomCode {
    let mut random = Random::new(seed ^ 0xc0de);
    let mut place = (random.bits() % 6) as usize;
    let mut colours = [BlockColour::Red; 4];
    for (number, colour) in colours.iter_mut().enumerate() {
        if number > 0 {
            place = (place + 1 + (random.bits() % 5) as usize) % 6;
        }
        *colour = BlockColour::ALL[place];
    }
    RoomCode { colours, digits: std::array::from_fn(|_| (random.bits() % 10) as u8) }
}

fn picture_of(drawn: &Drawn) -> Result<Picture, Box<dyn Error>> {
    let (y, u, v) = drawn.planes();
    let planes = [y, u, v].map(<[u8]>::to_vec);
    let colour = Colour { full_range: false, bt709: false };
    Ok(Picture::from_planes((drawn.width as u32, drawn.height as u32), planes, colour)?)
}

/// Small pictures of cards, for the fuzzer to begin with.
fn seeds(folder: &Path) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    let near = Shot { size_px: [320, 240], view_deg: 40.0, distance_m: 1.2, noise: 0.01, ..Shot::default() };
    for (name, shot) in [
        ("straight", near),
        ("aside", Shot { turned_deg: [35.0, 10.0], rolled_deg: 8.0, ..near }),
        ("infrared", Shot { is_infrared: true, ..near }),
        ("glare", Shot { glare: 0.4, ..near }),
    ] {
        let picture = picture_of(&shot.take(Some(&code_of(1)), 1))?;
        std::fs::write(folder.join(format!("{name}.jpg")), picture.to_jpeg_of(70)?)?;
    }
    Ok(())
}

/// Time this thread has spent on a processor (Linux; zero elsewhere).
fn cpu_ms() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|ns| ns.parse::<f64>().ok()).unwrap_or(0.0) / 1e6
}
