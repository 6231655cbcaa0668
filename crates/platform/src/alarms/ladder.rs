//! Climbing the ladder (升级): looks at alarms whose time has come, tells whose turn it is, and promises the next look.
//!
//! The moments are rows, so a restart and a second process find them; what was told is rows too, so neither tells twice. Whatever
//! changes an alarm asks for a look through the outbox, never in the transaction of the change: raising and taking wait for nobody.

use std::time::Duration;

use domain::access::Access;
use domain::alarm::ladder::{Look, Run, Rung, RungPlan, look, runs, stopped_at};
use domain::alarm::{Alarm, AlarmEvent, decide};
use domain::calendar::{Applies, WorkingHours};
use domain::ids::AlarmId;
use domain::role::Capability;
use futures::StreamExt as _;
use jiff::{SignedDuration, Timestamp};
use store::{
    AlarmRow, Climb, Climbed, DueLook, Escalation, EscalationFilter, LadderRung, Notified, Page, PageAsk,
    RungTelling,
};
use tracing::{info, warn};

use super::put_back::by_the_clock_of_now;
use super::work::alarm_object;
use crate::{Ask, Platform, PlatformError};

/// How often the ladder asks whether a look is due: a rung is told at most this much late. One probe of an index.
pub(super) const LOOK_PERIOD: Duration = Duration::from_millis(250);
/// Looks of one reading; with more due the next reading follows at once.
const LOOKS_AT_ONCE: u32 = 100;
/// Alarms that are read at a time; the store has few connections, and others need them too.
const READS_AT_ONCE: usize = 4;
/// Empty rungs passed over in one go; there are five rungs.
const PASSES_MAX: usize = 8;
/// An alarm that cannot be looked at keeps no other waiting and is tried again after this long.
const FAULT_PAUSE: SignedDuration = SignedDuration::from_secs(30);
/// Longest note of an acknowledgement, in characters.
const NOTE_LEN_MAX: usize = 500;
/// Acknowledgements owed are counted up to here; more is "many".
const OWED_MAX: i64 = 1000;

/// The ladder of an alarm: every run that was told of or goes on.
#[derive(Debug, Clone)]
pub struct AlarmLadder {
    /// Runs, the present ones last.
    pub runs: Vec<LadderRun>,
    /// True where the asker owes an acknowledgement here.
    pub owes_receipt: bool,
}

/// One run of a clock, and its rungs.
#[derive(Debug, Clone)]
pub struct LadderRun {
    /// Clock and beginning.
    pub run: Run,
    /// True while nobody has done what the clock waits for.
    pub is_running: bool,
    /// When somebody did; none where it goes on or ended otherwise.
    pub stopped_at: Option<Timestamp>,
    /// Rungs from the bottom up.
    pub rungs: Vec<LadderStep>,
}

/// One rung of a run.
#[derive(Debug, Clone)]
pub struct LadderStep {
    /// Which.
    pub rung: Rung,
    /// When it is to be told by the ladder as configured now; none where it is no longer on it.
    pub due_at: Option<Timestamp>,
    /// When it is told next; none where that is over.
    pub next_at: Option<Timestamp>,
    /// True where an acknowledgement is owed.
    pub owes_receipt: bool,
    /// In which hours it is told.
    pub applies: Applies,
    /// As told; none where it was not yet.
    pub told: Option<LadderRung>,
    /// Who was told by which channel.
    pub notified: Vec<Notified>,
}

impl Platform {
    /// Looks at every alarm that is due at `now`, and passes on the probes of the watchdog.
    pub async fn read_ladders(&self, now: Timestamp) -> Result<(), PlatformError> {
        self.note_time(now).await?;
        self.tell_probes(now).await?;
        loop {
            let due = self.inner.store.looks_due(now, LOOKS_AT_ONCE).await?;
            let climbs = self.climbs_of(&due, now).await?;
            let overtaken = self.climb_all(&climbs, now).await?;
            // What was overtaken is due again; another process may be at it, so it waits for the next reading.
            if due.len() < LOOKS_AT_ONCE as usize || overtaken > 0 {
                return Ok(());
            }
        }
    }

