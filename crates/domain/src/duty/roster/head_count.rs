//! How many people have to be in a duty room at once, and by which rule.
//!
//! Two by the national standard; some provinces allow one where a room is connected to remote monitoring, under conditions of their own. So
//! it is a setting of each region and kind of room that always names its legal basis, and one person is never the default.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::ids::{RegionId, UnitId};
use crate::words::words;

/// Most people that a rule may ask for; the room's camera cannot count more with certainty.
pub const PEOPLE_MAX: u8 = 5;

/// What kind of duty room it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomKind {
    /// Of a third party that does duty for many units.
    Organisation,
    /// A fire control room inside a unit.
    FireControl,
    /// A unit's own duty room.
    Unit,
}

words! { RoomKind:
    Organisation = "organisation", "值守机构值班室", "Duty room of an organisation";
    FireControl = "fire_control", "单位消防控制室", "Fire control room of a unit";
    Unit = "unit", "单位值班室", "Duty room of a unit";
}

impl RoomKind {
    /// Whether a room of this kind that stands in one unit does the duty of a unit that its organisation has a contract with: an
    /// organisation's own does it for all of them, another one for the unit that it stands in.
    pub fn serves(self, stands_in: UnitId, unit: UnitId) -> bool {
        self == Self::Organisation || stands_in == unit
    }
}

/// By which rule so many people are required.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegalBasis {
    /// GB 25201—2010: at least two a shift.
    Gb25201,
    /// Decree 5 of the Ministry of Emergency Management, art. 26, high-rise buildings: at least two a shift.
    Decree5,
    /// 中小学校、幼儿园消防安全十项规定: two round the clock.
    TenRules,
    /// A provincial rule that allows one person where the room is connected to remote monitoring. Its title has to be named.
    Provincial,
    /// More than the law asks for, by contract or by an order of the regulator.
    Stricter,
}

words! { LegalBasis:
    Gb25201 = "gb_25201", "GB 25201—2010", "GB 25201—2010";
    Decree5 = "decree_5", "应急管理部令第5号第二十六条", "Decree 5 of the Ministry of Emergency Management, art. 26";
    TenRules = "ten_rules", "中小学校、幼儿园消防安全十项规定", "Ten rules for fire safety in schools and kindergartens";
    Provincial = "provincial", "省级规定（远程监控单人值班）", "Provincial rule on single-person duty";
    Stricter = "stricter", "严于法定要求", "Stricter than the law";
}

impl LegalBasis {
    /// The fewest people that this rule can ask for.
    pub fn people_min(self) -> u8 {
        match self {
            Self::Gb25201 | Self::Decree5 | Self::TenRules | Self::Stricter => 2,
            Self::Provincial => 1,
        }
    }
}

/// How many people, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadCount {
    /// People who have to be there at once, 1 to [`PEOPLE_MAX`].
    pub people: u8,
    /// By which rule.
    pub basis: LegalBasis,
}

/// What holds where nobody said otherwise.
pub const DEFAULT: HeadCount = HeadCount { people: 2, basis: LegalBasis::Gb25201 };

/// The head-count of one region and kind of room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadCountRule {
    region_id: RegionId,
    room: RoomKind,
    head_count: HeadCount,
    document: String,
}

/// What is wrong with a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum HeadCountError {
    /// None, or more than can be counted.
    #[error("a duty room needs 1 to {PEOPLE_MAX} people, not {0}")]
    People(u8),
    /// The rule named does not allow so few.
    #[error("{} asks for at least {} people, not {}", .basis.name_en(), .basis.people_min(), .people)]
    TooFewFor {
        /// The rule.
        basis: LegalBasis,
        /// People asked for.
        people: u8,
    },
    /// A provincial rule or a stricter order without its title.
    #[error("name the document that sets this head-count")]
    DocumentMissing,
}

