//! Camera rows: adding, changing, removing, and reading them together with the state of their stream.

use domain::camera::CameraState;
use domain::ids::{CameraId, UnitId};
use domain::place::PlaceType;
use domain::role::Capability;
use jiff::Timestamp;
use media::RtspUrl;
use media::onvif::OnvifAddress;
use store::{CameraFilter, CameraRecord, CameraRow, CameraSource, Page, PageAsk};

use super::running::Health;
use crate::audit::Object;
use crate::recording::RecordingState;
use crate::{Ask, FieldError, Platform, PlatformError};

const NAME_LEN_MAX: usize = 100;
const USER_NAME_LEN_MAX: usize = 100;
const PASSWORD_LEN_MAX: usize = 200;

/// A camera to add.
#[derive(Debug, Clone)]
pub struct NewCamera {
    /// Unit it stands in.
    pub unit_id: UnitId,
    /// Name for people.
    pub name: String,
    /// Where it looks.
    pub place_type: PlaceType,
    /// `rtsp://host[:port]/path`; credentials inside are split off.
    pub address: String,
    /// Address of the sub-stream at the same host; empty: it has none.
    pub sub_address: Option<String>,
    /// Where it answers ONVIF, at the same host; empty: it is looked for there.
    pub onvif_address: Option<String>,
    /// Video account.
    pub user_name: Option<String>,
    /// Its password.
    pub password: Option<String>,
    /// Whether the watch looks at it.
    pub watch_enabled: bool,
    /// Whether it is recorded; none: as the configuration says.
    pub is_recorded: Option<bool>,
    /// True for a simulated camera of a demonstration.
    pub simulated: bool,
}

/// Changes to a camera; none leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct CameraEdit {
    /// Name for people.
    pub name: Option<String>,
    /// Where it looks.
    pub place_type: Option<PlaceType>,
    /// Address.
    pub address: Option<String>,
    /// Address of the sub-stream; empty removes it.
    pub sub_address: Option<String>,
    /// Address of ONVIF; empty removes it.
    pub onvif_address: Option<String>,
    /// Video account; empty removes it.
    pub user_name: Option<String>,
    /// Password; empty removes it.
    pub password: Option<String>,
    /// Whether the watch looks at it.
    pub watch_enabled: Option<bool>,
    /// Whether it is recorded.
    pub is_recorded: Option<bool>,
    /// Switched off.
    pub disabled: Option<bool>,
}

/// A camera with the state of its stream.
#[derive(Debug, Clone)]
pub struct CameraView {
    /// The row.
    pub camera: CameraRecord,
    /// Name of its unit.
    pub unit_name: String,
    /// State now.
    pub state: CameraState,
    /// Stable code of what is wrong.
    pub reason_code: Option<String>,
    /// What is wrong and what to do, in Chinese.
    pub reason_zh: Option<String>,
    /// The same in English.
    pub reason_en: Option<String>,
    /// Since when.
    pub state_since: Option<Timestamp>,
    /// Counters.
    pub health: Health,
    /// How its recording stands.
    pub recording: RecordingState,
}

impl Platform {
    /// Cameras in the asker's reach.
    pub async fn cameras(
        &self,
        ask: &Ask,
        filter: &CameraFilter,
        page: &PageAsk,
    ) -> Result<Page<CameraView>, PlatformError> {
        ask.access.need(Capability::SeeCameras)?;
        let rows = self.inner.store.cameras(&ask.access, filter, page).await?;
        Ok(Page { items: rows.items.into_iter().map(|row| self.view(row)).collect(), next: rows.next })
    }

    /// One camera.
    pub async fn camera(&self, ask: &Ask, id: CameraId) -> Result<CameraView, PlatformError> {
        ask.access.need(Capability::SeeCameras)?;
        let place = self.inner.store.camera(&ask.access, id).await?;
        Ok(self.view(CameraRow { camera: place.camera, unit_name: place.unit_name, seen: place.seen }))
    }

    /// Adds a camera and starts it.
    pub async fn add_camera(&self, ask: &Ask, new: NewCamera) -> Result<CameraView, PlatformError> {
        ask.access.need(Capability::ManageCameras)?;
        let id = CameraId(self.inner.surroundings.id(ask.now));
        let (address, split) = check(&new.name, new.place_type, &new.address)?;
        let (user_name, password) = split.unwrap_or((new.user_name.clone(), new.password.clone()));
        check_account(user_name.as_deref(), password.as_deref())?;
        let sub_address = checked_sub(&address, new.sub_address.as_deref())?;
        let onvif_address = checked_onvif(&address, new.onvif_address.as_deref())?;
        let record = CameraRecord {
            id,
            unit_id: new.unit_id,
            name: new.name.trim().to_owned(),
            place_type: new.place_type,
            source: CameraSource::Rtsp {
                address: address.clone(),
                sub_address,
                onvif_address,
                user_name: user_name.filter(|name| !name.is_empty()),
                sealed_password: self.seal_password(id, password.as_deref()),
            },
            watch_enabled: new.watch_enabled,
            disabled: false,
            simulated: new.simulated,
            is_recorded: new.is_recorded,
            recorded_since: None,
            created_at: ask.now,
        };
        self.inner.store.add_camera(&ask.access, &record, ask.access.user_id, ask.now).await?;
        self.audit(ask, "camera_add", camera_object(&record), "ok", Some(address)).await?;
        self.start_camera(&record).await?;
        self.camera(ask, id).await
    }

