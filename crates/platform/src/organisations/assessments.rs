//! Assessments (排查): what the platform measures of an organisation, and what a person of the office there judges.

use domain::ids::{AssessmentId, OrganisationId};
use domain::organisation::assessment::{Criterion, Finding, Measured, findings};
use domain::role::Capability;
use store::{AssessedCriterion, AssessmentRow, NewAssessment, OrganisationRow};

use super::{object, remark};
use crate::events::Event;
use crate::{Ask, Platform, PlatformError};

/// What the platform measures of an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measuring {
    /// What there is.
    pub measured: Measured,
    /// Against what is asked.
    pub findings: [Finding; 4],
}

/// What a person judged of one criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Which.
    pub criterion: Criterion,
    /// Whether it is met.
    pub passed: bool,
    /// What they wrote; needed where it is not met, and where it is met against the figures.
    pub remark: String,
}

/// An assessment as somebody makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessmentWish {
    /// All four criteria, in any order.
    pub judgements: Vec<Judgement>,
    /// About all of it.
    pub remark: String,
}

impl Platform {
    /// Assessments of an organisation, the last first.
    pub async fn assessments(
        &self,
        ask: &Ask,
        organisation: OrganisationId,
    ) -> Result<Vec<AssessmentRow>, PlatformError> {
        ask.access.need(Capability::SeeOrganisations)?;
        self.inner.store.organisation(&ask.access, organisation).await?;
        Ok(self.inner.store.assessments(&ask.access, organisation).await?)
    }

    /// Keeps an assessment. What was measured at this moment is kept with it. It changes no state: what follows is the office's decision.
    pub async fn assess(
        &self,
        ask: &Ask,
        organisation: OrganisationId,
        wish: AssessmentWish,
    ) -> Result<(), PlatformError> {
        ask.access.need(Capability::ManageOrganisations)?;
        let by = ask.access.user_id.ok_or(domain::access::Denied(Capability::ManageOrganisations))?;
        let row = self.inner.store.organisation(&ask.access, organisation).await?;
        let measuring = self.measure(ask, &row).await?;
        let criteria = measuring
            .findings
            .iter()
            .map(|finding| judged(finding, &wish.judgements))
            .collect::<Result<Vec<_>, _>>()?;
        let new = NewAssessment {
            id: AssessmentId(self.inner.surroundings.id(ask.now)),
            organisation_id: organisation,
            at: ask.now,
            by,
            passed: criteria.iter().all(|one| one.passed),
            remark: remark("remark", &wish.remark)?,
            criteria,
        };
        self.inner.store.add_assessment(&ask.access, &new).await?;
        let failed: Vec<_> =
            new.criteria.iter().filter(|one| !one.passed).map(|one| one.criterion.as_str()).collect();
        let said =
            if failed.is_empty() { "passed".to_owned() } else { format!("failed: {}", failed.join(", ")) };
        self.audit(ask, "organisation_assess", object(&row), "ok", Some(said)).await?;
        self.inner.events.publish(Event::Organisations);
        Ok(())
    }

    /// What there is of an organisation at this moment, as far as the asker may see it.
    pub(super) async fn measure(&self, ask: &Ask, row: &OrganisationRow) -> Result<Measuring, PlatformError> {
        let staff = self.staff(ask, row.record.id, false).await?;
        let on_shift = staff.iter().filter(|one| one.row.record.post.is_on_shift());
        let (people, qualified) = on_shift.fold((0, 0), |(people, qualified), one| {
            (people + 1, qualified + u32::from(one.standing.counts()))
        });
        let measured = Measured {
            premises_m2: row.record.premises_m2,
            people,
            qualified,
            units: row.running + row.accepted,
        };
        Ok(Measuring { measured, findings: findings(&measured, &self.inner.settings.organisations.rods) })
    }
}

fn judged(finding: &Finding, judgements: &[Judgement]) -> Result<AssessedCriterion, PlatformError> {
    let mut of_it = judgements.iter().filter(|one| one.criterion == finding.criterion);
    let (Some(one), None) = (of_it.next(), of_it.next()) else {
        return Err(PlatformError::field("criteria", "incomplete", "each of the four criteria once"));
    };
    let words = remark("remark", &one.remark)?;
    let is_against_figures = finding.is_met().is_some_and(|met| met != one.passed);
    if words.is_none() && (!one.passed || is_against_figures) {
        return Err(PlatformError::field(
            "remark",
            "required",
            format!("{}: why, where it is not met or the figures say otherwise", finding.criterion.as_str()),
        ));
    }
    Ok(AssessedCriterion {
        criterion: finding.criterion,
        passed: one.passed,
        measured: finding.measured,
        needed: finding.needed,
        remark: words,
    })
}
