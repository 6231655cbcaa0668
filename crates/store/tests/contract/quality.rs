//! What people's answers say of a rule: counted by rule and by camera, quarantines that are proposed once and end, samples that go with their answer.

use domain::access::Access;
use domain::alarm::{Alarm, AlarmCode, AlarmEvent, FalseAlarmReason, decide};
use domain::ids::{AlarmId, CameraId, QuarantineId, UnitId};
use domain::place::PlaceType;
use domain::quality::{Answer, Grounds, QuarantineEvent, QuarantineState};
use jiff::{SignedDuration, Timestamp};
use store::{
    AlarmBlobKind, AnswerFilter, AnsweredFilter, AnswersBy, ErrorKind, NewAlarm, NewQuarantine, NewSample,
    PageAsk, QuarantineChange, QuarantineFilter, RuleAnswers, StepRecord,
};
use uuid::Uuid;

use crate::contract;
use crate::house::{
    House, NORTH_CAMERA, NORTH_GUARD, NORTH_SCHOOL, SOUTH_CAMERA, SOUTH_SCHOOL, alarm_id, at, camera,
    new_alarm, north, province,
};

contract!(
    answers_are_counted_by_rule_and_by_camera,
    a_number_leads_to_its_alarms,
    a_quarantine_is_proposed_once_and_rests_after_a_no,
    a_quarantine_is_quiet_until_its_end,
    a_quiet_alarm_never_swallows_a_loud_one,
    a_sample_goes_with_its_answer_its_time_and_its_place,
);

const REAL: Option<FalseAlarmReason> = None;
const STEAM: Option<FalseAlarmReason> = Some(FalseAlarmReason::SteamFog);
const LAMP: Option<FalseAlarmReason> = Some(FalseAlarmReason::LightReflection);

/// An alarm that was raised at `s` with a score, and answered half a minute later.
async fn answered(
    house: &House,
    n: u128,
    (unit, camera): (UnitId, CameraId),
    (s, score): (i64, f32),
    reason: Option<FalseAlarmReason>,
) -> AlarmId {
    let new = NewAlarm { score: Some(score), ..new_alarm(alarm_id(n), unit, camera, s) };
    let row = house.raise(new).await;
    let end = if reason.is_some() { AlarmEvent::Reject } else { AlarmEvent::Confirm };
    let mut alarm = step(house, &row.alarm, AlarmEvent::Take, None, s + 10).await;
    alarm = step(house, &alarm, end, reason, s + 30).await;
    if reason.is_none() {
        // Out of the way, so that the next one is a new one.
        for event in [AlarmEvent::StartHandling, AlarmEvent::Handle, AlarmEvent::Approve] {
            alarm.has_result_picture = true;
            alarm = step(house, &alarm, event, None, s + 40).await;
        }
    }
    alarm.id
}

async fn step(
    house: &House,
    alarm: &Alarm,
    event: AlarmEvent,
    reason: Option<FalseAlarmReason>,
    s: i64,
) -> Alarm {
    let actor_id = Some(NORTH_GUARD).filter(|_| !event.is_reviewers());
    let change = decide(alarm, event, actor_id, reason, at(s)).unwrap();
    let record = StepRecord { at: at(s), event, actor_id, note: None, reason };
    let version = house.store.alarm(&Access::PLATFORM, alarm.id).await.unwrap().alarm.version;
    house.store.change_alarm(&Access::PLATFORM, alarm.id, version, &change, &record).await.unwrap().alarm
}

fn all_time() -> AnswerFilter {
    AnswerFilter { from: at(0), until: at(10_000_000), code: None, camera_id: None }
}

fn close(found: Option<f64>, wanted: f64) -> bool {
    found.is_some_and(|found| (found - wanted).abs() < 1e-6)
}

const HERE: (UnitId, CameraId) = (NORTH_SCHOOL, NORTH_CAMERA);
const THERE: (UnitId, CameraId) = (SOUTH_SCHOOL, SOUTH_CAMERA);
const DAY: i64 = 86_400;

/// At the north school three real ones, three false on one day and one on the next; at the south school one false.
async fn fill(house: &House) {
    for (n, s, score, reason) in [
        (1, 100, 0.9, REAL),
        (2, 1000, 0.8, REAL),
        (3, 2000, 0.95, REAL),
        (4, 3000, 0.5, STEAM),
        (5, 4000, 0.85, STEAM),
        (6, 5000, 0.6, LAMP),
        (7, DAY + 5000, 0.7, LAMP),
    ] {
        answered(house, n, HERE, (s, score), reason).await;
    }
    answered(house, 8, THERE, (6000, 0.4), STEAM).await;
    // Not answered yet: it counts for nothing.
    house.raise(new_alarm(alarm_id(9), NORTH_SCHOOL, NORTH_CAMERA, 2 * DAY)).await;
}

