//! Live pictures of one camera to one browser: fragmented MP4 over a WebSocket.
//!
//! Nothing is buffered for a slow browser: while a message is on its way, the reader of the stream drops whole groups of pictures,
//! and a browser that does not take a message in time is let go. The session is looked at again every few seconds.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, close_code};
use bytes::Bytes;
use domain::ids::CameraId;
use platform::access::{CameraView, LivePart, LiveReader, StreamKind};
use platform::events::Event;
use serde::Serialize;
use tokio::sync::broadcast::error::RecvError;

use crate::app::App;
use crate::door::Asker;
use crate::feed::{SESSION_CHECK_PERIOD, still_signed_in, ticker};
use crate::limits::Seat;

/// A browser has nothing to say here; what it says anyway is small.
pub const CALLER_BYTES_MAX: usize = 4096;
/// A message not taken within this time ends the connection.
const SEND_WITHIN: Duration = Duration::from_secs(5);

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Words<'a> {
    Init { mime: String, simulated: bool, stream: &'a str },
    State { state: &'a str, reason_code: Option<&'a str> },
}

/// One browser looking at one camera.
pub struct Show {
    app: App,
    asker: Asker,
    camera: CameraId,
    simulated: bool,
    kind: StreamKind,
    state: &'static str,
    reason_code: Option<String>,
    _seat: Seat,
}

/// Why a show ends.
pub enum End {
    /// The browser went away, or the camera was stopped.
    Gone,
    /// The session ended, or the camera is no longer the person's.
    NotAllowed,
    /// The server stops.
    Stopping,
}

impl Show {
    /// For a camera that the asker may see, and the stream of it that they get.
    pub fn new(app: App, asker: Asker, seat: Seat, (view, kind): (&CameraView, StreamKind)) -> Self {
        Self {
            app,
            asker,
            camera: view.camera.id,
            simulated: view.camera.simulated,
            kind,
            state: view.state.as_str(),
            reason_code: view.reason_code.clone(),
            _seat: seat,
        }
    }

    /// Shows until the browser leaves, the session ends or the camera stops.
    pub async fn run(mut self, mut socket: WebSocket, mut reader: LiveReader) {
        let end = self.show(&mut socket, &mut reader).await;
        close(&mut socket, &end).await;
    }

    async fn show(&mut self, socket: &mut WebSocket, reader: &mut LiveReader) -> End {
        let mut checks = ticker(SESSION_CHECK_PERIOD);
        let mut news = self.app.platform.listen();
        if self.state != "online" && say(socket, &self.state_words()).await.is_err() {
            return End::Gone;
        }
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
                    // Pings are answered below us; words are ignored.
                    Some(Ok(_)) => Ok(()),
                },
                event = news.recv() => match event {
                    Ok(Event::Camera { id, state, reason_code }) if id == self.camera => {
                        (self.state, self.reason_code) = (state.as_str(), reason_code);
                        say(socket, &self.state_words()).await
                    }
                    Ok(_) | Err(RecvError::Lagged(_)) => Ok(()),
                    Err(RecvError::Closed) => return End::Stopping,
                },
                part = reader.next() => match part {
                    Some(part) => send_part(socket, part, self.simulated, self.kind).await,
                    None => return End::Gone,
                },
            };
            if sent.is_err() {
                return End::Gone;
            }
        }
    }

    async fn is_still_allowed(&mut self) -> bool {
        let may_look = domain::role::Capability::SeeLive;
        still_signed_in(&self.app, &mut self.asker).await
            && self.asker.ask.access.may(may_look)
            && self.app.platform.camera(&self.asker.ask, self.camera).await.is_ok()
    }

    fn state_words(&self) -> Words<'_> {
        Words::State { state: self.state, reason_code: self.reason_code.as_deref() }
    }
}

/// The browser did not take a message in time, or is gone.
pub struct Slow;

/// Ends the connection and says why.
pub async fn close(socket: &mut WebSocket, end: &End) {
    let (code, reason) = match end {
        End::Gone => (close_code::NORMAL, "ended"),
        End::NotAllowed => (close_code::POLICY, "not allowed"),
        End::Stopping => (close_code::AWAY, "the server stops"),
    };
    let frame = CloseFrame { code, reason: Utf8Bytes::from_static(reason) };
    // A browser that is gone already cannot be told.
    let _ = tokio::time::timeout(SEND_WITHIN, socket.send(Message::Close(Some(frame)))).await;
}

/// Sends a part of the video, and before a first one what it is.
pub async fn send_part(
    socket: &mut WebSocket,
    part: LivePart,
    simulated: bool,
    kind: StreamKind,
) -> Result<(), Slow> {
    match part {
        LivePart::Init { codec, data, .. } => {
            let mime = format!("video/mp4; codecs=\"{codec}\"");
            say(socket, &Words::Init { mime, simulated, stream: kind.as_str() }).await?;
            give(socket, data).await
        }
        LivePart::Fragment { data, .. } => give(socket, data).await,
    }
}

/// Sends words as a text message.
pub async fn say(socket: &mut WebSocket, words: &impl Serialize) -> Result<(), Slow> {
    let text = serde_json::to_string(words).map_err(|_| Slow)?;
    deliver(socket, Message::text(text)).await
}

async fn give(socket: &mut WebSocket, data: Bytes) -> Result<(), Slow> {
    deliver(socket, Message::Binary(data)).await
}

async fn deliver(socket: &mut WebSocket, message: Message) -> Result<(), Slow> {
    match tokio::time::timeout(SEND_WITHIN, socket.send(message)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(Slow),
    }
}
