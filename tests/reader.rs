//! What readers keep, mark, plan and compare: the theme's modules in Node, and the pages in Chromium, with `npm ci` in
//! `tests/browser`. Without them these tests are skipped, unless the environment says `CI`: then they fail.

#[path = "shared/node.rs"]
mod node;
#[path = "reader/plan.rs"]
mod plan;

use std::path::Path;

use node::{Browser, browser, build, modules, node, program, repository};

#[test]
fn what_is_kept_is_not_lost() {
    let Some(program) = program(&["node", "nodejs"]) else { return };
    let temp = tempfile::tempdir().unwrap();
    let folder = modules(temp.path(), &["store.js", "progress-changes.js"]);
    let (held, said) = node(&program, "reader/store.mjs", &[&folder], &[]);
    assert!(held, "{said}");
}

/// A script of the browser on a site below a path.
fn holds(script: &str, site: &str) {
    let Some(Browser { node: program, chromium }) = browser() else { return };
    let temp = tempfile::tempdir().unwrap();
    build(&repository().join(site), temp.path(), &["--base-url", "https://roadmaps.example/some/path/"]);
    let (held, said) = node(&program, script, &[&chromium, temp.path(), Path::new("/some/path/")], &[]);
    assert!(held, "{said}");
}

#[test]
fn what_readers_keep_holds_in_a_browser() {
    holds("reader/keeper.mjs", "tests/reader/site");
}

#[test]
fn topics_roads_and_stages_hold_in_a_browser() {
    holds("reader/guide.mjs", "tests/reader/ways");
}

#[test]
fn charts_and_comparison_hold_in_a_browser() {
    holds("reader/charts.mjs", "");
}
