//! Roles and capabilities: who may do what. Where they may do it is [`crate::access`].
//!
//! Capabilities are a closed list and every role is a fixed set of them. The three administrators are separated as GB/T 22239—2019
//! level 3 asks (8.1.4.2 d): none of them sees business data, none can take over another's work.

use serde::{Deserialize, Serialize};

use crate::words::words;

/// What a person is to the platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 省级监管人员
    Province,
    /// 市级监管人员
    City,
    /// 县级监管人员
    County,
    /// 单位安全负责人
    Unit,
    /// 值班员
    DutyGuard,
    /// 值班班长: leads a shift of guards, of a unit or of an organisation
    ShiftLeader,
    /// 值守机构负责人
    Organisation,
    /// 安装人员
    Installer,
    /// 审计/纪检人员: reads everything of its region, changes nothing
    Auditor,
    /// 系统管理员
    SystemAdmin,
    /// 安全管理员
    SecurityAdmin,
    /// 审计管理员
    AuditAdmin,
}

/// One thing a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capability {
    /// Read the register.
    SeeUnits,
    /// Import units into the register, propose what should count.
    ImportUnits,
    /// Approve what counts: decide proposed changes of the register of units that should connect.
    ApproveRegister,
    /// Read cameras, the devices and channels they come from, and their health.
    SeeCameras,
    /// Add, change and remove cameras and devices, and approve a device that registers under an unknown id. One capability for
    /// both: who puts a camera up is who puts the recorder up, and nobody should do one and be stopped at the other.
    ManageCameras,
    /// Watch live video and pictures, turn the camera and speak to the place; every look and every speech leaves a row.
    SeeLive,
    /// Search and play recordings; a reason is asked first, and every look-up is a row of the register.
    SeeRecordings,
    /// Copy recordings out of the platform.
    ExportRecordings,
    /// Say how long recordings stay, pin what is evidence, delete by hand.
    ManageRecording,
    /// Read the register of look-ups.
    SeeLookups,
    /// Read alarms.
    SeeAlarms,
    /// Take, verify and handle alarms.
    WorkAlarms,
    /// Raise an alarm by hand.
    RaiseAlarm,
    /// Review a handled alarm, as the second person.
    ReviewAlarms,
    /// Approve, decline and lift the quarantine of a noisy rule. Regulators only: whoever is watched does not turn the watch down.
    QuarantineRules,
    /// Ask for a planned silence.
    AskSilence,
    /// Approve, decline and lift planned silences; never one's own wish. Regulators only, as for quarantine.
    ApproveSilence,
    /// Ask for the person on duty in duty rooms and at transmission devices, and count who does not answer. Not for guards: nobody calls their
    /// own roll.
    CallRoll,
    /// Plan drills of duty rooms, call them off, and know of double-blind ones before they are over. Not for whoever is drilled: neither guards,
    /// nor shift leaders, nor organisations.
    PlanDrills,
    /// Ask for a time in which a duty room is not asked.
    AskExemption,
    /// Approve, decline and take back such times; never one's own wish. Regulators only, as for silences.
    ApproveExemption,
    /// Acknowledge an alarm that climbed to one's office: known, and looked after.
    AcknowledgeAlarms,
    /// Read notices and the overdue alarms they are about.
    SeeNotices,
    /// Send notices and supervision orders, review replies, take them to the level above.
    SendNotices,
    /// Sign for a notice; as its party, reply to it.
    AnswerNotices,
    /// Read the register of organisations and the contracts of one's reach.
    SeeOrganisations,
    /// Register organisations, approve them, measure them, order them to rectify, end contracts for cause.
    ManageOrganisations,
    /// Keep an organisation's own facts and its list of people.
    KeepOrganisation,
    /// Propose a duty contract for one's own side, accept, decline, withdraw or end one.
    AgreeContracts,
    /// See the duty rooms of one's reach: who should be there, who is, and what the room's seat shows.
    SeeDutyRooms,
    /// Open and close duty rooms, name their cameras, bind seats to them.
    ManageDutyRooms,
    /// Say how many people a region asks for in its duty rooms, and by which rule.
    SetHeadCounts,
    /// Keep the roster of one's own organisation's rooms.
    KeepRosters,
    /// Do duty at a seat that is bound to a room.
    SitAtSeat,
    /// Read the ledger of duty, effective duty, suspicions of feigned duty and reports of one's reach.
    SeeLedger,
    /// Correct minutes of closed days of the ledger, with a reason. Offices above the county: whoever answers for duty corrects nothing.
    CorrectLedger,
    /// Decide suspicions of feigned duty.
    DecideSuspicions,
    /// Reply to suspicions of feigned duty for one's own organisation.
    ReplySuspicions,
    /// Make reports of duty.
    MakeDutyReports,
    /// Freeze a snapshot.
    TakeSnapshot,
    /// Read figures and bulletins.
    SeeFigures,
    /// Write bulletins.
    MakeBulletin,
    /// Approve, sign, publish and withdraw bulletins; never one's own draft.
    ApproveBulletin,
    /// Answer for an addressee: object in a consultation, confirm receipt.
    AnswerBulletin,
    /// Replace the key that signs bulletins.
    ManageKeys,
    /// Read the audit register.
    SeeAudit,
    /// Create, reset and disable accounts.
    ManageUsers,
    /// Read the state of the system itself.
    SeeSystem,
    /// Add, change and retire the disks that recordings lie on. Not a look at anything that lies there.
    ManageDisks,
}

