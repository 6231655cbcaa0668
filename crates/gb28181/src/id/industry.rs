//! Digits 9 and 10 of an id: whose device it is (annex E, table E.2).

/// The industry of an id, coarse where the standard has many numbers for one sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Industry {
    /// 00: public security, roads.
    Road,
    /// 01: public security, communities.
    Community,
    /// 02: public security, internal premises.
    InternalPremises,
    /// 03: other public security.
    OtherPublicSecurity,
    /// 04 to 07: traffic.
    Traffic,
    /// 08: city management.
    CityManagement,
    /// 09: health and environment.
    HealthEnvironment,
    /// 10: customs.
    Customs,
    /// 11: education departments; 55 in the 2022 edition is the section "education" of GB/T 4754.
    Education,
    /// 12: civil aviation.
    Aviation,
    /// 13: railways.
    Rail,
    /// 14: shipping.
    Shipping,
    /// 40 to 59 without 55: a section of GB/T 4754 (2022) or an enterprise (2016, up to 55).
    Section,
    /// 90 to 99: own use.
    OwnUse,
    /// Reserved numbers.
    Reserved,
}

/// What an industry number means.
///
/// 55 was an enterprise's number in the 2016 edition; it is read as education, because the point of reading it is to let schools in.
pub fn industry(code: u8) -> Industry {
    match code {
        0 => Industry::Road,
        1 => Industry::Community,
        2 => Industry::InternalPremises,
        3 => Industry::OtherPublicSecurity,
        4..=7 => Industry::Traffic,
        8 => Industry::CityManagement,
        9 => Industry::HealthEnvironment,
        10 => Industry::Customs,
        11 | 55 => Industry::Education,
        12 => Industry::Aviation,
        13 => Industry::Rail,
        14 => Industry::Shipping,
        40..=59 => Industry::Section,
        90..=99 => Industry::OwnUse,
        _ => Industry::Reserved,
    }
}
