//! What is told: one alarm or notice, why it is told, and to whom, or how the way of alarms itself fares; as JSON for programs and as text for people.

use domain::alarm::ladder::{Run, Rung};
use domain::alarm::watchdog::{FAULT_CODE, Stage, fault_level};
use domain::alarm::{AlarmCode, Level};
use domain::beijing::{say_moment, say_span};
use domain::ids::{AlarmId, NoticeId};
use domain::notice::NoticeKind;
use jiff::Timestamp;
use serde_json::{Value, json};
use store::{AlarmRow, NoticeRow};

/// A message.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The same for every try, so that a receiver can tell a repetition.
    pub delivery: String,
    /// What it tells of.
    pub about: About,
}

/// What a message tells of.
#[derive(Debug, Clone, PartialEq)]
pub enum About {
    /// Nothing: a connection is tried.
    Test,
    /// An alarm that climbs.
    Alarm(AlarmNews),
    /// A notice that was sent, returned or taken to the level above.
    Notice(NoticeNews),
    /// A probe of the watchdog: whoever receives it sends the receipt back in the answer.
    Probe {
        /// What is sent back.
        receipt: String,
    },
    /// A broken link of the way of alarms, or that it is mended.
    Fault(FaultNews),
}

/// An alarm, why it is told, and to whom.
#[derive(Debug, Clone, PartialEq)]
pub struct AlarmNews {
    /// The alarm.
    pub alarm_id: AlarmId,
    /// What it is about.
    pub code: AlarmCode,
    /// How urgent.
    pub level: Level,
    /// Where: the unit, the city and the county it lies in.
    pub unit_name: String,
    /// City.
    pub city: Option<String>,
    /// County.
    pub county: Option<String>,
    /// Code (GB/T 2260) of the smallest region around it that has one.
    pub region_code: Option<String>,
    /// Camera.
    pub camera_name: Option<String>,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// The clock that nobody has stopped.
    pub run: Run,
    /// Who is told.
    pub rung: Rung,
    /// How often with this.
    pub round: u32,
    /// From a simulated camera or unit.
    pub is_simulated: bool,
    /// Page of the alarm.
    pub link: Option<String>,
}

/// A notice, and to whom it is told.
#[derive(Debug, Clone, PartialEq)]
pub struct NoticeNews {
    /// The notice.
    pub notice_id: NoticeId,
    /// Its number.
    pub number: String,
    /// How strongly it is put.
    pub kind: NoticeKind,
    /// The unit that answers.
    pub unit_name: String,
    /// City.
    pub city: Option<String>,
    /// County.
    pub county: Option<String>,
    /// Code (GB/T 2260) of the smallest region around it that has one.
    pub region_code: Option<String>,
    /// Alarms that it is about.
    pub alarms: u64,
    /// Which of the series of the unit.
    pub nth: u64,
    /// Until when the unit signs or replies.
    pub deadline_at: Timestamp,
    /// True once it was taken to the level above.
    pub is_escalated: bool,
    /// Who is told.
    pub rung: Rung,
    /// How often with this.
    pub round: u32,
    /// Page of the notice.
    pub link: Option<String>,
}

/// A broken link of the way of alarms.
#[derive(Debug, Clone, PartialEq)]
pub struct FaultNews {
    /// Which part of the way.
    pub stage: Stage,
    /// Where, for people.
    pub place: String,
    /// What is wrong.
    pub why: String,
    /// Since when.
    pub since: Timestamp,
    /// When it was mended; none while it is broken.
    pub mended_at: Option<Timestamp>,
}

impl Message {
    /// For trying a connection: it says that it is a test, and names no alarm.
    pub fn test(delivery: String) -> Self {
        Self { delivery, about: About::Test }
    }

    /// About an alarm.
    pub fn alarm(
        row: &AlarmRow,
        (run, rung, round): (Run, Rung, u32),
        delivery: String,
        public_address: Option<&str>,
    ) -> Self {
        let about = About::Alarm(AlarmNews {
            alarm_id: row.alarm.id,
            code: row.alarm.code,
            level: row.alarm.level,
            unit_name: row.unit_name.clone(),
            city: row.city.clone(),
            county: row.county.clone(),
            region_code: row.region_code.clone(),
            camera_name: row.camera_name.clone(),
            occurred_at: row.alarm.times.occurred_at,
            run,
            rung,
            round,
            is_simulated: row.simulated,
            link: page(public_address, "alarms", row.alarm.id),
        });
        Self { delivery, about }
    }

