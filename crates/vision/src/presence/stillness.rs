//! Whether the people in a picture move at all.
//!
//! Each box of a person keeps the picture in which it last moved. A later picture is compared with that one, not with the one before, so that
//! a posture that changes slowly shows in the end. What counts as movement is told by the picture itself: the part outside all boxes says how
//! far pixels differ although nothing moves, separately for flat places and for edges, because coding and a trembling camera disturb edges
//! more. A living person, breathing, nodding, looking up, is beyond that within a look or two; a mannequin or a poster never is.

use jiff::{SignedDuration, Timestamp};

use crate::{
    median::median,
    observation::Rect,
    scale::{SMALL_HEIGHT, SMALL_WIDTH},
};

/// Boxes that are followed; a room with more people than this is not what stillness is asked of.
const FOLLOWED_MAX: usize = 8;
/// A box belongs to a followed one from this share of their union on.
const SAME_OVERLAP: f32 = 0.4;
/// A followed box that is not seen for this long is given up; detectors miss a sitting person now and then.
const KEPT_UNSEEN: SignedDuration = SignedDuration::from_secs(30);
/// Boxes are widened by this share of the picture before the rest is taken for background.
const MARGIN: f32 = 0.02;
/// Contrast of a pixel with its neighbours, in grey levels, from which on it belongs to the next class.
const CONTRASTS: [f32; 3] = [2.0, 6.0, 14.0];
const CLASSES: usize = CONTRASTS.len() + 1;
/// Fewer pixels of a class outside say nothing about its noise; the class before is asked then.
const CLASS_PIXELS_MIN: usize = 60;
/// Share of the background's pixels that lie below what is called its noise; the rest may be curtains, screens or trees.
const NOISE_SHARE: f32 = 0.9;
/// A pixel has moved from this many times the noise on, and never below this many levels.
const NOISE_TIMES: f32 = 2.0;
const LEVELS_MIN: f32 = 3.0;
/// What really moves is of one piece: a pixel counts only if this many of the eight around it have moved as well.
const NEIGHBOURS_MIN: usize = 2;
/// Share of the pixels of a box that must have moved, and the fewest. In film coded at 250 to 600 kbit/s a figure that only breathes – its
/// upper edge goes up and down by one pixel of 640 – reaches 0.8 % within two looks, and one that does nothing reaches none at all.
const MOVED_SHARE: f32 = 0.004;
const MOVED_PIXELS_MIN: usize = 4;

/// The people who are followed.
#[derive(Debug, Clone, Default)]
pub struct Stillness {
    followed: Vec<Followed>,
}

#[derive(Debug, Clone)]
struct Followed {
    rect: Rect,
    /// The picture in which it last moved.
    then: Vec<u8>,
    since: Timestamp,
    seen_at: Timestamp,
    told: bool,
}

/// What a look says about movement.
#[derive(Debug, Default)]
pub struct Moves {
    /// Whether any person moved, came or went to another place.
    pub moved: bool,
    /// Boxes that were still for the hold, with the time of their last movement; each once.
    pub told: Vec<(Timestamp, Rect)>,
    /// For how long each of the boxes has been still, in their order.
    pub still: Vec<SignedDuration>,
}

impl Stillness {
    /// Takes the boxes of persons and the small luma picture of a look.
    pub fn observe(&mut self, at: Timestamp, persons: &[Rect], luma: &[u8], hold: SignedDuration) -> Moves {
        let mut moves = Moves::default();
        if luma.len() != SMALL_WIDTH * SMALL_HEIGHT {
            moves.still.resize(persons.len(), SignedDuration::ZERO);
            return moves;
        }
        self.followed.retain(|one| at.duration_since(one.seen_at) <= KEPT_UNSEEN);
        let background = background(persons);
        for rect in persons {
            let Some(one) = self.followed.iter_mut().find(|one| same(one.rect, *rect)) else {
                moves.moved = true;
                moves.still.push(SignedDuration::ZERO);
                if self.followed.len() < FOLLOWED_MAX {
                    self.followed.push(Followed::new(*rect, luma, at));
                }
                continue;
            };
            one.seen_at = at;
            if has_moved(&one.then, luma, one.rect, &background) {
                moves.moved = true;
                *one = Followed::new(*rect, luma, at);
            } else if !one.told && at.duration_since(one.since) >= hold {
                one.told = true;
                moves.told.push((one.since, one.rect));
            }
            moves.still.push(at.duration_since(one.since));
        }
        moves
    }
}

