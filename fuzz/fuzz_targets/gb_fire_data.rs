//! Feeds [`watchfire_fuzz::targets`]' `gb_fire_data` by libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(init: watchfire_fuzz::watch_panics(), |bytes: &[u8]| watchfire_fuzz::run("gb_fire_data", bytes));
