//! One picture of a screen with a code on it, as a camera in a room takes it, with what spoils it: distance, angle, blur, noise, glare, light.
//!
//! The wall behind is made up of random patches. All of it is simulated: it tells how a reader behaves, not how rooms are.

use super::{CARD_HEIGHT, CARD_WIDTH, RoomCode};
use crate::picture::{Canvas, Light, Picture, Random};

/// Height of the screen in strokes of a card that fills it: the card and the black around it.
const SCREEN_HEIGHT: f32 = CARD_HEIGHT + 2.0 * super::QUIET;
/// Screens are 16 to 9.
const SCREEN_WIDTH: f32 = SCREEN_HEIGHT * 16.0 / 9.0;
/// Width of the frame around the screen in strokes.
const BEZEL: f32 = 0.8;
/// Light of a black screen, as a share of what its white has.
const BLACK_LIGHT: f32 = 0.003;
/// Share of the room's light that the glass throws back everywhere.
const VEIL: f32 = 0.02;
/// Samples per pixel along each side, on the screen.
const SAMPLES: usize = 3;
/// Patches on the wall.
const PATCHES: usize = 60;

/// What there is before the camera, and how it takes it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shot {
    /// Width and height of the picture in pixels, even.
    pub size_px: [usize; 2],
    /// Horizontal angle of view in degrees.
    pub view_deg: f32,
    /// From the camera to the middle of the screen in metres.
    pub distance_m: f32,
    /// Height of the screen in metres: 0.3 for one of 24 inches.
    pub screen_m: f32,
    /// Part of the screen's height that the card with its black takes.
    pub fills: f32,
    /// How far the screen is turned away: to the side, and upwards, in degrees.
    pub turned_deg: [f32; 2],
    /// How far the picture is rotated, in degrees.
    pub rolled_deg: f32,
    /// Deviation of the lens's blur in pixels.
    pub blur_px: f32,
    /// Noise of the sensor; 0.035 is a camera by day.
    pub noise: f32,
    /// Light of the screen's white; at 1 the sensor is just full.
    pub screen_light: f32,
    /// Light of the wall.
    pub room_light: f32,
    /// Light of a lamp's reflection in the middle of its spot; none at 0.
    pub glare: f32,
    /// Radius of a head before the screen, at a place that the seed says, in heights of the card; nobody at 0.
    pub hidden: f32,
    /// What the camera makes of white: factors for red, green and blue.
    pub cast: Light,
    /// Taken by infrared light: without colour.
    pub is_infrared: bool,
}

impl Default for Shot {
    /// A camera of 1080p with a lens of 85 degrees, 3 m before a screen of 24 inches, by day.
    fn default() -> Self {
        Self {
            size_px: [1920, 1080],
            view_deg: 85.0,
            distance_m: 3.0,
            screen_m: 0.3,
            fills: 1.0,
            turned_deg: [0.0; 2],
            rolled_deg: 0.0,
            blur_px: 0.8,
            noise: 0.035,
            screen_light: 1.0,
            room_light: 0.25,
            glare: 0.0,
            hidden: 0.0,
            cast: [1.0; 3],
            is_infrared: false,
        }
    }
}

/// The screen in the camera's directions: x to the right, y down, z ahead, in metres.
struct Screen {
    middle: [f32; 3],
    across: [f32; 3],
    down: [f32; 3],
    stroke_m: f32,
    /// Middle of the card on the screen, in strokes from the screen's.
    card: [f32; 2],
    glare_at: [f32; 2],
    head_at: [f32; 2],
}

impl Shot {
    /// Pixels of a stroke where the screen is not turned away.
    pub fn stroke_px(&self) -> f32 {
        self.focal_px() / self.distance_m * self.screen_m * self.fills / SCREEN_HEIGHT
    }

    /// Takes the picture; the seed says where the screen is, and what is behind it. Without a code the screen is black.
    pub fn take(&self, code: Option<&RoomCode>, seed: u64) -> Picture {
        let mut random = Random::new(seed);
        let [width, height] = self.size_px;
        let mut canvas = Canvas::new(width, height);
        self.wall(&mut canvas, &mut random);
        let screen = self.screen(&mut random);
        let bounds = self.draw_screen(&mut canvas, &screen, code);
        blur(&mut canvas, bounds, self.blur_px);
        for pixel in &mut canvas.pixels {
            if self.is_infrared {
                *pixel = [0.38 * pixel[0] + 0.34 * pixel[1] + 0.28 * pixel[2]; 3];
            }
            for (channel, factor) in pixel.iter_mut().zip(self.cast) {
                *channel *= factor;
            }
        }
        let mut picture = canvas.develop(1.0, self.noise, &mut random);
        if self.is_infrared {
            picture.i420[width * height..].fill(128);
        }
        picture
    }

