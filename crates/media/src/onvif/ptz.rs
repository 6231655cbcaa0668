//! Turning a device's head (ONVIF PTZ service, ver20).

use super::answer::Answer;
use super::device::{Device, Signed};
use super::envelope::{PTZ, text};
use super::error::OnvifError;
use super::facts::said;
use crate::xml::Element;

/// Most presets that are listed; devices have up to 300.
const PRESETS_MAX: usize = 512;
/// Longest time a head turns by one question, in seconds.
pub const MOVE_SECONDS_MAX: u8 = 60;

/// How fast, of the fastest: -1 to 1, 0 stands still. Values outside are cut.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Velocity {
    /// Right is positive.
    pub pan: f32,
    /// Up is positive.
    pub tilt: f32,
    /// Nearer is positive.
    pub zoom: f32,
}

/// What a head shall do.
#[derive(Debug, Clone, PartialEq)]
pub enum PtzAction {
    /// Turn until [`Self::Stop`], at most so long.
    Move {
        /// How fast.
        velocity: Velocity,
        /// Seconds after which the device stops by itself, should our stop get lost; 1 to [`MOVE_SECONDS_MAX`], others are cut.
        at_most_s: u8,
    },
    /// Stand still.
    Stop,
    /// Look where a preset looks.
    GoTo {
        /// [`Preset::token`].
        preset: String,
    },
    /// Keep the present position under a name as a new preset, or in place of one.
    Keep {
        /// The name.
        name: String,
        /// The preset to replace.
        preset: Option<String>,
    },
    /// Forget a preset.
    Forget {
        /// [`Preset::token`].
        preset: String,
    },
}

/// A position that the device remembers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preset {
    /// The device's name for it in questions.
    pub token: String,
    /// The name for people.
    pub name: String,
}

/// Where a head looks, as parts of what it can reach (the generic spaces of ONVIF PTZ 5.2.2.1); `None` where the device does not say.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct HeadPosition {
    /// -1 is the left end, 1 the right one.
    pub pan: Option<f32>,
    /// -1 is the lower end, 1 the upper one.
    pub tilt: Option<f32>,
    /// 0 is the widest, 1 the nearest.
    pub zoom: Option<f32>,
}

impl Device {
    /// Turns the head of a profile. One question, so that a stop arrives soon.
    pub async fn ptz(&self, profile: &str, action: &PtzAction) -> Result<(), OnvifError> {
        let (operation, question) = question(profile, action);
        self.call_ptz(operation, &question).await.map(|_| ())
    }

    /// The presets of a profile, at most 512, in the device's order.
    pub async fn presets(&self, profile: &str) -> Result<Vec<Preset>, OnvifError> {
        let question = ask_about(profile, "GetPresets", "");
        Ok(self.call_ptz("GetPresets", &question).await?.presets())
    }

    /// Where the head of a profile looks now.
    pub async fn position(&self, profile: &str) -> Result<HeadPosition, OnvifError> {
        let question = ask_about(profile, "GetStatus", "");
        Ok(self.call_ptz("GetStatus", &question).await?.position())
    }

    async fn call_ptz(&self, operation: &str, question: &str) -> Result<Answer, OnvifError> {
        let at = self.services().ptz.as_ref().ok_or(OnvifError::NoService("PTZ"))?;
        self.call(at, PTZ, operation, question, Signed::Yes).await
    }
}

/// The presets in an answer's body.
pub(super) fn listed(body: &Element) -> Vec<Preset> {
    let list = body.child("GetPresetsResponse");
    list.iter().flat_map(|list| list.children("Preset")).take(PRESETS_MAX).filter_map(preset).collect()
}

/// Where the head looks, in an answer's body.
pub(super) fn position(body: &Element) -> HeadPosition {
    let status = body.child("GetStatusResponse").and_then(|answer| answer.child("PTZStatus"));
    let Some(position) = status.and_then(|status| status.child("Position")) else {
        return HeadPosition::default();
    };
    let part = |of: &str, name: &str| {
        let value: f32 = position.child(of)?.attribute(name)?.parse().ok()?;
        value.is_finite().then_some(value)
    };
    HeadPosition { pan: part("PanTilt", "x"), tilt: part("PanTilt", "y"), zoom: part("Zoom", "x") }
}

fn preset(element: &Element) -> Option<Preset> {
    let token = element.attribute("token").filter(|token| !token.is_empty())?;
    Some(Preset { token: token.to_owned(), name: said(element.text_of("Name")) })
}

fn question(profile: &str, action: &PtzAction) -> (&'static str, String) {
    let (operation, inner) = match action {
        PtzAction::Move { velocity, at_most_s } => {
            let [pan, tilt, zoom] = [velocity.pan, velocity.tilt, velocity.zoom].map(speed);
            let seconds = (*at_most_s).clamp(1, MOVE_SECONDS_MAX);
            let inner = format!(
                "<tptz:Velocity><tt:PanTilt x=\"{pan}\" y=\"{tilt}\"/><tt:Zoom x=\"{zoom}\"/></tptz:Velocity>\
                 <tptz:Timeout>PT{seconds}S</tptz:Timeout>"
            );
            ("ContinuousMove", inner)
        }
        PtzAction::Stop => {
            ("Stop", "<tptz:PanTilt>true</tptz:PanTilt><tptz:Zoom>true</tptz:Zoom>".to_owned())
        }
        PtzAction::GoTo { preset } => ("GotoPreset", token(preset)),
        PtzAction::Keep { name, preset } => {
            let name = format!("<tptz:PresetName>{}</tptz:PresetName>", text(name));
            ("SetPreset", name + &preset.as_deref().map(token).unwrap_or_default())
        }
        PtzAction::Forget { preset } => ("RemovePreset", token(preset)),
    };
    (operation, ask_about(profile, operation, &inner))
}

fn ask_about(profile: &str, operation: &str, inner: &str) -> String {
    let profile = text(profile);
    format!("<tptz:{operation}><tptz:ProfileToken>{profile}</tptz:ProfileToken>{inner}</tptz:{operation}>")
}

fn token(preset: &str) -> String {
    format!("<tptz:PresetToken>{}</tptz:PresetToken>", text(preset))
}

/// A number between -1 and 1; what is no number stands still.
fn speed(wanted: f32) -> f32 {
    if wanted.is_finite() { wanted.clamp(-1.0, 1.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_head_looks_is_read_and_nonsense_is_not() {
        let told = |inner: &str| {
            let xml =
                format!("<Body><GetStatusResponse><PTZStatus>{inner}</PTZStatus></GetStatusResponse></Body>");
            position(&Element::read(&xml).unwrap())
        };
        let whole = told("<Position><PanTilt x='-0.25' y='1'/><Zoom x='0'/></Position>");
        assert_eq!(whole, HeadPosition { pan: Some(-0.25), tilt: Some(1.0), zoom: Some(0.0) });
        let broken = told("<Position><PanTilt x='NaN' y='up'/></Position>");
        assert_eq!((broken, told("")), (HeadPosition::default(), HeadPosition::default()));
    }

    #[test]
    fn a_move_is_bounded_in_speed_and_time() {
        let velocity = Velocity { pan: 7.0, tilt: f32::NAN, zoom: -0.5 };
        let (operation, text) = question("p<1", &PtzAction::Move { velocity, at_most_s: 0 });
        assert_eq!(operation, "ContinuousMove");
        assert!(text.contains("<tt:PanTilt x=\"1\" y=\"0\"/><tt:Zoom x=\"-0.5\"/>"), "{text}");
        assert!(text.contains("PT1S") && text.contains("p&lt;1"), "{text}");
    }
}
