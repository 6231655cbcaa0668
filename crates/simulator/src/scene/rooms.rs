//! The rooms: a school corridor, the end of one with its exit, and a duty room, varied by a seed.

use super::paint::Paint;
use super::stage::{Eye, Lamp, Solid, World};
use super::vector::{Vec3, scale};
use crate::picture::{Light, Random};

/// A room with a camera in it.
pub(crate) struct Room {
    pub(crate) world: World,
    pub(crate) eye: Eye,
    /// Where a fire starts, where the guard sits, or where something stands before the exit.
    pub(crate) place: Vec3,
    /// General brightness, for people drawn afterwards.
    pub(crate) light: f32,
}

pub(super) fn solid(min: Vec3, max: Vec3, paint: Paint) -> Solid {
    Solid { min, max, paint }
}

pub(super) fn pick(random: &mut Random, colours: &[Light]) -> Light {
    colours[(random.unit() * colours.len() as f32) as usize % colours.len()]
}

/// A corridor with doors on both sides, lamps, a notice board, and a bin where the fire may start.
pub(crate) fn corridor(seed: u64, width: usize, height: usize) -> Room {
    let mut random = Random::new(seed);
    let size = [random.between(2.5, 3.2), random.between(2.8, 3.1), random.between(20.0, 28.0)];
    let wall = size[0] / 2.0;
    let low =
        pick(&mut random, &[[0.18, 0.36, 0.27], [0.2, 0.32, 0.44], [0.5, 0.42, 0.28], [0.38, 0.4, 0.4]]);
    let wood =
        pick(&mut random, &[[0.32, 0.16, 0.07], [0.42, 0.25, 0.1], [0.22, 0.12, 0.07], [0.3, 0.32, 0.3]]);
    let floor = pick(&mut random, &[[0.42, 0.41, 0.38], [0.45, 0.38, 0.3], [0.36, 0.38, 0.4]]);
    let mut solids = Vec::new();
    let first = random.between(2.6, 3.6);
    for number in 0..6 {
        let middle = first + number as f32 * 3.4;
        for side in [-1.0, 1.0] {
            let middle = middle + if side > 0.0 { 1.3 } else { 0.0 };
            if middle + 0.6 < size[2] {
                door(&mut solids, wall * side, middle, wood, random.unit() > 0.6);
            }
        }
    }
    let board = first + 1.7;
    solids.push(wall_thing(-wall, board, [1.2, 2.1], 0.75, Paint::NoticeBoard));
    let side = if random.unit() < 0.5 { -1.0 } else { 1.0 };
    let place = [side * (wall - 0.62), 0.0, random.between(4.6, 6.2)];
    bin_and_cartons(&mut solids, place, side);
    let sign = size[2] - 0.02;
    solids.push(solid([-0.7, 0.0, sign - 0.1], [0.7, 2.2, sign], Paint::Flat([0.2, 0.22, 0.24])));
    solids.push(solid([-0.25, 2.3, sign - 0.08], [0.25, 2.5, sign], Paint::Glow([0.05, 0.55, 0.18])));
    let power = random.between(1.6, 3.2);
    let mut lamps = Vec::new();
    let mut z = random.between(1.0, 2.0);
    while z < size[2] - 1.0 {
        let centre = [0.0, size[1], z];
        solids.push(solid(
            [-0.14, size[1] - 0.05, z - 0.6],
            [0.14, size[1] + 0.1, z + 0.6],
            Paint::Glow([1.3, 1.32, 1.25]),
        ));
        lamps.push(Lamp { centre: [0.0, size[1] - 0.06, centre[2]], half: [0.14, 0.6], power });
        z += 3.2;
    }
    let world = World {
        size,
        floor: Paint::Tiles(floor, 0.6),
        walls: Paint::Dado { low, high: [0.62, 0.61, 0.57], height: 1.2 },
        ceiling: Paint::Flat([0.66; 3]),
        solids,
        lamps,
        ambient: scale([0.2, 0.205, 0.21], 0.5 + power * 0.2),
        lamp_colour: [1.0, 0.98, 0.92],
    };
    let from = [random.between(-0.5, 0.5) * wall, size[1] - 0.28, 0.2];
    let (yaw, pitch) = (-from[0] * 5.0 + random.between(-3.0, 3.0), random.between(14.0, 19.0));
    let eye = Eye::new(from, yaw, pitch, random.between(74.0, 84.0), width, height);
    Room { world, eye, place: [place[0], 0.36, place[2]], light: 0.3 + power * 0.24 }
}

