//! The closed word lists with their names, so that a client needs no list of its own.

use domain::alarm::code::{ALARM_CODES, LEVELS};
use domain::alarm::reason::FalseAlarmReason;
use domain::alarm::silence::SilenceState;
use domain::alarm::state::AlarmState;
use domain::alarm::watchdog::Stage;
use domain::alarm::{Level, Limits};
use domain::calendar::{Applies, DayKind};
use domain::camera::CameraState;
use domain::category::CATEGORIES;
use domain::contract::{ContractEvent, ContractState, Side};
use domain::device::{ChannelStatus, DeviceReason, DeviceState, Transport, UpperState, UpperTrouble};
use domain::duty::drill::{DrillKind, DrillState, DrillStep};
use domain::duty::effective::Condition;
use domain::duty::falsehood::case::{SuspicionEvent, SuspicionState};
use domain::duty::falsehood::{Evidence, Trick};
use domain::duty::ledger::MinuteState;
use domain::duty::roll_call::code::{BlockColour, CodeVerdict};
use domain::duty::roll_call::exemption::ExemptionState;
use domain::duty::roll_call::schedule::LeftOutReason;
use domain::duty::roll_call::{RollCallOrigin, RollCallState};
use domain::duty::roster::{LegalBasis, ProblemKind, RoomKind};
use domain::duty::score::ScorePart;
use domain::duty::seat::{HandoverState, RecordState, VigilanceState};
use domain::figures::Measure;
use domain::notice::{NoticeEvent, NoticeKind, NoticeState};
use domain::organisation::application::{ApplicationEvent, ApplicationState};
use domain::organisation::assessment::Criterion;
use domain::organisation::census::{CensusEvent, CensusState};
use domain::organisation::certificate::{
    CertificateDirection, CertificateLevel, CertificateQuery, CertificateStanding,
};
use domain::organisation::violation::{ViolationEvent, ViolationKind, ViolationState};
use domain::organisation::{OrganisationEvent, OrganisationState, Post};
use domain::place::PlaceType;
use domain::quality::{Grounds, QuarantineState};
use domain::recording::{
    BucketTakes, DeletionWhy, DiskState, ExportState, FloorBasis, GapCause, LookupKind, LookupReason,
    RetentionClass,
};
use domain::register::change::{ChangeKind, ChangeReason, ChangeState};
use domain::register::difference::Difference;
use domain::role::Role;
use domain::unit::{Connection, Duty, Onboarding, Provenance};
use domain::zone::{Light, ZoneKind};
use serde::Serialize;
use utoipa::ToSchema;

/// A word with its names.
#[derive(Debug, Serialize, ToSchema)]
pub struct Word {
    /// The word in requests and answers.
    pub code: &'static str,
    /// Chinese name.
    pub name_zh: &'static str,
    /// English name.
    pub name_en: &'static str,
}

/// A category of units.
#[derive(Debug, Serialize, ToSchema)]
pub struct CategoryWord {
    /// The word.
    pub code: &'static str,
    /// Chinese name.
    pub name_zh: &'static str,
    /// English name.
    pub name_en: &'static str,
    /// 所 or 家
    pub measure_word: &'static str,
    /// Whether bulletins print figures for it.
    pub has_figures: bool,
}

/// An alarm code.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlarmCodeWord {
    /// The code.
    pub code: &'static str,
    /// Chinese name.
    pub name_zh: &'static str,
    /// English name.
    pub name_en: &'static str,
    /// Letter of the group.
    pub group: &'static str,
    /// Default level.
    pub level: u8,
}

/// A kind of place.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlaceTypeWord {
    /// The word.
    pub code: &'static str,
    /// Chinese name.
    pub name_zh: &'static str,
    /// English name.
    pub name_en: &'static str,
    /// True where no camera may be installed (State Council Decree 799 art. 8).
    pub forbidden: bool,
}

/// A kind of zone.
#[derive(Debug, Serialize, ToSchema)]
pub struct ZoneKindWord {
    /// The word.
    pub code: &'static str,
    /// Chinese name.
    pub name_zh: &'static str,
    /// English name.
    pub name_en: &'static str,
    /// The alarm that it raises; null for a mask.
    pub alarm_code: Option<&'static str>,
    /// Seconds that a change has to stay unless said otherwise.
    pub default_hold_s: u32,
}

/// A reason of a look-up.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReasonWord {
    /// The word.
    pub code: &'static str,
    /// Chinese name.
    pub name_zh: &'static str,
    /// English name.
    pub name_en: &'static str,
    /// True where the word alone does not tell enough.
    pub needs_note: bool,
}

