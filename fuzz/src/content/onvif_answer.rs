//! What ONVIF devices answer: to a search on their network, and to questions.

use std::net::Ipv4Addr;

use media::RtspUrl;
use media::onvif::discovery::read_answer;
use media::onvif::{Answer, OnvifAddress, OnvifError};

/// The device that answers.
const HOST: Ipv4Addr = Ipv4Addr::new(192, 168, 1, 64);
/// Longest text of a device that is shown, in letters.
const SAID_LETTERS_MAX: usize = 128;
/// Longest name of a profile in questions, in bytes.
const TOKEN_BYTES_MAX: usize = 256;
/// Most devices in a datagram, profiles and presets.
const DEVICES_MAX: usize = 16;
const PROFILES_MAX: usize = 128;
const PRESETS_MAX: usize = 512;
/// No clock of ours goes beyond the year 9999, in microseconds.
const TIME_US_MAX: i64 = 253_402_300_800_000_000;

/// Texts fit on a line, lists have limits, and addresses lead to the device that answered or nowhere.
pub fn onvif_answer(bytes: &[u8]) {
    let found = read_answer(bytes, HOST);
    assert!(found.len() <= DEVICES_MAX);
    for device in &found {
        assert_eq!(device.host, HOST);
        device.address.iter().for_each(is_here);
        let scopes = &device.scopes;
        [&device.endpoint, &scopes.name, &scopes.hardware, &scopes.location].into_iter().for_each(is_a_line);
    }
    match Answer::read(bytes) {
        Ok(answer) => asked(&answer),
        Err(OnvifError::Fault { codes, reason }) => {
            assert!(!codes.chars().chain(reason.chars()).any(char::is_control), "{codes:?} {reason:?}");
        }
        Err(error) => assert!(!error.to_string().chars().any(char::is_control), "{error}"),
    }
}

/// The answer, as if each of the questions had been asked.
fn asked(answer: &Answer) {
    assert!(answer.time_us().is_none_or(|us| (-2 * TIME_US_MAX..TIME_US_MAX).contains(&us)));
    let identity = answer.identity();
    [&identity.maker, &identity.model, &identity.firmware, &identity.serial].into_iter().for_each(is_a_line);
    let here = OnvifAddress::new(HOST, 8_000);
    for services in [answer.services(&here), answer.capabilities(&here)] {
        [&services.media, &services.media2, &services.ptz].into_iter().flatten().for_each(is_here);
    }
    let profiles = answer.profiles();
    assert!(profiles.len() <= PROFILES_MAX);
    for profile in &profiles {
        assert!((1..=TOKEN_BYTES_MAX).contains(&profile.token.len()), "{profile:?}");
        is_a_line(&profile.name);
        profile.encoding.iter().for_each(|encoding| is_a_line(encoding.as_str()));
        assert!(profile.stream.is_err() && profile.snapshot.is_none(), "nobody asked for it");
    }
    if let Ok(stream) = answer.stream(HOST) {
        assert_eq!(stream.host(), HOST.to_string());
        assert_eq!(RtspUrl::parse(stream.as_str()), Ok((stream, None)), "no secret is left in it");
    }
    if let Some(picture) = answer.snapshot(HOST) {
        let (_, place) = picture.as_str().split_once("://").expect("a whole address");
        let host = place.split(['/', ':', '?']).next();
        assert_eq!(host, Some(HOST.to_string().as_str()), "{picture:?}");
    }
    let presets = answer.presets();
    assert!(presets.len() <= PRESETS_MAX);
    for preset in &presets {
        assert!(!preset.token.is_empty());
        is_a_line(&preset.name);
    }
}

fn is_here(address: &OnvifAddress) {
    assert_eq!(address.host(), HOST);
    assert!(address.port() != 0 && !address.to_string().chars().any(char::is_control), "{address}");
    // The device's own path stands for none.
    let again = OnvifAddress::parse(&address.to_string()).expect("an address of our own");
    assert_eq!((again.host(), again.port()), (address.host(), address.port()));
}

fn is_a_line(text: impl AsRef<str>) {
    let text = text.as_ref();
    assert!(text.chars().count() <= SAID_LETTERS_MAX && !text.chars().any(char::is_control), "{text:?}");
}
