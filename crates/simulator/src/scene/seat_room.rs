//! A duty room with up to five people and a seat's screen that is turned to the camera, drawn picture by picture from what is so at the moment.
//!
//! The same moment gives the same picture, to the bit: so pictures can be played again without keeping them.

use std::f32::consts::PI;

use super::paint::Paint;
use super::person::{Clothing, Person, Posture};
use super::rooms::{pick, solid, wall_thing};
use super::stage::{Eye, Lamp, Stage, World};
use super::vector::{Vec3, dot, sub};
use super::{EXPOSURE, NOISE, clothing};
use crate::duty_room::{PEOPLE_MAX, RoomLight, RoomState};
use crate::label;
use crate::picture::{Canvas, Light, Picture, Random};
use crate::room_code::{CARD_HEIGHT, CARD_WIDTH, QUIET, RoomCode};

/// Picture size.
pub(crate) const WIDTH_PX: usize = 1280;
/// Picture size.
pub(crate) const HEIGHT_PX: usize = 720;

/// The seat's screen: 24 inches, upright, turned to the camera's wall; its upper left corner as the camera sees it.
const SCREEN_AT: Vec3 = [-1.62, 1.36, 2.5];
const SCREEN_M: [f32; 2] = [0.532, 0.3];
const BEZEL_M: f32 = 0.015;
/// Light of its white, and of its black.
const SCREEN_LIGHT: [f32; 2] = [0.95, 0.006];
/// Samples of a pixel along each side, on the screen.
const SAMPLES: usize = 3;
/// Where people sit or stand: three at the desk, two behind them.
const PLACES: [(Vec3, bool); PEOPLE_MAX] = [
    ([0.1, 0.0, 3.55], true),
    ([1.25, 0.0, 3.55], true),
    ([-1.0, 0.0, 3.6], true),
    ([0.7, 0.0, 4.75], false),
    ([-0.45, 0.0, 4.75], false),
];
/// How bright the room is with its lamps out, and by the camera's infrared light.
const LAMPS_OUT: f32 = 0.16;
const BY_INFRARED: f32 = 0.5;
/// Noise by infrared light, as a multiple of that by day.
const INFRARED_NOISE: f32 = 1.5;
/// What a sensor without a filter makes of things by infrared light, which look as by red; and of the screen, which shines by itself.
const NEAR_RED: Light = [0.9, 0.1, 0.0];
const ALL_COLOURS: Light = [0.38, 0.34, 0.28];

/// What is so at one moment; together with the room it says all of a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Moment {
    /// Number of the picture, which makes its noise.
    pub(crate) number: u64,
    /// Seconds since the beginning.
    pub(crate) time_s: f32,
    pub(crate) state: RoomState,
    /// What the screen shows.
    pub(crate) code: Option<RoomCode>,
}

/// The room, ready to be drawn.
pub(crate) struct SeatRoom {
    stage: Stage,
    clothing: [Clothing; PEOPLE_MAX],
    seed: u64,
}

