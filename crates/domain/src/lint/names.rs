//! Lists of names: `接入7所…分别为：甲、乙、丙`, `甲、乙等5家机构`, `甲县、乙县、丙县三县`.

use super::figure::{Figure, Role};
use super::phrase::members;
use super::regions::Regions;
use super::source::Paragraph;

/// Longest list of names read, in characters.
const NAMES_MAX: usize = 4_000;
/// How far behind 有3所： the first two names of a list must begin, in characters.
const ANNOUNCED_SEEN: usize = 24;
/// Words that open a list of names.
const OPENERS: [&str; 8] = ["分别为", "分别是", "名单如下", "具体为", "具体是", "名单为", "它们是", "分别有"];

/// Names, and the count they should have.
#[derive(Debug, Clone)]
pub(crate) struct NameList {
    /// The names.
    pub names: Vec<String>,
    /// Names that 和 may join to one more: the last entry may be one name or two.
    pub slack: usize,
    /// Ends in 等: not all are named.
    pub open: bool,
    /// Index of the count.
    pub count: usize,
    /// Paragraph index.
    pub paragraph: usize,
    /// Line where the names begin.
    pub line: u32,
}

/// The lists of names of a paragraph; `figures` are those of the paragraph, their indices start at `offset`.
pub(crate) fn find(
    paragraph: &Paragraph,
    figures: &[Figure],
    offset: usize,
    regions: &Regions,
) -> Vec<NameList> {
    let mut found = behind_counts(paragraph, figures, offset);
    for (index, figure) in figures.iter().enumerate() {
        if let Some(list) = before_count(paragraph, figure, offset + index, regions) {
            found.push(list);
        }
    }
    found
}

/// Names behind 分别为：, for the nearest count before.
fn behind_counts(paragraph: &Paragraph, figures: &[Figure], offset: usize) -> Vec<NameList> {
    let mut found = Vec::new();
    let mut index = paragraph.body;
    while index + 3 < paragraph.chars.len() {
        let rest = &paragraph.chars[index..];
        let opener = if matches!(rest[0], '分' | '名' | '具' | '它') {
            OPENERS.iter().find(|word| word.chars().zip(rest).all(|(a, b)| a == *b))
        } else {
            None
        };
        let announced = rest[0] == '：' && announced(paragraph, figures, index);
        let length = match opener {
            Some(opener) => opener.chars().count(),
            None if announced => 1,
            None => {
                index += 1;
                continue;
            }
        };
        let mut start = index + length;
        if paragraph.chars.get(start) == Some(&'：') {
            start += 1;
        }
        let end = paragraph.chars.len().min(start + NAMES_MAX);
        let (text, length) = names_from(&paragraph.chars[start..end]);
        let stop = paragraph.chars.get(start + length).copied().unwrap_or('。');
        index = start;
        let figures_behind =
            figures.iter().any(|f| (start + length..start + length + 3).contains(&f.number.start));
        // 甲；乙、丙；丁: parted by ；, the names go on.
        let goes_on = announced && stop == '；';
        if stop.is_ascii_digit() || length < 2 || figures_behind || goes_on {
            continue;
        }
        let behind = paragraph.text(start + length, start + length + 12);
        let before = figures.partition_point(|figure| figure.number.start < index);
        let floor = paragraph.sentence_start(index);
        let counts = figures[..before].iter().enumerate().rev().take(6);
        let count = counts.into_iter().find(|(_, f)| {
            let next_to = f.number.start >= floor && figures[before - 1].number.start == f.number.start;
            // The words before a count of names may date what they did, not the count: 上年发生过事故的6个乡镇.
            let spelled = f.role == Role::Names && names_units(paragraph, f, start - 1);
            (matches!(f.role, Role::Plain | Role::Earlier) || spelled)
                && f.count().is_some()
                && !f.number.unit.is_empty()
                && ("所家个户名人处".contains(&f.number.unit) || next_to)
        });
        if let Some((position, _)) = count {
            let (names, slack, open) = split(&text);
            let open = open || behind.starts_with("（等");
            found.push(NameList {
                names,
                slack,
                open,
                count: offset + position,
                paragraph: figures[position].paragraph,
                line: paragraph.line(start),
            });
        }
    }
    found
}

