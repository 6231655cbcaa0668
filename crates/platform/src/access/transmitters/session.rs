//! What one device says, turned into rows: a machine that takes frames and answers with an [`Intake`] and what to reply.
//!
//! It knows the state the device told before, so that a change becomes an event once; and the frames it has seen, so that what a device
//! sends again because our confirmation was lost becomes nothing. A fire is told again where its time is another, because a panel that was
//! reset while nobody listened must ring again.

mod reports;

use std::collections::{HashMap, HashSet, VecDeque};

use domain::facility::FacilityEventKind as Kind;
use domain::ids::{ComponentId, FacilityEventId};
use gb26875::{
    Command, ComponentRef, Data, DataError, DeviceState, Frame, SystemRef, SystemState, TimeLabel,
};
use jiff::{SignedDuration, Timestamp};
use sha2::Digest as _;
use store::{ComponentRow, FrameKey, Intake, NewFacilityEvent, TransmitterSeen};
use uuid::Uuid;

use super::directory::Entered;
use super::moments::moment;

/// The same frame within this span is the same telling: devices send again after ten seconds, three times.
pub(super) const SAME_FRAME_WITHIN: SignedDuration = SignedDuration::from_mins(10);
/// Most frames remembered of one device: more than any sends within the span in which it repeats one.
const FRAMES_MAX: usize = 16_384;
/// A clock that is further off is told.
const CLOCK_OFF_S: i64 = 60;
/// What was last seen is written at least this often.
const WRITE_EVERY: SignedDuration = SignedDuration::from_secs(60);
/// Longest detail kept, in characters.
const DETAIL_LEN_MAX: usize = 300;

/// What to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Nothing,
    Confirm,
    Deny,
}

/// What a frame means to who asked the device for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Confirmed(u16),
    Denied(u16),
}

/// A frame as it is remembered: few bytes, because there are many.
type Mark = [u8; 16];

/// What came of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) answer: Answer,
    pub(super) order: Option<Order>,
    pub(super) repeated: bool,
    pub(super) unknown: bool,
}

impl Taken {
    const NOTHING: Self = Self { answer: Answer::Nothing, order: None, repeated: false, unknown: false };
}

#[derive(Debug, Clone)]
struct Known {
    id: ComponentId,
    kind: u8,
    description: String,
    bits: u16,
    bits_at: Timestamp,
    /// The time the device gave with its state; none: read from disk.
    label: Option<TimeLabel>,
    reading: Option<String>,
}

/// One device on one connection.
pub(super) struct Session {
    pub(super) entered: Entered,
    seen: TransmitterSeen,
    written_at: Option<Timestamp>,
    clock_told: bool,
    components: HashMap<ComponentRef, Known>,
    systems: HashMap<SystemRef, SystemState>,
    device: Option<DeviceState>,
    frames: HashSet<Mark>,
    order_of_frames: VecDeque<Mark>,
    unknown: HashSet<u8>,
}

/// What is in hand while a frame is read.
struct Hand<'a> {
    now: Timestamp,
    sent: TimeLabel,
    frame: FrameKey,
    flag: u8,
    intake: &'a mut Intake,
    id: &'a mut dyn FnMut() -> Uuid,
}

impl Session {
    /// With what is on disk of the device.
    pub(super) fn new(
        entered: Entered,
        seen: Option<TransmitterSeen>,
        components: Vec<ComponentRow>,
        frames: &[FrameKey],
        (peer, now): (String, Timestamp),
    ) -> Self {
        let known = |row: ComponentRow| {
            let system = SystemRef { kind: row.system_kind, address: row.system_address };
            let known = Known {
                id: row.id,
                kind: row.kind,
                description: row.description,
                bits: row.condition.0,
                bits_at: row.condition_at,
                label: None,
                reading: row.reading.map(|reading| reading.words),
            };
            (ComponentRef { system, address: row.address }, known)
        };
        let was_online = seen.as_ref().is_some_and(|seen| seen.is_online);
        let seen = seen.unwrap_or(TransmitterSeen {
            is_online: false,
            since: now,
            heard_at: now,
            peer: peer.clone(),
            bits: None,
            clock_ahead_s: None,
            software: None,
            configuration: None,
        });
        let since = if was_online { seen.since } else { now };
        Self {
            entered,
            device: seen.bits.map(DeviceState),
            clock_told: seen.clock_ahead_s.is_some_and(|ahead| ahead.abs() > CLOCK_OFF_S),
            seen: TransmitterSeen { is_online: true, since, peer, ..seen },
            written_at: None,
            components: components.into_iter().map(known).collect(),
            systems: HashMap::new(),
            frames: frames.iter().map(mark_of).collect(),
            order_of_frames: frames.iter().rev().map(mark_of).collect(),
            unknown: HashSet::new(),
        }
    }

    /// Takes a frame of the device.
    pub(super) fn take(
        &mut self,
        frame: &Frame,
        now: Timestamp,
        intake: &mut Intake,
        id: &mut dyn FnMut() -> Uuid,
    ) -> Taken {
        let taken = match frame.command {
            Command::Confirm => Taken { order: Some(Order::Confirmed(frame.serial)), ..Taken::NOTHING },
            Command::Deny => Taken { order: Some(Order::Denied(frame.serial)), ..Taken::NOTHING },
            // A heart-beat of devices that have no other.
            Command::Send if frame.data.is_empty() => Taken { answer: Answer::Confirm, ..Taken::NOTHING },
            Command::Send => self.take_data(frame, now, intake, id),
            // An answer to a question of ours says the same as what is sent unasked, and is not confirmed.
            Command::Reply => Taken {
                answer: Answer::Nothing,
                order: Some(Order::Confirmed(frame.serial)),
                ..self.take_data(frame, now, intake, id)
            },
            Command::Control | Command::Request | Command::Other(_) => Taken {
                answer: Answer::Deny,
                unknown: matches!(frame.command, Command::Other(_)),
                ..Taken::NOTHING
            },
        };
        self.heard(frame, now, intake, id);
        taken
    }

