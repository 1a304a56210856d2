//! What the program is made of: dependencies from crates.io alone, under licences that `deny.toml` allows, locked; and
//! nothing of ours that runs while it is compiled. These run wherever tests run; `.ci/deny`, a part of the gate, knows more:
//! yanked versions and advisories too.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn packages() -> Vec<Value> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

/// The licences that `deny.toml` allows, and the exceptions for single packages.
fn allowed() -> (BTreeSet<String>, Vec<(String, BTreeSet<String>)>) {
    let text = std::fs::read_to_string(root().join("deny.toml")).unwrap();
    let table: toml::Table = text.parse().unwrap();
    let names = |list: &toml::Value| -> BTreeSet<String> {
        list.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    let licences = &table["licenses"];
    let exceptions = licences.get("exceptions").and_then(toml::Value::as_array).cloned().unwrap_or_default();
    let name = |entry: &toml::Value| entry.get("crate").or(entry.get("name")).unwrap().as_str().unwrap().to_owned();
    let exceptions = exceptions.iter().map(|entry| (name(entry), names(&entry["allow"]))).collect();
    (names(&licences["allow"]), exceptions)
}

/// Whether an SPDX expression can be met: every part of an `AND` by one of its `OR`.
fn is_met(expression: &str, allowed: &BTreeSet<String>) -> bool {
    // The old way to write `OR`.
    let expression = expression.replace('/', " OR ");
    let bare = |part: &str| part.trim_matches(|c: char| c.is_whitespace() || "()".contains(c)).to_owned();
    let any = |group: &str| group.split(" OR ").any(|part| allowed.contains(&bare(part)));
    match expression.contains('(') {
        true => expression.split(" AND ").all(any),
        false => expression.split(" OR ").any(|part| part.split(" AND ").all(|one| allowed.contains(&bare(one)))),
    }
}

#[test]
fn dependencies_come_from_one_place_under_known_licences() {
    let (licences, exceptions) = allowed();
    let mut wrong = Vec::new();
    let packages = packages();
    for package in packages.iter().filter(|package| package["name"] != "roadbook") {
        let name = package["name"].as_str().unwrap();
        if package["source"] != "registry+https://github.com/rust-lang/crates.io-index" {
            wrong.push(format!("{name} comes from {}", package["source"]));
        }
        let own = exceptions.iter().find(|(exception, _)| exception == name).map(|(_, allow)| allow);
        let licence = package["license"].as_str().unwrap_or("none");
        if !is_met(licence, &licences) && !own.is_some_and(|own| is_met(licence, own)) {
            wrong.push(format!("{name}: {licence}"));
        }
    }
    assert!(packages.len() > 100, "that cannot be all: {}", packages.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn expressions_of_licences_are_read() {
    let allowed: BTreeSet<String> = ["MIT", "Unicode-3.0"].map(str::to_owned).into();
    for met in [
        "MIT",
        "MIT/GPL-3.0",
        "GPL-3.0 OR MIT",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
        "GPL-3.0 OR MIT AND Unicode-3.0",
    ] {
        assert!(is_met(met, &allowed), "{met}");
    }
    for not in ["GPL-3.0", "MIT AND GPL-3.0", "(MIT OR Apache-2.0) AND OpenSSL", "none"] {
        assert!(!is_met(not, &allowed), "{not}");
    }
}

#[test]
fn nothing_of_ours_runs_while_it_is_compiled() {
    let ours = packages().into_iter().find(|package| package["name"] == "roadbook").unwrap();
    let kinds = ours["targets"].as_array().unwrap().iter().flat_map(|target| target["kind"].as_array().unwrap());
    let run: Vec<&Value> = kinds.filter(|kind| **kind == "custom-build" || **kind == "proc-macro").collect();
    assert!(run.is_empty(), "{run:?}");
    assert!(std::fs::read_to_string(root().join("src/lib.rs")).unwrap().contains("#![forbid(unsafe_code)]"));
}
