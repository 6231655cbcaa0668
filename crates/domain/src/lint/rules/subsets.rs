//! L5: what was put right is not more than what was found. Relations come from the verbs of neighbouring counts.

use crate::lint::figure::{Figure, Role};
use crate::lint::model::Model;
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

/// Verbs of what is looked at or asked for.
const SETS: [&str; 17] = [
    "检查", "抽查", "排查", "发现", "参加", "受理", "推送", "筛查", "测评", "检测", "下发", "登记", "预警", "通报", "检出", "参测", "复查",
];
/// Verbs of what came of it.
const SUBSETS: [&str; 22] = [
    "合格", "整改", "达标", "接入", "安装", "办结", "处置", "通过", "持证", "销号", "消除", "回复", "签收", "验收", "建成", "配备", "联网", "覆盖", "备案", "注册", "反馈",
    "处理",
];

/// Checks neighbouring counts of one sentence.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, figure) in model.figures.iter().enumerate() {
        let Some(part) = figure.plain_count() else { continue };
        if !model.fact(figure) || figure.phrase.due || carried_over(figure) {
            continue;
        }
        let done = verbs(model, figure, &SUBSETS) || only_weak(model, figure, "完成");
        let within = figure.label.starts_with("其中") || model.sentence_before(figure).trim_end_matches(&*figure.label).ends_with("其中，");
        let list = figure.list.is_some_and(|list| !model.lists[list].rows);
        let before = (index.saturating_sub(4)..index).rev().find(|i| {
            let other = &model.figures[*i];
            let near = other.sentence == figure.sentence && other.region == figure.region && other.number.unit == figure.number.unit;
            let set = other.phrase.due || verbs(model, other, &SETS) && !verbs(model, other, &SUBSETS) || within;
            near && set && other.role == Role::Plain && other.count().is_some() && !other.phrase.fresh && other.list.is_none_or(|l| model.lists[l].rows)
        });
        let Some(base) = before else { continue };
        let whole = model.figures[base].count().unwrap_or(u64::MAX);
        if part <= whole || list || !(done || within) || (model.figures[base].measure == figure.measure && !model.figures[base].phrase.due && !within) {
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

fn verbs(model: &Model, figure: &Figure, words: &[&str]) -> bool {
    figure.measure.iter().any(|id| words.contains(&model.lexicon.stem(*id)))
}

fn only_weak(model: &Model, figure: &Figure, word: &str) -> bool {
    figure.measure.iter().any(|id| model.lexicon.stem(*id) == word)
}

/// Includes what was left from before: may be more than was found now.
fn carried_over(figure: &Figure) -> bool {
    ["上年", "历年", "往年", "结转", "遗留", "含", "累计"].iter().any(|word| figure.label.contains(word) || figure.post.contains(word))
}
