//! The repository's own checks and generated files: `cargo run -p xtask -- tidy | fresh | generate`.
//!
//! A program instead of shell where the work is reading and comparing; building, testing and starting things
//! stays in `Makefile` and `scripts/`. Nothing here is part of the product.
#![allow(clippy::print_stdout, clippy::print_stderr)] // a command-line tool talks on the terminal

mod fresh;
mod repository;
mod tidy;

use std::process::ExitCode;

const USAGE: &str = "usage: cargo run -p xtask -- <command>
  tidy      dependency rules, forbidden words, file headers, white space; reports long files and functions
  fresh     generated files equal what their generators write (builds the workspace first)
  generate  writes the generated files";

fn main() -> ExitCode {
    let command = std::env::args().nth(1).unwrap_or_default();
    let outcome = repository::Repository::find().and_then(|repository| match command.as_str() {
        "tidy" => tidy::run(&repository),
        "fresh" => fresh::run(&repository, fresh::Mode::Compare),
        "generate" => fresh::run(&repository, fresh::Mode::Write),
        _ => Err(anyhow::anyhow!("unknown command `{command}`\n{USAGE}")),
    });
    match outcome {
        Ok(0) => ExitCode::SUCCESS,
        Ok(problems) => {
            eprintln!("{command}: {problems} problem(s)");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
