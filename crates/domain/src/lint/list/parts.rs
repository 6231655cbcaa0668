//! Who the entries of a list are: named by their own labels, before 分别为, or by the list before.

use crate::lint::figure::{Figure, Role};
use crate::lint::phrase::{Phrase, members};
use crate::lint::read::Reader;
use crate::lint::regions::RegionId;

use super::List;
use super::run::part_label;

/// The region, where the part is one, and its name as printed.
pub(super) type Part = (Option<RegionId>, String);

/// Who the entries are: from their own labels, or from names before 分别为, or from the list before where only values follow.
pub(super) fn of_run(
    reader: &Reader,
    figures: &[Figure],
    first: usize,
    run: usize,
    before: &str,
    lists: &[List],
) -> Option<Vec<Part>> {
    if figures[first].role == Role::OfCategory {
        return Some(
            figures[first..first + run]
                .iter()
                .map(|f| {
                    (None, Phrase::read(f.post.trim_start_matches('的'), reader.lexicon, reader.regions).noun)
                })
                .collect(),
        );
    }
    let labelled = figures[first + 1..first + run].iter().all(|f| !part_label(&f.label).is_empty());
    if labelled {
        let lead = leading_part(reader, &figures[first])?;
        let mut parts = vec![lead];
        for figure in &figures[first + 1..first + run] {
            let label = part_label(&figure.label);
            parts.push((reader.regions.exactly(&label), label));
        }
        let regional = parts.iter().filter(|(region, _)| region.is_some()).count();
        return (regional == 0 || parts[0].0.is_some() || own_level(&parts[0].1)).then_some(parts);
    }
    let named = enumerated(reader, before);
    if named.len() == run {
        return Some(named);
    }
    // 分别占总数的30%和15.7%: the parts of the list before it.
    let above = lists.last().filter(|list| {
        list.items.len() == run && list.items.last().is_some_and(|item| first - item.figure <= 3)
    })?;
    Some(above.items.iter().map(|item| (item.region, item.name.clone())).collect())
}

/// 省本级, 厅直属: stands among regions and is none.
pub(super) fn own_level(name: &str) -> bool {
    ["本级", "直属", "直管", "省直", "市直", "县直", "区直"].iter().any(|word| name.contains(word))
}

/// The part that the first entry's label ends with.
fn leading_part(reader: &Reader, figure: &Figure) -> Option<Part> {
    let label = part_label(&figure.label);
    if let Some(region) = reader.regions.exactly(&label) {
        return Some((Some(region), label));
    }
    let chars: Vec<char> = label.chars().collect();
    for start in 1..chars.len() {
        if let Some((length, region)) = reader.regions.at(&chars[start..])
            && start + length == chars.len()
        {
            return Some((Some(region), chars[start..].iter().collect()));
        }
    }
    let phrase = Phrase::read(&label, reader.lexicon, reader.regions);
    let name = if phrase.subject.is_empty() { figure.subject.clone() } else { phrase.subject };
    (!name.is_empty() && phrase.regions.is_empty()).then_some((None, name))
}

/// Names before 分别为: `A市、B市、C市三市安装率分别为`, or in the clause before a bare 为.
fn enumerated(reader: &Reader, before: &str) -> Vec<Part> {
    let stop = before.rfind("分别").or_else(|| before.rfind("依次")).unwrap_or(before.len());
    let text = before[..stop].trim_end_matches(['，', '为', '：']);
    let clause = text.rsplit(['，', '；', '：']).next().unwrap_or(text);
    let clause = ["其次是", "其次为", "分布在", "其中", "依次是", "由多到少为", "由高到低为"]
        .iter()
        .fold(clause, |text, word| text.rsplit(word).next().unwrap_or(text));
    members(clause)
        .into_iter()
        .map(|name| {
            let chars: Vec<char> = name.chars().collect();
            match reader.regions.at(&chars) {
                Some((length, region)) => (Some(region), chars[..length].iter().collect()),
                None => (None, Phrase::read(&name, reader.lexicon, reader.regions).subject),
            }
        })
        .filter(|(_, name)| !name.is_empty())
        .collect()
}
