//! Text inside JSON: our sealed bulletin, or anything with a `text`.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::ReadError;

/// How the format of our sealed bulletin begins; the number behind it counts its versions.
const SEALED: &str = "watchfire-bulletin/";

/// The fields that matter; all others are passed over without being kept.
#[derive(Deserialize)]
struct Shape {
    format: Option<Format>,
    text: Option<Text>,
    bulletin: Option<Bulletin>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Bulletin {
    With { text: Option<Text> },
    Other(IgnoredAny),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Format {
    Name(String),
    Other(IgnoredAny),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Text {
    Is(String),
    Other(IgnoredAny),
}

/// The text inside, or none where the content is plain text.
pub fn text_of(content: &str, named_json: bool) -> Result<Option<String>, ReadError> {
    let starts_like_json = content.trim_start().starts_with('{');
    if !starts_like_json && !named_json {
        return Ok(None);
    }
    let shape: Shape = match serde_json::from_str(content) {
        Ok(shape) => shape,
        Err(error) if named_json || error.is_data() => {
            return Err(ReadError::Broken { part: "JSON".to_owned(), what: error.to_string() });
        }
        Err(_) => return Ok(None),
    };
    let sealed = matches!(&shape.format, Some(Format::Name(name)) if name.starts_with(SEALED));
    let of_bulletin = match shape.bulletin {
        Some(Bulletin::With { text: Some(Text::Is(text)) }) => Some(text),
        _ => None,
    };
    let own = match shape.text {
        Some(Text::Is(text)) if !sealed => Some(text),
        _ => None,
    };
    of_bulletin.or(own).map(Some).ok_or(ReadError::NoTextField)
}
