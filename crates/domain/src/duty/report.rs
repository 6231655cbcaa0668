//! Reports of duty in words and tables: 值守日报 and 值守周报 (§5.6 of the domain notes). Every number comes in counted; here it is put into the words of
//! the trade, in the order of the form, so that the same figures always give the same paper.

use jiff::civil::Date;

use super::effective::{PROVEN_PERCENT_MIN, reaches};
use super::ledger::{DayTotals, MinuteState, Run};
use super::roll_call::{RollCall, RollCallState};
use crate::beijing::{full_day, short_day};
use crate::bulletin::edition::{Annex, Column, Edition, Head, Proof, Value};
use crate::bulletin::{Bulletin, Paragraph, ParagraphKind};
use crate::figures::{PercentFormat, Ratio};

/// Gaps printed of one room; the rest is counted.
const GAPS_PRINTED: usize = 60;

/// Counts of roll-calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RollCallCounts {
    /// Asked and decided.
    pub asked: u64,
    /// Answered in time.
    pub in_time: u64,
    /// Answered late.
    pub late: u64,
    /// Not answered.
    pub absent: u64,
    /// Milliseconds of all answers together.
    pub answered_ms: u64,
}

impl RollCallCounts {
    /// Of those roll-calls that count.
    pub fn of<'a>(calls: impl IntoIterator<Item = &'a RollCall>) -> Self {
        let mut counts = Self::default();
        for call in calls.into_iter().filter(|call| call.state.counts()) {
            counts.asked += 1;
            counts.in_time += u64::from(call.state == RollCallState::Answered);
            counts.late += u64::from(call.state == RollCallState::Late);
            counts.absent += u64::from(call.state == RollCallState::Absent);
            counts.answered_ms += u64::from(call.answered_after_ms.unwrap_or_default());
        }
        counts
    }
}

/// Counts of alarms of one level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AlarmLevelCounts {
    /// Received.
    pub received: u64,
    /// Taken in time.
    pub taken_in_time: u64,
    /// Found false.
    pub falsely: u64,
    /// Still open at the end.
    pub open: u64,
}

/// A gap of a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// On which day.
    pub day: Date,
    /// Which minutes, and why.
    pub run: Run,
}

/// What a daily report says of one room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomReport {
    /// Its name.
    pub name: String,
    /// People required at once.
    pub people: u8,
    /// The shifts: from, until, who, certificate number with its middle masked.
    pub shifts: Vec<[String; 4]>,
    /// What its minutes come to.
    pub totals: DayTotals,
    /// Minutes in which the camera showed it.
    pub camera: u16,
    /// Its gaps, in order of time.
    pub gaps: Vec<Gap>,
    /// Its roll-calls.
    pub roll_calls: RollCallCounts,
    /// Records of two hours: slot, signed at, by whom, remark.
    pub records: Vec<[String; 4]>,
    /// Handovers: due, who gave, who took, remark.
    pub handovers: Vec<[String; 4]>,
}

/// Everything that a daily report says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DailyReport {
    /// Name of the organisation.
    pub organisation: String,
    /// The day on which it begins at 08:00.
    pub day: Date,
    /// Units served at the end of it.
    pub units: u64,
    /// Room by room.
    pub rooms: Vec<RoomReport>,
    /// Level 1 to 4.
    pub alarms: [AlarmLevelCounts; 4],
    /// Suspicions of feigned duty raised in it.
    pub suspicions: u64,
    /// Digests of what it rests on, for the last page.
    pub rests_on: Vec<String>,
}

/// What a weekly report says of one organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationWeek {
    /// Its name.
    pub name: String,
    /// Rooms.
    pub rooms: u64,
    /// Minutes of its rooms in the week.
    pub totals: WeekTotals,
    /// Suspicions raised in it.
    pub suspicions: u64,
    /// Contracts that end in the next seven days.
    pub ending: u64,
}

/// Minutes of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WeekTotals {
    /// Required.
    pub required: u64,
    /// Proved.
    pub proven: u64,
    /// Claimed.
    pub claimed: u64,
    /// Claimed against what was seen.
    pub contradicted: u64,
}

