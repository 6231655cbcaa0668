//! What is told: one alarm, why it is told, and to whom; as JSON for programs and as text for people.

use domain::alarm::ladder::{Run, Rung};
use domain::alarm::{AlarmCode, Level};
use domain::beijing::say_moment;
use domain::ids::AlarmId;
use jiff::Timestamp;
use serde_json::{Value, json};
use store::AlarmRow;

/// A message.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The same for every try, so that a receiver can tell a repetition.
    pub delivery: String,
    /// True for the test of a connection: there is no alarm.
    pub is_test: bool,
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

impl Message {
    /// About an alarm.
    pub fn about(
        row: &AlarmRow,
        (run, rung, round): (Run, Rung, u32),
        delivery: String,
        public_address: Option<&str>,
    ) -> Self {
        let link =
            public_address.map(|base| format!("{}/#/alarms/{}", base.trim_end_matches('/'), row.alarm.id));
        Self {
            delivery,
            is_test: false,
            alarm_id: row.alarm.id,
            code: row.alarm.code,
            level: row.alarm.level,
            unit_name: row.unit_name.clone(),
            city: row.city.clone(),
            county: row.county.clone(),
            camera_name: row.camera_name.clone(),
            occurred_at: row.alarm.times.occurred_at,
            run,
            rung,
            round,
            is_simulated: row.simulated,
            link,
        }
    }

    /// One line for a heading.
    pub fn title(&self) -> String {
        if self.is_test {
            return "【烽燧】告知渠道测试".to_owned();
        }
        let level = ["一级", "二级", "三级", "四级"][usize::from(u8::from(self.level)) - 1];
        format!("【烽燧·{level}告警】{} {}", self.code.name_zh(), self.unit_name)
    }

    /// Everything a person needs, at `now`.
    pub fn text(&self, now: Timestamp) -> String {
        if self.is_test {
            return format!(
                "{}\n这是一条测试消息，没有发生告警。\n发送时间：{}",
                self.title(),
                say_moment(now)
            );
        }
        let place = [self.city.as_deref(), self.county.as_deref(), Some(self.unit_name.as_str())];
        let mut lines = vec![
            self.title(),
            format!("地点：{}", place.into_iter().flatten().collect::<Vec<_>>().join(" ")),
        ];
        lines.extend(self.camera_name.as_ref().map(|name| format!("摄像机：{name}")));
        lines.push(format!("发生时间：{}", say_moment(self.occurred_at)));
        let waited = span(now.duration_since(self.run.since).as_secs());
        let again = if self.round > 1 { format!("（第 {} 次）", self.round) } else { String::new() };
        lines.push(format!(
            "已等待{}{waited}，现告知{}{again}",
            self.run.clock.name_zh(),
            self.rung.role().name_zh()
        ));
        if self.is_simulated {
            lines.push("（模拟数据，不是真实现场）".to_owned());
        }
        lines.extend(self.link.clone());
        lines.join("\n")
    }

    /// For programs. The shape is documented in `docs/reference/notifications.md` and only grows.
    pub fn json(&self) -> Value {
        json!({
            "kind": if self.is_test { "test" } else { "alarm" },
            "delivery": self.delivery,
            "alarm": (!self.is_test).then(|| json!({
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
            })),
            "clock": self.run.clock.as_str(),
            "since": format!("{:.6}", self.run.since),
            "rung": self.rung.as_str(),
            "round": self.round,
        })
    }
}

/// `45秒`, `5分钟`, `3小时`, `2天`: as much as one glance takes in.
fn span(s: i64) -> String {
    match s.max(0) {
        s @ ..60 => format!("{s}秒"),
        s @ ..3600 => format!("{}分钟", s / 60),
        s @ ..86_400 => format!("{}小时", s / 3600),
        s => format!("{}天", s / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use domain::alarm::Clock;

    use super::*;

    pub(crate) fn message() -> Message {
        let at = |s: i64| Timestamp::from_second(1_764_000_000 + s).unwrap();
        Message {
            delivery: "7-1".to_owned(),
            is_test: false,
            alarm_id: AlarmId(uuid::Uuid::from_u128(7)),
            code: AlarmCode::F02,
            level: Level::One,
            unit_name: "武宁第一中学".to_owned(),
            city: Some("九江市".to_owned()),
            county: Some("武宁县".to_owned()),
            camera_name: Some("一号宿舍楼三层东走廊".to_owned()),
            occurred_at: at(0),
            run: Run { clock: Clock::Take, since: at(1) },
            rung: Rung::County,
            round: 2,
            is_simulated: false,
            link: Some("https://fire.example/#/alarms/7".to_owned()),
        }
    }

    #[test]
    fn a_person_reads_what_where_when_and_why_they_are_told() {
        let text = message().text(Timestamp::from_second(1_764_000_601).unwrap());
        assert_eq!(
            text,
            "【烽燧·一级告警】明火 武宁第一中学\n地点：九江市 武宁县 武宁第一中学\n摄像机：一号宿舍楼三层东走廊\n\
             发生时间：2025年11月25日00:00\n已等待接警10分钟，现告知县级监管人员（第 2 次）\nhttps://fire.example/#/alarms/7"
        );
        let test = Message { is_test: true, ..message() };
        assert!(test.text(test.occurred_at).contains("没有发生告警"), "nobody runs because of a test");
        assert!(!test.json().to_string().contains("武宁"));
    }

    #[test]
    fn spans_are_said_in_one_unit() {
        assert_eq!(
            [-5, 59, 60, 3599, 7200, 200_000].map(span),
            ["0秒", "59秒", "1分钟", "59分钟", "2小时", "2天"]
        );
    }
}
