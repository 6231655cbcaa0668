//! Overdue alarms by who answers for them, what is still open after so many notices, and the list of names for a bulletin.

use documents::{Table as Sheet, TableCell, TableColumn};
use domain::role::Capability;
use jiff::SignedDuration;
use store::{OverdueAlarm, OverdueFilter, OverdueParty, Page, PageAsk};

use crate::audit::Object;
use crate::figures::{SheetFormat, in_beijing, written};
use crate::{Ask, Platform, PlatformError};

/// Most parties of one file.
const PARTIES_MAX: usize = 10_000;
/// Parties read at a time.
const CHUNK: u32 = 200;

/// Which overdue alarms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OverdueAsk {
    /// By unit, region, level and number of notices.
    pub filter: OverdueFilter,
    /// Days since the notice that makes so many.
    pub days: u32,
}

impl Platform {
    /// Open overdue alarms in the asker's reach, the longest pushed first.
    pub async fn overdue_alarms(
        &self,
        ask: &Ask,
        wanted: &OverdueAsk,
        page: &PageAsk,
    ) -> Result<Page<OverdueAlarm>, PlatformError> {
        ask.access.need(Capability::SeeNotices)?;
        let filter = overdue_filter(ask, wanted);
        Ok(self.inner.store.overdue_alarms(&ask.access, &filter, ask.now, page).await?)
    }

    /// Who answers for open overdue alarms in the asker's reach, those with most of them first.
    pub async fn overdue_parties(
        &self,
        ask: &Ask,
        wanted: &OverdueAsk,
        page: &PageAsk,
    ) -> Result<Page<OverdueParty>, PlatformError> {
        ask.access.need(Capability::SeeNotices)?;
        let filter = overdue_filter(ask, wanted);
        let times = (ask.now, self.notices_since(ask.now));
        Ok(self.inner.store.overdue_parties(&ask.access, &filter, times, page).await?)
    }

    /// The same as a file: with a number of notices, the list of names (点名) for a bulletin.
    pub async fn overdue_parties_file(
        &self,
        ask: &Ask,
        wanted: &OverdueAsk,
        format: SheetFormat,
    ) -> Result<Vec<u8>, PlatformError> {
        let mut parties = Vec::new();
        let mut page = PageAsk::first(CHUNK);
        loop {
            let found = self.overdue_parties(ask, wanted, &page).await?;
            parties.extend(found.items);
            let Some(next) = found.next else { break };
            if parties.len() >= PARTIES_MAX {
                let detail = format!("more than {PARTIES_MAX} parties; choose a region");
                return Err(PlatformError::Limit { detail, retry_after_s: None });
            }
            page = PageAsk::after(CHUNK, next);
        }
        let object = Object { kind: "notice", name: Some("overdue parties".to_owned()), ..Object::default() };
        self.audit(ask, "export", object, "ok", Some(format!("{} rows", parties.len()))).await?;
        let notes = vec![
            format!("统计时点 As of: {}", in_beijing(ask.now)),
            "未及时处理：接警、核实、到场、处置任一时限超过，按告警计一次；此处仅列尚未办结的 Overdue: any clock exceeded, once per alarm; open ones only"
                .to_owned(),
            format!(
                "通报次数自{}起计，提醒不计 Notices since then, reminders not counted",
                in_beijing(self.notices_since(ask.now))
            ),
            format!(
                "仅计已通报{}次及以上、且该次通报已满{}天的告警 Alarms with at least so many notices, so many days ago",
                wanted.filter.notices_min, wanted.days
            ),
        ];
        written(format, move || sheet(&parties, notes)).await
    }
}

fn overdue_filter(ask: &Ask, wanted: &OverdueAsk) -> OverdueFilter {
    let days = SignedDuration::from_hours(24 * i64::from(wanted.days));
    OverdueFilter { noticed_before: ask.now.saturating_sub(days).ok(), ..wanted.filter }
}

fn sheet(parties: &[OverdueParty], notes: Vec<String>) -> Sheet {
    let columns = [
        ("责任方 Party", 36.0),
        ("设区市 City", 12.0),
        ("县（市、区） County", 14.0),
        ("超时未办结 Overdue and open", 14.0),
        ("一级 Level 1", 8.0),
        ("二级 Level 2", 8.0),
        ("三级 Level 3", 8.0),
        ("四级 Level 4", 8.0),
        ("其中已通报 Noticed", 12.0),
        ("通报次数 Notices", 12.0),
        ("其中督办 Orders", 12.0),
        ("逾期未反馈 Unanswered", 12.0),
        ("最近通报 Last notice", 18.0),
        ("最早告警 Oldest alarm", 18.0),
    ];
    let row = |one: &OverdueParty| {
        let mut row: Vec<TableCell> =
            vec![one.name.as_str().into(), one.city.clone().into(), one.county.clone().into()];
        let counts = [one.overdue].into_iter().chain(one.by_level);
        row.extend(counts.map(TableCell::count));
        row.extend([one.noticed, one.notices, one.orders, one.unanswered].map(TableCell::count));
        row.push(one.last_notice_at.map(in_beijing).into());
        row.push(TableCell::Text(in_beijing(one.oldest_at)));
        row
    };
    Sheet {
        name: "未及时处理 Overdue".to_owned(),
        columns: columns.map(|(title, width)| TableColumn::new(title, width)).into(),
        rows: parties.iter().map(row).collect(),
        notes,
    }
}
