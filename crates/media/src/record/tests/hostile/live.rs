//! Streams over real sockets, recorded beside a device without faults.

use super::super::support::*;
use super::camera::{Kept, NEIGHBOUR, PATIENT, read};
use crate::CameraStream;
use crate::called::Transport;
use crate::called::testing::{Device, Habits};
use crate::reception::Reception;
use crate::record::StreamId;
use crate::recording::{PART_US, Recording, RecordingCounts, spawn_recording};
use crate::state::{CameraState, CameraStatus, Counters};
use std::time::Duration;

/// How often a stream is looked at.
const LOOK: Duration = Duration::from_millis(5);

/// What is known of a stream.
pub(super) struct Seen {
    pub(super) status: CameraStatus,
    /// Of one that is called.
    pub(super) reception: Option<Reception>,
}

/// A stream that is recorded.
struct Recorded {
    stream: CameraStream,
    recording: Recording,
}

impl Recorded {
    fn begin(setting: &Setting, id: StreamId, stream: CameraStream) -> Self {
        let groups = stream.subscribe_groups(Duration::from_micros(PART_US.unsigned_abs()));
        let recording = spawn_recording(groups, setting.recorder.stream(id, "gate"));
        Self { stream, recording }
    }

    fn seen(&self) -> Seen {
        Seen { status: self.stream.status(), reception: self.stream.reception() }
    }

    /// Stops the camera first, so that nothing comes between its last count and the end of the recording.
    async fn end(self) -> (Counters, RecordingCounts) {
        self.stream.cancel();
        while self.stream.status().state != CameraState::Stopped {
            tokio::time::sleep(LOOK).await;
        }
        (self.stream.status().counters, self.recording.stop().await)
    }
}

/// Records a stream until what is seen of it is enough.
pub(super) async fn recorded(stream: CameraStream, is_enough: impl Fn(&Seen) -> bool) -> (Kept, Seen) {
    let setting = setting_with(1, PATIENT, QUOTA, |_| ());
    let camera = Recorded::begin(&setting, STREAM, stream);
    let ordinary = Habits { transport: Transport::DeviceConnects, ..Habits::default() };
    let neighbour = Recorded::begin(&setting, NEIGHBOUR, Device::new(ordinary).stream(true));
    let enough = async {
        while !is_enough(&camera.seen()) || neighbour.stream.status().counters.frames == 0 {
            tokio::time::sleep(LOOK).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), enough).await.expect("it comes to this");
    let seen = camera.seen();
    let (kept, of_neighbour) = (camera.end().await, neighbour.end().await);
    setting.finish();
    assert_eq!(setting.lost_s(), []);
    let [kept, neighbour] = [(STREAM, kept), (NEIGHBOUR, of_neighbour)].map(|(id, (counters, counts))| {
        let kept = read(&setting, id, counters, counts);
        assert_eq!(kept.counters.frames, kept.pictures.len() as u64, "all that was taken is recorded");
        kept
    });
    assert_eq!((neighbour.counters.corrupt, neighbour.counters.lost_packets), (0, 0));
    (kept, seen)
}
