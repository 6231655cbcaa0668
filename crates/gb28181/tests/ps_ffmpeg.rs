//! Our program streams against ffmpeg's: it must be able to read ours, and we must see in its streams what it sees.
//!
//! The pictures are ffmpeg's own test pattern. Without ffmpeg on the machine these stories are skipped and say so.

#![expect(clippy::print_stderr, reason = "a skipped test says so")]

use std::path::{Path, PathBuf};
use std::process::Command;
use watchfire_gb28181::ps::{Codec, Demuxer, Frame, Hints, Muxer, Sample};

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
    let (mut demuxer, mut frames) = (Demuxer::new(Hints::default()), Vec::new());
    bytes.chunks(1_400).for_each(|piece| demuxer.push(piece, None, &mut frames));
    demuxer.flush(&mut frames);
    assert_eq!(demuxer.faults(), &watchfire_gb28181::ps::Faults::default());
    frames
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

#[test]
fn sound_beside_pictures_is_found_by_ffprobe() {
    let folder = Folder::new("sound");
    let Some(bytes) = reference(&folder, "libx264", NOISE) else { return };
    let adts = folder.file("tone.aac");
    let tone = [
        "-y",
        "-f",
        "lavfi",
        "-i",
        "sine=frequency=440:sample_rate=16000:duration=2",
        "-c:a",
        "aac",
        "-f",
        "adts",
    ];
    if run("ffmpeg", &tone, &adts).is_none() {
        return;
    }
    let tone = std::fs::read(&adts).expect("what ffmpeg wrote");
    // ffmpeg 5 knows no number of G.711 in a program stream and takes it for MPEG audio; it sees that there is something.
    for (codec, name) in [(Codec::Aac, "aac"), (Codec::G711A, "")] {
        let mut muxer = Muxer::new(Some(Codec::H264), Some(codec));
        let (mut ours, mut rest) = (Vec::new(), tone.as_slice());
        for (at, frame) in demux(&bytes).iter().enumerate() {
            let sample = Sample { pts: frame.pts, dts: frame.dts, is_key: frame.is_key, data: &frame.data };
            muxer.video(sample, &mut ours);
            let take = rest.len().min(if codec == Codec::Aac { adts_bytes(rest) } else { 320 });
            let (piece, after) = rest.split_at(take);
            rest = after;
            let pts = frame.pts.max(at as i64 * 3_600);
            muxer.audio(Sample { pts, dts: None, is_key: true, data: piece }, &mut ours);
        }
        let file = folder.file("ours.ps");
        std::fs::write(&file, &ours).expect("a file");
        let entries = ["-show_entries", "stream=codec_name", "-of", "csv=p=0"];
        let Some(found) = run("ffprobe", &entries, &file) else { return };
        let found: Vec<_> = found.split_whitespace().collect();
        assert_eq!((found.len(), found[0]), (2, "h264"));
        assert!(found[1].contains(name), "{}", found[1]);
    }
}

/// Length of the ADTS frame at the beginning.
fn adts_bytes(bytes: &[u8]) -> usize {
    bytes
        .get(3..6)
        .map_or(0, |at| usize::from(at[0] & 3) << 11 | usize::from(at[1]) << 3 | usize::from(at[2] >> 5))
}
