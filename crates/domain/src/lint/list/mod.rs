//! Lists of figures: 其中A市12所、B市13所; A、B、C分别为…; A市（98%）、B市（97%）; rows parted by semicolons.
//!
//! A list is a run of figures of one kind whose labels are nothing but parts: regions or names. Its measure and its category are
//! those of the figure it divides, its head.

pub(crate) mod claims;
mod head;
mod parts;
mod rows;
mod run;

pub(crate) use rows::find_rows;

use super::figure::{Figure, Role};
use super::read::Reader;
use super::regions::RegionId;
use super::source::Paragraph;

/// How many figures before a list may be its head.
const HEAD_WINDOW: usize = 12;

/// One entry: who, and which figure.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// The region, where the part is one.
    pub region: Option<RegionId>,
    /// The part as printed.
    pub name: String,
    /// Index of the figure.
    pub figure: usize,
}

/// How a list says it is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// Says nothing.
    Unsaid,
    /// 由高到低.
    Falling,
    /// 从低到高.
    Rising,
}

/// A list of figures.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools, reason = "each is a mark the text bears or does not bear")]
pub(crate) struct List {
    /// Entries in printed order.
    pub items: Vec<Item>,
    /// The figure that the list divides.
    pub head: Option<usize>,
    /// Words before the list, from the start of its sentence.
    pub intro: String,
    /// 等, 主要, 前三: the list does not claim to be complete.
    pub partial: bool,
    /// Declared order.
    pub order: Order,
    /// Percentages (of any role) rather than counts.
    pub percent: bool,
    /// 占…: the percentages are shares.
    pub share: bool,
    /// 52.7%的高校、…: parts stand behind their numbers.
    pub of_category: bool,
    /// Rows with several figures each, collected by measure.
    pub rows: bool,
    /// Measure of all entries.
    pub measure: Vec<u16>,
    /// Category that all entries are parts of.
    pub subject: String,
    /// 未.
    pub negated: bool,
    /// 应.
    pub due: bool,
    /// Paragraph of the first entry.
    pub paragraph: usize,
}

impl List {
    /// True where every entry is a region.
    pub(crate) fn regional(&self) -> bool {
        self.items[0].region.is_some()
            && self.items.iter().all(|item| item.region.is_some() || parts::own_level(&item.name))
    }

    /// The figure of a region.
    pub(crate) fn of(&self, region: RegionId) -> Option<usize> {
        self.items.iter().find(|item| item.region == Some(region)).map(|item| item.figure)
    }
}

/// Finds the lists of one paragraph; `figures` are those of the whole text, `from` the first of this paragraph.
pub(crate) fn find(
    reader: &Reader,
    paragraph: &Paragraph,
    figures: &mut [Figure],
    from: usize,
    lists: &mut Vec<List>,
) {
    let mut index = from;
    // A run whose first entry could not be named goes on as a list without it, which is not the whole.
    let mut cut_until = from;
    while index < figures.len() {
        let run = run::length(reader, paragraph, figures, index);
        if run < 2 {
            index += 1;
            continue;
        }
        if let Some(mut list) = build(reader, paragraph, figures, index, run, lists) {
            list.partial |= index < cut_until;
            let number = lists.len();
            for item in &list.items {
                figures[item.figure].list = Some(number);
                figures[item.figure].region = item.region;
            }
            after_list(figures, &list);
            lists.push(list);
            index += run;
        } else {
            cut_until = cut_until.max(index + run);
            index += 1;
        }
    }
}

/// Figures behind a list speak of the whole again: they do not take over the region of its last entry.
fn after_list(figures: &mut [Figure], list: &List) {
    let Some(last) = list.items.last().map(|item| item.figure) else { return };
    let sentence = figures[last].sentence;
    for figure in figures[last + 1..].iter_mut().take(HEAD_WINDOW) {
        if figure.sentence != sentence || figure.own_region {
            break;
        }
        figure.region = None;
    }
}

fn build(
    reader: &Reader,
    paragraph: &Paragraph,
    figures: &[Figure],
    first: usize,
    run: usize,
    lists: &[List],
) -> Option<List> {
    let head_figure = &figures[first];
    let sentence_start = paragraph.sentence_start(head_figure.number.start);
    let before = paragraph
        .text(sentence_start.max(head_figure.number.start.saturating_sub(200)), head_figure.number.start);
    let parts = parts::of_run(reader, figures, first, run, &before, lists)?;
    let items: Vec<Item> = parts
        .into_iter()
        .enumerate()
        .map(|(offset, (region, name))| Item { region, name, figure: first + offset })
        .collect();
    let behind = paragraph.text(figures[first + run - 1].number.end, figures[first + run - 1].number.end + 3);
    let percent = items.iter().all(|item| figures[item.figure].percent().is_some());
    let mut list = List {
        partial: claims::is_partial(&before, behind.trim_start_matches(['（', '）'])),
        order: claims::declared_order(&before),
        share: percent && (head_figure.role == Role::Share || before.contains('占')),
        of_category: head_figure.role == Role::OfCategory,
        head: None,
        intro: before,
        percent,
        rows: false,
        measure: Vec::new(),
        subject: String::new(),
        negated: false,
        due: false,
        paragraph: head_figure.paragraph,
        items,
    };
    head::name_measure(reader, paragraph, figures, first, run, &mut list);
    Some(list)
}
