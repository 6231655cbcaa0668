//! Reports of duty (值守报表): counted from the ledger, roll-calls, alarms and what was signed at seats, put into words by
//! [`domain::duty::report`], sealed as canonical JSON, signed by the platform, and printed from the seal.
//!
//! Nobody types a number, and what was sealed stays: a report made again later is another one. The signature says that the platform counted so; the
//! people who did the duty have signed their own sheets, whose names stand in the report.

mod daily;
mod weekly;

use domain::bulletin::edition::{Edition, Signature};
use domain::ids::{AlarmId, DutyReportId, OrganisationId, RegionId};
use domain::recording::Span;
use domain::role::Capability;
use jiff::civil::Date;
use store::{DutyReport, DutyReportFilter, NewDutyReport, Page, PageAsk, sha256_hex};

use crate::audit::Object;
use crate::bulletins::{Document, DocumentFormat, Paper};
use crate::signing::{Purpose, Scheme};
use crate::{Ask, Platform, PlatformError};

/// Which report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportKind {
    /// 值守日报: an organisation's day from 08:00 to 08:00.
    Daily,
    /// 值守周报: seven days of the organisations of a region.
    Weekly,
    /// 告警处置单: one alarm.
    Alarm,
    /// 火情报告: one confirmed fire.
    Incident,
}

impl ReportKind {
    /// The word used in rows and requests.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Alarm => "alarm",
            Self::Incident => "incident",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Daily, Self::Weekly, Self::Alarm, Self::Incident]
            .into_iter()
            .find(|kind| kind.as_str() == word)
    }
}

/// A report as somebody wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportWish {
    /// Which.
    pub kind: ReportKind,
    /// Of which organisation; a daily report needs one.
    pub organisation_id: Option<OrganisationId>,
    /// The day on which a daily report begins, the last day of a weekly one.
    pub day: Date,
}

/// What a report is about, with its words.
pub(crate) struct Written {
    pub(crate) kind: ReportKind,
    pub(crate) edition: Edition,
    pub(crate) organisation_id: Option<OrganisationId>,
    pub(crate) region_id: Option<RegionId>,
    pub(crate) alarm_id: Option<AlarmId>,
    pub(crate) span: Span,
}

impl Platform {
    /// Reports in the asker's reach, last made first.
    pub async fn duty_reports(
        &self,
        ask: &Ask,
        filter: &DutyReportFilter,
        page: &PageAsk,
    ) -> Result<Page<DutyReport>, PlatformError> {
        // The papers of an alarm belong to whoever sees the alarm.
        ask.access.need(if filter.alarm_id.is_some() {
            Capability::SeeAlarms
        } else {
            Capability::SeeLedger
        })?;
        Ok(self.inner.store.duty_reports(&ask.access, filter, page).await?)
    }

    /// Makes a report, seals and signs it.
    pub async fn make_duty_report(&self, ask: &Ask, wish: ReportWish) -> Result<DutyReport, PlatformError> {
        ask.access.need(Capability::MakeDutyReports)?;
        let written = match wish.kind {
            ReportKind::Daily => self.write_daily(ask, wish).await?,
            ReportKind::Weekly => self.write_weekly(ask, wish.day).await?,
            ReportKind::Alarm | ReportKind::Incident => {
                return Err(PlatformError::field(
                    "kind",
                    "not_here",
                    "this paper is made on the alarm's page",
                ));
            }
        };
        self.keep_report(ask, written, "duty_report_make").await
    }

    /// Seals, signs and keeps a report; `action` is what the audit calls it.
    pub(crate) async fn keep_report(
        &self,
        ask: &Ask,
        written: Written,
        action: &str,
    ) -> Result<DutyReport, PlatformError> {
        let new = self.seal_report(ask, written).await?;
        self.inner.store.add_duty_report(&ask.access, &new).await?;
        self.audit(ask, action, object(&new), "ok", Some(new.digest.clone())).await?;
        Ok(self.inner.store.duty_report(&ask.access, new.id).await?)
    }

    /// Seals and signs a report; it is not kept yet.
    pub(crate) async fn seal_report(
        &self,
        ask: &Ask,
        written: Written,
    ) -> Result<NewDutyReport, PlatformError> {
        let value = serde_json::to_value(&written.edition)
            .map_err(|error| PlatformError::Internal(error.to_string()))?;
        let content =
            crate::canonical::bytes(&value).map_err(|error| PlatformError::Internal(error.to_string()))?;
        let digest = sha256_hex(&content);
        let key = self.signing_key(ask.now).await?;
        let signed = self.sign(&key, Purpose::DutyReport, &digest)?;
        Ok(NewDutyReport {
            id: DutyReportId(self.inner.surroundings.id(ask.now)),
            kind: written.kind.as_str().to_owned(),
            title: written.edition.bulletin.title.clone(),
            organisation_id: written.organisation_id,
            region_id: written.region_id,
            alarm_id: written.alarm_id,
            span: written.span,
            made_at: ask.now,
            content: String::from_utf8(content)
                .map_err(|error| PlatformError::Internal(error.to_string()))?,
            digest,
            key_id: signed.key_id,
            signature: signed.value,
        })
    }

    /// A report as a file, printed from its seal.
    pub async fn duty_report_document(
        &self,
        ask: &Ask,
        id: DutyReportId,
        format: DocumentFormat,
    ) -> Result<Document, PlatformError> {
        if !ask.access.may(Capability::SeeAlarms) {
            ask.access.need(Capability::SeeLedger)?;
        }
        let kept = self.inner.store.duty_report(&ask.access, id).await?;
        let made = &kept.made;
        if made.alarm_id.is_none() {
            ask.access.need(Capability::SeeLedger)?;
        }
        let bytes = if matches!(format, DocumentFormat::Json) {
            made.content.clone().into_bytes()
        } else {
            let mut edition: Edition = serde_json::from_str(&made.content)
                .map_err(|error| PlatformError::Internal(format!("report {id}: {error}")))?;
            edition.proof.signature = Some(Signature {
                algorithm: Scheme::Ed25519.as_str().to_owned(),
                key_id: made.key_id.clone(),
                digest: made.digest.clone(),
                value: made.signature.clone(),
                signer: "平台".to_owned(),
            });
            match format {
                DocumentFormat::Text => edition.bulletin.text.into_bytes(),
                _ => self.print(edition, format, Paper::Plain).await?,
            }
        };
        self.audit(ask, "duty_report_export", object(made), "ok", Some(format.ending().to_owned())).await?;
        let name: String = made.title.chars().filter(|one| one.is_alphanumeric()).collect();
        Ok(Document {
            bytes,
            content_type: format.content_type(),
            file_name: format!("{name}.{}", format.ending()),
        })
    }
}

fn object(made: &NewDutyReport) -> Object {
    Object {
        kind: "duty_report",
        id: Some(made.id.to_string()),
        name: Some(made.title.clone()),
        unit_id: None,
    }
}
