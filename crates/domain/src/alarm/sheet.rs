//! Papers of one alarm: the sheet of its handling (告警处置单, §5.6 of the domain notes) and the report of a confirmed fire (火情报告), in words and tables. Everything comes
//! in read from rows; here it is put in the order of the form, so that the same rows always give the same paper.

use jiff::Timestamp;

use super::clock::ClockReading;
use super::incident::IncidentForm;
use super::order::{OrderFacts, OrderReading, OrderSide, SideResult, Stopwatch};
use super::{AlarmCode, AlarmState, FalseAlarmReason, Level, Times};
use crate::beijing::{day_of, full_day, say_second as moment, say_span};
use crate::bulletin::ParagraphKind;
use crate::bulletin::edition::{Edition, Value};
use crate::duty::report::{annex, edition};

/// What both papers say first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlarmFacts {
    /// The unit.
    pub unit: String,
    /// City and county.
    pub region: String,
    /// What it is about.
    pub code: AlarmCode,
    /// How urgent.
    pub level: Level,
    /// The camera or the detector's place.
    pub place: Option<String>,
    /// What told it: a camera, a device, a person.
    pub source: String,
    /// An announced drill.
    pub drill: bool,
    /// From a simulated camera or unit.
    pub simulated: bool,
    /// Where it stands.
    pub state: AlarmState,
    /// T0 to T7.
    pub times: Times,
}

/// Everything that the sheet says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlarmSheet {
    /// What it is about.
    pub facts: AlarmFacts,
    /// Its clocks.
    pub clocks: Vec<ClockReading>,
    /// The work order, where there is one.
    pub order: Option<OrderFacts>,
    /// Why it was none.
    pub false_alarm_reason: Option<FalseAlarmReason>,
    /// Who did what: when, what, who as what, words; in order of time.
    pub events: Vec<[String; 4]>,
    /// Who was told: level, when first, how often, who acknowledged.
    pub told: Vec<[String; 4]>,
    /// Pictures and clips: kind, media type, bytes, SHA-256.
    pub files: Vec<[String; 4]>,
    /// Who handled it, and who reviewed that.
    pub signed: [Option<String>; 2],
    /// Where it is looked at on the screen.
    pub link: String,
    /// When the sheet was made.
    pub made_at: Timestamp,
}

/// Everything that the report of a fire says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentReport {
    /// What it is about.
    pub facts: AlarmFacts,
    /// As it was handed in.
    pub form: IncidentForm,
    /// When 119 was called, and by whom.
    pub called: Option<(Timestamp, String)>,
    /// Until when it was due, and when it was handed in.
    pub due_at: Timestamp,
    /// When.
    pub submitted_at: Timestamp,
    /// By whom.
    pub by: String,
}

/// The sheet as it is printed.
pub fn sheet(paper: &AlarmSheet) -> Edition {
    let facts = &paper.facts;
    let title = format!("告警处置单（{}）", facts.unit);
    let mut text = vec![(ParagraphKind::Title, title.clone())];
    heading(&mut text, "一、告警");
    body(&mut text, say_facts(facts));
    heading(&mut text, "二、时限");
    body(&mut text, say_clocks(&paper.clocks));
    heading(&mut text, "三、双方处置");
    match &paper.order {
        None => body(&mut text, "本告警未开具双方处置工单。".to_owned()),
        Some(order) => {
            for (side, result) in OrderSide::ALL.into_iter().zip(order.results) {
                body(&mut text, say_side(side, result, &order.readings));
            }
            body(&mut text, say_watches(&order.watches));
        }
    }
    heading(&mut text, "四、结论与签署");
    let why = paper.false_alarm_reason.map_or(String::new(), |why| format!("（{}）", why.name_zh()));
    body(&mut text, format!("状态：{}{why}。", facts.state.name_zh()));
    let name = |one: &Option<String>| one.clone().unwrap_or_else(|| "无".to_owned());
    body(&mut text, format!("处置人：{}；复核人：{}。", name(&paper.signed[0]), name(&paper.signed[1])));
    note(&mut text, "数据说明");
    note(&mut text, "1.全部时间由服务器记录；内容由告警、工单、通知和签署记录生成，未经人工填写。");
    note(&mut text, format!("2.图片和片段以SHA-256摘要列于附件4，原件见{}。", paper.link));
    note(&mut text, format!("3.本单生成于{}，此后的处置不在其中。", moment(paper.made_at)));
    let annexes = vec![
        annex(1, "时间线", &["节点", "名称", "时刻"], time_line(&facts.times)),
        annex(2, "处置经过", &["时刻", "事项", "人员", "说明"], rows(&paper.events)),
        annex(3, "通知与升级", &["对象", "首次通知", "次数与人数", "受理回执"], rows(&paper.told)),
        annex(4, "影像", &["类别", "格式", "字节", "SHA-256"], rows(&paper.files)),
    ];
    edition(&facts.unit, title, text, annexes)
}

