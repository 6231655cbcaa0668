//! The audit register: every act and every look at footage leaves a row that nobody can change (R45; Decree 799 art. 16).
//!
//! An act whose row cannot be written is refused: desks write the row before they answer.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use domain::ids::{UnitId, UserId};
use domain::role::Capability;
use jiff::{SignedDuration, Timestamp};
use store::{AuditEntry, AuditFilter, AuditRow, Page, PageAsk};

use crate::{Ask, Platform, PlatformError};

/// What an act was about.
#[derive(Debug, Clone, Default)]
pub struct Object {
    /// Kind of thing: `alarm`, `camera`, `unit`, `user`, `session`, `snapshot`, `bulletin`.
    pub kind: &'static str,
    /// Its id.
    pub id: Option<String>,
    /// Its name for people.
    pub name: Option<String>,
    /// The unit it belongs to, which decides who may read the row.
    pub unit_id: Option<UnitId>,
}

/// One row stands for repeated looks of one person at one thing within this span (a page that refreshes its pictures).
const LOOK_SPAN: SignedDuration = SignedDuration::from_mins(10);
/// Looks remembered at most; beyond it the oldest are forgotten and simply leave another row.
const LOOKS_MAX: usize = 10_000;

type LookKey = (UserId, &'static str, String);

/// Looks that already have their row.
#[derive(Default)]
pub(crate) struct RecentLooks {
    since: Mutex<HashMap<LookKey, Timestamp>>,
}

impl RecentLooks {
    /// True where this look needs a row of its own.
    fn is_new(&self, key: LookKey, now: Timestamp) -> bool {
        let mut since = self.since.lock().unwrap_or_else(PoisonError::into_inner);
        if since.get(&key).is_some_and(|at| now.duration_since(*at) < LOOK_SPAN) {
            return false;
        }
        if since.len() >= LOOKS_MAX {
            since.retain(|_, at| now.duration_since(*at) < LOOK_SPAN);
            if since.len() >= LOOKS_MAX {
                since.clear();
            }
        }
        since.insert(key, now);
        true
    }
}

impl Platform {
    /// Reads the register, newest first.
    pub async fn audit_rows(
        &self,
        ask: &Ask,
        filter: &AuditFilter,
        page: &PageAsk,
    ) -> Result<Page<AuditRow>, PlatformError> {
        ask.access.need(Capability::SeeAudit)?;
        Ok(self.inner.store.audit(&ask.access, filter, page).await?)
    }

    /// Writes the row of a look at footage or evidence.
    pub(crate) async fn audit_look(
        &self,
        ask: &Ask,
        action: &'static str,
        object: Object,
    ) -> Result<(), PlatformError> {
        if let Some(id) = &object.id
            && !self.is_new_look(ask, action, id)
        {
            return Ok(());
        }
        self.audit(ask, action, object, "ok", None).await
    }

    /// Whether a person's look at a thing is one that has no row yet. The platform's own looks are all new.
    pub(crate) fn is_new_look(&self, ask: &Ask, action: &'static str, id: &str) -> bool {
        let Some(user) = ask.access.user_id else { return true };
        self.inner.looks.is_new((user, action, id.to_owned()), ask.now)
    }

    pub(crate) async fn audit(
        &self,
        ask: &Ask,
        action: &str,
        object: Object,
        result: &str,
        detail: Option<String>,
    ) -> Result<(), PlatformError> {
        let entry = AuditEntry {
            at: ask.now,
            actor_id: ask.access.user_id,
            role: ask.access.role,
            action: action.to_owned(),
            object_kind: object.kind.to_owned(),
            object_id: object.id,
            object_name: object.name,
            unit_id: object.unit_id,
            result: result.to_owned(),
            request_id: ask.request_id.clone(),
            address: ask.address.clone(),
            detail,
        };
        self.inner.store.append_audit(&entry).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refreshing_page_leaves_one_row_in_ten_minutes() {
        let looks = RecentLooks::default();
        let key = || (UserId(uuid::Uuid::from_u128(1)), "view_picture", "camera".to_owned());
        let at = |s| Timestamp::from_second(s).unwrap();
        assert!(looks.is_new(key(), at(0)));
        assert!(!looks.is_new(key(), at(599)));
        assert!(looks.is_new(key(), at(600)));
    }
}
