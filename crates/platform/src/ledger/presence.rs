//! The presence desk: what the cameras of a duty room show together, as alarms that begin and end and as one verdict a minute for the ledger.
//!
//! Several cameras may see one room. People are not added up, because they may be the same; of cameras that show the room at the same time the
//! one that sees more people move counts, and a picture that was shown before counts whatever the others show. A camera whose place is a duty
//! room and that belongs to no registered one is watched by the same rules with the head-count of the settings; only the verdicts are kept of
//! registered rooms alone. An hour of a camera that gives nothing at all is told by `access::offline`, as D10, and is no business of this desk.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use domain::alarm::AlarmCode;
use domain::duty::presence::minute::ASLEEP_MINUTES;
use domain::duty::presence::{
    Armed, PictureState, PresenceRule, PresenceStep as Step, PresenceWatch, Sample, Seen, Thresholds, verdict,
};
use domain::duty::roster::head_count::PEOPLE_MAX;
use domain::ids::{CameraId, DutyRoomId};
use jiff::{SignedDuration, Timestamp};

use crate::watch::PresenceStep;

/// A camera that showed nothing for so long does not show the room any more; what its key frames may be apart.
const FRESH: SignedDuration = SignedDuration::from_secs(35);
/// For so long after the end of a minute what belongs to it may come.
pub(crate) const LATE: SignedDuration = SignedDuration::from_secs(45);
/// Minutes of one room that wait to be written; more only where the database is gone for an hour.
const WAITING_MAX: usize = 60;
/// What may have been told before the start and be open still.
const UNSETTLED: [AlarmCode; 4] = [AlarmCode::D01, AlarmCode::D02, AlarmCode::D03, AlarmCode::D04];

/// A registered room as the desk needs to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WatchedRoom {
    /// Which.
    pub(crate) id: DutyRoomId,
    /// People required at once.
    pub(crate) people: u8,
    /// Cameras that see it.
    pub(crate) cameras: Vec<CameraId>,
}

/// A verdict of one minute of a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// Which room.
    pub(crate) room_id: DutyRoomId,
    /// The beginning of the minute.
    pub(crate) minute: Timestamp,
    /// What it showed.
    pub(crate) seen: Seen,
}

/// The desk.
#[derive(Default)]
pub(crate) struct PresenceDesk {
    rooms: Mutex<Rooms>,
}

#[derive(Default)]
struct Rooms {
    by_camera: HashMap<CameraId, DutyRoomId>,
    registered: HashMap<DutyRoomId, Room>,
    /// Cameras of rooms that nobody registered.
    others: HashMap<CameraId, Room>,
}

struct Room {
    people: u8,
    cameras: Vec<CameraId>,
    watch: PresenceWatch,
    unsettled: Vec<AlarmCode>,
    /// What each camera showed last, and until when.
    latest: BTreeMap<CameraId, (Timestamp, Sample)>,
    /// Up to where samples reach.
    until: Option<Timestamp>,
    /// The minute that runs, with its samples.
    running: Option<(Timestamp, Vec<Sample>)>,
    done: Vec<(Timestamp, Seen)>,
}

impl PresenceDesk {
    /// Takes note of which rooms there are. What is known of a room stays unless it is measured by another head-count now.
    pub(crate) fn set_rooms(&self, rooms: &[WatchedRoom], thresholds: Thresholds) {
        let mut kept = self.lock();
        kept.by_camera =
            rooms.iter().flat_map(|room| room.cameras.iter().map(|camera| (*camera, room.id))).collect();
        kept.registered.retain(|id, _| rooms.iter().any(|room| room.id == *id));
        for room in rooms {
            match kept.registered.get_mut(&room.id) {
                Some(known) if known.people == room.people => known.cameras.clone_from(&room.cameras),
                Some(known) => {
                    let fresh = Room::new(room.people, thresholds, room.cameras.clone());
                    let (running, done) = (known.running.take(), std::mem::take(&mut known.done));
                    *known = Room { running, done, ..fresh };
                }
                None => {
                    let room_watch = Room::new(room.people, thresholds, room.cameras.clone());
                    kept.registered.insert(room.id, room_watch);
                }
            }
        }
        let Rooms { by_camera, others, .. } = &mut *kept;
        others.retain(|camera, _| !by_camera.contains_key(camera));
    }

