//! Publishing: whole or not at all, in every way it can be interrupted.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::*;

const BOTH: [Strategy; 2] = [Strategy::Exchange, Strategy::FileByFile];

fn file(path: &str, text: &str) -> OutputFile {
    OutputFile { path: path.into(), content: Content::Bytes(text.into()) }
}

fn publish(output: &Path, strategy: Strategy, files: &[(&str, &str)]) -> Result<Written, OutputError> {
    publish_with(output, strategy, false, files)
}

fn publish_with(
    output: &Path,
    strategy: Strategy,
    force: bool,
    files: &[(&str, &str)],
) -> Result<Written, OutputError> {
    let publisher = Publisher::begin_after(look(output), output, (force, strategy))?;
    for (path, text) in files {
        publisher.add(file(path, text))?;
    }
    publisher.finish()
}

/// All files of a folder but the list, with their texts; links as `-> target`, folders as `/`.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        let what = if entry.path_is_symlink() {
            format!("-> {}", fs::read_link(entry.path()).unwrap().display())
        } else if entry.file_type().is_dir() {
            "/".into()
        } else {
            fs::read_to_string(entry.path()).unwrap()
        };
        found.insert(path, what);
    }
    found.remove(manifest::NAME);
    found
}

fn expect(folder: &Path, expected: &[(&str, &str)]) {
    let expected: BTreeMap<String, String> = expected.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect();
    assert_eq!(tree(folder), expected);
}

/// Nothing but the given names lies in a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_site_replaces_the_last_one() {
    for strategy in BOTH {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("new/deep/public");
        let first = publish(&output, strategy, &[("index.html", "1"), ("a/b/c.txt", "c"), ("old/x", "x")]).unwrap();
        assert_eq!(first, Written { files: 3, written: 3, ..Written::default() });
        let second = publish(&output, strategy, &[("index.html", "2"), ("a/b/c.txt", "c"), ("new", "n")]).unwrap();
        assert_eq!(second, Written { files: 3, written: 2, unchanged: 1, removed: 1, left_behind: None });
        expect(&output, &[("a", "/"), ("a/b", "/"), ("a/b/c.txt", "c"), ("index.html", "2"), ("new", "n")]);
        assert_eq!(names(output.parent().unwrap()), ["public"]);
        let list = fs::read_to_string(output.join(manifest::NAME)).unwrap();
        assert_eq!(list, "roadbook-manifest 1\na/b/c.txt\nindex.html\nnew\n");
    }
}

#[test]
fn an_empty_folder_and_an_empty_site_are_fine() {
    for strategy in BOTH {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        fs::create_dir(&output).unwrap();
        publish(&output, strategy, &[("a", "a")]).unwrap();
        assert_eq!(publish(&output, strategy, &[]).unwrap().removed, 1);
        expect(&output, &[]);
        publish(&output, strategy, &[("a", "a")]).unwrap();
    }
}

#[test]
fn a_file_may_become_a_folder_and_back() {
    for strategy in BOTH {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        publish(&output, strategy, &[("a", "file"), ("b/c/d", "deep")]).unwrap();
        publish(&output, strategy, &[("a/x/y", "deep"), ("b", "file")]).unwrap();
        expect(&output, &[("a", "/"), ("a/x", "/"), ("a/x/y", "deep"), ("b", "file")]);
    }
}

#[cfg(unix)]
#[test]
fn unchanged_files_keep_their_inode() {
    use std::os::unix::fs::MetadataExt;
    for strategy in BOTH {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        let source = folder.path().join("source.png");
        fs::write(&source, "picture").unwrap();
        let build = |text: &str| {
            let publisher = Publisher::begin_after(look(&output), &output, (false, strategy)).unwrap();
            publisher.add(file("same", "same")).unwrap();
            publisher.add(file("other", text)).unwrap();
            let content = Content::CopyOf(source.clone());
            publisher.add(OutputFile { path: "copy.png".into(), content }).unwrap();
            publisher.finish().unwrap()
        };
        let inode = |name: &str| fs::metadata(output.join(name)).unwrap().ino();
        build("aaa");
        let before = (inode("same"), inode("copy.png"), inode("other"));
        let written = build("bbb");
        assert_eq!((written.unchanged, written.written), (2, 1));
        assert_eq!((inode("same"), inode("copy.png")), (before.0, before.1));
        assert_ne!(inode("other"), before.2);
        // The same length is not the same bytes.
        fs::write(&source, "PICTURE").unwrap();
        assert_eq!(build("bbb").unchanged, 2);
        assert_eq!(fs::read_to_string(output.join("copy.png")).unwrap(), "PICTURE");
        assert_eq!(fs::metadata(output.join("copy.png")).unwrap().nlink(), 1);
    }
}

