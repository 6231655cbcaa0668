//! `docs/reference/glossary.md` is the law for words: every closed list of the code stands in it with exactly these three names.

use watchfire_domain::alarm::code::ALARM_CODES;
use watchfire_domain::alarm::incident::{IncidentEvent, IncidentState};
use watchfire_domain::alarm::order::{OrderAct, OrderClock, OrderSide, OrderState, StopwatchKind};
use watchfire_domain::alarm::reason::FalseAlarmReason;
use watchfire_domain::alarm::silence::{SilenceEvent, SilenceState};
use watchfire_domain::alarm::state::AlarmState;
use watchfire_domain::alarm::watchdog::Stage;
use watchfire_domain::bulletin::annex::AnnexKind;
use watchfire_domain::bulletin::life::{BulletinEvent, BulletinState};
use watchfire_domain::calendar::{Applies, DayKind};
use watchfire_domain::camera::CameraState;
use watchfire_domain::category::CATEGORIES;
use watchfire_domain::contract::{ContractEvent, ContractState, Side};
use watchfire_domain::device::{
    ChannelStatus, DeviceReason, DeviceState, DialogPurpose, Transport, UpperState, UpperTrouble,
};
use watchfire_domain::duty::drill::{DrillEvent, DrillKind, DrillState, DrillStep};
use watchfire_domain::duty::effective::{Arrangement, Condition};
use watchfire_domain::duty::falsehood::case::{SuspicionEvent, SuspicionState};
use watchfire_domain::duty::falsehood::{Evidence, Trick};
use watchfire_domain::duty::ledger::MinuteState;
use watchfire_domain::duty::presence::{PictureState, Seen};
use watchfire_domain::duty::roll_call::code::{BlockColour, CodeVerdict};
use watchfire_domain::duty::roll_call::exemption::{ExemptionEvent, ExemptionState};
use watchfire_domain::duty::roll_call::schedule::LeftOutReason;
use watchfire_domain::duty::roll_call::{RollCallOrigin, RollCallState as DutyRollCallState};
use watchfire_domain::duty::roster::{LegalBasis, ProblemKind, RoomKind};
use watchfire_domain::duty::score::ScorePart;
use watchfire_domain::duty::seat::handover::HandoverSide;
use watchfire_domain::duty::seat::{HandoverState, RecordState, SeatActKind, VigilanceState};
use watchfire_domain::facility::{FacilityEventKind, RollCallState};
use watchfire_domain::figures::Measure;
use watchfire_domain::notice::{NoticeEvent, NoticeKind, NoticeState};
use watchfire_domain::organisation::application::{ApplicationEvent, ApplicationState};
use watchfire_domain::organisation::assessment::Criterion;
use watchfire_domain::organisation::census::{CensusEvent, CensusState};
use watchfire_domain::organisation::certificate::{
    CertificateDirection, CertificateLevel, CertificateQuery, CertificateStanding,
};
use watchfire_domain::organisation::violation::{ViolationEvent, ViolationKind, ViolationState};
use watchfire_domain::organisation::{OrganisationEvent, OrganisationState, Post};
use watchfire_domain::place::PlaceType;
use watchfire_domain::quality::{Answer, Grounds, QuarantineEvent, QuarantineState};
use watchfire_domain::recording::{
    BucketTakes, DeletionWhy, DiskState, ExportState, FloorBasis, GapCause, LookupKind, LookupReason,
    RetentionClass,
};
use watchfire_domain::register::change::{ChangeKind, ChangeReason, ChangeState};
use watchfire_domain::register::difference::Difference;
use watchfire_domain::role::Role;
use watchfire_domain::unit::{Connection, Duty, Ownership, Provenance, StudyLevel};
use watchfire_domain::zone::{Light, ZoneKind};

const GLOSSARY: &str = include_str!("../../../docs/reference/glossary.md");

/// The rows of one list as the glossary writes them.
macro_rules! rows {
    ($list:expr) => {
        $list.iter().map(|value| (value.name_zh(), value.name_en(), value.as_str())).collect::<Vec<_>>()
    };
}

/// Those of organisations and duty contracts.
fn organisation_words() -> Vec<(&'static str, &'static str, &'static str)> {
    [
        rows!(OrganisationState::ALL),
        rows!(OrganisationEvent::ALL),
        rows!(Criterion::ALL),
        rows!(Post::ALL),
        rows!(CertificateLevel::ALL),
        rows!(CertificateDirection::ALL),
        rows!(CertificateQuery::ALL),
        rows!(CertificateStanding::ALL),
        rows!(Side::ALL),
        rows!(ContractState::ALL),
        rows!(ContractEvent::ALL),
        rows!(ViolationKind::ALL),
        rows!(ViolationState::ALL),
        rows!(ViolationEvent::ALL),
        rows!(ApplicationState::ALL),
        rows!(ApplicationEvent::ALL),
        rows!(CensusState::ALL),
        rows!(CensusEvent::ALL),
    ]
    .concat()
}

