//! Certificates of the people on duty: 消防设施操作员 (fire facility operator), its level, direction, day of expiry, and what the official
//! query answered. A number alone proves nothing: bought ones exist (a case in Beijing), so the query has a result and a date.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::words::words;

/// A certificate that ends within this many days is told of (M03).
pub const ENDS_SOON_DAYS: i64 = 30;
/// A query counts for this long; afterwards the register may have changed.
pub const QUERY_HOLDS_DAYS: i64 = 366;

/// Level of the national vocational standard 消防设施操作员, lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificateLevel {
    /// 五级（初级工）
    Five,
    /// 四级（中级工): the least for a control room (中小学校、幼儿园消防安全十项规定)
    Four,
    /// 三级（高级工）
    Three,
    /// 二级（技师）
    Two,
    /// 一级（高级技师）
    One,
}

/// What the holder learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificateDirection {
    /// 消防设施监控操作
    Monitoring,
    /// 消防设施检测维修保养
    Maintenance,
}

/// What the official query answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificateQuery {
    /// 未查询
    NotAsked,
    /// 查询属实
    Confirmed,
    /// 查无此证
    NotFound,
}

words! { CertificateLevel:
    Five = "five", "五级（初级工）", "Level 5";
    Four = "four", "四级（中级工）", "Level 4";
    Three = "three", "三级（高级工）", "Level 3";
    Two = "two", "二级（技师）", "Level 2";
    One = "one", "一级（高级技师）", "Level 1";
}

words! { CertificateDirection:
    Monitoring = "monitoring", "消防设施监控操作", "Monitoring";
    Maintenance = "maintenance", "消防设施检测维修保养", "Inspection and maintenance";
}

words! { CertificateQuery:
    NotAsked = "not_asked", "未查询", "Not asked";
    Confirmed = "confirmed", "查询属实", "Confirmed";
    NotFound = "not_found", "查无此证", "Not found";
}

/// A certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// As printed.
    pub number: String,
    /// Level.
    pub level: CertificateLevel,
    /// Direction.
    pub direction: CertificateDirection,
    /// Last day on which it counts; none for one without an end.
    pub valid_until: Option<Date>,
    /// What the official query answered.
    pub query: CertificateQuery,
    /// On which day.
    pub queried_on: Option<Date>,
}

/// What a certificate is worth on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificateStanding {
    /// 有效
    Good,
    /// 临近到期
    EndsSoon,
    /// 待查验: counts, and nobody has asked the register, or too long ago.
    Unchecked,
    /// 已过期
    Expired,
    /// 等级不足
    TooLow,
    /// 方向不符
    WrongDirection,
    /// 查无此证
    NotFound,
    /// 无证
    Missing,
}

words! { CertificateStanding:
    Good = "good", "有效", "Good";
    EndsSoon = "ends_soon", "临近到期", "Ends soon";
    Unchecked = "unchecked", "待查验", "Not checked";
    Expired = "expired", "已过期", "Expired";
    TooLow = "too_low", "等级不足", "Level too low";
    WrongDirection = "wrong_direction", "方向不符", "Wrong direction";
    NotFound = "not_found", "查无此证", "Not found";
    Missing = "missing", "无证", "No certificate";
}

impl CertificateStanding {
    /// Whether its holder counts as qualified for a shift.
    pub fn counts(self) -> bool {
        matches!(self, Self::Good | Self::EndsSoon | Self::Unchecked)
    }
}

/// What a certificate is worth on `day` where `needed` is the least level. The worst is said first.
pub fn standing(
    certificate: Option<&Certificate>,
    needed: CertificateLevel,
    day: Date,
) -> CertificateStanding {
    use CertificateStanding as S;
    let Some(one) = certificate else { return S::Missing };
    let days_until = |end: Date| i64::from(day.until(end).map_or(0, |span| span.get_days()));
    let days_since_query = one.queried_on.map_or(i64::MAX, |asked| -days_until(asked));
    match one {
        _ if one.query == CertificateQuery::NotFound => S::NotFound,
        _ if one.valid_until.is_some_and(|end| end < day) => S::Expired,
        _ if one.direction != CertificateDirection::Monitoring => S::WrongDirection,
        _ if one.level < needed => S::TooLow,
        _ if one.query == CertificateQuery::NotAsked || days_since_query > QUERY_HOLDS_DAYS => S::Unchecked,
        _ if one.valid_until.is_some_and(|end| days_until(end) <= ENDS_SOON_DAYS) => S::EndsSoon,
        _ => S::Good,
    }
}

