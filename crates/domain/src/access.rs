//! Access: who is asking, what they may do and how far they see.
//!
//! Every function of `store` that reads or changes tenant data takes an [`Access`] and narrows its rows by the scope, so that an
//! object outside the asker's reach cannot be told from one that does not exist.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::ids::{OrganisationId, RegionId, UnitId, UserId};
use crate::role::{Capability, Role};

/// How far a person sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Scope {
    /// A region and everything below it.
    Region(RegionId),
    /// One unit.
    Unit(UnitId),
    /// The units that an organisation serves under running contracts.
    Organisation(OrganisationId),
}

/// A part of the register: what a document is addressed to, what an upper platform is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Subtree {
    /// A region and everything below it.
    Region(RegionId),
    /// One unit.
    Unit(UnitId),
}

impl From<Subtree> for Scope {
    fn from(subtree: Subtree) -> Self {
        match subtree {
            Subtree::Region(id) => Self::Region(id),
            Subtree::Unit(id) => Self::Unit(id),
        }
    }
}

/// The asker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    /// Who; none for the platform acting by itself (the watch, the clocks, an import on the command line).
    pub user_id: Option<UserId>,
    /// As what; none for the platform itself.
    pub role: Option<Role>,
    /// How far; none for the platform itself, which sees everything.
    pub scope: Option<Scope>,
}

/// The asker's role does not include the capability.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("this account may not do that ({})", .0.as_str())]
pub struct Denied(pub Capability);

impl Access {
    /// The platform acting by itself: everything, everywhere. Never built from a request.
    pub const PLATFORM: Self = Self { user_id: None, role: None, scope: None };

    /// A signed-in person.
    pub fn person(user_id: UserId, role: Role, scope: Scope) -> Self {
        Self { user_id: Some(user_id), role: Some(role), scope: Some(scope) }
    }

    /// Whether the asker has the capability.
    pub fn may(&self, capability: Capability) -> bool {
        self.role.is_none_or(|role| role.capabilities().contains(&capability))
    }

    /// Insists on the capability.
    pub fn need(&self, capability: Capability) -> Result<(), Denied> {
        if self.may(capability) { Ok(()) } else { Err(Denied(capability)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guard_works_alarms_and_never_reviews_them() {
        let user = UserId(uuid::Uuid::from_u128(1));
        let unit = Scope::Unit(UnitId(uuid::Uuid::from_u128(2)));
        let guard = Access::person(user, Role::DutyGuard, unit);
        assert!(guard.need(Capability::WorkAlarms).is_ok());
        assert_eq!(guard.need(Capability::ReviewAlarms), Err(Denied(Capability::ReviewAlarms)));
        assert!(Access::PLATFORM.may(Capability::ReviewAlarms));
    }
}
