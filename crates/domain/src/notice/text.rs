//! The wording of a notice: number, heading, what was found, what is asked by when, signature. Official Chinese; plain text.
//!
//! A text is written once, when the notice is sent, and kept as it was sent.

use jiff::Timestamp;

use super::NoticeKind;
use crate::alarm::code::LEVELS;
use crate::alarm::{AlarmCode, Clock, Level};
use crate::beijing::{day_of, full_day, say_day, say_moment, say_span};

/// Alarms that are listed one by one; the rest are counted, and stand on the notice's page.
const LISTED_MAX: usize = 20;

/// Two ideographic spaces before a paragraph (GB/T 9704—2012 7.3.3).
const INDENT: &str = "\u{3000}\u{3000}";

/// What a text is written from.
#[derive(Debug, Clone, Copy)]
pub struct Letter<'a> {
    /// How strongly it is put.
    pub kind: NoticeKind,
    /// Its number; empty before it is sent.
    pub number: &'a str,
    /// Name of the region whose office sends it.
    pub region: &'a str,
    /// The unit or organisation addressed.
    pub party: &'a str,
    /// True for an organisation, which answers for several units: each alarm says whose it is.
    pub is_organisation: bool,
    /// When it is sent.
    pub sent_at: Timestamp,
    /// Since when notices to the party are counted.
    pub period_from: Timestamp,
    /// How many the party has had since, with this one; nothing is said of it in a reminder.
    pub nth: u64,
    /// What it is about, the longest overdue first.
    pub alarms: &'a [LetterAlarm],
    /// Until when the party signs or replies.
    pub deadline_at: Timestamp,
    /// In the sender's own words.
    pub remark: Option<&'a str>,
}

/// One alarm of a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterAlarm {
    /// The unit it happened at.
    pub unit: String,
    /// What it is about.
    pub code: AlarmCode,
    /// How urgent.
    pub level: Level,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// The clock exceeded longest.
    pub clock: Clock,
    /// When that clock ran out.
    pub due_at: Timestamp,
    /// When it was stopped all the same; none: it still runs.
    pub stopped_at: Option<Timestamp>,
    /// Notices about this alarm, with this one.
    pub nth: u64,
}

/// `九江市消防通报〔2026〕3号`: numbered by office, kind and Beijing year.
pub fn number(region: &str, kind: NoticeKind, year: i16, serial: u64) -> String {
    format!("{region}消防{}〔{year}〕{serial}号", kind.name_zh())
}

/// The whole text.
pub fn write(letter: &Letter<'_>) -> String {
    let heading = format!("关于{}未及时处理风险告警的{}", letter.party, letter.kind.name_zh());
    let mut lines = vec![heading];
    if !letter.number.is_empty() {
        lines.push(letter.number.to_owned());
    }
    lines.push(format!("{}：", letter.party));
    lines.push(found(letter));
    let listed = letter.alarms.iter().take(LISTED_MAX);
    lines.extend(listed.enumerate().map(|(index, alarm)| line(index + 1, alarm, letter)));
    if letter.alarms.len() > LISTED_MAX {
        lines.push(format!("{INDENT}其余{}条见平台所附清单。", letter.alarms.len() - LISTED_MAX));
    }
    lines.extend(series(letter));
    lines.push(asked(letter));
    lines.extend(
        letter.remark.map(str::trim).filter(|remark| !remark.is_empty()).map(|r| format!("{INDENT}{r}")),
    );
    lines.push(format!("{}教育主管部门", letter.region));
    lines.push(full_day(day_of(letter.sent_at)));
    lines.join("\n")
}

fn found(letter: &Letter<'_>) -> String {
    let of_level = |level: Level| {
        let count = letter.alarms.iter().filter(|alarm| alarm.level == level).count();
        (count > 0).then(|| format!("{}{count}条", level_zh(level)))
    };
    let levels: Vec<String> = LEVELS.into_iter().filter_map(of_level).collect();
    format!(
        "{INDENT}截至{}，{}有{}条风险告警超过规定时限、至今未办结，其中{}：",
        say_moment(letter.sent_at),
        if letter.is_organisation { "你机构值守的单位" } else { "你单位" },
        letter.alarms.len(),
        levels.join("、")
    )
}

fn line(number: usize, alarm: &LetterAlarm, letter: &Letter<'_>) -> String {
    let whose = if letter.is_organisation { alarm.unit.as_str() } else { "" };
    let again = if alarm.nth > 1 { format!("，第{}次通报", alarm.nth) } else { String::new() };
    format!(
        "{INDENT}{number}.{whose}{}（{}），{}发生，{}时限于{}到期，超时{}{again}；",
        alarm.code.name_zh(),
        level_zh(alarm.level),
        say_moment(alarm.occurred_at),
        alarm.clock.name_zh(),
        say_moment(alarm.due_at),
        say_span(alarm.stopped_at.unwrap_or(letter.sent_at).duration_since(alarm.due_at).as_secs()),
    )
}