/// Everything that a weekly report says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeeklyReport {
    /// For whom: the name of the region.
    pub region: String,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// Organisation by organisation, in any order.
    pub organisations: Vec<OrganisationWeek>,
    /// Digests of the days it rests on.
    pub rests_on: Vec<String>,
}

/// The daily report as it is printed.
pub fn daily(report: &DailyReport) -> Edition {
    let title = format!("{}值守日报（{}08:00至次日08:00）", report.organisation, full_day(report.day));
    let mut text = vec![(ParagraphKind::Title, title.clone())];
    let mut all = DayTotals64::default();
    report.rooms.iter().for_each(|room| all.add(&room.totals));
    text.push((ParagraphKind::Heading, "一、概况".to_owned()));
    text.push((
        ParagraphKind::Body,
        format!(
            "值班室{}个，服务单位{}家。应值守{}分钟，证实{}分钟，证实率{}；申报{}分钟，其中与观测相反{}分钟；疑似虚假值班{}件。",
            report.rooms.len(),
            report.units,
            all.required,
            all.proven,
            percent(all.proven, all.required),
            all.claimed,
            all.contradicted,
            report.suspicions
        ),
    ));
    text.push((ParagraphKind::Heading, "二、值守证实".to_owned()));
    for room in &report.rooms {
        text.push((ParagraphKind::Body, say_room(room)));
    }
    text.push((ParagraphKind::Heading, "三、查岗".to_owned()));
    text.push((ParagraphKind::Body, say_calls(report.rooms.iter().map(|room| room.roll_calls))));
    text.push((ParagraphKind::Heading, "四、告警".to_owned()));
    text.push((ParagraphKind::Body, say_alarms(&report.alarms)));
    text.push((ParagraphKind::Heading, "五、演练".to_owned()));
    text.push((ParagraphKind::Body, "本日未开展演练。".to_owned()));
    notes(&mut text, &report.rests_on);
    let annexes = [
        (
            "排班及人员",
            &["值班室", "自", "至", "值班员", "证书编号"][..],
            rows_of(report, |room| room.shifts.clone()),
        ),
        ("缺口及原因", &["值班室", "日期", "起止", "分钟", "原因", "是否申报"][..], gap_rows(report)),
        (
            "两小时记录",
            &["值班室", "时段", "签署", "值班员", "异常及备注"][..],
            rows_of(report, |room| room.records.clone()),
        ),
        (
            "交接班",
            &["值班室", "交接时刻", "交班人", "接班人", "备注"][..],
            rows_of(report, |room| room.handovers.clone()),
        ),
    ];
    let annexes = annexes
        .into_iter()
        .zip(1..)
        .map(|((title, columns, rows), number)| annex(number, title, columns, rows));
    edition(&report.organisation, title, text, annexes.collect())
}

