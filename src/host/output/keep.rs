//! Keeps what no build wrote: CNAME files, `.git` folders and whatever else lies in an output folder.
//!
//! In: the foreign entries of one folder. Out: the same entries in another folder, as hard links where
//! the file system can, so that an editor that has one open keeps writing to the right file. An entry
//! whose place the new site needs gets the ending `.roadbook-kept`. Nothing foreign is ever deleted.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::error::{OutputError, while_doing};
use super::previous::{Foreign, TEMPORARY, parents, slashed};
use super::same::{is_same_file, same_files};
use crate::host::plain::open as open_regular;

/// The ending of a foreign file that gave way to a file of the site.
pub(super) const KEPT: &str = ".roadbook-kept";

/// Where foreign entries go in a new site.
pub(super) struct Places<'a> {
    files: &'a BTreeSet<String>,
    folders: BTreeSet<String>,
    foreign: BTreeSet<&'a Path>,
}

impl<'a> Places<'a> {
    /// Looks at the paths of the new site and at those of the foreign entries.
    pub(super) fn new(files: &'a BTreeSet<String>, foreign: &'a [Foreign]) -> Self {
        let foreign = foreign.iter().map(|entry| entry.path.as_path()).collect();
        Places { files, folders: parents(files), foreign }
    }

    /// The place of one entry: its own path, unless a file or folder of the site is there.
    pub(super) fn of(&self, entry: &Foreign) -> PathBuf {
        let count = entry.path.components().count();
        let mut place = PathBuf::new();
        for (index, part) in entry.path.components().enumerate() {
            let name = part.as_os_str();
            let is_folder = entry.is_folder || index + 1 < count;
            let wanted = place.join(name);
            place = if self.is_free(&wanted, is_folder) { wanted } else { self.other_name(&place, name.to_owned()) };
        }
        place
    }

    fn is_free(&self, path: &Path, is_folder: bool) -> bool {
        let Some(name) = slashed(path) else { return true };
        !self.files.contains(&name) && (is_folder || !self.folders.contains(&name))
    }

    fn other_name(&self, parent: &Path, name: OsString) -> PathBuf {
        let numbered = |n: usize| {
            let mut other = name.clone();
            other.push(KEPT);
            if n > 1 {
                other.push(format!("-{n}"));
            }
            parent.join(other)
        };
        (1..)
            .map(numbered)
            .find(|path| self.is_free(path, false) && !self.foreign.contains(path.as_path()))
            .unwrap_or_default()
    }
}

/// Makes sure that all foreign entries of the folder `from` are in the folder `to` as well. Called a
/// second time, it brings over what has changed since.
pub(super) fn carry_over(from: &Path, to: &Path, foreign: &[Foreign], places: &Places<'_>) -> Result<(), OutputError> {
    for entry in foreign {
        let (source, target) = (from.join(&entry.path), to.join(places.of(entry)));
        let carried = if entry.is_folder { make_folder(&source, &target) } else { carry_file(&source, &target) };
        match carried {
            Err(error) if error.kind() == io::ErrorKind::NotFound && is_gone(&source) => {}
            other => other.map_err(while_doing("keeping", &source))?,
        }
    }
    Ok(())
}

fn is_gone(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}

fn make_folder(source: &Path, target: &Path) -> io::Result<()> {
    fs::create_dir_all(target)?;
    let permissions = fs::symlink_metadata(source)?.permissions();
    if fs::symlink_metadata(target)?.permissions() == permissions {
        return Ok(());
    }
    fs::set_permissions(target, permissions)
}

fn carry_file(source: &Path, target: &Path) -> io::Result<()> {
    if let Some(parent) = target.parent() {
        fs::create_dir_all(parent)?;
    }
    match link_or_copy(source, target) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => replace(source, target),
        other => other,
    }
}

/// The target was carried over before; if the source is another file by now, the source is the truth.
fn replace(source: &Path, target: &Path) -> io::Result<()> {
    if is_same_file(source, target) || same_files(source, target)? {
        return Ok(());
    }
    let temporary = target.with_file_name(format!("{TEMPORARY}{}", std::process::id()));
    link_or_copy(source, &temporary)?;
    fs::rename(&temporary, target)
}

fn link_or_copy(source: &Path, target: &Path) -> io::Result<()> {
    let Err(error) = fs::hard_link(source, target) else { return Ok(()) };
    if matches!(error.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::NotFound) {
        return Err(error);
    }
    let kind = fs::symlink_metadata(source)?.file_type();
    if kind.is_symlink() {
        return copy_link(source, target);
    }
    // A pipe or a socket can be linked but not copied, and reading one would hang.
    if !kind.is_file() {
        return Err(error);
    }
    copy(source, target)
}

/// Copies a file to a place where nothing is. What is there may be the very file under another name, and would be cut off.
fn copy(source: &Path, target: &Path) -> io::Result<()> {
    let (mut from, _) = open_regular(source)?;
    let mut to = File::create_new(target)?;
    io::copy(&mut from, &mut to).and_then(|_| to.set_permissions(from.metadata()?.permissions())).inspect_err(|_| {
        // Half a file would pass for the whole one.
        let _ = fs::remove_file(target);
    })
}

#[cfg(unix)]
fn copy_link(source: &Path, target: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(fs::read_link(source)?, target)
}

#[cfg(not(unix))]
fn copy_link(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
