//! Short words from forms and addresses: codes, ids, patterns, headers.

use domain::alarm::AlarmCode;
use domain::bulletin::{NumberPattern, PATTERN_CHARS_MAX};
use domain::category::Category;
use domain::ids::{CameraId, UnitId};
use domain::place::PlaceType;
use domain::region::RegionLevel;
use domain::register::import::Column;
use domain::register::regions::{jiangxi_regions, named};

/// Whatever is read is written the same way again.
pub fn codes(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let text = text.as_ref();
    if let Some(code) = AlarmCode::parse(text) {
        assert_eq!(code.as_str(), text);
    }
    if let Some(category) = Category::parse(text) {
        assert_eq!(category.as_str(), text);
    }
    if let Some(category) = Category::parse_zh(text) {
        assert_eq!(Category::parse_zh(category.name_zh()), Some(category));
    }
    if let Some(place) = PlaceType::parse(text) {
        assert_eq!(place.as_str(), text);
    }
    if let Some(level) = RegionLevel::parse(text) {
        assert_eq!(level.as_str(), text);
    }
    if let Ok(id) = text.parse::<UnitId>() {
        assert_eq!(id.to_string().parse::<UnitId>().ok(), Some(id));
        assert_eq!(text.parse::<CameraId>().ok().map(|camera| camera.0), Some(id.0));
    }
    if let Some(column) = Column::parse(text) {
        assert_eq!(Column::parse(column.header_zh()), Some(column));
    }
    number_pattern(text);
    regions(text);
}

/// A pattern takes both numbers and adds nothing of its own.
fn number_pattern(text: &str) {
    let Ok(pattern) = NumberPattern::parse(text) else { return };
    let number = pattern.number(2026, 71);
    assert!(text.chars().count() <= PATTERN_CHARS_MAX && !number.contains(['{', '}']), "{number:?}");
    assert_eq!(number, text.replace("{year}", "2026").replace("{n}", "71"));
}

/// What a text names is of the level asked for and bears the name.
fn regions(text: &str) {
    let regions = jiangxi_regions();
    for level in [RegionLevel::Province, RegionLevel::City, RegionLevel::County] {
        for region in named(&regions, level, None, text) {
            let names = [Some(&region.name), Some(&region.short_name), region.gb2260_code.as_ref()];
            assert!(region.level == level && names.into_iter().flatten().any(|name| name == text.trim()));
        }
    }
}
