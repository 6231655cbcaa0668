//! A clip that is served while it is still being drawn, so that cameras are there seconds after the start.

use crate::clip::{Clip, ClipError, Unit, parameters_of};
use crate::soundtrack::Soundtrack;
use media::VideoParameters;
use std::sync::{Arc, PoisonError, RwLock};

/// What a camera plays: complete, or growing faster than it is played.
#[derive(Debug)]
pub(crate) struct Reel {
    /// Length of one round in RTP ticks.
    pub(crate) duration: u32,
    pub(crate) parameters: Arc<VideoParameters>,
    pub(crate) sound: Option<Arc<Soundtrack>>,
    units: RwLock<Units>,
}

#[derive(Debug)]
struct Units {
    ready: Vec<Unit>,
    complete: bool,
}

/// What is at a place of the reel.
#[derive(Debug)]
pub(crate) enum At {
    Unit(Unit),
    /// Not drawn yet.
    Later,
    /// Behind the last picture: begin again.
    End,
}

impl Reel {
    /// A finished clip.
    pub(crate) fn complete(clip: Clip) -> Self {
        let Clip { units, duration, parameters, sound } = clip;
        Self { duration, parameters, sound, units: RwLock::new(Units { ready: units, complete: true }) }
    }

    /// The beginning of a clip that is still being drawn.
    #[cfg(test)]
    pub(crate) fn unfinished(clip: Clip) -> Self {
        let Clip { units, duration, parameters, sound } = clip;
        Self { duration, parameters, sound, units: RwLock::new(Units { ready: units, complete: false }) }
    }

    /// Begins with the first picture, which must be a key frame.
    pub(crate) fn begin(first: Unit, duration: u32) -> Result<Self, ClipError> {
        let parameters = parameters_of(&first.data).ok_or(ClipError::NoKeyFrame)?.into();
        let units = RwLock::new(Units { ready: vec![first], complete: false });
        Ok(Self { duration: duration.max(1), parameters, sound: None, units })
    }

    pub(crate) fn push(&self, unit: Unit) {
        self.units.write().unwrap_or_else(PoisonError::into_inner).ready.push(unit);
    }

    /// No more pictures will come. Returns the finished clip for the cache.
    pub(crate) fn finish(&self) -> Clip {
        let mut units = self.units.write().unwrap_or_else(PoisonError::into_inner);
        units.complete = true;
        let (parameters, sound) = (self.parameters.clone(), self.sound.clone());
        Clip { units: units.ready.clone(), duration: self.duration, parameters, sound }
    }

    pub(crate) fn at(&self, number: usize) -> At {
        let units = self.units.read().unwrap_or_else(PoisonError::into_inner);
        match units.ready.get(number) {
            Some(unit) => At::Unit(unit.clone()),
            None if units.complete => At::End,
            None => At::Later,
        }
    }

    /// The newest key frame due at `tick` of the round.
    pub(crate) fn key_frame_before(&self, tick: u32) -> usize {
        let units = self.units.read().unwrap_or_else(PoisonError::into_inner);
        units.ready.iter().rposition(|unit| unit.is_key && unit.send_at <= tick).unwrap_or(0)
    }
}
