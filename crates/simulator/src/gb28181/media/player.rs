//! Where a session stands in its pictures: which comes next, when it is due, and what the platform orders.
//!
//! A position is in RTP ticks: for a playback since the beginning of what was invited, for live pictures since the simulator began. The
//! reel is played round and round below it. Time comes in as an argument.

use crate::clip::RTP_CLOCK;
use crate::reel::{At, Reel};
use crate::soundtrack::Soundtrack;
use bytes::Bytes;
use gb28181::mansrtsp::{Action, Range};
use media::{SoundParameters, VideoCodec};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Above this speed only key frames are sent, as recorders do: nobody sees the others.
const KEY_FRAMES_ABOVE: f64 = 4.0;

/// Fastest speed that is taken; the standard's examples end at 8.
const SCALE_MAX: f64 = 64.0;

/// When there is something to do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::gb28181) enum Due {
    /// A picture is to be sent.
    At(Instant),
    /// The picture is not drawn yet.
    Drawing,
    /// Not before an order.
    Never,
    /// The end has been reached.
    End,
}

/// A picture to be sent, with its times as positions.
#[derive(Debug)]
pub(in crate::gb28181) struct Frame {
    pub pts: i64,
    pub dts: i64,
    pub is_key: bool,
    pub data: Bytes,
    /// The sound up to the next picture, with its times; none at another speed than that of life.
    pub sounds: Vec<(i64, Bytes)>,
}

/// The player of one session.
#[derive(Debug)]
pub(in crate::gb28181) struct Player {
    reel: Arc<Reel>,
    sound: Option<Arc<Soundtrack>>,
    at: usize,
    round: i64,
    // A moment and the position at it.
    anchor: (Instant, i64),
    scale: f64,
    is_paused: bool,
    /// Whether the picture that was due had not been drawn.
    is_behind: bool,
    end: Option<i64>,
}

impl Player {
    /// Live pictures, beginning with the key frame before `position`, so that a picture is there at once.
    pub fn live(reel: Arc<Reel>, now: Instant, position: i64) -> Self {
        let anchor = (now, position);
        let (scale, is_paused, is_behind, end) = (1.0, false, false, None);
        let sound = reel.sound.clone();
        let mut player = Self { reel, sound, at: 0, round: 0, anchor, scale, is_paused, is_behind, end };
        player.go_to(position);
        player
    }

    /// A recording of so many seconds.
    pub fn recording(reel: Arc<Reel>, now: Instant, length_s: u64, scale: f64) -> Self {
        let end = length_s.saturating_mul(u64::from(RTP_CLOCK)).min(i64::MAX as u64 / 2) as i64;
        let (anchor, is_paused, is_behind) = ((now, 0), false, false);
        let sound = reel.sound.clone();
        Self { reel, sound, at: 0, round: 0, anchor, scale, is_paused, is_behind, end: Some(end) }
    }

    /// The same with this sound, where the reel has none.
    pub fn with_sound(mut self, sound: Option<Arc<Soundtrack>>) -> Self {
        self.sound = self.sound.or(sound);
        self
    }

    /// How the pictures are coded.
    pub fn codec(&self) -> VideoCodec {
        self.reel.parameters.codec
    }

    /// How the sound is to be read, where there is some.
    pub fn sound_parameters(&self) -> Option<&SoundParameters> {
        self.sound.as_ref().map(|sound| &sound.parameters)
    }

    /// When to come back. At the end of the reel it begins anew. A recording that had to wait for its pictures goes on from where it stood, at
    /// its speed; live pictures make up for it.
    pub fn due(&mut self, now: Instant) -> Due {
        if self.is_paused {
            return Due::Never;
        }
        if let At::End = self.reel.at(self.at) {
            self.at = 0;
            self.round += 1;
        }
        let At::Unit(unit) = self.reel.at(self.at) else {
            self.is_behind = self.end.is_some();
            return Due::Drawing;
        };
        let position = self.position_of(unit.send_at);
        if self.end.is_some_and(|end| position >= end) {
            return Due::End;
        }
        if std::mem::take(&mut self.is_behind) {
            self.anchor = (now, position);
        }
        let ahead = (position - self.anchor.1).max(0) as f64 / f64::from(RTP_CLOCK) / self.scale;
        Due::At(self.anchor.0 + Duration::from_secs_f64(ahead))
    }

