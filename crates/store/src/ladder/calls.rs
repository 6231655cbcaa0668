//! Who was called how often: the notification log read by the guards in it.

use domain::access::{Access, Scope};
use domain::ids::UserId;
use jiff::Timestamp;

use crate::Store;
use crate::error::Result;
use crate::sql::Sql;

/// Most calls read: a day of a flood at every desk of a city. Older ones are left out first.
const CALLS_MAX: i64 = 20_000;

/// The calls of one operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatorCalls {
    /// Who.
    pub user_id: UserId,
    /// By what name.
    pub name: String,
    /// When, in order.
    pub calls: Vec<Timestamp>,
}

impl Store {
    /// When guards were called since `since` to take an alarm, each alarm once: the asker's own where the asker is a guard, else those of
    /// guards whose reach lies within the asker's. Guards who were not called are there with nothing.
    pub async fn operator_calls(&self, access: &Access, since: Timestamp) -> Result<Vec<OperatorCalls>> {
        let mut people = Sql::new(
            "select p.id, p.display_name from account p where p.role = 'duty_guard' and not p.disabled",
        );
        within(&mut people, access);
        people.push(" order by p.display_name, p.id");
        let mut operators = Vec::new();
        for row in self.pools.fetch_all(people).await? {
            let (user_id, name) = (row.id("id")?, row.text("display_name")?);
            operators.push(OperatorCalls { user_id, name, calls: Vec::new() });
        }
        let mut calls = Sql::new(
            "select n.user_id, n.created_at from notification n
             join ladder_rung l on l.seq = n.rung_seq join account p on p.id = n.user_id
             where n.channel = 'in_app' and n.round = 1 and l.rung = 'duty_guard' and l.clock = 'take' and n.created_at >= $1",
        )
        .with(since);
        within(&mut calls, access);
        calls.push(" order by n.created_at desc limit ").bind(CALLS_MAX);
        for row in self.pools.fetch_all(calls).await?.iter().rev() {
            let (user, at): (UserId, Timestamp) = (row.id("user_id")?, row.time("created_at")?);
            if let Some(one) = operators.iter_mut().find(|one| one.user_id == user) {
                one.calls.push(at);
            }
        }
        Ok(operators)
    }
}

/// Narrows accounts `p` to the asker, or to those within the asker's reach.
fn within(sql: &mut Sql, access: &Access) {
    if access.role == Some(domain::role::Role::DutyGuard) {
        sql.filter(" and p.id = ", access.user_id.map(|id| id.0));
        return;
    }
    match access.scope {
        Some(Scope::Unit(id)) => {
            sql.push(" and p.scope_unit_id = ").bind(id.0);
        }
        Some(Scope::Organisation(id)) => {
            sql.push(" and p.scope_organisation_id = ").bind(id.0);
        }
        Some(Scope::Region(id)) => {
            sql.push(
                " and (p.scope_region_id in (select descendant_id from region_tree where ancestor_id = ",
            )
            .bind(id.0);
            sql.push(") or p.scope_unit_id in (select u.unit_id from unit_now u join region_tree t on t.descendant_id = u.region_id where t.ancestor_id = ");
            sql.bind(id.0).push("))");
        }
        None if *access == Access::PLATFORM => {}
        None => {
            sql.push(" and 1 = 0");
        }
    }
}
