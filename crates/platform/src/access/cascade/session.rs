//! Pictures to an upper platform: a camera's running stream, or a recording of the device behind it, handed on as it is.
//!
//! The hub of the camera has one reader more and nothing is coded again. A stream that rests is woken by that reader. One task per session,
//! from the invitation to the end; the line owns the signalling and is told by [`Act`]s what to say.

use std::net::IpAddr;
use std::time::Duration;

use gb28181::device::{Accepted, Declined, Invitation};
use gb28181::manscdp::LocalTime;
use gb28181::mansrtsp::Action;
use gb28181::profile::MediaTransport;
use gb28181::sdp::{SessionKind, Wanted};
use jiff::Timestamp;
use media::called::MediaPort;
use media::{CameraState, FrameReader, SendEnd, SendPlan, Sender, Transport, spawn_sender};
use store::UpperPlatform;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;
use tracing::info;

use super::line::Act;
use super::tree::Shown;
use crate::Platform;
use crate::access::devices::Playback;

/// Who is invited says ACK within this time; after it the invitation is over anyway.
const ACK_PATIENCE: Duration = Duration::from_secs(40);
/// No picture by then: the camera behind has none, and the place is given up.
const PICTURE_PATIENCE: Duration = Duration::from_secs(35);
/// After the end of a recording the upper platform is to say BYE; we do after this.
const BYE_PATIENCE: Duration = Duration::from_secs(10);
/// How often the counts of a session are brought up to date.
const COUNT_PERIOD: Duration = Duration::from_secs(2);
/// Speed at which a download is asked from a device: what most of them manage.
const DOWNLOAD_SPEED: u8 = 4;
/// Longest span of one playback.
const SPAN_MAX_S: u64 = 24 * 3_600;
/// Payload type of program streams where the offer names none; it is refused before.
const PROGRAM_STREAM: u8 = 96;

const BUSY: Declined = Declined { status: 486, reason: "Busy Here" };
const AWAY: Declined = Declined { status: 480, reason: "Temporarily Unavailable" };
const WRONG_TIME: Declined = Declined { status: 400, reason: "Bad Request" };

/// What a session is told from outside.
pub(super) struct Ears {
    /// The upper platform has said ACK.
    pub(super) started: oneshot::Receiver<()>,
    /// Orders to a playback.
    pub(super) orders: mpsc::Receiver<Action>,
    /// The session is over, or the line stops.
    pub(super) stop: CancellationToken,
}

/// A session to be.
pub(super) struct Session {
    pub(super) platform: Platform,
    pub(super) upper: std::sync::Arc<UpperPlatform>,
    pub(super) invitation: Invitation,
    pub(super) shown: Shown,
    /// Our address for media.
    pub(super) media_host: String,
    pub(super) acts: mpsc::UnboundedSender<Act>,
}

/// Where the pictures come from.
enum Origin {
    Live,
    Recording(Playback),
}

impl Session {
    /// Runs the session to its end.
    pub(super) async fn run(self, mut ears: Ears) {
        let id = self.invitation.session;
        let stop = ears.stop.clone();
        if let Some(Err(declined)) = stop.run_until_cancelled(self.serve(&mut ears)).await {
            self.tell(Act::Decline(id, declined));
        }
        self.tell(Act::Finished(id));
    }

    async fn serve(&self, ears: &mut Ears) -> Result<(), Declined> {
        let id = self.invitation.session;
        let ports = self.platform.media_ports().map_err(|_| AWAY)?;
        let port = ports.take().await.map_err(|_| BUSY)?;
        let (frames, origin) = self.open()?;
        let accepted = Accepted { host: self.media_host.clone(), port: port.number(), file_size: None };
        self.tell(Act::Accept(id, accepted));
        if !matches!(tokio::time::timeout(ACK_PATIENCE, &mut ears.started).await, Ok(Ok(()))) {
            return Ok(());
        }
        if self.write_down().await.is_err() {
            // A look without its row is no look.
            self.tell(Act::HangUp(id));
            return Ok(());
        }
        let sender = self.send(frames, port);
        let end = self.follow(&sender, &origin, ears).await;
        info!(upper = self.upper.name, camera = self.shown.name, sent = ?sender.sent(), ?end, "pictures to an upper platform end");
        sender.stop().await;
        if matches!(origin, Origin::Recording(_)) && end == SendEnd::StreamEnded {
            self.tell(Act::FileEnd(id));
            tokio::time::sleep(BYE_PATIENCE).await;
        }
        self.tell(Act::HangUp(id));
        Ok(())
    }

