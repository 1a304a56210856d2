//! Addresses that were there a while ago: they need not be asked again and again. Only good answers are kept.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::host::cache::{load, store};

const MAGIC: &str = "roadbook-links 1";
/// Older answers are forgotten.
const LONGEST: Duration = Duration::from_secs(90 * 24 * 3600);

/// When each address was last there, in seconds since 1970.
#[derive(Debug, Default)]
pub struct Known {
    place: Option<PathBuf>,
    now: u64,
    seen: BTreeMap<String, u64>,
}

impl Known {
    /// Reads what is known on this machine; nothing where that cannot be read.
    pub fn open() -> Self {
        Known::open_in(dirs::cache_dir().map(|folder| folder.join("roadbook")))
    }

    /// The same with a cache folder of the caller's choice; `None` for none.
    pub fn open_in(folder: Option<PathBuf>) -> Self {
        let place = folder.map(|folder| folder.join("web.links"));
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
        let seen = place.as_deref().and_then(load).and_then(read).unwrap_or_default();
        Known { place, now, seen }
    }

    /// Whether an address was there no longer ago than this.
    pub fn is_fresh(&self, address: &str, age: Duration) -> bool {
        // A time that is still to come tells of a clock that was put back, not of a fresh answer.
        self.seen.get(address).is_some_and(|time| *time <= self.now && self.now - time < age.as_secs())
    }

    /// Keeps that these addresses are there now, and those are not. A machine without room for it asks more often.
    pub fn write<'a>(&mut self, alive: impl Iterator<Item = &'a str>, dead: impl Iterator<Item = &'a str>) {
        self.seen.extend(alive.map(|address| (address.to_owned(), self.now)));
        for address in dead {
            self.seen.remove(address);
        }
        let oldest = self.now.saturating_sub(LONGEST.as_secs());
        self.seen.retain(|_, time| *time >= oldest);
        let Some(place) = &self.place else { return };
        let _ = store(place, |out| {
            writeln!(out, "{MAGIC}")?;
            self.seen.iter().try_for_each(|(address, time)| writeln!(out, "{time} {address}"))
        });
    }
}

fn read(bytes: Vec<u8>) -> Option<BTreeMap<String, u64>> {
    let text = String::from_utf8(bytes).ok()?;
    let lines = text.strip_prefix(MAGIC)?.lines().filter(|line| !line.is_empty());
    let entry =
        |line: &str| line.split_once(' ').and_then(|(time, address)| Some((address.to_owned(), time.parse().ok()?)));
    lines.map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_good_answers_are_kept_and_they_age() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Known::open_in(Some(folder.path().to_owned()));
        let hour = Duration::from_secs(3600);
        open().write(["https://a/", "https://b/"].into_iter(), std::iter::empty());
        assert!(open().is_fresh("https://a/", hour));
        assert!(!open().is_fresh("https://a/", Duration::ZERO));
        assert!(!open().is_fresh("https://c/", hour));
        open().write(std::iter::empty(), ["https://b/"].into_iter());
        assert!(!open().is_fresh("https://b/", hour));
        assert!(open().is_fresh("https://a/", hour));
    }

    #[test]
    fn a_damaged_list_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let mut known = Known::open_in(Some(folder.path().to_owned()));
        known.write(["https://a/"].into_iter(), std::iter::empty());
        std::fs::write(folder.path().join("web.links"), "roadbook-links 1\nx").unwrap();
        assert!(!Known::open_in(Some(folder.path().to_owned())).is_fresh("https://a/", LONGEST));
    }
}
