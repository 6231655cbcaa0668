//! Scripts of time: who is there, who is silent, who is gone.

use super::super::testing::{DEVICE, Site, device, on_connection, peer};
use super::*;
use crate::registrar::Change;

#[test]
fn a_keepalive_is_answered_and_changes_nothing() {
    let mut site = Site::new();
    site.log_in(DEVICE, peer(1));
    let answer = site.keepalive(DEVICE, peer(1));
    assert_eq!((answer.status, answer.changes), (200, vec![]));
    assert_eq!(answer.standing, Some(Standing::Keepalive { device: device(DEVICE), has_news: false }));
}

#[test]
fn three_missed_keepalives_and_some_slack_make_a_device_silent() {
    let mut site = Site::new();
    site.log_in(DEVICE, peer(1));
    assert_eq!(site.pass_s(3 * 60 + 14), []);
    assert_eq!(site.pass_s(2), [Change::FellSilent]);
    assert_eq!(site.keepalive(DEVICE, peer(1)).changes, [Change::Returned]);
}

#[test]
fn a_device_that_keeps_sending_stays_online_for_an_hour() {
    let mut site = Site::new();
    site.log_in_with(DEVICE, peer(1), "Expires: 7200\r\n");
    for _ in 0..60 {
        assert_eq!(site.pass_s(60), []);
        site.keepalive(DEVICE, peer(1));
    }
}

#[test]
fn a_late_device_is_asked_once_before_it_counts_as_silent() {
    let mut site = Site::new();
    site.log_in(DEVICE, peer(1));
    assert_eq!(site.probes_in_s(190), 1);
    let mut out = Vec::new();
    site.registrar.on_answered(site.now, &device(DEVICE), peer(1), &mut out);
    assert_eq!((out.len(), site.pass_s(100)), (0, vec![]));
}

#[test]
fn a_registration_that_runs_out_ends_it_although_keepalives_come() {
    let mut site = Site::new();
    site.log_in_with(DEVICE, peer(1), "Expires: 120\r\n");
    let mut changes = Vec::new();
    for _ in 0..3 {
        changes.extend(site.pass_s(60));
        site.keepalive(DEVICE, peer(1));
    }
    assert_eq!(changes, [Change::Expired]);
    assert_eq!(site.keepalive(DEVICE, peer(1)).status, 403);
}

#[test]
fn a_broken_connection_makes_its_devices_silent() {
    let mut site = Site::new();
    site.log_in(DEVICE, on_connection(7));
    site.log_in("34020000001320000002", on_connection(7));
    site.log_in("34020000001320000003", on_connection(8));
    let mut out = Vec::new();
    site.registrar.connection_lost(7, &mut out);
    assert_eq!(out.len(), 2);
    assert_eq!(site.keepalive(DEVICE, on_connection(9)).changes, [Change::Moved, Change::Returned]);
    site.registrar.connection_lost(7, &mut out);
    assert_eq!(out.len(), 2);
}

#[test]
fn another_ip_address_must_register_first() {
    let mut site = Site::new();
    site.log_in(DEVICE, peer(1));
    let elsewhere = Peer { address: ([198, 51, 100, 66], 5060).into(), ..peer(1) };
    assert_eq!(site.keepalive(DEVICE, elsewhere).status, 403);
    assert_eq!(site.registrar.binding(&device(DEVICE), site.now).unwrap().peer, peer(1));
    site.terms.roaming = true;
    site.log_in(DEVICE, peer(1));
    let answer = site.keepalive(DEVICE, elsewhere);
    assert_eq!((answer.status, answer.changes), (200, vec![Change::Moved]));
}

#[test]
fn a_keepalive_of_a_stranger_is_refused_and_an_ack_is_not_answered() {
    let mut site = Site::new();
    assert_eq!(site.keepalive("34020000001329999999", peer(1)).standing, Some(Standing::Refused));
    assert_eq!(site.request("ACK", DEVICE, peer(1), "").standing, Some(Standing::Dropped));
    assert_eq!(site.message("scanner", peer(1), "").standing, Some(Standing::Dropped));
}

#[test]
fn an_alarm_that_names_its_channel_is_the_device_s_at_that_address() {
    let mut site = Site::new();
    site.log_in(DEVICE, peer(1));
    let answer = site.message("34020000001340000001", peer(1), "<Notify><CmdType>Alarm</CmdType></Notify>");
    assert_eq!(answer.standing, Some(Standing::Registered(device(DEVICE))));
}

#[test]
fn a_device_that_floods_is_limited_and_others_are_not() {
    let mut site = Site::new();
    site.registrar.settings.device_rate = (1.0, 5.0);
    site.log_in(DEVICE, peer(1));
    site.log_in("34020000001320000002", peer(2));
    let heard = (0..20).filter(|_| site.keepalive(DEVICE, peer(1)).status == 200).count();
    assert_eq!((heard, site.keepalive("34020000001320000002", peer(2)).status), (5, 200));
}

#[test]
fn an_absurd_keepalive_interval_does_not_kill_a_device() {
    let mut site = Site::new();
    site.terms.keepalive_s = 0;
    site.terms.misses = 0;
    site.log_in(DEVICE, peer(1));
    assert_eq!(site.pass_s(180), []);
}

#[test]
fn after_a_restart_devices_go_on_as_if_nothing_had_happened() {
    let mut before = Site::new();
    before.log_in(DEVICE, peer(1));
    before.log_in("34020000001320000002", on_connection(4));
    let stored: Vec<_> = before.registrar.snapshot(before.now).collect();
    let mut after = Site::new();
    after.now.unix_ms = before.now.unix_ms + 10_000;
    for binding in stored {
        after.registrar.restore(binding, after.now);
    }
    assert_eq!(after.keepalive(DEVICE, peer(1)).status, 200);
    let answer = after.keepalive("34020000001320000002", on_connection(1));
    assert_eq!((answer.status, answer.changes), (200, vec![Change::Moved, Change::Returned]));
}

#[test]
fn a_registration_that_ran_out_while_we_were_down_is_not_restored() {
    let mut before = Site::new();
    before.log_in(DEVICE, peer(1));
    let binding = before.registrar.binding(&device(DEVICE), before.now).unwrap();
    let mut after = Site::new();
    after.now.unix_ms = binding.expires_unix_ms;
    after.registrar.restore(binding, after.now);
    assert_eq!(after.keepalive(DEVICE, peer(1)).status, 403);
}

#[test]
fn a_device_that_is_gone_is_forgotten_after_a_while() {
    let mut site = Site::new();
    site.log_in_with(DEVICE, peer(1), "Expires: 60\r\n");
    site.pass_s(100);
    assert_eq!(site.registrar.len(), 1);
    site.pass_s(400);
    assert!(site.registrar.is_empty());
}

#[test]
fn a_datagram_flood_is_turned_away_before_it_is_read() {
    let mut site = Site::new();
    let flooder = [198, 51, 100, 66].into();
    let admitted = (0..20_000).filter(|_| site.registrar.admits(site.now, flooder)).count();
    assert_eq!(admitted, 5_000);
    assert!(site.registrar.admits(site.now, peer(1).address.ip()));
}
