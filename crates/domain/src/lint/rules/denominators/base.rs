//! The count that a percentage is of, as the sentence names it.

use crate::lint::figure::{Figure, Role, same_unit};
use crate::lint::model::Model;
use crate::lint::phrase::Phrase;

use super::admits;

/// Verbs of what was looked at: the base of what was found.
const POPULATION: [&str; 11] =
    ["共", "现有", "总数", "全省", "全市", "全县", "全区", "全州", "在册", "摸排", "涉及"];

/// 应设42处，已设33处，设置率84.6%: due, done and rate side by side, whatever the verb is.
pub(super) fn due_before(model: &Model, index: usize, part: usize) -> Option<usize> {
    let base = part.checked_sub(1)?;
    let (rate, count, due) = (&model.figures[index], &model.figures[part], &model.figures[base]);
    let done = count.label.starts_with(['已', '实'])
        && !count.phrase.due
        && !count.phrase.negated
        && !count.phrase.fresh;
    let side_by_side = part + 1 == index
        && rate.segment == due.segment
        && rate.phrase.rate.is_some()
        && !rate.phrase.negated
        && rate.role == Role::Plain;
    let fits = due.phrase.due
        && due.plain_count().is_some()
        && due.number.unit == count.number.unit
        && due.region == count.region;
    (done && side_by_side && fits).then_some(base)
}

/// 2476名儿童需要补种。…已完成补种2197人，补种率91.7%: the one count of the paragraph that must do what the rate is of.
pub(super) fn due_above(model: &Model, index: usize, part: usize) -> Option<usize> {
    let (rate, count) = (&model.figures[index], &model.figures[part]);
    let of_rate = part + 1 == index
        && rate.phrase.rate.is_some()
        && !rate.phrase.negated
        && !count.phrase.negated
        && count.region.is_none()
        && count.label.contains('已');
    let mut due =
        model.figures[..part].iter().enumerate().rev().take_while(|(_, f)| f.paragraph == count.paragraph);
    let asked = |f: &Figure| {
        let words = [f.phrase.due.then_some(f.label.as_str()), Some(f.post.as_str())];
        let verb = rate.measure.last().map_or("", |id| model.lexicon.stem(*id));
        !verb.is_empty()
            && words
                .into_iter()
                .flatten()
                .any(|text| text.contains(verb) && ["应", "需", "须"].iter().any(|word| text.contains(word)))
    };
    let usable = |f: &Figure| {
        f.plain_count().is_some()
            && f.region.is_none()
            && same_unit(&f.number.unit, &count.number.unit)
            && f.count() >= count.count()
            && asked(f)
    };
    let base = due.find(|(_, f)| usable(f))?.0;
    let unique = due.all(|(_, f)| !usable(f));
    (of_rate && unique).then_some(base)
}

/// 1984所配备了专职安全员，占全市2480所学校的80%: numerator and base where the base stands between 占 and its percentage.
pub(super) fn base_behind_share(model: &Model, index: usize) -> Option<(usize, usize)> {
    let base = index.checked_sub(1)?;
    let (figure, whole) = (&model.figures[index], &model.figures[base]);
    let between = model.paragraphs[figure.paragraph].text(whole.number.end, figure.number.start);
    let said = whole.sentence == figure.sentence
        && between.ends_with('的')
        && !between.contains(['，', '、', '；'])
        && whole.label.rsplit_once('占').is_some_and(|(_, words)| !words.contains(['，', '比']))
        && whole.span().is_some();
    let numerator = base.checked_sub(1).filter(|i| {
        let part = &model.figures[*i];
        part.sentence == figure.sentence
            && part.role == Role::Plain
            && part.span().is_some()
            && part.number.unit == whole.number.unit
    })?;
    said.then_some((numerator, base))
}

/// 处置率为90%（应处置800条，已处置720条）: numerator and base in the bracket behind their rate.
pub(super) fn explained_behind(model: &Model, index: usize) -> Option<(usize, usize)> {
    let figure = &model.figures[index];
    let (one, other) = (model.figures.get(index + 1)?, model.figures.get(index + 2)?);
    let opens = model.paragraphs[figure.paragraph].chars.get(figure.number.end) == Some(&'（');
    let inside = model.paragraphs[figure.paragraph].text(figure.number.end + 1, other.number.start);
    let alike = one.sentence == figure.sentence
        && other.sentence == figure.sentence
        && one.number.unit == other.number.unit
        && one.plain_count().is_some()
        && other.plain_count().is_some()
        && one.phrase.due != other.phrase.due
        && !one.phrase.negated
        && !other.phrase.negated;
    if !opens || inside.contains('）') || !alike {
        return None;
    }
    Some(if one.phrase.due { (index + 2, index + 1) } else { (index + 1, index + 2) })
}

