//! Everything kept: rows on SQLite or PostgreSQL, blobs in a folder, the outbox, the audit chain, migrations.
//!
//! Deliberately absent: rules of the trade (the domain decides, the store keeps), the current time and randomness (both come in as
//! arguments), and functions that read tenant data without saying who asks. A function takes [`domain::access::Access`] and narrows
//! its rows by scope inside SQL; what is not yours is not found. The few functions without an asker are in [`system`], in
//! the doorway ([`people`], [`sessions`], [`settings`]), and in a list that a test keeps.
//!
//! The idea needed to read it: a statement is `sql::Sql` (literals and bound values), it runs on either engine through
//! `engine::Pools`, and comes back as `row::Row`. Everything above those three files is written once.

pub mod alarms;
pub mod audit;
pub mod blobs;
pub mod bulletins;
pub mod cameras;
pub mod contacts;
pub mod contracts;
pub mod devices;
pub mod drills;
pub mod duty_rooms;
mod engine;
pub mod error;
pub mod facilities;
pub mod incidents;
pub mod ladder;
pub mod ledger;
pub mod notices;
pub mod notifications;
mod open;
pub mod orders;
pub mod organisations;
pub mod outbox;
pub mod overview;
pub mod page;
pub mod people;
pub mod quality;
pub mod recordings;
pub mod reference_pictures;
pub mod regions;
pub mod register;
mod roll_calls;
mod row;
pub mod sessions;
pub mod settings;
pub mod signing_keys;
pub mod silences;
pub mod snapshots;
mod sql;
pub mod system;
pub mod units;
pub mod uppers;
pub mod watchdog;
pub mod zones;