/// The report of a fire as it is printed.
pub fn incident(paper: &IncidentReport) -> Edition {
    let facts = &paper.facts;
    let title = format!("火情报告（{}，{}）", facts.unit, full_day(day_of(facts.times.occurred_at)));
    let mut text = vec![(ParagraphKind::Title, title.clone())];
    heading(&mut text, "一、基本情况");
    body(&mut text, say_facts(facts));
    body(&mut text, format!("具体部位：{}。", paper.form.place));
    body(
        &mut text,
        match &paper.called {
            Some((at, by)) => format!("119报警：{}，{by}。", moment(*at)),
            None => "119报警：平台内无记录。".to_owned(),
        },
    );
    for (title, words) in [
        ("二、现场情况", &paper.form.seen),
        ("三、起火物和原因（初步）", &paper.form.cause),
        ("四、处置措施", &paper.form.measures),
        ("五、已报告的单位和人员", &paper.form.told),
    ] {
        heading(&mut text, title);
        body(&mut text, words.clone());
    }
    heading(&mut text, "六、人员和损失");
    let form = &paper.form;
    let damage = if form.damage.trim().is_empty() { "无或待核" } else { form.damage.as_str() };
    body(
        &mut text,
        format!("死亡{}人，受伤{}人，疏散{}人；损失：{damage}。", form.dead, form.injured, form.evacuated),
    );
    note(&mut text, "数据说明");
    note(&mut text, "1.时间线由服务器记录；其余由报告人填写，提交后封存。");
    let late_s = paper.submitted_at.duration_since(paper.due_at).as_secs();
    let kept = if paper.submitted_at > paper.due_at {
        format!("逾期{}", say_span(late_s))
    } else {
        "按时".to_owned()
    };
    note(
        &mut text,
        format!(
            "2.报告期限{}，{}于{}提交，{kept}。",
            moment(paper.due_at),
            paper.by,
            moment(paper.submitted_at)
        ),
    );
    edition(
        &facts.unit,
        title,
        text,
        vec![annex(1, "时间线", &["节点", "名称", "时刻"], time_line(&facts.times))],
    )
}

fn say_facts(facts: &AlarmFacts) -> String {
    let place = facts.place.as_deref().map_or(String::new(), |place| format!("，部位{place}"));
    let level = ["一级", "二级", "三级", "四级"][usize::from(u8::from(facts.level)) - 1];
    let mut said = format!(
        "{}{}{place}，{}（{}，{level}），{}发生，来源{}。",
        facts.region,
        facts.unit,
        facts.code.name_zh(),
        facts.code.as_str(),
        moment(facts.times.occurred_at),
        facts.source
    );
    if facts.drill {
        said.push_str("本告警为演练。");
    }
    if facts.simulated {
        said.push_str("本告警来自模拟设备。");
    }
    said
}

fn say_clocks(clocks: &[ClockReading]) -> String {
    let said: Vec<String> = clocks
        .iter()
        .map(|one| {
            let kept = match (one.started_at, one.stopped_at, one.overdue) {
                (None, ..) => "未开始".to_owned(),
                (Some(start), Some(stop), false) => format!("用时{}", span(start, stop)),
                (Some(start), Some(stop), true) => format!("用时{}，超时", span(start, stop)),
                (Some(_), None, false) => "未到期".to_owned(),
                (Some(_), None, true) => "已超时，未完成".to_owned(),
            };
            format!("{}（限{}秒）{kept}", one.clock.name_zh(), one.limit_s)
        })
        .collect();
    format!("{}。", said.join("；"))
}

fn say_side(side: OrderSide, result: SideResult, readings: &[OrderReading]) -> String {
    let seconds = |ms: i64| format!("{}.{}秒", ms / 1000, ms % 1000 / 100);
    let result = match result {
        SideResult::Running => "进行中".to_owned(),
        SideResult::InTime { spare_ms } => format!("按时，最紧一项余{}", seconds(spare_ms)),
        SideResult::Late { by_ms } => format!("未按时，最差一项超{}", seconds(by_ms)),
    };
    let own: Vec<String> = readings
        .iter()
        .filter(|one| one.clock.side() == side)
        .map(|one| {
            let done = one.stopped_at.map_or("未完成".to_owned(), |at| span(one.started_at, at));
            format!("{}（限{}秒）{done}", one.clock.name_zh(), one.limit_s)
        })
        .collect();
    format!("{}：{result}。{}。", side.name_zh(), own.join("，"))
}

fn say_watches(watches: &[Stopwatch]) -> String {
    let said: Vec<String> = watches
        .iter()
        .map(|one| {
            let done = one.stopped_at.map_or("未完成".to_owned(), |at| span(one.started_at, at));
            format!("{}{done}", one.kind.name_zh())
        })
        .collect();
    format!("四快：{}。", said.join("，"))
}

