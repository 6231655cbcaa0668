//! Cruise tracks: rounds from preset to preset (2022, A.2.4.11, A.2.4.12).

use super::block::block;
use super::list::{Entry, List};

block! {
    /// The answer to a query for the tracks.
    #[derive(Default)]
    pub struct CruiseTracks {
        /// How many there are.
        sum_num: Option<u32> = "SumNum",
        /// The tracks.
        tracks: List<CruiseTrackName> = "CruiseTrackList",
    }
}

block! {
    /// A track's number and name.
    pub struct CruiseTrackName {
        /// Its number.
        number: u16 = "Number",
        /// Its name.
        name: Option<String> = "Name",
    }
}

impl Entry for CruiseTrackName {
    const NAME: &'static str = "CruiseTrack";
}

block! {
    /// A question for one track.
    pub struct CruiseTrackQuery {
        /// Which.
        number: u16 = "Number",
    }
}

block! {
    /// One track.
    #[derive(Default)]
    pub struct CruiseTrack {
        /// Its number.
        number: Option<u16> = "Number",
        /// Its name.
        name: Option<String> = "Name",
        /// How many points it has.
        sum_num: Option<u32> = "SumNum",
        /// Its points in order.
        points: List<CruisePoint> = "CruisePointList",
    }
}

block! {
    /// A point of a track.
    pub struct CruisePoint {
        /// The preset.
        preset: u16 = "PresetIndex",
        /// Seconds to stay.
        stay_s: Option<u32> = "StayTime",
        /// Speed on the way.
        speed: Option<u32> = "Speed",
    }
}

impl Entry for CruisePoint {
    const NAME: &'static str = "CruisePoint";
}
