//! Writes new files, and only new ones.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Why nothing was written, or not all.
#[derive(Debug)]
pub enum WriteError {
    /// This path exists already; nothing was written.
    Exists(PathBuf),
    /// This folder on the way is a link, which may lead out of the site; nothing was written.
    Link(PathBuf),
    /// The machine refused.
    Machine(PathBuf, io::Error),
}

/// Writes one new file (a path below `root` with `/` between folders); what is there stays as it is.
///
/// # Errors
/// What exists, a link on the way, or what the machine refused.
pub fn write_one(root: &Path, path: &str, text: &str) -> Result<(), WriteError> {
    let parts: Vec<&str> = path.split('/').collect();
    let mut at = root.to_owned();
    for part in &parts[..parts.len() - 1] {
        at.push(part);
        if at.symlink_metadata().is_ok_and(|meta| meta.is_symlink()) {
            return Err(WriteError::Link(at));
        }
    }
    let path = root.join(path);
    write(&path, text.as_bytes()).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => WriteError::Exists(path),
        _ => WriteError::Machine(path, error),
    })
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
    write_all(folder, files)
}

/// Writes files (paths below `folder`, contents) into a folder of their own: one that is empty, or not there yet.
///
/// # Errors
/// What exists, or what the machine refused.
pub fn write_folder(folder: &Path, files: &[(String, &[u8])]) -> Result<(), WriteError> {
    match is_free(folder) {
        Ok(true) => write_all(folder, files),
        Ok(false) => Err(WriteError::Exists(folder.to_owned())),
        Err(error) => Err(WriteError::Machine(folder.to_owned(), error)),
    }
}

fn is_free(folder: &Path) -> io::Result<bool> {
    match folder.symlink_metadata() {
        Ok(meta) if meta.is_dir() => Ok(fs::read_dir(folder)?.next().is_none()),
        Ok(_) => Ok(false),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

fn write_all(folder: &Path, files: &[(impl AsRef<Path>, impl AsRef<[u8]>)]) -> Result<(), WriteError> {
    for (path, content) in files {
        let path = folder.join(path);
        write(&path, content.as_ref()).map_err(|error| WriteError::Machine(path, error))?;
    }
    Ok(())
}

fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::File::create_new(path)?.write_all(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_is_written_once() {
        let folder = tempfile::tempdir().unwrap();
        write_one(folder.path(), "content/topics/a.md", "first").unwrap();
        let again = write_one(folder.path(), "content/topics/a.md", "second");
        assert!(matches!(again, Err(WriteError::Exists(_))), "{again:?}");
        assert_eq!(fs::read_to_string(folder.path().join("content/topics/a.md")).unwrap(), "first");
        let below_a_file = write_one(folder.path(), "content/topics/a.md/b.md", "third");
        assert!(matches!(below_a_file, Err(WriteError::Machine(..) | WriteError::Exists(_))), "{below_a_file:?}");
    }

    #[cfg(unix)]
    #[test]
    fn links_do_not_lead_out() {
        let [site, outside] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        fs::create_dir(site.path().join("content")).unwrap();
        std::os::unix::fs::symlink(outside.path(), site.path().join("content/topics")).unwrap();
        let written = write_one(site.path(), "content/topics/a.md", "text");
        assert!(matches!(written, Err(WriteError::Link(_))), "{written:?}");
        std::os::unix::fs::symlink(outside.path().join("b.md"), site.path().join("content/b.md")).unwrap();
        let written = write_one(site.path(), "content/b.md", "text");
        assert!(matches!(written, Err(WriteError::Exists(_))), "{written:?}");
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
    }
}
