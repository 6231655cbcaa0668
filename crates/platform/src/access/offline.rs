//! Cameras that send nothing: one alarm for each that stays away, one for the whole site where all are, none where a person switched them off.
//!
//! A site's line is cut more often than all its cameras break at once, so V07 stands for their V01. A duty room's camera is told by itself, as D10,
//! because watching the duty is what it is for. Streams that rest because nobody looks are not away.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use domain::access::Access;
use domain::alarm::{AlarmCode, Source};
use domain::camera::CameraState;
use domain::ids::{CameraId, UnitId};
use domain::place::PlaceType;
use jiff::{SignedDuration, Timestamp};
use store::{AlarmFilter, AlarmStates, PageAsk};
use tracing::warn;

use crate::alarms::{Reported, matter_id};
use crate::{Platform, PlatformError};

/// How often it is looked who is away.
const PERIOD: Duration = Duration::from_secs(15);
/// From so many cameras on a site can be away as a whole.
const SITE_CAMERAS_MIN: usize = 2;
/// Open alarms read at a time after a start.
const PAGE: u32 = 200;
/// The alarms that are raised here.
const CODES: [AlarmCode; 3] = [AlarmCode::V01, AlarmCode::V07, AlarmCode::D10];

/// What there is to know of a camera that should run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attendance {
    pub(super) camera: CameraId,
    pub(super) unit: UnitId,
    pub(super) place: PlaceType,
    pub(super) simulated: bool,
    pub(super) state: CameraState,
}

impl Attendance {
    fn is_away(&self) -> bool {
        !matches!(self.state, CameraState::Online | CameraState::Resting | CameraState::Disabled)
    }

    fn code(&self) -> AlarmCode {
        if self.place.is_duty_room() { AlarmCode::D10 } else { AlarmCode::V01 }
    }
}

/// What is to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OfflineStep {
    Away { camera: Attendance, since: Timestamp },
    Back { camera: CameraId, code: AlarmCode },
    SiteAway { unit: UnitId, cameras: usize, simulated: bool, since: Timestamp },
    SiteBack { unit: UnitId },
}

/// Who is away, since when, and what of that was told.
#[derive(Debug, Default)]
struct OfflineLedger {
    hold: SignedDuration,
    away_since: HashMap<CameraId, Timestamp>,
    told: HashMap<CameraId, AlarmCode>,
    told_sites: HashSet<UnitId>,
}

impl OfflineLedger {
    fn look(&mut self, now: Timestamp, attendances: &[Attendance]) -> Vec<OfflineStep> {
        let mut steps = Vec::new();
        let mut sites: HashMap<UnitId, Vec<Attendance>> = HashMap::new();
        for one in attendances {
            sites.entry(one.unit).or_default().push(*one);
            if one.is_away() {
                self.away_since.entry(one.camera).or_insert(now);
            } else {
                self.away_since.remove(&one.camera);
            }
        }
        // A camera that was removed or switched off is not away any more.
        let there: HashSet<CameraId> = attendances.iter().map(|one| one.camera).collect();
        self.away_since.retain(|camera, _| there.contains(camera));
        for (unit, cameras) in sites {
            let long_since = |one: &Attendance| {
                self.away_since
                    .get(&one.camera)
                    .copied()
                    .filter(|since| now.duration_since(*since) >= self.hold)
            };
            let long_away: Vec<_> = cameras.iter().filter_map(|one| Some((*one, long_since(one)?))).collect();
            let is_site_away = cameras.len() >= SITE_CAMERAS_MIN && long_away.len() == cameras.len();
            if is_site_away && self.told_sites.insert(unit) {
                let since = long_away.iter().map(|(_, since)| *since).max().unwrap_or(now);
                let simulated = cameras.iter().all(|one| one.simulated);
                steps.push(OfflineStep::SiteAway { unit, cameras: cameras.len(), simulated, since });
            }
            if cameras.iter().any(|one| !one.is_away()) && self.told_sites.remove(&unit) {
                steps.push(OfflineStep::SiteBack { unit });
            }
            for (camera, since) in long_away {
                let stands_for_itself = !self.told_sites.contains(&unit) || camera.code() == AlarmCode::D10;
                if stands_for_itself && !self.told.contains_key(&camera.camera) {
                    self.told.insert(camera.camera, camera.code());
                    steps.push(OfflineStep::Away { camera, since });
                }
            }
        }
        let away_since = &self.away_since;
        self.told.retain(|camera, code| {
            let is_back = !away_since.contains_key(camera);
            steps.extend(is_back.then_some(OfflineStep::Back { camera: *camera, code: *code }));
            !is_back
        });
        steps
    }
}

