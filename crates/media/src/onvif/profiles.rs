//! The streams of a device, by the newer media service where there is one, because the older cannot name H.265.

use super::address::{OnvifAddress, SnapshotUrl, UrlRefusal};
use super::answer::Answer;
use super::device::{Device, Signed};
use super::envelope::{MEDIA, MEDIA2, text};
use super::error::OnvifError;
use super::facts::{Encoding, Profile, said};
use crate::address::RtspUrl;
use crate::xml::Element;

/// Most profiles that are asked about: a recorder with 64 channels and two streams each.
const PROFILES_MAX: usize = 128;
/// Longest token (ONVIF Core: 64 characters); longer ones break the rule and are kept out.
const TOKEN_BYTES_MAX: usize = 256;

/// One of the two media services.
struct Service<'a> {
    at: &'a OnvifAddress,
    is_second: bool,
}

/// Asks for all profiles and their addresses.
pub(super) async fn ask(device: &Device) -> Result<Vec<Profile>, OnvifError> {
    let services = device.services();
    let second = services.media2.as_ref().map(|at| Service { at, is_second: true });
    let first = services.media.as_ref().map(|at| Service { at, is_second: false });
    let mut outcome = Err(OnvifError::NoService("media"));
    for service in second.into_iter().chain(first) {
        match service.profiles(device).await {
            // Firmware with an empty or broken second service is common enough to ask the first one, too.
            Ok(profiles) if profiles.is_empty() => outcome = Ok(profiles),
            Err(error @ (OnvifError::Fault { .. } | OnvifError::NotOnvif)) => outcome = Err(error),
            settled => return settled,
        }
    }
    outcome
}

