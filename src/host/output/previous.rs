//! What stands in the output folder before a new site takes its place.
//!
//! In: a folder. Out: the files a build owns there, and everything else, which is foreign and must
//! survive. A file is owned if the folder's list names it and it still is a regular file. Links are
//! never followed, so nothing outside the folder is ever seen, kept or deleted.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::error::{OutputError, while_doing};
use super::manifest;
use super::same::identity;
use super::stamp::Stamp;

/// Names of half-written files that a killed build may leave in the output folder begin with this.
pub(super) const TEMPORARY: &str = ".roadbook-tmp-";

/// How often the folder may be exchanged while we look at it.
const TRIES: usize = 100;

/// Something in the output folder that no build wrote.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Foreign {
    /// Its path below the output folder.
    pub(super) path: PathBuf,
    /// Whether it is a folder.
    pub(super) is_folder: bool,
}

/// The content of an output folder.
#[derive(Debug, Default)]
pub(super) struct Previous {
    /// Whether a build has written here before.
    pub(super) built: bool,
    /// The files that the last build wrote and that are still there.
    pub(super) owned: BTreeMap<String, Stamp>,
    /// All other files, links and folders, parents first. Folders that the build made are not listed.
    pub(super) foreign: Vec<Foreign>,
    /// Half-written files of a killed build.
    pub(super) temporary: Vec<PathBuf>,
}

/// Looks through an output folder. A folder that is not there is an empty one.
///
/// Another build may put another folder in its place while we look. Its files would then be judged by
/// the old folder's list and taken for foreign ones, so such a look does not count.
pub(super) fn scan(folder: &Path) -> Result<Previous, OutputError> {
    let mut before = identity(folder);
    for _ in 0..TRIES {
        let seen = scan_once(folder);
        let after = identity(folder);
        if before == after {
            return seen;
        }
        before = after;
    }
    Err(while_doing("reading", folder)(io::ErrorKind::ResourceBusy.into()))
}

fn scan_once(folder: &Path) -> Result<Previous, OutputError> {
    let list = manifest::read(folder).map_err(while_doing("reading", &folder.join(manifest::NAME)))?;
    let mut previous = Previous { built: list.is_some(), ..Previous::default() };
    let list = list.unwrap_or_default();
    let folders = parents(&list);
    for entry in WalkDir::new(folder).min_depth(1).follow_links(false).sort_by_file_name() {
        match entry {
            Ok(entry) => previous.note(folder, &entry, &list, &folders),
            // Whatever vanished while we looked needs no keeping.
            Err(error) if error.io_error().is_some_and(|e| e.kind() == io::ErrorKind::NotFound) => {}
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_path_buf();
                return Err(while_doing("reading", &path)(error.into()));
            }
        }
    }
    Ok(previous)
}

impl Previous {
    fn note(&mut self, folder: &Path, entry: &DirEntry, list: &BTreeSet<String>, folders: &BTreeSet<String>) {
        let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let name = slashed(path);
        let listed = |set: &BTreeSet<String>| name.as_ref().is_some_and(|name| set.contains(name));
        let kind = entry.file_type();
        if kind.is_file() && name.as_deref() == Some(manifest::NAME) && self.built {
            return;
        }
        if kind.is_file() && entry.file_name().to_string_lossy().starts_with(TEMPORARY) {
            self.temporary.push(path.to_path_buf());
        } else if let (true, Some(name)) = (kind.is_file() && listed(list), &name) {
            // A file that vanishes while we look is not there.
            if let Ok(meta) = entry.metadata() {
                self.owned.insert(name.clone(), Stamp::of(&meta));
            }
        } else if !(kind.is_dir() && listed(folders)) {
            self.foreign.push(Foreign { path: path.to_path_buf(), is_folder: kind.is_dir() });
        }
    }
}

/// Every folder on the way to one of the files.
pub(super) fn parents(files: &BTreeSet<String>) -> BTreeSet<String> {
    let mut folders = BTreeSet::new();
    for file in files {
        let mut rest = file.as_str();
        while let Some((parent, _)) = rest.rsplit_once('/') {
            if !folders.insert(parent.to_owned()) {
                break;
            }
            rest = parent;
        }
    }
    folders
}

/// A path with `/` between its components; `None` if it is not UTF-8, which no path of a site is.
pub(super) fn slashed(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.components().map(|part| part.as_os_str().to_str()).collect();
    parts.map(|parts| parts.join("/"))
}
