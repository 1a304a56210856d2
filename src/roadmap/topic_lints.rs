//! Lints of topics by themselves and beside each other: resources listed twice, dates of long ago, titles alike, and topics
//! that stand alone. Each is run only where somebody asks for it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::{Roadmaps, Target, Topic, TopicIx, requirements};
use crate::diagnostic::policy::Wanted;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::matter::TopicMatter;
use crate::document::{Document, Matter};
use crate::source::{Span, Spanned};

/// So many years after its last change a topic is worth another look.
const YEARS_FRESH: i16 = 2;
/// Shorter titles are names, and one letter makes another name of them: C and R, SSH and SSL.
const LEAST_LETTERS: usize = 6;
/// Words that tell no two titles apart.
const SMALL_WORDS: &[&str] = &[
    "a", "an", "the", "of", "in", "on", "to", "for", "with", "and", "or", "der", "die", "das", "und", "el", "la",
    "los", "las", "de", "y",
];

/// Runs those lints that are wanted. `today` is the day that dates are judged on; without it they are not.
pub fn run(site: &Roadmaps, documents: &[Arc<Document>], wanted: Wanted, today: Option<Date>, out: &mut Diagnostics) {
    let sound = site.topics.iter().filter(|topic| !documents[topic.document.0].faulty);
    let each: Vec<(&Topic, &TopicMatter)> = sound
        .filter_map(|topic| match &documents[topic.document.0].matter {
            Matter::Topic(matter) => Some((topic, &**matter)),
            _ => None,
        })
        .collect();
    if wanted.has(Code::DuplicateResource) {
        each.iter().for_each(|(topic, matter)| duplicate_resources(topic, matter, out));
    }
    if let Some(today) = today.filter(|_| wanted.has(Code::StaleUpdated)) {
        let dated = each.iter().filter_map(|(topic, matter)| Some((topic, matter.updated.as_ref()?)));
        dated.for_each(|(topic, updated)| stale(topic, updated, today, out));
    }
    if wanted.has(Code::SimilarTitle) {
        similar_titles(&each, documents, out);
    }
    if wanted.has(Code::IsolatedTopic) {
        isolated(site, documents, out);
    }
}

fn duplicate_resources(topic: &Topic, matter: &TopicMatter, out: &mut Diagnostics) {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for url in matter.resources.iter().filter_map(|resource| resource.url.as_ref()) {
        match seen.get(&same_address(&url.value)) {
            None => drop(seen.insert(same_address(&url.value), url.span)),
            Some(first) => {
                let message = format!("`{}` lists the resource `{}` twice", topic.id, url.value);
                let report = Diagnostic::new(Code::DuplicateResource, url.span, message).label("again");
                out.push(report.related(*first, "first").help("remove one of the two"));
            }
        }
    }
}

/// An address without what makes no difference: the scheme, the case of the host, a final `/`.
fn same_address(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    format!("{}{}", host.to_lowercase(), path.trim_end_matches('/'))
}

fn stale(topic: &Topic, updated: &Spanned<Date>, today: Date, out: &mut Diagnostics) {
    let (day, id) = (updated.value, &topic.id);
    let limit = today.checked_sub(jiff::Span::new().years(YEARS_FRESH)).unwrap_or(Date::MIN);
    let (message, help) = if day > today {
        (format!("`{id}` was updated on {day}, which is still to come"), "write the day of the last change")
    } else if day < limit {
        let message = format!("`{id}` was last updated on {day}, more than {YEARS_FRESH} years ago");
        (message, "look through it, and set `updated` to the day when you did")
    } else {
        return;
    };
    out.push(Diagnostic::new(Code::StaleUpdated, updated.span, message).help(help));
}

/// Titles that come to the same words, or to words one letter apart. Two titles one letter apart are equal once each has
/// lost one letter, so a table of titles that have lost one finds them without comparing each with each.
fn similar_titles(topics: &[(&Topic, &TopicMatter)], documents: &[Arc<Document>], out: &mut Diagnostics) {
    let keys: Vec<String> = topics.iter().map(|(_, matter)| title_key(&matter.title)).collect();
    let mut table: BTreeMap<String, usize> = BTreeMap::new();
    for (at, key) in keys.iter().enumerate().filter(|(_, key)| !key.is_empty()) {
        let variants = with_one_letter_less(key);
        let near = variants.iter().filter_map(|variant| table.get(variant)).copied();
        let twin = near.filter(|other| is_alike(&keys[*other], key)).min();
        if let Some(twin) = twin {
            let (own, other) = (&topics[at], &topics[twin]);
            let message = format!(
                "the topics `{}` and `{}` have nearly the same title: “{}” and “{}”",
                own.0.id, other.0.id, own.1.title, other.1.title
            );
            let place = |topic: &Topic| Span::start_of(documents[topic.document.0].file);
            let report = Diagnostic::new(Code::SimilarTitle, place(own.0), message);
            let report = report.related(place(other.0), format!("“{}”", other.1.title));
            out.push(report.help("make one topic of them, or tell them apart by their titles"));
        }
        for variant in variants {
            table.entry(variant).or_insert(at);
        }
    }
}

