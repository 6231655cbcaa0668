//! Roll-calls of duty rooms as they travel.

use domain::access::Access;
use domain::duty::roll_call::RollCallState;
use domain::duty::roll_call::code::Code;
use domain::duty::roll_call::draw::hex;
use domain::duty::roll_call::exemption::ExemptionState;
use domain::ids::UserId;
use domain::role::Capability;
use jiff::Timestamp;
use platform::roll_calls::{Answered, DayCheck, Deviation, RollCallDetail};
use platform::rows::{DutyCallRow, ExemptionRow, RollCallDay as DayRow, RollCallFrame, RoundRow, SeatCall};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Moment, moment};

/// Rooms to ask now. Without `rooms`, every open one in reach.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRollCallRound {
    /// These rooms.
    #[serde(default)]
    pub rooms: Vec<Uuid>,
    /// Rooms below this region.
    pub region_id: Option<Uuid>,
    /// Rooms of this organisation.
    pub organisation_id: Option<Uuid>,
    /// So many of them, by lot.
    pub sample_rooms: Option<u32>,
    /// So many of a hundred of them, by lot.
    pub sample_percent: Option<u8>,
    /// Minutes to answer, 1 to 255; as usual when absent.
    pub minutes: Option<u8>,
    /// Why, 1 to 500 characters.
    pub reason: String,
}

/// How the calls of a round stand.
#[derive(Debug, Serialize, ToSchema)]
pub struct RollCallCounts {
    /// Not answered yet.
    pub waiting: u32,
    /// In time.
    pub answered: u32,
    /// Late.
    pub late: u32,
    /// Not answered.
    pub absent: u32,
    /// Exempt.
    pub exempt: u32,
    /// Of these, rooms whose camera saw the code.
    pub code_seen: u32,
}

/// One act of asking.
#[derive(Debug, Serialize, ToSchema)]
pub struct RollCallRound {
    /// Id.
    pub id: Uuid,
    /// A word of `roll_call_origins`.
    pub origin: &'static str,
    /// When the rooms were asked.
    pub asked_at: Moment,
    /// Until when an answer is in time.
    pub deadline_at: Moment,
    /// Minutes to answer.
    pub minutes: u8,
    /// Who asked; null: the platform.
    pub asked_by: Option<String>,
    /// In their words.
    pub reason: Option<String>,
    /// How many rooms there were to choose from.
    pub of_rooms: u32,
    /// Seed of the lot in hex; null: no sample.
    pub sample_seed: Option<String>,
    /// The calls within reach.
    pub counts: RollCallCounts,
}

/// One room's roll-call.
#[derive(Debug, Serialize, ToSchema)]
pub struct DutyRollCall {
    /// Id.
    pub id: Uuid,
    /// Asked together with.
    pub round_id: Uuid,
    /// A word of `roll_call_origins`.
    pub origin: &'static str,
    /// Which room.
    pub room_id: Uuid,
    /// Its name.
    pub room_name: String,
    /// Whose people sit there.
    pub organisation_id: Uuid,
    /// Its name.
    pub organisation_name: String,
    /// Where the room stood.
    pub unit_id: Uuid,
    /// Its name.
    pub unit_name: String,
    /// A word of `duty_roll_call_states`.
    pub state: &'static str,
    /// When it was asked.
    pub asked_at: Moment,
    /// Until when an answer is in time.
    pub deadline_at: Moment,
    /// The drawn moment; null: not of the schedule.
    pub planned_at: Option<Moment>,
    /// The call before, of those asked again.
    pub previous_id: Option<Uuid>,
    /// When it got its time anew because the platform had not been running.
    pub held_up_at: Option<Moment>,
    /// When the answer was received.
    pub answered_at: Option<Moment>,
    /// Milliseconds from the question to the answer.
    pub answered_after_ms: Option<u32>,
    /// Who answered.
    pub guard_name: Option<String>,
    /// When the seat says that the key was pressed; a note, and never judged by.
    pub device_at: Option<Moment>,
    /// A word of `code_verdicts`; null: no code card was seen, or no camera of the room runs here.
    pub code_verdict: Option<&'static str>,
    /// When the picture that says so was received.
    pub code_seen_at: Option<Moment>,
    /// When the room is asked again.
    pub again_at: Option<Moment>,
    /// The alarm that it is.
    pub alarm_id: Option<Uuid>,
}

