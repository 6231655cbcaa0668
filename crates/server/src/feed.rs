//! The event stream of one browser.
//!
//! The bus says only that something happened. What the subscriber gets is read from the rows through the subscriber's own access, so
//! an event about somebody else's unit is simply not found. The session is looked at again every few seconds: when it is revoked the
//! stream ends, and while it is open it counts as activity, so that a duty seat is not signed out at night.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::http::HeaderMap;
use axum::response::sse;
use domain::camera::CameraState;
use domain::ids::{AlarmId, CameraId};
use domain::role::Capability;
use futures::Stream;
use platform::PlatformError;
use platform::events::Event;
use serde::Serialize;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Interval, MissedTickBehavior, interval};
use tracing::warn;

use crate::app::App;
use crate::door::Asker;
use crate::limits::Seat;
use crate::problem::Problem;
use crate::views::Moment;
use crate::views::alarms::Alarm;

/// A ping this often tells both ends that the line is alive.
const PING_PERIOD: Duration = Duration::from_secs(15);
/// The session is looked at again this often; a revoked one ends its streams within it.
pub const SESSION_CHECK_PERIOD: Duration = Duration::from_secs(3);
/// Events a returning listener is told one by one; with more it reads the lists again.
const RESUME_MAX: u32 = 500;

const LAST_EVENT_ID: &str = "last-event-id";

/// Where a returning listener left off; anything unreadable is as good as nothing.
pub fn last_event_id(headers: &HeaderMap) -> Option<i64> {
    headers.get(LAST_EVENT_ID)?.to_str().ok()?.parse().ok()
}

/// A ticker that does not hurry after a pause.
pub fn ticker(period: Duration) -> Interval {
    let mut ticks = interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks.reset();
    ticks
}

/// Looks at the session again and takes over what has changed about the person. False when it has ended.
pub async fn still_signed_in(app: &App, asker: &mut Asker) -> bool {
    let now = app.platform.surroundings().now();
    match app.platform.who(&asker.token, now).await {
        Ok(who) => {
            asker.ask.access = who.access;
            asker.ask.now = now;
            asker.who = who;
            true
        }
        Err(_) => false,
    }
}

#[derive(Serialize)]
struct AlarmNews {
    kind: &'static str,
    alarm: Alarm,
}

#[derive(Serialize)]
struct CameraNews<'a> {
    id: CameraId,
    state: &'static str,
    reason_code: Option<&'a str>,
}

#[derive(Serialize)]
struct Ping {
    at: Moment,
}

/// One listener.
pub struct Feed {
    app: App,
    asker: Asker,
    missed: VecDeque<Event>,
    must_resync: bool,
    news: Receiver<Event>,
    pings: Interval,
    checks: Interval,
    _seat: Seat,
}

impl Feed {
    /// Begins to listen, and finds out what a returning listener has missed.
    pub async fn open(app: App, asker: Asker, seat: Seat, last_id: Option<i64>) -> Result<Self, Problem> {
        // Listening begins before the missed events are read: one that comes in between is told twice, never not at all.
        let news = app.platform.listen();
        let missed: VecDeque<Event> = match last_id {
            Some(id) => app.platform.events_after(id, RESUME_MAX).await?.into(),
            None => VecDeque::new(),
        };
        let must_resync = missed.len() >= RESUME_MAX as usize;
        let (pings, checks) = (ticker(PING_PERIOD), ticker(SESSION_CHECK_PERIOD));
        Ok(Self { app, asker, missed, must_resync, news, pings, checks, _seat: seat })
    }

    /// The stream that a browser reads.
    pub fn into_stream(self) -> impl Stream<Item = Result<sse::Event, Infallible>> {
        futures::stream::unfold(Some(self), |feed| async move {
            let mut feed = feed?;
            let event = feed.next().await?;
            // After `resync` the stream ends: the browser connects anew and reads the lists, whatever version of the client it runs.
            let ended = feed.must_resync;
            Some((Ok(event), (!ended).then_some(feed)))
        })
    }