/// Looks who is away, until the platform stops.
pub(crate) async fn run(platform: Platform) {
    let mut ledger =
        OfflineLedger { hold: platform.inner.settings.alarms.offline_after, ..OfflineLedger::default() };
    if let Err(error) = platform.remember_offline(&mut ledger).await {
        warn!(%error, "open alarms about cameras that are away not read");
    }
    let mut ticks = tokio::time::interval(PERIOD);
    loop {
        tokio::select! {
            () = platform.inner.stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        let now = platform.inner.surroundings.now();
        for step in ledger.look(now, &platform.attendances()) {
            if let Err(error) = platform.tell_offline(step, now).await {
                warn!(?step, %error, "camera away or back, not told");
            }
        }
    }
}

impl Platform {
    /// What was told before the start and is open still.
    async fn remember_offline(&self, ledger: &mut OfflineLedger) -> Result<(), PlatformError> {
        for code in CODES {
            let filter =
                AlarmFilter { states: AlarmStates::Open, code: Some(code), ..AlarmFilter::default() };
            let mut page = PageAsk::first(PAGE);
            loop {
                let found = self.inner.store.alarms(&Access::PLATFORM, &filter, &page).await?;
                for row in found.items.iter().filter(|row| row.alarm.source == Source::Device) {
                    match row.alarm.camera_id {
                        Some(camera) => drop(ledger.told.insert(camera, code)),
                        None => drop(ledger.told_sites.insert(row.alarm.unit_id)),
                    }
                }
                match found.next {
                    Some(next) => page.after = Some(next),
                    None => break,
                }
            }
        }
        Ok(())
    }

    async fn tell_offline(&self, step: OfflineStep, now: Timestamp) -> Result<(), PlatformError> {
        let open =
            |code| AlarmFilter { states: AlarmStates::Open, code: Some(code), ..AlarmFilter::default() };
        match step {
            OfflineStep::Away { camera, since } => {
                let report = Reported {
                    code: camera.code(),
                    unit_id: camera.unit,
                    camera_id: Some(camera.camera),
                    source: Source::Device,
                    occurred_at: since,
                    note: None,
                    simulated: camera.simulated,
                    observation_id: matter_id(&format!("away {} {since}", camera.camera)),
                    detector: None,
                };
                self.raise_reported(report, now).await.map(drop)
            }
            OfflineStep::SiteAway { unit, cameras, simulated, since } => {
                let report = Reported {
                    code: AlarmCode::V07,
                    unit_id: unit,
                    camera_id: None,
                    source: Source::Device,
                    occurred_at: since,
                    note: Some(format!("全部 {cameras} 路摄像机均无画面 None of {cameras} cameras sends")),
                    simulated,
                    observation_id: matter_id(&format!("site away {unit} {since}")),
                    detector: None,
                };
                self.raise_reported(report, now).await.map(drop)
            }
            OfflineStep::Back { camera, code } => {
                let filter = AlarmFilter { camera_id: Some(camera), ..open(code) };
                self.clear_alarm(&filter, Source::Device).await.map(drop)
            }
            OfflineStep::SiteBack { unit } => {
                let filter = AlarmFilter { unit_id: Some(unit), ..open(AlarmCode::V07) };
                self.clear_alarm(&filter, Source::Device).await.map(drop)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn at(s: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + s).unwrap()
    }

    fn school(states: &str) -> Vec<Attendance> {
        // One letter a camera: `o` sends, `x` is away, `r` rests; `X` and `O` the duty room's.
        let one = |(number, letter): (usize, char)| Attendance {
            camera: CameraId(Uuid::from_u128(number as u128)),
            unit: UnitId(Uuid::from_u128(7)),
            place: if letter.is_uppercase() { PlaceType::DutyRoom } else { PlaceType::Gate },
            simulated: false,
            state: match letter.to_ascii_lowercase() {
                'o' => CameraState::Online,
                'r' => CameraState::Resting,
                _ => CameraState::Unreachable,
            },
        };
        states.chars().enumerate().map(one).collect()
    }

    /// What looks a minute apart tell, with a hold of two minutes.
    fn told(looks: &[&str]) -> Vec<String> {
        let mut ledger = OfflineLedger { hold: SignedDuration::from_mins(2), ..OfflineLedger::default() };
        let mut all = Vec::new();
        for (minute, states) in looks.iter().enumerate() {
            for step in ledger.look(at(60 * minute as i64), &school(states)) {
                let number = |camera: CameraId| camera.0.as_u128();
                all.push(match step {
                    OfflineStep::Away { camera, .. } => {
                        format!("{minute}: {} away {}", camera.code().as_str(), number(camera.camera))
                    }
                    OfflineStep::Back { camera, code } => {
                        format!("{minute}: {} back {}", code.as_str(), number(camera))
                    }
                    OfflineStep::SiteAway { cameras, .. } => format!("{minute}: site away, {cameras}"),
                    OfflineStep::SiteBack { .. } => format!("{minute}: site back"),
                });
            }
        }
        all
    }

    #[test]
    fn one_camera_is_told_after_its_hold_and_once() {
        assert_eq!(told(&["oo", "xo", "xo", "xo", "xo", "oo", "oo"]), ["3: V01 away 0", "5: V01 back 0"]);
        assert_eq!(told(&["oo", "xo", "oo", "xo", "oo"]), [""; 0]);
        assert_eq!(told(&["rr", "rr", "rr", "rr"]), [""; 0]);
    }

    #[test]
    fn a_site_stands_for_its_cameras_but_not_for_its_duty_room() {
        assert_eq!(
            told(&["ooO", "xxX", "xxX", "xxX", "xxX", "xoO", "ooO"]),
            [
                "3: site away, 3",
                "3: D10 away 2",
                "5: site back",
                "5: V01 away 0",
                "5: D10 back 2",
                "6: V01 back 0"
            ]
        );
    }

    #[test]
    fn a_single_camera_is_no_site_and_one_that_is_removed_is_not_away() {
        assert_eq!(told(&["x", "x", "x", "", ""]), ["2: V01 away 0", "3: V01 back 0"]);
    }

    #[test]
    fn what_was_told_before_the_start_is_not_told_again() {
        let mut ledger = OfflineLedger { hold: SignedDuration::ZERO, ..OfflineLedger::default() };
        ledger.told.insert(CameraId(Uuid::from_u128(0)), AlarmCode::V01);
        assert_eq!(ledger.look(at(0), &school("xo")), []);
        let back = OfflineStep::Back { camera: CameraId(Uuid::from_u128(0)), code: AlarmCode::V01 };
        assert_eq!(ledger.look(at(60), &school("oo")), [back]);
    }
}
