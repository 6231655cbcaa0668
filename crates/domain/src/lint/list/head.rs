//! What a list divides: the figure before it with the same measure or the same sum, and from it the list's measure and category.

use crate::lint::figure::{Figure, Role, same_unit};
use crate::lint::phrase::Phrase;
use crate::lint::read::Reader;
use crate::lint::scan::Kind;
use crate::lint::source::Paragraph;

use super::run::PART_MAX;
use super::{HEAD_WINDOW, List};

/// Measure, category and head of a list.
pub(super) fn name_measure(
    reader: &Reader,
    paragraph: &Paragraph,
    figures: &[Figure],
    first: usize,
    run: usize,
    list: &mut List,
) {
    let lead = &figures[first];
    let last_intro = list.intro.rsplit(['；']).next().unwrap_or_default();
    let own = Phrase::read(&strip_parts(last_intro, list), reader.lexicon, reader.regions);
    let window = figures[..first]
        .iter()
        .enumerate()
        .rev()
        .take(HEAD_WINDOW)
        .filter(|(_, f)| f.paragraph == lead.paragraph);
    let candidates: Vec<usize> =
        window.filter(|(_, f)| heads(reader, f, list, lead)).map(|(index, _)| index).collect();
    let own = if own.measure().is_empty() && !own.is_rate {
        titled(reader, paragraph, lead).unwrap_or(own)
    } else {
        own
    };
    let explicit: Vec<u16> = own.rate.map_or_else(|| own.measure().to_vec(), |rate| vec![rate]);
    let of_measure: Vec<usize> = candidates
        .iter()
        .copied()
        .filter(|index| !explicit.is_empty() && figures[*index].measure == explicit)
        .collect();
    let said = of_measure.iter().copied().filter(|index| {
        !figures[*index].subject.is_empty() && own.subject.ends_with(&figures[*index].subject)
    });
    let named = said.max_by_key(|index| figures[*index].subject.len());
    let one_subject = of_measure.windows(2).all(|pair| figures[pair[0]].subject == figures[pair[1]].subject);
    // Rates of several categories before a list that names none: only one that its own sentence, or 其中, points at is its head.
    let opens = list.intro.contains("其中");
    let pointed_at = |index: &usize| opens || figures[*index].sentence == lead.sentence;
    let by_measure = named.or_else(|| {
        of_measure
            .first()
            .copied()
            .filter(|index| one_subject || (own.subject.is_empty() && pointed_at(index)))
    });
    let by_sum = if list.percent { None } else { by_sum(figures, list, &candidates) };
    list.head = by_sum.or(by_measure).or_else(|| {
        let nearest = candidates.first().copied()?;
        (explicit.is_empty() || figures[nearest].measure.is_empty() || !list.percent).then_some(nearest)
    });
    list.negated = own.negated;
    list.due = own.due;
    if let Some(head) = list.head {
        list.subject.clone_from(&figures[head].subject);
        list.measure.clone_from(&figures[head].measure);
        if explicit.is_empty() {
            list.negated = figures[head].phrase.negated;
        }
    }
    if !explicit.is_empty() && list.head.is_none_or(|head| list.percent && figures[head].measure != explicit)
    {
        list.measure = explicit;
    }
    if list.of_category {
        let tail_start = figures[first + run - 1].number.end;
        let tail = paragraph.text(tail_start, tail_start + 40);
        let tail: String = tail.chars().take_while(|c| !"，。；".contains(*c)).collect();
        let phrase = Phrase::read(&tail, reader.lexicon, reader.regions);
        list.measure = phrase.measure().to_vec();
        list.negated = phrase.negated;
    }
    if list.subject.is_empty()
        || (list.percent && own.is_rate && !own.subject.is_empty() && list.head.is_none())
    {
        list.subject = if own.subject.is_empty() { lead.subject.clone() } else { own.subject };
    }
}

/// 各市近视率。从低到高依次为…: the sentence before the list, where it has no figure and names a rate.
fn titled(reader: &Reader, paragraph: &Paragraph, lead: &Figure) -> Option<Phrase> {
    let end = paragraph.sentence_start(lead.number.start).checked_sub(1)?;
    let title = paragraph.text(paragraph.body, end);
    let plain = end > paragraph.body
        && title.chars().count() <= PART_MAX
        && !title.chars().any(|c| c.is_ascii_digit());
    let phrase = plain.then(|| Phrase::read(&title, reader.lexicon, reader.regions))?;
    phrase.rate.is_some().then_some(phrase)
}

/// The words before a list without the names of its first entry.
fn strip_parts(intro: &str, list: &List) -> String {
    let mut text = intro.to_owned();
    for item in &list.items {
        if !item.name.is_empty() {
            text = text.replace(&item.name, "");
        }
    }
    text
}

/// True where a figure may be what a list divides.
fn heads(reader: &Reader, figure: &Figure, list: &List, lead: &Figure) -> bool {
    if figure.role != Role::Plain || figure.list.is_some() || figure.number.chinese {
        return false;
    }
    if list.percent {
        return figure.percent().is_some() && figure.phrase.is_rate && !list.share;
    }
    let same_level = |name: &str| {
        list.items.iter().any(|item| item.name.chars().last() == name.chars().last() && item.region.is_some())
    };
    let one_of_them = figure.region.is_some_and(|region| same_level(reader.regions.name(region)));
    figure.span().is_some()
        && !one_of_them
        && (same_unit(&figure.number.unit, &lead.number.unit) || matches!(lead.number.kind, Kind::Bare(_)))
}

/// The figure before a list that its entries add up to.
fn by_sum(figures: &[Figure], list: &List, candidates: &[usize]) -> Option<usize> {
    let sum: u64 = list.items.iter().map(|item| figures[item.figure].count()).sum::<Option<u64>>()?;
    candidates.iter().copied().find(|index| figures[*index].count() == Some(sum))
}
