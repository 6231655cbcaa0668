//! Where people are told besides the console: their mail address, and the browsers they asked to be told in.
//!
//! Written by the person alone, read when somebody is told. What is kept of a browser lets only the platform's own key in, so it is no
//! secret that opens anything else.

use domain::access::Access;
use domain::ids::{PushBrowserId, UserId};
use jiff::Timestamp;

use crate::Store;
use crate::error::{Result, StoreError};
use crate::row::{Row, corrupt};
use crate::sql::Sql;

/// Browsers of one person; one more takes the place of the oldest. Somebody has a desk, a duty seat and two telephones.
pub const BROWSERS_MAX: i64 = 10;
/// People of one statement.
const PEOPLE_AT_ONCE: usize = 200;
/// Bytes of a point of P-256, not compressed (SEC 1 2.3.3).
pub const PUBLIC_KEY_BYTES: usize = 65;
/// Bytes of a browser's secret (RFC 8291 3.2).
pub const AUTH_SECRET_BYTES: usize = 16;

/// A browser that a person asked to be told in.
#[derive(Clone, PartialEq, Eq)]
pub struct PushBrowser {
    /// Own id.
    pub id: PushBrowserId,
    /// Whose.
    pub user_id: UserId,
    /// Where its push service takes messages for it.
    pub endpoint: String,
    /// Its public key.
    pub public_key: [u8; PUBLIC_KEY_BYTES],
    /// Its secret for encryption.
    pub auth_secret: [u8; AUTH_SECRET_BYTES],
    /// What it called itself.
    pub agent: String,
    /// Since when.
    pub created_at: Timestamp,
    /// When its push service last took a message.
    pub last_told_at: Option<Timestamp>,
}

impl std::fmt::Debug for PushBrowser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PushBrowser")
            .field("id", &self.id)
            .field("user_id", &self.user_id)
            .finish_non_exhaustive()
    }
}

/// An address that is told: of a channel itself, or of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee {
    /// Name of the channel.
    pub channel: String,
    /// The person; none where the address is the channel's own.
    pub user_id: Option<UserId>,
    /// Name of the address.
    pub recipient: String,
}

/// Which contacts of people are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactKind {
    /// Mail addresses.
    Mail,
    /// Browsers, by their ids.
    Browser,
}

impl Store {
    /// The asker's own mail address.
    pub async fn own_mail(&self, access: &Access) -> Result<Option<String>> {
        let Some(user) = access.user_id else { return Ok(None) };
        let sql = Sql::new("select mail from account where id = $1").with(user.0);
        self.pools.fetch_one(sql).await?.text_opt("mail")
    }

    /// Sets the asker's own mail address, or takes it away.
    pub async fn put_own_mail(&self, access: &Access, mail: Option<&str>) -> Result<()> {
        let user = access.user_id.ok_or(StoreError::NotFound)?;
        let sql =
            Sql::new("update account set mail = $1 where id = $2").with(mail.map(str::to_owned)).with(user.0);
        crate::cameras::found(self.pools.execute(sql).await?)
    }

    /// The asker's own browsers, newest first.
    pub async fn own_browsers(&self, access: &Access) -> Result<Vec<PushBrowser>> {
        let Some(user) = access.user_id else { return Ok(Vec::new()) };
        let sql = Sql::new(
            "select * from push_browser where user_id = $1 order by created_at desc, id desc limit $2",
        )
        .with(user.0)
        .with(BROWSERS_MAX);
        self.pools.fetch_all(sql).await?.iter().map(read_browser).collect()
    }

