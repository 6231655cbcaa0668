//! Words that must not stand in the repository: places on somebody's machine, unfinished work, default log-ins.
//!
//! The list is matched as plain text, so this file is the only one that may spell the words out.

use crate::repository::File;

/// The file that names the words is not searched for them.
const SELF: &str = "xtask/src/tidy/words.rs";

/// Where a word is looked for.
enum Where {
    /// Every text file.
    Everywhere,
    /// Every text file but this one.
    EverywhereBut(&'static str),
    /// Source code and scripts, not prose.
    Code,
}

/// (word, where, reason). Matching is case-sensitive.
const FORBIDDEN: &[(&str, Where, &str)] = &[
    ("../shared", Where::EverywhereBut(".ci/run"), "a folder outside the repository"),
    ("/work/", Where::Everywhere, "a path on somebody's machine"),
    ("/root/", Where::Everywhere, "a path on somebody's machine"),
    ("/Users/", Where::Everywhere, "a path on somebody's machine"),
    ("TODO", Where::Everywhere, "unfinished work belongs in the tracker"),
    ("FIXME", Where::Everywhere, "unfinished work belongs in the tracker"),
    ("XXX:", Where::Code, "unfinished work belongs in the tracker"),
    ("todo!(", Where::Code, "unfinished code"),
    ("unimplemented!(", Where::Code, "unfinished code"),
    ("dbg!(", Where::Code, "left over from debugging"),
    ("<<<<<<< ", Where::Everywhere, "an unresolved merge"),
    (">>>>>>> ", Where::Everywhere, "an unresolved merge"),
    ("admin/admin", Where::Everywhere, "a default log-in"),
    ("admin:admin", Where::Everywhere, "a default log-in"),
    ("admin123", Where::Everywhere, "a default log-in"),
    ("changeme", Where::Everywhere, "a default log-in"),
    ("BEGIN PRIVATE KEY", Where::Everywhere, "a private key"),
    ("BEGIN RSA PRIVATE KEY", Where::Everywhere, "a private key"),
];

/// File names that are written by programs or quote other people's texts.
const NOT_OURS: &[&str] = &["Cargo.lock", "package-lock.json", "LICENSE"];

const CODE: &[&str] = &[".rs", ".ts", ".vue", ".mjs", ".js", ".sh", ".py", ".sql"];

/// Each forbidden word in a file, as `file:line: word: reason`.
pub fn check(file: &File) -> Vec<String> {
    let name = file.path.rsplit('/').next().unwrap_or_default();
    if file.path == SELF || NOT_OURS.contains(&name) {
        return Vec::new();
    }
    let mut problems = Vec::new();
    for (number, line) in file.text.lines().enumerate() {
        for (word, place, reason) in FORBIDDEN {
            if applies(place, &file.path) && contains(line, word) {
                problems.push(format!("{}:{}: `{word}`: {reason}", file.path, number + 1));
            }
        }
        if names_an_issue(line) {
            problems.push(format!(
                "{}:{}: names an issue by number; say what it was about",
                file.path,
                number + 1
            ));
        }
    }
    problems
}

fn applies(place: &Where, path: &str) -> bool {
    match place {
        Where::Everywhere => true,
        Where::EverywhereBut(exempt) => path != *exempt,
        Where::Code => CODE.iter().any(|ending| path.ends_with(ending)),
    }
}

/// A word that is an absolute path does not match inside a longer one (`training/work/`).
fn contains(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        !word.starts_with('/') || !line[..at].ends_with(|before: char| before.is_alphanumeric())
    })
}

/// `issue 12`, `Issue #12`: numbers mean nothing outside one tracker.
fn names_an_issue(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    lower.match_indices("issue ").any(|(at, word)| {
        let rest = lower[at + word.len()..].trim_start_matches('#');
        rest.starts_with(|first: char| first.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_path_of_somebodys_machine_is_found_with_its_line() {
        let problems = check(&file("docs/guide/x.md", "fine\nsee /work/main\n"));
        assert_eq!(problems, ["docs/guide/x.md:2: `/work/`: a path on somebody's machine"]);
        assert!(check(&file("docs/x.md", "training/work/features")).is_empty());
    }

    #[test]
    fn only_the_ci_entry_may_look_beside_the_repository() {
        assert!(check(&file(".ci/run", "../shared/data")).is_empty());
        assert_eq!(check(&file("Makefile", "../shared/data")).len(), 1);
    }

    #[test]
    fn unfinished_code_and_default_log_ins_are_found() {
        assert_eq!(check(&file("a.rs", "todo!()\nlet url = \"rtsp://admin:admin@x\";\n")).len(), 2);
        assert!(check(&file("a.md", "a list XXX: long")).is_empty());
    }

    #[test]
    fn issue_numbers_are_found() {
        assert_eq!(check(&file("a.md", "since issue 12\nIssue #3\nissue tracker\n")).len(), 2);
    }
}
