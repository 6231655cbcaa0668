//! `user`: accounts, for whoever runs the machine and has lost the way in.

use anyhow::Context as _;
use domain::access::Scope;
use domain::region::RegionLevel;
use domain::role::Role;
use platform::Platform;
use platform::people::{NewAccount, OneTimeLink};
use platform::rows::PageAsk;

use crate::cli::UserCommand;
use crate::wire;

pub async fn user(command: UserCommand) -> anyhow::Result<()> {
    match command {
        UserCommand::Add { login_name, display_name, role, region, unit, organisation, data } => {
            let config = wire::configuration(&data)?;
            let platform = wire::open(&config, false).await?;
            let role = Role::parse(&role).with_context(|| format!("there is no role {role}"))?;
            let scope = scope(&platform, region.as_deref(), unit.as_deref(), organisation.as_deref()).await?;
            let display_name = display_name.unwrap_or_else(|| login_name.clone());
            let new = NewAccount { login_name, display_name, role, scope };
            let (_, link) = platform.create_account(&wire::operator(&platform), &new).await?;
            print_link(&config.server.listen.to_string(), &link);
        }
        UserCommand::Reset { login_name, data } => {
            let config = wire::configuration(&data)?;
            let platform = wire::open(&config, false).await?;
            let ask = wire::operator(&platform);
            let account = platform.account_named(&ask, &login_name).await?;
            let link = platform.reset_account(&ask, account.id).await?;
            print_link(&config.server.listen.to_string(), &link);
        }
        UserCommand::List { data } => {
            let platform = wire::open(&wire::configuration(&data)?, false).await?;
            let ask = wire::operator(&platform);
            let mut page = PageAsk { limit: platform::rows::MAX_PAGE, after: None };
            loop {
                let accounts = platform.accounts(&ask, &page).await?;
                for account in accounts.items {
                    let state = if account.disabled { "disabled" } else { "active" };
                    println!(
                        "{}\t{}\t{}\t{state}",
                        account.login_name,
                        account.role.as_str(),
                        account.display_name
                    );
                }
                page.after = accounts.next;
                if page.after.is_none() {
                    break;
                }
            }
        }
    }
    Ok(())
}

async fn scope(
    platform: &Platform,
    region: Option<&str>,
    unit: Option<&str>,
    organisation: Option<&str>,
) -> anyhow::Result<Scope> {
    if let Some(id) = organisation {
        let id = id.parse().with_context(|| format!("--organisation {id} is no id"))?;
        return Ok(Scope::Organisation(id));
    }
    if let Some(unit) = unit {
        return Ok(Scope::Unit(unit.parse().with_context(|| format!("--unit {unit} is no id"))?));
    }
    let regions = platform.regions(&wire::operator(platform)).await?;
    let found = match region {
        None => regions.iter().find(|known| known.level == RegionLevel::Province),
        Some(wanted) => {
            regions.iter().find(|known| known.name == wanted || known.gb2260_code.as_deref() == Some(wanted))
        }
    };
    let found = found.with_context(|| format!("there is no region {}", region.unwrap_or_default()))?;
    Ok(Scope::Region(found.id))
}

fn print_link(address: &str, link: &OneTimeLink) {
    println!("http://{address}/#/enter/{} (works once, until {})", link.token, link.expires_at);
}
