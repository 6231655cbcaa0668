//! The ledger desk (值守台账): what cameras, rosters, roll-calls and seats say of duty becomes days of rooms, days of units, and the five
//! conditions of effective duty.
//!
//! What a minute is worth is the domain's word ([`domain::duty::ledger`]). Here rows are gathered for it: once a minute for the days that run,
//! once for good some hours after midnight, when what comes late has come. A room's day is computed and kept; a unit's day follows from the
//! rooms that its contracts name, is put together when somebody asks while it runs, and is kept, chained and signed for by its digest once it is
//! closed. Deliberately absent: who is believed. A suspicion ([`suspicions`]) is decided by people.

mod answers;
mod at_alarm;
mod calls;
mod close;
mod correct;
mod effective;
mod evidence;
pub(crate) mod presence;
mod read;
mod rooms;
mod serving;
mod suspicions;
mod verify;

pub use at_alarm::DutyAtAlarm;
pub use correct::CorrectionWish;
pub use effective::OBSERVED_SOURCE;
pub use read::{Coverage, OrganisationCoverage, RoomDayView, UnitDayView};
pub use suspicions::{SuspicionDetail, SuspicionStepWish};
pub use verify::{DayProof, UnitFault};

pub(crate) use evidence::EvidenceRow;
pub(crate) use presence::PresenceDesk;
pub(crate) use serving::{shown, totals_of};

use std::time::Duration;

use domain::camera::CameraState;
use domain::duty::presence::Thresholds;
use domain::ids::CameraId;
use jiff::{SignedDuration, Timestamp};
use tokio::time::{Instant, MissedTickBehavior};
use tracing::warn;

use crate::Platform;

/// How often it is looked which rooms cannot be seen.
const LOOK_PERIOD: Duration = Duration::from_secs(10);
/// How often the days that run are computed.
const ROUND_PERIOD: Duration = Duration::from_mins(1);
/// How often the five conditions are counted: they look back over seven days and are no matter of minutes.
const STANDING_PERIOD: Duration = Duration::from_mins(10);
/// Hours after midnight at which a day is closed: seats that were cut off have come back by then, and cameras' minutes are written.
pub const CLOSED_AFTER: SignedDuration = SignedDuration::from_hours(4);

/// Keeps the ledger until the platform stops.
pub(crate) async fn run(platform: Platform) {
    let mut looks = tokio::time::interval(LOOK_PERIOD);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut rooms_at, mut standings_at) = (None, None);
    loop {
        tokio::select! {
            () = platform.inner.stop.cancelled() => break,
            _ = looks.tick() => {}
        }
        let now = platform.inner.surroundings.now();
        platform.inner.presence.note_down(now, |camera| platform.is_down(camera));
        if is_due(&mut rooms_at, ROUND_PERIOD) {
            platform.ledger_round(now).await;
        }
        if is_due(&mut standings_at, STANDING_PERIOD) {
            if let Err(error) = platform.count_standings(now).await {
                warn!(%error, "effective duty not counted");
            }
            if let Err(error) = platform.look_for_feigned_duty(now).await {
                warn!(%error, "signs of feigned duty not looked for");
            }
            if let Err(error) = platform.keep_scores(now).await {
                warn!(%error, "scores of organisations not kept");
            }
        }
    }
    // The minutes that are over are written before the platform goes.
    let now = platform.inner.surroundings.now();
    if let Err(error) = platform.write_verdicts(now).await {
        warn!(%error, "last minutes of presence not written");
    }
}

fn is_due(last: &mut Option<Instant>, period: Duration) -> bool {
    let is_due = last.is_none_or(|last| last.elapsed() >= period);
    if is_due {
        *last = Some(Instant::now());
    }
    is_due
}

impl Platform {
    /// Computes the days that run, and closes those that are due.
    async fn ledger_round(&self, now: Timestamp) {
        if let Err(error) = self.keep_rooms(now).await {
            warn!(%error, "days of duty rooms not computed");
        }
        if let Err(error) = self.close_ledger_days(now).await {
            warn!(%error, "days of the ledger not closed");
        }
    }

    /// Whether a camera gives nothing although it should: then nothing could be seen. Where the platform itself does not look, nobody is to blame.
    fn is_down(&self, camera: CameraId) -> bool {
        use CameraState as S;
        let state = self.stream(camera).map(|stream| crate::access::state_of(&stream.status().state));
        match state {
            Some(S::Online | S::Connecting | S::Resting) => false,
            Some(
                S::Disabled | S::Unauthorised | S::Unreachable | S::Silent | S::UnsupportedCodec | S::NoVideo,
            )
            | None => self.inner.settings.watch.enabled,
        }
    }

    /// By what a duty room is watched that nobody registered: the head-count of the settings, and the thresholds that count for all.
    pub(crate) fn presence_rule(&self) -> (u8, Thresholds) {
        let rules = &self.inner.settings.watch.duty_rooms;
        let people = u8::try_from(rules.required).unwrap_or(u8::MAX);
        (people, thresholds(rules))
    }
}

fn thresholds(rules: &vision::PresenceRules) -> Thresholds {
    let seconds = |span: SignedDuration| u16::try_from(span.as_secs()).unwrap_or(u16::MAX);
    Thresholds {
        empty_s: seconds(rules.nobody_hold),
        asleep_s: seconds(rules.still_hold),
        ..Thresholds::default()
    }
}
