//! Reference pictures: a person is shown the newest picture of a camera and approves exactly that one.
//!
//! A candidate is held in memory for a while under its hash; approving names the hash, so that nothing is approved that nobody saw. Who
//! approves has to see live pictures and to manage cameras.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use domain::ids::CameraId;
use domain::role::Capability;
use domain::zone::Light;
use jiff::{SignedDuration, Timestamp};
use store::{NewReference, ReferenceRow};
use vision::{Picture, ReferencePicture};

use super::turns::Urgency;
use super::{CameraZonesView, key_frame_jpeg};
use crate::access::camera_object;
use crate::{Ask, Platform, PlatformError};

/// A candidate can be approved for this long: what was seen long ago is not how the place is.
const KEPT_FOR: SignedDuration = SignedDuration::from_mins(10);
/// Candidates held at most, over all cameras; each is some 100 kB.
const KEPT_MAX: usize = 64;

/// A picture that can be approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Of which camera.
    pub camera_id: CameraId,
    /// What would be kept.
    pub picture: NewReference,
    /// SHA-256 of the file, lower-case hex.
    pub sha256: String,
    /// The file.
    pub jpeg: Arc<[u8]>,
    shown_at: Timestamp,
}

/// Candidates that were shown.
#[derive(Default)]
pub(crate) struct Candidates {
    kept: Mutex<VecDeque<Candidate>>,
}

impl Candidates {
    fn keep(&self, candidate: Candidate) {
        let mut kept = self.lock();
        kept.retain(|one| (one.camera_id, &one.sha256) != (candidate.camera_id, &candidate.sha256));
        if kept.len() >= KEPT_MAX {
            kept.pop_front();
        }
        kept.push_back(candidate);
    }

    /// The candidate of a camera with this hash, unless it is too old.
    fn find(&self, id: CameraId, sha256: &str, now: Timestamp) -> Option<Candidate> {
        let mut kept = self.lock();
        kept.retain(|one| now.duration_since(one.shown_at).abs() <= KEPT_FOR);
        kept.iter().find(|one| one.camera_id == id && one.sha256 == sha256).cloned()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Candidate>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Platform {
    /// The approved picture of a camera by this light.
    pub async fn reference_picture(
        &self,
        ask: &Ask,
        id: CameraId,
        light: Light,
    ) -> Result<(ReferenceRow, Vec<u8>), PlatformError> {
        ask.access.need(Capability::SeeLive)?;
        let camera = self.inner.store.camera(&ask.access, id).await?.camera;
        let found = self.inner.store.reference_picture(&ask.access, id, light).await?;
        self.audit_look(ask, "view_reference", camera_object(&camera)).await?;
        Ok(found)
    }

    /// Takes the newest key frame of a camera as a picture that can be approved. Unavailable while there is none.
    pub async fn reference_candidate(&self, ask: &Ask, id: CameraId) -> Result<Candidate, PlatformError> {
        ask.access.need(Capability::ManageCameras)?;
        ask.access.need(Capability::SeeLive)?;
        let camera = self.inner.store.camera(&ask.access, id).await?.camera;
        self.audit_look(ask, "view_picture", camera_object(&camera)).await?;
        let none = || PlatformError::Unavailable("the camera sends no picture now 摄像机暂无画面".to_owned());
        let frame = self.stream(id).and_then(|stream| stream.latest_key_frame()).ok_or_else(none)?;
        let taken_at = Timestamp::from_microsecond(frame.received_at_us).unwrap_or(ask.now);
        let jpeg = key_frame_jpeg(self, frame, None).await.ok_or_else(none)?;
        let read = self
            .inner
            .workers
            .lend(Urgency::Now, move |_| read(&jpeg).map(|facts| (facts, jpeg)))
            .await
            .flatten();
        let ((light, size_px), jpeg) = read.ok_or_else(none)?;
        let candidate = Candidate {
            camera_id: id,
            picture: NewReference { light, size_px, taken_at },
            sha256: store::sha256_hex(&jpeg),
            jpeg: jpeg.into(),
            shown_at: ask.now,
        };
        self.inner.candidates.keep(candidate.clone());
        Ok(candidate)
    }

    /// The file of a candidate.
    pub async fn candidate_picture(
        &self,
        ask: &Ask,
        id: CameraId,
        sha256: &str,
    ) -> Result<Candidate, PlatformError> {
        ask.access.need(Capability::ManageCameras)?;
        ask.access.need(Capability::SeeLive)?;
        self.inner.store.camera(&ask.access, id).await?;
        self.inner.candidates.find(id, sha256, ask.now).ok_or(PlatformError::NotFound)
    }

    /// Approves a candidate: it counts from the camera's next look. Conflict where no such picture was shown in the last ten minutes.
    pub async fn approve_reference(
        &self,
        ask: &Ask,
        id: CameraId,
        sha256: &str,
    ) -> Result<CameraZonesView, PlatformError> {
        ask.access.need(Capability::ManageCameras)?;
        ask.access.need(Capability::SeeLive)?;
        let camera = self.inner.store.camera(&ask.access, id).await?.camera;
        let candidate = self.inner.candidates.find(id, sha256, ask.now).ok_or_else(|| {
            PlatformError::Conflict(
                "this picture was not shown in the last ten minutes; look again 画面已过期，请重新获取"
                    .to_owned(),
            )
        })?;
        let approved = (&candidate.picture, candidate.jpeg.as_ref());
        self.inner.store.approve_reference(&ask.access, id, approved, ask.access.user_id, ask.now).await?;
        let detail = Some(format!("{} {sha256}", candidate.picture.light.as_str()));
        self.audit(ask, "reference_approve", camera_object(&camera), "ok", detail).await?;
        self.change_watch(id);
        self.camera_zones(ask, id).await
    }
}

/// Light and size of a picture that can be compared with.
fn read(jpeg: &[u8]) -> Option<(Light, [u32; 2])> {
    let picture = Picture::from_encoded(jpeg).ok()?;
    let light = if ReferencePicture::of(&picture).ok()?.is_grey() { Light::Infrared } else { Light::Day };
    Some((light, [picture.width(), picture.height()]))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn candidate(n: usize, s: i64) -> Candidate {
        let at = Timestamp::from_second(s).unwrap();
        Candidate {
            camera_id: CameraId(Uuid::from_u128(1)),
            picture: NewReference { light: Light::Day, size_px: [640, 360], taken_at: at },
            sha256: n.to_string(),
            jpeg: [].into(),
            shown_at: at,
        }
    }

    #[test]
    fn candidates_are_few_and_get_old() {
        let now = |s| Timestamp::from_second(s).unwrap();
        let candidates = Candidates::default();
        for n in 0..=KEPT_MAX {
            candidates.keep(candidate(n, 0));
        }
        candidates.keep(candidate(KEPT_MAX, 100));
        let id = CameraId(Uuid::from_u128(1));
        assert_eq!(candidates.find(id, "0", now(1)), None, "the oldest made room");
        assert!(candidates.find(id, "1", now(600)).is_some());
        assert_eq!(candidates.find(CameraId(Uuid::from_u128(2)), "1", now(1)), None);
        assert_eq!(candidates.find(id, "1", now(601)), None);
        assert!(candidates.find(id, &KEPT_MAX.to_string(), now(601)).is_some(), "shown again later");
    }
}
