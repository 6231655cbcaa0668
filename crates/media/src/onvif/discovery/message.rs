//! The question and its answers.

use super::super::facts::said;
use crate::xml::Element;
use std::fmt::Write as _;

/// Devices described in one answer, and addresses of one device, that are looked at.
const MATCHES_MAX: usize = 16;
const ADDRESSES_MAX: usize = 8;

/// One device in an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ProbeMatch {
    pub(super) endpoint: String,
    pub(super) scopes: String,
    pub(super) addresses: Vec<String>,
}

/// Who sends video? `id` becomes the question's name.
pub(super) fn probe(id: [u8; 16]) -> String {
    let mut name = String::with_capacity(36);
    for (at, byte) in id.iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            name.push('-');
        }
        // Writing to a String cannot fail.
        let _ = write!(name, "{byte:02x}");
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" \
         xmlns:d=\"http://schemas.xmlsoap.org/ws/2005/04/discovery\" xmlns:dn=\"http://www.onvif.org/ver10/network/wsdl\">\
         <s:Header><a:Action s:mustUnderstand=\"1\">http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</a:Action>\
         <a:MessageID>urn:uuid:{name}</a:MessageID><a:ReplyTo><a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous\
         </a:Address></a:ReplyTo><a:To s:mustUnderstand=\"1\">urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To></s:Header>\
         <s:Body><d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe></s:Body></s:Envelope>"
    )
}

/// The devices in an answer; none in anything else, such as printers and our own question.
pub(super) fn read(datagram: &[u8]) -> Vec<ProbeMatch> {
    let Ok(root) = Element::read(&String::from_utf8_lossy(datagram)) else { return Vec::new() };
    let Some(matches) = root.find("ProbeMatches") else { return Vec::new() };
    let transmitters = matches.children("ProbeMatch").filter(|found| {
        let types = found.text_of("Types");
        // Printers answer to everything.
        types.is_empty() || types.contains("NetworkVideo") || types.contains("Device")
    });
    transmitters
        .take(MATCHES_MAX)
        .map(|found| ProbeMatch {
            endpoint: said(found.child("EndpointReference").map_or("", |at| at.text_of("Address"))),
            scopes: found.text_of("Scopes").to_owned(),
            addresses: found
                .text_of("XAddrs")
                .split_whitespace()
                .take(ADDRESSES_MAX)
                .map(str::to_owned)
                .collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_no_answer_and_its_name_is_a_uuid() {
        let question = probe([0xab; 16]);
        assert!(question.contains("urn:uuid:abababab-abab-abab-abab-abababababab<"), "{question}");
        assert!(Element::read(&question).is_ok() && read(question.as_bytes()).is_empty());
    }

    #[test]
    fn devices_are_read_out_of_an_answer_and_printers_are_not() {
        let one = |types: &str| {
            format!(
                "<ProbeMatch><EndpointReference><Address>urn:uuid:1</Address></EndpointReference><Types>{types}</Types>\
                 <Scopes>onvif://www.onvif.org/name/X</Scopes><XAddrs>http://10.0.0.9/x http://10.0.0.9:81/x</XAddrs></ProbeMatch>"
            )
        };
        let answer = format!(
            "<E><B><ProbeMatches>{}{}</ProbeMatches></B></E>",
            one("dn:NetworkVideoTransmitter"),
            one("wprt:PrintServiceType")
        );
        let found = read(answer.as_bytes());
        assert_eq!((found.len(), found[0].endpoint.as_str(), found[0].addresses.len()), (1, "urn:uuid:1", 2));
    }

    proptest::proptest! {
        #[test]
        fn any_datagram_is_survived(bytes in proptest::collection::vec(0u8..=255, 0..300)) {
            let _ = read(&bytes);
        }
    }
}
