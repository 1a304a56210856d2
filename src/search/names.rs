//! The names of everything: what is searched at the first key. Columns rather than records, as they compress better.

use std::collections::BTreeMap;

use serde::Serialize;

use super::entries::Entry;
use crate::roadmap::{Roadmap, Roadmaps};

/// How many entries share a file of details: about what the results of one query are worth loading for.
const BLOCK: usize = 32;
/// Summaries of no more bytes than this stand with the names, where they are searched at once too.
const INLINE: usize = 128 * 1024;

/// How many files of details so many entries with so many bytes of summaries need.
pub fn blocks(entries: usize, summaries: usize) -> usize {
    if summaries > INLINE { entries.div_ceil(BLOCK) } else { 0 }
}

/// The first tier, format 1. Entries are counted over roadmaps, their stages, topics and pages, in this order.
#[derive(Clone, Debug, Serialize)]
pub struct Names {
    format: u32,
    /// The roadmaps.
    roads: Vec<Road>,
    /// The titles of the topics, by their first place on the roads.
    topics: Vec<String>,
    /// The titles of the plain pages.
    pages: Vec<String>,
    /// The tags.
    tags: Vec<String>,
    /// By entry, parted by commas: its tags, as places in `tags`, parted by blanks.
    tagged: String,
    /// How many entries share a file of details; 0 when they are all in `details`.
    block: usize,
    /// All details, when they are few.
    details: Option<Details>,
    /// The first word of each file of full text.
    text: Vec<String>,
}

/// Title and id of a roadmap, and the titles of its stages.
#[derive(Clone, Debug, Serialize)]
struct Road(String, String, Vec<String>);

/// What is shown of entries beside their titles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Details {
    /// Their ids.
    ids: Vec<String>,
    /// Their former names, parted by blanks.
    names: Vec<String>,
    /// Their summaries.
    summaries: Vec<String>,
    /// The stages that they lie in, counted over all roadmaps, parted by blanks.
    places: Vec<String>,
}

/// The names, and the files of details.
pub fn names(site: &Roadmaps, entries: &[Entry], blocks: usize, text: Vec<String>) -> (Names, Vec<Details>) {
    let mut all = entries.iter().map(|entry| entry.title.to_owned());
    let road = |(roadmap, title): (&Roadmap, String)| Road(title, roadmap.id.clone(), Vec::new());
    let mut roads: Vec<Road> = site.roadmaps.iter().zip(all.by_ref()).map(road).collect();
    for (road, roadmap) in roads.iter_mut().zip(&site.roadmaps) {
        road.2.extend(all.by_ref().take(roadmap.stages.len()));
    }
    let topics = all.by_ref().take(site.topics.len()).collect();
    let (tags, tagged) = tagged(entries);
    let details = |entries: &[Entry]| entries.iter().fold(Details::default(), Details::with);
    let names = Names {
        format: 1,
        roads,
        topics,
        pages: all.collect(),
        tags,
        tagged,
        block: if blocks == 0 { 0 } else { BLOCK },
        details: (blocks == 0).then(|| details(entries)),
        text,
    };
    (names, if blocks == 0 { Vec::new() } else { entries.chunks(BLOCK).map(details).collect() })
}

fn tagged(entries: &[Entry]) -> (Vec<String>, String) {
    let mut places: BTreeMap<&str, usize> = entries.iter().flat_map(|entry| &entry.tags).map(|tag| (*tag, 0)).collect();
    for (at, place) in places.values_mut().enumerate() {
        *place = at;
    }
    let tagged: Vec<String> = entries.iter().map(|entry| list(entry.tags.iter().map(|tag| places[tag]))).collect();
    (places.into_keys().map(str::to_owned).collect(), tagged.join(","))
}

fn list(numbers: impl Iterator<Item = usize>) -> String {
    numbers.map(|n| n.to_string()).collect::<Vec<_>>().join(" ")
}

impl Details {
    fn with(mut self, entry: &Entry) -> Self {
        self.ids.push(entry.id.to_owned());
        self.names.push(entry.names.join(" "));
        self.summaries.push(entry.summary.to_owned());
        self.places.push(list(entry.places.iter().copied()));
        self
    }
}
