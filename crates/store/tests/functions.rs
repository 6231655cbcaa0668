//! Which functions of the store work without saying who asks: read from the source, so that a new one cannot slip in.
#![allow(clippy::unwrap_used, reason = "a test; its helper is not marked as such")]

use std::collections::BTreeSet;
use std::path::Path;

/// Without an asker, each for a reason.
const WITHOUT_ASKER: &[(&str, &[&str])] = &[
    ("the store itself", &["open", "close", "ping"]),
    (
        "the doorway: before anybody is known",
        &[
            "count_accounts",
            "add_account",
            "account_by_login",
            "account",
            "accounts",
            "set_password",
            "set_disabled",
            "note_login",
            "scope_name",
            "add_session",
            "session_by_token",
            "touch_session",
            "revoke_session",
            "revoke_sessions_of",
            "add_one_time_token",
            "use_one_time_token",
            "setting",
            "put_setting",
            "put_setting_if_absent",
        ],
    ),
    ("the tree of regions is public knowledge", &["replace_regions"]),
    (
        "the platform runs itself",
        &["all_cameras", "record_camera_state", "taken_silent_since", "alarms_held_by"],
    ),
    (
        "the platform scores every organisation's month from its rows, and files what was upheld",
        &[
            "add_score",
            "unscored",
            "first_room_day",
            "scored_calls",
            "scored_drills",
            "served_alarms",
            "scored_findings",
            "unfiled_suspicions",
        ],
    ),
    (
        "an organisation applies before anybody knows it; its receipt is its only proof",
        &["add_application", "application_by_receipt", "send_application_again", "lapse_applications"],
    ),
    (
        "the platform judges every rule by its answers and keeps time; people decide with an asker",
        &["propose_quarantine", "quarantines_over"],
    ),
    (
        "the platform makes samples of everybody's answered alarms and drops them; the picture is read with its row",
        &["samples_due", "add_sample", "drop_samples", "sample_picture"],
    ),
    ("the platform keeps time; people ask and decide with an asker", &["silences_over"]),
    (
        "the watchdog: rows that hold nothing of any unit, and a rehearsal of which nothing remains",
        &[
            "rehearse_alarm",
            "start_probe",
            "probe_passed",
            "probe_heard",
            "probes_to_tell",
            "probes_to_judge",
            "last_probes",
            "last_arrival",
            "prune_watchdog",
            "judge_probe",
            "end_faults_elsewhere",
            "watchdog_faults",
            "tell_probe",
            "last_probed",
            "watchdog_messages_due",
            "claim_watchdog_message",
            "settle_watchdog_message",
        ],
    ),
    (
        "the platform climbs the ladder of alarms by itself",
        &[
            "ask_for_looks",
            "ask_for_every_look",
            "looks_due",
            "people_on_rung",
            "people_of_organisation",
            "people_above",
            "climb",
            "climb_together",
        ],
    ),
    (
        "the platform keeps the deadlines of notices by itself and closes them; each is read and changed with an asker",
        &["notices_to_escalate", "notices_to_close"],
    ),
    (
        "the platform rings for late reports of fires by itself; each is read and written with an asker",
        &["incidents_late", "note_incident_late"],
    ),
    (
        "the platform keeps the ledger of duty by itself, over all rooms and units; what a person reads of it is narrowed",
        &[
            "presence_days",
            "put_presence_days",
            "put_room_days",
            "close_room_days",
            "add_unit_days",
            "unit_sums",
            "unit_minutes",
            "day_links",
            "link_before",
            "close_ledger_day",
            "ledger_days",
            "ledger_units",
            "taken_handovers",
            "sightings",
            "guard_answers",
            "put_duty_standings",
            "all_duty_standings",
            "duties_of",
            "arrangements",
            "raise_suspicion",
            "suspicions_since",
        ],
    ),
    (
        "the platform begins and ends contracts by time; each is read and changed with an asker",
        &["contracts_due", "contracts_followed"],
    ),
    (
        "duty rooms: the platform asks who ought to be there and who is; whoever acts at a seat has proved it by its key before",
        &[
            "open_duty_rooms",
            "duty_room_of_camera",
            "duty_room_secret",
            "required_people",
            "bound_seat",
            "staff_of_account",
            "sign_on",
            "sign_off",
            "note_seat_act",
            "note_seat_activity",
            "on_post",
            "post_of",
            "seat_activity",
            "timed_rooms",
            "timed_room",
            "seat_acts",
            "shifts",
            "roster_guards",
            "sign_handover",
            "add_duty_record",
        ],
    ),
    (
        "the platform asks duty rooms by the schedule and again, settles what time settles and looks at the rooms; people ask and read with an asker",
        &[
            "ask_rooms",
            "exemptions_in_force",
            "exemptions_of_rooms",
            "cameras_of_rooms",
            "duty_roll_calls",
            "waiting_duty_calls",
            "hold_up_duty_calls",
            "end_duty_calls",
            "failed_duty_calls",
            "note_duty_call_alarm",
            "unanswered_alarms",
            "duty_calls_to_repeat",
            "stop_asking_room",
            "note_code",
            "add_roll_call_frame",
            "drop_roll_call_frames",
            "scheduled_moments",
            "leave_out",
            "commit_roll_call_day",
            "roll_call_days_to_reveal",
            "reveal_roll_call_day",
        ],
    ),
    ("what is published of a day's roll-calls is for everybody", &["roll_call_day", "roll_call_days"]),
    (
        "a seat's own key is the reach of what it may answer",
        &["seat_calls", "answer_duty_call", "seat_drill", "do_drill_step"],
    ),
    (
        "the platform begins and ends drills and draws the months' lots; people plan and read with an asker",
        &[
            "drills_due",
            "begin_drill",
            "drills_running",
            "end_drill",
            "lot_rooms",
            "commit_drill_month",
            "reveal_drill_month",
        ],
    ),
    ("what is published of a month's drills names no room", &["drill_months"]),
    (
        "the platform tells the outside, and how its channels fare holds nothing of an alarm",
        &[
            "notifications_due",
            "free_claims",
            "claim_notification",
            "settle_notification",
            "channel_standing",
        ],
    ),
    (
        "the platform finds who is told and how; people set their own contacts with an asker",
        &["contacts_of", "is_mail_of_somebody", "browser_to_tell", "browser_was_told", "browser_is_gone"],
    ),
    (
        "the platform speaks with devices: who they are, and what they said, written down",
        &[
            "all_devices",
            "registrant",
            "known_devices",
            "record_device_states",
            "drop_channels",
            "record_device_info",
            "put_channels",
            "channel_by_gb_id",
            "channel_routes",
            "remember_dialog",
            "forget_dialog",
            "open_dialogs",
            "add_device_notice",
            "thin_device_notices",
            "device_clock",
            "put_device_clock",
        ],
    ),
    ("alarms raised together each come with who asks", &["raise_alarms"]),
    (
        "the platform listens to fire facilities: what they told is written down, becomes alarms, and ends roll-calls",
        &[
            "all_transmitters",
            "components_of",
            "frames_seen",
            "keep_intake",
            "unsettled_events",
            "settle_event",
            "open_facility_alarms",
            "roll_calls_overdue",
            "roll_call_received",
            "move_roll_call",
        ],
    ),
    (
        "the platform registers at those above it, and gives digits to what it shows them",
        &["all_upper_platforms", "give_gb_id"],
    ),
    ("disks belong to the machine and to no unit", &["add_disk", "update_disk", "disks", "recount_disk"]),
    (
        "the platform records, deletes, counts and exports by itself; the asking was done before",
        &[
            "write_segments",
            "open_segments",
            "segments_over_ceiling",
            "oldest_segments",
            "condemn_segments",
            "garbage",
            "forget_garbage",
            "put_camera_days",
            "count_kept_days",
            "take_export",
            "abandon_exports",
            "finish_export",
            "fail_export",
            "exports_done_before",
            "expire_export",
            "newest_segment_at",
            "begin_recording",
            "write_obstacles",
            "end_obstacles",
            "obstacles",
            "forget_obstacles",
        ],
    ),
    (
        "moving to buckets: the platform's own round over every unit",
        &["waiting_to_move", "segments_to_move", "note_copy", "move_segment", "copies", "forget_copies"],
    ),
    (
        "what others must hear of: ids only, read again with an asker",
        &["outbox_pending", "outbox_delivered", "outbox_after", "last_outbox_seq", "latest_moment"],
    ),
    ("everybody writes the audit register, only its proof is read", &["append_audit", "verify_audit"]),
    (
        "counts and texts about everybody, made to be read by everybody",
        &[
            "snapshots",
            "snapshot",
            "latest_snapshot",
            "snapshot_cells",
            "snapshot_is_synthetic",
            "snapshot_names",
            "snapshot_county_cells",
            "snapshot_cells_by_county",
            "snapshot_is_intact",
            "snapshot_pair_counts",
            "snapshot_series",
            "register_versions",
            "register_version",
        ],
    ),
    (
        "published bulletins are for everybody, and so are the keys that prove them; secrets are encrypted",
        &[
            "published_bulletin",
            "published_bulletins_titled",
            "last_published_snapshot",
            "published_titles",
            "sealed_content",
            "signing_keys",
            "signing_key_in_use",
            "add_first_signing_key",
            "replace_signing_key",
        ],
    ),
];

fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            found.push(std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_function_without_an_asker_is_listed() {
    let mut texts = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut texts);
    let mut without = BTreeSet::new();
    let mut with = 0;
    for text in &texts {
        for rest in text.split("\n    pub async fn ").skip(1) {
            let name = rest.split('(').next().unwrap();
            let signature = rest.split(" {\n").next().unwrap();
            if signature.contains("access: &Access") {
                with += 1;
            } else {
                without.insert(name);
            }
        }
    }
    let listed: BTreeSet<&str> = WITHOUT_ASKER.iter().flat_map(|(_, names)| names.iter().copied()).collect();
    assert_eq!(without, listed);
    assert!(
        with >= 20,
        "only {with} functions with an asker were found: did the layout of the source change?"
    );
}
