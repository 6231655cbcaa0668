//! The small grammar inside header values: `;name=value`, quoted strings, comma lists. On bytes, because devices write GBK into them.

/// The parameters of a header value or URI: `;lr;rport=5060;expires="60"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Params<'a>(pub &'a [u8]);

impl<'a> Params<'a> {
    /// The value of a parameter, without quotes: `Some(b"")` for one that stands alone, `None` when it is absent. Names are compared
    /// without regard to case.
    pub fn get(self, name: &str) -> Option<&'a [u8]> {
        self.iter().find(|(key, _)| key.eq_ignore_ascii_case(name.as_bytes())).map(|(_, value)| value)
    }

    /// All parameters in the order they were written.
    pub fn iter(self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> {
        split(self.0, b';').filter_map(|part| {
            let part = part.trim_ascii();
            if part.is_empty() {
                return None;
            }
            let equals = part.iter().position(|b| *b == b'=');
            Some(match equals {
                Some(at) => (part[..at].trim_ascii(), unquote(part[at + 1..].trim_ascii())),
                None => (part, &b""[..]),
            })
        })
    }
}

/// Splits at a separator that stands neither in a quoted string nor between angle brackets.
pub(crate) fn split(value: &[u8], separator: u8) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(value);
    std::iter::from_fn(move || {
        let now = rest?;
        match find_outside(now, separator) {
            Some(at) => {
                rest = Some(&now[at + 1..]);
                Some(&now[..at])
            }
            None => rest.take(),
        }
    })
}

/// Position of the first `wanted` byte outside quoted strings and angle brackets.
pub(crate) fn find_outside(value: &[u8], wanted: u8) -> Option<usize> {
    let mut quoted = false;
    let mut bracket = false;
    let mut escaped = false;
    for (at, byte) in value.iter().enumerate() {
        if escaped {
            escaped = false;
            continue;
        }
        match byte {
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            // The wanted byte may itself be a bracket.
            _ if *byte == wanted && !bracket => return Some(at),
            b'<' => bracket = true,
            b'>' => bracket = false,
            _ => {}
        }
    }
    None
}

/// Takes the quotes off; escapes inside stay as they are, because a digest is computed over the raw string.
pub(crate) fn unquote(value: &[u8]) -> &[u8] {
    let value = value.strip_prefix(b"\"").unwrap_or(value);
    value.strip_suffix(b"\"").unwrap_or(value)
}

/// A decimal number, blanks around it ignored; `None` when there is no digit, another byte, or more than 19 digits.
pub(crate) fn decimal(value: &[u8]) -> Option<u64> {
    let value = value.trim_ascii();
    if value.is_empty() || value.len() > 19 {
        return None;
    }
    value.iter().try_fold(0_u64, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u64::from(byte - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_separator_inside_quotes_or_brackets_does_not_split() {
        let parts: Vec<_> = split(b"\"a,\\\"b\" <sip:x,y>, c", b',').collect();
        assert_eq!(parts, [&b"\"a,\\\"b\" <sip:x,y>"[..], b" c"]);
    }

    #[test]
    fn parameters_are_found_in_any_case_with_or_without_value() {
        let params = Params(b";LR; Expires = \"60\";rport");
        assert_eq!(params.get("lr"), Some(&b""[..]));
        assert_eq!(params.get("expires"), Some(&b"60"[..]));
        assert_eq!(params.get("tag"), None);
    }

    #[test]
    fn a_number_with_anything_else_is_no_number() {
        assert_eq!(decimal(b" 3600 "), Some(3600));
        for bad in [&b""[..], b"-1", b"1x", b"99999999999999999999"] {
            assert_eq!(decimal(bad), None);
        }
    }
}
