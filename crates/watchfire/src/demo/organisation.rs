//! The organisation that does the duty for the simulated schools: registered, approved, with people, and contracts that both sides accepted.

use anyhow::Context as _;
use domain::access::{Access, Scope};
use domain::contract::ContractEvent;
use domain::ids::OrganisationId;
use domain::organisation::certificate::{
    Certificate, CertificateDirection, CertificateLevel, CertificateQuery,
};
use domain::organisation::{OrganisationEvent, OrganisationState, Post, credit_code};
use domain::role::Role;
use jiff::SignedDuration;
use jiff::civil::date;
use platform::organisations::{
    ContractStepWish, ContractWish, OrganisationDecision, OrganisationFacts, OrganisationWish, StaffWish,
};
use platform::rows::{ContractFilter, OrganisationFilter, PageAsk};
use platform::{Ask, Platform};

use super::Schools;
use crate::wire;

const NAME: &str = "赣北智慧消防值守服务有限公司（演示）";
/// Invented: digits of a body that nobody has, with the check character that belongs to them.
const CREDIT_CODE_BODY: &str = "91360100MA0DEM000";
/// Name, post, number of the certificate and the year in which it ends.
type Person = (&'static str, Post, Option<(&'static str, i16)>);

/// Names that nobody bears; who has no certificate, and whose ends soon, is there to be seen.
const PEOPLE: [Person; 10] = [
    ("演示负责人", Post::Leader, None),
    ("演示班长甲", Post::ShiftLeader, Some(("2136000000000001", 2029))),
    ("演示班长乙", Post::ShiftLeader, Some(("2136000000000002", 2028))),
    ("演示值班员一", Post::Guard, Some(("2136000000000003", 2029))),
    ("演示值班员二", Post::Guard, Some(("2136000000000004", 2029))),
    ("演示值班员三", Post::Guard, Some(("2136000000000005", 2028))),
    ("演示值班员四", Post::Guard, Some(("2136000000000006", 2028))),
    ("演示值班员五", Post::Guard, Some(("2136000000000007", 2027))),
    ("演示值班员六", Post::Guard, Some(("2136000000000008", 2025))),
    ("演示值班员七", Post::Guard, None),
];

/// The organisation of the demonstration; it is made where it is not there.
pub async fn fill(platform: &Platform, schools: &Schools) -> anyhow::Result<OrganisationId> {
    let ask = wire::operator(platform);
    let filter = OrganisationFilter { name: Some(NAME.to_owned()), ..OrganisationFilter::default() };
    let known = platform.organisations(&ask, &filter, &PageAsk::first(1)).await?;
    if let Some(row) = known.items.first() {
        return Ok(row.record.id);
    }
    let wish = OrganisationWish {
        name: NAME.to_owned(),
        credit_code: credit_code::complete(CREDIT_CODE_BODY).context("the invented credit code")?,
        region_id: schools.boarding.region_id,
        facts: OrganisationFacts {
            address: "演示路1号2层".to_owned(),
            premises_m2: 260,
            phone: "0791-00000000".to_owned(),
            units_max: 40,
        },
    };
    let row = platform.register_organisation(&ask, wish).await?;
    let id = row.record.id;
    for (name, post, certificate) in PEOPLE {
        let certificate = certificate.map(|(number, until_year)| Certificate {
            number: number.to_owned(),
            level: CertificateLevel::Four,
            direction: CertificateDirection::Monitoring,
            valid_until: Some(date(until_year, 6, 30)),
            query: CertificateQuery::NotAsked,
            queried_on: None,
        });
        platform.put_staff(&ask, id, None, StaffWish { name: name.to_owned(), post, certificate }).await?;
    }
    if row.state == OrganisationState::Pending {
        let decision = OrganisationDecision {
            event: OrganisationEvent::Approve,
            version: row.version,
            reason: String::new(),
            rectify_by: None,
        };
        platform.decide_organisation(&ask, id, decision).await?;
    }
    Ok(id)
}

/// The contract with the boarding school: proposed by the school's own person, accepted by the organisation's.
pub async fn contract(platform: &Platform, schools: &Schools, id: OrganisationId) -> anyhow::Result<()> {
    let operator = wire::operator(platform);
    let unit_id = schools.boarding.id;
    let filter = ContractFilter { unit_id: Some(unit_id), alive: true, ..ContractFilter::default() };
    if !platform.contracts(&operator, &filter, &PageAsk::first(1)).await?.items.is_empty() {
        return Ok(());
    }
    let unit = person(platform, "demo-unit", Role::Unit, Scope::Unit(unit_id)).await?;
    let organisation =
        person(platform, "demo-organisation", Role::Organisation, Scope::Organisation(id)).await?;
    let now = operator.now;
    let later = |days: i64| now.saturating_add(SignedDuration::from_hours(24 * days)).unwrap_or(now);
    let wish = ContractWish {
        unit_id,
        organisation_id: id,
        number: "演示合同1号".to_owned(),
        starts_at: now,
        ends_at: later(365),
        replaces: None,
    };
    let proposed = platform.propose_contract(&unit, wish).await?;
    let accept = ContractStepWish {
        event: ContractEvent::Accept,
        version: proposed.contract.version,
        reason: String::new(),
    };
    platform.step_contract(&organisation, proposed.contract.id, accept).await?;
    platform.keep_contracts(now).await?;
    Ok(())
}

async fn person(platform: &Platform, login_name: &str, role: Role, scope: Scope) -> anyhow::Result<Ask> {
    let operator = wire::operator(platform);
    let account = platform.account_named(&operator, login_name).await?;
    Ok(Ask { access: Access::person(account.id, role, scope), ..operator })
}
