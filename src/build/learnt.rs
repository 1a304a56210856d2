//! What was learnt of single texts, for the next build: their outlines and the counts of their words. Both follow from a
//! text alone, so each is kept under the key of its text, and a build that knows it does less and makes the same.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use serde::Serialize;

use super::Compiled;
use crate::markdown::{self, Outline};
use crate::search::Tallies;
use crate::source::{Key, Source};

/// One text in so many may be new before what was learnt is worth keeping anew.
const FEW: usize = 16;

/// What is known of texts. A copy shares it all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Learnt {
    /// What outlines depend on beside their text.
    context: Key,
    /// By the key of a text: its outline, as bytes, since few of them need be read at once.
    outlines: Arc<BTreeMap<Key, Vec<u8>>>,
    /// The words of all of them.
    tallies: Arc<Tallies>,
}

impl Learnt {
    /// Reads what [`Learnt::write`] wrote; `None` for anything else.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let ((context, count), mut rest): ((Key, u32), _) = postcard::take_from_bytes(bytes).ok()?;
        let mut outlines = BTreeMap::new();
        for _ in 0..count {
            let (outline, left): ((Key, &[u8]), _) = postcard::take_from_bytes(rest).ok()?;
            outlines.insert(outline.0, outline.1.to_owned());
            rest = left;
        }
        Some(Learnt { context, outlines: Arc::new(outlines), tallies: postcard::from_bytes(rest).ok()? })
    }

    /// Writes what can be learnt of a site, text by text, so that it need not be there as a whole beside the site.
    ///
    /// # Errors
    /// When `out` refuses.
    pub fn write(compiled: &Compiled, mut out: impl io::Write) -> io::Result<()> {
        let site = &compiled.site;
        put(&(context(&site.markdown), site.documents.len() as u32), &mut out)?;
        for document in &site.documents {
            let outline = postcard::to_allocvec(&document.outline).map_err(io::Error::other)?;
            put(&(site.sources.get(document.file).key(), outline.as_slice()), &mut out)?;
        }
        put(site.known_tallies(), out)
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

fn put(value: &impl Serialize, out: impl io::Write) -> io::Result<()> {
    postcard::to_io(value, out).map(|_| ()).map_err(io::Error::other)
}

fn context(options: &markdown::Options) -> Key {
    let markdown::Options { raw_html, highlight: _, labels } = options;
    *blake3::hash(format!("{raw_html:?} {labels:?}").as_bytes()).as_bytes()
}
