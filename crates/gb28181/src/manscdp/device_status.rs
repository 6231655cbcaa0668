//! How a device is (A.2.6.6).

use super::block::{block, codes};
use super::keepalive::Health;
use super::list::{Entry, List};
use super::outcome::ResultCode;
use super::time::LocalTime;
use crate::id::CatalogId;

codes! {
    /// `onlineType`.
    pub enum Online {
        /// It answers.
        Online = "ONLINE",
        /// It does not.
        Offline = "OFFLINE",
    }
}

codes! {
    /// Whether something runs.
    pub enum Switch {
        /// It runs.
        On = "ON",
        /// It does not.
        Off = "OFF",
    }
}

codes! {
    /// `dutyStatusType`: whether an alarm point is armed.
    pub enum Duty {
        /// Armed.
        OnDuty = "ONDUTY",
        /// Not armed.
        OffDuty = "OFFDUTY",
        /// In alarm.
        Alarm = "ALARM",
    }
}

block! {
    /// The answer to a query for `DeviceStatus`.
    #[derive(Default)]
    pub struct DeviceStatus {
        /// Whether the query worked.
        result: Option<ResultCode> = "Result",
        /// Whether the device is online.
        online: Option<Online> = "Online",
        /// Whether it works.
        status: Option<Health> = "Status",
        /// Why it does not.
        reason: Option<String> = "Reason",
        /// Whether it encodes.
        encode: Option<Switch> = "Encode",
        /// Whether it records.
        record: Option<Switch> = "Record",
        /// What its clock says.
        device_time: Option<LocalTime> = "DeviceTime",
        /// Its alarm points.
        alarm_points: List<AlarmPoint> = "Alarmstatus",
    }
}

block! {
    /// An alarm point and whether it is armed.
    pub struct AlarmPoint {
        /// Which.
        id: CatalogId = "DeviceID",
        /// Whether it is armed.
        duty: Option<Duty> = "DutyStatus",
    }
}

impl Entry for AlarmPoint {}
