//! Items of the catalogue that upper platforms are shown (annex J of 2022): what the standard demands of each kind, and nothing that tells
//! where a camera is reached.

use domain::region::{Region, RegionLevel};
use gb28181::id::{GbId, IdParts, RegionCode};
use gb28181::manscdp::catalog::{CatalogItem, ItemInfo, ItemStatus, PtzType};
use store::SharedCamera;

/// What we call ourselves as a maker.
pub(super) const MAKER: &str = "Watchfire";
/// Digits 9 and 10 of ids that we give: education.
const EDUCATION: u8 = 11;
/// Digit 14 of ids that we give: a network of the trade.
const TRADE_NETWORK: u8 = 2;

/// The system itself.
pub(super) fn system(own: GbId, name: &str, civil_code: Option<&str>) -> CatalogItem {
    CatalogItem {
        name: Some(name.to_owned()),
        manufacturer: Some(MAKER.to_owned()),
        model: Some(MAKER.to_owned()),
        owner: Some(MAKER.to_owned()),
        civil_code: civil_code.map(str::to_owned),
        address: Some(name.to_owned()),
        parental: Some(1),
        register_way: Some(1),
        secrecy: Some(0),
        status: Some(ItemStatus::On),
        ..CatalogItem::new(own.into())
    }
}

/// The business group under which the units stand.
pub(super) fn group(own: GbId) -> GbId {
    let parts = IdParts {
        region: digits(&own.as_str()[..6]),
        grassroots: own.grassroots(),
        industry: own.industry_code(),
        type_code: 215,
        network: own.network(),
        serial: own.serial(),
    };
    GbId::compose(parts).unwrap_or(own)
}

pub(super) fn group_item(own: GbId, name: &str) -> CatalogItem {
    CatalogItem {
        name: Some(name.to_owned()),
        parent_id: Some(own.to_string()),
        ..CatalogItem::new(group(own).into())
    }
}

/// A unit as a virtual organisation.
pub(super) fn unit_item(id: GbId, own: GbId, name: &str, civil_code: Option<&str>) -> CatalogItem {
    CatalogItem {
        name: Some(name.to_owned()),
        civil_code: civil_code.map(str::to_owned),
        parent_id: Some(group(own).to_string()),
        business_group: Some(group(own)),
        ..CatalogItem::new(id.into())
    }
}

/// A region; none where its code is none.
pub(super) fn region_item(region: &Region) -> Option<CatalogItem> {
    let code = RegionCode::parse(civil_code(region)?).ok()?;
    Some(CatalogItem { name: Some(region.name.clone()), ..CatalogItem::new(code.into()) })
}

/// A camera below its unit.
pub(super) fn camera_item(
    id: GbId,
    (own, unit): (GbId, GbId),
    camera: &SharedCamera,
    civil_code: Option<&str>,
    is_on: bool,
) -> CatalogItem {
    let channel = camera.channel.as_ref();
    let told = |text: Option<&String>| {
        Some(text.filter(|text| !text.is_empty()).cloned().unwrap_or(MAKER.to_owned()))
    };
    let ptz_type = channel.and_then(|channel| channel.ptz_type).map_or(PtzType::Fixed, |kind| match kind {
        1 => PtzType::Dome,
        2 => PtzType::HalfDome,
        4 => PtzType::PtzBullet,
        5 => PtzType::RemoteHalfDome,
        6 => PtzType::Panoramic,
        7 => PtzType::Split,
        _ => PtzType::Fixed,
    });
    CatalogItem {
        name: Some(camera.name.clone()),
        manufacturer: told(channel.and_then(|channel| channel.maker.as_ref())),
        model: told(channel.and_then(|channel| channel.model.as_ref())),
        owner: Some(camera.unit_name.clone()),
        civil_code: civil_code.map(str::to_owned),
        address: Some(camera.unit_name.clone()),
        parental: Some(0),
        // Parent and organisation, as the standard joins them.
        parent_id: Some(format!("{own}/{unit}")),
        register_way: Some(1),
        secrecy: Some(0),
        status: Some(if is_on { ItemStatus::On } else { ItemStatus::Off }),
        business_group: Some(group(own)),
        info: Some(Box::new(ItemInfo { ptz_type: Some(ptz_type), ..ItemInfo::default() })),
        ..CatalogItem::new(id.into())
    }
}

/// The region's code without the zeros of the levels below it: 36, 3604, 360423.
pub(super) fn civil_code(region: &Region) -> Option<&str> {
    let digits = match region.level {
        RegionLevel::Province => 2,
        RegionLevel::City => 4,
        RegionLevel::County => 6,
    };
    region.gb2260_code.as_deref()?.get(..digits)
}

/// The first 14 digits of an id that we give in a division: county, no grassroots unit, education, type, network.
pub(super) fn prefix(division: &str, type_code: u16) -> String {
    format!("{division}00{EDUCATION}{type_code}{TRADE_NETWORK}")
}

fn digits(text: &str) -> u32 {
    text.parse().unwrap_or_default()
}
