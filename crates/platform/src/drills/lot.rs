//! Double-blind drills by lot: a month's seed is drawn and committed to before the month begins and published after it, and gives each room of a
//! region with a plan a moment that nobody chose.
//!
//! A moment that the platform slept through is left out: the monthly list shows that no drill was held, and an office plans one.

use domain::access::Access;
use domain::beijing::{begin_of, day_after, day_of};
use domain::duty::drill::{DrillKind, blind_moment};
use domain::duty::roll_call::draw::{Seed, hex};
use domain::ids::DrillId;
use domain::role::Capability;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use store::{DrillMonth, NewDrill, NewDrillMonth, sha256};
use tracing::{info, warn};

use crate::audit::Object;
use crate::{Ask, Platform, PlatformError};

/// A drawn moment is kept while it is not older than this.
const HELD_WITHIN: SignedDuration = SignedDuration::from_mins(2);

/// A month's lot as anybody may see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DrillMonthView {
    /// Its first day.
    pub month: Date,
    /// When it was committed to.
    pub committed_at: Timestamp,
    /// SHA-256 of [`commitment_text`].
    pub commitment: [u8; 32],
    /// The seed, once published.
    pub seed: Option<[u8; 32]>,
}

impl Platform {
    /// The months whose lot was committed to, the last first.
    pub async fn drill_months(&self, ask: &Ask) -> Result<Vec<DrillMonthView>, PlatformError> {
        ask.access.need(Capability::SeeDutyRooms)?;
        let shown = |one: DrillMonth| DrillMonthView {
            month: one.committed.month,
            committed_at: one.committed.committed_at,
            commitment: one.committed.commitment,
            seed: one.revealed.map(|(seed, _)| seed),
        };
        Ok(self.inner.store.drill_months().await?.into_iter().map(shown).collect())
    }

    /// Commits to this month and the next, holds what is due by lot, publishes what is over.
    pub async fn keep_lots(&self, now: Timestamp) {
        if let Err(error) = self.draw_lots(now).await {
            warn!(%error, "drills by lot not looked at");
        }
    }

    async fn draw_lots(&self, now: Timestamp) -> Result<(), PlatformError> {
        let month = day_of(now).first_of_month();
        let next = day_after(month.last_of_month(), 1);
        let mut months = self.inner.store.drill_months().await?;
        let mut is_new = false;
        for one in [month, next] {
            if !months.iter().any(|known| known.committed.month == one) {
                is_new |= self.commit_to_month(one, now).await?;
            }
        }
        if is_new {
            months = self.inner.store.drill_months().await?;
        }
        for one in months.iter().filter(|one| one.revealed.is_none() && one.committed.month < month) {
            let seed = self.seed_of_month(one)?;
            self.inner.store.reveal_drill_month(one.committed.month, &seed, now).await?;
            let said = Some(format!("seed {}", hex(&seed)));
            let about = month_object(one.committed.month);
            self.audit(&Ask::platform(now), "drill_month_reveal", about, "ok", said).await?;
        }
        match months.iter().find(|one| one.committed.month == month) {
            Some(one) => self.enter_due(one, now).await,
            None => Ok(()),
        }
    }

    async fn commit_to_month(&self, month: Date, now: Timestamp) -> Result<bool, PlatformError> {
        let seed: Seed = self.inner.surroundings.random();
        let commitment = sha256(commitment_text(&seed, month).as_bytes());
        let sealed_seed = self.close_seed(&seed, &seal_context(month));
        let new = NewDrillMonth { month, committed_at: now, commitment, sealed_seed };
        let is_new = self.inner.store.commit_drill_month(&new).await?;
        if is_new {
            let said = Some(format!("sha256 {}", hex(&commitment)));
            let about = month_object(month);
            self.audit(&Ask::platform(now), "drill_month_commit", about, "ok", said).await?;
        }
        Ok(is_new)
    }

    /// Enters the drills whose drawn moment has come; the round that begins drills does the rest.
    async fn enter_due(&self, month: &DrillMonth, now: Timestamp) -> Result<(), PlatformError> {
        let rooms = self.inner.store.lot_rooms().await?;
        if rooms.is_empty() {
            return Ok(());
        }
        let seed = self.seed_of_month(month)?;
        let first = month.committed.month;
        // Before the commitment a moment would prove nothing.
        let since = month.committed.committed_at.max(begin_of(first));
        for room in rooms {
            let at = blind_moment(&seed, first, room.room_id, &|bytes: &[u8]| sha256(bytes));
            if at > now || now.duration_since(at) > HELD_WITHIN || at < room.since.max(since) {
                continue;
            }
            let new = NewDrill {
                id: DrillId(self.inner.surroundings.id(now)),
                kind: DrillKind::DoubleBlind,
                room_id: room.room_id,
                unit_id: room.unit_id,
                camera_id: None,
                code: room.code,
                place: String::new(),
                knows: room.knows,
                begins_at: at,
                lot_month: Some(first),
                planned_by: None,
                planned_at: now,
            };
            if self.inner.store.plan_drill(&Access::PLATFORM, &new).await? {
                info!(drill = %new.id, room = %new.room_id, "double-blind drill by lot");
            }
        }
        Ok(())
    }

    fn seed_of_month(&self, month: &DrillMonth) -> Result<Seed, PlatformError> {
        if let Some((seed, _)) = month.revealed {
            return Ok(seed);
        }
        let first = month.committed.month;
        let broken = || {
            PlatformError::Internal(format!(
                "the seed of the drills of {first} does not open with the key file of this data folder; restore seal.key"
            ))
        };
        self.open_seed(&month.committed.sealed_seed, &seal_context(first)).ok_or_else(broken)
    }
}

/// What the commitment to a month is the digest of.
fn commitment_text(seed: &Seed, month: Date) -> String {
    format!("watchfire-drill-month/1\nmonth {month}\nseed {}\n", hex(seed))
}

fn seal_context(month: Date) -> String {
    format!("drills of {month}")
}

fn month_object(month: Date) -> Object {
    Object { kind: "drill_month", id: None, name: Some(month.to_string()), unit_id: None }
}
