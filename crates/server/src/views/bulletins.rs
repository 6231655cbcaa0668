//! Bulletins as they travel: the text, every figure printed in it, what the checks found, and where it stands.

use std::collections::HashMap;

use domain::bulletin::edition::{Annex, Value};
use domain::bulletin::{Bulletin as Written, PrintedFigure, Settings};
use domain::category::Category;
use domain::figures::PercentFormat;
use domain::ids::UserId;
use domain::unit::{Ownership, StudyLevel};
use platform::bulletins::{BulletinDetail, Finding as Found};
use platform::rows::{BulletinRow as Row, BulletinStep, Delivery, InboxItem, InboxKind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::consultations::Consultation;
use super::{Moment, moment};

/// Names of people by id.
pub type Names = HashMap<UserId, String>;

/// Name of a person; empty for the platform itself.
pub fn name(names: &Names, id: Option<UserId>) -> String {
    id.and_then(|id| names.get(&id).cloned()).unwrap_or_default()
}

/// A bulletin without its text.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulletinRow {
    /// Id.
    pub id: Uuid,
    /// Title.
    pub title: String,
    /// `draft`, `consulting`, `approved`, `published` or `withdrawn`.
    pub state: &'static str,
    /// Counts changes; sent back with a decision.
    pub version: i64,
    /// Revision shown.
    pub revision: i64,
    /// Snapshot its figures come from.
    pub snapshot_id: Uuid,
    /// Snapshot that changes are counted from.
    pub compare_snapshot_id: Option<Uuid>,
    /// The moment the snapshot shows.
    pub as_of: Moment,
    /// When it was first written.
    pub created_at: Moment,
    /// Name of the person who had it written; empty for the platform itself.
    pub created_by: String,
    /// 发文字号; none before approval.
    pub number: Option<String>,
    /// When it was sent.
    pub published_at: Option<Moment>,
    /// SHA-256 over its sealed content; none before approval.
    pub digest: Option<String>,
    /// Findings that are errors.
    pub errors: i64,
    /// Findings that are warnings.
    pub warnings: i64,
}

impl BulletinRow {
    /// From its row and the names of people.
    pub fn of(row: Row, names: &Names) -> Self {
        Self {
            id: row.id.0,
            title: row.title,
            state: row.state.as_str(),
            version: row.version,
            revision: row.revision,
            snapshot_id: row.snapshot_id.0,
            compare_snapshot_id: row.compare_snapshot_id.map(|id| id.0),
            as_of: row.as_of.into(),
            created_at: row.created_at.into(),
            created_by: name(names, row.created_by),
            number: row.number,
            published_at: moment(row.published_at),
            digest: row.digest,
            errors: row.errors,
            warnings: row.warnings,
        }
    }
}

/// A place in a text, in UTF-16 units as browsers count them.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct TextSpan {
    /// First unit.
    pub offset: usize,
    /// Units.
    pub len: usize,
}

/// A number that stands in the text.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulletinFigure {
    /// `F001`, `F002`, … in the order of the text.
    pub id: String,
    /// Name of the figure in Chinese.
    pub label: String,
    /// As printed.
    pub text: String,
    /// How it is printed: `count`, `percent`, `kind_share`, `total_share`, `points`, `days`, `day` or `unproved`.
    #[schema(value_type = String)]
    pub kind: domain::bulletin::FigureKind,
    /// Units counted.
    pub numerator: u64,
    /// Of so many; none for a count.
    pub denominator: Option<u64>,
    /// What is counted; none where no frozen units stand behind the figure.
    pub measure: Option<&'static str>,
    /// Units that this measure counts as well are left out.
    pub minus: Option<&'static str>,
    /// `in`: the units the measure counts; `all`: its whole population.
    #[schema(value_type = String)]
    pub side: domain::bulletin::Side,
    /// Category; none for all, or where `categories` has several.
    pub category: Option<&'static str>,
    /// Categories where there are several.
    pub categories: Vec<&'static str>,
    /// City-level region; none for the province.
    pub region_id: Option<Uuid>,
    /// True for the units that belong to no city.
    pub outside_cities: bool,
    /// Ownership of the units counted.
    pub ownership: Option<&'static str>,
    /// Level of study of the units counted.
    pub study_level: Option<&'static str>,
    /// True for universities whose ownership or level the register does not know.
    pub kind_unknown: bool,
    /// SHA-256 over the ids of the units counted; only of a sealed bulletin.
    pub rows_hash: Option<String>,
    /// Place in the text.
    pub span: TextSpan,
}