#[cfg(unix)]
#[test]
fn what_no_build_wrote_is_kept() {
    for strategy in BOTH {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        publish(&output, strategy, &[("index.html", "1"), ("a/page", "p")]).unwrap();
        fs::write(output.join("CNAME"), "example.org").unwrap();
        fs::create_dir_all(output.join(".git/refs/empty")).unwrap();
        fs::write(output.join(".git/HEAD"), "ref").unwrap();
        fs::write(output.join("a/notes"), "mine").unwrap();
        std::os::unix::fs::symlink("/nowhere", output.join("link")).unwrap();
        std::os::unix::fs::symlink(folder.path(), output.join("outside")).unwrap();
        rustix::fs::mkfifoat(rustix::fs::CWD, output.join("pipe"), rustix::fs::Mode::RUSR).unwrap();
        publish(&output, strategy, &[("index.html", "2")]).unwrap();
        fs::remove_file(output.join("pipe")).unwrap();
        expect(
            &output,
            &[
                (".git", "/"),
                (".git/HEAD", "ref"),
                (".git/refs", "/"),
                (".git/refs/empty", "/"),
                ("CNAME", "example.org"),
                ("a", "/"),
                ("a/notes", "mine"),
                ("index.html", "2"),
                ("link", "-> /nowhere"),
                ("outside", &format!("-> {}", folder.path().display())),
            ],
        );
    }
}

#[test]
fn a_folder_of_somebody_else_is_refused_and_kept() {
    for strategy in BOTH {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        fs::create_dir(&output).unwrap();
        fs::write(output.join("thesis.txt"), "years").unwrap();
        fs::write(output.join("index.html"), "mine").unwrap();
        let error = publish(&output, strategy, &[("index.html", "1")]).unwrap_err();
        assert!(error.is_usage() && error.to_string().contains("index.html"), "{error}");
        expect(&output, &[("thesis.txt", "years"), ("index.html", "mine")]);
        assert_eq!(names(folder.path()), ["public"]);
        publish_with(&output, strategy, true, &[("index.html", "1")]).unwrap();
        expect(&output, &[("thesis.txt", "years"), ("index.html", "1"), ("index.html.roadbook-kept", "mine")]);
        publish(&output, strategy, &[("index.html", "2")]).unwrap();
        expect(&output, &[("thesis.txt", "years"), ("index.html", "2"), ("index.html.roadbook-kept", "mine")]);
    }
}

#[test]
fn foreign_files_give_way_only_by_force() {
    for strategy in BOTH {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        publish(&output, strategy, &[("a", "a")]).unwrap();
        fs::write(output.join("page"), "mine").unwrap();
        fs::write(output.join("page.roadbook-kept"), "older").unwrap();
        fs::create_dir(output.join("dir")).unwrap();
        fs::write(output.join("dir/file"), "mine too").unwrap();
        fs::write(output.join("topics"), "a file").unwrap();
        fs::write(output.join("same"), "same").unwrap();
        let files = [("page", "new"), ("dir", "new"), ("topics/x", "new"), ("same", "same")];
        let error = publish(&output, strategy, &files).unwrap_err();
        assert!(matches!(&error, OutputError::InTheWay { path } if path.ends_with("dir")), "{error}");
        publish_with(&output, strategy, true, &files).unwrap();
        expect(
            &output,
            &[
                ("dir", "new"),
                ("dir.roadbook-kept", "/"),
                ("dir.roadbook-kept/file", "mine too"),
                ("page", "new"),
                ("page.roadbook-kept", "older"),
                ("page.roadbook-kept-2", "mine"),
                ("same", "same"),
                ("topics", "/"),
                ("topics/x", "new"),
                ("topics.roadbook-kept", "a file"),
            ],
        );
    }
}

#[test]
fn an_output_that_is_a_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    fs::write(&output, "text").unwrap();
    let error = publish_with(&output, Strategy::Exchange, true, &[]).unwrap_err();
    assert!(matches!(error, OutputError::NotAFolder { .. }) && error.is_usage());
}

#[cfg(unix)]
#[test]
fn a_link_to_the_output_folder_stays_one() {
    for strategy in BOTH {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("real/site")).unwrap();
        let output = folder.path().join("public");
        std::os::unix::fs::symlink("real/site", &output).unwrap();
        publish(&output, strategy, &[("a", "1")]).unwrap();
        publish(&output, strategy, &[("a", "2")]).unwrap();
        assert!(output.is_symlink());
        expect(
            &folder.path().join("real"),
            &[("site", "/"), ("site/.roadbook-manifest", "roadbook-manifest 1\na\n"), ("site/a", "2")],
        );
    }
}

