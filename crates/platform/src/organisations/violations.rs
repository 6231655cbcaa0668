//! Violation files (违规档案): entries that an office opens on rows of the platform, or that follow from an upheld suspicion; the organisation's
//! reply and appeal; the decision. What an entry rests on is gathered here and never typed: where no row supports it, there is no entry.

use domain::access::{Access, Scope};
use domain::beijing::{day_after, day_of};
use domain::duty::roll_call::RollCallState;
use domain::ids::{DutyRoomId, OrganisationId, StaffId, ViolationId};
use domain::organisation::violation::{
    REPLY_WITHIN, SPAN_MAX, Standing, ViolationEvent, ViolationKind, ViolationRefusal, ViolationState, decide,
};
use domain::recording::Span;
use domain::role::Capability;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use store::{
    NewViolation, Page, PageAsk, RoomDayFilter, ViolationChange, ViolationFilter, ViolationRow,
    ViolationStep, hex, sha256,
};
use tracing::info;

use crate::audit::Object;
use crate::events::Event;
use crate::ledger::EvidenceRow;
use crate::{Ask, Platform, PlatformError};

/// Longest words of a step, in characters.
const WORDS_CHARS_MAX: usize = 2000;
/// Most rows of one entry. A worse month is several entries.
const ROWS_MAX: usize = 2000;

/// An entry as an office wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViolationWish {
    /// Against whom.
    pub organisation_id: OrganisationId,
    /// What it is about; feigned duty comes from suspicions alone.
    pub kind: ViolationKind,
    /// Of which stretch.
    pub span: Span,
    /// In one room alone.
    pub room_id: Option<DutyRoomId>,
    /// Whose certificate is false.
    pub staff_id: Option<StaffId>,
    /// What is held against it.
    pub words: String,
}

/// A step that somebody takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViolationStepWish {
    /// What.
    pub event: ViolationEvent,
    /// What they say.
    pub words: String,
    /// The version the person was looking at.
    pub version: i64,
}

/// An entry with what happened to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViolationDetail {
    /// As it stands.
    pub row: ViolationRow,
    /// What happened, in order.
    pub steps: Vec<ViolationStep>,
    /// Whether the package still has the digest that was kept.
    pub is_intact: bool,
}

#[derive(Serialize)]
struct Package<'a> {
    format: &'static str,
    kind: &'static str,
    organisation_id: OrganisationId,
    room_id: Option<DutyRoomId>,
    staff_id: Option<StaffId>,
    from: Timestamp,
    until: Timestamp,
    words: &'a str,
    rows: &'a [EvidenceRow],
    opened_at: Timestamp,
}

impl Platform {
    /// Entries in the asker's reach, last opened first.
    pub async fn violations(
        &self,
        ask: &Ask,
        filter: &ViolationFilter,
        page: &PageAsk,
    ) -> Result<Page<ViolationRow>, PlatformError> {
        ask.access.need(Capability::SeeLedger)?;
        Ok(self.inner.store.violations(&ask.access, filter, page).await?)
    }

    /// One entry.
    pub async fn violation(&self, ask: &Ask, id: ViolationId) -> Result<ViolationDetail, PlatformError> {
        ask.access.need(Capability::SeeLedger)?;
        let row = self.inner.store.violation(&ask.access, id).await?;
        let steps = self.inner.store.violation_steps(&ask.access, id).await?;
        let is_intact = sha256(row.opened.package.as_bytes()) == row.opened.digest;
        Ok(ViolationDetail { row, steps, is_intact })
    }

    /// Opens an entry on what the rows of the platform say.
    pub async fn open_violation(
        &self,
        ask: &Ask,
        wish: ViolationWish,
    ) -> Result<ViolationDetail, PlatformError> {
        ask.access.need(Capability::DecideSuspicions)?;
        let words = said(&wish.words)?;
        let length = wish.span.end.duration_since(wish.span.start);
        if length <= SignedDuration::ZERO || length > SPAN_MAX || wish.span.start > ask.now {
            return Err(PlatformError::field(
                "until",
                "out_of_range",
                "after its beginning, within 31 days, not to come",
            ));
        }
        // Within reach, or not there at all.
        if self.inner.store.organisation_steps(&ask.access, wish.organisation_id).await?.is_empty() {
            return Err(PlatformError::NotFound);
        }
        let rows = self.supporting_rows(ask, &wish).await?;
        if rows.is_empty() {
            return Err(PlatformError::field(
                "kind",
                "nothing_found",
                "no row of the platform in this stretch supports it",
            ));
        }
        if rows.len() > ROWS_MAX {
            return Err(PlatformError::field(
                "until",
                "too_many",
                format!("more than {ROWS_MAX} rows: take a shorter stretch"),
            ));
        }
        let package = Package {
            format: "watchfire-violation/1",
            kind: wish.kind.as_str(),
            organisation_id: wish.organisation_id,
            room_id: wish.room_id,
            staff_id: wish.staff_id,
            from: wish.span.start,
            until: wish.span.end,
            words: &words,
            rows: &rows,
            opened_at: ask.now,
        };
        let package =
            serde_json::to_string(&package).map_err(|error| PlatformError::Internal(error.to_string()))?;
        let new = NewViolation {
            id: ViolationId(self.inner.surroundings.id(ask.now)),
            organisation_id: wish.organisation_id,
            kind: wish.kind,
            span: wish.span,
            room_id: wish.room_id,
            staff_id: wish.staff_id,
            suspicion_id: None,
            words,
            row_count: rows.len() as u32,
            digest: sha256(package.as_bytes()),
            package,
            state: ViolationState::Opened,
            opened_at: ask.now,
            reply_until: ask.now.saturating_add(REPLY_WITHIN).unwrap_or(Timestamp::MAX),
            confirmed_by: None,
        };
        let row = self.inner.store.open_violation(&ask.access, &new).await?;
        self.audit(ask, "violation_open", object(&row), "ok", Some(hex(&row.opened.digest))).await?;
        self.inner.events.publish(Event::Organisations);
        self.violation(ask, new.id).await
    }

