//! One camera's pictures from key frame to observation.
//!
//! A [`Worker`] holds what is heavy and knows no camera: decoder, scaler and the shared model. One worker serves any number of
//! cameras, one look after the other; a thread owns one. A [`CameraWatch`] holds what belongs to one
//! camera and is small: backgrounds, recent looks, health.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use serde::Serialize;
use thiserror::Error;

use crate::{
    coding::Coding,
    confirm::{Confirmation, Sighting},
    decode::{DecodeError, KeyframeDecoder},
    gate::{Gate, Verdict},
    health::Health,
    model::FireSmoke,
    observation::{Detection, Evidence, Kind, Observation, Rect},
    picture::{Picture, PictureError, draw_boxes, encode_jpeg},
    scale::Scaler,
};

/// A look that gave no answer.
#[derive(Debug, Error)]
pub enum LookError {
    /// The key frame gave no picture.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// The picture could not be scaled.
    #[error("scaling: {0}")]
    Scale(#[from] fast_image_resize::ResizeError),
    /// The evidence could not be written.
    #[error("evidence: {0}")]
    Evidence(#[from] PictureError),
}

/// What a look cost, in microseconds of elapsed time. Zero for stages that did not run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Timings {
    /// Key frame to picture.
    pub decode_us: u32,
    /// Small luma, gate and health.
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
    /// What became suspect or confirmed by this look. Mostly empty; at most one entry a kind.
    pub observations: Vec<Observation>,
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
}

impl Worker {
    /// A worker that runs this model.
    pub fn new(model: Arc<FireSmoke>) -> Self {
        Self { decoder: KeyframeDecoder::new(), scaler: Scaler::new(), model }
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
        Ok(self.timed_detect(picture, &mut Timings::default())?)
    }

    fn timed_detect(
        &mut self,
        picture: &Picture,
        timings: &mut Timings,
    ) -> Result<Vec<Detection>, fast_image_resize::ResizeError> {
        let started = Instant::now();
        let input = self.scaler.model_input(picture)?;
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
    confirmations: [Confirmation; Kind::ALL.len()],
    health: Health,
}

impl CameraWatch {
    /// A camera nothing is known about yet.
    pub fn new(model: &FireSmoke) -> Self {
        let thresholds = model.thresholds();
        Self {
            gate: Gate::default(),
            confirmations: Kind::ALL.map(|kind| Confirmation::new(kind, &thresholds)),
            health: Health::default(),
        }
    }

    /// Black, frozen, undecodable: what the pictures so far say about the camera.
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
        let small = worker.scaler.small_luma(picture)?;
        self.health.decoded(look.at, picture, &small);
        let verdict = self.gate.observe(look.at, &small);
        look.gate = Some(verdict);
        look.timings.gate_us = micros(started.elapsed());
        let open = self.confirmations.iter().any(Confirmation::is_open);
        if verdict == Verdict::Quiet && !open {
            return Ok(());
        }
        look.detections = worker.timed_detect(picture, &mut look.timings)?;
        for (state, detection) in self.confirmations.iter_mut().zip(&look.detections) {
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

impl Look {
    const fn empty(at: Timestamp) -> Self {
        Self {
            at,
            gate: None,
            detections: Vec::new(),
            observations: Vec::new(),
            timings: Timings { decode_us: 0, gate_us: 0, scale_us: 0, infer_us: 0 },
            error: None,
        }
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

fn micros(elapsed: Duration) -> u32 {
    u32::try_from(elapsed.as_micros()).unwrap_or(u32::MAX)
}