    /// Takes what a camera showed from `start` on; `others` is the head-count of a room that nobody registered.
    pub(crate) fn take(
        &self,
        camera: CameraId,
        (start, sample): (Timestamp, Sample),
        (others, thresholds): (u8, Thresholds),
    ) -> Vec<PresenceStep> {
        let mut rooms = self.lock();
        let Rooms { by_camera, registered, others: alone } = &mut *rooms;
        let registered = by_camera.get(&camera).and_then(|id| registered.get_mut(id));
        let room = match registered {
            Some(room) => room,
            None => alone.entry(camera).or_insert_with(|| Room::new(others, thresholds, vec![camera])),
        };
        room.take(camera, start, sample)
    }

    /// A camera is gone for good.
    pub(crate) fn forget(&self, camera: CameraId) {
        self.lock().others.remove(&camera);
    }

    /// Of rooms none of whose cameras has shown anything for a while and `is_down` says so: nothing could be seen up to `now`. Where the
    /// platform itself did not look, nothing is said.
    pub(crate) fn note_down(&self, now: Timestamp, is_down: impl Fn(CameraId) -> bool) {
        for room in self.lock().registered.values_mut() {
            if room.cameras.is_empty() || !room.cameras.iter().all(|camera| is_down(*camera)) {
                continue;
            }
            if room.is_seen(now) {
                continue;
            }
            let until_s = now.as_second();
            // What lies further back than a minute was not looked at.
            let mut from_s = room.until.map_or(until_s, Timestamp::as_second).max(until_s - 60);
            if room.until.is_none() {
                room.until = Some(now);
            }
            while from_s < until_s {
                let end_s = until_s.min(from_s - from_s.rem_euclid(60) + 60);
                let down =
                    Sample { picture: PictureState::Down, ..Sample::of_people((end_s - from_s) as u8, 0) };
                if let Ok(start) = Timestamp::from_second(from_s) {
                    // Alarms about a camera that gives nothing are raised by whoever looks which one does.
                    room.note(start, down);
                }
                from_s = end_s;
            }
        }
    }

    /// The minutes that are over at `now` and were not taken yet.
    pub(crate) fn verdicts(&self, now: Timestamp) -> Vec<Verdict> {
        let mut all = Vec::new();
        for (id, room) in &mut self.lock().registered {
            room.finish(now);
            all.extend(room.done.drain(..).map(|(minute, seen)| Verdict { room_id: *id, minute, seen }));
        }
        all.sort_unstable_by_key(|one| (one.room_id, one.minute));
        all
    }

