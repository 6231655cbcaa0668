//! The bulletin desk: drafts, consultation, approval with number and signature, publication, receipts.
//!
//! A bulletin is written from one frozen snapshot and what the office decides (its settings), never typed. It is checked at every
//! writing: the linter reads the text, and every figure is computed anew from the snapshot. What is approved is sealed (see
//! [`sealed`]) and everything printed later is printed from the seal. Who sees what is decided in `store`: the province sees drafts,
//! everybody else what was sent to them or asked of them.

mod approve;
mod check;
mod compose;
mod consult;
mod document;
mod edit;
mod print;
mod publish;
mod recipients;
mod rows;
pub mod sealed;
mod template;

use std::path::PathBuf;

use domain::bulletin::life::{BulletinEvent, BulletinState, Life, decide};
use domain::bulletin::{Bulletin, NumberPattern, Settings};
use domain::ids::BulletinId;
use domain::role::Capability;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use store::{BulletinRow, BulletinStep, Consultation, Delivery, Page, PageAsk, RevisionRow, Seal};

pub use check::{Finding, Severity};
pub use consult::NewObjection;
pub(crate) use document::Presses;
pub use document::{Document, DocumentFormat};
pub(crate) use print::Faces;
pub use print::Paper;
pub use template::TEMPLATE_BYTES_MAX;

use crate::audit::Object;
use crate::{Ask, Platform, PlatformError};

/// How the desk works.
#[derive(Debug, Clone)]
pub struct BulletinSettings {
    /// Pattern of reference numbers.
    pub number_pattern: NumberPattern,
    /// Address under which anybody can open the verification page, e.g. `https://example.org`; none: documents carry no link.
    pub public_address: Option<String>,
    /// Hours of a consultation where nobody says otherwise, and the least.
    pub consultation_hours: u32,
    /// Documents printed at a time; printing takes a core for seconds.
    pub prints_at_once: usize,
    /// Folders with letter faces, looked through before the system's.
    pub font_folders: Vec<PathBuf>,
}

impl Default for BulletinSettings {
    fn default() -> Self {
        Self {
            number_pattern: NumberPattern::default(),
            public_address: None,
            consultation_hours: 24,
            prints_at_once: 2,
            font_folders: vec![],
        }
    }
}

/// A bulletin as an asker sees it.
#[derive(Debug, Clone)]
pub struct BulletinDetail {
    /// The row, with the state it has at the time of asking.
    pub row: BulletinRow,
    /// What the office decided.
    pub settings: Settings,
    /// The text with its figures.
    pub written: Bulletin,
    /// What the checks found; empty for those who see no drafts.
    pub findings: Vec<Finding>,
    /// Its annexes.
    pub annexes: Vec<AnnexTitle>,
    /// The last consultation the asker was part of, or any for those who see drafts.
    pub consultation: Option<Consultation>,
    /// What happened to it; empty for those who see no drafts.
    pub steps: Vec<BulletinStep>,
    /// Deliveries: all, or the asker's own.
    pub deliveries: Vec<Delivery>,
    /// Its seal.
    pub seal: Option<Seal>,
    /// What the asker may do now.
    pub next: Vec<Action>,
}

/// An annex as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnnexTitle {
    /// 1, 2, … as cited in the text.
    pub number: u32,
    /// Title.
    pub title: String,
    /// Rows of its table.
    pub rows: u64,
}

/// What is kept of a written text; the rows of its annexes are in the snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    written: Bulletin,
    annexes: Vec<AnnexTitle>,
}

/// What somebody may do with a bulletin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Change its settings.
    Edit,
    /// Open a consultation.
    Consult,
    /// End it early.
    EndConsultation,
    /// Answer objections.
    Reply,
    /// Approve.
    Approve,
    /// Publish.
    Publish,
    /// Withdraw.
    Withdraw,
    /// Object.
    Object,
    /// Say that there is nothing to object.
    Agree,
    /// Confirm receipt.
    Receive,
}

