//! What was learnt of single texts, for the next build: their outlines and the counts of their words. Both follow from a
//! text alone, so each is kept under the key of its text, and a build that knows it does less and makes the same.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Compiled;
use crate::document::Document;
use crate::markdown::{self, Outline};
use crate::search::Tallies;
use crate::source::{Key, Source};

/// One text in so many may be new before what was learnt is worth keeping anew.
const FEW: usize = 16;

/// What is known of texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learnt {
    /// What outlines depend on beside their text.
    context: Key,
    /// By the key of a text: its outline, as bytes, since few of them need be read at once.
    outlines: BTreeMap<Key, Vec<u8>>,
    /// The words of all of them.
    tallies: Arc<Tallies>,
}

impl Learnt {
    /// Reads what [`Learnt::bytes`] wrote; `None` for anything else.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }

    /// What can be learnt of a site.
    pub fn of(compiled: &Compiled) -> Self {
        let site = &compiled.site;
        let outline = |document: &Arc<Document>| {
            let bytes = postcard::to_allocvec(&document.outline).ok()?;
            Some((site.sources.get(document.file).key(), bytes))
        };
        let outlines: Vec<_> = site.documents.par_iter().filter_map(outline).collect();
        Learnt {
            context: context(&site.markdown),
            outlines: outlines.into_iter().collect(),
            tallies: Arc::clone(site.known_tallies()),
        }
    }

    /// The form that [`Learnt::read`] reads.
    pub fn bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// Whether so much of a site is unknown, or of what is known is not in the site, that it should be learnt anew.
    pub fn is_stale(&self, compiled: &Compiled) -> bool {
        let site = &compiled.site;
        let texts = site.documents.len();
        let is_known = |key: Key| self.outlines.contains_key(&key);
        let known = site.documents.iter().filter(|document| is_known(site.sources.get(document.file).key())).count();
        let words_are_missing = self.tallies.is_empty() && !site.known_tallies().is_empty();
        let is_few = |count: usize| count * FEW <= texts;
        let others = self.outlines.len() - known.min(self.outlines.len());
        words_are_missing || self.context != context(&site.markdown) || !is_few(texts - known) || !is_few(others)
    }

    /// The counted words.
    pub(super) fn tallies(&self) -> &Arc<Tallies> {
        &self.tallies
    }

    /// The outlines, where they were made in this way.
    pub(super) fn outlines(&self, options: &markdown::Options) -> Option<Outlines<'_>> {
        (self.context == context(options)).then_some(Outlines(&self.outlines))
    }
}

/// Known outlines.
pub(super) struct Outlines<'a>(&'a BTreeMap<Key, Vec<u8>>);

impl Outlines<'_> {
    /// The outline of a text.
    pub(super) fn of(&self, source: &Source) -> Option<Outline> {
        postcard::from_bytes(self.0.get(&source.key())?).ok()
    }
}

fn context(options: &markdown::Options) -> Key {
    let markdown::Options { raw_html, highlight: _, labels } = options;
    *blake3::hash(format!("{raw_html:?} {labels:?}").as_bytes()).as_bytes()
}
