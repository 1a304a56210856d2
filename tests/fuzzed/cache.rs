//! The list of the last build: what is not a whole list of ours is none, and a whole one says what was written.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use roadbook::build::{Learnt, Options, Session};
use roadbook::diagnostic::{Checked, Diagnostics};
use roadbook::host::cache::Cache;
use roadbook::host::output::Stamp;
use roadbook::source::{Folder, Key};
use tempfile::TempDir;

thread_local! {
    /// A cache folder, and the place of the list in it.
    static PLACE: LazyLock<(TempDir, PathBuf)> = LazyLock::new(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        open(folder.path()).write(None, &[]);
        let list = fs::read_dir(folder.path()).expect("a list").next().expect("a list").expect("a list");
        (folder, list.path())
    });
}

fn open(folder: &Path) -> Cache {
    Cache::open_in(Some(folder.to_owned()), Path::new("/some/public"))
}

pub fn check(input: &[u8]) {
    PLACE.with(|place| {
        let (folder, list) = &**place;
        is_none_or_itself(input, folder.path(), list);
        // A list that somebody has signed is read to its end.
        let signed = [input, blake3::hash(input).to_hex().as_bytes()].concat();
        is_none_or_itself(&signed, folder.path(), list);
        is_read_as_written(input, folder.path());
    });
    whatever_was_learnt_a_site_is_made(input);
}

/// What is kept of texts may say anything, if it can be read at all: a site is made of its own texts.
fn whatever_was_learnt_a_site_is_made(input: &[u8]) {
    let Some(learnt) = Learnt::read(input) else { return };
    let texts = [("content/_index.md", "Home."), ("content/topics/a.md", "---\ntitle: A\n---\nWords.")];
    let texts = texts.map(|(path, text)| (path.to_owned(), text.to_owned()));
    let folder = Folder::of_texts("title = \"Site\"\nbase_url = \"https://example.org/\"", texts.into());
    let folder = Checked { value: folder, diagnostics: Diagnostics::default() };
    let site = Session::with(Options::default(), learnt).compile(folder).site;
    assert!(!site.search().text.is_empty());
}

/// A list is empty, or says what its lines say.
fn is_none_or_itself(bytes: &[u8], folder: &Path, list: &Path) {
    fs::write(list, bytes).expect("room for a list");
    let cache = open(folder);
    let text = String::from_utf8_lossy(bytes);
    let whole = text.lines().nth(1).and_then(key);
    let Some(files) = cache.all(whole) else { return };
    let files: BTreeMap<&String, _> = files.collect();
    let is_signed = bytes
        .split_last_chunk::<64>()
        .is_some_and(|(list, sum)| blake3::Hash::from_hex(sum).is_ok_and(|sum| sum == blake3::hash(list)));
    assert!(is_signed, "a list that nobody signed is believed: {text:?}");
    for (path, stamp) in files {
        let says = |line: &str| {
            let parts: Vec<&str> = line.splitn(5, ' ').collect();
            let [made_from, .., name] = parts.as_slice() else { return false };
            parts.len() == 5
                && name == path
                && key(made_from).is_some_and(|made_from| cache.stamp(path, &made_from) == Some(stamp))
        };
        assert!(text.lines().any(says), "{path:?} stands nowhere in {text:?}");
    }
}

fn key(hex: &str) -> Option<Key> {
    blake3::Hash::from_hex(hex).ok().map(|hash| *hash.as_bytes())
}

/// Names of files, which the lines of the input are, are read as they were written. A publisher takes none with
/// control characters.
fn is_read_as_written(input: &[u8], folder: &Path) {
    let text = String::from_utf8_lossy(input);
    let names = text.lines().filter(|name| !name.is_empty() && !name.chars().any(char::is_control));
    let whole = *blake3::hash(input).as_bytes();
    let files: BTreeMap<String, Stamp> = names.map(|name| (name.to_owned(), stamp(name))).collect();
    let list: Vec<_> = files.iter().map(|(name, stamp)| (name.clone(), whole, *stamp)).collect();
    open(folder).write(Some(whole), &list);
    let again = open(folder);
    let found = again.all(Some(whole)).expect("the list that was written");
    assert_eq!(found.map(|(name, stamp)| (name.clone(), stamp)).collect::<BTreeMap<_, _>>(), files);
}

fn stamp(name: &str) -> Stamp {
    let length = name.len() as u64;
    Stamp { length, modified: u64::MAX - length, number: length % 2 }
}
