//! What tells a file from another that took its place: its length, its time and its number.

use std::fs::Metadata;
use std::time::UNIX_EPOCH;

/// A file as it was when it was written. Who changes it changes its time, who replaces it its number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// Bytes.
    pub length: u64,
    /// Nanoseconds since 1970; 0 where the system does not tell.
    pub modified: u64,
    /// The file's number on its disk; 0 where the system has none.
    pub number: u64,
}

impl Stamp {
    /// The stamp of a file.
    pub fn of(meta: &Metadata) -> Self {
        let time = meta.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let modified = time.and_then(|time| u64::try_from(time.as_nanos()).ok()).unwrap_or(0);
        Stamp { length: meta.len(), modified, number: number(meta) }
    }
}

#[cfg(unix)]
fn number(meta: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(meta)
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> u64 {
    0
}
