//! What the last build into a folder left for the next: which files it made, and from what, so that those whose key is the
//! same need not be made again; and what it learnt of texts.
//!
//! In: the place of an output folder. Out: the keys and stamps of its files, and bytes that only [`crate::build`]
//! understands. Both lie in the user's cache folder and not with the site, so that no site brings its own. Nothing
//! depends on them: what is missing, damaged, of another program or about other files only means more work.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::output::Stamp;
use crate::source::Key;

/// The ending of a list of files.
const FILES: &str = "files";
/// The ending of what was learnt of texts.
const TEXTS: &str = "texts";
const FILES_MAGIC: &str = "roadbook-cache 2";
const TEXTS_MAGIC: &str = "roadbook-texts 1";
/// So many files are kept, those written last: two for each output folder, ...
const MOST_FILES: usize = 64;
/// ... and no more bytes than this.
const MOST_BYTES: u64 = 1 << 30;
/// A longer file is not ours.
const LONGEST: u64 = 512 << 20;
/// The length of the sum at the end of a file.
const SUM: usize = 64;

/// The list of one output folder.
#[derive(Debug, Default)]
pub struct Cache {
    /// Where it lies, without an ending.
    place: Option<PathBuf>,
    whole: Option<Key>,
    files: BTreeMap<String, (Key, Stamp)>,
}

/// What tells this program from another build of it; `None` where the system does not say.
pub fn program() -> Option<String> {
    let meta = fs::metadata(std::env::current_exe().ok()?).ok()?;
    let time = meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("{} {} {}", env!("CARGO_PKG_VERSION"), meta.len(), time.as_nanos()))
}

/// The key of a copy: which file it is of, as far as can be told without reading it. `None` for what is no plain file.
pub fn of_copy(source: &Path) -> Option<Key> {
    let meta = fs::symlink_metadata(source).ok().filter(fs::Metadata::is_file)?;
    Some(*blake3::hash(format!("{} {:?}", source.display(), Stamp::of(&meta)).as_bytes()).as_bytes())
}

impl Cache {
    /// Reads the list of an output folder; an empty one where there is none that holds.
    pub fn open(output: &Path) -> Self {
        let place = dirs::cache_dir().map(|folder| folder.join("roadbook"));
        Cache::open_in(place, output)
    }

    /// The same with a cache folder of the caller's choice; `None` for none.
    pub fn open_in(folder: Option<PathBuf>, output: &Path) -> Self {
        let place = folder.and_then(|folder| {
            let output = std::path::absolute(output).ok()?;
            let id = blake3::hash(output.as_os_str().as_encoded_bytes()).to_hex();
            Some(folder.join(&id[..32]))
        });
        let list = place.as_deref().and_then(|place| list(load(&place.with_extension(FILES))?));
        let (whole, files) = list.unwrap_or_default();
        Cache { place, whole, files }
    }

    /// The stamp of the file that was made with this key.
    pub fn stamp(&self, path: &str, key: &Key) -> Option<Stamp> {
        self.files.get(path).filter(|(known, _)| known == key).map(|(_, stamp)| *stamp)
    }

    /// The stamps of all files, if the last build was made from this input and had nothing to report.
    pub fn all(&self, whole: Option<Key>) -> Option<impl Iterator<Item = (&String, Stamp)>> {
        let is_same = whole.is_some() && self.whole == whole;
        is_same.then(|| self.files.iter().map(|(path, (_, stamp))| (path, *stamp)))
    }

    /// Keeps a new list in place of the old one. `whole` is the input of a build that had nothing to report. A machine
    /// without room for it builds as well.
    pub fn write(&self, whole: Option<Key>, files: &[(String, Key, Stamp)]) {
        let Some(place) = &self.place else { return };
        let whole = whole.map_or("-".to_owned(), |whole| blake3::Hash::from_bytes(whole).to_hex().to_string());
        let mut text = format!("{FILES_MAGIC}\n{whole}\n");
        for (path, key, stamp) in files {
            let key = blake3::Hash::from_bytes(*key).to_hex();
            text.push_str(&format!("{key} {} {} {} {path}\n", stamp.length, stamp.modified, stamp.number));
        }
        let _ = store(&place.with_extension(FILES), |out| out.write_all(text.as_bytes()));
    }

    /// What a build by this program learnt of texts.
    pub fn learnt(&self, program: &str) -> Option<Vec<u8>> {
        let mut bytes = load(&self.place.as_ref()?.with_extension(TEXTS))?;
        let head = texts_head(program);
        bytes.starts_with(&head).then(|| bytes.split_off(head.len()))
    }

    /// Keeps what a build by this program learnt of texts, as `learnt` writes it.
    pub fn write_learnt(&self, program: &str, learnt: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        let Some(place) = &self.place else { return };
        let _ = store(&place.with_extension(TEXTS), |out| {
            out.write_all(&texts_head(program))?;
            learnt(out)
        });
    }
}

fn texts_head(program: &str) -> Vec<u8> {
    format!("{TEXTS_MAGIC}\n{program}\n").into_bytes()
}

/// Writes what sums up as it goes by.
struct Summed {
    out: BufWriter<fs::File>,
    sum: blake3::Hasher,
}

