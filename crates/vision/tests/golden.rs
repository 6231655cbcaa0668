//! The engine computes what the training framework computed, on a synthetic picture.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod golden_picture;

use golden_picture::{assert_near, pattern};
use serde::Deserialize;
use vision::{
    FireSmoke,
    engine::{Trunk, Weights},
};

const WEIGHTS: &[u8] = include_bytes!("../../../models/firesmoke.safetensors");
/// f16 weights are the same on both sides; what differs is the order of sums.
const TOLERANCE: f32 = 0.01;

#[derive(Deserialize)]
struct Golden {
    width: usize,
    height: usize,
    stride16: Vec<f32>,
    stride32: Vec<f32>,
    cells: Vec<f32>,
    picture: Vec<f32>,
}

fn golden() -> Golden {
    serde_json::from_str(include_str!("fixtures/firesmoke_golden.json")).unwrap()
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

#[test]
fn features_match_the_training_framework() {
    let golden = golden();
    let trunk = Trunk::load(&Weights::parse(WEIGHTS).unwrap()).unwrap();
    let features = trunk.run(&pattern(golden.width, golden.height));
    assert_near("stride 16", TOLERANCE, features.stride16.data.into_iter().step_by(97), &golden.stride16);
    assert_near("stride 32", TOLERANCE, features.stride32.data.into_iter().step_by(97), &golden.stride32);
}

#[test]
fn scores_match_the_training_framework() {
    let golden = golden();
    let output = FireSmoke::embedded().unwrap().run(&pattern(golden.width, golden.height));
    assert_eq!(output.width, golden.width / 16);
    assert_near("cells", TOLERANCE, output.cells.into_iter(), &golden.cells);
    assert_near(
        "picture",
        TOLERANCE,
        output.scores.into_iter(),
        &golden.picture.iter().map(|x| sigmoid(*x)).collect::<Vec<_>>(),
    );
}
