//! The round: roll-calls whose time is over, devices of which nothing is heard, rows that another process changed.

use std::collections::HashMap;
use std::time::Duration;

use domain::facility::FacilityEventKind;
use domain::ids::{FacilityEventId, TransmitterId};
use jiff::{SignedDuration, Timestamp};
use store::{FrameKey, Intake, NewFacilityEvent};
use tracing::warn;

use super::directory::Entered;
use super::settings::TransmitterSettings;
use crate::events::Event;
use crate::{Platform, PlatformError};

/// How often it is looked.
const PERIOD: Duration = Duration::from_secs(1);
/// Rows are read anew every so many rounds: another process may have entered a device.
const READ_EVERY: u32 = 30;

/// Goes the round until the platform stops.
pub(super) async fn run(platform: Platform, settings: TransmitterSettings) {
    let mut ticks = tokio::time::interval(PERIOD);
    let mut away = HashMap::new();
    let mut round: u32 = 0;
    loop {
        tokio::select! {
            () = platform.inner.stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        round = round.wrapping_add(1);
        let result = async {
            if round.is_multiple_of(READ_EVERY) {
                platform.read_transmitters().await?;
            }
            let now = platform.inner.surroundings.now();
            platform.end_roll_calls(now).await?;
            platform.look_who_is_away(&mut away, settings.absent_after, now).await
        };
        if let Err(error) = result.await {
            warn!(%error, "round of the fire facilities");
        }
    }
}

impl Platform {
    /// Reads which devices are entered.
    pub(super) async fn read_transmitters(&self) -> Result<(), PlatformError> {
        let records = self.inner.store.all_transmitters().await?;
        self.inner.transmitters.enter_all(&records);
        Ok(())
    }

    /// Tells devices that stay away, and that are back. `away` holds those that were told; after a start every device has its time anew, and
    /// one whose alarm stands from before is found by the row.
    async fn look_who_is_away(
        &self,
        away: &mut HashMap<TransmitterId, bool>,
        after: SignedDuration,
        now: Timestamp,
    ) -> Result<(), PlatformError> {
        let desk = &self.inner.transmitters;
        let mut intake = Intake::default();
        for entered in desk.all() {
            let heard_at = desk.heard_at(entered.id, now);
            let is_away = now.duration_since(heard_at) >= after;
            let was_away = away.get(&entered.id).copied();
            let is_connected = desk.line(entered.id).is_some();
            match (was_away, is_away) {
                (Some(false) | None, true) => {
                    away.insert(entered.id, true);
                    intake.events.push(self.told(&entered, FacilityEventKind::Offline, heard_at, now));
                }
                // Back, or heard for the first time since a start: an alarm from before may stand.
                (Some(true) | None, false) if is_connected => {
                    away.insert(entered.id, false);
                    intake.events.push(self.told(&entered, FacilityEventKind::Online, now, now));
                }
                _ => {}
            }
        }
        if intake.is_empty() {
            return Ok(());
        }
        self.inner.store.keep_intake(&intake).await?;
        self.inner.facility_told.notify_one();
        self.inner.events.publish(Event::Facilities);
        Ok(())
    }

    fn told(
        &self,
        entered: &Entered,
        kind: FacilityEventKind,
        at: Timestamp,
        now: Timestamp,
    ) -> NewFacilityEvent {
        NewFacilityEvent {
            id: FacilityEventId(self.inner.surroundings.id(now)),
            transmitter_id: entered.id,
            unit_id: entered.unit_id,
            component_id: None,
            kind,
            frame: FrameKey { serial: 0, label: "0".repeat(12), digest: "0".repeat(32) },
            type_flag: 0,
            operator: None,
            detail: None,
            occurred_at: at,
            received_at: now,
            settled: false,
        }
    }
}
