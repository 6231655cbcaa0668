//! One item of a catalog, with the fields of both editions.

use super::{CatalogEvent, ItemInfo, ItemStatus, SecurityLevel};
use crate::id::{CatalogId, GbId};
use crate::manscdp::block::block;
use crate::manscdp::list::Entry;
use crate::manscdp::time::LocalTime;

/// How many parents one item may name; the standard needs two or three.
const PARENTS_MAX: usize = 16;

block! {
    /// A region, platform, group, organisation, device or channel. Only the id is needed.
    pub struct CatalogItem {
        /// Its id, or a region code.
        id: CatalogId = "DeviceID",
        /// What happened to it; in notifications only.
        event: Option<CatalogEvent> = "Event",
        /// Its name.
        name: Option<String> = "Name",
        /// Its maker.
        manufacturer: Option<String> = "Manufacturer",
        /// Its model.
        model: Option<String> = "Model",
        /// Its owner (2016).
        owner: Option<String> = "Owner",
        /// The region it is counted to.
        civil_code: Option<String> = "CivilCode",
        /// The police district.
        block: Option<String> = "Block",
        /// Where it is mounted.
        address: Option<String> = "Address",
        /// 1 when it has children.
        parental: Option<u8> = "Parental",
        /// Its parents, joined with `/`; see [`CatalogItem::parents`].
        parent_id: Option<String> = "ParentID",
        /// How signalling is secured (2016): 0 not, 2 S/MIME, 3 S/MIME signed, 4 digest.
        safety_way: Option<u8> = "SafetyWay",
        /// How it registers: 1 by digest, 2 both sides by password, 3 both sides by certificate, 4 (2022) one side by certificate.
        register_way: Option<u8> = "RegisterWay",
        /// Its certificate's number (2016).
        certificate: Option<String> = "CertNum",
        /// Whether the certificate is valid: 1 yes (2016).
        certifiable: Option<u8> = "Certifiable",
        /// Why it is not (2016).
        error_code: Option<i32> = "ErrCode",
        /// When it ends (2016).
        certificate_end: Option<LocalTime> = "EndTime",
        /// How sensitive its information is (2022).
        security_level: Option<SecurityLevel> = "SecurityLevelCode",
        /// 1 when it is secret.
        secrecy: Option<u8> = "Secrecy",
        /// Its address.
        ip_address: Option<String> = "IPAddress",
        /// Its port.
        port: Option<u16> = "Port",
        /// Its password, where a device is so careless as to send it.
        password: Option<String> = "Password",
        /// Whether it works.
        status: Option<ItemStatus> = "Status",
        /// WGS-84, degrees.
        longitude: Option<f64> = "Longitude",
        /// WGS-84, degrees.
        latitude: Option<f64> = "Latitude",
        /// The business group of a virtual organisation; 2016 prints it inside `Info`.
        business_group: Option<GbId> = "BusinessGroupID",
        /// More about a camera.
        info: Option<Box<ItemInfo>> = "Info",
    }
}

impl Entry for CatalogItem {}

impl CatalogItem {
    /// An item of which only the id is known.
    pub fn new(id: CatalogId) -> Self {
        Self {
            id,
            event: None,
            name: None,
            manufacturer: None,
            model: None,
            owner: None,
            civil_code: None,
            block: None,
            address: None,
            parental: None,
            parent_id: None,
            safety_way: None,
            register_way: None,
            certificate: None,
            certifiable: None,
            error_code: None,
            certificate_end: None,
            security_level: None,
            secrecy: None,
            ip_address: None,
            port: None,
            password: None,
            status: None,
            longitude: None,
            latitude: None,
            business_group: None,
            info: None,
        }
    }

    /// Its parents that are ids. A device or platform may stand beside virtual organisations; what is no id, such as the SIP
    /// domain that some recorders write (WVP#21), is left out.
    pub fn parents(&self) -> Vec<CatalogId> {
        let parts = self.parent_id.as_deref().unwrap_or_default().split('/').take(PARENTS_MAX);
        parts.filter_map(|part| CatalogId::parse(part).ok()).collect()
    }

    /// The business group, wherever it stands.
    pub fn group(&self) -> Option<GbId> {
        self.business_group.or_else(|| self.info.as_ref()?.business_group)
    }

    /// Whether it says that it works; `None` when it says nothing.
    pub fn is_online(&self) -> Option<bool> {
        match self.status.as_ref()? {
            ItemStatus::On | ItemStatus::Ok => Some(true),
            ItemStatus::Off | ItemStatus::Error => Some(false),
            ItemStatus::Raw(_) => None,
        }
    }

    /// Whether it may be invited for pictures: a catalog also holds regions, groups, alarm points and loudspeakers. Told by the type
    /// in its id (WVP does the same).
    pub fn is_camera(&self) -> bool {
        self.id.device().is_some_and(|id| id.kind().is_camera())
    }
}
