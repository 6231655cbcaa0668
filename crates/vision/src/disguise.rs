//! Making people unrecognisable before a film leaves the house: squares of one colour over marked areas, or over everything that does not
//! belong to the empty room.
//!
//! No faces are looked for. A detector of faces misses those from behind a mask, from above and far away, which is how a camera in a
//! corridor sees them; what differs from the empty room does not depend on that. What is hidden cannot be computed back: each square keeps
//! only its mean. What it cannot do is said where it is offered: somebody who does not move for more than half of a film belongs to the
//! room, and needs a marked area.

use crate::observation::Rect;
use crate::picture::Picture;

/// Squares across a picture's width: 40 pixels of 1920, which is no more than a face of one square at four metres.
const SQUARES_ACROSS: u32 = 48;
/// Edge of the blocks in which differences are looked for, in pixels.
const BLOCK_PX: usize = 8;
/// Mean difference of a block from the empty room, in levels of luma, from which something is there. Noise and coding stay below 4.
const DIFFERENT: u8 = 9;
/// How long a square stays hidden after nothing is seen there any more, in microseconds.
const HOLD_US: i64 = 700_000;

/// The empty room: the median of many pictures, block by block.
#[derive(Debug, Default)]
pub struct EmptyRoom {
    size: (u32, u32),
    looks: Vec<Vec<u8>>,
}

impl EmptyRoom {
    /// Pictures of which a room is made at most.
    pub const LOOKS_MAX: usize = 61;

    /// A room of which nothing is known.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a picture. One of another size begins anew; more than [`Self::LOOKS_MAX`] are not taken.
    pub fn add(&mut self, picture: &Picture) {
        let size = (picture.width(), picture.height());
        if size != self.size {
            (self.size, self.looks) = (size, Vec::new());
        }
        if self.looks.len() < Self::LOOKS_MAX {
            self.looks.push(blocks(picture));
        }
    }

    fn median(&self) -> Vec<u8> {
        let count = self.looks.first().map_or(0, Vec::len);
        let mut column = Vec::with_capacity(self.looks.len());
        (0..count)
            .map(|at| {
                column.clear();
                column.extend(self.looks.iter().map(|look| look[at]));
                let middle = column.len() / 2;
                *column.select_nth_unstable(middle).1
            })
            .collect()
    }
}

/// Hides people in one film.
#[derive(Debug)]
pub struct Disguise {
    areas: Vec<Rect>,
    room: Option<Room>,
}

#[derive(Debug)]
struct Room {
    size: (u32, u32),
    empty: Vec<u8>,
    /// Until when each square stays hidden.
    hidden_until_us: Vec<i64>,
}

impl Disguise {
    /// Hides areas, and with a room everything that does not belong to it.
    pub fn new(areas: Vec<Rect>, room: Option<&EmptyRoom>) -> Self {
        let room =
            room.map(|room| Room { size: room.size, empty: room.median(), hidden_until_us: Vec::new() });
        Self { areas, room }
    }

    /// Hides what is to be hidden in the picture of a moment. Where the room is known in another size only, all of it.
    pub fn apply(&mut self, picture: &mut Picture, pts_us: i64) {
        let grid = Grid::of(picture);
        let mut hidden = vec![false; grid.squares()];
        for area in &self.areas {
            grid.mark(*area, &mut hidden);
        }
        if let Some(room) = &mut self.room {
            room.mark(picture, &grid, pts_us, &mut hidden);
        }
        for (at, _) in hidden.iter().enumerate().filter(|(_, hidden)| **hidden) {
            grid.flatten(picture, at);
        }
    }
}