/// The weekly report as it is printed: organisations by what they proved, the line of what is asked for drawn through them.
pub fn weekly(report: &WeeklyReport) -> Edition {
    let title =
        format!("{}值守周报（{}至{}）", report.region, full_day(report.first), short_day(report.last));
    let ranked = ranked(&report.organisations);
    let meets = |one: &&OrganisationWeek| {
        reaches(Ratio::new(one.totals.proven, one.totals.required), PROVEN_PERCENT_MIN)
    };
    let below: Vec<&str> = ranked.iter().filter(|one| !meets(one)).map(|one| one.name.as_str()).collect();
    let sum = |of: fn(&WeekTotals) -> u64| ranked.iter().map(|one| of(&one.totals)).sum::<u64>();
    let (required, proven) = (sum(|one| one.required), sum(|one| one.proven));
    let mut text =
        vec![(ParagraphKind::Title, title.clone()), (ParagraphKind::Heading, "一、总体情况".to_owned())];
    text.push((
        ParagraphKind::Body,
        format!(
            "值守机构{}家，值班室应值守{required}分钟，证实{proven}分钟，证实率{}；申报{}分钟，其中与观测相反{}分钟。",
            ranked.len(),
            percent(proven, required),
            sum(|one| one.claimed),
            sum(|one| one.contradicted)
        ),
    ));
    text.push((ParagraphKind::Heading, "二、排序".to_owned()));
    text.push((
        ParagraphKind::Body,
        if below.is_empty() {
            format!("各机构证实率均不低于{PROVEN_PERCENT_MIN}%。")
        } else {
            format!("证实率低于{PROVEN_PERCENT_MIN}%的机构{}家：{}。", below.len(), below.join("、"))
        },
    ));
    text.push((ParagraphKind::Heading, "三、疑点与到期".to_owned()));
    let suspicions: u64 = ranked.iter().map(|one| one.suspicions).sum();
    let ending: u64 = ranked.iter().map(|one| one.ending).sum();
    text.push((
        ParagraphKind::Body,
        format!("本周新增疑似虚假值班{suspicions}件；未来七日到期合同{ending}份。"),
    ));
    notes(&mut text, &report.rests_on);
    let rows = ranked.iter().zip(1..).map(|(one, rank): (_, u64)| {
        vec![
            Value::Count(rank),
            Value::Text(one.name.clone()),
            Value::Count(one.rooms),
            Value::Count(one.totals.proven),
            Value::Count(one.totals.required),
            Value::Rate(Ratio::new(one.totals.proven, one.totals.required)),
            Value::Text(if meets(one) { "达到" } else { "未达到" }.to_owned()),
            Value::Count(one.totals.contradicted),
            Value::Count(one.suspicions),
            Value::Count(one.ending),
        ]
    });
    let columns = [
        "序号",
        "值守机构",
        "值班室",
        "证实分钟",
        "应值守分钟",
        "证实率",
        "95%线",
        "申报不实分钟",
        "疑点",
        "到期合同",
    ];
    let mut table = annex(1, "值守机构证实率排序", &columns, rows.collect());
    table.columns[5].rate_of = Some((3, 4));
    edition(&report.region, title, text, vec![table])
}

/// By the exact share, those with nothing to prove last.
fn ranked(organisations: &[OrganisationWeek]) -> Vec<&OrganisationWeek> {
    let mut ranked: Vec<&OrganisationWeek> = organisations.iter().collect();
    ranked.sort_by(|a, b| {
        let (one, other) = (&a.totals, &b.totals);
        let left = u128::from(one.proven) * u128::from(other.required);
        let right = u128::from(other.proven) * u128::from(one.required);
        (one.required == 0).cmp(&(other.required == 0)).then(right.cmp(&left)).then(a.name.cmp(&b.name))
    });
    ranked
}

#[derive(Default)]
struct DayTotals64 {
    required: u64,
    proven: u64,
    claimed: u64,
    contradicted: u64,
}

impl DayTotals64 {
    fn add(&mut self, one: &DayTotals) {
        self.required += u64::from(one.required);
        self.proven += u64::from(one.proven);
        self.claimed += u64::from(one.claimed);
        self.contradicted += u64::from(one.contradicted);
    }
}

fn say_room(room: &RoomReport) -> String {
    let totals = &room.totals;
    let gap = totals.required - totals.proven - totals.exempt;
    let mut causes: Vec<(MinuteState, u64)> = Vec::new();
    for one in &room.gaps {
        match causes.iter_mut().find(|(state, _)| *state == one.run.state) {
            Some((_, minutes)) => *minutes += u64::from(one.run.minutes),
            None => causes.push((one.run.state, u64::from(one.run.minutes))),
        }
    }
    causes.sort_by_key(|(state, minutes)| (std::cmp::Reverse(*minutes), *state));
    let causes: Vec<String> =
        causes.iter().map(|(state, minutes)| format!("{}{minutes}分钟", state.name_zh())).collect();
    let why = if causes.is_empty() { String::new() } else { format!("（{}）", causes.join("，")) };
    format!(
        "{}：应在岗{}人，应值守{}分钟，证实{}分钟，证实率{}，缺口{gap}分钟{why}；值班室视频在线{}。",
        room.name,
        room.people,
        totals.required,
        totals.proven,
        percent(totals.proven.into(), totals.required.into()),
        percent(room.camera.into(), totals.required.into())
    )
}

