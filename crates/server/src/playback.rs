//! A recording of a device, played to one browser: the wire protocol of live pictures ([`crate::live`]), and orders back.
//!
//! The browser says `{"order":"pause"}`, `"resume"`, `{"order":"speed","speed":2}` or `{"order":"seek","at":"2026-11-23T13:05:11Z"}`. Each is
//! answered by `ordered` or `problem` when the device took or refused it, one after the other, while pictures go on. `ended` is the last
//! word of a recording that was played to its end. Whoever leaves ends the call at the device.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use axum::extract::ws::{Message, WebSocket};
use domain::ids::ChannelId;
use platform::PlatformError;
use platform::access::devices::{Playback, PlaybackOrder};
use platform::access::{LiveReader, StreamKind};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::door::Asker;
use crate::feed::{SESSION_CHECK_PERIOD, still_signed_in, ticker};
use crate::input::time;
use crate::limits::Seat;
use crate::live::{End, Slow, close, say, send_part};
use crate::problem::Problem;

/// One browser looking at one recording.
pub struct Showing {
    app: App,
    asker: Asker,
    channel: ChannelId,
    simulated: bool,
    playback: Arc<Playback>,
    /// The order that the device is asked to take; one at a time.
    pending: Option<Pending>,
    _seat: Seat,
}

type Pending = Pin<Box<dyn Future<Output = Result<&'static str, PlatformError>> + Send>>;

