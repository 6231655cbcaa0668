//! How a device is and how it is set: its state (GB/T 28181 A.2.6.6), its basic parameters (A.2.4.6, A.2.3.2), its memory cards (2022,
//! A.2.4.14), and where it last said it was. Asked now; only changes of parameters are written down, because the platform counts on them.

use domain::ids::DeviceId;
use domain::role::Capability;
use gb28181::manscdp::Body;
use gb28181::manscdp::config::{BasicParam, ConfigBlocks, ConfigQuery, DeviceConfig};
use gb28181::manscdp::device_status::{DeviceStatus, Duty, Online, Switch};
use gb28181::manscdp::keepalive::Health;
use gb28181::manscdp::mobile_position::Position;
use gb28181::manscdp::sd_card::{CardStatus, SdCard};
use jiff::Timestamp;

use super::questions::beside_the_point;
use super::rows::{DeviceEdit, device_object};
use crate::access::devices::Habits;
use crate::{Ask, FieldError, Platform, PlatformError};

/// Longest name that a device is given, in characters.
const NAME_LEN_MAX: usize = 64;
/// Lives of a registration that a device may be told, in seconds: the standard's least, and a week.
const EXPIRES_S: std::ops::RangeInclusive<u32> = 3_600..=604_800;
/// Spacings of signs of life that a device may be told, in seconds; what the registrar believes.
const KEEPALIVE_S: std::ops::RangeInclusive<u32> = 5..=3_600;
/// Signs of life that may be missed.
const MISSES: std::ops::RangeInclusive<u32> = 1..=20;
/// Alarm points of one answer that are shown.
const POINTS_MAX: usize = 1_000;

/// How a device says that it is; an absent field was not told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeviceCondition {
    /// Whether it counts itself as online.
    pub online: Option<bool>,
    /// Whether it works.
    pub works: Option<bool>,
    /// Why it does not.
    pub reason: Option<String>,
    /// Whether it encodes.
    pub encodes: Option<bool>,
    /// Whether it records.
    pub records: Option<bool>,
    /// What its clock says.
    pub clock: Option<Timestamp>,
    /// Its alarm points.
    pub points: Vec<AlarmPoint>,
}

/// An alarm point of a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlarmPoint {
    /// Its digits, as sent.
    pub gb_id: String,
    /// `ONDUTY` armed, `OFFDUTY` not armed, `ALARM` in alarm, or what the device says instead.
    pub duty: Option<PointDuty>,
}

/// Whether an alarm point is armed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointDuty {
    /// It is.
    Armed,
    /// It is not.
    Disarmed,
    /// It is in alarm.
    Alarm,
}

/// Basic parameters of a device; an absent one was not told, or is left as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeviceParameters {
    /// What it calls itself.
    pub name: Option<String>,
    /// Seconds for which it registers.
    pub expires_s: Option<u32>,
    /// Seconds between its signs of life.
    pub keepalive_s: Option<u32>,
    /// How many of them may be missed.
    pub keepalive_misses: Option<u32>,
}

/// A memory card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemoryCard {
    /// Its number.
    pub number: u32,
    /// Its name.
    pub name: Option<String>,
    /// `ok`, `formatting`, `unformatted`, `idle`, `error`, or what the device says instead.
    pub state: Option<String>,
    /// Per cent, while it is being formatted.
    pub formatted_percent: Option<u8>,
    /// Megabytes.
    pub capacity_mb: Option<u64>,
    /// Megabytes.
    pub free_mb: Option<u64>,
}

/// Where a device last said it was.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DevicePosition {
    /// When it was measured, by the device's clock.
    pub at: Option<Timestamp>,
    /// WGS-84, degrees east.
    pub longitude_deg: f64,
    /// WGS-84, degrees north.
    pub latitude_deg: f64,
    /// Kilometres an hour.
    pub speed_kmh: Option<f64>,
}

impl Platform {
    /// How a device is, asked now.
    pub async fn device_condition(&self, ask: &Ask, id: DeviceId) -> Result<DeviceCondition, PlatformError> {
        let device = self.device_to_ask(ask, id, Capability::SeeCameras).await?;
        match self.answer_of((device, device), Body::DeviceStatusQuery).await? {
            Body::DeviceStatus(status) => Ok(condition(status)),
            _ => Err(beside_the_point()),
        }
    }

