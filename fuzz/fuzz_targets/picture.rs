//! Feeds [`watchfire_fuzz::targets`]' `picture` by libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(init: watchfire_fuzz::watch_panics(), |bytes: &[u8]| watchfire_fuzz::run("picture", bytes));
