//! What devices reported: reading it, saying what it means, and letting an alarm input report again.

use domain::alarm::{AlarmCode, Source};
use domain::device::NoticeKind;
use domain::ids::{DeviceId, DeviceNoticeId};
use domain::role::Capability;
use gb28181::manscdp::alarm::{AlarmMethod, AlarmMethods};
use gb28181::manscdp::control::Command;
use store::{DeviceNotice, NoticeFilter, Page, PageAsk};

use super::habits::{Habits, RuleHabit};
use super::line::wire_id;
use super::rows::DeviceEdit;
use crate::audit::Object;
use crate::{Ask, Platform, PlatformError};

/// What a person says that a notice means.
#[derive(Debug, Clone)]
pub struct NoticeMeaning {
    /// An alarm, or nothing.
    pub kind: NoticeKind,
    /// Whether the device's notices of this sort mean the same from now on.
    pub from_now_on: bool,
}

impl Platform {
    /// Notices in the asker's reach, newest first.
    pub async fn device_notices(
        &self,
        ask: &Ask,
        filter: &NoticeFilter,
        page: &PageAsk,
    ) -> Result<Page<DeviceNotice>, PlatformError> {
        ask.access.need(Capability::SeeAlarms)?;
        Ok(self.inner.store.device_notices(&ask.access, filter, page).await?)
    }

    /// Says what a notice means. One that means an alarm and never became one is raised now, with the time it happened.
    pub async fn map_notice(
        &self,
        ask: &Ask,
        id: DeviceNoticeId,
        meaning: &NoticeMeaning,
    ) -> Result<DeviceNotice, PlatformError> {
        ask.access.need(Capability::ManageCameras)?;
        ask.access.need(Capability::SeeAlarms)?;
        let notice = self.inner.store.device_notice(&ask.access, id).await?;
        let mut alarm_id = None;
        if let (NoticeKind::Alarm(code), None) = (meaning.kind, notice.alarm_id) {
            alarm_id = Some(self.raise_notice(ask, &notice, code).await?);
        }
        self.inner.store.map_device_notice(&ask.access, id, meaning.kind, alarm_id).await?;
        let object = notice_object(&notice);
        self.audit(ask, "notice_map", object, "ok", Some(meaning.kind.as_str().to_owned())).await?;
        if meaning.from_now_on {
            self.add_rule(ask, notice.device_id, rule_of(&notice, meaning.kind)).await?;
        }
        Ok(self.inner.store.device_notice(&ask.access, id).await?)
    }

    /// Lets the point of a notice report again: the order goes to the device, and the row says who gave it. The standard keeps an alarm input
    /// silent until then (9.4), so this is a person's act and never automatic.
    pub async fn reset_notice(&self, ask: &Ask, id: DeviceNoticeId) -> Result<DeviceNotice, PlatformError> {
        ask.access.need(Capability::WorkAlarms)?;
        let by = ask.access.user_id.ok_or(PlatformError::NotFound)?;
        let notice = self.inner.store.device_notice(&ask.access, id).await?;
        if !notice.needs_reset || notice.reset.is_some() {
            return Err(PlatformError::Conflict("this notice needs no reset, or has had it".to_owned()));
        }
        let device = self.inner.store.device(&ask.access, notice.device_id).await?.device;
        let point = notice.channel_gb_id.unwrap_or(device.gb_id);
        let methods =
            notice.method.as_deref().map(|method| AlarmMethods(vec![AlarmMethod::from_text(method)]));
        let order = Command::ResetAlarm { methods, alarm_type: notice.alarm_type.clone() };
        self.inner.line.order(wire_id(&device.gb_id), wire_id(&point), order).await?;
        self.inner.store.mark_notice_reset(&ask.access, id, by, ask.now).await?;
        self.audit(ask, "notice_reset", notice_object(&notice), "ok", Some(point.to_string())).await?;
        Ok(self.inner.store.device_notice(&ask.access, id).await?)
    }

    async fn raise_notice(
        &self,
        ask: &Ask,
        notice: &DeviceNotice,
        code: AlarmCode,
    ) -> Result<domain::ids::AlarmId, PlatformError> {
        let camera_id = self.camera_of_point(notice.device_id, notice.channel_gb_id.as_ref()).await?;
        let simulated = self.inner.store.device(&ask.access, notice.device_id).await?.device.simulated;
        let report = crate::alarms::Reported {
            code,
            unit_id: notice.unit_id,
            camera_id: camera_id.map(|(id, _)| id),
            source: Source::Device,
            occurred_at: notice.at.unwrap_or(notice.received_at).min(ask.now),
            note: notice.description.clone(),
            simulated,
            observation_id: notice.id.0,
            detector: None,
        };
        self.raise_reported(report, ask.now).await
    }

    async fn add_rule(&self, ask: &Ask, id: DeviceId, rule: RuleHabit) -> Result<(), PlatformError> {
        let row = self.inner.store.device(&ask.access, id).await?;
        let mut habits = Habits::read(&row.device.profile);
        habits.alarm_rules.retain(|known| {
            (&known.method, &known.alarm_type, known.point_type, &known.words)
                != (&rule.method, &rule.alarm_type, rule.point_type, &rule.words)
        });
        habits.alarm_rules.insert(0, rule);
        let edit = DeviceEdit { habits: Some(habits), ..DeviceEdit::default() };
        self.edit_device(ask, id, edit).await.map(|_| ())
    }
}

/// A rule for notices of the same sort: same method, same type, same sort of point; and the same words where nothing else tells it apart.
fn rule_of(notice: &DeviceNotice, kind: NoticeKind) -> RuleHabit {
    let told_apart = notice.alarm_type.as_deref().is_some_and(|code| !code.is_empty());
    let words = notice.description.iter().filter(|words| !told_apart && !words.is_empty());
    RuleHabit {
        method: notice.method.clone(),
        alarm_type: notice.alarm_type.clone(),
        point_type: notice.channel_gb_id.and_then(|id| id.type_code().parse().ok()),
        words: words.map(|words| words.chars().take(100).collect()).collect(),
        meaning: kind.as_str().to_owned(),
    }
}

fn notice_object(notice: &DeviceNotice) -> Object {
    Object {
        kind: "device_notice",
        id: Some(notice.id.to_string()),
        name: Some(notice.device_name.clone()),
        unit_id: Some(notice.unit_id),
    }
}