    /// Changes a camera and starts it anew.
    pub async fn edit_camera(
        &self,
        ask: &Ask,
        id: CameraId,
        edit: CameraEdit,
    ) -> Result<CameraView, PlatformError> {
        ask.access.need(Capability::ManageCameras)?;
        let mut record = self.inner.store.camera(&ask.access, id).await?.camera;
        if let Some(name) = &edit.name {
            name.trim().clone_into(&mut record.name);
        }
        record.place_type = edit.place_type.unwrap_or(record.place_type);
        record.source = self.edited_source(&record, &edit)?;
        record.watch_enabled = edit.watch_enabled.unwrap_or(record.watch_enabled);
        record.is_recorded = edit.is_recorded.or(record.is_recorded);
        record.disabled = edit.disabled.unwrap_or(record.disabled);
        self.inner.store.update_camera(&ask.access, &record, ask.access.user_id, ask.now).await?;
        self.audit(ask, "camera_edit", camera_object(&record), "ok", None).await?;
        self.stop_camera(id).await;
        self.start_camera(&record).await?;
        self.camera(ask, id).await
    }

    /// Removes a camera; its alarms stay.
    pub async fn remove_camera(&self, ask: &Ask, id: CameraId) -> Result<(), PlatformError> {
        ask.access.need(Capability::ManageCameras)?;
        let record = self.inner.store.camera(&ask.access, id).await?.camera;
        self.inner.store.remove_camera(&ask.access, id, ask.now).await?;
        self.stop_camera(id).await;
        self.forget_recording(&record);
        self.audit(ask, "camera_remove", camera_object(&record), "ok", None).await
    }

    /// Where the video comes from after the change. An address takes a camera off its channel.
    fn edited_source(&self, record: &CameraRecord, edit: &CameraEdit) -> Result<CameraSource, PlatformError> {
        let (address, sub_address, onvif_address, user_name, sealed_password) =
            match (&record.source, &edit.address) {
                (CameraSource::Channel(id), None) => {
                    refuse_wrong(wrong_fields(&record.name, record.place_type))?;
                    if [&edit.user_name, &edit.password, &edit.sub_address, &edit.onvif_address]
                        .into_iter()
                        .any(Option::is_some)
                    {
                        return Err(PlatformError::field(
                            "address",
                            "invalid",
                            "a channel of a device has neither account nor address",
                        ));
                    }
                    return Ok(CameraSource::Channel(*id));
                }
                (CameraSource::Channel(_), Some(address)) => (address, None, None, None, None),
                (
                    CameraSource::Rtsp { address, sub_address, onvif_address, user_name, sealed_password },
                    wanted,
                ) => (
                    wanted.as_ref().unwrap_or(address),
                    sub_address.as_deref(),
                    onvif_address.as_deref(),
                    user_name.clone(),
                    sealed_password.clone(),
                ),
            };
        let (address, split) = check(&record.name, record.place_type, address)?;
        let (name, secret) = match split {
            Some((name, secret)) => (Some(name.unwrap_or_default()), Some(secret.unwrap_or_default())),
            None => (edit.user_name.clone(), edit.password.clone()),
        };
        check_account(name.as_deref(), secret.as_deref())?;
        let sub_address = checked_sub(&address, edit.sub_address.as_deref().or(sub_address))?;
        let onvif_address = match edit.onvif_address.as_deref() {
            Some(wanted) => checked_onvif(&address, Some(wanted))?,
            // Of another host it was the address of another device.
            None => onvif_address.and_then(|kept| checked_onvif(&address, Some(kept)).ok().flatten()),
        };
        let user_name = name.map_or(user_name, |name| Some(name).filter(|name| !name.is_empty()));
        let sealed_password = match secret.as_deref() {
            None => sealed_password,
            Some("") => None,
            Some(secret) => self.seal_password(record.id, Some(secret)),
        };
        Ok(CameraSource::Rtsp { address, sub_address, onvif_address, user_name, sealed_password })
    }

    fn seal_password(&self, id: CameraId, password: Option<&str>) -> Option<Vec<u8>> {
        password
            .map(|secret| self.inner.seal.close(secret, &id.to_string(), self.inner.surroundings.random()))
    }

