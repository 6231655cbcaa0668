//! Defaults by maker and model. Each line says what it was seen to cure; an operator may overrule it.

use super::{DeviceProfile, EventName, SsrcCheck, SubStream};
use crate::edition::Edition;

/// Makers by the words that they write into `Manufacturer`, lower case.
const HIKVISION: [&str; 4] = ["hikvision", "hik", "海康", "ezviz"];
const DAHUA: [&str; 3] = ["dahua", "大华", "imou"];
const TIANDY: [&str; 2] = ["tiandy", "天地伟业"];
const TPLINK: [&str; 5] = ["tp-link", "tplink", "普联", "mercury", "水星"];

/// Changes the edition's habits into those of a maker.
pub(super) fn adjust(profile: &mut DeviceProfile, manufacturer: &str, model: &str) {
    let manufacturer = manufacturer.to_lowercase();
    let is = |names: &[&str]| names.iter().any(|name| manufacturer.contains(name));
    let is_before_2022 = profile.edition < Edition::V2022;
    if is(&HIKVISION) && model.to_lowercase().contains("platform") {
        // Upper and lower platforms of this maker answer with another SSRC than was offered, and send a third (WVP PR#1119).
        profile.ssrc_check = SsrcCheck::Off;
    } else if is(&DAHUA) {
        // Sends SSRC 0 whatever was agreed (srs#1500).
        profile.ssrc_check = SsrcCheck::Off;
        if is_before_2022 {
            profile.sub_stream = SubStream::StreamProfile;
        }
    } else if is(&TIANDY) {
        // Sends catalogs unasked (WVP#1425), so a subscription by name is not needed to hear of changes.
        profile.catalog_event = EventName::Presence;
    } else if is(&TPLINK) && is_before_2022 {
        profile.sub_stream = SubStream::StreamMode;
    }
}
