//! Reading the configuration: file, then environment, then one clear error that names file, line and nearest key.

use std::path::{Path, PathBuf};

use thiserror::Error;

use super::Config;
use super::keys::keys;

/// Largest configuration file read, in bytes.
const FILE_BYTES_MAX: u64 = 1 << 20;
const ENV_PREFIX: &str = "WATCHFIRE_";

/// What is wrong with the configuration, and where.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("configuration {path}: {source}", path = path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A line of the file cannot be accepted.
    #[error("configuration {path}, line {line}: {message}", path = path.display())]
    Line {
        /// Which file.
        path: PathBuf,
        /// Which line, from 1.
        line: usize,
        /// What is wrong and, for an unknown key, the nearest valid one.
        message: String,
    },
    /// An environment variable cannot be accepted.
    #[error("environment variable {name}: {message}")]
    Environment {
        /// Which.
        name: String,
        /// What is wrong.
        message: String,
    },
}

/// Reads the file, if one is given, and lays the environment over it.
pub fn load(
    path: Option<&Path>,
    environment: impl Iterator<Item = (String, String)>,
) -> Result<Config, ConfigError> {
    let mut table = toml::Table::new();
    if let Some(path) = path {
        let unreadable = |source| ConfigError::Unreadable { path: path.to_owned(), source };
        if std::fs::metadata(path).map_err(unreadable)?.len() > FILE_BYTES_MAX {
            return Err(unreadable(std::io::Error::other("larger than 1 MiB")));
        }
        let text = std::fs::read_to_string(path).map_err(unreadable)?;
        // The typed reading comes first: only it knows lines.
        toml::from_str::<Config>(&text).map_err(|error| line_error(path, &text, &error))?;
        table = toml::from_str(&text).map_err(|error| line_error(path, &text, &error))?;
    }
    for (name, value) in environment {
        if let Some(rest) = name.strip_prefix(ENV_PREFIX).filter(|rest| rest.contains("__")) {
            overlay(&mut table, &name, rest, &value)?;
        }
    }
    table.try_into().map_err(|error: toml::de::Error| ConfigError::Environment {
        name: format!("{ENV_PREFIX}…"),
        message: error.message().to_owned(),
    })
}

fn overlay(table: &mut toml::Table, name: &str, rest: &str, value: &str) -> Result<(), ConfigError> {
    let wanted = rest.to_lowercase();
    let (section, key) = wanted.split_once("__").unwrap_or((&wanted, ""));
    if !keys().any(|known| known.section == section && known.name == key) {
        let message = format!("there is no key {section}.{key}{}", nearest(section, key));
        return Err(ConfigError::Environment { name: name.to_owned(), message });
    }
    let parsed = toml::from_str::<toml::Table>(&format!("v = {value}"))
        .ok()
        .and_then(|mut parsed| parsed.remove("v"))
        .unwrap_or_else(|| toml::Value::String(value.to_owned()));
    let place = table.entry(section).or_insert_with(|| toml::Value::Table(toml::Table::new()));
    if let Some(place) = place.as_table_mut() {
        place.insert(key.to_owned(), parsed);
    }
    Ok(())
}

fn line_error(path: &Path, text: &str, error: &toml::de::Error) -> ConfigError {
    let start = error.span().map_or(0, |span| span.start).min(text.len());
    let line = text[..start].matches('\n').count() + 1;
    let first = error.message().lines().next().unwrap_or_default().to_owned();
    let unknown =
        first.strip_prefix("unknown field `").and_then(|rest| rest.split_once('`')).map(|(key, _)| key);
    let message = match unknown {
        Some(key) => format!("unknown key `{key}`{}", nearest(section_at(text, start), key)),
        None => first,
    };
    ConfigError::Line { path: path.to_owned(), line, message }
}

/// The section that a place of the file lies in; empty above the first.
fn section_at(text: &str, place: usize) -> &str {
    let mut heads = text[..place].lines().filter_map(|line| line.trim().strip_prefix('[')?.strip_suffix(']'));
    heads.next_back().unwrap_or_default()
}

