//! The room as its cameras see it: a picture of the second in which it was asked and of that in which it answered, and the code that its seat
//! shows, looked for in key frames.
//!
//! A camera that does not run here, or shows no code, accuses nobody: the call then has no verdict, or `unreadable`.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use domain::duty::roll_call::code::{CodeVerdict, SEEN_WITHIN_S, SKEW_S, judge};
use domain::ids::{CameraId, DutyRollCallId, DutyRoomId};
use jiff::{SignedDuration, Timestamp};
use media::{CameraStream, Frame};
use store::{FrameKind, NewFrame, SeatCall};
use tracing::{info, warn};

use super::PICTURES_PERIOD;
use crate::duty::RoomSecret;
use crate::watch::{Still, code_in_key_frame, picture_at};
use crate::{Platform, PlatformError};

/// Longest look at a room, whatever the clock says.
const LOOK_MAX: Duration = Duration::from_mins(2);

/// A call whose room is looked at by one camera.
struct Looking {
    call: SeatCall,
    camera_id: CameraId,
    stream: Arc<CameraStream>,
    secret: RoomSecret,
}

impl Platform {
    /// Drops pictures whose time is over.
    pub(super) async fn drop_pictures(&self, now: Timestamp) -> Result<(), PlatformError> {
        let is_due = {
            let mut last = self.inner.roll_calls.pictures.lock().unwrap_or_else(PoisonError::into_inner);
            let is_due = last.is_none_or(|last| now.duration_since(last) >= PICTURES_PERIOD);
            if is_due {
                *last = Some(now);
            }
            is_due
        };
        if !is_due {
            return Ok(());
        }
        let settings = &self.inner.settings.roll_calls;
        let before = |keep| now.saturating_sub(keep).unwrap_or(Timestamp::MIN);
        let (before, failed) = (before(settings.pictures_keep), before(settings.failed_pictures_keep));
        let dropped = self.inner.store.drop_roll_call_frames(before, failed).await?;
        if dropped > 0 {
            info!(pictures = dropped, "old pictures of roll-calls dropped");
        }
        Ok(())
    }

    /// Has the cameras of asked rooms looked at, as far as they run here.
    pub(super) fn look_at_rooms(&self, calls: Vec<SeatCall>) {
        if calls.is_empty() {
            return;
        }
        let platform = self.clone();
        self.inner.tasks.spawn(async move {
            if let Err(error) = platform.start_looking(calls).await {
                warn!(%error, "rooms that were asked are not looked at");
            }
        });
    }

    /// Keeps a picture of a room of this second.
    pub(super) fn keep_pictures(&self, id: DutyRollCallId, room: DutyRoomId, kind: FrameKind, at: Timestamp) {
        let platform = self.clone();
        self.inner.tasks.spawn(async move {
            match platform.streams_of(&[room]).await {
                Ok(streams) => {
                    for (_, camera_id, stream) in streams {
                        platform.keep_picture(id, kind, (camera_id, &stream), at).await;
                    }
                }
                Err(error) => warn!(roll_call = %id, %error, "no picture of the answer"),
            }
        });
    }

    async fn start_looking(&self, calls: Vec<SeatCall>) -> Result<(), PlatformError> {
        let rooms: Vec<DutyRoomId> = calls.iter().map(|call| call.room_id).collect();
        let calls: HashMap<DutyRoomId, SeatCall> =
            calls.into_iter().map(|call| (call.room_id, call)).collect();
        for (room, camera_id, stream) in self.streams_of(&rooms).await? {
            let Some(call) = calls.get(&room).copied() else { continue };
            let secret = self.room_secret(room).await?;
            let (platform, looking) = (self.clone(), Looking { call, camera_id, stream, secret });
            self.inner.tasks.spawn(async move {
                let camera = (looking.camera_id, looking.stream.as_ref());
                platform.keep_picture(looking.call.id, FrameKind::Asked, camera, looking.call.asked_at).await;
                platform.look_for_code(&looking).await;
            });
        }
        Ok(())
    }

    async fn streams_of(
        &self,
        rooms: &[DutyRoomId],
    ) -> Result<Vec<(DutyRoomId, CameraId, Arc<CameraStream>)>, PlatformError> {
        let cameras = self.inner.store.cameras_of_rooms(rooms).await?;
        let running = |(room, camera)| Some((room, camera, self.stream(camera)?));
        Ok(cameras.into_iter().filter_map(running).collect())
    }

    async fn keep_picture(
        &self,
        id: DutyRollCallId,
        kind: FrameKind,
        (camera_id, stream): (CameraId, &CameraStream),
        at: Timestamp,
    ) {
        let Some(Still { jpeg, taken_at }) = picture_at(self, stream, at).await else { return };
        let frame = NewFrame { kind, camera_id, taken_at, jpeg: &jpeg };
        match self.inner.store.add_roll_call_frame(id, &frame).await {
            Ok(()) => self.calls_changed(),
            Err(error) => warn!(roll_call = %id, %error, "picture of a roll-call not kept"),
        }
    }

    /// Looks for the code in key frames until it is seen or the time is over.
    async fn look_for_code(&self, looking: &Looking) {
        let mut frames = looking.stream.subscribe_key_frames();
        let until_s = SEEN_WITHIN_S + SKEW_S;
        let until = looking
            .call
            .asked_at
            .saturating_add(SignedDuration::from_secs(until_s))
            .unwrap_or(Timestamp::MAX);
        let left = until.duration_since(self.inner.surroundings.now());
        let over = tokio::time::sleep(left.unsigned_abs().min(LOOK_MAX));
        tokio::pin!(over);
        loop {
            let frame = tokio::select! {
                () = self.inner.stop.cancelled() => return,
                () = &mut over => return,
                frame = frames.next() => frame,
            };
            let Some(frame) = frame else { return };
            match self.judge_frame(looking, frame).await {
                Ok(Some(CodeVerdict::Seen)) => return,
                Ok(_) => {}
                Err(error) => warn!(roll_call = %looking.call.id, %error, "code not judged"),
            }
        }
    }

    /// Judges a key frame; none where it shows no code card.
    async fn judge_frame(
        &self,
        looking: &Looking,
        frame: Arc<Frame>,
    ) -> Result<Option<CodeVerdict>, PlatformError> {
        let Ok(seen_at) = Timestamp::from_microsecond(frame.received_at_us) else { return Ok(None) };
        let Some((reading, jpeg)) = code_in_key_frame(self, frame).await else { return Ok(None) };
        let SeatCall { id, asked_at, .. } = looking.call;
        let verdict = judge(&reading, asked_at, seen_at, |step| looking.secret.code(step));
        // What says less than what is noted changes nothing, so the picture kept is always the one that decided.
        if self.inner.store.note_code(id, verdict, seen_at).await? {
            let frame = NewFrame {
                kind: FrameKind::Code,
                camera_id: looking.camera_id,
                taken_at: seen_at,
                jpeg: &jpeg,
            };
            self.inner.store.add_roll_call_frame(id, &frame).await?;
            self.calls_changed();
        }
        Ok(Some(verdict))
    }
}
