//! Contacts: where the signed-in person is told besides the console.

use platform::contacts::{Contacts as Found, NewBrowser, OwnBrowser};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Moment, moment};

/// Where the person is told.
#[derive(Debug, Serialize, ToSchema)]
pub struct Contacts {
    /// Mail address.
    pub mail: Option<String>,
    /// True where the platform can send mail.
    pub is_mail_on: bool,
    /// The platform's public key that a browser subscribes with (`applicationServerKey`, base64url); null where web push is switched off.
    pub push_key: Option<String>,
    /// Browsers, newest first.
    pub browsers: Vec<ContactBrowser>,
}

/// A browser that the person is told in.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContactBrowser {
    /// Id.
    pub id: Uuid,
    /// SHA-256 of its endpoint in hex, by which a browser knows itself in the list.
    pub endpoint_sha256: String,
    /// What it called itself.
    pub agent: String,
    /// Since when.
    pub created_at: Moment,
    /// When its push service last took a message.
    pub last_told_at: Option<Moment>,
}

/// A mail address to be told by.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MailContact {
    /// The address; null takes it away.
    pub mail: Option<String>,
}

/// What a browser says of its subscription (W3C Push API).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BrowserContact {
    /// `endpoint`.
    pub endpoint: String,
    /// `keys.p256dh`, base64url.
    pub public_key: String,
    /// `keys.auth`, base64url.
    pub auth_secret: String,
}

impl From<Found> for Contacts {
    fn from(found: Found) -> Self {
        Self {
            mail: found.mail,
            is_mail_on: found.is_mail_on,
            push_key: found.push_key,
            browsers: found.browsers.into_iter().map(ContactBrowser::from).collect(),
        }
    }
}

impl From<OwnBrowser> for ContactBrowser {
    fn from(browser: OwnBrowser) -> Self {
        Self {
            id: browser.id.0,
            endpoint_sha256: browser.endpoint_sha256,
            agent: browser.agent,
            created_at: browser.created_at.into(),
            last_told_at: moment(browser.last_told_at),
        }
    }
}

impl BrowserContact {
    /// As the desk takes it; `agent` is what the browser calls itself.
    pub fn named(self, agent: String) -> NewBrowser {
        NewBrowser {
            endpoint: self.endpoint,
            public_key: self.public_key,
            auth_secret: self.auth_secret,
            agent,
        }
    }
}
