//! Presets and the home position (A.2.4.8, A.2.6.8, 2022 also A.2.4.10).

use super::block::block;
use super::list::{Entry, List};

block! {
    /// The answer to a query for presets.
    #[derive(Default)]
    pub struct Presets {
        /// How many there are; 2022 only.
        sum_num: Option<u32> = "SumNum",
        /// The presets. All of them: a list of more than ten is a list of more than ten (WVP#1946).
        presets: List<Preset> = "PresetList",
    }
}

block! {
    /// A preset.
    pub struct Preset {
        /// Its number; devices with names for numbers exist, so it is a text.
        id: String = "PresetID",
        /// Its name.
        name: Option<String> = "PresetName",
    }
}

impl Entry for Preset {}

block! {
    /// Going back to a preset after a while, as a command or as the answer to a query (2022).
    #[derive(Default)]
    pub struct HomePosition {
        /// 1 on, 0 off.
        enabled: Option<u8> = "Enabled",
        /// After how many seconds.
        reset_time_s: Option<u32> = "ResetTime",
        /// To which preset, 0 to 255.
        preset: Option<u8> = "PresetIndex",
    }
}

block! {
    /// The answer to a query for the home position (2022).
    #[derive(Default)]
    pub struct HomePositionAnswer {
        /// The home position; `None` when the device has none.
        home: Option<HomePosition> = "HomePosition",
    }
}