#[cfg(unix)]
#[test]
fn a_list_from_a_stranger_deletes_nothing_outside() {
    for strategy in BOTH {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        fs::create_dir_all(folder.path().join("precious")).unwrap();
        fs::write(folder.path().join("precious/file"), "p").unwrap();
        fs::create_dir(&output).unwrap();
        std::os::unix::fs::symlink(folder.path().join("precious"), output.join("dir")).unwrap();
        std::os::unix::fs::symlink(folder.path().join("precious/file"), output.join("index.html")).unwrap();
        fs::write(output.join(manifest::NAME), "roadbook-manifest 1\ndir/file\nindex.html\n").unwrap();
        assert!(publish(&output, strategy, &[("index.html", "x")]).is_err());
        assert!(publish(&output, strategy, &[("dir/file", "x")]).is_err());
        publish(&output, strategy, &[("other", "x")]).unwrap();
        assert!(output.join("dir").is_symlink());
        publish_with(&output, strategy, true, &[("dir/file", "x"), ("index.html", "x")]).unwrap();
        expect(&folder.path().join("precious"), &[("file", "p")]);
        assert!(output.join("dir.roadbook-kept").is_symlink());
    }
}

#[test]
fn a_dropped_build_leaves_no_trace() {
    for strategy in BOTH {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        publish(&output, strategy, &[("a", "1"), ("b", "b")]).unwrap();
        let publisher = Publisher::begin_after(look(&output), &output, (false, strategy)).unwrap();
        publisher.add(file("a", "2")).unwrap();
        publisher.add(file("b", "b")).unwrap();
        drop(publisher);
        expect(&output, &[("a", "1"), ("b", "b")]);
        assert_eq!(names(folder.path()), ["public"]);
    }
}

#[test]
fn paths_that_lead_out_and_doubles_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let publisher = Publisher::begin(&folder.path().join("public"), false).unwrap();
    for path in ["", "/a", "../a", "a/../b", "a//b", "./a", "a/", "a\nb", "a\\b", "a\0b", manifest::NAME] {
        assert!(publisher.add(file(path, "x")).is_err(), "{path:?}");
    }
    publisher.add(file("a", "x")).unwrap();
    assert!(publisher.add(file("a", "x")).unwrap_err().to_string().contains("two files"));
    assert!(publisher.add(file("a/b", "x")).is_err());
    let gone = Content::CopyOf(folder.path().join("gone"));
    let error = publisher.add(OutputFile { path: "c".into(), content: gone }).unwrap_err();
    assert!(error.to_string().starts_with("reading") && !error.is_usage(), "{error}");
}

#[cfg(unix)]
#[test]
fn only_regular_files_are_copied() {
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("/etc/passwd", folder.path().join("link")).unwrap();
    rustix::fs::mkfifoat(rustix::fs::CWD, folder.path().join("pipe"), rustix::fs::Mode::RUSR).unwrap();
    let publisher = Publisher::begin(&folder.path().join("public"), false).unwrap();
    for source in [folder.path().join("link"), folder.path().join("pipe"), "/dev/zero".into(), folder.path().into()] {
        let content = Content::CopyOf(source);
        assert!(publisher.add(OutputFile { path: format!("{content:?}").replace(['/', '"'], "_"), content }).is_err());
    }
}

#[test]
fn a_parent_that_cannot_be_written_is_a_failing_machine() {
    // Not even root writes here.
    let error = publish(Path::new("/proc/roadbook/public"), Strategy::Exchange, &[]).unwrap_err();
    assert!(matches!(error, OutputError::Machine { .. }) && !error.is_usage());
    assert!(error.to_string().contains("/proc/roadbook"), "{error}");
    if !Path::new("/proc/self").exists() {
        return;
    }
    let error = publish(Path::new("/proc/public"), Strategy::Exchange, &[]).unwrap_err();
    assert!(error.to_string().contains("making a staging folder"), "{error}");
}

