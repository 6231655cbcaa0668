//! The heads of a device's channels: where each looks, where it goes home to, the presets and rounds it knows. Nothing in the picture moves.

use gb28181::id::CatalogId;
use gb28181::manscdp::control::PtzPrecise;
use gb28181::manscdp::cruise::{CruisePoint, CruiseTrack, CruiseTrackName, CruiseTracks};
use gb28181::manscdp::preset::{HomePosition, HomePositionAnswer, Preset, Presets};
use gb28181::manscdp::ptz_position::PtzPosition;
use gb28181::ptz::{PresetAction, PtzCommand};
use std::collections::{BTreeSet, HashMap};

/// Rounds that every head knows: number, name, presets.
const ROUNDS: [(u16, &str, [u16; 3]); 2] =
    [(1, "日间巡航 SIMULATED", [1, 2, 3]), (2, "夜间巡航 SIMULATED", [3, 2, 1])];
/// Seconds at a preset of a round.
const STAY_S: u32 = 15;
/// What is seen at once without zoom, in degrees.
const FIELD_DEG: (f64, f64) = (58.0, 33.0);
/// Heads remembered of one device; a lower platform may have more channels than anybody turns.
const HEADS_MAX: usize = 1_024;

/// All heads of a device.
#[derive(Debug, Default)]
pub(super) struct Heads {
    /// Presets set by the platform, of all channels.
    presets: BTreeSet<u8>,
    heads: HashMap<CatalogId, Head>,
}

#[derive(Debug, Clone, Default)]
struct Head {
    pan: f64,
    tilt: f64,
    zoom: Option<f64>,
    home: Option<HomePosition>,
}

impl Heads {
    /// Takes a command of eight bytes.
    pub fn command(&mut self, command: PtzCommand) {
        match command {
            PtzCommand::Preset(PresetAction::Set, number) => drop(self.presets.insert(number)),
            PtzCommand::Preset(PresetAction::Delete, number) => drop(self.presets.remove(&number)),
            _ => {}
        }
    }

    /// Looks somewhere precisely.
    pub fn look(&mut self, channel: CatalogId, place: &PtzPrecise) {
        if let Some(head) = self.head(channel) {
            head.pan = place.pan.unwrap_or(head.pan);
            head.tilt = place.tilt.unwrap_or(head.tilt);
            head.zoom = place.zoom.or(head.zoom);
        }
    }

    /// Remembers where to go home to.
    pub fn set_home(&mut self, channel: CatalogId, home: &HomePosition) {
        if let Some(head) = self.head(channel) {
            head.home = Some(home.clone());
        }
    }

    /// The presets.
    pub fn presets(&self) -> Presets {
        let preset =
            |number: &u8| Preset { id: number.to_string(), name: Some(format!("预置位{number}")) };
        let presets: Vec<_> = self.presets.iter().map(preset).collect();
        Presets { sum_num: Some(presets.len() as u32), presets: presets.into() }
    }

    /// The rounds.
    pub fn rounds() -> CruiseTracks {
        let name =
            |(number, name, _): (u16, &str, _)| CruiseTrackName { number, name: Some(name.to_owned()) };
        CruiseTracks { sum_num: Some(ROUNDS.len() as u32), tracks: ROUNDS.map(name).to_vec().into() }
    }

    /// One round; one without stops where there is none of that number.
    pub fn round(number: u16) -> CruiseTrack {
        let known = ROUNDS.iter().find(|(known, ..)| *known == number);
        let point = |preset: &u16| CruisePoint { preset: *preset, stay_s: Some(STAY_S), speed: Some(5) };
        let points: Vec<_> = known.iter().flat_map(|(.., presets)| presets.iter().map(point)).collect();
        CruiseTrack {
            number: Some(number),
            name: known.map(|(_, name, _)| (*name).to_owned()),
            sum_num: Some(points.len() as u32),
            points: points.into(),
        }
    }

    /// Where a head goes home to.
    pub fn home(&self, channel: CatalogId) -> HomePositionAnswer {
        HomePositionAnswer { home: self.heads.get(&channel).and_then(|head| head.home.clone()) }
    }

    /// Where a head looks.
    pub fn position(&self, channel: CatalogId) -> PtzPosition {
        let head = self.heads.get(&channel).cloned().unwrap_or_default();
        let zoom = head.zoom.unwrap_or(1.0).max(1.0);
        PtzPosition {
            pan: Some(head.pan),
            tilt: Some(head.tilt),
            zoom: Some(zoom),
            horizontal_angle: Some(FIELD_DEG.0 / zoom),
            vertical_angle: Some(FIELD_DEG.1 / zoom),
            view_distance: None,
        }
    }

    fn head(&mut self, channel: CatalogId) -> Option<&mut Head> {
        if self.heads.len() >= HEADS_MAX && !self.heads.contains_key(&channel) {
            return None;
        }
        Some(self.heads.entry(channel).or_default())
    }
}