    /// Puts minutes back that could not be written; the next round takes them again.
    pub(crate) fn put_back(&self, verdicts: &[Verdict]) {
        let mut rooms = self.lock();
        for one in verdicts {
            if let Some(room) = rooms.registered.get_mut(&one.room_id)
                && room.done.len() < WAITING_MAX
            {
                room.done.push((one.minute, one.seen));
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Rooms> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Room {
    fn new(people: u8, thresholds: Thresholds, cameras: Vec<CameraId>) -> Self {
        let people = people.clamp(1, PEOPLE_MAX);
        let rule = PresenceRule::new(people, thresholds, Armed::default())
            .or_else(|_| PresenceRule::new(people, Thresholds::default(), Armed::default()));
        Self {
            people,
            cameras,
            watch: PresenceWatch::new(rule.unwrap_or_default()),
            unsettled: UNSETTLED.to_vec(),
            latest: BTreeMap::new(),
            until: None,
            running: None,
            done: Vec::new(),
        }
    }

    fn take(&mut self, camera: CameraId, start: Timestamp, sample: Sample) -> Vec<PresenceStep> {
        let end = end_of(start, &sample);
        self.latest.insert(camera, (end, sample));
        self.latest.retain(|_, (until, _)| end.duration_since(*until) <= FRESH);
        // One camera keeps the time for all; the others are seen beside it.
        if self.latest.keys().next() != Some(&camera) || self.until.is_some_and(|until| start < until) {
            return Vec::new();
        }
        let together = together(sample, self.latest.values().map(|(_, sample)| sample));
        let steps = self.note(start, together);
        let mut told: Vec<PresenceStep> =
            steps.into_iter().filter_map(|step| self.step(step, &together)).collect();
        let is_good = together.picture == PictureState::Live
            && together.moving_within(ASLEEP_MINUTES * 60) >= self.people;
        if is_good && !self.unsettled.is_empty() {
            let cameras = &self.cameras;
            told.extend(self.unsettled.drain(..).map(|code| PresenceStep::Cleared(code, cameras.clone())));
        }
        told
    }

    fn note(&mut self, start: Timestamp, sample: Sample) -> Vec<Step> {
        let minute = start.as_second() - start.as_second().rem_euclid(60);
        let minute = Timestamp::from_second(minute).unwrap_or(start);
        if self.running.as_ref().is_some_and(|(running, _)| *running != minute) {
            self.close_minute();
        }
        self.running.get_or_insert_with(|| (minute, Vec::new())).1.push(sample);
        self.until = Some(end_of(start, &sample));
        self.watch.look(start, sample)
    }

    fn step(&mut self, step: Step, sample: &Sample) -> Option<PresenceStep> {
        match step {
            Step::Begun { code: AlarmCode::D10, .. } | Step::Ended { code: AlarmCode::D10, .. } => None,
            Step::Begun { code, since, at } => {
                self.unsettled.retain(|open| *open != code);
                Some(PresenceStep::Told {
                    code,
                    since,
                    at,
                    place: None,
                    note: note_of(code, sample, self.people),
                })
            }
            Step::Ended { code, .. } => Some(PresenceStep::Cleared(code, self.cameras.clone())),
        }
    }

    fn is_seen(&self, now: Timestamp) -> bool {
        self.latest.values().any(|(until, _)| now.duration_since(*until) <= FRESH)
    }

    fn finish(&mut self, now: Timestamp) {
        let is_over = |minute: Timestamp| now.duration_since(minute) >= SignedDuration::from_mins(1) + LATE;
        if self.running.as_ref().is_some_and(|(minute, _)| is_over(*minute)) {
            self.close_minute();
        }
    }

    fn close_minute(&mut self) {
        let Some((minute, samples)) = self.running.take() else { return };
        if let Some(seen) = verdict(&samples, self.people)
            && self.done.len() < WAITING_MAX
        {
            self.done.push((minute, seen));
        }
    }
}

/// What cameras that see the same room show together, for as long as the first sample lasts.
fn together<'a>(first: Sample, all: impl Iterator<Item = &'a Sample> + Clone) -> Sample {
    if let Some(film) = all.clone().find(|one| one.picture == PictureState::Repeating) {
        return Sample { seconds: first.seconds, ..*film };
    }
    let worth = |one: &Sample| {
        let is_live = one.picture == PictureState::Live;
        (is_live, one.moving_within(ASLEEP_MINUTES * 60), one.people)
    };
    let best = all.max_by_key(|one| worth(one)).unwrap_or(&first);
    Sample { seconds: first.seconds, ..*best }
}

fn end_of(start: Timestamp, sample: &Sample) -> Timestamp {
    start.saturating_add(SignedDuration::from_secs(i64::from(sample.seconds))).unwrap_or(start)
}

/// What was seen, in both languages.
fn note_of(code: AlarmCode, sample: &Sample, required: u8) -> String {
    let people = sample.people;
    match code {
        AlarmCode::D01 => "画面中无人 Nobody in the picture".to_owned(),
        AlarmCode::D02 => format!("在岗 {people} 人，应有 {required} 人 {people} on duty of {required}"),
        AlarmCode::D03 => "人员长时间不动，请呼叫确认 A person does not move: call them".to_owned(),
        AlarmCode::D04 if sample.picture == PictureState::Frozen => {
            "画面完全静止 Pictures equal to the bit".to_owned()
        }
        AlarmCode::D04 => {
            "有人形但一刻钟无任何动作 Shape of a person, no movement for a quarter of an hour".to_owned()
        }
        _ => "画面按原顺序重复 Pictures come again in their order".to_owned(),
    }
}

#[cfg(test)]
#[path = "presence_tests.rs"]
mod tests;
