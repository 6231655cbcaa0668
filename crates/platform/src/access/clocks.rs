//! The round of clocks (V06): devices and cameras are asked for their time once an hour, spread over it, and one that is wrong is an alarm.
//!
//! A wrong clock writes a wrong time into every recording and event of its device. Devices of GB/T 28181 are asked for their state (A.2.4.3),
//! cameras with an ONVIF address for their time. How far a clock is off is counted as little as the answer allows: a device tells whole seconds,
//! and nobody knows when between question and answer it looked. What is told is told once, until the clock is right again.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use domain::access::Access;
use domain::alarm::{AlarmCode, Source};
use domain::ids::{AlarmId, CameraId, DeviceId, UnitId};
use futures::StreamExt as _;
use gb28181::id::GbId;
use gb28181::manscdp::Body;
use jiff::{SignedDuration, Timestamp};
use media::onvif::OnvifAddress;
use store::{AlarmFilter, AlarmStates, DeviceClock, ErrorKind};
use tokio::time::MissedTickBehavior;
use tracing::{debug, warn};

use crate::alarms::{Reported, matter_id};
use crate::{Platform, PlatformError};

/// Turns of an hour: the round asks a part of all devices at each.
const TURNS: i64 = 240;
/// From one turn to the next; a turn that takes longer puts the next one off.
const TURN_S: u64 = 15;
/// Devices that are asked at a time; one that is silent keeps its place for fifteen seconds.
const AT_ONCE: usize = 32;
/// An alarm that a person ended while the clock is still wrong is told again after a day.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(24);
/// A device tells its time in whole seconds.
const STEP: SignedDuration = SignedDuration::from_secs(1);

/// What was told of the clocks of cameras, since the start.
#[derive(Default)]
pub(crate) struct CameraClocks(Mutex<HashMap<CameraId, Told>>);

/// What was told of a clock, and how it stood when it was asked last.
#[derive(Debug, Clone, Copy)]
struct Told {
    alarm: AlarmId,
    at: Timestamp,
    was_off: bool,
}

/// A device of GB/T 28181 that is there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clocked {
    pub(super) gb_id: GbId,
    pub(super) id: DeviceId,
    pub(super) unit_id: UnitId,
    pub(super) simulated: bool,
}

/// A camera that is asked by ONVIF.
#[derive(Debug, Clone)]
pub(super) struct ClockedCamera {
    pub(super) id: CameraId,
    pub(super) unit_id: UnitId,
    pub(super) simulated: bool,
    pub(super) address: OnvifAddress,
}

/// Asks those whose turn it is, until the platform stops.
pub(crate) async fn run(platform: Platform) {
    let mut ticks = tokio::time::interval(Duration::from_secs(TURN_S));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = platform.inner.stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        // By the clock of the wall, so that a start does not begin the hour anew.
        let turn = platform.inner.surroundings.now().as_second() / TURN_S as i64 % TURNS;
        tokio::select! {
            () = platform.inner.stop.cancelled() => return,
            _ = platform.ask_clocks(Some(turn)) => {}
        }
    }
}

impl Platform {
    /// Asks every device and camera for its time now, and tells what is wrong; how many answered.
    pub async fn read_clocks(&self) -> usize {
        self.ask_clocks(None).await
    }

    async fn ask_clocks(&self, turn: Option<i64>) -> usize {
        let is_turn = move |id: &[u8]| turn.is_none_or(|turn| turn_of(id) == turn);
        // Where devices are not spoken with, there are none to ask.
        let devices = self.devices_with_clocks(move |id| is_turn(id.as_str().as_bytes())).await;
        let mut cameras = self.cameras_with_clocks();
        cameras.retain(|camera| is_turn(camera.id.0.as_bytes()));
        let by_device = devices.into_iter().map(|device| async move {
            self.ask_device_clock(device).await.map_err(|error| (device.gb_id.to_string(), error))
        });
        let by_camera = cameras.into_iter().map(|camera| async move {
            self.ask_camera_clock(&camera).await.map_err(|error| (camera.id.to_string(), error))
        });
        let answers = futures::stream::iter(by_device)
            .buffer_unordered(AT_ONCE)
            .chain(futures::stream::iter(by_camera).buffer_unordered(AT_ONCE));
        let mut answered = 0;
        futures::pin_mut!(answers);
        while let Some(answer) = answers.next().await {
            match answer {
                Ok(is_told) => answered += usize::from(is_told),
                // That it does not answer is told by V01, not here.
                Err((id, PlatformError::Unavailable(_) | PlatformError::Conflict(_))) => {
                    debug!(id, "does not tell its time");
                }
                Err((id, error)) => warn!(id, %error, "clock not read"),
            }
        }
        answered
    }

