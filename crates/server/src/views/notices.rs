//! Notices and supervision orders, and the overdue alarms they are about.

use domain::access::Access;
use domain::alarm::Rung;
use domain::ids::AlarmId;
use domain::notice::Excuse;
use jiff::Timestamp;
use platform::notices::{
    NoticeDetail as FoundDetail, NoticeLevel as FoundLevel, NoticePreview as FoundPreview,
    NoticesSent as FoundSent,
};
use platform::rows::{
    NoticeCounts as FoundCounts, NoticeRow, NoticeStep as FoundStep, NoticedAlarm as FoundAlarm,
    OverdueAlarm as FoundOverdue, OverdueParty as FoundParty,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::alarms::{Alarm, AlarmClock};
use super::ladder::{LadderReceipt, Notification};
use super::{Moment, moment};

/// Who answers for overdue alarms that are open.
#[derive(Debug, Serialize, ToSchema)]
pub struct OverdueParty {
    /// `unit` or `organisation`.
    pub party: &'static str,
    /// The unit; null for an organisation.
    pub unit_id: Option<Uuid>,
    /// The organisation; null for a unit.
    pub organisation_id: Option<Uuid>,
    /// Its name.
    pub name: String,
    /// Its city; null for one of the province itself.
    pub city: Option<String>,
    /// Its county.
    pub county: Option<String>,
    /// Overdue alarms that are open.
    pub overdue: u64,
    /// The same of level 1 to 4.
    pub by_level: Vec<u64>,
    /// Of these, with a notice about them already.
    pub noticed: u64,
    /// When the oldest of them was pushed.
    pub oldest_at: Moment,
    /// Notices to the unit in the period, reminders not counted.
    pub notices: u64,
    /// Of these, supervision orders.
    pub orders: u64,
    /// Notices whose reply is late.
    pub unanswered: u64,
    /// When the last notice was sent.
    pub last_notice_at: Option<Moment>,
}

/// An overdue alarm.
#[derive(Debug, Serialize, ToSchema)]
pub struct OverdueAlarm {
    /// As it stands.
    pub alarm: Alarm,
    /// The clock exceeded longest.
    pub worst: AlarmClock,
    /// Notices about it, reminders not counted.
    pub notices: u64,
    /// When the last of them was sent.
    pub last_notice_at: Option<Moment>,
}

/// A notice.
#[derive(Debug, Serialize, ToSchema)]
pub struct Notice {
    /// Id.
    pub id: Uuid,
    /// `reminder`, `notice` or `supervision`.
    pub kind: &'static str,
    /// `drafted`, `sent`, `received`, `replied`, `returned`, `accepted`, `closed` or `withdrawn`.
    pub state: &'static str,
    /// Its number; null for a draft.
    pub number: Option<String>,
    /// `unit` or `organisation`.
    pub party: &'static str,
    /// The unit that answers; null for an organisation.
    pub unit_id: Option<Uuid>,
    /// The organisation that answers; null for a unit.
    pub organisation_id: Option<Uuid>,
    /// The party's name when the notice was written.
    pub party_name: String,
    /// Its city now.
    pub city: Option<String>,
    /// Its county now.
    pub county: Option<String>,
    /// `county`, `city` or `province`.
    pub issuer_level: &'static str,
    /// Region of the office that sends it.
    pub issuer_region: String,
    /// Who wrote it.
    pub issuer: String,
    /// How many notices the unit has had in the period, with this one.
    pub nth: u64,
    /// Alarms that it is about.
    pub alarms: u64,
    /// Of these, still open.
    pub open_alarms: u64,
    /// Levels that were told and have not signed.
    pub unsigned: u64,
    /// Until when the unit signs or replies.
    pub deadline_at: Moment,
    /// True where the deadline has passed and the unit still owes something.
    pub late: bool,
    /// The level it climbed to: `city` or `province`.
    pub escalated_to: Option<&'static str>,
    /// When it climbed.
    pub escalated_at: Option<Moment>,
    /// When it was written.
    pub created_at: Moment,
    /// When it was sent.
    pub sent_at: Option<Moment>,
    /// When it was closed or withdrawn.
    pub ended_at: Option<Moment>,
    /// Counts changes; sent back with every step.
    pub version: i64,
}

/// One notice with its chain and everything that happened to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoticeDetail {
    /// The notice.
    pub notice: Notice,
    /// The text as sent; null for a draft.
    pub body: Option<String>,
    /// In the sender's own words.
    pub remark: Option<String>,
    /// Since when notices to the unit are counted.
    pub period_from: Option<Moment>,
    /// Its chain, from the sender down, then what it climbed to.
    pub levels: Vec<NoticeLevel>,
    /// Steps, oldest first.
    pub steps: Vec<NoticeStep>,
    /// What the asker may do now: words of the events.
    pub next: Vec<&'static str>,
    /// True where the asker's level was told and has not signed.
    pub owes_receipt: bool,
}

