//! Verdicts: what follows from a signature, a comparison and figures computed anew.

use domain::bulletin::life::BulletinState;
use domain::bulletin::{Bulletin, FigureKind, Origin, PrintedFigure, Sources, unproved};
use domain::figures::Ratio;

use super::compare::{self, Difference, compare};
use super::{CheckedSignature, Published, Verdict, Verification};
use crate::bulletins::sealed::{Sealed, SealedFigure};
use crate::signing::{self, PublicKey};

/// Figures named in a sentence.
const NAMED_MAX: usize = 5;

/// The signature of a sealed bulletin held against what it really holds; none where it has none.
pub fn check_signature(sealed: &Sealed, digest: &str, keys: &[PublicKey]) -> Option<CheckedSignature> {
    let signature = sealed.signature.as_ref()?;
    let made_by = signing::check(
        keys,
        signing::Purpose::Bulletin,
        &signature.algorithm,
        &signature.key_id,
        digest,
        &signature.value,
    );
    Some(CheckedSignature {
        algorithm: signature.algorithm.clone(),
        key_id: signature.key_id.clone(),
        signer: sealed.approved.as_ref().map(|approved| approved.by.clone()).unwrap_or_default(),
        valid: signature.digest == digest && matches!(made_by, Ok(Some(_))),
    })
}

/// Figures that their sources give otherwise.
pub fn wrong_figures(bulletin: &Bulletin, sources: &Sources<'_>) -> Vec<Difference> {
    let wrong = unproved(bulletin, sources).into_iter().filter_map(|one| Some((one.id, one.recomputed?)));
    let difference = |(id, recomputed): (String, String)| {
        let figure = bulletin.figures.iter().find(|figure| figure.id == id)?;
        Some(Difference {
            figure_id: Some(id),
            label: format!("{}（由快照重新计算）", figure.label),
            original: recomputed,
            found: figure.text.clone(),
            line: None,
        })
    };
    wrong.filter_map(difference).collect()
}

/// Figures that contradict themselves: what a sealed bulletin without its original still tells.
pub fn contradictions(sealed: &Sealed) -> Vec<Difference> {
    let text = &sealed.bulletin.text;
    let mut differences = Vec::new();
    for SealedFigure { figure, .. } in &sealed.bulletin.figures {
        let there = text.get(figure.span.offset..figure.span.offset + figure.span.len).unwrap_or_default();
        let counted = from_counts(figure).unwrap_or_else(|| figure.text.clone());
        for found in [there, figure.text.as_str()] {
            if found != counted {
                differences.push(Difference {
                    figure_id: Some(figure.id.clone()),
                    label: figure.label.clone(),
                    original: counted.clone(),
                    found: found.to_owned(),
                    line: None,
                });
                break;
            }
        }
    }
    let joined: String =
        sealed.bulletin.paragraphs.iter().flat_map(|one| [one.text.as_str(), "\n"]).collect();
    if joined != *text && differences.is_empty() {
        differences.push(part("正文", "段落".to_owned(), "与正文不一致".to_owned()));
    }
    differences
}

/// What a figure's own counts print.
fn from_counts(figure: &PrintedFigure) -> Option<String> {
    let is_rate = matches!(figure.kind, FigureKind::Percent | FigureKind::KindShare | FigureKind::TotalShare);
    match figure.kind {
        FigureKind::Count if figure.origin == Origin::Rows => Some(figure.numerator.to_string()),
        _ if is_rate => figure.format.percent(Ratio::new(figure.numerator, figure.denominator?)),
        _ => None,
    }
}

/// Differences of two sealed forms: of the text first, then of what only the sealed form has.
pub fn sealed_differences(original: &Sealed, copy: &Sealed) -> Vec<Difference> {
    let mut differences =
        compare(original, &copy.bulletin.text).map(|found| found.differences).unwrap_or_default();
    for figure in &original.bulletin.figures {
        let same = copy.bulletin.figures.iter().find(|other| other.figure.id == figure.figure.id);
        let is_listed = differences.iter().any(|one| one.figure_id.as_ref() == Some(&figure.figure.id));
        if same != Some(figure) && !is_listed {
            differences.push(Difference {
                figure_id: Some(figure.figure.id.clone()),
                label: figure.figure.label.clone(),
                original: said(figure),
                found: same.map(said).unwrap_or_default(),
                line: None,
            });
        }
    }
    for annex in &original.annexes {
        let other = copy.annexes.iter().find(|other| other.annex.number == annex.annex.number);
        if other != Some(annex) {
            differences.push(annex_difference(&annex.annex, other.map(|other| &other.annex)));
        }
    }
    if differences.is_empty() {
        differences.push(part("密封内容", "与签名一致".to_owned(), "与签名不一致".to_owned()));
    }
    differences.truncate(compare::DIFFERENCES_MAX);
    differences
}