/// A picture of a roll-call.
#[derive(Debug, Serialize, ToSchema)]
pub struct RollCallPicture {
    /// `asked`, `answered` or `code`.
    pub kind: &'static str,
    /// By which camera.
    pub camera_id: Uuid,
    /// When it was received.
    pub taken_at: Moment,
    /// SHA-256 of the file.
    pub sha256: String,
}

/// One roll-call with its pictures.
#[derive(Debug, Serialize, ToSchema)]
pub struct DutyRollCallDetail {
    /// As it stands.
    pub call: DutyRollCall,
    /// Its pictures.
    pub pictures: Vec<RollCallPicture>,
}

/// How often rooms are asked by the schedule.
#[derive(Debug, Serialize, ToSchema)]
pub struct RollCallRules {
    /// Fewest roll-calls of a room in any seven days in a row.
    pub per_week: u8,
    /// Chance of an extra one for each of 24 draws a day, per mille.
    pub extra_per_mille: u16,
    /// Seconds between two roll-calls of a room.
    pub apart_s: u32,
}

/// A day of scheduled roll-calls.
#[derive(Debug, Serialize, ToSchema)]
pub struct RollCallDay {
    /// The day, of Beijing.
    pub day: String,
    /// When it was committed to.
    pub committed_at: Moment,
    /// SHA-256 of the text that stands for seed, day, rules and rooms, in hex.
    pub commitment: String,
    /// The rules.
    pub rules: RollCallRules,
    /// How many rooms.
    pub rooms: usize,
    /// When the seed was published; null: not yet.
    pub revealed_at: Option<Moment>,
    /// The seed in hex; null: not yet.
    pub seed: Option<String>,
}

/// What a schedule and the calls made do not have in common.
#[derive(Debug, Serialize, ToSchema)]
pub struct RollCallDeviation {
    /// When.
    pub at: Moment,
    /// Which room.
    pub room_id: Uuid,
    /// Its name.
    pub room_name: String,
    /// `left_out` or `added`.
    pub kind: &'static str,
    /// A word of `left_out_reasons`; null: the platform gives none.
    pub reason: Option<&'static str>,
}

/// A day held against the calls that were made, for the rooms in reach.
#[derive(Debug, Serialize, ToSchema)]
pub struct RollCallDayCheck {
    /// The day.
    pub day: RollCallDay,
    /// True where the published seed is the one committed to; null before it is published.
    pub is_proved: Option<bool>,
    /// What is wrong with the proof.
    pub fault: Option<String>,
    /// Rooms in reach.
    pub rooms_in_reach: usize,
    /// Moments planned for them; null before the seed is published.
    pub planned: Option<usize>,
    /// Calls made for them.
    pub made: usize,
    /// What the two do not have in common.
    pub deviations: Vec<RollCallDeviation>,
    /// The moments of the room that was asked for.
    pub moments: Option<Vec<Moment>>,
}

/// A time in which a room is not asked.
#[derive(Debug, Serialize, ToSchema)]
pub struct RollCallExemption {
    /// Id.
    pub id: Uuid,
    /// Of which room.
    pub room_id: Uuid,
    /// Its name.
    pub room_name: String,
    /// Whose people sit there.
    pub organisation_name: String,
    /// A word of `exemption_states`.
    pub state: &'static str,
    /// True while it holds.
    pub in_force: bool,
    /// When it begins.
    pub starts_at: Moment,
    /// When it ends.
    pub ends_at: Moment,
    /// Why.
    pub reason: String,
    /// Who asked.
    pub asked_by: String,
    /// When.
    pub asked_at: Moment,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<Moment>,
    /// What they wrote.
    pub decided_why: Option<String>,
    /// When it was taken back.
    pub withdrawn_at: Option<Moment>,
    /// Counts changes; sent back with every event.
    pub version: i64,
    /// What the asker may do now: `approve`, `decline`, `withdraw`.
    pub next: Vec<&'static str>,
}

/// An exemption that somebody asks for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRollCallExemption {
    /// Of which room.
    pub room_id: Uuid,
    /// When it begins; after now.
    pub starts_at: String,
    /// When it ends, four hours later at most.
    pub ends_at: String,
    /// Why, 1 to 500 characters.
    pub reason: String,
}

