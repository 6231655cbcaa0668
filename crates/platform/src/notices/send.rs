//! Sending in bulk: the chosen overdue alarms, one notice for each party, its chain, its text.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::alarm::{ClockReading, Rung};
use domain::ids::{AlarmId, NoticeId, UnitId};
use domain::notice::{Excuse, Letter, LetterAlarm, NoticeKind, Party, due_for_notice, write};
use domain::role::Capability;
use jiff::Timestamp;
use store::{
    AlarmRow, ChainRole, NewNotice, NewNoticeAlarm, NoticeRow, NoticeTelling, OverdueFilter, PageAsk, Sending,
};
use tracing::{info, warn};
use uuid::Uuid;

use super::{NOTE_LEN_MAX, notice_object, office, words};
use crate::{Ask, Platform, PlatformError};

/// Alarms of one act: a text and a page of each notice are still read by people.
const ALARMS_MAX: usize = 2000;
/// Parties of one act.
const PARTIES_MAX: usize = 200;

/// What an act of sending is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoticeAbout {
    /// These alarms.
    Alarms(Vec<AlarmId>),
    /// Every overdue alarm of these units with at least so many notices about it.
    Units(Vec<UnitId>, u32),
}

/// What a person wants to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeWish {
    /// Chosen by the asker: the same act, asked for again, is done once.
    pub batch_id: Uuid,
    /// How strongly it is put.
    pub kind: NoticeKind,
    /// What it is about.
    pub about: NoticeAbout,
    /// Until when the parties sign or reply; none: as configured.
    pub deadline_at: Option<Timestamp>,
    /// In the sender's own words.
    pub remark: Option<String>,
    /// False to write drafts only.
    pub send: bool,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticesSent {
    /// One for each party.
    pub notices: Vec<NoticeRow>,
    /// Alarms that need no notice any more, and why.
    pub skipped: Vec<(AlarmId, Excuse)>,
}

/// What would come of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticePreview {
    /// Parties in the order of their names.
    pub parties: Vec<PreviewParty>,
    /// Alarms that need no notice any more, and why.
    pub skipped: Vec<(AlarmId, Excuse)>,
    /// The text to the first of the parties, without its number.
    pub text: Option<String>,
}

/// One party of a preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewParty {
    /// Who.
    pub unit_id: UnitId,
    /// Name.
    pub name: String,
    /// Alarms about which it would be.
    pub alarms: usize,
}

/// The alarms of one party.
struct Group {
    unit_id: UnitId,
    alarms: Vec<(AlarmRow, ClockReading)>,
}

impl Platform {
    /// Writes notices for overdue alarms, one for each party, and sends them unless drafts are wanted. All or none.
    pub async fn send_notices(&self, ask: &Ask, wish: &NoticeWish) -> Result<NoticesSent, PlatformError> {
        let office = office(ask)?;
        let deadline_at = self.deadline(wish.deadline_at, ask.now)?;
        let remark = words("remark", wish.remark.as_deref(), NOTE_LEN_MAX)?;
        let before = self.inner.store.notices_of_batch(&ask.access, wish.batch_id).await?;
        if !before.is_empty() {
            return Ok(NoticesSent { notices: before, skipped: Vec::new() });
        }
        let (groups, skipped) = self.groups_of(ask, &wish.about).await?;
        if groups.is_empty() {
            return Err(PlatformError::Conflict(
                "none of these alarms needs a notice any more; look again".to_owned(),
            ));
        }
        let mut new = Vec::with_capacity(groups.len());
        let mut sendings = Vec::new();
        for group in &groups {
            let id = NoticeId(self.inner.surroundings.id(ask.now));
            let first = &group.alarms[0].0;
            new.push(NewNotice {
                id,
                batch_id: wish.batch_id,
                kind: wish.kind,
                party: Party::Unit(group.unit_id),
                unit_name: first.unit_name.clone(),
                issuer_level: office.level,
                issuer_region_id: office.region_id,
                issuer_id: office.user_id,
                remark: remark.clone(),
                deadline_at,
                alarms: group.alarms.iter().map(|(row, worst)| new_alarm(row, worst, ask.now)).collect(),
                created_at: ask.now,
            });
            if wish.send {
                let places = (first.city.is_some(), first.county.is_some());
                let tellings = self.chain(office.level, group.unit_id, places).await?;
                sendings.push(Sending { id, version: 0, tellings });
            }
        }
        let times = (ask.now, self.notices_since(ask.now));
        let store = &self.inner.store;
        let notices = store.add_notices(&ask.access, &new, &sendings, times, &letter_of).await?;
        let action = if wish.send { "notice_send" } else { "notice_draft" };
        for row in &notices {
            self.audit(ask, action, notice_object(row), "ok", Some(format!("{} alarms", row.alarms))).await?;
        }
        info!(notices = notices.len(), kind = wish.kind.as_str(), action, "notices written");
        self.note_notices();
        Ok(NoticesSent { notices, skipped })
    }

