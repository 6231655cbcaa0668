//! The checkout: where it is, which files belong to it, what cargo knows about it.
//!
//! Files are what git tracks plus new files it does not ignore, so a check speaks up before the commit.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// One text file of the repository.
pub struct File {
    /// Relative to the root, with forward slashes.
    pub path: String,
    /// Whole content.
    pub text: String,
}

impl File {
    /// A file of Rust source.
    pub fn is_rust(&self) -> bool {
        self.ends_in("rs")
    }

    /// A page for people.
    pub fn is_markdown(&self) -> bool {
        self.ends_in("md")
    }

    fn ends_in(&self, wanted: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|extension| extension == wanted)
    }
}

/// The root folder, and questions to git and cargo about it.
pub struct Repository {
    /// Absolute path of the folder that holds the workspace's `Cargo.toml`.
    pub root: PathBuf,
}

impl Repository {
    /// The workspace this program was built from.
    pub fn find() -> Result<Self> {
        let own = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = own.parent().context("xtask lives in the workspace")?.to_path_buf();
        Ok(Self { root })
    }

    /// Every text file git tracks or would add; binary files (not UTF-8) are left out.
    pub fn files(&self) -> Result<Vec<File>> {
        let listing = self.output(Command::new("git").args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ]))?;
        let mut paths: Vec<&str> = listing.split('\0').filter(|path| !path.is_empty()).collect();
        paths.sort_unstable();
        paths.dedup();
        let mut files = Vec::new();
        for path in paths {
            // A file removed from disk but not yet from the index is nobody's text.
            let Ok(bytes) = std::fs::read(self.root.join(path)) else { continue };
            if let Ok(text) = String::from_utf8(bytes) {
                files.push(File { path: path.to_owned(), text });
            }
        }
        Ok(files)
    }

    /// `cargo metadata` of the workspace members, without their dependencies' own metadata.
    pub fn metadata(&self) -> Result<Value> {
        let text =
            self.output(Command::new(cargo()).args(["metadata", "--format-version", "1", "--no-deps"]))?;
        serde_json::from_str(&text).context("cargo metadata is not JSON")
    }

    /// Runs a command in the root and returns its standard output; its messages go to the terminal.
    pub fn output(&self, command: &mut Command) -> Result<String> {
        let output = command
            .current_dir(&self.root)
            .stderr(Stdio::inherit())
            .output()
            .with_context(|| format!("cannot start {}", command.get_program().display()))?;
        if !output.status.success() {
            bail!("{command:?} ended with {}", output.status);
        }
        String::from_utf8(output.stdout).context("output is not UTF-8")
    }
}

/// The cargo that runs us, else the one on the path.
pub fn cargo() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned())
}