/// The end of a corridor: a double door under a lit sign, an extinguisher beside it, a door on each side.
pub(crate) fn exit_corridor(seed: u64, width: usize, height: usize) -> Room {
    let mut random = Random::new(seed ^ 0xe817);
    let size = [random.between(2.9, 3.2), 2.9, random.between(8.6, 9.2)];
    let (wall, end) = (size[0] / 2.0, size[2]);
    let low = pick(&mut random, &[[0.18, 0.36, 0.27], [0.2, 0.32, 0.44], [0.5, 0.42, 0.28]]);
    let wood = pick(&mut random, &[[0.32, 0.16, 0.07], [0.42, 0.25, 0.1], [0.22, 0.12, 0.07]]);
    let leaf = Paint::Flat([0.34, 0.4, 0.38]);
    let dark = Paint::Flat([0.08, 0.09, 0.09]);
    let mut solids = vec![
        // Frame, two leaves, the gap between them, push bars.
        solid([-0.92, 0.0, end - 0.09], [0.92, 2.22, end], Paint::Flat([0.2, 0.22, 0.22])),
        solid([-0.84, 0.0, end - 0.13], [-0.01, 2.14, end - 0.08], leaf.clone()),
        solid([0.01, 0.0, end - 0.13], [0.84, 2.14, end - 0.08], leaf),
        solid([-0.74, 1.0, end - 0.2], [-0.1, 1.06, end - 0.12], dark.clone()),
        solid([0.1, 1.0, end - 0.2], [0.74, 1.06, end - 0.12], dark),
        solid([-0.3, 2.36, end - 0.1], [0.3, 2.56, end], Paint::Glow([0.05, 0.6, 0.2])),
        // Extinguisher on its stand.
        solid(
            [wall - 0.26, 0.05, end - 0.36],
            [wall - 0.08, 0.58, end - 0.18],
            Paint::Flat([0.55, 0.04, 0.03]),
        ),
    ];
    door(&mut solids, wall, random.between(3.2, 3.8), wood, false);
    door(&mut solids, -wall, random.between(4.6, 5.2), wood, true);
    solids.push(wall_thing(-wall, 2.6, [1.2, 2.0], 0.6, Paint::NoticeBoard));
    let mut lamps = Vec::new();
    for z in [1.6, 4.6, 7.4] {
        solids.push(solid(
            [-0.14, size[1] - 0.05, z - 0.6],
            [0.14, size[1] + 0.1, z + 0.6],
            Paint::Glow([1.3, 1.32, 1.25]),
        ));
        lamps.push(Lamp { centre: [0.0, size[1] - 0.06, z], half: [0.14, 0.6], power: 2.4 });
    }
    let world = World {
        size,
        floor: Paint::Tiles([0.42, 0.41, 0.38], 0.6),
        walls: Paint::Dado { low, high: [0.62, 0.61, 0.57], height: 1.2 },
        ceiling: Paint::Flat([0.66; 3]),
        solids,
        lamps,
        ambient: [0.19, 0.195, 0.2],
        lamp_colour: [1.0, 0.98, 0.92],
    };
    let eye = Eye::new([0.35, 2.6, 0.3], -2.5, 15.0, 62.0, width, height);
    Room { world, eye, place: [0.15, 0.0, end - 1.0], light: 0.85 }
}

