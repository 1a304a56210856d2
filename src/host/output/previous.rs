//! What stands in the output folder before a new site takes its place.
//!
//! In: a folder. Out: the files a build owns there, and everything else, which is foreign and must
//! survive. A file is owned if the folder's list names it and it still is a regular file. Links are
//! never followed, so nothing outside the folder is ever seen, kept or deleted.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, DirEntry, FileType};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

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

/// How closely files are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Their names; their stamps stay empty.
    Names,
    /// Their stamps too, for which the system must be asked about each.
    Stamps,
}

/// Looks through an output folder. A folder that is not there is an empty one.
///
/// Another build may put another folder in its place while we look. Its files would then be judged by
/// the old folder's list and taken for foreign ones, so such a look does not count.
pub(super) fn scan(folder: &Path, look: Look) -> Result<Previous, OutputError> {
    let mut before = identity(folder);
    for _ in 0..TRIES {
        let seen = scan_once(folder, look);
        let after = identity(folder);
        if before == after {
            return seen;
        }
        before = after;
    }
    Err(while_doing("reading", folder)(io::ErrorKind::ResourceBusy.into()))
}

fn scan_once(folder: &Path, look: Look) -> Result<Previous, OutputError> {
    let list = manifest::read(folder).map_err(while_doing("reading", &folder.join(manifest::NAME)))?;
    let built = list.is_some();
    let files = list.unwrap_or_default();
    let known = Known { folder, look, built, folders: parents(&files), files };
    let mut previous = Previous { built, ..Previous::default() };
    for seen in known.walk(Path::new(""), Some(""))? {
        match seen {
            Seen::Owned(path, stamp) => {
                previous.owned.insert(path, stamp);
            }
            Seen::Temporary(path) => previous.temporary.push(path),
            Seen::Foreign(entry) => previous.foreign.push(entry),
        }
    }
    previous.foreign.sort();
    Ok(previous)
}

/// What an entry of the folder turned out to be.
enum Seen {
    Owned(String, Stamp),
    Temporary(PathBuf),
    Foreign(Foreign),
}

/// What is known of a folder before it is walked through.
struct Known<'a> {
    folder: &'a Path,
    look: Look,
    built: bool,
    files: BTreeSet<String>,
    folders: BTreeSet<String>,
}

impl Known<'_> {
    /// All entries below a folder of the folder, in no order. `below` is its path there, `name` the same with slashes.
    fn walk(&self, below: &Path, name: Option<&str>) -> Result<Vec<Seen>, OutputError> {
        let place = self.folder.join(below);
        let entries: Vec<DirEntry> = match fs::read_dir(&place).and_then(Iterator::collect) {
            // What vanished while we looked needs no keeping.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(while_doing("reading", &place))?,
        };
        let note = |entry: &DirEntry| {
            let own = entry.file_name();
            let name = name.zip(own.to_str()).map(|(above, own)| match above {
                "" => own.to_owned(),
                above => format!("{above}/{own}"),
            });
            let path = below.join(&own);
            let kind = match entry.file_type() {
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
                // What cannot be looked at may be anybody's, and what is passed over goes with the old folder.
                kind => kind.map_err(while_doing("reading", &self.folder.join(&path)))?,
            };
            let inside = if kind.is_dir() { self.walk(&path, name.as_deref())? } else { Vec::new() };
            Ok(self.note(entry, kind, (path, name)).into_iter().chain(inside).collect())
        };
        let seen: Result<Vec<Vec<Seen>>, OutputError> = entries.par_iter().map(note).collect();
        Ok(seen?.into_iter().flatten().collect())
    }

    /// `None` for what needs no keeping.
    fn note(&self, entry: &DirEntry, kind: FileType, (path, name): (PathBuf, Option<String>)) -> Option<Seen> {
        let listed = |set: &BTreeSet<String>| name.as_ref().is_some_and(|name| set.contains(name));
        if kind.is_file() && name.as_deref() == Some(manifest::NAME) && self.built {
            None
        } else if kind.is_file() && entry.file_name().to_string_lossy().starts_with(TEMPORARY) {
            Some(Seen::Temporary(path))
        } else if kind.is_file() && listed(&self.files) {
            let stamp = match self.look {
                Look::Names => Some(Stamp::default()),
                // A file that vanishes while we look is not there.
                Look::Stamps => entry.metadata().ok().map(|meta| Stamp::of(&meta)),
            };
            name.zip(stamp).map(|(name, stamp)| Seen::Owned(name, stamp))
        } else if kind.is_dir() && listed(&self.folders) {
            None
        } else {
            Some(Seen::Foreign(Foreign { path, is_folder: kind.is_dir() }))
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