/// One level of the chain.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoticeLevel {
    /// `unit`, `county`, `city` or `province`.
    pub rung: &'static str,
    /// `party`, `relay` or `escalation`.
    pub role: &'static str,
    /// When it was told first.
    pub told_at: Moment,
    /// When last.
    pub last_told_at: Moment,
    /// How often.
    pub rounds: u32,
    /// True where nobody has an account of this level there.
    pub is_vacant: bool,
    /// Who signed, when.
    pub receipt: Option<LadderReceipt>,
    /// Who was told, by which channel, with what result.
    pub notified: Vec<Notification>,
}

/// One step.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoticeStep {
    /// When.
    pub at: Moment,
    /// Word of the event; null for the writing of the draft.
    pub event: Option<&'static str>,
    /// State after.
    pub to: &'static str,
    /// Who; null: the platform.
    pub actor: Option<String>,
    /// As what.
    pub role: Option<&'static str>,
    /// The reply, or why.
    pub words: Option<String>,
}

/// An alarm of a notice.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoticedAlarm {
    /// As it stands now.
    pub alarm: Alarm,
    /// The clock exceeded longest when the notice was written.
    pub clock: &'static str,
    /// When that clock ran out.
    pub due_at: Moment,
    /// Notices about this alarm, with this one.
    pub nth: u64,
}

/// Notices counted.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoticeCounts {
    /// Something waits for people of the asker's level: a receipt, a reply, a review.
    pub awaiting: u64,
    /// Not closed and not withdrawn.
    pub open: u64,
    /// The deadline has passed and the unit still owes something.
    pub late: u64,
    /// Climbed and not ended.
    pub escalated: u64,
    /// Drafts of the asker's office.
    pub drafted: u64,
    /// All in the asker's reach.
    pub all: u64,
}

/// Notices to be written. One of `alarm_ids`, `unit_ids` and `organisation_ids` is given.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewNotices {
    /// Chosen by the asker: the same act, asked for again, is done once.
    pub batch_id: Uuid,
    /// `reminder`, `notice` or `supervision`.
    pub kind: String,
    /// These alarms, at most 2000, one notice for each party that answers for some.
    #[serde(default)]
    pub alarm_ids: Vec<Uuid>,
    /// Every overdue alarm of these units, at most 200 units.
    #[serde(default)]
    pub unit_ids: Vec<Uuid>,
    /// Every overdue alarm of the units that these organisations serve, at most 200 organisations.
    #[serde(default)]
    pub organisation_ids: Vec<Uuid>,
    /// To whom: `unit`, `organisation` or `both`; none: to what was named.
    pub to: Option<String>,
    /// With `unit_ids` or `organisation_ids`: only alarms with at least so many notices about them.
    #[serde(default)]
    pub notices_min: u32,
    /// Until when the units sign or reply; none: as configured.
    pub deadline_at: Option<String>,
    /// In the sender's own words, at most 500 characters.
    pub remark: Option<String>,
    /// False to write drafts only.
    #[serde(default = "yes")]
    pub send: bool,
}

fn yes() -> bool {
    true
}

/// What came of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoticesSent {
    /// One for each unit.
    pub notices: Vec<Notice>,
    /// Alarms that need no notice any more.
    pub skipped: Vec<SkippedAlarm>,
}

/// An alarm that needs no notice any more.
#[derive(Debug, Serialize, ToSchema)]
pub struct SkippedAlarm {
    /// Which.
    pub alarm_id: Uuid,
    /// `ended`, `in_time` or `nobody_was_called`.
    pub why: &'static str,
}

/// What would come of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoticePreview {
    /// Parties in the order of their names.
    pub parties: Vec<PreviewParty>,
    /// Alarms that need no notice any more.
    pub skipped: Vec<SkippedAlarm>,
    /// The text to the first of the parties, without its number.
    pub text: Option<String>,
}

/// One party of a preview.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewParty {
    /// `unit` or `organisation`.
    pub party: &'static str,
    /// The unit; null for an organisation.
    pub unit_id: Option<Uuid>,
    /// The organisation; null for a unit.
    pub organisation_id: Option<Uuid>,
    /// Its name.
    pub name: String,
    /// Alarms about which the notice would be.
    pub alarms: usize,
}

/// A step to be taken.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoticeStepRequest {
    /// `send`, `sign`, `reply`, `accept`, `return`, `escalate` or `withdraw`.
    pub event: String,
    /// The version the person was looking at.
    pub version: i64,
    /// The reply (at most 4000 characters), or why it is returned or withdrawn (500).
    pub words: Option<String>,
    /// The new deadline of what is returned; none: as configured.
    pub deadline_at: Option<String>,
}

impl From<FoundParty> for OverdueParty {
    fn from(found: FoundParty) -> Self {
        Self {
            party: found.party.kind(),
            unit_id: found.party.unit_id().map(|id| id.0),
            organisation_id: found.party.organisation_id().map(|id| id.0),
            name: found.name,
            city: found.city,
            county: found.county,
            overdue: found.overdue,
            by_level: found.by_level.to_vec(),
            noticed: found.noticed,
            oldest_at: found.oldest_at.into(),
            notices: found.notices,
            orders: found.orders,
            unanswered: found.unanswered,
            last_notice_at: moment(found.last_notice_at),
        }
    }
}

