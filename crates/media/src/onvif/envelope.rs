//! SOAP 1.2 envelopes, there and back.

use crate::xml::Element;
use quick_xml::escape::escape;

/// The device service.
pub(super) const DEVICE: &str = "http://www.onvif.org/ver10/device/wsdl";
/// The media service of all devices, which cannot name H.265.
pub(super) const MEDIA: &str = "http://www.onvif.org/ver10/media/wsdl";
/// The second media service, of newer devices.
pub(super) const MEDIA2: &str = "http://www.onvif.org/ver20/media/wsdl";
/// Turning and zooming.
pub(super) const PTZ: &str = "http://www.onvif.org/ver20/ptz/wsdl";

/// A question. `header` and `body` are XML already.
pub(super) fn envelope(header: &str, body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:tds=\"{DEVICE}\" xmlns:trt=\"{MEDIA}\" \
         xmlns:tr2=\"{MEDIA2}\" xmlns:tptz=\"{PTZ}\" xmlns:tt=\"http://www.onvif.org/ver10/schema\">\
         <s:Header>{header}</s:Header><s:Body>{body}</s:Body></s:Envelope>"
    )
}

/// Text as it may stand in XML, in an element and in an attribute.
pub(super) fn text(plain: &str) -> String {
    escape(plain).into_owned()
}

/// A refusal in words of SOAP.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Local names of the codes, outermost first, separated by spaces.
    pub(super) codes: String,
    /// The device's words.
    pub(super) reason: String,
}

/// What is in the body of an answer; `None` for XML that is no envelope.
pub(super) fn body(root: Element) -> Option<Result<Element, Fault>> {
    if root.name != "Envelope" {
        return None;
    }
    let body = root.children.into_iter().find(|child| child.name == "Body")?;
    Some(match body.child("Fault") {
        Some(fault) => Err(read_fault(fault)),
        None => Ok(body),
    })
}

/// True where the device refuses because it wants another user name, password or time.
pub(super) fn are_about_login(codes: &str) -> bool {
    const CODES: [&str; 5] =
        ["NotAuthorized", "FailedAuthentication", "InvalidSecurity", "InvalidSecurityToken", "FailedCheck"];
    codes.split(' ').any(|code| CODES.contains(&code))
}

fn read_fault(fault: &Element) -> Fault {
    let mut codes = Vec::new();
    let mut at = fault.child("Code").or_else(|| fault.child("faultcode"));
    while let Some(code) = at {
        let value = code.child("Value").unwrap_or(code).text.trim();
        codes.push(super::facts::said(value.rsplit(':').next().unwrap_or_default()));
        at = code.child("Subcode");
    }
    let reason = fault.child("Reason").map(|reason| reason.text_of("Text")).unwrap_or_default();
    let reason = if reason.is_empty() { fault.text_of("faultstring") } else { reason };
    Fault { codes: codes.join(" "), reason: super::facts::said(reason) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(inner: &str) -> Fault {
        let text =
            format!("<x:Envelope xmlns:x='e'><x:Body><x:Fault>{inner}</x:Fault></x:Body></x:Envelope>");
        body(Element::read(&text).unwrap()).unwrap().unwrap_err()
    }

    #[test]
    fn refusals_of_both_generations_of_soap_are_understood() {
        let new = fault(
            "<Code><Value>s:Sender</Value><Subcode><Value>ter:NotAuthorized</Value></Subcode></Code>\
             <Reason><Text>Sender not authorized</Text></Reason>",
        );
        assert_eq!((new.codes.as_str(), are_about_login(&new.codes)), ("Sender NotAuthorized", true));
        let old = fault("<faultcode>wsse:FailedAuthentication</faultcode><faultstring>no</faultstring>");
        assert_eq!((old.reason.as_str(), are_about_login(&old.codes)), ("no", true));
        assert!(!are_about_login(&fault("<Code><Value>s:Receiver</Value></Code>").codes));
    }

    #[test]
    fn what_people_typed_stays_text() {
        assert_eq!(text("a<b>&\"'"), "a&lt;b&gt;&amp;&quot;&apos;");
    }
}
