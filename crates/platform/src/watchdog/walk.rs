//! Walking the way: a probe begins, is told, is heard, and is judged when its time is over.

use domain::alarm::watchdog::{FAULT_CODE, judge};
use domain::alarm::{AlarmCode, Source};
use domain::ids::{ProbeId, UnitId};
use jiff::{SignedDuration, Timestamp};
use store::{FaultChange, NewAlarm, NewProbeMessage};
use tracing::{error, info, warn};
use uuid::Uuid;

use crate::events::Event;
use crate::{Platform, PlatformError};

/// Probes are kept for a day: enough to see what happened in the night.
const KEEP: SignedDuration = SignedDuration::from_hours(24);
/// Faults that are mended are kept for a quarter.
const KEEP_FAULTS: SignedDuration = SignedDuration::from_hours(90 * 24);
/// A probe is due this much early, so that a tick that comes late does not put all later ones off.
const EARLY: SignedDuration = SignedDuration::from_millis(500);

impl Platform {
    /// Judges probes whose time is over, and begins the next one where it is due. Nothing while the watchdog is off.
    pub async fn keep_watchdog(&self, now: Timestamp) -> Result<(), PlatformError> {
        let settings = &self.inner.settings.alarms.watchdog;
        if settings.every.is_zero() {
            return Ok(());
        }
        let kept = self.judge_and_start(now).await;
        let trouble = kept.as_ref().err().map(|error| (now, error.to_string()));
        self.inner.watchdog.set_trouble(trouble);
        kept
    }

    async fn judge_and_start(&self, now: Timestamp) -> Result<(), PlatformError> {
        let settings = &self.inner.settings.alarms.watchdog;
        self.judge_probes(now).await?;
        let since = now.saturating_sub(settings.every).unwrap_or(Timestamp::MIN);
        let since = since.saturating_add(EARLY).unwrap_or(since);
        let last = self.inner.store.last_probes(now, 1).await?;
        if last.first().is_some_and(|probe| probe.traces.raised_at > since) {
            return Ok(());
        }
        let rehearsed = self.inner.store.rehearse_alarm(self.synthetic_alarm(now)).await?;
        let id = ProbeId(self.inner.surroundings.id(now));
        if self.inner.store.start_probe(id, rehearsed, since, now).await? {
            self.inner.outbox_written.notify_one();
        }
        Ok(())
    }

    /// What the watch would hand over: a drill at no unit, which the store gives one for the rehearsal.
    fn synthetic_alarm(&self, now: Timestamp) -> NewAlarm {
        let nowhere = UnitId(Uuid::nil());
        let mut alarm = self.new_alarm(AlarmCode::F02, nowhere, None, Source::Ai, now, now);
        alarm.drill = true;
        NewAlarm {
            alarm,
            score: None,
            boxes: vec![],
            note: None,
            simulated: true,
            observation_id: self.inner.surroundings.id(now),
            model: None,
            silence_id: None,
            detector: None,
            told_again: None,
        }
    }

    /// The outbox's reader found a probe: it goes on to the clocks and to the push, as an alarm does.
    pub(crate) async fn pass_probe(&self, id: ProbeId, now: Timestamp) -> Result<(), PlatformError> {
        self.inner.store.probe_passed(id, now).await?;
        self.inner.events.publish(Event::Probe(id));
        self.inner.look_asked.notify_one();
        Ok(())
    }

    /// The clocks were read: writes for which addresses the probes are that came out of the outbox.
    pub(crate) async fn tell_probes(&self, now: Timestamp) -> Result<(), PlatformError> {
        if self.inner.settings.alarms.watchdog.every.is_zero() {
            return Ok(());
        }
        for id in self.inner.store.probes_to_tell().await? {
            let mut messages = Vec::new();
            for plan in &self.inner.settings.alarms.watchdog.channels {
                let last = self.inner.store.last_probed(&plan.channel, now).await?;
                let due = last.and_then(|last| last.checked_add(plan.every).ok());
                if due.is_some_and(|due| due.saturating_sub(EARLY).unwrap_or(due) > now) {
                    continue;
                }
                for (channel, recipient) in self.addresses_named(std::slice::from_ref(&plan.channel)) {
                    let receipt = self.inner.surroundings.id(now).simple().to_string();
                    messages.push(NewProbeMessage { channel, recipient, receipt });
                }
            }
            if self.inner.store.tell_probe(id, &messages, now).await? {
                self.wake_outlets();
            }
        }
        Ok(())
    }

    /// The push came by.
    pub async fn hear_probe(&self, id: ProbeId, now: Timestamp) -> Result<(), PlatformError> {
        Ok(self.inner.store.probe_heard(id, now).await?)
    }

    async fn judge_probes(&self, now: Timestamp) -> Result<(), PlatformError> {
        let settings = &self.inner.settings.alarms.watchdog;
        let before = now.saturating_sub(settings.within).unwrap_or(Timestamp::MIN);
        let probes = self.inner.store.probes_to_judge(before).await?;
        if probes.is_empty() {
            return Ok(());
        }
        let told = self.addresses_named(&settings.tell);
        let mut changes = Vec::new();
        for probe in probes {
            let findings = judge(&probe.traces, settings.within);
            let findings: Vec<_> =
                findings.into_iter().map(|one| (one, self.inner.surroundings.id(now))).collect();
            let raised_at = probe.traces.raised_at;
            changes.extend(self.inner.store.judge_probe(probe.id, raised_at, &findings, &told, now).await?);
        }
        let probed: Vec<String> = settings.channels.iter().map(|plan| plan.channel.clone()).collect();
        let ended = self.inner.store.end_faults_elsewhere(&self.addresses_named(&probed), now).await?;
        self.inner.store.prune_watchdog(now, KEEP, KEEP_FAULTS).await?;
        if ended > 0 || !changes.is_empty() {
            self.note_faults(&changes);
        }
        Ok(())
    }

    fn note_faults(&self, changes: &[FaultChange]) {
        for FaultChange { fault, is_new } in changes {
            let (stage, channel) = (fault.link.stage.as_str(), &fault.link.channel);
            if *is_new {
                error!(code = FAULT_CODE.as_str(), stage, channel, why = %fault.why, "alarms do not get through");
            } else {
                info!(code = FAULT_CODE.as_str(), stage, channel, "alarms get through again");
            }
        }
        self.wake_outlets();
        self.inner.events.publish(Event::Watchdog);
    }

    /// Every address of the channels of these names that are configured.
    fn addresses_named(&self, names: &[String]) -> Vec<(String, String)> {
        self.addresses_where(|channel| names.iter().any(|wanted| wanted == channel.name()))
    }

    /// Says at the start which channels the settings name and nobody has configured. Not an error: the list is the same on every node.
    pub(crate) fn note_unprobed(&self) {
        let settings = &self.inner.settings.alarms.watchdog;
        if settings.every.is_zero() {
            warn!("the watchdog is off: nobody notices when alarms do not get through");
        }
        for outlet in &self.inner.outlets {
            let name = outlet.channel.name();
            if !settings.channels.iter().any(|plan| plan.channel == name) {
                info!(
                    channel = name,
                    "this channel carries no probes; [watchdog] channels names those that do"
                );
            }
        }
    }
}