impl BulletinFigure {
    fn of(figure: PrintedFigure, span: TextSpan, rows_hash: Option<String>) -> Self {
        let has_rows = !figure.row_sets().is_empty();
        Self {
            id: figure.id,
            label: figure.label,
            text: figure.text,
            kind: figure.kind,
            numerator: figure.numerator,
            denominator: figure.denominator,
            measure: figure.measure.filter(|_| has_rows).map(domain::figures::Measure::as_str),
            minus: figure.minus.map(domain::figures::Measure::as_str),
            side: figure.side,
            category: figure.category.map(Category::as_str),
            categories: figure.categories.into_iter().map(Category::as_str).collect(),
            region_id: figure.city_id.map(|id| id.0),
            outside_cities: figure.outside_cities,
            ownership: figure.ownership.map(Ownership::as_str),
            study_level: figure.study_level.map(StudyLevel::as_str),
            kind_unknown: figure.kind_unknown,
            rows_hash,
            span,
        }
    }
}

/// The figures of a text with their places as browsers count; `hashes` in the order of the figures, or empty.
pub fn figures(written: Written, hashes: Vec<Option<String>>) -> Vec<BulletinFigure> {
    let Written { text, figures, .. } = written;
    let mut hashes = hashes.into_iter();
    // Figures come in the order of the text, so that it is walked once.
    let (mut byte, mut unit) = (0, 0);
    let mut views = Vec::with_capacity(figures.len());
    for figure in figures {
        let span = figure.span;
        unit += utf16_len(text.get(byte..span.offset).unwrap_or_default());
        byte = span.offset;
        let len = utf16_len(text.get(span.offset..span.offset + span.len).unwrap_or_default());
        let hash = hashes.next().flatten();
        views.push(BulletinFigure::of(figure, TextSpan { offset: unit, len }, hash));
    }
    views
}

fn utf16_len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// One paragraph.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulletinParagraph {
    /// Its part in the layout: `title`, `addressees`, `heading`, `subheading`, `body`, `annex_list`, `signed`, `dated`, `copies_to`, `note`.
    #[schema(value_type = String)]
    pub kind: domain::bulletin::ParagraphKind,
    /// Its text.
    pub text: String,
}

/// An annex as a list shows it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnnexTitle {
    /// 1, 2, … as cited in the text.
    pub number: u32,
    /// Title.
    pub title: String,
    /// Rows of its table.
    pub rows: u64,
}

/// Something the checks found.
#[derive(Debug, Serialize, ToSchema)]
pub struct Finding {
    /// `L1` to `L18`.
    pub rule: String,
    /// Line, from 1.
    pub line: u32,
    /// Paragraph, from 1.
    pub paragraph: u32,
    /// `error`, `warning` or `style`.
    pub severity: &'static str,
    /// The printed figures involved.
    pub figures: Vec<String>,
    /// The proof.
    pub arithmetic: String,
    /// What is wrong, in Chinese.
    pub message: String,
    /// What is wrong, in English.
    pub message_en: String,
    /// What to do, in Chinese.
    pub suggestion: String,
    /// Other lines to look at.
    pub related_lines: Vec<u32>,
}

impl From<Found> for Finding {
    fn from(found: Found) -> Self {
        Self {
            rule: found.rule,
            line: found.line,
            paragraph: found.paragraph,
            severity: found.severity.as_str(),
            figures: found.figures,
            arithmetic: found.arithmetic,
            message: found.message,
            message_en: found.message_en,
            suggestion: found.suggestion,
            related_lines: found.related_lines,
        }
    }
}

/// An approval.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulletinApproval {
    /// Name of the person.
    pub by: String,
    /// When.
    pub at: Moment,
    /// Why errors or open objections were passed over; none where there were none.
    pub override_reason: Option<String>,
}

/// The signature of an approved bulletin.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulletinSignature {
    /// Name of the scheme.
    pub algorithm: String,
    /// Short name of the key.
    pub key_id: String,
    /// SHA-256 that was signed.
    pub digest: String,
    /// Who approved.
    pub signer: String,
}

/// Deliveries in numbers.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReceiptCounts {
    /// Addressees.
    pub sent: usize,
    /// Of these, with an account it reached.
    pub delivered: usize,
    /// Of these, read.
    pub read: usize,
}

