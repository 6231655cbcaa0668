//! What the platform does about notices by itself: those that nobody answers climb, those whose alarms have ended are closed. Found by
//! what stands in the rows, so that a restart forgets none; done under the notice's version, so that two processes do it once.

use domain::ids::NoticeId;
use jiff::Timestamp;

use crate::Store;
use crate::error::Result;
use crate::sql::Sql;

impl Store {
    /// Notices and orders of counties and cities whose deadline passed before `late_since` while the party owes something, and which have not
    /// climbed; the longest late first.
    pub async fn notices_to_escalate(&self, late_since: Timestamp, limit: u32) -> Result<Vec<NoticeId>> {
        let mut sql = Sql::new(
            "select n.id from notice n where n.state in ('sent', 'received', 'returned') and n.deadline_at < $1
             and n.kind <> 'reminder' and n.escalated_to is null and n.issuer_level <> 'province'
             order by n.deadline_at, n.id limit ",
        )
        .with(late_since);
        sql.bind(limit);
        self.pools.fetch_all(sql).await?.iter().map(|row| row.id("id")).collect()
    }

    /// Accepted notices, and reminders signed for, none of whose alarms is open any more; oldest first.
    pub async fn notices_to_close(&self, limit: u32) -> Result<Vec<NoticeId>> {
        let mut sql = Sql::new(
            "select n.id from notice n where (n.state = 'accepted' or n.state = 'received' and n.kind = 'reminder')
             and not exists (select 1 from notice_alarm x join alarm a on a.id = x.alarm_id where x.notice_id = n.id and a.is_open)
             order by n.id limit ",
        );
        sql.bind(limit);
        self.pools.fetch_all(sql).await?.iter().map(|row| row.id("id")).collect()
    }
}
