//! Which figures stand in a row: of one kind, with nothing between them but a separator and the name of a part.

use crate::lint::figure::{Figure, Role, same_unit};
use crate::lint::lexicon::Class;
use crate::lint::phrase::Phrase;
use crate::lint::read::Reader;
use crate::lint::scan::Kind;
use crate::lint::source::Paragraph;

/// Longest label that may be a part's name, in characters.
pub(super) const PART_MAX: usize = 24;

/// How many figures from `first` on form a run.
pub(super) fn length(reader: &Reader, paragraph: &Paragraph, figures: &[Figure], first: usize) -> usize {
    let mut length = 1;
    if !listable(&figures[first]) {
        return 0;
    }
    while let Some(next) = figures.get(first + length) {
        let last = &figures[first + length - 1];
        let gap = &paragraph.chars[last.number.end..next.number.start.max(last.number.end)];
        let row = gap.contains(&'；')
            && (companion(paragraph, figures, first + length - 1)
                || figures
                    .get(first + length + 1)
                    .is_some_and(|_| companion(paragraph, figures, first + length + 1)));
        let joined = !row
            && next.sentence == last.sentence
            && listable(next)
            && same_kind(&figures[first], next)
            && links(reader, gap, &figures[first], next);
        if !joined {
            break;
        }
        length += 1;
    }
    length
}

/// 小学31所，按时30所；: the second of two counts of one row, not an entry beside the rows around it.
fn companion(paragraph: &Paragraph, figures: &[Figure], index: usize) -> bool {
    let Some(before) = index.checked_sub(1).map(|i| &figures[i]) else { return false };
    let figure = &figures[index];
    let same_row = before.segment == figure.segment && before.number.unit == figure.number.unit;
    if !same_row || before.percent().is_some() || figure.percent().is_some() {
        return false;
    }
    let total = before.phrase.whole || ["共", "合计", "总"].iter().any(|word| before.label.contains(word));
    let gap = paragraph.text(before.number.end, figure.number.start);
    gap.starts_with('，') && !total && !gap.contains(['：', '；']) && !gap.contains("其中")
}

fn listable(figure: &Figure) -> bool {
    matches!(figure.role, Role::Plain | Role::Share | Role::OfCategory)
}

fn same_kind(first: &Figure, next: &Figure) -> bool {
    match (first.percent(), next.percent()) {
        (Some(_), Some(_)) => {
            (first.role == Role::OfCategory) == (next.role == Role::OfCategory) || next.role == Role::Plain
        }
        (None, None) => {
            let bare = |f: &Figure| matches!(f.number.kind, Kind::Bare(_));
            let unlabelled = next.label.is_empty() && same_unit(&first.number.unit, &next.number.unit);
            bare(first) || bare(next) || first.number.unit == next.number.unit || unlabelled
        }
        (Some(_), None) => false,
        (None, Some(_)) => matches!(next.number.kind, Kind::Bare(_)),
    }
}

/// True where the text between two figures is a separator and a part's name, nothing else.
fn links(reader: &Reader, gap: &[char], first: &Figure, next: &Figure) -> bool {
    let text: String = gap.iter().collect();
    if text.chars().count() > PART_MAX + 4 || text.contains('。') {
        return false;
    }
    let rest = text.trim_start_matches('）');
    if first.role == Role::OfCategory {
        return rest.starts_with('的') && (rest.contains('、') || rest.contains('和'));
    }
    if text.contains("分别") || text.contains("依次") {
        return false;
    }
    let separated = rest.starts_with(['、', '，', '；', '和', '及', '与']) || rest.starts_with("以及");
    if !separated {
        return false;
    }
    let label = part_label(rest);
    if label.is_empty() {
        return rest.chars().count() == 1;
    }
    let comma = rest.starts_with(['，', '；']);
    // 产生告警1264条，核实属实的873条: a predicate about the first, not another part beside it.
    if comma && label.ends_with('的') && !first.label.ends_with('的') {
        return false;
    }
    is_part(reader, &label)
        && !(comma && next.phrase.whole)
        && (!comma || reader.regions.exactly(&label).is_some() || plain_name(reader, &label))
}

/// A name that may stand behind a comma: not 同比, 共, no other measure.
fn plain_name(reader: &Reader, label: &str) -> bool {
    let phrase = Phrase::read(label, reader.lexicon, reader.regions);
    phrase.measure().is_empty()
        && ![
            "其中", "共", "有", "计", "为", "达", "还", "仍", "剩余", "余", "包括", "包含", "分为", "涉及",
            "覆盖", "主要", "即",
        ]
        .iter()
        .any(|word| label.starts_with(word))
}

pub(super) fn part_label(text: &str) -> String {
    text.trim_start_matches(['、', '，', '；', '和', '及', '与', '）'])
        .trim_start_matches("以及")
        .trim_end_matches(['（', '，', '：'])
        .trim_end_matches(['为', '有', '共', '仅', '达'])
        .to_owned()
}

/// True where a label is a part's name: a region, or a noun without any measure.
fn is_part(reader: &Reader, label: &str) -> bool {
    if reader.regions.exactly(label).is_some() {
        return true;
    }
    let share = label.contains('占')
        && !["占用", "占道", "侵占", "挤占", "抢占"].iter().any(|word| label.contains(word));
    if share
        || label.chars().count() > PART_MAX
        || label.contains(['“', '：', '，', '。'])
        || label.starts_with("其中")
        || label.ends_with("其中")
    {
        return false;
    }
    let phrase = Phrase::read(label, reader.lexicon, reader.regions);
    let closed = ["其余", "剩余", "另外", "余"].contains(&label)
        || label.starts_with(['已', '未', '尚', '仍', '应'])
        || (label.starts_with('实')
            && !["实验", "实训", "实习", "实践"].iter().any(|word| label.starts_with(word)))
        || ["合计", "共计", "总计"].iter().any(|word| label.contains(word));
    !closed
        && phrase.regions.is_empty()
        && !phrase.whole
        && !phrase.is_rate
        && !phrase.due
        && !phrase.negated
        && phrase.verbs.len() + phrase.weak.len() <= usize::from(!has_verb_first(reader, label))
}

/// A noun such as 电气故障 or 充电不当 may contain a verb; 整改 or 已处置 alone is a measure of its own.
fn has_verb_first(reader: &Reader, label: &str) -> bool {
    let whole: Vec<char> = label.trim_start_matches(['已', '有']).chars().collect();
    let mut chars = whole.as_slice();
    while let Some((length, Class::Noise | Class::Due | Class::Not | Class::Fresh | Class::Whole)) =
        reader.lexicon.at(chars)
    {
        chars = &chars[length..];
    }
    chars.len() < 3
        || label.starts_with(['已', '有'])
        || matches!(reader.lexicon.at(chars), Some((_, Class::Verb(_) | Class::Weak(_))))
}
