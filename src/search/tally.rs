//! The words of each entry, counted. Most texts stay as they are from one build to the next, and counting is most of
//! the work of an index: so a tally is kept under the key of its text and taken over where the key is met again.

use hashbrown::HashMap;
use serde::{Deserialize, Serialize};

use super::entries::Passage;
use super::words::each;
use crate::source::Key;

/// The counted words of entries, compactly. Equal entries in equal order make equal tallies, whatever was known before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tallies {
    /// The words, numbered from 0 in the order in which they are first met, each with a line break behind it.
    words: String,
    /// The keys of the entries, in their order.
    keys: Vec<Key>,
    /// Where the list of each entry ends in `lists`.
    ends: Vec<u32>,
    /// For each entry its length (all weights together), then pairs: a word's number, and its weight. In [`put`]'s form.
    lists: Vec<u8>,
}

/// What is counted: an entry's key, and its passages if the key is not known.
pub(super) struct Countable<'a, Texts: FnOnce() -> Vec<Passage<'a>>> {
    /// Equal keys mean equal passages.
    pub(super) key: Key,
    /// Makes the passages.
    pub(super) passages: Texts,
}

/// Words with their numbers.
#[derive(Default)]
struct Vocabulary {
    numbers: HashMap<String, u32>,
    words: String,
}

impl Vocabulary {
    fn number(&mut self, word: &str) -> u32 {
        let next = self.numbers.len() as u32;
        *self.numbers.entry_ref(word).or_insert_with(|| {
            self.words.push_str(word);
            self.words.push('\n');
            next
        })
    }
}

impl Tallies {
    /// Counts the words of entries, but for those whose tallies are known.
    pub(super) fn count<'a, Texts>(entries: impl Iterator<Item = Countable<'a, Texts>>, known: &Tallies) -> Tallies
    where
        Texts: FnOnce() -> Vec<Passage<'a>>,
    {
        let old: Vec<&str> = known.words().collect();
        let places: HashMap<&Key, usize> = known.keys.iter().enumerate().map(|(at, key)| (key, at)).collect();
        let mut numbers = vec![None; old.len()];
        let mut vocabulary = Vocabulary::default();
        let mut counter = Counter::default();
        let mut tallies = Tallies::default();
        for entry in entries {
            match places.get(&entry.key) {
                Some(at) => {
                    let list = known.list(*at);
                    put(list.length, &mut tallies.lists);
                    for (number, weight) in list {
                        let Some(place) = numbers.get_mut(number as usize) else { continue };
                        put(*place.get_or_insert_with(|| vocabulary.number(old[number as usize])), &mut tallies.lists);
                        put(weight, &mut tallies.lists);
                    }
                }
                None => counter.count(&(entry.passages)(), &mut vocabulary, &mut tallies.lists),
            }
            tallies.keys.push(entry.key);
            tallies.ends.push(tallies.lists.len() as u32);
        }
        tallies.words = vocabulary.words;
        tallies
    }

    /// Whether no entry was counted.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// How many entries there are.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The words by their numbers.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.split_terminator('\n')
    }

    /// The tally of an entry.
    pub(super) fn list(&self, at: usize) -> List<'_> {
        let end = |at: usize| self.ends.get(at).map_or(0, |end| *end as usize);
        let start = at.checked_sub(1).map_or(0, end);
        let mut bytes = self.lists.get(start..end(at)).unwrap_or_default().iter();
        List { length: take(&mut bytes).unwrap_or_default(), bytes }
    }
}

/// The words of one entry, each with its weight.
pub(super) struct List<'a> {
    /// All its weights together.
    pub(super) length: u32,
    bytes: std::slice::Iter<'a, u8>,
}

impl Iterator for List<'_> {
    type Item = (u32, u32);

    fn next(&mut self) -> Option<(u32, u32)> {
        Some((take(&mut self.bytes)?, take(&mut self.bytes)?))
    }
}

/// Counts the words of one entry after the other.
#[derive(Default)]
struct Counter {
    /// By the word's number: its weight in this entry.
    weights: Vec<u32>,
    /// The words of this entry, in the order in which they are first met.
    met: Vec<u32>,
}

impl Counter {
    fn count(&mut self, passages: &[Passage], vocabulary: &mut Vocabulary, out: &mut Vec<u8>) {
        let mut length: u32 = 0;
        for passage in passages {
            each(&passage.text, &mut |word| {
                let number = vocabulary.number(word);
                if self.weights.len() <= number as usize {
                    self.weights.resize(number as usize + 1, 0);
                }
                let weight = &mut self.weights[number as usize];
                if *weight == 0 {
                    self.met.push(number);
                }
                *weight = weight.saturating_add(passage.weight);
                length = length.saturating_add(passage.weight);
            });
        }
        put(length, out);
        for number in self.met.drain(..) {
            put(number, out);
            put(std::mem::take(&mut self.weights[number as usize]), out);
        }
    }
}

/// Writes a number in as few bytes as it needs: seven bits in each, the lowest first, the highest bit set in all but the
/// last (LEB128).
fn put(mut number: u32, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Reads what [`put`] wrote; `None` at the end.
fn take(bytes: &mut std::slice::Iter<u8>) -> Option<u32> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let byte = *bytes.next()?;
        number |= u32::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
        if byte < 0x80 {
            return Some(number);
        }
        shift += 7;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(texts: &[&'static str], known: &Tallies) -> (Tallies, usize) {
        let read = std::cell::Cell::new(0);
        let read = &read;
        let entries = texts.iter().map(|text| Countable {
            key: *blake3::hash(text.as_bytes()).as_bytes(),
            passages: move || {
                read.set(read.get() + 1);
                vec![Passage { text: (*text).into(), weight: 10 }]
            },
        });
        (Tallies::count(entries, known), read.get())
    }

    #[test]
    fn numbers_are_read_as_they_were_written() {
        let numbers = [0, 1, 127, 128, 16_383, 16_384, u32::MAX];
        let mut bytes = Vec::new();
        numbers.iter().for_each(|number| put(*number, &mut bytes));
        let mut bytes = bytes.iter();
        assert_eq!(std::iter::from_fn(|| take(&mut bytes)).collect::<Vec<_>>(), numbers);
    }

    #[test]
    fn what_is_known_changes_nothing() {
        let before = count(&["bees make honey", "bees sleep", "wasps"], &Tallies::default()).0;
        let now = ["wasps sting", "bees sleep", "bees make honey", "flies"];
        let (fresh, (again, read)) = (count(&now, &Tallies::default()).0, count(&now, &before));
        assert_eq!((again, read), (fresh, 2), "and two texts alone are read");
    }
}
