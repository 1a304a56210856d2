//! The nearest known name to a misspelt one.

use std::cell::Cell;

/// Names longer than this, in characters, are no misspelt ones: a distance takes time in the product of the lengths.
const LONGEST: usize = 200;

/// The candidate that an author most likely meant, or `None` when nothing is near.
///
/// Case, `-`, `_` and space count as equal; beyond that, the optimal string alignment distance (insert,
/// delete, replace, swap neighbours) may be at most a third of the length, or one name is the beginning of
/// the other. Ties go to the first candidate.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = fold(name);
    let length = wanted.chars().count();
    if length > LONGEST {
        return None;
    }
    let limit = (length / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let folded = fold(candidate);
        let distance = match () {
            () if folded == wanted => 0,
            () if is_beginning(&folded, &wanted) => limit,
            // The distance is at least the difference in length: most candidates end here.
            () if folded.chars().count().abs_diff(length) > limit => continue,
            () => strsim::osa_distance(&wanted, &folded),
        };
        if distance <= limit && best.is_none_or(|(shortest, _)| distance < shortest) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The candidate that was meant beyond doubt: the same but for case, `-`, `_` and space, or one slip away (a letter too
/// many, missing or wrong, or two that changed places) in a name of at least four characters; and no other is as near.
/// Names that differ in their digits are different names.
pub fn certain<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = fold(name);
    let length = wanted.chars().count();
    let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
    let slips = |folded: &str| match () {
        () if folded == wanted => Some(0),
        () if length < 4 || folded.chars().count().abs_diff(length) > 1 || digits(folded) != digits(&wanted) => None,
        () => Some(strsim::osa_distance(&wanted, folded)).filter(|distance| *distance == 1),
    };
    let mut near: Vec<(usize, &str)> = Vec::new();
    near.extend(candidates.into_iter().filter_map(|candidate| Some((slips(&fold(candidate))?, candidate))));
    let least = near.iter().map(|(slips, _)| *slips).min()?;
    let mut nearest = near.into_iter().filter(|(slips, _)| *slips == least);
    nearest.next().filter(|_| nearest.next().is_none()).map(|(_, candidate)| candidate)
}

/// Names that lead nowhere, of which so many are looked into: more are no slips of an author, and to find what was meant
/// takes a look at all there is.
#[derive(Debug)]
pub struct Slips {
    /// How many more are looked into.
    looks: Cell<usize>,
    /// With how many names they may be compared.
    names: Cell<usize>,
}

impl Slips {
    const MOST: usize = 200;

    /// Names that all documents of a site may be compared with, taken together: a minute of one processor.
    const NAMES: usize = 100_000_000;

    /// Those of one of so many documents, each of which may have as many.
    pub fn of_one_in(documents: usize) -> Self {
        Slips { looks: Cell::new(Self::MOST), names: Cell::new(Self::NAMES / documents.max(1)) }
    }

    /// What was meant, by a search among so many names, unless too much was asked for already.
    pub fn meant<T>(&self, names: usize, search: impl FnOnce() -> Option<T>) -> Option<T> {
        self.looks.set(self.looks.get().checked_sub(1)?);
        self.names.set(self.names.get().checked_sub(names)?);
        search()
    }
}

impl Default for Slips {
    /// Those of a whole site.
    fn default() -> Self {
        Slips::of_one_in(1)
    }
}

/// Whether one of two names is more than half of the other, from its beginning: `tcp` of `tcpip`.
fn is_beginning(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short.len() >= 3 && short.len() * 2 > long.len() && long.starts_with(short)
}

fn fold(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let ids = ["http", "https-tls", "data-structures"];
        assert_eq!(nearest("htpp", ids), Some("http"));
        assert_eq!(nearest("Data Structures", ids), Some("data-structures"));
        assert_eq!(nearest("HTTPS_TLS", ids), Some("https-tls"));
        assert_eq!(nearest("kubernetes", ids), None);
        let long = "a".repeat(LONGEST + 1);
        assert_eq!(nearest(&long, [&*long]), None);
    }

    #[test]
    fn not_everything_is_a_slip() {
        let slips = Slips::default();
        let found = (0..Slips::MOST + 9).filter_map(|_| slips.meant(1, || Some(())));
        assert_eq!(found.count(), Slips::MOST);
    }

    #[test]
    fn the_work_for_slips_does_not_grow_with_the_square_of_the_site() {
        for (documents, names, expected) in
            [(1, 100_000, 200), (500, 500, 200), (5_000, 5_000, 4), (10_000, 10_000, 1), (100_000, 100_000, 0)]
        {
            let slips = Slips::of_one_in(documents);
            let found = (0..300).filter_map(|_| slips.meant(names, || Some(()))).count();
            assert_eq!(found, expected, "{documents} documents, {names} names");
        }
    }

    #[test]
    fn knows_what_is_beyond_doubt() {
        let ids = ["http", "https-tls", "http-2", "mysql", "mssql", "tls"];
        assert_eq!(certain("htpp", ids), Some("http"));
        assert_eq!(certain("HTTPS_TLS", ids), Some("https-tls"));
        assert_eq!(certain("http-3", ids), None, "another digit");
        assert_eq!(certain("mxsql", ids), None, "two are as near");
        assert_eq!(certain("tsl", ids), None, "too short to tell");
        assert_eq!(certain("htttpp", ids), None, "two slips");
    }
}
