//! Which services a device has, and where.

use super::address::OnvifAddress;
use super::device::{Device, Signed};
use super::envelope::{DEVICE, MEDIA, MEDIA2, PTZ};
use super::error::OnvifError;
use crate::xml::Element;

/// Addresses of the services, all of them at the device itself; `None` for those it has not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Services {
    /// The media service of all devices.
    pub media: Option<OnvifAddress>,
    /// The second media service, of newer devices.
    pub media2: Option<OnvifAddress>,
    /// Turning and zooming.
    pub ptz: Option<OnvifAddress>,
}

impl Services {
    /// Asks by the newer question and, where it is not known, by the older one.
    pub(super) async fn ask(device: &Device) -> Result<Self, OnvifError> {
        let here = device.address();
        let newer = "<tds:GetServices><tds:IncludeCapability>false</tds:IncludeCapability></tds:GetServices>";
        let found = match device.call(here, DEVICE, "GetServices", newer, Signed::Yes).await {
            Ok(answer) => answer.services(here),
            Err(OnvifError::Fault { .. } | OnvifError::NotOnvif) => Self::default(),
            Err(error) => return Err(error),
        };
        if found != Self::default() {
            return Ok(found);
        }
        let older = "<tds:GetCapabilities><tds:Category>All</tds:Category></tds:GetCapabilities>";
        let answer = device.call(here, DEVICE, "GetCapabilities", older, Signed::Yes).await?;
        Ok(answer.capabilities(here))
    }

    pub(super) fn of_services(here: &OnvifAddress, body: &Element) -> Self {
        let listed = body.child("GetServicesResponse");
        let at = |namespace: &str| {
            let is_it = |service: &&Element| service.text_of("Namespace") == namespace;
            let service = listed?.children("Service").find(is_it)?;
            here.service(service.text_of("XAddr"))
        };
        Self { media: at(MEDIA), media2: at(MEDIA2), ptz: at(PTZ) }
    }

    pub(super) fn of_capabilities(here: &OnvifAddress, body: &Element) -> Self {
        let at = |name: &str| here.service(body.find("Capabilities")?.child(name)?.text_of("XAddr"));
        Self { media: at("Media"), media2: None, ptz: at("PTZ") }
    }
}
