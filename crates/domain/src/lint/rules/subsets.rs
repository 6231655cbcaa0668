//! L5: what was put right is not more than what was found. Relations come from the verbs of neighbouring counts.

use crate::lint::figure::{Figure, Role};
use crate::lint::model::Model;
use crate::lint::phrase::Phrase;
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

/// Verbs of what is looked at or asked for.
const SETS: [&str; 17] = [
    "检查", "抽查", "排查", "发现", "参加", "受理", "推送", "筛查", "测评", "检测", "下发", "登记", "预警",
    "通报", "检出", "参测", "复查",
];
/// Verbs of what came of it.
const SUBSETS: [&str; 22] = [
    "合格", "整改", "达标", "接入", "安装", "办结", "处置", "通过", "持证", "销号", "消除", "回复", "签收",
    "验收", "建成", "配备", "联网", "覆盖", "备案", "注册", "反馈", "处理",
];

/// Names of units of any kind: 已配备的学校中.
const GENERIC: [&str; 5] = ["单位", "学校", "场所", "机构", "人员"];
/// How far behind a number a bracket may explain it, in characters.
const EXPLAINED_WITHIN: usize = 30;

/// Checks neighbouring counts of one sentence.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, figure) in model.figures.iter().enumerate() {
        let Some(part) = figure.plain_count() else { continue };
        let rest = ["其余", "其他", "其它", "另有", "另外"].iter().any(|word| figure.label.starts_with(word));
        if !model.fact(figure) || figure.phrase.due || rest || carried_over(model, figure) {
            continue;
        }
        let actual = figure.label.starts_with(['已', '实']);
        let done = actual || verbs(model, figure, &SUBSETS) || only_weak(model, figure, "完成");
        let within = figure.label.starts_with("其中")
            || model.sentence_before(figure).trim_end_matches(&*figure.label).ends_with("其中，");
        let list = figure.list.is_some_and(|list| !model.lists[list].rows);
        let before = (index.saturating_sub(4)..index).rev().find(|i| {
            let other = &model.figures[*i];
            let near = other.sentence == figure.sentence
                && other.region == figure.region
                && other.number.unit == figure.number.unit;
            let set =
                other.phrase.due || verbs(model, other, &SETS) && !verbs(model, other, &SUBSETS) || within;
            let set = (set && !other.phrase.negated) || inside(model, *i, index);
            near && set
                && other.role == Role::Plain
                && other.count().is_some()
                && !other.phrase.fresh
                && other.list.is_none_or(|l| model.lists[l].rows)
        });
        let named = named_set(model, figure);
        let stated = before.is_some_and(|base| inside(model, base, index)) || named.is_some();
        let Some(base) = named.or(before) else { continue };
        let whole = model.figures[base].count().unwrap_or(u64::MAX);
        if part <= whole
            || (list && named.is_none())
            || !(done || within || stated)
            || (!stated
                && model.figures[base].measure == figure.measure
                && !model.figures[base].phrase.due
                && !within)
        {
            continue;
        }
        let finding = model.finding(Rule::L5, Severity::Error, "more-than-all", index, &[base]);
        findings.push(finding.says(
            format!("{part} > {whole}；{part} − {whole} = {}", part - whole),
            format!("{}多于其所属的{}，子集不能大于全集", figure.printed(), model.figures[base].printed()),
            format!("{} is more than the {} it is part of", figure.printed(), model.figures[base].printed()),
            "核对两个数字；含以前年度结转的，应当写明",
        ));
    }
    findings
}

