//! All that is in a folder, to be compared.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The files below a folder: their paths, with `/`, and their bytes.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// Reads a folder; one that is missing is empty.
pub fn read(folder: &Path) -> Tree {
    let mut tree = Tree::new();
    visit(folder, "", &mut tree);
    tree
}

/// What is not the same in two folders, a line each.
pub fn differences(before: &Tree, after: &Tree) -> String {
    let mut text = String::new();
    for (path, bytes) in before {
        match after.get(path) {
            None => writeln!(text, "gone: {path}").unwrap(),
            Some(other) if other != bytes => writeln!(text, "changed: {path}").unwrap(),
            Some(_) => {}
        }
    }
    for path in after.keys().filter(|path| !before.contains_key(*path)) {
        writeln!(text, "new: {path}").unwrap();
    }
    text
}

/// Copies a folder and all that is in it, where it is there.
pub fn copy(from: &Path, to: &Path) {
    for (path, bytes) in read(from) {
        let target = to.join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    }
}

fn visit(folder: &Path, prefix: &str, tree: &mut Tree) {
    for entry in fs::read_dir(folder).into_iter().flatten().map(Result::unwrap) {
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            visit(&entry.path(), &format!("{path}/"), tree);
        } else {
            tree.insert(path, fs::read(entry.path()).unwrap());
        }
    }
}