    /// The picture that is due; goes on to the next.
    pub fn take(&mut self) -> Option<Frame> {
        let At::Unit(unit) = self.reel.at(self.at) else { return None };
        let (pts, dts) = (self.position_of(unit.pts), self.position_of(unit.send_at));
        self.at += 1;
        while self.scale > KEY_FRAMES_ABOVE
            && let At::Unit(next) = self.reel.at(self.at)
            && !next.is_key
        {
            self.at += 1;
        }
        Some(Frame { pts, dts, is_key: unit.is_key, data: unit.data, sounds: self.sounds_from(unit.send_at) })
    }

    /// The sound from one picture to the one that stands next.
    fn sounds_from(&self, from: u32) -> Vec<(i64, Bytes)> {
        let Some(sound) = self.sound.as_ref().filter(|_| (self.scale - 1.0).abs() < f64::EPSILON) else {
            return Vec::new();
        };
        let to = match self.reel.at(self.at) {
            At::Unit(next) => next.send_at,
            At::Later => from,
            At::End => self.reel.duration,
        };
        let pieces = sound.between(from, to).iter();
        pieces.map(|piece| (self.position_of(piece.at), piece.data.clone())).collect()
    }

    /// Does what the platform orders. Speeds of 0 and below are left alone: nothing is played backwards.
    pub fn control(&mut self, action: &Action, now: Instant) {
        let position = self.position(now);
        match action {
            Action::Pause => {
                self.anchor = (now, position);
                self.is_paused = true;
            }
            Action::Play { range, scale } => {
                self.anchor = (now, position);
                self.is_paused = false;
                if let Some(scale) = scale.filter(|scale| *scale > 0.0) {
                    self.scale = scale.min(SCALE_MAX);
                }
                match range {
                    Some(Range::From(from_s) | Range::Between(from_s, _)) => {
                        self.go_to(ticks(*from_s));
                        self.anchor.0 = now;
                    }
                    Some(Range::Now) | None => {}
                }
                if let (Some(Range::Between(_, to_s)), Some(end)) = (range, self.end) {
                    self.end = Some(end.min(ticks(*to_s)));
                }
            }
            Action::Teardown => {}
        }
    }

    fn position(&self, now: Instant) -> i64 {
        let passed = if self.is_paused { 0.0 } else { (now - self.anchor.0).as_secs_f64() };
        self.anchor.1 + (passed * self.scale * f64::from(RTP_CLOCK)) as i64
    }

    /// Stands at the key frame before a position.
    fn go_to(&mut self, position: i64) {
        let duration = i64::from(self.reel.duration);
        self.round = position.div_euclid(duration);
        self.at = self.reel.key_frame_before(position.rem_euclid(duration) as u32);
        if let At::Unit(unit) = self.reel.at(self.at) {
            let begins = self.position_of(unit.send_at);
            // Live pictures keep the clock of the simulator: what lies behind is sent at once.
            self.anchor.1 = if self.end.is_some() { begins } else { position };
        }
    }

    fn position_of(&self, within: u32) -> i64 {
        self.round * i64::from(self.reel.duration) + i64::from(within)
    }
}