pub use alarms::{
    AlarmBlob, AlarmBlobKind, AlarmBox, AlarmCounts, AlarmFilter, AlarmRow, AlarmSource, AlarmStates,
    AlarmStep, Detector, JoinRule, NewAlarm, Raised, StepRecord,
};
pub use audit::{AuditEntry, AuditFilter, AuditProof, AuditRow};
pub use blobs::{hex, sha256, sha256_hex};
pub use bulletins::{
    Approval, Approved, BulletinRow, BulletinStep, BulletinTemplate, Consultation, Delivery, InboxItem,
    InboxKind, NewBulletin, NewObjection, NewSeal, Objection, Party, Recipient, Reply, Revision, RevisionRow,
    Seal,
};
pub use cameras::{CameraFilter, CameraPlace, CameraRecord, CameraRow, CameraSource, SeenState};
pub use contacts::{AUTH_SECRET_BYTES, Addressee, BROWSERS_MAX, ContactKind, PUBLIC_KEY_BYTES, PushBrowser};
pub use contracts::{ContractChange, ContractFilter, ContractRow, ContractStep, NewContract};
pub use devices::{
    Catalogue, CatalogueAnswer, ChannelEntry, ChannelFilter, ChannelRoute, ChannelRow, ChannelsPut,
    DeviceBinding, DeviceClock, DeviceFilter, DeviceInfo, DeviceNotice, DeviceRecord, DeviceRow, DeviceSeen,
    MAX_CHANNELS, NOTICE_RAW_MAX_BYTES, NewChannel, NewDeviceNotice, NoticeFilter, NoticeReset, OpenDialog,
    Registrant,
};
pub use drills::{
    DrillFilter, DrillMonth, DrillOfMonth, DrillPlan, DrillRoom, DrillRow, DrillStepRow, LotRoom, NewDrill,
    NewDrillMonth,
};
pub use duty_rooms::{
    DutyRecord, DutyRoom, DutyRoomChange, DutyRoomFilter, HandoverRow, NewDutyRoom, NewSeat, OnList, OnPost,
    ROOM_CAMERAS_MAX, RosterChange, RosterGuard, Seat, SeatAct, SeatPairing, ShiftRow, TimedRoom,
};
pub use error::{ErrorKind, Result, StoreError};
pub use facilities::{
    ComponentFilter, ComponentRow, ComponentSeen, FacilityEvent, FacilityEventFilter, FrameKey, Intake,
    NewFacilityEvent, NewRollCall, Reading, RollCall, TransmitterFilter, TransmitterRecord, TransmitterRow,
    TransmitterSeen, UnsettledEvent,
};
pub use incidents::{IncidentChange, IncidentFilter, IncidentRow};
pub use ladder::{
    Climb, Climbed, DueLook, Escalation, EscalationFilter, IN_APP, LadderRung, NotificationState, Notified,
    OperatorCalls, PEOPLE_MAX, Receipt, RungTelling,
};
pub use ledger::{
    CorrectionRow, DayLink, DutyReport, DutyReportFilter, DutyStanding, DutyStandingFilter, DutyStandingRow,
    GuardAnswer, HeldContract, LedgerDay, NewCorrection, NewDutyReport, NewRoomDay, NewSuspicion, NewUnitDay,
    PresenceDay, RoomDayFilter, RoomDayRow, SightingRow, SuspicionChange, SuspicionFilter, SuspicionRow,
    SuspicionStep, UnitDayRow, UnitDaySum,
};
pub use notices::{
    ChainRole, Compose, NewNotice, NewNoticeAlarm, NoticeAct, NoticeCounts, NoticeQuery, NoticeRow,
    NoticeRung, NoticeStates, NoticeStep, NoticeTelling, NoticedAlarm, OverdueAlarm, OverdueFilter,
    OverdueParty, PartyKind, Sending, Serving,
};
pub use notifications::{ChannelStanding, Settled, ToldOf, WaitingNotification};
pub use open::{Database, StoreConfig};
pub use orders::{NewOrderAct, OrderActRow};
pub use organisations::{
    ApplicationChange, ApplicationFilter, ApplicationRecord, ApplicationRow, ApplicationStep, Approving,
    AssessedCriterion, AssessmentRow, CensusAnswer, CensusAnswerChange, CensusClose, CensusLists,
    CensusOrganisation, CensusRow, CensusSigned, CensusStep, CensusUnit, ContractDocument, NewApplication,
    NewAssessment, NewCensus, NewContractDocument, NewScore, NewViolation, OrganisationChange,
    OrganisationFilter, OrganisationRecord, OrganisationRow, OrganisationStep, ScoreRow, ServedAlarm,
    StaffRecord, StaffRow, ViolationChange, ViolationFilter, ViolationRow, ViolationStep,
};
pub use outbox::OutboxEntry;
pub use page::{MAX_PAGE, Page, PageAsk};
pub use people::Account;
pub use quality::{
    AnswerFilter, AnsweredFilter, AnswersBy, NewQuarantine, NewSample, QuarantineChange, QuarantineFilter,
    QuarantineRow, RuleAnswers, RuleCamera, SampleDue, SampleRow,
};
pub use recordings::{
    BucketRecord, CameraDayRecord, Condemned, DeletionCandidate, DeletionFilter, DeletionRow, DiskRecord,
    DiskRow, DueToMove, ExportFile, ExportRow, FRAGMENTS_MAX_BYTES, GapFilter, GapRow, Garbage, LookupFilter,
    LookupRow, MoveRule, NewExport, NewLookup, NewPin, NewSegment, NextDeletion, Obstacle, OpenSegment,
    PinRow, RecordingHealth, SEGMENT_MAX_US, SegmentAge, SegmentGrowth, SegmentKey, SegmentRow,
    UnitRetention, UnitRetentionRow, WaitingToMove,
};
pub use reference_pictures::{NewReference, ReferenceRow};
pub use register::{NewRegisterChange, RegisterChange, RegisterOutcome, RegisterStanding, RegisterVersion};
pub use roll_calls::{
    AgainDue, DutyAnswer, DutyCallFilter, DutyCallRow, ExemptionChange, ExemptionFilter, ExemptionRow,
    FailedCall, FrameKind, HeldUp, LeftOut, NewDutyCall, NewExemption, NewFrame, NewRollCallDay, NewRound,
    RollCallDay, RollCallFrame, RoomChoice, RoomToAsk, RoundFilter, RoundRow, SeatCall,
};
pub use sessions::Session;
pub use signing_keys::SigningKey;
pub use silences::{NewSilence, SilenceChange, SilenceFilter, SilenceRow};
pub use snapshots::{
    DifferenceFilter, FigureFilter, FigureValue, FrozenAlarm, FrozenAlarmCounts, FrozenAlarmUnit, FrozenUnit,
    NewSnapshot, PairCounts, ProvenanceCounts, SeriesFilter, SeriesPoint, Snapshot, SnapshotParts,
    SnapshotUnitRow, UnitDifference,
};
pub use units::{UnitChange, UnitCount, UnitFilter, UnitRow, UnitVersion, UnitsApplied};
pub use uppers::{GivenTo, SharedCamera, SharedChannel, UpperPlatform};
pub use watchdog::{
    FaultChange, FaultRow, NewProbeMessage, PROBE_TOPIC, ProbeRow, WatchdogKind, WatchdogMessage,
};
pub use zones::CameraZones;

use std::path::PathBuf;

/// An open store. Cheap to clone; clones share connections.
#[derive(Debug, Clone)]
pub struct Store {
    pub(crate) pools: engine::Pools,
    pub(crate) blobs: PathBuf,
}