/// The nearest valid key or section, as the end of a sentence; of equals the one in the section that was meant.
fn nearest(section: &str, wrong: &str) -> String {
    let names = keys().flat_map(|key| {
        let is_meant = key.section == section;
        [
            (key.name, is_meant, format!("{}.{}", key.section, key.name)),
            (key.section, is_meant, format!("[{}]", key.section)),
        ]
    });
    names
        .map(|(name, is_meant, shown)| (strsim::jaro_winkler(name, wrong), is_meant, shown))
        .max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
        .map(|(_, _, shown)| format!("; nearest is `{shown}`"))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_text(text: &str) -> Result<Config, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("watchfire.toml");
        std::fs::write(&path, text).unwrap();
        load(Some(&path), std::iter::empty())
    }

    #[test]
    fn an_unknown_key_names_line_and_nearest() {
        let error =
            from_text("[server]\n# a comment\nlisten_adress = \"127.0.0.1:1\"\n").unwrap_err().to_string();
        assert!(error.contains("watchfire.toml, line 3"), "{error}");
        assert!(error.contains("nearest is `server.listen`"), "{error}");
    }

    #[test]
    fn a_value_of_the_wrong_kind_names_the_line() {
        let error = from_text("[people]\nfailures_max = \"five\"\n").unwrap_err().to_string();
        assert!(error.contains("line 2"), "{error}");
    }

    #[test]
    fn what_is_wrong_with_a_ladder_a_watchdog_or_a_channel_is_said_with_its_line() {
        for (text, said) in [
            ("[escalation]\ntake_level_1 = [\"unit 2m in_hours\"]\n", "by day and by night"),
            ("[escalation]\ntake_level_2 = [\"unit 2m at_night\"]\n", "nor in_hours nor out_of_hours"),
            ("[escalation]\nworking_hours = \"9-5\"\n", "08:30-17:30"),
            ("[watchdog]\nchannels = [\"webhook\"]\n", "webhook 60s"),
            ("[watchdog]\nchannels = [\"pigeon 1m\"]\n", "channels are webhook"),
            ("[watchdog]\nwithin_s = 1\n", "from 2 to 600"),
            ("[mail]\nserver = \"smtp.example.cn\"\n", "no host with its port"),
            ("[mail]\nserver = \"smtp.example.cn:0\"\n", "no host with its port"),
            ("[mail]\nrecipients = [\"a@b.cn\", \"office\"]\n", "`office` is no mail address"),
            ("[mail]\nencryption = \"ssl\"\n", "starttls"),
            ("[mqtt]\ntopic = \"wf/#\"\n", "no + and no #"),
            ("[mqtt]\nencryption = \"starttls\"\n", "tls"),
            ("[web_push]\ncontact = \"ops@example.cn\"\n", "mailto:"),
        ] {
            let error = from_text(text).unwrap_err().to_string();
            assert!(error.contains("line 2") && error.contains(said), "{error}");
        }
        let config = from_text("[escalation]\ntake_level_2 = [\"unit 2m in_hours\"]\n").unwrap();
        let _ = config.escalation.ladders();
    }

    #[test]
    fn the_environment_wins_and_is_checked_too() {
        let set = |name: &str, value: &str| std::iter::once((name.to_owned(), value.to_owned()));
        let config = load(None, set("WATCHFIRE_SERVER__LISTEN", "127.0.0.1:9000")).unwrap();
        assert_eq!(config.server.listen.port(), 9000);
        let config = load(None, set("WATCHFIRE_PEOPLE__FAILURES_MAX", "7")).unwrap();
        assert_eq!(config.people.failures_max, 7);
        let error = load(None, set("WATCHFIRE_SERVER__LISTN", "x")).unwrap_err().to_string();
        assert!(error.contains("server.listen"), "{error}");
        assert_eq!(load(None, set("WATCHFIRE_LABELLED_DATA", "/x")).unwrap(), Config::default());
    }
}
