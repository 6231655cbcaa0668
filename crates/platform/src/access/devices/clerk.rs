//! The clerk: writes down what devices told, so that the line never waits for a row.
//!
//! Two trays. States are kept by device, the newest only, and written some hundred in one transaction: a storm of registrations is bounded
//! by the number of devices. Everything else is a queue in order.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::access::Access;
use domain::alarm::{AlarmCode, Source};
use domain::device::{ChannelStatus, GbId, NoticeKind};
use domain::ids::{AlarmId, CameraId, ChannelId, DeviceId, DeviceNoticeId, UnitId};
use gb28181::id::{CatalogId, GbId as WireId};
use gb28181::manscdp::alarm::{Alarm, AlarmMethod};
use gb28181::manscdp::catalog::{CatalogEvent, CatalogItem};
use gb28181::manscdp::{Body, Message};
use gb28181::profile::Dialect;
use jiff::Timestamp;
use store::{
    CatalogueAnswer, ChannelEntry, ChannelsPut, DeviceInfo, DeviceSeen, NewChannel, NewDeviceNotice,
    OpenDialog,
};
use tokio::sync::{Notify, mpsc};
use tracing::{info, warn};

use super::line::own_id;
use crate::events::Event;
use crate::{Platform, PlatformError};

/// States are gathered for this long before they are written.
const GATHER: Duration = Duration::from_millis(250);
/// States of one transaction.
const STATES_AT_ONCE: usize = 500;
/// Pause after a write that failed.
const PAUSE: Duration = Duration::from_secs(1);
/// Notes that may wait; beyond it all but alarms and dialogs are left out and counted, because they come again.
const WAITING_MAX: usize = 20_000;
/// Alarms remembered to know their repetition by another way.
const REPEATED_MAX: usize = 1_024;
/// Points remembered with the alarm that they raised.
const POINTS_MAX: usize = 10_000;

/// Something to write down.
pub(super) enum Note {
    Info { device: DeviceId, info: DeviceInfo },
    Catalogue { device: DeviceId, of: WireId, items: Vec<CatalogItem>, complete: bool },
    CatalogueNews { device: DeviceId, of: WireId, items: Vec<CatalogItem> },
    Alarm(Box<AlarmNote>),
    Dialog(OpenDialog),
    DialogOver(String),
}

/// An alarm as it came, with what the device's table says of it.
pub(super) struct AlarmNote {
    pub(super) device: DeviceId,
    pub(super) unit_id: UnitId,
    pub(super) simulated: bool,
    pub(super) point: CatalogId,
    pub(super) alarm: Alarm,
    pub(super) kind: Option<NoticeKind>,
    pub(super) received_at: Timestamp,
}

/// Where the line puts what has to be written.
#[derive(Clone)]
pub(super) struct Tray {
    states: Arc<States>,
    notes: mpsc::UnboundedSender<Note>,
    waiting: Arc<AtomicUsize>,
}

#[derive(Default)]
struct States {
    newest: Mutex<HashMap<DeviceId, DeviceSeen>>,
    wake: Notify,
}

/// Starts the clerk; it ends when the platform stops and everything is written.
pub(super) fn start(platform: Platform) -> Tray {
    let (notes, inbox) = mpsc::unbounded_channel();
    let tray = Tray { states: Arc::default(), notes, waiting: Arc::default() };
    let tasks = platform.inner.tasks.clone();
    tasks.spawn(write_states(platform.clone(), Arc::clone(&tray.states)));
    tasks.spawn(write_notes(platform, inbox, Arc::clone(&tray.waiting)));
    tray
}

impl Tray {
    /// The newest state of a device.
    pub(super) fn state(&self, device: DeviceId, seen: DeviceSeen) {
        self.states.newest().insert(device, seen);
        self.states.wake.notify_one();
    }

    /// Anything else.
    pub(super) fn note(&self, note: Note) {
        let may_be_left_out = !matches!(note, Note::Alarm(_) | Note::Dialog(_) | Note::DialogOver(_));
        if may_be_left_out && self.waiting.load(Ordering::Relaxed) >= WAITING_MAX {
            warn!("too much of what devices tell waits to be written; some is left out");
            return;
        }
        self.waiting.fetch_add(1, Ordering::Relaxed);
        // The clerk outlives the line; at the very end there is nobody left to write.
        let _ = self.notes.send(note);
    }
}