    /// About a notice.
    pub fn notice(
        row: &NoticeRow,
        (rung, round): (Rung, u32),
        delivery: String,
        public_address: Option<&str>,
    ) -> Self {
        let about = About::Notice(NoticeNews {
            notice_id: row.notice.id,
            number: row.number.clone().unwrap_or_default(),
            kind: row.notice.kind,
            unit_name: row.party_name.clone(),
            city: row.city.clone(),
            county: row.county.clone(),
            region_code: row.region_code.clone(),
            alarms: row.alarms,
            nth: row.nth,
            deadline_at: row.notice.deadline_at,
            is_escalated: row.notice.escalated_to.is_some(),
            rung,
            round,
            link: page(public_address, "notices", row.notice.id),
        });
        Self { delivery, about }
    }

    /// One line for a heading.
    pub fn title(&self) -> String {
        match &self.about {
            About::Test => "【烽燧】告知渠道测试".to_owned(),
            About::Alarm(news) => {
                let level = ["一级", "二级", "三级", "四级"][usize::from(u8::from(news.level)) - 1];
                format!("【烽燧·{level}告警】{} {}", news.code.name_zh(), news.unit_name)
            }
            About::Notice(news) => {
                format!("【烽燧·{}】{} {}", news.kind.name_zh(), news.number, news.unit_name)
            }
            About::Probe { .. } => "【烽燧】告警链路自检".to_owned(),
            About::Fault(FaultNews { mended_at: Some(_), .. }) => "【烽燧】告警链路已恢复".to_owned(),
            About::Fault(_) => format!("【烽燧·二级告警】{}", FAULT_CODE.name_zh()),
        }
    }

    /// Everything a person needs, at `now`.
    pub fn text(&self, now: Timestamp) -> String {
        let mut lines = vec![self.title()];
        match &self.about {
            About::Test => {
                lines.push("这是一条测试消息，没有发生告警。".to_owned());
                lines.push(format!("发送时间：{}", say_moment(now)));
            }
            About::Alarm(news) => lines.extend(news.lines(now)),
            About::Notice(news) => lines.extend(news.lines()),
            About::Probe { .. } => {
                lines.push("这是平台自动发出的自检消息，没有发生告警，无需处理。".to_owned());
                lines.push(format!("发送时间：{}", say_moment(now)));
            }
            About::Fault(news) => lines.extend(news.lines()),
        }
        lines.join("\n")
    }

    /// For programs. The shape is documented in `docs/reference/notifications.md` and only grows.
    pub fn json(&self) -> Value {
        let mut json = match &self.about {
            About::Test => json!({ "kind": "test", "alarm": null }),
            About::Alarm(news) => news.json(),
            About::Notice(news) => news.json(),
            About::Probe { receipt } => json!({ "kind": "watchdog", "receipt": receipt, "alarm": null }),
            About::Fault(news) => news.json(),
        };
        json["delivery"] = Value::from(self.delivery.as_str());
        json
    }

    /// What the receiver sends back, for a probe.
    pub(super) fn receipt(&self) -> Option<&str> {
        match &self.about {
            About::Probe { receipt } => Some(receipt),
            _ => None,
        }
    }
}

impl AlarmNews {
    fn lines(&self, now: Timestamp) -> Vec<String> {
        let mut lines = vec![place(self.city.as_deref(), self.county.as_deref(), &self.unit_name)];
        lines.extend(self.camera_name.as_ref().map(|name| format!("摄像机：{name}")));
        lines.push(format!("发生时间：{}", say_moment(self.occurred_at)));
        let waited = say_span(now.duration_since(self.run.since).as_secs());
        lines.push(format!(
            "已等待{}{waited}，现告知{}{}",
            self.run.clock.name_zh(),
            self.rung.role().name_zh(),
            again(self.round)
        ));
        if self.is_simulated {
            lines.push("（模拟数据，不是真实现场）".to_owned());
        }
        lines.extend(self.link.clone());
        lines
    }

