//! All that can be found → the index that the search page reads, in two tiers.
//!
//! * In: the documents, the resolved roadmaps and the texts; no HTML.
//! * Out: [`Index`]: the names of everything, which a browser loads as a whole and searches at once; the summaries,
//!   and the full text as an inverted index, in files of which a query needs few.
//! * Refuses to: know URLs beyond ids, or rank. Scores for words within a text are made here, since they need all
//!   texts; the rest is the browser's (`static/search-index.js` of the default theme).
//!
//! How much of it a browser loads is what it is made for: at 10,000 topics at most 100 KB of names and summaries before
//! the first result, and 300 KB for a query in the full text, compressed.

mod entries;
mod names;
mod tally;
mod text;
pub mod words;

use std::sync::Arc;

use crate::document::Document;
use crate::roadmap::Roadmaps;
use crate::source::Sources;
use tally::Countable;

pub use names::{Details, Names};
pub use tally::Tallies;
pub use text::Chunk;

/// What is indexed.
#[derive(Clone, Copy)]
pub struct Corpus<'a> {
    /// The documents.
    pub documents: &'a [Arc<Document>],
    /// The resolved roadmaps.
    pub roadmaps: &'a Roadmaps,
    /// The texts.
    pub sources: &'a Sources,
}

/// How many files of each kind there are, beside the names. Known before the index is made, since a check lists the
/// files of a site and does not want their contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Files {
    /// Files of details; none where they are small enough to stand with the names.
    pub details: usize,
    /// Files of full text.
    pub text: usize,
}

/// The whole index, ready to be written.
pub struct Index {
    /// The first tier.
    pub names: Names,
    /// Summaries and places, where the names do not hold them.
    pub details: Vec<Details>,
    /// The second tier.
    pub text: Vec<Chunk>,
    /// The counted words, for the next index.
    pub tallies: Arc<Tallies>,
}

/// The files that the index of this corpus has.
pub fn files(corpus: &Corpus) -> Files {
    let bytes = corpus.documents.iter().map(|document| document.body.len()).sum();
    let summaries = corpus.documents.iter().filter_map(|document| document.summary()).map(str::len).sum();
    let stages: usize = corpus.roadmaps.roadmaps.iter().map(|roadmap| roadmap.stages.len()).sum();
    let entries = corpus.roadmaps.roadmaps.len() + stages + corpus.roadmaps.topics.len() + corpus.roadmaps.pages.len();
    Files { details: names::blocks(entries, summaries), text: text::chunks(bytes) }
}

/// Makes the index. What is known of texts from the last time is taken over; the index is the same without.
pub fn index(corpus: &Corpus, known: &Tallies) -> Index {
    let files = files(corpus);
    let entries = entries::entries(corpus);
    let countable = |entry| Countable { key: corpus.key(entry), passages: || corpus.passages(entry) };
    let tallies = Tallies::count(entries.iter().map(countable), known);
    let text = text::index(&tallies, files.text);
    let (names, details) = names::names(corpus.roadmaps, &entries, files.details, text.firsts);
    Index { names, details, text: text.chunks, tallies: Arc::new(tallies) }
}
