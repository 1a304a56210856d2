//! Lines with holes: `[..]` in an expected line stands for any text.

const HOLE: &str = "[..]";

/// Whether an expected line, with its holes, fits a line.
pub fn fits(expected: &str, line: &str) -> bool {
    let Some((first, rest)) = expected.split_once(HOLE) else { return expected == line };
    let Some(mut line) = line.strip_prefix(first) else { return false };
    let mut parts = rest.split(HOLE).peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return line.ends_with(part);
        }
        match line.find(part) {
            Some(at) => line = &line[at + part.len()..],
            None => return false,
        }
    }
    true
}

/// Whether all lines fit, one by one.
pub fn all_fit(expected: &[String], lines: &[String]) -> bool {
    expected.len() == lines.len() && expected.iter().zip(lines).all(|(expected, line)| fits(expected, line))
}

/// The lines as they are to be expected from now on: holes made before are kept, and a build's figures get one.
pub fn expect(before: &[String], lines: &[String]) -> Vec<String> {
    let known = |line: &String| before.iter().find(|old| old.contains(HOLE) && fits(old, line)).cloned();
    lines.iter().map(|line| known(line).unwrap_or_else(|| without_figures(line))).collect()
}

/// `built 9 files into … in 0.03 s (9 changed, …)` with holes for what differs from day to day. That nothing
/// has changed is worth knowing.
fn without_figures(line: &str) -> String {
    let figures = || {
        let (head, rest) = line.split_once("built ")?;
        let (_, rest) = rest.split_once(" files into ")?;
        let (place, rest) = rest.split_once(" in ")?;
        let (_, rest) = rest.split_once(" s (")?;
        let (changed, tail) = rest.split_once(" changed, ")?;
        let changed = if changed == "0" { "0" } else { HOLE };
        Some(format!("{head}built {HOLE} files into {place} in {HOLE} s ({changed} changed, {tail}"))
    };
    figures().unwrap_or_else(|| line.to_owned())
}

#[test]
fn holes_stand_for_any_text() {
    for (expected, line) in [("a", "a"), ("[..]", ""), ("a[..]", "ab"), ("a[..]c[..]e", "abcde"), ("[..]b", "abb")] {
        assert!(fits(expected, line), "{expected} {line}");
    }
    for (expected, line) in [("a", "b"), ("a[..]", "b"), ("[..]a", "ab"), ("a[..]b[..]c", "ac"), ("ab[..]ba", "aba")] {
        assert!(!fits(expected, line), "{expected} {line}");
    }
    let built = "2| built 9 files into public in 0.03 s (7 changed, 1 removed)";
    assert_eq!(without_figures(built), "2| built [..] files into public in [..] s ([..] changed, 1 removed)");
    assert_eq!(without_figures("2| built well (in 1 s)"), "2| built well (in 1 s)");
}
