//! Digest access authentication as a camera does it (RFC 2617, MD5).

use md5::{Digest, Md5};
use std::collections::HashMap;
use std::fmt::Write;

/// Name shown to clients.
const REALM: &str = "watchfire simulator";

/// The `WWW-Authenticate` header for a refused request.
pub(crate) fn challenge(nonce: &str) -> String {
    format!("Digest realm=\"{REALM}\", nonce=\"{nonce}\", qop=\"auth\", algorithm=MD5")
}

/// True when the `Authorization` header proves knowledge of the password.
pub(crate) fn accepts(header: &str, method: &str, nonce: &str, username: &str, password: &str) -> bool {
    let Some(rest) = header.strip_prefix("Digest ") else { return false };
    let fields = parameters(rest);
    let field = |name: &str| fields.get(name).map_or("", String::as_str);
    if field("username") != username || field("nonce") != nonce || field("realm") != REALM {
        return false;
    }
    let secret = md5_hex(&format!("{username}:{REALM}:{password}"));
    let request = md5_hex(&format!("{method}:{}", field("uri")));
    let expected = match field("qop") {
        "" => md5_hex(&format!("{secret}:{nonce}:{request}")),
        qop => md5_hex(&format!("{secret}:{nonce}:{}:{}:{qop}:{request}", field("nc"), field("cnonce"))),
    };
    field("response").eq_ignore_ascii_case(&expected)
}

/// `name=value` and `name="value"` pairs, separated by commas.
fn parameters(text: &str) -> HashMap<String, String> {
    let mut fields = HashMap::new();
    let mut rest = text;
    while let Some((name, value)) = rest.split_once('=') {
        let (value, tail) = match value.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => value.split_at(value.find(',').unwrap_or(value.len())),
        };
        fields.insert(name.trim_matches([' ', ',']).to_ascii_lowercase(), value.trim().to_owned());
        rest = tail;
    }
    fields
}

fn md5_hex(text: &str) -> String {
    Md5::digest(text.as_bytes()).iter().fold(String::with_capacity(32), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_right_password_opens_and_a_wrong_one_does_not() {
        let secret = md5_hex(&format!("admin:{REALM}:pass"));
        let response = md5_hex(&format!("{secret}:n1:{}", md5_hex("DESCRIBE:rtsp://h/x")));
        let header = format!(
            "Digest username=\"admin\", realm=\"{REALM}\", nonce=\"n1\", uri=\"rtsp://h/x\", response=\"{response}\""
        );
        assert!(accepts(&header, "DESCRIBE", "n1", "admin", "pass"));
        assert!(!accepts(&header, "DESCRIBE", "n1", "admin", "other"));
        assert!(!accepts(&header, "SETUP", "n1", "admin", "pass"));
        assert!(!accepts(&header, "DESCRIBE", "n2", "admin", "pass"));
        assert!(!accepts("Basic YWRtaW46cGFzcw==", "DESCRIBE", "n1", "admin", "pass"));
    }

    #[test]
    fn md5_of_the_standard() {
        assert_eq!(md5_hex("message digest"), "f96b697d7cb7938d525a2f31aaf161d0");
    }
}