words! { Role:
    Province = "province", "省级监管人员", "Province regulator";
    City = "city", "市级监管人员", "City regulator";
    County = "county", "县级监管人员", "County regulator";
    Unit = "unit", "单位安全负责人", "Unit safety manager";
    DutyGuard = "duty_guard", "值班员", "Duty guard";
    ShiftLeader = "shift_leader", "值班班长", "Shift leader";
    Organisation = "organisation", "值守机构负责人", "Organisation leader";
    Installer = "installer", "安装人员", "Installer";
    Auditor = "auditor", "审计人员", "Auditor";
    SystemAdmin = "system_admin", "系统管理员", "System administrator";
    SecurityAdmin = "security_admin", "安全管理员", "Security administrator";
    AuditAdmin = "audit_admin", "审计管理员", "Audit administrator";
}

const PROVINCE: &[Capability] = &[
    Capability::SeeUnits,
    Capability::ImportUnits,
    Capability::ApproveRegister,
    Capability::SeeCameras,
    Capability::SeeLive,
    Capability::SeeRecordings,
    Capability::ExportRecordings,
    Capability::ManageRecording,
    Capability::SeeLookups,
    Capability::SeeAlarms,
    Capability::RaiseAlarm,
    Capability::ReviewAlarms,
    Capability::QuarantineRules,
    Capability::AskSilence,
    Capability::ApproveSilence,
    Capability::CallRoll,
    Capability::PlanDrills,
    Capability::ApproveExemption,
    Capability::AcknowledgeAlarms,
    Capability::SeeNotices,
    Capability::SendNotices,
    Capability::AnswerNotices,
    Capability::SeeOrganisations,
    Capability::ManageOrganisations,
    Capability::SeeDutyRooms,
    Capability::SeeLedger,
    Capability::CorrectLedger,
    Capability::DecideSuspicions,
    Capability::MakeDutyReports,
    Capability::ManageDutyRooms,
    Capability::SetHeadCounts,
    Capability::TakeSnapshot,
    Capability::SeeFigures,
    Capability::MakeBulletin,
    Capability::ApproveBulletin,
];
const CITY: &[Capability] = &[
    Capability::SeeUnits,
    Capability::ImportUnits,
    Capability::ApproveRegister,
    Capability::SeeCameras,
    Capability::SeeLive,
    Capability::SeeRecordings,
    Capability::ExportRecordings,
    Capability::ManageRecording,
    Capability::SeeLookups,
    Capability::SeeAlarms,
    Capability::RaiseAlarm,
    Capability::ReviewAlarms,
    Capability::QuarantineRules,
    Capability::AskSilence,
    Capability::ApproveSilence,
    Capability::CallRoll,
    Capability::PlanDrills,
    Capability::ApproveExemption,
    Capability::AcknowledgeAlarms,
    Capability::SeeNotices,
    Capability::SendNotices,
    Capability::AnswerNotices,
    Capability::SeeOrganisations,
    Capability::ManageOrganisations,
    Capability::SeeDutyRooms,
    Capability::SeeLedger,
    Capability::CorrectLedger,
    Capability::DecideSuspicions,
    Capability::MakeDutyReports,
    Capability::ManageDutyRooms,
    Capability::SetHeadCounts,
    Capability::SeeFigures,
    Capability::AnswerBulletin,
];
const COUNTY: &[Capability] = &[
    Capability::SeeUnits,
    Capability::ImportUnits,
    Capability::SeeCameras,
    Capability::SeeLive,
    Capability::SeeRecordings,
    Capability::ExportRecordings,
    Capability::ManageRecording,
    Capability::SeeLookups,
    Capability::SeeAlarms,
    Capability::RaiseAlarm,
    Capability::ReviewAlarms,
    Capability::QuarantineRules,
    Capability::AskSilence,
    Capability::ApproveSilence,
    Capability::CallRoll,
    Capability::PlanDrills,
    Capability::ApproveExemption,
    Capability::AcknowledgeAlarms,
    Capability::SeeNotices,
    Capability::SendNotices,
    Capability::AnswerNotices,
    Capability::SeeOrganisations,
    Capability::ManageOrganisations,
    Capability::SeeDutyRooms,
    Capability::SeeLedger,
    Capability::DecideSuspicions,
    Capability::MakeDutyReports,
    Capability::ManageDutyRooms,
    Capability::SetHeadCounts,
    Capability::SeeFigures,
    Capability::AnswerBulletin,
];
const UNIT: &[Capability] = &[
    Capability::SeeUnits,
    Capability::SeeCameras,
    Capability::ManageCameras,
    Capability::SeeLive,
    Capability::SeeRecordings,
    Capability::ExportRecordings,
    Capability::ManageRecording,
    Capability::SeeLookups,
    Capability::SeeAlarms,
    Capability::WorkAlarms,
    Capability::RaiseAlarm,
    Capability::ReviewAlarms,
    Capability::AskSilence,
    Capability::SeeNotices,
    Capability::AnswerNotices,
    Capability::SeeOrganisations,
    Capability::AgreeContracts,
    Capability::SeeDutyRooms,
    Capability::SeeLedger,
    Capability::CallRoll,
    Capability::PlanDrills,
    Capability::AskExemption,
    Capability::AnswerBulletin,
];

