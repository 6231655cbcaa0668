//! A clip that is served while it is still being drawn, so that cameras are there seconds after the start; or one that has no end, and is drawn
//! as time passes.

use crate::clip::{Clip, ClipError, Unit};
use crate::soundtrack::Soundtrack;
use media::VideoParameters;
use std::collections::VecDeque;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Instant;

/// Pictures that a live reel keeps: more than a minute. A client that is farther behind is given up before.
const LIVE_KEPT: usize = 400;

/// What a camera plays: complete, or growing faster than it is played.
#[derive(Debug)]
pub(crate) struct Reel {
    /// Length of one round in RTP ticks.
    pub(crate) duration: u32,
    pub(crate) parameters: Arc<VideoParameters>,
    pub(crate) sound: Option<Arc<Soundtrack>>,
    /// When its tick 0 was, where it is drawn as time passes.
    pub(crate) live_since: Option<Instant>,
    units: RwLock<Units>,
}

#[derive(Debug)]
struct Units {
    ready: VecDeque<Unit>,
    /// Pictures before those that are no longer kept.
    dropped: usize,
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
        Self::of(clip, true)
    }

    /// The beginning of a clip that is still being drawn.
    #[cfg(test)]
    pub(crate) fn unfinished(clip: Clip) -> Self {
        Self::of(clip, false)
    }

    /// Begins with the first picture, which must be a key frame.
    pub(crate) fn begin(first: Unit, duration: u32) -> Result<Self, ClipError> {
        Ok(Self::of(Clip::new(vec![first], duration)?, false))
    }

    /// Begins a reel without an end, which is drawn as time passes.
    pub(crate) fn live(first: Unit, since: Instant) -> Result<Self, ClipError> {
        Ok(Self { live_since: Some(since), ..Self::begin(first, u32::MAX)? })
    }

    fn of(clip: Clip, complete: bool) -> Self {
        let Clip { units, duration, parameters, sound } = clip;
        let units = RwLock::new(Units { ready: units.into(), dropped: 0, complete });
        Self { duration, parameters, sound, live_since: None, units }
    }

    pub(crate) fn push(&self, unit: Unit) {
        let mut units = self.units.write().unwrap_or_else(PoisonError::into_inner);
        units.ready.push_back(unit);
        if self.live_since.is_some() && units.ready.len() > LIVE_KEPT {
            units.ready.pop_front();
            units.dropped += 1;
        }
    }

    /// No more pictures will come. Returns the finished clip for the cache.
    pub(crate) fn finish(&self) -> Clip {
        let mut units = self.units.write().unwrap_or_else(PoisonError::into_inner);
        units.complete = true;
        let (parameters, sound) = (self.parameters.clone(), self.sound.clone());
        Clip { units: units.ready.iter().cloned().collect(), duration: self.duration, parameters, sound }
    }

    pub(crate) fn at(&self, number: usize) -> At {
        let units = self.units.read().unwrap_or_else(PoisonError::into_inner);
        match units.ready.get(number.saturating_sub(units.dropped)) {
            Some(unit) => At::Unit(unit.clone()),
            None if units.complete => At::End,
            None => At::Later,
        }
    }

    /// The newest key frame due at `tick` of the round.
    pub(crate) fn key_frame_before(&self, tick: u32) -> usize {
        let units = self.units.read().unwrap_or_else(PoisonError::into_inner);
        let kept = units.ready.iter().rposition(|unit| unit.is_key && unit.send_at <= tick);
        units.dropped + kept.unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::encode;
    use crate::picture::Picture;

    #[test]
    fn a_live_reel_forgets_and_numbers_go_on() {
        let grey = |level: usize| Picture { width: 64, height: 48, i420: vec![level as u8; 64 * 48 * 3 / 2] };
        let clip = encode((0..5).map(grey), 5).unwrap();
        let reel = Reel::live(clip.units[0].clone(), Instant::now()).unwrap();
        let later = 2 * LIVE_KEPT as u32;
        for pts in 1..=later {
            reel.push(Unit { pts, send_at: pts, is_key: pts.is_multiple_of(10), ..clip.units[1].clone() });
        }
        let pts_at = |number: u32| match reel.at(number as usize) {
            At::Unit(unit) => Some(unit.pts),
            At::Later | At::End => None,
        };
        assert_eq!(pts_at(later), Some(later));
        assert_eq!(pts_at(later - 7), Some(later - 7));
        assert_eq!(pts_at(later + 1), None, "not drawn yet");
        assert_eq!(pts_at(0), Some(later - LIVE_KEPT as u32 + 1), "forgotten: the oldest that is kept");
        assert_eq!(reel.key_frame_before(later - 1), later as usize - 10);
    }
}
