//! The orders.

use super::blocks::{PtzParams, PtzPrecise, TargetTrack, Window};
use crate::manscdp::alarm::AlarmMethods;
use crate::manscdp::block::{Part, block};
use crate::manscdp::preset::HomePosition;
use crate::manscdp::upgrade::DeviceUpgrade;
use crate::manscdp::value::{Member, Value};
use crate::manscdp::xml::{Element, Node, Writer};
use crate::profile::KeyFrameSpelling;
use crate::ptz::Frame;

/// An order with its priority.
#[derive(Debug, Clone, PartialEq)]
pub struct DeviceControl {
    /// What is ordered.
    pub command: Command,
    /// Who goes first when two want to move a camera (2016, `Info/ControlPriority`); peers send 5.
    pub priority: Option<u8>,
}

/// What is ordered. [`Command::is_answered`] tells whether the device answers with a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// The head.
    Ptz {
        /// The eight bytes.
        frame: Frame,
        /// Names for them (2022).
        params: Option<PtzParams>,
    },
    /// Start anew.
    TeleBoot,
    /// Record, or stop to.
    Record {
        /// Begin, or end.
        start: bool,
        /// Which stream (2022).
        stream: Option<u8>,
    },
    /// Arm alarm points, or disarm them.
    Guard {
        /// Arm, or disarm.
        set: bool,
    },
    /// Forget an alarm: a device that reported by method 2 is silent for that point until then.
    ResetAlarm {
        /// Which methods.
        methods: Option<AlarmMethods>,
        /// Which type.
        alarm_type: Option<String>,
    },
    /// Send a key frame now.
    KeyFrame,
    /// Make a rectangle fill the window.
    DragZoomIn(Window),
    /// Make the window fit into a rectangle.
    DragZoomOut(Window),
    /// Go back to a preset after a while.
    HomePosition(HomePosition),
    /// Look somewhere precisely (2022).
    PtzPrecise(PtzPrecise),
    /// Format a card (2022); 0 for all.
    FormatSdCard(u32),
    /// Follow somebody (2022).
    TargetTrack(TargetTrack),
    /// Load new firmware (2022).
    Upgrade(DeviceUpgrade),
    /// An order that is not ours to know, or one whose content makes no sense.
    Raw(Element),
}

impl Command {
    /// Whether the device answers with a message; the others are done with the 200.
    pub fn is_answered(&self) -> bool {
        matches!(
            self,
            Self::Record { .. }
                | Self::Guard { .. }
                | Self::ResetAlarm { .. }
                | Self::HomePosition(_)
                | Self::Upgrade(_)
        )
    }

    fn read(control: Node<'_>) -> Option<Self> {
        let orders = control.children().filter(|child| !BESIDE_ORDERS.iter().any(|name| child.is(name)));
        let mut raw = None;
        for order in orders {
            match Self::read_order(order, control) {
                Some(command) => return Some(command),
                None => raw = raw.or(Some(order)),
            }
        }
        raw.map(|order| Self::Raw(Element::keep(order)))
    }

    fn read_order(order: Node<'_>, control: Node<'_>) -> Option<Self> {
        let says = |word: &str| order.text().eq_ignore_ascii_case(word);
        match order.name().to_ascii_lowercase().as_str() {
            "ptzcmd" => Some(Self::Ptz {
                frame: Frame::parse(order.text()).ok()?,
                params: control.child("PTZCmdParams").and_then(PtzParams::read),
            }),
            "teleboot" if says("Boot") => Some(Self::TeleBoot),
            "recordcmd" => Some(Self::Record {
                start: switch(order, "Record", "StopRecord")?,
                stream: control.child("StreamNumber").and_then(u8::read),
            }),
            "guardcmd" => Some(Self::Guard { set: switch(order, "SetGuard", "ResetGuard")? }),
            "alarmcmd" if says("ResetAlarm") => {
                let About { methods, alarm_type, .. } =
                    control.child("Info").and_then(About::read).unwrap_or_default();
                Some(Self::ResetAlarm { methods, alarm_type })
            }
            // 2016 spells it IFame, 2022 IFrame; devices of either edition send either.
            "ifamecmd" | "iframecmd" if says("Send") => Some(Self::KeyFrame),
            "dragzoomin" => Window::read(order).map(Self::DragZoomIn),
            "dragzoomout" => Window::read(order).map(Self::DragZoomOut),
            "homeposition" => HomePosition::read(order).map(Self::HomePosition),
            "ptzprecisectrl" => PtzPrecise::read(order).map(Self::PtzPrecise),
            "formatsdcard" => u32::read(order).map(Self::FormatSdCard),
            "targettrack" => TargetTrack::read_fields(control).map(Self::TargetTrack),
            "deviceupgrade" => DeviceUpgrade::read(order).map(Self::Upgrade),
            _ => None,
        }
    }