fn say_calls(counts: impl Iterator<Item = RollCallCounts>) -> String {
    let sum = counts.fold(RollCallCounts::default(), |all, one| RollCallCounts {
        asked: all.asked + one.asked,
        in_time: all.in_time + one.in_time,
        late: all.late + one.late,
        absent: all.absent + one.absent,
        answered_ms: all.answered_ms + one.answered_ms,
    });
    if sum.asked == 0 {
        return "本日无查岗。".to_owned();
    }
    let mean = match sum.in_time + sum.late {
        0 => String::new(),
        answers => format!("，平均应答用时{}秒", sum.answered_ms / answers / 1000),
    };
    format!(
        "查岗{}次，按时应答{}次（{}），迟答{}次，未应答{}次{mean}。",
        sum.asked,
        sum.in_time,
        percent(sum.in_time, sum.asked),
        sum.late,
        sum.absent
    )
}

fn say_alarms(levels: &[AlarmLevelCounts; 4]) -> String {
    let said: Vec<String> = levels
        .iter()
        .zip(["一", "二", "三", "四"])
        .filter(|(one, _)| one.received > 0)
        .map(|(one, level)| {
            format!(
                "{level}级{}条，按时接警{}，误报{}条，未办结{}条",
                one.received,
                percent(one.taken_in_time, one.received),
                one.falsely,
                one.open
            )
        })
        .collect();
    if said.is_empty() { "本日无告警。".to_owned() } else { format!("{}。", said.join("；")) }
}

fn rows_of(report: &DailyReport, of: impl Fn(&RoomReport) -> Vec<[String; 4]>) -> Vec<Vec<Value>> {
    let row = |room: &RoomReport, cells: [String; 4]| {
        std::iter::once(room.name.clone()).chain(cells).map(Value::Text).collect()
    };
    report
        .rooms
        .iter()
        .flat_map(|room| of(room).into_iter().map(|cells| row(room, cells)).collect::<Vec<_>>())
        .collect()
}

fn gap_rows(report: &DailyReport) -> Vec<Vec<Value>> {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let row = |room: &RoomReport, gap: &Gap| {
        vec![
            Value::Text(room.name.clone()),
            Value::Day(gap.day),
            Value::Text(format!("{}–{}", clock(gap.run.from), clock(gap.run.from + gap.run.minutes))),
            Value::Count(gap.run.minutes.into()),
            Value::Text(gap.run.state.name_zh().to_owned()),
            Value::Text(if gap.run.is_claimed { "是" } else { "否" }.to_owned()),
        ]
    };
    report
        .rooms
        .iter()
        .flat_map(|room| room.gaps.iter().take(GAPS_PRINTED).map(|gap| row(room, gap)).collect::<Vec<_>>())
        .collect()
}

pub(crate) fn annex(number: u32, title: &str, columns: &[&str], rows: Vec<Vec<Value>>) -> Annex {
    let column = |title: &&str| Column { title: (*title).to_owned(), width: 1, rate_of: None };
    let notes = if rows.is_empty() { vec!["无。".to_owned()] } else { Vec::new() };
    Annex { number, title: title.to_owned(), columns: columns.iter().map(column).collect(), rows, notes }
}

fn notes(text: &mut Vec<(ParagraphKind, String)>, rests_on: &[String]) {
    text.push((ParagraphKind::Note, "数据说明".to_owned()));
    text.push((
        ParagraphKind::Note,
        "1.全部数字由值守台账、查岗、告警及席位签署记录计算，未经人工填写；应值守、证实与申报分列。"
            .to_owned(),
    ));
    for (one, number) in rests_on.iter().zip(2..) {
        text.push((ParagraphKind::Note, format!("{number}.{one}")));
    }
}

pub(crate) fn edition(
    issuer: &str,
    title: String,
    text: Vec<(ParagraphKind, String)>,
    annexes: Vec<Annex>,
) -> Edition {
    let paragraphs: Vec<Paragraph> = text.into_iter().map(|(kind, text)| Paragraph { kind, text }).collect();
    let lines: Vec<&str> = paragraphs.iter().map(|one| one.text.as_str()).collect();
    let text = lines.join("\n") + "\n";
    Edition {
        head: Head { issuer: issuer.to_owned(), number: None, date: None, draft: false },
        bulletin: Bulletin { title, paragraphs, text, figures: Vec::new() },
        annexes,
        charts: Vec::new(),
        percent: PercentFormat::default(),
        proof: Proof::default(),
    }
}

