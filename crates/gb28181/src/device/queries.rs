//! What the platform asks and orders.

use super::Device;
use super::effect::Effect;
use super::equipment::Equipment;
use super::habits::Habit;
use super::outgoing::Purpose;
use crate::id::CatalogId;
use crate::manscdp::catalog::{Catalog, CatalogItem};
use crate::manscdp::outcome::Outcome;
use crate::manscdp::record_info::{RecordInfo, Recording};
use crate::manscdp::{Body, Message as Manscdp, Root};
use crate::sip::{Message, Now};

/// Items of a catalog a message: about 4 KiB, which even IP fragments pass.
const ITEMS: usize = 4;

/// Recordings a message.
const RECORDINGS: usize = 8;

impl Device {
    /// Takes the body of a MESSAGE.
    pub(super) fn take_body(
        &mut self,
        now: Now,
        request: &Message<'_>,
        equipment: &mut dyn Equipment,
        out: &mut Vec<Effect>,
    ) {
        let Ok(Manscdp { sn, device: about, body }) = Manscdp::parse(request.body) else { return };
        let answers = match body {
            Body::CatalogQuery(_) => self.catalog_answers(sn, about, equipment.catalog(about)),
            Body::RecordInfoQuery(query) => {
                self.record_answers(sn, about, &equipment.recordings(about, &query))
            }
            Body::DeviceInfoQuery => vec![Manscdp::new(sn, about, Body::DeviceInfo(equipment.info()))],
            Body::DeviceStatusQuery => vec![Manscdp::new(sn, about, Body::DeviceStatus(equipment.status()))],
            Body::DeviceControl(control) => {
                let worked = equipment.order(about, &control.command);
                let answer = Manscdp::new(sn, about, Body::DeviceControlAnswer(Outcome::new(worked)));
                if control.command.is_answered() { vec![answer] } else { Vec::new() }
            }
            body if matches!(body.root(), Root::Query | Root::Control) => {
                equipment.answer(about, &body).map(|body| Manscdp::new(sn, about, body)).into_iter().collect()
            }
            _ => return,
        };
        self.send_in_turn(now, answers, out);
    }

    fn catalog_answers(&mut self, sn: u64, about: CatalogId, items: Vec<CatalogItem>) -> Vec<Manscdp> {
        let habits = self.settings.habits.clone();
        let sum_num = Some(items.len() as u32);
        let domain = self.settings.domain.clone();
        let items: Vec<CatalogItem> = items
            .into_iter()
            .map(|mut item| {
                if habits.has(Habit::DomainAsParent) {
                    item.parent_id = Some(domain.clone());
                }
                item
            })
            .collect();
        let message = |sn: u64, items: &[CatalogItem], sum_num| {
            let catalog = Catalog { result: None, sum_num, items: items.to_vec().into() };
            Manscdp::new(sn, about, Body::Catalog(catalog))
        };
        let mut messages = Vec::new();
        if habits.has(Habit::UnaskedCatalog) {
            messages.push(message(sn.wrapping_add(70_000), &items[..items.len().min(1)], Some(1)));
        }
        let count = if habits.has(Habit::OneItemAMessage) { 1 } else { ITEMS };
        for part in items.chunks(count) {
            messages.push(message(sn, part, sum_num));
            if habits.has(Habit::RepeatedItems) {
                messages.push(message(sn, part, sum_num));
            }
        }
        if items.is_empty() {
            messages.push(message(sn, &[], Some(0)));
        }
        messages
    }

    fn record_answers(&mut self, sn: u64, about: CatalogId, recordings: &[Recording]) -> Vec<Manscdp> {
        let message = |part: &[Recording]| {
            let info = RecordInfo {
                name: None,
                sum_num: Some(recordings.len() as u32),
                items: part.to_vec().into(),
            };
            Manscdp::new(sn, about, Body::RecordInfo(info))
        };
        let count = if self.settings.habits.has(Habit::TwoRecordingsAMessage) { 2 } else { RECORDINGS };
        if recordings.is_empty() {
            return vec![message(&[])];
        }
        recordings.chunks(count).map(message).collect()
    }

    /// Reports something, in the dialog of a subscription where there is one.
    pub fn report(&mut self, now: Now, about: CatalogId, body: Body, out: &mut Vec<Effect>) {
        let sn = self.next_sn();
        let message = Manscdp::new(sn, about, body);
        let is_alarm = matches!(message.body, Body::Alarm(_));
        let mut body = self.body_of(&message);
        if is_alarm && self.settings.habits.has(Habit::AlarmTypeBeside) {
            body = type_beside_info(&body);
        }
        if self.notify(now, message.body.cmd_type(), &body, out) {
            return;
        }
        self.send_body(now, &body, Purpose::Nothing, out);
    }
}

/// Takes `AlarmType` out of its `Info`.
fn type_beside_info(body: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(body).into_owned();
    text.replace("<Info>", "").replace("</Info>", "").into_bytes()
}
