//! Calls for pictures: media asks for a stream, the line invites the channel, and both are told when it is over.
//!
//! A dialog that stands is a row, because a device goes on sending until somebody says BYE, also when this process has died.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use domain::device::DialogPurpose;
use futures::future::BoxFuture;
use gb28181::id::GbId;
use gb28181::mansrtsp::Action;
use gb28181::platform::{CallId, CallOver, CommandError, Plan, Reason, Started};
use gb28181::profile::MediaTransport;
use gb28181::sdp::Wanted;
use media::called::{Call, CallEnd, CallError, Caller, HangUp, Transport};
use tokio::sync::oneshot;
use tracing::warn;

use super::clerk::Note;
use super::happenings::note_fact;
use super::line::Endpoint;
use crate::Platform;

/// A call that was made and is not over.
pub(super) struct Standing {
    device: GbId,
    channel: GbId,
    purpose: DialogPurpose,
    dialog: Option<String>,
    answer: Option<oneshot::Sender<Result<Started, Reason>>>,
    over: Option<oneshot::Sender<CallEnd>>,
    controls: VecDeque<oneshot::Sender<u16>>,
}

/// Asks one channel for one thing, as often as media want it.
#[derive(Clone)]
pub(super) struct ChannelCaller {
    platform: Platform,
    device: GbId,
    channel: GbId,
    wanted: Wanted,
    /// 0 the main stream, 1 the sub-stream; none: as the habits of the device say when it is called.
    stream: Option<u8>,
    present: Arc<Mutex<Option<CallId>>>,
}

impl ChannelCaller {
    pub(super) fn new(
        platform: &Platform,
        (device, channel): (GbId, GbId),
        wanted: Wanted,
        stream: Option<u8>,
    ) -> Self {
        Self { platform: platform.clone(), device, channel, wanted, stream, present: Arc::default() }
    }

    /// The call that stands now.
    pub(super) fn present(&self) -> Option<CallId> {
        *self.present.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn invite(&self, port: u16) -> Result<Call, CallError> {
        let (device, channel, wanted, stream) = (self.device, self.channel, self.wanted, self.stream);
        let (over, ended) = oneshot::channel();
        let made = self
            .platform
            .inner
            .line
            .with(move |endpoint| {
                let (answer, answered) = oneshot::channel();
                endpoint
                    .call((device, channel, wanted, stream), port, (answer, over))
                    .map(|id| (id, answered))
            })
            .await;
        let (id, answered) = match made {
            Ok(Ok(made)) => made,
            Ok(Err(CommandError::NotRegistered)) | Err(_) => return Err(CallError::Offline),
            Ok(Err(_)) => return Err(CallError::Busy),
        };
        let hang_up = self.hang_up(id);
        let started = match answered.await {
            Ok(Ok(started)) => started,
            Ok(Err(Reason::Refused { status })) => {
                return Err(CallError::Refused { status, words: String::new() });
            }
            Ok(Err(Reason::Offline)) => return Err(CallError::Offline),
            Ok(Err(_)) | Err(_) => return Err(CallError::NoAnswer),
        };
        *self.present.lock().unwrap_or_else(PoisonError::into_inner) = Some(id);
        Ok(Call {
            ssrc: started.ssrc.0,
            is_ssrc_checked: started.is_ssrc_checked,
            transport: match started.transport {
                MediaTransport::Udp => Transport::Udp,
                MediaTransport::TcpDeviceConnects => Transport::DeviceConnects,
                MediaTransport::TcpPlatformConnects => Transport::PlatformConnects,
            },
            remote: started.remote,
            payloads: started.payloads,
            over: ended,
            hang_up,
        })
    }

    /// Ends the call when dropped, which is also what happens where nobody waits for its answer any more.
    fn hang_up(&self, id: CallId) -> HangUp {
        let platform = self.platform.clone();
        HangUp::new(move || {
            // Without a line there is no call.
            let _ = platform.inner.line.send(Box::new(move |endpoint| {
                let now = endpoint.now();
                endpoint.protocol.hang_up(now, &endpoint.directory, id, &mut endpoint.effects);
            }));
        })
    }
}

impl Caller for ChannelCaller {
    fn call(&self, port: u16) -> BoxFuture<'_, Result<Call, CallError>> {
        Box::pin(self.invite(port))
    }
}

