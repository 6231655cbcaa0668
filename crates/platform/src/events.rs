//! What happened, for whoever is connected: a broadcast inside the process.
//!
//! The bus only wakes people up. The truth is in the rows: a listener reads the alarm through its own access, so an event about
//! somebody else's unit shows it nothing, and one that lagged reads the list again.

use std::collections::HashMap;
use std::sync::Arc;

use domain::camera::CameraState;
use domain::ids::{AlarmId, CameraId, DutyRoomId, ProbeId};
use store::SeatCall;
use tokio::sync::broadcast;

/// Events a slow listener may fall behind before it must read the lists again.
const BACKLOG_MAX: usize = 1024;

/// Something happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// An alarm was raised or changed; `seq` is the outbox row it comes from.
    Alarm {
        /// Outbox sequence number.
        seq: i64,
        /// True for a new alarm.
        raised: bool,
        /// Which.
        id: AlarmId,
    },
    /// A camera's state changed.
    Camera {
        /// Which.
        id: CameraId,
        /// State now.
        state: CameraState,
        /// Stable reason code where something is wrong.
        reason_code: Option<String>,
    },
    /// Some devices, or what they told of themselves, changed: one event for many, because a power cut changes thousands.
    Devices,
    /// A device reported something.
    DeviceNotices,
    /// Notices were written, signed, answered or reviewed: one event for many, because they are sent in bulk.
    Notices,
    /// An organisation, its people or a duty contract changed.
    Organisations,
    /// A duty room, a roster, who is on post, or a timer changed.
    Duty,
    /// Roll-calls of duty rooms were asked, answered or settled: one event for many, because thousands are asked together.
    RollCalls,
    /// Duty rooms are asked: what each of their seats shows. Nobody but seats listens to it.
    RoomsAsked(Arc<HashMap<DutyRoomId, SeatCall>>),
    /// The seat of a duty room answered. Nobody but seats listens to it.
    RoomAnswered(DutyRoomId),
    /// Drills of duty rooms were planned, begun, worked or ended.
    Drills,
    /// A fire facility told something, or how its device stands changed.
    Facilities,
    /// A quarantine of a rule was proposed, decided or ended.
    RuleQuality,
    /// A planned silence was asked for, decided or ended.
    Silences,
    /// A probe of the watchdog came by; nobody but the watchdog listens to it.
    Probe(ProbeId),
    /// A link of the way of alarms broke or is mended.
    Watchdog,
}

/// The broadcast.
pub struct Bus {
    sender: broadcast::Sender<Event>,
}

impl Bus {
    pub(crate) fn new() -> Self {
        Self { sender: broadcast::channel(BACKLOG_MAX).0 }
    }

    pub(crate) fn publish(&self, event: Event) {
        // Nobody listening is no fault: the rows are written.
        let _ = self.sender.send(event);
    }
}

impl crate::Platform {
    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<Event> {
        self.inner.events.sender.subscribe()
    }
}
