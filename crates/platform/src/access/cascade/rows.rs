//! Entering, changing and removing upper platforms. Whoever enters cameras does it, for a subtree that is theirs.

use domain::access::Subtree;
use domain::device::{GbId, SharedKinds, Transport};
use domain::ids::UpperPlatformId;
use domain::role::Capability;
use store::{Page, PageAsk, StoreError, UpperPlatform};

use super::standing::UpperStanding;
use crate::audit::Object;
use crate::{Ask, FieldError, Platform, PlatformError};

const NAME_LEN_MAX: usize = 100;
const ADDRESS_LEN_MAX: usize = 255;
const DOMAIN_LEN_MAX: usize = 100;
const USER_NAME_LEN_MAX: usize = 64;
const SECRET_LEN_MAX: usize = 64;
/// Signs of life between these spacings, in seconds: upper platforms wait for three, and translators of addresses forget after minutes.
const KEEPALIVE_S: std::ops::RangeInclusive<u32> = 5..=300;
/// Lives of a registration, in seconds: ten minutes to ten days.
const EXPIRES_S: std::ops::RangeInclusive<u32> = 600..=864_000;

/// An upper platform to enter.
#[derive(Debug, Clone)]
pub struct NewUpper {
    /// Name for people.
    pub name: String,
    /// Its 20 digits.
    pub server_gb_id: String,
    /// The domain of its addresses; none: the first ten of its digits.
    pub domain: Option<String>,
    /// `host:port`.
    pub address: String,
    /// What carries the signalling.
    pub transport: Transport,
    /// Our 20 digits towards it; none: the platform's own.
    pub own_gb_id: Option<String>,
    /// The name we prove ourselves under; none: our 20 digits.
    pub user_name: Option<String>,
    /// The password that it gave us.
    pub secret: Option<String>,
    /// What it is shown.
    pub shown: Subtree,
    /// What it may do.
    pub shares: SharedKinds,
    /// Who wins when two upper platforms turn one camera: the lower number.
    pub ptz_priority: u8,
    /// Seconds between signs of life.
    pub keepalive_s: u32,
    /// Life of a registration in seconds.
    pub expires_s: u32,
}

/// Changes to an upper platform; none leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct UpperEdit {
    /// Name for people.
    pub name: Option<String>,
    /// Its 20 digits.
    pub server_gb_id: Option<String>,
    /// The domain of its addresses.
    pub domain: Option<String>,
    /// `host:port`.
    pub address: Option<String>,
    /// What carries the signalling.
    pub transport: Option<Transport>,
    /// Our 20 digits towards it.
    pub own_gb_id: Option<String>,
    /// The name we prove ourselves under; empty: our 20 digits.
    pub user_name: Option<String>,
    /// The password; empty removes it.
    pub secret: Option<String>,
    /// What it is shown.
    pub shown: Option<Subtree>,
    /// What it may do.
    pub shares: Option<SharedKinds>,
    /// Who wins when two turn one camera.
    pub ptz_priority: Option<u8>,
    /// Seconds between signs of life.
    pub keepalive_s: Option<u32>,
    /// Life of a registration in seconds.
    pub expires_s: Option<u32>,
    /// Switched off.
    pub disabled: Option<bool>,
}

/// An upper platform with how the line to it stands. Its password is not among it.
#[derive(Debug, Clone)]
pub struct UpperView {
    /// As entered; without the secret.
    pub upper: UpperPlatform,
    /// The name of the region or unit that it is shown.
    pub shown_name: String,
    /// Whether a password is kept.
    pub has_secret: bool,
    /// How the line stands.
    pub standing: UpperStanding,
}

impl Platform {
    /// Upper platforms that are shown nothing beyond the asker's reach.
    pub async fn upper_platforms(&self, ask: &Ask, page: &PageAsk) -> Result<Page<UpperView>, PlatformError> {
        ask.access.need(Capability::ManageCameras)?;
        let rows = self.inner.store.upper_platforms(&ask.access, page).await?;
        let mut items = Vec::with_capacity(rows.items.len());
        for row in rows.items {
            items.push(self.upper_view(ask, row).await?);
        }
        Ok(Page { items, next: rows.next })
    }

    /// One of them.
    pub async fn upper_platform(&self, ask: &Ask, id: UpperPlatformId) -> Result<UpperView, PlatformError> {
        ask.access.need(Capability::ManageCameras)?;
        self.upper_view(ask, self.inner.store.upper_platform(&ask.access, id).await?).await
    }

