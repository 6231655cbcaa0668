//! The sign of life of a device (9.6, A.2.5.1).

use super::block::{block, codes};
use crate::id::CatalogId;

codes! {
    /// `statusType` of health.
    pub enum Health {
        /// In order.
        Ok = "OK",
        /// Something is wrong.
        Error = "ERROR",
    }
}

block! {
    /// A sign of life; every 60 s by default.
    pub struct Keepalive {
        /// Whether the device is in order.
        status: Option<Health> = "Status",
        /// Its children that are not.
        faulty: Option<Faulty> = "Info",
    }
}

block! {
    /// Children that do not work.
    pub struct Faulty {
        /// Their ids.
        devices: Vec<CatalogId> = "DeviceID",
    }
}

impl Keepalive {
    /// All is well.
    pub fn well() -> Self {
        Self { status: Some(Health::Ok), faulty: None }
    }
}
