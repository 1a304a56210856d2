//! Staging folders: how they are named, and how those of killed builds are cleared away.
//!
//! In: the place of the output folder. Out: a fresh, locked staging folder beside it. A staging folder
//! is cleared away only if its name is of our pattern, its process is gone (or it is older than a day,
//! as process numbers are given out again), and nobody holds its lock, which also speaks for processes
//! in other containers.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use rayon::prelude::*;

use super::previous::parents;

/// After this long, a process number says nothing about who made a folder.
const STALE: Duration = Duration::from_secs(24 * 60 * 60);

/// A folder of our own; whoever reads its name knows the process that made it.
pub(super) struct Staging {
    /// Where it is.
    pub(super) path: PathBuf,
    // Held while the build lives; the system lets go of it however the process ends.
    _lock: Option<File>,
}

/// Makes a staging folder beside the output folder.
pub(super) fn create(output: &Path) -> io::Result<Staging> {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    loop {
        let mut name = prefix(output);
        name.push(format!("{}-{}", std::process::id(), COUNTER.fetch_add(1, Ordering::Relaxed)));
        let path = output.with_file_name(name);
        match fs::create_dir(&path) {
            Ok(()) => return Ok(Staging { _lock: lock(&path), path }),
            // Left by an earlier process with our number.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
}

/// Clears away what killed builds of the same output left behind. Failure is not worth a word: the
/// next build tries again.
pub(super) fn clear(output: &Path) {
    let Some(Ok(entries)) = output.parent().map(fs::read_dir) else { return };
    let prefix = prefix(output);
    for entry in entries.flatten() {
        let Some(process) = process_of(&entry.file_name(), &prefix) else { continue };
        let Ok(meta) = fs::symlink_metadata(entry.path()) else { continue };
        let gone = is_dead(process) || meta.modified().is_ok_and(is_stale);
        if meta.is_dir() && gone && lock(&entry.path()).is_some() {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Removes files from a folder, and those folders below it that are empty then. What cannot be removed stays.
pub(super) fn remove_files(folder: &Path, files: &BTreeSet<String>) {
    files.par_iter().for_each(|file| {
        let _ = fs::remove_file(folder.join(file));
    });
    let mut folders: Vec<String> = parents(files).into_iter().collect();
    let depth = |path: &String| std::cmp::Reverse(path.matches('/').count());
    folders.sort_by_cached_key(depth);
    for level in folders.chunk_by(|a, b| depth(a) == depth(b)) {
        level.par_iter().for_each(|path| {
            let _ = fs::remove_dir(folder.join(path));
        });
    }
}

fn prefix(output: &Path) -> OsString {
    let mut name = OsString::from(".");
    name.push(output.file_name().unwrap_or_default());
    name.push(".roadbook-");
    name
}

/// The process number in a name of the pattern `PREFIX` `PID` `-` `N`.
fn process_of(name: &OsStr, prefix: &OsStr) -> Option<u32> {
    let rest = name.as_encoded_bytes().strip_prefix(prefix.as_encoded_bytes())?;
    let (process, number) = str::from_utf8(rest).ok()?.split_once('-')?;
    number.parse::<u64>().ok()?;
    process.parse().ok()
}

/// Whether there is surely no such process. Only Linux can tell without further system calls.
fn is_dead(process: u32) -> bool {
    cfg!(target_os = "linux") && Path::new("/proc/self").exists() && !Path::new(&format!("/proc/{process}")).exists()
}

fn is_stale(time: SystemTime) -> bool {
    SystemTime::now().duration_since(time).is_ok_and(|age| age > STALE)
}

/// Takes a folder's lock, or reports that it is taken or that the system has no locks for folders.
fn lock(folder: &Path) -> Option<File> {
    let file = File::open(folder).ok()?;
    file.try_lock().is_ok().then_some(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_our_pattern_are_ours() {
        let prefix = prefix(Path::new("/x/public"));
        assert_eq!(process_of(OsStr::new(".public.roadbook-12-3"), &prefix), Some(12));
        for name in [".public.roadbook-12", ".public.roadbook-a-b", ".public.roadbook--1", ".publi.roadbook-1-1"] {
            assert_eq!(process_of(OsStr::new(name), &prefix), None, "{name}");
        }
    }
}
