//! The people model computes what the published graph computes, on a synthetic picture.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod golden_picture;

use golden_picture::{assert_near, pattern};
use serde::Deserialize;
use vision::{People, engine::Grid};

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

#[test]
fn grids_match_the_published_graph() {
    let golden: Golden = serde_json::from_str(include_str!("fixtures/people_golden.json")).unwrap();
    let grids: Vec<Grid> = People::embedded().unwrap().run(&pattern(golden.width, golden.height));
    assert_eq!(grids.len(), golden.scores.len());
    for ((grid, scores), edges) in grids.iter().zip(&golden.scores).zip(&golden.edges) {
        assert_eq!(grid.width, golden.width / grid.stride);
        assert_near(
            &format!("scores at stride {}", grid.stride),
            TOLERANCE,
            grid.scores.iter().copied(),
            scores,
        );
        assert_near(
            &format!("edges at stride {}", grid.stride),
            TOLERANCE,
            grid.edges.iter().copied().step_by(EDGE_STEP),
            edges,
        );
    }
}