impl OverdueAlarm {
    /// As `access` sees it at `now`.
    pub fn of(found: FoundOverdue, access: &Access, now: Timestamp) -> Self {
        Self {
            alarm: Alarm::of(found.row, access, now),
            worst: found.worst.into(),
            notices: found.notices,
            last_notice_at: moment(found.last_notice_at),
        }
    }
}

impl NoticedAlarm {
    /// As `access` sees it at `now`.
    pub fn of(found: FoundAlarm, access: &Access, now: Timestamp) -> Self {
        Self {
            alarm: Alarm::of(found.row, access, now),
            clock: found.clock.as_str(),
            due_at: found.due_at.into(),
            nth: found.nth,
        }
    }
}

impl Notice {
    /// As it stands at `now`.
    pub fn of(row: NoticeRow, now: Timestamp) -> Self {
        let notice = row.notice;
        Self {
            id: notice.id.0,
            kind: notice.kind.as_str(),
            state: notice.state.as_str(),
            number: row.number,
            party: row.party.kind(),
            unit_id: row.party.unit_id().map(|id| id.0),
            organisation_id: row.party.organisation_id().map(|id| id.0),
            party_name: row.party_name,
            city: row.city,
            county: row.county,
            issuer_level: notice.issuer_level.as_str(),
            issuer_region: row.issuer_region,
            issuer: row.issuer.1,
            nth: row.nth,
            alarms: row.alarms,
            open_alarms: row.open_alarms,
            unsigned: row.unsigned,
            deadline_at: notice.deadline_at.into(),
            late: notice.is_late(now),
            escalated_to: notice.escalated_to.map(Rung::as_str),
            escalated_at: moment(row.escalated_at),
            created_at: row.created_at.into(),
            sent_at: moment(row.sent_at),
            ended_at: moment(row.ended_at),
            version: notice.version,
        }
    }
}

impl NoticeDetail {
    /// As it stands at `now`.
    pub fn of(mut found: FoundDetail, now: Timestamp) -> Self {
        Self {
            body: found.row.body.take(),
            remark: found.row.remark.take(),
            period_from: moment(found.row.period_from),
            notice: Notice::of(found.row, now),
            levels: found.levels.into_iter().map(NoticeLevel::from).collect(),
            steps: found.steps.into_iter().map(NoticeStep::from).collect(),
            next: found.next.into_iter().map(domain::notice::NoticeEvent::as_str).collect(),
            owes_receipt: found.owes_receipt,
        }
    }
}

impl From<FoundLevel> for NoticeLevel {
    fn from(found: FoundLevel) -> Self {
        let rung = found.rung;
        Self {
            rung: rung.rung.as_str(),
            role: rung.role.as_str(),
            told_at: rung.first_told_at.into(),
            last_told_at: rung.last_told_at.into(),
            rounds: rung.rounds,
            is_vacant: rung.people == 0,
            receipt: rung.receipt.map(LadderReceipt::from),
            notified: found.notified.into_iter().map(Notification::from).collect(),
        }
    }
}

impl From<FoundStep> for NoticeStep {
    fn from(found: FoundStep) -> Self {
        let (actor, role) = found.actor.map(|(_, name, role)| (name, role.as_str())).unzip();
        Self {
            at: found.at.into(),
            event: found.event.map(domain::notice::NoticeEvent::as_str),
            to: found.to.as_str(),
            actor,
            role,
            words: found.words,
        }
    }
}

impl From<FoundCounts> for NoticeCounts {
    fn from(found: FoundCounts) -> Self {
        let FoundCounts { awaiting, open, late, escalated, drafted, all } = found;
        Self { awaiting, open, late, escalated, drafted, all }
    }
}

impl NoticesSent {
    /// As they stand at `now`.
    pub fn of(found: FoundSent, now: Timestamp) -> Self {
        Self {
            notices: found.notices.into_iter().map(|row| Notice::of(row, now)).collect(),
            skipped: found.skipped.into_iter().map(SkippedAlarm::from).collect(),
        }
    }
}

impl From<FoundPreview> for NoticePreview {
    fn from(found: FoundPreview) -> Self {
        let party = |one: platform::notices::PreviewParty| PreviewParty {
            party: one.party.kind(),
            unit_id: one.party.unit_id().map(|id| id.0),
            organisation_id: one.party.organisation_id().map(|id| id.0),
            name: one.name,
            alarms: one.alarms,
        };
        Self {
            parties: found.parties.into_iter().map(party).collect(),
            skipped: found.skipped.into_iter().map(SkippedAlarm::from).collect(),
            text: found.text,
        }
    }
}

impl From<(AlarmId, Excuse)> for SkippedAlarm {
    fn from((id, excuse): (AlarmId, Excuse)) -> Self {
        Self { alarm_id: id.0, why: excuse.as_str() }
    }
}