impl SeatRoom {
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Random::new(seed ^ 0x5ea7);
        let world = world(&mut random);
        let eye = Eye::new([0.5, 2.45, 0.3], -9.0, 20.0, 74.0, WIDTH_PX, HEIGHT_PX);
        let stage = world.stage(eye, WIDTH_PX, HEIGHT_PX, seed);
        let clothing = std::array::from_fn(|number| clothing(&mut random, number < 2));
        Self { stage, clothing, seed }
    }

    /// The picture of a moment.
    pub(crate) fn draw(&self, moment: &Moment) -> Picture {
        let state = &moment.state;
        let mut canvas = self.stage.lit.clone();
        let is_infrared = state.light == RoomLight::Infrared;
        let lit = match state.light {
            RoomLight::Lamps => 1.0,
            RoomLight::Dark => LAMPS_OUT,
            RoomLight::Infrared => BY_INFRARED,
        };
        let shown = moment.code.filter(|_| state.is_screen_on);
        self.people(&mut canvas, moment);
        canvas.pixels.iter_mut().flatten().for_each(|light| *light *= lit);
        if is_infrared {
            grey(&mut canvas, NEAR_RED);
        }
        self.screen(&mut canvas, moment, shown);
        if is_infrared {
            grey(&mut canvas, ALL_COLOURS);
        }
        label::write(&mut canvas, 12, 10, "SIMULATED");
        let clock = format!("T+{:02}:{:04.1}", moment.time_s as u32 / 60, moment.time_s % 60.0);
        label::write(&mut canvas, WIDTH_PX as i32 - 12 - label::width_px(&clock), 10, &clock);
        label::write(&mut canvas, 12, HEIGHT_PX as i32 - 24, "duty-room");
        let noise = if is_infrared { NOISE * INFRARED_NOISE } else { NOISE };
        let mut random = Random::new(self.seed.wrapping_mul(31).wrapping_add(moment.number));
        let mut picture = canvas.develop(EXPOSURE, noise, &mut random);
        if is_infrared {
            picture.i420[WIDTH_PX * HEIGHT_PX..].fill(128);
        }
        picture
    }

    /// Everybody, the farthest first.
    fn people(&self, canvas: &mut Canvas, moment: &Moment) {
        for number in (0..moment.state.present()).rev() {
            self.person(number, moment).draw(&self.stage, canvas);
        }
    }

    fn person(&self, number: usize, moment: &Moment) -> Person {
        let (place, is_sitting) = PLACES[number];
        // Each moves in a time of their own; a mannequin in none.
        let time_s = if number < moment.state.people {
            moment.time_s * (0.9 + 0.07 * number as f32) + 11.0 * number as f32
        } else {
            3.0
        };
        let head = (time_s * 0.7).sin() * (time_s * 0.23).cos();
        let hands = (time_s * 1.9).sin().max(0.0) * (time_s * 0.31).sin().max(0.0);
        let posture =
            if is_sitting { Posture::Sitting { head, hands } } else { Posture::Walking(0.02 * head) };
        let facing = PI + 0.18 * head;
        Person { place, facing, posture, clothing: self.clothing[number], light: 0.85 }
    }

    /// The seat's screen, where nobody stands before it.
    fn screen(&self, canvas: &mut Canvas, moment: &Moment, code: Option<RoomCode>) {
        let eye = &self.stage.eye;
        let corners = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]].map(|[x, y]: [f32; 2]| {
            let at = [SCREEN_AT[0] + x * SCREEN_M[0], SCREEN_AT[1] - y * SCREEN_M[1], SCREEN_AT[2]];
            eye.project(at).map(|(px, _)| px)
        });
        let Some(corners) = corners.into_iter().collect::<Option<Vec<_>>>() else { return };
        let least =
            |axis: usize| corners.iter().map(|px| px[axis]).fold(f32::MAX, f32::min).max(0.0) as usize;
        let most = |axis: usize, end: usize| {
            (corners.iter().map(|px| px[axis]).fold(0.0, f32::max) as usize + 1).min(end)
        };
        for row in least(1)..most(1, HEIGHT_PX) {
            for column in least(0)..most(0, WIDTH_PX) {
                let at = row * WIDTH_PX + column;
                let share = 1.0 / (SAMPLES * SAMPLES) as f32;
                let mut light = [0.0; 3];
                for sample in 0..SAMPLES * SAMPLES {
                    let inside = |part: usize| (part as f32 + 0.5) / SAMPLES as f32;
                    let x = column as f32 + inside(sample % SAMPLES);
                    let y = row as f32 + inside(sample / SAMPLES);
                    let seen =
                        self.on_screen(x, y).map(|at| screen_light(at, code, moment.state.is_screen_on));
                    for (sum, seen) in light.iter_mut().zip(seen.unwrap_or(canvas.pixels[at])) {
                        *sum += seen * share;
                    }
                }
                canvas.pixels[at] = light;
            }
        }
    }

    /// The place on the screen, in metres from its upper left corner, that a place of the picture shows.
    fn on_screen(&self, x: f32, y: f32) -> Option<[f32; 2]> {
        let eye = &self.stage.eye;
        let ray = eye.ray(x, y);
        let normal = [0.0, 0.0, 1.0];
        let along = dot(normal, sub(SCREEN_AT, eye.position)) / dot(normal, ray);
        let at = [
            eye.position[0] + ray[0] * along - SCREEN_AT[0],
            SCREEN_AT[1] - eye.position[1] - ray[1] * along,
        ];
        let is_on = (0.0..SCREEN_M[0]).contains(&at[0]) && (0.0..SCREEN_M[1]).contains(&at[1]);
        (is_on && along > 0.0).then_some(at)
    }
}

/// Takes the colour out, each with its share.
fn grey(canvas: &mut Canvas, shares: Light) {
    for pixel in &mut canvas.pixels {
        *pixel = [dot(*pixel, shares); 3];
    }
}

