//! How a test builds a site and runs a script of Node, or says that it cannot.

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

pub fn build(root: &Path, output: &Path) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_roadbook"));
    command.arg("build").arg("--root").arg(root).arg("--output").arg(output).stdin(Stdio::null());
    let said = command.output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
}

/// Whether a script below `tests/` ended well, and what it said.
pub fn node(node: &Path, script: &str, args: &[&Path]) -> (bool, String) {
    let script = repository().join("tests").join(script);
    let output = Command::new(node).arg(script).args(args).stdin(Stdio::null()).output().unwrap();
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    (output.status.success(), said)
}
