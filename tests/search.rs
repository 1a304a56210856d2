//! The search: words fall apart alike here and in the browser, the right result comes first, and the page holds in a
//! real one. Each test that runs the theme's modules needs Node, the last one Chromium and `npm ci` in `tests/browser`
//! too; without them they are skipped, unless the environment says `CI`: then they fail.

use std::path::Path;

use node::{Browser, browser, build, modules, node, program, repository};
use roadbook::search::words::terms;
use serde_json::{Value, json};

#[path = "shared/node.rs"]
mod node;

/// The modules that the search consists of.
const MODULES: &[&str] = &["search-index.js", "search-match.js", "search-words.js"];

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
    let (same, said) = node(&program, "search/words.mjs", &[&modules(temp.path(), MODULES), &cases], &[]);
    assert!(same, "{said}");
}

/// The share of written queries for which the right result comes first, and among the first three.
fn quality(site: &Path, queries: &str) -> Option<(f64, f64, usize, String)> {
    let program = program(&["node", "nodejs"])?;
    let temp = tempfile::tempdir().unwrap();
    let built = temp.path().join("site");
    build(site, &built, &[]);
    let queries = repository().join("tests/search").join(queries);
    let (_, said) =
        node(&program, "search/quality.mjs", &[&modules(temp.path(), MODULES), &built.join("search"), &queries], &[]);
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
    let Some(Browser { node: program, chromium }) = browser() else { return };
    let temp = tempfile::tempdir().unwrap();
    let [site, offline] = ["site", "offline"].map(|name| temp.path().join(name));
    build(repository(), &site, &["--base-url", "https://roadmaps.example/some/path/"]);
    build(repository(), &offline, &["--offline"]);
    let args: [&Path; 4] = [&chromium, &site, Path::new("/some/path/"), &offline];
    let (held, said) = node(&program, "browser/search.mjs", &args, &[]);
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
