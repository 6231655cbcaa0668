//! Zones (区域): marked parts of a camera's picture that have to stay as a person approved them, and masks, which are hidden from the model.
//!
//! What a zone is for, how long something has to stand in it, at which hours it counts. Comparing pictures is `vision`'s work. No zone is
//! about fire or smoke, so no schedule switches those off; only a mask hides a place from them, and it is drawn on purpose.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::alarm::AlarmCode;
use crate::beijing;
use crate::ids::ZoneId;
use crate::words::words;

/// Zones of one camera at most.
pub const ZONES_MAX: usize = 16;
/// Characters of a name at most.
pub const NAME_MAX: usize = 40;
/// Corners of a zone, at least and at most.
pub const CORNERS: [usize; 2] = [3, 32];
/// Seconds that something has to stand in a zone, at least and at most.
pub const HOLD_S: [u32; 2] = [5, 3600];
/// Smallest zone, as a share of the picture: about five cells of those that are compared.
pub const AREA_MIN: f32 = 0.001;
/// Minutes of a day.
const DAY_MINUTES: u16 = 24 * 60;

/// What a zone is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ZoneKind {
    /// 安全出口、疏散通道: kept free.
    Exit,
    /// 消防车通道: kept free.
    FireLane,
    /// 常闭防火门: kept shut.
    FireDoor,
    /// 灭火器: in its place.
    Extinguisher,
    /// 消火栓: nothing before it.
    Hydrant,
    /// 禁停电动自行车: no bicycle or motorcycle in it.
    NoTwoWheels,
    /// 屏蔽区: hidden from the model.
    Mask,
}

words! { ZoneKind:
    Exit = "exit", "安全出口、疏散通道", "Exit or escape route";
    FireLane = "fire_lane", "消防车通道", "Fire lane";
    FireDoor = "fire_door", "常闭防火门", "Fire door kept shut";
    Extinguisher = "extinguisher", "灭火器", "Extinguisher";
    Hydrant = "hydrant", "消火栓", "Hydrant";
    NoTwoWheels = "no_two_wheels", "禁停电动自行车", "No e-bikes";
    Mask = "mask", "屏蔽区", "Mask";
}

impl ZoneKind {
    /// The alarm that a change in it raises; none for a mask.
    pub fn alarm(self) -> Option<AlarmCode> {
        match self {
            Self::Exit => Some(AlarmCode::E01),
            Self::FireLane => Some(AlarmCode::E03),
            Self::FireDoor => Some(AlarmCode::E04),
            Self::Extinguisher => Some(AlarmCode::S01),
            Self::Hydrant => Some(AlarmCode::S02),
            Self::NoTwoWheels => Some(AlarmCode::U01),
            Self::Mask => None,
        }
    }

    /// True where the picture is compared with one that a person approved.
    pub fn is_compared(self) -> bool {
        !matches!(self, Self::NoTwoWheels | Self::Mask)
    }

    /// Seconds that a change has to stay, unless somebody says otherwise: people put things down and take them up again. 0 for a mask,
    /// which waits for nothing.
    pub fn default_hold_s(self) -> u32 {
        match self {
            Self::Exit => 60,
            Self::FireLane | Self::Extinguisher => 300,
            Self::FireDoor | Self::Hydrant => 120,
            Self::NoTwoWheels => 20,
            Self::Mask => 0,
        }
    }
}

/// Hours of the day in Beijing time, from the first minute to before the second. `from` after `until` goes over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// First minute of the day, 0 to 1439.
    pub from_minute: u16,
    /// The minute it is over, 0 to 1439.
    pub until_minute: u16,
}

impl Hours {
    /// Reads two times like `10:00`; `24:00` is midnight. None where one is no time, or both are the same.
    pub fn parse(from: &str, until: &str) -> Option<Self> {
        let hours = Self { from_minute: minute(from)?, until_minute: minute(until)? };
        (hours.from_minute != hours.until_minute).then_some(hours)
    }

    /// Whether a moment lies within.
    pub fn contains(self, at: Timestamp) -> bool {
        let now = beijing::minute_of_day(at);
        if self.from_minute < self.until_minute {
            (self.from_minute..self.until_minute).contains(&now)
        } else {
            now >= self.from_minute || now < self.until_minute
        }
    }

    /// The two times, like `10:00`.
    pub fn say(self) -> [String; 2] {
        [self.from_minute, self.until_minute].map(|minute| format!("{:02}:{:02}", minute / 60, minute % 60))
    }
}

fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let number = |digits: &str| {
        let is_number = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| digits.parse::<u16>().ok()).flatten()
    };
    let (hour, minute) = (number(hour)?, number(minute)?);
    let is_time = minute < 60 && (hour < 24 || (hour, minute) == (24, 0));
    is_time.then_some((hour * 60 + minute) % DAY_MINUTES)
}

/// A zone of a camera.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Zone {
    /// Own id.
    pub id: ZoneId,
    /// What for.
    pub kind: ZoneKind,
    /// Name, e.g. 一层东门.
    pub name: String,
    /// Outline in shares of the picture, x to the right and y downwards from the upper left corner, 0 to 1.
    pub corners: Vec<[f32; 2]>,
    /// Seconds that a change has to stay.
    pub hold_s: u32,
    /// When it counts; none: always.
    pub hours: Option<Hours>,
}

/// Why a zone is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ZoneFault {
    /// No name, too long a one, or one that cannot be printed.
    #[error("1 to {NAME_MAX} characters")]
    Name,
    /// Too few corners or too many.
    #[error("{} to {} corners", CORNERS[0], CORNERS[1])]
    Corners,
    /// A corner outside the picture.
    #[error("corners lie within the picture, 0 to 1")]
    Outside,
    /// Nothing in it.
    #[error("the zone is too small to be watched")]
    Small,
    /// A hold outside what is allowed.
    #[error("{} to {} seconds", HOLD_S[0], HOLD_S[1])]
    Hold,
}

impl ZoneFault {
    /// The field that is wrong.
    pub fn field(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Corners | Self::Outside | Self::Small => "corners",
            Self::Hold => "hold_s",
        }
    }

    /// Stable word.
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "invalid",
            Self::Corners => "count",
            Self::Outside => "outside",
            Self::Small => "too_small",
            Self::Hold => "out_of_range",
        }
    }
}

impl Zone {
    /// What is wrong with it, if anything is.
    pub fn fault(&self) -> Option<ZoneFault> {
        let length = self.name.trim().chars().count();
        if length == 0 || length > NAME_MAX || self.name.chars().any(char::is_control) {
            return Some(ZoneFault::Name);
        }
        if !(CORNERS[0]..=CORNERS[1]).contains(&self.corners.len()) {
            return Some(ZoneFault::Corners);
        }
        if !self.corners.iter().flatten().all(|share| (0.0..=1.0).contains(share)) {
            return Some(ZoneFault::Outside);
        }
        if area(&self.corners) < AREA_MIN {
            return Some(ZoneFault::Small);
        }
        let holds = self.kind == ZoneKind::Mask || (HOLD_S[0]..=HOLD_S[1]).contains(&self.hold_s);
        (!holds).then_some(ZoneFault::Hold)
    }

    /// Whether it counts at a moment.
    pub fn counts_at(&self, at: Timestamp) -> bool {
        self.hours.is_none_or(|hours| hours.contains(at))
    }

    /// The rectangle around it: left, upper edge, width, height in shares of the picture.
    pub fn bounds(&self) -> [f32; 4] {
        let side = |axis: usize| {
            let along = self.corners.iter().map(move |corner| corner[axis]);
            (along.clone().fold(1.0, f32::min), along.fold(0.0, f32::max))
        };
        let ((left, right), (top, bottom)) = (side(0), side(1));
        [left, top, (right - left).max(0.0), (bottom - top).max(0.0)]
    }
}

/// Area within an outline as a share of the picture (shoelace formula).
fn area(corners: &[[f32; 2]]) -> f32 {
    let next = corners.iter().cycle().skip(1);
    let twice: f32 = corners.iter().zip(next).map(|([ax, ay], [bx, by])| ax * by - bx * ay).sum();
    twice.abs() / 2.0
}

/// The light a picture was taken by: infrared shows walls dark and cloth bright, so that each needs a picture of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// In colour.
    Day,
    /// Grey: by infrared.
    Infrared,
}