async fn answers_are_counted_by_rule_and_by_camera(house: House) {
    fill(house.furnish().await).await;
    let store = &house.store;
    let by_camera = store.answers(&province(), AnswersBy::Camera, &all_time()).await.unwrap();
    assert_eq!(by_camera.len(), 2);
    let of = |camera: CameraId| -> &RuleAnswers {
        by_camera.iter().find(|rule| rule.camera.as_ref().unwrap().id == camera).unwrap()
    };
    let north_rule = of(NORTH_CAMERA);
    assert_eq!((north_rule.code, north_rule.model.as_deref()), (AlarmCode::F02, Some("test-model")));
    assert_eq!(north_rule.camera.as_ref().unwrap().unit_name, "武宁第一中学");
    let answers = &north_rule.answers;
    assert_eq!((answers.real, answers.rejected(), answers.worst_day), (3, 4, 3));
    assert!(answers.by_reason.contains(&(FalseAlarmReason::SteamFog, 2)));
    assert_eq!(answers.first_at, Some(at(100)));
    assert!(close(north_rule.lowest_real, 0.8) && close(north_rule.highest_below, 0.7));
    assert_eq!((north_rule.below, north_rule.simulated), (3, 7));
    let south_rule = of(SOUTH_CAMERA);
    assert_eq!((south_rule.answers.real, south_rule.below, south_rule.lowest_real), (0, 0, None));

    let rules = store.answers(&province(), AnswersBy::Rule, &all_time()).await.unwrap();
    assert_eq!((rules.len(), rules[0].answers.answered(), rules[0].answers.worst_day), (1, 8, 4));
    assert!(rules[0].camera.is_none());
    // Only what the asker sees, and only what was answered in time.
    let seen = store.answers(&north(), AnswersBy::Rule, &all_time()).await.unwrap();
    assert_eq!(seen[0].answers.answered(), 7);
    let late = AnswerFilter { from: at(DAY), ..all_time() };
    assert_eq!(store.answers(&north(), AnswersBy::Rule, &late).await.unwrap()[0].answers.answered(), 1);
    let other = AnswerFilter { code: Some(AlarmCode::E01), ..all_time() };
    assert!(store.answers(&north(), AnswersBy::Camera, &other).await.unwrap().is_empty());
    // Opened again, it is not answered any more.
    let alarm = store.alarm(&north(), alarm_id(7)).await.unwrap().alarm;
    step(&house, &alarm, AlarmEvent::Reopen, None, DAY + 6000).await;
    assert_eq!(store.answers(&north(), AnswersBy::Rule, &all_time()).await.unwrap()[0].answers.rejected(), 3);
}

async fn a_number_leads_to_its_alarms(house: House) {
    fill(house.furnish().await).await;
    let behind = async |access: &Access, answer, reason, camera_id| {
        let given = AnswerFilter { code: Some(AlarmCode::F02), camera_id, ..all_time() };
        let filter = AnsweredFilter { given, model: Some("test-model".to_owned()), answer, reason };
        let mut ids = Vec::new();
        let mut ask = PageAsk::first(2);
        loop {
            let page = house.store.answered_alarms(access, &filter, &ask).await.unwrap();
            ids.extend(page.items.into_iter().map(|row| row.alarm.id));
            match page.next {
                Some(next) => ask = PageAsk::after(2, next),
                None => return ids,
            }
        }
    };
    let ids = |numbers: &[u128]| numbers.iter().map(|n| alarm_id(*n)).collect::<Vec<_>>();
    assert_eq!(behind(&north(), Some(Answer::Real), None, None).await, ids(&[3, 2, 1]));
    assert_eq!(behind(&north(), Some(Answer::False), None, None).await, ids(&[7, 6, 5, 4]));
    assert_eq!(behind(&province(), None, STEAM, None).await, ids(&[8, 5, 4]));
    assert_eq!(behind(&province(), None, None, Some(SOUTH_CAMERA)).await, ids(&[8]));
}

fn proposal(n: u128, camera_id: CameraId, at: Timestamp) -> NewQuarantine {
    NewQuarantine {
        id: QuarantineId(Uuid::from_u128(n)),
        camera_id,
        code: AlarmCode::F02,
        model: Some("test-model".to_owned()),
        grounds: Grounds::FalseADay,
        answered: 9,
        real: 1,
        worst_day: 8,
        at,
    }
}

fn change(event: QuarantineEvent, to: QuarantineState, s: i64, until: Option<i64>) -> QuarantineChange {
    let why = Some("食堂蒸汽".to_owned());
    QuarantineChange { event, to, at: at(s), by: Some(NORTH_GUARD), why, until: until.map(at) }
}

