//! Feeds [`watchfire_fuzz::targets`]' `onvif_answer` by libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(init: watchfire_fuzz::watch_panics(), |bytes: &[u8]| watchfire_fuzz::run("onvif_answer", bytes));
