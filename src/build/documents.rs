//! Reads the documents of a folder: each by itself, in parallel, and only those that are not remembered.

use std::sync::Arc;

use rayon::prelude::*;

use super::learnt::Outlines;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::place::{Found, Layout, Place};
use crate::document::{self, Document};
use crate::markdown::{self, Outline};
use crate::source::{FileId, Folder, Sources, Span};

/// Documents as they were read, and from what.
#[derive(Clone, Default)]
pub(super) struct Read {
    /// The documents, in the order of their files.
    pub documents: Vec<Arc<Document>>,
    /// Their paths below `content/`.
    pub paths: Vec<String>,
    /// What was found in each.
    pub found: Vec<Diagnostics>,
    /// What was found about their places.
    pub misplaced: Diagnostics,
}

/// What the last reading left.
#[derive(Clone, Copy)]
pub(super) struct Memory<'a> {
    /// What was read.
    pub read: &'a Read,
    /// The texts that it was read from.
    pub sources: &'a Sources,
    /// How Markdown was read.
    pub options: &'a markdown::Options,
}

impl Memory<'_> {
    /// The document of this file, if nothing that it was made from has changed.
    fn recall(&self, file: FileId, place: &Place, sources: &Sources) -> Option<(Arc<Document>, Diagnostics)> {
        let at = self.read.documents.binary_search_by_key(&file, |document| document.file).ok()?;
        let document = &self.read.documents[at];
        let (old, new) = (self.sources.get(file), sources.get(file));
        let is_same =
            old.path == new.path && old.text == new.text && old.unread == new.unread && document.place == *place;
        is_same.then(|| (Arc::clone(document), self.read.found[at].clone()))
    }
}

/// Reads every document of a folder; a file beside an `index.md` is one of the folder's assets.
pub(super) fn read(
    folder: &mut Folder,
    options: &markdown::Options,
    (memory, outlines): (Option<Memory>, Option<Outlines>),
) -> Read {
    let below = |file| {
        let path: &str = &folder.sources.get(file).path;
        path.strip_prefix("content/").unwrap_or(path).to_owned()
    };
    let all: Vec<_> = folder.content.iter().map(|file| (*file, below(*file))).collect();
    let layout = Layout::new(all.iter().map(|(_, path)| path.as_str()));
    let mut places = Vec::new();
    let mut misplaced = Diagnostics::default();
    for (file, path) in all {
        match layout.find(&path) {
            Found::Document(place) => places.push((file, path, place)),
            Found::Asset => {
                folder.assets.insert(path);
            }
            Found::TooDeep => misplaced.push(
                Diagnostic::new(Code::Syntax, Span::start_of(file), "a stage cannot hold another stage")
                    .help("move this folder beside the stage's, or remove its `_index.md`"),
            ),
        }
    }
    let sources = &folder.sources;
    let memory = memory.filter(|memory| memory.options == options);
    let read = |(file, _, place): &(FileId, String, Place)| {
        let known = memory.and_then(|memory| memory.recall(*file, place, sources));
        known.unwrap_or_else(|| {
            let known = outlines.as_ref().and_then(|outlines| outlines.of(sources.get(*file)));
            one(*file, sources, place.clone(), |text| known.unwrap_or_else(|| markdown::outline(text, options)))
        })
    };
    let (documents, found) = places.par_iter().map(read).unzip();
    Read { documents, found, misplaced, paths: places.into_iter().map(|(_, path, _)| path).collect() }
}

/// Reads one document; `outline` reads its Markdown.
pub(super) fn one(
    file: FileId,
    sources: &Sources,
    place: Place,
    outline: impl FnOnce(&str) -> Outline,
) -> (Arc<Document>, Diagnostics) {
    let mut out = Diagnostics::default();
    let document = document::read(file, sources.get(file), place, outline, &mut out);
    (Arc::new(document), out)
}