async fn a_quarantine_is_proposed_once_and_rests_after_a_no(house: House) {
    let store = &house.furnish().await.store;
    let first = proposal(1, NORTH_CAMERA, at(10));
    assert!(store.propose_quarantine(&first).await.unwrap());
    assert!(!store.propose_quarantine(&proposal(2, NORTH_CAMERA, at(20))).await.unwrap());
    assert!(store.propose_quarantine(&proposal(3, SOUTH_CAMERA, at(20))).await.unwrap());
    let seen = store.quarantines(&north(), &QuarantineFilter::default(), &PageAsk::first(10)).await.unwrap();
    assert_eq!((seen.items.len(), &seen.items[0].new), (1, &first));
    let south = QuarantineId(Uuid::from_u128(3));
    assert_eq!(store.quarantine(&north(), south).await.unwrap_err().kind(), ErrorKind::NotFound);
    let no = change(QuarantineEvent::Decline, QuarantineState::Declined, 30, None);
    let refused = store.change_quarantine(&north(), south, 0, &no).await;
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::NotFound);
    let row = store.change_quarantine(&north(), first.id, 0, &no).await.unwrap();
    assert_eq!((row.state, row.version, row.closed_at), (QuarantineState::Declined, 1, Some(at(30))));
    let stale = store.change_quarantine(&north(), first.id, 0, &no).await;
    assert_eq!(stale.unwrap_err().kind(), ErrorKind::Conflict);
    assert!(!store.propose_quarantine(&proposal(4, NORTH_CAMERA, at(7 * DAY))).await.unwrap());
    assert!(store.propose_quarantine(&proposal(4, NORTH_CAMERA, at(7 * DAY + 31))).await.unwrap());
    let open = QuarantineFilter { open_only: true, camera_id: Some(NORTH_CAMERA) };
    assert_eq!(store.quarantines(&north(), &open, &PageAsk::first(10)).await.unwrap().items.len(), 1);
    // Nobody decides: both are over after two weeks.
    assert_eq!(store.quarantines_over(at(21 * DAY)).await.unwrap().len(), 1);
    assert_eq!(store.quarantines_over(at(21 * DAY + 31)).await.unwrap().len(), 2);
}

async fn a_quarantine_is_quiet_until_its_end(house: House) {
    let store = &house.furnish().await.store;
    let id = QuarantineId(Uuid::from_u128(1));
    store.propose_quarantine(&proposal(1, NORTH_CAMERA, at(10))).await.unwrap();
    let quiet =
        async |camera, code, s| store.is_rule_quiet(&Access::PLATFORM, camera, code, at(s)).await.unwrap();
    assert!(!quiet(NORTH_CAMERA, AlarmCode::F02, 20).await);
    let yes = change(QuarantineEvent::Approve, QuarantineState::InForce, 30, Some(3 * DAY));
    let row = store.change_quarantine(&province(), id, 0, &yes).await.unwrap();
    assert_eq!((row.until, row.decided_why.as_deref()), (Some(at(3 * DAY)), Some("食堂蒸汽")));
    assert_eq!(row.decided_by.map(|(id, _)| id), Some(NORTH_GUARD));
    assert!(quiet(NORTH_CAMERA, AlarmCode::F02, 40).await);
    assert!(!quiet(NORTH_CAMERA, AlarmCode::F01, 40).await && !quiet(SOUTH_CAMERA, AlarmCode::F02, 40).await);
    // Its end counts before anybody has written it down.
    assert!(!quiet(NORTH_CAMERA, AlarmCode::F02, 3 * DAY).await);
    assert!(store.quarantines_over(at(3 * DAY - 1)).await.unwrap().is_empty());
    assert_eq!(store.quarantines_over(at(3 * DAY)).await.unwrap()[0].new.id, id);
    let over = QuarantineChange {
        by: None,
        why: None,
        ..change(QuarantineEvent::Expire, QuarantineState::Ended, 3 * DAY, None)
    };
    let row = store.change_quarantine(&Access::PLATFORM, id, 1, &over).await.unwrap();
    assert_eq!((row.state, row.closed_by, row.until), (QuarantineState::Ended, None, Some(at(3 * DAY))));
    // What ended may be proposed again at once: it is judged anew.
    assert!(store.propose_quarantine(&proposal(2, NORTH_CAMERA, at(3 * DAY + 1))).await.unwrap());
}

