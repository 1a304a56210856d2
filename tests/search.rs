//! The search: words fall apart alike here and in the browser, the right result comes first, and the page holds in a
//! real one. Each test that runs the theme's modules needs Node, the last one Chromium and `npm ci` in `tests/browser`
//! too; without them they are skipped, unless the environment says `CI`: then they fail.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use roadbook::search::words::terms;
use serde_json::{Value, json};

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The first of these programs that is on the path; none where the test is to be skipped.
fn program(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let all = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let found = all.into_iter().find(|file| file.is_file());
    if found.is_none() {
        missing(&format!("{} is not on the path", names[0]));
    }
    found
}

fn missing(what: &str) {
    assert!(std::env::var_os("CI").is_none(), "{what}, and the environment says CI");
    // Past the test runner's own capture.
    let _ = writeln!(std::io::stderr(), "skipped: {what}");
}

fn build(root: &Path, output: &Path, more: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_roadbook"));
    command.arg("build").arg("--root").arg(root).arg("--output").arg(output).args(more).stdin(Stdio::null());
    let said = command.output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
}

/// The theme's modules in a folder that says what they are, as a server does by their type.
fn modules(temp: &Path) -> PathBuf {
    let folder = temp.join("modules");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("package.json"), r#"{"type": "module"}"#).unwrap();
    for name in ["search-index.js", "search-match.js", "search-words.js"] {
        let from = repository().join("themes/default/static").join(name);
        std::fs::copy(from, folder.join(name)).unwrap();
    }
    folder
}

fn node(node: &Path, script: &str, args: &[&Path]) -> (bool, String) {
    let script = repository().join("tests").join(script);
    let output = Command::new(node).arg(script).args(args).stdin(Stdio::null()).output().unwrap();
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    (output.status.success(), said)
}

#[test]
fn words_fall_apart_as_the_shared_cases_say() {
    let cases = std::fs::read_to_string(repository().join("tests/shared/words.json")).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&cases).unwrap();
    assert!(cases.len() > 50);
    for case in cases {
        assert_eq!(json!(terms(case["text"].as_str().unwrap())), case["words"], "{}", case["text"]);
    }
}

#[test]
fn words_fall_apart_alike_in_the_browser() {
    let Some(program) = program(&["node", "nodejs"]) else { return };
    let temp = tempfile::tempdir().unwrap();
    let cases = repository().join("tests/shared/words.json");
    let (same, said) = node(&program, "search/words.mjs", &[&modules(temp.path()), &cases]);
    assert!(same, "{said}");
}

/// The share of written queries for which the right result comes first, and among the first three.
fn quality(site: &Path, queries: &str) -> Option<(f64, f64, usize, String)> {
    let program = program(&["node", "nodejs"])?;
    let temp = tempfile::tempdir().unwrap();
    let built = temp.path().join("site");
    build(site, &built, &[]);
    let queries = repository().join("tests/search").join(queries);
    let (_, said) = node(&program, "search/quality.mjs", &[&modules(temp.path()), &built.join("search"), &queries]);
    let summary: Value = said.lines().last().and_then(|line| serde_json::from_str(line).ok()).expect(&said);
    let count = |name: &str| summary[name].as_f64().unwrap();
    let all = count("queries");
    Some((count("first") / all, count("third") / all, all as usize, said))
}

#[test]
fn the_right_result_comes_first() {
    let Some((first, third, all, said)) = quality(repository(), "queries.json") else { return };
    assert!(all >= 60);
    assert!(first >= 0.9 && third >= 0.98, "{said}");
}

#[test]
fn chinese_japanese_and_korean_are_found() {
    let site = repository().join("tests/search/cjk");
    let Some((first, ..)) = quality(&site, "cjk.json") else { return };
    assert!(first > 0.99);
}

#[test]
fn the_search_page_holds_in_a_browser() {
    let Some(program) = program(&["node", "nodejs"]) else { return };
    let Some(chromium) = self::program(&["chromium", "chromium-browser", "google-chrome"]) else { return };
    if !repository().join("tests/browser/node_modules/playwright-core").is_dir() {
        return missing("playwright-core is missing: run `npm ci` in tests/browser");
    }
    let temp = tempfile::tempdir().unwrap();
    let [site, offline] = ["site", "offline"].map(|name| temp.path().join(name));
    build(repository(), &site, &["--base-url", "https://roadmaps.example/some/path/"]);
    build(repository(), &offline, &["--offline"]);
    let (held, said) = node(&program, "browser/search.mjs", &[&chromium, &site, Path::new("/some/path/"), &offline]);
    assert!(held, "{said}");
}

#[test]
fn a_site_without_search_has_no_trace_of_it() {
    let temp = tempfile::tempdir().unwrap();
    let [site, built] = ["site", "built"].map(|name| temp.path().join(name));
    std::fs::create_dir_all(site.join("content")).unwrap();
    std::fs::write(site.join("site.toml"), "title = \"Bees\"\n[search]\nenabled = false\n").unwrap();
    std::fs::write(site.join("content/bee.md"), "---\ntitle: Bee\n---\nIt makes honey.\n").unwrap();
    build(&site, &built, &[]);
    assert!(!built.join("search").exists());
    let home = std::fs::read_to_string(built.join("index.html")).unwrap();
    assert!(!home.contains("search"), "{home}");
}
