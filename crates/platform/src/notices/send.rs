//! Sending in bulk: the chosen overdue alarms, one notice for each party, its chain, its text.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::alarm::{ClockReading, Rung};
use domain::ids::{AlarmId, NoticeId, OrganisationId, UnitId, UserId};
use domain::notice::{Excuse, Letter, LetterAlarm, NoticeKind, Party, due_for_notice, write};
use domain::role::Capability;
use jiff::Timestamp;
use store::{
    AlarmRow, ChainRole, NewNotice, NewNoticeAlarm, NoticeRow, NoticeTelling, OverdueFilter, PageAsk,
    PartyKind, Sending, Serving,
};
use tracing::{info, warn};
use uuid::Uuid;

use super::{NOTE_LEN_MAX, notice_object, office, words};
use crate::{Ask, Platform, PlatformError};

/// Alarms of one act: a text and a page of each notice are still read by people.
const ALARMS_MAX: usize = 2000;
/// Parties of one act.
const PARTIES_MAX: usize = 200;

/// Parties read to find one among: a unit has one organisation, or two while one takes over.
const PARTIES_READ: u32 = 50;

/// What an act of sending is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoticeAbout {
    /// These alarms.
    Alarms(Vec<AlarmId>),
    /// Every overdue alarm of these units with at least so many notices about it.
    Units(Vec<UnitId>, u32),
    /// Every overdue alarm of the units that these organisations serve, with at least so many notices about it.
    Organisations(Vec<OrganisationId>, u32),
}

/// Whom a notice goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NoticeTo {
    /// The units.
    #[default]
    Units,
    /// The organisations that do the units' duty.
    Organisations,
    /// Both; a unit without an organisation has its own alone.
    Both,
}

impl NoticeTo {
    /// The word used in requests.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Units => "unit",
            Self::Organisations => "organisation",
            Self::Both => "both",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Units, Self::Organisations, Self::Both].into_iter().find(|to| to.as_str() == word)
    }
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
    /// To whom.
    pub to: NoticeTo,
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
    pub party: Party,
    /// Name.
    pub name: String,
    /// Alarms about which it would be.
    pub alarms: usize,
}