/// A desk put down with cartons on and under it.
pub(crate) fn desk_with_cartons([x, _, z]: Vec3) -> Vec<Solid> {
    let wood = Paint::Wood([0.5, 0.36, 0.2]);
    vec![
        solid([x - 0.65, 0.72, z - 0.32], [x + 0.65, 0.77, z + 0.32], wood.clone()),
        solid([x - 0.63, 0.0, z - 0.3], [x - 0.58, 0.72, z + 0.3], wood.clone()),
        solid([x + 0.58, 0.0, z - 0.3], [x + 0.63, 0.72, z + 0.3], wood),
        solid([x - 0.45, 0.77, z - 0.25], [x + 0.1, 1.15, z + 0.2], Paint::Carton),
        solid([x - 0.3, 1.15, z - 0.2], [x + 0.05, 1.42, z + 0.12], Paint::Carton),
        solid([x - 0.2, 0.0, z - 0.3], [x + 0.5, 0.5, z + 0.2], Paint::Carton),
    ]
}

/// A thing flat on a side wall: from the wall inwards, around `middle` along it.
pub(super) fn wall_thing(wall: f32, middle: f32, heights: [f32; 2], half: f32, paint: Paint) -> Solid {
    let inner = wall - wall.signum() * 0.035;
    let (low, high) = (wall.min(inner), wall.max(inner));
    solid([low, heights[0], middle - half], [high, heights[1], middle + half], paint)
}

fn door(solids: &mut Vec<Solid>, wall: f32, middle: f32, wood: Light, lit: bool) {
    let frame = Paint::Wood(scale(wood, 0.7));
    for edge in [-0.5, 0.5] {
        let mut post = wall_thing(wall, middle + edge, [0.0, 2.15], 0.05, frame.clone());
        let out = 0.03 * wall.signum();
        if wall > 0.0 {
            post.min[0] -= out;
        } else {
            post.max[0] -= out;
        }
        solids.push(post);
    }
    solids.push(wall_thing(wall, middle, [2.1, 2.2], 0.55, frame));
    solids.push(wall_thing(wall, middle, [0.0, 2.1], 0.45, Paint::Door { wood, middle, lit }));
    solids.push(wall_thing(wall, middle + 0.75, [1.5, 1.62], 0.12, Paint::Flat([0.15, 0.28, 0.5])));
}

fn bin_and_cartons(solids: &mut Vec<Solid>, place: Vec3, side: f32) {
    let [x, _, z] = place;
    let bin = Paint::Flat([0.09, 0.13, 0.2]);
    solids.push(solid([x - 0.16, 0.0, z - 0.14], [x + 0.16, 0.36, z + 0.14], bin.clone()));
    solids.push(solid([x - 0.18, 0.34, z - 0.16], [x + 0.18, 0.37, z - 0.13], bin));
    let (near, far) = (x + side * 0.2, x + side * 0.56);
    let (low, high) = (near.min(far), near.max(far));
    solids.push(solid([low, 0.0, z - 0.1], [high, 0.3, z + 0.25], Paint::Carton));
    solids.push(solid([low + 0.05, 0.3, z - 0.02], [high - 0.03, 0.52, z + 0.22], Paint::Carton));
}

