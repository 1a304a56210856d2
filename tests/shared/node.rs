//! Node, for tests of the theme's modules. Without it they are skipped, unless the environment says `CI`: then they
//! fail.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The first of these programs that is on the path; none where the test is to be skipped.
pub fn program(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let all = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let found = all.into_iter().find(|file| file.is_file());
    if found.is_none() {
        missing(&format!("{} is not on the path", names[0]));
    }
    found
}

pub fn missing(what: &str) {
    assert!(std::env::var_os("CI").is_none(), "{what}, and the environment says CI");
    // Past the test runner's own capture.
    let _ = writeln!(std::io::stderr(), "skipped: {what}");
}

/// These modules of the theme in a folder that says what they are, as a server does by their type.
pub fn modules(temp: &Path, names: &[&str]) -> PathBuf {
    let folder = temp.join("modules");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("package.json"), r#"{"type": "module"}"#).unwrap();
    for name in names {
        let from = repository().join("themes/default/static").join(name);
        std::fs::copy(from, folder.join(name)).unwrap();
    }
    folder
}

/// What runs pages.
pub struct Browser {
    pub node: PathBuf,
    pub chromium: PathBuf,
}

/// Node and Chromium, with the packages of `tests/browser`; none where the test is to be skipped.
pub fn browser() -> Option<Browser> {
    let node = program(&["node", "nodejs"])?;
    let chromium = program(&["chromium", "chromium-browser", "google-chrome"])?;
    if !repository().join("tests/browser/node_modules/playwright-core").is_dir() {
        missing("playwright-core is missing: run `npm ci` in tests/browser");
        return None;
    }
    Some(Browser { node, chromium })
}

/// Builds a site.
pub fn build(root: &Path, output: &Path, options: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_roadbook"));
    command.arg("build").arg("--root").arg(root).arg("--output").arg(output).args(options).stdin(Stdio::null());
    let said = command.output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
}

/// Runs a script of `tests/`; whether it ended well, and what it said.
pub fn node(node: &Path, script: &str, args: &[&Path], variables: &[(&str, &str)]) -> (bool, String) {
    let script = repository().join("tests").join(script);
    let mut command = Command::new(node);
    command.arg(script).args(args).envs(variables.iter().copied()).stdin(Stdio::null());
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    (output.status.success(), said)
}
