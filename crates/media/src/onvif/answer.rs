//! What a device answers, read out of its bytes: no connection, no log-in, no clock of ours.
//!
//! Each reader takes the answer to one question and is content with any other: what is not there is empty or unknown. Texts and lists are
//! bounded, and addresses lead to the device that answered or nowhere.

use super::address::{self, OnvifAddress, SnapshotUrl, UrlRefusal};
use super::envelope::{Fault, body};
use super::error::OnvifError;
use super::facts::{Identity, Profile, said};
use super::ptz::{HeadPosition, Preset};
use super::services::Services;
use super::{clock, profiles, ptz};
use crate::address::RtspUrl;
use crate::xml::Element;
use std::net::Ipv4Addr;

/// The body of an answer in SOAP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer(Element);

impl Answer {
    /// Reads the body of a reply. A refusal is [`OnvifError::Fault`], bytes that have no envelope in them [`OnvifError::NotOnvif`], and an
    /// envelope that is cut, too large or no XML [`OnvifError::Unreadable`].
    pub fn read(bytes: &[u8]) -> Result<Self, OnvifError> {
        let text = String::from_utf8_lossy(bytes);
        let root = match Element::read(&text) {
            Ok(root) => root,
            // A web page, or nothing: there is a web server, but no ONVIF.
            Err(_) if !text.contains("Envelope") => return Err(OnvifError::NotOnvif),
            Err(error) => return Err(OnvifError::Unreadable(said(&error.to_string()))),
        };
        match body(root) {
            Some(Ok(body)) => Ok(Self(body)),
            Some(Err(Fault { codes, reason })) => Err(OnvifError::Fault { codes, reason }),
            None => Err(OnvifError::NotOnvif),
        }
    }

    /// Of `GetSystemDateAndTime`: the device's time in microseconds UTC; `None` where it tells none, or an impossible one.
    pub fn time_us(&self) -> Option<i64> {
        clock::utc_us(&self.0)
    }

    /// Of `GetDeviceInformation`.
    pub fn identity(&self) -> Identity {
        let of = |name: &str| said(self.0.text_of(name));
        Identity {
            maker: of("Manufacturer"),
            model: of("Model"),
            firmware: of("FirmwareVersion"),
            serial: of("SerialNumber"),
        }
    }

    /// Of `GetServices` of the device at an address.
    pub fn services(&self, here: &OnvifAddress) -> Services {
        Services::of_services(here, &self.0)
    }

    /// Of the older `GetCapabilities`.
    pub fn capabilities(&self, here: &OnvifAddress) -> Services {
        Services::of_capabilities(here, &self.0)
    }

    /// Of `GetProfiles`, by either media service: at most 128, none with an address yet.
    pub fn profiles(&self) -> Vec<Profile> {
        profiles::listed(&self.0)
    }

    /// Of `GetStreamUri` of the device at a host.
    pub fn stream(&self, device: Ipv4Addr) -> Result<RtspUrl, UrlRefusal> {
        address::stream(self.0.text_of("Uri"), device)
    }

    /// Of `GetSnapshotUri`.
    pub fn snapshot(&self, device: Ipv4Addr) -> Option<SnapshotUrl> {
        address::snapshot(self.0.text_of("Uri"), device)
    }

    /// Of `GetStatus` of the PTZ service.
    pub fn position(&self) -> HeadPosition {
        ptz::position(&self.0)
    }

    /// Of `GetPresets`: at most 512.
    pub fn presets(&self) -> Vec<Preset> {
        ptz::listed(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_web_page_a_cut_envelope_and_a_refusal_are_told_apart() {
        assert_eq!(Answer::read(b"<html><p>log in</html>"), Err(OnvifError::NotOnvif));
        assert_eq!(Answer::read(b"<Envelope/>"), Err(OnvifError::NotOnvif));
        let cut = Answer::read(b"<Envelope><Body><x>");
        assert!(matches!(&cut, Err(OnvifError::Unreadable(cause)) if cause.contains("cut")), "{cut:?}");
        let wrong = Answer::read(b"<Envelope><Body><a\x1b[31m></b></Body></Envelope>");
        assert!(matches!(&wrong, Err(OnvifError::Unreadable(cause)) if !cause.contains('\x1b')), "{wrong:?}");
        let fault = Answer::read(
            b"<Envelope><Body><Fault><Code><Value>s:Se\nnder</Value></Code></Fault></Body></Envelope>",
        );
        assert_eq!(fault, Err(OnvifError::Fault { codes: "Se nder".into(), reason: String::new() }));
    }

    #[test]
    fn an_answer_to_another_question_is_empty() {
        let answer =
            Answer::read(b"<Envelope><Body><GetPresetsResponse/></Body></Envelope>").expect("an answer");
        assert_eq!(
            (answer.profiles(), answer.identity(), answer.time_us()),
            (vec![], Identity::default(), None)
        );
    }
}