    fn focal_px(&self) -> f32 {
        self.size_px[0] as f32 / 2.0 / (self.view_deg.to_radians() / 2.0).tan()
    }

    fn wall(&self, canvas: &mut Canvas, random: &mut Random) {
        let [width, height] = self.size_px.map(|edge| edge as f32);
        let base = self.room_light * random.between(0.7, 1.3);
        canvas.pixels.fill([base; 3]);
        for _ in 0..PATCHES {
            let [w, h] = [width * random.between(0.01, 0.3), height * random.between(0.01, 0.4)];
            let [x, y] = [random.between(-0.1, 1.0) * width, random.between(-0.1, 1.0) * height];
            let light = [0, 1, 2].map(|_| self.room_light * random.between(0.0, 2.2));
            for row in y.max(0.0) as usize..(y + h).clamp(0.0, height) as usize {
                let columns = x.max(0.0) as usize..(x + w).clamp(0.0, width) as usize;
                canvas.pixels[row * self.size_px[0]..][columns].fill(light);
            }
        }
    }

    fn screen(&self, random: &mut Random) -> Screen {
        let [yaw, pitch] = self.turned_deg.map(f32::to_radians);
        let roll = self.rolled_deg.to_radians();
        let turn = |[x, y]: [f32; 2]| {
            let (x, y) = (x * roll.cos() - y * roll.sin(), x * roll.sin() + y * roll.cos());
            let (y, z) = (y * pitch.cos(), y * pitch.sin());
            [x * yaw.cos() + z * yaw.sin(), y, z * yaw.cos() - x * yaw.sin()]
        };
        let stroke_m = self.screen_m * self.fills / SCREEN_HEIGHT;
        // As far aside as leaves the screen whole in the picture.
        let reach = self.screen_m * 1.3 / self.distance_m;
        let half_view = (self.view_deg.to_radians() / 2.0).tan();
        let room = [half_view, half_view * self.size_px[1] as f32 / self.size_px[0] as f32]
            .map(|half| (half - reach).max(0.0) * 0.6);
        let aside = room.map(|room| random.between(-room, room));
        let middle = [aside[0] * self.distance_m, aside[1] * self.distance_m, self.distance_m];
        // In a corner of the screen when it does not fill it.
        let free = [SCREEN_WIDTH, SCREEN_HEIGHT].map(|edge| edge * (1.0 / self.fills - 1.0) / 2.0);
        let mut spread = || [CARD_WIDTH, CARD_HEIGHT].map(|edge| random.between(-0.5, 0.5) * edge);
        Screen {
            middle,
            across: turn([1.0, 0.0]),
            down: turn([0.0, 1.0]),
            stroke_m,
            card: free.map(|free| free * 0.95),
            glare_at: spread(),
            head_at: spread(),
        }
    }

