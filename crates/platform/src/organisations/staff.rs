//! People of an organisation: the list, their certificates, and the accounts they sign in with.

use domain::access::Scope;
use domain::beijing::day_of;
use domain::ids::{OrganisationId, StaffId};
use domain::organisation::Post;
use domain::organisation::certificate::{Certificate, CertificateStanding, is_number, standing};
use domain::role::{Capability, Role};
use store::{StaffRecord, StaffRow};

use super::{NAME_CHARS_MAX, object, text};
use crate::audit::Object;
use crate::events::Event;
use crate::people::{NewAccount, OneTimeLink};
use crate::{Ask, Platform, PlatformError};

/// A person as somebody enters one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffWish {
    /// Name.
    pub name: String,
    /// What for.
    pub post: Post,
    /// The certificate, where there is one.
    pub certificate: Option<Certificate>,
}

/// A person with what their certificate is worth today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffMember {
    /// The person.
    pub row: StaffRow,
    /// Today.
    pub standing: CertificateStanding,
}

impl Platform {
    /// The list of an organisation; those who left with it where asked for.
    pub async fn staff(
        &self,
        ask: &Ask,
        organisation: OrganisationId,
        with_left: bool,
    ) -> Result<Vec<StaffMember>, PlatformError> {
        ask.access.need(Capability::SeeOrganisations)?;
        self.inner.store.organisation(&ask.access, organisation).await?;
        let rows = self.inner.store.staff(&ask.access, organisation, with_left).await?;
        Ok(rows.into_iter().map(|row| self.judged(ask, row)).collect())
    }

    /// Enters a person, or writes one anew where `id` is given.
    pub async fn put_staff(
        &self,
        ask: &Ask,
        organisation: OrganisationId,
        id: Option<StaffId>,
        wish: StaffWish,
    ) -> Result<StaffMember, PlatformError> {
        keeps(ask)?;
        if let Some(one) = &wish.certificate {
            check_certificate(ask, one)?;
        }
        let record = StaffRecord {
            id: id.unwrap_or_else(|| StaffId(self.inner.surroundings.id(ask.now))),
            organisation_id: organisation,
            name: text("name", &wish.name, NAME_CHARS_MAX)?,
            post: wish.post,
            certificate: wish.certificate,
        };
        if id.is_some() {
            self.inner.store.staff_member(&ask.access, organisation, record.id).await?;
        }
        let row = self.inner.store.put_staff(&ask.access, &record, ask.now).await?;
        let detail = format!("{} ({})", row.record.name, row.record.post.as_str());
        self.audit_staff(ask, organisation, "staff_put", detail).await?;
        Ok(self.judged(ask, row))
    }

    /// Takes a person off the list; their account is shut out and signed out.
    pub async fn end_staff(
        &self,
        ask: &Ask,
        organisation: OrganisationId,
        id: StaffId,
    ) -> Result<StaffMember, PlatformError> {
        keeps(ask)?;
        let row = self.inner.store.end_staff(&ask.access, organisation, id, ask.now).await?;
        if let Some((user, _)) = &row.account {
            self.inner.store.revoke_sessions_of(*user, ask.now).await?;
        }
        self.audit_staff(ask, organisation, "staff_end", row.record.name.clone()).await?;
        Ok(self.judged(ask, row))
    }

    /// Makes the account a person signs in with; what it may do follows from the post. Turnover is high, so this is the organisation's
    /// own work and not the security administrator's.
    pub async fn give_staff_account(
        &self,
        ask: &Ask,
        organisation: OrganisationId,
        id: StaffId,
        login_name: &str,
    ) -> Result<OneTimeLink, PlatformError> {
        keeps(ask)?;
        let row = self.inner.store.staff_member(&ask.access, organisation, id).await?;
        if row.account.is_some() || row.left_at.is_some() {
            return Err(PlatformError::Conflict("this person has an account, or has left".to_owned()));
        }
        let new = NewAccount {
            login_name: login_name.trim().to_owned(),
            display_name: row.record.name.clone(),
            role: role_of(row.record.post),
            scope: Scope::Organisation(organisation),
        };
        let (account, link) = self.account_for(ask, &new).await?;
        self.inner.store.give_staff_account(&ask.access, organisation, id, account.id).await?;
        self.inner.events.publish(Event::Organisations);
        Ok(link)
    }

    pub(super) fn judged(&self, ask: &Ask, row: StaffRow) -> StaffMember {
        let needed = self.inner.settings.organisations.certificate_level;
        let standing = standing(row.record.certificate.as_ref(), needed, day_of(ask.now));
        StaffMember { row, standing }
    }

    async fn audit_staff(
        &self,
        ask: &Ask,
        organisation: OrganisationId,
        action: &str,
        detail: String,
    ) -> Result<(), PlatformError> {
        let row = self.inner.store.organisation(&ask.access, organisation).await?;
        let object: Object = object(&row);
        self.audit(ask, action, object, "ok", Some(detail)).await?;
        self.inner.events.publish(Event::Organisations);
        Ok(())
    }
}

/// Whoever keeps lists of people: the organisation its own, an office those of its region. Whose it is, the rows say.
fn keeps(ask: &Ask) -> Result<(), PlatformError> {
    if !ask.access.may(Capability::ManageOrganisations) {
        ask.access.need(Capability::KeepOrganisation)?;
    }
    Ok(())
}

fn role_of(post: Post) -> Role {
    match post {
        Post::Guard => Role::DutyGuard,
        Post::ShiftLeader => Role::ShiftLeader,
        Post::Leader => Role::Organisation,
    }
}

fn check_certificate(ask: &Ask, one: &Certificate) -> Result<(), PlatformError> {
    if !is_number(&one.number) {
        return Err(PlatformError::field("certificate.number", "invalid", "6 to 32 letters and digits"));
    }
    if one.queried_on.is_some_and(|day| day > day_of(ask.now)) {
        return Err(PlatformError::field("certificate.queried_on", "in_future", "not after today"));
    }
    let is_asked = one.query != domain::organisation::certificate::CertificateQuery::NotAsked;
    if is_asked != one.queried_on.is_some() {
        return Err(PlatformError::field(
            "certificate.queried_on",
            "required",
            "the day of the official query, where there was one",
        ));
    }
    Ok(())
}
