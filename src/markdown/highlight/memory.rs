//! Memory: code that was coloured is not coloured again, as most texts stand on two pages, their own and the printed
//! roadmap, and a server renders a page again and again.
//!
//! * In: code, its language, and a way to colour it.
//! * Out: the coloured code, made now or before.
//! * Refuses to: grow for ever. What was not asked for since the memory last was full is forgotten first.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::source::Key;

/// Bytes of coloured code in each half of the memory; both together hold some 30,000 blocks.
const FULL: usize = 24 << 20;

static MEMORY: Mutex<Option<Memory>> = Mutex::new(None);

/// What was coloured, by a key of its language and code.
#[derive(Default)]
struct Memory {
    recent: HashMap<Key, Arc<str>>,
    /// Bytes in `recent`.
    size: usize,
    /// What was recent before.
    older: HashMap<Key, Arc<str>>,
}

/// The code in colours, from memory if it is there.
pub(super) fn recall(code: &str, language: usize, colour: impl FnOnce() -> String) -> Arc<str> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&language.to_le_bytes()).update(code.as_bytes());
    let key = *hasher.finalize().as_bytes();
    if let Some(known) = with_memory(|memory| memory.get(&key)) {
        return known;
    }
    let coloured: Arc<str> = colour().into();
    with_memory(|memory| memory.put(key, coloured.clone()));
    coloured
}

fn with_memory<T>(what: impl FnOnce(&mut Memory) -> T) -> T {
    let mut memory = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
    what(memory.get_or_insert_default())
}

impl Memory {
    fn get(&mut self, key: &Key) -> Option<Arc<str>> {
        if let Some(known) = self.recent.get(key) {
            return Some(known.clone());
        }
        let known = self.older.remove(key)?;
        self.put(*key, known.clone());
        Some(known)
    }

    fn put(&mut self, key: Key, coloured: Arc<str>) {
        if self.size >= FULL {
            self.older = std::mem::take(&mut self.recent);
            self.size = 0;
        }
        self.size += coloured.len();
        self.recent.insert(key, coloured);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_coloured_once() {
        let first = recall("code of this test", 1, || "first".into());
        assert_eq!((&*first, &*recall("code of this test", 1, || "again".into())), ("first", "first"));
        assert_eq!(&*recall("code of this test", 2, || "another language".into()), "another language");
    }

    #[test]
    fn the_memory_is_bounded_and_keeps_what_is_used() {
        let mut memory = Memory::default();
        let block: Arc<str> = "x".repeat(FULL / 8).into();
        let key = |n: u8| [n; 32];
        for n in 0..40 {
            memory.put(key(n), block.clone());
            assert!(memory.get(&key(0)).is_some(), "what is asked for again and again is kept");
        }
        assert!(memory.get(&key(1)).is_none());
        assert!(memory.recent.len() + memory.older.len() <= 20);
    }
}
