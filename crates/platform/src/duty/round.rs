//! The round of duty rooms: who is asked for a sign of life and does not give one, and which handovers are late.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::access::Access;
use domain::alarm::Source;
use domain::duty::roster::Shift;
use domain::duty::seat::handover::LATE_AFTER;
use domain::duty::seat::{Vigilance, VigilanceRules, VigilanceState};
use domain::ids::DutyRoomId;
use domain::recording::Span;
use jiff::{SignedDuration, Timestamp};
use store::{DutyRoom, TimedRoom};
use tokio::time::MissedTickBehavior;
use tracing::{info, warn};

use super::VigilanceView;
use crate::alarms::{Reported, matter_id};
use crate::events::Event;
use crate::{Platform, PlatformError};

/// How often rooms are looked at: half of the shortest state of the timer.
const PERIOD: Duration = Duration::from_secs(5);
/// Handovers are looked at once in so many rounds.
const ROUNDS_A_MINUTE: u64 = 12;
/// A handover that is later than this was told long ago.
const LATE_LOOK: SignedDuration = SignedDuration::from_hours(2);

/// When something was last done at each room's seats, how far their timers had come, and which late handovers were told.
#[derive(Debug, Default)]
pub(crate) struct Awake {
    rooms: Mutex<HashMap<DutyRoomId, Known>>,
    told: Mutex<HashSet<(DutyRoomId, Timestamp)>>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Known {
    active_at: Option<Timestamp>,
    state: Option<VigilanceState>,
}

impl Awake {
    fn rooms(&self) -> MutexGuard<'_, HashMap<DutyRoomId, Known>> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn note(&self, room: DutyRoomId, at: Timestamp) {
        let mut rooms = self.rooms();
        let known = rooms.entry(room).or_default();
        known.active_at = known.active_at.max(Some(at));
    }

    /// How far the timer of a room has come. After a start the rows know when something was last done, to the minute: its end, in favour of
    /// whoever sits there.
    pub(super) fn vigilance(&self, room: &TimedRoom, now: Timestamp) -> Result<VigilanceView, PlatformError> {
        let known = self.rooms().get(&room.room_id).and_then(|known| known.active_at);
        let minute_end = |at: Timestamp| at.saturating_add(SignedDuration::from_mins(1)).unwrap_or(at);
        let active_at = match (known, room.last_minute_at) {
            (Some(known), minute) if minute.is_none_or(|minute| minute <= known) => known,
            (_, Some(minute)) => minute_end(minute),
            (_, None) => room.since,
        };
        let rules =
            VigilanceRules::new(room.quiet_s).map_err(|error| PlatformError::Internal(error.to_string()))?;
        let (state, until) =
            Vigilance::begin(room.room_id, rules, active_at.max(room.since).min(now)).at(now);
        Ok(VigilanceView { state, until })
    }

    /// Notes how far a timer has come; whether that is further or less far than before.
    fn came_to(&self, room: DutyRoomId, state: VigilanceState) -> bool {
        self.rooms().entry(room).or_default().state.replace(state) != Some(state)
    }

    /// Forgets the rooms in which nobody is on post any more.
    fn keep(&self, there: &HashSet<DutyRoomId>) {
        self.rooms().retain(|room, _| there.contains(room));
    }

    fn is_told(&self, room: DutyRoomId, due_at: Timestamp) -> bool {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).contains(&(room, due_at))
    }

    fn told(&self, room: DutyRoomId, due_at: Timestamp) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let day_before = due_at.saturating_sub(SignedDuration::from_hours(24)).unwrap_or(due_at);
        told.retain(|(_, at)| *at > day_before);
        told.insert((room, due_at));
    }
}

/// Looks at the rooms until the platform stops.
pub(crate) async fn run(platform: Platform) {
    let mut rounds = tokio::time::interval(PERIOD);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for round in 0_u64.. {
        tokio::select! {
            () = platform.inner.stop.cancelled() => return,
            _ = rounds.tick() => {}
        }
        let now = platform.inner.surroundings.now();
        if let Err(error) = platform.look_at_timers(now).await {
            warn!(%error, "timers of duty rooms not looked at");
        }
        if round.is_multiple_of(ROUNDS_A_MINUTE)
            && let Err(error) = platform.look_at_handovers(now).await
        {
            warn!(%error, "handovers not looked at");
        }
    }
}

impl Platform {
    /// Follows the timers of the rooms in which somebody is on post.
    async fn look_at_timers(&self, now: Timestamp) -> Result<(), PlatformError> {
        let mut has_moved = false;
        let rooms = self.inner.store.timed_rooms().await?;
        let there: HashSet<DutyRoomId> = rooms.iter().map(|room| room.room_id).collect();
        for room in &rooms {
            let state = self.inner.awake.vigilance(room, now)?.state;
            if !self.inner.awake.came_to(room.room_id, state) {
                continue;
            }
            has_moved = true;
            if matches!(state, VigilanceState::Leader | VigilanceState::Lost) {
                info!(room = %room.room_id, state = state.as_str(), "nobody at the seat does anything");
            }
            // Whoever does not answer this either is absent, and the ladder of alarms takes over.
            if state == VigilanceState::Lost {
                self.ask_silent_room(room.room_id, now).await?;
            }
        }
        self.inner.awake.keep(&there);
        if has_moved {
            self.inner.events.publish(Event::Duty);
        }
        Ok(())
    }

    /// Tells of each handover that was not done in time, once.
    async fn look_at_handovers(&self, now: Timestamp) -> Result<(), PlatformError> {
        let late_from = now.saturating_sub(LATE_AFTER).unwrap_or(now);
        let from = now.saturating_sub(LATE_LOOK).unwrap_or(now);
        let rooms = self.inner.store.open_duty_rooms().await?;
        let ids: Vec<DutyRoomId> = rooms.iter().map(|room| room.id).collect();
        let mut rosters: HashMap<DutyRoomId, Vec<Shift>> = HashMap::new();
        for shift in self.inner.store.shifts(&ids, Span::new(from, now)).await? {
            rosters.entry(shift.room_id).or_default().push(shift);
        }
        let is_late = |at: &Timestamp| (from..=late_from).contains(at);
        for room in &rooms {
            let Some(shifts) = rosters.get(&room.id) else { continue };
            for due_at in super::sheets::changes(shifts).into_iter().filter(is_late) {
                if self.inner.awake.is_told(room.id, due_at) {
                    continue;
                }
                self.tell_late_handover(room, due_at, now).await?;
            }
        }
        Ok(())
    }

    async fn tell_late_handover(
        &self,
        room: &DutyRoom,
        due_at: Timestamp,
        now: Timestamp,
    ) -> Result<(), PlatformError> {
        let window = Span::new(due_at.saturating_sub(LATE_LOOK).unwrap_or(due_at), now);
        let roster = self.inner.store.roster(&Access::PLATFORM, room.id, window).await?;
        let view = self.handover_of(room, &roster, due_at, now).await?;
        if let Some(code) = view.handover.alarm(now) {
            let report = Reported {
                code,
                unit_id: room.unit_id,
                camera_id: None,
                source: Source::Device,
                occurred_at: due_at,
                note: Some(format!("{}：{}", room.name, domain::beijing::say_moment(due_at))),
                simulated: room.synthetic,
                observation_id: matter_id(&format!("handover {} {due_at}", room.id)),
                detector: None,
            };
            self.raise_reported(report, now).await?;
        }
        self.inner.awake.told(room.id, due_at);
        Ok(())
    }
}