/// Limits of one level, in seconds; null where the level has no such clock.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClockWord {
    /// Level, 1 to 4.
    pub level: u8,
    /// Take.
    pub take_s: i64,
    /// Take, goal for most alarms.
    pub take_goal_s: i64,
    /// Verify.
    pub verify_s: Option<i64>,
    /// On site.
    pub arrive_s: Option<i64>,
    /// Handled.
    pub handle_s: Option<i64>,
}

/// Every closed word list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Dictionary {
    /// 类别
    pub categories: Vec<CategoryWord>,
    /// 告警编码
    pub alarm_codes: Vec<AlarmCodeWord>,
    /// 场所
    pub place_types: Vec<PlaceTypeWord>,
    /// 误报原因
    pub false_alarm_reasons: Vec<Word>,
    /// 接入状态
    pub connection_states: Vec<Word>,
    /// 值守状态
    pub duty_states: Vec<Word>,
    /// How far units have come onto the platform.
    pub onboarding_stages: Vec<Word>,
    /// 告警状态
    pub alarm_states: Vec<Word>,
    /// 通报督办类别
    pub notice_kinds: Vec<Word>,
    /// 通报督办状态
    pub notice_states: Vec<Word>,
    /// 通报督办步骤
    pub notice_events: Vec<Word>,
    /// 摄像机状态
    pub camera_states: Vec<Word>,
    /// 设备状态
    pub device_states: Vec<Word>,
    /// 设备离线原因
    pub device_reasons: Vec<Word>,
    /// 上级平台状态
    pub upper_states: Vec<Word>,
    /// 上级平台注册不成的原因
    pub upper_troubles: Vec<Word>,
    /// 信令传输
    pub transports: Vec<Word>,
    /// 通道状态
    pub channel_states: Vec<Word>,
    /// 角色
    pub roles: Vec<Word>,
    /// 时限
    pub clocks: Vec<ClockWord>,
    /// 指标
    pub measures: Vec<Word>,
    /// 数据来源
    pub provenances: Vec<Word>,
    /// 底册变更方向
    pub register_change_kinds: Vec<Word>,
    /// 底册变更原因
    pub register_change_reasons: Vec<Word>,
    /// 底册变更状态
    pub register_change_states: Vec<Word>,
    /// 两个快照之间的变化
    pub differences: Vec<Word>,
    /// 录像缺口原因
    pub gap_causes: Vec<Word>,
    /// 调阅方式
    pub lookup_kinds: Vec<Word>,
    /// 调阅事由
    pub lookup_reasons: Vec<ReasonWord>,
    /// 录像保存档次
    pub retention_classes: Vec<Word>,
    /// 保存期限依据
    pub floor_bases: Vec<Word>,
    /// 录像删除原因
    pub deletion_whys: Vec<Word>,
    /// 录像磁盘状态
    pub disk_states: Vec<Word>,
    /// 对象存储收什么
    pub bucket_takes: Vec<Word>,
    /// 录像导出状态
    pub export_states: Vec<Word>,
    /// 区域类型
    pub zone_kinds: Vec<ZoneKindWord>,
    /// 光照方式
    pub lights: Vec<Word>,
    /// 规则静默状态
    pub quarantine_states: Vec<Word>,
    /// 规则静默依据
    pub quarantine_grounds: Vec<Word>,
    /// 计划静默状态
    pub silence_states: Vec<Word>,
    /// 日期类别
    pub day_kinds: Vec<Word>,
    /// 告知时段
    pub applies: Vec<Word>,
    /// 告警链路环节
    pub watchdog_stages: Vec<Word>,
    /// 值守机构与合同
    #[serde(flatten)]
    pub organisations: OrganisationWords,
    /// Words of duty rooms and rosters.
    #[serde(flatten)]
    pub duty: DutyWords,
    /// 值守台账
    #[serde(flatten)]
    pub ledger: LedgerWords,
    /// Words of roll-calls of duty rooms.
    #[serde(flatten)]
    pub roll_calls: RollCallWords,
}

/// Words of the ledger of duty.
#[derive(Debug, Serialize, ToSchema)]
pub struct LedgerWords {
    /// 分钟状态
    pub minute_states: Vec<Word>,
    /// 值守有效条件
    pub duty_conditions: Vec<Word>,
    /// 疑似虚假值班类型
    pub tricks: Vec<Word>,
    /// 疑点依据
    pub evidences: Vec<Word>,
    /// 疑点状态
    pub suspicion_states: Vec<Word>,
    /// 疑点办理
    pub suspicion_events: Vec<Word>,
}

