//! MQTT 3.1.1: every message as JSON under a topic of its own, with quality of service 1; the broker's PUBACK is the receipt.
//!
//! One connection serves message after message, one at a time, and is begun anew when it was quiet for long or broke. A message that broke off
//! is published again under the same `delivery`; whoever subscribes takes it once.

mod packet;
mod stream;

use domain::alarm::Rung;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::Mutex;
use tokio::time::timeout;

use self::packet::{Packet, TEXT_BYTES_MAX};
use self::stream::Stream;
use super::channel::{Channel, Fault, Recipient};
use super::http::Http;
use super::line::{Server, wait_for};
use super::message::{About, Message};

/// After this long without a word the broker may think that we are gone (3.1.2.10).
const KEEP_ALIVE_S: u16 = 60;
/// A connection that was quiet for longer is not trusted: whatever lies between may have forgotten it.
const QUIET_MAX: SignedDuration = SignedDuration::from_secs(30);
/// For an answer on a connection that stood before; then it is tried on a fresh one, within the time of the exchange.
const KEPT_LIMIT: Duration = Duration::from_secs(4);
/// Bytes that are waiting to be a packet. More is no broker.
const UNREAD_BYTES_MAX: usize = 4096;
/// In a topic, for what a message does not have.
const NOTHING: &str = "-";

/// A broker, and where messages are published at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MqttSettings {
    /// The broker.
    pub server: Server,
    /// What the connection calls itself; empty: the broker makes a name.
    pub client: String,
    /// Where, with `{region}`, `{level}`, `{kind}` and `{code}` put in.
    pub topic: String,
    /// Rungs that are told.
    pub rungs: Vec<Rung>,
}

/// The channel.
pub(super) struct Mqtt {
    settings: MqttSettings,
    kept: Mutex<Option<Line>>,
}

/// A connection that the broker has taken.
struct Line {
    stream: Box<dyn Stream>,
    unread: Vec<u8>,
    last_number: u16,
    used_at: Timestamp,
}

impl Mqtt {
    pub(super) fn new(settings: MqttSettings) -> Self {
        Self { settings, kept: Mutex::new(None) }
    }

    async fn tell(&self, out: &Http, topic: &str, payload: &[u8], now: Timestamp) -> Result<String, Fault> {
        let mut kept = self.kept.lock().await;
        if let Some(mut line) = kept.take().filter(|line| now.duration_since(line.used_at) < QUIET_MAX)
            && let Ok(Ok(said)) = timeout(KEPT_LIMIT, line.publish(topic, payload, now)).await
        {
            *kept = Some(line);
            return Ok(said);
        }
        let mut line = self.open(out, now).await?;
        let said = line.publish(topic, payload, now).await?;
        *kept = Some(line);
        Ok(said)
    }

    async fn open(&self, out: &Http, now: Timestamp) -> Result<Line, Fault> {
        let server = &self.settings.server;
        let stream = stream::open(server, out).await?;
        let mut line = Line { stream, unread: Vec::new(), last_number: 0, used_at: now };
        let login = server.login.as_ref().map(|login| (login.user.as_str(), login.password.as_str()));
        line.write(&packet::connect(&self.settings.client, KEEP_ALIVE_S, login)).await?;
        match line.read().await? {
            Packet::ConnAck(0) => Ok(line),
            Packet::ConnAck(code) => Err(refusal(code)),
            _ => Err(Fault::passing("the broker does not begin with an answer to the connection")),
        }
    }
}

impl Channel for Mqtt {
    fn name(&self) -> &'static str {
        "mqtt"
    }

    fn rungs(&self) -> &[Rung] {
        &self.settings.rungs
    }

    fn addresses(&self) -> Vec<String> {
        vec![self.settings.server.name()]
    }

    fn send(&self, out: &Http, _to: &Recipient, message: &Message, now: Timestamp) -> Result<String, Fault> {
        let topic = topic(&self.settings.topic, message);
        if topic.len() > TEXT_BYTES_MAX {
            return Err(Fault::lasting("the topic is too long"));
        }
        let payload = message.json().to_string();
        wait_for(self.tell(out, &topic, payload.as_bytes(), now))
    }
}

