//! Scopes: what a device tells everybody about itself (ONVIF Core 7.3.2.2).

use super::super::facts::said;
use crate::address::percent_decode;

/// Scopes that are looked at.
const SCOPES_MAX: usize = 64;
const PREFIX: &str = "onvif://www.onvif.org/";

/// What was told. Texts are the device's own, bounded, maybe empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scopes {
    /// The device's name, often maker and model.
    pub name: String,
    /// The hardware, often the model.
    pub hardware: String,
    /// Where it hangs, if anybody entered it.
    pub location: String,
}

impl Scopes {
    /// Reads a list of URIs.
    pub(super) fn read(list: &str) -> Self {
        let mut scopes = Self::default();
        for scope in list.split_whitespace().take(SCOPES_MAX) {
            let Some((kind, value)) = scope.strip_prefix(PREFIX).and_then(|rest| rest.split_once('/')) else {
                continue;
            };
            let place = match kind {
                "name" => &mut scopes.name,
                "hardware" => &mut scopes.hardware,
                "location" => &mut scopes.location,
                _ => continue,
            };
            if place.is_empty() {
                *place = said(&percent_decode(value).unwrap_or_else(|_| value.to_owned()));
            }
        }
        scopes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_decoded() {
        let scopes = Scopes::read(
            "onvif://www.onvif.org/type/video_encoder onvif://www.onvif.org/name/HIKVISION%20DS-2CD \
             onvif://www.onvif.org/hardware/DS-2CD http://elsewhere/name/x onvif://www.onvif.org/location/%ff",
        );
        assert_eq!((scopes.name.as_str(), scopes.hardware.as_str()), ("HIKVISION DS-2CD", "DS-2CD"));
        assert_eq!(scopes.location, "%ff");
    }
}
