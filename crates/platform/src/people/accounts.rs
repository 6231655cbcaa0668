//! Accounts: the security administrator creates, resets and disables them; a person sets the password by a one-time link.

use std::collections::HashMap;

use domain::access::Scope;
use domain::ids::UserId;
use domain::role::{Capability, Role};
use jiff::Timestamp;
use store::{Account, Page, PageAsk};

use super::{token_hash, token_text};
use crate::audit::Object;
use crate::{Ask, Platform, PlatformError};

const NAME_LEN_MAX: usize = 64;

/// An account to create.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Name to sign in with: letters, digits, `.`, `_`, `-`.
    pub login_name: String,
    /// Name for people.
    pub display_name: String,
    /// Role.
    pub role: Role,
    /// How far the person sees.
    pub scope: Scope,
}

/// A link that signs its person in once.
#[derive(Debug, Clone)]
pub struct OneTimeLink {
    /// The secret part; the page is `/#/enter/<token>`.
    pub token: String,
    /// When it stops working.
    pub expires_at: Timestamp,
}

impl Platform {
    /// All accounts.
    pub async fn accounts(&self, ask: &Ask, page: &PageAsk) -> Result<Page<Account>, PlatformError> {
        ask.access.need(Capability::ManageUsers)?;
        Ok(self.inner.store.accounts(page).await?)
    }

    /// Creates an account without password and the link by which its person signs in first.
    pub async fn create_account(
        &self,
        ask: &Ask,
        new: &NewAccount,
    ) -> Result<(Account, OneTimeLink), PlatformError> {
        ask.access.need(Capability::ManageUsers)?;
        self.account_for(ask, new).await
    }

    /// The same for a desk that has asked already whether it may.
    pub(crate) async fn account_for(
        &self,
        ask: &Ask,
        new: &NewAccount,
    ) -> Result<(Account, OneTimeLink), PlatformError> {
        check_names(&new.login_name, &new.display_name)?;
        self.check_scope(new).await?;
        let account = self.add_account(ask, new, None).await?;
        let link = self.one_time_link(ask, account.id).await?;
        Ok((account, link))
    }

    /// Ends every session of the person and makes a new link.
    pub async fn reset_account(&self, ask: &Ask, id: UserId) -> Result<OneTimeLink, PlatformError> {
        ask.access.need(Capability::ManageUsers)?;
        let account = self.inner.store.account(id).await?.ok_or(PlatformError::NotFound)?;
        self.inner.store.revoke_sessions_of(id, ask.now).await?;
        self.audit_account(ask, &account, "reset_account").await?;
        self.one_time_link(ask, id).await
    }

    /// Disables an account and ends its sessions. The last security administrator stays.
    pub async fn disable_account(&self, ask: &Ask, id: UserId) -> Result<(), PlatformError> {
        ask.access.need(Capability::ManageUsers)?;
        let account = self.inner.store.account(id).await?.ok_or(PlatformError::NotFound)?;
        if ask.access.user_id == Some(id) {
            return Err(PlatformError::Conflict("nobody disables the account they are using".to_owned()));
        }
        self.inner.store.set_disabled(id, true).await?;
        self.inner.store.revoke_sessions_of(id, ask.now).await?;
        self.audit_account(ask, &account, "disable_account").await
    }

    /// Name of the region or unit of a scope.
    pub async fn scope_name(&self, ask: &Ask, scope: &Scope) -> Result<String, PlatformError> {
        ask.access.need(Capability::ManageUsers)?;
        Ok(self.inner.store.scope_name(scope).await?)
    }

    /// Names of people, for rows that say who did something.
    pub async fn display_names(&self, ids: &[UserId]) -> Result<HashMap<UserId, String>, PlatformError> {
        let mut names = HashMap::new();
        for id in ids {
            if !names.contains_key(id)
                && let Some(account) = self.inner.store.account(*id).await?
            {
                names.insert(*id, account.display_name);
            }
        }
        Ok(names)
    }

    /// Name of whoever asks; none: the platform, or an account that is gone.
    pub(crate) async fn name_of_asker(&self, ask: &Ask) -> Result<Option<String>, PlatformError> {
        let Some(id) = ask.access.user_id else { return Ok(None) };
        Ok(self.inner.store.account(id).await?.map(|account| account.display_name))
    }

