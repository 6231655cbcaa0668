//! Pictures handed on as they are: the frames of a hub as a program stream to a platform that asked for them.
//!
//! This is the other half of [`called`](crate::called): here we are the device. Nothing is decoded or coded again. The stream begins with
//! a key frame. A peer that is too slow over TCP costs itself pictures and nobody else: while a write waits, the ring of the hub
//! moves on, and the reader goes on at a key frame.

pub(crate) mod outlet;
#[cfg(test)]
mod tests;

use crate::called::{MediaPort, Transport};
use crate::camera::Clock;
use crate::fmp4::ticks;
use crate::frame::Frame;
use crate::hub::FrameReader;
use gb28181::ps::{Codec, Muxer, Sample};
use gb28181::rtp::{Packetizer, Payload};
use outlet::Outlet;
use std::net::{IpAddr, SocketAddr};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};

/// Largest RTP packet: passes every network, tunnels included.
const PACKET_BYTES_MAX: usize = 1_400;

/// Where pictures go, and how.
#[derive(Debug)]
pub struct SendPlan {
    /// Our port: sends datagrams, and is listened on where the peer connects.
    pub port: MediaPort,
    /// How media go; the device of these names is us.
    pub transport: Transport,
    /// Where the peer receives: host and port. Not needed where it connects.
    pub remote: (String, u16),
    /// Who may connect, where the peer connects; `None` for anybody who knows the port.
    pub only_from: Option<IpAddr>,
    /// The number that the packets bear.
    pub ssrc: u32,
    /// The payload type of program streams, 96 unless something else was agreed on.
    pub payload_type: u8,
}

/// Why nothing more is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendEnd {
    /// The camera was stopped, or its recording is at its end.
    StreamEnded,
    /// The peer's host name is unknown.
    HostNotFound,
    /// No connection to the peer, or from it, in time.
    NotConnected,
    /// The peer closed the connection, or took nothing for too long.
    Broken,
    /// Stopped by us.
    Stopped,
}

/// What has been sent so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sent {
    /// Where it goes, once that is known.
    pub peer: Option<SocketAddr>,
    /// When the first frame was sent, microseconds UTC.
    pub first_at_us: Option<i64>,
    /// Frames sent.
    pub frames: u64,
    /// RTP packets sent.
    pub packets: u64,
    /// Bytes of these packets.
    pub bytes: u64,
    /// Frames left out because the peer was too slow.
    pub skipped_frames: u64,
    /// Datagrams that the system did not take.
    pub failed_packets: u64,
    /// Why it ended, once it has.
    pub end: Option<SendEnd>,
}

/// A stream on its way. Dropping it stops it.
#[derive(Debug)]
pub struct Sender {
    sent: watch::Receiver<Sent>,
    stop: CancellationToken,
    _stop_on_drop: DropGuard,
    task: JoinHandle<()>,
}

/// Sends the frames of a reader until they end, the peer is gone, or it is stopped. Must be called inside a tokio runtime.
pub fn spawn_sender(frames: FrameReader, plan: SendPlan, clock: Clock) -> Sender {
    let (told, sent) = watch::channel(Sent::default());
    let stop = CancellationToken::new();
    let stopped = stop.clone();
    let task = tokio::spawn(async move {
        let end = stopped.run_until_cancelled(send(frames, plan, &clock, &told)).await;
        told.send_modify(|sent| sent.end = Some(end.unwrap_or(SendEnd::Stopped)));
    });
    Sender { sent, _stop_on_drop: stop.clone().drop_guard(), stop, task }
}

impl Sender {
    /// What has been sent so far.
    pub fn sent(&self) -> Sent {
        *self.sent.borrow()
    }

    /// Waits until nothing more is sent; says why.
    pub async fn over(&self) -> SendEnd {
        let mut sent = self.sent.clone();
        let ended = sent.wait_for(|sent| sent.end.is_some()).await;
        ended.ok().and_then(|sent| sent.end).unwrap_or(SendEnd::Stopped)
    }

    /// Stops it and waits until its port is given up.
    pub async fn stop(self) {
        self.stop.cancel();
        if let Err(error) = self.task.await {
            tracing::error!(%error, "sender task ended badly");
        }
    }
}

async fn send(mut frames: FrameReader, plan: SendPlan, clock: &Clock, told: &watch::Sender<Sent>) -> SendEnd {
    let mut outlet = match Outlet::open(&plan).await {
        Ok(outlet) => outlet,
        Err(end) => return end,
    };
    told.send_modify(|sent| sent.peer = outlet.peer());
    let mut coded_as = Codec::H264;
    let mut muxer = Muxer::new(Some(coded_as), None);
    // The low half of the SSRC serves as a first number that differs from session to session.
    let (payload, first) = (Payload::Program, plan.ssrc as u16);
    let mut packetizer = Packetizer::new(payload, plan.payload_type, plan.ssrc, first, PACKET_BYTES_MAX);
    let mut pack = Vec::new();
    loop {
        let next = tokio::select! {
            next = frames.next() => next,
            () = outlet.closed() => return SendEnd::Broken,
        };
        let Some(frame) = next else { return SendEnd::StreamEnded };
        pack.clear();
        let codec = frame.parameters.codec.into();
        if coded_as != codec {
            (coded_as, muxer) = (codec, Muxer::new(Some(codec), None));
        }
        let data = frame.byte_stream();
        muxer.video(sample(&frame, &data), &mut pack);
        packetizer.frame(&pack, ticks(frame.pts_us) as u32, |packet| outlet.put(packet));
        let Ok(went) = outlet.flush().await else { return SendEnd::Broken };
        let now_us = clock();
        told.send_modify(|sent| {
            sent.first_at_us.get_or_insert(now_us);
            sent.frames += 1;
            sent.packets += went.packets;
            sent.bytes += went.bytes;
            sent.failed_packets += went.failed_packets;
            sent.skipped_frames = frames.lost();
        });
    }
}

fn sample<'a>(frame: &Frame, data: &'a [u8]) -> Sample<'a> {
    let dts = (frame.dts_us != frame.pts_us).then(|| ticks(frame.dts_us));
    Sample { pts: ticks(frame.pts_us), dts, is_key: frame.is_key, data }
}
