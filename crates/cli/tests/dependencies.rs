//! The dependency policy: licences that may be used, one source, a written reason for each direct
//! dependency. Advisories need the network: `just deny` checks those.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const LICENCES: &[&str] = &[
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "MIT",
    "MIT-0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "CC0-1.0",
    "MPL-2.0",
    "0BSD",
    "Unlicense",
    "BSL-1.0",
    "CDLA-Permissive-2.0",
    "bzip2-1.0.6",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The packages of every platform, where cargo has them all at hand; else those of this one, which a
/// build has fetched.
fn metadata() -> Value {
    let all = ask(&[]);
    let output = if all.status.success() { all } else { ask(&["--filter-platform", &host()]) };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON")
}

fn ask(more: &[&str]) -> Output {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .args(more)
        .current_dir(root())
        .output()
        .expect("cargo runs")
}

/// The platform that this is built on, as rustc names it.
fn host() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let told = Command::new(rustc).arg("-vV").output().expect("rustc runs").stdout;
    let told = String::from_utf8_lossy(&told).into_owned();
    let line = told.lines().find_map(|line| line.strip_prefix("host: "));
    line.expect("rustc tells its host").to_owned()
}

fn packages(metadata: &Value) -> impl Iterator<Item = &Value> {
    metadata["packages"].as_array().into_iter().flatten()
}

/// Whether an SPDX expression can be met: some alternative of `OR` has only licences we take.
fn allowed(expression: &str) -> bool {
    let plain = expression.replace('/', " OR ").replace(['(', ')'], " ");
    plain.split(" OR ").any(|alternative| {
        alternative.split(" AND ").all(|licence| LICENCES.contains(&licence.trim()))
    })
}

#[test]
fn every_licence_may_be_used() {
    let metadata = metadata();
    let bad: Vec<_> = packages(&metadata)
        .filter(|package| !allowed(package["license"].as_str().unwrap_or("")))
        .map(|package| format!("{} ({})", package["name"], package["license"]))
        .collect();
    assert!(bad.is_empty(), "licences to look at: {}", bad.join(", "));
}

#[test]
fn everything_comes_from_here_or_crates_io() {
    let metadata = metadata();
    for package in packages(&metadata) {
        let source = package["source"].as_str().unwrap_or("here");
        let known = source == "here" || source.contains("crates.io-index");
        assert!(known, "{} comes from {source}", package["name"]);
    }
}

#[test]
fn every_direct_dependency_has_its_reason() {
    let metadata = metadata();
    let reasons = std::fs::read_to_string(root().join("docs/dependencies.md")).expect("the page");
    let words: BTreeSet<&str> = reasons.split([' ', ',', '|', '(', ')', '`', '\n']).collect();
    let own: BTreeSet<&str> = packages(&metadata)
        .filter(|package| package["source"].is_null())
        .filter_map(|package| package["name"].as_str())
        .collect();
    let missing: BTreeSet<&str> = packages(&metadata)
        .filter(|package| package["source"].is_null())
        .flat_map(|package| package["dependencies"].as_array().into_iter().flatten())
        .filter_map(|dependency| dependency["name"].as_str())
        .filter(|name| !own.contains(name) && !words.contains(name))
        .collect();
    assert!(missing.is_empty(), "docs/dependencies.md gives no reason for {missing:?}");
}

#[test]
fn alternatives_and_conjunctions_of_licences_are_told_apart() {
    assert!(allowed("GPL-3.0 OR MIT") && allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
    assert!(!allowed("MIT AND GPL-3.0") && !allowed("GPL-3.0"));
}
