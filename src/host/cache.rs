//! What the last build into a folder made, and from what: files whose key is the same need not be made again.
//!
//! In: the place of an output folder. Out: the keys and stamps of its files. They lie in the user's cache folder and not
//! with the site, so that no site brings its own. Nothing depends on them: a list that is missing, damaged, of another
//! version or about other files only means that files are made again.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::output::Stamp;
/// What a file was made from, as a hash.
pub type Key = [u8; 32];

const MAGIC: &str = "roadbook-cache 1";
/// Lists of so many folders are kept, those written last.
const FOLDERS: usize = 32;
/// A longer list is not ours.
const MAX_BYTES: u64 = 256 << 20;

/// The list of one output folder.
#[derive(Debug, Default)]
pub struct Cache {
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
            Some(folder.join(format!("{}.files", &id[..32])))
        });
        let (whole, files) = place.as_deref().and_then(read).unwrap_or_default();
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
        let mut text = format!("{MAGIC}\n{whole}\n");
        for (path, key, stamp) in files {
            let key = blake3::Hash::from_bytes(*key).to_hex();
            text.push_str(&format!("{key} {} {} {} {path}\n", stamp.length, stamp.modified, stamp.number));
        }
        let sum = blake3::hash(text.as_bytes()).to_hex();
        text.push_str(&sum);
        let _ = store(place, &text);
    }
}

fn store(place: &Path, text: &str) -> std::io::Result<()> {
    let folder = place.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let temporary = place.with_extension(format!("{}.tmp", std::process::id()));
    let stored = fs::File::create(&temporary).and_then(|mut file| file.write_all(text.as_bytes()));
    if let Err(error) = stored.and_then(|()| fs::rename(&temporary, place)) {
        let _ = fs::remove_file(&temporary);
        return Err(error);
    }
    let mut lists: Vec<_> = fs::read_dir(folder)?
        .flatten()
        .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
        .collect();
    lists.sort();
    for (_, old) in lists.iter().rev().skip(FOLDERS) {
        fs::remove_file(old)?;
    }
    Ok(())
}

/// What a list says.
type List = (Option<Key>, BTreeMap<String, (Key, Stamp)>);

/// `None` for whatever is not a whole list of ours.
fn read(place: &Path) -> Option<List> {
    let meta = fs::symlink_metadata(place).ok()?;
    if !meta.is_file() || meta.len() > MAX_BYTES {
        return None;
    }
    let text = fs::read_to_string(place).ok()?;
    let (list, sum) = text.rsplit_once('\n').map(|(list, sum)| (&text[..=list.len()], sum))?;
    if blake3::Hash::from_hex(sum).ok()? != blake3::hash(list.as_bytes()) {
        return None;
    }
    let mut lines = list.lines();
    if lines.next()? != MAGIC {
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
        let place = cache(folder.path()).place.unwrap();
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
    fn the_folder_is_bounded() {
        let folder = tempfile::tempdir().unwrap();
        for n in 0..FOLDERS + 9 {
            Cache::open_in(Some(folder.path().to_owned()), &PathBuf::from(format!("/p{n}"))).write(None, &[]);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), FOLDERS);
    }
}
