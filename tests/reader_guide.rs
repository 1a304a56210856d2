//! What readers mark, write and pick on the pages of topics, roadmaps and stages, in a real browser. It needs Node,
//! Chromium and `npm ci` in `tests/browser`; see [`node`] for what happens without.

#[path = "shared/node.rs"]
#[allow(dead_code, reason = "modules by themselves are for tests without a browser")]
mod node;

use std::path::Path;
use std::process::{Command, Stdio};

fn build(root: &Path, output: &Path, base_url: &str) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_roadbook"));
    command.arg("build").arg("--root").arg(root).arg("--output").arg(output).args(["--base-url", base_url]);
    let said = command.stdin(Stdio::null()).output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
}

#[test]
fn topics_roads_and_stages_hold_in_a_browser() {
    let Some(program) = node::program(&["node", "nodejs"]) else { return };
    let Some(chromium) = node::program(&["chromium", "chromium-browser", "google-chrome"]) else { return };
    if !node::repository().join("tests/browser/node_modules/playwright-core").is_dir() {
        return node::missing("playwright-core is missing: run `npm ci` in tests/browser");
    }
    let temp = tempfile::tempdir().unwrap();
    let site = temp.path().join("site");
    build(&node::repository().join("tests/reader/site"), &site, "https://roadmaps.example/some/path/");
    let (held, said) = node::node(&program, "reader/guide.mjs", &[&chromium, &site, Path::new("/some/path/")], &[]);
    assert!(held, "{said}");
}
