//! The region tree the product starts with (`data/regions.csv`) and finding a region by what people write.

use uuid::Uuid;

use crate::ids::RegionId;
use crate::region::{Region, RegionLevel};

const REGIONS_CSV: &str = include_str!("../../../../data/regions.csv");

/// Province, 11 cities, 赣江新区 and 100 counties of Jiangxi, each region after the one above it.
///
/// # Panics
/// Never: the embedded file is part of the build and read by a test.
pub fn jiangxi_regions() -> Vec<Region> {
    REGIONS_CSV
        .lines()
        .skip(1)
        .filter(|line| !line.is_empty())
        .map(|line| region(line).expect("data/regions.csv is well formed (tested)"))
        .collect()
}

/// id, parent, level, name, short_name, code, order
fn region(line: &str) -> Option<Region> {
    let mut fields = line.split(',');
    let mut next = || fields.next();
    let id = RegionId(Uuid::parse_str(next()?).ok()?);
    let parent_id = match next()? {
        "" => None,
        parent => Some(RegionId(Uuid::parse_str(parent).ok()?)),
    };
    Some(Region {
        id,
        parent_id,
        level: RegionLevel::parse(next()?)?,
        name: next()?.to_owned(),
        short_name: next()?.to_owned(),
        gb2260_code: Some(next()?).filter(|code| !code.is_empty()).map(str::to_owned),
        order: next()?.parse().ok()?,
    })
}

/// The regions of `regions` that a person may mean by `text`: official name, short name or division code, at one level, below
/// `parent` where given. More than one where the name alone does not decide.
pub fn named<'a>(
    regions: &'a [Region],
    level: RegionLevel,
    parent: Option<RegionId>,
    text: &str,
) -> Vec<&'a Region> {
    let text = text.trim();
    let called = |region: &Region| {
        region.name == text || region.short_name == text || region.gb2260_code.as_deref() == Some(text)
    };
    regions
        .iter()
        .filter(|region| region.level == level && (parent.is_none() || region.parent_id == parent))
        .filter(|region| called(region))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::*;

    #[test]
    fn the_tree_has_twelve_authorities_and_a_hundred_counties() {
        let regions = jiangxi_regions();
        let at = |level| regions.iter().filter(|region| region.level == level).collect::<Vec<_>>();
        assert_eq!(at(RegionLevel::Province).len(), 1);
        assert_eq!(at(RegionLevel::County).len(), 100);
        let cities: Vec<_> = at(RegionLevel::City).iter().map(|region| region.short_name.as_str()).collect();
        assert_eq!(cities.join(" "), "南昌 九江 景德镇 萍乡 新余 鹰潭 赣州 宜春 上饶 吉安 抚州 赣江新区");
        let without_code: Vec<_> = regions.iter().filter(|region| region.gb2260_code.is_none()).collect();
        assert_eq!(without_code.len(), 1);
        assert_eq!(without_code[0].name, "赣江新区");
    }

    #[test]
    fn ids_and_codes_are_unique_and_every_parent_is_one_level_up_with_the_same_code_prefix() {
        let regions = jiangxi_regions();
        let by_id: HashMap<_, _> = regions.iter().map(|region| (region.id, region)).collect();
        assert_eq!(by_id.len(), regions.len());
        let codes: HashSet<_> = regions.iter().filter_map(|region| region.gb2260_code.as_ref()).collect();
        assert_eq!(codes.len(), 112);
        for region in &regions {
            let Some(parent) = region.parent_id.map(|id| by_id[&id]) else {
                assert_eq!(region.level, RegionLevel::Province);
                continue;
            };
            assert!(parent.level < region.level, "{}", region.name);
            let digits = if region.level == RegionLevel::County { 4 } else { 2 };
            if let (Some(code), Some(above)) = (&region.gb2260_code, &parent.gb2260_code) {
                assert_eq!(code[..digits], above[..digits], "{}", region.name);
            }
        }
    }

    #[test]
    fn a_region_is_found_by_name_short_name_and_code() {
        let regions = jiangxi_regions();
        for text in ["鹰潭市", "鹰潭", " 鹰潭 ", "360600"] {
            let found = named(&regions, RegionLevel::City, None, text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].name, "鹰潭市");
        }
        let fuzhou = named(&regions, RegionLevel::City, None, "抚州")[0].id;
        assert_eq!(named(&regions, RegionLevel::County, Some(fuzhou), "黎川").len(), 1);
        assert!(named(&regions, RegionLevel::County, Some(fuzhou), "万载县").is_empty());
    }
}
