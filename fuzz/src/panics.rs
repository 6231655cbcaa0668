//! Whose panic it is.
//!
//! Decoders and readers of other people run behind `catch_unwind` in the product, so a panic in them is no finding; libFuzzer would
//! stop at it all the same, and a test would be drowned in messages. A panic in our own code is a bug also where the product catches
//! it. So the hook keeps quiet about the first kind, and hands the second to the hook that was there before: libFuzzer's stops the run,
//! the standard one prints.

use std::panic::{self, AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::{Mutex, Once, PoisonError};

/// Where code of the workspace lies, as panics tell it.
const OURS: [&str; 2] = ["crates/", "fuzz/"];

/// The last panic of each kind that nobody has answered for yet.
#[derive(Default)]
struct Noticed {
    ours: Option<String>,
    foreign: Option<String>,
}

static NOTICED: Mutex<Noticed> = Mutex::new(Noticed { ours: None, foreign: None });

/// Installs the hook, once.
pub fn watch_panics() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let mut noticed = NOTICED.lock().unwrap_or_else(PoisonError::into_inner);
            if is_ours(info) {
                noticed.ours = Some(info.to_string());
                drop(noticed);
                before(info);
            } else {
                noticed.foreign = Some(info.to_string());
            }
        }));
    });
}

/// Runs a target and answers for every panic on the way: of ours always, of others where it was not caught.
pub fn run(target: fn(&[u8]), bytes: &[u8]) {
    watch_panics();
    // A failure of the input before this one has been told.
    noticed();
    let outcome = catch_unwind(AssertUnwindSafe(|| target(bytes)));
    let noticed = noticed();
    let wrong = noticed.ours.or(outcome.is_err().then_some(noticed.foreign).flatten());
    assert!(wrong.is_none() && outcome.is_ok(), "{}", wrong.unwrap_or_default());
}

/// What was noticed since the last time.
fn noticed() -> Noticed {
    std::mem::take(&mut *NOTICED.lock().unwrap_or_else(PoisonError::into_inner))
}

/// True for a panic raised in the workspace: paths of its files are relative, those of other crates and of the standard library are not.
fn is_ours(info: &PanicHookInfo<'_>) -> bool {
    info.location().is_some_and(|place| OURS.iter().any(|folder| place.file().starts_with(folder)))
}
