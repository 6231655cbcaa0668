//! Who gets in, who does not, and for how long.

use super::super::testing::{DEVICE, Site, device, peer};
use super::*;
use crate::registrar::{Change, IdRule};

#[test]
fn a_device_is_challenged_proves_itself_and_is_there() {
    let mut site = Site::new();
    let challenge = site.register(DEVICE, peer(1), None);
    assert_eq!(challenge.status, 401);
    let done = site.answer(&challenge, DEVICE, peer(1), "Expires: 3600\r\n");
    assert_eq!(done.status, 200);
    assert_eq!(done.registration, Some(Registration::Accepted(device(DEVICE))));
    assert_eq!(done.changes, [Change::Registered]);
    assert!(done.text.contains("\r\nExpires: 3600\r\n"));
}

#[test]
fn the_date_is_beijing_time_and_can_be_switched_off() {
    let mut site = Site::new();
    assert!(site.log_in(DEVICE, peer(1)).text.contains("\r\nDate: 2026-11-24T03:25:00.0"));
    site.terms.time_sync = false;
    assert!(!site.log_in(DEVICE, peer(1)).text.contains("\r\nDate: "));
}

#[test]
fn every_answer_good_or_bad_tells_our_edition() {
    let mut site = Site::new();
    let challenge = site.register(DEVICE, peer(1), None);
    let wrong = site.answer_with(&challenge, DEVICE, peer(1), "", b"wrong");
    let right = site.log_in(DEVICE, peer(1));
    for answer in [&challenge, &wrong, &right] {
        assert!(answer.text.contains("\r\nX-GB-Ver: 3.0\r\n"), "{}", answer.text);
    }
}

#[test]
fn a_wrong_password_is_403_and_nobody_is_there() {
    let mut site = Site::new();
    let challenge = site.register(DEVICE, peer(1), None);
    let wrong = site.answer_with(&challenge, DEVICE, peer(1), "", b"wrong");
    assert_eq!((wrong.status, site.registrar.counters().wrong_digest), (403, 1));
    assert!(!site.registrar.is_registered(&device(DEVICE)));
}

#[test]
fn an_unregistration_is_challenged_like_any_other() {
    let mut site = Site::new();
    site.log_in(DEVICE, peer(1));
    let asked = site.register_with(DEVICE, peer(1), "Expires: 0\r\n");
    assert_eq!((asked.status, site.registrar.is_registered(&device(DEVICE))), (401, true));
    let done = site.answer(&asked, DEVICE, peer(1), "Expires: 0\r\n");
    assert_eq!((done.status, done.changes), (200, vec![Change::Unregistered]));
    assert!(!site.registrar.is_registered(&device(DEVICE)));
}

#[test]
fn a_used_digest_is_worth_nothing_a_second_time() {
    let mut site = Site::new();
    let challenge = site.register(DEVICE, peer(1), None);
    let authorization = Site::authorization(&challenge, DEVICE, b"secret");
    let first = site.send_register(DEVICE, peer(1), &format!("{authorization}Expires: 3600\r\n"));
    assert_eq!(first.status, 200);
    let replay = site.send_register(DEVICE, peer(1), &format!("{authorization}Expires: 0\r\n"));
    assert_eq!(replay.status, 401);
    assert!(replay.text.contains("stale=true"));
    assert!(site.registrar.is_registered(&device(DEVICE)));
}

#[test]
fn a_repeated_datagram_gets_the_same_answer_and_changes_nothing() {
    let mut site = Site::new();
    let challenge = site.register(DEVICE, peer(1), None);
    let authorization = Site::authorization(&challenge, DEVICE, b"secret");
    let first = site.send_register(DEVICE, peer(1), &authorization);
    site.cseq -= 1;
    let again = site.send_register(DEVICE, peer(1), &authorization);
    assert_eq!(again.registration, Some(Registration::Repeated(device(DEVICE))));
    assert_eq!((again.status, again.changes.len()), (first.status, 0));
}

#[test]
fn a_clock_that_is_set_back_locks_nobody_out() {
    let mut site = Site::new();
    site.log_in(DEVICE, peer(1));
    site.now.unix_ms -= 3_600_000;
    assert_eq!(site.log_in(DEVICE, peer(1)).status, 200);
}

#[test]
fn an_old_nonce_is_asked_again_as_stale() {
    let mut site = Site::new();
    let challenge = site.register(DEVICE, peer(1), None);
    site.pass_s(61);
    let late = site.answer(&challenge, DEVICE, peer(1), "");
    assert_eq!(late.status, 401);
    assert!(late.text.contains("stale=true"));
    assert_eq!(site.answer(&late, DEVICE, peer(1), "").status, 200);
}

