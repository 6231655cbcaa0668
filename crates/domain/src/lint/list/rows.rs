//! Rows with several figures each, collected into one list a measure.

use std::collections::HashMap;

use crate::lint::figure::{Figure, Role, same_unit};

use super::{HEAD_WINDOW, Item, List, Order};

/// Collects rows (A市应装1107家、已装979家；B市…) into one list a measure.
pub(crate) fn find_rows(figures: &mut [Figure], lists: &mut Vec<List>) {
    type Key = (usize, Vec<u16>, bool, bool, bool, String, String);
    let mut groups: HashMap<Key, Vec<usize>> = HashMap::new();
    let mut order: Vec<Key> = Vec::new();
    for (index, figure) in figures.iter().enumerate() {
        let value = figure.percent().is_some() || figure.count().is_some();
        let unnamed = figure.measure.is_empty() && !figure.own_region;
        if figure.list.is_some() || figure.region.is_none() || figure.role != Role::Plain || !value || unnamed
        {
            continue;
        }
        let subject = if figure.percent().is_some() { String::new() } else { figure.phrase.subject.clone() };
        let key = (
            figure.section,
            figure.measure.clone(),
            figure.percent().is_some(),
            figure.phrase.negated,
            figure.phrase.due,
            figure.number.unit.clone(),
            subject,
        );
        let group = groups.entry(key.clone()).or_default();
        if group.is_empty() {
            order.push(key);
        }
        group.push(index);
    }
    for key in order {
        let Some(mut members) = groups.remove(&key) else { continue };
        let mut seen = Vec::new();
        members.retain(|index| {
            let fresh = !seen.contains(&figures[*index].region);
            seen.push(figures[*index].region);
            fresh
        });
        if members.len() >= 3 {
            let list = row_list(figures, &key, &members);
            for item in &list.items {
                figures[item.figure].list = Some(lists.len());
            }
            lists.push(list);
        }
    }
}

fn row_list(
    figures: &[Figure],
    key: &(usize, Vec<u16>, bool, bool, bool, String, String),
    members: &[usize],
) -> List {
    let (section, measure, percent, negated, due, unit, _) = key;
    let first = members[0];
    let fits = |f: &Figure| {
        f.section == *section
            && f.region.is_none()
            && f.list.is_none()
            && f.role == Role::Plain
            && f.measure == *measure
            && f.phrase.negated == *negated
            && f.percent().is_some() == *percent
            && (*percent || same_unit(&f.number.unit, unit))
            && f.phrase.due == *due
    };
    let window = || figures[..first].iter().enumerate().rev().take(HEAD_WINDOW).filter(|(_, f)| fits(f));
    let sum: Option<u64> = members.iter().map(|index| figures[*index].count()).sum();
    let exact = window().find(|(_, f)| sum.is_some() && f.count() == sum);
    let head = exact.or_else(|| {
        window().find(|(_, f)| (f.phrase.whole || f.label.contains('共')) && !f.label.contains("其中"))
    });
    List {
        items: members
            .iter()
            .map(|index| Item { region: figures[*index].region, name: String::new(), figure: *index })
            .collect(),
        head: head.map(|(index, _)| index),
        intro: String::new(),
        partial: false,
        order: Order::Unsaid,
        percent: *percent,
        share: false,
        of_category: false,
        rows: true,
        measure: measure.clone(),
        subject: head.map_or_else(|| figures[first].subject.clone(), |(_, f)| f.subject.clone()),
        negated: *negated,
        due: *due,
        paragraph: figures[first].paragraph,
    }
}
