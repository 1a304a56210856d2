//! Puts a finished staging folder in the place of the output folder.
//!
//! In: the staging folder with all files of the site, and the output folder. Out: the output folder
//! with the new site and everything foreign that was in the old one. Where the system can exchange two
//! folders in one step, a reader sees the old site or the new one and nothing between. Elsewhere each
//! file is replaced in one step, and stale files go last.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::{OutputError, while_doing};
use super::keep::{KEPT, Places, carry_over};
use super::leftover;
use super::manifest;
use super::previous::{Foreign, Look, Previous, TEMPORARY, parents, scan, slashed};
use super::same::{is_same_file, same_files};

/// How often the output folder may appear, vanish or change under us before we give up.
const TRIES: usize = 20;

/// How the new site takes the place of the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// Both folders change names in one step. Falls back to [`Strategy::FileByFile`] where the system
    /// or the file system does not know how, as at a mount point.
    Exchange,
    /// Each file for itself.
    FileByFile,
}

/// A site that is ready to be put in place.
pub(super) struct Replacement<'a> {
    pub(super) staging: &'a Path,
    pub(super) output: &'a Path,
    pub(super) files: &'a BTreeSet<String>,
    pub(super) force: bool,
}

/// What became of the old site.
#[derive(Debug, Default)]
pub(super) struct Replaced {
    /// How many files of the old site are not in the new one.
    pub(super) removed: usize,
    /// How many files were found to be there already while each was put in place for itself.
    pub(super) unchanged: Option<usize>,
    /// The old folder, if it could not be cleared away.
    pub(super) left_behind: Option<PathBuf>,
}