    /// Replies, confirms, dismisses, appeals, upholds or withdraws.
    pub async fn step_violation(
        &self,
        ask: &Ask,
        id: ViolationId,
        wish: ViolationStepWish,
    ) -> Result<ViolationDetail, PlatformError> {
        ask.access.need(capability(wish.event))?;
        let row = self.inner.store.violation(&ask.access, id).await?;
        if row.version != wish.version {
            return Err(PlatformError::Conflict("the entry has changed since; look again".to_owned()));
        }
        let words = wish.words.trim();
        let to = decide(&standing(ask, &row), wish.event, words, ask.now).map_err(refused)?;
        let change = ViolationChange { event: wish.event, to, words: said(words)?, at: ask.now };
        self.inner.store.change_violation(&ask.access, id, wish.version, &change).await?;
        let action = format!("violation_{}", wish.event.as_str());
        self.audit(ask, &action, object(&row), "ok", Some(change.words)).await?;
        self.inner.events.publish(Event::Organisations);
        self.violation(ask, id).await
    }

    /// What the asker may do with an entry.
    pub fn violation_events(ask: &Ask, row: &ViolationRow) -> Vec<ViolationEvent> {
        let may = |event: &ViolationEvent| {
            let is_theirs = !event.is_organisations()
                || ask.access.scope == Some(Scope::Organisation(row.opened.organisation_id));
            is_theirs
                && ask.access.may(capability(*event))
                && decide(&standing(ask, row), *event, "…", ask.now).is_ok()
        };
        ViolationEvent::ALL.into_iter().filter(may).collect()
    }

