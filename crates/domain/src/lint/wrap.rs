//! Whether a text is hard-wrapped, and how far its lines go: as paper does, by columns, or as some programs do, by characters.

use super::source::Line;

/// Widths from which a text may count as hard-wrapped: narrower columns are tables or verse.
const COLUMNS_MIN: usize = 24;
const CHARACTERS_MIN: usize = 20;
/// Fewest full lines that make a text hard-wrapped.
const FULL_LINES_MIN: usize = 3;

/// How a hard-wrapped text fills its lines.
#[derive(Clone, Copy)]
pub(super) struct Wrap {
    ruler: Ruler,
    /// A full line by this ruler.
    width: usize,
}

/// What a line has so many of.
#[derive(Clone, Copy)]
enum Ruler {
    /// Columns: a Chinese character takes two, as on paper.
    Columns,
    /// Characters: programs that break lines after so many of them.
    Characters,
}

impl Wrap {
    /// How the text is wrapped; none where a line is a paragraph.
    pub(super) fn of(lines: &[Line]) -> Option<Self> {
        [Ruler::Columns, Ruler::Characters].into_iter().find_map(|ruler| Self::by(ruler, lines))
    }

    fn by(ruler: Ruler, lines: &[Line]) -> Option<Self> {
        let (narrowest, short, long) = match ruler {
            Ruler::Columns => (COLUMNS_MIN, 8, 12),
            Ruler::Characters => (CHARACTERS_MIN, 3, 3),
        };
        let measure = |line: &Line| ruler.width(line);
        let mut widths: Vec<usize> = lines.iter().map(measure).collect();
        widths.sort_unstable();
        let width = *widths.get(widths.len() * 9 / 10)?;
        let is_full = |line: &&Line| measure(line) + short >= width && measure(line) <= width + long;
        let full: Vec<&Line> = lines.iter().filter(is_full).collect();
        let open = full.iter().filter(|line| !line.ends_sentence()).count();
        let wrapped = width >= narrowest
            && full.len() >= FULL_LINES_MIN
            && full.len() * 10 >= lines.len() * 3
            && open * 2 >= full.len();
        wrapped.then_some(Self { ruler, width })
    }

    /// True for a line that goes as far as lines go.
    pub(super) fn fills(self, line: &Line) -> bool {
        self.ruler.width(line) * 5 >= self.width * 4
    }

    /// True for a line that ends before the middle.
    pub(super) fn is_short(self, line: &Line) -> bool {
        self.ruler.width(line) * 2 < self.width
    }
}

impl Ruler {
    fn width(self, line: &Line) -> usize {
        match self {
            Self::Columns => line.chars.iter().map(|c| if c.is_ascii() { 1 } else { 2 }).sum(),
            Self::Characters => line.chars.len(),
        }
    }
}
