//! Mail (RFC 5321, 5322): one letter for each address, by the mail server of the house.
//!
//! A letter holds the words of the message and no picture. Its Message-ID is made of the delivery and the address, so that a letter sent
//! twice is known as one by whoever receives it. The server's 250 after the letter is the receipt; whether it reaches a person is beyond it.

use std::time::{Duration, UNIX_EPOCH};

use domain::alarm::Rung;
use jiff::Timestamp;
use lettre::address::Address;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message as Letter};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, CertificateStore, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use store::ContactKind;

use super::channel::{Channel, Fault, Recipient};
use super::http::{CONNECT_LIMIT, Http, one_line};
use super::line::{Encryption, Server, wait_for};
use super::message::Message;

/// Hex digits of the address in a Message-ID: enough that two letters of one delivery never meet.
const ADDRESS_DIGITS: usize = 16;
/// Longest mail address (RFC 5321 4.5.3.1.3).
const ADDRESS_BYTES_MAX: usize = 254;
/// The name beside the sender's address.
const SENDER: &str = "烽燧";
/// Taken; what a server says to a letter when it answers for it (RFC 5321 4.2.5).
const TAKEN: u16 = 250;

/// A mail server, and who writes to whom by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailSettings {
    /// The server.
    pub server: Server,
    /// The sender's address.
    pub from: String,
    /// Addresses that are told of everything, besides those of people.
    pub recipients: Vec<String>,
    /// Rungs that are told.
    pub rungs: Vec<Rung>,
}

/// The channel.
pub(super) struct Mail {
    pub(super) settings: MailSettings,
}

impl Channel for Mail {
    fn name(&self) -> &'static str {
        "mail"
    }

    fn rungs(&self) -> &[Rung] {
        &self.settings.rungs
    }

    fn addresses(&self) -> Vec<String> {
        self.settings.recipients.clone()
    }

    fn contacts(&self) -> Option<ContactKind> {
        Some(ContactKind::Mail)
    }

    fn send(&self, out: &Http, to: &Recipient, message: &Message, now: Timestamp) -> Result<String, Fault> {
        let letter = self.letter(&to.name(), message, now)?;
        wait_for(self.deliver(out, &letter))
    }
}

impl Mail {
    fn letter(&self, to: &str, message: &Message, now: Timestamp) -> Result<Letter, Fault> {
        let (from, to) = (address(&self.settings.from)?, address(to)?);
        let mut digits = store::sha256_hex(to.to_string().as_bytes());
        digits.truncate(ADDRESS_DIGITS);
        let id = format!("<{}.{digits}@{}>", message.delivery, from.domain());
        let since_1970 = Duration::from_secs(u64::try_from(now.as_second()).unwrap_or_default());
        // RFC 3834 5: nobody's automatic reply answers an automatic letter.
        let automatic =
            HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
        Letter::builder()
            .from(Mailbox::new(Some(SENDER.to_owned()), from))
            .to(Mailbox::new(None, to))
            .subject(message.title())
            .message_id(Some(id))
            .date(UNIX_EPOCH + since_1970)
            .raw_header(automatic)
            .header(ContentType::TEXT_PLAIN)
            .body(message.text(now))
            .map_err(|error| Fault::lasting(format!("no letter can be written: {error}")))
    }

    async fn deliver(&self, out: &Http, letter: &Letter) -> Result<String, Fault> {
        let mut line = self.open(out).await?;
        if let Some(login) = &self.settings.server.login {
            let credentials = Credentials::new(login.user.clone(), login.password.clone());
            line.auth(&[Mechanism::Plain, Mechanism::Login], &credentials)
                .await
                .map_err(|error| fault(&error))?;
        }
        let answer =
            line.send(letter.envelope(), &letter.formatted()).await.map_err(|error| fault(&error))?;
        let said = one_line(&format!("{} {}", answer.code(), answer.message().collect::<Vec<_>>().join(" ")));
        // A server out of step answers an earlier command here; its word is no receipt.
        if !answer.has_code(TAKEN) {
            return Err(Fault::passing(format!("the letter was not answered for: {said}")));
        }
        // What comes of saying good-bye changes nothing: the letter is theirs.
        let _ = line.quit().await;
        Ok(said)
    }

    async fn open(&self, out: &Http) -> Result<AsyncSmtpConnection, Fault> {
        let server = &self.settings.server;
        let us = ClientId::Domain(address(&self.settings.from)?.domain().to_owned());
        match server.encryption {
            Encryption::Off => {
                let stream = Box::new(server.connect(out).await?);
                AsyncSmtpConnection::connect_with_transport(stream, &us).await.map_err(|error| fault(&error))
            }
            Encryption::StartTls => {
                let tls = self.tls().await?;
                let stream = Box::new(server.connect(out).await?);
                let mut line = AsyncSmtpConnection::connect_with_transport(stream, &us)
                    .await
                    .map_err(|error| fault(&error))?;
                line.starttls(tls, &us).await.map_err(|error| fault(&error))?;
                Ok(line)
            }
            Encryption::Tls => {
                let addresses = server.admitted(out).await?;
                let tls = self.tls().await?;
                AsyncSmtpConnection::connect_tokio1(&addresses[..], Some(CONNECT_LIMIT), &us, Some(tls), None)
                    .await
                    .map_err(|error| fault(&error))
            }
        }
    }

    async fn tls(&self) -> Result<TlsParameters, Fault> {
        let server = &self.settings.server;
        let mut builder = TlsParameters::builder(server.host.clone());
        if let Some(pem) = server.authority_pem().await? {
            let own = Certificate::from_pem(&pem)
                .map_err(|error| Fault::lasting(format!("no certificates of an authority: {error}")))?;
            builder = builder.certificate_store(CertificateStore::None).add_root_certificate(own);
        } else {
            builder = builder.certificate_store(CertificateStore::WebpkiRoots);
        }
        builder.build_rustls().map_err(|error| Fault::lasting(format!("no TLS: {error}")))
    }
}

/// Whether a text is a mail address and nothing else.
pub fn is_mail_address(text: &str) -> bool {
    text.len() <= ADDRESS_BYTES_MAX && !text.chars().any(char::is_control) && text.parse::<Address>().is_ok()
}

fn address(text: &str) -> Result<Address, Fault> {
    if is_mail_address(text) {
        text.parse().map_err(|_| Fault::lasting(format!("`{text}` is no mail address")))
    } else {
        Err(Fault::lasting(format!("`{text}` is no mail address")))
    }
}

/// The server's 4xx and what befalls a connection may pass, its 5xx and what this side cannot do will not (RFC 5321 4.2.1).
fn fault(error: &Error) -> Fault {
    let why = one_line(&error.to_string());
    if error.is_permanent() || error.is_client() { Fault::lasting(why) } else { Fault::passing(why) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_address_is_one_address_and_nothing_else() {
        for good in ["a@b.cn", "zhang.san+fire@mail.school.edu.cn"] {
            assert!(is_mail_address(good), "{good}");
        }
        let long = format!("{}@b.cn", "a".repeat(ADDRESS_BYTES_MAX));
        for bad in ["", "a", "a@", "@b.cn", "a@b.cn\r\nBcc: c@d.cn", "A <a@b.cn>", "a@b.cn, c@d.cn", &long] {
            assert!(!is_mail_address(bad), "{bad:?}");
        }
    }
}