impl Role {
    /// Everything the role may do.
    pub fn capabilities(self) -> &'static [Capability] {
        use Capability as C;
        match self {
            Self::Province => PROVINCE,
            Self::City => CITY,
            Self::County => COUNTY,
            Self::Unit => UNIT,
            // Who does the duty for others may look and may not take anything along (State Council Decree 799 art. 19).
            Self::DutyGuard => &[
                C::SeeUnits,
                C::SeeCameras,
                C::SeeLive,
                C::SeeRecordings,
                C::SeeAlarms,
                C::WorkAlarms,
                C::RaiseAlarm,
                C::SeeDutyRooms,
                C::SitAtSeat,
            ],
            Self::ShiftLeader => &[
                C::SeeUnits,
                C::SeeCameras,
                C::SeeLive,
                C::SeeRecordings,
                C::SeeAlarms,
                C::WorkAlarms,
                C::RaiseAlarm,
                C::SeeOrganisations,
                C::SeeDutyRooms,
                C::SeeLedger,
                C::KeepRosters,
                C::SitAtSeat,
            ],
            // A party to contracts, not a pair of eyes: it sees that alarms are worked, and works none.
            Self::Organisation => &[
                C::SeeUnits,
                C::SeeCameras,
                C::SeeAlarms,
                C::SeeNotices,
                C::AnswerNotices,
                C::SeeOrganisations,
                C::KeepOrganisation,
                C::AgreeContracts,
                C::SeeDutyRooms,
                C::SeeLedger,
                C::ReplySuspicions,
                C::MakeDutyReports,
                C::ManageDutyRooms,
                C::KeepRosters,
                C::AskExemption,
            ],
            Self::Installer => &[C::SeeUnits, C::SeeCameras, C::ManageCameras],
            Self::Auditor => &[
                C::SeeUnits,
                C::SeeCameras,
                C::SeeLookups,
                C::SeeAlarms,
                C::SeeNotices,
                C::SeeOrganisations,
                C::SeeDutyRooms,
                C::SeeLedger,
                C::SeeFigures,
                C::SeeAudit,
            ],
            Self::SystemAdmin => &[C::SeeSystem, C::ManageDisks],
            Self::SecurityAdmin => &[C::ManageUsers, C::ManageKeys],
            Self::AuditAdmin => &[C::SeeAudit],
        }
    }

    /// True for the three separated administrators.
    pub fn is_administrator(self) -> bool {
        matches!(self, Self::SystemAdmin | Self::SecurityAdmin | Self::AuditAdmin)
    }
}