fn percent(some: u64, all: u64) -> String {
    PercentFormat::default().percent(Ratio::new(some, all)).map_or_else(|| "无".to_owned(), |text| text + "%")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn room() -> RoomReport {
        let gap = |from, minutes, state| Gap {
            day: date(2026, 12, 1),
            run: Run { from, minutes, state, is_claimed: true },
        };
        RoomReport {
            name: "一号值班室".to_owned(),
            people: 2,
            shifts: vec![["08:00", "16:00", "甲", "36****0001"].map(str::to_owned)],
            totals: DayTotals {
                required: 1440,
                proven: 1400,
                at_seat: 0,
                exempt: 10,
                claimed: 1440,
                contradicted: 30,
            },
            camera: 1439,
            gaps: vec![gap(600, 10, MinuteState::Empty), gap(700, 20, MinuteState::Asleep)],
            roll_calls: RollCallCounts { asked: 4, in_time: 3, late: 1, absent: 0, answered_ms: 80_000 },
            records: vec![],
            handovers: vec![],
        }
    }

    #[test]
    fn a_daily_report_says_what_was_counted_in_the_order_of_the_form() {
        let mut alarms = [AlarmLevelCounts::default(); 4];
        alarms[0] = AlarmLevelCounts { received: 3, taken_in_time: 2, falsely: 1, open: 1 };
        let report = DailyReport {
            organisation: "安守公司".to_owned(),
            day: date(2026, 12, 1),
            units: 120,
            rooms: vec![room()],
            alarms,
            suspicions: 1,
            rests_on: vec!["台账 2026-12-01 ab12".to_owned()],
        };
        let edition = daily(&report);
        let text = &edition.bulletin.text;
        for said in [
            "安守公司值守日报（2026年12月1日08:00至次日08:00）",
            "值班室1个，服务单位120家。应值守1440分钟，证实1400分钟，证实率97.2%；申报1440分钟，其中与观测相反30分钟；疑似虚假值班1件。",
            "缺口30分钟（疑似睡岗20分钟，无人在岗10分钟）；值班室视频在线99.9%。",
            "查岗4次，按时应答3次（75%），迟答1次，未应答0次，平均应答用时20秒。",
            "一级3条，按时接警66.7%，误报1条，未办结1条。",
            "2.台账 2026-12-01 ab12",
        ] {
            assert!(text.contains(said), "{said}\n{text}");
        }
        assert_eq!(edition.annexes.iter().map(|one| one.rows.len()).collect::<Vec<_>>(), [1, 2, 0, 0]);
        assert!(edition.annexes.iter().all(|one| one.rows.iter().all(|row| row.len() == one.columns.len())));
    }

    #[test]
    fn a_weekly_report_ranks_by_the_exact_share_and_names_who_is_below_the_line() {
        let week = |name: &str, proven, required| OrganisationWeek {
            name: name.to_owned(),
            rooms: 1,
            totals: WeekTotals { required, proven, claimed: required, contradicted: 0 },
            suspicions: 0,
            ending: 1,
        };
        let report = WeeklyReport {
            region: "南昌市".to_owned(),
            first: date(2026, 11, 24),
            last: date(2026, 11, 30),
            organisations: vec![
                week("乙", 9499, 10_000),
                week("丁", 0, 0),
                week("甲", 950, 1000),
                week("丙", 10, 10),
            ],
            rests_on: vec![],
        };
        let edition = weekly(&report);
        let names: Vec<_> = edition.annexes[0].rows.iter().map(|row| row[1].text(edition.percent)).collect();
        assert_eq!(names, ["丙", "甲", "乙", "丁"]);
        assert!(
            edition.bulletin.text.contains("证实率低于95%的机构2家：乙、丁。"),
            "{}",
            edition.bulletin.text
        );
        assert!(edition.bulletin.text.contains("未来七日到期合同4份"));
    }
}
