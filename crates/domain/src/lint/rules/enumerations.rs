//! L12 for names one a paragraph: 下列6家单位予以通报批评： and seven numbered paragraphs below it.

use crate::lint::model::Model;
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::source::{Mark, Paragraph};

/// Fewest numbered paragraphs that make a list of names.
const ITEMS_MIN: usize = 2;
/// Most numbered paragraphs looked at.
const ITEMS_MAX: usize = 200;
/// Words that point at what stands below.
const BELOW: [&str; 8] = ["下列", "以下", "如下", "分别为", "分别是", "名单", "它们是", "具体为"];

/// Checks every paragraph that ends with a colon and announces a number.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    (0..model.paragraphs.len()).filter_map(|index| one(model, index)).collect()
}

fn one(model: &Model, index: usize) -> Option<Finding> {
    let paragraph = &model.paragraphs[index];
    let place = model.places[index];
    if paragraph.chars.last() != Some(&'：') || place.back || place.demand {
        return None;
    }
    let items = numbered(&model.paragraphs[index + 1..]);
    let start = paragraph.sentence_start(paragraph.chars.len() - 1);
    let first = model.figures.partition_point(|f| f.paragraph < index);
    let mut counts = (first..model.figures.len())
        .take_while(|i| model.figures[*i].paragraph == index)
        .filter(|i| model.figures[*i].is_count() && model.figures[*i].number.start >= start);
    let announced = counts.next()?;
    let figure = &model.figures[announced];
    let sentence = paragraph.text(start, paragraph.chars.len());
    let said = usize::try_from(figure.count()?).ok()?;
    let points = BELOW.iter().any(|word| sentence.contains(word));
    let only = counts.next().is_none();
    if items < ITEMS_MIN
        || !points
        || !only
        || said == items
        || figure.number.vague
        || sentence.contains('等')
    {
        return None;
    }
    let finding = model.finding(Rule::L12, Severity::Error, "item-count", announced, &[]);
    Some(finding.says(
        format!("{said} ≠ {items}"),
        format!("写明{}，其下列出{items}项", figure.printed()),
        format!("the count says {said}, {items} numbered entries follow"),
        "核对数量和所列名单",
    ))
}

/// How many paragraphs in a row are numbered 1, 2, 3….
fn numbered(paragraphs: &[Paragraph]) -> usize {
    let number = |paragraph: &Paragraph| -> Option<usize> {
        let digits: String =
            paragraph.chars[..paragraph.body].iter().filter(|c| !"（）.、．".contains(**c)).collect();
        matches!(paragraph.mark, Mark::Item | Mark::SubItem).then(|| digits.parse().ok())?
    };
    (0..paragraphs.len().min(ITEMS_MAX)).take_while(|i| number(&paragraphs[*i]) == Some(i + 1)).count()
}
