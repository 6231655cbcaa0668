//! Settings of a device: reading them (A.2.4.6, A.2.6.9) and changing them (A.2.3.2).
//!
//! Two blocks are ours to understand, the basic parameters and snapshots. The others, and blocks of vendors that call them
//! otherwise (Uniview), are kept raw: whoever wants to change one reads it, changes it and writes it back.

use super::block::{Part, block};
use super::outcome::ResultCode;
use super::value::{Member, Value};
use super::xml::{Element, Node, Writer};
use crate::profile::SnapShotSpelling;

/// How many raw blocks one message may have; the standard knows twelve.
const BLOCKS_MAX: usize = 32;

block! {
    /// The basic parameters.
    #[derive(Default)]
    pub struct BasicParam {
        /// The device's name.
        name: Option<String> = "Name",
        /// Seconds a registration lasts.
        expiration_s: Option<u32> = "Expiration",
        /// Seconds between signs of life.
        heartbeat_interval_s: Option<u32> = "HeartBeatInterval",
        /// How many may be missed.
        heartbeat_count: Option<u32> = "HeartBeatCount",
        /// Whether it knows where it is: 0 no, 1 GPS, 2 BeiDou.
        position_capability: Option<u8> = "PositionCapability",
        /// WGS-84, degrees.
        longitude: Option<f64> = "Longitude",
        /// WGS-84, degrees.
        latitude: Option<f64> = "Latitude",
    }
}

block! {
    /// An order for pictures (2022): the device uploads JPEG by HTTP and reports when it has.
    pub struct SnapShotConfig {
        /// How many, 1 to 10.
        count: u8 = "SnapNum",
        /// Seconds between two, at least 1.
        interval_s: Option<u32> = "Interval",
        /// Where to.
        upload_url: String = "UploadURL",
        /// A name for this order.
        session: String = "SessionID",
    }
}

/// Blocks of settings.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ConfigBlocks {
    /// The basic parameters.
    pub basic: Option<BasicParam>,
    /// Snapshots.
    pub snapshot: Option<SnapShotConfig>,
    /// Everything else, by its element.
    pub raw: Vec<Element>,
}

/// The order to change settings.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DeviceConfig {
    /// What they shall be.
    pub blocks: ConfigBlocks,
}

block! {
    /// A question for settings.
    pub struct ConfigQuery {
        /// Which, joined with `/`: `BasicParam/VideoParamOpt`. A device may answer each in a message of its own.
        config_types: String = "ConfigType",
    }
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ConfigAnswer {
    /// Whether it worked.
    pub result: Option<ResultCode>,
    /// What the settings are.
    pub blocks: ConfigBlocks,
}

/// Elements of the message that are no blocks.
const BESIDE_BLOCKS: [&str; 6] = ["CmdType", "SN", "DeviceID", "Result", "SumNum", "Num"];

impl ConfigBlocks {
    fn read(message: Node<'_>) -> Self {
        let mut blocks = Self::default();
        for child in message.children().filter(|child| !BESIDE_BLOCKS.iter().any(|name| child.is(name))) {
            // The clause on snapshots says SnapShotConfig, the type in the annex SnapShot.
            if child.is("SnapShotConfig") || child.is("SnapShot") {
                blocks.snapshot = SnapShotConfig::read(child).or(blocks.snapshot);
            } else if child.is("BasicParam") {
                blocks.basic = BasicParam::read(child).or(blocks.basic);
            } else if blocks.raw.len() < BLOCKS_MAX {
                blocks.raw.push(Element::keep(child));
            }
        }
        blocks
    }

    fn write(&self, out: &mut Writer) {
        self.basic.write_into("BasicParam", out);
        let snapshot = match out.dialect.snapshot {
            SnapShotSpelling::SnapShotConfig => "SnapShotConfig",
            SnapShotSpelling::SnapShot => "SnapShot",
        };
        self.snapshot.write_into(snapshot, out);
        self.raw.write_into("", out);
    }
}

impl Part for DeviceConfig {
    fn read_fields(node: Node<'_>) -> Option<Self> {
        Some(Self { blocks: ConfigBlocks::read(node) })
    }

    fn write_fields(&self, out: &mut Writer) {
        self.blocks.write(out);
    }
}

impl Part for ConfigAnswer {
    fn read_fields(node: Node<'_>) -> Option<Self> {
        let result = node.child("Result").and_then(ResultCode::read);
        Some(Self { result, blocks: ConfigBlocks::read(node) })
    }

    fn write_fields(&self, out: &mut Writer) {
        self.result.write_into("Result", out);
        self.blocks.write(out);
    }
}