/// Those of work orders and of reports of fires.
fn order_words() -> Vec<(&'static str, &'static str, &'static str)> {
    [
        rows!(OrderSide::ALL),
        rows!(OrderState::ALL),
        rows!(OrderAct::ALL),
        rows!(OrderClock::ALL),
        rows!(StopwatchKind::ALL),
        rows!(IncidentState::ALL),
        rows!(IncidentEvent::ALL),
    ]
    .concat()
}

/// The words of [`watchfire_domain::duty`].
fn duty_words() -> Vec<(&'static str, &'static str, &'static str)> {
    let words = [
        rows!(RoomKind::ALL),
        rows!(LegalBasis::ALL),
        rows!(ProblemKind::ALL),
        rows!(DutyRollCallState::ALL),
        rows!(RollCallOrigin::ALL),
        rows!(CodeVerdict::ALL),
        rows!(BlockColour::ALL),
        rows!(LeftOutReason::ALL),
        rows!(ExemptionState::ALL),
        rows!(ExemptionEvent::ALL),
        rows!(PictureState::ALL),
        rows!(Seen::ALL),
        rows!(MinuteState::ALL),
        rows!(Condition::ALL),
        rows!(Arrangement::ALL),
        rows!(Trick::ALL),
        rows!(Evidence::ALL),
        rows!(SuspicionState::ALL),
        rows!(SuspicionEvent::ALL),
        rows!(VigilanceState::ALL),
        rows!(HandoverState::ALL),
        rows!(HandoverSide::ALL),
        rows!(RecordState::ALL),
        rows!(SeatActKind::ALL),
        rows!(DrillKind::ALL),
        rows!(DrillStep::ALL),
        rows!(DrillState::ALL),
        rows!(DrillEvent::ALL),
        rows!(ScorePart::ALL),
    ];
    words.concat()
}

#[test]
fn every_word_of_the_code_stands_in_the_glossary() {
    let words = [
        rows!(CATEGORIES),
        rows!(Ownership::ALL),
        rows!(StudyLevel::ALL),
        rows!(Connection::ALL),
        rows!(Duty::ALL),
        rows!(Provenance::ALL),
        rows!(Role::ALL),
        rows!(CameraState::ALL),
        rows!(DeviceState::ALL),
        rows!(DeviceReason::ALL),
        rows!(Transport::ALL),
        rows!(UpperState::ALL),
        rows!(UpperTrouble::ALL),
        rows!(FacilityEventKind::ALL),
        rows!(RollCallState::ALL),
        rows!(ChannelStatus::ALL),
        rows!(DialogPurpose::ALL),
        rows!(GapCause::ALL),
        rows!(RetentionClass::ALL),
        rows!(FloorBasis::ALL),
        rows!(DeletionWhy::ALL),
        rows!(DiskState::ALL),
        rows!(BucketTakes::ALL),
        rows!(LookupKind::ALL),
        rows!(LookupReason::ALL),
        rows!(ExportState::ALL),
        rows!(PlaceType::ALL),
        rows!(ZoneKind::ALL),
        rows!(Light::ALL),
        rows!(Answer::ALL),
        rows!(QuarantineState::ALL),
        rows!(QuarantineEvent::ALL),
        rows!(Grounds::ALL),
        rows!(SilenceState::ALL),
        rows!(SilenceEvent::ALL),
        rows!(DayKind::ALL),
        rows!(Applies::ALL),
        rows!(Stage::ALL),
        rows!(AlarmState::ALL),
        rows!(ALARM_CODES),
        rows!(NoticeKind::ALL),
        rows!(NoticeState::ALL),
        rows!(NoticeEvent::ALL),
        rows!(FalseAlarmReason::ALL),
        rows!(Measure::ALL),
        rows!(AnnexKind::ALL),
        rows!(BulletinState::ALL),
        rows!(BulletinEvent::ALL),
        rows!(ChangeKind::ALL),
        rows!(ChangeReason::ALL),
        rows!(ChangeState::ALL),
        rows!(Difference::ALL),
        duty_words(),
    ];
    let line = |(zh, en, word): &(&str, &str, &str)| format!("| {zh} | {en} | `{word}` |");
    let missing: Vec<_> = words
        .iter()
        .flatten()
        .chain(&organisation_words())
        .chain(&order_words())
        .map(line)
        .filter(|line| !GLOSSARY.lines().any(|row| row.starts_with(line)))
        .collect();
    assert!(missing.is_empty(), "the glossary lacks:\n{}", missing.join("\n"));
}