    fn open(&self) -> Result<(FrameReader, Origin), Declined> {
        if self.invitation.kind == SessionKind::Play {
            let stream = self.platform.stream(self.shown.camera).ok_or(AWAY)?;
            let can_come = matches!(
                stream.status().state,
                CameraState::Online | CameraState::Connecting | CameraState::Resting
            );
            return if can_come { Ok((stream.subscribe(), Origin::Live)) } else { Err(AWAY) };
        }
        let (from, to) = self.invitation.time;
        if to <= from || to - from > SPAN_MAX_S {
            return Err(WRONG_TIME);
        }
        let seconds = |seconds: u64| i64::try_from(seconds).unwrap_or(i64::MAX);
        let span = (LocalTime::from_unix_s(seconds(from)), LocalTime::from_unix_s(seconds(to)));
        let wanted = match self.invitation.kind {
            SessionKind::Download => Wanted::Download(span.0, span.1, DOWNLOAD_SPEED),
            _ => Wanted::Playback(span.0, span.1),
        };
        let begin = Timestamp::from_second(seconds(from)).map_err(|_| WRONG_TIME)?;
        let (_, at) = self.shown.channel.ok_or(AWAY)?;
        let playback = self.platform.open_playback(at, wanted, begin).map_err(|_| AWAY)?;
        Ok((playback.frames(), Origin::Recording(playback)))
    }

    fn send(&self, frames: FrameReader, port: MediaPort) -> Sender {
        let invitation = &self.invitation;
        let plan = SendPlan {
            port,
            transport: match invitation.transport {
                MediaTransport::Udp => Transport::Udp,
                MediaTransport::TcpDeviceConnects => Transport::DeviceConnects,
                MediaTransport::TcpPlatformConnects => Transport::PlatformConnects,
            },
            remote: invitation.remote.clone(),
            only_from: invitation.remote.0.parse::<IpAddr>().ok(),
            ssrc: invitation.ssrc.0,
            payload_type: invitation.program_stream.unwrap_or(PROGRAM_STREAM),
        };
        spawn_sender(frames, plan, self.platform.media_clock())
    }

    /// Waits for the end, hands on orders and tells the counts.
    async fn follow(&self, sender: &Sender, origin: &Origin, ears: &mut Ears) -> SendEnd {
        let mut counting = tokio::time::interval(COUNT_PERIOD);
        let overdue = tokio::time::sleep(PICTURE_PATIENCE);
        tokio::pin!(overdue);
        let mut has_come = false;
        loop {
            tokio::select! {
                end = sender.over() => return end,
                () = &mut overdue, if !has_come => {
                    has_come = sender.sent().frames > 0;
                    if !has_come {
                        return SendEnd::Stopped;
                    }
                }
                Some(action) = ears.orders.recv() => match (origin, action) {
                    (_, Action::Teardown) => return SendEnd::Stopped,
                    (Origin::Recording(playback), action) => {
                        if let Err(error) = playback.control(action).await {
                            info!(camera = self.shown.name, %error, "an order to a playback was not taken");
                        }
                    }
                    (Origin::Live, _) => {}
                },
                _ = counting.tick() => {
                    let sent = sender.sent();
                    self.tell(Act::Count(self.invitation.session, sent.frames, sent.bytes));
                }
            }
        }
    }

    async fn write_down(&self) -> Result<(), crate::PlatformError> {
        if self.invitation.kind == SessionKind::Play {
            return self.platform.audit_upper(&self.upper, "view_live", &self.shown, None).await;
        }
        let time = |seconds: u64| {
            i64::try_from(seconds).ok().and_then(|s| Timestamp::from_second(s).ok()).unwrap_or_default()
        };
        let (from, to) = self.invitation.time;
        let span = format!("{} – {}", time(from), time(to));
        self.platform.audit_upper(&self.upper, "view_recording", &self.shown, Some(span)).await
    }

    /// The line outlives its sessions; at the very end there is nobody left to tell.
    fn tell(&self, act: Act) {
        let _ = self.acts.send(act);
    }
}

/// What the line keeps of a session.
pub(super) struct Open {
    pub(super) started: Option<oneshot::Sender<()>>,
    pub(super) orders: mpsc::Sender<Action>,
    pub(super) stop: CancellationToken,
}

/// Orders that may wait in one session; an impatient finger gives some a second.
const ORDERS_MAX: usize = 16;

impl Open {
    /// The line's end of a session and the session's.
    pub(super) fn new(stop: CancellationToken) -> (Self, Ears) {
        let (began, started) = oneshot::channel();
        let (give, orders) = mpsc::channel(ORDERS_MAX);
        let ears = Ears { started, orders, stop: stop.clone() };
        (Self { started: Some(began), orders: give, stop }, ears)
    }
}
