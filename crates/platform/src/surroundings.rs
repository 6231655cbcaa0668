//! Surroundings: the time of day and randomness, handed in by the binary so that tests decide both.

use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;

type Now = dyn Fn() -> Timestamp + Send + Sync;
type Fill = dyn Fn(&mut [u8]) + Send + Sync;

/// Clock and randomness.
#[derive(Clone)]
pub struct Surroundings {
    now: Arc<Now>,
    fill: Arc<Fill>,
}

impl Surroundings {
    /// From a clock and a source of random bytes fit for secrets.
    pub fn new(
        now: impl Fn() -> Timestamp + Send + Sync + 'static,
        fill: impl Fn(&mut [u8]) + Send + Sync + 'static,
    ) -> Self {
        Self { now: Arc::new(now), fill: Arc::new(fill) }
    }

    /// The time of day.
    pub fn now(&self) -> Timestamp {
        (self.now)()
    }

    /// The clock of whatever has to do with video.
    pub(crate) fn media_clock(&self) -> media::Clock {
        let surroundings = self.clone();
        Arc::new(move || surroundings.now().as_microsecond())
    }

    /// `N` random bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.fill)(&mut bytes);
        bytes
    }

    /// A new UUIDv7 (RFC 9562 §5.7) for `now`.
    pub fn id(&self, now: Timestamp) -> Uuid {
        let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &self.random()).into_uuid()
    }
}
