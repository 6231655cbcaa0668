//! Knows a keep-alive without parsing XML: 3 300 of them a second say nothing new.

/// Longest body that can be a plain keep-alive; with a list of faulty children it may be longer, and is then parsed by the caller.
const BODY_BYTES_MAX: usize = 2_048;

/// What a body is, as far as the registrar cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Life {
    /// A keep-alive with status OK and nothing else.
    Plain,
    /// A keep-alive that says more: a status that is not OK, or faulty children.
    WithNews,
    /// Something else.
    Other,
}

/// Looks for `<CmdType>Keepalive</CmdType>` in a body of `Notify`.
pub(super) fn life_in(body: &[u8]) -> Life {
    let head = &body[..body.len().min(BODY_BYTES_MAX)];
    if element(head, b"<CmdType>") != Some(b"Keepalive") {
        return Life::Other;
    }
    let is_ok = element(head, b"<Status>").is_some_and(|status| status.eq_ignore_ascii_case(b"OK"));
    let has_children = find(head, b"<Info").is_some() || body.len() > BODY_BYTES_MAX;
    if is_ok && !has_children { Life::Plain } else { Life::WithNews }
}

/// The text up to the next tag after an opening tag.
fn element<'a>(body: &'a [u8], tag: &[u8]) -> Option<&'a [u8]> {
    let text = &body[find(body, tag)? + tag.len()..];
    let end = text.iter().position(|byte| *byte == b'<')?;
    Some(text[..end].trim_ascii())
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(next) = text.get(at..)?.iter().position(|byte| *byte == wanted[0]) {
        at += next;
        if text[at..].starts_with(wanted) {
            return Some(at);
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_keepalive_is_known_in_every_layout() {
        for body in [
            "<Notify><CmdType>Keepalive</CmdType><SN>1</SN><Status>OK</Status></Notify>",
            "<?xml version=\"1.0\" encoding=\"GB2312\"?>\r\n<Notify>\r\n<CmdType> Keepalive </CmdType>\r\n<Status>\nok</Status>",
        ] {
            assert_eq!(life_in(body.as_bytes()), Life::Plain);
        }
    }

    #[test]
    fn a_keepalive_with_faulty_children_is_news() {
        let body = b"<Notify><CmdType>Keepalive</CmdType><Status>OK</Status><Info><DeviceID>1</DeviceID></Info></Notify>";
        assert_eq!(life_in(body), Life::WithNews);
        assert_eq!(life_in(b"<Notify><CmdType>Keepalive</CmdType><Status>ERROR</Status>"), Life::WithNews);
    }

    #[test]
    fn anything_else_is_no_keepalive() {
        for body in [&b""[..], b"<CmdType>Catalog</CmdType>", b"Keepalive", b"<CmdType>Keepalive", b"<<<<"] {
            assert_eq!(life_in(body), Life::Other);
        }
    }
}
