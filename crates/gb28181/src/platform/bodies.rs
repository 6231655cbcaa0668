//! What the bodies of a device's messages mean for its owner.

use super::Platform;
use super::effect::Event;
use super::outgoing::Purpose;
use super::turn::Turn;
use crate::answers::Step;
use crate::id::GbId;
use crate::manscdp::catalog::{Catalog, CatalogItem};
use crate::manscdp::media_status::MediaEvent;
use crate::manscdp::outcome::Outcome;
use crate::manscdp::{Body, Message as Manscdp, Root};
use crate::sip::{Message, Method};

impl Platform {
    /// Takes the body of a MESSAGE, NOTIFY or INFO.
    pub(super) fn take_body(&mut self, turn: &mut Turn<'_>, device: GbId, message: &Message<'_>) {
        if message.body.is_empty() {
            return;
        }
        // What cannot be read has been answered with 200 like everything else: a device that hears 400 repeats itself, and means it no better.
        let Ok(Manscdp { sn, device: about, body }) = Manscdp::parse(message.body) else {
            self.diagnosis.forgive(device, "unreadable body");
            return;
        };
        let is_notify = message.method() == Some(Method::Notify);
        match body {
            Body::Catalog(catalog) if !is_notify => self.take_catalog(turn, device, sn, catalog),
            // One example of 2016 has the root Response in a NOTIFY.
            Body::Catalog(catalog) | Body::CatalogNotify(catalog) => {
                catalog_news(turn, device, catalog.items.items);
            }
            Body::RecordInfo(info) => {
                self.records.take(device, sn, info, turn.now_ms());
                self.pump_records(turn);
            }
            Body::Alarm(alarm) => {
                turn.tell(Event::Alarm { device, point: about, alarm: Box::new(alarm) });
                if self.settings.answers_alarms && !is_notify {
                    let answer = Manscdp::new(sn, about, Body::AlarmAnswer(Outcome::new(true)));
                    // The device has its 200; when this cannot be sent it has lost nothing.
                    let _ = self.send_message(turn, device, &answer, Purpose::Nothing);
                }
            }
            Body::MobilePosition(position) => {
                turn.tell(Event::Positions { device, positions: position.positions(about) });
            }
            Body::MediaStatus(status) if status.event == MediaEvent::FileEnd => {
                self.file_ended(turn, device, about, message);
            }
            Body::Keepalive(keepalive) => {
                let faulty = keepalive.faulty.map(|faulty| faulty.devices).unwrap_or_default();
                turn.tell(Event::Unwell { device, faulty });
            }
            Body::BroadcastAnswer(outcome) => {
                if !self.broadcast_answered(turn, device, sn, &outcome) {
                    self.diagnosis.forgive(device, "answer to no open question");
                }
            }
            body => self.take_other(turn, device, Manscdp { sn, device: about, body }),
        }
    }

    /// An answer to a question, or news that have no event of their own.
    fn take_other(&mut self, turn: &mut Turn<'_>, device: GbId, message: Manscdp) {
        let Manscdp { sn, device: about, body } = message;
        let body = if body.root() == Root::Response {
            self.question_answered(turn, device, sn, body)
        } else {
            Some(body)
        };
        let Some(body) = body else { return };
        if body.root() == Root::Response {
            self.diagnosis.forgive(device, "answer to no open question");
        } else {
            turn.tell(Event::News { device, message: Box::new(Manscdp { sn, device: about, body }) });
        }
    }

    fn take_catalog(&mut self, turn: &mut Turn<'_>, device: GbId, sn: u64, catalog: Catalog) {
        match self.catalogs.take(device, sn, catalog.into(), turn.now_ms()) {
            Step::More { .. } => {}
            Step::Done(answer) => turn.tell(Event::Catalog(answer)),
            // An old number with one item once wiped a list (WVP#1425): such items are news at most.
            Step::Unasked(items) | Step::Late(items) => {
                self.diagnosis.forgive(device, "catalog that nobody asked for");
                catalog_news(turn, device, items);
            }
        }
    }
}

fn catalog_news(turn: &mut Turn<'_>, device: GbId, items: Vec<CatalogItem>) {
    if !items.is_empty() {
        turn.tell(Event::CatalogNews { device, items });
    }
}