/// A decision about an exemption.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RollCallExemptionEvent {
    /// `approve`, `decline` or `withdraw`.
    pub event: String,
    /// The version that was looked at.
    pub version: i64,
    /// Why; needed to decline.
    pub why: Option<String>,
}

/// The rotating code that a seat shows.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeatRoomCode {
    /// Four blocks from left to right: words of `block_colours`.
    pub colours: Vec<&'static str>,
    /// Four digits.
    pub digits: String,
    /// When another one follows.
    pub valid_until: Moment,
    /// The server's time, so that a screen whose clock is wrong changes with it.
    pub now: Moment,
}

/// A call that the seat may answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeatRollCall {
    /// Id.
    pub id: Uuid,
    /// A word of `duty_roll_call_states`: waiting, or absent while a late answer is taken.
    pub state: &'static str,
    /// A word of `roll_call_origins`.
    pub origin: &'static str,
    /// When it was asked.
    pub asked_at: Moment,
    /// Until when an answer is in time.
    pub deadline_at: Moment,
}

/// What a seat may answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeatRollCalls {
    /// The last asked first.
    pub calls: Vec<SeatRollCall>,
    /// The server's time.
    pub now: Moment,
}

/// The answer of a seat.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeatRollCallAnswer {
    /// The four digits that the seat shows.
    pub digits: String,
    /// When the key was pressed, of an answer that waited for the line.
    pub device_at: Option<String>,
}

/// What an answer became.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeatRollCallAnswered {
    /// A word of `duty_roll_call_states`.
    pub state: &'static str,
    /// Milliseconds from the question to the answer, by the server's clock.
    pub answered_after_ms: u32,
}

impl RollCallRound {
    /// As it travels.
    pub fn of(row: RoundRow) -> Self {
        let count = |state: RollCallState| row.counts[state as usize];
        Self {
            id: row.id.0,
            origin: row.origin.as_str(),
            asked_at: row.asked_at.into(),
            deadline_at: row.deadline_at.into(),
            minutes: row.minutes,
            counts: RollCallCounts {
                waiting: count(RollCallState::Waiting),
                answered: count(RollCallState::Answered),
                late: count(RollCallState::Late),
                absent: count(RollCallState::Absent),
                exempt: count(RollCallState::Exempt),
                code_seen: row.seen,
            },
            asked_by: row.asked_by.map(|(_, name)| name),
            reason: row.reason,
            of_rooms: row.of_rooms,
            sample_seed: row.sample_seed.map(|seed| hex(&seed)),
        }
    }
}

impl DutyRollCall {
    /// As it travels.
    pub fn of(row: DutyCallRow) -> Self {
        Self {
            id: row.id.0,
            round_id: row.round_id.0,
            origin: row.origin.as_str(),
            room_id: row.call.room_id.0,
            room_name: row.room_name,
            organisation_id: row.organisation.0.0,
            organisation_name: row.organisation.1,
            unit_id: row.unit_id.0,
            unit_name: row.unit_name,
            state: row.call.state.as_str(),
            asked_at: row.call.asked_at.into(),
            deadline_at: row.call.deadline_at.into(),
            planned_at: moment(row.planned_at),
            previous_id: row.previous_id.map(|id| id.0),
            held_up_at: moment(row.held_up_at),
            answered_at: moment(row.answered_at),
            answered_after_ms: row.call.answered_after_ms,
            guard_name: row.guard.map(|(_, name)| name),
            device_at: moment(row.device_at),
            code_verdict: row.code.map(|(verdict, _)| verdict.as_str()),
            code_seen_at: moment(row.code.map(|(_, at)| at)),
            again_at: moment(row.again_at),
            alarm_id: row.alarm_id.map(|id| id.0),
        }
    }
}

impl DutyRollCallDetail {
    /// As it travels.
    pub fn of(detail: RollCallDetail) -> Self {
        let picture = |frame: RollCallFrame| RollCallPicture {
            kind: frame.kind.as_str(),
            camera_id: frame.camera_id.0,
            taken_at: frame.taken_at.into(),
            sha256: frame.sha256,
        };
        Self {
            call: DutyRollCall::of(detail.row),
            pictures: detail.frames.into_iter().map(picture).collect(),
        }
    }
}

