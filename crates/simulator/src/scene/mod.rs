//! The scenes: what happens in front of the simulated cameras, second by second.
//!
//! A scene is a closed loop of pictures. The same seed gives the same pictures on every machine; another seed
//! gives another corridor, so that the scenes can also serve as made-up training pictures – labelled as such.

mod blaze;
mod fluid;
mod paint;
mod person;
mod rooms;
pub(crate) mod seat_room;
mod stage;
mod vector;

use crate::clip::{Clip, ClipError};
use crate::encode::encode;
use crate::label;
use crate::picture::{Canvas, Picture, Random};
use blaze::Blaze;
use person::{Clothing, Person, Posture};
use rooms::{Room, corridor, duty_room, exit_corridor};
use stage::Stage;
use std::f32::consts::PI;
use vector::smoothstep;

/// Picture size of all scenes.
pub const WIDTH_PX: usize = 640;
/// Picture size of all scenes.
pub const HEIGHT_PX: usize = 360;
/// Pictures per second.
pub const FRAME_RATE: u32 = 10;
/// When the corridor catches fire, in seconds after the beginning of the loop.
pub const FIRE_FROM_S: f32 = 8.0;
/// While something stands before the exit, in seconds after the beginning of the loop.
pub const BLOCKED_S: [f32; 2] = [35.0, 85.0];
/// Exposure of the simulated sensor.
const EXPOSURE: f32 = 1.35;
/// Sensor noise.
const NOISE: f32 = 0.035;

/// What a simulated camera can see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scene {
    /// A corridor that is quiet for [`FIRE_FROM_S`], then burns for a minute.
    CorridorFire,
    /// A corridor where somebody passes now and then.
    CorridorQuiet,
    /// A duty room; the guard is there, leaves, comes back.
    DutyRoom,
    /// A corridor whose camera goes dark, freezes, and recovers.
    FailingCamera,
    /// The end of a corridor: a desk with cartons stands before the exit for [`BLOCKED_S`], and somebody passes now and then.
    CorridorExit,
}

impl Scene {
    /// All scenes.
    pub const ALL: [Self; 5] =
        [Self::CorridorFire, Self::CorridorQuiet, Self::DutyRoom, Self::FailingCamera, Self::CorridorExit];
    /// The scenes that crowds of cameras go round, for load: measurements stay comparable when a scene is added.
    pub const ROUND: [Self; 4] =
        [Self::CorridorFire, Self::CorridorQuiet, Self::DutyRoom, Self::FailingCamera];
    /// Counts up with every change of the drawing, so that cached clips are made anew.
    pub const VERSION: u32 = 1;

    /// Name in addresses, file names and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::CorridorFire => "corridor-fire",
            Self::CorridorQuiet => "corridor-quiet",
            Self::DutyRoom => "duty-room",
            Self::FailingCamera => "failing-camera",
            Self::CorridorExit => "corridor-exit",
        }
    }

    /// The scene of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scene| scene.name() == name)
    }

    /// Length of the loop in seconds.
    pub fn seconds(self) -> u32 {
        match self {
            Self::CorridorFire => 68,
            Self::CorridorQuiet => 40,
            Self::DutyRoom => 60,
            Self::FailingCamera => 50,
            Self::CorridorExit => 90,
        }
    }

    /// The pictures of one loop, drawn as they are asked for.
    pub fn pictures(self, seed: u64) -> Pictures {
        Pictures::new(self, seed)
    }

    /// One loop, encoded. Takes a few seconds of one core.
    pub fn clip(self, seed: u64) -> Result<Clip, ClipError> {
        encode(self.pictures(seed), FRAME_RATE)
    }
}

/// Draws the pictures of a scene one after the other.
pub struct Pictures {
    scene: Scene,
    room: Room,
    stage: Stage,
    /// The same room with the exit blocked.
    blocked: Option<Stage>,
    blaze: Option<Blaze>,
    random: Random,
    clothing: Clothing,
    number: u32,
    frozen: Option<Picture>,
}