/// The words that tell a title apart, in one order, without plural endings.
fn title_key(title: &str) -> String {
    let lower = title.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric() && !"+#".contains(c));
    let mut words: Vec<&str> = words.filter(|word| !word.is_empty() && !SMALL_WORDS.contains(word)).collect();
    for word in words.iter_mut().filter(|word| word.len() > 3) {
        *word = word.strip_suffix('s').unwrap_or(word);
    }
    words.sort_unstable();
    words.join(" ")
}

/// A key, and where it is long enough each key that it becomes by losing one letter that is no digit.
fn with_one_letter_less(key: &str) -> BTreeSet<String> {
    let mut variants = BTreeSet::from([key.to_owned()]);
    if key.chars().count() >= LEAST_LETTERS {
        let letters = key.char_indices().filter(|(_, c)| c.is_alphabetic());
        variants.extend(letters.map(|(at, c)| format!("{}{}", &key[..at], &key[at + c.len_utf8()..])));
    }
    variants
}

fn is_alike(a: &str, b: &str) -> bool {
    let digits = |key: &str| key.chars().filter(char::is_ascii_digit).collect::<String>();
    let is_long = a.chars().count().min(b.chars().count()) >= LEAST_LETTERS;
    a == b || is_long && digits(a) == digits(b) && strsim::osa_distance(a, b) <= 1
}

fn isolated(site: &Roadmaps, documents: &[Arc<Document>], out: &mut Diagnostics) {
    let tied = tied(site);
    for (ix, topic) in site.topics.iter().enumerate().filter(|(ix, _)| !tied.contains(&TopicIx(*ix))) {
        let document = &documents[topic.document.0];
        // What it says of itself is not known, or misspelt.
        if document.faulty || site.topics.len() == 1 {
            continue;
        }
        let message = format!("nothing leads to the topic `{}`, and it leads nowhere", site.topic(TopicIx(ix)).id);
        let report = Diagnostic::new(Code::IsolatedTopic, Span::start_of(document.file), message);
        let report = report.note("its place in the order is an accident");
        out.push(report.help("add what it needs under `requires`, or name it where it is needed"));
    }
}

/// The topics that are tied to another one, on any road.
fn tied(site: &Roadmaps) -> BTreeSet<TopicIx> {
    let mut tied = BTreeSet::new();
    for (ix, topic) in site.topics.iter().enumerate() {
        let others: Vec<TopicIx> = topic.related.iter().copied().chain(topic.part_of).collect();
        tied.extend(others.first().map(|_| TopicIx(ix)));
        tied.extend(others);
        tied.extend(topic.requires.first().map(|_| TopicIx(ix)));
        tied.extend(topic.requires.iter().flat_map(|requirement| &requirement.targets).filter_map(as_topic));
    }
    for roadmap in &site.roadmaps {
        for placement in &roadmap.placements {
            let mut any = !placement.for_options.is_empty();
            tied.extend(&placement.for_options);
            for target in requirements(site, placement).flat_map(|requirement| &requirement.targets) {
                any = true;
                tied.extend(as_topic(target));
            }
            if let Some(parent) = placement.part_of {
                any = true;
                tied.insert(roadmap.placement(parent).topic);
            }
            tied.extend(any.then_some(placement.topic));
        }
        let options = roadmap.choices.iter().flat_map(|choice| &choice.of);
        tied.extend(options.map(|ix| roadmap.placement(*ix).topic));
    }
    tied
}

fn as_topic(target: &Spanned<Target>) -> Option<TopicIx> {
    match &target.value {
        Target::Topic(topic) => Some(*topic),
        Target::Choice(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_alike_but_for_what_makes_no_difference() {
        let alike = |a: &str, b: &str| is_alike(&title_key(a), &title_key(b));
        assert!(alike("HTTP caching", "Caching in HTTP"));
        assert!(alike("Data structures", "Data-Structure"));
        assert!(alike("Kubernetes", "Kubernets"));
        assert!(!alike("HTTP/2", "HTTP/3"));
        assert!(!alike("SSH", "SSL"));
        assert!(!alike("C", "C++"));
    }

    #[test]
    fn addresses_are_the_same_but_for_what_makes_no_difference() {
        assert_eq!(same_address("http://Example.org"), same_address("https://example.org/"));
        assert_ne!(same_address("https://example.org/a"), same_address("https://example.org/A"));
        assert_ne!(same_address("https://example.org/#a"), same_address("https://example.org/#b"));
    }
}
