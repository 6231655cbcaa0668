//! How many people a region asks for in its duty rooms, with the rule that says so.

use domain::duty::roster::{HeadCount, HeadCountRule, LegalBasis, RoomKind};
use domain::ids::RegionId;
use domain::role::Capability;

use crate::audit::Object;
use crate::events::Event;
use crate::organisations::remark;
use crate::{Ask, Platform, PlatformError};

/// A head-count as an office sets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadCountWish {
    /// For which region and everything below that has none of its own.
    pub region_id: RegionId,
    /// For which kind of room.
    pub kind: RoomKind,
    /// People at once.
    pub people: u8,
    /// By which rule.
    pub basis: LegalBasis,
    /// Title and clause of the document; may be empty where the basis says all.
    pub document: String,
}

impl Platform {
    /// Every rule.
    pub async fn head_count_rules(&self, ask: &Ask) -> Result<Vec<HeadCountRule>, PlatformError> {
        ask.access.need(Capability::SeeDutyRooms)?;
        Ok(self.inner.store.head_count_rules(&ask.access).await?)
    }

    /// Sets a rule.
    pub async fn set_head_count(&self, ask: &Ask, wish: HeadCountWish) -> Result<(), PlatformError> {
        ask.access.need(Capability::SetHeadCounts)?;
        let head_count = HeadCount { people: wish.people, basis: wish.basis };
        let document = remark("document", &wish.document)?.unwrap_or_default();
        let rule = HeadCountRule::new(wish.region_id, wish.kind, head_count, &document).map_err(|error| {
            use domain::duty::roster::HeadCountError as E;
            let (field, code) = match error {
                E::People(_) => ("people", "out_of_range"),
                E::TooFewFor { .. } => ("people", "too_few"),
                E::DocumentMissing => ("document", "required"),
            };
            PlatformError::field(field, code, error.to_string())
        })?;
        self.inner.store.put_head_count(&ask.access, &rule, ask.now).await?;
        let said =
            format!("{} {} {} {}", wish.kind.as_str(), wish.people, wish.basis.as_str(), rule.document());
        self.audit(ask, "head_count_set", region_object(wish.region_id), "ok", Some(said)).await?;
        self.inner.events.publish(Event::Duty);
        Ok(())
    }

    /// Takes a rule away; the next one above holds again.
    pub async fn drop_head_count(
        &self,
        ask: &Ask,
        region: RegionId,
        kind: RoomKind,
    ) -> Result<(), PlatformError> {
        ask.access.need(Capability::SetHeadCounts)?;
        self.inner.store.drop_head_count(&ask.access, region, kind).await?;
        self.audit(ask, "head_count_drop", region_object(region), "ok", Some(kind.as_str().to_owned()))
            .await?;
        self.inner.events.publish(Event::Duty);
        Ok(())
    }
}

fn region_object(id: RegionId) -> Object {
    Object { kind: "region", id: Some(id.to_string()), name: None, unit_id: None }
}
