//! Sessions: signing in by password or one-time link, finding the person behind a token, signing out.

use domain::access::Access;
use domain::ids::SessionId;
use jiff::Timestamp;
use store::{Account, ErrorKind, Session};
use tracing::warn;

use super::{password, token_hash, token_text};
use crate::audit::Object;
use crate::{Ask, Platform, PlatformError};

/// A fresh session: the token goes into a cookie and is kept nowhere else.
pub struct SignedIn {
    /// The secret.
    pub token: String,
    /// Whose.
    pub who: Who,
}

/// The person behind a request.
#[derive(Debug, Clone)]
pub struct Who {
    /// Session.
    pub session_id: SessionId,
    /// When it ends in any case.
    pub expires_at: Timestamp,
    /// Account.
    pub account: Account,
    /// Name of the region or unit of the scope.
    pub scope_name: String,
    /// Who asks, for the desks.
    pub access: Access,
}

impl Platform {
    /// Signs in by name and password. The answer to a wrong name and a wrong password is the same, in words and in time.
    pub async fn sign_in(
        &self,
        ask: &Ask,
        login_name: &str,
        password: String,
        agent: &str,
    ) -> Result<SignedIn, PlatformError> {
        let policy = &self.inner.settings.people;
        let account = self.inner.store.account_by_login(login_name).await?;
        let stored = account.as_ref().and_then(|account| account.password_hash.clone());
        let matches = password::verify(password, stored).await?;
        let Some(account) = account else {
            let object = Object {
                kind: "session",
                name: Some(login_name.chars().take(64).collect()),
                ..Object::default()
            };
            self.audit(ask, "sign_in", object, "refused", None).await?;
            return Err(PlatformError::NotSignedIn);
        };
        let locked = account.locked_until.is_some_and(|until| until > ask.now);
        let ok = matches && !locked && !account.disabled;
        let locked_until = (!locked && account.failed_count + 1 >= i64::from(policy.failures_max))
            .then(|| ask.now.saturating_add(policy.lock).unwrap_or(Timestamp::MAX));
        if !ok {
            if !locked {
                self.inner.store.note_login(account.id, false, ask.now, locked_until).await?;
            }
            self.audit_session(ask, &account, "sign_in", if locked { "locked" } else { "refused" }).await?;
            return Err(PlatformError::NotSignedIn);
        }
        self.begin_session(ask, account, agent, "sign_in").await
    }

    /// Signs in by a link that works once.
    pub async fn sign_in_once(&self, ask: &Ask, token: &str, agent: &str) -> Result<SignedIn, PlatformError> {
        let user = self.inner.store.use_one_time_token(&token_hash(token), ask.now).await?;
        let account = match user {
            Some(id) => self.inner.store.account(id).await?,
            None => None,
        };
        match account {
            Some(account) if !account.disabled => {
                self.begin_session(ask, account, agent, "sign_in_once").await
            }
            _ => Err(PlatformError::NotSignedIn),
        }
    }

    /// The person behind a token, if the session lives. Moves the idle time-out at most once a minute.
    pub async fn who(&self, token: &str, now: Timestamp) -> Result<Who, PlatformError> {
        let Some((session, account)) = self.inner.store.session_by_token(&token_hash(token), now).await?
        else {
            return Err(PlatformError::NotSignedIn);
        };
        if now.duration_since(session.last_seen_at).as_secs() >= 60 {
            let idle = now.saturating_add(self.inner.settings.people.idle).unwrap_or(Timestamp::MAX);
            match self.inner.store.touch_session(session.id, now, idle).await {
                // A disk that is full must not keep people from reading what happens.
                Err(error) if error.kind() == ErrorKind::Unavailable => {
                    warn!(%error, "sign of life of a session not written");
                }
                touched => touched?,
            }
        }
        self.person(session, account).await
    }

    /// Ends the session.
    pub async fn sign_out(&self, ask: &Ask, who: &Who) -> Result<(), PlatformError> {
        self.inner.store.revoke_session(who.session_id, ask.now).await?;
        self.audit_session(ask, &who.account, "sign_out", "ok").await
    }

    /// Changes the own password, which ends every other session of the person.
    pub async fn change_password(
        &self,
        ask: &Ask,
        who: &Who,
        old: String,
        new: String,
    ) -> Result<(), PlatformError> {
        if who.account.password_hash.is_some()
            && !password::verify(old, who.account.password_hash.clone()).await?
        {
            return Err(PlatformError::field("old", "wrong", "this is not the present password"));
        }
        self.inner.settings.people.profile.check(&new)?;
        let hash = password::hash(new, self.inner.surroundings.random()).await?;
        self.inner.store.set_password(who.account.id, &hash).await?;
        self.inner.store.revoke_sessions_of(who.account.id, ask.now).await?;
        self.audit_session(ask, &who.account, "change_password", "ok").await
    }

    pub(super) async fn begin_session(
        &self,
        ask: &Ask,
        account: Account,
        agent: &str,
        action: &str,
    ) -> Result<SignedIn, PlatformError> {
        let policy = &self.inner.settings.people;
        let token = token_text(self.inner.surroundings.random());
        let later = |span| ask.now.saturating_add(span).unwrap_or(Timestamp::MAX);
        let session = Session {
            id: SessionId(self.inner.surroundings.id(ask.now)),
            user_id: account.id,
            token_sha256: token_hash(&token),
            created_at: ask.now,
            last_seen_at: ask.now,
            idle_expires_at: later(policy.idle),
            expires_at: later(policy.absolute),
            address: ask.address.clone(),
            agent: Some(agent.chars().take(200).collect()),
        };
        self.inner.store.add_session(&session).await?;
        self.inner.store.note_login(account.id, true, ask.now, None).await?;
        self.audit_session(ask, &account, action, "ok").await?;
        Ok(SignedIn { token, who: self.person(session, account).await? })
    }

    async fn person(&self, session: Session, account: Account) -> Result<Who, PlatformError> {
        let access = Access::person(account.id, account.role, account.scope);
        let scope_name = self.inner.store.scope_name(&account.scope).await?;
        Ok(Who { session_id: session.id, expires_at: session.expires_at, account, scope_name, access })
    }

    async fn audit_session(
        &self,
        ask: &Ask,
        account: &Account,
        action: &str,
        result: &str,
    ) -> Result<(), PlatformError> {
        let ask = Ask { access: Access::person(account.id, account.role, account.scope), ..ask.clone() };
        let object = Object { kind: "session", name: Some(account.login_name.clone()), ..Object::default() };
        self.audit(&ask, action, object, result, None).await
    }
}