    /// Enters an upper platform and registers at it.
    pub async fn add_upper_platform(&self, ask: &Ask, new: NewUpper) -> Result<UpperView, PlatformError> {
        ask.access.need(Capability::ManageCameras)?;
        let server_gb_id = digits("server_gb_id", &new.server_gb_id)?;
        let own = self.inner.settings.access.as_ref().map(|access| access.id);
        let own_gb_id = match (new.own_gb_id.as_deref().filter(|id| !id.is_empty()), own) {
            (Some(given), _) => digits("own_gb_id", given)?,
            (None, Some(own)) => own,
            (None, None) => {
                return Err(PlatformError::field(
                    "own_gb_id",
                    "missing",
                    "the platform has no id of its own",
                ));
            }
        };
        let id = UpperPlatformId(self.inner.surroundings.id(ask.now));
        let domain = new.domain.filter(|domain| !domain.trim().is_empty());
        let upper = UpperPlatform {
            id,
            name: new.name.trim().to_owned(),
            server_gb_id,
            domain: domain.unwrap_or_else(|| server_gb_id.as_str()[..10].to_owned()),
            address: new.address.trim().to_owned(),
            transport: new.transport,
            own_gb_id,
            user_name: new.user_name.filter(|name| !name.is_empty()),
            sealed_secret: self.seal_upper(id, new.secret.as_deref())?,
            shown: new.shown,
            shares: new.shares,
            ptz_priority: new.ptz_priority,
            keepalive_s: new.keepalive_s,
            expires_s: new.expires_s,
            disabled: false,
            created_at: ask.now,
        };
        check(&upper)?;
        self.inner.store.add_upper_platform(&ask.access, &upper, ask.access.user_id, ask.now).await?;
        self.audit(ask, "upper_add", upper_object(&upper), "ok", Some(upper.server_gb_id.to_string()))
            .await?;
        self.start_upper(upper);
        self.upper_platform(ask, id).await
    }

    /// Changes an upper platform; the line to it begins anew.
    pub async fn edit_upper_platform(
        &self,
        ask: &Ask,
        id: UpperPlatformId,
        edit: UpperEdit,
    ) -> Result<UpperView, PlatformError> {
        ask.access.need(Capability::ManageCameras)?;
        let mut upper = self.inner.store.upper_platform(&ask.access, id).await?;
        let trimmed = |text: &Option<String>, known: &str| {
            text.as_deref().map_or_else(|| known.to_owned(), |text| text.trim().to_owned())
        };
        upper.name = trimmed(&edit.name, &upper.name);
        upper.domain = trimmed(&edit.domain, &upper.domain);
        upper.address = trimmed(&edit.address, &upper.address);
        if let Some(given) = &edit.server_gb_id {
            upper.server_gb_id = digits("server_gb_id", given)?;
        }
        if let Some(given) = &edit.own_gb_id {
            upper.own_gb_id = digits("own_gb_id", given)?;
        }
        if let Some(name) = &edit.user_name {
            upper.user_name = Some(name.clone()).filter(|name| !name.is_empty());
        }
        if let Some(secret) = &edit.secret {
            upper.sealed_secret = self.seal_upper(id, Some(secret))?;
        }
        upper.transport = edit.transport.unwrap_or(upper.transport);
        upper.shown = edit.shown.unwrap_or(upper.shown);
        upper.shares = edit.shares.unwrap_or(upper.shares);
        upper.ptz_priority = edit.ptz_priority.unwrap_or(upper.ptz_priority);
        upper.keepalive_s = edit.keepalive_s.unwrap_or(upper.keepalive_s);
        upper.expires_s = edit.expires_s.unwrap_or(upper.expires_s);
        upper.disabled = edit.disabled.unwrap_or(upper.disabled);
        check(&upper)?;
        self.inner.store.update_upper_platform(&ask.access, &upper, ask.access.user_id, ask.now).await?;
        let what = edit.secret.is_some().then(|| "secret".to_owned());
        self.audit(ask, "upper_edit", upper_object(&upper), "ok", what).await?;
        self.stop_upper(id).await;
        self.start_upper(upper);
        self.upper_platform(ask, id).await
    }

    /// Removes an upper platform; we say good-bye to it.
    pub async fn remove_upper_platform(&self, ask: &Ask, id: UpperPlatformId) -> Result<(), PlatformError> {
        ask.access.need(Capability::ManageCameras)?;
        let upper = self.inner.store.upper_platform(&ask.access, id).await?;
        self.inner.store.remove_upper_platform(&ask.access, id, ask.now).await?;
        self.stop_upper(id).await;
        self.audit(ask, "upper_remove", upper_object(&upper), "ok", Some(upper.server_gb_id.to_string()))
            .await
    }

