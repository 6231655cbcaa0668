//! Feeds [`watchfire_fuzz::targets`]' `rtsp_url` by libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(init: watchfire_fuzz::watch_panics(), |bytes: &[u8]| watchfire_fuzz::run("rtsp_url", bytes));