    /// What [`Platform::send_notices`] would write; nothing is.
    pub async fn preview_notices(
        &self,
        ask: &Ask,
        wish: &NoticeWish,
    ) -> Result<NoticePreview, PlatformError> {
        let office = office(ask)?;
        let deadline_at = self.deadline(wish.deadline_at, ask.now)?;
        let remark = words("remark", wish.remark.as_deref(), NOTE_LEN_MAX)?;
        let (groups, skipped) = self.groups_of(ask, &wish.about).await?;
        let parties = groups.iter().map(|group| PreviewParty {
            unit_id: group.unit_id,
            name: group.alarms[0].0.unit_name.clone(),
            alarms: group.alarms.len(),
        });
        let parties = parties.collect();
        let Some(first) = groups.first() else { return Ok(NoticePreview { parties, skipped, text: None }) };
        let counts = u64::from(wish.kind.asks_for_reply());
        let filter = OverdueFilter { unit_id: Some(first.unit_id), ..OverdueFilter::default() };
        let times = (ask.now, self.notices_since(ask.now));
        let store = &self.inner.store;
        let known = store.overdue_parties(&ask.access, &filter, times, &PageAsk::first(1)).await?;
        let ids: Vec<AlarmId> = first.alarms.iter().map(|(row, _)| row.alarm.id).collect();
        let told = store.notices_of_alarms(&ask.access, &ids, ask.now).await?;
        let alarms: Vec<LetterAlarm> = first
            .alarms
            .iter()
            .map(|(row, worst)| letter_alarm(row, worst, &told, counts, ask.now))
            .collect();
        let letter = Letter {
            kind: wish.kind,
            number: "",
            region: &store.region(&ask.access, office.region_id).await?.name,
            unit: &first.alarms[0].0.unit_name,
            sent_at: ask.now,
            period_from: times.1,
            nth: known.items.first().map_or(0, |one| one.notices) + counts,
            alarms: &alarms,
            deadline_at,
            remark: remark.as_deref(),
        };
        Ok(NoticePreview { parties, skipped, text: Some(write(&letter)) })
    }

    /// Sends a draft.
    pub(super) async fn send_draft(
        &self,
        ask: &Ask,
        row: &NoticeRow,
        version: i64,
    ) -> Result<NoticeRow, PlatformError> {
        let places = (row.city.is_some(), row.county.is_some());
        let tellings = self.chain(row.notice.issuer_level, row.party.unit_id(), places).await?;
        let sending = Sending { id: row.notice.id, version, tellings };
        let times = (ask.now, self.notices_since(ask.now));
        Ok(self.inner.store.send_notice(&ask.access, &sending, times, &letter_of).await?)
    }

    /// The chosen alarms that are due for a notice, by party in the order of names, the longest overdue first; and those that are not. An alarm
    /// outside the asker's reach cannot be told from one that does not exist: the whole act is refused.
    async fn groups_of(
        &self,
        ask: &Ask,
        about: &NoticeAbout,
    ) -> Result<(Vec<Group>, Vec<(AlarmId, Excuse)>), PlatformError> {
        ask.access.need(Capability::SeeAlarms)?;
        let rows = match about {
            NoticeAbout::Alarms(ids) => self.chosen_alarms(ask, ids).await?,
            NoticeAbout::Units(units, notices_min) => self.alarms_of_units(ask, units, *notices_min).await?,
        };
        let mut by_unit: BTreeMap<(String, UnitId), Vec<(AlarmRow, ClockReading)>> = BTreeMap::new();
        let mut skipped = Vec::new();
        for row in rows {
            match due_for_notice(&row.alarm, ask.now) {
                Ok(worst) => {
                    let party = (row.unit_name.clone(), row.alarm.unit_id);
                    by_unit.entry(party).or_default().push((row, worst));
                }
                Err(excuse) => skipped.push((row.alarm.id, excuse)),
            }
        }
        if by_unit.len() > PARTIES_MAX {
            return Err(too_many("parties", PARTIES_MAX));
        }
        let groups = by_unit.into_iter().map(|((_, unit_id), mut alarms)| {
            alarms.sort_by_key(|(row, worst)| (worst.due_at, row.alarm.id));
            Group { unit_id, alarms }
        });
        Ok((groups.collect(), skipped))
    }

