//! People on an organisation's list and their certificates. Certificate numbers are personal: they are read by the offices in reach and
//! the organisation itself, and by nobody else.

use domain::access::Access;
use domain::ids::{OrganisationId, StaffId, UserId};
use domain::organisation::Post;
use domain::organisation::certificate::{
    Certificate, CertificateDirection, CertificateLevel, CertificateQuery,
};
use jiff::Timestamp;
use jiff::civil::Date;

use super::{kept_by, within_reach};
use crate::Store;
use crate::cameras::found;
use crate::error::{Result, StoreError};
use crate::row::{Row, corrupt};
use crate::sql::Sql;

/// Most people of one list: a province's whole trade is smaller.
const PEOPLE_MAX: i64 = 2000;

/// A person on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffRecord {
    /// Own id.
    pub id: StaffId,
    /// Whose list.
    pub organisation_id: OrganisationId,
    /// Name.
    pub name: String,
    /// What for.
    pub post: Post,
    /// The certificate, where there is one.
    pub certificate: Option<Certificate>,
}

/// A person with since when, until when and by which account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffRow {
    /// The person.
    pub record: StaffRecord,
    /// The account, where there is one.
    pub account: Option<(UserId, String)>,
    /// Since when.
    pub joined_at: Timestamp,
    /// Until when; none while there.
    pub left_at: Option<Timestamp>,
}

impl Store {
    /// Puts a person on the list, or writes one anew. NotFound for whoever does not keep the organisation; Conflict where the certificate
    /// stands on a list already, or the person has left.
    pub async fn put_staff(&self, access: &Access, record: &StaffRecord, at: Timestamp) -> Result<StaffRow> {
        let mut tx = self.pools.begin().await?;
        let mut keeps = Sql::new("select organisation.id from organisation where organisation.state <> 'cancelled' and organisation.id = $1")
            .with(record.organisation_id.0);
        kept_by(&mut keeps, access);
        tx.fetch_opt(keeps).await?.ok_or(StoreError::NotFound)?;
        let one = record.certificate.as_ref();
        let sql = Sql::new(
            "insert into staff (id, organisation_id, name, post, joined_at, certificate_number, certificate_level, certificate_direction,
                 certificate_until, certificate_query, certificate_queried_on, changed_at, changed_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
             on conflict (id) do update set name = excluded.name, post = excluded.post, certificate_number = excluded.certificate_number,
                 certificate_level = excluded.certificate_level, certificate_direction = excluded.certificate_direction,
                 certificate_until = excluded.certificate_until, certificate_query = excluded.certificate_query,
                 certificate_queried_on = excluded.certificate_queried_on, changed_at = excluded.changed_at, changed_by = excluded.changed_by
             where staff.organisation_id = excluded.organisation_id and staff.left_at is null",
        )
        .with(record.id.0)
        .with(record.organisation_id.0)
        .with(&record.name)
        .with(record.post.as_str())
        .with(at)
        .with(one.map(|one| one.number.clone()))
        .with(one.map(|one| one.level.as_str()))
        .with(one.map(|one| one.direction.as_str()))
        .with(one.and_then(|one| one.valid_until).map(|day| day.to_string()))
        .with(one.map(|one| one.query.as_str()))
        .with(one.and_then(|one| one.queried_on).map(|day| day.to_string()))
        .with(at)
        .with(access.user_id.map(|id| id.0));
        match tx.execute(sql).await {
            Ok(0) => return Err(StoreError::conflict("this person has left, or stands on another list")),
            Ok(_) => tx.commit().await?,
            Err(StoreError::Conflict(_)) => {
                return Err(StoreError::conflict(
                    "this certificate belongs to somebody who stands on a list already",
                ));
            }
            Err(error) => return Err(error),
        }
        self.staff_member(access, record.organisation_id, record.id).await
    }

