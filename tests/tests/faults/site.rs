//! One school, a guard who reports, somebody who runs the system, and the receiver of their messages.

use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use stories::{Browser, Receiver, Running, run_with};

/// A level that tells the guards once and nobody else for hours.
const CODE: &str = "E03";

/// The platform at work; it is killed and started anew as a story goes.
pub struct Site {
    data: PathBuf,
    environment: Vec<(String, String)>,
    running: Option<Running>,
    guard: Browser,
    chief: Browser,
    unit_id: String,
    pub receiver: Receiver,
}

impl Site {
    /// Sets up a folder with a register of one school and two people, and starts on it.
    pub fn open(data: &Path, environment: &[(String, String)]) -> Self {
        let receiver = Receiver::start().unwrap();
        let mut all = environment.to_vec();
        for (name, value) in [
            ("NOTIFY__ALLOWED_NETWORKS", "[\"127.0.0.1/32\"]"),
            ("WEBHOOK__URL", receiver.url.as_str()),
            ("WEBHOOK__RUNGS", "[\"duty_guard\"]"),
            ("WATCHDOG__EVERY_S", "2"),
            ("WATCHDOG__WITHIN_S", "2"),
            ("WATCHDOG__CHANNELS", "[\"webhook 1s\"]"),
            ("WATCH__ENABLED", "false"),
        ] {
            all.push((format!("WATCHFIRE_{name}"), value.to_owned()));
        }
        let sheet = tempfile::NamedTempFile::with_suffix(".csv").unwrap();
        std::fs::write(sheet.path(), "单位名称,类别,设区市,县（市、区）\n好幼儿园,幼儿园,南昌市,南昌县\n")
            .unwrap();
        let folder = data.to_str().unwrap();
        ended(&["import", "units", sheet.path().to_str().unwrap(), "--data", folder], &all);
        let link = |name: &str, role: &str| {
            let out = ended(&["user", "add", name, "--role", role, "--data", folder], &all);
            let token = out.split("/enter/").nth(1).and_then(|rest| rest.split_whitespace().next());
            token.unwrap_or_else(|| panic!("no link in {out}")).to_owned()
        };
        let (guard, chief) = (link("guard", "duty_guard"), link("chief", "system_admin"));
        let running = Running::serve_with(data, &all).unwrap();
        let guard = Browser::enter(&running.url, &guard).unwrap();
        let chief = Browser::enter(&running.url, &chief).unwrap();
        let units = guard.at(&running.url).get("/api/units").unwrap();
        let unit_id = units.body["items"][0]["id"].as_str().unwrap_or_else(|| panic!("{units:?}")).to_owned();
        let data = data.to_owned();
        Self { data, environment: all, running: Some(running), guard, chief, unit_id, receiver }
    }

    pub fn running(&mut self) -> &mut Running {
        self.running.as_mut().expect("it runs")
    }

    fn url(&self) -> &str {
        &self.running.as_ref().expect("it runs").url
    }

    pub fn kill(&mut self) {
        if let Some(running) = self.running.take() {
            running.kill_9().unwrap();
        }
    }

    pub fn start(&mut self) {
        self.running = Some(Running::serve_with(&self.data, &self.environment).unwrap());
    }

    pub fn kill_and_start(&mut self) {
        self.kill();
        self.start();
    }

    /// Reports an alarm; its id, or the status of the refusal.
    pub fn try_report(&self) -> Result<String, u16> {
        report(&mut self.guard.at(self.url()), &self.unit_id)
    }

    pub fn report(&self) -> String {
        self.try_report().unwrap()
    }

    /// Reports from a thread of its own; the id where it was acknowledged.
    pub fn report_beside(&self) -> JoinHandle<Option<String>> {
        let (mut guard, unit_id) = (self.guard.at(self.url()), self.unit_id.clone());
        std::thread::spawn(move || {
            // Killed in the middle, the connection breaks.
            let body = json!({"unit_id": unit_id, "code": CODE, "note": "堵塞"});
            let answer = guard.post("/api/alarms", &body).ok()?;
            (answer.status == 201).then(|| answer.body["id"].as_str().map(str::to_owned))?
        })
    }

    /// Ids of all alarms.
    pub fn alarms(&self) -> Vec<String> {
        let mut ids = Vec::new();
        let mut after = String::new();
        loop {
            let page =
                self.guard.at(self.url()).get(&format!("/api/alarms?state=all&limit=200{after}")).unwrap();
            assert_eq!(page.status, 200, "{page:?}");
            let items = page.body["items"].as_array().cloned().unwrap_or_default();
            ids.extend(items.iter().filter_map(|one| one["id"].as_str().map(str::to_owned)));
            match page.body["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => return ids,
            }
        }
    }

    /// Waits until the page of the watchdog says so, and answers it.
    pub fn wait_for_verdict(&self, wanted: &str, at_most: Duration) -> Value {
        let until = Instant::now() + at_most;
        loop {
            let page = self.chief.at(self.url()).get("/api/system/watchdog").unwrap();
            if page.body["verdict"] == wanted {
                return page.body;
            }
            assert!(Instant::now() < until, "not {wanted} within {at_most:?}: {page:?}");
            std::thread::sleep(Duration::from_millis(200));
        }
    }
}

fn report(guard: &mut Browser, unit_id: &str) -> Result<String, u16> {
    let answer =
        guard.post("/api/alarms", &json!({"unit_id": unit_id, "code": CODE, "note": "堵塞"})).unwrap();
    match answer.status {
        201 => Ok(answer.body["id"].as_str().unwrap().to_owned()),
        status => Err(status),
    }
}

fn ended(arguments: &[&str], environment: &[(String, String)]) -> String {
    let ended = run_with(arguments, environment).unwrap();
    assert_eq!(ended.code, Some(0), "{arguments:?}: {ended:?}");
    ended.out
}
