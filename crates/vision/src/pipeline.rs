//! One camera's pictures from key frame to observation.
//!
//! A [`Worker`] holds what is heavy and knows no camera: decoder, scaler and the shared model. One worker serves any number of
//! cameras, one look after the other; a thread owns one. A [`CameraWatch`] holds what belongs to one
//! camera and is small: backgrounds, recent looks, health.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use thiserror::Error;

use crate::{
    coding::Coding,
    confirm::{Confirmation, Sighting},
    decode::{DecodeError, KeyframeDecoder},
    engine::{Map, WeightsError},
    gate::{Gate, Verdict},
    health::{ConditionChange, Health},
    model::FireSmoke,
    observation::{Detection, Evidence, Kind, Observation, Rect},
    people::{Object, People},
    picture::{Picture, PictureError, draw_boxes, encode_jpeg},
    presence::{PresenceReport, PresenceRules, PresenceWatch},
    scale::Scaler,
    two_wheels::TwoWheelsWatch,
    view::{
        EdgeField, LeftObject, LeftObjects, LeftRule, Polygon, ReferencePicture, StandingCells, ZoneState,
        ZoneWatch,
    },
};

/// Score from which a bicycle or motorcycle is told. Low, because e-bikes are what is wanted of them and look like neither; nothing rings for them.
const TWO_WHEELS: f32 = 0.15;

