//! Sessions and one-time links. Only the SHA-256 of a token is kept: who reads the database cannot come in with what it holds.

use domain::ids::{SessionId, UserId};
use jiff::Timestamp;

use crate::Store;
use crate::cameras::found;
use crate::error::{Result, StoreError};
use crate::people::{Account, read_account};
use crate::row::{Row, corrupt};
use crate::sql::Sql;

/// One signed-in client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Own id.
    pub id: SessionId,
    /// Whose.
    pub user_id: UserId,
    /// SHA-256 of the token the client holds.
    pub token_sha256: [u8; 32],
    /// Since when.
    pub created_at: Timestamp,
    /// Last request.
    pub last_seen_at: Timestamp,
    /// Ends then unless used before.
    pub idle_expires_at: Timestamp,
    /// Ends then whatever happens.
    pub expires_at: Timestamp,
    /// Where the client was when it signed in.
    pub address: Option<String>,
    /// What it called itself.
    pub agent: Option<String>,
}

impl Store {
    /// Keeps a new session.
    pub async fn add_session(&self, session: &Session) -> Result<()> {
        let sql = Sql::new(
            "insert into session (id, user_id, token_sha256, created_at, last_seen_at, idle_expires_at, expires_at, address, agent)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .with(session.id.0)
        .with(session.user_id.0)
        .with(session.token_sha256)
        .with(session.created_at)
        .with(session.last_seen_at)
        .with(session.idle_expires_at)
        .with(session.expires_at)
        .with(session.address.clone())
        .with(session.agent.clone());
        self.pools.execute(sql).await.map(|_| ())
    }

    /// The session of a token, with its account, if at `now` it is neither over nor revoked and the account is not disabled.
    pub async fn session_by_token(
        &self,
        token_sha256: &[u8; 32],
        now: Timestamp,
    ) -> Result<Option<(Session, Account)>> {
        let sql = Sql::new(
            "select s.* from session s join account a on a.id = s.user_id
             where s.token_sha256 = $1 and s.revoked_at is null and s.idle_expires_at > $2 and s.expires_at > $2
                 and not a.disabled",
        )
        .with(*token_sha256)
        .with(now);
        let Some(row) = self.pools.fetch_opt(sql).await? else { return Ok(None) };
        let session = read_session(&row)?;
        let sql = Sql::new("select * from account where id = $1 and not disabled").with(session.user_id.0);
        let account = self.pools.fetch_opt(sql).await?.map(|row| read_account(&row)).transpose()?;
        Ok(account.map(|account| (session, account)))
    }

    /// Remembers a request and moves the idle end.
    pub async fn touch_session(
        &self,
        id: SessionId,
        last_seen_at: Timestamp,
        idle_expires_at: Timestamp,
    ) -> Result<()> {
        let sql = Sql::new(
            "update session set last_seen_at = $1, idle_expires_at = $2 where id = $3 and revoked_at is null",
        )
        .with(last_seen_at)
        .with(idle_expires_at)
        .with(id.0);
        found(self.pools.execute(sql).await?)
    }

    /// Ends a session; ending it twice is no error.
    pub async fn revoke_session(&self, id: SessionId, at: Timestamp) -> Result<()> {
        let sql = Sql::new("update session set revoked_at = $1 where id = $2 and revoked_at is null")
            .with(at)
            .with(id.0);
        self.pools.execute(sql).await.map(|_| ())
    }

    /// Ends every session of a person; how many there were.
    pub async fn revoke_sessions_of(&self, user_id: UserId, at: Timestamp) -> Result<u64> {
        let sql = Sql::new("update session set revoked_at = $1 where user_id = $2 and revoked_at is null")
            .with(at)
            .with(user_id.0);
        self.pools.execute(sql).await
    }

    /// Keeps a link that signs `user_id` in once.
    pub async fn add_one_time_token(
        &self,
        token_sha256: &[u8; 32],
        user_id: UserId,
        expires_at: Timestamp,
    ) -> Result<()> {
        let sql =
            Sql::new("insert into one_time_token (token_sha256, user_id, expires_at) values ($1, $2, $3)")
                .with(*token_sha256)
                .with(user_id.0)
                .with(expires_at);
        self.pools.execute(sql).await.map(|_| ())
    }

    /// Uses the link: of any number of callers at once exactly one gets the person.
    pub async fn use_one_time_token(
        &self,
        token_sha256: &[u8; 32],
        now: Timestamp,
    ) -> Result<Option<UserId>> {
        let sql = Sql::new(
            "update one_time_token set used_at = $1 where token_sha256 = $2 and used_at is null and expires_at > $1
             returning user_id",
        )
        .with(now)
        .with(*token_sha256);
        self.pools.execute_returning(sql).await?.map(|row| row.id("user_id")).transpose()
    }
}

fn read_session(row: &Row) -> Result<Session> {
    Ok(Session {
        id: row.id("id")?,
        user_id: row.id("user_id")?,
        token_sha256: hash32(row, "token_sha256")?,
        created_at: row.time("created_at")?,
        last_seen_at: row.time("last_seen_at")?,
        idle_expires_at: row.time("idle_expires_at")?,
        expires_at: row.time("expires_at")?,
        address: row.text_opt("address")?,
        agent: row.text_opt("agent")?,
    })
}

/// A SHA-256 column.
pub(crate) fn hash32(row: &Row, column: &str) -> Result<[u8; 32], StoreError> {
    row.bytes(column)?.try_into().map_err(|_| corrupt(column, "not 32 bytes"))
}
