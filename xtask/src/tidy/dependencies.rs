//! Who may depend on whom, read from `cargo metadata` so that goodwill is not needed.
//!
//! The rules are those of `ARCHITECTURE.md`: one direction, one crate per foreign world, eleven crates at most.
//! Development dependencies are free (a test may start a simulated camera); what ships is not.

use anyhow::{Context, Result};
use serde_json::Value;

/// A twelfth crate needs a page in `docs/design/` first, as the eleventh has in `facilities.md`.
const CRATES_MAX: usize = 11;

/// What our own packages may depend on, by short name (without `watchfire-`).
const OURS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    // A state machine that eats and emits bytes: useful to a stranger, so it knows nobody of ours.
    ("gb28181", &[]),
    ("gb26875", &[]),
    // The one exception between neighbours: PS and RTP are pure code and video needs them.
    ("media", &["domain", "gb28181"]),
    ("vision", &["domain"]),
    ("documents", &["domain"]),
    ("store", &["domain"]),
    ("platform", &["domain", "gb26875", "gb28181", "media", "vision", "documents", "store"]),
    ("server", &["domain", "platform"]),
    ("simulator", &["domain", "gb26875", "gb28181", "media"]),
    (
        "watchfire",
        &[
            "domain",
            "gb26875",
            "gb28181",
            "media",
            "vision",
            "documents",
            "store",
            "platform",
            "server",
            "simulator",
        ],
    ),
    // Feeds the parsers; ships nothing.
    ("fuzz", &["domain", "gb26875", "gb28181", "media", "vision", "documents"]),
    ("xtask", &[]),
    ("stories", &[]),
];

/// The rules of the trade need numbers, words, times and ids; nothing that does something.
const DOMAIN_ALLOWED: &[&str] = &["serde", "thiserror", "jiff", "uuid"];

/// What a machine without sockets, clocks and chance needs.
const GB28181_ALLOWED: &[&str] = &["bytes", "encoding_rs", "md-5", "quick-xml", "sha2", "thiserror"];

/// What the smaller one of fire facilities needs; its sockets are a desk's.
const GB26875_ALLOWED: &[&str] = &["encoding_rs", "thiserror"];

/// What the shell of sockets of `gb28181` needs. Only behind a feature: whoever wants the machine alone gets no runtime with it.
const GB28181_OPTIONAL: &[&str] = &["socket2", "tokio"];

/// One crate per foreign world: a dependency whose name starts so belongs to these packages only.
const WORLDS: &[(&str, &[&str])] = &[
    ("sqlx", &["store"]),
    ("sea-query", &["store"]),
    ("async-nats", &["store"]),
    ("object_store", &["store"]),
    ("axum", &["server"]),
    ("utoipa", &["server"]),
    ("tower", &["server"]),
    ("typst", &["documents"]),
    ("docx", &["documents"]),
    ("rust_xlsxwriter", &["documents"]),
    ("calamine", &["documents"]),
    ("rusty_h264", &["vision"]),
    ("rust_h264", &["vision"]),
    ("ort", &["vision"]),
    ("matrixmultiply", &["vision"]),
    ("safetensors", &["vision"]),
    ("retina", &["media"]),
    ("str0m", &["media"]),
    ("dimpl", &["media"]),
    ("openh264", &["simulator", "vision"]),
    ("anyhow", &["watchfire", "xtask", "stories"]),
    ("clap", &["watchfire", "xtask"]),
];

/// A workspace member and what it ships with.
#[derive(Debug)]
pub struct Package {
    /// Short name: `watchfire-store` is `store`; the binary is `watchfire`.
    pub name: String,
    /// Lives under `crates/`.
    pub is_crate: bool,
    /// Names of normal and build dependencies, ours shortened.
    pub dependencies: Vec<String>,
    /// Those of them that only a feature brings.
    pub optional: Vec<String>,
}

/// Reads the workspace members out of `cargo metadata --no-deps`.
pub fn packages(metadata: &Value) -> Result<Vec<Package>> {
    let list = metadata["packages"].as_array().context("cargo metadata has no packages")?;
    Ok(list.iter().map(package).collect())
}

fn package(value: &Value) -> Package {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let manifest = text(&value["manifest_path"]).replace('\\', "/");
    let dependencies = value["dependencies"].as_array().map(Vec::as_slice).unwrap_or_default();
    let shipped = || dependencies.iter().filter(|dependency| dependency["kind"].as_str() != Some("dev"));
    let name = |dependency: &Value| short(&text(&dependency["name"]));
    Package {
        name: short(&text(&value["name"])),
        is_crate: manifest.rsplit('/').nth(2) == Some("crates"),
        dependencies: shipped().map(name).collect(),
        optional: shipped().filter(|dependency| dependency["optional"] == true).map(name).collect(),
    }
}

fn short(name: &str) -> String {
    name.strip_prefix("watchfire-").unwrap_or(name).to_owned()
}

/// Every broken rule as one sentence.
pub fn check(packages: &[Package]) -> Vec<String> {
    let mut problems = Vec::new();
    let crates = packages.iter().filter(|package| package.is_crate).count();
    if crates > CRATES_MAX {
        problems.push(format!("{crates} crates under crates/, at most {CRATES_MAX}"));
    }
    for package in packages {
        match OURS.iter().find(|(name, _)| *name == package.name) {
            Some((_, allowed)) => check_package(package, packages, allowed, &mut problems),
            None => problems.push(format!("package {} has no place in the dependency rules", package.name)),
        }
    }
    problems
}