    /// Draws the screen; gives the columns and rows that it takes.
    fn draw_screen(&self, canvas: &mut Canvas, screen: &Screen, code: Option<&RoomCode>) -> [usize; 4] {
        let [width, height] = self.size_px;
        let focal = self.focal_px();
        let half = [SCREEN_WIDTH, SCREEN_HEIGHT].map(|edge| edge / self.fills / 2.0 + BEZEL);
        let mut bounds = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
        for [x, y] in [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]] {
            let [x, y] = [x * half[0] * screen.stroke_m, y * half[1] * screen.stroke_m];
            let at =
                [0, 1, 2].map(|axis| screen.middle[axis] + screen.across[axis] * x + screen.down[axis] * y);
            let px = [0, 1].map(|axis| at[axis] / at[2].max(0.1) * focal + self.size_px[axis] as f32 / 2.0);
            bounds = [bounds[0].min(px[0]), bounds[1].min(px[1]), bounds[2].max(px[0]), bounds[3].max(px[1])];
        }
        let margin = 3.0 * self.blur_px + 2.0;
        let bounds = [
            (bounds[0] - margin).clamp(0.0, width as f32) as usize,
            (bounds[1] - margin).clamp(0.0, height as f32) as usize,
            (bounds[2] + margin).clamp(0.0, width as f32) as usize,
            (bounds[3] + margin).clamp(0.0, height as f32) as usize,
        ];
        let normal = cross(screen.across, screen.down);
        let distance = dot(normal, screen.middle);
        for row in bounds[1]..bounds[3] {
            for column in bounds[0]..bounds[2] {
                let under = canvas.pixels[row * width + column];
                let mut sum = [0.0; 3];
                for sample in 0..SAMPLES * SAMPLES {
                    let inside = |part: usize| (part as f32 + 0.5) / SAMPLES as f32;
                    let ray = [
                        (column as f32 + inside(sample % SAMPLES) - width as f32 / 2.0) / focal,
                        (row as f32 + inside(sample / SAMPLES) - height as f32 / 2.0) / focal,
                        1.0,
                    ];
                    let along = distance / dot(normal, ray);
                    let from = [0, 1, 2].map(|axis| ray[axis] * along - screen.middle[axis]);
                    let at = [dot(from, screen.across), dot(from, screen.down)].map(|m| m / screen.stroke_m);
                    let light = self.light_at(screen, code, at, half).unwrap_or(under);
                    for (sum, light) in sum.iter_mut().zip(light) {
                        *sum += light / (SAMPLES * SAMPLES) as f32;
                    }
                }
                canvas.pixels[row * width + column] = sum;
            }
        }
        bounds
    }

    /// Light of the screen at a place in strokes from its middle; none beside it.
    fn light_at(
        &self,
        screen: &Screen,
        code: Option<&RoomCode>,
        at: [f32; 2],
        half: [f32; 2],
    ) -> Option<Light> {
        let beyond = [0, 1].map(|axis| at[axis].abs() - half[axis]);
        if beyond[0] > 0.0 || beyond[1] > 0.0 {
            return None;
        }
        if beyond[0] > -BEZEL || beyond[1] > -BEZEL {
            return Some([self.room_light * VEIL; 3]);
        }
        let on_card = [at[0] - screen.card[0] + CARD_WIDTH / 2.0, at[1] - screen.card[1] + CARD_HEIGHT / 2.0];
        let shown = code.map_or([0.0; 3], |code| code.light_at(on_card[0], on_card[1]));
        let from = |place: [f32; 2]| [0, 1].map(|axis| (at[axis] - place[axis]) / CARD_HEIGHT);
        let [x, y] = from(screen.head_at);
        if x.hypot(y) < self.hidden {
            return Some([self.room_light * 0.3; 3]);
        }
        let [x, y] = from(screen.glare_at);
        let spot = self.glare * (-3.0 * (x * x + y * y)).exp();
        let veil = self.room_light * VEIL + spot;
        Some(shown.map(|light| (light + BLACK_LIGHT) * self.screen_light + veil))
    }
}

fn dot(a: [f32; 3], b: [f32; 3]) -> f32 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn cross(a: [f32; 3], b: [f32; 3]) -> [f32; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

/// Blurs a part of the canvas.
fn blur(canvas: &mut Canvas, [left, top, right, bottom]: [usize; 4], deviation_px: f32) {
    if deviation_px < 0.05 || right <= left || bottom <= top {
        return;
    }
    let reach = (deviation_px * 3.0).ceil() as i32;
    let weight = |off: i32| (-0.5 * (off as f32 / deviation_px).powi(2)).exp();
    let total: f32 = (-reach..=reach).map(weight).sum();
    let weights: Vec<f32> = (-reach..=reach).map(|off| weight(off) / total).collect();
    for (step, is_row) in [(1, true), (canvas.width, false)] {
        let before = canvas.pixels.clone();
        for row in top..bottom {
            for column in left..right {
                let at = row * canvas.width + column;
                let (place, end) = if is_row { (column, canvas.width) } else { (row, canvas.height) };
                let mut sum = [0.0; 3];
                for (off, weight) in (-reach..=reach).zip(&weights) {
                    let off = (place as i32 + off).clamp(0, end as i32 - 1) - place as i32;
                    let other = before[(at as i32 + off * step as i32) as usize];
                    for (sum, light) in sum.iter_mut().zip(other) {
                        *sum += light * weight;
                    }
                }
                canvas.pixels[at] = sum;
            }
        }
    }
}
