//! Transmission devices as people enter, read, place and remove them.

use domain::ids::{CameraId, ComponentId, TransmitterId, UnitId};
use domain::role::Capability;
use gb26875::Address;
use store::{
    ComponentFilter, ComponentRow, FacilityEvent, FacilityEventFilter, Page, PageAsk, TransmitterFilter,
    TransmitterRecord, TransmitterRow,
};

use crate::access::camera::wrong_name;
use crate::audit::Object;
use crate::events::Event;
use crate::{Ask, FieldError, Platform, PlatformError};

const NAME_LEN_MAX: usize = 100;

/// A device to enter. Whoever enters an address that knocks approves it.
#[derive(Debug, Clone)]
pub struct NewTransmitter {
    /// Unit it belongs to.
    pub unit_id: UnitId,
    /// Its address: 12 hexadecimal digits, high byte first.
    pub address: String,
    /// Name for people.
    pub name: String,
    /// True for a simulated device of a demonstration.
    pub simulated: bool,
}

/// Changes to a device; none leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct TransmitterEdit {
    /// Unit it belongs to.
    pub unit_id: Option<UnitId>,
    /// Name for people.
    pub name: Option<String>,
    /// Switched off: what it sends is denied.
    pub disabled: Option<bool>,
}

/// Where a component is.
#[derive(Debug, Clone, Default)]
pub struct ComponentPlace {
    /// In words; empty: as the panel says.
    pub place: String,
    /// Cameras that see it, the best one first.
    pub cameras: Vec<CameraId>,
}

/// A device with whether it is connected now.
#[derive(Debug, Clone)]
pub struct TransmitterView {
    /// The row.
    pub row: TransmitterRow,
    /// Whether orders reach it now, as far as this process knows.
    pub is_connected: bool,
}

impl Platform {
    /// Devices in the asker's reach.
    pub async fn transmitters(
        &self,
        ask: &Ask,
        filter: &TransmitterFilter,
        page: &PageAsk,
    ) -> Result<Page<TransmitterView>, PlatformError> {
        ask.access.need(Capability::SeeCameras)?;
        let rows = self.inner.store.transmitters(&ask.access, filter, page).await?;
        Ok(Page { items: rows.items.into_iter().map(|row| self.view_of(row)).collect(), next: rows.next })
    }

    /// One device.
    pub async fn transmitter(&self, ask: &Ask, id: TransmitterId) -> Result<TransmitterView, PlatformError> {
        ask.access.need(Capability::SeeCameras)?;
        Ok(self.view_of(self.inner.store.transmitter(&ask.access, id).await?))
    }

    /// Enters a device, so that what it sends is taken.
    pub async fn add_transmitter(
        &self,
        ask: &Ask,
        new: NewTransmitter,
    ) -> Result<TransmitterView, PlatformError> {
        ask.access.need(Capability::ManageCameras)?;
        let mut wrong = wrong_name(&new.name);
        let address = new.address.trim().parse::<Address>();
        if let Err(error) = &address {
            wrong.push(FieldError { field: "address", code: "invalid", message: error.to_string() });
        }
        let (Ok(address), true) = (address, wrong.is_empty()) else {
            return Err(PlatformError::Invalid(wrong));
        };
        let record = TransmitterRecord {
            id: TransmitterId(self.inner.surroundings.id(ask.now)),
            unit_id: new.unit_id,
            address: address.to_string(),
            name: new.name.trim().to_owned(),
            disabled: false,
            simulated: new.simulated,
            created_at: ask.now,
        };
        self.inner.store.add_transmitter(&ask.access, &record, ask.access.user_id, ask.now).await?;
        self.audit(ask, "transmitter_add", object(&record), "ok", Some(record.address.clone())).await?;
        self.changed().await?;
        self.transmitter(ask, record.id).await
    }

