//! The table of configuration keys, from which the example file and the reference page are printed.

use std::fmt::Write as _;

/// One key.
pub struct Key {
    /// Section of the file.
    pub section: &'static str,
    /// Name within it.
    pub name: &'static str,
    /// Default as written in TOML.
    pub default: &'static str,
    /// Unit or kind of value.
    pub unit: &'static str,
    /// What it does and what changing it causes.
    pub meaning: &'static str,
}

const fn key(
    section: &'static str,
    name: &'static str,
    default: &'static str,
    unit: &'static str,
    meaning: &'static str,
) -> Key {
    Key { section, name, default, unit, meaning }
}

/// Every key in the order of the file.
pub const KEYS: &[Key] = &[
    key(
        "server",
        "listen",
        "\"127.0.0.1:8080\"",
        "address:port",
        "Where browsers and programs connect. An address other than loopback is refused unless tls_upstream is true: passwords do not cross a network in the clear.",
    ),
    key(
        "server",
        "tls_upstream",
        "false",
        "true or false",
        "Set to true when a proxy in front of the platform speaks TLS to the world.",
    ),
    key(
        "server",
        "trusted_proxies",
        "[]",
        "list of addresses",
        "Proxies whose X-Forwarded-For is believed. From anybody else the peer address counts.",
    ),
    key(
        "data",
        "folder",
        "\"data\"",
        "path",
        "Folder of the rows (SQLite), pictures, clips and the key that seals camera passwords. Relative to the working directory.",
    ),
    key(
        "data",
        "postgres_url",
        "\"\"",
        "URL",
        "postgres://user:password@host/database keeps the rows in PostgreSQL instead of SQLite. Pictures and keys stay in the folder.",
    ),
    key(
        "people",
        "password_profile",
        "\"mlps3\"",
        "mlps3 or nist",
        "Rules for a new password. mlps3: 10 characters, three classes. nist: 12 characters, no composition rule.",
    ),
    key(
        "people",
        "failures_max",
        "5",
        "count",
        "Failed tries before an account is locked. Lower locks guessers sooner, and tired people too.",
    ),
    key("people", "lock_min", "30", "minutes", "How long a locked account stays locked."),
    key(
        "people",
        "idle_min",
        "30",
        "minutes",
        "A session without a request or an open event stream ends after this long.",
    ),
    key("people", "session_h", "12", "hours", "A session ends after this long in any case."),
    key(
        "watch",
        "enabled",
        "true",
        "true or false",
        "Off: cameras are connected and can be viewed, but nothing looks at their pictures.",
    ),
    key(
        "watch",
        "looks_at_once",
        "0",
        "count",
        "Pictures decoded and judged at a time; 0 means one per core. Fewer leaves processor time to other work; cameras that wait lose older key frames, never the newest.",
    ),
    key(
        "watch",
        "processor_max_percent",
        "0",
        "percent of one core",
        "Processor time that looking may use in all: 150 is one and a half cores. Cameras then wait longer, those at key parts (dormitory, stairs, kitchen, laboratory …) and where something moves a quarter as long as others; each camera's page says how often it is looked at. 0: as much as looks_at_once takes.",
    ),
    key(
        "watch",
        "condition_hold_s",
        "60",
        "seconds",
        "A camera that is covered, black, frozen, out of focus or turned away for this long raises an alarm (V02 to V04). Shorter than the lorry that stops before it, and each of them is one.",
    ),
    key(
        "watch",
        "duty_room_people",
        "1",
        "count, 1 to 5",
        "People who have to be seen in a duty room or fire control room. Fewer for three minutes raise D02; none raise D01. Two is what the rules for fire control rooms ask for.",
    ),
    key(
        "watch",
        "duty_room_empty_s",
        "120",
        "seconds, 10 to 600",
        "A duty room in which nobody is seen for this long raises D01.",
    ),
    key(
        "watch",
        "duty_room_still_s",
        "300",
        "seconds, 60 to 1800",
        "A person in a duty room in whom nothing moves for this long raises D03: asleep, ill, or no person. Longer than people read without stirring.",
    ),
    key(
        "watch",
        "weights",
        "\"\"",
        "path",
        "Weights file of the fire-and-smoke model that looks instead of the weights in the program. A file that cannot be used is refused with its reason in the log and on the system page, and the weights in the program look. Empty, or the key taken away: they look. Compare first with watchfire shadow.",
    ),
    key(
        "watch",
        "sample_days",
        "180",
        "days",
        "How long the picture of an alarm that somebody confirmed or rejected is kept as a sample, people hidden, for measuring and training later weights. 0: no samples are kept.",
    ),
    key(
        "access",
        "id",
        "\"\"",
        "20 digits",
        "The platform's own id by GB/T 28181 annex E, type 200, e.g. 36000000112000000001. Cameras and recorders register with it. Empty: no device is spoken with.",
    ),
    key(
        "access",
        "listen",
        "[\"0.0.0.0:5060\"]",
        "list of address:port",
        "Where devices register, over UDP and TCP alike. Devices prove themselves by digest and only entered ids are let in; video is not encrypted by the standard, so keep this on the education network or a VPN.",
    ),
    key(
        "access",
        "address",
        "\"\"",
        "host:port",
        "Address by which devices know this platform; it is written into every message to them. Set it behind address translation. Empty: the address listened on.",
    ),
    key(
        "access",
        "media_address",
        "\"\"",
        "host",
        "Address that devices send video to. Empty: the host of address.",
    ),
    key(
        "access",
        "upload_address",
        "\"\"",
        "http:// or https:// address",
        "Address under which devices reach this platform's HTTP, e.g. http://10.36.0.5:8080. Devices of 2022 put pictures there that somebody asked for, each at an address of its own that works once. Behind a TLS proxy, name the proxy; many cameras speak http only. Empty: pictures are taken from the video.",
    ),
    key(
        "access",
        "media_listen",
        "\"0.0.0.0\"",
        "address",
        "Local address on which video of devices is received.",
    ),
    key(
        "access",
        "media_ports",
        "\"30000-30999\"",
        "range of ports",
        "Ports on which video of devices is received, UDP and TCP; each running video takes one even port. Open them in the firewall.",
    ),
    key(
        "access",
        "allowed_ids",
        "[]",
        "list of patterns",
        "Ids that may knock at all: digits and ? from the left, e.g. 36??????11 for education ids of Jiangxi. Others are counted and not answered. Empty: every id may knock; none is let in unless it is entered.",
    ),
    key(
        "access",
        "address_rate_hz",
        "500",
        "requests a second",
        "Requests a second that are read from one address, ten times as many at once; the rest is dropped unread. A district of 2 000 cameras behind one address sends 33 a second.",
    ),
    key(
        "access",
        "commissioning_password",
        "\"\"",
        "text",
        "A password that installers give to new devices. An unknown id that knows it is marked in the list of devices that wait; it is let in only when a person enters it.",
    ),
    key(
        "media",
        "webrtc_address",
        "\"\"",
        "address",
        "IP address under which browsers reach this machine for live view with little delay (WebRTC). Set it behind a proxy or address translation. Empty: the address of server.listen; where that is 0.0.0.0 or ::, there is no WebRTC and live view goes by WebSocket.",
    ),
    key(
        "media",
        "webrtc_port",
        "8189",
        "port",
        "UDP port of live view by WebRTC, one for all viewers; open it in the firewall. Where it is closed, browsers take their pictures by WebSocket, some tenths of a second later. 0: no WebRTC.",
    ),
    key(
        "media",
        "thumbnail_s",
        "5",
        "seconds",
        "A small picture of a camera for walls is made at most this often, however many look. Each costs decoding a key frame: some 10 ms of a core at 1080p, and 10 kB for each who looks.",
    ),
    key(
        "media",
        "conversions_max",
        "1",
        "",
        "Cameras that are coded anew at a time for browsers that can show neither their main nor their sub-stream (H.265 without a decoder in the machine). Each takes about half a core for 1080p while somebody looks, however many do. 0: none; the browser is told that it cannot show the camera.",
    ),
    key(
        "alarms",
        "owner_silent_s",
        "180",
        "seconds",
        "Who took an alarm and neither verifies it nor gives it back within this time loses it; it waits again for anybody.",
    ),
    key(
        "alarms",
        "join_within_s",
        "120",
        "seconds",
        "A sighting of the same kind by the same camera this soon after an alarm was raised joins that alarm. While an alarm is open, sightings join it in any case.",
    ),
    key(
        "alarms",
        "offline_after_s",
        "300",
        "seconds",
        "A camera that sends nothing for this long raises V01, a duty room's D10; where none of a site's cameras sends, one V07 stands for all. Shorter, and every restart of a camera is one.",
    ),
    key("alarms", "clip_before_s", "5", "seconds", "Video kept from before the alarm; at most 10."),
    key("alarms", "clip_after_s", "3", "seconds", "Video kept from after the alarm."),
    key(
        "bulletins",
        "number_pattern",
        "\"赣教监管字〔{year}〕{n}号\"",
        "text with {year} and {n}",
        "Reference number of approved bulletins. {n} counts from 1 in every year and has no gap.",
    ),
    key(
        "bulletins",
        "public_address",
        "\"\"",
        "http(s) address",
        "Address under which anybody reaches this platform. Documents then carry a link and a QR code to their verification page; empty: they carry none.",
    ),
    key(
        "bulletins",
        "consultation_hours",
        "24",
        "hours",
        "How long the parties of a consultation have where nobody says otherwise, and the least they have.",
    ),
    key(
        "bulletins",
        "font_folders",
        "[]",
        "list of paths",
        "Folders with letter faces (仿宋_GB2312, 方正小标宋, 黑体, 楷体_GB2312, 宋体), looked through before the system's. A face that is missing is replaced by a free one and named in the log.",
    ),
    key(
        "bulletins",
        "prints_at_once",
        "2",
        "count",
        "Documents printed or read for verification at a time. Each takes a core for up to some seconds; who waits longer than 20 seconds is told to come back.",
    ),
    key(
        "recording",
        "cameras",
        "\"all\"",
        "all or none",
        "Which cameras are recorded of which nothing was said in the console. none: only those that are switched on one by one. 2 Mbit/s are 21.6 GB a day.",
    ),
    key(
        "recording",
        "folder",
        "\"\"",
        "path",
        "Folder of the disk that is made at the first start; empty means recordings in the data folder. Further disks are entered in the console. Changing it later changes nothing.",
    ),
    key(
        "recording",
        "quota_gib",
        "100",
        "GiB",
        "Most recordings on that first disk. When it is reached the oldest go, past the days that the law wants before others. Later it is changed in the console.",
    ),
    key(
        "recording",
        "head_room_gib",
        "5",
        "GiB",
        "What stays free of the file system of that first disk, whoever fills it. Later it is changed in the console.",
    ),
    key(
        "recording",
        "export_days",
        "3",
        "days",
        "How long the files of an export lie ready. They are a second copy outside the rules of retention.",
    ),
];

