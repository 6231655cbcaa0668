//! Cameras that were greeted: one conversation each, kept so that a stop is one question and not ten.
//!
//! What is kept belongs to a source: a camera that is entered anew, with another address or password, is greeted anew. A refused log-in is
//! remembered for a while, and the camera not asked again meanwhile, because devices lock accounts.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};

use domain::ids::CameraId;
use futures::future::{BoxFuture, join_all};
use jiff::{SignedDuration, Timestamp};
use media::onvif::{Device, OnvifAddress, OnvifClient, OnvifError, OnvifSettings, ReplyLimits};
use media::{Clock, Reach, RtspUrl};
use store::{CameraRecord, CameraSource};

use super::profile;
use super::trouble::Trouble;
use crate::{Ask, Platform};

/// Cameras kept: more than are turned in a day. When there are more all are greeted anew.
const REACHED_MAX: usize = 512;
/// For so long a camera that refused the log-in is not asked again: three attempts in half an hour lock no account that is known.
const REFUSED_FOR: SignedDuration = SignedDuration::from_mins(10);
/// Where cameras answer ONVIF by their makers' defaults, the most usual first.
const PORTS: [u16; 5] = [80, 8000, 8080, 8899, 2020];
/// Somebody waits for the answer with a finger on a button: less than a scan allows.
const LIMITS: ReplyLimits = ReplyLimits { connect_ms: 2_000, answer_ms: 5_000, body_bytes_max: 1 << 20 };

/// The cameras that were greeted.
pub(crate) struct Heads {
    client: OnvifClient,
    known: Mutex<HashMap<CameraId, Arc<Known>>>,
}

/// One of them. The lock is held while it is greeted, so that two people show it the password once.
struct Known {
    source: CameraSource,
    outcome: tokio::sync::Mutex<Option<Outcome>>,
}

enum Outcome {
    Reached(Arc<Reached>),
    Refused(Trouble, Timestamp),
}

/// A head that can be ordered.
pub(super) struct Reached {
    pub(super) device: Device,
    pub(super) profile: String,
}

impl Heads {
    /// Nobody is greeted yet. `is_demo`: cameras may be on this machine.
    pub(crate) fn new(clock: Clock, nonce_key: [u8; 32], is_demo: bool) -> Self {
        let reach = if is_demo { Reach::PrivateAndLoopback } else { Reach::Private };
        let client = OnvifClient::new(OnvifSettings { reach, limits: LIMITS, clock, nonce_key });
        Self { client, known: Mutex::default() }
    }

    /// What a camera's clock says less ours, in milliseconds; none where it does not tell. Needs no password.
    pub(in crate::access) async fn clock(&self, address: &OnvifAddress) -> Result<Option<i64>, OnvifError> {
        self.client.greet(address).await
    }

    fn of(&self, camera: &CameraRecord) -> Arc<Known> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(same) = known.get(&camera.id).filter(|known| known.source == camera.source) {
            return Arc::clone(same);
        }
        if known.len() >= REACHED_MAX {
            known.clear();
        }
        let fresh = Arc::new(Known { source: camera.source.clone(), outcome: tokio::sync::Mutex::default() });
        known.insert(camera.id, Arc::clone(&fresh));
        fresh
    }

    /// The device service at a host, by trying all ports at once: a host that is off answers on none, and each would wait out its time.
    async fn find(&self, host: Ipv4Addr) -> Result<OnvifAddress, Trouble> {
        let addresses = PORTS.map(|port| OnvifAddress::new(host, port));
        let greeted = join_all(addresses.iter().map(|address| self.client.greet(address))).await;
        if let Some(at) = greeted.iter().position(Result::is_ok) {
            return Ok(addresses[at].clone());
        }
        let is_silent = |error: &OnvifError| matches!(error, OnvifError::TimedOut | OnvifError::NoConnection);
        let mut errors = greeted.into_iter().filter_map(Result::err);
        // One port that refuses is a machine that is on.
        let first = errors.next().unwrap_or(OnvifError::TimedOut);
        let is_off = is_silent(&first) && errors.all(|error| is_silent(&error));
        Err(if is_off || first == OnvifError::OutOfReach { first.into() } else { Trouble::NotFound })
    }
}

impl Known {
    async fn forget(&self) {
        *self.outcome.lock().await = None;
    }
}

impl Platform {
    /// Asks a camera's head something. A camera that refuses a log-in it took before has a new clock or password, and is greeted once more.
    pub(super) async fn ask_head<T>(
        &self,
        ask: &Ask,
        camera: &CameraRecord,
        question: impl Fn(Arc<Reached>) -> BoxFuture<'static, Result<T, OnvifError>>,
    ) -> Result<T, Trouble> {
        let known = self.inner.heads.of(camera);
        let asked = question(self.reach(ask, camera, &known).await?).await.map_err(Trouble::from);
        let Err(trouble) = asked else { return asked };
        if trouble.is_of_the_line() {
            known.forget().await;
        }
        if !trouble.is_about_login() {
            return Err(trouble);
        }
        let again = question(self.reach(ask, camera, &known).await?).await.map_err(Trouble::from);
        if let Err(trouble) = &again
            && trouble.is_about_login()
        {
            *known.outcome.lock().await = Some(Outcome::Refused(trouble.clone(), ask.now));
        }
        again
    }

    /// The head of a camera, greeted where it is not known yet.
    async fn reach(&self, ask: &Ask, camera: &CameraRecord, known: &Known) -> Result<Arc<Reached>, Trouble> {
        let mut outcome = known.outcome.lock().await;
        match &*outcome {
            Some(Outcome::Reached(head)) => return Ok(Arc::clone(head)),
            Some(Outcome::Refused(trouble, at)) if ask.now.duration_since(*at) < REFUSED_FOR => {
                return Err(trouble.clone());
            }
            _ => {}
        }
        match self.greet(camera).await {
            Ok(head) => {
                let head = Arc::new(head);
                *outcome = Some(Outcome::Reached(Arc::clone(&head)));
                Ok(head)
            }
            Err(trouble) => {
                *outcome = trouble.is_about_login().then(|| Outcome::Refused(trouble.clone(), ask.now));
                Err(trouble)
            }
        }
    }

    async fn greet(&self, camera: &CameraRecord) -> Result<Reached, Trouble> {
        let CameraSource::Rtsp { address, onvif_address, user_name, sealed_password, .. } = &camera.source
        else {
            return Err(Trouble::IsChannel);
        };
        let (stream, _) = RtspUrl::parse(address).map_err(|_| Trouble::NoHost)?;
        let host: Ipv4Addr = stream.host().parse().map_err(|_| Trouble::NoHost)?;
        let entered = onvif_address.as_deref().and_then(|text| OnvifAddress::parse(text).ok());
        // The account is shown to whoever is there: it has to be the host it was entered for.
        let at = match entered.filter(|at| at.host() == host) {
            Some(at) => at,
            None => self.inner.heads.find(host).await?,
        };
        let credentials = self.credentials_of(camera.id, user_name.as_deref(), sealed_password.as_deref());
        let device = self.inner.heads.client.open(at, credentials).await?;
        let facts = device.facts().await?;
        if !facts.has_ptz {
            return Err(Trouble::NoHead);
        }
        let profile = profile::of_stream(&facts.profiles, &stream)?;
        Ok(Reached { device, profile })
    }
}