    /// Asks a device for its time; false where it does not tell it.
    async fn ask_device_clock(&self, device: Clocked) -> Result<bool, PlatformError> {
        let asked = self.inner.surroundings.now();
        let answer = self.answer_of((device.gb_id, device.gb_id), Body::DeviceStatusQuery).await?;
        let answered = self.inner.surroundings.now();
        let Body::DeviceStatus(status) = answer else { return Ok(false) };
        let told = status.device_time.and_then(|time| Timestamp::from_microsecond(time.unix_us).ok());
        let Some(told) = told else { return Ok(false) };
        let ahead = ahead(told, asked, answered);
        let store = &self.inner.store;
        let before = store.device_clock(device.id).await?;
        let told = before.and_then(|clock| {
            let (alarm, at) = clock.told?;
            Some(Told { alarm, at, was_off: self.is_off(SignedDuration::from_millis(clock.ahead_ms)) })
        });
        let matter = format!("clock {} {answered}", device.id);
        let name = store.device(&Access::PLATFORM, device.id).await?.device.name;
        let about = (device.unit_id, None, device.simulated);
        let told = self.judge_clock(about, &name, matter, (ahead, told), answered).await?;
        let clock = DeviceClock {
            device_id: device.id,
            measured_at: answered,
            ahead_ms: i64::try_from(ahead.as_millis()).unwrap_or(i64::MAX),
            told: told.map(|told| (told.alarm, told.at)),
        };
        store.put_device_clock(&clock).await?;
        Ok(true)
    }

    /// The same of a camera. Its alarm bears the camera, so one that was told before the start is found again.
    async fn ask_camera_clock(&self, camera: &ClockedCamera) -> Result<bool, PlatformError> {
        let skew_ms = self.inner.heads.clock(&camera.address).await;
        let now = self.inner.surroundings.now();
        let skew_ms = skew_ms.map_err(|error| PlatformError::Unavailable(error.message_en()))?;
        let Some(skew_ms) = skew_ms else { return Ok(false) };
        let known = self.inner.camera_clocks.of(camera.id);
        let ahead = SignedDuration::from_millis(skew_ms);
        if known.is_none() && !self.is_off(ahead) {
            let filter = AlarmFilter {
                states: AlarmStates::Open,
                code: Some(AlarmCode::V06),
                camera_id: Some(camera.id),
                ..AlarmFilter::default()
            };
            self.clear_alarm(&filter, Source::Device).await?;
            return Ok(true);
        }
        let name = self.inner.store.camera(&Access::PLATFORM, camera.id).await?.camera.name;
        let about = (camera.unit_id, Some(camera.id), camera.simulated);
        let matter = format!("clock {} {now}", camera.id);
        let told = self.judge_clock(about, &name, matter, (ahead, known), now).await?;
        self.inner.camera_clocks.put(camera.id, told);
        Ok(true)
    }

    /// Raises what is wrong, notes what is right again, and answers what is told by then.
    async fn judge_clock(
        &self,
        (unit_id, camera_id, simulated): (UnitId, Option<CameraId>, bool),
        name: &str,
        matter: String,
        (ahead, told): (SignedDuration, Option<Told>),
        now: Timestamp,
    ) -> Result<Option<Told>, PlatformError> {
        let words = words(name, ahead);
        if !self.is_off(ahead) {
            let Some(told) = told else { return Ok(None) };
            if told.was_off {
                self.note_cleared(told.alarm, Some(words)).await?;
            }
            return Ok(Some(Told { was_off: false, ..told }));
        }
        let is_open = match told {
            Some(told) => self.is_open(told.alarm).await?,
            None => false,
        };
        if let Some(told) = told
            && !is_due(told, is_open, now)
        {
            return Ok(Some(Told { was_off: true, ..told }));
        }
        let report = Reported {
            code: AlarmCode::V06,
            unit_id,
            camera_id,
            source: Source::Device,
            occurred_at: now,
            note: Some(words),
            simulated,
            observation_id: matter_id(&matter),
            detector: None,
        };
        let alarm = self.raise_reported(report, now).await?;
        Ok(Some(Told { alarm, at: now, was_off: true }))
    }

