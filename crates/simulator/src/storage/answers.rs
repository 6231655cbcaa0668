//! What the service answers.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest as _, Sha256};

use super::http::{Answer, Request};
use super::{Object, State, StorageFaults, locked, signature};

/// Names of one page: few, so that lists have several.
const PAGE: usize = 5;

pub(super) fn answer(state: &State, faults: &StorageFaults, request: &Request) -> Answer {
    if faults.busy > 0 {
        locked(&state.faults).busy -= 1;
        return problem(503, "SlowDown");
    }
    if faults.denies {
        return problem(403, "AccessDenied");
    }
    if let Err((status, code)) = signature::check(state, request) {
        return problem(status, code);
    }
    let Some(key) = request.path.strip_prefix(&format!("/{}/", state.bucket)) else {
        return problem(404, "NoSuchBucket");
    };
    match (request.method.as_str(), key) {
        ("GET", "") => list(state, &request.query),
        ("GET" | "HEAD", key) => read(state, key, request),
        ("PUT", key) => put(state, faults, key, request),
        ("DELETE", key) => {
            locked(&state.objects).remove(key);
            Answer { status: 204, headers: Vec::new(), body: Vec::new() }
        }
        _ => problem(405, "MethodNotAllowed"),
    }
}

fn put(state: &State, faults: &StorageFaults, key: &str, request: &Request) -> Answer {
    let told = request.header("x-amz-checksum-sha256").map(str::to_owned);
    if told.as_ref().is_some_and(|told| *told != BASE64.encode(Sha256::digest(&request.body))) {
        return problem(400, "XAmzContentChecksumMismatch");
    }
    let mut content = request.body.clone();
    let mut checksum = told.filter(|_| !faults.keeps_no_digests);
    if let Some(last) = content.last_mut().filter(|_| faults.corrupts) {
        *last ^= 1;
        checksum = checksum.map(|_| BASE64.encode(Sha256::digest(&content)));
    }
    locked(&state.objects).insert(key.to_owned(), Object { content, checksum });
    Answer { status: 200, headers: Vec::new(), body: Vec::new() }
}

fn read(state: &State, key: &str, request: &Request) -> Answer {
    let Some(object) = locked(&state.objects).get(key).cloned() else { return problem(404, "NoSuchKey") };
    let length = object.content.len();
    let mut headers = Vec::new();
    if let Some(checksum) =
        object.checksum.filter(|_| request.header("x-amz-checksum-mode") == Some("ENABLED"))
    {
        headers.push(("x-amz-checksum-sha256", checksum));
    }
    if request.method == "HEAD" {
        headers.push(("content-length", length.to_string()));
        return Answer { status: 200, headers, body: Vec::new() };
    }
    let range = request.header("range").and_then(|text| text.strip_prefix("bytes=")?.split_once('-'));
    let Some((begin, end)) = range.and_then(|(begin, end)| Some((begin.parse().ok()?, end.parse().ok()?)))
    else {
        return Answer { status: 200, headers, body: object.content };
    };
    let (begin, end): (usize, usize) = (begin, end);
    if begin >= length {
        return problem(416, "InvalidRange");
    }
    let end = end.min(length - 1);
    headers.push(("content-range", format!("bytes {begin}-{end}/{length}")));
    Answer { status: 206, headers, body: object.content[begin..=end].to_vec() }
}

fn list(state: &State, query: &str) -> Answer {
    let pairs: Vec<(&str, String)> = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(key, value)| (key, unescaped(value)))
        .collect();
    let asked = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str());
    let prefix = asked("prefix").unwrap_or_default();
    let after = asked("continuation-token").unwrap_or_default();
    let mut names: Vec<(String, usize)> = Vec::new();
    for (key, object) in locked(&state.objects).iter().filter(|(key, _)| key.starts_with(prefix)) {
        let name = match key[prefix.len()..].split_once('/') {
            Some((folder, _)) if asked("delimiter") == Some("/") => format!("{prefix}{folder}/"),
            _ => key.clone(),
        };
        if name.as_str() > after && names.last().is_none_or(|(last, _)| *last != name) {
            names.push((name, object.content.len()));
        }
    }
    let is_cut = names.len() > PAGE;
    names.truncate(PAGE);
    let mut text =
        vec![format!("<?xml version=\"1.0\"?><ListBucketResult><IsTruncated>{is_cut}</IsTruncated>")];
    if let Some((last, _)) = names.last().filter(|_| is_cut) {
        text.push(format!("<NextContinuationToken>{last}</NextContinuationToken>"));
    }
    text.extend(names.iter().map(|(name, size)| {
        if name.ends_with('/') {
            format!("<CommonPrefixes><Prefix>{name}</Prefix></CommonPrefixes>")
        } else {
            format!("<Contents><Key>{name}</Key><Size>{size}</Size></Contents>")
        }
    }));
    text.push("</ListBucketResult>".to_owned());
    Answer {
        status: 200,
        headers: vec![("content-type", "application/xml".to_owned())],
        body: text.concat().into(),
    }
}

fn problem(status: u16, code: &str) -> Answer {
    let body =
        format!("<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>simulated</Message></Error>");
    Answer { status, headers: Vec::new(), body: body.into() }
}

fn unescaped(text: &str) -> String {
    let mut out = Vec::new();
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let digits = (byte == b'%').then(|| bytes.by_ref().take(2).map(char::from).collect::<String>());
        out.push(digits.and_then(|digits| u8::from_str_radix(&digits, 16).ok()).unwrap_or(byte));
    }
    String::from_utf8_lossy(&out).into_owned()
}
