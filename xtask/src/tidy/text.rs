//! The look of a file: a first paragraph in every module, no stray white space, one final newline.

use crate::repository::File;

/// Endings whose files we write by hand and keep clean.
const OURS: &[&str] = &[
    ".rs", ".toml", ".md", ".sh", ".mjs", ".ts", ".vue", ".py", ".sql", ".yml", ".yaml", ".csv", "Makefile",
    ".ci/run",
];

/// White space and header problems of one file.
pub fn check(file: &File) -> Vec<String> {
    let mut problems = Vec::new();
    if file.is_rust() && !has_header(&file.text) {
        problems.push(format!("{}: a module opens with `//!`: what it is for and what it is not", file.path));
    }
    if !OURS.iter().any(|ending| file.path.ends_with(ending)) {
        return problems;
    }
    for (number, line) in file.text.lines().enumerate() {
        // Two spaces at the end of a Markdown line break it; write a paragraph instead.
        if line.ends_with([' ', '\t']) {
            problems.push(format!("{}:{}: white space at the end of the line", file.path, number + 1));
        }
        if file.is_rust() && line.contains('\t') {
            problems.push(format!("{}:{}: a tab", file.path, number + 1));
        }
    }
    if !file.text.is_empty() && !file.text.ends_with('\n') {
        problems.push(format!("{}: no newline at the end", file.path));
    }
    if file.text.ends_with("\n\n") {
        problems.push(format!("{}: empty lines at the end", file.path));
    }
    problems
}

/// The first line that is not empty and not an inner attribute is a module comment.
fn has_header(text: &str) -> bool {
    text.lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with("#!["))
        .is_some_and(|line| line.starts_with("//!"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(path: &str, text: &str) -> Vec<String> {
        check(&File { path: path.to_owned(), text: text.to_owned() })
    }

    #[test]
    fn a_module_says_what_it_is_for() {
        assert!(problems("a.rs", "//! For this.\n").is_empty());
        assert!(problems("a.rs", "#![allow(dead_code)]\n//! For this.\n").is_empty());
        assert_eq!(problems("a.rs", "use std::fs;\n").len(), 1);
        assert_eq!(problems("a.rs", "").len(), 1);
    }

    #[test]
    fn white_space_is_found() {
        assert_eq!(problems("a.md", "words \n"), ["a.md:1: white space at the end of the line"]);
        assert_eq!(problems("a.md", "words"), ["a.md: no newline at the end"]);
        assert_eq!(problems("a.md", "words\n\n"), ["a.md: empty lines at the end"]);
        assert!(problems("picture.svg", "words ").is_empty());
    }
}