    /// What the looks find. One that cannot be taken keeps no other waiting.
    async fn climbs_of(&self, due: &[DueLook], now: Timestamp) -> Result<Vec<Climb>, PlatformError> {
        let looking: Vec<_> = due.iter().map(|one| self.climb_of(*one, now)).collect();
        let found: Vec<_> = futures::stream::iter(looking).buffered(READS_AT_ONCE).collect().await;
        let mut climbs = Vec::with_capacity(due.len());
        for (one, climb) in due.iter().zip(found) {
            match climb {
                Ok(climb) => climbs.push(climb),
                Err(error) => self.look_later(one.alarm_id, &error, now).await?,
            }
        }
        Ok(climbs)
    }

    async fn look_later(
        &self,
        id: AlarmId,
        error: &PlatformError,
        now: Timestamp,
    ) -> Result<(), PlatformError> {
        warn!(alarm = %id, %error, "ladder of an alarm not read");
        let later = now.saturating_add(FAULT_PAUSE).unwrap_or(now);
        Ok(self.inner.store.ask_for_looks(&[id], later).await?)
    }

    /// Writes and tells; how many were overtaken. What cannot be written together is written one by one.
    async fn climb_all(&self, climbs: &[Climb], now: Timestamp) -> Result<usize, PlatformError> {
        let store = &self.inner.store;
        let mut overtaken = 0;
        if let Ok(all) = store.climb_together(climbs).await {
            for (climb, climbed) in climbs.iter().zip(all) {
                overtaken += usize::from(!self.has_climbed(climb, climbed));
            }
            return Ok(overtaken);
        }
        for climb in climbs {
            match store.climb(climb).await {
                Ok(climbed) => overtaken += usize::from(!self.has_climbed(climb, climbed)),
                Err(error) => self.look_later(climb.alarm.id, &error.into(), now).await?,
            }
        }
        Ok(overtaken)
    }

    /// Wakes whoever tells what was written. False where it was overtaken.
    fn has_climbed(&self, climb: &Climb, climbed: Climbed) -> bool {
        let is_told = climbed == Climbed::Told;
        if is_told && !climb.tellings.is_empty() {
            self.note_climb(climb);
        }
        is_told
    }

    async fn climb_of(&self, due: DueLook, now: Timestamp) -> Result<Climb, PlatformError> {
        let store = &self.inner.store;
        let alarm = store.alarm(&Access::PLATFORM, due.alarm_id).await?.alarm;
        let rungs = store.ladder_rungs(&Access::PLATFORM, alarm.id).await?;
        let mut tellings = Vec::new();
        let mut look_at = None;
        for run in runs(&alarm) {
            let found = self.look_at_run(&alarm, run, &rungs, now).await?;
            tellings.extend(found.0);
            look_at = [look_at, found.1].into_iter().flatten().min();
        }
        let is_climb = |one: &RungTelling| {
            one.telling.round == 1 && one.telling.rung.is_climb() && !one.people.is_empty()
        };
        let change = if tellings.iter().any(is_climb) {
            Some(decide(&alarm, AlarmEvent::Escalate, None, None, now)?)
        } else {
            None
        };
        Ok(Climb { look: due, alarm, tellings, change, look_at, at: now })
    }

