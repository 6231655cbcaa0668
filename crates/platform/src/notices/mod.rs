//! The desk of notices and supervision (通报督办): overdue alarms by who answers for them, notices sent for them in bulk, the chain of
//! receipts, replies and their review, and what climbs because nobody answers.
//!
//! An act of sending is one transaction that writes notices, chain and notifications; channels read those rows, so a crash repeats
//! nothing and forgets nothing. What is late is read from deadlines; the platform's own round lets late ones climb and closes those
//! whose alarms have all ended.

mod overdue;
mod send;
mod work;

pub use overdue::OverdueAsk;
pub use send::{NoticeAbout, NoticePreview, NoticeTo, NoticeWish, NoticesSent, PreviewParty};
pub use work::{NoticeDetail, NoticeLevel, NoticeStepWish};

use std::time::Duration;

use domain::access::Scope;
use domain::alarm::Rung;
use domain::ids::{RegionId, UserId};
use domain::notice::NoticeEvent;
use domain::role::Capability;
use jiff::{SignedDuration, Timestamp};
use store::NoticeRow;
use tokio::time::MissedTickBehavior;
use tracing::warn;

use crate::audit::Object;
use crate::events::Event;
use crate::{Ask, Platform, PlatformError};

/// How often the platform looks for notices that climb or close. Deadlines are hours and days.
const ROUND_PERIOD: Duration = Duration::from_secs(10);
/// Notices of one reading; the rest is read in the next round.
const ROUND_MAX: u32 = 200;
/// Longest remark, note and reason, in characters.
const NOTE_LEN_MAX: usize = 500;
/// Longest reply, in characters.
const REPLY_LEN_MAX: usize = 4000;
/// Longest time a party may be given.
const DEADLINE_MAX: SignedDuration = SignedDuration::from_hours(24 * 60);

/// How notices behave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoticeSettings {
    /// Time for signing or replying where the sender names none.
    pub reply_within: SignedDuration,
    /// A notice that is late for this long climbs to the level above.
    pub escalate_after: SignedDuration,
    /// Notices to a party are counted over this span.
    pub period: SignedDuration,
}

impl Default for NoticeSettings {
    fn default() -> Self {
        Self {
            reply_within: SignedDuration::from_hours(72),
            escalate_after: SignedDuration::from_hours(24),
            period: SignedDuration::from_hours(24 * 90),
        }
    }
}

/// An office that sends notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Office {
    level: Rung,
    region_id: RegionId,
    user_id: UserId,
}

/// Lets late notices climb and closes what has ended, until the platform stops.
pub(crate) async fn run(platform: Platform) {
    let mut rounds = tokio::time::interval(ROUND_PERIOD);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = platform.inner.stop.cancelled() => return,
            _ = rounds.tick() => {}
        }
        let now = platform.inner.surroundings.now();
        if let Err(error) = platform.read_notice_clocks(now).await {
            warn!(%error, "notices not read");
        }
    }
}

impl Platform {
    /// What the platform does about notices by itself at `now`.
    pub async fn read_notice_clocks(&self, now: Timestamp) -> Result<(), PlatformError> {
        let store = &self.inner.store;
        let late_since =
            now.saturating_sub(self.inner.settings.notices.escalate_after).unwrap_or(Timestamp::MIN);
        for (event, due) in [
            (NoticeEvent::Escalate, store.notices_to_escalate(late_since, ROUND_MAX).await?),
            (NoticeEvent::Close, store.notices_to_close(ROUND_MAX).await?),
        ] {
            for id in due {
                match self.step_by_itself(id, event, now).await {
                    // Somebody moved it in this very moment: the next round looks again.
                    Ok(()) | Err(PlatformError::Conflict(_)) => {}
                    Err(error) => warn!(notice = %id, event = event.as_str(), %error, "notice not moved"),
                }
            }
        }
        Ok(())
    }

    /// Since when notices to a party are counted.
    fn notices_since(&self, now: Timestamp) -> Timestamp {
        now.saturating_sub(self.inner.settings.notices.period).unwrap_or(Timestamp::MIN)
    }

    fn deadline(&self, wanted: Option<Timestamp>, now: Timestamp) -> Result<Timestamp, PlatformError> {
        let within = self.inner.settings.notices.reply_within;
        let deadline = wanted.unwrap_or_else(|| now.saturating_add(within).unwrap_or(Timestamp::MAX));
        if deadline <= now || deadline.duration_since(now) > DEADLINE_MAX {
            return Err(PlatformError::field("deadline_at", "out_of_range", "after now and within 60 days"));
        }
        Ok(deadline)
    }

    /// Tells whoever is connected and the channels that something was written for them.
    fn note_notices(&self) {
        self.inner.events.publish(Event::Notices);
        self.wake_outlets();
    }
}

/// The office of the asker; refused for whoever sends no notices.
fn office(ask: &Ask) -> Result<Office, PlatformError> {
    ask.access.need(Capability::SendNotices)?;
    let level = ask.access.role.and_then(Rung::of);
    match (level, ask.access.scope, ask.access.user_id) {
        (Some(level), Some(Scope::Region(region_id)), Some(user_id)) => {
            Ok(Office { level, region_id, user_id })
        }
        _ => Err(domain::access::Denied(Capability::SendNotices).into()),
    }
}

/// Words of a person, trimmed; empty is none.
fn words(
    field: &'static str,
    given: Option<&str>,
    chars_max: usize,
) -> Result<Option<String>, PlatformError> {
    let Some(text) = given.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    if text.chars().count() > chars_max {
        return Err(PlatformError::field(field, "too_long", format!("at most {chars_max} characters")));
    }
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(PlatformError::field(field, "control_character", "no control characters"));
    }
    Ok(Some(text.to_owned()))
}

fn notice_object(row: &NoticeRow) -> Object {
    let name = row.number.as_deref().unwrap_or_else(|| row.notice.kind.name_zh());
    Object {
        kind: "notice",
        id: Some(row.notice.id.to_string()),
        name: Some(format!("{name} {}", row.party_name)),
        unit_id: row.party.unit_id(),
    }
}
