//! Scores (评分): the file of an organisation's month is gathered from rows, counted by [`domain::duty::score`], and kept with its figure once
//! every day of the month is closed in the ledger.
//!
//! The figure comes from the file alone: whoever has the file and the published rules gets the same number without the platform.

use domain::access::Access;
use domain::alarm::Limits;
use domain::beijing::{day_after, day_of};
use domain::duty::ledger::Correction;
use domain::duty::score::file::{FORMAT, Month, RULES, ScoreFile, ScoredAlarm, ScoredDay};
use domain::ids::OrganisationId;
use domain::role::Capability;
use jiff::Timestamp;
use store::{NewScore, RoomDayFilter, ScoreRow, sha256, sha256_hex};
use tracing::{info, warn};

use crate::{Ask, Platform, PlatformError};

/// Months that one look back makes up for, after a long rest.
const MONTHS_MAX: usize = 24;

/// The score of a month as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthScore {
    /// The file it follows from.
    pub file: ScoreFile,
    /// The file as text, byte by byte what [`MonthScore::digest`] is of.
    pub text: String,
    /// SHA-256 of the text, hex.
    pub digest: String,
    /// When it was kept; none while the month is not closed and the figure may still change.
    pub kept_at: Option<Timestamp>,
}

impl Platform {
    /// Scores in the asker's reach, the last month first and the best first within it.
    pub async fn scores(
        &self,
        ask: &Ask,
        organisation: Option<OrganisationId>,
        month: Option<Month>,
    ) -> Result<Vec<ScoreRow>, PlatformError> {
        ask.access.need(Capability::SeeLedger)?;
        Ok(self.inner.store.scores(&ask.access, organisation, month).await?)
    }

    /// The score of a month: as it was kept, or as its rows stand now where the month is not closed yet.
    pub async fn month_score(
        &self,
        ask: &Ask,
        organisation: OrganisationId,
        month: Month,
    ) -> Result<MonthScore, PlatformError> {
        ask.access.need(Capability::SeeLedger)?;
        match self.inner.store.score_file(&ask.access, organisation, month).await {
            Ok((row, text)) => {
                let file = serde_json::from_str(&text)
                    .map_err(|error| PlatformError::Internal(format!("score of {organisation}: {error}")))?;
                Ok(MonthScore { file, digest: store::hex(&row.digest), text, kept_at: Some(row.made_at) })
            }
            Err(error) if error.kind() == store::ErrorKind::NotFound => {
                // Whoever sees no step of it is not within reach.
                if self.inner.store.organisation_steps(&ask.access, organisation).await?.is_empty() {
                    return Err(PlatformError::NotFound);
                }
                if month.first() > day_of(ask.now) {
                    return Err(PlatformError::field("month", "not_begun", "the month has not begun"));
                }
                let file = self.score_file(organisation, month).await?;
                let text = text_of(&file)?;
                Ok(MonthScore { digest: sha256_hex(text.as_bytes()), file, text, kept_at: None })
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Keeps the scores of months whose days are all closed.
    pub async fn keep_scores(&self, now: Timestamp) -> Result<(), PlatformError> {
        let store = &self.inner.store;
        let Some(closed) = store.ledger_days(1).await?.first().map(|one| one.day) else { return Ok(()) };
        let Some(first) = store.first_room_day().await? else { return Ok(()) };
        let mut month = Month::of(closed);
        if closed < month.last() {
            month = month.before();
        }
        for _ in 0..MONTHS_MAX {
            if month < Month::of(first) {
                break;
            }
            for organisation in store.unscored(month).await? {
                if let Err(error) = self.keep_score(organisation, month, now).await {
                    warn!(%organisation, month = month.text(), %error, "score not kept");
                }
            }
            month = month.before();
        }
        Ok(())
    }

    async fn keep_score(
        &self,
        organisation_id: OrganisationId,
        month: Month,
        now: Timestamp,
    ) -> Result<(), PlatformError> {
        let file = self.score_file(organisation_id, month).await?;
        let text = text_of(&file)?;
        let new = NewScore {
            organisation_id,
            month,
            rules: file.rules,
            hundredths: file.hundredths,
            digest: sha256(text.as_bytes()),
            file: text,
            made_at: now,
        };
        if self.inner.store.add_score(&new).await? {
            info!(organisation = %organisation_id, month = month.text(), hundredths = new.hundredths, "score of a month kept");
        }
        Ok(())
    }

    /// The file of a month from the rows as they stand.
    async fn score_file(
        &self,
        organisation_id: OrganisationId,
        month: Month,
    ) -> Result<ScoreFile, PlatformError> {
        let store = &self.inner.store;
        let record = store.organisation(&Access::PLATFORM, organisation_id).await?.record;
        let span = month.span();
        let alarms = store.served_alarms(organisation_id, span).await?;
        let mut file = ScoreFile {
            format: FORMAT.to_owned(),
            rules: RULES.to_owned(),
            organisation_id,
            organisation: record.name,
            credit_code: record.credit_code,
            month: month.text(),
            room_days: self.scored_days(organisation_id, month).await?,
            roll_calls: store.scored_calls(organisation_id, span).await?,
            alarms: alarms
                .into_iter()
                .map(|one| ScoredAlarm {
                    id: one.id,
                    rings_at: one.rings_at,
                    taken_at: one.taken_at,
                    limit_s: u32::try_from(Limits::of(one.level).take_s).unwrap_or(u32::MAX),
                })
                .collect(),
            drills: store.scored_drills(organisation_id, span).await?,
            findings: store.scored_findings(organisation_id, span).await?,
            hundredths: 0,
        };
        file.hundredths = file.score().hundredths;
        file.check()
            .map_err(|fault| PlatformError::Internal(format!("score of {organisation_id}: {fault}")))?;
        Ok(file)
    }

    /// Closed days of the organisation's rooms, with what people corrected.
    async fn scored_days(
        &self,
        organisation_id: OrganisationId,
        month: Month,
    ) -> Result<Vec<ScoredDay>, PlatformError> {
        let corrections = self.corrections_of(month.first(), month.last()).await?;
        let mut days = Vec::new();
        let mut day = month.first();
        // Day by day: the rows of one question are limited, and a month of many rooms is more.
        while day <= month.last() {
            let filter =
                RoomDayFilter { from: day, to: day, organisation_id: Some(organisation_id), room_id: None };
            for row in self.inner.store.room_days(&Access::PLATFORM, &filter).await? {
                if row.closed_at.is_none() {
                    continue;
                }
                let of_room: &[Correction] =
                    corrections.get(&(row.kept.room_id, row.day)).map_or(&[], Vec::as_slice);
                let totals = crate::ledger::totals_of(&row, of_room)?;
                days.push(ScoredDay {
                    room_id: row.kept.room_id,
                    day: row.day,
                    required: totals.required,
                    proven: totals.proven,
                    exempt: totals.exempt,
                    camera: row.kept.camera,
                });
            }
            day = day_after(day, 1);
        }
        Ok(days)
    }
}

/// The file as it is kept and handed out: two spaces deep, so that a person can read it.
fn text_of(file: &ScoreFile) -> Result<String, PlatformError> {
    serde_json::to_string_pretty(file).map_err(|error| PlatformError::Internal(error.to_string()))
}