    /// Keeps a browser for the asker. One that is known by its endpoint changes hands, for a browser tells the person who uses it; beyond
    /// [`BROWSERS_MAX`] the oldest go. Answers the browser as it is kept.
    pub async fn add_own_browser(&self, access: &Access, browser: &PushBrowser) -> Result<PushBrowser> {
        let user = access.user_id.ok_or(StoreError::NotFound)?;
        let mut tx = self.pools.begin().await?;
        let sql = Sql::new(
            "insert into push_browser (id, user_id, endpoint, public_key, auth_secret, agent, created_at) values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (endpoint) do update set user_id = excluded.user_id, public_key = excluded.public_key,
                 auth_secret = excluded.auth_secret, agent = excluded.agent, created_at = excluded.created_at, last_told_at = null
             returning *",
        )
        .with(browser.id.0)
        .with(user.0)
        .with(&browser.endpoint)
        .with(browser.public_key.as_slice())
        .with(browser.auth_secret.as_slice())
        .with(&browser.agent)
        .with(browser.created_at);
        let kept = read_browser(&tx.fetch_opt(sql).await?.ok_or(StoreError::NotFound)?)?;
        let sql = Sql::new(
            "delete from push_browser where user_id = $1 and id not in
                 (select id from push_browser where user_id = $2 order by created_at desc, id desc limit $3)",
        )
        .with(user.0)
        .with(user.0)
        .with(BROWSERS_MAX);
        tx.execute(sql).await?;
        tx.commit().await?;
        Ok(kept)
    }

    /// Forgets a browser of the asker's. NotFound for anybody else's.
    pub async fn drop_own_browser(&self, access: &Access, id: PushBrowserId) -> Result<()> {
        let user = access.user_id.ok_or(StoreError::NotFound)?;
        let sql = Sql::new("delete from push_browser where id = $1 and user_id = $2").with(id.0).with(user.0);
        crate::cameras::found(self.pools.execute(sql).await?)
    }

    /// Contacts of these people who are not shut out: the person, and the name of the address.
    pub async fn contacts_of(&self, people: &[UserId], kind: ContactKind) -> Result<Vec<(UserId, String)>> {
        let mut found = Vec::new();
        for chunk in people.chunks(PEOPLE_AT_ONCE) {
            let mut sql = Sql::new(match kind {
                ContactKind::Mail => {
                    "select a.id as user_id, a.mail as recipient from account a where a.mail is not null and not a.disabled and a.id in "
                }
                ContactKind::Browser => {
                    "select b.user_id, b.id as recipient from push_browser b join account a on a.id = b.user_id
                     where not a.disabled and b.user_id in "
                }
            });
            sql.list(chunk.iter().map(|id| id.0)).push(" order by 1, 2");
            for row in self.pools.fetch_all(sql).await? {
                found.push((row.id("user_id")?, row.text("recipient")?));
            }
        }
        Ok(found)
    }

    /// Whether a mail address is still that of somebody who is not shut out.
    pub async fn is_mail_of_somebody(&self, mail: &str) -> Result<bool> {
        let sql = Sql::new("select id from account where mail = $1 and not disabled limit 1").with(mail);
        Ok(self.pools.fetch_opt(sql).await?.is_some())
    }

    /// A browser, for telling it; none where it is gone or its person was shut out.
    pub async fn browser_to_tell(&self, id: PushBrowserId) -> Result<Option<PushBrowser>> {
        let sql = Sql::new(
            "select b.* from push_browser b join account a on a.id = b.user_id where b.id = $1 and not a.disabled",
        )
        .with(id.0);
        self.pools.fetch_opt(sql).await?.as_ref().map(read_browser).transpose()
    }

    /// Its push service took a message.
    pub async fn browser_was_told(&self, id: PushBrowserId, at: Timestamp) -> Result<()> {
        let sql = Sql::new("update push_browser set last_told_at = $1 where id = $2").with(at).with(id.0);
        self.pools.execute(sql).await.map(|_| ())
    }

    /// Its push service says that it is gone: forgets it, unless it has come back under another endpoint or key since.
    pub async fn browser_is_gone(&self, browser: &PushBrowser) -> Result<()> {
        let sql = Sql::new("delete from push_browser where id = $1 and created_at = $2")
            .with(browser.id.0)
            .with(browser.created_at);
        self.pools.execute(sql).await.map(|_| ())
    }
}

fn read_browser(row: &Row) -> Result<PushBrowser> {
    Ok(PushBrowser {
        id: row.id("id")?,
        user_id: row.id("user_id")?,
        endpoint: row.text("endpoint")?,
        public_key: exactly(row, "public_key")?,
        auth_secret: exactly(row, "auth_secret")?,
        agent: row.text("agent")?,
        created_at: row.time("created_at")?,
        last_told_at: row.time_opt("last_told_at")?,
    })
}

fn exactly<const N: usize>(row: &Row, column: &str) -> Result<[u8; N]> {
    row.bytes(column)?.try_into().map_err(|_| corrupt(column, "of another length"))
}
