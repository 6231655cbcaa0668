//! Samples: the picture of every answered alarm, with the people in it hidden, kept for so many days where the place allows it.
//!
//! Pictures are evidence and stay as the camera sent them; a sample is a copy for learning, so nobody has to be recognised in it. People are found
//! by the model that counts them, at a lower threshold than where they are counted: a square too many costs nothing, a face does.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use domain::access::Access;
use domain::ids::AlarmId;
use domain::role::Capability;
use jiff::{SignedDuration, Timestamp};
use store::{AlarmBlobKind, NewSample, Page, PageAsk, SampleDue, SampleRow};
use tracing::{info, warn};
use vision::scale::Scaler;
use vision::{Disguise, ObjectKind, People, Picture, Rect};

use crate::audit::Object;
use crate::{Ask, Platform, PlatformError};

/// Score from which something is hidden as a person, a quarter of what is counted as one.
const PERSON_SCORE_MIN: f32 = 0.12;
/// A box is widened by this share of its size on each side: hair and hands stick out of boxes.
const MARGIN: f32 = 0.15;
/// Pictures that could not be made samples and are remembered until the next start, at most.
const REFUSED_MAX: usize = 10_000;

/// What keeping samples needs.
#[derive(Default)]
pub(crate) struct Samples {
    people: OnceLock<Option<Arc<People>>>,
    refused: Mutex<HashSet<AlarmId>>,
}

impl Samples {
    /// The model that finds people; read when the first picture needs it.
    fn people(&self) -> Option<Arc<People>> {
        let load = || match People::embedded() {
            Ok(people) => {
                let mut thresholds = people.thresholds();
                thresholds[ObjectKind::Person.index()] = PERSON_SCORE_MIN;
                Some(Arc::new(people.with_thresholds(thresholds)))
            }
            Err(error) => {
                warn!(%error, "people cannot be hidden, so no samples are kept");
                None
            }
        };
        self.people.get_or_init(load).clone()
    }

    fn is_refused(&self, id: AlarmId) -> bool {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner).contains(&id)
    }

    fn refuse(&self, id: AlarmId) {
        let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        if refused.len() >= REFUSED_MAX {
            refused.clear();
        }
        refused.insert(id);
    }
}

impl Platform {
    /// Drops samples that are over or whose answer changed, and keeps those of newly answered alarms.
    pub async fn keep_samples(&self, now: Timestamp) -> Result<(), PlatformError> {
        let dropped = self.inner.store.drop_samples(now).await?;
        let keep = SignedDuration::from_hours(24 * i64::from(self.inner.settings.learning.sample_days));
        let since = now.saturating_sub(keep).unwrap_or(Timestamp::MIN);
        let mut due = if keep.is_zero() { Vec::new() } else { self.inner.store.samples_due(since).await? };
        due.retain(|due| !self.inner.samples.is_refused(due.alarm_id));
        let people = if due.is_empty() { None } else { self.inner.samples.people() };
        let mut kept = 0;
        for due in due {
            let Some(people) = &people else { break };
            let alarm_id = due.alarm_id;
            match self.keep_sample(due, people, (now, keep)).await {
                Ok(is_kept) => kept += usize::from(is_kept),
                Err(error) => {
                    warn!(alarm = %alarm_id, %error, "no sample of this picture");
                    self.inner.samples.refuse(alarm_id);
                }
            }
        }
        if kept + dropped > 0 {
            info!(kept, dropped, "samples");
        }
        Ok(())
    }

    async fn keep_sample(
        &self,
        due: SampleDue,
        people: &Arc<People>,
        (now, keep): (Timestamp, SignedDuration),
    ) -> Result<bool, PlatformError> {
        let picture = AlarmBlobKind::Picture;
        let (_, bytes) = self.inner.store.alarm_blob(&Access::PLATFORM, due.alarm_id, picture).await?;
        let model = Arc::clone(people);
        let hiding = tokio::task::spawn_blocking(move || without_people(&model, &bytes));
        let hidden =
            hiding.await.map_err(|fault| PlatformError::Internal(format!("hiding people: {fault}")))?;
        let (jpeg, people_hidden) = hidden?;
        let people_model = people.version().to_owned();
        let expires_at = now.saturating_add(keep).unwrap_or(Timestamp::MAX);
        let new = NewSample { due, people_hidden, people_model, at: now, expires_at };
        Ok(self.inner.store.add_sample(&new, &jpeg).await?)
    }

    /// Samples, for whoever runs the machine.
    pub async fn samples(&self, ask: &Ask, page: &PageAsk) -> Result<Page<SampleRow>, PlatformError> {
        ask.access.need(Capability::SeeAlarms)?;
        Ok(self.inner.store.samples(&ask.access, page).await?)
    }

    /// Leaves the row of an export of samples.
    pub async fn note_samples_export(&self, ask: &Ask, count: usize) -> Result<(), PlatformError> {
        let object = Object { kind: "samples", ..Object::default() };
        self.audit(ask, "samples_export", object, "ok", Some(format!("{count} samples"))).await
    }

    /// The picture of a sample.
    pub async fn sample_picture(&self, ask: &Ask, sample: &SampleRow) -> Result<Vec<u8>, PlatformError> {
        ask.access.need(Capability::SeeAlarms)?;
        Ok(self.inner.store.sample_picture(sample).await?)
    }
}

/// The picture with squares over everybody in it, and how many that were.
fn without_people(people: &People, jpeg: &[u8]) -> Result<(Vec<u8>, u32), PlatformError> {
    let unreadable = |error: &dyn std::fmt::Display| PlatformError::Internal(format!("sample: {error}"));
    let mut picture = Picture::from_encoded(jpeg).map_err(|error| unreadable(&error))?;
    let found = people.detect(&mut Scaler::new(), &picture).map_err(|error| unreadable(&error))?;
    let persons = found.iter().filter(|object| object.kind == ObjectKind::Person);
    let areas: Vec<Rect> = persons.map(|object| widened(object.rect)).collect();
    let count = u32::try_from(areas.len()).unwrap_or(u32::MAX);
    Disguise::new(areas, None).apply(&mut picture, 0);
    let jpeg = picture.to_jpeg().map_err(|error| unreadable(&error))?;
    Ok((jpeg, count))
}

fn widened(rect: Rect) -> Rect {
    let (x, y) = ((rect.x - rect.w * MARGIN).max(0.0), (rect.y - rect.h * MARGIN).max(0.0));
    let (right, lower) = (rect.x + rect.w * (1.0 + MARGIN), rect.y + rect.h * (1.0 + MARGIN));
    Rect { x, y, w: right.min(1.0) - x, h: lower.min(1.0) - y }
}
