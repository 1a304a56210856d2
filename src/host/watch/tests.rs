//! Watching real files: saves, renames, folders that come and go.

use std::fs;
use std::sync::mpsc::RecvTimeoutError;
use std::time::Instant;

use super::*;

struct Scene {
    folder: tempfile::TempDir,
    changes: Receiver<Vec<PathBuf>>,
    watcher: Watcher,
}

/// Watches `site.toml`, `content/` and `themes/` of a site whose folder holds a topic.
fn scene(method: Method) -> Scene {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("content/topics")).unwrap();
    fs::write(folder.path().join("content/topics/http.md"), "one").unwrap();
    fs::write(folder.path().join("site.toml"), "one").unwrap();
    let paths = ["site.toml", "content", "themes"].map(|name| folder.path().join(name));
    let (sender, changes) = mpsc::channel();
    let ignore = |path: &Path| path.extension().is_some_and(|ending| ending == "swp");
    let watcher = watch_with(method, &paths, ignore, move |paths| drop(sender.send(paths))).unwrap();
    Scene { folder, changes, watcher }
}

impl Scene {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// Waits until one of the paths, or a folder above it, is told.
    fn expect(&self, name: &str) {
        let end = Instant::now() + Duration::from_secs(8);
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            match self.changes.recv_timeout(left) {
                Ok(paths) if paths.iter().any(|path| self.path(name).starts_with(path)) => return,
                Ok(_) | Err(RecvTimeoutError::Timeout) => {}
                Err(error) => panic!("{error}"),
            }
        }
        panic!("nobody tells of `{name}`");
    }

    fn expect_silence(&self) {
        if let Ok(paths) = self.changes.recv_timeout(Duration::from_millis(300)) {
            panic!("{paths:?}");
        }
    }

    fn settle(&self) {
        while self.changes.recv_timeout(Duration::from_millis(250)).is_ok() {}
    }
}

#[test]
fn files_that_are_written_added_and_removed_are_told() {
    let scene = scene(Method::Native);
    scene.expect_silence();
    assert_eq!(scene.watcher.note(), None);
    let start = Instant::now();
    scene.write("content/topics/http.md", "two");
    scene.expect("content/topics/http.md");
    assert!(start.elapsed() < Duration::from_millis(500));
    scene.write("content/new.md", "new");
    scene.expect("content/new.md");
    scene.write("site.toml", "two");
    scene.expect("site.toml");
    fs::remove_file(scene.path("content/new.md")).unwrap();
    scene.expect("content/new.md");
}

#[test]
fn reading_and_other_files_are_not_told() {
    let scene = scene(Method::Native);
    fs::read(scene.path("content/topics/http.md")).unwrap();
    fs::read_dir(scene.path("content")).unwrap().count();
    fs::create_dir(scene.path("public")).unwrap();
    scene.write("public/index.html", "x");
    scene.write("README.md", "x");
    scene.write("content/.http.md.swp", "x");
    scene.expect_silence();
}

#[test]
fn many_changes_are_few_calls() {
    let scene = scene(Method::Native);
    for n in 0..50 {
        scene.write(&format!("content/{n}.md"), "x");
    }
    let (mut told, mut calls) = (std::collections::BTreeSet::new(), 0);
    while told.len() < 50 {
        let paths = scene.changes.recv_timeout(Duration::from_secs(5)).unwrap();
        assert!(paths.is_sorted(), "{paths:?}");
        told.extend(paths);
        calls += 1;
    }
    // One on a quiet machine; a busy one pauses between two saves for longer than the watcher waits.
    assert!(calls < 25, "{calls} calls");
}

#[test]
fn editors_that_save_by_renaming_are_followed() {
    let scene = scene(Method::Native);
    for name in ["site.toml", "content/topics/http.md", "site.toml", "content/topics/http.md"] {
        scene.write("content/4913.swp", "the new text");
        fs::rename(scene.path("content/4913.swp"), scene.path(name)).unwrap();
        scene.expect(name);
        scene.settle();
        fs::rename(scene.path(name), scene.path("backup")).unwrap();
        scene.write(name, "the newest text");
        scene.expect(name);
        scene.settle();
    }
}