impl Room {
    fn mark(&mut self, picture: &Picture, grid: &Grid, pts_us: i64, hidden: &mut [bool]) {
        if self.size != (picture.width(), picture.height()) {
            hidden.fill(true);
            return;
        }
        self.hidden_until_us.resize(grid.squares(), i64::MIN);
        let across = (picture.width() as usize).div_ceil(BLOCK_PX);
        for (at, (now, empty)) in blocks(picture).iter().zip(&self.empty).enumerate() {
            if now.abs_diff(*empty) >= DIFFERENT {
                let (x, y) = (at % across * BLOCK_PX, at / across * BLOCK_PX);
                grid.around(x, y, |square| self.hidden_until_us[square] = pts_us + HOLD_US);
            }
        }
        for (hidden, until_us) in hidden.iter_mut().zip(&self.hidden_until_us) {
            *hidden |= *until_us > pts_us;
        }
    }
}

/// The squares of a picture.
#[derive(Debug, Clone, Copy)]
struct Grid {
    edge: usize,
    across: usize,
    down: usize,
}

impl Grid {
    fn of(picture: &Picture) -> Self {
        // Even, so that chroma has whole squares.
        let edge = (picture.width().div_ceil(SQUARES_ACROSS).max(8) as usize).next_multiple_of(2);
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        Self { edge, across: width.div_ceil(edge), down: height.div_ceil(edge) }
    }

    const fn squares(&self) -> usize {
        self.across * self.down
    }

    /// Marks every square that an area touches.
    fn mark(&self, area: Rect, hidden: &mut [bool]) {
        let range = |from: f32, length: f32, count: usize| {
            let begin = (from.clamp(0.0, 1.0) * count as f32) as usize;
            let end = ((from + length).clamp(0.0, 1.0) * count as f32).ceil() as usize;
            begin..end.min(count)
        };
        for row in range(area.y, area.h, self.down) {
            for column in range(area.x, area.w, self.across) {
                hidden[row * self.across + column] = true;
            }
        }
    }

    /// The square at a place in pixels, and those beside it.
    fn around(&self, x: usize, y: usize, mut each: impl FnMut(usize)) {
        let (column, row) = (x / self.edge, y / self.edge);
        for row in row.saturating_sub(1)..=(row + 1).min(self.down - 1) {
            for column in column.saturating_sub(1)..=(column + 1).min(self.across - 1) {
                each(row * self.across + column);
            }
        }
    }

    /// Gives a square its mean.
    fn flatten(&self, picture: &mut Picture, square: usize) {
        let (column, row) = (square % self.across, square / self.across);
        let (width, chroma_width) = (picture.width() as usize, picture.chroma_size().0 as usize);
        let [y, u, v] = picture.planes_mut();
        let half = self.edge / 2;
        for (plane, stride, edge) in [(y, width, self.edge), (u, chroma_width, half), (v, chroma_width, half)]
        {
            flatten(plane, stride, (column * edge, row * edge), edge);
        }
    }
}

fn flatten(plane: &mut [u8], stride: usize, (left, top): (usize, usize), edge: usize) {
    let right = (left + edge).min(stride);
    let rows = top..(top + edge).min(plane.len() / stride.max(1));
    if left >= right || rows.is_empty() {
        return;
    }
    let (mut sum, mut count) = (0_u64, 0_u64);
    for row in rows.clone() {
        let samples = &plane[row * stride + left..row * stride + right];
        sum += samples.iter().map(|sample| u64::from(*sample)).sum::<u64>();
        count += samples.len() as u64;
    }
    let mean = ((sum + count / 2) / count) as u8;
    for row in rows {
        plane[row * stride + left..row * stride + right].fill(mean);
    }
}

