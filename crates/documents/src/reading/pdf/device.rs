//! A device that draws nothing and notes where each character and each upright rule stands.

use std::panic::resume_unwind;
use std::time::{Duration, Instant};

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, PathSeg, Point, Shape};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};

/// Glyphs of a document: three million are a book of a thousand dense pages.
const GLYPHS_MAX: usize = 3_000_000;

/// Rules of a page; a table of 60 rows and 12 columns has about 1 500.
const RULES_MAX: usize = 5_000;

/// Height from which an upright line may part cells, in points.
const RULE_HEIGHT_MIN: f64 = 5.0;

/// Units of a glyph's own coordinates for the height of its letter.
const UNITS_PER_EM: f64 = 1000.0;

/// Why the interpreter is stopped, thrown through it.
#[derive(Debug, Clone, Copy)]
pub enum Stop {
    /// Out of time.
    Deadline,
    /// Too many glyphs.
    Glyphs,
}

/// A character and its place in points from the page's upper left corner.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    pub left: f64,
    pub right: f64,
    pub baseline: f64,
    pub size: f64,
    pub character: char,
}

/// An upright line.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    pub at: f64,
    pub top: f64,
    pub bottom: f64,
}

/// A page.
#[derive(Debug, Default)]
pub struct PagePlaces {
    pub width: f64,
    pub height: f64,
    pub marks: Vec<Mark>,
    pub rules: Vec<Rule>,
}

/// All pages, and what was counted on them.
#[derive(Debug)]
pub struct Places {
    pub pages: Vec<PagePlaces>,
    pub glyphs: usize,
    pub unread: usize,
    pub turned: usize,
    pub pictures: usize,
    started: Instant,
    allowed: Duration,
}

impl Places {
    /// Nothing yet; the time runs from here. A time-out is the only use of the clock.
    pub fn new(allowed: Duration) -> Self {
        let started = Instant::now();
        Self { pages: Vec::new(), glyphs: 0, unread: 0, turned: 0, pictures: 0, started, allowed }
    }

    /// What follows stands on a new page.
    pub fn begin_page(&mut self, width: f64, height: f64) {
        self.pages.push(PagePlaces { width, height, ..PagePlaces::default() });
    }

    fn keep_time(&self) {
        if self.started.elapsed() > self.allowed {
            resume_unwind(Box::new(Stop::Deadline));
        }
    }

    fn place(&mut self, text: &str, at: Affine, advance: f64) {
        let origin = at * Point::ZERO;
        let (end, top) = (at * Point::new(advance, 0.0), at * Point::new(0.0, UNITS_PER_EM));
        let size = (top - origin).hypot();
        // Upright text runs to the right with its top above; y grows downwards here.
        let is_upright = (end.y - origin.y).abs() <= size * 0.1 && top.y < origin.y && end.x >= origin.x;
        let characters = text.chars().count();
        let Some(page) = self.pages.last_mut() else { return };
        let is_inside =
            (-1.0..=page.width + 1.0).contains(&origin.x) && (-1.0..=page.height + 1.0).contains(&origin.y);
        if !is_inside || !(0.5..=1000.0).contains(&size) {
            return;
        }
        if !is_upright {
            self.turned += characters;
            return;
        }
        let step = (end.x - origin.x) / characters.max(1) as f64;
        for (index, character) in text.chars().enumerate() {
            let left = origin.x + step * index as f64;
            page.marks.push(Mark { left, right: left + step, baseline: origin.y, size, character });
        }
    }
}

impl Places {
    fn take(&mut self, glyph: &Glyph<'_>, at: Affine) {
        self.glyphs += 1;
        if self.glyphs > GLYPHS_MAX {
            resume_unwind(Box::new(Stop::Glyphs));
        }
        let text = match glyph.as_unicode() {
            Some(BfString::Char('\0' | '\u{fffd}')) | None => None,
            Some(BfString::Char(character)) => Some(String::from(character)),
            Some(BfString::String(text)) => Some(text),
        };
        let text = text.unwrap_or_else(|| {
            self.unread += 1;
            "□".to_owned()
        });
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(drawn) => drawn.advance_width(),
        };
        self.place(&text, at, advance.map_or(0.0, f64::from));
    }
}

impl<'a> Device<'a> for Places {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        self.keep_time();
        for glyph in run.glyphs() {
            self.take(glyph, props.transform * glyph.transform());
        }
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, _: &DrawMode) {
        self.keep_time();
        let Some(page) = self.pages.last_mut() else { return };
        for segment in path.path_segments(0.1) {
            let PathSeg::Line(line) = segment else { continue };
            let (from, to) = (props.transform * line.p0, props.transform * line.p1);
            let is_rule = (from.x - to.x).abs() < 1.0 && (from.y - to.y).abs() >= RULE_HEIGHT_MIN;
            if is_rule && page.rules.len() < RULES_MAX {
                page.rules.push(Rule { at: from.x, top: from.y.min(to.y), bottom: from.y.max(to.y) });
            }
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.keep_time();
        self.pictures += 1;
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.keep_time();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.keep_time();
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
