//! Builds that must be alike, and builds that end before their time.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::program::{roadbook, succeed, write, write_small_site};
use crate::tree;

/// A copy of the repository's own site, which others may be writing at this moment.
fn copy_of_the_example(folder: &Path) -> PathBuf {
    let (from, to) = (Path::new(env!("CARGO_MANIFEST_DIR")), folder.join("site"));
    for part in ["content", "static", "templates"] {
        tree::copy(&from.join(part), &to.join(part));
    }
    fs::copy(from.join("site.toml"), to.join("site.toml")).unwrap();
    to
}

/// A build of a site into a folder, run from another folder.
fn build(site: &Path, output: &Path, from: &Path) -> Command {
    let mut command = roadbook(from);
    command.args(["build", "--quiet", "--root"]).arg(site).arg("--output").arg(output);
    command.stdout(Stdio::null());
    command
}

#[test]
fn builds_of_one_site_are_alike() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (here, there) = (here.path(), there.path());
    let site = copy_of_the_example(here);
    let built = |name: &str, site: &Path, from: &Path, variables: &[(&str, &str)]| {
        let output = here.join(name);
        succeed(build(site, &output, from).env("SOURCE_DATE_EPOCH", "1700000000").envs(variables.iter().copied()));
        tree::read(&output)
    };
    let first = built("one thread", &site, here, &[("RAYON_NUM_THREADS", "1")]);
    assert!(first.len() > 100, "only {} files", first.len());
    let threads = built("four threads", &site, here, &[("RAYON_NUM_THREADS", "4")]);
    assert_eq!(tree::differences(&first, &threads), "", "with four threads");
    // The same site somewhere else, with other times on its files, in another country.
    let moved = copy_of_the_example(there);
    let country = [("TZ", "Pacific/Kiritimati"), ("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")];
    let abroad = built("abroad", &moved, &moved.join("content"), &country);
    assert_eq!(tree::differences(&first, &abroad), "", "elsewhere");
    let dated = built("dated", &site, here, &[("SOURCE_DATE_EPOCH", "1800000000")]);
    let differences = tree::differences(&first, &dated);
    assert!(!differences.is_empty(), "calendars begin after the day of the build");
    assert!(differences.lines().all(|line| line.ends_with("/plan.ics")), "on another day: {differences}");
}

/// How many topics the site has whose builds are killed: enough to take a while.
const TOPICS: usize = 150;

/// Writes a site every page of which carries a mark.
fn write_marked_site(site: &Path, mark: &str) {
    write_small_site(site);
    write(&site.join("site.toml"), &format!("title = \"{mark}\"\n"));
    for n in 0..TOPICS {
        let text = format!("---\ntitle: Topic {n}\nsummary: The {n}.\neffort: 1h\n---\n\nIt is {mark}.\n");
        write(&site.join(format!("content/tea/02-leaves/topic-{n}.md")), &text);
    }
}

/// The files that the list of the folder names.
fn listed(output: &Path) -> io::Result<Vec<String>> {
    let list = fs::read_to_string(output.join(".roadbook-manifest"))?;
    assert!(list.ends_with('\n'), "the list of files is cut off");
    Ok(list.lines().skip(1).map(str::to_owned).collect())
}

/// Reads a file that must be there whatever a build does. The folder may change places on the way to the
/// file, so one miss does not count.
fn read_present(path: &Path) -> Vec<u8> {
    fs::read(path).or_else(|_| fs::read(path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Checks that every file listed is there and every page is complete; returns the marks of the pages.
fn check_complete<'m>(output: &Path, marks: &[&'m str]) -> BTreeSet<&'m str> {
    let files = listed(output).or_else(|_| listed(output)).unwrap();
    assert!(files.len() > TOPICS, "only {} files", files.len());
    let mut seen = BTreeSet::new();
    for file in files {
        let bytes = read_present(&output.join(&file));
        if file.ends_with(".html") {
            let page = String::from_utf8(bytes).unwrap();
            assert!(page.trim_end().ends_with("</html>"), "{file} is cut off");
            seen.extend(marks.iter().filter(|mark| page.contains(**mark)));
        }
    }
    seen
}

/// What lies beside the site and its output folder.
fn leftovers(folder: &Path) -> String {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| !["site", "public"].contains(&name.as_str())).fold(String::new(), |mut text, name| {
        writeln!(text, "{name}").unwrap();
        text
    })
}

/// Reads the published site again and again until it is told to stop; returns how often it did.
fn read_on(output: &Path, stop: &AtomicBool) -> usize {
    let mut times = 0;
    while !stop.load(Ordering::Relaxed) {
        check_complete(output, &[]);
        times += 1;
    }
    times
}

/// Starts a build and kills it after a while.
fn kill_a_build(site: &Path, output: &Path, after: Duration) {
    let mut child = build(site, output, site).spawn().unwrap();
    thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_killed_build_leaves_a_complete_site() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().canonicalize().unwrap();
    let (site, output) = (folder.join("site"), folder.join("public"));
    let marks = ["mark-old", "mark-new"];
    write_marked_site(&site, marks[0]);
    let start = Instant::now();
    succeed(&mut build(&site, &output, &site));
    let whole = start.elapsed();
    write_marked_site(&site, marks[1]);
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let reader = scope.spawn(|| read_on(&output, &stop));
        for part in 0..10 {
            kill_a_build(&site, &output, whole * part / 8);
            let seen = check_complete(&output, &marks);
            assert_eq!(seen.len(), 1, "killed after {part}/8 of {whole:?}: pages of {seen:?}");
        }
        stop.store(true, Ordering::Relaxed);
        assert!(reader.join().unwrap() > 0);
    });
    // The next build finishes the work and clears away what the killed ones left.
    succeed(&mut build(&site, &output, &site));
    assert_eq!(check_complete(&output, &marks), BTreeSet::from(["mark-new"]));
    assert_eq!(leftovers(&folder), "");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_the_machine_s_failure() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let (site, locked) = (folder.path().join("site"), folder.path().join("locked"));
    write_small_site(&site);
    fs::create_dir(&locked).unwrap();
    let permit = |mode| fs::set_permissions(&locked, fs::Permissions::from_mode(mode)).unwrap();
    permit(0o555);
    if fs::create_dir(locked.join("probe")).is_ok() {
        println!("skipped: this user may write anywhere (cli/machine.txt has a case for everybody)");
        return;
    }
    let output = build(&site, &locked.join("public"), &site).output().unwrap();
    permit(0o755);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("locked"));
    assert_eq!(fs::read_dir(&locked).unwrap().count(), 0);
}
