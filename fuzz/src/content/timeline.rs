//! Time stamps of a camera that counts as it likes.

use media::timeline::Timeline;

/// A stamp of the camera (8 bytes) and the time that passed here before it (2 bytes, milliseconds); the top bit is a reconnection, the next
/// one a key frame.
const STEP_BYTES: usize = 10;

/// Decoding times rise strictly, and our own clock bounds how far display times run ahead.
pub fn timeline(bytes: &[u8]) {
    let mut line = Timeline::default();
    let mut received_us = 1_760_000_000_000_000;
    let mut last_us = None;
    for step in bytes.chunks_exact(STEP_BYTES) {
        let (stamp, passed) = step.split_at(8);
        let camera_us = i64::from_le_bytes(stamp.try_into().expect("8 bytes"));
        let passed = u16::from_le_bytes(passed.try_into().expect("2 bytes"));
        if passed & 0x8000 != 0 {
            line.restart();
        }
        received_us += i64::from(passed & 0x3fff) * 1000;
        let placed = line.place(camera_us, received_us, passed & 0x4000 != 0);
        assert!(last_us.is_none_or(|last| placed.dts_us > last), "{placed:?} after {last_us:?}");
        last_us = Some(placed.dts_us);
    }
}
