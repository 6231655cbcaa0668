//! `report`: reports of duty from the command line, for whoever runs the machine: made, listed, and printed from their seals.

use anyhow::Context as _;
use domain::access::{Access, Scope};
use domain::ids::{OrganisationId, RegionId};
use platform::reports::{ReportKind, ReportWish};
use platform::rows::{DutyReportFilter, MAX_PAGE, OrganisationFilter, PageAsk};
use platform::{Ask, Platform, PlatformError};

use crate::bulletins::{need_file, put};
use crate::cli::{ReportCommand, ReportOutput};
use crate::figures::say;
use crate::wire;

pub async fn report(command: ReportCommand) -> anyhow::Result<()> {
    match command {
        ReportCommand::Daily { organisation, day, output } => {
            need_file(output.format, output.output.as_deref())?;
            let platform = wire::open(&wire::configuration(&output.data)?, false).await?;
            let ask = wire::operator(&platform);
            let id = organisation_called(&platform, &ask, &organisation).await?;
            let wish = ReportWish { kind: ReportKind::Daily, organisation_id: Some(id), day };
            make(&platform, &ask, wish, &output).await
        }
        ReportCommand::Weekly { region, day, output } => {
            need_file(output.format, output.output.as_deref())?;
            let platform = wire::open(&wire::configuration(&output.data)?, false).await?;
            let ask = wire::operator(&platform);
            let id = region_called(&platform, &ask, &region).await?;
            // An office reports about its own region and no other; so does whoever runs the machine for one.
            let office = Access { scope: Some(Scope::Region(id)), ..ask.access };
            let wish = ReportWish { kind: ReportKind::Weekly, organisation_id: None, day };
            make(&platform, &Ask { access: office, ..ask }, wish, &output).await
        }
        ReportCommand::Print { id, output } => {
            need_file(output.format, output.output.as_deref())?;
            let id =
                id.parse().with_context(|| format!("{id} is no id; `watchfire report list` names them"))?;
            let platform = wire::open(&wire::configuration(&output.data)?, false).await?;
            let ask = wire::operator(&platform);
            let printed = platform.duty_report_document(&ask, id, output.format.into()).await;
            let document = printed.context("no such report; `watchfire report list` names them")?;
            put(&document, output.output.as_deref())
        }
        ReportCommand::List { json, data } => {
            let platform = wire::open(&wire::configuration(&data)?, false).await?;
            list(&platform, json).await
        }
    }
}

async fn make(platform: &Platform, ask: &Ask, wish: ReportWish, output: &ReportOutput) -> anyhow::Result<()> {
    let made = platform.make_duty_report(ask, wish).await.map_err(not_made)?.made;
    let document = platform.duty_report_document(ask, made.id, output.format.into()).await?;
    put(&document, output.output.as_deref())?;
    eprintln!("watchfire: report {} sealed, SHA-256 {}", made.id, made.digest);
    Ok(())
}

/// What kept a report from being made, field by field.
fn not_made(error: PlatformError) -> anyhow::Error {
    match error {
        PlatformError::Invalid(fields) => {
            let lines = fields.iter().map(|one| format!("{}: {} ({})", one.field, one.message, one.code));
            anyhow::anyhow!("the report is not made: {}", lines.collect::<Vec<_>>().join("; "))
        }
        other => other.into(),
    }
}

async fn organisation_called(platform: &Platform, ask: &Ask, words: &str) -> anyhow::Result<OrganisationId> {
    let filter = OrganisationFilter { name: Some(words.to_owned()), ..OrganisationFilter::default() };
    let found = platform.organisations(ask, &filter, &PageAsk::first(MAX_PAGE)).await?.items;
    let exact = found.iter().find(|one| one.record.name == words || one.record.credit_code == words);
    if let Some(one) = exact {
        return Ok(one.record.id);
    }
    let names = found.iter().map(|one| format!("{} ({})", one.record.name, one.record.credit_code));
    let names = names.collect::<Vec<_>>().join(", ");
    anyhow::bail!(
        "no organisation is called {words}{}",
        if names.is_empty() { String::new() } else { format!("; there are {names}") }
    )
}

async fn region_called(platform: &Platform, ask: &Ask, words: &str) -> anyhow::Result<RegionId> {
    let regions = platform.regions(ask).await?;
    let mut found =
        regions.iter().filter(|one| one.name == words || one.gb2260_code.as_deref() == Some(words));
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one.id),
        (Some(_), Some(_)) => anyhow::bail!("several regions are called {words}; give the code (GB/T 2260)"),
        (None, _) => {
            anyhow::bail!("no region is called {words}; give its whole name or its code (GB/T 2260)")
        }
    }
}

async fn list(platform: &Platform, json: bool) -> anyhow::Result<()> {
    let ask = wire::operator(platform);
    let (mut page, mut all) = (PageAsk::first(MAX_PAGE), Vec::new());
    loop {
        let found = platform.duty_reports(&ask, &DutyReportFilter::default(), &page).await?;
        all.extend(found.items.into_iter().map(|one| one.made));
        let Some(next) = found.next else { break };
        page = PageAsk::after(MAX_PAGE, next);
    }
    if json {
        let row = |one: &platform::rows::NewDutyReport| {
            serde_json::json!({
                "id": one.id,
                "kind": one.kind,
                "title": one.title,
                "starts_at": one.span.start,
                "ends_at": one.span.end,
                "made_at": one.made_at,
                "sha256": one.digest,
                "key_id": one.key_id,
            })
        };
        return say(&serde_json::to_string_pretty(&all.iter().map(row).collect::<Vec<_>>())?);
    }
    let line = |one: &platform::rows::NewDutyReport| {
        format!("{} {} {}, {}", one.id, one.kind, one.title, one.digest)
    };
    say(&all.iter().map(line).collect::<Vec<_>>().join("\n"))
}
