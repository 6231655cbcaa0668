//! Surfaces: what colour a point of a floor, a wall, a door or a screen has.

use super::vector::{Vec3, fractal_noise, hash, mix, noise, scale, smoothstep};
use crate::picture::Light;

const DARK: Light = [0.0; 3];

/// How a surface looks.
#[derive(Debug, Clone)]
pub(crate) enum Paint {
    /// One colour, slightly worn.
    Flat(Light),
    /// Square tiles with joints and speckles; side in metres.
    Tiles(Light, f32),
    /// The school corridor's wall: oil paint below, white above, a skirting board.
    Dado { low: Light, high: Light, height: f32 },
    /// Wood grain, upright.
    Wood(Light),
    /// A door: wood with two panels and a pane of glass; the middle of the door along the wall, in metres.
    Door { wood: Light, middle: f32, lit: bool },
    /// A cork board with sheets of paper.
    NoticeBoard,
    /// A ceiling of panels.
    Panels(Light),
    /// A thing that shines by itself.
    Glow(Light),
    /// A computer screen with windows on it.
    Screen,
    /// Cardboard.
    Carton,
}

impl Paint {
    /// Colour of the surface and its own light at a point.
    pub(crate) fn look(&self, point: Vec3, normal: Vec3) -> (Light, Light) {
        let (u, v) = surface_coordinates(point, normal);
        let worn = 0.94 + 0.12 * fractal_noise(11, u * 1.3, v * 1.3);
        match self {
            Self::Flat(colour) => (scale(*colour, worn), DARK),
            Self::Tiles(colour, side) => (tiles(*colour, *side, u, v), DARK),
            Self::Dado { low, high, height } => (dado(*low, *high, *height, u, point[1]), DARK),
            Self::Wood(colour) => (wood(*colour, u, v), DARK),
            Self::Door { wood: colour, middle, lit } => door(*colour, *middle, *lit, u, v),
            Self::NoticeBoard => (notice_board(u, v), DARK),
            Self::Panels(colour) => {
                let joint = [u, v].map(|x| (x / 0.6).fract().abs()).iter().any(|x| *x < 0.02);
                (scale(*colour, if joint { 0.72 } else { worn }), DARK)
            }
            Self::Glow(light) => ([0.8; 3], *light),
            Self::Screen => ([0.03; 3], screen(u, v)),
            Self::Carton => {
                let tape = (v * 3.1).fract() < 0.12;
                let brown = if tape { [0.42, 0.32, 0.2] } else { [0.36, 0.24, 0.13] };
                (scale(brown, worn * (0.9 + 0.2 * noise(5, u * 40.0, v * 8.0))), DARK)
            }
        }
    }
}

/// Two coordinates along a surface, in metres.
fn surface_coordinates(point: Vec3, normal: Vec3) -> (f32, f32) {
    if normal[1].abs() > 0.5 {
        (point[0], point[2])
    } else if normal[0].abs() > 0.5 {
        (point[2], point[1])
    } else {
        (point[0], point[1])
    }
}

fn tiles(colour: Light, side: f32, u: f32, v: f32) -> Light {
    let (column, row) = ((u / side).floor(), (v / side).floor());
    let shade = 0.9 + 0.14 * hash(3, column as i32, row as i32);
    let (inside_u, inside_v) = (u / side - column, v / side - row);
    let joint = inside_u.min(inside_v) * side < 0.006;
    let speckle = 0.9 + 0.2 * noise(7, u * 90.0, v * 90.0);
    let dirt = 0.88 + 0.16 * fractal_noise(9, u * 0.9, v * 0.4);
    scale(colour, if joint { 0.6 } else { shade * speckle * dirt })
}

fn dado(low: Light, high: Light, height: f32, u: f32, y: f32) -> Light {
    let stain = 0.92 + 0.13 * fractal_noise(21, u * 0.7, y * 1.1);
    if y < 0.1 {
        return scale([0.16, 0.14, 0.13], stain);
    }
    let line = (y - height).abs() < 0.012;
    let scuff =
        1.0 - 0.18 * smoothstep(0.62, 0.8, fractal_noise(23, u * 2.2, y * 5.0)) * smoothstep(0.9, 0.2, y);
    let colour = if line {
        scale(low, 0.5)
    } else if y < height {
        low
    } else {
        high
    };
    scale(colour, stain * scuff)
}

fn wood(colour: Light, u: f32, v: f32) -> Light {
    let ring = fractal_noise(31, u * 26.0, v * 1.6);
    scale(colour, 0.72 + 0.5 * ring)
}

fn door(colour: Light, middle: f32, lit: bool, u: f32, v: f32) -> (Light, Light) {
    let across = (u - middle).abs();
    let pane = (1.35..1.8).contains(&v) && across < 0.12;
    if pane {
        let glow = if lit { [0.55, 0.56, 0.5] } else { [0.02, 0.025, 0.03] };
        return ([0.06; 3], glow);
    }
    let panel = |low: f32, high: f32| {
        let edge = (v - low).min(high - v).min(0.3 - across);
        (0.0..0.03).contains(&edge)
    };
    let handle = (0.96..1.06).contains(&v) && (u - middle - 0.36).abs() < 0.03;
    if handle {
        return ([0.5, 0.5, 0.48], DARK);
    }
    let shade = if panel(0.2, 0.9) || panel(1.1, 1.95) { 0.55 } else { 1.0 };
    (scale(wood(colour, u, v), shade), DARK)
}

fn notice_board(u: f32, v: f32) -> Light {
    let (column, row) = ((u / 0.34).floor(), (v / 0.3).floor());
    let (inside_u, inside_v) = ((u / 0.34 - column) * 0.34, (v / 0.3 - row) * 0.3);
    let pick = hash(41, column as i32, row as i32);
    let (wide, tall) = (0.18 + 0.1 * pick, 0.2 + 0.06 * hash(43, column as i32, row as i32));
    if pick > 0.15 && (0.03..wide).contains(&inside_u) && (0.03..tall).contains(&inside_v) {
        let papers = [[0.85, 0.84, 0.8], [0.8, 0.72, 0.35], [0.75, 0.25, 0.2], [0.35, 0.55, 0.75], [0.8; 3]];
        let paper = papers[(pick * 97.0) as usize % papers.len()];
        let line = (inside_v * 55.0).fract() < 0.4 && inside_u > 0.05 && inside_u < wide - 0.02;
        return scale(paper, if line { 0.6 } else { 1.0 });
    }
    scale([0.42, 0.27, 0.14], 0.85 + 0.3 * noise(45, u * 60.0, v * 60.0))
}

fn screen(u: f32, v: f32) -> Light {
    let (column, row) = ((u * 9.0).floor() as i32, (v * 11.0).floor() as i32);
    let tile = hash(51, column, row);
    let frame = (u * 9.0).fract() < 0.06 || (v * 11.0).fract() < 0.08;
    let picture = mix([0.05, 0.08, 0.12], [0.3, 0.36, 0.38], tile * noise(53, u * 70.0, v * 70.0));
    if frame { [0.02, 0.03, 0.05] } else { picture }
}
