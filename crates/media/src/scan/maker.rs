//! Who made it, guessed from what it says: names of web and RTSP servers, realms, scopes, ports.

/// Words in lower case and the makers whose devices say them. The first match counts, so the telling words stand before the weak.
const WORDS: [(&str, &str); 24] = [
    ("hikvision", "Hikvision"),
    ("海康", "Hikvision"),
    ("dnvrs-webs", "Hikvision"),
    ("app-webs", "Hikvision"),
    ("davinci-webs", "Hikvision"),
    ("ds-2", "Hikvision"),
    ("dahua", "Dahua"),
    ("大华", "Dahua"),
    ("dh-ipc", "Dahua"),
    ("login to ", "Dahua"),
    ("uniview", "Uniview"),
    ("宇视", "Uniview"),
    ("tiandy", "Tiandy"),
    ("天地伟业", "Tiandy"),
    ("tp-link", "TP-Link"),
    ("tplink", "TP-Link"),
    ("h264dvr", "Xiongmai"),
    ("xmeye", "Xiongmai"),
    ("kedacom", "Kedacom"),
    ("huawei", "Huawei"),
    ("hanwha", "Hanwha"),
    ("axis", "Axis"),
    ("bosch", "Bosch"),
    ("watchfire-simulator", "Watchfire simulator"),
];

/// Ports that belong to one maker's own protocol.
const PORTS: [(u16, &str); 2] = [(37777, "Dahua"), (34567, "Xiongmai")];

/// The maker behind texts of a device and its open ports.
pub(super) fn guess<'a>(said: impl Iterator<Item = &'a str>, ports: &[u16]) -> Option<&'static str> {
    let said: Vec<String> = said.map(str::to_lowercase).collect();
    let is_said = |word: &str| said.iter().any(|text| text.contains(word));
    let by_word = WORDS.iter().find(|(word, _)| is_said(word)).map(|(_, maker)| *maker);
    by_word.or_else(|| PORTS.iter().find(|(port, _)| ports.contains(port)).map(|(_, maker)| *maker))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_count_before_ports() {
        for (said, ports, maker) in [
            (vec!["", "App-webs/"], vec![], Some("Hikvision")),
            (vec!["Login to 4A0B12CPAG"], vec![], Some("Dahua")),
            (vec!["HIKVISION DS-2CD3T"], vec![37777], Some("Hikvision")),
            (vec!["nginx"], vec![80, 37777], Some("Dahua")),
            (vec!["nginx"], vec![80], None),
        ] {
            assert_eq!(guess(said.into_iter(), &ports), maker);
        }
    }
}
