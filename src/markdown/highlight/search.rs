//! Searches: where the rules of a grammar match in a line, each looked for as seldom as can be.
//!
//! * In: a line, a rule, and the part of the line in which a match would be of use.
//! * Out: the first match in it.
//! * Refuses to: search where the rule's first byte does not stand, or where it has searched before.

use std::collections::HashMap;
use std::ops::Range;

use onig::{MatchParam, Regex, Region, SearchOptions};

use super::grammar::{Compiled, Rule, compile};
use super::parser::Groups;

/// How often one attempt to match may go back, far above what sound patterns need.
const RETRIES: u32 = 200_000;
/// How many attempts of one text may fail by that.
const PATIENCE: usize = 10;
/// How many patterns are kept that were made from groups of other matches.
const MOST_MADE: usize = 500;

/// A match, in bytes of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What is known of a rule in the line.
#[derive(Clone, Copy, Default)]
struct Known {
    /// The line that it is known of.
    line: u64,
    /// Where no match begins before.
    until: usize,
    /// The first match from there on, if it was searched for.
    found: Option<Found>,
}

/// What is kept from search to search, and from text to text.
pub(super) struct Searches {
    /// By the rule's number.
    known: Vec<Known>,
    /// The number of the line; that of a line never seen is 0.
    line: u64,
    region: Region,
    /// Patterns made from groups of other matches.
    made: HashMap<String, Option<Regex>>,
    failures: usize,
}

impl Searches {
    pub(super) fn new() -> Self {
        Self { known: Vec::new(), line: 0, region: Region::with_capacity(8), made: HashMap::new(), failures: 0 }
    }

    /// Begins another text.
    pub(super) fn reset(&mut self) {
        self.failures = 0;
    }

    /// Begins another line.
    pub(super) fn begin(&mut self) {
        self.line += 1;
    }

    /// Whether patterns have taken too long in this text.
    pub(super) fn gave_up(&self) -> bool {
        self.failures > PATIENCE
    }

    /// The first match of a rule that begins within a part of the line; at the end of the line too, if the part goes
    /// so far. One that is not accepted is none.
    pub(super) fn find(
        &mut self,
        rule: &Rule,
        groups: Option<&Groups>,
        line: &str,
        part: Range<usize>,
        accepts: impl Fn(Found) -> bool,
    ) -> Option<Found> {
        let compiled = rule.compiled();
        if let (true, Some(groups)) = (rule.has_backrefs, groups) {
            return self.made(rule, groups, line, part.start).filter(|found| accepts(*found));
        }
        if self.known.len() <= compiled.number {
            self.known.resize(compiled.number + 1, Known::default());
        }
        let known = &mut self.known[compiled.number];
        if known.line != self.line {
            *known = Known { line: self.line, until: 0, found: None };
        }
        match known.found {
            Some(found) if found.start >= part.start => return Some(found),
            Some(_) => *known = Known { line: self.line, until: part.start, found: None },
            None => {}
        }
        if known.until == usize::MAX {
            return None;
        }
        let from = known.until.max(part.start);
        let Some(from) = begins(compiled, line, from..part.end) else {
            // Oniguruma does not look behind the end of a search, so searches go on to the end of the line.
            known.until = if part.end < line.len() { from.max(part.end) } else { usize::MAX };
            return None;
        };
        let found = compiled.regex.as_ref().and_then(|regex| self.run(regex, line, from));
        let known = &mut self.known[compiled.number];
        match found {
            // What is not accepted now may be later, with fewer contexts.
            Some(found) if !accepts(found) => return None,
            Some(_) => known.found = found,
            None => known.until = usize::MAX,
        }
        found
    }

    fn run(&mut self, regex: &Regex, line: &str, from: usize) -> Option<Found> {
        run(regex, line, from, &mut self.region, &mut self.failures)
    }

    /// The match of a pattern that refers to groups of the match that led to it.
    fn made(&mut self, rule: &Rule, groups: &Groups, line: &str, from: usize) -> Option<Found> {
        if self.made.len() >= MOST_MADE {
            self.made.clear();
        }
        let source = with_groups(&rule.source, groups);
        let regex = self.made.entry(source).or_insert_with_key(|source| compile(source));
        run(regex.as_ref()?, line, from, &mut self.region, &mut self.failures)
    }

    /// The groups of a match that begins at this byte, if anything depends on them.
    pub(super) fn groups(&mut self, rule: &Rule, groups: Option<&Groups>, line: &str, at: usize) -> Vec<Option<Found>> {
        let compiled = rule.compiled();
        let has_scopes = rule.captures.as_ref().is_some_and(|captures| !captures.is_empty());
        if !has_scopes && !compiled.leads_to_backrefs {
            return Vec::new();
        }
        let found = match (rule.has_backrefs, groups) {
            (true, Some(groups)) => self.made(rule, groups, line, at),
            _ => compiled.regex.as_ref().and_then(|regex| self.run(regex, line, at)),
        };
        let group = |at| self.region.pos(at).map(|(start, end)| Found { start, end });
        found.map_or_else(Vec::new, |_| (0..self.region.len()).map(group).collect())
    }
}

/// Where in a part of the line the rule's first byte stands, if there it stands.
fn begins(compiled: &Compiled, line: &str, part: Range<usize>) -> Option<usize> {
    let Some(first) = &compiled.first else { return Some(part.start) };
    let bytes = line.as_bytes().get(part.clone())?;
    bytes.iter().position(|byte| first.contains(*byte)).map(|at| part.start + at)
}

fn run(regex: &Regex, line: &str, from: usize, region: &mut Region, failures: &mut usize) -> Option<Found> {
    let mut limits = MatchParam::default();
    limits.set_retry_limit_in_match(RETRIES);
    let options = SearchOptions::SEARCH_OPTION_NONE;
    match regex.search_with_param(line, from, line.len(), options, Some(&mut *region), limits) {
        Ok(found) => found.and_then(|_| region.pos(0)).map(|(start, end)| Found { start, end }),
        Err(_) => {
            *failures += 1;
            None
        }
    }
}

/// A pattern with the texts of groups in the place of `\1` and its like.
fn with_groups(source: &str, groups: &[String]) -> String {
    let mut out = String::with_capacity(source.len());
    let mut chars = source.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some(digit) if digit.is_ascii_digit() => {
                let group = groups.get(digit as usize - '0' as usize).map_or("", String::as_str);
                for c in group.chars() {
                    if r"\.+*?()|[]{}^$#&-~".contains(c) {
                        out.push('\\');
                    }
                    out.push(c);
                }
            }
            other => out.extend(std::iter::once('\\').chain(other)),
        }
    }
    out
}
