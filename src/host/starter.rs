//! Writes new files, and only new ones.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Why nothing was written, or not all.
#[derive(Debug)]
pub enum WriteError {
    /// This path exists already; nothing was written.
    Exists(PathBuf),
    /// The machine refused.
    Machine(PathBuf, io::Error),
}

/// Writes files (paths below `folder`, texts); nothing when one of them, or anything at the place of their
/// top folders, exists.
///
/// # Errors
/// What exists, or what the machine refused.
pub fn write_new(folder: &Path, files: &[(&str, &str)]) -> Result<(), WriteError> {
    let tops = files.iter().filter_map(|(path, _)| path.split('/').next());
    if let Some(taken) = tops.map(|top| folder.join(top)).find(|path| path.symlink_metadata().is_ok()) {
        return Err(WriteError::Exists(taken));
    }
    for (path, text) in files {
        let path = folder.join(path);
        write(&path, text).map_err(|error| WriteError::Machine(path, error))?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::File::create_new(path)?.write_all(text.as_bytes())
}