/// Which of the series this is; a reminder belongs to none.
fn series(letter: &Letter<'_>) -> Option<String> {
    if !letter.kind.asks_for_reply() {
        return None;
    }
    let from = say_day(day_of(letter.period_from), day_of(letter.sent_at));
    let again = letter.alarms.iter().filter(|alarm| alarm.nth > 1).count();
    let repeated = if again > 0 {
        format!("，其中{again}条此前已通报、至今仍未办结")
    } else {
        String::new()
    };
    let you = if letter.is_organisation { "你机构" } else { "你单位" };
    Some(format!("{INDENT}这是自{from}以来对{you}的第{}次通报{repeated}。", letter.nth))
}

fn asked(letter: &Letter<'_>) -> String {
    let until = say_moment(letter.deadline_at);
    match letter.kind {
        NoticeKind::Reminder => format!("{INDENT}请于{until}前签收，并立即处理上述告警。"),
        NoticeKind::Notice => format!(
            "{INDENT}请于{until}前签收本通报，查明原因、完成处理，并在平台反馈整改情况。逾期未反馈的，将提请上级教育主管部门督办。"
        ),
        NoticeKind::Supervision => format!(
            "{INDENT}现予督办。请{}主要负责人于{until}前组织完成处理，落实整改措施和责任人，并在平台反馈整改结果，经审核认可后办结。逾期未反馈或整改不到位的，将提请上级教育主管部门处理，并在通报中点名。",
            if letter.is_organisation { "机构" } else { "单位" }
        ),
    }
}

fn level_zh(level: Level) -> &'static str {
    ["一级", "二级", "三级", "四级"][usize::from(u8::from(level)) - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(s: i64) -> Timestamp {
        Timestamp::from_second(1_764_000_000 + s).unwrap()
    }

    fn alarm(nth: u64) -> LetterAlarm {
        LetterAlarm {
            unit: "示例学校".to_owned(),
            code: AlarmCode::E01,
            level: Level::Two,
            occurred_at: at(0),
            clock: Clock::Take,
            due_at: at(90),
            stopped_at: None,
            nth,
        }
    }

    fn letter(kind: NoticeKind, alarms: &[LetterAlarm]) -> Letter<'_> {
        Letter {
            kind,
            number: "武宁县消防通报〔2025〕3号",
            region: "武宁县",
            party: "武宁第一中学",
            is_organisation: false,
            sent_at: at(7290),
            period_from: at(-86_400 * 30),
            nth: 2,
            alarms,
            deadline_at: at(7290 + 86_400),
            remark: Some("请重视。"),
        }
    }

    #[test]
    fn a_notice_says_what_was_found_which_time_it_is_and_what_is_asked_by_when() {
        let wanted = [
            "关于武宁第一中学未及时处理风险告警的通报",
            "武宁县消防通报〔2025〕3号",
            "武宁第一中学：",
            "□截至2025年11月25日02:01，你单位有2条风险告警超过规定时限、至今未办结，其中二级2条：",
            "□1.疏散通道堵塞（二级），2025年11月25日00:00发生，接警时限于2025年11月25日00:01到期，超时2小时，第2次通报；",
            "□2.疏散通道堵塞（二级），2025年11月25日00:00发生，接警时限于2025年11月25日00:01到期，超时2小时；",
            "□这是自10月26日以来对你单位的第2次通报，其中1条此前已通报、至今仍未办结。",
            "□请于2025年11月26日02:01前签收本通报，查明原因、完成处理，并在平台反馈整改情况。逾期未反馈的，将提请上级教育主管部门督办。",
            "□请重视。",
            "武宁县教育主管部门",
            "2025年11月25日",
        ];
        let text = write(&letter(NoticeKind::Notice, &[alarm(2), alarm(1)]));
        assert_eq!(text, wanted.join("\n").replace('□', INDENT));
    }

    #[test]
    fn a_reminder_counts_nothing_and_an_order_names_its_consequence() {
        let reminder = write(&letter(NoticeKind::Reminder, &[alarm(1)]));
        assert!(!reminder.contains('第') || !reminder.contains("次通报"), "{reminder}");
        assert!(write(&letter(NoticeKind::Supervision, &[alarm(3)])).contains("点名"));
        assert_eq!(number("九江市", NoticeKind::Supervision, 2026, 12), "九江市消防督办〔2026〕12号");
    }

    #[test]
    fn a_notice_to_an_organisation_says_whose_each_alarm_is() {
        let alarms = [alarm(1)];
        let to =
            Letter { party: "安守公司", is_organisation: true, ..letter(NoticeKind::Notice, &alarms) };
        let text = write(&to);
        for said in [
            "关于安守公司未及时处理",
            "你机构值守的单位有1条",
            "1.示例学校疏散通道堵塞",
            "对你机构的第2次通报",
        ] {
            assert!(text.contains(said), "{said}\n{text}");
        }
    }

    #[test]
    fn a_long_list_is_cut_and_counted() {
        let text = write(&letter(NoticeKind::Notice, &vec![alarm(1); 33]));
        assert!(text.contains("有33条") && text.contains("20.") && !text.contains("21."));
        assert!(text.contains("其余13条"));
    }
}