impl HeadCountRule {
    /// A rule; `document` is the title and clause of what sets it, which may be blank where the basis says all.
    pub fn new(
        region_id: RegionId,
        room: RoomKind,
        head_count: HeadCount,
        document: &str,
    ) -> Result<Self, HeadCountError> {
        let HeadCount { people, basis } = head_count;
        if people == 0 || people > PEOPLE_MAX {
            return Err(HeadCountError::People(people));
        }
        if people < basis.people_min() {
            return Err(HeadCountError::TooFewFor { basis, people });
        }
        let needs_title = matches!(basis, LegalBasis::Provincial | LegalBasis::Stricter);
        if needs_title && document.trim().is_empty() {
            return Err(HeadCountError::DocumentMissing);
        }
        Ok(Self { region_id, room, head_count, document: document.trim().to_owned() })
    }

    /// For which region.
    pub fn region_id(&self) -> RegionId {
        self.region_id
    }

    /// For which kind of room.
    pub fn room(&self) -> RoomKind {
        self.room
    }

    /// How many people, and why.
    pub fn head_count(&self) -> HeadCount {
        self.head_count
    }

    /// Title and clause of the document; blank where the basis says all.
    pub fn document(&self) -> &str {
        &self.document
    }
}

/// The head-count of a room whose region lies in `path`, the nearest region first (county, city, province): the nearest region with a rule
/// for this kind of room decides, [`DEFAULT`] where none has one.
pub fn required(rules: &[HeadCountRule], path: &[RegionId], room: RoomKind) -> HeadCount {
    let rule_of =
        |region: &RegionId| rules.iter().find(|rule| rule.region_id == *region && rule.room == room);
    path.iter().find_map(rule_of).map_or(DEFAULT, |rule| rule.head_count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region(n: u128) -> RegionId {
        RegionId(uuid::Uuid::from_u128(n))
    }

    fn rule(n: u128, room: RoomKind, people: u8) -> HeadCountRule {
        let basis = if people == 1 { LegalBasis::Provincial } else { LegalBasis::Stricter };
        HeadCountRule::new(region(n), room, HeadCount { people, basis }, "省消防条例").unwrap()
    }

    #[test]
    fn two_by_the_standard_unless_a_nearer_region_says_otherwise() {
        let (county, city, province) = (region(3), region(2), region(1));
        let path = [county, city, province];
        let rules = [
            rule(1, RoomKind::Organisation, 1),
            rule(2, RoomKind::Organisation, 3),
            rule(3, RoomKind::FireControl, 4),
        ];
        for (rules, path, room, people) in [
            (&rules[..0], &path[..], RoomKind::Organisation, 2),
            (&rules[..], &path[..], RoomKind::Organisation, 3),
            (&rules[..], &path[2..], RoomKind::Organisation, 1),
            (&rules[..], &path[..], RoomKind::FireControl, 4),
            (&rules[..], &path[..], RoomKind::Unit, 2),
        ] {
            assert_eq!(required(rules, path, room).people, people, "{room:?} {path:?}");
        }
        assert_eq!(required(&[], &path, RoomKind::Unit).basis, LegalBasis::Gb25201);
    }

    #[test]
    fn one_person_needs_a_provincial_rule_with_its_title() {
        let new = |people, basis, title| {
            HeadCountRule::new(region(1), RoomKind::Unit, HeadCount { people, basis }, title)
        };
        for basis in LegalBasis::ALL {
            let one = new(1, basis, "title");
            assert_eq!(one.is_ok(), basis == LegalBasis::Provincial, "{basis:?}");
            assert!(one.is_ok() || one == Err(HeadCountError::TooFewFor { basis, people: 1 }));
            assert_eq!(new(0, basis, "title"), Err(HeadCountError::People(0)));
            assert_eq!(new(6, basis, "title"), Err(HeadCountError::People(6)));
        }
        assert_eq!(new(1, LegalBasis::Provincial, " "), Err(HeadCountError::DocumentMissing));
        assert_eq!(new(3, LegalBasis::Stricter, ""), Err(HeadCountError::DocumentMissing));
        assert_eq!(new(2, LegalBasis::TenRules, "").unwrap().document(), "");
    }
}
