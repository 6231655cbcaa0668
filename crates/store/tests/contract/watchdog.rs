//! The watchdog's rows: one probe at a time whoever begins it, nothing left of a rehearsal, faults that open and are mended once, and no flood.

use domain::access::Access;
use domain::alarm::watchdog::{Finding, Link, Stage, Trace};
use domain::ids::ProbeId;
use jiff::SignedDuration;
use store::{AlarmFilter, AlarmStates, NewProbeMessage, PROBE_TOPIC, PageAsk, Settled, Store, WatchdogKind};
use uuid::Uuid;

use crate::contract;
use crate::house::{House, NORTH_CAMERA, NORTH_SCHOOL, alarm_id, at, new_alarm};

contract!(
    two_processes_begin_one_probe,
    nothing_remains_of_a_rehearsal,
    a_probe_leaves_its_times_and_is_judged_once,
    a_fault_opens_once_and_is_mended_once,
    a_message_is_claimed_and_settled_once,
    old_probes_go_and_the_last_of_a_channel_stays,
);

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn probe_id(n: u128) -> ProbeId {
    ProbeId(Uuid::from_u128(0x8_0000 + n))
}

fn webhook(receipt: &str) -> NewProbeMessage {
    NewProbeMessage { channel: "webhook".to_owned(), recipient: "h".to_owned(), receipt: receipt.to_owned() }
}

fn link() -> Link {
    Link { stage: Stage::Channel, channel: "webhook".to_owned(), recipient: "h".to_owned() }
}

fn found(n: u128, link: Link, is_good: bool) -> (Finding, Uuid) {
    ((link, if is_good { Ok(()) } else { Err(format!("because {n}")) }), Uuid::from_u128(n))
}

async fn start(store: &Store, n: u128, s: i64) -> ProbeId {
    assert!(store.start_probe(probe_id(n), true, at(s - 50), at(s)).await.unwrap());
    probe_id(n)
}

async fn two_processes_begin_one_probe(house: House) {
    let store = &house.store;
    let racing: Vec<_> = (0..6)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move { store.start_probe(probe_id(n), true, at(40), at(100)).await.unwrap() })
        })
        .collect();
    let mut begun = 0;
    for one in racing {
        begun += usize::from(one.await.unwrap());
    }
    assert_eq!(begun, 1);
    assert_eq!(store.outbox_pending(10).await.unwrap().len(), 1, "one entry of the outbox");
    assert!(!store.start_probe(probe_id(9), true, at(99), at(159)).await.unwrap(), "not before its time");
    assert!(store.start_probe(probe_id(9), true, at(100), at(160)).await.unwrap());
}

async fn nothing_remains_of_a_rehearsal(house: House) {
    let store = &house.store;
    let new = || new_alarm(alarm_id(70), NORTH_SCHOOL, NORTH_CAMERA, 10);
    assert!(!store.rehearse_alarm(new()).await.unwrap(), "there is no unit");
    house.furnish().await;
    let mut drill = new();
    (drill.alarm.camera_id, drill.alarm.drill) = (None, true);
    assert!(store.rehearse_alarm(drill.clone()).await.unwrap());
    assert!(store.rehearse_alarm(drill).await.unwrap(), "as often as wanted");
    let all = AlarmFilter { states: AlarmStates::All, ..AlarmFilter::default() };
    assert!(store.alarms(&Access::PLATFORM, &all, &PageAsk::first(9)).await.unwrap().items.is_empty());
    assert!(store.outbox_pending(10).await.unwrap().is_empty());
    // A real one is raised after it as ever.
    house.raise(new()).await;
}

async fn a_probe_leaves_its_times_and_is_judged_once(house: House) {
    let store = &house.store;
    let id = start(store, 1, 100).await;
    assert!(store.probes_to_tell().await.unwrap().is_empty(), "not before it came out of the outbox");
    store.probe_passed(id, at(101)).await.unwrap();
    store.probe_passed(id, at(109)).await.unwrap();
    assert_eq!(store.probes_to_tell().await.unwrap(), [id]);
    assert!(store.tell_probe(id, &[webhook("r")], at(102)).await.unwrap());
    assert!(!store.tell_probe(id, &[webhook("r")], at(102)).await.unwrap(), "another process was faster");
    store.probe_heard(id, at(103)).await.unwrap();
    assert!(store.probes_to_judge(at(100)).await.unwrap().is_empty());
    let due = store.probes_to_judge(at(101)).await.unwrap();
    let traces = &due[0].traces;
    assert_eq!(
        (traces.passed_at, traces.told_at, traces.heard_at, due[0].rehearsed),
        (Some(at(101)), Some(at(102)), Some(at(103)), true),
        "the first time counts"
    );
    let waiting =
        Trace { channel: "webhook".to_owned(), recipient: "h".to_owned(), arrived_at: None, said: None };
    assert_eq!(traces.sent, [waiting]);
    assert_eq!(store.last_arrival().await.unwrap(), None);
    let good = [found(1, Link::inside(Stage::Raise), true)];
    assert!(store.judge_probe(id, at(100), &good, &[], at(145)).await.unwrap().is_empty());
    let bad = [found(2, link(), false)];
    assert!(store.judge_probe(id, at(100), &bad, &[], at(146)).await.unwrap().is_empty(), "judged once");
    assert!(store.watchdog_faults().await.unwrap().is_empty());
    assert_eq!(store.last_arrival().await.unwrap(), Some(at(100)));
    assert_eq!(store.last_probes(at(9999), 5).await.unwrap()[0].arrived, Some(true));
}

