//! Feeds [`watchfire_fuzz::targets`]' `gb_rtp` by libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(init: watchfire_fuzz::watch_panics(), |bytes: &[u8]| watchfire_fuzz::run("gb_rtp", bytes));
