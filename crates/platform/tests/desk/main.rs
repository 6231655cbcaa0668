//! Stories at the desks, on a real store in a temporary folder, with a clock and randomness that the story decides.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

extern crate watchfire_platform as platform;

mod alarms;
mod alertmanager;
mod broker;
mod buckets;
mod bulletins;
mod cascade;
mod channels;
mod clocks;
mod devices;
mod drills;
mod duty_ledger;
mod duty_room;
mod duty_rooms;
mod encrypted;
mod facilities;
mod false_duty;
mod faults;
mod fixture;
mod ladder;
mod load;
mod mail;
mod mailbox;
mod mqtt;
mod notices;
mod organisation_files;
mod organisations;
mod people;
mod quality;
mod rare_key_frames;
mod receiver;
mod recorder;
mod recordings;
mod recordings_kept;
mod register;
mod registry;
mod repeats;
mod roll_calls;
mod silences;
mod studio;
mod upkeep;
mod voice;
mod watchdog;
mod web_push;
mod work_orders;
mod zones;
