//! Which folders are never an output folder, whatever is in them.
//!
//! In: the project's root and the folder asked for, which need not exist. Out: a reason in words, or
//! none. Links are resolved first, so that a link to the content is the content.

use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

/// The folders in a project that hold what people wrote.
const SOURCES: [&str; 5] = ["content", "static", "templates", "themes", ".git"];

/// Why `output` must not be an output folder of the project at `root`; `None` if it may be one.
pub fn refuse_output(root: &Path, output: &Path) -> Option<String> {
    let home = std::env::home_dir().filter(|home| home.is_absolute());
    refuse(root, output, home.as_deref())
}

fn refuse(root: &Path, output: &Path, home: Option<&Path>) -> Option<String> {
    let name = output.display();
    let (root, output) = (resolve(root), resolve(output));
    if output.parent().is_none() {
        return Some(format!("`{name}` is the root of the file system"));
    }
    if let Some(home) = home.map(resolve).filter(|home| home.starts_with(&output)) {
        let what = if home == output { "is your home folder" } else { "holds your home folder" };
        return Some(format!("`{name}` {what}"));
    }
    if root == output {
        return Some(format!("`{name}` is the project's own folder"));
    }
    if root.starts_with(&output) {
        return Some(format!("`{name}` holds the project itself"));
    }
    SOURCES.iter().find_map(|source| {
        let folder = resolve(&root.join(source));
        if output == folder || output.starts_with(&folder) {
            Some(format!("`{name}` lies in the project's `{source}` folder, which holds sources"))
        } else if folder.starts_with(&output) {
            Some(format!("`{name}` holds the project's `{source}` folder"))
        } else {
            None
        }
    })
}

/// The true path of something that may not exist: what exists of it with its links resolved, and the
/// rest taken by the letter.
fn resolve(path: &Path) -> PathBuf {
    let mut known = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut rest: Vec<OsString> = Vec::new();
    loop {
        if let Ok(mut found) = known.canonicalize() {
            append(&mut found, rest.iter().rev());
            return found;
        }
        match known.components().next_back() {
            Some(Component::Normal(name)) => rest.push(name.to_owned()),
            Some(Component::ParentDir) => rest.push("..".into()),
            _ => return path.to_path_buf(),
        }
        if !known.pop() {
            return path.to_path_buf();
        }
    }
}

fn append<'a>(path: &mut PathBuf, rest: impl Iterator<Item = &'a OsString>) {
    for name in rest {
        if name == ".." {
            path.pop();
        } else {
            path.push(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn sources_roots_and_homes_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("home/site");
        let home = folder.path().join("home");
        fs::create_dir_all(root.join("content/backend")).unwrap();
        for (output, reason) in [
            (root.clone(), "own folder"),
            (root.join("."), "own folder"),
            (root.join("new/.."), "own folder"),
            (home.clone(), "is your home"),
            (folder.path().to_path_buf(), "holds your home"),
            (PathBuf::from("/"), "root of the file system"),
            (root.join("../../../../../../../../../../.."), "root of the file system"),
            (root.join("content"), "`content`"),
            (root.join("content/backend/new"), "`content`"),
            (root.join("public/../content"), "`content`"),
            (root.join("static"), "`static`"),
            (root.join("templates"), "`templates`"),
            (root.join("themes/mine"), "`themes`"),
            (root.join(".git"), "`.git`"),
        ] {
            let refused = refuse(&root, &output, Some(&home)).unwrap_or_else(|| panic!("{output:?} is allowed"));
            assert!(refused.contains(reason), "{output:?}: {refused}");
        }
        for output in [root.join("public"), root.join("contents"), root.join("a/b"), home.join("elsewhere")] {
            assert_eq!(refuse(&root, &output, Some(&home)), None, "{output:?}");
        }
        assert!(refuse(&home.join("site"), &home, None).unwrap().contains("holds the project"));
    }

    #[cfg(unix)]
    #[test]
    fn links_do_not_hide_the_sources() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("site");
        fs::create_dir_all(root.join("content")).unwrap();
        fs::create_dir_all(folder.path().join("far/themes")).unwrap();
        std::os::unix::fs::symlink("content", root.join("link")).unwrap();
        std::os::unix::fs::symlink(folder.path().join("far/themes"), root.join("themes")).unwrap();
        assert!(refuse(&root, &root.join("link"), None).is_some());
        assert!(refuse(&root, &root.join("link/new"), None).is_some());
        assert!(refuse(&root, &folder.path().join("far/themes/x"), None).is_some());
        assert!(refuse(&root, &folder.path().join("far"), None).is_some());
        assert_eq!(refuse(&root, &folder.path().join("other"), None), None);
    }
}
