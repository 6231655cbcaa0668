//! `fresh` and `generate`: files written by programs and checked in, so that their change is reviewed.
//!
//! The generators are the workspace's own programs. They are taken from one build of the whole workspace, never
//! from a build of one package: choosing packages changes features, and half of the dependencies compile again.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::repository::{Repository, cargo};

/// What to do with a generated file that differs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Say so; nothing is written.
    Compare,
    /// Write it.
    Write,
}

/// (file in the repository, program under the target folder, its arguments).
const GENERATED: &[(&str, &str, &[&str])] = &[
    ("api/openapi.json", "debug/examples/openapi", &[]),
    ("config/example.toml", "debug/watchfire", &["config", "example"]),
    ("docs/reference/configuration.md", "debug/watchfire", &["config", "reference"]),
];

/// The page written from the binary's own help.
const COMMANDS_PAGE: &str = "docs/reference/commands.md";
const BINARY: &str = "debug/watchfire";

/// Builds the generators, runs them, and compares or writes; answers how many files were stale.
pub fn run(repository: &Repository, mode: Mode) -> Result<usize> {
    // The documents are wanted as they are in the source, whatever is built already.
    repository.output(Command::new(cargo()).args(["build", "--quiet", "--workspace", "--all-targets"]))?;
    let target = target_folder(repository)?;
    let mut stale = 0;
    for (path, program, arguments) in GENERATED {
        let wanted = repository
            .output(Command::new(target.join(program)).args(*arguments))
            .with_context(|| format!("the generator of {path} failed"))?;
        stale += settle(&repository.root, path, &wanted, mode)?;
    }
    let page = commands_page(repository, &target.join(BINARY))?;
    stale += settle(&repository.root, COMMANDS_PAGE, &page, mode)?;
    Ok(stale + typescript_client(repository, mode)?)
}

/// The help of every command, one section each.
fn commands_page(repository: &Repository, binary: &Path) -> Result<String> {
    let mut page = String::from(
        "# Commands\n\nPrinted from `watchfire … --help` by `make generate`; do not edit. Commands that work on a data \
         folder take `--data DIR` or a configuration file with `--config FILE`.\n",
    );
    let mut waiting = vec![Vec::<String>::new()];
    while let Some(words) = waiting.pop() {
        let help = repository.output(Command::new(binary).args(&words).arg("--help"))?;
        let title = words.iter().fold("watchfire".to_owned(), |title, word| format!("{title} {word}"));
        let text: Vec<&str> = help.trim_end().lines().map(str::trim_end).collect();
        let _ = write!(page, "\n## `{title}`\n\n```text\n{}\n```\n", text.join("\n"));
        let below = subcommands(&help).into_iter().map(|name| [words.as_slice(), &[name]].concat());
        let below: Vec<_> = below.collect();
        waiting.extend(below.into_iter().rev());
    }
    Ok(page)
}

/// Names in the `Commands:` list of a help text, `help` itself left out.
fn subcommands(help: &str) -> Vec<String> {
    let list =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    // A name stands two columns in; a description that wraps stands further right.
    let names = list.filter_map(|line| line.strip_prefix("  ").filter(|rest| !rest.starts_with(' ')));
    names
        .filter_map(|rest| rest.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

fn target_folder(repository: &Repository) -> Result<PathBuf> {
    let metadata = repository.metadata()?;
    let folder = metadata["target_directory"].as_str().context("cargo metadata names no target folder")?;
    Ok(PathBuf::from(folder))
}

/// Compares one file with what it should hold; in `Write` mode makes it so. Answers 1 for a stale file.
fn settle(root: &Path, path: &str, wanted: &str, mode: Mode) -> Result<usize> {
    let full = root.join(path);
    let held = std::fs::read_to_string(&full).unwrap_or_default();
    if held == wanted {
        println!("fresh: {path}");
        return Ok(0);
    }
    if mode == Mode::Write {
        if let Some(folder) = full.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&full, wanted).with_context(|| format!("cannot write {path}"))?;
        println!("wrote: {path}");
        return Ok(0);
    }
    eprintln!(
        "stale: {path}{}; run `make generate` and review the difference",
        first_difference(&held, wanted)
    );
    Ok(1)
}

/// ` (line 12)`, or nothing to add when the file does not exist.
fn first_difference(held: &str, wanted: &str) -> String {
    if held.is_empty() {
        return " (missing)".to_owned();
    }
    let same = held.lines().zip(wanted.lines()).take_while(|(one, other)| one == other).count();
    format!(" (from line {})", same + 1)
}

/// The web client's types come from `api/openapi.json` by a program of its own, in `web/`.
fn typescript_client(repository: &Repository, mode: Mode) -> Result<usize> {
    let web = repository.root.join("web");
    if !web.join("node_modules").is_dir() {
        println!("fresh: web client not compared, web/node_modules is missing (run `npm ci` in web/)");
        return Ok(0);
    }
    let mut command = Command::new("node");
    command.arg("scripts/generate.mjs").current_dir(&web);
    if mode == Mode::Compare {
        command.arg("--check");
    }
    let status = command.status().context("cannot start node")?;
    Ok(usize::from(!status.success()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stale_file_is_named_with_its_first_different_line() {
        assert_eq!(first_difference("a\nb\n", "a\nc\n"), " (from line 2)");
        assert_eq!(first_difference("", "a\n"), " (missing)");
    }

    #[test]
    fn subcommands_are_read_from_the_help() {
        let help =
            "About\n\nCommands:\n  serve  Run\n         it\n  demo   Try\n  help   Print\n\nOptions:\n  -h\n";
        assert_eq!(subcommands(help), ["serve", "demo"]);
    }

    #[test]
    fn comparing_writes_nothing_and_writing_settles() {
        let root = std::env::temp_dir().join(format!("xtask-fresh-{}", std::process::id()));
        assert_eq!(settle(&root, "a/b.txt", "text\n", Mode::Compare).unwrap(), 1);
        assert!(!root.join("a").exists());
        assert_eq!(settle(&root, "a/b.txt", "text\n", Mode::Write).unwrap(), 0);
        assert_eq!(settle(&root, "a/b.txt", "text\n", Mode::Compare).unwrap(), 0);
        std::fs::remove_dir_all(root).unwrap();
    }
}