    /// What one run has to tell, and when to look again. An empty rung is written as such and the next one takes its turn at once.
    async fn look_at_run(
        &self,
        alarm: &Alarm,
        run: Run,
        rungs: &[LadderRung],
        now: Timestamp,
    ) -> Result<(Vec<RungTelling>, Option<Timestamp>), PlatformError> {
        let ladder = self.inner.settings.alarms.ladders.of(alarm.level, run.clock);
        let of_run = rungs.iter().filter(|rung| rung.run == run);
        let mut told: Vec<_> = of_run.clone().map(LadderRung::told).collect();
        let acknowledged: Vec<Rung> =
            of_run.filter(|rung| rung.receipt.is_some()).map(|rung| rung.rung).collect();
        let mut tellings = Vec::new();
        for _ in 0..PASSES_MAX {
            let hours = &self.inner.settings.alarms.hours;
            let (ahead, then, told_then) = self.inner.put_back.as_it_began((alarm, run), &told, now);
            let found = look(ladder, hours, run.since, &told_then, &acknowledged, then);
            let Look { tell, look_at } = by_the_clock_of_now(found, ahead);
            if tell.is_empty() {
                return Ok((tellings, look_at));
            }
            for telling in tell {
                let people = self.inner.store.people_on_rung(telling.rung, alarm.unit_id, now).await?;
                if people.len() as i64 == store::PEOPLE_MAX {
                    warn!(alarm = %alarm.id, rung = telling.rung.as_str(), "more people on a rung than are told");
                }
                told.retain(|earlier| earlier.rung != telling.rung);
                told.push(domain::alarm::ladder::Told {
                    rung: telling.rung,
                    round: telling.round,
                    at: now,
                    people: people.len() as u32,
                });
                let addresses = self.outside_of(telling.rung, &people).await?;
                tellings.push(RungTelling { run, telling, people, addresses });
            }
        }
        Ok((tellings, Some(now)))
    }

    fn note_climb(&self, climb: &Climb) {
        for one in &climb.tellings {
            let (alarm, rung, people) = (climb.alarm.id, one.telling.rung.as_str(), one.people.len());
            if people == 0 {
                warn!(%alarm, rung, "nobody stands on this rung of the ladder");
            } else {
                info!(%alarm, rung, people, round = one.telling.round, "told");
            }
        }
        if climb.change.is_some() {
            self.inner.outbox_written.notify_one();
        }
        self.wake_outlets();
    }

    /// The ladder of an alarm in the asker's reach: who was told, who acknowledged, what comes next.
    pub async fn alarm_ladder(&self, ask: &Ask, id: AlarmId) -> Result<AlarmLadder, PlatformError> {
        ask.access.need(Capability::SeeAlarms)?;
        let row = self.inner.store.alarm(&ask.access, id).await?;
        let rungs = self.inner.store.ladder_rungs(&ask.access, id).await?;
        let notified = self.inner.store.notified(&ask.access, id).await?;
        let mut known: Vec<Run> = Vec::new();
        let running = runs(&row.alarm);
        for run in rungs.iter().map(|rung| rung.run).filter(|run| !running.contains(run)) {
            if !known.contains(&run) {
                known.push(run);
            }
        }
        known.extend(running);
        let own =
            ask.access.role.and_then(Rung::of).filter(|_| ask.access.may(Capability::AcknowledgeAlarms));
        let owes = |rung: &LadderRung| Some(rung.rung) == own && rung.people > 0 && rung.receipt.is_none();
        Ok(AlarmLadder {
            owes_receipt: rungs.iter().any(owes),
            runs: known.into_iter().map(|run| self.ladder_run(&row, run, &rungs, &notified)).collect(),
        })
    }

