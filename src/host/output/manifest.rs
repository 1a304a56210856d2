//! The list of the files that a build owns, kept in the output folder itself.
//!
//! In: a folder. Out: the paths that the last build wrote there, or nothing when the folder is not a
//! build's. A list that is damaged, of an unknown version, or that names a path outside the folder is
//! no list at all: what it claims is never deleted on its word.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// The list's file name, in the output folder.
pub(super) const NAME: &str = ".roadbook-manifest";

/// The first line of the list; the number is the version of its format.
const MAGIC: &str = "roadbook-manifest 1";

/// A list longer than this is not ours. A hundred thousand long paths take a tenth of it.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// Reads the list of a folder; `None` if the folder has none that can be trusted.
pub(super) fn read(folder: &Path) -> io::Result<Option<BTreeSet<String>>> {
    let path = folder.join(NAME);
    match fs::symlink_metadata(&path) {
        Ok(meta) if meta.is_file() && meta.len() <= MAX_BYTES => {}
        Ok(_) => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    }
    Ok(String::from_utf8(fs::read(&path)?).ok().and_then(|text| parse(&text)))
}

/// Writes the list into a folder, in place of the one that is there, at once.
pub(super) fn write(folder: &Path, files: &BTreeSet<String>, temporary: &Path) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(temporary)?);
    writeln!(out, "{MAGIC}")?;
    for file in files {
        writeln!(out, "{file}")?;
    }
    out.into_inner().map_err(|error| error.into_error())?;
    fs::rename(temporary, folder.join(NAME))
}

/// Whether a path may stand in the list and be written below the output folder: relative, with plain
/// components between single slashes, without control characters, and not the list's own name.
pub(super) fn is_plain(path: &str) -> bool {
    path != NAME
        && !path.chars().any(|c| c.is_control() || c == '\\')
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

fn parse(text: &str) -> Option<BTreeSet<String>> {
    let mut lines = text.strip_suffix('\n')?.split('\n');
    if lines.next() != Some(MAGIC) {
        return None;
    }
    lines.map(|line| is_plain(line).then(|| line.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let files: BTreeSet<String> = ["index.html", "a b/ü.html"].map(str::to_owned).into();
        write(folder.path(), &files, &folder.path().join("tmp")).unwrap();
        assert_eq!(read(folder.path()).unwrap(), Some(files));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_list_that_is_not_ours_is_none() {
        for text in [
            "",
            "\n",
            "roadbook-manifest 1",
            "roadbook-manifest 2\na\n",
            "roadbook-manifest 1\n../a\n",
            "roadbook-manifest 1\n/etc/passwd\n",
            "roadbook-manifest 1\na//b\n",
            "roadbook-manifest 1\na\r\n",
            "roadbook-manifest 1\n\n",
            "roadbook-manifest 1\n.roadbook-manifest\n",
        ] {
            assert_eq!(parse(text), None, "{text:?}");
        }
        assert_eq!(parse("roadbook-manifest 1\n"), Some(BTreeSet::new()));
    }
}
