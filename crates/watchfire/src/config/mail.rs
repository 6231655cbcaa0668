//! `[mail]`: a mail server, and who writes to whom by it.

use std::path::PathBuf;

use domain::alarm::Rung;
use platform::notify::{Encryption, MailSettings, is_mail_address};
use serde::{Deserialize, Deserializer};

use super::notify::{HostPort, RUNGS, host_port, login};

/// `[mail]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mail {
    /// The server; none: the channel is off.
    #[serde(deserialize_with = "host_port")]
    pub server: Option<HostPort>,
    /// Whether others can read along.
    pub encryption: MailEncryption,
    /// Certificates of the authority; empty: those that browsers know.
    pub authority: PathBuf,
    /// Name to log in with; empty: nobody logs in.
    pub user: String,
    /// Password.
    pub password: String,
    /// Who writes; empty: the user.
    #[serde(deserialize_with = "address_or_nothing")]
    pub from: String,
    /// Who gets everything.
    #[serde(deserialize_with = "addresses")]
    pub recipients: Vec<String>,
    /// Rungs that are told.
    pub rungs: Vec<Rung>,
}

/// Words for [`Encryption`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailEncryption {
    /// After the greeting.
    StartTls,
    /// From the first byte.
    Tls,
    /// Not at all.
    None,
}

impl Default for Mail {
    fn default() -> Self {
        Self {
            server: None,
            encryption: MailEncryption::StartTls,
            authority: PathBuf::new(),
            user: String::new(),
            password: String::new(),
            from: String::new(),
            recipients: Vec::new(),
            rungs: RUNGS.to_vec(),
        }
    }
}

impl Mail {
    /// As the channel needs it; none while it is off.
    pub(super) fn settings(&self) -> Option<MailSettings> {
        let encryption = match self.encryption {
            MailEncryption::StartTls => Encryption::StartTls,
            MailEncryption::Tls => Encryption::Tls,
            MailEncryption::None => Encryption::Off,
        };
        let server =
            self.server.as_ref()?.server(encryption, &self.authority, login(&self.user, &self.password));
        let from = if self.from.is_empty() { &self.user } else { &self.from };
        Some(MailSettings {
            server,
            from: from.clone(),
            recipients: self.recipients.clone(),
            rungs: self.rungs.clone(),
        })
    }
}

fn address_or_nothing<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.is_empty() { Ok(text) } else { checked(text) }
}

fn addresses<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Vec::<String>::deserialize(deserializer)?.into_iter().map(checked).collect()
}

fn checked<E: serde::de::Error>(text: String) -> Result<String, E> {
    if is_mail_address(&text) {
        Ok(text)
    } else {
        Err(E::custom(format!("`{text}` is no mail address such as name@example.cn")))
    }
}