words! { Light:
    Day = "day", "彩色（日间）", "Colour (day)";
    Infrared = "infrared", "黑白（红外）", "Grey (infrared)";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alarm::Level;

    fn square() -> Zone {
        Zone {
            id: ZoneId(uuid::Uuid::from_u128(1)),
            kind: ZoneKind::Exit,
            name: "一层东门".to_owned(),
            corners: vec![[0.4, 0.3], [0.6, 0.3], [0.6, 0.8], [0.4, 0.8]],
            hold_s: 60,
            hours: None,
        }
    }

    #[test]
    fn every_kind_but_the_mask_has_an_alarm_and_a_hold_and_none_is_about_fire() {
        for kind in ZoneKind::ALL {
            assert_eq!(ZoneKind::parse(kind.as_str()), Some(kind));
            assert_eq!(kind.alarm().is_none(), kind == ZoneKind::Mask);
            if let Some(code) = kind.alarm() {
                assert!((HOLD_S[0]..=HOLD_S[1]).contains(&kind.default_hold_s()), "{kind:?}");
                assert!(code.default_level() != Level::One && code.group() != "F", "{kind:?}");
            }
        }
    }

    #[test]
    fn zones_that_are_none_say_why() {
        let with = |change: &dyn Fn(&mut Zone)| {
            let mut zone = square();
            change(&mut zone);
            zone.fault()
        };
        assert_eq!(square().fault(), None);
        assert_eq!(with(&|z| z.name = " ".to_owned()), Some(ZoneFault::Name));
        assert_eq!(with(&|z| z.name = "门".repeat(41)), Some(ZoneFault::Name));
        assert_eq!(with(&|z| z.name = "a\nb".to_owned()), Some(ZoneFault::Name));
        assert_eq!(with(&|z| z.corners.truncate(2)), Some(ZoneFault::Corners));
        assert_eq!(with(&|z| z.corners = vec![[0.1, 0.1]; 33]), Some(ZoneFault::Corners));
        assert_eq!(with(&|z| z.corners[1][0] = 1.01), Some(ZoneFault::Outside));
        assert_eq!(with(&|z| z.corners[1][0] = f32::NAN), Some(ZoneFault::Outside));
        assert_eq!(with(&|z| z.corners = vec![[0.1, 0.1], [0.9, 0.9], [0.5, 0.5]]), Some(ZoneFault::Small));
        assert_eq!(with(&|z| z.hold_s = 4), Some(ZoneFault::Hold));
        assert_eq!(with(&|z| z.hold_s = 3601), Some(ZoneFault::Hold));
        assert_eq!(with(&|z| (z.kind, z.hold_s) = (ZoneKind::Mask, 0)), None);
    }

    #[test]
    fn hours_are_beijing_time_and_may_go_over_midnight() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let noon = Hours::parse("10:00", "13:00").unwrap();
        // 10:00 in Beijing is 02:00 UTC.
        for (utc, within) in
            [("01:59:59", false), ("02:00:00", true), ("04:59:59", true), ("05:00:00", false)]
        {
            assert_eq!(noon.contains(at(&format!("2026-11-30T{utc}Z"))), within, "{utc}");
        }
        let night = Hours::parse("22:30", "06:00").unwrap();
        for (utc, within) in
            [("14:29:00", false), ("14:30:00", true), ("21:59:00", true), ("22:00:00", false)]
        {
            assert_eq!(night.contains(at(&format!("2026-11-30T{utc}Z"))), within, "{utc}");
        }
        assert_eq!(night.say(), ["22:30", "06:00"]);
        assert_eq!(
            Hours::parse("18:00", "24:00").map(Hours::say),
            Some(["18:00".to_owned(), "00:00".to_owned()])
        );
        for (from, until) in
            [("10:00", "10:00"), ("00:00", "24:00"), ("24:01", "1:00"), ("9:00", "10:00"), ("+9:00", "10:00")]
        {
            assert_eq!(Hours::parse(from, until), None, "{from} {until}");
        }
    }

    #[test]
    fn a_zone_counts_within_its_hours_and_has_a_rectangle_around_it() {
        let at = "2026-11-30T03:00:00Z".parse().unwrap();
        let zone = Zone { hours: Hours::parse("10:00", "13:00"), ..square() };
        assert!(square().counts_at(at) && zone.counts_at(at));
        assert!(!Zone { hours: Hours::parse("12:00", "13:00"), ..square() }.counts_at(at));
        let [x, y, w, h] = zone.bounds();
        assert!(
            (x - 0.4).abs() < 1e-6
                && (y - 0.3).abs() < 1e-6
                && (w - 0.2).abs() < 1e-6
                && (h - 0.5).abs() < 1e-6
        );
    }
}