/// The last day on which a certificate makes its holder count on a roster where `needed` is the least level; none where it never does.
pub fn counts_until(certificate: Option<&Certificate>, needed: CertificateLevel) -> Option<Date> {
    let one = certificate?;
    let end = one.valid_until.unwrap_or(Date::MAX);
    standing(certificate, needed, end).counts().then_some(end)
}

/// Whether a number may be one: 6 to 32 letters and digits. The forms of different years differ, so nothing more is asked.
pub fn is_number(text: &str) -> bool {
    (6..=32).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn certificate() -> Certificate {
        Certificate {
            number: "2136003000400123".to_owned(),
            level: CertificateLevel::Four,
            direction: CertificateDirection::Monitoring,
            valid_until: Some(date(2027, 6, 30)),
            query: CertificateQuery::Confirmed,
            queried_on: Some(date(2026, 9, 1)),
        }
    }

    #[test]
    fn a_certificate_counts_to_its_last_day_or_never() {
        let one = Certificate {
            number: "1936003000400001".to_owned(),
            level: CertificateLevel::Four,
            direction: CertificateDirection::Monitoring,
            valid_until: Some(jiff::civil::date(2027, 3, 1)),
            query: CertificateQuery::Confirmed,
            queried_on: None,
        };
        let until = |one: &Certificate| counts_until(Some(one), CertificateLevel::Four);
        assert_eq!(until(&one), one.valid_until);
        assert_eq!(until(&Certificate { valid_until: None, ..one.clone() }), Some(Date::MAX));
        assert_eq!(until(&Certificate { level: CertificateLevel::Five, ..one.clone() }), None);
        assert_eq!(until(&Certificate { query: CertificateQuery::NotFound, ..one }), None);
        assert_eq!(counts_until(None, CertificateLevel::Four), None);
    }

    #[test]
    fn what_a_certificate_is_worth() {
        use CertificateStanding as S;
        let day = date(2026, 11, 30);
        let changed = |change: fn(&mut Certificate)| {
            let mut one = certificate();
            change(&mut one);
            standing(Some(&one), CertificateLevel::Four, day)
        };
        assert_eq!(standing(None, CertificateLevel::Four, day), S::Missing);
        assert_eq!(changed(|_| ()), S::Good);
        assert_eq!(changed(|one| one.valid_until = None), S::Good);
        assert_eq!(changed(|one| one.valid_until = Some(date(2026, 12, 30))), S::EndsSoon);
        assert_eq!(changed(|one| one.valid_until = Some(date(2026, 12, 31))), S::Good);
        assert_eq!(
            changed(|one| one.valid_until = Some(date(2026, 11, 30))),
            S::EndsSoon,
            "its last day counts"
        );
        assert_eq!(changed(|one| one.valid_until = Some(date(2026, 11, 29))), S::Expired);
        assert_eq!(changed(|one| one.level = CertificateLevel::Five), S::TooLow);
        assert_eq!(changed(|one| one.level = CertificateLevel::One), S::Good);
        assert_eq!(changed(|one| one.direction = CertificateDirection::Maintenance), S::WrongDirection);
        assert_eq!(changed(|one| one.query = CertificateQuery::NotAsked), S::Unchecked);
        assert_eq!(
            changed(|one| one.queried_on = Some(date(2025, 11, 1))),
            S::Unchecked,
            "asked too long ago"
        );
        assert_eq!(changed(|one| one.query = CertificateQuery::NotFound), S::NotFound);
        assert!(!S::NotFound.counts() && S::Unchecked.counts());
    }

    #[test]
    fn numbers() {
        assert!(is_number("2136003000400123") && is_number("A12345"));
        for wrong in ["", "12345", "2136-0030", "证1234567", &"1".repeat(33)] {
            assert!(!is_number(wrong), "{wrong:?}");
        }
    }
}
