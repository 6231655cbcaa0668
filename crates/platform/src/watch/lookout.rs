//! The lookout of one camera: what it has seen so far, and what becomes of each look.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use domain::alarm::AlarmCode;
use domain::place::PlaceType;
use jiff::Timestamp;
use media::{CameraStream, Frame};
use store::CameraRecord;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tracing::warn;
use vision::{CameraWatch, Look, Observation};

use super::Watched;
use super::coding_of;
use super::conditions::ConditionLedger;
use super::disbelief::Disbelief;
use super::every_picture::{Closer, EveryPicture};
use super::hand_in::HandIn;
use super::infrared::InfraredLedger;
use super::plan::{self, Scene};
use super::presence::{PresenceStep, Samples, stillest};
use super::standing::Standing;
use super::turns::{Patience, Urgency};
use super::zones::ZoneLedger;
use crate::Platform;

/// The lookout of one camera.
pub(super) struct Lookout {
    platform: Platform,
    camera: CameraRecord,
    /// The main stream, of which clips are cut.
    main: Arc<CameraStream>,
    watched: Arc<Watched>,
    seen: CameraWatch,
    scene: Scene,
    zones: ZoneLedger,
    two_wheels: ZoneLedger,
    conditions: ConditionLedger,
    presence: Samples,
    infrared: InfraredLedger,
    closer: Closer,
    disbelief: Disbelief,
    /// Which change of the rows was read.
    read_at: Option<u64>,
    looked_at: Instant,
}

impl Lookout {
    pub(super) fn new(
        platform: Platform,
        camera: CameraRecord,
        main: Arc<CameraStream>,
        watched: Arc<Watched>,
    ) -> Self {
        let settings = &platform.inner.settings.watch;
        let watch = CameraWatch::new(&platform.inner.workers.model).telling_again(settings.tell_again);
        let is_counted = camera.place_type.is_duty_room();
        let seen = if is_counted { watch.counting_people(settings.duty_rooms) } else { watch };
        Self {
            seen,
            scene: Scene::default(),
            zones: ZoneLedger::default(),
            two_wheels: ZoneLedger::default(),
            conditions: ConditionLedger::new(settings.condition_hold),
            presence: Samples::default(),
            infrared: InfraredLedger::default(),
            closer: Closer::default(),
            disbelief: Disbelief::default(),
            read_at: None,
            looked_at: Instant::now(),
            platform,
            camera,
            main,
            watched,
        }
    }

    /// Looks at a key frame of a stream, and closer where it shows a first sign.
    pub(super) async fn key_frame(
        &mut self,
        stream: &Arc<CameraStream>,
        frame: &Arc<Frame>,
        stop: &CancellationToken,
    ) {
        let Ok(at) = Timestamp::from_microsecond(frame.received_at_us) else { return };
        self.prepare(at).await;
        let (mut lent, access_unit) = (self.seen.clone(), Arc::clone(frame));
        let looked = self.platform.inner.workers.lend(self.urgency(stream), move |worker| {
            let coding = coding_of(access_unit.parameters.codec);
            let look = lent.look(worker, at, coding, &access_unit.byte_stream());
            (lent, look)
        });
        let Some((after, look)) = looked.await else { return };
        self.seen = after;
        let is_due = self.closer.is_due(&look);
        self.take(look, stream, frame).await;
        if is_due {
            self.look_closer(stream, frame, stop).await;
        }
    }

    /// Decodes every picture of a stream for a while and looks at one now and then.
    pub(super) async fn every_picture(&mut self, stream: &Arc<CameraStream>, stop: &CancellationToken) {
        let Some(mut every) = EveryPicture::for_a_minute(stream) else { return };
        while !stop.is_cancelled() {
            self.prepare(self.platform.inner.surroundings.now()).await;
            let looked = every.next(&self.platform.inner.workers, self.urgency(stream), &self.seen).await;
            let Some((after, looks, frame)) = looked else { return };
            self.seen = after;
            for look in looks {
                if self.closer.is_due(&look) {
                    every.look_closer();
                }
                self.take(look, stream, &frame).await;
            }
        }
    }

