//! Feeds [`watchfire_fuzz::targets`]' `coded_video` by libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(init: watchfire_fuzz::watch_panics(), |bytes: &[u8]| watchfire_fuzz::run("coded_video", bytes));
