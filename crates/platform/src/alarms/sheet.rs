//! The sheet of one alarm (告警处置单): everything that rows know of it, sealed and signed like the reports of duty, printed from its seal.

use domain::alarm::clock::read;
use domain::alarm::order::{OrderFacts, order};
use domain::alarm::sheet::{AlarmFacts, AlarmSheet, sheet};
use domain::alarm::{AlarmEvent, Source};
use domain::beijing::say_second;
use domain::ids::AlarmId;
use domain::recording::Span;
use domain::role::Capability;
use jiff::Timestamp;
use store::alarms::RAISE_EVENT;
use store::{AlarmBlobKind, AlarmRow, AlarmStep, DutyReport, LadderRung, OrderActRow};

use super::order::{acted, is_of_order, place_of};
use crate::reports::{ReportKind, Written};
use crate::{Ask, Platform, PlatformError};

impl Platform {
    /// Makes the sheet of an alarm as it stands. For offices, units and organisations; who does the duty for others looks and takes nothing along
    /// (State Council Decree 799 art. 19).
    pub async fn make_alarm_sheet(&self, ask: &Ask, id: AlarmId) -> Result<DutyReport, PlatformError> {
        ask.access.need(Capability::SeeAlarms)?;
        if !ask.access.may(Capability::ReviewAlarms) {
            ask.access.need(Capability::MakeDutyReports)?;
        }
        let store = &self.inner.store;
        let row = store.alarm(&ask.access, id).await?;
        let steps = store.alarm_steps(&ask.access, id).await?;
        let acts = store.order_acts(&ask.access, id).await?;
        let rungs = store.ladder_rungs(&ask.access, id).await?;
        let alarm = &row.alarm;
        let current = acted(acts.iter().filter(|one| is_of_order(one, &row)));
        let facts = order(alarm, &current).map(|order| OrderFacts::of(alarm, &order, &current, ask.now));
        let link = self.inner.settings.notify.public_address.as_deref().unwrap_or("平台");
        let paper = AlarmSheet {
            facts: facts_of(&row),
            clocks: read(alarm.level, &alarm.times, alarm.state.is_dismissed(), ask.now),
            order: facts,
            false_alarm_reason: alarm.false_alarm_reason,
            events: events_of(&steps, &acts),
            told: rungs.iter().map(told).collect(),
            files: row.blobs.iter().map(file).collect(),
            signed: [AlarmEvent::Handle, AlarmEvent::Approve].map(|event| last_by(&steps, event)),
            link: format!("{}/#/alarms/{id}", link.trim_end_matches('/')),
            made_at: ask.now,
        };
        let start = alarm.times.occurred_at.min(ask.now);
        let written = Written {
            kind: ReportKind::Alarm,
            edition: sheet(&paper),
            organisation_id: None,
            region_id: None,
            alarm_id: Some(id),
            span: Span::new(start, ask.now),
        };
        self.keep_report(ask, written, "alarm_sheet_make").await
    }
}

/// What papers say of an alarm first.
pub(super) fn facts_of(row: &AlarmRow) -> AlarmFacts {
    let alarm = &row.alarm;
    let source = match alarm.source {
        Source::Ai => "视频监控",
        Source::Manual => "人工报告",
        Source::Device => "设备或平台",
    };
    AlarmFacts {
        unit: row.unit_name.clone(),
        region: [row.city.as_deref(), row.county.as_deref()].into_iter().flatten().collect(),
        code: alarm.code,
        level: alarm.level,
        place: place_of(row),
        source: source.to_owned(),
        drill: alarm.drill,
        simulated: row.simulated,
        state: alarm.state,
        times: alarm.times,
    }
}

/// Steps of the alarm and acts of its orders, in order of time.
fn events_of(steps: &[AlarmStep], acts: &[OrderActRow]) -> Vec<[String; 4]> {
    let mut events: Vec<(Timestamp, [String; 4])> = Vec::with_capacity(steps.len() + acts.len());
    for step in steps {
        let what = if step.event == RAISE_EVENT {
            "告警"
        } else {
            AlarmEvent::parse(&step.event).map_or("其他", event_zh)
        };
        let who = step
            .actor
            .as_ref()
            .map_or_else(|| "平台".to_owned(), |(_, name, role)| format!("{name}（{}）", role.name_zh()));
        let why = step.reason.map(|reason| reason.name_zh().to_owned());
        let words: Vec<String> = [why, step.note.clone()].into_iter().flatten().collect();
        events.push((step.at, [say_second(step.at), what.to_owned(), who, words.join("；")]));
    }
    for one in acts {
        let (_, name, role) = &one.actor;
        let what = format!("{}：{}", one.acted.side.name_zh(), one.acted.act.name_zh());
        let who = format!("{name}（{}）", role.name_zh());
        let words = one.words.clone().unwrap_or_default();
        events.push((one.acted.at, [say_second(one.acted.at), what, who, words]));
    }
    events.sort_by_key(|(at, _)| *at);
    events.into_iter().map(|(_, cells)| cells).collect()
}

fn told(rung: &LadderRung) -> [String; 4] {
    let receipt = rung.receipt.as_ref().map_or_else(
        || if rung.owes_receipt { "未受理".to_owned() } else { "不要求".to_owned() },
        |receipt| format!("{} {}", receipt.by_name, say_second(receipt.at)),
    );
    [
        format!("{}（{}）", rung.rung.role().name_zh(), rung.run.clock.name_zh()),
        say_second(rung.first_told_at),
        format!("{}次，{}人", rung.rounds, rung.people),
        receipt,
    ]
}

fn file(blob: &store::AlarmBlob) -> [String; 4] {
    let kind = match blob.kind {
        AlarmBlobKind::Picture => "告警图片",
        AlarmBlobKind::Clip => "告警片段",
        AlarmBlobKind::ResultPicture => "处置结果图片",
    };
    [kind.to_owned(), blob.content_type.clone(), blob.size_bytes.to_string(), blob.sha256.clone()]
}

/// Who took a step last, as what.
fn last_by(steps: &[AlarmStep], event: AlarmEvent) -> Option<String> {
    let step = steps.iter().rev().find(|step| step.event == event.as_str())?;
    let (_, name, role) = step.actor.as_ref()?;
    Some(format!("{name}（{}，{}）", role.name_zh(), say_second(step.at)))
}

/// The word on paper.
fn event_zh(event: AlarmEvent) -> &'static str {
    match event {
        AlarmEvent::Open => "打开",
        AlarmEvent::Take => "接警",
        AlarmEvent::Release => "退回",
        AlarmEvent::StartVerify => "开始核实",
        AlarmEvent::Confirm => "确认真警",
        AlarmEvent::Reject => "判定误报",
        AlarmEvent::MarkTest => "测试/演练",
        AlarmEvent::Merge => "归并",
        AlarmEvent::Arrive => "到场",
        AlarmEvent::StartHandling => "开始处置",
        AlarmEvent::Handle => "处置完毕",
        AlarmEvent::Approve => "复核通过",
        AlarmEvent::Return => "复核退回",
        AlarmEvent::Reopen => "重新打开",
        AlarmEvent::Escalate => "升级",
        AlarmEvent::SilenceTimeout => "超时未处置，收回",
        AlarmEvent::Clear => "现象消失",
    }
}