    pub(super) fn view(&self, row: CameraRow) -> CameraView {
        let seen = self.seen(row.camera.id, row.camera.disabled);
        CameraView {
            recording: self.recording_state(&row.camera),
            camera: row.camera,
            unit_name: row.unit_name,
            state: seen.state,
            reason_code: seen.reason_code,
            reason_zh: seen.reason_zh,
            reason_en: seen.reason_en,
            state_since: seen.since,
            health: seen.health,
        }
    }
}

pub(crate) fn camera_object(record: &CameraRecord) -> Object {
    Object {
        kind: "camera",
        id: Some(record.id.to_string()),
        name: Some(record.name.clone()),
        unit_id: Some(record.unit_id),
    }
}

type Account = (Option<String>, Option<String>);

/// What is wrong with the name of a camera or a device.
pub(super) fn wrong_name(name: &str) -> Vec<FieldError> {
    let length = name.trim().chars().count();
    if length == 0 || length > NAME_LEN_MAX || name.chars().any(char::is_control) {
        return vec![FieldError {
            field: "name",
            code: "invalid",
            message: "1 to 100 characters".to_owned(),
        }];
    }
    Vec::new()
}

pub(super) fn wrong_fields(name: &str, place: PlaceType) -> Vec<FieldError> {
    let mut wrong = wrong_name(name);
    if place.is_forbidden() {
        let message = format!(
            "no camera may be installed here (State Council Decree 799 art. 8) 依法不得安装：{}",
            place.name_zh()
        );
        wrong.push(FieldError { field: "place_type", code: "forbidden_place", message });
    }
    wrong
}

pub(super) fn refuse_wrong(wrong: Vec<FieldError>) -> Result<(), PlatformError> {
    if wrong.is_empty() { Ok(()) } else { Err(PlatformError::Invalid(wrong)) }
}

/// Checks name, place and address; answers the address without credentials, and the credentials it held.
fn check(name: &str, place: PlaceType, address: &str) -> Result<(String, Option<Account>), PlatformError> {
    let mut wrong = wrong_fields(name, place);
    match RtspUrl::parse(address.trim()) {
        Ok((url, credentials)) if wrong.is_empty() => {
            let account = credentials
                .map(|found| (Some(found.username().to_owned()), Some(found.expose_password().to_owned())));
            Ok((url.as_str().to_owned(), account))
        }
        Ok(_) => Err(PlatformError::Invalid(wrong)),
        Err(error) => {
            wrong.push(FieldError { field: "address", code: error.code(), message: error.to_string() });
            Err(PlatformError::Invalid(wrong))
        }
    }
}

/// The address of a sub-stream. The camera's account is shown to whoever is there, so it has to be the host of the main stream.
fn checked_sub(address: &str, wanted: Option<&str>) -> Result<Option<String>, PlatformError> {
    let Some(wanted) = wanted.map(str::trim).filter(|wanted| !wanted.is_empty()) else { return Ok(None) };
    let wrong = |code, message: &str| PlatformError::field("sub_address", code, message);
    let (sub, account) = RtspUrl::parse(wanted).map_err(|error| wrong(error.code(), &error.to_string()))?;
    let is_same_host = RtspUrl::parse(address).is_ok_and(|(main, _)| main.host() == sub.host());
    match account {
        Some(_) => Err(wrong("account", "the account belongs into its own fields")),
        None if !is_same_host => Err(wrong("other_host", "the host of the main stream is wanted")),
        None => Ok(Some(sub.as_str().to_owned())),
    }
}

/// The address of ONVIF. As with the sub-stream the account is shown to whoever is there.
fn checked_onvif(address: &str, wanted: Option<&str>) -> Result<Option<String>, PlatformError> {
    let Some(wanted) = wanted.map(str::trim).filter(|wanted| !wanted.is_empty()) else { return Ok(None) };
    let wrong = |code, message: &str| PlatformError::field("onvif_address", code, message);
    let onvif = OnvifAddress::parse(wanted).map_err(|error| wrong("invalid", &error.to_string()))?;
    let host = onvif.host().to_string();
    if RtspUrl::parse(address).is_ok_and(|(main, _)| main.host() == host) {
        return Ok(Some(onvif.to_string()));
    }
    Err(wrong("other_host", "the host of the main stream is wanted"))
}

fn check_account(user_name: Option<&str>, password: Option<&str>) -> Result<(), PlatformError> {
    let too_long = |text: Option<&str>, max| {
        text.is_some_and(|text| text.len() > max || text.chars().any(char::is_control))
    };
    if too_long(user_name, USER_NAME_LEN_MAX) {
        return Err(PlatformError::field("user_name", "invalid", "at most 100 characters"));
    }
    if too_long(password, PASSWORD_LEN_MAX) {
        return Err(PlatformError::field("password", "invalid", "at most 200 characters"));
    }
    Ok(())
}
