//! What devices tell, what sessions tell, and what is ordered from outside.

use super::alarm::{Raised, alarm_of};
use super::event::Happening;
use super::media::{Ear, Heard, News, Player, Port, Session};
use super::run::{DOWNLOAD_SCALE, LEAVES_PER_MS, ORDERS_MAX, Order, Run};
use crate::clip::RTP_CLOCK;
use gb28181::device::{Event, Invitation, Speech};
use gb28181::edition::Edition;
use gb28181::manscdp::mobile_position::{FlatPosition, MobilePosition, Position, PositionList};
use gb28181::manscdp::upload::{SnapShotFiles, SnapShotsUploaded};
use gb28181::manscdp::{Body, LocalTime};
use gb28181::sdp::SessionKind;
use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tracing::info;

/// Where simulated devices stand: the middle of Nanchang, WGS-84, longitude and latitude in degrees.
const PLACE_DEG: (f64, f64) = (115.892, 28.676);

impl Run {
    pub(super) fn happened(&mut self, number: u32, event: Event) {
        let what = match event {
            Event::Registered { .. } => {
                self.totals.registrations += 1;
                self.count_registered(number, true);
                Happening::Registered
            }
            Event::Refused { status } => {
                self.totals.refused += 1;
                self.count_registered(number, false);
                Happening::Refused { status }
            }
            Event::Redirected { to } => {
                self.redirected(number, &to);
                Happening::Redirected { to }
            }
            Event::Unregistered => {
                self.count_registered(number, false);
                Happening::Unregistered
            }
            Event::Subscribed { cmd_type, .. } => {
                // A device reports the rest when there is something to report, whether anybody subscribed or not.
                if cmd_type.eq_ignore_ascii_case("MobilePosition") {
                    self.tell_position(number);
                }
                return;
            }
            Event::SessionStarted(invitation) => {
                self.begin(number, &invitation);
                let Invitation { session, channel, kind, transport, remote: (host, port), .. } = *invitation;
                Happening::SessionStarted {
                    session,
                    channel,
                    kind,
                    transport,
                    remote: format!("{host}:{port}"),
                }
            }
            Event::Controlled { session, action } => {
                if let Some(orders) = self.media.get(&(number, session)) {
                    // A session that does not take sixteen orders has other sorrows.
                    let _ = orders.try_send(action.clone());
                }
                Happening::Controlled { session, action }
            }
            Event::VoiceStarted(speech) => {
                let (session, (host, port)) = (speech.session, speech.remote.clone());
                self.listen(number, speech);
                Happening::VoiceStarted { session, remote: format!("{host}:{port}") }
            }
            Event::VoiceEnded { session } => {
                // The ear tells what it heard, and that is what is told.
                if let Some(stop) = self.ears.remove(&(number, session)) {
                    stop.cancel();
                }
                return;
            }
            Event::SessionEnded { session } => {
                self.media.remove(&(number, session));
                Happening::SessionEnded { session }
            }
        };
        self.tell(number, what);
    }

    pub(super) fn count_registered(&mut self, number: u32, is_registered: bool) {
        let was_registered = &mut self.nodes[number as usize].is_registered;
        if *was_registered != is_registered {
            *was_registered = is_registered;
            self.totals.registered =
                if is_registered { self.totals.registered + 1 } else { self.totals.registered - 1 };
        }
    }

    /// On a connection, the other server wants a new one.
    fn redirected(&mut self, number: u32, to: &str) {
        let node = &mut self.nodes[number as usize];
        if let (Some(before), Ok(server)) = (node.connection, to.parse()) {
            node.server = server;
            // Its end is the beginning of the next.
            self.sockets.close(before);
        }
    }

    /// Begins to send what a call asked for.
    fn begin(&mut self, number: u32, invitation: &Invitation) {
        let key = (number, invitation.session);
        let (orders, obeyed) = mpsc::channel(ORDERS_MAX);
        self.media.insert(key, orders);
        let node = &mut self.nodes[number as usize];
        let Some(at) = node.state.ports.iter().position(|(session, _)| *session == invitation.session) else {
            return;
        };
        let (_, port) = node.state.ports.swap_remove(at);
        let channel = node.what.channels.iter().find(|channel| channel.id == invitation.channel);
        let source = channel.and_then(|channel| channel.source.as_ref());
        let Some(reel) = source.and_then(|source| self.reels.get(source)).cloned() else { return };
        if let Port::Black = port {
            return;
        }
        let ssrc = node.endpoint.sent_ssrc(invitation).0;
        let now = Instant::now();
        let length_s = invitation.time.1.saturating_sub(invitation.time.0);
        let player = match invitation.kind {
            SessionKind::Playback => Player::recording(reel, now, length_s, 1.0),
            SessionKind::Download => Player::recording(reel, now, length_s, DOWNLOAD_SCALE),
            _ => {
                let position = (now - self.began).as_micros() as i64 * i64::from(RTP_CLOCK) / 1_000_000;
                Player::live(reel, now, position)
            }
        };
        let session = Session { key, port, remote: invitation.remote.clone(), ssrc };
        let player = player.with_sound(self.tone.clone());
        self.sessions.spawn(session.run(player, obeyed, self.news.0.clone()));
    }

