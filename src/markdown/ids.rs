//! Ids: names for places in one text, each given once.
//!
//! * In: wanted names.
//! * Out: names that no other place of the text has.
//! * Refuses to: give an empty name.

use std::collections::{BTreeMap, BTreeSet};

/// The ids of one text.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: BTreeSet<String>,
    /// The next number to try for a name, so that a thousand equal headings are not a million tries.
    next: BTreeMap<String, usize>,
}

impl Ids {
    /// Notes a name that is in the text whatever happens.
    pub(super) fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_owned());
    }

    /// The wanted name if it is free, else with `-1`, `-2` and so on behind it.
    pub(super) fn claim(&mut self, wanted: &str) -> String {
        let wanted = if wanted.is_empty() { "section" } else { wanted };
        if self.taken.insert(wanted.to_owned()) {
            return wanted.to_owned();
        }
        let next = self.next.entry(wanted.to_owned()).or_insert(1);
        loop {
            let name = format!("{wanted}-{next}");
            *next += 1;
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

/// The id that GitHub gives a heading: lower case, blanks to `-`, punctuation dropped. May be empty.
pub(super) fn slug(text: &str) -> String {
    text.trim()
        .chars()
        .flat_map(char::to_lowercase)
        .filter_map(|c| match c {
            c if c.is_whitespace() => Some('-'),
            '-' | '_' => Some(c),
            c if c.is_alphanumeric() => Some(c),
            _ => None,
        })
        .collect()
}

/// What of an id or class that an author wrote may stand in an attribute.
pub(super) fn sanitised(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_githubs() {
        assert_eq!(slug("Hello, World!"), "hello-world");
        assert_eq!(slug("  C++ & Rust_x  "), "c--rust_x");
        assert_eq!(slug("Über Größe"), "über-größe");
        assert_eq!(slug("日本 語"), "日本-語");
        assert_eq!(slug("!?"), "");
    }

    #[test]
    fn names_are_given_once() {
        let mut ids = Ids::default();
        ids.reserve("a-1");
        let names: Vec<_> = ["a", "a", "a", "", ""].map(|name| ids.claim(name)).into();
        assert_eq!(names, ["a", "a-2", "a-3", "section", "section-1"]);
    }
}
