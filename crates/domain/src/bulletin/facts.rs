//! The material of one bulletin, indexed and found consistent, as the sections read it.

use std::collections::HashSet;

use super::annex::AnnexKind;
use super::draft::{Draft, Slot};
use super::figure::{Origin, Which};
use super::material::{AlarmStatistics, Material};
use super::settings::{AdditionPlace, Settings};
use super::{BulletinError, ParagraphKind};
use crate::beijing;
use crate::category::{CATEGORIES, Category};
use crate::figures::{Dimension, Figures, Measure, Ratio, city_regions};
use crate::plan::Overdue;

pub struct Facts<'a> {
    pub material: &'a Material<'a>,
    pub settings: &'a Settings,
    pub figures: Figures,
    /// Figures of the compared snapshot.
    pub before: Option<Figures>,
}

impl<'a> Facts<'a> {
    pub fn of(material: &'a Material<'a>, settings: &'a Settings) -> Result<Self, BulletinError> {
        check_cities(material)?;
        let figures = Figures::new(material.cells);
        if material.compared.is_some_and(|compared| compared.as_of >= material.as_of) {
            return Err(BulletinError::ComparedNotBefore);
        }
        let before = material.compared.map(|compared| Figures::new(compared.cells));
        if let Some(alarms) = material.alarms {
            check_alarms(alarms, material)?;
        }
        let facts = Self { material, settings, figures, before };
        facts.check_provenance()?;
        facts.check_annexes()?;
        Ok(facts)
    }

    pub fn ratio(&self, measure: Measure, dimension: &Dimension) -> Ratio {
        self.figures.ratio(measure, dimension)
    }

    /// Units counted by a measure in every category of the register, those that have only a deadline included.
    pub fn of_every_category(&self, measure: Measure) -> u64 {
        CATEGORIES.into_iter().map(|category| self.ratio(measure, &Dimension::of(category)).numerator).sum()
    }

    /// `（详见附件k）`; empty where there is no such annex.
    pub fn see(&self, annex: AnnexKind) -> String {
        self.material.annexes.number(annex).map_or(String::new(), |number| format!("（详见附件{number}）"))
    }

    /// The plan's milestones against this snapshot.
    pub fn milestones(&self) -> Vec<Overdue<'a>> {
        self.material.plan.held_against(&self.figures, self.material.as_of)
    }

    /// The office's own paragraphs of a place.
    pub fn additions(&self, draft: &mut Draft, place: AdditionPlace) {
        for addition in self.settings.additions.iter().filter(|addition| addition.place == place) {
            draft.free(&addition.text);
            draft.end(ParagraphKind::Body);
        }
    }

    /// 截至 the day of the snapshot.
    pub fn as_of_day(&self, draft: &mut Draft) {
        let day = beijing::short_day(beijing::day_of(self.material.as_of));
        draft.day("统计日期", day, Origin::AsOf(Which::Own));
    }

    /// How far a rate has moved since the compared snapshot; nothing where there is none or it had no such units.
    pub fn change(&self, draft: &mut Draft, label: &str, measure: Measure, dimension: Dimension) {
        let (Some(before), Some(compared)) = (&self.before, self.material.compared) else {
            return;
        };
        let (now, then) = (self.ratio(measure, &dimension), before.ratio(measure, &dimension));
        let Some(change) = self.settings.percent_format().change(now, then) else {
            return;
        };
        let nothing = change.points.bytes().all(|one| matches!(one, b'0' | b'.'));
        draft.say(if nothing { "，与" } else { "，较" });
        if compared.published {
            draft.say("上次通报");
        } else {
            let own = beijing::day_of(self.material.as_of);
            let day = beijing::say_day(beijing::day_of(compared.as_of), own);
            draft.day("对比日期", day, Origin::AsOf(Which::Compared));
        }
        if nothing {
            draft.say(if change.direction.is_eq() { "持平" } else { "基本持平" });
            return;
        }
        draft.say(if change.direction.is_gt() { "提高" } else { "下降" });
        draft.points(Slot::new(format!("{label}变化"), measure, dimension, now), then, change.points);
        draft.say("个百分点");
    }

    fn check_provenance(&self) -> Result<(), BulletinError> {
        for counts in self.material.provenance {
            let units = self.of_every_category(counts.measure);
            let counted = counts.sum();
            if counted > units {
                return Err(BulletinError::ProvenanceCount { measure: counts.measure, units, counted });
            }
        }
        Ok(())
    }

    /// An annex that lists units or alarms lists exactly those that the text counts (rule L16).
    fn check_annexes(&self) -> Result<(), BulletinError> {
        let of = |measure, category| self.ratio(measure, &Dimension::of(category));
        let late = self.milestones().into_iter().filter(Overdue::is_late);
        for (annex, units) in [
            (AnnexKind::Universities, of(Measure::Connection, Category::University).denominator),
            (AnnexKind::TeachingPointHosts, of(Measure::Connection, Category::TeachingPointHost).denominator),
            (AnnexKind::Overdue, late.map(|late| late.not_connected).sum()),
            (AnnexKind::Unattended, self.ratio(Measure::Unattended, &Dimension::default()).numerator),
            (AnnexKind::Alarms, self.material.alarms.map_or(0, |alarms| alarms.late)),
        ] {
            let rows = self.material.annexes.rows(annex);
            if rows.is_some_and(|rows| rows != units) {
                return Err(BulletinError::AnnexRows { annex, units, rows: rows.unwrap_or_default() });
            }
        }
        Ok(())
    }
}

fn check_cities(material: &Material<'_>) -> Result<(), BulletinError> {
    let cities: HashSet<_> = city_regions(material.regions).iter().map(|city| city.id).collect();
    for cell in material.cells.iter().filter(|cell| cell.total > 0) {
        match cell.city_id {
            Some(city_id) if !cities.contains(&city_id) => {
                return Err(BulletinError::UnknownCity { city_id, units: cell.total });
            }
            _ => {}
        }
    }
    Ok(())
}

fn check_alarms(alarms: &AlarmStatistics, material: &Material<'_>) -> Result<(), BulletinError> {
    let fault = match alarms {
        _ if alarms.from >= alarms.until => "the period is empty",
        _ if alarms.until > material.as_of => "the period ends after the as-of time of the snapshot",
        _ if alarms.late > alarms.raised => "more alarms are late than were raised",
        _ if alarms.open > alarms.late => "more late alarms are open than are late",
        _ => return Ok(()),
    };
    Err(BulletinError::Alarms(fault))
}
