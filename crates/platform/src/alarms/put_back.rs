//! A clock that was put back: what began by the clock of before goes on by that clock, and waits for nobody to catch up.
//!
//! A machine that lost its battery, or whose time server corrected it, starts or goes on with an earlier time than rows bear. Without this an
//! alarm raised a minute before would wait an hour for its first guard. Time that jumps ahead needs nothing: what is due is due early.

use std::sync::{Mutex, PoisonError};

use domain::alarm::Alarm;
use domain::alarm::ladder::{Look, Run, Told};
use jiff::{SignedDuration, Timestamp};
use tracing::error;

use crate::{Platform, PlatformError};

/// Less than this is the difference between two processes.
const LEAST: SignedDuration = SignedDuration::from_secs(5);

/// By how much the clock was put back the last time that was noticed.
#[derive(Debug, Default)]
pub(crate) struct PutBack(Mutex<Known>);

#[derive(Debug, Default, Clone, Copy)]
struct Known {
    last: Option<Timestamp>,
    by: SignedDuration,
}

impl PutBack {
    fn known(&self) -> Known {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// By how much the clock by which a run began is ahead: as much as it was put back, and at least so much that the run has begun. That stays, so
    /// that time goes on from there.
    fn ahead_of(&self, since: Timestamp, now: Timestamp) -> SignedDuration {
        let least = since.duration_since(now);
        if !least.is_positive() {
            return SignedDuration::ZERO;
        }
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.by = known.by.max(least);
        known.by
    }

    /// What a run has to be looked at with: moments as the clock that it began by has them, and by how much that is ahead. A run that a planned
    /// silence keeps waiting begins later by intention.
    pub(super) fn as_it_began(
        &self,
        (alarm, run): (&Alarm, Run),
        told: &[Told],
        now: Timestamp,
    ) -> (SignedDuration, Timestamp, Vec<Told>) {
        let is_meant = alarm.times.quiet_until == Some(run.since);
        let ahead = if is_meant { SignedDuration::ZERO } else { self.ahead_of(run.since, now) };
        let told = told.iter().map(|one| {
            // Told since, by the clock of now.
            let at = if one.at < run.since { later(one.at, ahead) } else { one.at };
            Told { at, ..*one }
        });
        (ahead, later(now, ahead), told.collect())
    }
}

/// The moment of the next look by the clock of now.
pub(super) fn by_the_clock_of_now(look: Look, ahead: SignedDuration) -> Look {
    let look_at = look.look_at.map(|at| at.saturating_sub(ahead).unwrap_or(Timestamp::MIN));
    Look { look_at, ..look }
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_add(by).unwrap_or(Timestamp::MAX)
}

impl Platform {
    /// Compares the time with that of the last reading, or of the last row before the start. Where it was put back, every ladder is looked at anew.
    pub(super) async fn note_time(&self, now: Timestamp) -> Result<(), PlatformError> {
        let last = match self.inner.put_back.known().last {
            Some(last) => Some(last),
            None => self.inner.store.latest_moment().await?,
        };
        let by = last.map_or(SignedDuration::ZERO, |last| last.duration_since(now));
        if by >= LEAST {
            self.inner.store.ask_for_every_look(now).await?;
            error!(
                by_s = by.as_secs(),
                "the clock was put back: what waited by the clock of before is looked at anew"
            );
        }
        let mut known = self.inner.put_back.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.last = Some(now);
        if by >= LEAST {
            known.by = by;
        }
        Ok(())
    }
}
