//! Consultation rounds as they travel.

use platform::rows::{Consultation as Round, Objection as Objected, Party};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::bulletins::{Names, name};
use super::{Moment, moment};

/// A party of a round.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsultationParty {
    /// The region asked.
    pub region_id: Option<Uuid>,
    /// Or the unit asked.
    pub unit_id: Option<Uuid>,
    /// Its name.
    pub name: String,
    /// First look.
    pub seen_at: Option<Moment>,
    /// `agree` or `object`; none while it has not answered.
    pub answer: Option<&'static str>,
}

impl From<Party> for ConsultationParty {
    fn from(party: Party) -> Self {
        let answer = match (party.objections, party.agreed_at) {
            (1.., _) => Some("object"),
            (_, Some(_)) => Some("agree"),
            _ => None,
        };
        Self {
            region_id: party.region_id.map(|id| id.0),
            unit_id: party.unit_id.map(|id| id.0),
            name: party.name,
            seen_at: moment(party.seen_at),
            answer,
        }
    }
}

/// An objection.
#[derive(Debug, Serialize, ToSchema)]
pub struct Objection {
    /// Id.
    pub id: Uuid,
    /// Name of the person who wrote it.
    pub by: String,
    /// Name of the party.
    pub region: String,
    /// Figure of the text.
    pub figure_id: Option<String>,
    /// Paragraph of the text, from 0.
    pub paragraph: Option<i64>,
    /// In words.
    pub text: String,
    /// What proves it.
    pub evidence_note: Option<String>,
    /// When.
    pub at: Moment,
    /// The office's answer.
    pub reply: Option<String>,
    /// Whether it is taken up; none without an answer.
    pub accepted: Option<bool>,
}

impl Objection {
    fn of(objection: Objected, names: &Names) -> Self {
        let accepted = objection.reply.as_ref().map(|reply| reply.accepted);
        Self {
            id: objection.id.0,
            by: name(names, objection.by_id),
            region: objection.party,
            figure_id: objection.figure_id,
            paragraph: objection.paragraph,
            text: objection.words,
            evidence_note: objection.evidence_note,
            at: objection.at.into(),
            reply: objection.reply.map(|reply| reply.words),
            accepted,
        }
    }
}

/// A consultation round.
#[derive(Debug, Serialize, ToSchema)]
pub struct Consultation {
    /// 1, 2, …
    pub round: i64,
    /// The revision that is shown in it.
    pub revision: i64,
    /// Beginning.
    pub opened_at: Moment,
    /// End.
    pub closes_at: Moment,
    /// Who is asked; for a party only itself.
    pub parties: Vec<ConsultationParty>,
    /// Objections; for a party only its own.
    pub objections: Vec<Objection>,
}

impl Consultation {
    /// From a desk's answer and the names of people.
    pub fn of(round: Round, names: &Names) -> Self {
        Self {
            round: round.round,
            revision: round.revision,
            opened_at: round.opened_at.into(),
            closes_at: round.closes_at.into(),
            parties: round.parties.into_iter().map(ConsultationParty::from).collect(),
            objections: round.objections.into_iter().map(|one| Objection::of(one, names)).collect(),
        }
    }
}

/// A round to open.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewConsultation {
    /// How long the parties have; none: as configured.
    pub hours: Option<u32>,
}

/// An objection to raise.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewObjection {
    /// Figure of the text.
    pub figure_id: Option<String>,
    /// Paragraph of the text, from 0.
    pub paragraph: Option<u32>,
    /// What is wrong.
    pub text: String,
    /// What proves it.
    pub evidence_note: Option<String>,
}

/// An answer to an objection.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReply {
    /// Whether it is taken up.
    pub accepted: bool,
    /// In words.
    pub text: String,
}
