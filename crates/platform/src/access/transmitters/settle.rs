//! Settling: an event that is written becomes an alarm, clears one, or answers a roll-call. From rows, in the order in which they came, and
//! so that doing it twice does it once.

use std::time::Duration;

use domain::alarm::Source;
use domain::facility::FacilityEventKind;
use domain::ids::AlarmId;
use store::{Detector, UnsettledEvent};
use tracing::{info, warn};

use crate::alarms::Reported;
use crate::{Platform, PlatformError};

/// Pause after a fault of the store.
const FAULT_PAUSE: Duration = Duration::from_secs(1);
/// What another process left is looked for this often.
const PERIOD: Duration = Duration::from_secs(5);

/// Settles until the platform stops.
pub(super) async fn run(platform: Platform) {
    loop {
        if let Err(error) = platform.settle_facility_events().await {
            warn!(%error, "events of fire facilities not settled");
            tokio::time::sleep(FAULT_PAUSE).await;
        }
        tokio::select! {
            () = platform.inner.stop.cancelled() => return,
            () = platform.inner.facility_told.notified() => {}
            () = tokio::time::sleep(PERIOD) => {}
        }
    }
}

impl Platform {
    /// Settles what is there.
    pub async fn settle_facility_events(&self) -> Result<(), PlatformError> {
        let _one_at_a_time = self.inner.transmitters.settling.lock().await;
        loop {
            let events = self.inner.store.unsettled_events().await?;
            if events.is_empty() {
                return Ok(());
            }
            for event in &events {
                let alarm = match self.settle(event).await {
                    // The unit or the device is gone meanwhile: there is nobody to tell.
                    Err(PlatformError::NotFound) => {
                        warn!(event = %event.id, "event of a fire facility without a unit");
                        None
                    }
                    other => other?,
                };
                self.inner.store.settle_event(event.id, alarm).await?;
            }
        }
    }

    async fn settle(&self, event: &UnsettledEvent) -> Result<Option<AlarmId>, PlatformError> {
        let now = self.inner.surroundings.now();
        if let Some(code) = event.kind.alarm() {
            let report = Reported {
                code,
                unit_id: event.unit_id,
                camera_id: None,
                source: Source::Device,
                occurred_at: event.occurred_at.min(now),
                note: Some(note_of(event)),
                simulated: event.transmitter.1,
                observation_id: event.id.0,
                detector: Some(Detector {
                    transmitter_id: event.transmitter_id,
                    component_id: event.component_id,
                }),
            };
            return self.raise_reported(report, now).await.map(Some);
        }
        if event.kind == FacilityEventKind::Answer {
            self.answer_roll_call(event).await?;
            return Ok(None);
        }
        let (component, codes) = match event.kind.clears_all() {
            [] => (Some(event.component_id), event.kind.clears()),
            codes => (None, codes),
        };
        let mut cleared = None;
        for alarm in self.inner.store.open_facility_alarms(event.transmitter_id, component, codes).await? {
            if let Some(alarm) = self.note_cleared(alarm, Some(note_of(event))).await? {
                info!(%alarm, kind = event.kind.as_str(), "cleared at the panel, noted");
                cleared = Some(alarm);
            }
        }
        Ok(cleared)
    }
}

/// What an event says, in words: what, where, by whom, at which device.
fn note_of(event: &UnsettledEvent) -> String {
    let mut words = vec![format!("{} {}", event.kind.name_zh(), event.kind.name_en())];
    words.extend(event.place.clone());
    words.extend(event.detail.clone());
    words.extend(event.operator.map(|number| format!("操作员 Operator {number}")));
    words.push(event.transmitter.0.clone());
    words.join(" · ")
}