    /// Takes a person off the list; the row stays, the account is shut out.
    pub async fn end_staff(
        &self,
        access: &Access,
        organisation: OrganisationId,
        id: StaffId,
        at: Timestamp,
    ) -> Result<StaffRow> {
        let mut tx = self.pools.begin().await?;
        let mut sql =
            Sql::new("update staff set left_at = $1, changed_at = $2, changed_by = $3 where left_at is null")
                .with(at)
                .with(at)
                .with(access.user_id.map(|id| id.0));
        on_kept_list(&mut sql, access, organisation, id);
        found(tx.execute(sql).await?)?;
        let shut = Sql::new(
            "update account set disabled = true where id = (select account_id from staff where id = $1)",
        );
        tx.execute(shut.with(id.0)).await?;
        tx.commit().await?;
        self.staff_member(access, organisation, id).await
    }

    /// Says which account a person signs in with.
    pub async fn give_staff_account(
        &self,
        access: &Access,
        organisation: OrganisationId,
        id: StaffId,
        account: UserId,
    ) -> Result<()> {
        let mut sql = Sql::new("update staff set account_id = ");
        sql.bind(account.0).push(" where left_at is null and account_id is null");
        on_kept_list(&mut sql, access, organisation, id);
        found(self.pools.execute(sql).await?)
    }

    /// One person of a list.
    pub async fn staff_member(
        &self,
        access: &Access,
        organisation: OrganisationId,
        id: StaffId,
    ) -> Result<StaffRow> {
        let mut sql = rows(access, organisation);
        sql.push(" and s.id = ").bind(id.0);
        read_staff(&self.pools.fetch_one(sql).await?)
    }

    /// The list of an organisation by name; those who left with it where asked for. Empty outside the asker's reach.
    pub async fn staff(
        &self,
        access: &Access,
        organisation: OrganisationId,
        with_left: bool,
    ) -> Result<Vec<StaffRow>> {
        let mut sql = rows(access, organisation);
        if !with_left {
            sql.push(" and s.left_at is null");
        }
        sql.push(" order by s.name, s.id limit ").bind(PEOPLE_MAX);
        self.pools.fetch_all(sql).await?.iter().map(read_staff).collect()
    }
}

/// Narrows an update of `staff` to a person on a list that the asker keeps.
fn on_kept_list(sql: &mut Sql, access: &Access, organisation: OrganisationId, id: StaffId) {
    sql.push(" and id = ").bind(id.0);
    sql.push(" and organisation_id in (select organisation.id from organisation where organisation.id = ");
    sql.bind(organisation.0);
    kept_by(sql, access);
    sql.push(")");
}

fn rows(access: &Access, organisation: OrganisationId) -> Sql {
    let mut sql = Sql::new(
        "select s.*, p.display_name as account_name from staff s join organisation o on o.id = s.organisation_id
         left join account p on p.id = s.account_id where s.organisation_id = $1",
    )
    .with(organisation.0);
    within_reach(&mut sql, access);
    sql
}

fn read_staff(row: &Row) -> Result<StaffRow> {
    Ok(StaffRow {
        record: StaffRecord {
            id: row.id("id")?,
            organisation_id: row.id("organisation_id")?,
            name: row.text("name")?,
            post: row.word("post", Post::parse)?,
            certificate: read_certificate(row)?,
        },
        account: row.id_opt("account_id")?.zip(row.text_opt("account_name")?),
        joined_at: row.time("joined_at")?,
        left_at: row.time_opt("left_at")?,
    })
}

/// Reads the certificate from `staff.*`.
pub(crate) fn read_certificate(row: &Row) -> Result<Option<Certificate>> {
    let Some(number) = row.text_opt("certificate_number")? else { return Ok(None) };
    Ok(Some(Certificate {
        number,
        level: row.word("certificate_level", CertificateLevel::parse)?,
        direction: row.word("certificate_direction", CertificateDirection::parse)?,
        valid_until: read_day(row, "certificate_until")?,
        query: row.word("certificate_query", CertificateQuery::parse)?,
        queried_on: read_day(row, "certificate_queried_on")?,
    }))
}

fn read_day(row: &Row, column: &str) -> Result<Option<Date>> {
    let Some(text) = row.str_opt(column)? else { return Ok(None) };
    text.parse().map(Some).map_err(|_| corrupt(column, text))
}
