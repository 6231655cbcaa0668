//! A figure and what it claims: which value, of which region, category and measure, in which role.

use super::number::Decimal;
use super::phrase::Phrase;
use super::regions::RegionId;
use super::scan::{Kind, Number};

/// The part a number plays in its sentence. Only [`Role::Plain`] states the present value of a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The present value of a measure.
    Plain,
    /// A share of something named: 占总数的53.6%.
    Share,
    /// 52.7%的高校…: a share of a category, named behind the number.
    OfCategory,
    /// 提高2.3个百分点, 同比下降12%, 新增5所.
    Change,
    /// A value of another time: 去年同期, 上月.
    Earlier,
    /// 低于20%, 90%以上.
    Threshold,
    /// What is to be reached.
    Target,
    /// One end of a range.
    Range,
    /// 近, 约, 余: not the exact value.
    Vague,
    /// In Chinese numerals, counts names: 三县.
    Names,
    /// 均为100%: the value of each of several.
    Each,
}

/// A number with everything its sentence says about it.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    /// Index of the paragraph.
    pub paragraph: usize,
    /// Line of its first character.
    pub line: u32,
    /// Sentence, counted through the text.
    pub sentence: usize,
    /// Part of a sentence between ；, counted through the text.
    pub segment: usize,
    /// Chapter and section, counted through the text.
    pub section: usize,
    /// The number.
    pub number: Number,
    /// The words right before it, dates included.
    pub label: String,
    /// The words right behind it.
    pub post: String,
    /// Stands in brackets.
    pub bracketed: bool,
    /// Its role.
    pub role: Role,
    /// What label, intro and post say.
    pub phrase: Phrase,
    /// The region it is of; `None` is the whole.
    pub region: Option<RegionId>,
    /// The region stands in its own label.
    pub own_region: bool,
    /// Measure, own or inherited.
    pub measure: Vec<u16>,
    /// Category, own or inherited.
    pub subject: String,
    /// The list it is an entry of.
    pub list: Option<usize>,
}

impl Figure {
    /// The percentage, zero without a sign included where `zero_is_percent`.
    pub(crate) fn percent(&self) -> Option<Decimal> {
        match self.number.kind {
            Kind::Percent(value) => Some(value),
            Kind::Bare(value) if value.micro == 0 => Some(value),
            _ => None,
        }
    }

    /// The count, where it is exact and in digits.
    pub(crate) fn count(&self) -> Option<u64> {
        match self.number.kind {
            Kind::Count { low, high } if low == high && !self.number.vague => Some(low),
            _ => None,
        }
    }

    /// Smallest and largest count it may stand for.
    pub(crate) fn span(&self) -> Option<(u64, u64)> {
        match self.number.kind {
            Kind::Count { low, high } if !self.number.vague => Some((low, high)),
            _ => None,
        }
    }

    /// True for a count of any precision.
    pub(crate) fn is_count(&self) -> bool {
        matches!(self.number.kind, Kind::Count { .. })
    }

    /// A present, exact count that is not an entry of a list.
    pub(crate) fn plain_count(&self) -> Option<u64> {
        if self.role == Role::Plain { self.count() } else { None }
    }

    /// As printed, with its unit.
    pub(crate) fn printed(&self) -> String {
        self.number.printed.clone()
    }
}

/// True where both units count the same kind of thing: 所 and 家, 人 and 名.
pub(crate) fn same_unit(one: &str, other: &str) -> bool {
    const FAMILIES: [&[&str]; 4] = [
        &["所", "家", "个", "户"],
        &["人", "名", "位"],
        &["台", "套", "个", "部"],
        &["条", "件", "起", "处", "个", "项"],
    ];
    one == other || FAMILIES.iter().any(|family| family.contains(&one) && family.contains(&other))
}

