//! Publishes a site into a folder, whole or not at all.
//!
//! In: the files of a site, from many threads, in any order. Out: an output folder with exactly these
//! files and whatever else was in it that no build wrote.
//!
//! All files are written into a staging folder beside the output folder, then both change places in
//! one step. A build that fails, is dropped or is killed leaves the last site as it was; its staging
//! folder is cleared away by itself or by the next build. A file whose bytes are those of the last
//! site's is linked and not written again, so it keeps its inode and its time. The list of files in
//! `.roadbook-manifest` tells which files are a build's; no other file is ever deleted, overwritten or
//! followed. What this does not promise: the files survive a killed process, not a power failure, as
//! nothing is forced to the disk.

mod error;
mod keep;
mod leftover;
mod manifest;
mod previous;
mod refuse;
mod replace;
mod same;
mod stamp;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashSet};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use error::while_doing;
use previous::{Look, Previous};
use replace::Replacement;

use super::plain::open as open_regular;

pub use error::OutputError;
pub use refuse::refuse_output;
pub use replace::Strategy;
pub use stamp::Stamp;

/// One file of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Its path below the output folder, with `/` between components: `topics/http/index.html`.
    pub path: String,
    /// What is in it.
    pub content: Content,
}

/// What is in a file of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of another file, which must be a regular file and not a link to one.
    CopyOf(PathBuf),
}

/// What a finished build did to the output folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// How many files the site has.
    pub files: usize,
    /// How many of them are new or have new bytes.
    pub written: usize,
    /// How many of them were there before with the same bytes.
    pub unchanged: usize,
    /// How many files of the last site are gone.
    pub removed: usize,
    /// The last site's folder, if it could not be cleared away.
    pub left_behind: Option<PathBuf>,
}

/// A site on its way into the output folder. Shared between threads; dropped without
/// [`Publisher::finish`], it leaves no trace.
pub struct Publisher {
    output: PathBuf,
    staging: leftover::Staging,
    strategy: Strategy,
    force: bool,
    previous: Previous,
    files: Mutex<BTreeSet<String>>,
    folders: Mutex<HashSet<PathBuf>>,
    unchanged: AtomicUsize,
    /// Whether the staging folder, which is the last site's by then, could not be cleared away.
    leave: bool,
}

/// What is in an output folder, looked at ahead of time.
#[derive(Default)]
pub struct LastSite(Option<Previous>);

/// Looks at what is in an output folder and changes nothing. What is in the way of looking is told by whoever begins.
pub fn look(output: &Path) -> LastSite {
    let is_folder = fs::metadata(output).is_ok_and(|meta| meta.is_dir());
    LastSite(is_folder.then(|| previous::scan(output, Look::Stamps).ok()).flatten())
}

impl Publisher {
    /// Prepares to publish into a folder, which may be missing, as may its parents. A folder with
    /// files that no build wrote is refused unless `force` is given.
    pub fn begin(output: &Path, force: bool) -> Result<Publisher, OutputError> {
        Publisher::begin_after(look(output), output, (force, Strategy::Exchange))
    }

    /// [`Publisher::begin`] with a look taken before and a strategy of the caller's choice.
    pub fn begin_after(
        last: LastSite,
        output: &Path,
        (force, strategy): (bool, Strategy),
    ) -> Result<Publisher, OutputError> {
        let output = locate(output)?;
        let previous = match fs::symlink_metadata(&output) {
            Ok(meta) if meta.is_dir() => match last.0 {
                Some(seen) => seen,
                None => previous::scan(&output, Look::Stamps)?,
            },
            Ok(_) => return Err(OutputError::NotAFolder { path: output }),
            Err(error) if error.kind() == ErrorKind::NotFound => Previous::default(),
            Err(error) => return Err(while_doing("reading", &output)(error)),
        };
        if let (false, false, Some(entry)) = (force, previous.built, previous.foreign.first()) {
            return Err(OutputError::NotOurs { found: output.join(&entry.path), path: output });
        }
        leftover::clear(&output);
        let staging = leftover::create(&output).map_err(while_doing("making a staging folder beside", &output))?;
        Ok(Publisher {
            output,
            staging,
            strategy,
            force,
            previous,
            files: Mutex::default(),
            folders: Mutex::default(),
            unchanged: AtomicUsize::new(0),
            leave: false,
        })
    }

    /// Whether the last site has this file as it was stamped.
    pub fn has(&self, path: &str, stamp: Stamp) -> bool {
        self.previous.owned.get(path) == Some(&stamp)
    }

    /// Whether the last site has these files and no others.
    pub fn has_only(&self, paths: &BTreeSet<String>) -> bool {
        paths.len() == self.previous.owned.len() && self.previous.owned.keys().eq(paths)
    }

    /// Takes over a file of the last site, if it still is as it was stamped.
    pub fn keep(&self, path: &str, stamp: Stamp) -> Result<bool, OutputError> {
        let target = self.staging.path.join(path);
        let failed = |error| while_doing("writing", &self.output.join(path))(error);
        if !self.has(path, stamp) {
            return Ok(false);
        }
        self.make_parent(&target).map_err(failed)?;
        if fs::hard_link(self.output.join(path), &target).is_err() {
            return Ok(false);
        }
        // Linked first and looked at then: another build may have put another file there.
        if fs::symlink_metadata(&target).is_ok_and(|meta| meta.is_file() && Stamp::of(&meta) == stamp) {
            self.unchanged.fetch_add(1, Ordering::Relaxed);
            self.take(path).map_err(failed)?;
            return Ok(true);
        }
        fs::remove_file(&target).map_err(failed)?;
        Ok(false)
    }

