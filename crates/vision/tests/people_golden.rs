//! The people model computes what the published graph computes, on a synthetic picture.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use serde::Deserialize;
use vision::{
    People,
    engine::{Grid, Map},
};

/// f16 weights are the same on both sides; what differs is the order of sums.
const TOLERANCE: f32 = 0.002;
/// The fixture holds every 7th number of the edges.
const EDGE_STEP: usize = 7;

#[derive(Deserialize)]
struct Golden {
    width: usize,
    height: usize,
    scores: Vec<Vec<f32>>,
    edges: Vec<Vec<f32>>,
}

fn pattern(width: usize, height: usize) -> Map {
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

fn assert_near(name: &str, found: &[f32], expected: &[f32]) {
    assert_eq!(found.len(), expected.len(), "{name}");
    for (i, (f, e)) in found.iter().zip(expected).enumerate() {
        assert!((f - e).abs() <= TOLERANCE * (1.0 + e.abs()), "{name}[{i}]: {f}, expected {e}");
    }
}

#[test]
fn grids_match_the_published_graph() {
    let golden: Golden = serde_json::from_str(include_str!("fixtures/people_golden.json")).unwrap();
    let grids: Vec<Grid> = People::embedded().unwrap().run(&pattern(golden.width, golden.height));
    assert_eq!(grids.len(), golden.scores.len());
    for ((grid, scores), edges) in grids.iter().zip(&golden.scores).zip(&golden.edges) {
        assert_eq!(grid.width, golden.width / grid.stride);
        assert_near(&format!("scores at stride {}", grid.stride), &grid.scores, scores);
        let sampled: Vec<f32> = grid.edges.iter().copied().step_by(EDGE_STEP).collect();
        assert_near(&format!("edges at stride {}", grid.stride), &sampled, edges);
    }
}
