//! Canonical JSON: one text for one value, so that a digest over it means something (after RFC 8785, without its floats).
//!
//! Keys are sorted by their UTF-16 code units, nothing stands between tokens, strings carry the shortest escapes. Fractions are
//! refused: nothing that is sealed has one, and how a float is written is the one thing on which programs disagree.

use serde_json::Value;

/// A value has a number that is not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a sealed document has whole numbers only")]
pub struct Fraction;

/// The canonical bytes of a value.
pub fn bytes(value: &Value) -> Result<Vec<u8>, Fraction> {
    let mut out = Vec::new();
    write(value, &mut out)?;
    Ok(out)
}

fn write(value: &Value, out: &mut Vec<u8>) -> Result<(), Fraction> {
    match value {
        Value::Null => out.extend(b"null"),
        Value::Bool(true) => out.extend(b"true"),
        Value::Bool(false) => out.extend(b"false"),
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(whole), _) => out.extend(whole.to_string().bytes()),
            (None, Some(whole)) => out.extend(whole.to_string().bytes()),
            (None, None) => return Err(Fraction),
        },
        Value::String(text) => write_text(text, out),
        Value::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write(item, out)?;
            }
            out.push(b']');
        }
        Value::Object(fields) => {
            let mut sorted: Vec<_> = fields.iter().collect();
            sorted.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            out.push(b'{');
            for (index, (name, field)) in sorted.into_iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write_text(name, out);
                out.push(b':');
                write(field, out)?;
            }
            out.push(b'}');
        }
    }
    Ok(())
}

/// RFC 8785 §3.2.2.2: two-letter escapes where JSON has them, `\u00xx` for other control characters, everything else as it is.
fn write_text(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let mut utf8 = [0; 4];
    for c in text.chars() {
        match c {
            '"' => out.extend(br#"\""#),
            '\\' => out.extend(br"\\"),
            '\u{8}' => out.extend(br"\b"),
            '\u{9}' => out.extend(br"\t"),
            '\u{a}' => out.extend(br"\n"),
            '\u{c}' => out.extend(br"\f"),
            '\u{d}' => out.extend(br"\r"),
            c if c < ' ' => out.extend(format!("\\u{:04x}", u32::from(c)).bytes()),
            c => out.extend(c.encode_utf8(&mut utf8).bytes()),
        }
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn one_value_has_one_text() {
        let value: Value =
            serde_json::from_str("{ \"b\" : [1, -2, true, null], \"a\": {\"\\u6c5f\": \"\\u000f\\n\\/\"} }")
                .unwrap();
        assert_eq!(
            String::from_utf8(bytes(&value).unwrap()).unwrap(),
            "{\"a\":{\"江\":\"\\u000f\\n/\"},\"b\":[1,-2,true,null]}"
        );
        assert_eq!(bytes(&json!(u64::MAX)).unwrap(), b"18446744073709551615");
    }

    #[test]
    fn keys_are_sorted_as_the_rfc_says() {
        // U+1F525 is a surrogate pair from U+D83D on and so comes before U+FB33, although its scalar value is greater.
        let value = json!({ "\u{fb33}": 1, "\u{1f525}": 2, "1": 3, "": 4 });
        assert_eq!(
            String::from_utf8(bytes(&value).unwrap()).unwrap(),
            "{\"\":4,\"1\":3,\"🔥\":2,\"\u{fb33}\":1}"
        );
    }

    #[test]
    fn a_fraction_is_refused() {
        assert_eq!(bytes(&json!({ "a": [1.5] })), Err(Fraction));
        assert_eq!(bytes(&json!(1e300)), Err(Fraction));
    }
}
