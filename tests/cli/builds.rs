//! Builds that must be alike. Those that end before their time are in `tests/withstand/publishing.rs`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::program::{roadbook, succeed};
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
