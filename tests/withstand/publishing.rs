//! The output is the complete last site or the complete new one: builds that are killed at any moment, that run out of
//! disk, that lose their permission, that run beside each other, and whose sources change under them.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::program::{succeed, write};
use crate::scene::{MARKS, Random, Scene, TOPICS, listed, mark, names, while_somebody};
use crate::site::finish;
use crate::tree;

/// The folder that has the name at this moment.
fn identity(output: &Path) -> Option<(u64, i64)> {
    fs::metadata(output).ok().map(|meta| (meta.ino(), meta.ctime_nsec()))
}

/// Reads the site as somebody does who opens one file after the other; returns the marks of its pages, or nothing where
/// another site took its place meanwhile. Each page is whole in either case.
fn read_site(output: &Path) -> Option<BTreeSet<&'static str>> {
    let before = identity(output);
    let mut seen = BTreeSet::new();
    let mut missed = Vec::new();
    let files = listed(output).or_else(|_| listed(output)).expect("the list of files");
    assert!(files.len() > TOPICS, "only {} files", files.len());
    for file in files {
        // The folder may change places on the way to the file, so one miss does not count.
        let path = output.join(&file);
        match fs::read(&path).or_else(|_| fs::read(&path)) {
            Err(error) => missed.push(format!("{file}: {error}")),
            Ok(bytes) if file.ends_with(".html") => {
                seen.extend(mark(&file, &String::from_utf8(bytes).unwrap()));
            }
            Ok(_) => {}
        }
    }
    (before == identity(output)).then(|| {
        assert_eq!(missed, Vec::<String>::new());
        assert_eq!(seen.len(), 1, "pages of {seen:?} in one folder");
        seen
    })
}

#[test]
fn a_hundred_killed_builds_leave_a_complete_site() {
    let scene = Scene::new();
    let output = scene.path("public");
    let start = Instant::now();
    succeed(&mut scene.build(MARKS[0], &output));
    let whole = start.elapsed().as_micros() as u64;
    let mut random = Random(0x5eed_0001);
    while_somebody(
        || read_site(&output).is_some(),
        || {
            for kill in 0..100 {
                let mut child = scene.build(MARKS[(kill + 1) % 2], &output).spawn().unwrap();
                thread::sleep(Duration::from_micros(random.below(whole * 6 / 5)));
                child.kill().unwrap();
                child.wait().unwrap();
                assert!(read_site(&output).is_some(), "kill {kill}");
            }
        },
    );
    // The next build finishes the work and clears away what the killed ones left.
    succeed(&mut scene.build(MARKS[1], &output));
    assert_eq!(read_site(&output), Some(BTreeSet::from([MARKS[1]])));
    assert_eq!(scene.names(), ["cache", "mark-new", "mark-old", "public"].map(str::to_owned).into());
}

#[test]
fn two_builders_at_once_leave_a_complete_site() {
    let scene = Scene::new();
    let output = scene.path("public");
    succeed(&mut scene.build(MARKS[0], &output));
    while_somebody(
        || read_site(&output).is_some(),
        || {
            thread::scope(|scope| {
                for mark in MARKS {
                    let (scene, output) = (&scene, &output);
                    scope.spawn(move || (0..10).for_each(|_| drop(succeed(&mut scene.build(mark, output)))));
                }
            });
        },
    );
    assert!(read_site(&output).is_some());
    assert_eq!(scene.names(), ["cache", "mark-new", "mark-old", "public"].map(str::to_owned).into());
}

/// A small disk that goes away; `None` where this user may not make one.
struct Disk(PathBuf);

impl Disk {
    fn new(place: PathBuf, kilobytes: usize) -> Option<Disk> {
        fs::create_dir(&place).unwrap();
        let size = format!("size={kilobytes}k,mode=755");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(&place).stderr(Stdio::null());
        if cfg!(target_os = "linux") && mount.status().is_ok_and(|status| status.success()) {
            return Some(Disk(place));
        }
        println!("skipped: no small disk, as this user may not mount one");
        None
    }

