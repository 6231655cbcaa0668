//! Which lists a clause about regions speaks of. Several may fit; then a claim is wrong only if it is wrong of all of them.

use crate::lint::list::List;
use crate::lint::model::Model;
use crate::lint::phrase::{Phrase, drifted, members};

/// Words this short are leftovers of grammar, not the name of another measure.
const SUBJECT_LEFTOVER_MAX: usize = 2;

/// Longest heading of a paragraph that names the category of its list, in characters.
const TITLE_MAX: usize = 16;

/// What kind of figures a claim is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Values {
    /// 最多, 最少.
    Counts,
    /// 最高, 最低, 均低于20%.
    Percents,
    /// 居首, 垫底.
    Any,
}

impl Values {
    fn of(self, list: &List) -> bool {
        match self {
            Self::Counts => !list.percent,
            Self::Percents => list.percent,
            Self::Any => true,
        }
    }
}

/// The value of an entry, for comparing it with others of its list.
pub(super) fn value(model: &Model, figure: usize) -> Option<i64> {
    let figure = &model.figures[figure];
    figure
        .percent()
        .map(|value| value.micro)
        .or_else(|| figure.count().and_then(|count| i64::try_from(count).ok()))
}

/// A clause without what stands in brackets.
pub(super) fn without_brackets(text: &str) -> String {
    let mut depth = 0;
    text.chars()
        .filter(|c| {
            depth += i32::from(*c == '（');
            let keep = depth == 0;
            depth -= i32::from(*c == '）' && depth > 0);
            keep
        })
        .collect()
}

/// Where a clause names no measure: true if what it names has a word in common with what the list says of itself.
fn related(model: &Model, list: &List, subject: &str) -> bool {
    let said = format!("{}{}{}", list.intro, list.subject, model.measure_name(&list.measure));
    let chars: Vec<char> = subject.chars().collect();
    chars.len() <= SUBJECT_LEFTOVER_MAX
        || chars.windows(2).any(|pair| said.contains(&pair.iter().collect::<String>()))
}

/// （二）小学。…各县依次为…: the heading of the list's paragraph is the category.
fn titled(model: &Model, list: &List, name: &str) -> bool {
    let paragraph = &model.paragraphs[list.paragraph];
    let title: String = paragraph.chars[paragraph.body..]
        .iter()
        .take(TITLE_MAX)
        .take_while(|c| !"。：，".contains(**c))
        .collect();
    title == name || (name.chars().count() >= 2 && (title.starts_with(name) || title.ends_with(name)))
}

/// The lists a clause speaks of, one group a category named. In a group any list that agrees is enough.
pub(super) fn spoken_of<'m>(
    model: &'m Model,
    phrase: &Phrase,
    subject: &str,
    paragraph: usize,
    values: Values,
) -> Vec<Vec<&'m List>> {
    let measure = phrase.rate.map_or_else(|| phrase.measure().to_vec(), |rate| vec![rate]);
    let section = model.places[paragraph].section;
    let lists: Vec<&List> = model
        .fact_lists()
        .filter(|list| {
            list.regional()
                && list.items.len() >= 3
                && values.of(list)
                && !list.share
                && list.negated == phrase.negated
                && !list.partial
        })
        .filter(|list| {
            let unsaid = list.measure.is_empty() && model.places[list.paragraph].section == section;
            measure.is_empty() || list.measure == measure || unsaid
        })
        .collect();
    let near: Vec<&List> = if measure.is_empty() {
        let here: Vec<&List> = lists.iter().copied().filter(|list| list.paragraph == paragraph).collect();
        let there =
            || lists.iter().copied().filter(|list| model.places[list.paragraph].section == section).collect();
        let near: Vec<&List> = if here.is_empty() { there() } else { here };
        let near = if near.is_empty() { lists } else { near };
        near.into_iter().filter(|list| related(model, list, subject)).collect()
    } else {
        lists
    };
    let mut groups = Vec::new();
    for name in members(subject) {
        let exact: Vec<&List> = near
            .iter()
            .copied()
            .filter(|list| list.subject == name || (!list.subject.is_empty() && name.contains(&list.subject)))
            .collect();
        let similar: Vec<&List> = near.iter().copied().filter(|list| drifted(&list.subject, &name)).collect();
        let titled: Vec<&List> = near.iter().copied().filter(|list| titled(model, list, &name)).collect();
        let group = if exact.is_empty() { similar } else { exact };
        let group = if titled.is_empty() || titled.len() == near.len() { group } else { titled };
        if !group.is_empty() {
            groups.push(group);
        }
    }
    let one_subject = near.windows(2).all(|pair| pair[0].subject == pair[1].subject);
    let here = near.iter().any(|list| model.places[list.paragraph].section == section);
    let another = members(subject)
        .iter()
        .any(|name| model.category_counts.iter().any(|i| model.figures[*i].subject == *name))
        && near.iter().all(|list| !list.subject.is_empty());
    if groups.is_empty() && !another && !near.is_empty() && (one_subject || here || subject.is_empty()) {
        groups.push(near);
    }
    groups
}