impl Pictures {
    fn new(scene: Scene, seed: u64) -> Self {
        let room = match scene {
            Scene::DutyRoom => duty_room(seed, WIDTH_PX, HEIGHT_PX),
            // Different corridors for different cameras of one school.
            Scene::CorridorFire => corridor(seed, WIDTH_PX, HEIGHT_PX),
            Scene::CorridorQuiet => corridor(seed.wrapping_add(101), WIDTH_PX, HEIGHT_PX),
            Scene::FailingCamera => corridor(seed.wrapping_add(202), WIDTH_PX, HEIGHT_PX),
            Scene::CorridorExit => exit_corridor(seed, WIDTH_PX, HEIGHT_PX),
        };
        let stage = room.world.stage(room.eye.clone(), WIDTH_PX, HEIGHT_PX, seed);
        let blocked = (scene == Scene::CorridorExit).then(|| {
            let mut world = room.world.clone();
            world.solids.extend(rooms::desk_with_cartons(room.place));
            world.stage(room.eye.clone(), WIDTH_PX, HEIGHT_PX, seed)
        });
        let burns = scene == Scene::CorridorFire;
        let blaze = burns.then(|| Blaze::new(&stage, &room.world, room.place, seed));
        let mut random = Random::new(seed ^ 0x0b5e);
        let clothing = clothing(&mut random, scene == Scene::DutyRoom);
        Self { scene, room, stage, blocked, blaze, random, clothing, number: 0, frozen: None }
    }

    /// The still part at a moment.
    fn stage_at(&self, time_s: f32) -> &Stage {
        let is_blocked = (BLOCKED_S[0]..BLOCKED_S[1]).contains(&time_s);
        self.blocked.as_ref().filter(|_| is_blocked).unwrap_or(&self.stage)
    }

    fn draw(&mut self, time_s: f32) -> Picture {
        let mut canvas = self.stage_at(time_s).lit.clone();
        match self.scene {
            Scene::CorridorFire => self.burn(&mut canvas, time_s),
            Scene::CorridorQuiet => self.passer_by(&mut canvas, time_s),
            Scene::DutyRoom => self.guard(&mut canvas, time_s),
            Scene::FailingCamera => return self.failing(canvas, time_s),
            Scene::CorridorExit => self.passer_at_exit(&mut canvas, time_s),
        }
        self.finish(canvas, time_s)
    }

    fn finish(&mut self, mut canvas: Canvas, time_s: f32) -> Picture {
        self.write_label(&mut canvas, time_s);
        canvas.develop(EXPOSURE, NOISE, &mut self.random)
    }

    fn write_label(&self, canvas: &mut Canvas, time_s: f32) {
        label::write(canvas, 12, 10, "SIMULATED");
        let clock = format!("T+{:02}:{:04.1}", time_s as u32 / 60, time_s % 60.0);
        label::write(canvas, WIDTH_PX as i32 - 12 - label::width_px(&clock), 10, &clock);
        label::write(canvas, 12, HEIGHT_PX as i32 - 24, self.scene.name());
    }

    fn burn(&mut self, canvas: &mut Canvas, time_s: f32) {
        let Some(blaze) = &mut self.blaze else { return };
        if time_s >= FIRE_FROM_S {
            blaze.advance(1.0 / FRAME_RATE as f32);
            blaze.draw(&self.stage, canvas, time_s);
            // The camera closes its iris a little against the flames.
            let iris = 1.0 - 0.22 * smoothstep(FIRE_FROM_S + 3.0, FIRE_FROM_S + blaze::GROWTH_S, time_s);
            canvas.pixels.iter_mut().flatten().for_each(|light| *light *= iris);
        }
    }

    fn passer_by(&mut self, canvas: &mut Canvas, time_s: f32) {
        // Towards the camera from 4 s to 18 s, away from it from 24 s to 38 s.
        let far = self.room.world.size[2] - 1.5;
        let (z, facing) = match time_s {
            t if (4.0..18.0).contains(&t) => (far + (1.2 - far) * (t - 4.0) / 14.0, PI),
            t if (24.0..38.0).contains(&t) => (1.2 + (far - 1.2) * (t - 24.0) / 14.0, 0.0),
            _ => return,
        };
        let sway = 0.25 * (time_s * 0.5).sin();
        self.walk(canvas, [sway + 0.2, 0.0, z], facing, time_s);
    }