    fn write(&self, out: &mut Writer) {
        match self {
            Self::Ptz { frame, params } => {
                out.leaf("PTZCmd", &frame.to_string());
                params.write_into("PTZCmdParams", out);
            }
            Self::TeleBoot => out.leaf("TeleBoot", "Boot"),
            Self::Record { start, stream } => {
                out.leaf("RecordCmd", if *start { "Record" } else { "StopRecord" });
                stream.write_into("StreamNumber", out);
            }
            Self::Guard { set } => out.leaf("GuardCmd", if *set { "SetGuard" } else { "ResetGuard" }),
            Self::ResetAlarm { .. } => out.leaf("AlarmCmd", "ResetAlarm"),
            Self::KeyFrame => match out.dialect.key_frame {
                KeyFrameSpelling::IFame => out.leaf("IFameCmd", "Send"),
                KeyFrameSpelling::IFrame => out.leaf("IFrameCmd", "Send"),
            },
            Self::DragZoomIn(window) => Value::write(window, "DragZoomIn", out),
            Self::DragZoomOut(window) => Value::write(window, "DragZoomOut", out),
            Self::HomePosition(home) => Value::write(home, "HomePosition", out),
            Self::PtzPrecise(place) => Value::write(place, "PTZPreciseCtrl", out),
            Self::FormatSdCard(card) => Value::write(card, "FormatSDCard", out),
            Self::TargetTrack(track) => track.write_fields(out),
            Self::Upgrade(upgrade) => Value::write(upgrade, "DeviceUpgrade", out),
            Self::Raw(element) => element.write(out),
        }
    }
}

/// Elements of the message that are no orders.
const BESIDE_ORDERS: [&str; 8] =
    ["CmdType", "SN", "DeviceID", "Info", "PTZCmdParams", "StreamNumber", "DeviceID2", "TargetArea"];

block! {
    /// `Info` beside an order.
    #[derive(Default)]
    pub struct About {
        /// Who goes first.
        priority: Option<u8> = "ControlPriority",
        /// Which methods to reset.
        methods: Option<AlarmMethods> = "AlarmMethod",
        /// Which type to reset.
        alarm_type: Option<String> = "AlarmType",
    }
}

/// One of two words.
fn switch(order: Node<'_>, on: &str, off: &str) -> Option<bool> {
    match order.text() {
        text if text.eq_ignore_ascii_case(on) => Some(true),
        text if text.eq_ignore_ascii_case(off) => Some(false),
        _ => None,
    }
}

impl Part for DeviceControl {
    fn read_fields(node: Node<'_>) -> Option<Self> {
        let about = node.child("Info").and_then(About::read).unwrap_or_default();
        Some(Self { command: Command::read(node)?, priority: about.priority })
    }

    fn write_fields(&self, out: &mut Writer) {
        self.command.write(out);
        let mut about = About { priority: self.priority, ..About::default() };
        if let Command::ResetAlarm { methods, alarm_type } = &self.command {
            about.methods.clone_from(methods);
            about.alarm_type.clone_from(alarm_type);
        }
        if about != About::default() {
            Value::write(&about, "Info", out);
        }
    }
}
