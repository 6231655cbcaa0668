//! A person's voice from one browser to the speaker of a device.
//!
//! The browser sends binary messages of 16-bit samples, little endian, 8 000 a second, as soon as it has heard `{"type":"state",
//! "state":"speaking"}`; what it sends before is not heard. `problem` says why the device cannot be spoken to, `over` why a voice ended that
//! the person did not end. Whoever closes the connection has let go of the button. Nothing is buffered beyond a third of a second, and
//! nothing is kept.

use axum::extract::ws::{Message, WebSocket};
use domain::ids::ChannelId;
use platform::PlatformError;
use platform::access::devices::{SPEECH_MAX, Voice, VoiceStop};
use serde::Serialize;
use tracing::warn;

use crate::app::App;
use crate::door::Asker;
use crate::feed::{SESSION_CHECK_PERIOD, still_signed_in, ticker};
use crate::limits::Seat;
use crate::live::{End, Slow, close, say};
use crate::problem::Problem;

/// Largest message: a quarter of a second, twelve times what a browser gathers.
pub const MESSAGE_BYTES_MAX: usize = 4_096;

/// One person at one browser.
pub struct Speaking {
    app: App,
    asker: Asker,
    channel: ChannelId,
    _seat: Seat,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Words<'a> {
    State {
        state: &'a str,
        /// Longest speech, in seconds.
        limit_s: u64,
    },
    Problem {
        problem: &'a Problem,
    },
    Over {
        reason_code: &'a str,
        reason_zh: &'a str,
        reason_en: &'a str,
    },
}

/// Why nothing more is taken from the browser.
enum Stop {
    Browser(End),
    Voice(VoiceStop),
    Unreadable,
}

impl Speaking {
    /// For a channel that the asker may speak through.
    pub fn new(app: App, asker: Asker, seat: Seat, channel: ChannelId) -> Self {
        Self { app, asker, channel, _seat: seat }
    }

    /// Asks the device to listen and hands on what is said, until the browser leaves or the voice ends.
    pub async fn run(mut self, mut socket: WebSocket) {
        let end = match self.speak(&mut socket).await {
            Ok(end) => end,
            Err(Slow) => End::Gone,
        };
        close(&mut socket, &end).await;
    }

    async fn speak(&mut self, socket: &mut WebSocket) -> Result<End, Slow> {
        say_state(socket, "calling").await?;
        let mut voice = match self.ask_device(socket).await {
            Ok(Ok(voice)) => voice,
            Ok(Err(error)) => {
                say(socket, &Words::Problem { problem: &error.into() }).await?;
                return Ok(End::Gone);
            }
            Err(end) => return Ok(end),
        };
        let stop = match say_state(socket, "speaking").await {
            Ok(()) => self.hand_on(socket, &mut voice).await,
            Err(Slow) => Stop::Browser(End::Gone),
        };
        let cause = if let Stop::Voice(cause) = &stop { Some(*cause) } else { None };
        if let Err(error) = voice.finish(cause).await {
            warn!(channel = %self.channel, %error, "the end of a voice is not written");
        }
        match stop {
            Stop::Browser(end) => return Ok(end),
            Stop::Voice(cause) => {
                let (reason_code, reason_zh, reason_en) = (cause.code(), cause.words_zh(), cause.words_en());
                say(socket, &Words::Over { reason_code, reason_zh, reason_en }).await?;
            }
            Stop::Unreadable => {
                let problem =
                    Problem::field("audio", "invalid", "16-bit samples, little endian, 8000 a second");
                say(socket, &Words::Problem { problem: &problem }).await?;
            }
        }
        Ok(End::Gone)
    }

    /// Waits for the device, unless the person lets go first.
    async fn ask_device(&self, socket: &mut WebSocket) -> Result<Result<Voice, PlatformError>, End> {
        let asked = self.app.platform.speak(&self.asker.ask, self.channel);
        tokio::pin!(asked);
        loop {
            tokio::select! {
                () = self.app.stop.cancelled() => return Err(End::Stopping),
                voice = &mut asked => return Ok(voice),
                heard = socket.recv() => if has_left(heard.as_ref()) {
                    return Err(End::Gone);
                },
            }
        }
    }

    async fn hand_on(&mut self, socket: &mut WebSocket, voice: &mut Voice) -> Stop {
        let mut checks = ticker(SESSION_CHECK_PERIOD);
        let stop = self.app.stop.clone();
        loop {
            tokio::select! {
                biased;
                () = stop.cancelled() => return Stop::Browser(End::Stopping),
                _ = checks.tick() => if !self.is_still_allowed().await {
                    return Stop::Browser(End::NotAllowed);
                },
                cause = voice.over() => return Stop::Voice(cause),
                heard = socket.recv() => {
                    if has_left(heard.as_ref()) {
                        return Stop::Browser(End::Gone);
                    }
                    if let Some(Ok(Message::Binary(data))) = heard {
                        let Some(samples) = samples(&data) else { return Stop::Unreadable };
                        voice.say(&samples);
                    }
                }
            }
        }
    }

    async fn is_still_allowed(&mut self) -> bool {
        let may_speak = domain::role::Capability::SeeLive;
        still_signed_in(&self.app, &mut self.asker).await
            && self.asker.ask.access.may(may_speak)
            && self.app.platform.channel(&self.asker.ask, self.channel).await.is_ok()
    }
}

async fn say_state(socket: &mut WebSocket, state: &str) -> Result<(), Slow> {
    say(socket, &Words::State { state, limit_s: SPEECH_MAX.as_secs() }).await
}

fn has_left(heard: Option<&Result<Message, axum::Error>>) -> bool {
    matches!(heard, None | Some(Err(_) | Ok(Message::Close(_))))
}

/// The samples of a message; `None` where half of one is missing.
fn samples(data: &[u8]) -> Option<Vec<i16>> {
    let pairs = data.chunks_exact(2);
    pairs.remainder().is_empty().then(|| pairs.map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_read_in_pairs_of_bytes() {
        assert_eq!(samples(&[0x01, 0x00, 0xff, 0xff, 0x00, 0x80]), Some(vec![1, -1, i16::MIN]));
        assert_eq!(samples(&[]), Some(vec![]));
        assert_eq!(samples(&[1, 2, 3]), None);
    }
}