/// 对全部校车进行了检查，合格117辆: the one count of all 校车 that the text prints.
pub(super) fn all_of_them(model: &Model, index: usize, part: usize) -> Option<usize> {
    let (figure, count) = (&model.figures[index], &model.figures[part]);
    let before = model.sentence_before(count);
    let (_, behind) = before.rsplit_once("全部").or_else(|| before.rsplit_once("所有"))?;
    let clause: Vec<char> = behind.chars().take_while(|c| !"，；：".contains(*c)).collect();
    let mut found = model.plain().filter(|(i, f)| {
        let noun: Vec<char> = f.subject.chars().collect();
        let named = (2..=noun.len()).any(|length| clause.starts_with(&noun[noun.len() - length..]));
        *i < part
            && named
            && f.number.unit == count.number.unit
            && f.count() >= count.count()
            && !f.phrase.negated
            && (f.phrase.whole || f.label.contains('共'))
    });
    let base = found.next()?.0;
    let unique = found.all(|(_, f)| f.count() == model.figures[base].count());
    let fits = admits(count.span()?, model.figures[base].span()?, figure.percent()?);
    (unique && !fits && part + 1 == index && figure.region.is_none()).then_some(base)
}

/// 占排查总数的7.3%: the count printed before for what the words behind 占 name. `None` where there is none, or where one fits.
pub(super) fn named_base(model: &Model, index: usize, part: usize) -> Option<usize> {
    let (figure, count) = (&model.figures[index], &model.figures[part]);
    let words =
        figure.label.rsplit_once('占')?.1.trim_end_matches(['的', '为', '达']).trim_end_matches("总数");
    let phrase = Phrase::read(words, &model.lexicon, &model.regions);
    if words.is_empty() || phrase.negated || !phrase.regions.is_empty() || phrase.measure().is_empty() {
        return None;
    }
    let percent = figure.percent()?;
    let numerator = count.span()?;
    let bases: Vec<usize> = model
        .plain()
        .filter(|(i, f)| {
            *i < part
                && f.span().is_some()
                && f.measure == phrase.measure()
                && !f.phrase.negated
                && !f.phrase.due
                && f.number.unit == count.number.unit
        })
        .map(|(i, _)| i)
        .collect();
    let fits = model.figures.iter().filter_map(Figure::span).any(|base| admits(numerator, base, percent));
    let near = bases.last().copied().filter(|i| model.figures[*i].paragraph == figure.paragraph)?;
    (!fits).then_some(near)
}

/// The count that the sentence names as the base: before the numerator, same unit, a population by its words.
pub(super) fn base(model: &Model, index: usize, part: usize) -> Option<usize> {
    let (figure, count) = (&model.figures[index], &model.figures[part]);
    let share_of = figure.role == Role::Share;
    (part.saturating_sub(6)..part).rev().find(|i| {
        let other = &model.figures[*i];
        let near = if share_of {
            other.sentence == figure.sentence
        } else {
            other.segment == figure.segment
                || (other.sentence == figure.sentence && other.region == count.region)
        };
        let words = format!("{}{}", other.label, other.post);
        let population = other.phrase.due
            || POPULATION.iter().any(|word| words.contains(word))
            || (!other.measure.is_empty() && other.measure != count.measure);
        let beside = model.paragraphs[other.paragraph].chars.get(other.number.end) == Some(&'、')
            || model.figures[part].label.starts_with('、');
        let enumerated =
            model.paragraphs[other.paragraph].text(other.number.end, count.number.start).contains('、')
                && other.number.unit != count.number.unit;
        let alike = !other.measure.is_empty() && other.measure == count.measure && !other.phrase.due;
        let population = (population || other.post.ends_with('中'))
            && !alike
            && (!other.phrase.negated || other.post.ends_with('中'))
            && !(enumerated && beside);
        near && population
            && other.span().is_some()
            && other.role == Role::Plain
            && same_unit(&other.number.unit, &count.number.unit)
            && !other.phrase.fresh
            && other.region == figure.region
            && !other.label.contains("其中")
            && other.list.is_none_or(|list| model.lists[list].rows)
    })
}
