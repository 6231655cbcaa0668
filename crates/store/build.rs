//! Migrations are embedded by a macro; without this line a new SQL file would not cause a rebuild.
#![allow(clippy::print_stdout, reason = "cargo reads what build scripts print")]

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
