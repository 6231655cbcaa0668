//! Bodies of GB/T 28181 as the clauses print them and as devices send them.

#![allow(clippy::unwrap_used, reason = "a test that cannot set its scene has failed")]

mod clauses;
mod hostile;
mod quirks_alarm;
mod quirks_catalog;
mod quirks_media;
mod quirks_recordings;
mod round_trip;
mod traces;
