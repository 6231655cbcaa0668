//! A message that was read, as bytes again.

use super::header_name::HeaderName;
use super::message::{Message, StartLine};
use super::write::MessageWriter;

/// A request framed by its true length: a dialog keeps its INVITE, and this one may have come in pieces. Empty for a response.
pub(crate) fn bytes_of(request: &Message<'_>) -> Vec<u8> {
    let StartLine::Request { method, uri, .. } = request.start else { return Vec::new() };
    let mut writer = MessageWriter::request(method, uri);
    let rewritten = [HeaderName::ContentLength, HeaderName::ContentType];
    for header in request.headers().iter().filter(|header| !rewritten.contains(&header.name)) {
        let name = String::from_utf8_lossy(header.raw_name).into_owned();
        writer = writer.header(&name, &header.value);
    }
    writer.body(crate::sdp::CONTENT_TYPE, request.body)
}