/// Light of the screen at a place in metres: the card in its middle, as large as it fits with the black around it.
fn screen_light([x, y]: [f32; 2], code: Option<RoomCode>, is_on: bool) -> Light {
    let stroke_m = SCREEN_M[1] / (CARD_HEIGHT + 2.0 * QUIET);
    let at = [(x - SCREEN_M[0] / 2.0) / stroke_m + CARD_WIDTH / 2.0, y / stroke_m - QUIET];
    let black = if is_on { SCREEN_LIGHT[1] } else { 0.0 };
    let shown = code.map_or([0.0; 3], |code| code.light_at(at[0], at[1]));
    // What the glass throws back.
    shown.map(|light| light * SCREEN_LIGHT[0] + black + 0.006)
}

fn world(random: &mut Random) -> World {
    let wood = pick(random, &[[0.36, 0.24, 0.13], [0.48, 0.38, 0.26], [0.28, 0.27, 0.27]]);
    let low = pick(random, &[[0.55, 0.56, 0.55], [0.46, 0.5, 0.56], [0.52, 0.48, 0.42]]);
    let desk = Paint::Wood(wood);
    let black = Paint::Flat([0.04; 3]);
    let [left, top, z] = SCREEN_AT;
    let (right, bottom) = (left + SCREEN_M[0], top - SCREEN_M[1]);
    let mut solids = vec![
        // A long desk for three, closed in front.
        solid([-1.5, 0.7, 2.65], [1.75, 0.75, 3.3], desk.clone()),
        solid([-1.45, 0.0, 2.72], [1.7, 0.7, 2.75], desk.clone()),
        // A stand beside the desk, and on it the seat's screen.
        solid([left, 0.0, z + 0.05], [right, 0.9, z + 0.35], desk),
        solid([left + 0.23, 0.9, z + 0.06], [left + 0.3, bottom, z + 0.1], black.clone()),
        solid(
            [left - BEZEL_M, bottom - BEZEL_M, z],
            [right + BEZEL_M, top + BEZEL_M, z + 0.04],
            Paint::Flat([0.02; 3]),
        ),
        // Telephone, papers, cup.
        solid([0.55, 0.75, 2.85], [0.71, 0.81, 3.02], Paint::Flat([0.45, 0.05, 0.04])),
        solid([-0.5, 0.75, 2.8], [-0.22, 0.757, 3.0], Paint::Flat([0.75, 0.75, 0.72])),
        solid([0.85, 0.75, 2.9], [0.92, 0.86, 2.97], Paint::Flat([0.6, 0.62, 0.66])),
        // Video wall and a cabinet.
        solid([0.0, 1.75, 5.33], [1.67, 2.55, 5.4], Paint::Screen),
        solid([-2.55, 0.0, 4.7], [-1.65, 1.9, 5.4], Paint::Flat([0.5, 0.52, 0.53])),
        wall_thing(2.6, 3.4, [1.2, 2.0], 0.7, Paint::NoticeBoard),
    ];
    for (place, is_sitting) in PLACES {
        if is_sitting {
            let (x, z) = (place[0], place[2]);
            solids.push(solid([x - 0.25, 0.42, z - 0.15], [x + 0.25, 0.47, z + 0.3], black.clone()));
            solids.push(solid([x - 0.23, 0.5, z + 0.29], [x + 0.23, 1.02, z + 0.35], black.clone()));
        }
    }
    let mut lamps = Vec::new();
    for (x, z) in [(-1.2, 1.6), (1.2, 1.6), (-1.2, 3.9), (1.2, 3.9)] {
        solids.push(solid([x - 0.3, 2.77, z - 0.3], [x + 0.3, 2.9, z + 0.3], Paint::Glow([1.25; 3])));
        lamps.push(Lamp { centre: [x, 2.76, z], half: [0.3, 0.3], power: 1.5 });
    }
    World {
        size: [5.2, 2.8, 5.4],
        floor: Paint::Tiles([0.44, 0.42, 0.4], 0.8),
        walls: Paint::Dado { low, high: [0.64, 0.64, 0.62], height: 0.9 },
        ceiling: Paint::Panels([0.7; 3]),
        solids,
        lamps,
        ambient: [0.17, 0.17, 0.175],
        lamp_colour: [0.96, 0.98, 1.0],
    }
}
