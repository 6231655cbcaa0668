//! Our program streams against ffmpeg's: it must be able to read ours, and we must see in its streams what it sees.
//!
//! The pictures are ffmpeg's own test pattern. Without ffmpeg on the machine these stories are skipped and say so.

#![expect(clippy::print_stderr, reason = "a skipped test says so")]

use std::path::{Path, PathBuf};
use std::process::Command;
use watchfire_gb28181::ps::{Codec, Demuxer, Faults, Frame, Hints, Muxer, Sample};

const NOISE: &str = "noise=alls=40:allf=t";
const NO_NOISE: &str = "null";

/// A folder that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("watchfire-ps-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What a program prints; `None`, with a word about it, if it is not installed or lacks the encoder.
fn run(program: &str, arguments: &[&str], file: &Path) -> Option<String> {
    let mut command = Command::new(program);
    command.args(["-v", "error"]).args(arguments).arg(file);
    match command.output() {
        Ok(output) if output.status.success() => Some(String::from_utf8_lossy(&output.stdout).into_owned()),
        Ok(output) => {
            eprintln!("skipped: {program} cannot: {}", String::from_utf8_lossy(&output.stderr));
            None
        }
        Err(error) => {
            eprintln!("skipped: no {program}: {error}");
            None
        }
    }
}

/// Two seconds of test pattern in ffmpeg's own program stream, with B-frames. With noise every picture is larger than a
/// packet and so has a time of its own.
fn reference(folder: &Folder, encoder: &str, noise: &str) -> Option<Vec<u8>> {
    let file = folder.file("reference.vob");
    let arguments = [
        "-y",
        "-f",
        "lavfi",
        "-i",
        "testsrc2=size=320x240:rate=25:duration=2",
        "-c:v",
        encoder,
        "-g",
        "25",
        "-bf",
        "2",
        "-an",
        "-vf",
        noise,
        "-f",
        "vob",
    ];
    run("ffmpeg", &arguments, &file)?;
    Some(std::fs::read(&file).expect("what ffmpeg wrote"))
}

fn demux(bytes: &[u8]) -> Vec<Frame> {
    let (frames, faults) = demux_with_faults(bytes);
    assert_eq!(faults, Faults::default());
    frames
}

fn demux_with_faults(bytes: &[u8]) -> (Vec<Frame>, Faults) {
    let (mut demuxer, mut frames) = (Demuxer::new(Hints::default()), Vec::new());
    bytes.chunks(1_400).for_each(|piece| demuxer.push(piece, None, &mut frames));
    demuxer.flush(&mut frames);
    (frames, demuxer.faults().clone())
}

/// Times, where there are any, and key flags that ffprobe finds.
fn probed(file: &Path) -> Option<Vec<(Option<i64>, bool)>> {
    let arguments = ["-select_streams", "v", "-show_entries", "packet=pts,flags", "-of", "csv=p=0"];
    let lines = run("ffprobe", &arguments, file)?;
    let parse = |line: &str| {
        let (pts, flags) = line.split_once(',')?;
        Some((pts.parse().ok(), flags.starts_with('K')))
    };
    Some(lines.lines().filter_map(parse).collect())
}

fn shown(frames: &[Frame]) -> Vec<(Option<i64>, bool)> {
    frames.iter().map(|frame| (Some(frame.pts), frame.is_key)).collect()
}

fn both_ways(name: &str, encoder: &str, codec: Codec) {
    let folder = Folder::new(name);
    let Some(bytes) = reference(&folder, encoder, NOISE) else { return };
    let frames = demux(&bytes);
    assert_eq!(frames.len(), 50);
    assert!(frames.iter().all(|frame| frame.codec == codec));
    assert!(frames.iter().any(|frame| frame.dts.is_some()), "the pattern has B-frames");

    let mut muxer = Muxer::new(Some(codec), None);
    let mut ours = Vec::new();
    for frame in &frames {
        let sample = Sample { pts: frame.pts, dts: frame.dts, is_key: frame.is_key, data: &frame.data };
        muxer.video(sample, &mut ours);
    }
    muxer.finish(&mut ours);
    assert_eq!(shown(&demux(&ours)), shown(&frames));

    let file = folder.file("ours.ps");
    std::fs::write(&file, &ours).expect("a file");
    if let Some(seen) = probed(&file) {
        assert_eq!(seen, shown(&frames));
    }
    // Decoding complains about anything missing or out of place.
    let decoded = folder.file("decoded.txt");
    let input = file.to_string_lossy().into_owned();
    if run("ffmpeg", &["-y", "-xerror", "-i", &input, "-f", "framemd5"], &decoded).is_some() {
        let lines = std::fs::read_to_string(&decoded).expect("what ffmpeg wrote");
        assert_eq!(lines.lines().filter(|line| !line.starts_with('#')).count(), 50);
    }
}

#[test]
fn h264_with_b_frames_goes_both_ways() {
    both_ways("h264", "libx264", Codec::H264);
}

#[test]
fn h265_with_b_frames_goes_both_ways() {
    both_ways("h265", "libx265", Codec::H265);
}

#[test]
fn several_pictures_in_a_packet_are_told_apart_as_ffprobe_does() {
    let folder = Folder::new("own");
    let Some(bytes) = reference(&folder, "libx264", NO_NOISE) else { return };
    let Some(seen) = probed(&folder.file("reference.vob")) else { return };
    let mut ours = shown(&demux(&bytes));
    assert!(seen.iter().any(|(pts, _)| pts.is_none()), "pictures without a time of their own");
    for ((ours, _), (theirs, _)) in ours.iter_mut().zip(&seen) {
        *ours = ours.filter(|_| theirs.is_some());
    }
    assert_eq!(ours, seen);
}

