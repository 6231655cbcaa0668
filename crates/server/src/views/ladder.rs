//! The ladder of an alarm, and what climbed to an office.

use domain::access::Access;
use jiff::Timestamp;
use platform::alarms::{AlarmLadder as Found, LadderRun as FoundRun, LadderStep as FoundStep};
use platform::rows::{Escalation as FoundEscalation, Notified, Receipt as FoundReceipt};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::alarms::Alarm;
use super::{Moment, moment};

/// Who is told of an alarm while nobody does what its clocks wait for.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlarmLadder {
    /// Runs of clocks that were told of or go on, the present ones last.
    pub runs: Vec<LadderRun>,
    /// True where the asker's office was told and has not acknowledged.
    pub owes_receipt: bool,
}

/// One run of a clock.
#[derive(Debug, Serialize, ToSchema)]
pub struct LadderRun {
    /// `take`, `verify`, `arrive` or `handle`.
    pub clock: &'static str,
    /// When it began.
    pub since: Moment,
    /// True while nobody has done what it waits for.
    pub is_running: bool,
    /// When somebody did; none while it goes on, or where it ended otherwise.
    pub stopped_at: Option<Moment>,
    /// Rungs from the bottom up.
    pub rungs: Vec<LadderStep>,
}

/// One rung of a run.
#[derive(Debug, Serialize, ToSchema)]
pub struct LadderStep {
    /// `duty_guard`, `unit`, `county`, `city` or `province`: people of this role.
    pub rung: &'static str,
    /// When it is or was to be told first.
    pub due_at: Option<Moment>,
    /// `always`, `in_hours` or `out_of_hours`: when it is told.
    pub applies: &'static str,
    /// When it is told next; none where nothing more comes.
    pub next_at: Option<Moment>,
    /// When it was told first; none: not yet.
    pub told_at: Option<Moment>,
    /// How often it was told.
    pub rounds: u32,
    /// True where the rung was found empty: nobody has such an account there.
    pub is_vacant: bool,
    /// True where an acknowledgement is asked for.
    pub owes_receipt: bool,
    /// The acknowledgement.
    pub receipt: Option<LadderReceipt>,
    /// Who was told, by which channel, with what result.
    pub notified: Vec<Notification>,
}

/// An acknowledgement.
#[derive(Debug, Serialize, ToSchema)]
pub struct LadderReceipt {
    /// When.
    pub at: Moment,
    /// Who.
    pub by: String,
    /// What they wrote.
    pub note: Option<String>,
}

/// One line of the notification log.
#[derive(Debug, Serialize, ToSchema)]
pub struct Notification {
    /// With which telling of the rung, from 1.
    pub round: u32,
    /// `in_app`, or the name of a channel.
    pub channel: String,
    /// Name of the person, or of the channel's address.
    pub recipient: String,
    /// `waiting`, `sent` or `given_up`.
    pub state: &'static str,
    /// When the other side took it.
    pub sent_at: Option<Moment>,
    /// How often it was tried.
    pub tries: u32,
    /// What the other side answered, or what went wrong the last time.
    pub answer: Option<String>,
    /// When the person first looked at the alarm after being told.
    pub seen_at: Option<Moment>,
}

/// An alarm that climbed to the asker's office.
#[derive(Debug, Serialize, ToSchema)]
pub struct Escalation {
    /// As it stands.
    pub alarm: Alarm,
    /// The rung.
    pub rung: &'static str,
    /// The clock that ran out.
    pub clock: &'static str,
    /// When the clock began to run.
    pub since: Moment,
    /// When the office was told first.
    pub told_at: Moment,
    /// How often it was told.
    pub rounds: u32,
    /// True where an acknowledgement is asked for.
    pub owes_receipt: bool,
    /// The acknowledgement.
    pub receipt: Option<LadderReceipt>,
}

/// How many acknowledgements the asker's office owes.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReceiptsOwed {
    /// Counted up to 1000.
    pub count: i64,
}

/// An acknowledgement to be given.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReceipt {
    /// In the person's words.
    pub note: Option<String>,
}

impl From<Found> for AlarmLadder {
    fn from(found: Found) -> Self {
        Self { runs: found.runs.into_iter().map(LadderRun::from).collect(), owes_receipt: found.owes_receipt }
    }
}

impl From<FoundRun> for LadderRun {
    fn from(found: FoundRun) -> Self {
        Self {
            clock: found.run.clock.as_str(),
            since: found.run.since.into(),
            is_running: found.is_running,
            stopped_at: moment(found.stopped_at),
            rungs: found.rungs.into_iter().map(LadderStep::from).collect(),
        }
    }
}

impl From<FoundStep> for LadderStep {
    fn from(found: FoundStep) -> Self {
        let told = found.told.as_ref();
        Self {
            rung: found.rung.as_str(),
            due_at: moment(found.due_at),
            applies: found.applies.as_str(),
            next_at: moment(found.next_at),
            told_at: moment(told.map(|told| told.first_told_at)),
            rounds: told.map_or(0, |told| told.rounds),
            is_vacant: told.is_some_and(|told| told.people == 0),
            owes_receipt: found.owes_receipt,
            receipt: found.told.and_then(|told| told.receipt).map(LadderReceipt::from),
            notified: found.notified.into_iter().map(Notification::from).collect(),
        }
    }
}

impl From<FoundReceipt> for LadderReceipt {
    fn from(found: FoundReceipt) -> Self {
        Self { at: found.at.into(), by: found.by_name, note: found.note }
    }
}

impl From<Notified> for Notification {
    fn from(found: Notified) -> Self {
        Self {
            round: found.round,
            channel: found.channel,
            recipient: found.person.map_or(found.recipient, |(_, name)| name),
            state: found.state.as_str(),
            sent_at: moment(found.sent_at),
            tries: found.tries,
            answer: found.answer,
            seen_at: moment(found.seen_at),
        }
    }
}

impl Escalation {
    /// As `access` sees it at `now`.
    pub fn of(found: FoundEscalation, access: &Access, now: Timestamp) -> Self {
        Self {
            alarm: Alarm::of(found.alarm, access, now),
            rung: found.rung.rung.as_str(),
            clock: found.rung.run.clock.as_str(),
            since: found.rung.run.since.into(),
            told_at: found.rung.first_told_at.into(),
            rounds: found.rung.rounds,
            owes_receipt: found.rung.owes_receipt,
            receipt: found.rung.receipt.map(LadderReceipt::from),
        }
    }
}
