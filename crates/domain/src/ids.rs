//! Identifiers of our own things: UUIDv7, one type per thing so that a camera's id cannot be passed for a unit's.
//!
//! Codes that others give (GB/T 2260 region code, school code, 20-digit GB id) are attributes, never keys, and do not live here.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

id! {
    /// A node of the region tree (行政区): province, city, county or functional area.
    RegionId,
    /// A unit that should connect (接入单位).
    UnitId,
    /// A camera (摄像机).
    CameraId,
    /// A device (设备).
    DeviceId,
    /// A channel (通道) of a device.
    ChannelId,
    /// Something a device told the platform (设备通知).
    DeviceNoticeId,
    /// A platform above ours (上级平台) that we register at.
    UpperPlatformId,
    /// An alarm (告警).
    AlarmId,
    /// A notice (通报督办) about overdue alarms.
    NoticeId,
    /// A person with an account.
    UserId,
    /// A browser that somebody is told in by web push.
    PushBrowserId,
    /// One signed-in browser or client.
    SessionId,
    /// A proposed change of the register of units that should connect (底册变更).
    RegisterChangeId,
    /// A statistics snapshot (统计快照).
    SnapshotId,
    /// A bulletin (通报).
    BulletinId,
    /// An objection raised in the consultation on a bulletin.
    ObjectionId,
    /// Something kept outside the rows: a picture or a clip.
    BlobId,
    /// A disk (录像磁盘) that recordings lie on.
    DiskId,
    /// A stretch of recording that stays (证据锁定).
    PinId,
    /// A recording copied out (录像导出).
    ExportId,
    /// A marked part of a camera's picture (区域).
    ZoneId,
    /// A quarantine (静默) of a noisy rule at a camera.
    QuarantineId,
    /// A planned silence (计划静默).
    SilenceId,
    /// A test alarm of the watchdog (自检告警).
    ProbeId,
    /// A user information transmission device (用户信息传输装置).
    TransmitterId,
    /// A component (部件) of a fire facility.
    ComponentId,
    /// Something a fire facility told (设施事件).
    FacilityEventId,
    /// A roll-call (查岗) at a transmission device.
    RollCallId,
    /// An organisation (值守机构) that does the duty for units.
    OrganisationId,
    /// A person on an organisation's list, with or without an account.
    StaffId,
    /// An assessment (排查) of an organisation.
    AssessmentId,
    /// A duty contract (值守合同).
    ContractId,
    /// A duty room (值班室).
    DutyRoomId,
    /// A roll-call (查岗) of a duty room.
    DutyRollCallId,
    /// One act of asking one room or many (查岗批次).
    RollCallRoundId,
    /// A planned exemption (免查) of a duty room.
    ExemptionId,
    /// A shift (班次) of one guard in one duty room.
    ShiftId,
    /// A seat (值守席位): a browser bound to a duty room.
    SeatId,
    /// A suspicion of feigned duty (疑似虚假值班).
    SuspicionId,
    /// A drill (演练) of a duty room.
    DrillId,
    /// A report of duty (值守报表).
    DutyReportId,
    /// An entry of an organisation's violation file (违规档案).
    ViolationId,
    /// An organisation's own application for the register (登记申请).
    ApplicationId,
    /// A census (摸底) of organisations and duty.
    CensusId,
}
