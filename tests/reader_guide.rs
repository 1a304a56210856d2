//! What readers mark, write and pick on the pages of topics, roadmaps and stages, in Chromium, with Node and `npm ci` in
//! `tests/browser`; without them the test is skipped, unless the environment says `CI`: then it fails.

#[path = "reader/tools.rs"]
mod tools;

use std::path::Path;

#[test]
fn topics_roads_and_stages_hold_in_a_browser() {
    let Some(node) = tools::program(&["node", "nodejs"]) else { return };
    let Some(chromium) = tools::program(&["chromium", "chromium-browser", "google-chrome"]) else { return };
    if !tools::repository().join("tests/browser/node_modules/playwright-core").is_dir() {
        return tools::missing("playwright-core is missing: run `npm ci` in tests/browser");
    }
    let temp = tempfile::tempdir().unwrap();
    tools::build(&tools::repository().join("tests/reader/ways"), temp.path());
    let (held, said) = tools::node(&node, "reader/guide.mjs", &[&chromium, temp.path(), Path::new("/some/path/")]);
    assert!(held, "{said}");
}
