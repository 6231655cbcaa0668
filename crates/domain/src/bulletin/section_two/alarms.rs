//! 二（三）: alarms not handled in time (T11), in a period that ends with the snapshot or before.

use super::super::ParagraphKind;
use super::super::annex::AnnexKind;
use super::super::draft::Draft;
use super::super::facts::Facts;
use super::super::figure::{AlarmCount, FigureKind, Origin, PrintedFigure};
use super::super::material::{AlarmStatistics, LateParty};
use crate::beijing;
use crate::figures::Ratio;

pub fn heading(alarms: &AlarmStatistics) -> &'static str {
    if alarms.late > 0 { "平台风险告警处理不及时" } else { "平台风险告警处理情况" }
}

pub fn write(draft: &mut Draft, facts: &Facts<'_>, alarms: &AlarmStatistics) {
    let own = beijing::day_of(facts.material.as_of);
    let from = beijing::say_day(beijing::day_of(alarms.from), own);
    let until = beijing::say_day(beijing::last_day_before(alarms.until), own);
    draft.day("告警统计起始日期", from, Origin::Alarms(AlarmCount::From));
    draft.say("至");
    draft.day("告警统计截止日期", until.clone(), Origin::Alarms(AlarmCount::Until));
    draft.say("，全省平台产生风险告警");
    draft.number("风险告警数", alarms.raised, Origin::Alarms(AlarmCount::Raised));
    draft.say("条");
    if alarms.late == 0 {
        draft.say(if alarms.raised == 0 { "。" } else { "，均在时限内处理。" });
        draft.end(ParagraphKind::Body);
        return;
    }
    draft.say("，其中未及时处理");
    draft.number("未及时处理风险告警数", alarms.late, Origin::Alarms(AlarmCount::Late));
    draft.say("条，占同期告警的");
    share(draft, facts, alarms);
    draft.say("%");
    if let Some(told) = alarms.told {
        draft.say(&format!("，{}累计向各地通报未及时处理风险告警信息", facts.settings.issuer));
        draft.number("通报未及时处理告警信息条数", told, Origin::Alarms(AlarmCount::Told));
        draft.say("条次");
    }
    draft.say("；截至");
    draft.day("告警统计截止日期", until, Origin::Alarms(AlarmCount::Until));
    open(draft, facts, alarms);
    draft.end(ParagraphKind::Body);
}

fn share(draft: &mut Draft, facts: &Facts<'_>, alarms: &AlarmStatistics) {
    let ratio = Ratio::new(alarms.late, alarms.raised);
    let text = facts.settings.percent_format().percent(ratio).unwrap_or_default();
    let origin = Origin::Alarms(AlarmCount::Late);
    let figure = draft.other("未及时处理占同期告警", text, FigureKind::Percent, origin);
    draft.print(PrintedFigure { numerator: ratio.numerator, denominator: Some(ratio.denominator), ..figure });
}

/// What is still open, and whose it is (R50).
fn open(draft: &mut Draft, facts: &Facts<'_>, alarms: &AlarmStatistics) {
    let see = facts.see(AnnexKind::Alarms);
    if alarms.open == 0 {
        draft.say(&format!("均已办结{see}。"));
        return;
    }
    draft.say("仍有");
    draft.number("未办结风险告警数", alarms.open, Origin::Alarms(AlarmCount::Open));
    draft.say("条未办结");
    let shown = facts.settings.parties_shown.min(alarms.parties.len());
    if shown > 0 {
        draft.say("，涉及");
        draft.names(
            alarms.parties[..shown].iter().map(full_name).collect::<Vec<_>>().iter().map(String::as_str),
        );
        draft.say(if shown < alarms.parties.len() { "等" } else { "共" });
        draft.number("涉及单位数", alarms.parties.len() as u64, Origin::Alarms(AlarmCount::Parties));
        draft.say("家");
    }
    draft.say(&format!("{see}。"));
}

/// With its city and county in front, unless the name has them.
fn full_name(party: &LateParty) -> String {
    let place = |region: &Option<String>| {
        let region = region.as_deref().unwrap_or_default();
        if party.name.contains(region.trim_end_matches(['市', '县', '区'])) {
            String::new()
        } else {
            region.to_owned()
        }
    };
    let kind = if party.organisation { "第三方值班值守机构" } else { "" };
    format!("{}{}{kind}{}", place(&party.city), place(&party.county), party.name)
}
