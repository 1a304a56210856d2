//! The architecture page in `src/lib.rs` is true: modules import only from those above them, one folder
//! alone does I/O, and every file says what it is for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The rows of the table in `src/lib.rs`, in their order.
fn order() -> Vec<String> {
    let page = std::fs::read_to_string(root().join("lib.rs")).unwrap();
    let rows = page.lines().filter_map(|line| line.strip_prefix("//! | [`")?.split('`').next().map(str::to_owned));
    rows.collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every source file, by its path below `src/`, without the text of its tests.
fn files() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(root()) {
        let path = entry.unwrap().into_path();
        let name = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
        if name.ends_with(".rs") && !name.ends_with("tests.rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or("").to_owned();
            files.insert(name, code);
        }
    }
    files
}

fn module(file: &str) -> &str {
    file.split('/').next().unwrap().trim_end_matches(".rs")
}

/// What stands in the code, comments left out.
fn code_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(|line| line.split("//").next().unwrap_or("")).filter(|line| !line.trim().is_empty())
}

#[test]
fn modules_import_only_from_those_above_them() {
    let order = order();
    let rank = |name: &str| order.iter().position(|module| module == name);
    let mut wrong = Vec::new();
    for (file, text) in files() {
        let Some(own) = rank(module(&file)) else { continue };
        for line in code_lines(&text) {
            for rest in line.split("crate::").skip(1) {
                let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if rank(&name).is_some_and(|other| other > own) {
                    wrong.push(format!("{file}: {}", line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "imports from below:\n{}", wrong.join("\n"));
}

#[test]
fn every_module_is_in_the_table() {
    let order = order();
    let lib = std::fs::read_to_string(root().join("lib.rs")).unwrap();
    let modules: Vec<&str> = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(modules.len(), order.len());
    assert!(modules.iter().all(|module| order.iter().any(|row| row == module)), "{modules:?} {order:?}");
}

#[test]
fn only_host_touches_disk_network_and_clock() {
    let forbidden =
        ["std::fs", "std::net::Tcp", "std::net::Udp", "SystemTime", "std::process::Command", "tokio::", "ureq::"];
    let mut wrong = Vec::new();
    for (file, text) in files().into_iter().filter(|(file, _)| module(file) != "host") {
        for line in code_lines(&text) {
            wrong.extend(forbidden.iter().filter(|word| line.contains(**word)).map(|word| format!("{file}: {word}")));
        }
    }
    assert!(wrong.is_empty(), "outside of host:\n{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<String> =
        files().into_iter().filter(|(_, text)| !text.starts_with("//! ")).map(|(file, _)| file).collect();
    assert!(silent.is_empty(), "no heading: {silent:?}");
}
