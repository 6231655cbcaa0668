//! Which of a device's profiles is the camera: heads are turned by the profile, and a recorder has those of many cameras.

use media::RtspUrl;
use media::onvif::Profile;

use super::trouble::Trouble;

/// A single camera has a main stream, one or two small ones and one for phones; what has more is a recorder.
const CAMERA_PROFILES_MAX: usize = 4;

/// The token of the profile by which the head behind a stream turns. It is that of the stream itself. Where that one bears no head, or the stream was
/// entered by another path than the device names, a single camera has only one head that can be meant; of a recorder another camera could turn.
pub(super) fn of_stream(profiles: &[Profile], stream: &RtspUrl) -> Result<String, Trouble> {
    let has_head = |profile: &&Profile| profile.has_ptz;
    let is_it = |profile: &&Profile| {
        profile.stream.as_ref().is_ok_and(|known| path(known.as_str()) == path(stream.as_str()))
    };
    if let Some(profile) = profiles.iter().filter(is_it).find(has_head) {
        return Ok(profile.token.clone());
    }
    let first = profiles.iter().find(has_head).ok_or(Trouble::NoHead)?;
    if profiles.len() <= CAMERA_PROFILES_MAX {
        return Ok(first.token.clone());
    }
    let is_known = profiles.iter().any(|profile| is_it(&profile));
    Err(if is_known { Trouble::NoHead } else { Trouble::WhichHead })
}

/// Path and query of an address; ports differ between what a device names and what leads to it.
fn path(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').map_or("", |at| &rest[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> RtspUrl {
        RtspUrl::parse(text).unwrap().0
    }

    fn profile(token: &str, path: &str, has_ptz: bool) -> Profile {
        Profile {
            token: token.to_owned(),
            name: String::new(),
            encoding: None,
            width: 0,
            height: 0,
            frame_rate_milli: 0,
            stream: Ok(url(&format!("rtsp://10.0.0.9:554{path}"))),
            snapshot: None,
            has_ptz,
        }
    }

    #[test]
    fn the_profile_of_the_stream_is_turned_and_of_a_single_camera_its_only_head() {
        let camera = [profile("sub", "/2", false), profile("main", "/1?a=b", true)];
        for (stream, token) in [
            ("rtsp://10.0.0.9:8554/1?a=b", "main"),
            ("rtsp://10.0.0.9/2", "main"),
            ("rtsp://10.0.0.9/x", "main"),
        ] {
            assert_eq!(of_stream(&camera, &url(stream)), Ok(token.to_owned()), "{stream}");
        }
        assert_eq!(of_stream(&camera[..1], &url("rtsp://10.0.0.9/2")), Err(Trouble::NoHead));
    }

    #[test]
    fn of_a_recorder_no_other_camera_turns() {
        let recorder: Vec<_> =
            (0..8).map(|at| profile(&format!("t{at}"), &format!("/{at}"), at == 3)).collect();
        assert_eq!(of_stream(&recorder, &url("rtsp://10.0.0.9/3")), Ok("t3".to_owned()));
        assert_eq!(of_stream(&recorder, &url("rtsp://10.0.0.9/4")), Err(Trouble::NoHead));
        assert_eq!(of_stream(&recorder, &url("rtsp://10.0.0.9/x")), Err(Trouble::WhichHead));
    }
}
