//! The nearest known name to a misspelt one.

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
        // The distance is at least the difference in length: most candidates end here.
        if folded.len().abs_diff(wanted.len()) > limit * 4 {
            continue;
        }
        let distance = match () {
            () if folded == wanted => 0,
            () if is_beginning(&folded, &wanted) => limit,
            () => strsim::osa_distance(&wanted, &folded),
        };
        if distance <= limit && best.is_none_or(|(shortest, _)| distance < shortest) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
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
    }
}