/// The first row that is not the same.
fn annex_difference(
    original: &domain::bulletin::edition::Annex,
    copy: Option<&domain::bulletin::edition::Annex>,
) -> Difference {
    let label = format!("附件{}", original.number);
    let Some(copy) = copy else { return part(&label, original.title.clone(), String::new()) };
    let row = |row: Option<&Vec<_>>| {
        row.map(|row| compare::shorten(&serde_json::to_string(row).unwrap_or_default())).unwrap_or_default()
    };
    let rows = original.rows.len().max(copy.rows.len());
    match (0..rows).find(|index| original.rows.get(*index) != copy.rows.get(*index)) {
        Some(index) => {
            let label = format!("{label}·第{}行", index + 1);
            part(&label, row(original.rows.get(index)), row(copy.rows.get(index)))
        }
        None => part(&label, original.title.clone(), copy.title.clone()),
    }
}

fn said(figure: &SealedFigure) -> String {
    match figure.figure.denominator {
        Some(denominator) => format!("{}（{}/{denominator}）", figure.figure.text, figure.figure.numerator),
        None => format!("{}（{}）", figure.figure.text, figure.figure.numerator),
    }
}

fn part(label: &str, original: String, found: String) -> Difference {
    Difference { figure_id: None, label: label.to_owned(), original, found, line: None }
}

/// A copy without differences, unless its figures are wrong or the signature does not hold.
pub fn judged(
    bulletin: Published,
    signature: Option<CheckedSignature>,
    differences: Vec<Difference>,
    annexes_not_compared: &[u32],
) -> Verification {
    if !differences.is_empty() {
        return altered(bulletin, signature, differences);
    }
    let is_draft = bulletin.number.is_none();
    if !is_draft && signature.as_ref().is_none_or(|signature| !signature.valid) {
        let zh = "与存档一致，但存档的签名验证不通过，请联系发文机关";
        let en = "it equals the archive, but the archive's signature does not hold; ask the issuing office";
        return Verification {
            bulletin: Some(bulletin),
            signature,
            ..Verification::plain(Verdict::Altered, zh, en)
        };
    }
    let mut zh = format!("与{}一致", bulletin.name_zh());
    let mut en = format!("it equals {}", bulletin.name_en());
    if signature.is_some() {
        zh.push_str("，签名有效");
        en.push_str(", and the signature holds");
    }
    if bulletin.state == BulletinState::Withdrawn {
        zh.push_str("；该通报已被撤回");
        en.push_str("; the bulletin has been withdrawn since");
    }
    if !annexes_not_compared.is_empty() {
        let list: Vec<String> = annexes_not_compared.iter().map(u32::to_string).collect();
        let list = list.join("、");
        zh = format!("{zh}；附件{list}不在文件中或排版不能逐行比对，未核对");
        en = format!("{en}; annexes {list} are not in the file or cannot be compared line by line");
    }
    Verification { bulletin: Some(bulletin), signature, ..Verification::plain(Verdict::Genuine, zh, en) }
}

/// A copy with differences.
pub fn altered(
    bulletin: Published,
    signature: Option<CheckedSignature>,
    differences: Vec<Difference>,
) -> Verification {
    let figures = differences.iter().filter_map(|one| one.figure_id.as_deref());
    let figures: Vec<&str> = figures.take(NAMED_MAX).collect();
    let named = if figures.is_empty() { String::new() } else { format!("（{}）", figures.join("、")) };
    let count = differences.len();
    let zh = format!("与{}不一致：{count}处不同{named}", bulletin.name_zh());
    let en = format!("it differs from {} in {count} places {named}", bulletin.name_en());
    Verification {
        bulletin: Some(bulletin),
        signature,
        differences,
        ..Verification::plain(Verdict::Altered, zh, en)
    }
}

impl Published {
    /// What everybody may know of a sealed bulletin.
    pub fn of(sealed: &Sealed, state: BulletinState) -> Self {
        Self {
            title: sealed.bulletin.title.clone(),
            number: sealed.head.number.clone(),
            date: sealed.head.date,
            organ: sealed.head.issuer.clone(),
            state,
        }
    }

    fn name_zh(&self) -> String {
        self.number.as_ref().map_or_else(|| "本平台的草稿".to_owned(), |number| format!("已发布的{number}"))
    }

    fn name_en(&self) -> String {
        self.number
            .as_ref()
            .map_or_else(|| "a draft of this platform".to_owned(), |number| format!("the published {number}"))
    }
}