/// The text itself counts the second figure inside the first: 责令停工的142个项目中，已复工158个; 共1864台，已检验1902台.
fn inside(model: &Model, base: usize, part: usize) -> bool {
    let (set, figure) = (&model.figures[base], &model.figures[part]);
    let between = model.paragraphs[set.paragraph].text(set.number.end, figure.number.start);
    let own = figure.phrase.subject.chars().count() > 4 && figure.phrase.subject != set.subject;
    if set.post.ends_with('中') && set.role == Role::Plain && !between.contains(['；', '。']) {
        return !own;
    }
    let population = [
        "共有",
        "现有",
        "共排查",
        "共发现",
        "共检查",
        "产生",
        "在册",
        "共发出",
        "共下达",
        "共下发",
        "共受理",
    ]
    .iter()
    .any(|word| set.label.contains(word));
    // 现有512家，取得备案证明的478家: a nominal predicate is said of the topic.
    let nominal =
        figure.label.ends_with('的') && between.starts_with('，') && !figure.label.starts_with(['其', '另']);
    let adjacent =
        part == base + 1 && (nominal || between.starts_with("，已") || between.starts_with("，目前已"));
    population && adjacent && !own && set.number.unit == figure.number.unit
}

/// 已完善点位中，齐全的156处: the largest count printed anywhere for the set that the clause before names.
fn named_set(model: &Model, figure: &Figure) -> Option<usize> {
    let before = model.sentence_before(figure);
    let before = before.split('；').next_back()?;
    let end = before.rfind("中，")?;
    let clause = before[..end].rsplit(['，', '：']).next()?.trim_start_matches(['在', '其']);
    if clause.is_empty() || clause.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    if let Some(set) = set_by_words(model, figure, clause) {
        return Some(set);
    }
    let set = Phrase::read(clause, &model.lexicon, &model.regions);
    let narrow =
        !figure.label.ends_with('的') && !figure.phrase.subject.is_empty() && figure.measure.is_empty();
    if set.measure().is_empty() || set.negated || !set.regions.is_empty() || narrow || figure.region.is_some()
    {
        return None;
    }
    let same = |f: &Figure| {
        f.measure == set.measure()
            && !f.phrase.negated
            && !f.phrase.due
            && f.number.unit == figure.number.unit
    };
    let about = |f: &Figure| {
        set.subject.is_empty()
            || f.subject.contains(&set.subject)
            || set.subject.contains(&f.subject)
            || (GENERIC.contains(&set.subject.as_str()) && f.paragraph == figure.paragraph)
    };
    let found = model
        .plain()
        .filter(|(_, f)| f.number.start != figure.number.start && f.count().is_some() && same(f) && about(f));
    found.max_by_key(|(_, f)| f.count()).map(|(index, _)| index)
}

/// 在属实告警中: the one count of the paragraph whose words end in the words of the set (核实属实的873条).
fn set_by_words(model: &Model, figure: &Figure, clause: &str) -> Option<usize> {
    let ends_alike = |f: &Figure| {
        let label: Vec<char> = f.label.trim_end_matches('的').chars().collect();
        let end: String = label[label.len().saturating_sub(2)..].iter().collect();
        f.label.ends_with('的') && label.len() >= 2 && clause.contains(&end)
    };
    let mut found = model.plain().filter(|(_, f)| {
        f.paragraph == figure.paragraph
            && f.number.start < figure.number.start
            && f.sentence <= figure.sentence
            && f.count().is_some()
            && f.number.unit == figure.number.unit
            && !f.phrase.negated
            && ends_alike(f)
    });
    let first = found.next()?.0;
    found.next().is_none().then_some(first)
}

fn verbs(model: &Model, figure: &Figure, words: &[&str]) -> bool {
    figure.measure.iter().any(|id| words.contains(&model.lexicon.stem(*id)))
}

fn only_weak(model: &Model, figure: &Figure, word: &str) -> bool {
    figure.measure.iter().any(|id| model.lexicon.stem(*id) == word)
}

/// Includes what was left from before: may be more than was found now.
fn carried_over(model: &Model, figure: &Figure) -> bool {
    let behind =
        model.paragraphs[figure.paragraph].text(figure.number.end, figure.number.end + EXPLAINED_WITHIN);
    let bracket =
        behind.split_once('（').and_then(|(_, rest)| rest.split_once('）')).map_or("", |(words, _)| words);
    if ["含", "跨", "超额", "重复"].iter().any(|word| bracket.contains(word)) {
        return true;
    }
    ["上年", "历年", "往年", "结转", "遗留", "含", "累计"]
        .iter()
        .any(|word| figure.label.contains(word) || figure.post.contains(word))
}
