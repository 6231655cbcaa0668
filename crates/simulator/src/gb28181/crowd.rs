//! Many devices of one sort, for load.

use super::device::{GbChannel, GbDevice, Signalling};
use crate::scene::Scene;
use crate::simulator::VideoSource;
use gb28181::device::Habits;
use gb28181::id::GbId;
use std::path::PathBuf;
use std::sync::Arc;

/// Serial numbers of an id, digits 14 to 20.
const SERIALS: u64 = 10_000_000;

/// A crowd: devices with consecutive ids, each with the same number of channels.
#[derive(Debug, Clone)]
pub struct Crowd {
    /// The id of the first. Its type says what sort they are.
    pub first: GbId,
    /// How many.
    pub count: usize,
    /// Channels of each. A camera with one channel is its own.
    pub channels: usize,
    /// The password of all.
    pub password: String,
    /// What carries the messages of the first, the second and so on, round and round.
    pub signalling: Vec<Signalling>,
    /// The oddities of all.
    pub habits: Habits,
    /// What all channels show; none: drawn scenes in turn.
    pub video: Option<PathBuf>,
}

/// Why there is no such crowd.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CrowdError {
    /// The ids do not fit into the seven digits of a serial number.
    #[error(
        "{count} devices with {channels} channels each do not fit behind the first id: digits 14 to 20 end at 9999999"
    )]
    TooMany {
        /// Devices.
        count: usize,
        /// Channels of each.
        channels: usize,
    },
}

impl Crowd {
    /// The id of the first recorder in the domain of a server.
    pub fn recorders_of(server: GbId) -> GbId {
        with_serial(server, Some("118"), 1).unwrap_or(server)
    }

    /// The devices. Their channels have type 132, or 131 behind cameras, and numbers that follow those of the devices.
    ///
    /// # Errors
    /// When there are more than ids.
    pub fn devices(&self) -> Result<Vec<GbDevice>, CrowdError> {
        let too_many = CrowdError::TooMany { count: self.count, channels: self.channels };
        let (count, channels) = (self.count as u64, self.channels as u64);
        let first = serial_of(self.first);
        let last_channel = count.checked_add(first).and_then(|last| last.checked_mul(channels.max(1)));
        if last_channel.is_none_or(|last| last > SERIALS) {
            return Err(too_many);
        }
        let mut sample = GbDevice::new(self.first, &self.password, "模拟设备 SIMULATED");
        sample.habits = self.habits.clone();
        let name: Arc<str> = "模拟通道 SIMULATED".into();
        let devices = (0..count).map(|at| {
            let serial = first + at;
            let id = with_serial(self.first, None, serial)?;
            let signalling = self.signalling.get(at as usize % self.signalling.len().max(1));
            let channel = |number: u64| {
                let is_itself = self.first.kind().is_camera() && channels == 1;
                let type_code = if self.first.kind().is_camera() { "131" } else { "132" };
                let id = if is_itself {
                    Some(id)
                } else {
                    with_serial(self.first, Some(type_code), serial * channels + number)
                };
                let scene = Scene::ROUND[(serial * channels + number) as usize % Scene::ROUND.len()];
                let source = Some(match &self.video {
                    Some(path) => VideoSource::File(path.clone()),
                    None => VideoSource::Scene { scene, seed: 1 },
                });
                Some(GbChannel { id: id?, name: name.clone(), source, is_online: true })
            };
            let channels = (0..channels).map(channel).collect::<Option<_>>()?;
            Some(GbDevice {
                id,
                channels,
                signalling: *signalling.unwrap_or(&Signalling::Udp),
                ..sample.clone()
            })
        });
        devices.collect::<Option<_>>().ok_or(too_many)
    }
}

fn serial_of(id: GbId) -> u64 {
    u64::from(id.network()) * (SERIALS / 10) + u64::from(id.serial())
}

fn with_serial(first: GbId, type_code: Option<&str>, serial: u64) -> Option<GbId> {
    let head = first.as_str();
    GbId::parse(&format!("{}{}{serial:07}", &head[..10], type_code.unwrap_or(&head[10..13]))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crowd(first: &str, count: usize, channels: usize) -> Crowd {
        Crowd {
            first: GbId::parse(first).expect("an id"),
            count,
            channels,
            password: "x".to_owned(),
            signalling: vec![Signalling::Udp, Signalling::Tcp],
            habits: Habits::default(),
            video: None,
        }
    }

    #[test]
    fn ids_follow_each_other_and_none_comes_twice() {
        let devices = crowd("33010000111180000001", 3, 2).devices().expect("a crowd");
        let mut ids: Vec<_> = devices.iter().map(|device| device.id).collect();
        ids.extend(devices.iter().flat_map(|device| &device.channels).map(|channel| channel.id));
        assert_eq!(ids[2].as_str(), "33010000111180000003");
        assert_eq!(ids[8].as_str(), "33010000111320000007");
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 9);
        assert_eq!(devices[1].signalling, Signalling::Tcp);
    }

    #[test]
    fn a_camera_is_its_own_channel() {
        let devices = crowd("33010000111320000005", 1, 1).devices().expect("a crowd");
        assert_eq!(devices[0].channels[0].id, devices[0].id);
    }

    #[test]
    fn more_devices_than_numbers_are_refused() {
        let error = crowd("33010000111189999990", 20, 1).devices().expect_err("too many");
        assert_eq!(error, CrowdError::TooMany { count: 20, channels: 1 });
    }
}