fn check_package(package: &Package, all: &[Package], allowed: &[&str], problems: &mut Vec<String>) {
    let name = &package.name;
    for dependency in &package.dependencies {
        let dependency = dependency.as_str();
        let ours = all.iter().any(|other| other.name == dependency);
        if ours && !allowed.contains(&dependency) {
            problems.push(format!("{name} must not depend on {dependency}"));
        }
        if name == "domain" && !ours && !DOMAIN_ALLOWED.contains(&dependency) {
            problems.push(format!("domain must not depend on {dependency}: no I/O, no clock, no chance"));
        }
        if name == "gb26875" && !ours && !GB26875_ALLOWED.contains(&dependency) {
            problems.push(format!("gb26875 must not depend on {dependency}: bytes in, bytes out"));
        }
        let is_shell = GB28181_OPTIONAL.contains(&dependency)
            && package.optional.iter().any(|optional| optional == dependency);
        if name == "gb28181" && !ours && !GB28181_ALLOWED.contains(&dependency) && !is_shell {
            problems
                .push(format!("gb28181 must not depend on {dependency}: bytes in, bytes out, no runtime"));
        }
        if let Some((_, owners)) = WORLDS.iter().find(|(world, _)| belongs(dependency, world))
            && !owners.contains(&name.as_str())
        {
            problems.push(format!("only {} may name {dependency}, {name} does", owners.join(" and ")));
        }
    }
}

/// `sqlx-postgres` belongs to the world of `sqlx`; `order` does not belong to that of `ort`.
fn belongs(dependency: &str, world: &str) -> bool {
    dependency.strip_prefix(world).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(name: &str, dependencies: &[&str]) -> Package {
        Package {
            name: name.to_owned(),
            is_crate: true,
            dependencies: dependencies.iter().map(|&name| name.to_owned()).collect(),
            optional: Vec::new(),
        }
    }

    fn workspace(changed: Package) -> Vec<Package> {
        let mut all: Vec<_> = ["domain", "store", "media", "vision", "platform", "simulator", "server"]
            .map(|name| member(name, &[]))
            .into_iter()
            .filter(|package| package.name != changed.name)
            .collect();
        all.push(changed);
        all
    }

    #[test]
    fn one_direction_is_accepted() {
        let store = member("store", &["domain", "sqlx", "tokio"]);
        assert_eq!(check(&workspace(store)), Vec::<String>::new());
    }

    #[test]
    fn neighbours_do_not_know_each_other() {
        let problems = check(&workspace(member("vision", &["media"])));
        assert_eq!(problems, ["vision must not depend on media"]);
    }

    #[test]
    fn the_product_does_not_need_its_simulator() {
        let problems = check(&workspace(member("platform", &["simulator"])));
        assert_eq!(problems, ["platform must not depend on simulator"]);
    }

    #[test]
    fn domain_does_nothing() {
        let problems = check(&workspace(member("domain", &["serde", "tokio"])));
        assert_eq!(problems, ["domain must not depend on tokio: no I/O, no clock, no chance"]);
    }

    #[test]
    fn the_access_layer_knows_nobody_and_runs_nothing() {
        let mut all = workspace(member("gb28181", &["domain", "bytes", "tokio"]));
        all.push(member("documents", &[]));
        assert_eq!(
            check(&all),
            [
                "gb28181 must not depend on domain",
                "gb28181 must not depend on tokio: bytes in, bytes out, no runtime"
            ]
        );
    }

    #[test]
    fn its_sockets_are_behind_a_feature() {
        let sockets = Package { optional: vec!["tokio".into()], ..member("gb28181", &["bytes", "tokio"]) };
        assert_eq!(check(&workspace(sockets)), Vec::<String>::new());
    }

    #[test]
    fn a_foreign_world_has_one_door() {
        let problems = check(&workspace(member("platform", &["sqlx-core"])));
        assert_eq!(problems, ["only store may name sqlx-core, platform does"]);
        assert!(!belongs("order", "ort") && belongs("ort-sys", "ort") && belongs("ort", "ort"));
    }

    #[test]
    fn a_twelfth_crate_and_a_stranger_are_noticed() {
        let many: Vec<_> = (0..12).map(|_| member("domain", &[])).collect();
        assert_eq!(check(&many), ["12 crates under crates/, at most 11"]);
        assert_eq!(check(&[member("common", &[])]), ["package common has no place in the dependency rules"]);
    }

    #[test]
    fn metadata_is_read_without_development_dependencies() {
        let metadata = serde_json::json!({"packages": [{
        "name": "watchfire-vision", "manifest_path": "/x/crates/vision/Cargo.toml",
        "dependencies": [
            {"name": "watchfire-domain", "kind": null, "optional": true}, {"name": "openh264", "kind": "dev"}, {"name": "cc", "kind": "build"}
        ]}]});
        let packages = packages(&metadata).unwrap();
        assert_eq!(packages[0].name, "vision");
        assert!(packages[0].is_crate);
        assert_eq!(packages[0].dependencies, ["domain", "cc"]);
        assert_eq!(packages[0].optional, ["domain"]);
    }
}
