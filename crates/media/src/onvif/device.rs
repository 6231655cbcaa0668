//! One device in conversation: who asks, at which time, by which log-in.

use super::address::OnvifAddress;
use super::answer::Answer;
use super::client::OnvifClient;
use super::clock::DeviceClock;
use super::envelope::{are_about_login, envelope};
use super::error::OnvifError;
use super::login::{Challenged, token};
use super::services::Services;
use crate::address::Credentials;
use crate::reply::{Head, Reply, ask};
use std::sync::{Mutex, PoisonError};

/// A device that answered. Its clock and services are known; every further question is one exchange.
#[derive(Debug)]
pub struct Device {
    client: OnvifClient,
    address: OnvifAddress,
    credentials: Option<Credentials>,
    clock: DeviceClock,
    services: Services,
    /// The device's web server asks for digest itself.
    challenged: Mutex<Option<Challenged>>,
}

/// Whether a question bears a signature in its envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signed {
    Yes,
    No,
}

impl Device {
    pub(super) async fn open(
        client: OnvifClient,
        address: OnvifAddress,
        credentials: Option<Credentials>,
    ) -> Result<Self, OnvifError> {
        let mut device = Self::at(client, address, credentials)?;
        device.clock = DeviceClock::ask(&device).await?;
        device.services = Services::ask(&device).await?;
        Ok(device)
    }

    /// A device nobody has spoken to yet.
    pub(super) fn at(
        client: OnvifClient,
        address: OnvifAddress,
        credentials: Option<Credentials>,
    ) -> Result<Self, OnvifError> {
        if !client.reach().admits(address.host()) {
            return Err(OnvifError::OutOfReach);
        }
        let (clock, services, challenged) = (DeviceClock::Unknown, Services::default(), Mutex::new(None));
        Ok(Self { client, address, credentials, clock, services, challenged })
    }

    /// Where it answers.
    pub fn address(&self) -> &OnvifAddress {
        &self.address
    }

    /// The device's time less ours, in milliseconds; `None` where it does not tell. Beyond [`SKEW_TOLERATED_MS`](super::SKEW_TOLERATED_MS)
    /// it is a fault to show.
    pub fn clock_skew_ms(&self) -> Option<i64> {
        self.clock.skew_ms()
    }

    pub(super) fn client(&self) -> &OnvifClient {
        &self.client
    }

    pub(super) fn services(&self) -> &Services {
        &self.services
    }

    /// Asks one question; gives the answer.
    pub(super) async fn call(
        &self,
        at: &OnvifAddress,
        namespace: &str,
        operation: &str,
        question: &str,
        signed: Signed,
    ) -> Result<Answer, OnvifError> {
        let action = format!("{namespace}/{operation}");
        let mut used = self.challenge();
        let (mut reply, mut proved) = self.send(at, &action, question, signed, used.as_mut()).await?;
        if reply.head.status == 401 && self.credentials.is_some() {
            let fresh = Challenged::of(reply.head.all("WWW-Authenticate"));
            let is_worth_it = |fresh: &Challenged| used.as_ref().is_none_or(|used| fresh.is_new_after(used));
            if let Some(mut fresh) = fresh.filter(is_worth_it) {
                (reply, proved) = self.send(at, &action, question, signed, Some(&mut fresh)).await?;
                used = Some(fresh);
            }
        }
        self.keep(used);
        self.read(&reply, proved)
    }

    /// Sends once. True where something in it proves knowledge of the password.
    async fn send(
        &self,
        at: &OnvifAddress,
        action: &str,
        question: &str,
        signed: Signed,
        challenged: Option<&mut Challenged>,
    ) -> Result<(Reply, bool), OnvifError> {
        let credentials = self.credentials.as_ref();
        let authorization = challenged
            .zip(credentials)
            .and_then(|(challenged, credentials)| challenged.answer(credentials, at.path(), &self.client));
        // Some web servers count a token beside a digest as a second, wrong attempt.
        let header = match credentials {
            Some(credentials) if signed == Signed::Yes && authorization.is_none() => {
                token(credentials, &self.client.nonce(), self.clock.at(self.client.now_us()))
            }
            _ => String::new(),
        };
        let proved = authorization.is_some() || !header.is_empty();
        let text = envelope(&header, question);
        let authorization =
            authorization.map(|value| format!("Authorization: {value}\r\n")).unwrap_or_default();
        let head = format!(
            "POST {} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/soap+xml; charset=utf-8; action=\"{action}\"\r\n\
             Content-Length: {}\r\nUser-Agent: watchfire\r\nConnection: close\r\n{authorization}\r\n",
            at.path(),
            at.socket(),
            text.len(),
        );
        let reply = ask(at.socket(), (head + &text).as_bytes(), self.client.limits()).await?;
        Ok((reply, proved))
    }

    fn read(&self, reply: &Reply, proved: bool) -> Result<Answer, OnvifError> {
        let Head { status, .. } = reply.head;
        if status == 401 || status == 403 {
            return Err(self.refused(proved));
        }
        match Answer::read(&reply.body) {
            Err(OnvifError::Fault { codes, .. }) if are_about_login(&codes) => Err(self.refused(proved)),
            Ok(_) if !(200..300).contains(&status) => Err(OnvifError::NotOnvif),
            read => read,
        }
    }

    fn refused(&self, proved: bool) -> OnvifError {
        match self.clock {
            _ if !proved => OnvifError::NeedsPassword,
            DeviceClock::Known(_) => OnvifError::WrongPassword,
            DeviceClock::Unknown => OnvifError::ClockOrPassword,
        }
    }

    fn challenge(&self) -> Option<Challenged> {
        self.challenged.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn keep(&self, challenged: Option<Challenged>) {
        *self.challenged.lock().unwrap_or_else(PoisonError::into_inner) = challenged;
    }
}