impl Action {
    /// The word used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Edit => "edit",
            Self::Consult => "consult",
            Self::EndConsultation => "end_consultation",
            Self::Reply => "answer",
            Self::Approve => "approve",
            Self::Publish => "publish",
            Self::Withdraw => "withdraw",
            Self::Object => "object",
            Self::Agree => "agree",
            Self::Receive => "receive",
        }
    }
}

impl Platform {
    /// Bulletins the asker may see, newest first.
    pub async fn bulletins(
        &self,
        ask: &Ask,
        state: Option<BulletinState>,
        page: &PageAsk,
    ) -> Result<Page<BulletinRow>, PlatformError> {
        need_reader(ask)?;
        let mut found = self.inner.store.bulletins(&ask.access, state, ask.now, page).await?;
        found.items.iter_mut().for_each(|row| settle(row, ask));
        Ok(found)
    }

    /// One bulletin with everything the asker may see of it. The first look of a party is remembered.
    pub async fn bulletin(&self, ask: &Ask, id: BulletinId) -> Result<BulletinDetail, PlatformError> {
        need_reader(ask)?;
        let store = &self.inner.store;
        let mut row = store.bulletin(&ask.access, id).await?;
        if !row.sees_all && ask.access.may(Capability::AnswerBulletin) {
            store.see_consultation(&ask.access, id, ask.now).await?;
            // Whoever answers for an addressee and opens the bulletin has received it.
            if store.is_received(&ask.access, id).await? == Some(false) {
                self.receive_bulletin(ask, id).await?;
            }
        }
        let revision = store.bulletin_revision(&ask.access, id).await?;
        let consultation = store.consultation(&ask.access, id).await?;
        let deliveries = store.deliveries(&ask.access, id).await?;
        let next = self.next_actions(ask, &row, consultation.as_ref(), &deliveries).await?;
        settle(&mut row, ask);
        let (findings, steps) = if row.sees_all {
            (read_json(id, &revision.content.findings)?, store.bulletin_steps(&ask.access, id).await?)
        } else {
            (vec![], vec![])
        };
        let seal = store.bulletin_seal(&ask.access, id).await?;
        let (settings, Kept { written, annexes }) = read_revision(id, &revision)?;
        Ok(BulletinDetail {
            row,
            settings,
            written,
            findings,
            annexes,
            consultation,
            steps,
            deliveries,
            seal,
            next,
        })
    }

    /// What decides about a bulletin besides its state. Only for those who see drafts.
    async fn life(&self, ask: &Ask, row: &BulletinRow) -> Result<Life, PlatformError> {
        let store = &self.inner.store;
        let consultation = store.consultation(&ask.access, row.id).await?;
        let (open_objections, silent_parties) = consultation.as_ref().map_or((0, 0), |round| {
            let open = round.objections.iter().filter(|objection| objection.reply.is_none()).count();
            let silent =
                round.parties.iter().filter(|party| party.agreed_at.is_none() && party.objections == 0);
            (open, silent.count())
        });
        Ok(Life {
            state: row.state,
            closes_at: row.closes_at,
            writers: store.bulletin_writers(&ask.access, row.id).await?,
            errors: count(row.errors),
            open_objections: u32::try_from(open_objections).unwrap_or(u32::MAX),
            silent_parties: u32::try_from(silent_parties).unwrap_or(u32::MAX),
        })
    }

    /// A bulletin for somebody who works on it, at the version they have read.
    async fn working_copy(
        &self,
        ask: &Ask,
        id: BulletinId,
        version: Option<i64>,
    ) -> Result<(BulletinRow, Life), PlatformError> {
        let row = self.inner.store.bulletin(&ask.access, id).await?;
        if !row.sees_all {
            return Err(PlatformError::NotFound);
        }
        if version.is_some_and(|version| version != row.version) {
            return Err(PlatformError::Conflict(
                "the bulletin has changed meanwhile; read it again before deciding".to_owned(),
            ));
        }
        let life = self.life(ask, &row).await?;
        Ok((row, life))
    }

