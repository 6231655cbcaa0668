//! One account of every kind, and a fresh one-time link for each.

use std::net::SocketAddr;

use anyhow::Context as _;
use domain::access::Scope;
use domain::ids::OrganisationId;
use domain::region::{Region, RegionLevel};
use domain::role::Role;
use platform::people::NewAccount;
use platform::{Platform, PlatformError};

use super::Schools;
use crate::wire;

/// `role`, link.
pub async fn links(
    platform: &Platform,
    schools: &Schools,
    organisation: OrganisationId,
    address: SocketAddr,
) -> anyhow::Result<Vec<(String, String)>> {
    let ask = wire::operator(platform);
    let regions = platform.regions(&ask).await?;
    let mut links = Vec::new();
    for role in Role::ALL {
        let new = NewAccount {
            login_name: format!("demo-{}", role.as_str().replace('_', "-")),
            display_name: display_name(role).to_owned(),
            role,
            scope: scope(role, schools, organisation, &regions)?,
        };
        let link = match platform.create_account(&ask, &new).await {
            Ok((_, link)) => link,
            Err(PlatformError::Conflict(_)) => {
                let account = platform.account_named(&ask, &new.login_name).await?;
                platform.reset_account(&ask, account.id).await?
            }
            Err(error) => return Err(error.into()),
        };
        links.push((role.as_str().to_owned(), format!("http://{address}/#/enter/{}", link.token)));
    }
    Ok(links)
}

fn scope(
    role: Role,
    schools: &Schools,
    organisation: OrganisationId,
    regions: &[Region],
) -> anyhow::Result<Scope> {
    let county = regions
        .iter()
        .find(|region| region.id == schools.boarding.region_id)
        .context("the school's county is not in the tree")?;
    let region = match role {
        Role::Unit | Role::Installer => return Ok(Scope::Unit(schools.boarding.id)),
        Role::Organisation | Role::ShiftLeader => return Ok(Scope::Organisation(organisation)),
        Role::County | Role::DutyGuard => county.id,
        Role::City => county.parent_id.context("the county has no city")?,
        _ => regions.iter().find(|region| region.level == RegionLevel::Province).context("no province")?.id,
    };
    Ok(Scope::Region(region))
}

fn display_name(role: Role) -> &'static str {
    match role {
        Role::Province => "省级演示员",
        Role::City => "市级演示员",
        Role::County => "县级演示员",
        Role::Unit => "校安主任（演示）",
        Role::DutyGuard => "值班员（演示）",
        Role::ShiftLeader => "值班班长（演示）",
        Role::Organisation => "值守机构负责人（演示）",
        Role::Installer => "安装员（演示）",
        Role::Auditor => "审计员（演示）",
        Role::SystemAdmin => "系统管理员（演示）",
        Role::SecurityAdmin => "安全管理员（演示）",
        Role::AuditAdmin => "审计管理员（演示）",
    }
}
