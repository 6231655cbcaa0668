//! The devices and clients of the stories.

use crate::simulator::VideoSource;
use crate::simulator::encode::encode;
use crate::simulator::onvif::{OnvifConfig, OnvifDevice, OnvifHabits, OnvifStream};
use crate::simulator::picture::Picture;
use media::onvif::{OnvifAddress, OnvifClient, OnvifSettings, ReplyLimits};
use media::{Clock, Credentials, Reach};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// How long a client of the stories waits for an answer.
pub const ANSWER_MS: u64 = 1_500;

pub fn clock() -> Clock {
    Arc::new(|| SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros() as i64)
}

pub fn client() -> OnvifClient {
    OnvifClient::new(OnvifSettings {
        reach: Reach::PrivateAndLoopback,
        limits: ReplyLimits { connect_ms: 1_000, answer_ms: ANSWER_MS, ..ReplyLimits::default() },
        clock: clock(),
        nonce_key: [3; 32],
    })
}

pub fn credentials(password: &str) -> Credentials {
    Credentials::new("admin", password)
}

pub fn address(device: &OnvifDevice) -> OnvifAddress {
    let IpAddr::V4(host) = device.address().ip() else { panic!("devices have IPv4 addresses here") };
    OnvifAddress::new(host, device.address().port())
}

pub fn streams(named: &[(&str, &str)]) -> Vec<OnvifStream> {
    let stream = |(name, url): &(&str, &str)| OnvifStream {
        name: (*name).to_owned(),
        encoding: "H264".into(),
        size: (320, 192),
        url: (*url).to_owned(),
    };
    named.iter().map(stream).collect()
}

/// A device with two streams that asks for admin and right-1.
pub async fn device(habits: OnvifHabits) -> OnvifDevice {
    device_at(Ipv4Addr::LOCALHOST, habits).await
}

pub async fn device_at(host: Ipv4Addr, habits: OnvifHabits) -> OnvifDevice {
    let url = format!("rtsp://{host}:554/1");
    let config = OnvifConfig {
        listen: SocketAddr::from((host, 0)),
        streams: streams(&[("main", &url), ("sub", &url)]),
        credentials: Some(("admin".into(), "right-1".into())),
        habits,
        ..OnvifConfig::new()
    };
    OnvifDevice::start(config).await.unwrap()
}

/// Two seconds of a moving bar as a bare byte stream in a file.
pub fn moving_clip(folder: &Path) -> VideoSource {
    let (width, height) = (320usize, 192usize);
    let pictures = (0..20usize).map(move |number| {
        let mut i420 = vec![128u8; width * height * 3 / 2];
        for (at, luma) in i420[..width * height].iter_mut().enumerate() {
            *luma = if (at % width + number * 8) / 40 % 2 == 0 { 60 } else { 180 };
        }
        Picture { width, height, i420 }
    });
    let path = folder.join("bar.h264");
    let bytes: Vec<u8> =
        encode(pictures, 10).unwrap().units.iter().flat_map(|unit| unit.data.to_vec()).collect();
    std::fs::write(&path, bytes).unwrap();
    VideoSource::File(path)
}