    fn take_data(
        &mut self,
        frame: &Frame,
        now: Timestamp,
        intake: &mut Intake,
        id: &mut dyn FnMut() -> Uuid,
    ) -> Taken {
        let key = key_of(frame);
        if self.frames.contains(&mark_of(&key)) {
            return Taken { answer: Answer::Confirm, repeated: true, ..Taken::NOTHING };
        }
        let flag = frame.data.first().copied().unwrap_or_default();
        let before = intake.events.len();
        let mut hand = Hand { now, sent: frame.label, frame: key.clone(), flag, intake, id };
        let taken = match Data::parse(&frame.data) {
            Ok(data) if self.take_objects(&data.objects, &mut hand) => {
                Taken { answer: Answer::Confirm, ..Taken::NOTHING }
            }
            Err(DataError::Unknown(flag)) => {
                if self.unknown.insert(flag.0) {
                    let detail = Some(format!("类型标志 Type flag {flag}"));
                    self.tell(Kind::Unknown, (None, None), detail, now, &mut hand);
                }
                Taken { answer: Answer::Deny, unknown: true, ..Taken::NOTHING }
            }
            Ok(_) | Err(_) => Taken { answer: Answer::Deny, ..Taken::NOTHING },
        };
        if intake.events.len() > before {
            self.remember(mark_of(&key));
        }
        taken
    }

    fn inform(&mut self, detail: String, hand: &mut Hand<'_>) {
        self.tell(Kind::Information, (None, None), Some(detail), hand.now, hand);
    }

    fn tell(
        &mut self,
        kind: Kind,
        (component_id, operator): (Option<ComponentId>, Option<u8>),
        detail: Option<String>,
        at: Timestamp,
        hand: &mut Hand<'_>,
    ) {
        let detail = detail.map(|words| words.chars().take(DETAIL_LEN_MAX).collect());
        hand.intake.events.push(NewFacilityEvent {
            id: FacilityEventId((hand.id)()),
            transmitter_id: self.entered.id,
            unit_id: self.entered.unit_id,
            component_id,
            kind,
            frame: hand.frame.clone(),
            type_flag: hand.flag,
            operator,
            detail,
            occurred_at: at,
            received_at: hand.now,
            settled: !needs_settling(kind),
        });
    }

    /// Notes that the device is there, and how its clock stands.
    fn heard(&mut self, frame: &Frame, now: Timestamp, intake: &mut Intake, id: &mut dyn FnMut() -> Uuid) {
        self.seen.heard_at = now;
        if let Some(ahead) = moment(frame.label, now).map(|label| label.duration_since(now).as_secs()) {
            let is_off = ahead.abs() > CLOCK_OFF_S;
            let drifted = self.seen.clock_ahead_s.is_none_or(|known| (known - ahead).abs() > CLOCK_OFF_S);
            if is_off != self.clock_told || drifted {
                self.seen.clock_ahead_s = Some(ahead);
                self.written_at = None;
            }
            if is_off && !self.clock_told {
                let detail = Some(format!("装置时钟相差 {ahead} s. The device's clock is {ahead} s ahead"));
                let mut hand = Hand { now, sent: frame.label, frame: key_of(frame), flag: 0, intake, id };
                self.tell(Kind::ClockOff, (None, None), detail, now, &mut hand);
            }
            self.clock_told = is_off;
        }
        if self.written_at.is_none_or(|at| now.duration_since(at) >= WRITE_EVERY) {
            self.written_at = Some(now);
            let (entered, seen) = (self.entered.id, self.seen.clone());
            intake.transmitters.retain(|(known, _)| *known != entered);
            intake.transmitters.push((entered, seen));
        }
    }

    fn remember(&mut self, mark: Mark) {
        if self.order_of_frames.len() >= FRAMES_MAX
            && let Some(oldest) = self.order_of_frames.pop_front()
        {
            self.frames.remove(&oldest);
        }
        self.order_of_frames.push_back(mark);
        self.frames.insert(mark);
    }

    /// The state as the device left.
    pub(super) fn ended(&self, now: Timestamp) -> TransmitterSeen {
        TransmitterSeen { is_online: false, since: now, ..self.seen.clone() }
    }
}

/// Whether something has to become an alarm, clear one, or answer a roll-call.
pub(super) fn needs_settling(kind: Kind) -> bool {
    kind.alarm().is_some()
        || !kind.clears().is_empty()
        || !kind.clears_all().is_empty()
        || kind == Kind::Answer
}

fn mark_of(key: &FrameKey) -> Mark {
    let whole = sha2::Sha256::digest(format!("{} {} {}", key.serial, key.label, key.digest));
    std::array::from_fn(|index| whole[index])
}

fn key_of(frame: &Frame) -> FrameKey {
    let digest = sha2::Sha256::digest(&frame.data);
    FrameKey { serial: frame.serial, label: store::hex(&frame.label.0), digest: store::hex(&digest[..16]) }
}
