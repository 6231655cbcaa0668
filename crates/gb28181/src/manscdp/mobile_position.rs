//! Where a moving device is (9.11, A.2.4.9, A.2.5.4): flat in the 2016 edition, a list in that of 2022.

use super::block::{Part, block};
use super::list::{Entry, List};
use super::time::LocalTime;
use super::xml::{Node, Writer};
use crate::id::CatalogId;

block! {
    /// A question or subscription for positions.
    #[derive(Default)]
    pub struct MobilePositionQuery {
        /// Seconds between two reports; the device takes 5 when there is none.
        interval_s: Option<u32> = "Interval",
    }
}

/// A report of positions, in the shape of either edition.
#[derive(Debug, Clone, PartialEq)]
pub enum MobilePosition {
    /// One position, of the device that the message names.
    Flat(FlatPosition),
    /// Positions of any number of devices.
    List(PositionList),
}

block! {
    /// The report of 2016.
    #[derive(Default)]
    pub struct FlatPosition {
        /// When it was measured.
        time: Option<LocalTime> = "Time",
        /// WGS-84, degrees.
        longitude: Option<f64> = "Longitude",
        /// WGS-84, degrees.
        latitude: Option<f64> = "Latitude",
        /// Kilometres an hour.
        speed_kmh: Option<f64> = "Speed",
        /// Degrees from north, clockwise.
        direction_deg: Option<f64> = "Direction",
        /// Metres above the sea.
        altitude_m: Option<f64> = "Altitude",
    }
}

block! {
    /// The report of 2022.
    #[derive(Default)]
    pub struct PositionList {
        /// When it was made.
        time: Option<LocalTime> = "Time",
        /// How many positions there are.
        sum_num: Option<u32> = "SumNum",
        /// The positions.
        positions: List<Position> = "DeviceList",
    }
}

block! {
    /// A position in a list.
    pub struct Position {
        /// Whose.
        device: CatalogId = "DeviceID",
        /// When it was measured.
        time: Option<LocalTime> = "CaptureTime" | "Time",
        /// WGS-84, degrees.
        longitude: Option<f64> = "Longitude",
        /// WGS-84, degrees.
        latitude: Option<f64> = "Latitude",
        /// Kilometres an hour.
        speed_kmh: Option<f64> = "Speed",
        /// Degrees from north, clockwise.
        direction_deg: Option<f64> = "Direction",
        /// Metres above the sea.
        altitude_m: Option<f64> = "Altitude",
        /// Metres above the ground.
        height_m: Option<f64> = "Height",
    }
}

impl Entry for Position {}

impl MobilePosition {
    /// The positions of either shape; `device` is the one that the message names.
    pub fn positions(&self, device: CatalogId) -> Vec<Position> {
        match self {
            Self::List(list) => list.positions.items.clone(),
            Self::Flat(flat) => vec![Position {
                device,
                time: flat.time,
                longitude: flat.longitude,
                latitude: flat.latitude,
                speed_kmh: flat.speed_kmh,
                direction_deg: flat.direction_deg,
                altitude_m: flat.altitude_m,
                height_m: None,
            }],
        }
    }
}

impl Part for MobilePosition {
    fn read_fields(node: Node<'_>) -> Option<Self> {
        if node.child("DeviceList").is_some() || node.child("SumNum").is_some() {
            let mut list = PositionList::read_fields(node)?;
            let came = list.positions.items.len() as u32 + list.positions.dropped;
            // A list without its count is written with one, and should read as the same.
            list.sum_num = list.sum_num.or(Some(came));
            Some(Self::List(list))
        } else {
            FlatPosition::read_fields(node).map(Self::Flat)
        }
    }

    fn write_fields(&self, out: &mut Writer) {
        match self {
            Self::Flat(flat) => flat.write_fields(out),
            // Without the count an empty list would read as a flat report.
            Self::List(list) => PositionList {
                sum_num: list.sum_num.or(Some(list.positions.items.len() as u32)),
                ..list.clone()
            }
            .write_fields(out),
        }
    }
}