/// Words of duty rooms and rosters.
#[derive(Debug, Serialize, ToSchema)]
pub struct DutyWords {
    /// 值班室类型
    pub room_kinds: Vec<Word>,
    /// 在岗人数依据
    pub legal_bases: Vec<Word>,
    /// 排班问题
    pub roster_problems: Vec<Word>,
    /// 警醒计时
    pub vigilance_states: Vec<Word>,
    /// 交接班
    pub handover_states: Vec<Word>,
    /// 两小时记录
    pub record_states: Vec<Word>,
    /// 演练类型
    pub drill_kinds: Vec<Word>,
    /// 演练状态
    pub drill_states: Vec<Word>,
    /// 演练步骤
    pub drill_steps: Vec<Word>,
}

/// Words of roll-calls of duty rooms.
#[derive(Debug, Serialize, ToSchema)]
pub struct RollCallWords {
    /// 查岗状态
    pub duty_roll_call_states: Vec<Word>,
    /// 查岗来源
    pub roll_call_origins: Vec<Word>,
    /// 查岗码画面验证
    pub code_verdicts: Vec<Word>,
    /// 查岗码色块
    pub block_colours: Vec<Word>,
    /// 计划漏查原因
    pub left_out_reasons: Vec<Word>,
    /// 免查状态
    pub exemption_states: Vec<Word>,
}

/// Words of organisations and duty contracts.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrganisationWords {
    /// 值守机构状态
    pub organisation_states: Vec<Word>,
    /// 对值守机构的处理
    pub organisation_events: Vec<Word>,
    /// 排查条件
    pub criteria: Vec<Word>,
    /// 岗位
    pub posts: Vec<Word>,
    /// 证书等级
    pub certificate_levels: Vec<Word>,
    /// 证书方向
    pub certificate_directions: Vec<Word>,
    /// 证书查验结果
    pub certificate_queries: Vec<Word>,
    /// 证书状态
    pub certificate_standings: Vec<Word>,
    /// 值守合同状态
    pub contract_states: Vec<Word>,
    /// 值守合同办理
    pub contract_events: Vec<Word>,
    /// Parts of an organisation's score.
    pub score_parts: Vec<Word>,
    /// What entries of violation files are about.
    pub violation_kinds: Vec<Word>,
    /// Where they stand.
    pub violation_states: Vec<Word>,
    /// What happens to them.
    pub violation_events: Vec<Word>,
    /// Where applications stand.
    pub application_states: Vec<Word>,
    /// What happens to them.
    pub application_events: Vec<Word>,
    /// Where answers to a census stand.
    pub census_states: Vec<Word>,
    /// What happens to them.
    pub census_events: Vec<Word>,
    /// 值守合同当事方
    pub contract_sides: Vec<Word>,
}

macro_rules! words {
    ($list:expr) => {
        $list
            .iter()
            .map(|word| Word { code: word.as_str(), name_zh: word.name_zh(), name_en: word.name_en() })
            .collect()
    };
}

/// The dictionary; the same for everybody.
pub fn dictionary() -> Dictionary {
    let alarm_code = |code: &domain::alarm::AlarmCode| AlarmCodeWord {
        code: code.as_str(),
        name_zh: code.name_zh(),
        name_en: code.name_en(),
        group: code.group(),
        level: code.default_level().into(),
    };
    let place_type = |place: &domain::place::PlaceType| PlaceTypeWord {
        code: place.as_str(),
        name_zh: place.name_zh(),
        name_en: place.name_en(),
        forbidden: place.is_forbidden(),
    };
    Dictionary {
        categories: CATEGORIES.iter().copied().map(category).collect(),
        alarm_codes: ALARM_CODES.iter().map(alarm_code).collect(),
        place_types: PlaceType::ALL.iter().map(place_type).collect(),
        false_alarm_reasons: words!(FalseAlarmReason::ALL),
        connection_states: words!(Connection::ALL),
        duty_states: words!(Duty::ALL),
        onboarding_stages: words!(Onboarding::ALL),
        alarm_states: words!(AlarmState::ALL),
        notice_kinds: words!(NoticeKind::ALL),
        notice_states: words!(NoticeState::ALL),
        notice_events: words!(NoticeEvent::ALL),
        camera_states: words!(CameraState::ALL),
        device_states: words!(DeviceState::ALL),
        device_reasons: words!(DeviceReason::ALL),
        upper_states: words!(UpperState::ALL),
        upper_troubles: words!(UpperTrouble::ALL),
        transports: words!(Transport::ALL),
        channel_states: words!(ChannelStatus::ALL),
        roles: words!(Role::ALL),
        clocks: LEVELS.iter().map(|level| clock(*level)).collect(),
        measures: words!(Measure::ALL),
        provenances: words!(Provenance::ALL),
        register_change_kinds: words!(ChangeKind::ALL),
        register_change_reasons: words!(ChangeReason::ALL),
        register_change_states: words!(ChangeState::ALL),
        differences: words!(Difference::ALL),
        gap_causes: words!(GapCause::ALL),
        lookup_kinds: words!(LookupKind::ALL),
        lookup_reasons: LookupReason::ALL.into_iter().map(reason).collect(),
        retention_classes: words!(RetentionClass::ALL),
        floor_bases: words!(FloorBasis::ALL),
        deletion_whys: words!(DeletionWhy::ALL),
        disk_states: words!(DiskState::ALL),
        bucket_takes: words!(BucketTakes::ALL),
        export_states: words!(ExportState::ALL),
        zone_kinds: ZoneKind::ALL.into_iter().map(zone_kind).collect(),
        lights: words!(Light::ALL),
        quarantine_states: words!(QuarantineState::ALL),
        quarantine_grounds: words!(Grounds::ALL),
        silence_states: words!(SilenceState::ALL),
        day_kinds: words!(DayKind::ALL),
        applies: words!(Applies::ALL),
        watchdog_stages: words!(Stage::ALL),
        organisations: organisation_words(),
        duty: duty_words(),
        ledger: ledger_words(),
        roll_calls: roll_call_words(),
    }
}

