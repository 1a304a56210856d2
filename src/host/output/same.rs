//! Whether two files are the same, by their bytes.
//!
//! In: two files. Out: yes or no. Times and sizes alone are never believed; memory use is constant.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

const CHUNK: usize = 64 * 1024;

/// Whether two readers give the same bytes.
pub(super) fn same_bytes(mut left: impl Read, mut right: impl Read) -> io::Result<bool> {
    let (mut a, mut b) = (vec![0; CHUNK], vec![0; CHUNK]);
    loop {
        let (n, m) = (fill(&mut left, &mut a)?, fill(&mut right, &mut b)?);
        if n != m || a[..n] != b[..m] {
            return Ok(false);
        }
        if n == 0 {
            return Ok(true);
        }
    }
}

/// Whether two paths hold regular files with the same bytes, or links with the same target.
pub(super) fn same_files(left: &Path, right: &Path) -> io::Result<bool> {
    let (a, b) = (fs::symlink_metadata(left)?, fs::symlink_metadata(right)?);
    if a.is_symlink() && b.is_symlink() {
        return Ok(fs::read_link(left)? == fs::read_link(right)?);
    }
    if !a.is_file() || !b.is_file() || a.len() != b.len() {
        return Ok(false);
    }
    same_bytes(File::open(left)?, File::open(right)?)
}

/// Whether two paths are names of one file. Where the system does not tell, the answer is no.
pub(super) fn is_same_file(left: &Path, right: &Path) -> bool {
    identity(left).is_some_and(|left| Some(left) == identity(right))
}

/// What a file or folder is known by to the system, whatever its name: its device and its number.
#[cfg(unix)]
pub(super) fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    fs::symlink_metadata(path).ok().map(|meta| (meta.dev(), meta.ino()))
}

/// What a file or folder is known by to the system: nothing that the standard library tells.
#[cfg(not(unix))]
pub(super) fn identity(_: &Path) -> Option<(u64, u64)> {
    None
}

fn fill(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(n) => filled += n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}