    /// Changes a device; its connection ends and it has to connect anew.
    pub async fn edit_transmitter(
        &self,
        ask: &Ask,
        id: TransmitterId,
        edit: TransmitterEdit,
    ) -> Result<TransmitterView, PlatformError> {
        ask.access.need(Capability::ManageCameras)?;
        let mut record = self.inner.store.transmitter(&ask.access, id).await?.transmitter;
        if let Some(name) = &edit.name {
            name.trim().clone_into(&mut record.name);
        }
        let wrong = wrong_name(&record.name);
        if !wrong.is_empty() {
            return Err(PlatformError::Invalid(wrong));
        }
        record.unit_id = edit.unit_id.unwrap_or(record.unit_id);
        record.disabled = edit.disabled.unwrap_or(record.disabled);
        self.inner.store.update_transmitter(&ask.access, &record, ask.access.user_id, ask.now).await?;
        self.audit(ask, "transmitter_edit", object(&record), "ok", None).await?;
        self.changed().await?;
        self.transmitter(ask, id).await
    }

    /// Removes a device; what it told stays.
    pub async fn remove_transmitter(&self, ask: &Ask, id: TransmitterId) -> Result<(), PlatformError> {
        ask.access.need(Capability::ManageCameras)?;
        let record = self.inner.store.transmitter(&ask.access, id).await?.transmitter;
        self.inner.store.remove_transmitter(&ask.access, id, ask.now).await?;
        self.audit(ask, "transmitter_remove", object(&record), "ok", Some(record.address.clone())).await?;
        self.changed().await
    }

    /// Components of a device, in the order of their addresses.
    pub async fn components(
        &self,
        ask: &Ask,
        id: TransmitterId,
        filter: ComponentFilter,
        page: &PageAsk,
    ) -> Result<Page<ComponentRow>, PlatformError> {
        ask.access.need(Capability::SeeCameras)?;
        self.inner.store.transmitter(&ask.access, id).await?;
        Ok(self.inner.store.components(&ask.access, id, filter, page).await?)
    }

    /// Says where a component is and which cameras see that place.
    pub async fn place_component(
        &self,
        ask: &Ask,
        id: ComponentId,
        place: &ComponentPlace,
    ) -> Result<ComponentRow, PlatformError> {
        ask.access.need(Capability::ManageCameras)?;
        let words = place.place.trim();
        if words.chars().count() > NAME_LEN_MAX || words.chars().any(char::is_control) {
            return Err(PlatformError::field("place", "invalid", "at most 100 characters"));
        }
        let component = self.inner.store.component(&ask.access, id).await?;
        let row = self.inner.store.transmitter(&ask.access, component.transmitter_id).await?;
        let given = Some(words).filter(|words| !words.is_empty());
        self.inner.store.place_component(&ask.access, id, given, &place.cameras, ask.access.user_id).await?;
        self.audit(ask, "component_place", object(&row.transmitter), "ok", Some(words.to_owned())).await?;
        Ok(self.inner.store.component(&ask.access, id).await?)
    }

    /// What devices in the asker's reach told, newest first.
    pub async fn facility_events(
        &self,
        ask: &Ask,
        filter: &FacilityEventFilter,
        page: &PageAsk,
    ) -> Result<Page<FacilityEvent>, PlatformError> {
        ask.access.need(Capability::SeeAlarms)?;
        Ok(self.inner.store.facility_events(&ask.access, filter, page).await?)
    }

    async fn changed(&self) -> Result<(), PlatformError> {
        self.read_transmitters().await?;
        self.inner.events.publish(Event::Facilities);
        Ok(())
    }

    fn view_of(&self, row: TransmitterRow) -> TransmitterView {
        let is_connected = self.inner.transmitters.line(row.transmitter.id).is_some();
        TransmitterView { row, is_connected }
    }
}

fn object(record: &TransmitterRecord) -> Object {
    Object {
        kind: "transmitter",
        id: Some(record.id.to_string()),
        name: Some(record.name.clone()),
        unit_id: Some(record.unit_id),
    }
}
