//! How long it takes to read a catalog of 10,000 channels in many messages, as GB2312 and as UTF-8, and to collect it.
//!
//! `cargo run --release -p watchfire-gb28181 --example catalog_speed [channels] [items a message]`

#![allow(clippy::print_stdout, reason = "an example talks to whoever runs it")]

use std::time::Instant;
use watchfire_gb28181::edition::Edition;

use watchfire_gb28181::answers::{Collector, Step, catalog_limits};
use watchfire_gb28181::charset::Charset;
use watchfire_gb28181::id::{CatalogId, GbId};
use watchfire_gb28181::manscdp::catalog::{Catalog, CatalogItem, ItemInfo, ItemStatus, PtzType};
use watchfire_gb28181::manscdp::{Body, List, Message};
use watchfire_gb28181::profile::Dialect;

const ROUNDS: u32 = 10;

fn main() {
    let mut arguments = std::env::args().skip(1).map(|word| word.parse().expect("a number"));
    let channels: u32 = arguments.next().unwrap_or(10_000);
    let sizes = arguments.next().map_or_else(|| vec![1, 4, 100, 10_000], |size| vec![size]);
    for size in sizes {
        for charset in [Charset::Gb2312, Charset::Utf8] {
            measure(channels, size, charset);
        }
    }
}

fn measure(channels: u32, size: u32, charset: Charset) {
    let messages = messages(channels, size, charset);
    let bytes: usize = messages.iter().map(Vec::len).sum();
    let wall = Instant::now();
    let before = cpu_seconds();
    let mut found = 0;
    for _ in 0..ROUNDS {
        found = collect(&messages);
    }
    let wall_ms = wall.elapsed().as_secs_f64() * 1e3 / f64::from(ROUNDS);
    let cpu_ms = before.zip(cpu_seconds()).map(|(before, after)| (after - before) * 1e3 / f64::from(ROUNDS));
    let megabytes = bytes as f64 / 1e6;
    println!(
        "{found} items in {} messages of {size}, {megabytes:.1} MB {}: CPU {} ms, wall {wall_ms:.1} ms a catalog",
        messages.len(),
        charset.name(),
        cpu_ms.map_or_else(|| "unknown".to_owned(), |ms| format!("{ms:.1}")),
    );
}

/// Reads and collects a catalog; returns how many items it has.
fn collect(messages: &[Vec<u8>]) -> usize {
    let device = recorder();
    let mut answers = Collector::new(catalog_limits());
    answers.ask(device, 1, 0).expect("nothing else is open");
    for bytes in messages {
        let message = Message::parse(bytes).expect("our own message");
        let Body::Catalog(catalog) = message.body else { panic!("a catalog was written") };
        if let Step::Done(answer) = answers.take(device, message.sn, catalog.into(), 0) {
            assert!(answer.is_complete(), "the catalog is whole");
            return answer.items.len();
        }
    }
    0
}

fn messages(channels: u32, size: u32, charset: Charset) -> Vec<Vec<u8>> {
    let dialect = Dialect::new(charset, Edition::V2022);
    let write = |first: u32| {
        let items: Vec<_> = (first..channels.min(first + size)).map(item).collect();
        let catalog = Catalog { sum_num: Some(channels), items: List::from(items), ..Catalog::default() };
        Message::new(1, recorder(), Body::Catalog(catalog)).write(dialect)
    };
    (0..channels).step_by(size as usize).map(write).collect()
}

fn recorder() -> GbId {
    GbId::parse("36010200111180000001").expect("twenty digits")
}

/// A channel with the fields that recorders send.
fn item(serial: u32) -> CatalogItem {
    let id = GbId::parse(&format!("36010200111320{serial:06}")).expect("twenty digits");
    let info = ItemInfo {
        ptz_type: Some(PtzType::Fixed),
        resolution: Some("5/6".to_owned()),
        ..ItemInfo::default()
    };
    CatalogItem {
        name: Some(format!("教学楼{serial}号摄像机")),
        manufacturer: Some("Hikvision".to_owned()),
        model: Some("IP Camera".to_owned()),
        owner: Some("Owner".to_owned()),
        civil_code: Some("360102".to_owned()),
        address: Some("东校门".to_owned()),
        parental: Some(0),
        parent_id: Some(recorder().to_string()),
        safety_way: Some(0),
        register_way: Some(1),
        secrecy: Some(0),
        status: Some(ItemStatus::On),
        longitude: Some(115.9),
        latitude: Some(28.7),
        info: Some(Box::new(info)),
        ..CatalogItem::new(CatalogId::Device(id))
    }
}

/// User and system time of this process, from the kernel's account in hundredths of a second.
fn cpu_seconds() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name in brackets may hold blanks; what follows does not.
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / 100.0)
}
