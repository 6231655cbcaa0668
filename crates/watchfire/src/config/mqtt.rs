//! `[mqtt]`: a broker, and where messages are published at it.

use std::path::PathBuf;

use domain::alarm::Rung;
use platform::notify::{Encryption, MqttSettings};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::notify::{HostPort, RUNGS, host_port, login};

/// Longest topic; what is put in makes it longer by some dozen bytes.
const TOPIC_BYTES_MAX: usize = 1000;

/// `[mqtt]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mqtt {
    /// The broker; none: the channel is off.
    #[serde(deserialize_with = "host_port")]
    pub server: Option<HostPort>,
    /// Whether others can read along.
    pub encryption: MqttEncryption,
    /// Certificates of the authority; empty: those that browsers know.
    pub authority: PathBuf,
    /// Name to log in with; empty: nobody logs in.
    pub user: String,
    /// Password.
    pub password: String,
    /// What the connection calls itself; empty: the broker makes a name.
    pub client: String,
    /// Where messages are published.
    #[serde(deserialize_with = "topic")]
    pub topic: String,
    /// Rungs that are told.
    pub rungs: Vec<Rung>,
}

/// Words for [`Encryption`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MqttEncryption {
    /// From the first byte.
    Tls,
    /// Not at all.
    None,
}

impl Default for Mqtt {
    fn default() -> Self {
        Self {
            server: None,
            encryption: MqttEncryption::Tls,
            authority: PathBuf::new(),
            user: String::new(),
            password: String::new(),
            client: String::new(),
            topic: "wf/{region}/{level}/{kind}".to_owned(),
            rungs: RUNGS.to_vec(),
        }
    }
}

impl Mqtt {
    /// As the channel needs it; none while it is off.
    pub(super) fn settings(&self) -> Option<MqttSettings> {
        let encryption = match self.encryption {
            MqttEncryption::Tls => Encryption::Tls,
            MqttEncryption::None => Encryption::Off,
        };
        let server =
            self.server.as_ref()?.server(encryption, &self.authority, login(&self.user, &self.password));
        Some(MqttSettings {
            server,
            client: self.client.clone(),
            topic: self.topic.clone(),
            rungs: self.rungs.clone(),
        })
    }
}

/// A name that can be published under (MQTT 3.1.1 4.7): no filter, not empty.
fn topic<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    let is_topic = !text.is_empty() && text.len() <= TOPIC_BYTES_MAX && !text.contains(['+', '#', '\0']);
    if is_topic { Ok(text) } else { Err(D::Error::custom("a topic is not empty and holds no + and no #")) }
}
