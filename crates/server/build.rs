//! Tells cargo to embed the web client again after a web build. Debug builds read it from disk at run time and need no telling.

use std::path::Path;

fn main() {
    let dist = Path::new("../../web/dist");
    if std::env::var_os("CARGO_CFG_DEBUG_ASSERTIONS").is_some() {
        println!("cargo::rerun-if-changed=build.rs");
    } else {
        // A folder that is missing counts as changed, so a later web build is not overlooked.
        println!("cargo::rerun-if-changed={}", dist.display());
    }
}