/// Mean luma of each block, row by row; blocks at the right and lower edge may be smaller.
fn blocks(picture: &Picture) -> Vec<u8> {
    let (width, luma) = (picture.width() as usize, picture.planes()[0]);
    let mut out =
        Vec::with_capacity((width.div_ceil(BLOCK_PX)) * (picture.height() as usize).div_ceil(BLOCK_PX));
    for band in luma.chunks(width * BLOCK_PX) {
        for left in (0..width).step_by(BLOCK_PX) {
            let right = (left + BLOCK_PX).min(width);
            let rows = band.chunks(width).map(|row| &row[left..right]);
            let (sum, count) = rows.fold((0_u32, 0_u32), |(sum, count), row| {
                (sum + row.iter().map(|sample| u32::from(*sample)).sum::<u32>(), count + row.len() as u32)
            });
            out.push((sum / count.max(1)) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::Colour;

    /// A room with a pattern, and a bright figure of 60 by 120 pixels at a place.
    fn scene(figure: Option<(usize, usize)>) -> Picture {
        let (w, h) = (640_usize, 360_usize);
        let mut y: Vec<u8> = (0..w * h).map(|i| 60 + ((i % w) / 16 + (i / w) / 16) as u8 % 3 * 20).collect();
        if let Some((left, top)) = figure {
            for row in top..top + 120 {
                for (column, sample) in y[row * w + left..row * w + left + 60].iter_mut().enumerate() {
                    *sample = 150 + ((row / 3 + column / 3) % 2) as u8 * 80;
                }
            }
        }
        let chroma = vec![128; w * h / 4];
        Picture::from_planes((w as u32, h as u32), [y, chroma.clone(), chroma], Colour::JPEG).unwrap()
    }

    fn detail(picture: &Picture, (left, top): (usize, usize)) -> u32 {
        let (width, luma) = (picture.width() as usize, picture.planes()[0]);
        let rows = top + 20..top + 100;
        rows.flat_map(|row| (left + 10..left + 50).map(move |x| row * width + x))
            .map(|at| u32::from(luma[at].abs_diff(luma[at + 1])))
            .sum()
    }

    #[test]
    fn somebody_who_crosses_a_room_is_hidden_and_the_room_is_not() {
        let mut room = EmptyRoom::new();
        for look in 0..9_usize {
            room.add(&scene((look % 3 == 0).then_some((look * 50, 200))));
        }
        let mut disguise = Disguise::new(Vec::new(), Some(&room));
        let place = (300, 100);
        let mut picture = scene(Some(place));
        assert!(detail(&picture, place) > 10_000);
        disguise.apply(&mut picture, 0);
        assert!(detail(&picture, place) < 3_000, "{}", detail(&picture, place));
        let away = scene(None);
        assert_eq!(picture.planes()[0][..640 * 40], away.planes()[0][..640 * 40], "the room stays as it is");
    }

    #[test]
    fn somebody_who_stands_still_for_a_while_is_hidden_all_the_same() {
        let mut room = EmptyRoom::new();
        let place = (300, 100);
        for look in 0..9 {
            room.add(&scene((look < 4).then_some(place)));
        }
        let mut disguise = Disguise::new(Vec::new(), Some(&room));
        let mut picture = scene(Some(place));
        disguise.apply(&mut picture, 0);
        assert!(detail(&picture, place) < 3_000);
    }

    #[test]
    fn marked_areas_are_hidden_whatever_is_there() {
        let area = Rect { x: 0.5, y: 0.0, w: 0.5, h: 0.5 };
        let mut picture = scene(None);
        Disguise::new(vec![area], None).apply(&mut picture, 0);
        let luma = picture.planes()[0];
        assert!(luma[340..348].iter().all(|sample| *sample == luma[340]));
        assert_eq!(luma[..300], scene(None).planes()[0][..300]);
        let outside = Rect { x: f32::NAN, y: -3.0, w: 9.0, h: f32::INFINITY };
        Disguise::new(vec![outside], None).apply(&mut picture, 0);
    }

    #[test]
    fn a_picture_of_another_size_than_the_room_is_hidden_whole() {
        let mut room = EmptyRoom::new();
        room.add(&scene(None));
        let mut picture = Picture::from_planes(
            (64, 64),
            [(0..64 * 64).map(|i| (i % 251) as u8).collect(), vec![9; 1024], vec![9; 1024]],
            Colour::JPEG,
        )
        .unwrap();
        Disguise::new(Vec::new(), Some(&room)).apply(&mut picture, 0);
        let luma = picture.planes()[0];
        assert!(luma[..8].iter().all(|sample| *sample == luma[0]));
    }
}