impl Line {
    /// Publishes and waits until the broker answers for it.
    async fn publish(&mut self, topic: &str, payload: &[u8], now: Timestamp) -> Result<String, Fault> {
        let number = self.last_number.checked_add(1).unwrap_or(1);
        self.last_number = number;
        self.write(&packet::publish(topic, number, payload)).await?;
        loop {
            // Answers to messages that nobody waits for any more go by.
            if self.read().await? == Packet::PubAck(number) {
                self.used_at = now;
                return Ok(format!("PUBACK {topic}"));
            }
        }
    }

    async fn write(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        let written = async {
            self.stream.write_all(bytes).await?;
            self.stream.flush().await
        };
        written.await.map_err(|error| broken(&error))
    }

    async fn read(&mut self) -> Result<Packet, Fault> {
        loop {
            let found = packet::read(&self.unread).map_err(|_| Fault::passing("this is no MQTT 3.1.1"))?;
            if let Some((packet, length)) = found {
                self.unread.drain(..length);
                return Ok(packet);
            }
            if self.unread.len() > UNREAD_BYTES_MAX {
                return Err(Fault::passing("this is no MQTT 3.1.1"));
            }
            if self.stream.read_buf(&mut self.unread).await.map_err(|error| broken(&error))? == 0 {
                return Err(Fault::passing(
                    "the broker closed the connection before it answered for the message",
                ));
            }
        }
    }
}

/// What a code of CONNACK means (3.2.2.3). That the server is unavailable passes; who we are does not change by itself.
fn refusal(code: u8) -> Fault {
    match code {
        1 => Fault::lasting("the broker does not speak MQTT 3.1.1"),
        2 => Fault::lasting("the broker refuses the client's name; set mqtt.client"),
        3 => Fault::passing("the broker is not available"),
        4 => Fault::lasting("the broker refuses name and password"),
        5 => Fault::lasting("the broker lets us in nowhere"),
        code => Fault::lasting(format!("the broker refuses with code {code}")),
    }
}

fn broken(error: &std::io::Error) -> Fault {
    Fault::passing(format!("the connection to the broker broke: {error}"))
}

/// Puts in what the message has, in one walk.
fn topic(template: &str, message: &Message) -> String {
    let facts = facts(message);
    let mut topic = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        topic.push_str(&rest[..open]);
        rest = &rest[open..];
        let found = facts.iter().find_map(|(name, fact)| Some((fact, rest.strip_prefix(name)?)));
        if let Some((fact, after)) = found {
            topic.push_str(&level_of_topic(fact));
            rest = after;
        } else {
            topic.push('{');
            rest = &rest[1..];
        }
    }
    topic + rest
}

fn facts(message: &Message) -> [(&'static str, String); 4] {
    let nothing = || NOTHING.to_owned();
    let (region, level, code) = match &message.about {
        About::Alarm(news) => (
            news.region_code.clone().unwrap_or_else(nothing),
            u8::from(news.level).to_string(),
            news.code.as_str().to_owned(),
        ),
        About::Notice(news) => (news.region_code.clone().unwrap_or_else(nothing), nothing(), nothing()),
        About::Fault(_) => {
            (nothing(), u8::from(domain::alarm::watchdog::fault_level()).to_string(), nothing())
        }
        About::Test | About::Probe { .. } => (nothing(), nothing(), nothing()),
    };
    let kind = message.json()["kind"].as_str().unwrap_or(NOTHING).to_owned();
    [("{region}", region), ("{level}", level), ("{kind}", kind), ("{code}", code)]
}

/// One level of a topic: what would make more of it, or a filter, is taken out (4.7).
fn level_of_topic(fact: &str) -> String {
    fact.chars().map(|c| if matches!(c, '/' | '+' | '#' | '\0') { '_' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_is_filled_once_and_with_single_levels() {
        let test = Message::test("t1".to_owned());
        assert_eq!(topic("wf/{region}/{level}/{kind}", &test), "wf/-/-/test");
        assert_eq!(topic("{kind}/{x}/{", &test), "test/{x}/{");
        assert_eq!(level_of_topic("a/b+#\0"), "a_b___");
    }
}
