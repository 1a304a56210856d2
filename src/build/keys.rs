//! What each file of a site depends on, as a key: equal keys make equal files.
//!
//! In: a compiled site. Out: a key for each file that is made and not copied. Where two sites differ in nothing but the
//! bodies of texts, the files that show none of the changed bodies have the same keys. So the key of a page is made of
//! everything but bodies, and of the texts whose bodies it shows.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Options;
use crate::roadmap::DocumentIx;
use crate::site::Site;
use crate::site::pages::{Output, Page, document_of};
use crate::source::{FileId, Folder, Key, Sources};
use crate::theme::StaticContent;

/// The keys of one site.
pub struct Keys<'a> {
    site: &'a Site,
    /// Everything but the bodies of texts.
    frame: Key,
    /// Of all texts together.
    all: Key,
}

impl<'a> Keys<'a> {
    /// The keys of a site. `program` tells one build of roadbook from another: what it makes of the same site may differ.
    pub fn new(site: &'a Site, options: &Options, program: &str) -> Self {
        let texts = hashed(&site.sources);
        let mut all = blake3::Hasher::new();
        for document in &site.documents {
            all.update(&texts.get(document.file).key());
        }
        Keys { site, frame: frame(site, options, program), all: *all.finalize().as_bytes() }
    }

    /// The key of a file; `None` for copies, whose bytes are compared.
    pub fn of(&self, output: &Output) -> Option<Key> {
        let mut key = blake3::Hasher::new();
        key.update(&self.frame).update(output.path.as_bytes());
        match &output.page {
            Page::Static(_) | Page::Asset(_) => return None,
            Page::ThemeFile(at) => match &self.site.theme.statics[*at].content {
                StaticContent::Builtin(bytes) => {
                    key.update(bytes);
                }
                StaticContent::Disk(_) => return None,
            },
            Page::PlanIcs(_) => {
                key.update(format!("{:?}", self.site.today).as_bytes());
            }
            Page::Print(at) => self.printed(*at, &mut key),
            Page::SearchIndex | Page::SearchDetails(_) | Page::SearchText(_) => {
                key.update(&self.all);
            }
            page => {
                if let Some(document) = document_of(page, &self.site.roadmaps) {
                    key.update(&self.text(document));
                }
            }
        }
        Some(*key.finalize().as_bytes())
    }

    /// A print page shows the bodies of the roadmap, of its stages and of its topics.
    fn printed(&self, at: usize, key: &mut blake3::Hasher) {
        let roadmap = &self.site.roadmaps.roadmaps[at];
        let stages = roadmap.stages.iter().filter_map(|stage| stage.document);
        let topics = roadmap.placed.keys().map(|topic| self.site.roadmaps.topic(*topic).document);
        for document in stages.chain(topics).chain([roadmap.document]) {
            key.update(&self.text(document));
        }
    }

    /// The key of a document's text.
    fn text(&self, document: DocumentIx) -> Key {
        self.site.sources.get(self.site.document(document).file).key()
    }
}

/// The key of everything that a site is made from, as far as it was read; copies are named only.
pub fn whole(folder: &Folder, options: &Options, program: &str) -> Key {
    let mut key = blake3::Hasher::new();
    let mut add = |bytes: &[u8]| {
        key.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
    };
    add(program.as_bytes());
    add(format!("{options:?}").as_bytes());
    for (_, source) in hashed(&folder.sources).iter() {
        add(source.path.as_bytes());
        add(&source.key());
    }
    for names in [&folder.statics, &folder.theme_files, &folder.assets.iter().cloned().collect()] {
        add(names.join("\n").as_bytes());
    }
    *key.finalize().as_bytes()
}

/// The texts, their keys reckoned by all threads.
fn hashed(texts: &Sources) -> &Sources {
    texts.files().par_iter().for_each(|text| {
        text.key();
    });
    texts
}

/// All that any page may depend on, but for the bodies of texts.
fn frame(site: &Site, options: &Options, program: &str) -> Key {
    let bodies: BTreeMap<FileId, usize> =
        site.documents.iter().map(|document| (document.file, document.body.start)).collect();
    let mut key = blake3::Hasher::new();
    let mut add = |bytes: &[u8]| {
        key.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
    };
    add(program.as_bytes());
    // The day is a matter of calendars alone.
    add(format!("{:?}", Options { today: None, ..options.clone() }).as_bytes());
    for (file, source) in site.sources.iter() {
        let end = bodies.get(&file).copied().unwrap_or(source.text.len());
        add(source.path.as_bytes());
        add(&source.text.as_bytes()[..end]);
    }
    for document in &site.documents {
        add(&[u8::from(document.outline.is_empty)]);
    }
    // Which files there are beside the texts.
    for output in site.outputs.iter() {
        add(output.path.as_bytes());
        add(format!("{:?}", output.page).as_bytes());
    }
    *key.finalize().as_bytes()
}
