//! What can go wrong while a site is published.
//!
//! In: the path concerned and the system's own error. Out: one sentence that names the path and what
//! was being done to it. Whether that is wrong usage or a failing machine is told by
//! [`OutputError::is_usage`]; the exit status itself is the command line's business.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a site was not published. The last site is then still in place.
#[derive(Debug)]
pub enum OutputError {
    /// The output folder holds files that no earlier build wrote; `force` allows it.
    NotOurs {
        /// The output folder.
        path: PathBuf,
        /// One of the files in it, as an example.
        found: PathBuf,
    },
    /// A file that no build wrote has the path of one of the site's files; with `force` it is kept
    /// under another name.
    InTheWay {
        /// The file.
        path: PathBuf,
    },
    /// The output path is taken by something that is not a folder; `force` does not change that.
    NotAFolder {
        /// The output path.
        path: PathBuf,
    },
    /// The machine failed: disk full, permission denied and the like.
    Machine {
        /// The file or folder that was worked on.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
        /// What was being done, such as `writing`.
        doing: &'static str,
    },
}

impl OutputError {
    /// Whether the author asked for something that is refused (exit status 2), rather than that the
    /// machine failed (exit status 3).
    pub fn is_usage(&self) -> bool {
        !matches!(self, OutputError::Machine { .. })
    }

    /// What the author can do about it, where that is known.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            OutputError::NotOurs { .. } => {
                Some("choose another folder with `--output`, or add `--force`; files that no build wrote are kept")
            }
            OutputError::InTheWay { .. } => {
                Some("move that file, or add `--force` to keep it as `NAME.roadbook-kept` beside the page")
            }
            OutputError::NotAFolder { .. } => Some("choose another folder with `--output`"),
            OutputError::Machine { .. } => None,
        }
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OutputError::NotOurs { path, found } => write!(
                f,
                "`{}` holds files that an earlier build did not write, such as `{}`",
                path.display(),
                found.display()
            ),
            OutputError::InTheWay { path } => {
                write!(f, "`{}` was not written by a build and has the path of a file of the site", path.display())
            }
            OutputError::NotAFolder { path } => write!(f, "`{}` is not a folder", path.display()),
            OutputError::Machine { path, source, doing } => {
                write!(f, "{doing} `{}` failed: {source}", path.display())
            }
        }
    }
}

impl std::error::Error for OutputError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            OutputError::Machine { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// Turns the system's error into ours, for `map_err`.
pub(super) fn while_doing(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> OutputError {
    let path = path.to_path_buf();
    move |source| OutputError::Machine { path, source, doing }
}