impl Write for Summed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.sum.update(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Writes a file with a sum at its end, and removes the oldest where there are too many.
pub(super) fn store(place: &Path, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let folder = place.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let ending = place.extension().unwrap_or_default().to_string_lossy();
    let temporary = place.with_extension(format!("{ending}.{}.tmp", std::process::id()));
    let write = || {
        let file = fs::File::create(&temporary)?;
        let mut out = Summed { out: BufWriter::with_capacity(1 << 16, file), sum: blake3::Hasher::new() };
        content(&mut out)?;
        let sum = out.sum.finalize().to_hex();
        out.out.write_all(sum.as_bytes())?;
        out.out.flush()?;
        fs::rename(&temporary, place)
    };
    // What could not be written whole leaves nothing.
    write().inspect_err(|_| {
        let _ = fs::remove_file(&temporary);
    })?;
    let mut kept: Vec<_> = fs::read_dir(folder)?
        .flatten()
        .filter_map(|entry| {
            let meta = entry.metadata().ok()?;
            Some((meta.modified().ok()?, meta.len(), entry.path()))
        })
        .collect();
    kept.sort();
    let mut bytes = 0;
    for (count, (_, length, old)) in kept.iter().rev().enumerate() {
        bytes += length;
        if count >= MOST_FILES || bytes > MOST_BYTES {
            fs::remove_file(old)?;
        }
    }
    Ok(())
}

/// The bytes that [`store`] wrote, if they all are there as they were.
pub(super) fn load(place: &Path) -> Option<Vec<u8>> {
    let meta = fs::symlink_metadata(place).ok()?;
    if !meta.is_file() || meta.len() > LONGEST {
        return None;
    }
    let mut bytes = fs::read(place).ok()?;
    let sum = bytes.split_off(bytes.len().checked_sub(SUM)?);
    (blake3::Hash::from_hex(&sum).ok()? == blake3::hash(&bytes)).then_some(bytes)
}

/// What a list says.
type List = (Option<Key>, BTreeMap<String, (Key, Stamp)>);

/// `None` for whatever is not a list of ours.
fn list(bytes: Vec<u8>) -> Option<List> {
    let text = String::from_utf8(bytes).ok()?;
    let mut lines = text.lines();
    if lines.next()? != FILES_MAGIC {
        return None;
    }
    let whole = blake3::Hash::from_hex(lines.next()?).ok().map(|whole| *whole.as_bytes());
    let entry = |line: &str| {
        let mut parts = line.splitn(5, ' ');
        let key = *blake3::Hash::from_hex(parts.next()?).ok()?.as_bytes();
        let mut number = || parts.next()?.parse::<u64>().ok();
        let stamp = Stamp { length: number()?, modified: number()?, number: number()? };
        Some((parts.next()?.to_owned(), (key, stamp)))
    };
    Some((whole, lines.map(entry).collect::<Option<_>>()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAMP: Stamp = Stamp { length: 3, modified: 4, number: 5 };

    fn cache(folder: &Path) -> Cache {
        Cache::open_in(Some(folder.to_owned()), Path::new("/some/public"))
    }

    #[test]
    fn a_list_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        cache(folder.path()).write(Some([9; 32]), &[("a b/ü.html".into(), [7; 32], STAMP)]);
        let again = cache(folder.path());
        assert_eq!(again.stamp("a b/ü.html", &[7; 32]), Some(STAMP));
        assert_eq!(again.stamp("a b/ü.html", &[8; 32]), None);
        assert_eq!(again.all(Some([9; 32])).unwrap().count(), 1);
        assert!(again.all(Some([8; 32])).is_none() && again.all(None).is_none());
        let other = Cache::open_in(Some(folder.path().to_owned()), Path::new("/other/public"));
        assert_eq!(other.stamp("a b/ü.html", &[7; 32]), None);
    }

    #[test]
    fn a_damaged_list_is_none() {
        let folder = tempfile::tempdir().unwrap();
        cache(folder.path()).write(None, &[("a".into(), [7; 32], STAMP), ("b".into(), [7; 32], STAMP)]);
        let place = cache(folder.path()).place.unwrap().with_extension(FILES);
        let whole = fs::read(&place).unwrap();
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            fs::write(&place, &bytes).unwrap();
            assert!(cache(folder.path()).files.is_empty(), "byte {at}");
            fs::write(&place, &whole[..at]).unwrap();
            assert!(cache(folder.path()).files.is_empty(), "cut at {at}");
        }
        fs::write(&place, &whole).unwrap();
        assert_eq!(cache(folder.path()).files.len(), 2);
    }

    #[test]
    fn what_was_learnt_is_for_the_same_program() {
        let folder = tempfile::tempdir().unwrap();
        cache(folder.path()).write_learnt("this", |out| out.write_all(b"\nwords\0"));
        assert_eq!(cache(folder.path()).learnt("this").unwrap(), b"\nwords\0");
        assert_eq!(cache(folder.path()).learnt("that"), None);
        let place = cache(folder.path()).place.unwrap().with_extension(TEXTS);
        fs::write(&place, &fs::read(&place).unwrap()[1..]).unwrap();
        assert_eq!(cache(folder.path()).learnt("this"), None);
    }

    #[test]
    fn the_folder_is_bounded() {
        let folder = tempfile::tempdir().unwrap();
        for n in 0..MOST_FILES + 9 {
            Cache::open_in(Some(folder.path().to_owned()), &PathBuf::from(format!("/p{n}"))).write(None, &[]);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), MOST_FILES);
    }
}
