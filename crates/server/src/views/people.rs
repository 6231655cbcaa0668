//! Persons, accounts and sessions as they travel.

use domain::access::Scope as Reach;
use platform::people::{OneTimeLink as Link, Who};
use platform::rows::Account;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Moment, moment};

/// How far a person sees.
#[derive(Debug, Serialize, ToSchema)]
pub struct Scope {
    /// `region`, `unit` or `organisation`.
    pub kind: &'static str,
    /// Id of the region, unit or organisation.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

/// The signed-in person.
#[derive(Debug, Serialize, ToSchema)]
pub struct Person {
    /// Id.
    pub id: Uuid,
    /// Name to sign in with.
    pub login_name: String,
    /// Name for people.
    pub display_name: String,
    /// Role.
    pub role: &'static str,
    /// How far the person sees.
    pub scope: Scope,
}

/// The session itself.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionInfo {
    /// When it ends in any case.
    pub expires_at: Moment,
}

/// The signed-in person, what the person may do, and until when.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    /// Who.
    pub user: Person,
    /// Everything the role may do.
    pub capabilities: Vec<&'static str>,
    /// Until when.
    pub session: SessionInfo,
    /// True for a demonstration with simulated schools.
    pub demo: bool,
}

impl Me {
    /// From the person behind a session.
    pub fn of(who: &Who, demo: bool) -> Self {
        let account = &who.account;
        Self {
            user: Person {
                id: account.id.0,
                login_name: account.login_name.clone(),
                display_name: account.display_name.clone(),
                role: account.role.as_str(),
                scope: Scope::of(&account.scope, who.scope_name.clone()),
            },
            capabilities: account.role.capabilities().iter().map(|capability| capability.as_str()).collect(),
            session: SessionInfo { expires_at: who.expires_at.into() },
            demo,
        }
    }
}

impl Scope {
    fn of(reach: &Reach, name: String) -> Self {
        let (kind, id) = match reach {
            Reach::Region(id) => ("region", id.0),
            Reach::Unit(id) => ("unit", id.0),
            Reach::Organisation(id) => ("organisation", id.0),
        };
        Self { kind, id, name }
    }
}

/// An account.
#[derive(Debug, Serialize, ToSchema)]
pub struct User {
    /// Id.
    pub id: Uuid,
    /// Name to sign in with.
    pub login_name: String,
    /// Name for people.
    pub display_name: String,
    /// Role.
    pub role: &'static str,
    /// How far the person sees.
    pub scope: Scope,
    /// True where the account can no longer be used.
    pub disabled: bool,
    /// Last sign of life.
    pub last_seen_at: Option<Moment>,
    /// When it was made.
    pub created_at: Moment,
}

impl User {
    /// From its row and the name of its scope.
    pub fn of(account: Account, scope_name: String) -> Self {
        Self {
            id: account.id.0,
            role: account.role.as_str(),
            scope: Scope::of(&account.scope, scope_name),
            disabled: account.disabled,
            last_seen_at: moment(account.last_seen_at),
            created_at: account.created_at.into(),
            login_name: account.login_name,
            display_name: account.display_name,
        }
    }
}

/// A link that signs its person in once; the page is `/#/enter/<token>`.
#[derive(Serialize, ToSchema)]
pub struct OneTimeLink {
    /// The secret part.
    pub one_time_token: String,
    /// When it stops working.
    pub expires_at: Moment,
}

impl From<Link> for OneTimeLink {
    fn from(link: Link) -> Self {
        Self { one_time_token: link.token, expires_at: link.expires_at.into() }
    }
}

/// A new account and the link by which its person signs in first.
#[derive(Serialize, ToSchema)]
pub struct CreatedUser {
    /// The account.
    pub user: User,
    /// The secret part of the link.
    pub one_time_token: String,
    /// When the link stops working.
    pub expires_at: Moment,
}

/// First set-up.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetupRequest {
    /// The code printed on the console.
    pub code: String,
    /// Name to sign in with.
    pub login_name: String,
    /// Name for people.
    pub display_name: String,
    /// Password of the first security administrator.
    pub password: String,
}

/// Whether set-up is still to be done.
#[derive(Debug, Serialize, ToSchema)]
pub struct Setup {
    /// True while no account exists.
    pub needed: bool,
    /// True for a demonstration with simulated schools.
    pub demo: bool,
}

/// Signing in by name and password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LogIn {
    /// Name.
    pub login_name: String,
    /// Password.
    pub password: String,
}

/// Signing in by a link that works once.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OneTime {
    /// The secret part of the link.
    pub token: String,
}

/// Changing the own password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    /// The present password; empty where there is none yet.
    pub old: String,
    /// The new one.
    pub new: String,
}

/// An account to create.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUser {
    /// Letters, digits, `.`, `_`, `-`.
    pub login_name: String,
    /// Name for people.
    pub display_name: String,
    /// Role.
    pub role: String,
    /// `region` or `unit`.
    pub scope_kind: String,
    /// Id of the region or unit.
    pub scope_id: Uuid,
}
