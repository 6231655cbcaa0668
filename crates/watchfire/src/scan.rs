//! `scan`: what hangs in a school's network and can be used again. Needs no data folder.

use std::fmt::Write as _;
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use jiff::Timestamp;
use media::onvif::{OnvifClient, OnvifSettings, ReplyLimits, SKEW_TOLERATED_MS};
use media::scan::{Ranges, Verdict};
use media::{Credentials, Reach, ScanEvent, ScanPlan, ScanRow, spawn_scan};
use ring::rand::{SecureRandom as _, SystemRandom};

use crate::cli::ScanArgs;
use crate::wire;

/// Longest password file, in bytes: it holds one line.
const PASSWORD_FILE_BYTES_MAX: u64 = 1_024;

/// Scans until done or interrupted; exit 1 when interrupted, because the list is then not whole.
pub async fn scan(args: ScanArgs) -> anyhow::Result<ExitCode> {
    let ranges = Ranges::parse(args.ranges.iter().map(String::as_str), Reach::Private)?;
    let mut plan = ScanPlan::new(ranges, random()?);
    plan.knocks_per_s = args.per_second;
    plan.credentials = credentials(args.user.as_deref(), args.password_file.as_deref())?;
    let client = OnvifClient::new(OnvifSettings {
        reach: Reach::Private,
        limits: ReplyLimits::default(),
        clock: Arc::new(|| Timestamp::now().as_microsecond()),
        nonce_key: random()?,
    });
    let mut scan = spawn_scan(plan, client);
    let mut found = 0;
    loop {
        let event = tokio::select! {
            event = scan.next() => event,
            () = wire::interrupted() => {
                eprintln!("stopped before the end");
                return Ok(ExitCode::FAILURE);
            }
        };
        match event {
            None => break,
            Some(ScanEvent::Progress { done, total }) => progress(done, total),
            Some(ScanEvent::Found(row)) => {
                found += 1;
                println!("{}", if args.json { serde_json::to_string(&row)? } else { line(&row) });
            }
        }
    }
    eprintln!("{found} addresses answer");
    Ok(ExitCode::SUCCESS)
}

fn credentials(user: Option<&str>, file: Option<&Path>) -> anyhow::Result<Option<Credentials>> {
    let (Some(user), Some(file)) = (user, file) else { return Ok(None) };
    let context = || format!("password file {}", file.display());
    let length = std::fs::metadata(file).with_context(context)?.len();
    anyhow::ensure!(length <= PASSWORD_FILE_BYTES_MAX, "{}: more than one line", context());
    let text = std::fs::read_to_string(file).with_context(context)?;
    let password = text.lines().next().unwrap_or_default();
    anyhow::ensure!(!password.is_empty(), "{}: the first line, the password, is empty", context());
    Ok(Some(Credentials::new(user, password)))
}

fn random<const N: usize>() -> anyhow::Result<[u8; N]> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).ok().context("the operating system gives no random bytes")?;
    Ok(bytes)
}

/// On a terminal only: lines of progress between lines of results would be in the way.
fn progress(done: usize, total: usize) {
    let mut terminal = std::io::stderr();
    if terminal.is_terminal() {
        let end = if done == total { "\n" } else { "\r" };
        // A terminal that is gone loses only this.
        let _ = write!(terminal, "{done} of {total} addresses{end}");
    }
}

fn line(row: &ScanRow) -> String {
    let ports: Vec<String> = row.ports.iter().map(ToString::to_string).collect();
    let verdict = match row.can_be_reused.verdict {
        Verdict::Yes => "yes",
        Verdict::Perhaps => "perhaps",
        Verdict::No => "no",
    };
    let guess = if row.maker_is_guessed && row.maker.is_some() { "?" } else { "" };
    let mut text = format!(
        "{}  ports {}  {}{guess} {}  reuse: {verdict}, {}",
        row.address,
        ports.join(","),
        row.maker.as_deref().unwrap_or("unknown maker"),
        row.model.as_deref().unwrap_or("-"),
        row.can_be_reused.reason_en,
    );
    if let Some(skew_ms) = row.clock_skew_ms.filter(|skew_ms| skew_ms.abs() > SKEW_TOLERATED_MS) {
        let _ = write!(text, "\n    its clock is off by {} s: set it (NTP)", skew_ms / 1_000);
    }
    for stream in &row.streams {
        let said = stream.rtsp_url.as_deref().or(stream.refusal.as_deref()).unwrap_or("no address");
        let _ = write!(
            text,
            "\n    {} {} {}x{}  {said}",
            stream.name, stream.encoding, stream.width, stream.height
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_the_first_line_of_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("password");
        std::fs::write(&file, "s3cret\n").unwrap();
        let read = credentials(Some("admin"), Some(&file)).unwrap().unwrap();
        assert_eq!((read.username(), read.expose_password()), ("admin", "s3cret"));
        std::fs::write(&file, "\n").unwrap();
        let error = credentials(Some("admin"), Some(&file)).unwrap_err().to_string();
        assert!(error.contains("is empty") && error.contains("password"), "{error}");
    }
}
