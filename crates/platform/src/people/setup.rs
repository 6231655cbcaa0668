//! First set-up: the code on the console, and the first account, a security administrator who creates all others.

use domain::access::Scope;
use domain::role::Role;

use super::accounts::{NewAccount, check_names};
use super::session::SignedIn;
use super::{password, token_hash, token_text};
use crate::{Ask, Platform, PlatformError};

const SETUP_CODE: &str = "setup_code_sha256";

impl Platform {
    /// True while no account exists.
    pub async fn setup_needed(&self) -> Result<bool, PlatformError> {
        Ok(self.inner.store.count_accounts().await? == 0)
    }

    /// Makes a fresh code for the console; any earlier code stops working. None when set-up is done.
    pub async fn begin_setup(&self) -> Result<Option<String>, PlatformError> {
        if !self.setup_needed().await? {
            return Ok(None);
        }
        let code = code_text(self.inner.surroundings.random());
        self.inner.store.put_setting(SETUP_CODE, &token_text(token_hash(&code))).await?;
        Ok(Some(code))
    }

    /// Creates the first security administrator.
    pub async fn set_up(
        &self,
        ask: &Ask,
        code: &str,
        login_name: &str,
        display_name: &str,
        password: String,
        agent: &str,
    ) -> Result<SignedIn, PlatformError> {
        if !self.setup_needed().await? {
            return Err(PlatformError::Conflict("set-up is done; sign in instead".to_owned()));
        }
        let stored = self.inner.store.setting(SETUP_CODE).await?;
        if stored.as_deref() != Some(token_text(token_hash(&code.trim().to_uppercase())).as_str()) {
            return Err(PlatformError::field("code", "wrong", "this is not the code printed on the console"));
        }
        check_names(login_name, display_name)?;
        self.inner.settings.people.profile.check(&password)?;
        let regions = self.inner.store.regions(&domain::access::Access::PLATFORM).await?;
        let root = regions
            .iter()
            .find(|region| region.parent_id.is_none())
            .ok_or_else(|| PlatformError::Internal("the register has no province".to_owned()))?;
        let new = NewAccount {
            login_name: login_name.to_owned(),
            display_name: display_name.to_owned(),
            role: Role::SecurityAdmin,
            scope: Scope::Region(root.id),
        };
        let hash = password::hash(password, self.inner.surroundings.random()).await?;
        let account = self.add_account(ask, &new, Some(hash)).await?;
        self.inner.store.put_setting(SETUP_CODE, "").await?;
        self.begin_session(ask, account, agent, "set_up").await
    }
}

/// Twelve letters and digits that cannot be mistaken for one another, in groups of four.
fn code_text(bytes: [u8; 12]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let mut code = String::with_capacity(14);
    for (index, byte) in bytes.into_iter().enumerate() {
        if index > 0 && index % 4 == 0 {
            code.push('-');
        }
        code.push(LETTERS[usize::from(byte) % LETTERS.len()] as char);
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_three_groups_of_four() {
        assert_eq!(code_text([0; 12]), "AAAA-AAAA-AAAA");
        assert_eq!(code_text([31; 12]), "9999-9999-9999");
    }
}