    /// The basic parameters of a device, asked now.
    pub async fn device_parameters(
        &self,
        ask: &Ask,
        id: DeviceId,
    ) -> Result<DeviceParameters, PlatformError> {
        let device = self.device_to_ask(ask, id, Capability::SeeCameras).await?;
        let question = Body::ConfigQuery(ConfigQuery { config_types: "BasicParam".to_owned() });
        let Body::ConfigAnswer(answer) = self.answer_of((device, device), question).await? else {
            return Err(beside_the_point());
        };
        let basic = answer.blocks.basic.ok_or_else(|| {
            PlatformError::Unavailable("the device does not tell its parameters 设备不提供参数".to_owned())
        })?;
        Ok(DeviceParameters {
            name: basic.name,
            expires_s: basic.expiration_s,
            keepalive_s: basic.heartbeat_interval_s,
            keepalive_misses: basic.heartbeat_count,
        })
    }

    /// Changes basic parameters at a device. When it says that it did, the platform expects its signs of life accordingly.
    pub async fn set_device_parameters(
        &self,
        ask: &Ask,
        id: DeviceId,
        wanted: &DeviceParameters,
    ) -> Result<(), PlatformError> {
        let device = self.device_to_ask(ask, id, Capability::ManageCameras).await?;
        wanted.check()?;
        let record = self.inner.store.device(&ask.access, id).await?.device;
        self.audit(ask, "device_parameters", device_object(&record), "ok", Some(wanted.words())).await?;
        let basic = BasicParam {
            name: wanted.name.as_deref().map(|name| name.trim().to_owned()),
            expiration_s: wanted.expires_s,
            heartbeat_interval_s: wanted.keepalive_s,
            heartbeat_count: wanted.keepalive_misses,
            ..BasicParam::default()
        };
        let blocks = ConfigBlocks { basic: Some(basic), ..ConfigBlocks::default() };
        let order = Body::DeviceConfig(DeviceConfig { blocks });
        match self.answer_of((device, device), order).await? {
            Body::DeviceConfigAnswer(outcome) if outcome.worked() => {}
            Body::DeviceConfigAnswer(_) => {
                return Err(PlatformError::Conflict("the device refused 设备拒绝".to_owned()));
            }
            _ => return Err(beside_the_point()),
        }
        let mut habits = Habits::read(&record.profile);
        let before = habits.clone();
        habits.keepalive_s = wanted.keepalive_s.or(habits.keepalive_s);
        habits.keepalive_misses = wanted.keepalive_misses.or(habits.keepalive_misses);
        if habits != before {
            let edit = DeviceEdit { habits: Some(habits), ..DeviceEdit::default() };
            self.edit_device(ask, id, edit).await?;
        }
        Ok(())
    }

    /// The memory cards of a device of 2022, asked now.
    pub async fn device_cards(&self, ask: &Ask, id: DeviceId) -> Result<Vec<MemoryCard>, PlatformError> {
        let device = self.device_to_ask(ask, id, Capability::SeeCameras).await?;
        self.need_2022(device).await?;
        match self.answer_of((device, device), Body::SdCardQuery).await? {
            Body::SdCards(cards) => Ok(cards.cards.items.into_iter().map(card).collect()),
            _ => Err(beside_the_point()),
        }
    }

    /// Where a device last said it was, since the platform's start; none where it never did.
    pub async fn device_position(
        &self,
        ask: &Ask,
        id: DeviceId,
    ) -> Result<Option<DevicePosition>, PlatformError> {
        let device = self.device_to_ask(ask, id, Capability::SeeCameras).await?;
        let known = self.inner.line.with(move |endpoint| endpoint.facts.positions.get(&device).cloned());
        // Where devices are not spoken with, none said anything.
        Ok(known.await.unwrap_or_default().as_ref().and_then(position))
    }
}

impl DeviceParameters {
    fn check(&self) -> Result<(), PlatformError> {
        let mut wrong = Vec::new();
        let mut number = |field, value: Option<u32>, allowed: &std::ops::RangeInclusive<u32>| {
            if value.is_some_and(|value| !allowed.contains(&value)) {
                let message = format!("{} to {}", allowed.start(), allowed.end());
                wrong.push(FieldError { field, code: "out_of_range", message });
            }
        };
        number("expires_s", self.expires_s, &EXPIRES_S);
        number("keepalive_s", self.keepalive_s, &KEEPALIVE_S);
        number("keepalive_misses", self.keepalive_misses, &MISSES);
        if let Some(name) = &self.name {
            let length = name.trim().chars().count();
            if length == 0 || length > NAME_LEN_MAX || name.chars().any(char::is_control) {
                let message = format!("1 to {NAME_LEN_MAX} characters");
                wrong.push(FieldError { field: "name", code: "invalid", message });
            }
        }
        if *self == Self::default() {
            let message = "nothing is to be changed".to_owned();
            wrong.push(FieldError { field: "name", code: "missing", message });
        }
        if wrong.is_empty() { Ok(()) } else { Err(PlatformError::Invalid(wrong)) }
    }