impl fmt::Debug for ChannelCaller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ChannelCaller({}, {})", self.device, self.channel)
    }
}

type Waiting = (oneshot::Sender<Result<Started, Reason>>, oneshot::Sender<CallEnd>);

impl Endpoint {
    fn call(
        &mut self,
        (device, channel, wanted, stream): (GbId, GbId, Wanted, Option<u8>),
        port: u16,
        (answer, over): Waiting,
    ) -> Result<CallId, CommandError> {
        let now = self.now();
        let usual = || self.directory.get(&device).map_or(0, |entry| entry.sort.live_stream);
        let stream = stream.unwrap_or_else(usual);
        let plan = Plan {
            device,
            channel,
            wanted,
            stream,
            media_host: self.media_host.clone(),
            media_port: port,
            transport: None,
        };
        let id = self.protocol.call(now, &self.directory, plan, &mut self.effects)?;
        let purpose = match wanted {
            Wanted::Live => DialogPurpose::Live,
            Wanted::Playback(..) => DialogPurpose::Playback,
            Wanted::Download(..) => DialogPurpose::Download,
        };
        let standing = Standing {
            device,
            channel,
            purpose,
            dialog: None,
            answer: Some(answer),
            over: Some(over),
            controls: VecDeque::new(),
        };
        self.calls.insert(id, standing);
        Ok(id)
    }

    /// Controls a playback; the status comes where it is said.
    pub(super) fn control(
        &mut self,
        id: CallId,
        action: Action,
    ) -> Result<oneshot::Receiver<u16>, CommandError> {
        let now = self.now();
        let standing = self.calls.get_mut(&id).ok_or(CommandError::NoCall)?;
        let (told, status) = oneshot::channel();
        self.protocol.control(now, &self.directory, id, action, &mut self.effects)?;
        standing.controls.push_back(told);
        Ok(status)
    }

    pub(super) fn call_started(&mut self, started: Started) {
        let Some(standing) = self.calls.get_mut(&started.call) else { return };
        standing.dialog = Some(started.identity.call_id.clone());
        let (device, channel, purpose) = (standing.device, standing.channel, standing.purpose);
        let answer = standing.answer.take();
        let (id, identity) = (started.call, started.identity.clone());
        if let Some(entry) = self.directory.get(&device) {
            let entered = entry.id;
            self.remember_dialog(entered, &channel, purpose, &identity);
        }
        self.facts.calls_over.remove(&device);
        if answer.is_none_or(|answer| answer.send(Ok(started)).is_err()) {
            // Nobody wants it any more.
            let now = self.now();
            self.protocol.hang_up(now, &self.directory, id, &mut self.effects);
        }
    }

    pub(super) fn controlled(&mut self, id: CallId, status: u16) {
        if let Some(told) = self.calls.get_mut(&id).and_then(|standing| standing.controls.pop_front()) {
            let _ = told.send(status);
        }
    }

    pub(super) fn call_over(&mut self, id: CallId, over: CallOver) {
        let Some(standing) = self.calls.remove(&id) else { return };
        if !matches!(over.reason, Reason::HungUp | Reason::FileEnd) {
            let words = (over.reason.to_string(), over.reason.advice());
            note_fact(&mut self.facts.calls_over, standing.device, words);
        }
        match (over.unconfirmed, standing.dialog) {
            (Some(identity), _) => {
                warn!(device = %standing.device, "the end of a call was not confirmed; it is said again when the device is back");
                self.facts.unhealed.entry(standing.device).or_default().push(*identity);
            }
            (None, Some(call_id)) => self.tray.note(Note::DialogOver(call_id)),
            (None, None) => {}
        }
        if let Some(answer) = standing.answer {
            let _ = answer.send(Err(over.reason));
        }
        if let Some(told) = standing.over {
            let end = match over.reason {
                Reason::FileEnd => CallEnd::FileEnd,
                Reason::Offline => CallEnd::Offline,
                Reason::HungUp | Reason::ByDevice | Reason::Refused { .. } | Reason::NoAnswer => {
                    CallEnd::ByDevice
                }
            };
            let _ = told.send(end);
        }
    }
}
