//! How long files and functions are. A report for the reader; only the very long file is an error.
//!
//! Functions are found by indentation: rustfmt puts the closing brace under the line that opened the item,
//! which is all the parsing a report needs. Clippy's `too_many_lines` is the strict judge of functions.

use std::fmt;

use crate::repository::File;

/// Longer than this: look again whether the file is about one thing.
const FILE_LINES_LOOK: usize = 400;
/// Longer than this is refused, tests and generated files excepted.
const FILE_LINES_MAX: usize = 700;
/// A function fits on a screen.
const FUNCTION_LINES_LOOK: usize = 70;

const MEASURED: &[&str] = &[".rs", ".ts", ".vue", ".mjs", ".py", ".sql", ".sh"];

/// What was found to be long, longest first.
#[derive(Debug, Default)]
pub struct Sizes {
    files: Vec<(String, usize)>,
    functions: Vec<(String, usize)>,
}

/// Measures every hand-written source file.
pub fn measure(files: &[File]) -> Sizes {
    let mut sizes = Sizes::default();
    for file in files.iter().filter(|file| is_measured(&file.path)) {
        let lines = file.text.lines().count();
        if lines > FILE_LINES_LOOK {
            sizes.files.push((file.path.clone(), lines));
        }
        if file.is_rust() {
            sizes.functions.extend(long_functions(file));
        }
    }
    sizes.files.sort_by_key(|(_, lines)| std::cmp::Reverse(*lines));
    sizes.functions.sort_by_key(|(_, lines)| std::cmp::Reverse(*lines));
    sizes
}

impl Sizes {
    /// Files beyond the hard limit, tests excepted.
    pub fn too_long(&self) -> Vec<String> {
        let over = self.files.iter().filter(|(path, lines)| *lines > FILE_LINES_MAX && !is_test(path));
        over.map(|(path, lines)| format!("{path}: {lines} lines, at most {FILE_LINES_MAX}")).collect()
    }
}

impl fmt::Display for Sizes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "files over {FILE_LINES_LOOK} lines: {}", self.files.len())?;
        for (path, lines) in &self.files {
            writeln!(out, "  {lines:5}  {path}")?;
        }
        write!(out, "functions over {FUNCTION_LINES_LOOK} lines: {}", self.functions.len())?;
        for (place, lines) in &self.functions {
            write!(out, "\n  {lines:5}  {place}")?;
        }
        Ok(())
    }
}

fn is_measured(path: &str) -> bool {
    MEASURED.iter().any(|ending| path.ends_with(ending)) && !path.contains(".d.")
}

fn is_test(path: &str) -> bool {
    path.contains("/tests/")
        || path.starts_with("tests/")
        || path.ends_with("/tests.rs")
        || path.contains("/test/")
}

fn long_functions(file: &File) -> Vec<(String, usize)> {
    let lines: Vec<&str> = file.text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line) else { continue };
        let indent = line.len() - line.trim_start().len();
        let closing = format!("{}}}", " ".repeat(indent));
        // A declaration without a body ends before any brace of its own indentation.
        let length = lines[start..].iter().position(|later| **later == closing).map_or(0, |end| end + 1);
        if length > FUNCTION_LINES_LOOK {
            found.push((format!("{}:{} {name}", file.path, start + 1), length));
        }
    }
    found
}

fn function_name(line: &str) -> Option<&str> {
    let mut words = line.trim_start().split([' ', '(', '<']);
    let keyword = words.by_ref().find(|word| {
        !matches!(*word, "async" | "const") && !word.starts_with("pub") && !word.ends_with(')')
    })?;
    // A body on the same line (`fn f() {}`) or none (`fn f();`) is never long.
    (keyword == "fn" && !line.ends_with('}') && !line.ends_with(';')).then(|| words.next())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rust(path: &str, text: String) -> File {
        File { path: path.to_owned(), text }
    }

    #[test]
    fn a_long_function_is_reported_with_its_place() {
        let body = "        work();\n".repeat(80);
        let file =
            rust("a.rs", format!("impl A {{\n    pub(crate) async fn long(&self) {{\n{body}    }}\n}}\n"));
        let sizes = measure(&[file]);
        assert_eq!(sizes.functions, [("a.rs:2 long".to_owned(), 82)]);
        assert!(sizes.too_long().is_empty());
    }

    #[test]
    fn short_functions_are_not() {
        assert_eq!(function_name("fn one() { 1 }"), None);
        assert_eq!(function_name("    fn declared(&self) -> u8;"), None);
        assert_eq!(function_name("    pub const fn two<T>("), Some("two"));
        assert_eq!(function_name("let fnord = 1;"), None);
    }

    #[test]
    fn only_the_very_long_file_is_an_error_and_tests_are_excused() {
        let text = "// line\n".repeat(701);
        let files = ["crates/a/src/lib.rs", "crates/a/tests/story.rs", "web/src/api/schema.d.ts"]
            .map(|path| rust(path, text.clone()));
        assert_eq!(measure(&files).too_long(), ["crates/a/src/lib.rs: 701 lines, at most 700"]);
    }
}
