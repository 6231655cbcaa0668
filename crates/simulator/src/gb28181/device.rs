//! What to simulate.

use crate::VideoSource;
use gb28181::device::Habits;
use gb28181::edition::Edition;
use gb28181::id::GbId;
use gb28181::profile::MediaTransport;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

/// Devices registered a second at the start: a platform that shares its machine with them stays fluent.
const STARTS_PER_S: u32 = 1_000;

/// Settings of a simulator.
#[derive(Debug, Clone)]
pub struct GbSimulatorConfig {
    /// Where the platform listens.
    pub server: SocketAddr,
    /// The platform's id.
    pub server_id: GbId,
    /// Its domain, normally the first ten digits of its id.
    pub domain: String,
    /// The devices.
    pub devices: Vec<GbDevice>,
    /// Whether pictures are sent to whoever invites. Without, calls are accepted and stay black, and no scene is drawn.
    pub has_media: bool,
    /// Whether pictures without sound of their own are sent with a steady tone.
    pub has_tone: bool,
    /// Folder for encoded clips, so that the next start need not draw them again.
    pub cache: Option<PathBuf>,
    /// Devices that begin to register within a second.
    pub starts_per_s: u32,
    /// Life of a registration that devices ask for, in seconds.
    pub expires_s: u32,
    /// Seconds between signs of life.
    pub keepalive_s: u32,
    /// How many hours back a channel has recordings, one an hour.
    pub recorded_h: u32,
    /// Seconds that the clocks of all devices are ahead; negative where they are behind.
    pub clock_ahead_s: i64,
    /// Random bytes, new at each start: names and nonces are made of them.
    pub secret: [u8; 32],
}

/// What carries a device's messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signalling {
    /// Datagrams.
    Udp,
    /// A connection that the device opens.
    Tcp,
}

/// One device. What sort it is says its id: a camera (131, 132), a recorder (111 to 130), a lower platform (200).
#[derive(Debug, Clone)]
pub struct GbDevice {
    /// Its id.
    pub id: GbId,
    /// Its password at the platform.
    pub password: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// Its maker.
    pub maker: Arc<str>,
    /// Its model.
    pub model: Arc<str>,
    /// The edition it follows.
    pub edition: Edition,
    /// What carries its messages.
    pub signalling: Signalling,
    /// What lies behind it. A camera is its own only channel.
    pub channels: Vec<GbChannel>,
    /// What it does otherwise than the standard.
    pub habits: Habits,
    /// How it can send pictures; invitations of other sorts are declined with 488.
    pub media: Vec<MediaTransport>,
    /// How it wants to be spoken to; `None` for a device without a speaker.
    pub hears: Option<MediaTransport>,
}

/// A channel: a camera, or an alarm point (134) without a picture.
#[derive(Debug, Clone)]
pub struct GbChannel {
    /// Its id.
    pub id: GbId,
    /// Its name.
    pub name: Arc<str>,
    /// What it shows; `None` for what is no camera.
    pub source: Option<VideoSource>,
    /// Whether it works; calls of one that does not are declined with 480.
    pub is_online: bool,
}

impl GbSimulatorConfig {
    /// The usual settings for a server of this id.
    pub fn new(server: SocketAddr, server_id: GbId, devices: Vec<GbDevice>, secret: [u8; 32]) -> Self {
        Self {
            server,
            server_id,
            domain: server_id.domain().to_owned(),
            devices,
            has_media: true,
            has_tone: false,
            cache: None,
            starts_per_s: STARTS_PER_S,
            expires_s: 3_600,
            keepalive_s: 60,
            recorded_h: 24,
            clock_ahead_s: 0,
            secret,
        }
    }
}

impl GbDevice {
    /// A device of the newest edition that does everything right, over UDP, without channels.
    pub fn new(id: GbId, password: &str, name: &str) -> Self {
        Self {
            id,
            password: password.into(),
            name: name.into(),
            maker: "Watchfire".into(),
            model: "SIMULATED".into(),
            edition: Edition::V2022,
            signalling: Signalling::Udp,
            channels: Vec::new(),
            habits: Habits::default(),
            media: vec![
                MediaTransport::Udp,
                MediaTransport::TcpDeviceConnects,
                MediaTransport::TcpPlatformConnects,
            ],
            hears: Some(MediaTransport::Udp),
        }
    }
}

impl GbChannel {
    /// A camera that works.
    pub fn camera(id: GbId, name: &str, source: VideoSource) -> Self {
        Self { id, name: name.into(), source: Some(source), is_online: true }
    }

    /// An alarm point that works.
    pub fn alarm_point(id: GbId, name: &str) -> Self {
        Self { id, name: name.into(), source: None, is_online: true }
    }
}