    /// Writes one file of the site. Two files with one path are an error, whichever comes first.
    pub fn add(&self, file: OutputFile) -> Result<Stamp, OutputError> {
        let target = self.staging.path.join(&file.path);
        let failed = |error| while_doing("writing", &self.output.join(&file.path))(error);
        if !manifest::is_plain(&file.path) {
            return Err(failed(io::Error::new(ErrorKind::InvalidInput, "not a path below the output folder")));
        }
        self.take(&file.path).map_err(failed)?;
        self.make_parent(&target).map_err(failed)?;
        match &file.content {
            Content::Bytes(bytes) => self.write_bytes(&file.path, &target, bytes).map_err(failed)?,
            Content::CopyOf(source) => {
                let (mut from, length) = open_regular(source).map_err(while_doing("reading", source))?;
                self.write_copy(&file.path, &target, (&mut from, length)).map_err(while_doing("copying", source))?;
            }
        }
        fs::symlink_metadata(&target).map(|meta| Stamp::of(&meta)).map_err(failed)
    }

    fn take(&self, path: &str) -> io::Result<()> {
        match lock(&self.files).insert(path.to_owned()) {
            true => Ok(()),
            false => Err(io::Error::new(ErrorKind::AlreadyExists, "the site has two files of this path")),
        }
    }

    /// Leaves the last site in its place, since it has every file of this one.
    pub fn leave(self) -> Written {
        let files = self.previous.owned.len();
        Written { files, unchanged: files, ..Written::default() }
    }

    /// Puts the site in the place of the last one.
    pub fn finish(mut self) -> Result<Written, OutputError> {
        let files = std::mem::take(&mut *lock(&self.files));
        let staging = &self.staging.path;
        let temporary = staging.join(format!("{}list", previous::TEMPORARY));
        manifest::write(staging, &files, &temporary).map_err(while_doing("writing the list of files in", staging))?;
        let replacement = Replacement { staging, output: &self.output, files: &files, force: self.force };
        let replaced = replacement.run(self.strategy)?;
        self.leave = replaced.left_behind.is_some();
        let unchanged = replaced.unchanged.unwrap_or_else(|| self.unchanged.load(Ordering::Relaxed));
        Ok(Written {
            files: files.len(),
            written: files.len() - unchanged,
            unchanged,
            removed: replaced.removed,
            left_behind: replaced.left_behind,
        })
    }

    fn write_bytes(&self, path: &str, target: &Path, bytes: &[u8]) -> io::Result<()> {
        if self.reuse(path, target, bytes.len() as u64, |last| same::same_bytes(last, bytes))? {
            return Ok(());
        }
        File::create_new(target)?.write_all(bytes)
    }

    fn write_copy(&self, path: &str, target: &Path, (source, length): (&mut File, u64)) -> io::Result<()> {
        if self.reuse(path, target, length, |last| same::same_bytes(last, &mut *source))? {
            return Ok(());
        }
        source.rewind()?;
        io::copy(source, &mut File::create_new(target)?).map(|_| ())
    }

    /// Links the last site's file to its place in the new one if it has the same bytes. It is linked
    /// first and compared then: another build may put another file at its old place at any moment, but
    /// what the link leads to stays.
    fn reuse(
        &self,
        path: &str,
        target: &Path,
        length: u64,
        is_same: impl FnOnce(File) -> io::Result<bool>,
    ) -> io::Result<bool> {
        if self.previous.owned.get(path).map(|last| last.length) != Some(length)
            || fs::hard_link(self.output.join(path), target).is_err()
        {
            return Ok(false);
        }
        let regular = open_regular(target).ok().filter(|(_, now)| *now == length);
        if regular.is_some_and(|(file, _)| is_same(file).unwrap_or(false)) {
            self.unchanged.fetch_add(1, Ordering::Relaxed);
            return Ok(true);
        }
        fs::remove_file(target)?;
        Ok(false)
    }

    fn make_parent(&self, target: &Path) -> io::Result<()> {
        let Some(parent) = target.parent() else { return Ok(()) };
        if !lock(&self.folders).contains(parent) {
            fs::create_dir_all(parent)?;
            lock(&self.folders).insert(parent.to_path_buf());
        }
        Ok(())
    }
}

impl Drop for Publisher {
    fn drop(&mut self) {
        if !self.leave {
            leftover::remove_files(&self.staging.path, &lock(&self.files));
            let _ = fs::remove_dir_all(&self.staging.path);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The true place of the output folder, with its parents made. A link to a folder stands for that
/// folder, as the folder, not the link, is what changes places.
fn locate(output: &Path) -> Result<PathBuf, OutputError> {
    let absolute = std::path::absolute(output).map_err(while_doing("finding", output))?;
    let is_link = fs::symlink_metadata(&absolute).is_ok_and(|meta| meta.is_symlink());
    let (Some(parent), Some(name), false) = (absolute.parent(), absolute.file_name(), is_link) else {
        return absolute.canonicalize().map_err(while_doing("finding", output));
    };
    fs::create_dir_all(parent).map_err(while_doing("making", parent))?;
    Ok(parent.canonicalize().map_err(while_doing("finding", parent))?.join(name))
}