    fn json(&self) -> Value {
        json!({
            "kind": "alarm",
            "alarm": {
                "id": self.alarm_id,
                "code": self.code.as_str(),
                "name_zh": self.code.name_zh(),
                "name_en": self.code.name_en(),
                "level": u8::from(self.level),
                "unit": self.unit_name,
                "city": self.city,
                "county": self.county,
                "camera": self.camera_name,
                "occurred_at": format!("{:.6}", self.occurred_at),
                "simulated": self.is_simulated,
                "link": self.link,
            },
            "clock": self.run.clock.as_str(),
            "since": format!("{:.6}", self.run.since),
            "rung": self.rung.as_str(),
            "round": self.round,
        })
    }
}

impl NoticeNews {
    fn lines(&self) -> Vec<String> {
        let mut lines = vec![place(self.city.as_deref(), self.county.as_deref(), &self.unit_name)];
        let series =
            if self.kind.asks_for_reply() { format!("（第{}次）", self.nth) } else { String::new() };
        lines.push(format!("未及时处理风险告警{}条{series}", self.alarms));
        let act = if self.kind.asks_for_reply() { "签收并反馈" } else { "签收" };
        lines.push(format!("请于{}前{act}", say_moment(self.deadline_at)));
        let why = if self.is_escalated && self.rung != Rung::Unit {
            "，因逾期未反馈或整改不到位"
        } else {
            ""
        };
        lines.push(format!("现告知{}{}{why}", self.rung.role().name_zh(), again(self.round)));
        lines.extend(self.link.clone());
        lines
    }

    fn json(&self) -> Value {
        json!({
            "kind": "notice",
            "alarm": null,
            "notice": {
                "id": self.notice_id,
                "number": self.number,
                "kind": self.kind.as_str(),
                "unit": self.unit_name,
                "city": self.city,
                "county": self.county,
                "alarms": self.alarms,
                "nth": self.nth,
                "deadline_at": format!("{:.6}", self.deadline_at),
                "escalated": self.is_escalated,
                "link": self.link,
            },
            "rung": self.rung.as_str(),
            "round": self.round,
        })
    }
}

impl FaultNews {
    fn lines(&self) -> Vec<String> {
        let mut lines =
            vec![format!("环节：{}", self.place), format!("开始时间：{}", say_moment(self.since))];
        if let Some(at) = self.mended_at {
            lines.push(format!("恢复时间：{}", say_moment(at)));
        } else {
            lines.push(format!("原因：{}", self.why));
            lines.push("在恢复之前，告警可能无法送达，请系统管理员立即处理。".to_owned());
        }
        lines
    }

    fn json(&self) -> Value {
        json!({
            "kind": "fault",
            "alarm": null,
            "fault": {
                "code": FAULT_CODE.as_str(),
                "name_zh": FAULT_CODE.name_zh(),
                "name_en": FAULT_CODE.name_en(),
                "level": u8::from(fault_level()),
                "stage": self.stage.as_str(),
                "place": self.place,
                "why": self.why,
                "since": format!("{:.6}", self.since),
                "mended_at": self.mended_at.map(|at| format!("{at:.6}")),
            },
        })
    }
}

fn page(public_address: Option<&str>, list: &str, id: impl std::fmt::Display) -> Option<String> {
    public_address.map(|base| format!("{}/#/{list}/{id}", base.trim_end_matches('/')))
}

