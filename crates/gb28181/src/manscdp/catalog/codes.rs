//! Codes of catalog items.

use crate::manscdp::block::codes;

codes! {
    /// What happened to an item of a notification (A.2.5 of 2022, annex P of 2016).
    pub enum CatalogEvent {
        /// Online.
        On = "ON",
        /// Offline.
        Off = "OFF",
        /// Its picture is lost.
        VideoLost = "VLOST",
        /// It has a fault.
        Defect = "DEFECT",
        /// It is new.
        Add = "ADD",
        /// It is gone.
        Delete = "DEL",
        /// Something about it changed.
        Update = "UPDATE",
    }
}

codes! {
    /// Whether an item works. The standard knows two values, the field two more.
    pub enum ItemStatus {
        /// Online.
        On = "ON",
        /// Offline.
        Off = "OFF",
        /// Online, as some recorders write.
        Ok = "OK",
        /// Offline, as some recorders write.
        Error = "ERROR",
    }
}

codes! {
    /// How sensitive the information is (2022).
    pub enum SecurityLevel {
        /// The highest.
        A = "A",
        /// The middle.
        B = "B",
        /// The lowest.
        C = "C",
    }
}

codes! {
    /// What sort of camera it is.
    pub enum PtzType {
        /// A dome.
        Dome = "1",
        /// A half dome.
        HalfDome = "2",
        /// A fixed bullet.
        Fixed = "3",
        /// A bullet that turns.
        PtzBullet = "4",
        /// A half dome under remote control (2022).
        RemoteHalfDome = "5",
        /// The panoramic or stitched channel of a device with several lenses (2022).
        Panoramic = "6",
        /// A single channel of such a device (2022).
        Split = "7",
    }
}
