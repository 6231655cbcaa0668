//! Feeds [`watchfire_fuzz::targets`]' `room_code` by libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(init: watchfire_fuzz::watch_panics(), |bytes: &[u8]| watchfire_fuzz::run("room_code", bytes));