    /// Brings upheld suspicions into the files: the reply was heard there, so an entry begins as confirmed and can be appealed against.
    pub async fn file_upheld_suspicions(&self, now: Timestamp) -> Result<(), PlatformError> {
        for (suspicion, by, words) in self.inner.store.unfiled_suspicions().await? {
            let raised = &suspicion.raised;
            let new = NewViolation {
                id: ViolationId(self.inner.surroundings.id(now)),
                organisation_id: raised.organisation_id,
                kind: ViolationKind::FeignedDuty,
                span: raised.span,
                room_id: raised.room_id,
                staff_id: raised.staff_id,
                suspicion_id: Some(raised.id),
                words,
                package: raised.package.clone(),
                row_count: 1,
                digest: raised.digest,
                state: ViolationState::Confirmed,
                opened_at: now,
                reply_until: now,
                confirmed_by: Some(by),
            };
            match self.inner.store.open_violation(&Access::PLATFORM, &new).await {
                Ok(row) => {
                    info!(violation = %row.opened.id, suspicion = %raised.id, "upheld suspicion filed");
                }
                // Another process was faster.
                Err(error) if error.kind() == store::ErrorKind::Conflict => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// The rows of the platform that say what the wish says.
    async fn supporting_rows(
        &self,
        ask: &Ask,
        wish: &ViolationWish,
    ) -> Result<Vec<EvidenceRow>, PlatformError> {
        match wish.kind {
            ViolationKind::FeignedDuty => Err(PlatformError::field(
                "kind",
                "from_suspicions",
                "feigned duty is entered when a suspicion is upheld",
            )),
            ViolationKind::DutyGap => {
                self.minutes_of(ask, wish, |state, _| state.is_required() && !state.is_proven()).await
            }
            ViolationKind::FalseClaim => {
                self.minutes_of(ask, wish, |state, is_claimed| is_claimed && state.contradicts()).await
            }
            ViolationKind::RollCallsFailed => {
                let calls = self.inner.store.scored_calls(wish.organisation_id, wish.span).await?;
                let failed = calls.into_iter().filter(|one| {
                    matches!(one.state, RollCallState::Absent | RollCallState::Late)
                        && wish.room_id.is_none_or(|room| room == one.room_id)
                });
                Ok(failed
                    .map(|one| {
                        EvidenceRow::of(
                            "roll_call",
                            format!("{} {} {} {}", one.id, one.room_id, one.asked_at, one.state.as_str()),
                        )
                    })
                    .collect())
            }
            ViolationKind::AlarmsLate => {
                let alarms = self.inner.store.served_alarms(wish.organisation_id, wish.span).await?;
                let late = alarms.into_iter().filter(|one| {
                    let limit = SignedDuration::from_secs(domain::alarm::Limits::of(one.level).take_s);
                    one.taken_at.unwrap_or(ask.now).duration_since(one.rings_at) > limit
                });
                Ok(late
                    .map(|one| {
                        let taken = one.taken_at.map_or_else(|| "never".to_owned(), |at| at.to_string());
                        EvidenceRow::of(
                            "alarm",
                            format!("{} {} {} {taken}", one.id, one.unit_id, one.rings_at),
                        )
                    })
                    .collect())
            }
            ViolationKind::FalseCertificate => {
                let Some(id) = wish.staff_id else {
                    return Err(PlatformError::field("staff_id", "required", "whose certificate it is"));
                };
                let member = self.inner.store.staff_member(&ask.access, wish.organisation_id, id).await?;
                let certificate = member.record.certificate.ok_or_else(|| {
                    PlatformError::field("staff_id", "no_certificate", "this person has no certificate")
                })?;
                let (level, query) = (certificate.level.as_str(), certificate.query.as_str());
                Ok(vec![EvidenceRow::of(
                    "certificate",
                    format!("{id} {} {level} {query}", certificate.number),
                )])
            }
        }
    }

    /// Runs of minutes of the organisation's rooms, as the ledger has them.
    async fn minutes_of(
        &self,
        ask: &Ask,
        wish: &ViolationWish,
        wanted: impl Fn(domain::duty::ledger::MinuteState, bool) -> bool,
    ) -> Result<Vec<EvidenceRow>, PlatformError> {
        let (from, to) = (day_of(wish.span.start), day_of(wish.span.end).min(day_of(ask.now)));
        let mut found = Vec::new();
        let mut day = from;
        while day <= to && found.len() <= ROWS_MAX {
            let filter = RoomDayFilter {
                from: day,
                to: day,
                organisation_id: Some(wish.organisation_id),
                room_id: wish.room_id,
            };
            let begin = domain::beijing::begin_of(day);
            for one in self.ledger_rooms(ask, &filter).await? {
                for run in &one.runs {
                    let at = |minute: u16| begin + SignedDuration::from_mins(i64::from(minute));
                    let is_within =
                        at(run.from) < wish.span.end && at(run.from + run.minutes) > wish.span.start;
                    if is_within && wanted(run.state, run.is_claimed) {
                        let room = one.row.kept.room_id;
                        let what =
                            format!("{room} {day} {} {} {}", run.from, run.minutes, run.state.as_str());
                        found.push(EvidenceRow::of("ledger_minutes", what));
                    }
                }
            }
            day = day_after(day, 1);
        }
        Ok(found)
    }
}

fn capability(event: ViolationEvent) -> Capability {
    if event.is_organisations() { Capability::ReplySuspicions } else { Capability::DecideSuspicions }
}

fn standing(ask: &Ask, row: &ViolationRow) -> Standing {
    Standing {
        state: row.opened.state,
        reply_until: row.opened.reply_until,
        confirmed_at: row.confirmed_at,
        confirmed_by_actor: row.opened.confirmed_by.is_some()
            && row.opened.confirmed_by == ask.access.user_id,
    }
}

/// Words that are there, trimmed.
fn said(words: &str) -> Result<String, PlatformError> {
    let words = words.trim();
    let length = words.chars().count();
    if length == 0 || length > WORDS_CHARS_MAX {
        return Err(PlatformError::field("words", "invalid", format!("1 to {WORDS_CHARS_MAX} characters")));
    }
    Ok(words.to_owned())
}

fn refused(refusal: ViolationRefusal) -> PlatformError {
    let message = refusal.to_string();
    match refusal {
        ViolationRefusal::WordsMissing(_) => PlatformError::field("words", "required", message),
        ViolationRefusal::NotNow(..)
        | ViolationRefusal::ReplyAwaited
        | ViolationRefusal::AppealTooLate
        | ViolationRefusal::SamePerson => PlatformError::Conflict(message),
    }
}

fn object(row: &ViolationRow) -> Object {
    Object {
        kind: "violation",
        id: Some(row.opened.id.to_string()),
        name: Some(format!("{} {}", row.organisation_name, row.opened.kind.name_zh())),
        unit_id: None,
    }
}