#[test]
fn a_digest_made_for_another_address_is_asked_again() {
    let mut site = Site::new();
    let challenge = site.register(DEVICE, peer(1), None);
    let elsewhere = Peer { address: ([198, 51, 100, 66], 5060).into(), ..peer(1) };
    assert_eq!(site.answer(&challenge, DEVICE, elsewhere, "").status, 401);
}

#[test]
fn a_device_without_expires_lives_a_day() {
    let mut site = Site::new();
    assert!(site.log_in_with(DEVICE, peer(1), "").text.contains("\r\nExpires: 86400\r\n"));
}

#[test]
fn an_unreasonably_short_life_is_granted_and_held_for_a_minute() {
    let mut site = Site::new();
    assert!(site.log_in_with(DEVICE, peer(1), "Expires: 5\r\n").text.contains("\r\nExpires: 5\r\n"));
    site.pass_s(60);
    assert!(site.registrar.is_registered(&device(DEVICE)));
    assert!(site.pass_s(60).contains(&Change::Expired));
}

#[test]
fn an_unreasonably_long_life_is_cut() {
    let mut site = Site::new();
    assert!(
        site.log_in_with(DEVICE, peer(1), "Expires: 4294967295\r\n").text.contains("\r\nExpires: 604800\r\n")
    );
}

#[test]
fn an_unknown_id_is_listed_and_refused_whatever_it_sends() {
    let mut site = Site::new();
    let stranger = "34020000001329999999";
    let refused = site.send_register(stranger, peer(1), "User-Agent: IP Camera\r\n");
    assert_eq!((refused.status, refused.registration), (403, Some(Registration::Refused)));
    let listed: Vec<_> = site.registrar.waiting().map(|(device, w)| (device.to_string(), w.proved)).collect();
    assert_eq!(listed, [(stranger.to_owned(), false)]);
    assert!(site.registrar.is_empty());
}

#[test]
fn an_unknown_id_with_the_commissioning_password_is_marked_and_still_refused() {
    let mut site = Site::new();
    site.commissioning = Some(b"commission");
    let stranger = "34020000001329999999";
    let challenge = site.register(stranger, peer(1), None);
    assert_eq!(challenge.status, 401);
    let refused = site.answer_with(&challenge, stranger, peer(1), "", b"commission");
    assert_eq!(refused.status, 403);
    assert!(site.registrar.waiting().all(|(_, waiting)| waiting.proved));
    assert!(!site.registrar.is_registered(&device(stranger)));
}

#[test]
fn a_device_is_sent_to_another_server_after_it_proved_itself() {
    let mut site = Site::new();
    site.redirect = Some("sip:34020000002000000002@198.51.100.2:5060");
    let moved = site.log_in(DEVICE, peer(1));
    assert_eq!(moved.status, 302);
    assert!(
        moved.text.contains("Contact: <sip:34020000002000000002@198.51.100.2:5060>\r\nExpires: 3600\r\n")
    );
    assert!(!site.registrar.is_registered(&device(DEVICE)));
}

#[test]
fn ids_outside_the_rules_are_refused_before_anybody_is_asked() {
    let mut site = Site::new();
    site.registrar.settings.allowed = vec![IdRule::parse("33??????11").unwrap()];
    assert_eq!(site.register(DEVICE, peer(1), None).status, 403);
    assert_eq!((site.registrar.counters().not_allowed, site.asked.get()), (1, 0));
}

#[test]
fn a_full_table_says_so() {
    let mut site = Site::new();
    site.registrar.settings.devices_max = 0;
    assert_eq!(site.log_in(DEVICE, peer(1)).status, 503);
}

#[test]
fn ten_thousand_registrations_a_minute_of_strangers_leave_the_real_ones_alone() {
    let mut site = Site::new();
    let real: Vec<String> = (0..300).map(|n| format!("3402000000132{n:07}")).collect();
    real.iter().enumerate().for_each(|(n, id)| assert_eq!(site.log_in(id, peer(n as u16 + 1)).status, 200));
    let mut answered = 0;
    for n in 0..10_000_u32 {
        let flooder = Peer { address: ([198, 51, 100, 66], n as u16).into(), ..peer(1) };
        let knock = site.send_register(&format!("3402000000199{n:07}"), flooder, "");
        answered += usize::from(knock.status != 0);
        // With the millisecond that a datagram takes: a minute in all.
        site.pass_ms(5);
    }
    // The flooder was told for its first burst and then once a second.
    assert!(answered <= 30 + 60 + 1, "{answered}");
    let (index, id) = (7, &real[7]);
    assert_eq!(site.keepalive(id, peer(index + 1)).status, 200);
    assert_eq!(site.log_in(id, peer(index + 1)).status, 200);
}