    async fn chosen_alarms(&self, ask: &Ask, ids: &[AlarmId]) -> Result<Vec<AlarmRow>, PlatformError> {
        let wanted: HashSet<AlarmId> = ids.iter().copied().collect();
        if wanted.is_empty() {
            return Err(PlatformError::field("alarm_ids", "missing", "choose at least one alarm"));
        }
        if wanted.len() > ALARMS_MAX {
            return Err(too_many("alarms", ALARMS_MAX));
        }
        let ids: Vec<AlarmId> = wanted.into_iter().collect();
        let rows = self.inner.store.alarms_for_notice(&ask.access, &ids).await?;
        if rows.len() != ids.len() {
            let found: HashSet<AlarmId> = rows.iter().map(|row| row.alarm.id).collect();
            let missing =
                ids.iter().find(|id| !found.contains(id)).map_or_else(String::new, ToString::to_string);
            return Err(PlatformError::field(
                "alarm_ids",
                "not_found",
                format!("{missing} does not exist, or not for this account"),
            ));
        }
        Ok(rows)
    }

    async fn alarms_of_units(
        &self,
        ask: &Ask,
        units: &[UnitId],
        notices_min: u32,
    ) -> Result<Vec<AlarmRow>, PlatformError> {
        if units.is_empty() {
            return Err(PlatformError::field("unit_ids", "missing", "choose at least one unit"));
        }
        if units.len() > PARTIES_MAX {
            return Err(too_many("parties", PARTIES_MAX));
        }
        for unit in units {
            match self.inner.store.unit(&ask.access, *unit).await {
                Ok(_) => {}
                Err(error) if error.kind() == store::ErrorKind::NotFound => {
                    let why = format!("{unit} does not exist, or not for this account");
                    return Err(PlatformError::field("unit_ids", "not_found", why));
                }
                Err(error) => return Err(error.into()),
            }
        }
        let filter = OverdueFilter { notices_min, noticed_before: Some(ask.now), ..OverdueFilter::default() };
        let most = ALARMS_MAX as u32 + 1;
        let store = &self.inner.store;
        let found = store.overdue_alarms_of_units(&ask.access, units, &filter, ask.now, most).await?;
        if found.len() > ALARMS_MAX {
            return Err(too_many("alarms", ALARMS_MAX));
        }
        Ok(found.into_iter().map(|one| one.row).collect())
    }

    /// Whom a notice is told to on its way down: every level between the sender and the unit that the unit lies under, then the unit.
    async fn chain(
        &self,
        from: Rung,
        unit: UnitId,
        (has_city, has_county): (bool, bool),
    ) -> Result<Vec<NoticeTelling>, PlatformError> {
        let mut tellings = Vec::new();
        let relays = [(Rung::City, has_city), (Rung::County, has_county)];
        for (rung, _) in relays.into_iter().filter(|(rung, is_there)| *is_there && *rung < from) {
            tellings.push(self.telling(rung, ChainRole::Relay, unit).await?);
        }
        tellings.push(self.telling(Rung::Unit, ChainRole::Party, unit).await?);
        Ok(tellings)
    }

    /// A level with its people and addresses.
    pub(super) async fn telling(
        &self,
        rung: Rung,
        role: ChainRole,
        unit: UnitId,
    ) -> Result<NoticeTelling, PlatformError> {
        let people = self.inner.store.people_on_rung(rung, unit).await?;
        if people.is_empty() {
            warn!(%unit, rung = rung.as_str(), "nobody of this level is told of a notice");
        }
        let addresses = self.outside_of(rung, &people).await?;
        Ok(NoticeTelling { rung, role, people, addresses })
    }
}

fn too_many(what: &str, most: usize) -> PlatformError {
    PlatformError::Limit {
        detail: format!("at most {most} {what} at a time; choose fewer"),
        retry_after_s: None,
    }
}

fn new_alarm(row: &AlarmRow, worst: &ClockReading, now: Timestamp) -> NewNoticeAlarm {
    NewNoticeAlarm {
        alarm_id: row.alarm.id,
        clock: worst.clock,
        due_at: worst.due_at.unwrap_or(now),
        stopped_at: worst.stopped_at,
    }
}

fn letter_alarm(
    row: &AlarmRow,
    worst: &ClockReading,
    told: &HashMap<AlarmId, (u64, Timestamp)>,
    counts: u64,
    now: Timestamp,
) -> LetterAlarm {
    LetterAlarm {
        code: row.alarm.code,
        level: row.alarm.level,
        occurred_at: row.alarm.times.occurred_at,
        clock: worst.clock,
        due_at: worst.due_at.unwrap_or(now),
        stopped_at: worst.stopped_at,
        nth: told.get(&row.alarm.id).map_or(0, |(count, _)| *count) + counts,
    }
}

/// The text of a notice as it is sent.
fn letter_of(row: &NoticeRow, alarms: &[LetterAlarm]) -> String {
    let sent_at = row.sent_at.unwrap_or(row.created_at);
    write(&Letter {
        kind: row.notice.kind,
        number: row.number.as_deref().unwrap_or_default(),
        region: &row.issuer_region,
        unit: &row.unit_name,
        sent_at,
        period_from: row.period_from.unwrap_or(sent_at),
        nth: row.nth,
        alarms,
        deadline_at: row.notice.deadline_at,
        remark: row.remark.as_deref(),
    })
}