    /// Begins to hear a voice.
    fn listen(&mut self, number: u32, speech: Speech) {
        let key = (number, speech.session);
        let ports = &mut self.nodes[number as usize].state.ports;
        let Some(at) = ports.iter().position(|(session, _)| *session == speech.session) else { return };
        let (_, port) = ports.swap_remove(at);
        let stop = CancellationToken::new();
        self.ears.insert(key, stop.clone());
        let ear = Ear { key, port, remote: speech.remote };
        self.sessions.spawn(ear.run(stop, self.news.0.clone()));
    }

    pub(super) fn heard(&mut self, news: News) {
        if let News::Ended(key) | News::Failed(key, _) = &news
            && !self.media.contains_key(key)
        {
            return;
        }
        match news {
            News::Heard((number, session), Heard { samples, rms }) => {
                let device = self.nodes[number as usize].what.id;
                info!(%device, samples, rms, "a simulated device heard a voice");
                self.tell(number, Happening::VoiceHeard { session, samples, rms });
            }
            News::Uploaded(number, channel, session, ids) => {
                let told = SnapShotsUploaded {
                    session,
                    files: Some(SnapShotFiles { ids }).filter(|files| !files.ids.is_empty()),
                };
                self.touch(number, |device, _, now, out| {
                    device.report(now, channel.into(), Body::SnapShotsUploaded(told), out);
                });
            }
            News::Ended((number, session)) => {
                self.touch(number, |device, _, now, out| device.file_end(now, session, out));
                self.tell(number, Happening::FileEnded { session });
            }
            News::Failed((number, session), error) => {
                self.tell(number, Happening::MediaFailed { session, reason: error.to_string() });
                self.touch(number, |device, _, now, out| device.hang_up(now, session, out));
            }
        }
    }

    pub(super) fn obey(&mut self, order: Order) {
        let Order::Alarm { device, point, kind, answer } = order;
        let raised = match self.by_id.get(&device).copied() {
            None => Raised::Unknown,
            Some(number) if !self.nodes[number as usize].is_registered => Raised::NotRegistered,
            Some(number) => {
                let alarm = alarm_of(kind, LocalTime { unix_us: self.now().unix_ms * 1_000 });
                let raised = self.nodes[number as usize].state.points.raise(point, &alarm);
                if raised == Raised::Sent {
                    self.touch(number, |device, _, now, out| {
                        device.report(now, point, Body::Alarm(alarm), out);
                    });
                }
                raised
            }
        };
        // Whoever asked may have gone.
        let _ = answer.send(raised);
    }

    /// Begins the uploads that a device has been asked for.
    pub(super) fn begin_uploads(&mut self, number: u32) {
        let now = self.now();
        let node = &mut self.nodes[number as usize];
        for upload in std::mem::take(&mut node.state.uploads) {
            let channel = node.what.channels.iter().find(|channel| channel.id == upload.channel);
            let source = channel.and_then(|channel| channel.source.as_ref());
            let Some(reel) = source.and_then(|source| self.reels.get(source)).cloned() else { continue };
            let position = (u64::from(RTP_CLOCK) * now.mono_ms / 1_000 % u64::from(reel.duration)) as u32;
            let (tell, now_s) = (self.news.0.clone(), now.unix_ms.div_euclid(1_000));
            self.sessions.spawn(async move {
                let (channel, session) = (upload.channel, upload.order.session.clone());
                let names = upload.run(reel, position, now_s).await;
                // Fails only when the simulator is gone.
                let _ = tell.send(News::Uploaded(number, channel, session, names)).await;
            });
        }
    }

    /// Says where a device is, in the shape of its edition. It stands still.
    fn tell_position(&mut self, number: u32) {
        let now_us = self.now().unix_ms * 1_000;
        let what = &self.nodes[number as usize].what;
        let (id, (longitude, latitude)) = (what.id, PLACE_DEG);
        let time = Some(LocalTime { unix_us: now_us });
        let position = if what.edition >= Edition::V2022 {
            let here = Position {
                device: id.into(),
                time,
                longitude: Some(longitude),
                latitude: Some(latitude),
                speed_kmh: Some(0.0),
                direction_deg: None,
                altitude_m: None,
                height_m: None,
            };
            MobilePosition::List(PositionList { time, sum_num: Some(1), positions: vec![here].into() })
        } else {
            let (longitude, latitude) = (Some(longitude), Some(latitude));
            MobilePosition::Flat(FlatPosition { time, longitude, latitude, ..FlatPosition::default() })
        };
        self.touch(number, |device, _, now, out| {
            device.report(now, id.into(), Body::MobilePosition(position), out);
        });
    }

    /// Lets all devices leave, not all at once.
    pub(super) fn leave(&mut self) {
        self.is_leaving = true;
        let now_ms = self.now().mono_ms;
        for number in 0..self.nodes.len() as u32 {
            self.plan(number, now_ms + u64::from(number) / LEAVES_PER_MS);
        }
    }
}