fn place(city: Option<&str>, county: Option<&str>, unit: &str) -> String {
    let place = [city, county, Some(unit)];
    format!("地点：{}", place.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

fn again(round: u32) -> String {
    if round > 1 { format!("（第 {round} 次）") } else { String::new() }
}

#[cfg(test)]
mod tests {
    use domain::alarm::Clock;

    use super::*;

    fn at(s: i64) -> Timestamp {
        Timestamp::from_second(1_764_000_000 + s).unwrap()
    }

    fn alarm() -> Message {
        let about = About::Alarm(AlarmNews {
            alarm_id: AlarmId(uuid::Uuid::from_u128(7)),
            code: AlarmCode::F02,
            level: Level::One,
            unit_name: "武宁第一中学".to_owned(),
            city: Some("九江市".to_owned()),
            county: Some("武宁县".to_owned()),
            region_code: Some("360423".to_owned()),
            camera_name: Some("一号宿舍楼三层东走廊".to_owned()),
            occurred_at: at(0),
            run: Run { clock: Clock::Take, since: at(1) },
            rung: Rung::County,
            round: 2,
            is_simulated: false,
            link: page(Some("https://fire.example/"), "alarms", 7),
        });
        Message { delivery: "7-1".to_owned(), about }
    }

    #[test]
    fn a_person_reads_what_where_when_and_why_they_are_told() {
        assert_eq!(
            alarm().text(at(601)),
            "【烽燧·一级告警】明火 武宁第一中学\n地点：九江市 武宁县 武宁第一中学\n摄像机：一号宿舍楼三层东走廊\n\
             发生时间：2025年11月25日00:00\n已等待接警10分钟，现告知县级监管人员（第 2 次）\nhttps://fire.example/#/alarms/7"
        );
        let test = Message::test("test-1".to_owned());
        assert!(test.text(at(0)).contains("没有发生告警"), "nobody runs because of a test");
        assert_eq!(test.json()["kind"], "test");
        assert!(test.json()["alarm"].is_null());
    }

    #[test]
    fn a_probe_brings_its_receipt_and_frightens_nobody() {
        let about = About::Probe { receipt: "r1".to_owned() };
        let probe = Message { delivery: "p1".to_owned(), about };
        assert!(probe.text(at(0)).contains("没有发生告警"), "nobody runs because of a probe");
        let json = probe.json();
        assert_eq!((json["kind"].as_str(), json["receipt"].as_str()), (Some("watchdog"), Some("r1")));
        assert!(json["alarm"].is_null());
    }

    #[test]
    fn a_broken_way_says_where_why_and_when_it_is_mended() {
        let since: Timestamp = "2026-11-30T04:00:00Z".parse().unwrap();
        let broken = |mended_at| Message {
            delivery: "f1".to_owned(),
            about: About::Fault(FaultNews {
                stage: Stage::Channel,
                place: "外部渠道 sms 138".to_owned(),
                why: "HTTP 500".to_owned(),
                since,
                mended_at,
            }),
        };
        let text = broken(None).text(since);
        assert!(
            text.starts_with("【烽燧·二级告警】告警链路中断\n环节：外部渠道 sms 138")
                && text.contains("HTTP 500"),
            "{text}"
        );
        assert!(broken(Some(since)).text(since).contains("恢复时间：2026年11月30日12:00"));
        let json = broken(None).json();
        assert_eq!((json["kind"].as_str(), json["fault"]["code"].as_str()), (Some("fault"), Some("V08")));
        assert_eq!(
            (json["fault"]["level"].as_u64(), json["fault"]["stage"].as_str()),
            (Some(2), Some("channel"))
        );
    }

    #[test]
    fn of_a_notice_number_unit_count_and_deadline_are_told() {
        let news = NoticeNews {
            notice_id: NoticeId(uuid::Uuid::from_u128(9)),
            number: "武宁县消防通报〔2025〕3号".to_owned(),
            kind: NoticeKind::Notice,
            unit_name: "武宁第一中学".to_owned(),
            city: Some("九江市".to_owned()),
            county: None,
            region_code: None,
            alarms: 4,
            nth: 2,
            deadline_at: at(86_400),
            is_escalated: false,
            rung: Rung::Unit,
            round: 1,
            link: None,
        };
        let message = Message { delivery: "n1-1".to_owned(), about: About::Notice(news) };
        assert_eq!(
            message.text(at(0)),
            "【烽燧·通报】武宁县消防通报〔2025〕3号 武宁第一中学\n地点：九江市 武宁第一中学\n未及时处理风险告警4条（第2次）\n\
             请于2025年11月26日00:00前签收并反馈\n现告知单位安全负责人"
        );
        let json = message.json();
        assert_eq!((json["kind"].as_str(), json["delivery"].as_str()), (Some("notice"), Some("n1-1")));
        assert_eq!((json["notice"]["nth"].as_u64(), json["rung"].as_str()), (Some(2), Some("unit")));
    }
}
