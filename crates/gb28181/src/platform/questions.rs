//! Questions and orders: sent as a MESSAGE, answered by another MESSAGE with the same number, or done with the 200.

use std::collections::HashMap;

use super::effect::{Effect, Event};
use super::outgoing::Purpose;
use super::turn::Turn;
use super::{Devices, Platform};
use crate::answers::{SearchError, SearchId};
use crate::deadlines::Deadlines;
use crate::id::{CatalogId, GbId};
use crate::manscdp::catalog::CatalogQuery;
use crate::manscdp::control::{Command, DeviceControl};
use crate::manscdp::{Body, LocalTime, Message, Root};
use crate::sip::Now;
use crate::ssrc::SsrcError;

/// How long the answer is waited for. The request alone is repeated for 32 s on UDP.
const ANSWER_MS: u64 = 40_000;

/// Questions open at once.
const OPEN_MAX: usize = 16_384;

/// Names a question or an order. It is also the SN on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// Why a command is not even sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// The device is not registered.
    #[error("the device is not registered")]
    NotRegistered,
    /// The same question of the same device is open: some answer only one at a time (WVP#464, WVP#768).
    #[error("the device has not answered the same question yet")]
    Busy,
    /// Too much is open.
    #[error("too many requests are open")]
    TooMany,
    /// The body is no question and no order.
    #[error("the body is neither a query nor a control")]
    NotACommand,
    /// There is no such call, or it does not stand.
    #[error("there is no such call")]
    NoCall,
    /// There is no SSRC left.
    #[error(transparent)]
    Ssrc(#[from] SsrcError),
    /// The search for recordings makes no sense.
    #[error(transparent)]
    Search(#[from] SearchError),
}

/// Why a question came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The device said no.
    #[error("the device refused with status {status}")]
    Refused {
        /// 300 to 699.
        status: u16,
    },
    /// The device said nothing at all.
    #[error("the device did not answer")]
    NoAnswer,
    /// The device took the question and never answered it.
    #[error("the device took the question but sent no answer")]
    Silent,
}

/// The open questions.
#[derive(Debug, Default)]
pub(super) struct Questions {
    open: HashMap<u64, Question>,
    asked: HashMap<(GbId, CatalogId, String), u64>,
    deadlines: Deadlines<u64>,
}

#[derive(Debug)]
struct Question {
    device: GbId,
    about: CatalogId,
    cmd_type: String,
    is_answered: bool,
}

impl Questions {
    fn close(&mut self, sn: u64) -> Option<Question> {
        let question = self.open.remove(&sn)?;
        self.deadlines.set(sn, None);
        let key = (question.device, question.about, question.cmd_type.clone());
        if self.asked.get(&key) == Some(&sn) {
            self.asked.remove(&key);
        }
        Some(question)
    }

    pub fn next_deadline_ms(&self) -> Option<u64> {
        self.deadlines.next_ms()
    }
}

impl Platform {
    /// Sends a query or a control of any sort about `about`, which is the device itself or one of its channels: who made it
    /// ([`Body::DeviceInfoQuery`]), how it is, its settings and presets, or a change of settings, which in 2022 is also how snapshots are
    /// ordered. The outcome is [`Event::Answered`] or [`Event::Failed`]. Catalogs and recordings have calls of their own.
    ///
    /// # Errors
    /// When it cannot be sent; see [`CommandError`].
    pub fn ask(
        &mut self,
        now: Now,
        devices: &dyn Devices,
        (device, about): (GbId, CatalogId),
        body: Body,
        out: &mut Vec<Effect>,
    ) -> Result<Ticket, CommandError> {
        let turn = &mut Turn { now, devices, out };
        let is_answered = match &body {
            Body::DeviceControl(control) => control.command.is_answered(),
            body if matches!(body.root(), Root::Query | Root::Control) => true,
            _ => return Err(CommandError::NotACommand),
        };
        if self.questions.open.len() >= OPEN_MAX {
            return Err(CommandError::TooMany);
        }
        let key = (device, about, body.cmd_type().to_owned());
        let is_query = body.root() == Root::Query;
        if is_query && self.questions.asked.contains_key(&key) {
            return Err(CommandError::Busy);
        }
        let sn = self.next_sn();
        let cmd_type = key.2.clone();
        self.send_message(turn, device, &Message::new(sn, about, body), Purpose::Question(sn))?;
        if is_query {
            self.questions.asked.insert(key, sn);
        }
        self.questions.open.insert(sn, Question { device, about, cmd_type, is_answered });
        self.questions.deadlines.set(sn, Some(turn.now_ms() + ANSWER_MS));
        Ok(Ticket(sn))
    }

