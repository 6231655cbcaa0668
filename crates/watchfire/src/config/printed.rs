//! The example file and the reference page, printed from the table of keys.

use std::fmt::Write as _;

use super::keys::keys;

/// `config/example.toml`.
pub fn example() -> String {
    let mut text = String::from(
        "# Watchfire configuration. Every key is shown with its default; a file may leave out any of them.\n\
         # An environment variable WATCHFIRE_<SECTION>__<KEY> overrides the file.\n\
         # Printed by `watchfire config example`.\n",
    );
    let mut section = "";
    for key in keys() {
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
    for key in keys() {
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
            include_str!("duty.rs"),
            include_str!("escalation.rs"),
            include_str!("mail.rs"),
            include_str!("media.rs"),
            include_str!("mqtt.rs"),
            include_str!("notify.rs"),
            include_str!("organisations.rs"),
            include_str!("recording.rs"),
            include_str!("roll_calls.rs"),
            include_str!("watchdog.rs"),
            include_str!("transmitters.rs")
        );
        for key in keys() {
            assert!(
                source.contains(&format!("pub {}: ", key.name)),
                "{} is no field of the configuration",
                key.name
            );
        }
        let fields = source.matches("    pub ").count() - source.matches("    pub fn ").count();
        // Three sections share a struct of three keys, two one of six.
        let shared = 2 * 3 + 6;
        assert_eq!(fields + shared, keys().count() + 26, "twenty-six sections and every key");
    }
}