    /// The account with this login name, for the command line.
    pub async fn account_named(&self, ask: &Ask, login_name: &str) -> Result<Account, PlatformError> {
        ask.access.need(Capability::ManageUsers)?;
        self.inner.store.account_by_login(login_name).await?.ok_or(PlatformError::NotFound)
    }

    async fn one_time_link(&self, ask: &Ask, id: UserId) -> Result<OneTimeLink, PlatformError> {
        let token = token_text(self.inner.surroundings.random());
        let span = self.inner.settings.people.one_time_link;
        let expires_at = ask.now.saturating_add(span).unwrap_or(Timestamp::MAX);
        self.inner.store.add_one_time_token(&token_hash(&token), id, expires_at).await?;
        Ok(OneTimeLink { token, expires_at })
    }

    pub(super) async fn add_account(
        &self,
        ask: &Ask,
        new: &NewAccount,
        password_hash: Option<String>,
    ) -> Result<Account, PlatformError> {
        let account = Account {
            id: UserId(self.inner.surroundings.id(ask.now)),
            login_name: new.login_name.clone(),
            display_name: new.display_name.clone(),
            role: new.role,
            scope: new.scope,
            password_hash,
            disabled: false,
            failed_count: 0,
            locked_until: None,
            created_at: ask.now,
            last_seen_at: None,
        };
        self.inner.store.add_account(&account).await?;
        self.audit_account(ask, &account, "create_account").await?;
        Ok(account)
    }

    async fn check_scope(&self, new: &NewAccount) -> Result<(), PlatformError> {
        let unit_role = matches!(new.role, Role::Unit);
        let organisation_role = matches!(new.role, Role::Organisation);
        let may_stand_in_organisation =
            organisation_role || matches!(new.role, Role::ShiftLeader | Role::DutyGuard);
        let region_role =
            new.role.is_administrator() || matches!(new.role, Role::Province | Role::City | Role::County);
        match new.scope {
            Scope::Region(_) if unit_role => {
                return Err(PlatformError::field(
                    "scope_kind",
                    "unit_needed",
                    "this role belongs to one unit",
                ));
            }
            Scope::Organisation(_) if !may_stand_in_organisation => {
                return Err(PlatformError::field(
                    "scope_kind",
                    "not_for_organisation",
                    "an organisation has guards, shift leaders and a leader",
                ));
            }
            Scope::Region(_) | Scope::Unit(_) if organisation_role => {
                return Err(PlatformError::field(
                    "scope_kind",
                    "organisation_needed",
                    "this role belongs to one organisation",
                ));
            }
            Scope::Unit(_) if region_role => {
                return Err(PlatformError::field(
                    "scope_kind",
                    "region_needed",
                    "this role belongs to a region",
                ));
            }
            _ => {}
        }
        self.inner
            .store
            .scope_name(&new.scope)
            .await
            .map(drop)
            .map_err(|_| PlatformError::field("scope_id", "unknown", "there is no such region or unit"))
    }

    async fn audit_account(&self, ask: &Ask, account: &Account, action: &str) -> Result<(), PlatformError> {
        let object = Object {
            kind: "user",
            id: Some(account.id.to_string()),
            name: Some(account.display_name.clone()),
            unit_id: None,
        };
        self.audit(ask, action, object, "ok", Some(account.role.as_str().to_owned())).await
    }
}

pub(super) fn check_names(login_name: &str, display_name: &str) -> Result<(), PlatformError> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    if login_name.is_empty() || login_name.len() > NAME_LEN_MAX || !login_name.chars().all(plain) {
        return Err(PlatformError::field(
            "login_name",
            "invalid",
            "1 to 64 letters, digits, '.', '_' or '-'",
        ));
    }
    let length = display_name.trim().chars().count();
    if length == 0 || length > NAME_LEN_MAX || display_name.chars().any(char::is_control) {
        return Err(PlatformError::field("display_name", "invalid", "1 to 64 characters"));
    }
    Ok(())
}