impl RollCallDay {
    /// As it travels: the sealed seed stays behind.
    pub fn of(row: &DayRow) -> Self {
        let rules = row.committed.rules;
        Self {
            day: row.committed.day.to_string(),
            committed_at: row.committed.committed_at.into(),
            commitment: hex(&row.committed.commitment),
            rules: RollCallRules {
                per_week: rules.per_week,
                extra_per_mille: rules.extra_per_mille,
                apart_s: rules.apart_s,
            },
            rooms: row.committed.rooms.len(),
            revealed_at: moment(row.revealed.map(|(_, at)| at)),
            seed: row.revealed.map(|(seed, _)| hex(&seed)),
        }
    }
}

impl RollCallDayCheck {
    /// As it travels.
    pub fn of(check: DayCheck) -> Self {
        let deviation = |one: Deviation| RollCallDeviation {
            at: one.at.at.into(),
            room_id: one.at.room_id.0,
            room_name: one.room_name,
            kind: if one.is_added { "added" } else { "left_out" },
            reason: one.reason.map(domain::duty::roll_call::schedule::LeftOutReason::as_str),
        };
        Self {
            day: RollCallDay::of(&check.day),
            is_proved: check.proof.map(|proof| proof.is_ok()),
            fault: check.proof.and_then(Result::err).map(|error| error.to_string()),
            rooms_in_reach: check.rooms,
            planned: check.planned,
            made: check.made,
            deviations: check.deviations.into_iter().map(deviation).collect(),
            moments: check.moments.map(|all| all.into_iter().map(|one| one.at.into()).collect()),
        }
    }
}

impl RollCallExemption {
    /// As the asker sees it at `now`.
    pub fn of(row: ExemptionRow, access: &Access, now: Timestamp) -> Self {
        let is_own = access.user_id == Some(row.asked_by.0);
        let holds = row.state == ExemptionState::Approved && (row.span.start..row.span.end).contains(&now);
        let name = |who: Option<(UserId, String)>| who.map(|(_, name)| name);
        Self {
            id: row.id.0,
            room_id: row.room_id.0,
            room_name: row.room_name,
            organisation_name: row.organisation_name,
            next: next(row.state, access, is_own, (row.span.start > now, row.span.end > now)),
            state: row.state.as_str(),
            in_force: holds,
            starts_at: row.span.start.into(),
            ends_at: row.span.end.into(),
            reason: row.reason,
            asked_by: row.asked_by.1,
            asked_at: row.asked_at.into(),
            decided_by: name(row.decided_by),
            decided_at: moment(row.decided_at),
            decided_why: row.decided_why,
            withdrawn_at: moment(row.withdrawn_at),
            version: row.version,
        }
    }
}

fn next(
    state: ExemptionState,
    access: &Access,
    is_own: bool,
    (is_ahead, is_not_over): (bool, bool),
) -> Vec<&'static str> {
    let decides = access.may(Capability::ApproveExemption);
    match state {
        ExemptionState::Asked if is_own => vec!["withdraw"],
        ExemptionState::Asked if decides && is_ahead => vec!["approve", "decline"],
        ExemptionState::Asked if decides => vec!["decline"],
        ExemptionState::Approved if (decides || is_own) && is_not_over => vec!["withdraw"],
        _ => Vec::new(),
    }
}

impl SeatRoomCode {
    /// As it travels.
    pub fn of(code: Code, valid_until: Timestamp, now: Timestamp) -> Self {
        Self {
            colours: code.colours.iter().map(|colour| colour.as_str()).collect(),
            digits: code.digits.iter().map(|digit| char::from(b'0' + digit)).collect(),
            valid_until: valid_until.into(),
            now: now.into(),
        }
    }
}

impl SeatRollCalls {
    /// As they travel.
    pub fn of(calls: Vec<SeatCall>, now: Timestamp) -> Self {
        let one = |call: SeatCall| SeatRollCall {
            id: call.id.0,
            state: call.state.as_str(),
            origin: call.origin.as_str(),
            asked_at: call.asked_at.into(),
            deadline_at: call.deadline_at.into(),
        };
        Self { calls: calls.into_iter().map(one).collect(), now: now.into() }
    }
}

impl SeatRollCallAnswered {
    /// As it travels.
    pub fn of(answered: Answered) -> Self {
        Self { state: answered.state.as_str(), answered_after_ms: answered.after_ms }
    }
}
