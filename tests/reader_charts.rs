//! The timeline and the comparison for one reader, in a real browser. Needs Node, Chromium and `npm ci` in
//! `tests/browser`; without them it is skipped, unless the environment says `CI`: then it fails.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

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

#[test]
fn charts_and_comparison_hold_in_a_browser() {
    let Some(node) = program(&["node", "nodejs"]) else { return };
    let Some(chromium) = program(&["chromium", "chromium-browser", "google-chrome"]) else { return };
    if !repository().join("tests/browser/node_modules/playwright-core").is_dir() {
        return missing("playwright-core is missing: run `npm ci` in tests/browser");
    }
    let temp = tempfile::tempdir().unwrap();
    let site = temp.path().join("site");
    let mut build = Command::new(env!("CARGO_BIN_EXE_roadbook"));
    build.arg("build").arg("--root").arg(repository()).arg("--output").arg(&site);
    let built = build.args(["--base-url", "https://roadmaps.example/some/path/"]).stdin(Stdio::null()).output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let mut test = Command::new(node);
    test.arg(repository().join("tests/reader/charts.mjs")).arg(chromium).arg(&site).arg("/some/path/");
    let output = test.stdin(Stdio::null()).output().unwrap();
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    assert!(output.status.success(), "{said}");
}