    /// Out of a room and back, past whatever stands before the exit: 10 s to 18 s and 58 s to 66 s.
    fn passer_at_exit(&mut self, canvas: &mut Canvas, time_s: f32) {
        let (near, far) = (1.4, self.room.world.size[2] - 2.6);
        let (z, facing) = match time_s {
            t if (10.0..18.0).contains(&t) => (near + (far - near) * (t - 10.0) / 8.0, 0.0),
            t if (58.0..66.0).contains(&t) => (far + (near - far) * (t - 58.0) / 8.0, PI),
            _ => return,
        };
        self.walk(canvas, [-0.75, 0.0, z], facing, time_s);
    }

    fn walk(&self, canvas: &mut Canvas, place: [f32; 3], facing: f32, time_s: f32) {
        let posture = Posture::Walking(time_s * 0.9);
        let person = Person { place, facing, posture, clothing: self.clothing, light: self.room.light };
        person.draw(self.stage_at(time_s), canvas);
    }

    fn guard(&mut self, canvas: &mut Canvas, time_s: f32) {
        // At the desk until 30 s, on the way to the door until 33 s, away until 50 s, back at 53 s.
        let [x, _, z] = self.room.place;
        let way = match time_s {
            t if (30.0..33.0).contains(&t) => Some((t - 30.0) / 3.0),
            t if (33.0..50.0).contains(&t) => return,
            t if (50.0..53.0).contains(&t) => Some((53.0 - t) / 3.0),
            _ => None,
        };
        if let Some(way) = way {
            let place = [x + 0.5 + (2.9 - x) * way, 0.0, z + 0.5 + 0.7 * way];
            let facing = if time_s < 40.0 { PI * 0.4 } else { -PI * 0.6 };
            return self.walk(canvas, place, facing, time_s);
        }
        let head = (time_s * 0.7).sin() * (time_s * 0.23).cos();
        let hands = (time_s * 1.9).sin().max(0.0) * (time_s * 0.31).sin().max(0.0);
        let posture = Posture::Sitting { head, hands };
        let facing = PI + 0.18 * head;
        let person =
            Person { place: [x, 0.0, z], facing, posture, clothing: self.clothing, light: self.room.light };
        person.draw(&self.stage, canvas);
    }

    fn failing(&mut self, mut canvas: Canvas, time_s: f32) -> Picture {
        match time_s {
            // Dark: a covered lens still has noise.
            t if (12.0..24.0).contains(&t) => {
                canvas.pixels.iter_mut().flatten().for_each(|light| *light *= 0.004);
                self.frozen = None;
                self.finish(canvas, time_s)
            }
            // Frozen: the very same picture again and again, clock included.
            t if (32.0..46.0).contains(&t) => {
                let picture = match self.frozen.take() {
                    Some(picture) => picture,
                    None => self.finish(canvas, time_s),
                };
                self.frozen.insert(picture).clone()
            }
            _ => self.finish(canvas, time_s),
        }
    }
}

impl Iterator for Pictures {
    type Item = Picture;

    fn next(&mut self) -> Option<Picture> {
        if self.number >= self.scene.seconds() * FRAME_RATE {
            return None;
        }
        let time_s = self.number as f32 / FRAME_RATE as f32;
        self.number += 1;
        Some(self.draw(time_s))
    }
}

fn clothing(random: &mut Random, uniform: bool) -> Clothing {
    let skin = [0.55, 0.36, 0.26];
    let hair = [0.025, 0.02, 0.018];
    let shoes = [0.04; 3];
    if uniform {
        return Clothing { skin, hair, shoes, top: [0.035, 0.05, 0.11], trousers: [0.025, 0.03, 0.06] };
    }
    let tops = [[0.55, 0.08, 0.07], [0.1, 0.22, 0.5], [0.6, 0.6, 0.58], [0.12, 0.3, 0.16], [0.62, 0.47, 0.1]];
    let top = tops[(random.unit() * tops.len() as f32) as usize % tops.len()];
    Clothing { skin, hair, shoes, top, trousers: [0.05, 0.06, 0.1] }
}