fn time_line(times: &Times) -> Vec<Vec<Value>> {
    [
        ("T0", "发生", Some(times.occurred_at)),
        ("T1", "推送", Some(times.pushed_at)),
        ("T2", "打开", times.opened_at),
        ("T3", "接警", times.taken_at),
        ("T4", "核实", times.verified_at),
        ("T5", "到场", times.arrived_at),
        ("T6", "处置", times.handled_at),
        ("T7", "复核", times.reviewed_at),
    ]
    .into_iter()
    .map(|(mark, name, at)| {
        let at = at.map_or(Value::Absent, |at| Value::Text(moment(at)));
        vec![Value::Text(mark.to_owned()), Value::Text(name.to_owned()), at]
    })
    .collect()
}

fn rows(lines: &[[String; 4]]) -> Vec<Vec<Value>> {
    lines.iter().map(|cells| cells.iter().cloned().map(Value::Text).collect()).collect()
}

fn span(from: Timestamp, until: Timestamp) -> String {
    let ms = until.as_millisecond() - from.as_millisecond();
    match ms / 1000 {
        s @ ..60 => format!("{s}.{}秒", ms.max(0) % 1000 / 100),
        s => format!("{}分{}秒", s / 60, s % 60),
    }
}

fn heading(text: &mut Vec<(ParagraphKind, String)>, words: &str) {
    text.push((ParagraphKind::Heading, words.to_owned()));
}

fn body(text: &mut Vec<(ParagraphKind, String)>, words: String) {
    text.push((ParagraphKind::Body, words));
}

fn note(text: &mut Vec<(ParagraphKind, String)>, words: impl Into<String>) {
    text.push((ParagraphKind::Note, words.into()));
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::alarm::order::{OrderState, WorkOrder, readings, result};

    fn at(s: i64) -> Timestamp {
        Timestamp::from_second(1_764_000_000 + s).unwrap()
    }

    fn facts() -> AlarmFacts {
        AlarmFacts {
            unit: "示例学校".to_owned(),
            region: "南昌市进贤县".to_owned(),
            code: AlarmCode::F02,
            level: Level::One,
            place: Some("三号楼走廊".to_owned()),
            source: "摄像机".to_owned(),
            drill: false,
            simulated: true,
            state: AlarmState::Closed,
            times: Times {
                taken_at: Some(at(20)),
                verified_at: Some(at(50)),
                arrived_at: Some(at(120)),
                ..Times::raised(at(0), at(2))
            },
        }
    }

    #[test]
    fn a_sheet_says_both_results_the_stopwatches_and_who_signed() {
        let facts = facts();
        let order = WorkOrder {
            opened_at: at(50),
            state: OrderState::Done,
            accepted_at: Some(at(70)),
            arrived_at: Some(at(120)),
            done_at: Some(at(300)),
        };
        let readings = readings(facts.level, &facts.times, &order, at(999));
        let results = OrderSide::ALL.map(|side| result(&readings, side, at(999)));
        let watches = crate::alarm::order::stopwatches(facts.level, &facts.times, &order, &[]);
        let paper = AlarmSheet {
            clocks: crate::alarm::clock::read(facts.level, &facts.times, false, at(999)),
            order: Some(OrderFacts { readings, results, watches }),
            false_alarm_reason: None,
            events: vec![["a", "b", "c", "d"].map(str::to_owned)],
            told: vec![],
            files: vec![],
            signed: [Some("甲（值班员）".to_owned()), None],
            link: "/alarms/1".to_owned(),
            made_at: at(999),
            facts,
        };
        let edition = sheet(&paper);
        let text = &edition.bulletin.text;
        for said in [
            "告警处置单（示例学校）",
            "南昌市进贤县示例学校，部位三号楼走廊，明火（F02，一级）",
            "本告警来自模拟设备。",
            "到场（限60秒）用时1分10秒，超时",
            "远程值守：按时，最紧一项余30.0秒。",
            "现场处置：未按时，最差一项超10.0秒。",
            "快发现2.0秒",
            "处置人：甲（值班员）；复核人：无。",
        ] {
            assert!(text.contains(said), "{said}\n{text}");
        }
        let rows: Vec<usize> = edition.annexes.iter().map(|one| one.rows.len()).collect();
        assert_eq!(rows, [8, 1, 0, 0]);
        assert!(edition.annexes.iter().all(|one| one.rows.iter().all(|row| row.len() == one.columns.len())));
    }

    #[test]
    fn a_report_says_whether_it_came_in_time() {
        let report = |late_s: i64| IncidentReport {
            facts: facts(),
            form: IncidentForm { seen: "油锅起火".to_owned(), injured: 1, ..IncidentForm::default() },
            called: Some((at(60), "甲".to_owned())),
            due_at: at(7250),
            submitted_at: at(7250) + SignedDuration::from_secs(late_s),
            by: "乙".to_owned(),
        };
        let text = incident(&report(-5)).bulletin.text;
        for said in ["火情报告（示例学校，2025年11月25日）", "油锅起火", "受伤1人", "119报警", "按时"]
        {
            assert!(text.contains(said), "{said}\n{text}");
        }
        assert!(incident(&report(600)).bulletin.text.contains("逾期10分钟"));
    }
}
