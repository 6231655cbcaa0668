//! Who is told outside: the addresses of the channels themselves, and the contacts of the people on the rung.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::alarm::ladder::Rung;
use domain::ids::{PushBrowserId, UserId};
use jiff::Timestamp;
use store::{Addressee, ContactKind, PushBrowser};
use tracing::{info, warn};

use super::channel::{Channel, Fault, Recipient, Then};
use super::web_push::Knock;
use crate::{Ask, Platform, PlatformError};

impl Platform {
    /// Whom the channels tell besides the console when `people` of a rung are told. Nobody where there are no people: an empty rung is passed on.
    /// Everybody once, for two people may share a mailbox.
    pub(crate) async fn outside_of(
        &self,
        rung: Rung,
        people: &[UserId],
    ) -> Result<Vec<Addressee>, PlatformError> {
        if people.is_empty() {
            return Ok(Vec::new());
        }
        let (mut found, mut known) = (Vec::new(), BTreeSet::new());
        let serves = |channel: &dyn Channel| channel.rungs().contains(&rung);
        for (channel, recipient) in self.addresses_where(serves) {
            if known.insert((channel.clone(), recipient.clone())) {
                found.push(Addressee { channel, user_id: None, recipient });
            }
        }
        for outlet in self.inner.outlets.iter().filter(|outlet| serves(outlet.channel.as_ref())) {
            let Some(kind) = outlet.channel.contacts() else { continue };
            let channel = outlet.channel.name().to_owned();
            for (person, recipient) in self.inner.store.contacts_of(people, kind).await? {
                if known.insert((channel.clone(), recipient.clone())) {
                    found.push(Addressee { channel: channel.clone(), user_id: Some(person), recipient });
                }
            }
        }
        Ok(found)
    }

    /// The address of a name, ready to be told; none where it is no address of the channel any more.
    pub(super) async fn recipient(
        &self,
        channel: &Arc<dyn Channel>,
        name: &str,
        now: Timestamp,
    ) -> Result<Option<Recipient>, PlatformError> {
        let store = &self.inner.store;
        let address = || Some(Recipient::Address(name.to_owned()));
        if channel.addresses().iter().any(|own| own == name) {
            return Ok(address());
        }
        match channel.contacts() {
            Some(ContactKind::Mail) if store.is_mail_of_somebody(name).await? => Ok(address()),
            Some(ContactKind::Browser) => {
                let Ok(id) = name.parse::<PushBrowserId>() else { return Ok(None) };
                let Some(browser) = store.browser_to_tell(id).await? else { return Ok(None) };
                Ok(Some(self.browser_recipient(browser, now).await?))
            }
            Some(ContactKind::Mail) | None => Ok(None),
        }
    }

    /// A browser with what it takes to be let in there once.
    pub(crate) async fn browser_recipient(
        &self,
        browser: PushBrowser,
        now: Timestamp,
    ) -> Result<Recipient, PlatformError> {
        let surroundings = &self.inner.surroundings;
        let knock = Knock {
            key: self.push_key(now).await?,
            secret: surroundings.random(),
            salt: surroundings.random(),
        };
        Ok(Recipient::Browser(Box::new(browser), Arc::new(knock)))
    }

    /// Addresses that a test of the channel is sent to: its own, and the asker's contacts.
    pub(super) async fn addresses_to_test(
        &self,
        ask: &Ask,
        channel: &dyn Channel,
    ) -> Result<Vec<String>, PlatformError> {
        let mut addresses = channel.addresses();
        if let (Some(kind), Some(asker)) = (channel.contacts(), ask.access.user_id) {
            let own = self.inner.store.contacts_of(&[asker], kind).await?;
            for (_, contact) in own {
                if !addresses.contains(&contact) {
                    addresses.push(contact);
                }
            }
        }
        Ok(addresses)
    }

    /// Remembers what a push service said of a browser. That this could not be written changes nothing of what was said.
    pub(super) async fn note_browser(
        &self,
        browser: &PushBrowser,
        result: &Result<String, Fault>,
        now: Timestamp,
    ) {
        let store = &self.inner.store;
        let noted = match result {
            Ok(_) => store.browser_was_told(browser.id, now).await,
            Err(fault) if fault.then == Then::Forget => {
                info!(browser = %browser.id, said = fault.why, "a browser is gone, and is told no more");
                store.browser_is_gone(browser).await
            }
            Err(_) => Ok(()),
        };
        if let Err(error) = noted {
            warn!(browser = %browser.id, %error, "what its push service said is not noted");
        }
    }
}
