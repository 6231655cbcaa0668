//! Whom a bulletin concerns: the parties that are asked before, and the addressees it is sent to.
//!
//! Parties are the city-level regions that have a figure in the text, and the units the text names – by their county, or themselves
//! where they belong to no city. Addressees are all city-level regions, the counties of named units, and the universities and
//! advanced-study colleges themselves where the address line speaks of them (R1).

use std::collections::BTreeSet;

use domain::access::{Access, Subtree};
use domain::bulletin::{self, Bulletin, Settings};
use domain::category::Category;
use domain::figures::{Measure, city_regions};
use domain::ids::SnapshotId;
use store::{FigureFilter, FigureValue, FrozenUnit, Recipient, Snapshot};

use crate::{Platform, PlatformError};

/// Units of one category that may be addressed or named.
const UNITS_MAX: usize = 5000;
/// How address lines speak of a category whose units are addressed themselves.
const ADDRESSED: [(&str, Category); 2] =
    [("高校", Category::University), ("专修学院", Category::AdvancedStudyCollege)];

impl Platform {
    /// Who is asked about a draft.
    pub(super) async fn parties(
        &self,
        snapshot: &Snapshot,
        written: &Bulletin,
    ) -> Result<Vec<Recipient>, PlatformError> {
        let regions = self.inner.store.regions(&Access::PLATFORM).await?;
        let with_figure: BTreeSet<_> = written.figures.iter().filter_map(|figure| figure.city_id).collect();
        let cities = city_regions(&regions).into_iter().filter(|city| with_figure.contains(&city.id));
        let mut parties: Vec<Recipient> = cities
            .map(|city| Recipient { party: Subtree::Region(city.id), name: city.name.clone() })
            .collect();
        add_new(&mut parties, self.named_units(snapshot, written).await?.iter().map(of_unit));
        Ok(parties)
    }

    /// Whom an approved bulletin is sent to.
    pub(super) async fn addressees(
        &self,
        snapshot: &Snapshot,
        written: &Bulletin,
        settings: &Settings,
    ) -> Result<Vec<Recipient>, PlatformError> {
        let regions = self.inner.store.regions(&Access::PLATFORM).await?;
        let cities = city_regions(&regions).into_iter();
        let mut addressees: Vec<Recipient> = cities
            .map(|city| Recipient { party: Subtree::Region(city.id), name: city.name.clone() })
            .collect();
        add_new(&mut addressees, self.named_units(snapshot, written).await?.iter().map(of_unit));
        for (word, category) in ADDRESSED {
            if settings.addressees.contains(word) {
                let units = self.units_of(snapshot.id, category).await?;
                add_new(&mut addressees, units.iter().map(itself));
            }
        }
        Ok(addressees)
    }

    /// The units that the text names.
    async fn named_units(
        &self,
        snapshot: &Snapshot,
        written: &Bulletin,
    ) -> Result<Vec<FrozenUnit>, PlatformError> {
        let mut named = Vec::new();
        for category in bulletin::named_categories() {
            let units = self.units_of(snapshot.id, category).await?;
            named.extend(units.into_iter().filter(|row| written.text.contains(&row.unit.name)));
        }
        Ok(named)
    }

    async fn units_of(&self, id: SnapshotId, category: Category) -> Result<Vec<FrozenUnit>, PlatformError> {
        let filter = FigureFilter {
            category: Some(category),
            value: FigureValue::All,
            ..FigureFilter::all(Measure::Connection)
        };
        Ok(self.inner.store.snapshot_unit_list(&Access::PLATFORM, id, &filter, UNITS_MAX).await?)
    }
}

/// The office that answers for a unit: its county, its city, or the unit itself.
fn of_unit(row: &FrozenUnit) -> Recipient {
    match row.county.as_ref().or(row.city.as_ref()) {
        Some((id, name)) => Recipient { party: Subtree::Region(*id), name: name.clone() },
        None => itself(row),
    }
}

fn itself(row: &FrozenUnit) -> Recipient {
    Recipient { party: Subtree::Unit(row.unit.id), name: row.unit.name.clone() }
}

/// Everybody once.
fn add_new(list: &mut Vec<Recipient>, more: impl Iterator<Item = Recipient>) {
    for one in more {
        if !list.iter().any(|known| known.party == one.party) {
            list.push(one);
        }
    }
}