#[test]
fn many_threads_write_the_same_bytes_as_one() {
    let folder = tempfile::tempdir().unwrap();
    let paths: Vec<String> = (0..400).map(|n| format!("topics/{}/t{n}/index.html", n % 7)).collect();
    let (one, many) = (folder.path().join("one"), folder.path().join("many"));
    for (output, threads) in [(&one, 1), (&many, 8)] {
        let publisher = Publisher::begin(output, false).unwrap();
        thread::scope(|scope| {
            for chunk in paths.chunks(paths.len() / threads) {
                let publisher = &publisher;
                scope.spawn(move || chunk.iter().for_each(|path| assert!(publisher.add(file(path, path)).is_ok())));
            }
        });
        publisher.finish().unwrap();
    }
    assert_eq!(tree(&one), tree(&many));
    let list = |output: &Path| fs::read(output.join(manifest::NAME)).unwrap();
    assert_eq!(list(&one), list(&many));
}

#[test]
fn builds_at_the_same_time_each_leave_a_whole_site() {
    for strategy in BOTH {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        let name = |who: usize| format!("{who}/page");
        let errors: Vec<String> = thread::scope(|scope| {
            let build = |who: usize| {
                let output = &output;
                scope.spawn(move || {
                    let text = who.to_string();
                    (0..15)
                        .filter_map(|_| {
                            let files = [("index.html", text.as_str()), ("same", "same"), (&name(who), &text)];
                            publish(output, strategy, &files).err().map(|error| error.to_string())
                        })
                        .collect::<Vec<_>>()
                })
            };
            let threads: Vec<_> = (0..3).map(build).collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(errors, Vec::<String>::new(), "{strategy:?}");
        let who = fs::read_to_string(output.join("index.html")).unwrap();
        expect(&output, &[("index.html", &who), ("same", "same"), (&who, "/"), (&format!("{who}/page"), &who)]);
        assert_eq!(names(folder.path()), ["public"]);
    }
}

/// Runs [`a_child_that_builds_for_ever`] in another process.
fn spawn_builder(output: &Path) -> std::process::Child {
    let (_, module) = module_path!().split_once("::").unwrap();
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &format!("{module}::a_child_that_builds_for_ever"), "--ignored"])
        .env("ROADBOOK_TEST_OUTPUT", output)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
#[ignore = "run by other tests, which kill it"]
fn a_child_that_builds_for_ever() {
    let output = PathBuf::from(std::env::var_os("ROADBOOK_TEST_OUTPUT").unwrap());
    for round in 0.. {
        let publisher = Publisher::begin(&output, false).unwrap();
        for n in 0..60 {
            let text = if n % 2 == 0 { format!("{round}") } else { "same".into() };
            publisher.add(file(&format!("{n}/index.html"), &text)).unwrap();
        }
        publisher.finish().unwrap();
    }
}

/// Fails if a folder holds anything but a whole site of the child.
fn expect_whole(output: &Path) {
    let found = tree(output);
    assert_eq!(found.len(), 121, "{:?}", found.keys());
    let round = &found["0/index.html"];
    for n in 0..60 {
        let expected = if n % 2 == 0 { round } else { "same" };
        assert_eq!(found[&format!("{n}/index.html")], expected);
    }
    assert_eq!(found["CNAME"], "example.org");
}

#[test]
fn a_killed_build_leaves_a_whole_site() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    fs::create_dir(&output).unwrap();
    fs::write(output.join(manifest::NAME), "roadbook-manifest 1\n").unwrap();
    fs::write(output.join("CNAME"), "example.org").unwrap();
    for kill in 0..20_u64 {
        let mut child = spawn_builder(&output);
        let start = Instant::now();
        while !output.join("0/index.html").exists() {
            assert!(start.elapsed() < Duration::from_secs(20), "the child does not build");
            thread::sleep(Duration::from_millis(1));
        }
        thread::sleep(Duration::from_millis(15 + kill * 7 % 40));
        child.kill().unwrap();
        child.wait().unwrap();
        expect_whole(&output);
    }
    drop(Publisher::begin(&output, false).unwrap());
    assert_eq!(names(folder.path()), ["public"]);
}

#[test]
fn folders_of_living_builds_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    let mine = Publisher::begin(&output, false).unwrap();
    let dead = folder.path().join(".public.roadbook-4194305-0");
    let other = folder.path().join(".public.roadbook-backup");
    fs::create_dir(&dead).unwrap();
    fs::create_dir(&other).unwrap();
    fs::write(dead.join("file"), "x").unwrap();
    let second = Publisher::begin(&output, false).unwrap();
    assert!(mine.staging.path.exists() && other.exists());
    assert_eq!(dead.exists(), !cfg!(target_os = "linux"));
    mine.add(file("a", "1")).unwrap();
    mine.finish().unwrap();
    second.add(file("a", "2")).unwrap();
    second.finish().unwrap();
    expect(&output, &[("a", "2")]);
}