    /// Gives an order: the head, a key frame, a restart, arming, the reset of an alarm, the home position.
    ///
    /// # Errors
    /// As [`Platform::ask`].
    pub fn order(
        &mut self,
        now: Now,
        devices: &dyn Devices,
        at: (GbId, CatalogId),
        command: Command,
        out: &mut Vec<Effect>,
    ) -> Result<Ticket, CommandError> {
        let control = DeviceControl { command, priority: None };
        self.ask(now, devices, at, Body::DeviceControl(control), out)
    }

    /// Asks for the catalog of a device, or of a node of it. The outcome is [`Event::Catalog`].
    ///
    /// # Errors
    /// When it cannot be sent; one catalog of a device is asked for at a time.
    pub fn ask_catalog(
        &mut self,
        now: Now,
        devices: &dyn Devices,
        (device, about): (GbId, CatalogId),
        out: &mut Vec<Effect>,
    ) -> Result<Ticket, CommandError> {
        let turn = &mut Turn { now, devices, out };
        if self.catalog_of.get(&device).is_some_and(|sn| self.catalogs.is_open(device, *sn)) {
            return Err(CommandError::Busy);
        }
        let sn = self.next_sn();
        let message = Message::new(sn, about, Body::CatalogQuery(CatalogQuery::default()));
        self.reach(turn, &device)?;
        self.catalogs.ask(device, sn, turn.now_ms()).map_err(|_| CommandError::TooMany)?;
        if let Err(error) = self.send_message(turn, device, &message, Purpose::Catalog(sn)) {
            self.catalogs.cancel(device, sn);
            return Err(error);
        }
        self.catalog_of.insert(device, sn);
        Ok(Ticket(sn))
    }

    /// Searches a channel for recordings, window by window. The outcome is [`Event::Recordings`].
    ///
    /// # Errors
    /// When the device is not registered or the search makes no sense.
    pub fn search_recordings(
        &mut self,
        now: Now,
        devices: &dyn Devices,
        (device, channel): (GbId, GbId),
        span: (LocalTime, LocalTime),
        out: &mut Vec<Effect>,
    ) -> Result<SearchId, CommandError> {
        let turn = &mut Turn { now, devices, out };
        self.reach(turn, &device)?;
        let window_h = devices.profile(&device).record_window_h;
        let search = self.records.open((device, channel), span, window_h, turn.now_ms())?;
        self.pump_records(turn);
        Ok(search)
    }

    /// Does what the searches want done.
    pub(super) fn pump_records(&mut self, turn: &mut Turn<'_>) {
        use crate::answers::RecordOutput;
        while let Some(output) = self.records.next_output() {
            match output {
                RecordOutput::Done(result) => turn.tell(Event::Recordings(result)),
                RecordOutput::Ask { device, channel, sn, query } => {
                    let message = Message::new(sn, channel, Body::RecordInfoQuery(query));
                    if self.send_message(turn, device, &message, Purpose::Records(sn)).is_err() {
                        self.records.refused(device, sn, turn.now_ms());
                    }
                }
            }
        }
    }

    /// The MESSAGE of a question has its final answer.
    pub(super) fn question_sent(&mut self, turn: &mut Turn<'_>, sn: u64, failure: Option<Failure>) {
        let Some(question) = self.questions.open.get(&sn) else { return };
        let device = question.device;
        if let Some(failure) = failure {
            self.questions.close(sn);
            turn.tell(Event::Failed { ticket: Ticket(sn), device, failure });
        } else if !question.is_answered {
            self.questions.close(sn);
            turn.tell(Event::Answered { ticket: Ticket(sn), device, body: None });
        }
    }

    /// A device answers; gives the body back when nobody asked for it.
    pub(super) fn question_answered(
        &mut self,
        turn: &mut Turn<'_>,
        device: GbId,
        sn: u64,
        body: Body,
    ) -> Option<Body> {
        let fits = |question: &Question| {
            question.device == device && question.cmd_type.eq_ignore_ascii_case(body.cmd_type())
        };
        if !self.questions.open.get(&sn).is_some_and(fits) {
            return Some(body);
        }
        self.questions.close(sn);
        turn.tell(Event::Answered { ticket: Ticket(sn), device, body: Some(body) });
        None
    }

    /// Ends questions that have waited too long.
    pub(super) fn expire_questions(&mut self, turn: &mut Turn<'_>) {
        while let Some(sn) = self.questions.deadlines.pop_due(turn.now_ms()) {
            if let Some(question) = self.questions.close(sn) {
                let (ticket, device) = (Ticket(sn), question.device);
                turn.tell(Event::Failed { ticket, device, failure: Failure::Silent });
            }
        }
    }
}