#[test]
fn folders_may_come_and_go() {
    let scene = scene(Method::Native);
    fs::create_dir_all(scene.path("themes/mine")).unwrap();
    scene.expect("themes/mine");
    scene.settle();
    scene.write("themes/mine/page.html", "x");
    scene.expect("themes/mine/page.html");
    for _ in 0..2 {
        fs::rename(scene.path("content"), scene.path("content.old")).unwrap();
        scene.expect("content");
        scene.settle();
        scene.write("content.old/topics/http.md", "elsewhere");
        scene.expect_silence();
        fs::rename(scene.path("content.old"), scene.path("content")).unwrap();
        scene.expect("content");
        scene.settle();
        scene.write("content/topics/http.md", "back");
        scene.expect("content/topics/http.md");
        scene.settle();
    }
    fs::remove_dir_all(scene.path("content")).unwrap();
    scene.expect("content");
    scene.settle();
    fs::create_dir_all(scene.path("content/deep/down")).unwrap();
    scene.expect("content/deep/down");
    scene.settle();
    scene.write("content/deep/down/x.md", "x");
    scene.expect("content/deep/down/x.md");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_but_the_way_to_the_site_may_be_one() {
    let scene = scene(Method::Native);
    let outside = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(outside.path(), scene.path("content/link")).unwrap();
    scene.expect("content/link");
    scene.settle();
    fs::write(outside.path().join("x"), "x").unwrap();
    scene.expect_silence();

    let link = outside.path().join("site");
    std::os::unix::fs::symlink(scene.folder.path(), &link).unwrap();
    let (sender, changes) = mpsc::channel();
    let paths = [link.join("content"), link.join("site.toml")];
    let _watcher = watch(&paths, |_| false, move |paths| drop(sender.send(paths))).unwrap();
    scene.write("site.toml", "x");
    let told = changes.recv_timeout(Duration::from_secs(5)).unwrap();
    assert_eq!(told, [link.join("site.toml")]);
}

#[test]
fn polling_sees_the_same() {
    let scene = scene(Method::Polling);
    scene.write("content/topics/http.md", "two");
    scene.expect("content/topics/http.md");
    scene.write("site.toml", "two");
    scene.expect("site.toml");
    fs::create_dir_all(scene.path("themes/mine")).unwrap();
    scene.expect("themes/mine");
    std::thread::sleep(Duration::from_millis(2500));
    scene.settle();
    scene.write("themes/mine/page.html", "x");
    scene.expect("themes/mine/page.html");
}

#[test]
fn a_limit_of_the_system_is_no_error() {
    assert!(is_limit(&notify::Error::new(ErrorKind::MaxFilesWatch)));
    assert!(is_limit(&notify::Error::io(io::ErrorKind::StorageFull.into())));
    assert!(!is_limit(&notify::Error::path_not_found()));
    let folder = tempfile::tempdir().unwrap();
    let (sender, receiver) = mpsc::channel();
    let mut watches = Watches::start(Method::Native, vec![folder.path().into()], sender, Note::default()).unwrap();
    watches.poll();
    assert!(matches!(watches.notifier, Notifier::Polling(_)));
    assert!(watches.note.lock().unwrap().as_deref().unwrap().contains("once a second"));
    fs::write(folder.path().join("x"), "x").unwrap();
    // The folder's own time changes as well, and may be told first.
    while !next_changes(&receiver, &mut watches).unwrap().contains(&folder.path().join("x")) {}
}

#[test]
fn a_dropped_watcher_is_silent() {
    let Scene { folder, changes, watcher } = scene(Method::Native);
    drop(watcher);
    assert_eq!(changes.recv_timeout(Duration::from_secs(5)), Err(RecvTimeoutError::Disconnected));
    drop(folder);
}
