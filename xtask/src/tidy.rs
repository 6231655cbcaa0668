//! `tidy`: what formatter, compiler and linter do not know about this repository.
//!
//! Rules fail the run; sizes are mostly a report, because a long file is a question, not an error.

mod dependencies;
mod pages;
mod size;
mod text;
mod words;

use anyhow::Result;

use crate::repository::Repository;

/// Runs every check, prints what it finds and answers how many rules are broken.
pub fn run(repository: &Repository) -> Result<usize> {
    let files = repository.files()?;
    let packages = dependencies::packages(&repository.metadata()?)?;

    let mut problems = dependencies::check(&packages);
    for file in &files {
        problems.extend(words::check(file));
        problems.extend(text::check(file));
    }
    problems.extend(pages::dead_links(&files));
    problems.extend(pages::unexplained(&packages, &files));
    let sizes = size::measure(&files);
    problems.extend(sizes.too_long());

    println!("{sizes}");
    for problem in &problems {
        eprintln!("tidy: {problem}");
    }
    println!("tidy: {} files, {} packages, {} problem(s)", files.len(), packages.len(), problems.len());
    Ok(problems.len())
}