fn ticks(seconds: f64) -> i64 {
    (seconds.max(0.0) * f64::from(RTP_CLOCK)) as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clip::{Clip, Unit};
    use media::VideoParameters;

    fn unit(number: u32) -> Unit {
        let (pts, is_key) = (number * 45_000, number.is_multiple_of(4));
        Unit { pts, send_at: pts, is_key, data: Bytes::from_static(b"a picture") }
    }

    /// Four seconds at two pictures a second, a key frame every two seconds.
    fn clip() -> Clip {
        let parameters = VideoParameters {
            codec: VideoCodec::H264,
            sets: Bytes::new(),
            configuration: Bytes::new(),
            codec_string: String::new(),
            width_px: 2,
            height_px: 2,
        };
        let units = (0..8).map(unit).collect();
        Clip { units, duration: 360_000, parameters: parameters.into(), sound: None }
    }

    fn reel() -> Arc<Reel> {
        Arc::new(Reel::complete(clip()))
    }

    /// Positions in half seconds, and when they were due, in milliseconds, until `count` pictures or the end.
    fn play(player: &mut Player, since: Instant, count: usize) -> Vec<(i64, u128)> {
        let mut seen = Vec::new();
        while let (Due::At(at), true) = (player.due(since), seen.len() < count) {
            let frame = player.take().expect("a picture");
            seen.push((frame.pts / 45_000, (at - since).as_millis()));
        }
        seen
    }

    #[test]
    fn a_recording_goes_round_the_reel_at_the_speed_of_life_and_ends() {
        let now = Instant::now();
        let mut player = Player::recording(reel(), now, 5, 1.0);
        let all: Vec<_> = (0..10).map(|number| (number, number as u128 * 500)).collect();
        assert_eq!(play(&mut player, now, 99), all);
        assert_eq!(player.due(now), Due::End);
    }

    #[test]
    fn a_seek_begins_at_the_key_frame_before_at_once() {
        let now = Instant::now();
        let mut player = Player::recording(reel(), now, 100, 1.0);
        let later = now + Duration::from_secs(1);
        player.control(&Action::Play { range: Some(Range::From(7.2)), scale: None }, later);
        assert_eq!(play(&mut player, later, 2), [(12, 0), (13, 500)]);
    }

    #[test]
    fn a_pause_takes_no_time() {
        let now = Instant::now();
        let mut player = Player::recording(reel(), now, 100, 1.0);
        play(&mut player, now, 2);
        player.control(&Action::Pause, now + Duration::from_millis(800));
        let is_still = player.due(now) == Due::Never;
        let later = now + Duration::from_mins(1);
        player.control(&Action::Play { range: Some(Range::Now), scale: None }, later);
        assert!(is_still);
        assert_eq!(play(&mut player, later, 2), [(2, 200), (3, 700)]);
    }

    #[test]
    fn twice_the_speed_from_the_middle_of_a_picture_halves_every_distance_from_there() {
        let now = Instant::now();
        let mut player = Player::recording(reel(), now, 100, 1.0);
        play(&mut player, now, 3);
        player.control(&Action::Play { range: None, scale: Some(2.0) }, now + Duration::from_millis(1_200));
        // 300 ms of the recording are left to the next picture; 14 pictures later 3.5 s have passed.
        let all = play(&mut player, now, 15);
        assert_eq!((all[0], all[1], all[14]), ((3, 1_350), (4, 1_600), (17, 4_850)));
    }

    #[test]
    fn a_recording_that_waited_for_its_pictures_goes_on_at_its_own_speed() {
        let now = Instant::now();
        let reel = Arc::new(Reel::unfinished(Clip { units: vec![unit(0)], ..clip() }));
        let mut player = Player::recording(Arc::clone(&reel), now, 100, 2.0);
        let seen = play(&mut player, now, 9);
        // The second picture is drawn ten seconds late.
        let later = now + Duration::from_secs(10);
        (1..5).for_each(|number| reel.push(unit(number)));
        assert_eq!(seen, [(0, 0)]);
        assert_eq!(play(&mut player, later, 3), [(1, 0), (2, 250), (3, 500)]);
    }

    #[test]
    fn a_speed_ordered_during_a_pause_holds_from_its_end() {
        let now = Instant::now();
        let mut player = Player::recording(reel(), now, 100, 1.0);
        play(&mut player, now, 1);
        player.control(&Action::Pause, now + Duration::from_millis(300));
        let later = now + Duration::from_secs(20);
        player.control(&Action::Play { range: Some(Range::Now), scale: Some(2.0) }, later);
        assert_eq!(play(&mut player, later, 2), [(1, 100), (2, 350)]);
    }

    #[test]
    fn great_speed_leaves_key_frames() {
        let now = Instant::now();
        let mut player = Player::recording(reel(), now, 100, 1.0);
        player.control(&Action::Play { range: None, scale: Some(8.0) }, now);
        assert_eq!(play(&mut player, now, 3), [(0, 0), (4, 250), (8, 500)]);
    }

    #[test]
    fn live_pictures_begin_with_the_key_frame_before() {
        let now = Instant::now();
        let mut player = Player::live(reel(), now, 45_000 * 14);
        assert_eq!(play(&mut player, now, 4), [(12, 0), (13, 0), (14, 0), (15, 500)]);
    }

    #[test]
    fn sound_goes_with_the_pictures_round_after_round_and_is_left_out_at_speed() {
        let now = Instant::now();
        let tone = Arc::new(Soundtrack::tone(360_000, RTP_CLOCK));
        let mut player = Player::recording(reel(), now, 6, 1.0).with_sound(Some(tone));
        let times: Vec<i64> = (0..12)
            .flat_map(|_| {
                let _ = player.due(now);
                player.take().expect("a picture").sounds
            })
            .map(|(at, _)| at)
            .collect();
        assert_eq!(times, (0..150).map(|piece| piece * 3_600).collect::<Vec<_>>());
        player.control(&Action::Play { range: Some(Range::From(0.0)), scale: Some(2.0) }, now);
        let _ = player.due(now);
        assert!(player.take().expect("a picture").sounds.is_empty());
    }
}