/// A look that gave no answer.
#[derive(Debug, Error)]
pub enum LookError {
    /// The key frame gave no picture.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// The picture could not be scaled.
    #[error("scaling: {0}")]
    Scale(#[from] fast_image_resize::ResizeError),
    /// The people model is not in the program as it should be.
    #[error(transparent)]
    People(#[from] WeightsError),
    /// The evidence could not be written.
    #[error("evidence: {0}")]
    Evidence(#[from] PictureError),
}

/// What a look cost, in microseconds of elapsed time. Zero for stages that did not run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Timings {
    /// Key frame to picture.
    pub decode_us: u32,
    /// Medium and small luma, gate, health, what was left, zones.
    pub gate_us: u32,
    /// Picture to model input.
    pub scale_us: u32,
    /// The model.
    pub infer_us: u32,
}

/// The outcome of one key frame.
#[derive(Debug)]
pub struct Look {
    /// When, as given by the caller.
    pub at: Timestamp,
    /// What the gate said; `None` when there was no picture for it.
    pub gate: Option<Verdict>,
    /// What the model saw, one entry a kind. Empty when it was not asked.
    pub detections: Vec<Detection>,
    /// Kinds whose score reached the threshold of a suspicion.
    pub supported: Vec<Kind>,
    /// People and some things around them, strongest first; `None` when they are not looked for.
    pub objects: Option<Vec<Object>>,
    /// What the people of the looks so far say: a minute that ended, nobody there, somebody who does not move.
    pub presence: PresenceReport,
    /// What became suspect or confirmed by this look. Mostly empty; at most one entry a kind.
    pub observations: Vec<Observation>,
    /// What began or ended to be wrong with the camera's picture.
    pub conditions: Vec<ConditionChange>,
    /// What was found left in the scene, and what of it was taken away, where that is asked for.
    pub left: Vec<LeftObject>,
    /// The camera's zones, in the order they were given; `None` when there are none or the picture cannot be compared: the camera is turned,
    /// covered, black, or sees by infrared where the approved picture has colour.
    pub zones: Option<Vec<ZoneState>>,
    /// The zones that are kept free of bicycles and motorcycles, in the order they were given.
    pub two_wheels: Vec<ZoneState>,
    /// What it cost.
    pub timings: Timings,
    /// Why there is no answer, if there is none.
    pub error: Option<LookError>,
}

/// Decoder, scaler and model of one thread.
pub struct Worker {
    decoder: KeyframeDecoder,
    scaler: Scaler,
    model: Arc<FireSmoke>,
    /// Loaded when the first camera wants its people counted.
    people: Option<People>,
}

impl Worker {
    /// A worker that runs this model.
    pub fn new(model: Arc<FireSmoke>) -> Self {
        Self { decoder: KeyframeDecoder::new(), scaler: Scaler::new(), model, people: None }
    }

    /// The model it runs.
    pub const fn model(&self) -> &Arc<FireSmoke> {
        &self.model
    }

    /// Decodes a key frame: an Annex B access unit with parameter sets and a picture that needs no other.
    pub fn decode(&mut self, coding: Coding, access_unit: &[u8]) -> Result<Picture, DecodeError> {
        self.decoder.decode(coding, access_unit)
    }

    /// Scores one picture by itself, without gate or memory.
    pub fn detect(&mut self, picture: &Picture) -> Result<Vec<Detection>, LookError> {
        Ok(self.timed_detect(picture, &[], &mut Timings::default())?)
    }

    fn objects(&mut self, picture: &Picture) -> Result<Vec<Object>, LookError> {
        if self.people.is_none() {
            let people = People::embedded()?;
            let [person, .., chair] = people.thresholds();
            self.people = Some(people.with_thresholds([person, TWO_WHEELS, TWO_WHEELS, chair]));
        }
        let people = self.people.as_ref().expect("loaded just now");
        Ok(people.detect(&mut self.scaler, picture)?)
    }

    fn timed_detect(
        &mut self,
        picture: &Picture,
        masks: &[Polygon],
        timings: &mut Timings,
    ) -> Result<Vec<Detection>, fast_image_resize::ResizeError> {
        let started = Instant::now();
        let mut input = self.scaler.model_input(picture)?;
        for mask in masks {
            hide(&mut input, mask);
        }
        timings.scale_us = micros(started.elapsed());
        let started = Instant::now();
        let detections = self.model.detect(&input);
        timings.infer_us = micros(started.elapsed());
        Ok(detections)
    }
}

/// What belongs to one camera.
#[derive(Debug, Clone)]
pub struct CameraWatch {
    gate: Gate,
    is_gated: bool,
    confirmations: [Confirmation; Kind::ALL.len()],
    health: Health,
    left: Option<LeftObjects>,
    zones: Option<Zones>,
    masks: Vec<Polygon>,
    presence: Option<PresenceWatch>,
    two_wheels: Vec<TwoWheelsWatch>,
}

/// The zones of one camera and what they are compared with.
#[derive(Debug, Clone)]
struct Zones {
    /// Shared, because a camera's state is copied for every look that could fail.
    reference: Arc<ReferencePicture>,
    cells: StandingCells,
    watches: Vec<ZoneWatch>,
}

/// A part of the picture that has to stay as approved.
#[derive(Debug, Clone, PartialEq)]
pub struct WatchedZone {
    /// Where.
    pub outline: Polygon,
    /// How long something has to stand in it.
    pub hold: SignedDuration,
}

impl CameraWatch {
    /// A camera nothing is known about yet.
    pub fn new(model: &FireSmoke) -> Self {
        let thresholds = model.thresholds();
        Self {
            gate: Gate::default(),
            is_gated: true,
            confirmations: Kind::ALL.map(|kind| Confirmation::new(kind, &thresholds)),
            health: Health::default(),
            left: None,
            zones: None,
            masks: Vec::new(),
            presence: None,
            two_wheels: Vec::new(),
        }
    }

    /// A camera whose people are counted as well, by these rules. It costs twice as much as everything else together: for duty rooms.
    #[must_use]
    pub fn counting_people(self, rules: PresenceRules) -> Self {
        Self { presence: Some(PresenceWatch::new(rules)), ..self }
    }

    /// A camera that tells again what it goes on seeing, each time that so much time has passed.
    #[must_use]
    pub fn telling_again(mut self, after: SignedDuration) -> Self {
        for confirmation in &mut self.confirmations {
            confirmation.tell_again(after);
        }
        self
    }

    /// A camera that also tells what is left in its scene.
    #[must_use]
    pub fn finding_left_objects(self) -> Self {
        Self { left: Some(LeftObjects::new(LeftRule::USUAL)), ..self }
    }

    /// A camera whose every picture is shown to the model, whatever the gate says: for files and measurements.
    #[must_use]
    pub fn ungated(self) -> Self {
        Self { is_gated: false, ..self }
    }

    /// From the next picture on, compares these zones with the approved picture; none of them blocked yet.
    pub fn watch_zones(&mut self, reference: ReferencePicture, zones: &[WatchedZone]) {
        let watches = zones.iter().map(|zone| ZoneWatch::new(&zone.outline, zone.hold)).collect();
        self.zones = Some(Zones { cells: reference.cells(), reference: Arc::new(reference), watches });
    }

    /// From the next picture on, tells bicycles and motorcycles that stay in these zones; nothing is known of any yet.
    pub fn watch_for_two_wheels(&mut self, zones: Vec<WatchedZone>) {
        self.two_wheels = zones.into_iter().map(TwoWheelsWatch::new).collect();
    }

    /// From the next picture on, hides these parts from the model: a stove that may burn, a street that is not the school's.
    pub fn mask(&mut self, masks: Vec<Polygon>) {
        self.masks = masks;
    }

    /// What the pictures so far say about the camera.
    pub const fn health(&self) -> &Health {
        &self.health
    }

    /// Takes the camera's next key frame. Never fails: what went wrong is in [`Look::error`].
    pub fn look(&mut self, worker: &mut Worker, at: Timestamp, coding: Coding, access_unit: &[u8]) -> Look {
        let mut look = Look::empty(at);
        let started = Instant::now();
        let decoded = worker.decode(coding, access_unit);
        look.timings.decode_us = micros(started.elapsed());
        match decoded {
            Ok(picture) => self.judge(worker, &picture, &mut look),
            Err(error) => {
                self.health.undecodable();
                look.error = Some(error.into());
            }
        }
        look
    }

    /// Takes the camera's next picture when it is decoded already, for example a JPEG snapshot.
    pub fn look_at(&mut self, worker: &mut Worker, at: Timestamp, picture: &Picture) -> Look {
        let mut look = Look::empty(at);
        self.judge(worker, picture, &mut look);
        look
    }

    fn judge(&mut self, worker: &mut Worker, picture: &Picture, look: &mut Look) {
        if let Err(error) = self.try_judge(worker, picture, look) {
            look.error = Some(error);
        }
    }

    fn try_judge(
        &mut self,
        worker: &mut Worker,
        picture: &Picture,
        look: &mut Look,
    ) -> Result<(), LookError> {
        let started = Instant::now();
        let medium = worker.scaler.medium_luma(picture)?;
        let small = worker.scaler.small_luma(&medium)?;
        let verdict = self.gate.observe(look.at, &small);
        look.gate = Some(verdict);
        let (conditions, edges) = self.health.decoded(look.at, picture, &medium);
        look.conditions = conditions;
        // A picture that is not the scene says nothing about what stands in it.
        if !self.health.shows_something_else() {
            look.left = self.left.as_mut().map_or_else(Vec::new, |left| left.observe(look.at, &medium));
            let is_grey = self.health.measures().is_grey();
            look.zones =
                self.zones.as_mut().and_then(|zones| zones.observe(look.at, is_grey, &medium, &edges));
        }
        look.timings.gate_us = micros(started.elapsed());
        self.count(worker, picture, &small, look)?;
        let open = self.confirmations.iter().any(Confirmation::is_open);
        if self.is_gated && verdict == Verdict::Quiet && !open {
            return Ok(());
        }
        look.detections = worker.timed_detect(picture, &self.masks, &mut look.timings)?;
        for (state, detection) in self.confirmations.iter_mut().zip(&look.detections) {
            if state.is_supported_by(detection) {
                look.supported.push(detection.kind);
            }
            if let Some(sighting) = state.observe(look.at, detection, |area| self.gate.change_in(area)) {
                look.observations.push(observation(
                    sighting,
                    detection,
                    picture,
                    worker.model.version().to_owned(),
                )?);
            }
        }
        Ok(())
    }
}

impl CameraWatch {
    /// People and two-wheelers, where they are asked for. Two-wheelers are looked for when something moved or one is there already.
    fn count(
        &mut self,
        worker: &mut Worker,
        picture: &Picture,
        small: &[u8],
        look: &mut Look,
    ) -> Result<(), LookError> {
        let has_changed =
            look.gate != Some(Verdict::Quiet) || self.two_wheels.iter().any(TwoWheelsWatch::is_pending);
        let is_asked = self.presence.is_some() || (!self.two_wheels.is_empty() && has_changed);
        let objects = is_asked.then(|| worker.objects(picture)).transpose()?;
        if let (Some(presence), Some(objects)) = (&mut self.presence, &objects) {
            look.presence = presence.observe(look.at, objects, small);
        }
        let shows_scene = !self.health.shows_something_else();
        let states = self.two_wheels.iter_mut().map(|watch| match &objects {
            Some(objects) if shows_scene => watch.observe(look.at, objects),
            _ => watch.state(look.at),
        });
        look.two_wheels = states.collect();
        look.objects = objects;
        Ok(())
    }
}

impl Zones {
    /// The zones after this look, unless the picture cannot be compared with the approved one.
    fn observe(
        &mut self,
        at: Timestamp,
        is_grey: bool,
        medium: &[u8],
        edges: &EdgeField,
    ) -> Option<Vec<ZoneState>> {
        let is_comparable = self.reference.is_comparable(is_grey, edges) && self.cells.observe(at, medium);
        is_comparable.then(|| self.watches.iter_mut().map(|zone| zone.observe(at, &self.cells)).collect())
    }
}

impl Look {
    /// A look of this time that has seen nothing yet.
    pub fn empty(at: Timestamp) -> Self {
        Self {
            at,
            gate: None,
            detections: Vec::new(),
            supported: Vec::new(),
            objects: None,
            presence: PresenceReport::default(),
            observations: Vec::new(),
            conditions: Vec::new(),
            left: Vec::new(),
            zones: None,
            two_wheels: Vec::new(),
            timings: Timings { decode_us: 0, gate_us: 0, scale_us: 0, infer_us: 0 },
            error: None,
        }
    }

    /// Score of a kind, 0 to 1; `None` when the model was not asked.
    pub fn score(&self, kind: Kind) -> Option<f32> {
        self.detections.iter().find(|found| found.kind == kind).map(|found| found.score)
    }

    /// Whether this look counts towards a kind.
    pub fn supports(&self, kind: Kind) -> bool {
        self.supported.contains(&kind)
    }

    /// Whether the model was asked.
    pub const fn looked(&self) -> bool {
        !self.detections.is_empty()
    }
}

fn observation(
    sighting: Sighting,
    detection: &Detection,
    picture: &Picture,
    model_version: String,
) -> Result<Observation, PictureError> {
    let boxes: Vec<Rect> = detection.marked().collect();
    let mut rgb = picture.to_rgb();
    let plain_jpeg = encode_jpeg(&rgb)?;
    draw_boxes(&mut rgb, &boxes.iter().map(|b| (sighting.kind, *b)).collect::<Vec<_>>());
    let evidence = Evidence { plain_jpeg, marked_jpeg: encode_jpeg(&rgb)? };
    Ok(Observation {
        is_again: sighting.is_again,
        kind: sighting.kind,
        certainty: sighting.certainty,
        score: sighting.score,
        boxes,
        at: sighting.at,
        first_seen_at: sighting.first_seen_at,
        model_version,
        evidence,
    })
}

/// Paints over a part of the model's input: a level grey has nothing in it.
fn hide(input: &mut Map, mask: &Polygon) {
    let (width, height) = (input.width as f32, input.height as f32);
    for (at, pixel) in input.data.chunks_exact_mut(input.channels).enumerate() {
        let (x, y) = ((at % input.width) as f32 + 0.5, (at / input.width) as f32 + 0.5);
        if mask.contains([x / width, y / height]) {
            pixel.fill(0.0);
        }
    }
}

fn micros(elapsed: Duration) -> u32 {
    u32::try_from(elapsed.as_micros()).unwrap_or(u32::MAX)
}