impl Capability {
    /// The word used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SeeUnits => "see_units",
            Self::ImportUnits => "import_units",
            Self::ApproveRegister => "approve_register",
            Self::SeeCameras => "see_cameras",
            Self::ManageCameras => "manage_cameras",
            Self::SeeLive => "see_live",
            Self::SeeRecordings => "see_recordings",
            Self::ExportRecordings => "export_recordings",
            Self::ManageRecording => "manage_recording",
            Self::SeeLookups => "see_lookups",
            Self::SeeAlarms => "see_alarms",
            Self::WorkAlarms => "work_alarms",
            Self::RaiseAlarm => "raise_alarm",
            Self::ReviewAlarms => "review_alarms",
            Self::QuarantineRules => "quarantine_rules",
            Self::AskSilence => "ask_silence",
            Self::ApproveSilence => "approve_silence",
            Self::CallRoll => "call_roll",
            Self::PlanDrills => "plan_drills",
            Self::AskExemption => "ask_exemption",
            Self::ApproveExemption => "approve_exemption",
            Self::AcknowledgeAlarms => "acknowledge_alarms",
            Self::SeeNotices => "see_notices",
            Self::SendNotices => "send_notices",
            Self::AnswerNotices => "answer_notices",
            Self::SeeOrganisations => "see_organisations",
            Self::ManageOrganisations => "manage_organisations",
            Self::KeepOrganisation => "keep_organisation",
            Self::AgreeContracts => "agree_contracts",
            Self::SeeDutyRooms => "see_duty_rooms",
            Self::ManageDutyRooms => "manage_duty_rooms",
            Self::SetHeadCounts => "set_head_counts",
            Self::KeepRosters => "keep_rosters",
            Self::SitAtSeat => "sit_at_seat",
            Self::SeeLedger => "see_ledger",
            Self::CorrectLedger => "correct_ledger",
            Self::DecideSuspicions => "decide_suspicions",
            Self::ReplySuspicions => "reply_suspicions",
            Self::MakeDutyReports => "make_duty_reports",
            Self::TakeSnapshot => "take_snapshot",
            Self::SeeFigures => "see_figures",
            Self::MakeBulletin => "make_bulletin",
            Self::ApproveBulletin => "approve_bulletin",
            Self::AnswerBulletin => "answer_bulletin",
            Self::ManageKeys => "manage_keys",
            Self::SeeAudit => "see_audit",
            Self::ManageUsers => "manage_users",
            Self::SeeSystem => "see_system",
            Self::ManageDisks => "manage_disks",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn administrators_are_separated() {
        for admin in Role::ALL.into_iter().filter(|role| role.is_administrator()) {
            for other in Role::ALL.into_iter().filter(|role| role.is_administrator() && *role != admin) {
                for capability in admin.capabilities() {
                    assert!(
                        !other.capabilities().contains(capability),
                        "{admin:?} and {other:?} share {capability:?}"
                    );
                }
            }
            for capability in [
                Capability::SeeUnits,
                Capability::SeeAlarms,
                Capability::SeeLive,
                Capability::SeeRecordings,
                Capability::SeeLookups,
            ] {
                assert!(!admin.capabilities().contains(&capability), "{admin:?} sees business data");
            }
        }
    }

    #[test]
    fn words_read_back() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.as_str()), Some(role));
        }
    }
}