/// The role of a number, from the words around it.
pub(crate) fn role(number: &Number, label: &str, post: &str, label_is_date: bool) -> Role {
    if number.chinese {
        return Role::Names;
    }
    if number.range {
        return Role::Range;
    }
    if each(label) {
        return Role::Each;
    }
    if matches!(number.kind, Kind::Points(_)) {
        return Role::Change;
    }
    let whole_label = label.trim_end_matches(['）', '（']);
    let label = whole_label.trim_end_matches(['了', '约', '为', '达', '至', '到']).trim_end_matches("分别");
    let ends = |words: &[&str]| words.iter().any(|word| label.ends_with(word));
    let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
    if ends(&[
        "低于",
        "不足",
        "不到",
        "超过",
        "高于",
        "超",
        "未达到",
        "未达",
        "突破",
        "大于",
        "小于",
        "达不",
        "少于",
        "多于",
        "逾",
        "满",
        "等于",
    ]) || ["以上", "以下", "及以上", "以内", "之间", "左右", "上下"]
        .iter()
        .any(|word| post.starts_with(word))
    {
        return Role::Threshold;
    }
    let definite = matches!(number.kind, Kind::Count { .. })
        && (post.contains('的') || post.starts_with('未') || post.starts_with('已'))
        && ["全部", "均", "全都"].iter().any(|word| post.contains(word));
    if !definite
        && has(&[
            "力争",
            "确保",
            "目标",
            "不得",
            "不超过",
            "应达",
            "须达",
            "需达",
            "必须",
            "要达",
            "规定的",
            "要求的",
            "不低于",
            "不少于",
        ])
    {
        return Role::Target;
    }
    earlier_or_change(number, label, (whole_label, post), label_is_date)
        .unwrap_or_else(|| present(number, label, post))
}

/// A、B均为, 都达到: what follows is said of each, not of all together.
fn each(label: &str) -> bool {
    let said = label.trim_end_matches(['为', '是', '达', '到', '有', '了', '约', '近']);
    if per_unit(said) {
        return true;
    }
    said.ends_with('均')
        && !["人均", "平均", "户均", "校均", "生均", "笔均", "间均", "年均", "月均", "日均"]
            .iter()
            .any(|word| said.ends_with(word))
        || said.ends_with('都') && !said.ends_with("成都")
}

/// 每处, 平均每家食堂: what follows is said of one of them. Not 每日开展的, 每月报送.
fn per_unit(label: &str) -> bool {
    const WITHIN: usize = 6;
    const TIMES: &str = "日天周月年季餐晚夜次时学期";
    label.rsplit_once('每').is_some_and(|(_, unit)| {
        (1..=WITHIN).contains(&unit.chars().count())
            && !unit.starts_with(|c| TIMES.contains(c))
            && !unit.contains(['的', '，', '、'])
    })
}

fn earlier_or_change(
    number: &Number,
    label: &str,
    (whole_label, post): (&str, &str),
    label_is_date: bool,
) -> Option<Role> {
    const EARLIER: [&str; 17] = [
        "去年同期",
        "上年同期",
        "同期",
        "去年",
        "上年",
        "上月",
        "上月末",
        "上周",
        "上季度",
        "上期",
        "上次",
        "年初",
        "此前",
        "前期",
        "前次",
        "原来",
        "往年",
    ];
    let bare = label.trim_end_matches(['的', '末', '是', '）', '（']);
    let compares = ["较", "比", "同比", "环比"].iter().any(|word| label.contains(word))
        && !label.contains("比例")
        && !label.contains("占比");
    if EARLIER.iter().any(|word| bare.ends_with(word))
        || (label_is_date && (compares || label.contains(['由', '从'])))
        || bare.ends_with('由')
        || (bare.ends_with('从') && !bare.ends_with("服从"))
    {
        return Some(Role::Earlier);
    }
    if EARLIER.iter().any(|word| bare.contains(word)) && !compares {
        return Some(Role::Earlier);
    }
    let moves = [
        "增长", "上升", "下降", "提高", "提升", "减少", "增加", "降低", "增幅", "降幅", "同比", "环比",
        "回落", "高出", "低了", "相差", "多出",
    ];
    if whole_label.ends_with(['到', '至']) {
        return None;
    }
    if moves.iter().any(|word| label.ends_with(word))
        || (compares && matches!(number.kind, Kind::Percent(_)) && post.starts_with("的增"))
    {
        return Some(Role::Change);
    }
    (label.ends_with("新增") || label.ends_with("本月新")).then_some(Role::Change)
}

fn present(number: &Number, label: &str, post: &str) -> Role {
    let percent = matches!(number.kind, Kind::Percent(_));
    if percent && post.starts_with('的') && !post.contains('率') && !label.contains('占') {
        return Role::OfCategory;
    }
    if percent && (label.contains('占') || label.ends_with("比重")) {
        return Role::Share;
    }
    if number.vague
        || ["近", "约", "大约", "将近", "接近", "几", "上"].iter().any(|word| label.ends_with(word))
    {
        return Role::Vague;
    }
    Role::Plain
}
