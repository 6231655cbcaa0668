//! Hostile bytes for every parser of the product.
//!
//! One plain function a parser: bytes in, nothing out, a panic where something that must hold does not. Each asks for more than "no
//! panic" where there is more to ask: that what was read can be read back, that limits were kept, that an error points into the text.
//! The same functions run under libFuzzer (`fuzz_targets`, `make fuzz`) and, over the seed files and small changes of them, as an
//! ordinary test. How to use them and what they ask is in `docs/design/fuzzing.md`.
//!
//! Not here: parsers that only the operator feeds (configuration, weights), and those of `platform` and `server`, which would bring
//! the databases into every build of the fuzzer.

#[cfg(feature = "content")]
mod content;
mod gb;
mod panics;

pub use panics::watch_panics;

/// Takes any bytes; panics where a parser breaks its word.
pub type Target = fn(&[u8]);

/// Every target with its name, which is also that of its file in `fuzz_targets` and of its folder in `seeds`.
pub fn targets() -> impl Iterator<Item = (&'static str, Target)> {
    #[cfg(feature = "content")]
    let content = content::TARGETS;
    #[cfg(not(feature = "content"))]
    let content: &[(&str, Target)] = &[];
    content.iter().chain(gb::TARGETS).copied()
}

/// Runs the target of a name.
///
/// # Panics
/// Where the target finds something wrong, where code of ours panicked although the product caught it, and where there is no target
/// of this name.
pub fn run(name: &str, bytes: &[u8]) {
    let target = targets().find(|(known, _)| *known == name).expect("the name of a target").1;
    panics::run(target, bytes);
}