/// Something that happened to a bulletin.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulletinStepView {
    /// When.
    pub at: Moment,
    /// `write`, `rewrite`, `consult`, `end_consultation`, `approve`, `publish` or `withdraw`.
    pub event: String,
    /// State before; none for the first.
    pub from: Option<&'static str>,
    /// State after.
    pub to: &'static str,
    /// Revision in force.
    pub revision: i64,
    /// Name of the person; empty for the platform itself.
    pub by: String,
    /// Reason or remark.
    pub note: Option<String>,
}

/// A bulletin.
#[derive(Debug, Serialize, ToSchema)]
pub struct Bulletin {
    /// The row.
    #[serde(flatten)]
    pub row: BulletinRow,
    /// Plain text, one paragraph a line.
    pub text: String,
    /// The same by paragraph.
    pub paragraphs: Vec<BulletinParagraph>,
    /// Every printed figure.
    pub figures: Vec<BulletinFigure>,
    /// Its annexes.
    pub annexes: Vec<AnnexTitle>,
    /// What the checks found; empty for those who see no drafts.
    pub findings: Vec<Finding>,
    /// What the office decided.
    #[schema(value_type = Object)]
    pub settings: Settings,
    /// The last consultation; for a party with nothing of the others.
    pub consultation: Option<Consultation>,
    /// Approvals.
    pub approvals: Vec<BulletinApproval>,
    /// Deliveries; none before publication.
    pub receipts: Option<ReceiptCounts>,
    /// Its signature; none before approval.
    pub signature: Option<BulletinSignature>,
    /// What happened to it; empty for those who see no drafts.
    pub steps: Vec<BulletinStepView>,
    /// What the asker may do now: `edit`, `consult`, `end_consultation`, `answer` (reply to objections), `approve`, `publish`, `withdraw`,
    /// `object`, `agree`, `receive`.
    pub next: Vec<&'static str>,
}

impl Bulletin {
    /// From a desk's answer and the names of people.
    pub fn of(detail: BulletinDetail, names: &Names) -> Self {
        let text = detail.written.text.clone();
        let paragraph =
            |one: &domain::bulletin::Paragraph| BulletinParagraph { kind: one.kind, text: one.text.clone() };
        let paragraphs = detail.written.paragraphs.iter().map(paragraph).collect();
        let annex = |one: platform::bulletins::AnnexTitle| AnnexTitle {
            number: one.number,
            title: one.title,
            rows: one.rows,
        };
        let approvals = detail.seal.iter().map(|seal| BulletinApproval {
            by: name(names, Some(seal.approved_by)),
            at: seal.approved_at.into(),
            override_reason: seal.override_reason.clone().filter(|_| detail.row.sees_all),
        });
        let approvals = approvals.collect();
        let signature = detail.seal.map(|seal| BulletinSignature {
            algorithm: seal.algorithm,
            key_id: seal.key_id,
            digest: seal.digest,
            signer: name(names, Some(seal.approved_by)),
        });
        Self {
            row: BulletinRow::of(detail.row, names),
            text,
            paragraphs,
            figures: figures(detail.written, vec![]),
            annexes: detail.annexes.into_iter().map(annex).collect(),
            findings: detail.findings.into_iter().map(Finding::from).collect(),
            settings: detail.settings,
            consultation: detail.consultation.map(|round| Consultation::of(round, names)),
            approvals,
            receipts: receipts(&detail.deliveries),
            signature,
            steps: detail.steps.into_iter().map(|step| step_view(step, names)).collect(),
            next: detail.next.into_iter().map(platform::bulletins::Action::as_str).collect(),
        }
    }
}

fn receipts(deliveries: &[Delivery]) -> Option<ReceiptCounts> {
    (!deliveries.is_empty()).then(|| ReceiptCounts {
        sent: deliveries.len(),
        delivered: deliveries.iter().filter(|delivery| delivery.delivered_at.is_some()).count(),
        read: deliveries.iter().filter(|delivery| delivery.read_at.is_some()).count(),
    })
}

fn step_view(step: BulletinStep, names: &Names) -> BulletinStepView {
    BulletinStepView {
        at: step.at.into(),
        event: step.event,
        from: step.from.map(domain::bulletin::life::BulletinState::as_str),
        to: step.to.as_str(),
        revision: step.revision,
        by: name(names, step.actor_id),
        note: step.note,
    }
}

/// A column of an annex.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnnexColumn {
    /// Heading.
    pub title: String,
}

