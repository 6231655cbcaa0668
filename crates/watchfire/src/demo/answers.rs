//! Alarms of the weeks before a demonstration, answered by its guard: so that the page of rule quality has something to show, and one camera
//! cries wolf. All of it is synthetic and marked simulated.

use anyhow::Context as _;
use domain::alarm::{AlarmCode, FalseAlarmReason};
use domain::ids::{CameraId, UserId};
use jiff::SignedDuration;
use platform::quality::{Answered, QualityFilter, SeedAnswer};
use platform::rows::{CameraFilter, MAX_PAGE, PageAsk};
use platform::{Ask, Platform};
use simulator::Scene;
use simulator::scene::FRAME_RATE;
use vision::Picture;
use vision::picture::Colour;

use super::Schools;
use crate::wire;

/// The guard of a demonstration.
const GUARD: &str = "demo-duty-guard";
/// Seconds into the burning scene at which its picture shows smoke.
const SMOKE_S: u32 = 20;

const STEAM: Option<FalseAlarmReason> = Some(FalseAlarmReason::SteamFog);
const DUST: Option<FalseAlarmReason> = Some(FalseAlarmReason::Dust);
const LAMP: Option<FalseAlarmReason> = Some(FalseAlarmReason::LightReflection);
const SUN: Option<FalseAlarmReason> = Some(FalseAlarmReason::Sunlight);

/// Name of the camera, code, hours before now, score, and why it was none.
type Past = (&'static str, AlarmCode, i64, f32, Option<FalseAlarmReason>);

/// The laboratory's steam: six on one day.
const LABORATORY: &str = "实验楼走廊（故障摄像机）";
/// Not the corridor that burns: it has alarms of its own by the time this is written.
const DUTY_ROOM: &str = "值班室";
const EXIT: &str = "教学楼一层安全出口";

const PAST: [Past; 27] = [
    (LABORATORY, AlarmCode::F01, 640, 0.93, None),
    (EXIT, AlarmCode::F01, 610, 0.71, SUN),
    (LABORATORY, AlarmCode::F01, 560, 0.91, None),
    (DUTY_ROOM, AlarmCode::F02, 540, 0.74, LAMP),
    (LABORATORY, AlarmCode::F01, 480, 0.66, STEAM),
    (LABORATORY, AlarmCode::F01, 420, 0.95, None),
    (DUTY_ROOM, AlarmCode::F02, 400, 0.92, None),
    (DUTY_ROOM, AlarmCode::F02, 380, 0.69, LAMP),
    (LABORATORY, AlarmCode::F01, 330, 0.88, None),
    (EXIT, AlarmCode::F01, 300, 0.68, SUN),
    (LABORATORY, AlarmCode::F01, 262, 0.72, DUST),
    (DUTY_ROOM, AlarmCode::F02, 240, 0.77, LAMP),
    (LABORATORY, AlarmCode::F01, 216, 0.90, None),
    (LABORATORY, AlarmCode::F01, 150, 0.64, STEAM),
    (LABORATORY, AlarmCode::F01, 147, 0.69, STEAM),
    (LABORATORY, AlarmCode::F01, 126, 0.70, DUST),
    (DUTY_ROOM, AlarmCode::F02, 120, 0.71, LAMP),
    // One day in Beijing, whatever the hour it is now: they begin at its midnight (see `moment`).
    (LABORATORY, AlarmCode::F01, 7, 0.65, STEAM),
    (LABORATORY, AlarmCode::F01, 6, 0.78, STEAM),
    (LABORATORY, AlarmCode::F01, 5, 0.71, STEAM),
    (LABORATORY, AlarmCode::F01, 4, 0.63, DUST),
    (LABORATORY, AlarmCode::F01, 3, 0.74, STEAM),
    (LABORATORY, AlarmCode::F01, 2, 0.69, STEAM),
    (LABORATORY, AlarmCode::F01, 1, 0.76, DUST),
    (DUTY_ROOM, AlarmCode::F02, 96, 0.73, LAMP),
    (DUTY_ROOM, AlarmCode::F02, 72, 0.70, LAMP),
    (EXIT, AlarmCode::F01, 60, 0.72, SUN),
];
const DAY_S: i64 = 86_400;
/// Beijing before Greenwich.
const BEIJING_S: i64 = 8 * 3600;
/// Of the past, those that lie within yesterday.
const YESTERDAY_H: i64 = 24;

/// Fills in the answers, unless there are some.
pub async fn fill(platform: &Platform, schools: &Schools) -> anyhow::Result<()> {
    let ask = wire::operator(platform);
    if !platform.rule_quality(&ask, QualityFilter::default()).await?.rules.is_empty() {
        return Ok(());
    }
    let by = platform.account_named(&ask, GUARD).await.context("the guard of the demonstration")?.id;
    let filter = CameraFilter { unit_id: Some(schools.boarding.id), ..CameraFilter::default() };
    let cameras = platform.cameras(&ask, &filter, &PageAsk { limit: MAX_PAGE, after: None }).await?.items;
    let [quiet, smoke] = tokio::task::spawn_blocking(pictures).await.context("pictures")??;
    let mut past: Vec<(i64, Past)> = PAST.into_iter().map(|one| (moment(&ask, one.2), one)).collect();
    past.sort_by_key(|(at_s, _)| *at_s);
    for (at_s, (name, code, _, score, reason)) in past {
        let camera = cameras.iter().find(|row| row.camera.name == name).with_context(|| name.to_owned())?;
        let picture = if reason.is_some() { quiet.clone() } else { smoke.clone() };
        put(platform, &ask, (camera.camera.id, by), (at_s, code, score, reason), picture).await?;
    }
    Ok(())
}

async fn put(
    platform: &Platform,
    ask: &Ask,
    (camera_id, by): (CameraId, UserId),
    (at_s, code, score, reason): (i64, AlarmCode, f32, Option<FalseAlarmReason>),
    picture: Vec<u8>,
) -> anyhow::Result<()> {
    let at = jiff::Timestamp::from_second(at_s)?;
    let answer = reason.map_or(SeedAnswer::Real, SeedAnswer::False);
    platform.seed_answered(ask, &Answered { camera_id, code, at, score, picture, answer, by }).await?;
    Ok(())
}

/// Seconds of the epoch so many hours ago. The last day's are put into yesterday of Beijing, so that they are one day's at any hour.
fn moment(ask: &Ask, hours: i64) -> i64 {
    let ago = |hours: i64| ask.now.as_second() - SignedDuration::from_hours(hours).as_secs();
    if hours >= YESTERDAY_H {
        return ago(hours);
    }
    let midnight = (ask.now.as_second() + BEIJING_S).div_euclid(DAY_S) * DAY_S - BEIJING_S;
    midnight - hours * 3600
}

/// Two pictures of the drawn corridor as JPEG files: before it burns, and with smoke.
fn pictures() -> anyhow::Result<[Vec<u8>; 2]> {
    let mut frames = Scene::CorridorFire.pictures(1);
    let first = frames.next().context("no first picture")?;
    let smoke = frames.nth((SMOKE_S * FRAME_RATE) as usize).context("no later picture")?;
    Ok([jpeg(&first)?, jpeg(&smoke)?])
}

fn jpeg(frame: &simulator::picture::Picture) -> anyhow::Result<Vec<u8>> {
    let (y, u, v) = frame.planes();
    let planes = [y, u, v].map(<[u8]>::to_vec);
    let size = (frame.width as u32, frame.height as u32);
    Ok(Picture::from_planes(size, planes, Colour { full_range: false, bt709: false })?.to_jpeg()?)
}