/// `config/example.toml`.
pub fn example() -> String {
    let mut text = String::from(
        "# Watchfire configuration. Every key is shown with its default; a file may leave out any of them.\n\
         # An environment variable WATCHFIRE_<SECTION>__<KEY> overrides the file.\n\
         # Printed by `watchfire config example`.\n",
    );
    let mut section = "";
    for key in KEYS {
        if key.section != section {
            section = key.section;
            let _ = write!(text, "\n[{section}]\n");
        }
        let _ = write!(text, "# {}\n# Value: {}.\n{} = {}\n", key.meaning, key.unit, key.name, key.default);
    }
    text
}

/// `docs/reference/configuration.md`.
pub fn reference() -> String {
    let mut text = String::from(
        "# Configuration\n\n\
         Printed by `watchfire config reference`; do not edit. The file is TOML, given with `--config FILE`; \
         an environment variable `WATCHFIRE_<SECTION>__<KEY>` overrides it. An unknown key is refused with its line and the nearest valid key.\n\n\
         | key | default | value | meaning |\n|---|---|---|---|\n",
    );
    for key in KEYS {
        let _ = writeln!(
            text,
            "| `{}.{}` | `{}` | {} | {} |",
            key.section, key.name, key.default, key.unit, key.meaning
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn the_example_is_the_defaults() {
        let parsed: Config = toml::from_str(&example()).unwrap();
        assert_eq!(parsed, Config::default());
    }

    #[test]
    fn the_checked_in_pages_are_fresh() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
        for (path, text) in
            [("config/example.toml", example()), ("docs/reference/configuration.md", reference())]
        {
            let kept = std::fs::read_to_string(format!("{root}/{path}")).unwrap_or_default();
            assert_eq!(kept, text, "{path} is stale: run `make generate`");
        }
    }

    #[test]
    fn every_key_of_the_defaults_is_in_the_table() {
        // Taking a key out of the example must not change what parses; a key unknown to the table would survive unnoticed otherwise.
        let source = concat!(
            include_str!("mod.rs"),
            include_str!("access.rs"),
            include_str!("media.rs"),
            include_str!("recording.rs")
        );
        for key in KEYS {
            assert!(
                source.contains(&format!("pub {}: ", key.name)),
                "{} is no field of the configuration",
                key.name
            );
        }
        let fields = source.matches("    pub ").count() - source.matches("    pub fn ").count();
        assert_eq!(fields, KEYS.len() + 9, "nine sections and every key");
    }
}