    fn is_off(&self, ahead: SignedDuration) -> bool {
        ahead.abs() > self.inner.settings.alarms.clock_drift_max
    }

    async fn is_open(&self, id: AlarmId) -> Result<bool, PlatformError> {
        match self.inner.store.alarm(&Access::PLATFORM, id).await {
            Ok(row) => Ok(row.alarm.state.is_open()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

impl CameraClocks {
    fn of(&self, id: CameraId) -> Option<Told> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id).copied()
    }

    fn put(&self, id: CameraId, told: Option<Told>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match told {
            Some(told) => all.insert(id, told),
            None => all.remove(&id),
        };
    }
}

/// The turn of an id within the hour.
fn turn_of(id: &[u8]) -> i64 {
    // FNV-1a: ids that follow each other go to turns far apart.
    let hash = id.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    (hash % TURNS as u64) as i64
}

/// How far a clock is ahead at least, negative where it is behind; zero where the answer allows that it is right.
fn ahead(told: Timestamp, asked: Timestamp, answered: Timestamp) -> SignedDuration {
    let least = told.duration_since(answered);
    let most = told.duration_since(asked) + STEP;
    if least.is_positive() {
        least
    } else if most.is_negative() {
        most
    } else {
        SignedDuration::ZERO
    }
}

/// Whether a clock that is wrong is told though it was told before: when it had been right in between, or a day after a person ended the alarm.
fn is_due(told: Told, is_open: bool, now: Timestamp) -> bool {
    !is_open && (!told.was_off || now.duration_since(told.at) >= AGAIN_AFTER)
}

fn words(name: &str, ahead: SignedDuration) -> String {
    let s = ahead.abs().as_secs();
    if ahead.is_negative() {
        format!("{name}：时钟慢 {s} 秒 Its clock is {s} s behind")
    } else {
        format!("{name}：时钟快 {s} 秒 Its clock is {s} s ahead")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millisecond(1_800_000_000_000 + ms).unwrap()
    }

    #[test]
    fn a_clock_is_off_by_no_more_than_the_answer_proves() {
        // Told, asked, answered; milliseconds ahead.
        for (told, asked, answered, wanted) in [
            (0, 0, 100, 0),
            (0, 900, 950, 0),
            (0, 2_000, 2_100, -1_000),
            (120_000, 0, 200, 119_800),
            (120_000, 0, 15_000, 105_000),
            (-60_000, 0, 200, -59_000),
        ] {
            let found = ahead(at(told), at(asked), at(answered)).as_millis();
            assert_eq!(found, wanted, "{told} asked {asked} answered {answered}");
        }
    }

    #[test]
    fn a_wrong_clock_is_told_once_and_again_when_it_was_right_or_a_day_after_somebody_ended_it() {
        let told = |was_off| Told { alarm: AlarmId(uuid::Uuid::nil()), at: at(0), was_off };
        let hours = |h: i64| at(h * 3_600_000);
        assert!(!is_due(told(true), true, hours(100)), "open");
        assert!(!is_due(told(false), true, hours(100)), "open, though it was right in between");
        assert!(!is_due(told(true), false, hours(23)));
        assert!(is_due(told(true), false, hours(24)));
        assert!(is_due(told(false), false, hours(1)));
    }

    #[test]
    fn devices_are_spread_over_the_hour() {
        let mut turns = vec![0_u32; TURNS as usize];
        for n in 0..24_000 {
            turns[turn_of(format!("36010200111180{n:06}").as_bytes()) as usize] += 1;
        }
        let (least, most) = (turns.iter().min().unwrap(), turns.iter().max().unwrap());
        assert!(*least > 40 && *most < 200, "{least} to {most} a turn, 100 on average");
    }
}