#[derive(Deserialize)]
#[serde(tag = "order", rename_all = "snake_case", deny_unknown_fields)]
enum Order {
    Pause,
    Resume,
    Speed { speed: f64 },
    Seek { at: String },
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Words<'a> {
    State { state: &'a str, reason_code: Option<&'a str>, reason_zh: &'a str, reason_en: &'a str },
    Ordered { ordered: &'a str },
    Problem { problem: &'a Problem },
    Ended,
}

impl Order {
    fn read(text: &str) -> Result<(&'static str, PlaybackOrder), Problem> {
        let order: Self = serde_json::from_str(text)
            .map_err(|error| Problem::field("order", "invalid", error.to_string()))?;
        Ok(match order {
            Self::Pause => ("pause", PlaybackOrder::Pause),
            Self::Resume => ("resume", PlaybackOrder::Resume),
            Self::Speed { speed } => ("speed", PlaybackOrder::Speed(speed)),
            Self::Seek { at } => {
                let missing = || Problem::field("at", "missing", "a time to go to");
                ("seek", PlaybackOrder::Seek(time("at", Some(&at))?.ok_or_else(missing)?))
            }
        })
    }
}

impl Showing {
    /// For a channel that the asker may see.
    pub fn new(
        app: App,
        asker: Asker,
        seat: Seat,
        (channel, simulated): (ChannelId, bool),
        playback: Playback,
    ) -> Self {
        Self { app, asker, channel, simulated, playback: Arc::new(playback), pending: None, _seat: seat }
    }

    /// Shows until the browser leaves, the session ends or the recording does.
    pub async fn run(mut self, mut socket: WebSocket) {
        let mut reader = self.playback.live();
        let end = self.show(&mut socket, &mut reader).await;
        close(&mut socket, &end).await;
    }

    async fn show(&mut self, socket: &mut WebSocket, reader: &mut LiveReader) -> End {
        let mut checks = ticker(SESSION_CHECK_PERIOD);
        let mut status = self.playback.watch_status();
        let mut is_ending = false;
        let stop = self.app.stop.clone();
        loop {
            let sent = tokio::select! {
                biased;
                () = stop.cancelled() => return End::Stopping,
                _ = checks.tick() => {
                    if !self.is_still_allowed().await {
                        return End::NotAllowed;
                    }
                    Ok(())
                }
                heard = socket.recv() => match heard {
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return End::Gone,
                    Some(Ok(Message::Text(text))) => self.take(socket, &text).await,
                    Some(Ok(_)) => Ok(()),
                },
                done = in_flight(&mut self.pending) => {
                    self.pending = None;
                    answer(socket, done).await
                }
                changed = status.changed(), if !is_ending => {
                    is_ending = changed.is_err();
                    say_state(&self.playback, socket).await
                }
                part = reader.next() => {
                    let Some(part) = part else {
                        // Nobody is left to be told where this fails.
                        let _ = say_end(&self.playback, socket).await;
                        return End::Gone;
                    };
                    send_part(socket, part, self.simulated, StreamKind::Main).await
                }
            };
            if sent.is_err() {
                return End::Gone;
            }
        }
    }

    /// Takes what the browser says; a second order while the first is under way is refused.
    async fn take(&mut self, socket: &mut WebSocket, text: &str) -> Result<(), Slow> {
        let (word, order) = match Order::read(text) {
            Ok(read) => read,
            Err(problem) => return say(socket, &Words::Problem { problem: &problem }).await,
        };
        if self.pending.is_some() {
            let problem = Problem::limit("the order before this one is not answered yet", 1);
            return say(socket, &Words::Problem { problem: &problem }).await;
        }
        let playback = Arc::clone(&self.playback);
        self.pending = Some(Box::pin(async move { playback.order(order).await.map(|()| word) }));
        Ok(())
    }

    async fn is_still_allowed(&mut self) -> bool {
        let may_look = domain::role::Capability::SeeRecordings;
        still_signed_in(&self.app, &mut self.asker).await
            && self.asker.ask.access.may(may_look)
            && self.app.platform.channel(&self.asker.ask, self.channel).await.is_ok()
    }
}

/// Code of a stream that was played to its end.
const ENDED: &str = "ended";

async fn say_state(playback: &Playback, socket: &mut WebSocket) -> Result<(), Slow> {
    let state = playback.status().state;
    // The end is told after the last picture.
    if state.code() == ENDED {
        return Ok(());
    }
    let (zh, en) = (state.message_zh(), state.message_en());
    let reason_code = (!state.is_online()).then(|| state.code());
    say(socket, &Words::State { state: state.code(), reason_code, reason_zh: &zh, reason_en: &en }).await
}

async fn say_end(playback: &Playback, socket: &mut WebSocket) -> Result<(), Slow> {
    if playback.status().state.code() == ENDED {
        return say(socket, &Words::Ended).await;
    }
    say_state(playback, socket).await
}

async fn in_flight(pending: &mut Option<Pending>) -> Result<&'static str, PlatformError> {
    match pending {
        Some(pending) => pending.await,
        None => std::future::pending().await,
    }
}

async fn answer(socket: &mut WebSocket, done: Result<&'static str, PlatformError>) -> Result<(), Slow> {
    match done {
        Ok(ordered) => say(socket, &Words::Ordered { ordered }).await,
        Err(error) => say(socket, &Words::Problem { problem: &error.into() }).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_read_or_refused_by_name() {
        let read = |text: &str| Order::read(text).map_err(|problem| problem.fields[0].field.clone());
        assert_eq!(read(r#"{"order":"pause"}"#), Ok(("pause", PlaybackOrder::Pause)));
        assert_eq!(read(r#"{"order":"speed","speed":0.5}"#), Ok(("speed", PlaybackOrder::Speed(0.5))));
        let at = "2026-11-23T13:05:11Z";
        let seek = ("seek", PlaybackOrder::Seek(at.parse().unwrap()));
        assert_eq!(read(&format!(r#"{{"order":"seek","at":"{at}"}}"#)), Ok(seek));
        assert_eq!(read(r#"{"order":"seek","at":"noon"}"#), Err("at".to_owned()));
        assert_eq!(read(r#"{"order":"rewind"}"#), Err("order".to_owned()));
        assert_eq!(read("pause"), Err("order".to_owned()));
    }
}
