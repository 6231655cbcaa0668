//! The shapes of answers: plain structs made from the desks' rows, so that a new column never reaches the network by accident.
//!
//! Words of closed lists travel as text; `GET /api/dictionary` names them. No shape has a field for a secret, but for the links and device secrets that are shown once to who made them.

pub mod alarm_detail;
pub mod alarms;
pub mod audit;
pub mod bulletins;
pub mod cameras;
pub mod censuses;
pub mod channels;
pub mod compare;
pub mod consultations;
pub mod contacts;
pub mod contracts;
pub mod device_notices;
pub mod device_questions;
pub mod devices;
pub mod diagnosis;
pub mod dictionary;
pub mod drills;
pub mod duty_ledger;
pub mod duty_reports;
pub mod duty_rooms;
pub mod figures;
pub mod footage;
pub mod habits;
pub mod heads;
pub mod incidents;
pub mod ladder;
pub mod lint;
pub mod lookups;
pub mod notices;
pub mod notification_channels;
pub mod operator_load;
pub mod organisation_files;
pub mod organisations;
pub mod overview;
pub mod people;
pub mod recording;
pub mod recording_disks;
pub mod register;
pub mod roll_calls;
pub mod rosters;
pub mod rule_quality;
pub mod silences;
pub mod standing;
pub mod transmitters;
pub mod units;
pub mod uppers;
pub mod verify;
pub mod watchdog;
pub mod work_orders;
pub mod working_hours;
pub mod zones;

use jiff::Timestamp;
use platform::rows::Page;
use serde::{Serialize, Serializer};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::{PartialSchema, ToSchema};

/// A time as it travels: RFC 3339, UTC, microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment(pub Timestamp);

impl From<Timestamp> for Moment {
    fn from(at: Timestamp) -> Self {
        Self(at)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:.6}", self.0))
    }
}

impl PartialSchema for Moment {
    fn schema() -> RefOr<Schema> {
        let format = SchemaFormat::KnownFormat(KnownFormat::DateTime);
        ObjectBuilder::new().schema_type(Type::String).format(Some(format)).into()
    }
}

impl ToSchema for Moment {}

/// A time that may not have come yet.
pub fn moment(at: Option<Timestamp>) -> Option<Moment> {
    at.map(Moment)
}

macro_rules! pages {
    ($($(#[$doc:meta])* $name:ident of $item:ty;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Serialize, ToSchema)]
        pub struct $name {
            /// Rows in the order of the list.
            pub items: Vec<$item>,
            /// Token of the page after this one; none at the end.
            pub next: Option<String>,
        }

        impl $name {
            /// From a desk's page, row by row.
            pub fn of<T>(page: Page<T>, view: impl FnMut(T) -> $item) -> Self {
                Self { items: page.items.into_iter().map(view).collect(), next: page.next }
            }
        }
    )+};
}

pages! {
    /// A page of accounts.
    UserPage of people::User;
    /// A page of units.
    UnitRowPage of units::UnitRow;
    /// A page of units as a snapshot froze them.
    FrozenUnitPage of units::FrozenUnitRow;
    /// A page of cameras.
    CameraPage of cameras::Camera;
    /// A page of devices.
    DevicePage of devices::Device;
    /// A page of channels.
    ChannelPage of channels::Channel;
    /// A page of platforms above ours.
    UpperPlatformPage of uppers::UpperPlatform;
    /// A page of what devices reported.
    DeviceNoticePage of device_notices::DeviceNotice;
    /// A page of transmission devices.
    TransmitterPage of transmitters::Transmitter;
    /// A page of components.
    ComponentPage of transmitters::Component;
    /// A page of what fire facilities told.
    FacilityEventPage of transmitters::FacilityEvent;
    /// A page of roll-calls.
    RollCallPage of transmitters::RollCall;
    /// A page of alarms.
    AlarmPage of alarms::Alarm;
    /// A page of quarantines.
    QuarantinePage of rule_quality::Quarantine;
    /// A page of planned silences.
    SilencePage of silences::Silence;
    /// A page of rounds of roll-calls.
    RollCallRoundPage of roll_calls::RollCallRound;
    /// A page of roll-calls of duty rooms.
    DutyRollCallPage of roll_calls::DutyRollCall;
    /// A page of days whose roll-calls were committed to.
    RollCallDayPage of roll_calls::RollCallDay;
    /// A page of exemptions from roll-calls.
    RollCallExemptionPage of roll_calls::RollCallExemption;
    /// A page of drills.
    DrillPage of drills::Drill;
    /// A page of organisations.
    OrganisationPage of organisations::Organisation;
    /// A page of entries of violation files.
    ViolationPage of organisation_files::Violation;
    /// A page of applications for the register of organisations.
    ApplicationPage of organisation_files::Application;
    /// A page of censuses.
    CensusPage of censuses::Census;
    /// A page of duty contracts.
    ContractPage of contracts::Contract;
    /// A page of duty rooms.
    DutyRoomPage of duty_rooms::DutyRoom;
    /// A page of units with the five conditions of effective duty.
    DutyStandingPage of duty_ledger::DutyStanding;
    /// A page of reports of duty.
    DutyReportPage of duty_reports::DutyReport;
    /// A page of confirmed fires and their reports.
    IncidentPage of incidents::Incident;
    /// A page of suspicions of feigned duty.
    SuspicionPage of duty_ledger::Suspicion;
    /// A page of alarms that climbed to an office.
    EscalationPage of ladder::Escalation;
    /// A page of notices.
    NoticePage of notices::Notice;
    /// A page of alarms of a notice.
    NoticedAlarmPage of notices::NoticedAlarm;
    /// A page of overdue alarms.
    OverdueAlarmPage of notices::OverdueAlarm;
    /// A page of those who answer for overdue alarms.
    OverduePartyPage of notices::OverdueParty;
    /// A page of snapshots.
    SnapshotPage of figures::Snapshot;
    /// A page of differences between two snapshots.
    UnitDifferencePage of compare::UnitDifference;
    /// A page of units beyond their deadline.
    OverdueUnitPage of compare::OverdueUnit;
    /// A page of versions of the register.
    RegisterVersionPage of register::RegisterVersion;
    /// A page of proposed changes of the register.
    RegisterChangePage of register::RegisterChange;
    /// A page of bulletins.
    BulletinRowPage of bulletins::BulletinRow;
    /// Receipts of a bulletin.
    ReceiptPage of bulletins::Receipt;
    /// A page of an inbox.
    InboxPage of bulletins::InboxEntry;
    /// A page of the register of look-ups.
    LookupPage of lookups::Lookup;
    /// A page of exports of recordings.
    RecordingExportPage of footage::RecordingExport;
    /// A page of pins.
    PinPage of recording::Pin;
    /// A page of certificates of deletion.
    DeletionPage of recording::Deletion;
    /// A page of what goes next.
    NextDeletionPage of recording::NextDeletion;
    /// A page of gaps.
    GapPage of recording::Gap;
    /// A page of cameras and the days that are there.
    RecordingHealthPage of recording::RecordingHealth;
    /// A page of units of which was said how long their recordings stay.
    RetentionPage of recording::UnitRetention;
    /// A page of the audit register.
    AuditRowPage of audit::AuditRow;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_travel_with_six_digits() {
        let at: Timestamp = "2026-11-23T13:05:11Z".parse().unwrap();
        assert_eq!(serde_json::to_string(&Moment(at)).unwrap(), "\"2026-11-23T13:05:11.000000Z\"");
    }
}
