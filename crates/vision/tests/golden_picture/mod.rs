//! What the golden tests of both models share: the synthetic picture that the training scripts show them, and how near numbers have to be.

use vision::engine::Map;

/// The picture of the scripts' `pattern`, normalised.
pub fn pattern(width: usize, height: usize) -> Map {
    let mut data = Vec::new();
    for y in 0..height {
        for x in 0..width {
            for c in 0..3 {
                data.push((((x * 5 + y * 11 + c * 67 + x * y / 8) % 256) as f32 - 127.0) / 128.0);
            }
        }
    }
    Map { width, height, channels: 3, data }
}

/// Every number differs by at most `tolerance`, and by as much more as it is larger than 1.
pub fn assert_near(name: &str, tolerance: f32, found: impl Iterator<Item = f32>, expected: &[f32]) {
    let found: Vec<f32> = found.collect();
    assert_eq!(found.len(), expected.len(), "{name}");
    for (i, (f, e)) in found.iter().zip(expected).enumerate() {
        assert!((f - e).abs() <= tolerance * (1.0 + e.abs()), "{name}[{i}]: {f}, expected {e}");
    }
}
