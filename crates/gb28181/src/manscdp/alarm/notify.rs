//! An alarm as it is reported.

use super::{AlarmKind, AlarmMethod, AlarmPriority, alarm_kind};
use crate::manscdp::block::{Part, block};
use crate::manscdp::time::LocalTime;
use crate::manscdp::value::Member;
use crate::manscdp::xml::{Element, Node, Writer};

/// How many raw elements are kept of an alarm, inside and beside `Info` each.
const RAW_MAX: usize = 64;

/// Elements that are read, so not raw.
const KNOWN: [&str; 10] = [
    "CmdType",
    "SN",
    "DeviceID",
    "AlarmPriority",
    "AlarmMethod",
    "AlarmTime",
    "AlarmDescription",
    "Longitude",
    "Latitude",
    "Info",
];

/// Elements that are read wherever they stand.
const KNOWN_ANYWHERE: [&str; 3] = ["AlarmType", "AlarmTypeParam", "EventType"];

/// An alarm. Nothing is needed: an alarm that says little is still one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Alarm {
    /// How grave.
    pub priority: Option<AlarmPriority>,
    /// How it came about.
    pub method: Option<AlarmMethod>,
    /// When, by the device's clock.
    pub time: Option<LocalTime>,
    /// In words.
    pub description: Option<String>,
    /// WGS-84, degrees.
    pub longitude: Option<f64>,
    /// WGS-84, degrees.
    pub latitude: Option<f64>,
    /// The type, a number whose meaning depends on the method, as it came.
    pub alarm_type: Option<String>,
    /// What happened, for a type that has several: 1 entered, 2 left.
    pub event_type: Option<String>,
    /// What else stands in `Info`.
    pub info: Vec<Element>,
    /// What else stands beside it, such as `ExtraInfo`.
    pub extra: Vec<Element>,
}

block! {
    /// The fields that are plain.
    pub struct Plain {
        /// How grave.
        priority: Option<AlarmPriority> = "AlarmPriority",
        /// How it came about.
        method: Option<AlarmMethod> = "AlarmMethod",
        /// When.
        time: Option<LocalTime> = "AlarmTime",
        /// In words.
        description: Option<String> = "AlarmDescription",
        /// Degrees.
        longitude: Option<f64> = "Longitude",
        /// Degrees.
        latitude: Option<f64> = "Latitude",
    }
}

impl Alarm {
    /// What the standard calls it; `None` where it has no name for it.
    pub fn kind(&self) -> Option<AlarmKind> {
        alarm_kind(self.method.as_ref()?, self.alarm_type.as_deref())
    }

    /// All words of the alarm, for rules that look for words: description and raw texts, line by line.
    pub fn words(&self) -> String {
        let mut words = self.description.clone().unwrap_or_default();
        for element in self.info.iter().chain(&self.extra) {
            add_words(element, &mut words);
        }
        words
    }
}

fn add_words(element: &Element, words: &mut String) {
    words.push('\n');
    words.push_str(&element.text);
    for child in &element.children {
        add_words(child, words);
    }
}

impl Part for Alarm {
    fn read_fields(node: Node<'_>) -> Option<Self> {
        let plain = Plain::read_fields(node)?;
        let info = node.child("Info");
        Some(Self {
            priority: plain.priority,
            method: plain.method,
            time: plain.time,
            description: plain.description,
            longitude: plain.longitude,
            latitude: plain.latitude,
            alarm_type: in_info_or_beside(node, "AlarmType"),
            event_type: in_info_or_beside(node, "EventType"),
            info: info.map(|info| raw_children(info, &[])).unwrap_or_default(),
            extra: raw_children(node, &KNOWN),
        })
    }

    fn write_fields(&self, out: &mut Writer) {
        Plain {
            priority: self.priority.clone(),
            method: self.method.clone(),
            time: self.time,
            description: self.description.clone(),
            longitude: self.longitude,
            latitude: self.latitude,
        }
        .write_fields(out);
        if self.alarm_type.is_some() || self.event_type.is_some() || !self.info.is_empty() {
            out.begin("Info");
            self.alarm_type.write_into("AlarmType", out);
            if let Some(event) = &self.event_type {
                out.begin("AlarmTypeParam");
                out.leaf("EventType", event);
                out.close("AlarmTypeParam");
            }
            self.info.write_into("", out);
            out.close("Info");
        }
        self.extra.write_into("", out);
    }
}

/// A field of `Info`, of `AlarmTypeParam`, or of the alarm itself.
fn in_info_or_beside(alarm: Node<'_>, name: &str) -> Option<String> {
    let info = alarm.child("Info");
    let places = [
        info,
        info.and_then(|info| info.child("AlarmTypeParam")),
        Some(alarm),
        alarm.child("AlarmTypeParam"),
    ];
    let texts = places.into_iter().flatten().filter_map(|place| place.child(name)).map(|found| found.text());
    texts.filter(|text| !text.is_empty()).map(str::to_owned).next()
}

fn raw_children(node: Node<'_>, known: &[&str]) -> Vec<Element> {
    let is_known = |child: &Node<'_>| {
        // Parameters that a vendor adds beside the event are kept with it.
        let is_plain = child.children().all(|inner| !child.is("AlarmTypeParam") || inner.is("EventType"));
        is_plain && known.iter().chain(&KNOWN_ANYWHERE).any(|name| child.is(name))
    };
    node.children().filter(|child| !is_known(child)).take(RAW_MAX).map(Element::keep).collect()
}