impl Followed {
    fn new(rect: Rect, luma: &[u8], at: Timestamp) -> Self {
        Self { rect, then: luma.to_vec(), since: at, seen_at: at, told: false }
    }
}

fn same(a: Rect, b: Rect) -> bool {
    a.overlap(b) >= SAME_OVERLAP
}

/// Which pixels lie outside all boxes.
fn background(persons: &[Rect]) -> Vec<bool> {
    let mut outside = vec![true; SMALL_WIDTH * SMALL_HEIGHT];
    for person in persons {
        let wide = Rect {
            x: person.x - MARGIN,
            y: person.y - MARGIN,
            w: person.w + 2.0 * MARGIN,
            h: person.h + 2.0 * MARGIN,
        };
        pixels(wide).for_each(|at| outside[at] = false);
    }
    outside
}

/// Places of the pixels of a rectangle; at least one.
fn pixels(rect: Rect) -> impl Iterator<Item = usize> {
    let range = |from: f32, length: f32, edge: usize| {
        let first = ((from.clamp(0.0, 1.0) * edge as f32) as usize).min(edge - 1);
        let end = ((from + length).clamp(0.0, 1.0) * edge as f32).ceil() as usize;
        first..end.clamp(first + 1, edge)
    };
    let columns = range(rect.x, rect.w, SMALL_WIDTH);
    range(rect.y, rect.h, SMALL_HEIGHT)
        .flat_map(move |row| columns.clone().map(move |column| row * SMALL_WIDTH + column))
}

/// Whether enough pixels of a rectangle differ between two pictures by more than the background does.
fn has_moved(then: &[u8], now: &[u8], rect: Rect, background: &[bool]) -> bool {
    let difference = |at: usize| f32::from(now[at]) - f32::from(then[at]);
    let shift = median((0..now.len()).filter(|at| background[*at]).map(difference).collect());
    let mut outside: [Vec<f32>; CLASSES] = Default::default();
    for at in (0..now.len()).filter(|at| background[*at]) {
        outside[class(then, at)].push((difference(at) - shift).abs());
    }
    let limits = limits(outside);
    let moves = |x: usize, y: usize| {
        let at = y * SMALL_WIDTH + x;
        (difference(at) - shift).abs() > limits[class(then, at)]
    };
    let (mut moved, mut all) = (0_usize, 0_usize);
    for at in pixels(rect) {
        all += 1;
        let (x, y) = (at % SMALL_WIDTH, at / SMALL_WIDTH);
        if moves(x, y) {
            let rows = y.saturating_sub(1)..(y + 2).min(SMALL_HEIGHT);
            let around =
                rows.flat_map(|y| (x.saturating_sub(1)..(x + 2).min(SMALL_WIDTH)).map(move |x| (x, y)));
            // The pixel itself is among them.
            moved += usize::from(around.filter(|(x, y)| moves(*x, *y)).count() > NEIGHBOURS_MIN);
        }
    }
    moved >= MOVED_PIXELS_MIN && moved as f32 >= MOVED_SHARE * all as f32
}

/// Difference beyond which a pixel of each class has moved. A class with too few pixels outside takes the noise of the class below it, or
/// of the first that has enough; noise never falls with contrast.
fn limits(outside: [Vec<f32>; CLASSES]) -> [f32; CLASSES] {
    let told = outside.map(|mut differences| {
        let place = ((differences.len().max(1) - 1) as f32 * NOISE_SHARE) as usize;
        (differences.len() >= CLASS_PIXELS_MIN)
            .then(|| *differences.select_nth_unstable_by(place, f32::total_cmp).1)
    });
    let mut noise = told.iter().flatten().next().copied().unwrap_or(0.0);
    told.map(|own| {
        noise = own.map_or(noise, |own| own.max(noise));
        (noise * NOISE_TIMES).max(LEVELS_MIN)
    })
}

/// The class of contrast of a pixel.
fn class(luma: &[u8], at: usize) -> usize {
    let (x, y) = (at % SMALL_WIDTH, at / SMALL_WIDTH);
    let level = |x: usize, y: usize| f32::from(luma[y * SMALL_WIDTH + x]);
    let across = level((x + 1).min(SMALL_WIDTH - 1), y) - level(x.saturating_sub(1), y);
    let down = level(x, (y + 1).min(SMALL_HEIGHT - 1)) - level(x, y.saturating_sub(1));
    let contrast = across.abs().max(down.abs());
    CONTRASTS.iter().filter(|limit| contrast >= **limit).count()
}
