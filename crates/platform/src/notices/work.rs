//! Working a notice: reading it, signing, replying, reviewing, taking it to the level above; and what the platform does by itself.

use domain::alarm::Rung;
use domain::ids::NoticeId;
use domain::notice::{NoticeEvent, above, decide};
use domain::role::Capability;
use jiff::Timestamp;
use store::{
    ChainRole, NoticeAct, NoticeCounts, NoticeQuery, NoticeRow, NoticeRung, NoticeStates, NoticeStep,
    NoticeTelling, NoticedAlarm, Notified, Page, PageAsk,
};
use tracing::info;

use super::{NOTE_LEN_MAX, REPLY_LEN_MAX, notice_object, words};
use crate::{Ask, Platform, PlatformError};

/// Steps offered to people, in the order of their buttons.
const OFFERED: [NoticeEvent; 7] = [
    NoticeEvent::Send,
    NoticeEvent::Sign,
    NoticeEvent::Reply,
    NoticeEvent::Accept,
    NoticeEvent::Return,
    NoticeEvent::Escalate,
    NoticeEvent::Withdraw,
];

/// A notice with its chain and everything that happened to it.
#[derive(Debug, Clone)]
pub struct NoticeDetail {
    /// As it stands.
    pub row: NoticeRow,
    /// Its chain, from the sender down, then what it climbed to.
    pub levels: Vec<NoticeLevel>,
    /// Steps, oldest first.
    pub steps: Vec<NoticeStep>,
    /// What the asker may do now.
    pub next: Vec<NoticeEvent>,
    /// True where the asker's level was told and has not signed.
    pub owes_receipt: bool,
}

/// One level of the chain, with who was told by what.
#[derive(Debug, Clone)]
pub struct NoticeLevel {
    /// The level.
    pub rung: NoticeRung,
    /// Its lines of the log.
    pub notified: Vec<Notified>,
}

/// A step a person wants to take.
#[derive(Debug, Clone)]
pub struct NoticeStepWish {
    /// What.
    pub event: NoticeEvent,
    /// The version the person was looking at.
    pub version: i64,
    /// The reply, or why.
    pub words: Option<String>,
    /// The new deadline of what is returned; none: as configured.
    pub deadline_at: Option<Timestamp>,
}

impl Platform {
    /// Notices in the asker's reach, newest first. `awaiting` asks for those in which something waits for the asker's level.
    pub async fn notices(
        &self,
        ask: &Ask,
        awaiting: bool,
        query: &NoticeQuery,
        page: &PageAsk,
    ) -> Result<Page<NoticeRow>, PlatformError> {
        ask.access.need(Capability::SeeNotices)?;
        let mut query = *query;
        if awaiting {
            let Some(level) = level(ask) else { return Ok(Page { items: Vec::new(), next: None }) };
            query.states = NoticeStates::Awaiting(level);
        }
        Ok(self.inner.store.notices(&ask.access, &query, page).await?)
    }

    /// How many there are of each.
    pub async fn notice_counts(&self, ask: &Ask) -> Result<NoticeCounts, PlatformError> {
        ask.access.need(Capability::SeeNotices)?;
        Ok(self.inner.store.notice_counts(&ask.access, level(ask), ask.now).await?)
    }

    /// One notice; looking is noted in the log of who was told.
    pub async fn notice(&self, ask: &Ask, id: NoticeId) -> Result<NoticeDetail, PlatformError> {
        ask.access.need(Capability::SeeNotices)?;
        let store = &self.inner.store;
        let row = store.notice(&ask.access, id).await?;
        store.saw_notice(&ask.access, id, ask.now).await?;
        let notified = store.notice_notified(&ask.access, id).await?;
        let of_rung = |rung: &NoticeRung| {
            notified.iter().filter(|line| line.rung_seq == rung.seq).cloned().collect::<Vec<_>>()
        };
        let rungs = store.notice_rungs(&ask.access, id).await?;
        let levels: Vec<NoticeLevel> =
            rungs.into_iter().map(|rung| NoticeLevel { notified: of_rung(&rung), rung }).collect();
        let steps = store.notice_steps(&ask.access, id).await?;
        Ok(NoticeDetail {
            next: next_events(ask, &row),
            owes_receipt: owes_receipt(ask, &row, &levels),
            row,
            levels,
            steps,
        })
    }

    /// What a notice is about, the longest overdue first.
    pub async fn notice_alarms(
        &self,
        ask: &Ask,
        id: NoticeId,
        page: &PageAsk,
    ) -> Result<Page<NoticedAlarm>, PlatformError> {
        ask.access.need(Capability::SeeNotices)?;
        Ok(self.inner.store.notice_alarms(&ask.access, id, page).await?)
    }

    /// Takes one step on a notice.
    pub async fn step_notice(
        &self,
        ask: &Ask,
        id: NoticeId,
        wish: &NoticeStepWish,
    ) -> Result<NoticeDetail, PlatformError> {
        if wish.event == NoticeEvent::Close {
            return Err(PlatformError::field(
                "event",
                "not_for_people",
                "the platform closes a notice when its alarms have ended",
            ));
        }
        ask.access.need(capability_for(wish.event))?;
        let most = if wish.event == NoticeEvent::Reply { REPLY_LEN_MAX } else { NOTE_LEN_MAX };
        let words = words("words", wish.words.as_deref(), most)?;
        let row = self.inner.store.notice(&ask.access, id).await?;
        if row.notice.version != wish.version {
            return Err(PlatformError::Conflict("the notice has changed since; look again".to_owned()));
        }
        let done = if wish.event == NoticeEvent::Send {
            decide(&row.notice, wish.event, level(ask), None, ask.now)?;
            self.send_draft(ask, &row, wish.version).await?
        } else {
            self.step_row(ask, &row, wish.event, words, wish.deadline_at).await?
        };
        self.audit(ask, &format!("notice_{}", wish.event.as_str()), notice_object(&done), "ok", None).await?;
        self.note_notices();
        self.notice(ask, id).await
    }