/// A field of an annex as the documents print it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnnexField {
    /// What it says; a dash where there is nothing to say.
    pub text: String,
    /// Numbers stand to the right.
    pub is_number: bool,
}

/// Rows of an annex.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnnexRows {
    /// Columns from left to right.
    pub columns: Vec<AnnexColumn>,
    /// Rows; each as long as `columns`.
    pub rows: Vec<Vec<AnnexField>>,
    /// Remarks under the table.
    pub notes: Vec<String>,
    /// Token of the rows after these; none at the end.
    pub next: Option<String>,
}

impl AnnexRows {
    /// `limit` rows after the first `after`.
    pub fn of(annex: Annex, percent: PercentFormat, after: usize, limit: usize) -> Self {
        let field = |value: &Value| AnnexField {
            text: value.text(percent),
            is_number: !matches!(value, Value::Text(_) | Value::Day(_) | Value::Absent),
        };
        let fields = |row: &Vec<Value>| row.iter().map(field).collect();
        let more = annex.rows.len() > after.saturating_add(limit);
        Self {
            columns: annex.columns.into_iter().map(|column| AnnexColumn { title: column.title }).collect(),
            rows: annex.rows.iter().skip(after).take(limit).map(fields).collect(),
            notes: annex.notes,
            next: more.then(|| (after + limit).to_string()),
        }
    }
}

/// A receipt of one addressee.
#[derive(Debug, Serialize, ToSchema)]
pub struct Receipt {
    /// The region it was sent to.
    pub region_id: Option<Uuid>,
    /// Or the unit.
    pub unit_id: Option<Uuid>,
    /// Name of the addressee.
    pub name: String,
    /// When it reached an account; none where the addressee has none yet.
    pub delivered_at: Option<Moment>,
    /// When it was read.
    pub read_at: Option<Moment>,
    /// By whom.
    pub read_by: Option<String>,
}

impl Receipt {
    /// From a delivery and the names of people.
    pub fn of(delivery: Delivery, names: &Names) -> Self {
        Self {
            region_id: delivery.region_id.map(|id| id.0),
            unit_id: delivery.unit_id.map(|id| id.0),
            name: delivery.name,
            delivered_at: moment(delivery.delivered_at),
            read_at: moment(delivery.read_at),
            read_by: delivery.read_by.map(|id| name(names, Some(id))),
        }
    }
}

/// Something in the inbox.
#[derive(Debug, Serialize, ToSchema)]
pub struct InboxEntry {
    /// `consultation`: a draft to answer; `bulletin`: one to read.
    pub kind: &'static str,
    /// The bulletin.
    pub bulletin_id: Uuid,
    /// Its title.
    pub title: String,
    /// When it came.
    pub at: Moment,
    /// When it was first read.
    pub read_at: Option<Moment>,
    /// Until when an answer is awaited.
    pub due_at: Option<Moment>,
}

impl From<InboxItem> for InboxEntry {
    fn from(item: InboxItem) -> Self {
        Self {
            kind: match item.kind {
                InboxKind::Consultation => "consultation",
                InboxKind::Bulletin => "bulletin",
            },
            bulletin_id: item.bulletin_id.0,
            title: item.title,
            at: item.at.into(),
            read_at: moment(item.read_at),
            due_at: moment(item.due_at),
        }
    }
}

/// The customer's template in force.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct TemplateState {
    /// File name as uploaded; none: there is no template.
    pub name: Option<String>,
    /// When it was uploaded.
    pub uploaded_at: Option<Moment>,
    /// Bytes.
    pub bytes: Option<i64>,
    /// SHA-256 of the file.
    pub sha256: Option<String>,
}

/// A bulletin to write.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBulletin {
    /// Id of a snapshot, or `latest`.
    pub snapshot_id: String,
    /// Id of an earlier snapshot that changes are counted from.
    pub compare_snapshot_id: Option<String>,
    /// What the office decides; absent fields keep their defaults (`GET /api/bulletins/settings`).
    #[schema(value_type = Option<Object>)]
    pub settings: Option<Settings>,
}

/// New settings of a draft: the version read, and beside it the fields of the settings.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes the body; its other fields are those of the settings")]
pub struct ChangedSettings {
    /// The version that was read.
    pub version: i64,
}

/// An approval to give.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewApproval {
    /// The version that was read.
    pub version: i64,
    /// Why errors of the linter or open objections are passed over; kept on record.
    pub override_reason: Option<String>,
}
