//! Lists of figures: 其中A市12所、B市13所; A、B、C分别为…; A市（98%）、B市（97%）; rows parted by semicolons.
//!
//! A list is a run of figures of one kind whose labels are nothing but parts: regions or names. Its measure and its category are
//! those of the figure it divides, its head.

use std::collections::HashMap;

use super::figure::{Figure, Role, same_unit};
use super::phrase::{Phrase, members};
use super::read::Reader;
use super::regions::RegionId;
use super::scan::Kind;
use super::source::Paragraph;
use super::words::Class;

/// Longest label that may be a part's name, in characters.
const PART_MAX: usize = 24;
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
            && self.items.iter().all(|item| item.region.is_some() || own_level(&item.name))
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
    while index < figures.len() {
        let run = run_length(reader, paragraph, figures, index);
        if run < 2 {
            index += 1;
            continue;
        }
        match build(reader, paragraph, figures, index, run, lists) {
            Some(list) => {
                let number = lists.len();
                for item in &list.items {
                    figures[item.figure].list = Some(number);
                    figures[item.figure].region = item.region;
                }
                after_list(figures, &list);
                lists.push(list);
                index += run;
            }
            None => index += 1,
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

/// How many figures from `first` on form a run.
fn run_length(reader: &Reader, paragraph: &Paragraph, figures: &[Figure], first: usize) -> usize {
    let mut length = 1;
    if !listable(&figures[first]) {
        return 0;
    }
    while let Some(next) = figures.get(first + length) {
        let last = &figures[first + length - 1];
        let gap = &paragraph.chars[last.number.end..next.number.start.max(last.number.end)];
        let joined = next.sentence == last.sentence
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
    is_part(reader, &label)
        && !(comma && next.phrase.whole)
        && (!comma || reader.regions.exactly(&label).is_some() || plain_name(reader, &label))
}

/// A name that may stand behind a comma: not 同比, 共, no other measure.
fn plain_name(reader: &Reader, label: &str) -> bool {
    let phrase = Phrase::read(label, reader.lexicon, reader.regions);
    phrase.measure().is_empty()
        && !["其中", "共", "有", "计", "为", "达", "还", "仍", "剩余", "余"]
            .iter()
            .any(|word| label.starts_with(word))
}

fn part_label(text: &str) -> String {
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
        || (label.starts_with('实') && label.chars().count() <= 3)
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

fn build(
    reader: &Reader,
    paragraph: &Paragraph,
    figures: &[Figure],
    first: usize,
    run: usize,
    lists: &[List],
) -> Option<List> {
    let head_figure = &figures[first];
    let sentence_start = sentence_start(paragraph, head_figure.number.start);
    let before = paragraph
        .text(sentence_start.max(head_figure.number.start.saturating_sub(200)), head_figure.number.start);
    let parts = parts(reader, figures, first, run, &before, lists)?;
    let items: Vec<Item> = parts
        .into_iter()
        .enumerate()
        .map(|(offset, (region, name))| Item { region, name, figure: first + offset })
        .collect();
    let behind = paragraph.text(figures[first + run - 1].number.end, figures[first + run - 1].number.end + 3);
    let percent = items.iter().all(|item| figures[item.figure].percent().is_some());
    let mut list = List {
        partial: is_partial(&before, behind.trim_start_matches(['（', '）'])),
        order: declared_order(&before),
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
    name_measure(reader, paragraph, figures, first, run, &mut list);
    Some(list)
}

type Part = (Option<RegionId>, String);

/// Who the entries are: from their own labels, or from names before 分别为, or from the list before where only values follow.
fn parts(
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
fn own_level(name: &str) -> bool {
    ["本级", "直属", "直管"].iter().any(|word| name.contains(word))
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

/// Measure, category and head of a list.
fn name_measure(
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
        window.filter(|(_, f)| heads(f, list, lead)).map(|(index, _)| index).collect();
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
    let unsaid = own.subject.is_empty() || one_subject;
    let by_measure = named.or_else(|| of_measure.first().copied().filter(|_| unsaid));
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
    let end = sentence_start(paragraph, lead.number.start).checked_sub(1)?;
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
fn heads(figure: &Figure, list: &List, lead: &Figure) -> bool {
    if figure.role != Role::Plain || figure.list.is_some() || figure.number.chinese {
        return false;
    }
    if list.percent {
        return figure.percent().is_some() && figure.phrase.is_rate && !list.share;
    }
    figure.count().is_some()
        && (same_unit(&figure.number.unit, &lead.number.unit) || matches!(lead.number.kind, Kind::Bare(_)))
}

/// The figure before a list that its entries add up to.
fn by_sum(figures: &[Figure], list: &List, candidates: &[usize]) -> Option<usize> {
    let sum: u64 = list.items.iter().map(|item| figures[item.figure].count()).sum::<Option<u64>>()?;
    candidates.iter().copied().find(|index| figures[*index].count() == Some(sum))
}

/// Words that keep a list from claiming to be complete.
fn is_partial(before: &str, behind: &str) -> bool {
    const PARTIAL: [&str; 24] = [
        "主要",
        "前三",
        "前五",
        "前两",
        "后三",
        "后两",
        "后五",
        "前2",
        "前3",
        "后2",
        "后3",
        "突出",
        "较高",
        "较低",
        "较好",
        "较差",
        "较多",
        "居前",
        "靠前",
        "靠后",
        "特别是",
        "尤其",
        "例如",
        "排名",
    ];
    let clause = before.rsplit(['；', '。']).next().unwrap_or(before);
    behind.starts_with('等')
        || PARTIAL.iter().any(|word| clause.contains(word))
        || clause.ends_with('如')
        || clause.contains("超过")
        || clause.contains("低于")
        || clause.contains("达到")
}

fn declared_order(before: &str) -> Order {
    if ["由高到低", "从高到低", "由多到少", "从多到少", "从大到小", "由大到小", "降序"]
        .iter()
        .any(|word| before.contains(word))
    {
        Order::Falling
    } else if ["由低到高", "从低到高", "由少到多", "从少到多", "从小到大", "升序"]
        .iter()
        .any(|word| before.contains(word))
    {
        Order::Rising
    } else {
        Order::Unsaid
    }
}

/// First character of the sentence that `index` stands in.
pub(crate) fn sentence_start(paragraph: &Paragraph, index: usize) -> usize {
    let floor = index.saturating_sub(400).max(paragraph.body);
    paragraph.chars[floor..index]
        .iter()
        .rposition(|c| "。！？".contains(*c))
        .map_or(floor, |offset| floor + offset + 1)
}

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
