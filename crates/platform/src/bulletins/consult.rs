//! The consultation round: the named parties read the draft, object or agree; the office replies.

use domain::bulletin::life::{BulletinEvent, decide};
use domain::ids::{BulletinId, ObjectionId};
use domain::role::Capability;
use jiff::SignedDuration;
use store::Consultation;

use super::{Kept, needed, read_revision};
use crate::{Ask, Platform, PlatformError};

/// Longest objection, reply and note on evidence, in characters.
const WORDS_CHARS_MAX: usize = 2000;
/// Longest consultation, in hours.
const HOURS_MAX: u32 = 30 * 24;

/// An objection as somebody writes it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewObjection {
    /// Figure of the text, e.g. `F012`.
    pub figure_id: Option<String>,
    /// Paragraph of the text, from 0.
    pub paragraph: Option<u32>,
    /// What is wrong with it.
    pub words: String,
    /// What proves it.
    pub evidence_note: Option<String>,
}

impl Platform {
    /// Sends a draft to the parties it names; it rests until the time is over or everybody has answered.
    pub async fn open_consultation(
        &self,
        ask: &Ask,
        id: BulletinId,
        hours: Option<u32>,
    ) -> Result<(), PlatformError> {
        ask.access.need(Capability::MakeBulletin)?;
        let least = self.inner.settings.bulletins.consultation_hours;
        let hours = hours.unwrap_or(least);
        if !(least..=HOURS_MAX).contains(&hours) {
            let message = format!("{least} to {HOURS_MAX}");
            return Err(PlatformError::field("hours", "out_of_range", message));
        }
        let (row, life) = self.working_copy(ask, id, None).await?;
        decide(&life, BulletinEvent::Consult, ask.access.user_id, false, ask.now)?;
        let (snapshot, _) = self.snapshots_of(&row).await?;
        let revision = self.inner.store.bulletin_revision(&ask.access, id).await?;
        let (_, Kept { written, .. }) = read_revision(id, &revision)?;
        let parties = self.parties(&snapshot, &written).await?;
        if parties.is_empty() {
            return Err(PlatformError::Conflict("this draft names nobody who could be asked".to_owned()));
        }
        let closes_at = ask
            .now
            .checked_add(SignedDuration::from_hours(i64::from(hours)))
            .map_err(|error| PlatformError::Internal(error.to_string()))?;
        self.inner
            .store
            .open_consultation(&ask.access, id, row.version, &parties, closes_at, ask.now)
            .await?;
        let detail = format!("{} parties until {closes_at}", parties.len());
        self.audit_bulletin(ask, "bulletin_consult", id, &row.title, Some(detail)).await
    }

    /// Ends a consultation in which everybody has answered.
    pub async fn end_consultation(&self, ask: &Ask, id: BulletinId) -> Result<(), PlatformError> {
        ask.access.need(Capability::MakeBulletin)?;
        let (row, life) = self.working_copy(ask, id, None).await?;
        let to = decide(&life, BulletinEvent::EndConsultation, ask.access.user_id, false, ask.now)?;
        let step = (BulletinEvent::EndConsultation, to);
        self.inner.store.step_bulletin(&ask.access, id, row.version, step, None, ask.now).await?;
        self.audit_bulletin(ask, "bulletin_end_consultation", id, &row.title, None).await
    }

    /// The last round; a party sees itself and its own objections.
    pub async fn consultation(&self, ask: &Ask, id: BulletinId) -> Result<Consultation, PlatformError> {
        super::need_reader(ask)?;
        self.inner.store.bulletin(&ask.access, id).await?;
        self.inner.store.consultation(&ask.access, id).await?.ok_or(PlatformError::NotFound)
    }

    /// A party objects to a figure, a paragraph, or the whole.
    pub async fn object(
        &self,
        ask: &Ask,
        id: BulletinId,
        objection: NewObjection,
    ) -> Result<ObjectionId, PlatformError> {
        ask.access.need(Capability::AnswerBulletin)?;
        let row = self.inner.store.bulletin(&ask.access, id).await?;
        let revision = self.inner.store.bulletin_revision(&ask.access, id).await?;
        let (_, Kept { written, .. }) = read_revision(id, &revision)?;
        if let Some(figure_id) = &objection.figure_id
            && !written.figures.iter().any(|figure| figure.id == *figure_id)
        {
            return Err(PlatformError::field("figure_id", "unknown", "this text has no such figure"));
        }
        if objection.paragraph.is_some_and(|paragraph| paragraph as usize >= written.paragraphs.len()) {
            return Err(PlatformError::field("paragraph", "unknown", "this text has no such paragraph"));
        }
        let evidence_note = match objection.evidence_note.filter(|note| !note.trim().is_empty()) {
            Some(note) => Some(needed("evidence_note", &note, WORDS_CHARS_MAX)?),
            None => None,
        };
        let new = store::NewObjection {
            id: ObjectionId(self.inner.surroundings.id(ask.now)),
            figure_id: objection.figure_id,
            paragraph: objection.paragraph.map(i64::from),
            words: needed("text", &objection.words, WORDS_CHARS_MAX)?,
            evidence_note,
        };
        self.inner.store.object(&ask.access, id, &new, ask.now).await?;
        let about = new.figure_id.clone();
        self.audit_bulletin(ask, "bulletin_object", id, &row.title, about).await?;
        Ok(new.id)
    }

    /// A party has nothing to object.
    pub async fn agree(&self, ask: &Ask, id: BulletinId) -> Result<(), PlatformError> {
        ask.access.need(Capability::AnswerBulletin)?;
        let row = self.inner.store.bulletin(&ask.access, id).await?;
        self.inner.store.agree(&ask.access, id, ask.now).await?;
        self.audit_bulletin(ask, "bulletin_agree", id, &row.title, None).await
    }

    /// The office answers an objection, once. Taking it up changes nothing by itself: the register or the settings are corrected, and
    /// the draft is written anew.
    pub async fn reply_objection(
        &self,
        ask: &Ask,
        id: BulletinId,
        objection: ObjectionId,
        accepted: bool,
        words: &str,
    ) -> Result<(), PlatformError> {
        ask.access.need(Capability::MakeBulletin)?;
        let words = needed("text", words, WORDS_CHARS_MAX)?;
        let (row, life) = self.working_copy(ask, id, None).await?;
        decide(&life, BulletinEvent::Reply, ask.access.user_id, false, ask.now)?;
        self.inner.store.reply_objection(&ask.access, (id, objection), accepted, &words, ask.now).await?;
        let detail = format!("{objection} {}", if accepted { "accepted" } else { "not accepted" });
        self.audit_bulletin(ask, "bulletin_reply", id, &row.title, Some(detail)).await
    }
}
