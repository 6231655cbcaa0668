//! What is repaired before and between reading.

use std::borrow::Cow;

/// Removes the control characters that XML forbids; some recorders leave bytes 01 to 08 in names (WVP#291, WVP PR#542).
pub fn without_controls(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.bytes().any(is_forbidden) {
        Cow::Owned(text.chars().filter(|c| !u8::try_from(*c).is_ok_and(is_forbidden)).collect())
    } else {
        text
    }
}

/// C0 without tab, line feed and carriage return, and DEL.
pub fn is_forbidden(byte: u8) -> bool {
    matches!(byte, 0..=8 | 0x0b | 0x0c | 0x0e..=0x1f | 0x7f)
}

/// Where reading goes on after markup that begins at `start` and cannot be read: at the next `<`.
pub fn next_markup(source: &str, start: usize) -> Option<usize> {
    let after = start + 1;
    source.as_bytes().get(after..)?.iter().position(|byte| *byte == b'<').map(|at| after + at)
}

/// The character of a reference such as `&lt;` or `&#65;`, given without its frame. `None` for unknown names (they stay as they were
/// written) and for characters that XML forbids.
pub fn reference(name: &str) -> Option<char> {
    let named = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let code = match name.strip_prefix("#x").or_else(|| name.strip_prefix("#X")) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => name.strip_prefix('#')?.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !u8::try_from(*c).is_ok_and(is_forbidden))?
        }
    };
    Some(named)
}

/// Resolves the references in an attribute's value.
pub fn unescaped(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // A reference has at most ten characters: `&#x10FFFF;`.
        let end = rest.bytes().take(10).position(|byte| byte == b';');
        if let Some((found, end)) = end.and_then(|end| Some((reference(&rest[1..end])?, end))) {
            out.push(found);
            rest = &rest[end + 1..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}