/// The names at the start of a text without what stands in brackets behind them, and how far they reach.
fn names_from(chars: &[char]) -> (String, usize) {
    let (mut names, mut index) = (String::new(), 0);
    while let Some(&c) = chars.get(index) {
        if c == '（' && !chars[index..].starts_with(&['（', '等']) {
            let Some(length) = chars[index..].iter().position(|c| *c == '）') else { break };
            if chars[index..index + length].contains(&'%') {
                break;
            }
            let behind = chars.get(index + length + 1).copied().unwrap_or('。');
            if !"、和及，；。".contains(behind) {
                break;
            }
            index += length + 1;
            continue;
        }
        if "。（；".contains(c) || c.is_ascii_digit() {
            break;
        }
        names.push(c);
        index += 1;
    }
    (names, index)
}

/// 漏报的两所单位是：, 点名的3家机构为：.
fn names_units(paragraph: &Paragraph, figure: &Figure, colon: usize) -> bool {
    let between = paragraph.text(figure.number.end, colon);
    figure.label.ends_with('的')
        && "所家个".contains(&figure.number.unit)
        && ["单位是", "学校是", "机构是", "单位为", "学校为", "机构为"].contains(&between.as_str())
}

/// 以下3所学校没有整改到位：甲、乙、丙, 受到表扬的学校有3所：甲、乙、丙.
fn announced(paragraph: &Paragraph, figures: &[Figure], colon: usize) -> bool {
    let floor = paragraph.sentence_start(colon);
    let before = figures.partition_point(|figure| figure.number.start < colon);
    figures[..before].last().is_some_and(|figure| {
        let said = ["以下", "下列"].iter().any(|word| figure.label.ends_with(word));
        let behind = paragraph.text(colon + 1, colon + 1 + ANNOUNCED_SEEN);
        let right_behind = figure.number.end == colon
            && figure.label.ends_with('有')
            && behind.contains('、')
            && !["其中", "一是", "分别", "包括"].iter().any(|word| behind.starts_with(word));
        let units = names_units(paragraph, figure, colon);
        figure.number.start >= floor && (units || (said || right_behind) && !figure.number.chinese)
    })
}

/// Names before a count: with 等 any names, without it only regions, where nothing else can be meant.
fn before_count(paragraph: &Paragraph, figure: &Figure, index: usize, regions: &Regions) -> Option<NameList> {
    if !figure.is_count() || !figure.label.contains('、') || figure.number.vague {
        return None;
    }
    let open = figure.label.ends_with('等');
    let label = figure.label.trim_end_matches('共').trim_end_matches('等');
    let label = ["其中", "分别为", "分别是", "包括", "如", "涉及"]
        .iter()
        .fold(label, |text, word| text.strip_prefix(word).unwrap_or(text));
    // 对落实较好的县第三中学、…: what is said of the names stands before the first.
    let (first, others) = label.split_once('、')?;
    let first = first.rsplit(['的', '对', '将']).next().unwrap_or(first);
    let (names, slack, _) = split(&format!("{first}、{others}"));
    let direct = !open && names.len() >= 2 && names.iter().all(|name| institution(name));
    let exact_regions = names.iter().all(|name| regions.exactly(name).is_some());
    let only_these = paragraph.text(figure.number.end, figure.number.end + 24).contains("仅列");
    if !exact_regions && !open && !direct {
        return None;
    }
    if exact_regions && !open && !figure.number.chinese && !"个市县区".contains(&figure.number.unit) {
        return None;
    }
    let start = figure.number.start.saturating_sub(figure.label.chars().count());
    Some(NameList {
        names,
        slack,
        open: open && !only_these,
        count: index,
        paragraph: figure.paragraph,
        line: paragraph.line(start),
    })
}

/// 官渡中心校, 恒泰化工有限公司: a name that ends like an institution's and says nothing else.
fn institution(name: &str) -> bool {
    const ENDS: [&str; 22] = [
        "小学",
        "中学",
        "高中",
        "初中",
        "学校",
        "中心校",
        "学院",
        "大学",
        "幼儿园",
        "公司",
        "医院",
        "养老院",
        "敬老院",
        "福利院",
        "公寓",
        "商场",
        "酒店",
        "宾馆",
        "市场",
        "培训中心",
        "托管中心",
        "工厂",
    ];
    let length = name.chars().count();
    (4..=24).contains(&length)
        && ENDS.iter().any(|end| name.ends_with(end))
        && !name.contains(['的', '各', '所', '全', '在'])
}

fn split(text: &str) -> (Vec<String>, usize, bool) {
    let open = text.ends_with('等');
    let text = text.trim_end_matches('等').trim_end_matches(['、', '，']);
    let text = if text.contains('、') { text.to_owned() } else { text.replace('，', "、") };
    let plain: Vec<String> = text.split('、').filter(|name| !name.is_empty()).map(str::to_owned).collect();
    let slack = members(&text).len().saturating_sub(plain.len());
    (plain, slack, open)
}
