//! Runs the program and holds the folder it built.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::report::Report;

/// A built site: every file by its path, with `/` between folders.
pub struct Built {
    files: BTreeMap<String, Vec<u8>>,
}

impl Built {
    /// Builds the site at `root`, which must succeed.
    pub fn new(root: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_roadbook"))
            .args(["build", "--root"])
            .arg(root)
            .arg("--output")
            .arg(folder.path())
            .args(arguments)
            .envs(environment.iter().copied())
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{} does not build: {}\n{errors}", root.display(), output.status);
        let mut files = BTreeMap::new();
        collect(folder.path(), "", &mut files);
        Self { files }
    }

    /// The same site with the first `from` in a file replaced, which must be there.
    pub fn broken(&self, path: &str, from: &str, to: &str) -> Self {
        let text = self.text(path).unwrap();
        assert!(text.contains(from), "{path} does not contain {from:?}");
        let mut files = self.files.clone();
        files.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
        Self { files }
    }

    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The paths that end with `suffix`, with their text.
    pub fn texts<'a>(&'a self, suffix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let paths = self.paths().filter(move |path| path.ends_with(suffix));
        paths.filter_map(|path| Some((path, self.text(path)?)))
    }

    /// A file as text, if it is there and is UTF-8.
    pub fn text(&self, path: &str) -> Option<&str> {
        std::str::from_utf8(self.files.get(path)?).ok()
    }

    /// A file as JSON; that it is missing or broken is a breach.
    pub fn json(&self, path: &str, report: &mut Report) -> Option<Value> {
        let Some(text) = self.text(path) else {
            report.fail(format!("{path} is missing"));
            return None;
        };
        serde_json::from_str(text).map_err(|error| report.fail(format!("{path}: {error}"))).ok()
    }

    /// Notes every difference to another build of the same site.
    pub fn compare(&self, other: &Self, report: &mut Report) {
        for (path, content) in &self.files {
            report.check(other.files.get(path) == Some(content), || format!("{path} differs between builds"));
        }
        for path in other.paths() {
            report.check(self.has(path), || format!("{path} is only in the second build"));
        }
    }
}

/// Reads a folder and its sub-folders.
fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files);
        } else {
            files.insert(name, std::fs::read(&path).unwrap());
        }
    }
}