    async fn upper_view(&self, ask: &Ask, upper: UpperPlatform) -> Result<UpperView, PlatformError> {
        let shown_name = match upper.shown {
            Subtree::Region(id) => {
                let regions = self.inner.store.regions(&ask.access).await?;
                regions.into_iter().find(|region| region.id == id).map(|region| region.name)
            }
            Subtree::Unit(id) => match self.inner.store.unit(&ask.access, id).await {
                Ok(row) => Some(row.unit.name),
                Err(StoreError::NotFound) => None,
                Err(error) => return Err(error.into()),
            },
        };
        let standing = self.upper_standing(&upper);
        let has_secret = upper.sealed_secret.is_some();
        let upper = UpperPlatform { sealed_secret: None, ..upper };
        Ok(UpperView { upper, shown_name: shown_name.unwrap_or_default(), has_secret, standing })
    }

    fn seal_upper(
        &self,
        id: UpperPlatformId,
        secret: Option<&str>,
    ) -> Result<Option<Vec<u8>>, PlatformError> {
        let Some(secret) = secret.filter(|secret| !secret.is_empty()) else { return Ok(None) };
        if secret.len() > SECRET_LEN_MAX || secret.chars().any(char::is_control) {
            return Err(PlatformError::field("secret", "invalid", "at most 64 characters"));
        }
        Ok(Some(self.inner.seal.close(secret, &id.to_string(), self.inner.surroundings.random())))
    }
}

fn upper_object(upper: &UpperPlatform) -> Object {
    let unit_id = match upper.shown {
        Subtree::Unit(id) => Some(id),
        Subtree::Region(_) => None,
    };
    Object { kind: "upper_platform", id: Some(upper.id.to_string()), name: Some(upper.name.clone()), unit_id }
}

fn digits(field: &'static str, text: &str) -> Result<GbId, PlatformError> {
    GbId::parse(text.trim()).map_err(|error| PlatformError::field(field, "invalid", error.to_string()))
}

fn check(upper: &UpperPlatform) -> Result<(), PlatformError> {
    let mut wrong = Vec::new();
    let mut insist = |is_right: bool, field, message: &str| {
        if !is_right {
            wrong.push(FieldError { field, code: "invalid", message: message.to_owned() });
        }
    };
    let fits = |text: &str, max: usize| {
        (1..=max).contains(&text.chars().count()) && !text.chars().any(char::is_control)
    };
    let is_word = |text: &str, max| {
        fits(text, max) && text.chars().all(|c| c.is_ascii_graphic() && !"<>\"@;".contains(c))
    };
    insist(fits(&upper.name, NAME_LEN_MAX), "name", "1 to 100 characters");
    insist(is_word(&upper.domain, DOMAIN_LEN_MAX), "domain", "digits, letters, dots and hyphens");
    insist(is_address(&upper.address), "address", "host:port");
    let is_name = upper.user_name.as_deref().is_none_or(|name| is_word(name, USER_NAME_LEN_MAX));
    insist(is_name, "user_name", "at most 64 letters, digits and signs");
    insist(upper.own_gb_id != upper.server_gb_id, "own_gb_id", "the same as the upper platform's");
    insist(upper.ptz_priority > 0, "ptz_priority", "1 to 255; our own people come first");
    insist(KEEPALIVE_S.contains(&upper.keepalive_s), "keepalive_s", "5 to 300 seconds");
    insist(EXPIRES_S.contains(&upper.expires_s), "expires_s", "600 to 864000 seconds");
    if wrong.is_empty() { Ok(()) } else { Err(PlatformError::Invalid(wrong)) }
}

fn is_address(address: &str) -> bool {
    let Some((host, port)) = address.rsplit_once(':') else { return false };
    let is_host = !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-[]:_".contains(c));
    is_host && address.len() <= ADDRESS_LEN_MAX && port.parse::<u16>().is_ok_and(|port| port > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_host_and_a_port() {
        for right in ["10.0.0.1:5060", "sip.example.cn:15060", "[2001:db8::1]:5060"] {
            assert!(is_address(right), "{right}");
        }
        for wrong in ["10.0.0.1", ":5060", "10.0.0.1:0", "10.0.0.1:70000", "a b:5060", "a@b:5060", ""] {
            assert!(!is_address(wrong), "{wrong}");
        }
    }
}
