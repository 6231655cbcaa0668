//! Pages that promise something: links that lead somewhere, and a reason for every dependency.

use std::path::{Component, Path, PathBuf};

use crate::repository::File;
use crate::tidy::dependencies::Package;

/// Where every direct dependency has a line.
const DEPENDENCY_PAGE: &str = "docs/design/dependencies.md";

/// Relative links of Markdown pages that lead to no file of the repository.
pub fn dead_links(files: &[File]) -> Vec<String> {
    let leads_somewhere = |path: &str| files.iter().any(|file| file.path == path);
    let mut problems = Vec::new();
    for file in files.iter().filter(|file| file.is_markdown()) {
        for target in links(&file.text) {
            let path = resolve(&file.path, target);
            if !leads_somewhere(&path) {
                problems.push(format!("{}: the link to {target} leads nowhere", file.path));
            }
        }
    }
    problems
}

/// Dependencies of ours without a line in the page of reasons.
pub fn unexplained(packages: &[Package], files: &[File]) -> Vec<String> {
    let page = files.iter().find(|file| file.path == DEPENDENCY_PAGE).map_or("", |file| file.text.as_str());
    let explained: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| "))
        .filter_map(|line| line.split('|').next())
        .flat_map(|cell| cell.split(','))
        .map(str::trim)
        .collect();
    let ours = |name: &str| packages.iter().any(|package| package.name == name);
    let mut missing: Vec<&str> = packages
        .iter()
        .flat_map(|package| &package.dependencies)
        .map(String::as_str)
        .filter(|name| !ours(name) && !explained.contains(name))
        .collect();
    missing.sort_unstable();
    missing.dedup();
    missing.into_iter().map(|name| format!("{name} has no line in {DEPENDENCY_PAGE}")).collect()
}

/// Targets of `[text](target)` that name a file: no address, no anchor of the same page.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("](").filter_map(|(at, opening)| {
        let rest = &text[at + opening.len()..];
        let target = rest.split([')', '\n']).next().unwrap_or_default();
        let target = target.split('#').next().unwrap_or_default();
        (!target.is_empty() && !target.contains("://") && !target.starts_with("mailto:")).then_some(target)
    })
}

fn resolve(page: &str, target: &str) -> String {
    let mut path = PathBuf::new();
    for part in Path::new(page).parent().unwrap_or(Path::new("")).join(target).components() {
        match part {
            Component::ParentDir => {
                path.pop();
            }
            Component::Normal(name) => path.push(name),
            _ => {}
        }
    }
    path.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_link_that_leads_nowhere_is_found() {
        let page = "[up](../README.md) [here](b.md#part) [out](https://x.org) [anchor](#part) [gone](c.md)";
        let files =
            [file("docs/a.md", page), file("docs/b.md", ""), file("README.md", "![picture](docs/b.md)")];
        assert_eq!(dead_links(&files), ["docs/a.md: the link to c.md leads nowhere"]);
    }

    #[test]
    fn a_dependency_without_a_reason_is_found() {
        let package = |name: &str, dependencies: &[&str]| Package {
            name: name.to_owned(),
            is_crate: true,
            dependencies: dependencies.iter().map(|&name| name.to_owned()).collect(),
            optional: Vec::new(),
        };
        let packages = [package("media", &["domain", "url", "retina"]), package("domain", &["serde"])];
        let files = [file(DEPENDENCY_PAGE, "| crate | where |\n|---|---|\n| serde, url | here |\n")];
        assert_eq!(unexplained(&packages, &files), ["retina has no line in docs/design/dependencies.md"]);
    }
}
