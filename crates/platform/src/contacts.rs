//! Contacts (联系方式): where a person is told besides the console. Everybody sets their own, and nobody sees another's.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use domain::ids::PushBrowserId;
use jiff::Timestamp;
use store::{AUTH_SECRET_BYTES, PUBLIC_KEY_BYTES, PushBrowser};

use crate::audit::Object;
use crate::notify::{TestOutcome, is_mail_address, may_knock};
use crate::{Ask, Platform, PlatformError};

/// The channel of browsers.
const WEB_PUSH: &str = "web_push";
/// Longest address of a push service that is kept.
const ENDPOINT_BYTES_MAX: usize = 1000;
/// Longest name of a browser that is kept, in characters.
const AGENT_CHARS_MAX: usize = 200;

/// Where a person is told.
#[derive(Debug, Clone)]
pub struct Contacts {
    /// Mail address.
    pub mail: Option<String>,
    /// True where a mail server is configured, so that an address is of use.
    pub is_mail_on: bool,
    /// The platform's public key for push services, base64url; none where web push is not configured.
    pub push_key: Option<String>,
    /// Browsers, newest first.
    pub browsers: Vec<OwnBrowser>,
}

/// A browser that the person asked to be told in. Neither its endpoint nor its keys leave the platform again.
#[derive(Debug, Clone)]
pub struct OwnBrowser {
    /// Own id.
    pub id: PushBrowserId,
    /// SHA-256 of its endpoint in hex, by which a browser knows itself in the list.
    pub endpoint_sha256: String,
    /// What it called itself.
    pub agent: String,
    /// Since when.
    pub created_at: Timestamp,
    /// When its push service last took a message.
    pub last_told_at: Option<Timestamp>,
}

/// What a browser says of itself when somebody asks to be told in it.
#[derive(Debug, Clone)]
pub struct NewBrowser {
    /// Where its push service takes messages for it.
    pub endpoint: String,
    /// Its public key, a point of P-256, base64url.
    pub public_key: String,
    /// Its secret for encryption, base64url.
    pub auth_secret: String,
    /// What it calls itself.
    pub agent: String,
}

impl Platform {
    /// The asker's own contacts.
    pub async fn contacts(&self, ask: &Ask) -> Result<Contacts, PlatformError> {
        let store = &self.inner.store;
        let push_key = if self.configured(WEB_PUSH).is_ok() {
            Some(BASE64.encode(self.push_key(ask.now).await?.public()))
        } else {
            None
        };
        Ok(Contacts {
            mail: store.own_mail(&ask.access).await?,
            is_mail_on: self.configured("mail").is_ok(),
            push_key,
            browsers: store.own_browsers(&ask.access).await?.into_iter().map(OwnBrowser::from).collect(),
        })
    }

    /// Sets the asker's mail address, or takes it away.
    pub async fn set_mail(&self, ask: &Ask, mail: Option<&str>) -> Result<(), PlatformError> {
        let mail = mail.map(str::trim).filter(|mail| !mail.is_empty());
        if mail.is_some_and(|mail| !is_mail_address(mail)) {
            return Err(PlatformError::field("mail", "malformed", "no mail address such as name@example.cn"));
        }
        self.inner.store.put_own_mail(&ask.access, mail).await?;
        self.audit_contact(ask, "set_mail", None).await
    }

    /// Tells the asker in a browser from now on.
    pub async fn add_browser(&self, ask: &Ask, new: NewBrowser) -> Result<OwnBrowser, PlatformError> {
        self.configured(WEB_PUSH)?;
        let user_id = ask.access.user_id.ok_or(PlatformError::NotSignedIn)?;
        let endpoint = new.endpoint;
        let is_short = endpoint.len() <= ENDPOINT_BYTES_MAX;
        if !is_short || !may_knock(&endpoint, &self.inner.outside.allowed) {
            let why = "no https address of a push service";
            return Err(PlatformError::field("endpoint", "malformed", why));
        }
        let public_key: [u8; PUBLIC_KEY_BYTES] = bytes("public_key", &new.public_key)?;
        let auth_secret: [u8; AUTH_SECRET_BYTES] = bytes("auth_secret", &new.auth_secret)?;
        if p256::PublicKey::from_sec1_bytes(&public_key).is_err() {
            return Err(bad_key("public_key"));
        }
        let browser = PushBrowser {
            id: PushBrowserId(self.inner.surroundings.id(ask.now)),
            user_id,
            endpoint,
            public_key,
            auth_secret,
            agent: new.agent.chars().filter(|c| !c.is_control()).take(AGENT_CHARS_MAX).collect(),
            created_at: ask.now,
            last_told_at: None,
        };
        let kept = self.inner.store.add_own_browser(&ask.access, &browser).await?;
        self.audit_contact(ask, "add_browser", Some(kept.id)).await?;
        Ok(kept.into())
    }

    /// Tells the asker in a browser no more. NotFound for anybody else's.
    pub async fn drop_browser(&self, ask: &Ask, id: PushBrowserId) -> Result<(), PlatformError> {
        self.inner.store.drop_own_browser(&ask.access, id).await?;
        self.audit_contact(ask, "drop_browser", Some(id)).await
    }

    /// Sends a test message to a browser of the asker's. NotFound for anybody else's.
    pub async fn test_browser(&self, ask: &Ask, id: PushBrowserId) -> Result<TestOutcome, PlatformError> {
        let channel = self.configured(WEB_PUSH)?;
        let own = self.inner.store.own_browsers(&ask.access).await?;
        let browser = own.into_iter().find(|one| one.id == id).ok_or(PlatformError::NotFound)?;
        let agent = browser.agent.clone();
        let to = self.browser_recipient(browser, ask.now).await?;
        Ok(self.test_one(ask, &channel, agent, &to).await)
    }

    async fn audit_contact(
        &self,
        ask: &Ask,
        action: &str,
        browser: Option<PushBrowserId>,
    ) -> Result<(), PlatformError> {
        let object = Object { kind: "contact", id: browser.map(|id| id.to_string()), ..Object::default() };
        self.audit(ask, action, object, "ok", None).await
    }
}

impl From<PushBrowser> for OwnBrowser {
    fn from(browser: PushBrowser) -> Self {
        Self {
            id: browser.id,
            endpoint_sha256: store::sha256_hex(browser.endpoint.as_bytes()),
            agent: browser.agent,
            created_at: browser.created_at,
            last_told_at: browser.last_told_at,
        }
    }
}

/// Base64url, with padding or without, of exactly so many bytes.
fn bytes<const N: usize>(field: &'static str, text: &str) -> Result<[u8; N], PlatformError> {
    let decoded = BASE64.decode(text.trim_end_matches('=')).map_err(|_| bad_key(field))?;
    decoded.try_into().map_err(|_| bad_key(field))
}

fn bad_key(field: &'static str) -> PlatformError {
    PlatformError::field(field, "malformed", "not as RFC 8291 has it")
}
