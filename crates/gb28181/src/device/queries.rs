//! What the platform asks and orders.

use super::Device;
use super::effect::Effect;
use super::equipment::{Equipment, Handling};
use super::habits::Habit;
use super::outgoing::Purpose;
use crate::id::CatalogId;
use crate::manscdp::catalog::{Catalog, CatalogItem};
use crate::manscdp::outcome::Outcome;
use crate::manscdp::record_info::{RecordInfo, Recording};
use crate::manscdp::{Body, Message as Manscdp, Root};
use crate::sip::{Message, Now, Peer};

/// Items of a catalog a message: about 4 KiB, which even IP fragments pass.
const ITEMS: usize = 4;

/// Bytes of a message around its items: declaration, command, number, id and the lists' elements.
const FRAME_BYTES: usize = 220;

/// Recordings a message.
const RECORDINGS: usize = 8;

impl Device {
    /// Takes a MESSAGE: most are acknowledged and then answered in messages of their own.
    pub(super) fn take_message(
        &mut self,
        now: Now,
        from: Peer,
        request: &Message<'_>,
        equipment: &mut dyn Equipment,
        out: &mut Vec<Effect>,
    ) {
        let Ok(message) = Manscdp::parse(request.body) else {
            return self.reply(from, request, (200, "OK"), out);
        };
        let is_asked = matches!(message.body.root(), Root::Query | Root::Control);
        match equipment.handling(message.sn, message.device, &message.body) {
            Handling::Refuse(declined) if is_asked => {
                self.reply(from, request, (declined.status, declined.reason), out);
            }
            Handling::Later if is_asked => self.reply(from, request, (200, "OK"), out),
            _ => {
                self.reply(from, request, (200, "OK"), out);
                self.take_body(now, message, equipment, out);
            }
        }
    }

    fn take_body(
        &mut self,
        now: Now,
        Manscdp { sn, device: about, body }: Manscdp,
        equipment: &mut dyn Equipment,
        out: &mut Vec<Effect>,
    ) {
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
            Body::Broadcast(broadcast) => return self.spoken_to(now, sn, &broadcast, equipment, out),
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
        for part in self.batches(&items, count, |item| message(sn, std::slice::from_ref(item), sum_num)) {
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

    /// Cuts items into the parts that go into one message each: by number, or by size where the settings name one.
    fn batches<'a, T>(
        &self,
        items: &'a [T],
        count: usize,
        message_of: impl Fn(&T) -> Manscdp,
    ) -> Vec<&'a [T]> {
        let Some(bytes_max) = self.settings.batch_bytes else { return items.chunks(count).collect() };
        let dialect = self.settings.dialect();
        let (mut parts, mut begin, mut bytes) = (Vec::new(), 0, 0);
        for (at, item) in items.iter().enumerate() {
            let size = message_of(item).write(dialect).len().saturating_sub(FRAME_BYTES);
            if at > begin && bytes + size + FRAME_BYTES > bytes_max {
                parts.push(&items[begin..at]);
                (begin, bytes) = (at, 0);
            }
            bytes += size;
        }
        if begin < items.len() {
            parts.push(&items[begin..]);
        }
        parts
    }

    pub(super) fn record_answers(&self, sn: u64, about: CatalogId, recordings: &[Recording]) -> Vec<Manscdp> {
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
        let one = |recording: &Recording| message(std::slice::from_ref(recording));
        self.batches(recordings, count, one).into_iter().map(message).collect()
    }

    /// Tells whoever subscribed to the catalog what changed in it, a message after the other; false where nobody has. Each item names its
    /// event, and `SumNum` counts the items of one message (annex P of 2016, N of 2022).
    pub fn report_catalog(
        &mut self,
        now: Now,
        about: CatalogId,
        items: &[CatalogItem],
        out: &mut Vec<Effect>,
    ) -> bool {
        if !self.is_subscribed(now, "Catalog") {
            return false;
        }
        let message = |sn: u64, part: &[CatalogItem]| {
            let sum_num = Some(part.len() as u32);
            let catalog = Catalog { result: None, sum_num, items: part.to_vec().into() };
            Manscdp::new(sn, about, Body::CatalogNotify(catalog))
        };
        let one = |item: &CatalogItem| message(0, std::slice::from_ref(item));
        let parts: Vec<Vec<CatalogItem>> =
            self.batches(items, ITEMS, one).into_iter().map(<[CatalogItem]>::to_vec).collect();
        let messages = parts.iter().map(|part| message(self.next_sn(), part)).collect();
        self.send_news_in_turn(now, "Catalog", messages, out);
        true
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
        if self.notify(now, message.body.cmd_type(), &body, Purpose::Nothing, out) {
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
