//! Gravity and method of an alarm.

use crate::manscdp::block::codes;
use crate::manscdp::value::Value;
use crate::manscdp::xml::{Node, Writer};

/// How many methods one set may have; the standard has seven.
const METHODS_MAX: usize = 16;

codes! {
    /// `AlarmPriority`.
    pub enum AlarmPriority {
        /// All; in queries only.
        All = "0",
        /// The gravest.
        First = "1",
        /// The second.
        Second = "2",
        /// The third.
        Third = "3",
        /// The least.
        Fourth = "4",
    }
}

codes! {
    /// `AlarmMethod`: how the alarm came about.
    pub enum AlarmMethod {
        /// All; in queries only.
        All = "0",
        /// Somebody telephoned.
        Telephone = "1",
        /// A detector or the device itself.
        Device = "2",
        /// A short message.
        ShortMessage = "3",
        /// A position.
        Position = "4",
        /// A picture was analysed.
        Video = "5",
        /// The device is broken.
        Fault = "6",
        /// Something else.
        Other = "7",
    }
}

/// A set of methods, written `1/2`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AlarmMethods(pub Vec<AlarmMethod>);

impl Value for AlarmMethods {
    fn read(node: Node<'_>) -> Option<Self> {
        let parts = node.text().split('/').map(str::trim).filter(|part| !part.is_empty());
        let methods: Vec<_> = parts.take(METHODS_MAX).map(AlarmMethod::from_text).collect();
        Some(Self(methods)).filter(|set| !set.0.is_empty())
    }

    fn write(&self, name: &str, out: &mut Writer) {
        let parts: Vec<_> = self.0.iter().map(AlarmMethod::as_str).collect();
        out.leaf(name, &parts.join("/"));
    }
}