    /// Signs for the asker's level: as the party, or as an office through which the notice came. The first counts; again is no error.
    pub async fn sign_notice(
        &self,
        ask: &Ask,
        id: NoticeId,
        note: Option<&str>,
    ) -> Result<NoticeDetail, PlatformError> {
        ask.access.need(Capability::AnswerNotices)?;
        let note = words("note", note, NOTE_LEN_MAX)?;
        let level = level(ask).ok_or(domain::access::Denied(Capability::AnswerNotices))?;
        let row = self.inner.store.notice(&ask.access, id).await?;
        let is_party = level == row.party.level();
        if is_party && row.notice.state == domain::notice::NoticeState::Sent {
            let wish = NoticeStepWish {
                event: NoticeEvent::Sign,
                version: row.notice.version,
                words: note,
                deadline_at: None,
            };
            return self.step_notice(ask, id, &wish).await;
        }
        if !is_party
            && self.inner.store.sign_for_level(&ask.access, id, level, note.as_deref(), ask.now).await?
        {
            self.audit(ask, "notice_sign", notice_object(&row), "ok", Some(level.as_str().to_owned()))
                .await?;
            self.note_notices();
        }
        self.notice(ask, id).await
    }

    /// A step of the platform.
    pub(super) async fn step_by_itself(
        &self,
        id: NoticeId,
        event: NoticeEvent,
        now: Timestamp,
    ) -> Result<(), PlatformError> {
        let ask = Ask::platform(now);
        let row = self.inner.store.notice(&ask.access, id).await?;
        let row = self.step_row(&ask, &row, event, None, None).await?;
        self.audit(&ask, &format!("notice_{}", event.as_str()), notice_object(&row), "ok", None).await?;
        info!(notice = %id, event = event.as_str(), "notice moved");
        self.note_notices();
        Ok(())
    }

    async fn step_row(
        &self,
        ask: &Ask,
        row: &NoticeRow,
        event: NoticeEvent,
        words: Option<String>,
        deadline_at: Option<Timestamp>,
    ) -> Result<NoticeRow, PlatformError> {
        let by = if ask.access.role.is_none() { None } else { level(ask).or(Some(Rung::DutyGuard)) };
        let mut change = decide(&row.notice, event, by, words.as_deref(), ask.now)?;
        let telling = match event {
            NoticeEvent::Return => Some(self.tell_party(row.party, ask.now).await?),
            NoticeEvent::Escalate => {
                let telling = self.office_above(change.escalated_to, row, ask.now).await?;
                change.escalated_to = telling.as_ref().map(|telling| telling.rung);
                telling
            }
            _ => None,
        };
        let deadline_at = match event {
            NoticeEvent::Return => self.deadline(deadline_at, ask.now)?,
            _ => row.notice.deadline_at,
        };
        let act = NoticeAct { event, change, deadline_at, words, telling, at: ask.now };
        let store = &self.inner.store;
        Ok(store.change_notice(&ask.access, row.notice.id, row.notice.version, &act).await?)
    }

    /// The first level from here up on which somebody stands; the highest where nobody does.
    async fn office_above(
        &self,
        from: Option<Rung>,
        row: &NoticeRow,
        now: Timestamp,
    ) -> Result<Option<NoticeTelling>, PlatformError> {
        let mut level = from;
        while let Some(rung) = level {
            let people = match row.party.unit_id() {
                Some(unit) => self.inner.store.people_on_rung(rung, unit, now).await?,
                None => self.inner.store.people_above(rung, row.issuer_region_id).await?,
            };
            let telling = self.telling(rung, ChainRole::Escalation, people).await?;
            if !telling.people.is_empty() || above(rung).is_none() {
                return Ok(Some(telling));
            }
            level = above(rung);
        }
        Ok(None)
    }
}

/// The level of the asker; none for who is on no level.
fn level(ask: &Ask) -> Option<Rung> {
    ask.access.role.and_then(Rung::of)
}

fn capability_for(event: NoticeEvent) -> Capability {
    match event {
        NoticeEvent::Sign | NoticeEvent::Reply => Capability::AnswerNotices,
        _ => Capability::SendNotices,
    }
}

/// What the asker may do now. Words are asked for when a step is taken, so they count as given here.
fn next_events(ask: &Ask, row: &NoticeRow) -> Vec<NoticeEvent> {
    let Some(level) = level(ask) else { return Vec::new() };
    OFFERED
        .into_iter()
        .filter(|event| ask.access.may(capability_for(*event)))
        .filter(|event| decide(&row.notice, *event, Some(level), Some("…"), ask.now).is_ok())
        .collect()
}

fn owes_receipt(ask: &Ask, row: &NoticeRow, levels: &[NoticeLevel]) -> bool {
    let own = level(ask).filter(|_| ask.access.may(Capability::AnswerNotices));
    let owes = |one: &NoticeLevel| Some(one.rung.rung) == own && one.rung.receipt.is_none();
    !row.notice.state.is_ended() && levels.iter().any(owes)
}
