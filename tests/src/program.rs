//! The built binary as a child process: run to its end, or kept running and watched line by line.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// A start fills a register and encodes pictures; a busy machine with a debug build takes its time.
const START_MAX: Duration = Duration::from_secs(150);

/// Where the built program is: `WATCHFIRE_BINARY`, or beside the test programs in the target folder.
pub fn binary() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("WATCHFIRE_BINARY") {
        return Ok(path.into());
    }
    let own = std::env::current_exe()?;
    let folder = own.ancestors().nth(2).context("a test program lies in target/debug/deps")?;
    let path = folder.join(format!("watchfire{}", std::env::consts::EXE_SUFFIX));
    if !path.is_file() {
        bail!("{} does not exist: build the workspace first (cargo build --workspace)", path.display());
    }
    Ok(path)
}

/// What a command left behind.
#[derive(Debug)]
pub struct Ended {
    /// Exit code; None when killed by a signal.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// Runs the program to its end.
pub fn run(arguments: &[&str]) -> Result<Ended> {
    run_with(arguments, &[])
}

/// Runs the program to its end with this environment.
pub fn run_with(arguments: &[&str], environment: &[(String, String)]) -> Result<Ended> {
    let environment = environment.iter().map(|(name, value)| (name, value));
    let output = Command::new(binary()?).args(arguments).envs(environment).stdin(Stdio::null()).output()?;
    Ok(Ended {
        code: output.status.code(),
        out: String::from_utf8(output.stdout)?,
        err: String::from_utf8(output.stderr)?,
    })
}

/// A `watchfire demo` or `serve` that is running. Dropping it kills it.
pub struct Running {
    child: Child,
    log: Receiver<String>,
    /// Lines that came while a demonstration got ready: on a busy machine its corridor burns before its links are printed.
    early: Vec<String>,
    /// `http://127.0.0.1:port`
    pub url: String,
    /// Role → one-time link, as printed by a demonstration; null otherwise.
    pub links: Value,
}

impl Running {
    /// Starts a demonstration in the folder and waits until it listens.
    pub fn start(data: &Path) -> Result<Self> {
        let mut running = Self::spawn("demo", data, &[])?;
        (_, running.early) = running.read_until("duty_guard: http", START_MAX)?;
        let links = std::fs::read_to_string(data.join("links.json")).context("links.json")?;
        running.links = serde_json::from_str(&links)?;
        Ok(running)
    }

    /// Starts the platform for real use on the folder; answers with the one-time code of an empty one.
    pub fn serve(data: &Path) -> Result<(Self, Option<String>)> {
        let mut running = Self::spawn("serve", data, &[])?;
        let line = running.wait_for("http://", START_MAX)?;
        let code = line.rsplit_once("one-time code: ").map(|(_, code)| code.to_owned());
        if code.is_some() {
            running.wait_for("listens on", START_MAX)?;
        }
        Ok((running, code))
    }

    /// Starts the platform on a folder that is set up, with this environment, and waits until it listens.
    pub fn serve_with(data: &Path, environment: &[(String, String)]) -> Result<Self> {
        let mut running = Self::spawn("serve", data, environment)?;
        running.wait_for("http://", START_MAX)?;
        Ok(running)
    }

    fn spawn(command: &str, data: &Path, environment: &[(String, String)]) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut child = Command::new(binary()?)
            .arg(command)
            .args(["--listen", &format!("127.0.0.1:{port}")])
            .arg("--data")
            .arg(data)
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (sender, log) = mpsc::channel();
        read_lines(child.stdout.take().context("output is piped")?, sender.clone());
        read_lines(child.stderr.take().context("errors are piped")?, sender);
        Ok(Self {
            child,
            log,
            early: Vec::new(),
            url: format!("http://127.0.0.1:{port}"),
            links: Value::Null,
        })
    }

    /// Waits for a line that contains the words, and returns it.
    pub fn wait_for(&mut self, words: &str, at_most: Duration) -> Result<String> {
        if let Some(index) = self.early.iter().position(|line| line.contains(words)) {
            return Ok(self.early.swap_remove(index));
        }
        self.read_until(words, at_most).map(|(line, _)| line)
    }

    /// The next line that contains the words, and those before it.
    fn read_until(&mut self, words: &str, at_most: Duration) -> Result<(String, Vec<String>)> {
        let until = Instant::now() + at_most;
        let mut seen = Vec::new();
        loop {
            match self.log.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(line) if line.contains(words) => return Ok((line, seen)),
                Ok(line) => seen.push(line),
                Err(_) => bail!("no line with `{words}` within {at_most:?}; last lines:\n{}", tail(&seen)),
            }
        }
    }

    /// `kill -9`: no goodbye, no flush.
    pub fn kill_9(mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// The token at the end of a role's one-time link.
    pub fn token(&self, role: &str) -> Result<String> {
        let link = self.links[role].as_str().with_context(|| format!("no link for {role}"))?;
        Ok(link.rsplit('/').next().unwrap_or_default().to_owned())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Already gone is as good as killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read_lines(pipe: impl std::io::Read + Send + 'static, sender: mpsc::Sender<String>) {
    use std::io::BufRead as _;
    std::thread::spawn(move || {
        for line in std::io::BufReader::new(pipe).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
}

fn tail(lines: &[String]) -> String {
    lines[lines.len().saturating_sub(20)..].join("\n")
}