impl Service<'_> {
    async fn profiles(&self, device: &Device) -> Result<Vec<Profile>, OnvifError> {
        let question = if self.is_second {
            "<tr2:GetProfiles><tr2:Type>VideoEncoder</tr2:Type><tr2:Type>PTZ</tr2:Type></tr2:GetProfiles>"
        } else {
            "<trt:GetProfiles/>"
        };
        let mut profiles = self.call(device, "GetProfiles", question).await?.profiles();
        for profile in &mut profiles {
            if profile.encoding.is_some() {
                profile.stream = self.stream(device, &profile.token).await?;
                profile.snapshot = self.snapshot(device, &profile.token).await?;
            }
        }
        Ok(profiles)
    }

    async fn stream(&self, device: &Device, token: &str) -> Result<Result<RtspUrl, UrlRefusal>, OnvifError> {
        let token = text(token);
        let question = if self.is_second {
            format!(
                "<tr2:GetStreamUri><tr2:Protocol>RTSP</tr2:Protocol><tr2:ProfileToken>{token}</tr2:ProfileToken></tr2:GetStreamUri>"
            )
        } else {
            format!(
                "<trt:GetStreamUri><trt:StreamSetup><tt:Stream>RTP-Unicast</tt:Stream><tt:Transport><tt:Protocol>RTSP\
                 </tt:Protocol></tt:Transport></trt:StreamSetup><trt:ProfileToken>{token}</trt:ProfileToken></trt:GetStreamUri>"
            )
        };
        match self.call(device, "GetStreamUri", &question).await {
            Ok(answer) => Ok(answer.stream(device.address().host())),
            // One channel without a camera must not hide the others.
            Err(OnvifError::Fault { reason, .. }) => Ok(Err(UrlRefusal::None(reason))),
            Err(error) => Err(error),
        }
    }

    async fn snapshot(&self, device: &Device, token: &str) -> Result<Option<SnapshotUrl>, OnvifError> {
        let (prefix, token) = (if self.is_second { "tr2" } else { "trt" }, text(token));
        let question = format!(
            "<{prefix}:GetSnapshotUri><{prefix}:ProfileToken>{token}</{prefix}:ProfileToken></{prefix}:GetSnapshotUri>"
        );
        match self.call(device, "GetSnapshotUri", &question).await {
            Ok(answer) => Ok(answer.snapshot(device.address().host())),
            // Single pictures are an option of the standard; without them nothing is lost.
            Err(OnvifError::Fault { .. } | OnvifError::NotOnvif) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn call(&self, device: &Device, operation: &str, question: &str) -> Result<Answer, OnvifError> {
        let namespace = if self.is_second { MEDIA2 } else { MEDIA };
        device.call(self.at, namespace, operation, question, Signed::Yes).await
    }
}

/// The profiles in an answer's body, without addresses.
pub(super) fn listed(body: &Element) -> Vec<Profile> {
    let list = body.child("GetProfilesResponse");
    list.iter().flat_map(|list| list.children("Profiles")).take(PROFILES_MAX).filter_map(read).collect()
}

/// A profile as far as the list tells; `None` for one that cannot be asked about.
fn read(element: &Element) -> Option<Profile> {
    let token =
        element.attribute("token").filter(|token| !token.is_empty() && token.len() <= TOKEN_BYTES_MAX)?;
    let newer = element.child("Configurations");
    let encoder = element
        .child("VideoEncoderConfiguration")
        .or_else(|| newer.and_then(|all| all.child("VideoEncoder")));
    let has_ptz =
        element.child("PTZConfiguration").is_some() || newer.is_some_and(|all| all.child("PTZ").is_some());
    let resolution = encoder.and_then(|encoder| encoder.child("Resolution"));
    let pixels = |name: &str| resolution.and_then(|size| size.text_of(name).parse().ok()).unwrap_or_default();
    let rate: Option<f64> = encoder.and_then(|encoder| encoder.text_of("FrameRateLimit").parse().ok());
    Some(Profile {
        token: token.to_owned(),
        name: said(element.child("Name").map_or("", |name| name.text.as_str())),
        encoding: encoder.map(|encoder| Encoding::of(encoder.text_of("Encoding"))),
        width: pixels("Width"),
        height: pixels("Height"),
        // Conversion saturates, so a rate of 1e300 does no harm.
        frame_rate_milli: rate.map_or(0, |rate| (rate * 1_000.0) as u32),
        stream: Err(UrlRefusal::None("no video".to_owned())),
        snapshot: None,
        has_ptz,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_generations_of_profiles_are_read() {
        let first = "<Profiles token='a'><Name>main</Name><VideoEncoderConfiguration token='e'><Name>x</Name><Encoding>H264</Encoding>\
                     <Resolution><Width>1920</Width><Height>1080</Height></Resolution><RateControl><FrameRateLimit>25</FrameRateLimit>\
                     </RateControl></VideoEncoderConfiguration><PTZConfiguration token='p'/></Profiles>";
        let second = "<Profiles token='b'><Name>main</Name><Configurations><VideoEncoder token='e'><Encoding>H265</Encoding>\
                      <Resolution><Width>1920</Width><Height>1080</Height></Resolution><RateControl><FrameRateLimit>12.5</FrameRateLimit>\
                      </RateControl></VideoEncoder><PTZ token='p'/></Configurations></Profiles>";
        for (xml, encoding, rate) in [(first, Encoding::H264, 25_000), (second, Encoding::H265, 12_500)] {
            let profile = read(&Element::read(xml).unwrap()).unwrap();
            assert_eq!((profile.encoding, profile.frame_rate_milli), (Some(encoding), rate));
            assert_eq!((profile.width, profile.height, profile.has_ptz), (1920, 1080, true));
        }
    }

    #[test]
    fn nonsense_in_a_profile_is_no_number() {
        let xml = "<Profiles token='a'><VideoEncoderConfiguration><Encoding>MPEG4</Encoding><Resolution><Width>-1</Width><Height>9e9</Height>\
                   </Resolution><RateControl><FrameRateLimit>NaN</FrameRateLimit></RateControl></VideoEncoderConfiguration></Profiles>";
        let profile = read(&Element::read(xml).unwrap()).unwrap();
        assert_eq!((profile.width, profile.height, profile.frame_rate_milli), (0, 0, 0));
        assert_eq!(profile.encoding, Some(Encoding::Other("MPEG4".into())));
        assert!(read(&Element::read("<Profiles/>").unwrap()).is_none());
    }
}