async fn a_quiet_alarm_never_swallows_a_loud_one(house: House) {
    house.furnish().await;
    let mut quiet = new_alarm(alarm_id(1), NORTH_SCHOOL, NORTH_CAMERA, 10);
    quiet.alarm.level = domain::quality::quiet_level();
    quiet.alarm.marks = vec![domain::alarm::Mark::Quarantined];
    let row = house.raise(quiet.clone()).await;
    assert_eq!(row.alarm.marks, [domain::alarm::Mark::Quarantined]);
    let loud = house.raise(new_alarm(alarm_id(2), NORTH_SCHOOL, NORTH_CAMERA, 20)).await;
    assert_eq!(loud.alarm.id, alarm_id(2));
    // The other way round it joins: somebody has been called already.
    quiet.alarm.id = alarm_id(3);
    quiet.observation_id = Uuid::from_u128(77);
    let joined = house.store.raise_alarm(&Access::PLATFORM, &quiet, crate::house::RULE).await.unwrap();
    assert_eq!(joined, store::Raised::Joined(alarm_id(2)));
}

async fn a_sample_goes_with_its_answer_its_time_and_its_place(house: House) {
    let store = &house.furnish().await.store;
    let picture = async |id| {
        let kind = AlarmBlobKind::Picture;
        store.add_alarm_blob(&Access::PLATFORM, id, kind, "image/jpeg", b"jpeg", None, at(50)).await.unwrap();
    };
    let place = async |id: CameraId, unit, place_type| {
        let record = store::CameraRecord { place_type, ..camera(id, unit) };
        store.update_camera(&Access::PLATFORM, &record, None, at(1)).await.unwrap();
    };
    let corridor = answered(&house, 1, HERE, (100, 0.9), REAL).await;
    picture(corridor).await;
    assert!(store.samples_due(at(0)).await.unwrap().is_empty(), "a corridor of a dormitory");
    place(NORTH_CAMERA, NORTH_SCHOOL, PlaceType::Kitchen).await;
    place(SOUTH_CAMERA, SOUTH_SCHOOL, PlaceType::Kitchen).await;
    let steam = answered(&house, 2, THERE, (200, 0.7), STEAM).await;
    picture(steam).await;
    answered(&house, 3, HERE, (9000, 0.7), STEAM).await;
    let due = store.samples_due(at(0)).await.unwrap();
    let said: Vec<_> = due.iter().map(|due| (due.alarm_id, due.answer, due.reason)).collect();
    assert_eq!(said, [(corridor, Answer::Real, None), (steam, Answer::False, STEAM)], "one has no picture");
    assert_eq!(store.samples_due(at(200)).await.unwrap().len(), 1);
    let new = |n: usize| NewSample {
        due: due[n].clone(),
        people_hidden: 2,
        people_model: "people-test".to_owned(),
        at: at(300),
        expires_at: at(300) + SignedDuration::from_secs(DAY),
    };
    assert!(store.add_sample(&new(0), b"hidden").await.unwrap());
    assert!(!store.add_sample(&new(0), b"hidden").await.unwrap(), "once");
    assert!(store.add_sample(&new(1), b"steam").await.unwrap());
    assert!(store.samples_due(at(0)).await.unwrap().is_empty());
    let kept = store.samples(&Access::PLATFORM, &PageAsk::first(1)).await.unwrap();
    assert!(kept.next.is_some());
    assert_eq!(store.sample_picture(&kept.items[0]).await.unwrap(), b"hidden");
    assert_eq!((kept.items[0].code, kept.items[0].new.people_hidden), (AlarmCode::F02, 2));
    assert_eq!(store.samples(&north(), &PageAsk::first(9)).await.unwrap().items.len(), 1);
    // Its answer is taken back: the sample goes, file and all, and what was said does not fit any more.
    let files = || walk(&house.blobs());
    let before = files();
    let alarm = store.alarm(&north(), steam).await;
    assert!(alarm.is_err(), "the south school's");
    let alarm = store.alarm(&province(), steam).await.unwrap().alarm;
    step(&house, &alarm, AlarmEvent::Reopen, None, 400).await;
    assert_eq!(store.drop_samples(at(400)).await.unwrap(), 1);
    assert_eq!(files(), before - 1);
    assert!(!store.add_sample(&new(1), b"steam").await.unwrap());
    assert_eq!(files(), before - 1, "nothing is left of the one that was not kept");
    // Its place becomes one where none are allowed.
    place(NORTH_CAMERA, NORTH_SCHOOL, PlaceType::DormitoryCorridor).await;
    assert_eq!(store.drop_samples(at(400)).await.unwrap(), 1);
    place(NORTH_CAMERA, NORTH_SCHOOL, PlaceType::Kitchen).await;
    assert!(store.add_sample(&new(0), b"hidden").await.unwrap());
    // Its time is over.
    assert_eq!(store.drop_samples(at(300 + DAY - 1)).await.unwrap(), 0);
    assert_eq!(store.drop_samples(at(300 + DAY)).await.unwrap(), 1);
    assert!(store.samples(&Access::PLATFORM, &PageAsk::first(9)).await.unwrap().items.is_empty());
}

fn walk(folder: &std::path::Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { walk(&path) } else { 1 }).sum()
}