    fn remount(&self, options: &str) {
        let status = Command::new("mount").args(["-o", &format!("remount,{options}")]).arg(&self.0).status();
        assert!(status.unwrap().success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

/// Runs a build that the machine must refuse; returns what it says.
fn refused(build: &mut Command) -> String {
    let (status, _, errors) = finish(build);
    assert_eq!(status.code(), Some(3), "{errors}");
    assert!(errors.starts_with("error: ") && errors.contains('`'), "{errors}");
    errors
}

#[test]
fn a_full_disk_leaves_the_last_site() {
    let scene = Scene::new();
    let Some(disk) = Disk::new(scene.path("disk"), 16 << 10) else { return };
    let output = disk.0.join("public");
    succeed(&mut scene.build(MARKS[0], &output));
    let before = tree::read(&output);
    let size: usize = before.values().map(Vec::len).sum();
    let ballast = disk.0.join("ballast");
    for part in [1, 2, 3, 5] {
        // So much is left that the new site ends at another file each time.
        fs::write(&ballast, vec![0; (16 << 20) - 4 * size]).unwrap();
        let mut fill = fs::File::options().append(true).open(&ballast).unwrap();
        while io::Write::write_all(&mut fill, &[0; 4096]).is_ok() {}
        fill.set_len(fill.metadata().unwrap().len() - (size * part / 10) as u64).unwrap();
        let said = refused(&mut scene.build(MARKS[1], &output));
        assert!(said.contains("No space left"), "{said}");
        assert_eq!(tree::differences(&before, &tree::read(&output)), "");
        assert_eq!(names(&disk.0), ["ballast", "public"].map(str::to_owned).into());
        fs::remove_file(&ballast).unwrap();
    }
    succeed(&mut scene.build(MARKS[1], &output));
    assert_eq!(read_site(&output), Some(BTreeSet::from([MARKS[1]])));
}

#[test]
fn a_file_that_may_not_grow_leaves_the_last_site() {
    let scene = Scene::new();
    let output = scene.path("public");
    succeed(&mut scene.build(MARKS[0], &output));
    let before = tree::read(&output);
    // Blocks of 512 bytes; without its signal, writing past the limit is an error as a full disk is one.
    let mut build = crate::program::command("/bin/sh");
    build.current_dir(scene.site(MARKS[1])).env("XDG_CACHE_HOME", scene.path("cache"));
    build.args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_roadbook")]);
    refused(build.args(["build", "--output"]).arg(&output));
    assert_eq!(tree::differences(&before, &tree::read(&output)), "");
    assert_eq!(scene.names(), ["cache", "mark-new", "mark-old", "public"].map(str::to_owned).into());
}

#[test]
fn a_disk_that_can_only_be_read_leaves_the_last_site() {
    let scene = Scene::new();
    let Some(disk) = Disk::new(scene.path("disk"), 16 << 10) else { return };
    let output = disk.0.join("public");
    succeed(&mut scene.build(MARKS[0], &output));
    let before = tree::read(&output);
    disk.remount("ro");
    refused(&mut scene.build(MARKS[1], &output));
    assert_eq!(tree::differences(&before, &tree::read(&output)), "");
    disk.remount("rw");
    succeed(&mut scene.build(MARKS[1], &output));
}

#[test]
fn a_cache_that_cannot_be_written_changes_nothing() {
    let scene = Scene::new();
    let output = scene.path("public");
    write(&scene.path("file"), "");
    for cache in ["file", "file/below", "/proc/roadbook"] {
        succeed(scene.build(MARKS[0], &output).env("XDG_CACHE_HOME", scene.path(cache)));
        assert_eq!(read_site(&output), Some(BTreeSet::from([MARKS[0]])));
    }
}

/// A user who is not root, and the program where that user can run it.
struct Stranger {
    program: PathBuf,
}

const NOBODY: u32 = 65_534;

impl Stranger {
    fn new(scene: &Scene) -> Stranger {
        let program = scene.path("roadbook");
        let built = Path::new(env!("CARGO_BIN_EXE_roadbook"));
        fs::hard_link(built, &program).or_else(|_| fs::copy(built, &program).map(drop)).unwrap();
        Stranger { program }
    }

    /// The build as that user, or as this one, who is none that may write anywhere.
    fn build(&self, scene: &Scene, mark: &str, output: &Path) -> Command {
        let mut command = crate::program::command(self.program.to_str().unwrap());
        command.current_dir(scene.site(mark)).args(["build", "--quiet", "--output"]).arg(output);
        command.env("XDG_CACHE_HOME", scene.path("home")).env("HOME", scene.path("home"));
        if fs::metadata("/proc/self").is_ok_and(|meta| meta.uid() == 0) {
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    }
}

/// Gives a folder to the stranger, where that is another user.
fn give(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    if fs::metadata(folder).unwrap().uid() == 0 {
        std::os::unix::fs::chown(folder, Some(NOBODY), Some(NOBODY)).unwrap();
    }
}

fn permit(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn folders_without_permission_are_the_machine_s_failure() {
    let scene = Scene::new();
    let stranger = Stranger::new(&scene);
    let (desk, output) = (scene.path("desk"), scene.path("desk/public"));
    give(&desk);
    let build = |mark| stranger.build(&scene, mark, &output);
    succeed(&mut build(MARKS[0]));
    let before = tree::read(&output);
    // The folder above, where the new site is made.
    permit(&desk, 0o555);
    let said = refused(&mut build(MARKS[1]));
    assert!(said.contains("desk"), "{said}");
    permit(&desk, 0o755);
    // A folder of the last site that nobody may look into.
    permit(&output.join("topics"), 0o000);
    refused(&mut build(MARKS[1]));
    permit(&output.join("topics"), 0o755);
    assert_eq!(tree::differences(&before, &tree::read(&output)), "");
    // Sources that nobody may read: a text, a folder, and a file that is copied.
    let site = scene.site(MARKS[1]);
    write(&site.join("static/data.bin"), "x");
    for (path, mode) in [("content/tea/_index.md", 0o644), ("content/tea", 0o755), ("static/data.bin", 0o644)] {
        permit(&site.join(path), 0o000);
        let said = refused(&mut build(MARKS[1]));
        permit(&site.join(path), mode);
        assert!(said.contains(path.rsplit('/').next().unwrap()), "{said}");
        assert_eq!(tree::differences(&before, &tree::read(&output)), "");
    }
    succeed(&mut build(MARKS[1]));
    assert_eq!(names(&desk), ["public".to_owned()].into());
}

#[test]
fn a_permission_that_is_lost_on_the_way_leaves_a_complete_site() {
    let scene = Scene::new();
    let stranger = Stranger::new(&scene);
    let (desk, output) = (scene.path("desk"), scene.path("desk/public"));
    give(&desk);
    let start = Instant::now();
    succeed(&mut stranger.build(&scene, MARKS[0], &output));
    let whole = start.elapsed().as_micros() as u64;
    let mut random = Random(0x5eed_0002);
    for round in 0..12 {
        let mut child = stranger.build(&scene, MARKS[(round + 1) % 2], &output).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_micros(random.below(whole)));
        permit(&desk, 0o555);
        let status = child.wait().unwrap();
        permit(&desk, 0o755);
        assert!(matches!(status.code(), Some(0 | 3)), "{status}");
        assert!(read_site(&output).is_some());
    }
    succeed(&mut stranger.build(&scene, MARKS[1], &output));
}

#[test]
fn sources_that_change_while_they_are_read_do_no_harm() {
    let scene = Scene::new();
    let output = scene.path("public");
    let site = scene.site(MARKS[0]);
    let statics = site.join("static");
    write(&statics.join("0.txt"), "0");
    succeed(&mut scene.build(MARKS[0], &output));
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let leaves = site.join("content/tea/02-leaves");
            for n in (0..TOPICS).cycle().take_while(|_| !stop.load(Ordering::Relaxed)) {
                let topic = leaves.join(format!("topic-{n}.md"));
                let text = fs::read(&topic).unwrap();
                // Cut, gone, something else than a file, and back.
                fs::write(&topic, &text[..text.len() / 2]).unwrap();
                fs::remove_file(&topic).unwrap();
                rustix::fs::mkfifoat(rustix::fs::CWD, &topic, rustix::fs::Mode::RWXU).unwrap();
                fs::remove_file(&topic).unwrap();
                std::os::unix::fs::symlink("/etc/passwd", &topic).unwrap();
                fs::remove_file(&topic).unwrap();
                fs::write(&topic, &text).unwrap();
                fs::rename(statics.join(format!("{n}.txt")), statics.join(format!("{}.txt", (n + 1) % TOPICS)))
                    .unwrap();
                fs::write(statics.join(format!("{}.txt", (n + 1) % TOPICS)), vec![b'x'; n * 1000]).unwrap();
            }
        });
        let mut published = 0;
        let built = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            for _ in 0..20 {
                let (status, _, errors) = finish(scene.build(MARKS[0], &output).stderr(Stdio::piped()));
                published += u32::from(status.success());
                assert!(!errors.contains("root:"), "another file was read:\n{errors}");
                assert!(read_site(&output).is_some());
            }
        }));
        stop.store(true, Ordering::Relaxed);
        writer.join().unwrap();
        built.unwrap();
    });
    succeed(&mut scene.build(MARKS[0], &output));
}
