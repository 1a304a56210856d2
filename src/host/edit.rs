//! Writes a text of the author's back, changed: whole or not at all, and only over what was read.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Puts a new text in place of the old one. The file keeps its permissions.
///
/// # Errors
/// When the machine refuses, or the file no longer is what was read.
pub fn replace(path: &Path, old: &str, new: &str) -> io::Result<()> {
    let meta = fs::symlink_metadata(path)?;
    if !meta.is_file() || fs::read(path)? != old.as_bytes() {
        return Err(io::Error::other("it has changed in the meantime"));
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    // Such files are no content, should one be left behind.
    name.push(".roadbook~");
    let beside = path.with_file_name(name);
    let written = fs::File::create(&beside).and_then(|mut file| {
        file.set_permissions(meta.permissions())?;
        file.write_all(new.as_bytes())?;
        file.sync_all()
    });
    let placed = written.and_then(|()| fs::rename(&beside, path));
    if placed.is_err() {
        let _ = fs::remove_file(&beside);
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_read_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "\u{feff}old\r\n").unwrap();
        replace(&path, "\u{feff}old\r\n", "\u{feff}new\r\n").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "\u{feff}new\r\n");
        assert!(replace(&path, "old", "newer").is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "\u{feff}new\r\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }
}