    fn ladder_run(&self, row: &AlarmRow, run: Run, rungs: &[LadderRung], notified: &[Notified]) -> LadderRun {
        let alarm = &row.alarm;
        let is_running = runs(alarm).contains(&run);
        let ladder = self.inner.settings.alarms.ladders.of(alarm.level, run.clock);
        let hours = &self.inner.settings.alarms.hours;
        let told: Vec<&LadderRung> = rungs.iter().filter(|rung| rung.run == run).collect();
        let steps = domain::alarm::ladder::RUNGS.into_iter().filter_map(|rung| {
            let plan = ladder.rungs().iter().find(|plan| plan.rung == rung);
            let as_told = told.iter().find(|told| told.rung == rung).copied();
            if as_told.is_none() && (plan.is_none() || !is_running) {
                return None;
            }
            Some(LadderStep {
                rung,
                due_at: as_told.map(|told| told.due_at).or(plan.map(|plan| due(plan, hours, run))),
                next_at: plan.filter(|_| is_running).and_then(|plan| next_at(plan, hours, run, as_told)),
                applies: plan.map_or(Applies::Always, |plan| plan.applies),
                owes_receipt: as_told
                    .map_or(plan.is_some_and(|plan| plan.owes_receipt), |told| told.owes_receipt),
                notified: notified
                    .iter()
                    .filter(|line| as_told.is_some_and(|told| told.seq == line.rung_seq))
                    .cloned()
                    .collect(),
                told: as_told.cloned(),
            })
        });
        LadderRun { run, is_running, stopped_at: stopped_at(alarm, run), rungs: steps.collect() }
    }

    /// When people work; for whoever sees alarms.
    pub fn working_hours(&self, ask: &Ask) -> Result<&WorkingHours, PlatformError> {
        ask.access.need(Capability::SeeAlarms)?;
        Ok(&self.inner.settings.alarms.hours)
    }

    /// What climbed to the asker's office, last told first.
    pub async fn escalations(
        &self,
        ask: &Ask,
        filter: EscalationFilter,
        page: &PageAsk,
    ) -> Result<Page<Escalation>, PlatformError> {
        let rung = own_rung(ask)?;
        Ok(self.inner.store.escalations(&ask.access, rung, filter, page).await?)
    }

    /// How many acknowledgements the asker's office owes; [`OWED_MAX`] stands for many.
    pub async fn receipts_owed(&self, ask: &Ask) -> Result<i64, PlatformError> {
        let rung = own_rung(ask)?;
        Ok(self.inner.store.count_owed(&ask.access, rung, OWED_MAX).await?)
    }

    /// Acknowledges an alarm for the asker's office (受理回执). The first counts; again is no error.
    pub async fn acknowledge_alarm(
        &self,
        ask: &Ask,
        id: AlarmId,
        note: Option<&str>,
    ) -> Result<(), PlatformError> {
        let rung = own_rung(ask)?;
        if note.is_some_and(|note| note.chars().count() > NOTE_LEN_MAX) {
            return Err(PlatformError::field("note", "too_long", "at most 500 characters"));
        }
        let row = self.inner.store.alarm(&ask.access, id).await?;
        let acknowledged = self.inner.store.acknowledge_rung(&ask.access, id, rung, note, ask.now).await?;
        if acknowledged > 0 {
            self.inner.outbox_written.notify_one();
            self.audit(ask, "alarm_acknowledge", alarm_object(&row), "ok", None).await?;
        }
        Ok(())
    }
}

fn own_rung(ask: &Ask) -> Result<Rung, PlatformError> {
    ask.access.need(Capability::AcknowledgeAlarms)?;
    ask.access.role.and_then(Rung::of).ok_or(domain::access::Denied(Capability::AcknowledgeAlarms).into())
}

fn due(plan: &RungPlan, hours: &WorkingHours, run: Run) -> Timestamp {
    hours.first_at(plan.applies, run.since.saturating_add(plan.after).unwrap_or(Timestamp::MAX))
}

/// When a rung is told next by the plan alone; that a rung below may turn out empty is not foreseen.
fn next_at(plan: &RungPlan, hours: &WorkingHours, run: Run, told: Option<&LadderRung>) -> Option<Timestamp> {
    match told {
        None => Some(due(plan, hours, run)),
        Some(told) if told.people == 0 || told.rounds >= plan.rounds || told.receipt.is_some() => None,
        Some(told) => {
            told.last_told_at.checked_add(plan.every).ok().map(|at| hours.first_at(plan.applies, at))
        }
    }
}