async fn a_fault_opens_once_and_is_mended_once(house: House) {
    let store = &house.store;
    let told = [("webhook".to_owned(), "h".to_owned()), ("sms".to_owned(), "138".to_owned())];
    let judge = async |n: u128, s: i64, is_good: bool| {
        let id = start(store, n, s).await;
        let findings = [found(10 * n, Link::inside(Stage::Push), true), found(10 * n + 1, link(), is_good)];
        store.judge_probe(id, at(s), &findings, &told, at(s + 45)).await.unwrap()
    };
    let opened = judge(1, 100, false).await;
    assert_eq!((opened.len(), opened[0].is_new, opened[0].fault.since), (1, true, at(100)));
    assert!(judge(2, 160, false).await.is_empty(), "told once");
    let faults = store.watchdog_faults().await.unwrap();
    assert_eq!((faults.len(), faults[0].probes, faults[0].last_at), (1, 2, at(160)));
    assert_eq!(faults[0].why, "because 21", "the last word");
    let mended = judge(3, 220, true).await;
    assert_eq!((mended.len(), mended[0].is_new, mended[0].fault.mended_at), (1, false, Some(at(265))));
    assert!(judge(4, 280, true).await.is_empty());
    assert_eq!(judge(5, 340, false).await.len(), 1, "a new one");
    // Whoever is faulty is not told of it.
    let due = async |channel: &str| store.watchdog_messages_due(channel, at(999), MINUTE, 9).await.unwrap();
    assert!(due("webhook").await.is_empty());
    let kinds: Vec<_> = due("sms").await.iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [WatchdogKind::Fault, WatchdogKind::Mended, WatchdogKind::Fault]);
    assert_eq!(due("sms").await[0].fault.as_ref().unwrap().link, link());

    assert_eq!(
        store.end_faults_elsewhere(&[("webhook".to_owned(), "h".to_owned())], at(400)).await.unwrap(),
        0
    );
    assert_eq!(store.end_faults_elsewhere(&[], at(400)).await.unwrap(), 1, "no longer configured");
    assert!(store.watchdog_faults().await.unwrap().iter().all(|fault| fault.mended_at.is_some()));
}

async fn a_message_is_claimed_and_settled_once(house: House) {
    let store = &house.store;
    let id = start(store, 1, 100).await;
    store.probe_passed(id, at(100)).await.unwrap();
    store.tell_probe(id, &[webhook("r1")], at(100)).await.unwrap();
    assert!(store.watchdog_messages_due("sms", at(100), MINUTE, 9).await.unwrap().is_empty());
    let one = store.watchdog_messages_due("webhook", at(100), MINUTE, 9).await.unwrap().remove(0);
    assert_eq!((one.kind, one.receipt.as_str(), one.tries), (WatchdogKind::Probe, "r1", 0));
    assert!(store.claim_watchdog_message(&one, at(160)).await.unwrap());
    assert!(!store.claim_watchdog_message(&one, at(160)).await.unwrap());
    assert!(store.watchdog_messages_due("webhook", at(159), MINUTE, 9).await.unwrap().is_empty());
    store.settle_watchdog_message(&one, Settled::Again(at(105)), "HTTP 500\0", at(101)).await.unwrap();
    let again = store.watchdog_messages_due("webhook", at(105), MINUTE, 9).await.unwrap().remove(0);
    assert_eq!(again.tries, 1);
    store.claim_watchdog_message(&again, at(165)).await.unwrap();
    store.settle_watchdog_message(&again, Settled::Sent, "r1", at(106)).await.unwrap();
    let trace = store.last_probes(at(9999), 1).await.unwrap().remove(0).traces.sent.remove(0);
    assert_eq!((trace.arrived_at, trace.said.as_deref()), (Some(at(106)), Some("r1")));
    // What a judged probe still had to tell is too late.
    let late = start(store, 2, 160).await;
    store.probe_passed(late, at(160)).await.unwrap();
    store.tell_probe(late, &[webhook("r2")], at(160)).await.unwrap();
    store.judge_probe(late, at(160), &[found(1, link(), false)], &[], at(205)).await.unwrap();
    assert!(store.watchdog_messages_due("webhook", at(999), MINUTE, 9).await.unwrap().is_empty());
}

async fn old_probes_go_and_the_last_of_a_channel_stays(house: House) {
    let store = &house.store;
    let day = SignedDuration::from_hours(24);
    for n in 0..30_u32 {
        let s = i64::from(n) * 3600;
        let id = start(store, u128::from(n), s).await;
        store.probe_passed(id, at(s)).await.unwrap();
        // The second channel is probed once, in the first hour.
        let sms = NewProbeMessage { channel: "sms".to_owned(), ..webhook("r") };
        let messages = if n == 0 { vec![webhook("r"), sms] } else { vec![webhook("r")] };
        store.tell_probe(id, &messages, at(s)).await.unwrap();
        store.judge_probe(id, at(s), &[found(1, link(), true)], &[], at(s + 45)).await.unwrap();
        for entry in store.outbox_pending(9).await.unwrap() {
            assert_eq!(entry.topic, PROBE_TOPIC);
            store.outbox_delivered(entry.seq, at(s)).await.unwrap();
        }
        store.prune_watchdog(at(s + 45), day, day).await.unwrap();
        let kept = store.last_probes(at(40 * 3600), 50).await.unwrap().len();
        assert!(kept <= 26, "{kept} probes after {n} hours");
        assert!(store.outbox_after(0, 9).await.unwrap().is_empty(), "nothing is left in the outbox");
    }
    assert_eq!(
        store.last_probed("sms", at(40 * 3600)).await.unwrap(),
        Some(at(0)),
        "the next one is due by it"
    );
    assert_eq!(store.last_probed("webhook", at(40 * 3600)).await.unwrap(), Some(at(29 * 3600)));
    assert_eq!(store.last_probed("voice", at(40 * 3600)).await.unwrap(), None);
}