/// A room with a desk, two screens, a cabinet and a chair; the guard's place is behind the desk.
pub(crate) fn duty_room(seed: u64, width: usize, height: usize) -> Room {
    let mut random = Random::new(seed ^ 0xd07);
    let size = [5.2, 2.8, 5.4];
    let wood = pick(&mut random, &[[0.36, 0.24, 0.13], [0.48, 0.38, 0.26], [0.28, 0.27, 0.27]]);
    let low = pick(&mut random, &[[0.55, 0.56, 0.55], [0.46, 0.5, 0.56], [0.52, 0.48, 0.42]]);
    let desk_x = random.between(-0.1, 0.5);
    let place = [desk_x, 0.0, 3.55];
    let desk = Paint::Wood(wood);
    let black = Paint::Flat([0.04; 3]);
    let mut solids = vec![
        solid([desk_x - 0.95, 0.7, 2.65], [desk_x + 0.95, 0.75, 3.35], desk.clone()),
        solid([desk_x - 0.92, 0.0, 2.7], [desk_x - 0.87, 0.7, 3.3], desk.clone()),
        solid([desk_x + 0.87, 0.0, 2.7], [desk_x + 0.92, 0.7, 3.3], desk.clone()),
        solid([desk_x - 0.9, 0.25, 2.72], [desk_x + 0.9, 0.7, 2.75], desk),
        // Screens at both ends of the desk, seen from behind and aside.
        solid([desk_x - 0.85, 0.85, 2.84], [desk_x - 0.4, 1.14, 2.87], black.clone()),
        solid([desk_x - 0.66, 0.75, 2.85], [desk_x - 0.59, 0.87, 2.9], black.clone()),
        solid([desk_x + 0.42, 0.85, 2.84], [desk_x + 0.86, 1.14, 2.87], black.clone()),
        solid([desk_x + 0.6, 0.75, 2.85], [desk_x + 0.67, 0.87, 2.9], black.clone()),
        // Telephone, papers, cup.
        solid([desk_x + 0.2, 0.75, 2.85], [desk_x + 0.36, 0.81, 3.02], Paint::Flat([0.45, 0.05, 0.04])),
        solid([desk_x - 0.2, 0.75, 2.8], [desk_x + 0.08, 0.757, 3.0], Paint::Flat([0.75, 0.75, 0.72])),
        solid([desk_x - 0.33, 0.75, 2.9], [desk_x - 0.26, 0.86, 2.97], Paint::Flat([0.6, 0.62, 0.66])),
        // Chair behind the guard.
        solid([desk_x - 0.25, 0.42, 3.4], [desk_x + 0.25, 0.47, 3.85], black.clone()),
        solid([desk_x - 0.23, 0.5, 3.84], [desk_x + 0.23, 1.02, 3.9], black),
        // Video wall, cabinet, notice board, door.
        solid([-0.6, 1.45, 5.33], [1.6, 2.45, 5.4], Paint::Screen),
        solid([-2.55, 0.0, 4.7], [-1.45, 1.9, 5.4], Paint::Flat([0.5, 0.52, 0.53])),
        solid([-2.0, 0.05, 4.68], [-1.99, 1.85, 4.7], Paint::Flat([0.2; 3])),
        wall_thing(2.6, 3.4, [1.2, 2.0], 0.7, Paint::NoticeBoard),
    ];
    door(&mut solids, 2.6, 4.75, scale(wood, 0.8), false);
    let mut lamps = Vec::new();
    for (x, z) in [(-1.2, 1.6), (1.2, 1.6), (-1.2, 3.9), (1.2, 3.9)] {
        solids.push(solid([x - 0.3, 2.77, z - 0.3], [x + 0.3, 2.9, z + 0.3], Paint::Glow([1.25; 3])));
        lamps.push(Lamp { centre: [x, 2.76, z], half: [0.3, 0.3], power: 1.5 });
    }
    let world = World {
        size,
        floor: Paint::Tiles([0.44, 0.42, 0.4], 0.8),
        walls: Paint::Dado { low, high: [0.64, 0.64, 0.62], height: 0.9 },
        ceiling: Paint::Panels([0.7; 3]),
        solids,
        lamps,
        ambient: [0.17, 0.17, 0.175],
        lamp_colour: [0.96, 0.98, 1.0],
    };
    let side = if random.unit() < 0.5 { -1.0 } else { 1.0 };
    let from = [side * random.between(0.9, 1.7), 2.5, 0.35];
    let yaw = (desk_x + 0.1 - from[0]).atan2(3.0).to_degrees();
    let eye = Eye::new(from, yaw, random.between(22.0, 26.0), 68.0, width, height);
    Room { world, eye, place, light: 0.85 }
}
