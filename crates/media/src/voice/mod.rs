//! A voice on its way to the speaker of a device: samples in, paced packets of G.711 out.
//!
//! Whoever speaks wants to be heard now. So there is no queue to speak of: what waits longer than [`WAITING_MAX_MS`] is dropped, the oldest
//! first, and where nothing waits silence is sent, because devices end a stream that stops. The signalling is not here; see
//! [`called`](crate::called) for the ports and the ways that media travel.

mod buffer;
mod packets;
#[cfg(test)]
mod tests;

pub use buffer::WAITING_MAX_MS;
pub use packets::VoiceCodec;

use crate::called::{MediaPort, Transport};
use crate::sender::outlet::Outlet;
use crate::sender::{SendEnd, SendPlan};
use buffer::Buffer;
use packets::Packets;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Instant, MissedTickBehavior, interval};
use tokio_util::sync::{CancellationToken, DropGuard};

/// What one packet lasts: the usual one of G.711 (RFC 3551 4.2).
const PACKET: Duration = Duration::from_millis(20);

/// Where a voice goes, and how.
#[derive(Debug)]
pub struct VoicePlan {
    /// Our port: sends datagrams, and is listened on where the device connects.
    pub port: MediaPort,
    /// How media go.
    pub transport: Transport,
    /// Where the device listens: host and port. Not needed where it connects.
    pub remote: (String, u16),
    /// Who may connect, where the device connects; `None` for anybody who knows the port.
    pub only_from: Option<IpAddr>,
    /// The number that the packets bear.
    pub ssrc: u32,
    /// The payload type that was agreed on.
    pub payload_type: u8,
    /// How the voice is coded.
    pub codec: VoiceCodec,
}

/// What has been sent so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct VoiceSent {
    /// RTP packets sent, silence included.
    pub packets: u64,
    /// Samples that waited for too long and were dropped.
    pub late_samples: u64,
    /// Datagrams that the system did not take.
    pub failed_packets: u64,
    /// Why it ended, once it has.
    pub end: Option<SendEnd>,
}

/// A voice on its way. Dropping it stops it.
#[derive(Debug)]
pub struct VoiceSender {
    buffer: Arc<Mutex<Buffer>>,
    sent: watch::Receiver<VoiceSent>,
    stop: CancellationToken,
    _stop_on_drop: DropGuard,
    task: JoinHandle<()>,
}

/// Begins to send, silence at first. Must be called inside a tokio runtime.
pub fn spawn_voice(plan: VoicePlan) -> VoiceSender {
    let buffer = Arc::<Mutex<Buffer>>::default();
    let (told, sent) = watch::channel(VoiceSent::default());
    let stop = CancellationToken::new();
    let (stopped, waiting) = (stop.clone(), Arc::clone(&buffer));
    let task = tokio::spawn(async move {
        let end = stopped.run_until_cancelled(send(plan, &waiting, &told)).await;
        told.send_modify(|sent| sent.end = Some(end.unwrap_or(SendEnd::Stopped)));
    });
    VoiceSender { buffer, sent, _stop_on_drop: stop.clone().drop_guard(), stop, task }
}

impl VoiceSender {
    /// Takes samples, 8 000 a second.
    pub fn say(&self, samples: &[i16]) {
        lock(&self.buffer).push(samples);
    }

    /// What has been sent so far.
    pub fn sent(&self) -> VoiceSent {
        *self.sent.borrow()
    }

    /// Waits until nothing more is sent; says why.
    pub async fn over(&self) -> SendEnd {
        let mut sent = self.sent.clone();
        let ended = sent.wait_for(|sent| sent.end.is_some()).await;
        ended.ok().and_then(|sent| sent.end).unwrap_or(SendEnd::Stopped)
    }

    /// Sends what still waits, at most [`WAITING_MAX_MS`] of it, and stops.
    pub async fn finish(self) {
        lock(&self.buffer).end();
        self.over().await;
        self.stop().await;
    }

    /// Stops it and waits until its port is given up.
    pub async fn stop(self) {
        self.stop.cancel();
        if let Err(error) = self.task.await {
            tracing::error!(%error, "voice task ended badly");
        }
    }
}

async fn send(plan: VoicePlan, buffer: &Mutex<Buffer>, told: &watch::Sender<VoiceSent>) -> SendEnd {
    let mut packets = Packets::new(plan.codec, plan.payload_type, plan.ssrc);
    let plan = SendPlan {
        port: plan.port,
        // There, the device of these names is whoever sends.
        transport: match plan.transport {
            Transport::Udp => Transport::Udp,
            Transport::DeviceConnects => Transport::PlatformConnects,
            Transport::PlatformConnects => Transport::DeviceConnects,
        },
        remote: plan.remote,
        only_from: plan.only_from,
        ssrc: plan.ssrc,
        payload_type: plan.payload_type,
    };
    let mut outlet = match Outlet::open(&plan).await {
        Ok(outlet) => outlet,
        Err(end) => return end,
    };
    let began = Instant::now();
    let mut ticks = interval(PACKET);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    loop {
        let at = tokio::select! {
            at = ticks.tick() => at,
            () = outlet.closed() => return SendEnd::Broken,
        };
        let (samples, late_samples) = {
            let mut buffer = lock(buffer);
            let Some(samples) = buffer.take() else { return SendEnd::StreamEnded };
            (samples, buffer.late_samples())
        };
        // What was skipped while a write waited is a gap in time, not a delay.
        let number = at.saturating_duration_since(began).as_millis() / PACKET.as_millis();
        outlet.put(packets.next(&samples, number as u64));
        let Ok(went) = outlet.flush().await else { return SendEnd::Broken };
        told.send_modify(|sent| {
            sent.packets += went.packets;
            sent.failed_packets += went.failed_packets;
            sent.late_samples = late_samples;
        });
    }
}

fn lock(buffer: &Mutex<Buffer>) -> MutexGuard<'_, Buffer> {
    buffer.lock().unwrap_or_else(PoisonError::into_inner)
}
