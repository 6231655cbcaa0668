//! The head of the device: it turns as long as it is told to, stops at its ends, and remembers places.

use super::login::between;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// What the PTZ service is asked.
pub(super) const OPERATIONS: [&str; 7] =
    ["ContinuousMove", "Stop", "GetStatus", "GetPresets", "GotoPreset", "SetPreset", "RemovePreset"];

/// Parts of its reach that the head passes in a second at full speed: from end to end in four seconds.
const FULL_SPEED_PER_S: f32 = 0.5;
/// Places that are remembered.
const PRESETS_MAX: u32 = 300;
/// How long it turns where no time is given.
const MOVE_FOR: Duration = Duration::from_secs(10);

/// Where the head looks, as parts of its reach.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct HeadLooks {
    /// -1 is the left end, 1 the right one.
    pub pan: f32,
    /// -1 is the lower end, 1 the upper one.
    pub tilt: f32,
    /// 0 is the widest, 1 the nearest.
    pub zoom: f32,
}

/// A move that was asked for: speed, since when, and for how long at most.
#[derive(Debug)]
struct Turning {
    speed: HeadLooks,
    since: Instant,
    at_most: Duration,
}

/// The head.
#[derive(Debug)]
pub(super) struct Head {
    rests: HeadLooks,
    turning: Option<Turning>,
    presets: BTreeMap<u32, (String, HeadLooks)>,
}

impl Default for Head {
    /// It looks ahead and knows a door and a place without a name.
    fn default() -> Self {
        let door = HeadLooks { pan: -0.5, tilt: -0.1, zoom: 0.2 };
        let presets = [(1, ("Door".to_owned(), door)), (2, (String::new(), HeadLooks::default()))];
        Self { rests: HeadLooks::default(), turning: None, presets: presets.into() }
    }
}

impl Head {
    /// Where it looks now.
    pub(super) fn looks(&self) -> HeadLooks {
        let Some(Turning { speed, since, at_most }) = &self.turning else { return self.rests };
        let passed = since.elapsed().min(*at_most).as_secs_f32() * FULL_SPEED_PER_S;
        HeadLooks {
            pan: (self.rests.pan + speed.pan * passed).clamp(-1.0, 1.0),
            tilt: (self.rests.tilt + speed.tilt * passed).clamp(-1.0, 1.0),
            zoom: (self.rests.zoom + speed.zoom * passed).clamp(0.0, 1.0),
        }
    }

    /// The inner part of the answer to a question; `None` for one that is not known.
    pub(super) fn answer(&mut self, operation: &str, body: &str) -> Option<String> {
        match operation {
            "ContinuousMove" => self.turn(body),
            "Stop" => self.rest_at(self.looks()),
            "GetStatus" => return Some(status(self.looks())),
            "GetPresets" => return Some(self.presets.iter().map(preset).collect()),
            "GotoPreset" => {
                let (_, place) = self.presets.get(&token(body)?)?;
                self.rest_at(*place);
            }
            "SetPreset" => return self.keep(body),
            "RemovePreset" => drop(self.presets.remove(&token(body)?)?),
            _ => return None,
        }
        tracing::debug!(operation, looks = ?self.looks(), "simulated onvif device: head");
        Some(String::new())
    }

    fn turn(&mut self, body: &str) {
        let speed = HeadLooks {
            pan: number(body, "PanTilt", "x"),
            tilt: number(body, "PanTilt", "y"),
            zoom: number(body, "Zoom", "x"),
        };
        let seconds = between(body, "Timeout")
            .and_then(|text| text.strip_prefix("PT")?.strip_suffix('S')?.parse().ok());
        self.rest_at(self.looks());
        let at_most = seconds.map_or(MOVE_FOR, Duration::from_secs);
        self.turning = Some(Turning { speed, since: Instant::now(), at_most });
    }

    fn rest_at(&mut self, place: HeadLooks) {
        (self.rests, self.turning) = (place, None);
    }

    fn keep(&mut self, body: &str) -> Option<String> {
        let free = || (1..=PRESETS_MAX).find(|number| !self.presets.contains_key(number));
        let number = token(body).filter(|number| (1..=PRESETS_MAX).contains(number)).or_else(free)?;
        let name = between(body, "PresetName").unwrap_or_default().to_owned();
        self.presets.insert(number, (name, self.looks()));
        Some(format!("<tptz:PresetToken>{number}</tptz:PresetToken>"))
    }
}

fn status(HeadLooks { pan, tilt, zoom }: HeadLooks) -> String {
    format!(
        "<tptz:PTZStatus><tt:Position><tt:PanTilt x=\"{pan}\" y=\"{tilt}\"/><tt:Zoom x=\"{zoom}\"/></tt:Position></tptz:PTZStatus>"
    )
}

fn preset((number, (name, _)): (&u32, &(String, HeadLooks))) -> String {
    // As it came: what stands between two elements is escaped already.
    format!("<tptz:Preset token=\"{number}\"><tt:Name>{name}</tt:Name></tptz:Preset>")
}

fn token(body: &str) -> Option<u32> {
    between(body, "PresetToken")?.parse().ok()
}

/// A number in an attribute of the first element with this local name; 0 where there is none.
fn number(body: &str, element: &str, attribute: &str) -> f32 {
    let found = || {
        let (_, rest) = body.split_once(&format!(":{element} "))?;
        let (_, rest) = rest.split('>').next()?.split_once(&format!("{attribute}=\""))?;
        rest.split('"').next()?.parse().ok()
    };
    found().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_turns_no_longer_than_it_was_told_and_not_beyond_its_end() {
        let mut head = Head::default();
        let asked = "<x:ContinuousMove><x:Velocity><tt:PanTilt x=\"-1\" y=\"0.5\"/><tt:Zoom x=\"0\"/></x:Velocity><x:Timeout>PT1S</x:Timeout>";
        head.answer("ContinuousMove", asked).unwrap();
        let turning = head.turning.as_mut().unwrap();
        turning.since = Instant::now().checked_sub(Duration::from_secs(100)).unwrap();
        assert_eq!(head.looks(), HeadLooks { pan: -0.5, tilt: 0.25, zoom: 0.0 });
        head.turning.as_mut().unwrap().at_most = Duration::from_mins(1);
        assert_eq!(head.looks(), HeadLooks { pan: -1.0, tilt: 1.0, zoom: 0.0 });
    }

    #[test]
    fn a_place_is_kept_found_again_and_forgotten() {
        let mut head = Head { rests: HeadLooks { pan: 0.3, ..HeadLooks::default() }, ..Head::default() };
        let kept = head.answer("SetPreset", "<x:PresetName>Gate</x:PresetName>").unwrap();
        assert_eq!(kept, "<tptz:PresetToken>3</tptz:PresetToken>");
        head.rest_at(HeadLooks::default());
        let third = "<x:PresetToken>3</x:PresetToken>";
        head.answer("GotoPreset", third).unwrap();
        assert_eq!(head.looks(), HeadLooks { pan: 0.3, ..HeadLooks::default() });
        head.answer("RemovePreset", third).unwrap();
        assert_eq!(head.answer("GotoPreset", third), None);
    }
}