    async fn next(&mut self) -> Option<sse::Event> {
        loop {
            if self.must_resync {
                return Some(named("resync", &()));
            }
            if let Some(event) = self.missed.pop_front() {
                if let Some(told) = self.tell(&event).await {
                    return Some(told);
                }
                continue;
            }
            tokio::select! {
                biased;
                () = self.app.stop.cancelled() => return None,
                _ = self.checks.tick() => {
                    if !still_signed_in(&self.app, &mut self.asker).await {
                        return None;
                    }
                }
                _ = self.pings.tick() => {
                    let at = self.app.platform.surroundings().now().into();
                    return Some(named("ping", &Ping { at }));
                }
                event = self.news.recv() => match event {
                    Ok(event) => self.missed.push_back(event),
                    Err(RecvError::Lagged(_)) => self.must_resync = true,
                    Err(RecvError::Closed) => return None,
                },
            }
        }
    }

    /// An event as this subscriber may see it; none where it may not.
    async fn tell(&mut self, event: &Event) -> Option<sse::Event> {
        self.asker.ask.now = self.app.platform.surroundings().now();
        let told = match event {
            Event::Alarm { seq, raised, id } => self.alarm(*seq, *raised, *id).await,
            Event::Camera { id, state, reason_code } => {
                self.camera(*id, *state, reason_code.as_deref()).await
            }
            Event::Devices => self.changed("devices", Capability::SeeCameras),
            Event::DeviceNotices => self.changed("device_notices", Capability::SeeAlarms),
            Event::Notices => self.changed("notices", Capability::SeeNotices),
            Event::Facilities => self.changed("facilities", Capability::SeeCameras),
            Event::RuleQuality => self.changed("rule_quality", Capability::SeeAlarms),
            Event::Silences => self.changed("silences", Capability::SeeAlarms),
            Event::Organisations => self.changed("organisations", Capability::SeeOrganisations),
            Event::Duty => self.changed("duty", Capability::SeeDutyRooms),
            Event::Watchdog => self.changed("watchdog", Capability::SeeSystem),
            Event::RollCalls => self.changed("roll_calls", Capability::SeeDutyRooms),
            Event::Drills => self.changed("drills", Capability::SeeDutyRooms),
            Event::Probe(_) | Event::RoomsAsked(_) | Event::RoomAnswered(_) => return None,
        };
        match told {
            Ok(event) => Some(event),
            Err(PlatformError::NotFound | PlatformError::Denied(_)) => None,
            Err(error) => {
                warn!(%error, "event not told; the listener reads the lists again");
                self.must_resync = true;
                None
            }
        }
    }

    async fn alarm(&self, seq: i64, raised: bool, id: AlarmId) -> Result<sse::Event, PlatformError> {
        let ask = &self.asker.ask;
        let row = self.app.platform.alarm_row(ask, id).await?;
        let kind = if raised { "raised" } else { "changed" };
        let alarm = Alarm::of(row, &ask.access, ask.now);
        Ok(named("alarm", &AlarmNews { kind, alarm }).id(seq.to_string()))
    }

    /// Something in a list changed.
    fn changed(&self, name: &'static str, capability: Capability) -> Result<sse::Event, PlatformError> {
        self.asker.ask.access.need(capability)?;
        Ok(named(name, &Changed {}))
    }

    async fn camera(
        &self,
        id: CameraId,
        state: CameraState,
        reason_code: Option<&str>,
    ) -> Result<sse::Event, PlatformError> {
        self.app.platform.camera(&self.asker.ask, id).await?;
        Ok(named("camera", &CameraNews { id, state: state.as_str(), reason_code }))
    }
}

/// Nothing but a name: whoever shows the list reads it again through its own access.
#[derive(Serialize)]
struct Changed {}

fn named(name: &str, data: &impl Serialize) -> sse::Event {
    let text = serde_json::to_string(data).unwrap_or_default();
    sse::Event::default().event(name).data(text)
}