/// Two seconds of a tone.
fn tone(folder: &Folder, coded: &[&str], name: &str) -> Option<Vec<u8>> {
    let file = folder.file(name);
    let source = ["-y", "-f", "lavfi", "-i", "sine=frequency=440:duration=2"];
    run("ffmpeg", &[&source[..], coded].concat(), &file)?;
    Some(std::fs::read(&file).expect("what ffmpeg wrote"))
}

/// Our program stream of pictures with sound beside each.
fn with_sound(pictures: &[Frame], codec: Codec, sound: &[u8]) -> Vec<u8> {
    let mut muxer = Muxer::new(Some(pictures[0].codec), Some(codec));
    let (mut ours, mut rest) = (Vec::new(), sound);
    for (at, frame) in pictures.iter().enumerate() {
        let sample = Sample { pts: frame.pts, dts: frame.dts, is_key: frame.is_key, data: &frame.data };
        muxer.video(sample, &mut ours);
        let take = rest.len().min(if codec == Codec::Aac { adts_bytes(rest) } else { 320 });
        let (piece, after) = rest.split_at(take);
        rest = after;
        let pts = frame.pts.max(at as i64 * 3_600);
        muxer.audio(Sample { pts, dts: None, is_key: true, data: piece }, &mut ours);
    }
    ours
}

fn aac_is_decoded_beside(encoder: &str, name: &str) {
    let folder = Folder::new(&format!("sound-{name}"));
    let Some(bytes) = reference(&folder, encoder, NOISE) else { return };
    let Some(tone) = tone(&folder, &["-ar", "16000", "-c:a", "aac", "-f", "adts"], "tone.aac") else {
        return;
    };
    let file = folder.file("ours.ps");
    std::fs::write(&file, with_sound(&demux(&bytes), Codec::Aac, &tone)).expect("a file");

    let entries = ["-show_entries", "stream=codec_name", "-of", "csv=p=0"];
    let Some(found) = run("ffprobe", &entries, &file) else { return };
    assert_eq!(found.split_whitespace().collect::<Vec<_>>(), [name, "aac"]);
    // Decoding complains about anything missing or out of place.
    let (input, decoded) = (file.to_string_lossy().into_owned(), folder.file("decoded.txt"));
    let is_decoded = run("ffmpeg", &["-y", "-xerror", "-i", &input, "-f", "framemd5"], &decoded).is_some();
    assert!(is_decoded, "ffmpeg complains");
    let lines = std::fs::read_to_string(&decoded).expect("what ffmpeg wrote");
    let count = |stream: &str| lines.lines().filter(|line| line.starts_with(stream)).count();
    assert_eq!(count("0,"), 50);
    assert!((30..=33).contains(&count("1,")), "{} of 32 frames of sound", count("1,"));
}

#[test]
fn aac_beside_h264_is_decoded_by_ffmpeg() {
    aac_is_decoded_beside("libx264", "h264");
}

#[test]
fn aac_beside_h265_is_decoded_by_ffmpeg() {
    aac_is_decoded_beside("libx265", "hevc");
}

/// ffmpeg 5 knows no number of G.711 in a program stream and takes it for MPEG audio; it hands on the bytes all the same.
#[test]
fn g711_beside_h264_is_taken_out_unchanged_by_ffmpeg() {
    let folder = Folder::new("g711");
    let Some(bytes) = reference(&folder, "libx264", NOISE) else { return };
    let coded = ["-ar", "8000", "-ac", "1", "-c:a", "pcm_alaw", "-f", "alaw"];
    let Some(tone) = tone(&folder, &coded, "tone.alaw") else { return };
    let file = folder.file("ours.ps");
    std::fs::write(&file, with_sound(&demux(&bytes), Codec::G711A, &tone)).expect("a file");
    let (input, taken) = (file.to_string_lossy().into_owned(), folder.file("taken.alaw"));
    if run("ffmpeg", &["-y", "-i", &input, "-map", "0:a", "-c", "copy", "-f", "data"], &taken).is_some() {
        assert!(std::fs::read(&taken).expect("what ffmpeg wrote") == tone, "other sound");
    }
}

/// Every program stream muxer of ffmpeg but the one of 1993, which has another head and which no camera writes. Their MPEG sound has no number
/// in GB/T 28181, and the DVD's marks are private: both are left out and counted.
#[test]
fn pictures_of_each_of_ffmpegs_muxers_are_read_beside_its_sound() {
    for muxer in ["vob", "svcd", "dvd"] {
        let folder = Folder::new(muxer);
        let file = folder.file("reference.ps");
        let pattern = ["-y", "-f", "lavfi", "-i", "testsrc2=size=320x240:rate=25:duration=2"];
        let sound = ["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000:duration=2"];
        let coded = ["-c:v", "libx264", "-g", "25", "-vf", NOISE, "-c:a", "mp2", "-f", muxer];
        if run("ffmpeg", &[&pattern[..], &sound, &coded].concat(), &file).is_none() {
            return;
        }
        let (pictures, faults) = demux_with_faults(&std::fs::read(&file).expect("what ffmpeg wrote"));
        assert!(faults.codec_unknown_bytes + faults.private_bytes > 0, "{muxer}");
        let others = Faults { codec_unknown_bytes: 0, private_packets: 0, private_bytes: 0, ..faults };
        assert_eq!(others, Faults::default(), "{muxer}");
        let Some(seen) = probed(&file) else { return };
        assert_eq!(shown(&pictures), seen, "{muxer}");
    }
}

/// Length of the ADTS frame at the beginning.
fn adts_bytes(bytes: &[u8]) -> usize {
    bytes
        .get(3..6)
        .map_or(0, |at| usize::from(at[0] & 3) << 11 | usize::from(at[1]) << 3 | usize::from(at[2] >> 5))
}
