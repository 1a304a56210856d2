//! What can be found: roadmaps, their stages, topics and plain pages, each with its names, places and texts.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::Corpus;
use crate::document::{Document, Matter};
use crate::markdown;
use crate::roadmap::{DocumentIx, TopicIx};
use crate::source::Key;

/// The weight of a word in the running text. Weights are whole numbers, so that their sums do not depend on the order.
pub const ONE: u16 = 10;

/// A text, and how much a word in it counts.
pub struct Passage<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// The weight of each of its words: [`ONE`] in the running text.
    pub weight: u32,
}

/// Something that can be found.
pub struct Entry<'a> {
    /// Its id, from which its URL follows.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its summary; may be empty.
    pub summary: &'a str,
    /// Names that it had: the last parts of its old URLs.
    pub names: Vec<&'a str>,
    /// Its tags, as their authors write them.
    pub tags: Vec<&'a str>,
    /// The stages that it lies in, counted over all roadmaps.
    pub places: Vec<usize>,
    /// Its document; derived stages have none.
    document: Option<&'a Document>,
}

/// Everything that can be found: roadmaps, stages, topics (as they lie on the roads) and plain pages.
pub fn entries<'a>(corpus: &Corpus<'a>) -> Vec<Entry<'a>> {
    let all = corpus.roadmaps;
    let mut entries: Vec<Entry> =
        all.roadmaps.iter().map(|roadmap| corpus.entry(&roadmap.id, roadmap.document)).collect();
    for stage in all.roadmaps.iter().flat_map(|roadmap| &roadmap.stages) {
        entries.push(match stage.document {
            Some(document) => Entry { title: &stage.title, ..corpus.entry(&stage.id, document) },
            None => Entry::bare(&stage.id, &stage.title),
        });
    }
    let places = places(corpus);
    for topic in topics(&places) {
        let own = &all.topics[topic];
        entries.push(Entry { places: places[topic].clone(), ..corpus.entry(&own.id, own.document) });
    }
    entries.extend(all.pages.iter().map(|page| corpus.entry(&page.name, page.document)));
    entries
}

/// By topic: the stages that it lies in.
fn places(corpus: &Corpus) -> Vec<Vec<usize>> {
    let mut places = vec![Vec::new(); corpus.roadmaps.topics.len()];
    let mut first = 0;
    for roadmap in &corpus.roadmaps.roadmaps {
        for placement in &roadmap.placements {
            let TopicIx(topic) = placement.topic;
            places[topic].push(first + placement.stage);
        }
        first += roadmap.stages.len();
    }
    places
}

/// The topics by their first place, those without one last: neighbours share words, and so compress well.
fn topics(places: &[Vec<usize>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by_key(|topic| places[*topic].first().copied().unwrap_or(usize::MAX));
    order
}

impl<'a> Corpus<'a> {
    fn entry(&self, id: &'a str, DocumentIx(at): DocumentIx) -> Entry<'a> {
        let document = &self.documents[at];
        let (title, tags) = match &document.matter {
            Matter::Home(page) | Matter::Page(page) => (page.title.as_deref().unwrap_or(id), [].as_slice()),
            Matter::Topic(topic) => (topic.title.as_str(), topic.tags.as_slice()),
            Matter::Stage(stage) => (stage.title.as_str(), [].as_slice()),
            Matter::Roadmap(roadmap) => (roadmap.title.as_str(), roadmap.tags.as_slice()),
        };
        let names = document.aliases().iter().filter_map(|alias| last_part(&alias.value));
        Entry {
            summary: document.summary().unwrap_or(""),
            names: names.filter(|name| *name != id).collect(),
            tags: tags.iter().map(|tag| tag.value.as_str()).collect::<BTreeSet<_>>().into_iter().collect(),
            document: Some(document),
            ..Entry::bare(id, title)
        }
    }

    /// What the passages of an entry follow from: its text and its id.
    pub fn key(&self, entry: &Entry) -> Key {
        let mut key = blake3::Hasher::new();
        key.update(entry.id.as_bytes());
        match entry.document {
            Some(document) => key.update(&[0]).update(&self.sources.get(document.file).key()),
            None => &mut key,
        };
        *key.finalize().as_bytes()
    }

    /// The texts of an entry for the full text: all but its title and its tags, which are searched at once.
    pub fn passages(&self, entry: &Entry<'a>) -> Vec<Passage<'a>> {
        let one = u32::from(ONE);
        let plain = |text: &'a str, weight| Passage { text: text.into(), weight };
        let mut passages = vec![plain(entry.summary, 3 * one), plain(entry.id, 3 * one)];
        passages.extend(entry.names.iter().map(|name| plain(name, 3 * one)));
        let Some(document) = entry.document else { return passages };
        let body = markdown::passages(&self.sources.get(document.file).text[document.body.clone()]);
        for (text, weight) in [(body.headings, 2 * one), (body.prose, one), (body.code, one * 3 / 10)] {
            passages.push(Passage { text: text.into(), weight });
        }
        passages.extend(lists(&document.matter).into_iter().map(|text| plain(text, one)));
        passages
    }
}

/// What the front matter tells readers beside title and summary.
fn lists(matter: &Matter) -> Vec<&str> {
    let Matter::Topic(topic) = matter else { return Vec::new() };
    let outcomes = topic.outcomes.iter().map(String::as_str);
    let resources = topic.resources.iter().map(|resource| resource.title.as_str());
    let projects = topic.projects.of.iter().map(|project| project.title.as_str());
    outcomes.chain(resources).chain(projects).collect()
}

impl<'a> Entry<'a> {
    fn bare(id: &'a str, title: &'a str) -> Self {
        Entry { id, title, summary: "", names: vec![], tags: vec![], places: vec![], document: None }
    }
}

/// The last part of a path: `old` of `/topics/old/`.
fn last_part(path: &str) -> Option<&str> {
    let path = path.trim_end_matches("index.html").trim_end_matches('/').trim_end_matches(".html");
    path.rsplit('/').next().filter(|part| !part.is_empty())
}
