//! `/metrics` for a Prometheus server: off unless the configuration names a token, which the scraper sends as a bearer.
//!
//! Only numbers that something really counts. Nothing about persons or units.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use domain::camera::CameraState;
use platform::{Ask, PlatformError};

use crate::app::App;
use crate::problem::Problem;

/// Answers by route and status.
#[derive(Default)]
pub struct Counts {
    answers: Mutex<BTreeMap<(String, u16), u64>>,
}

impl Counts {
    /// Counts one answer. `route` is a route's pattern, never a path, so the number of keys is bounded by the API.
    pub fn answered(&self, route: &str, status: u16) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        *answers.entry((route.to_owned(), status)).or_default() += 1;
    }

    fn write(&self, text: &mut String) {
        text.push_str("# HELP watchfire_http_answers_total Answers by route and status.\n");
        text.push_str("# TYPE watchfire_http_answers_total counter\n");
        for ((route, status), count) in &*self.answers.lock().unwrap_or_else(PoisonError::into_inner) {
            let route = if route.is_empty() { "web client" } else { route };
            let _ = writeln!(
                text,
                "watchfire_http_answers_total{{route=\"{route}\",status=\"{status}\"}} {count}"
            );
        }
    }
}

/// The page. Without the right token it does not exist.
pub async fn show(State(app): State<App>, headers: HeaderMap) -> Result<Response, Problem> {
    let sent = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let sent = sent.and_then(|value| value.strip_prefix("Bearer "));
    let (Some(token), Some(sent)) = (&app.metrics_token, sent) else { return Err(Problem::not_found()) };
    if !is_equal(token.as_bytes(), sent.as_bytes()) {
        return Err(Problem::not_found());
    }
    let mut text = String::new();
    app.counts.write(&mut text);
    write_platform(&app, &mut text).await?;
    let kind = (header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    Ok((StatusCode::OK, [kind], text).into_response())
}

async fn write_platform(app: &App, text: &mut String) -> Result<(), PlatformError> {
    let overview = app.platform.overview(&Ask::platform(app.platform.surroundings().now())).await?;
    text.push_str("# HELP watchfire_cameras Cameras by state.\n# TYPE watchfire_cameras gauge\n");
    for state in CameraState::ALL {
        let count = overview.cameras.get(&state).copied().unwrap_or(0);
        let _ = writeln!(text, "watchfire_cameras{{state=\"{}\"}} {count}", state.as_str());
    }
    if let Some(alarms) = overview.alarms {
        text.push_str(
            "# HELP watchfire_alarms_open Open alarms by level.\n# TYPE watchfire_alarms_open gauge\n",
        );
        for (level, count) in (1..).zip(alarms.counts.open_by_level) {
            let _ = writeln!(text, "watchfire_alarms_open{{level=\"{level}\"}} {count}");
        }
    }
    let watchdog = app.platform.watchdog_state(&Ask::platform(app.platform.surroundings().now())).await?;
    if let Some(at) = watchdog.last_arrival {
        text.push_str(
            "# HELP watchfire_watchdog_last_arrival_seconds When the last test alarm that came through was raised, in Unix time.\n\
             # TYPE watchfire_watchdog_last_arrival_seconds gauge\n",
        );
        let _ = writeln!(text, "watchfire_watchdog_last_arrival_seconds {}", at.as_second());
    }
    let broken = watchdog.faults.iter().filter(|fault| fault.mended_at.is_none()).count();
    text.push_str(
        "# HELP watchfire_watchdog_faults Links of the way of alarms that are broken.\n# TYPE watchfire_watchdog_faults gauge\n",
    );
    let _ = writeln!(text, "watchfire_watchdog_faults {broken}");
    Ok(())
}

/// Takes the same time wherever two texts of one length differ.
fn is_equal(left: &[u8], right: &[u8]) -> bool {
    left.len() == right.len() && left.iter().zip(right).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_counted_by_route_and_status() {
        let counts = Counts::default();
        counts.answered("/api/units/{id}", 200);
        counts.answered("/api/units/{id}", 200);
        counts.answered("", 404);
        let mut text = String::new();
        counts.write(&mut text);
        assert!(text.contains("watchfire_http_answers_total{route=\"/api/units/{id}\",status=\"200\"} 2"));
        assert!(text.contains("{route=\"web client\",status=\"404\"} 1"));
        assert!(is_equal(b"abc", b"abc") && !is_equal(b"abc", b"abd") && !is_equal(b"abc", b"ab"));
    }
}
