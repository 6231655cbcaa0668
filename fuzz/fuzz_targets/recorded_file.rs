//! Feeds [`watchfire_fuzz::targets`]' `recorded_file` by libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(init: watchfire_fuzz::watch_panics(), |bytes: &[u8]| watchfire_fuzz::run("recorded_file", bytes));
