//! The timeline and the comparison for one reader, in a real browser. Needs Node, Chromium and `npm ci` in
//! `tests/browser`; without them it is skipped, unless the environment says `CI`: then it fails.

use std::path::Path;
use std::process::{Command, Stdio};

use node::{missing, node, program, repository};

#[allow(dead_code, reason = "no module is run outside of the browser here")]
#[path = "shared/node.rs"]
mod node;

#[test]
fn charts_and_comparison_hold_in_a_browser() {
    let Some(program) = program(&["node", "nodejs"]) else { return };
    let Some(chromium) = self::program(&["chromium", "chromium-browser", "google-chrome"]) else { return };
    if !repository().join("tests/browser/node_modules/playwright-core").is_dir() {
        return missing("playwright-core is missing: run `npm ci` in tests/browser");
    }
    let temp = tempfile::tempdir().unwrap();
    let site = temp.path().join("site");
    let mut build = Command::new(env!("CARGO_BIN_EXE_roadbook"));
    build.arg("build").arg("--root").arg(repository()).arg("--output").arg(&site).stdin(Stdio::null());
    let built = build.args(["--base-url", "https://roadmaps.example/some/path/"]).output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let (held, said) = node(&program, "reader/charts.mjs", &[&chromium, &site, Path::new("/some/path/")], &[]);
    assert!(held, "{said}");
}