fn category(category: domain::category::Category) -> CategoryWord {
    CategoryWord {
        code: category.as_str(),
        name_zh: category.name_zh(),
        name_en: category.name_en(),
        measure_word: category.measure_word(),
        has_figures: category.has_figures(),
    }
}

fn ledger_words() -> LedgerWords {
    LedgerWords {
        minute_states: words!(MinuteState::ALL),
        duty_conditions: words!(Condition::ALL),
        tricks: words!(Trick::ALL),
        evidences: words!(Evidence::ALL),
        suspicion_states: words!(SuspicionState::ALL),
        suspicion_events: words!(SuspicionEvent::ALL),
    }
}

fn duty_words() -> DutyWords {
    DutyWords {
        room_kinds: words!(RoomKind::ALL),
        legal_bases: words!(LegalBasis::ALL),
        roster_problems: words!(ProblemKind::ALL),
        vigilance_states: words!(VigilanceState::ALL),
        handover_states: words!(HandoverState::ALL),
        record_states: words!(RecordState::ALL),
        drill_kinds: words!(DrillKind::ALL),
        drill_states: words!(DrillState::ALL),
        drill_steps: words!(DrillStep::ALL),
    }
}

fn roll_call_words() -> RollCallWords {
    RollCallWords {
        duty_roll_call_states: words!(RollCallState::ALL),
        roll_call_origins: words!(RollCallOrigin::ALL),
        code_verdicts: words!(CodeVerdict::ALL),
        block_colours: words!(BlockColour::ALL),
        left_out_reasons: words!(LeftOutReason::ALL),
        exemption_states: words!(ExemptionState::ALL),
    }
}

fn organisation_words() -> OrganisationWords {
    OrganisationWords {
        organisation_states: words!(OrganisationState::ALL),
        organisation_events: words!(OrganisationEvent::ALL),
        criteria: words!(Criterion::ALL),
        posts: words!(Post::ALL),
        certificate_levels: words!(CertificateLevel::ALL),
        certificate_directions: words!(CertificateDirection::ALL),
        certificate_queries: words!(CertificateQuery::ALL),
        certificate_standings: words!(CertificateStanding::ALL),
        contract_states: words!(ContractState::ALL),
        contract_events: words!(ContractEvent::ALL),
        score_parts: words!(ScorePart::ALL),
        violation_kinds: words!(ViolationKind::ALL),
        violation_states: words!(ViolationState::ALL),
        violation_events: words!(ViolationEvent::ALL),
        application_states: words!(ApplicationState::ALL),
        application_events: words!(ApplicationEvent::ALL),
        census_states: words!(CensusState::ALL),
        census_events: words!(CensusEvent::ALL),
        contract_sides: words!(Side::ALL),
    }
}

fn zone_kind(kind: ZoneKind) -> ZoneKindWord {
    ZoneKindWord {
        code: kind.as_str(),
        name_zh: kind.name_zh(),
        name_en: kind.name_en(),
        alarm_code: kind.alarm().map(domain::alarm::AlarmCode::as_str),
        default_hold_s: kind.default_hold_s(),
    }
}

fn reason(reason: LookupReason) -> ReasonWord {
    ReasonWord {
        code: reason.as_str(),
        name_zh: reason.name_zh(),
        name_en: reason.name_en(),
        needs_note: reason.needs_note(),
    }
}

fn clock(level: Level) -> ClockWord {
    let limits = Limits::of(level);
    ClockWord {
        level: level.into(),
        take_s: limits.take_s,
        take_goal_s: limits.take_goal_s,
        verify_s: limits.verify_s,
        arrive_s: limits.arrive_s,
        handle_s: limits.handle_s,
    }
}
