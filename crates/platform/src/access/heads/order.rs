//! What a head is told: checked orders of people become questions of ONVIF.

use media::onvif::{MOVE_SECONDS_MAX, PtzAction, Velocity};

use crate::PlatformError;

/// Seconds that a head turns by one order where nothing else is said: longer than a person holds a button, shorter than it takes to find out
/// who left it turning.
pub const MOVE_SECONDS: u8 = 15;
/// Longest name and token of a preset, in letters (ONVIF Core: 64).
const WORDS_MAX: usize = 64;

/// An order to a head. Presets are named by the tokens that the camera gave them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeadOrder {
    /// Turn until told to stop. Signs are directions, sizes per cent of full speed.
    Move {
        /// Left (−) and right (+).
        pan: i8,
        /// Down (−) and up (+).
        tilt: i8,
        /// Wider (−) and nearer (+).
        zoom: i8,
        /// Seconds after which it stops by itself, 1 to 60.
        at_most_s: u8,
    },
    /// Stop everything that moves.
    Stop,
    /// Look at a preset.
    PresetCall(String),
    /// Remember where it looks, under a name.
    PresetSet {
        /// The name.
        name: String,
        /// The preset to replace; none: a new one.
        preset: Option<String>,
    },
    /// Forget a preset.
    PresetDelete(String),
}

impl HeadOrder {
    /// What the audit register keeps of it; none for turning, of which many orders share a row.
    pub(super) fn detail(&self) -> Option<String> {
        match self {
            Self::Move { .. } | Self::Stop | Self::PresetCall(_) => None,
            Self::PresetSet { name, preset: None } => Some(format!("set {name}")),
            Self::PresetSet { name, preset: Some(preset) } => Some(format!("set {preset} {name}")),
            Self::PresetDelete(preset) => Some(format!("delete {preset}")),
        }
    }

    pub(super) fn action(&self) -> Result<PtzAction, PlatformError> {
        Ok(match self {
            Self::Move { pan: 0, tilt: 0, zoom: 0, .. } | Self::Stop => PtzAction::Stop,
            Self::Move { pan, tilt, zoom, at_most_s } => {
                let at_most_s = checked_seconds(*at_most_s)?;
                let velocity = Velocity {
                    pan: part("pan", *pan)?,
                    tilt: part("tilt", *tilt)?,
                    zoom: part("zoom", *zoom)?,
                };
                PtzAction::Move { velocity, at_most_s }
            }
            Self::PresetCall(preset) => PtzAction::GoTo { preset: words("preset", preset)? },
            Self::PresetSet { name, preset } => PtzAction::Keep {
                name: words("name", name)?,
                preset: preset.as_deref().map(|preset| words("preset", preset)).transpose()?,
            },
            Self::PresetDelete(preset) => PtzAction::Forget { preset: words("preset", preset)? },
        })
    }
}

fn checked_seconds(at_most_s: u8) -> Result<u8, PlatformError> {
    if (1..=MOVE_SECONDS_MAX).contains(&at_most_s) {
        return Ok(at_most_s);
    }
    Err(PlatformError::field("at_most_s", "out_of_range", format!("1 to {MOVE_SECONDS_MAX}")))
}

fn part(field: &'static str, percent: i8) -> Result<f32, PlatformError> {
    if (-100..=100).contains(&percent) {
        return Ok(f32::from(percent) / 100.0);
    }
    Err(PlatformError::field(field, "out_of_range", "−100 to 100 per cent"))
}

fn words(field: &'static str, text: &str) -> Result<String, PlatformError> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > WORDS_MAX || text.chars().any(char::is_control) {
        return Err(PlatformError::field(field, "invalid", format!("1 to {WORDS_MAX} characters")));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEFT: HeadOrder = HeadOrder::Move { pan: -50, tilt: 0, zoom: 0, at_most_s: 5 };

    #[test]
    fn signs_are_directions_and_a_move_to_nowhere_is_a_stop() {
        let velocity = Velocity { pan: -0.5, tilt: 0.0, zoom: 0.0 };
        assert_eq!(LEFT.action().unwrap(), PtzAction::Move { velocity, at_most_s: 5 });
        let nowhere = HeadOrder::Move { pan: 0, tilt: 0, zoom: 0, at_most_s: 5 };
        assert_eq!(nowhere.action().unwrap(), PtzAction::Stop);
    }

    #[test]
    fn what_no_camera_should_be_told_is_refused() {
        let with = |pan, at_most_s| HeadOrder::Move { pan, tilt: 0, zoom: 0, at_most_s };
        let long = "x".repeat(65);
        for order in [
            with(101, 5),
            with(1, 0),
            with(1, 61),
            HeadOrder::PresetCall(String::new()),
            HeadOrder::PresetDelete("a\nb".to_owned()),
            HeadOrder::PresetSet { name: "  ".to_owned(), preset: None },
            HeadOrder::PresetSet { name: "门".to_owned(), preset: Some(long) },
        ] {
            assert!(order.action().is_err(), "{order:?}");
        }
    }
}