/// The alarms of one party.
struct Group {
    party: Party,
    name: String,
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
        let (groups, skipped) = self.groups_of(ask, wish).await?;
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
                party: group.party,
                party_name: group.name.clone(),
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
                let tellings = self.chain(office.level, group.party, places, ask.now).await?;
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
        let (groups, skipped) = self.groups_of(ask, wish).await?;
        let parties = groups.iter().map(|group| PreviewParty {
            party: group.party,
            name: group.name.clone(),
            alarms: group.alarms.len(),
        });
        let parties = parties.collect();
        let Some(first) = groups.first() else { return Ok(NoticePreview { parties, skipped, text: None }) };
        let counts = u64::from(wish.kind.asks_for_reply());
        let filter = filter_of(first.party);
        let times = (ask.now, self.notices_since(ask.now));
        let store = &self.inner.store;
        let known = store.overdue_parties(&ask.access, &filter, times, &PageAsk::first(PARTIES_READ)).await?;
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
            party: &first.name,
            is_organisation: first.party.unit_id().is_none(),
            sent_at: ask.now,
            period_from: times.1,
            nth: known.items.iter().find(|one| one.party == first.party).map_or(0, |one| one.notices)
                + counts,
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
        let tellings = self.chain(row.notice.issuer_level, row.party, places, ask.now).await?;
        let sending = Sending { id: row.notice.id, version, tellings };
        let times = (ask.now, self.notices_since(ask.now));
        Ok(self.inner.store.send_notice(&ask.access, &sending, times, &letter_of).await?)
    }

    /// The chosen alarms that are due for a notice, by party in the order of names, the longest overdue first; and those that are not. An alarm
    /// outside the asker's reach cannot be told from one that does not exist: the whole act is refused.
    async fn groups_of(
        &self,
        ask: &Ask,
        wish: &NoticeWish,
    ) -> Result<(Vec<Group>, Vec<(AlarmId, Excuse)>), PlatformError> {
        ask.access.need(Capability::SeeAlarms)?;
        let rows = match &wish.about {
            NoticeAbout::Alarms(ids) => self.chosen_alarms(ask, ids).await?,
            NoticeAbout::Units(units, notices_min) => self.alarms_of_units(ask, units, *notices_min).await?,
            NoticeAbout::Organisations(ids, notices_min) => {
                self.alarms_of_organisations(ask, ids, *notices_min).await?
            }
        };
        let serving = self.serving(ask, wish, &rows).await?;
        let mut groups: BTreeMap<(String, Uuid), Group> = BTreeMap::new();
        let mut skipped = Vec::new();
        for row in rows {
            match due_for_notice(&row.alarm, ask.now) {
                Ok(worst) => {
                    for (party, name) in parties_of(wish, &row, &serving) {
                        let id = party.unit_id().map(|id| id.0).or(party.organisation_id().map(|id| id.0));
                        let key = (name.clone(), id.unwrap_or_default());
                        let group =
                            groups.entry(key).or_insert_with(|| Group { party, name, alarms: Vec::new() });
                        group.alarms.push((row.clone(), worst));
                    }
                }
                Err(excuse) => skipped.push((row.alarm.id, excuse)),
            }
        }
        if groups.len() > PARTIES_MAX {
            return Err(too_many("parties", PARTIES_MAX));
        }
        let groups = groups.into_values().map(|mut group| {
            group.alarms.sort_by_key(|(row, worst)| (worst.due_at, row.alarm.id));
            group
        });
        Ok((groups.collect(), skipped))
    }

    /// The organisations that answer for these alarms, where any are asked for.
    async fn serving(
        &self,
        ask: &Ask,
        wish: &NoticeWish,
        rows: &[AlarmRow],
    ) -> Result<HashMap<UnitId, Vec<Serving>>, PlatformError> {
        let mut by_unit: HashMap<UnitId, Vec<Serving>> = HashMap::new();
        if wish.to == NoticeTo::Units {
            return Ok(by_unit);
        }
        let units: HashSet<UnitId> = rows.iter().map(|row| row.alarm.unit_id).collect();
        let units: Vec<UnitId> = units.into_iter().collect();
        for one in self.inner.store.organisations_serving(&ask.access, &units).await? {
            by_unit.entry(one.unit_id).or_default().push(one);
        }
        Ok(by_unit)
    }

    async fn alarms_of_organisations(
        &self,
        ask: &Ask,
        ids: &[OrganisationId],
        notices_min: u32,
    ) -> Result<Vec<AlarmRow>, PlatformError> {
        if ids.is_empty() {
            return Err(PlatformError::field(
                "organisation_ids",
                "missing",
                "choose at least one organisation",
            ));
        }
        if ids.len() > PARTIES_MAX {
            return Err(too_many("parties", PARTIES_MAX));
        }
        let mut found: Vec<AlarmRow> = Vec::new();
        for id in ids {
            let filter = OverdueFilter {
                by: PartyKind::Organisation,
                organisation_id: Some(*id),
                notices_min,
                noticed_before: Some(ask.now),
                ..OverdueFilter::default()
            };
            let most = ALARMS_MAX as u32 + 1;
            let rows = self.inner.store.first_overdue_alarms(&ask.access, &filter, ask.now, most).await?;
            found.extend(rows.into_iter().map(|one| one.row));
            if found.len() > ALARMS_MAX {
                return Err(too_many("alarms", ALARMS_MAX));
            }
        }
        found.sort_by_key(|row| row.alarm.id);
        found.dedup_by_key(|row| row.alarm.id);
        Ok(found)
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

    /// Whom a notice is told to on its way down: every level between the sender and the unit that the unit lies under, then the unit. An organisation
    /// is told straight away: it sits elsewhere, and no office on the way answers for it.
    async fn chain(
        &self,
        from: Rung,
        party: Party,
        (has_city, has_county): (bool, bool),
        now: Timestamp,
    ) -> Result<Vec<NoticeTelling>, PlatformError> {
        let mut tellings = Vec::new();
        if let Party::Unit(unit) = party {
            let relays = [(Rung::City, has_city), (Rung::County, has_county)];
            for (rung, _) in relays.into_iter().filter(|(rung, is_there)| *is_there && *rung < from) {
                let people = self.inner.store.people_on_rung(rung, unit, now).await?;
                tellings.push(self.telling(rung, ChainRole::Relay, people).await?);
            }
        }
        tellings.push(self.tell_party(party, now).await?);
        Ok(tellings)
    }

    /// The people who sign and reply, told as the party.
    pub(super) async fn tell_party(
        &self,
        party: Party,
        now: Timestamp,
    ) -> Result<NoticeTelling, PlatformError> {
        let store = &self.inner.store;
        let people = match party {
            Party::Unit(unit) => store.people_on_rung(Rung::Unit, unit, now).await?,
            Party::Organisation(id) => store.people_of_organisation(id).await?,
        };
        self.telling(party.level(), ChainRole::Party, people).await
    }

    /// A level with its people and addresses.
    pub(super) async fn telling(
        &self,
        rung: Rung,
        role: ChainRole,
        people: Vec<UserId>,
    ) -> Result<NoticeTelling, PlatformError> {
        if people.is_empty() {
            warn!(rung = rung.as_str(), "nobody of this level is told of a notice");
        }
        let addresses = self.outside_of(rung, &people).await?;
        Ok(NoticeTelling { rung, role, people, addresses })
    }
}

/// Who answers for an alarm, as the sender wants it. Where organisations are asked for by name, only those.
fn parties_of(
    wish: &NoticeWish,
    row: &AlarmRow,
    serving: &HashMap<UnitId, Vec<Serving>>,
) -> Vec<(Party, String)> {
    let mut parties = Vec::new();
    if wish.to != NoticeTo::Organisations {
        parties.push((Party::Unit(row.alarm.unit_id), row.unit_name.clone()));
    }
    let named = match &wish.about {
        NoticeAbout::Organisations(ids, _) => Some(ids),
        _ => None,
    };
    for one in serving.get(&row.alarm.unit_id).into_iter().flatten() {
        if named.is_none_or(|ids| ids.contains(&one.organisation_id)) {
            parties.push((Party::Organisation(one.organisation_id), one.name.clone()));
        }
    }
    parties
}

/// What counts the notices of a party.
fn filter_of(party: Party) -> OverdueFilter {
    match party {
        Party::Unit(id) => OverdueFilter { unit_id: Some(id), ..OverdueFilter::default() },
        Party::Organisation(id) => OverdueFilter {
            by: PartyKind::Organisation,
            organisation_id: Some(id),
            ..OverdueFilter::default()
        },
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
        unit: row.unit_name.clone(),
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
        party: &row.party_name,
        is_organisation: row.party.unit_id().is_none(),
        sent_at,
        period_from: row.period_from.unwrap_or(sent_at),
        nth: row.nth,
        alarms,
        deadline_at: row.notice.deadline_at,
        remark: row.remark.as_deref(),
    })
}
