//! Feeds [`watchfire_fuzz::targets`]' `video_file` by libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(init: watchfire_fuzz::watch_panics(), |bytes: &[u8]| watchfire_fuzz::run("video_file", bytes));