impl Replacement<'_> {
    /// Does it, whatever other builds do to the same output folder meanwhile.
    pub(super) fn run(&self, strategy: Strategy) -> Result<Replaced, OutputError> {
        for _ in 0..TRIES {
            if let Some(replaced) = self.step(strategy)? {
                return Ok(replaced);
            }
        }
        Err(self.failed(ErrorKind::ResourceBusy.into()))
    }

    /// One attempt; nothing if another build made or took away the output folder in the middle of it.
    fn step(&self, strategy: Strategy) -> Result<Option<Replaced>, OutputError> {
        if fs::symlink_metadata(self.output).is_err_and(|error| error.kind() == ErrorKind::NotFound) {
            return match fs::rename(self.staging, self.output) {
                Ok(()) => Ok(Some(Replaced::default())),
                Err(error) if is_race(&error) => Ok(None),
                Err(error) => Err(self.failed(error)),
            };
        }
        if strategy == Strategy::FileByFile {
            return self.file_by_file().map(Some);
        }
        let previous = self.look()?;
        self.prepare(&previous)?;
        match exchange(self.staging, self.output) {
            Ok(()) => Ok(Some(self.retire(&previous))),
            Err(error) if cannot_exchange(&error) => self.file_by_file().map(Some),
            Err(error) if is_race(&error) => Ok(None),
            Err(error) => Err(self.failed(error)),
        }
    }

    fn failed(&self, error: io::Error) -> OutputError {
        while_doing("putting the new site in place at", self.output)(error)
    }

    fn look(&self) -> Result<Previous, OutputError> {
        let previous = scan(self.output, Look::Names)?;
        if self.force {
            return Ok(previous);
        }
        if let (false, Some(entry)) = (previous.built, previous.foreign.first()) {
            return Err(OutputError::NotOurs { path: self.output.into(), found: self.output.join(&entry.path) });
        }
        let places = Places::new(self.files, &previous.foreign);
        match previous.foreign.iter().find(|entry| places.of(entry) != entry.path) {
            Some(entry) => Err(OutputError::InTheWay { path: self.output.join(&entry.path) }),
            None => Ok(previous),
        }
    }

    /// Gives the staging folder all that is foreign in the old one, before the exchange, so that it is
    /// missing at no moment.
    fn prepare(&self, previous: &Previous) -> Result<(), OutputError> {
        fs::metadata(self.output)
            .and_then(|meta| fs::set_permissions(self.staging, meta.permissions()))
            .map_err(|error| self.failed(error))?;
        let foreign = self.not_adopted(previous);
        carry_over(self.output, self.staging, &foreign, &Places::new(self.files, &foreign))
    }

    /// The foreign entries without those whose bytes are the new site's own: with `force`, they become
    /// the site's, so that a folder whose list was lost is not filled with kept copies.
    fn not_adopted(&self, previous: &Previous) -> Vec<Foreign> {
        let adopted = |path: &Path| {
            self.force
                && slashed(path).is_some_and(|name| self.files.contains(&name))
                && same_files(&self.output.join(path), &self.staging.join(path)).unwrap_or(false)
        };
        previous.foreign.iter().filter(|entry| entry.is_folder || !adopted(&entry.path)).cloned().collect()
    }

    /// After the exchange the old site lies in the staging folder. It goes; what is left then is foreign, and what
    /// somebody put there at the last moment is brought over. The new site stands by now, so nothing here is an error.
    /// An old folder that still holds something foreign gets a name that no later build clears away.
    fn retire(&self, seen: &Previous) -> Replaced {
        let removed = seen.owned.keys().filter(|path| !self.files.contains(*path)).count();
        leftover::remove_files(self.staging, &seen.owned.keys().cloned().collect());
        let swept = scan(self.staging, Look::Names).and_then(|old| {
            let late: Vec<_> = old.foreign.into_iter().filter(|entry| !self.is_adopted_copy(&entry.path)).collect();
            carry_over(self.staging, self.output, &late, &Places::new(self.files, &late))
        });
        let left_behind = match swept {
            Ok(()) if fs::remove_dir_all(self.staging).is_ok() => None,
            Ok(()) => Some(self.staging.to_path_buf()),
            Err(_) => Some(self.set_aside()),
        };
        Replaced { removed, unchanged: None, left_behind }
    }

    fn set_aside(&self) -> PathBuf {
        let mut name = self.output.file_name().unwrap_or_default().to_owned();
        name.push(format!("{KEPT}-{}", std::process::id()));
        let kept = self.output.with_file_name(name);
        if fs::rename(self.staging, &kept).is_ok() { kept } else { self.staging.to_path_buf() }
    }

    fn is_adopted_copy(&self, path: &Path) -> bool {
        slashed(path).is_some_and(|name| self.files.contains(&name))
            && same_files(&self.staging.join(path), &self.output.join(path)).unwrap_or(false)
    }

    fn file_by_file(&self) -> Result<Replaced, OutputError> {
        let _turn = wait_for_turn(self.output);
        let previous = self.look()?;
        let temporary = self.output.join(format!("{TEMPORARY}{}", std::process::id()));
        let list = |files: &BTreeSet<String>| {
            manifest::write(self.output, files, &temporary)
                .map_err(while_doing("writing the list of files in", self.output))
        };
        // Killed in the middle, every file in the folder that a build wrote must be known as such.
        let both: BTreeSet<String> = self.files.iter().chain(previous.owned.keys()).cloned().collect();
        self.give_way(&previous)?;
        list(&both)?;
        // Where a file was and a folder will be, or the other way round, the stale file can't wait.
        let folders = parents(self.files);
        let stale = previous.owned.keys().filter(|path| !self.files.contains(*path));
        let (now, later): (Vec<_>, Vec<_>) =
            stale.partition(|path| folders.contains(*path) || self.is_below_a_file(path));
        for path in &now {
            self.remove(path)?;
        }
        // Pages go last: what they refer to is there before them.
        let (pages, others): (Vec<_>, Vec<_>) = self.files.iter().partition(|path| path.ends_with(".html"));
        let mut unchanged = 0;
        for path in others.into_iter().chain(pages) {
            let is_new = self.place(path, &temporary).map_err(while_doing("writing", &self.output.join(path)))?;
            unchanged += usize::from(!is_new);
        }
        for path in &later {
            self.remove(path)?;
        }
        for path in previous.temporary {
            let _ = fs::remove_file(self.output.join(path));
        }
        list(self.files)?;
        Ok(Replaced { removed: now.len() + later.len(), unchanged: Some(unchanged), left_behind: None })
    }

    /// Renames what is foreign and in the way of the site's files.
    fn give_way(&self, previous: &Previous) -> Result<(), OutputError> {
        let foreign = self.not_adopted(previous);
        let places = Places::new(self.files, &foreign);
        for entry in &foreign {
            let (source, target) = (self.output.join(&entry.path), self.output.join(places.of(entry)));
            if source == target {
                continue;
            }
            let moved = if entry.is_folder {
                fs::create_dir_all(&target)
            } else {
                target.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::rename(&source, &target))
            };
            moved.map_err(while_doing("keeping", &source))?;
        }
        // A foreign folder in the place of a file is empty now, or holds stale files of ours.
        for entry in foreign.iter().rev().filter(|entry| entry.is_folder && places.of(entry) != entry.path) {
            let _ = fs::remove_dir(self.output.join(&entry.path));
        }
        Ok(())
    }

    fn is_below_a_file(&self, path: &str) -> bool {
        path.match_indices('/').any(|(at, _)| self.files.contains(&path[..at]))
    }

    /// Puts one file in place and tells whether that was necessary.
    fn place(&self, path: &str, temporary: &Path) -> io::Result<bool> {
        let (staged, target) = (self.staging.join(path), self.output.join(path));
        if is_same_file(&staged, &target) || same_files(&staged, &target).unwrap_or(false) {
            return Ok(false);
        }
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        let moved = match fs::rename(&staged, &target) {
            // The output folder is another file system than its parent.
            Err(error) if error.kind() == ErrorKind::CrossesDevices => {
                fs::copy(&staged, temporary).and_then(|_| fs::rename(temporary, &target))
            }
            other => other,
        };
        moved.map(|()| true)
    }

    /// Removes a stale file, and the folders that are empty without it.
    fn remove(&self, path: &str) -> Result<(), OutputError> {
        let file = self.output.join(path);
        match fs::remove_file(&file) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(while_doing("removing", &file)(error)),
            _ => {}
        }
        let inside = file.ancestors().skip(1).take_while(|folder| *folder != self.output);
        for folder in inside {
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
        Ok(())
    }
}

/// Two builds that replace files one by one would mix their sites, so they take turns. Whoever holds
/// the lock for something else altogether is not waited for for ever.
fn wait_for_turn(output: &Path) -> Option<File> {
    let folder = File::open(output).ok()?;
    for _ in 0..200 {
        match folder.try_lock() {
            Ok(()) => return Some(folder),
            Err(fs::TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(50)),
            Err(fs::TryLockError::Error(_)) => return None,
        }
    }
    None
}

fn is_race(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::AlreadyExists | ErrorKind::DirectoryNotEmpty)
}

/// Whether the system says that it can't exchange these two, rather than that something is wrong.
fn cannot_exchange(error: &io::Error) -> bool {
    use ErrorKind::{CrossesDevices, InvalidInput, ResourceBusy, Unsupported};
    matches!(error.kind(), Unsupported | InvalidInput | ResourceBusy | CrossesDevices)
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}