impl States {
    fn newest(&self) -> std::sync::MutexGuard<'_, HashMap<DeviceId, DeviceSeen>> {
        self.newest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn write_states(platform: Platform, states: Arc<States>) {
    loop {
        let stopped = tokio::select! {
            () = platform.inner.stop.cancelled() => true,
            () = states.wake.notified() => false,
        };
        if !stopped {
            tokio::time::sleep(GATHER).await;
        }
        let gathered: Vec<_> = std::mem::take(&mut *states.newest()).into_iter().collect();
        for chunk in gathered.chunks(STATES_AT_ONCE) {
            match platform.inner.store.record_device_states(chunk).await {
                Ok(_) => platform.inner.events.publish(Event::Devices),
                Err(error) => {
                    warn!(%error, devices = chunk.len(), "states of devices not written; tried again");
                    put_back(&states, chunk);
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
        if stopped {
            return;
        }
    }
}

fn put_back(states: &States, chunk: &[(DeviceId, DeviceSeen)]) {
    let mut newest = states.newest();
    for (id, seen) in chunk {
        newest.entry(*id).or_insert_with(|| seen.clone());
    }
    drop(newest);
    states.wake.notify_one();
}

async fn write_notes(
    platform: Platform,
    mut inbox: mpsc::UnboundedReceiver<Note>,
    waiting: Arc<AtomicUsize>,
) {
    let mut alarms = Alarms::default();
    // Ends when the line, and with it every tray, is gone.
    while let Some(note) = inbox.recv().await {
        waiting.fetch_sub(1, Ordering::Relaxed);
        if let Err(error) = write(&platform, &mut alarms, note).await {
            warn!(%error, "what a device told is not written");
        }
    }
}

async fn write(platform: &Platform, alarms: &mut Alarms, note: Note) -> Result<(), PlatformError> {
    let store = &platform.inner.store;
    let now = platform.inner.surroundings.now();
    match note {
        Note::Info { device, info } => {
            store.record_device_info(device, &info, now).await?;
            platform.inner.events.publish(Event::Devices);
        }
        Note::Dialog(open) => store.remember_dialog(&open).await?,
        Note::DialogOver(call_id) => {
            store.forget_dialog(&call_id).await?;
        }
        Note::Alarm(alarm) => alarms.take(platform, *alarm).await?,
        Note::Catalogue { device, of, items, complete } => {
            let answer = if complete { CatalogueAnswer::Complete } else { CatalogueAnswer::Partial };
            let channels: Vec<_> =
                items.iter().filter(|item| item.id.device() != Some(of)).filter_map(entry_of).collect();
            let put = put_channels(platform, device, channels, answer).await?;
            info!(%of, added = put.added, changed = put.changed, gone = put.gone, complete, "catalogue");
            platform.inner.events.publish(Event::Devices);
        }
        Note::CatalogueNews { device, of, items } => {
            let mut told = Vec::new();
            let mut gone = Vec::new();
            for item in items.iter().filter(|item| item.id.device() != Some(of)) {
                match (&item.event, entry_of(item)) {
                    (Some(CatalogEvent::Delete), Some(entry)) => gone.push(entry.gb_id),
                    (_, Some(entry)) => told.push(merged(platform, device, item, entry).await?),
                    (_, None) => {}
                }
            }
            put_channels(platform, device, told, CatalogueAnswer::Partial).await?;
            store.drop_channels(device, &gone, now).await?;
            platform.inner.events.publish(Event::Devices);
        }
    }
    Ok(())
}

async fn put_channels(
    platform: &Platform,
    device: DeviceId,
    entries: Vec<ChannelEntry>,
    answer: CatalogueAnswer,
) -> Result<ChannelsPut, PlatformError> {
    let now = platform.inner.surroundings.now();
    let channels: Vec<NewChannel> = entries
        .into_iter()
        .map(|entry| NewChannel { id: ChannelId(platform.inner.surroundings.id(now)), entry })
        .collect();
    Ok(platform.inner.store.put_channels(device, &channels, answer, now).await?)
}

/// A catalogue item as a channel; none for a region, which is no thing that can be asked.
fn entry_of(item: &CatalogItem) -> Option<ChannelEntry> {
    let status = match (item.is_online(), &item.event) {
        (_, Some(CatalogEvent::On)) | (Some(true), _) => ChannelStatus::On,
        (_, Some(CatalogEvent::Off | CatalogEvent::VideoLost | CatalogEvent::Defect)) | (Some(false), _) => {
            ChannelStatus::Off
        }
        (None, _) => ChannelStatus::Unknown,
    };
    let ptz = item.info.as_ref().and_then(|info| info.ptz_type.as_ref()?.as_str().parse().ok());
    Some(ChannelEntry {
        gb_id: own_id(&item.id.device()?),
        parent_gb_id: item.parent_id.clone(),
        name: item.name.clone().unwrap_or_default(),
        civil_code: item.civil_code.clone(),
        maker: item.manufacturer.clone(),
        model: item.model.clone(),
        status,
        ptz_type: ptz,
    })
}

/// News may name nothing but an id and what happened to it: the rest stays as it was.
async fn merged(
    platform: &Platform,
    device: DeviceId,
    item: &CatalogItem,
    told: ChannelEntry,
) -> Result<ChannelEntry, PlatformError> {
    let Some(known) = platform.inner.store.channel_by_gb_id(device, &told.gb_id).await? else {
        return Ok(told);
    };
    let known = known.entry;
    Ok(ChannelEntry {
        gb_id: told.gb_id,
        parent_gb_id: told.parent_gb_id.or(known.parent_gb_id),
        name: if item.name.is_some() { told.name } else { known.name },
        civil_code: told.civil_code.or(known.civil_code),
        maker: told.maker.or(known.maker),
        model: told.model.or(known.model),
        status: if told.status == ChannelStatus::Unknown { known.status } else { told.status },
        ptz_type: told.ptz_type.or(known.ptz_type),
    })
}

type PointKey = (DeviceId, CatalogId, AlarmCode);
type SaidKey = (DeviceId, CatalogId, Option<i64>, Option<String>, Option<String>);

/// Alarms on their way to the alarm desk.
#[derive(Default)]
struct Alarms {
    // The same alarm comes by MESSAGE and by NOTIFY.
    said: VecDeque<SaidKey>,
    raised: HashMap<PointKey, AlarmId>,
}

impl Alarms {
    async fn take(&mut self, platform: &Platform, note: AlarmNote) -> Result<(), PlatformError> {
        let method = note.alarm.method.as_ref().map(|method| method.as_str().to_owned());
        let time_us = note.alarm.time.map(|time| time.unix_us);
        let key = (note.device, note.point, time_us, method.clone(), note.alarm.alarm_type.clone());
        if time_us.is_some() && self.said.contains(&key) {
            return Ok(());
        }
        self.said.push_back(key);
        if self.said.len() > REPEATED_MAX {
            self.said.pop_front();
        }
        let point = note.point.device().map(|id| own_id(&id));
        let camera = platform.camera_of_point(note.device, point.as_ref()).await?;
        let id = DeviceNoticeId(platform.inner.surroundings.id(note.received_at));
        let unit_id = camera.map_or(note.unit_id, |(_, unit_id)| unit_id);
        let mut alarm_id = None;
        if let Some(NoticeKind::Alarm(code)) = note.kind {
            alarm_id =
                Some(self.raise(platform, &note, (id, unit_id, camera.map(|(id, _)| id)), code).await?);
        }
        let body = Message::new(0, note.point, Body::Alarm(note.alarm.clone()));
        let dialect = Dialect { charset: gb28181::charset::Charset::Utf8, ..Dialect::default() };
        let new = NewDeviceNotice {
            id,
            device_id: note.device,
            unit_id,
            channel_gb_id: point,
            command: "Alarm".to_owned(),
            at: note.alarm.time.and_then(|time| Timestamp::from_microsecond(time.unix_us).ok()),
            received_at: note.received_at,
            priority: note.alarm.priority.as_ref().map(|priority| priority.as_str().to_owned()),
            needs_reset: note.alarm.method == Some(AlarmMethod::Device),
            method,
            alarm_type: note.alarm.alarm_type.clone(),
            description: note.alarm.description.clone(),
            raw: String::from_utf8_lossy(&body.write(dialect)).into_owned(),
            kind: note.kind,
            alarm_id,
        };
        platform.inner.store.add_device_notice(&new).await?;
        platform.inner.events.publish(Event::DeviceNotices);
        Ok(())
    }

    /// One alarm a point, as long as it is open: a detector repeats itself every few seconds.
    async fn raise(
        &mut self,
        platform: &Platform,
        note: &AlarmNote,
        (id, unit_id, camera_id): (DeviceNoticeId, UnitId, Option<CameraId>),
        code: AlarmCode,
    ) -> Result<AlarmId, PlatformError> {
        let key = (note.device, note.point, code);
        if let Some(known) = self.raised.get(&key)
            && platform
                .inner
                .store
                .alarm(&Access::PLATFORM, *known)
                .await
                .is_ok_and(|row| row.alarm.state.is_open())
        {
            return Ok(*known);
        }
        let occurred_at = note
            .alarm
            .time
            .and_then(|time| Timestamp::from_microsecond(time.unix_us).ok())
            .filter(|at| is_near(*at, note.received_at))
            .unwrap_or(note.received_at);
        let report = crate::alarms::Reported {
            code,
            unit_id,
            camera_id,
            source: Source::Device,
            occurred_at: occurred_at.min(note.received_at),
            note: note.alarm.description.clone(),
            simulated: note.simulated,
            observation_id: id.0,
            detector: None,
        };
        let alarm = platform.raise_reported(report, platform.inner.surroundings.now()).await?;
        if self.raised.len() >= POINTS_MAX {
            self.raised.clear();
        }
        self.raised.insert(key, alarm);
        Ok(alarm)
    }
}

/// Whether the clock of a device is near enough to ours that its word about the time counts.
fn is_near(at: Timestamp, received_at: Timestamp) -> bool {
    at.duration_since(received_at).as_secs().abs() <= 600
}

impl Platform {
    /// The camera that a point of a device is, and its unit; none where the point is no placed channel.
    pub(super) async fn camera_of_point(
        &self,
        device: DeviceId,
        point: Option<&GbId>,
    ) -> Result<Option<(CameraId, UnitId)>, PlatformError> {
        let Some(point) = point else { return Ok(None) };
        let channel = self.inner.store.channel_by_gb_id(device, point).await?;
        let Some(camera_id) = channel.and_then(|channel| channel.camera_id) else { return Ok(None) };
        let camera = self.inner.store.camera(&Access::PLATFORM, camera_id).await?;
        Ok(Some((camera_id, camera.camera.unit_id)))
    }
}
