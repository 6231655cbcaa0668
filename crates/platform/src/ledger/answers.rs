//! Signs of feigned duty in how roll-calls are answered: by a person's times, and by the codes that a room's camera saw.

use std::collections::HashMap;

use domain::access::Access;
use domain::alarm::Source;
use domain::duty::falsehood::answers::{Answer, auto_answer};
use domain::duty::falsehood::codes::{FilmedAnswer, unseen_codes};
use domain::duty::falsehood::{Suspicion, Trick};
use domain::ids::{DutyRoomId, StaffId, SuspicionId};
use domain::recording::Span;
use jiff::{SignedDuration, Timestamp};
use store::{GuardAnswer, sha256_hex};

use super::evidence::EvidenceRow;
use super::rooms::KnownRoom;
use super::suspicions::About;
use crate::alarms::{Reported, matter_id};
use crate::{Platform, PlatformError};

/// How far back answers are looked at.
const ANSWERS: SignedDuration = SignedDuration::from_hours(28 * 24);
/// Answers named in an evidence package; the digest is over all of them.
const NAMED_MAX: usize = 50;

impl Platform {
    /// Looks at the answers of four weeks: each person's by their times, each room's by its codes.
    pub(super) async fn look_at_answers(
        &self,
        rooms: &[KnownRoom],
        now: Timestamp,
    ) -> Result<(), PlatformError> {
        let since = now.saturating_sub(ANSWERS).unwrap_or(Timestamp::MIN);
        let answers = self.inner.store.guard_answers(Span::new(since, now)).await?;
        let (mut by_guard, mut by_room): (HashMap<StaffId, Vec<&GuardAnswer>>, HashMap<DutyRoomId, Vec<_>>) =
            Default::default();
        for one in &answers {
            by_guard.entry(one.staff_id).or_default().push(one);
            if one.is_filmed {
                by_room.entry(one.room_id).or_default().push(one);
            }
        }
        for (staff, of_guard) in by_guard {
            let times: Vec<Answer> =
                of_guard.iter().map(|one| Answer { at: one.at, after_ms: one.after_ms }).collect();
            if let Some(suspicion) = auto_answer(&times) {
                self.suspect_answers(rooms, &of_guard, Some(staff), &suspicion, now).await?;
            }
        }
        for of_room in by_room.values() {
            let filmed: Vec<FilmedAnswer> =
                of_room.iter().map(|one| FilmedAnswer { at: one.at, verdict: one.verdict }).collect();
            for suspicion in unseen_codes(&filmed) {
                self.suspect_answers(rooms, of_room, None, &suspicion, now).await?;
            }
        }
        Ok(())
    }

    async fn suspect_answers(
        &self,
        rooms: &[KnownRoom],
        answers: &[&GuardAnswer],
        staff: Option<StaffId>,
        suspicion: &Suspicion,
        now: Timestamp,
    ) -> Result<(), PlatformError> {
        let Some(last) = answers.last() else { return Ok(()) };
        let Some(known) = rooms.iter().find(|one| one.room.id == last.room_id) else { return Ok(()) };
        let text =
            |one: &GuardAnswer| format!("{} {} {} {} ms", one.room_id, one.staff_id, one.at, one.after_ms);
        let all: Vec<String> = answers.iter().map(|one| text(one)).collect();
        let mut rows = vec![EvidenceRow {
            kind: "roll_call_answers",
            what: format!("{} answers", all.len()),
            sha256: sha256_hex(all.join("\n").as_bytes()),
        }];
        rows.extend(
            all.iter().rev().take(NAMED_MAX).map(|one| EvidenceRow::of("roll_call_answer", one.clone())),
        );
        let about = About {
            organisation: known.room.organisation_id,
            room: staff.is_none().then_some(last.room_id),
            staff,
        };
        self.raise_suspicion(about, suspicion, &rows, now).await.map(drop)
    }

    /// One person in two places is also an alarm of the room where they were seen last: somebody is missing in one of the two. The other tricks
    /// have an alarm of their own while they are on the picture, or are a matter for an office.
    pub(super) async fn raise_two_places(
        &self,
        (id, suspicion): (SuspicionId, &Suspicion),
        room: DutyRoomId,
        now: Timestamp,
    ) -> Result<(), PlatformError> {
        let Some(code) = suspicion.trick.alarm().filter(|_| suspicion.trick == Trick::TwoPlaces) else {
            return Ok(());
        };
        let room = self.inner.store.duty_room(&Access::PLATFORM, room).await?;
        let minutes = suspicion.numbers.first().map_or(0, |number| number.found);
        let report = Reported {
            code,
            unit_id: room.unit_id,
            camera_id: room.cameras.first().copied(),
            source: Source::Device,
            occurred_at: suspicion.span.end,
            note: Some(format!(
                "{}：同一值班员 {minutes} 分钟内在两处值班室出现 The same guard in two duty rooms within {minutes} minutes",
                room.name
            )),
            simulated: room.synthetic,
            observation_id: matter_id(&format!("suspicion {id}")),
            detector: None,
        };
        self.raise_reported(report, now).await.map(drop)
    }
}