    /// For the audit register.
    fn words(&self) -> String {
        let number = |name: &str, value: Option<u32>| value.map(|value| format!("{name}={value}"));
        let parts = [
            self.name.as_deref().map(|name| format!("name={}", name.trim())),
            number("expires_s", self.expires_s),
            number("keepalive_s", self.keepalive_s),
            number("keepalive_misses", self.keepalive_misses),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

impl PointDuty {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Armed => "armed",
            Self::Disarmed => "disarmed",
            Self::Alarm => "alarm",
        }
    }
}

fn condition(status: DeviceStatus) -> DeviceCondition {
    let runs = |switch: Option<Switch>| match switch? {
        Switch::On => Some(true),
        Switch::Off => Some(false),
        Switch::Raw(_) => None,
    };
    let points = status.alarm_points.items.into_iter().take(POINTS_MAX).map(|point| AlarmPoint {
        gb_id: point.id.to_string(),
        duty: point.duty.and_then(|duty| match duty {
            Duty::OnDuty => Some(PointDuty::Armed),
            Duty::OffDuty => Some(PointDuty::Disarmed),
            Duty::Alarm => Some(PointDuty::Alarm),
            Duty::Raw(_) => None,
        }),
    });
    DeviceCondition {
        online: status.online.and_then(|online| match online {
            Online::Online => Some(true),
            Online::Offline => Some(false),
            Online::Raw(_) => None,
        }),
        works: status.status.and_then(|health| match health {
            Health::Ok => Some(true),
            Health::Error => Some(false),
            Health::Raw(_) => None,
        }),
        reason: status.reason.filter(|reason| !reason.trim().is_empty()),
        encodes: runs(status.encode),
        records: runs(status.record),
        clock: status.device_time.and_then(|time| Timestamp::from_microsecond(time.unix_us).ok()),
        points: points.collect(),
    }
}

fn card(card: SdCard) -> MemoryCard {
    MemoryCard {
        number: card.id,
        name: card.name,
        state: card.status.as_ref().map(CardStatus::as_str).map(str::to_owned),
        formatted_percent: card.format_progress.filter(|_| card.status == Some(CardStatus::Formatting)),
        capacity_mb: card.capacity_mb,
        free_mb: card.free_mb,
    }
}

fn position(told: &Position) -> Option<DevicePosition> {
    let (longitude, latitude) = (told.longitude?, told.latitude?);
    let is_place = (-180.0..=180.0).contains(&longitude) && (-90.0..=90.0).contains(&latitude);
    is_place.then(|| DevicePosition {
        at: told.time.and_then(|time| Timestamp::from_microsecond(time.unix_us).ok()),
        longitude_deg: longitude,
        latitude_deg: latitude,
        speed_kmh: told.speed_kmh,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_device_may_be_told_is_refused_by_field() {
        let fine = DeviceParameters { keepalive_s: Some(60), ..DeviceParameters::default() };
        assert!(fine.check().is_ok());
        for (wanted, field) in [
            (DeviceParameters::default(), "name"),
            (DeviceParameters { name: Some(" ".to_owned()), ..fine.clone() }, "name"),
            (DeviceParameters { expires_s: Some(60), ..fine.clone() }, "expires_s"),
            (DeviceParameters { keepalive_s: Some(1), ..fine.clone() }, "keepalive_s"),
            (DeviceParameters { keepalive_misses: Some(0), ..fine.clone() }, "keepalive_misses"),
        ] {
            let Err(PlatformError::Invalid(wrong)) = wanted.check() else { panic!("{wanted:?}") };
            assert_eq!(wrong[0].field, field);
        }
    }

    #[test]
    fn a_place_that_is_on_no_map_is_none() {
        let told = |longitude, latitude| Position {
            device: gb28181::id::CatalogId::parse("36010200111320000001").unwrap(),
            time: None,
            longitude,
            latitude,
            speed_kmh: None,
            direction_deg: None,
            altitude_m: None,
            height_m: None,
        };
        assert!(position(&told(Some(115.9), Some(28.7))).is_some());
        assert!(position(&told(Some(115.9), None)).is_none());
        assert!(position(&told(Some(215.9), Some(28.7))).is_none());
        assert!(position(&told(Some(f64::NAN), Some(28.7))).is_none());
    }
}
