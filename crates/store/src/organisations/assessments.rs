//! Assessments of an organisation: what was measured at that moment, and what a person of an office judged.

use domain::access::Access;
use domain::ids::{AssessmentId, OrganisationId, UserId};
use domain::organisation::assessment::Criterion;
use jiff::Timestamp;

use super::{sits_within, within_reach};
use crate::Store;
use crate::error::{Result, StoreError};
use crate::row::Row;
use crate::sql::Sql;

/// Assessments shown of one organisation; older ones stay in the rows.
const SHOWN_MAX: i64 = 50;

/// One criterion as it was judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessedCriterion {
    /// Which.
    pub criterion: Criterion,
    /// What the person judged.
    pub passed: bool,
    /// What the platform measured; none: nothing.
    pub measured: Option<u32>,
    /// What was asked.
    pub needed: u32,
    /// What the person wrote.
    pub remark: Option<String>,
}

/// An assessment to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAssessment {
    /// Own id.
    pub id: AssessmentId,
    /// Of which organisation.
    pub organisation_id: OrganisationId,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: UserId,
    /// True where every criterion passed.
    pub passed: bool,
    /// What the person wrote about all of it.
    pub remark: Option<String>,
    /// The criteria.
    pub criteria: Vec<AssessedCriterion>,
}

/// An assessment with the name of who made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessmentRow {
    /// The assessment.
    pub assessment: NewAssessment,
    /// Name of the person.
    pub by_name: String,
}

impl Store {
    /// Keeps an assessment. NotFound where the organisation sits outside the office's region.
    pub async fn add_assessment(&self, access: &Access, new: &NewAssessment) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        let mut sql = Sql::new(
            "select o.id from organisation o where o.state not in ('pending', 'cancelled') and o.id = $1",
        )
        .with(new.organisation_id.0);
        sits_within(&mut sql, access, "o.region_id");
        tx.fetch_opt(sql).await?.ok_or(StoreError::NotFound)?;
        let sql = Sql::new("insert into assessment (id, organisation_id, at, by_id, passed, remark) values ($1, $2, $3, $4, $5, $6)")
            .with(new.id.0)
            .with(new.organisation_id.0)
            .with(new.at)
            .with(new.by.0)
            .with(new.passed)
            .with(new.remark.clone());
        tx.execute(sql).await?;
        for one in &new.criteria {
            let sql = Sql::new(
                "insert into assessment_criterion (assessment_id, criterion, passed, measured, needed, remark) values ($1, $2, $3, $4, $5, $6)",
            )
            .with(new.id.0)
            .with(one.criterion.as_str())
            .with(one.passed)
            .with(one.measured)
            .with(one.needed)
            .with(one.remark.clone());
            tx.execute(sql).await?;
        }
        tx.commit().await
    }

    /// Assessments of an organisation, the last first. Empty outside the asker's reach.
    pub async fn assessments(
        &self,
        access: &Access,
        organisation: OrganisationId,
    ) -> Result<Vec<AssessmentRow>> {
        let mut sql = Sql::new(
            "select a.*, p.display_name as by_name from assessment a join organisation o on o.id = a.organisation_id
             join account p on p.id = a.by_id where a.organisation_id = $1",
        )
        .with(organisation.0);
        within_reach(&mut sql, access);
        sql.push(" order by a.at desc, a.id desc limit ").bind(SHOWN_MAX);
        let rows = self.pools.fetch_all(sql).await?;
        let mut found = rows.iter().map(read_assessment).collect::<Result<Vec<_>>>()?;
        if found.is_empty() {
            return Ok(found);
        }
        let mut sql = Sql::new("select * from assessment_criterion where assessment_id in ");
        sql.list(found.iter().map(|row| row.assessment.id.0));
        for row in self.pools.fetch_all(sql).await? {
            let id: AssessmentId = row.id("assessment_id")?;
            if let Some(one) = found.iter_mut().find(|one| one.assessment.id == id) {
                one.assessment.criteria.push(read_criterion(&row)?);
            }
        }
        let place = |one: &AssessedCriterion| Criterion::ALL.iter().position(|known| *known == one.criterion);
        for row in &mut found {
            row.assessment.criteria.sort_by_key(place);
        }
        Ok(found)
    }
}

fn read_assessment(row: &Row) -> Result<AssessmentRow> {
    Ok(AssessmentRow {
        assessment: NewAssessment {
            id: row.id("id")?,
            organisation_id: row.id("organisation_id")?,
            at: row.time("at")?,
            by: row.id("by_id")?,
            passed: row.flag("passed")?,
            remark: row.text_opt("remark")?,
            criteria: Vec::new(),
        },
        by_name: row.text("by_name")?,
    })
}

fn read_criterion(row: &Row) -> Result<AssessedCriterion> {
    let measured = row.int_opt("measured")?.map(|_| row.count("measured")).transpose()?;
    Ok(AssessedCriterion {
        criterion: row.word("criterion", Criterion::parse)?,
        passed: row.flag("passed")?,
        measured,
        needed: row.count("needed")?,
        remark: row.text_opt("remark")?,
    })
}