    async fn next_actions(
        &self,
        ask: &Ask,
        row: &BulletinRow,
        consultation: Option<&Consultation>,
        deliveries: &[Delivery],
    ) -> Result<Vec<Action>, PlatformError> {
        let may = |capability| ask.access.may(capability);
        let mut next = Vec::new();
        if !row.sees_all {
            let asked = consultation.is_some_and(|round| {
                row.state == BulletinState::Consulting
                    && round.closes_at > ask.now
                    && row.closes_at == Some(round.closes_at)
            });
            if asked && may(Capability::AnswerBulletin) {
                next.push(Action::Object);
                let answered = consultation.is_some_and(|round| {
                    round.parties.iter().any(|party| party.agreed_at.is_some() || party.objections > 0)
                });
                next.extend((!answered).then_some(Action::Agree));
            }
            let unread = deliveries.iter().any(|delivery| delivery.read_at.is_none());
            next.extend((unread && may(Capability::AnswerBulletin)).then_some(Action::Receive));
            return Ok(next);
        }
        let life = self.life(ask, row).await?;
        let holds = |event| decide(&life, event, ask.access.user_id, true, ask.now).is_ok();
        let (make, approve) = (may(Capability::MakeBulletin), may(Capability::ApproveBulletin));
        let unpublished = matches!(life.state_at(ask.now), BulletinState::Draft | BulletinState::Consulting);
        for (action, event, allowed) in [
            (Action::Edit, BulletinEvent::Rewrite, make),
            (Action::Consult, BulletinEvent::Consult, make),
            (Action::EndConsultation, BulletinEvent::EndConsultation, make),
            (Action::Reply, BulletinEvent::Reply, make && life.open_objections > 0),
            (Action::Approve, BulletinEvent::Approve, approve),
            (Action::Publish, BulletinEvent::Publish, approve),
            (Action::Withdraw, BulletinEvent::Withdraw, if unpublished { make } else { approve }),
        ] {
            next.extend((allowed && holds(event)).then_some(action));
        }
        Ok(next)
    }

    async fn audit_bulletin(
        &self,
        ask: &Ask,
        action: &str,
        id: BulletinId,
        name: &str,
        detail: Option<String>,
    ) -> Result<(), PlatformError> {
        let object =
            Object { kind: "bulletin", id: Some(id.to_string()), name: Some(name.to_owned()), unit_id: None };
        self.audit(ask, action, object, "ok", detail).await
    }
}

/// Readers of bulletins: who reads figures, and who answers for an addressee.
fn need_reader(ask: &Ask) -> Result<(), PlatformError> {
    if ask.access.may(Capability::AnswerBulletin) {
        return Ok(());
    }
    Ok(ask.access.need(Capability::SeeFigures)?)
}

/// Shows the state the bulletin has now: a consultation whose time is over is none.
fn settle(row: &mut BulletinRow, ask: &Ask) {
    let is_over = row.closes_at.is_some_and(|closes_at| closes_at <= ask.now);
    if row.state == BulletinState::Consulting && is_over {
        row.state = BulletinState::Draft;
    }
}

fn read_revision(id: BulletinId, revision: &RevisionRow) -> Result<(Settings, Kept), PlatformError> {
    Ok((read_json(id, &revision.content.settings)?, read_json(id, &revision.content.written)?))
}

/// JSON of our own making.
fn read_json<T: DeserializeOwned>(id: BulletinId, text: &str) -> Result<T, PlatformError> {
    serde_json::from_str(text).map_err(|error| PlatformError::Internal(format!("bulletin {id}: {error}")))
}

fn write_json<T: Serialize>(value: &T) -> Result<String, PlatformError> {
    serde_json::to_string(value).map_err(|error| PlatformError::Internal(error.to_string()))
}

fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A text somebody must give, trimmed.
fn needed(field: &'static str, text: &str, chars_max: usize) -> Result<String, PlatformError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(PlatformError::field(field, "required", "must not be empty"));
    }
    if text.chars().count() > chars_max {
        return Err(PlatformError::field(field, "too_long", format!("at most {chars_max} characters")));
    }
    Ok(text.to_owned())
}