    /// Looks at more pictures for some seconds and hands in what they settle.
    async fn look_closer(&mut self, stream: &Arc<CameraStream>, key: &Frame, stop: &CancellationToken) {
        let mut closer = EveryPicture::after_a_sign(stream, key);
        while !stop.is_cancelled() {
            let looked = closer.next(&self.platform.inner.workers, Urgency::Now, &self.seen).await;
            let Some((after, looks, frame)) = looked else { return };
            self.seen = after;
            for observation in looks.into_iter().flat_map(|look| look.observations) {
                self.hand_in_fire(stream, &frame, observation).await;
            }
        }
    }

    /// Lays over what the rows say of the camera's scene now.
    async fn prepare(&mut self, at: Timestamp) {
        let changes = self.watched.changes.load(Ordering::Relaxed);
        if self.read_at != Some(changes) {
            match plan::read(&self.platform, self.camera.id).await {
                Ok(plan) => {
                    self.zones.take(plan.zones());
                    self.two_wheels.take(plan.two_wheels());
                    self.scene.take(plan);
                    self.read_at = Some(changes);
                }
                // What was read before counts until the next look, which tries again.
                Err(error) => warn!(camera = %self.camera.id, %error, "zones not read"),
            }
        }
        if self.scene.prepare(&mut self.seen, at) {
            self.zones.restart();
        }
    }

    /// Hands in what a look showed.
    async fn take(&mut self, mut look: Look, stream: &Arc<CameraStream>, frame: &Arc<Frame>) {
        self.looked_at = Instant::now();
        self.watched.note(&look);
        self.scene.follow(&self.seen, &look);
        for observation in std::mem::take(&mut look.observations) {
            self.hand_in_fire(stream, frame, observation).await;
        }
        let is_looked = look.error.is_none();
        let mut steps = self.zones.look(look.at, look.zones.as_deref());
        steps.extend(self.two_wheels.look(look.at, is_looked.then_some(&look.two_wheels)));
        for step in steps {
            self.hand_in(stream, frame).zone(step).await;
        }
        // A simulated camera plays a loop, and says that it is one.
        let samples = self.presence.take(look.at, &look.presence, !self.camera.simulated);
        for sample in samples {
            let rule = self.platform.presence_rule();
            for step in self.platform.inner.presence.take(self.camera.id, sample, rule) {
                let step = match step {
                    PresenceStep::Told {
                        code: code @ (AlarmCode::D03 | AlarmCode::D04),
                        since,
                        at,
                        note,
                        ..
                    } => PresenceStep::Told { code, since, at, place: stillest(&look.presence), note },
                    step => step,
                };
                self.hand_in(stream, frame).presence(step).await;
            }
        }
        if is_looked && !self.seen.health().shows_something_else() {
            let is_grey = self.seen.health().measures().is_grey();
            if let Some(step) = self.infrared.look(look.at, is_grey) {
                self.hand_in(stream, frame).infrared(step).await;
            }
        }
        let holding = self.seen.health().conditions();
        let steps = if is_looked { self.conditions.look(look.at, &holding) } else { Vec::new() };
        for step in steps {
            self.hand_in(stream, frame).condition(step).await;
        }
        self.watched.set_standing(Standing {
            zones: [self.zones.standing(), self.two_wheels.standing()].concat(),
            not_compared: self.scene.not_compared(&self.seen, &look),
            conditions: holding,
        });
    }

    async fn hand_in_fire(
        &mut self,
        stream: &Arc<CameraStream>,
        frame: &Arc<Frame>,
        observation: Observation,
    ) {
        let inhibited = self.disbelief.of_fire(&observation, &self.conditions.faults());
        self.hand_in(stream, frame).observation(observation, inhibited).await;
    }

    fn hand_in<'a>(&'a self, pictures: &'a Arc<CameraStream>, frame: &'a Arc<Frame>) -> HandIn<'a> {
        let faults = self.conditions.faults();
        HandIn { platform: &self.platform, camera: &self.camera, stream: &self.main, pictures, frame, faults }
    }

    fn urgency(&self, stream: &CameraStream) -> Urgency {
        let patience = patience_at(self.camera.place_type, stream.status().counters.is_stirring);
        Urgency::Since(self.looked_at, patience)
    }
}

fn patience_at(place: PlaceType, is_stirring: bool) -> Patience {
    if place.is_key_part() || is_stirring { Patience::Little } else { Patience::Much }
}
