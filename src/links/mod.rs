//! Where the links of a Markdown text lead.
//!
//! In: all documents with their outlines, the resolved roadmaps, the names of the other files. Out: for each
//! link the path of a page, a file to publish beside the page, an address elsewhere, or the reason why it
//! leads nowhere. [`check`] reports those reasons; rendering asks [`Links::target`] the same question.

mod check;
pub mod external;
mod style;

pub use check::{Checks, check, check_document};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::document::place::split;
use crate::document::{Document, Matter};
use crate::markdown::{Link, LinkKind, is_active_scheme};
use crate::roadmap::{DocumentIx, Roadmaps};
use crate::urls::path;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A page of the site, perhaps with an `#anchor`; with the title of a topic for an empty wiki link.
    Page {
        /// Path below the base URL.
        path: String,
        /// The topic's title.
        title: Option<String>,
    },
    /// A place on the same page.
    Here(String),
    /// A file of `content/` that is published beside the page.
    Asset(Asset),
    /// An address outside the site, or with another scheme.
    Elsewhere(String),
}

/// A file published beside a page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asset {
    /// Path below `content/`.
    pub source: String,
    /// Path below the base URL.
    pub path: String,
}

/// Why a link leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// It would run code in the reader's browser.
    Active,
    /// Nothing has this id.
    NoTopic(String),
    /// No such file; with the nearest that there is.
    NoFile(String),
    /// No such page.
    NoPage(String),
    /// The page has no such anchor.
    NoAnchor {
        /// What was asked for.
        anchor: String,
        /// The document that lacks it.
        document: DocumentIx,
    },
    /// The page is a draft.
    Draft(String),
    /// It leads out of the site's folder.
    Outside,
    /// A web address that names no host.
    NoHost,
}

/// Everything a link can lead to, by name.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Documents by their path below `content/`.
    by_path: BTreeMap<String, DocumentIx>,
    /// The page of each published document.
    pages: BTreeMap<DocumentIx, String>,
    /// The document of each page.
    by_page: BTreeMap<String, DocumentIx>,
    /// Files of `content/` that are no documents.
    assets: BTreeSet<String>,
    /// Paths of everything else that is published, for links that begin with `/`.
    others: BTreeSet<String>,
}

impl Table {
    /// Gathers what can be linked to. `paths` are those of the documents, below `content/`.
    pub fn new(paths: Vec<String>, site: &Roadmaps, assets: BTreeSet<String>, others: BTreeSet<String>) -> Self {
        let by_path = paths.into_iter().enumerate().map(|(ix, path)| (path, DocumentIx(ix))).collect();
        let pages = pages(site);
        let by_page = pages.iter().map(|(document, page)| (page.clone(), *document)).collect();
        Table { by_path, pages, by_page, assets, others }
    }

    /// The document of a page.
    pub fn document_of(&self, page: &str) -> Option<DocumentIx> {
        self.by_page.get(page).copied()
    }
}

/// The table, with what stands behind its names.
#[derive(Clone, Copy)]
pub struct Links<'a> {
    /// The documents.
    pub documents: &'a [Arc<Document>],
    /// The resolved roadmaps.
    pub site: &'a Roadmaps,
    /// The names.
    pub table: &'a Table,
}

impl<'a> Links<'a> {
    /// The page of a document; drafts and broken duplicates have none.
    pub fn page_of(&self, document: DocumentIx) -> Option<&'a str> {
        self.table.pages.get(&document).map(String::as_str)
    }

    /// Where a link in this document leads.
    ///
    /// # Errors
    /// The reason why it leads nowhere.
    pub fn target(&self, from: DocumentIx, link: &Link) -> Result<Target, Broken> {
        let destination = link.destination.trim();
        if is_active_scheme(destination, link.kind == LinkKind::Image) {
            return Err(Broken::Active);
        }
        if link.kind == LinkKind::Wiki {
            return self.wiki(from, destination);
        }
        if ["http://", "https://", "//"].iter().any(|start| destination.strip_prefix(start).is_some_and(has_no_host)) {
            return Err(Broken::NoHost);
        }
        if has_scheme(destination) || destination.starts_with("//") {
            return Ok(Target::Elsewhere(destination.to_owned()));
        }
        let (path, anchor) = cut(destination, '#');
        let (path, _query) = cut(path, '?');
        let path = percent_decode(path);
        if path.is_empty() {
            return self.here(from, anchor.unwrap_or(""));
        }
        if path.starts_with('/') {
            return self.absolute(&path, anchor);
        }
        let folder = &self.documents[from.0].place.folder;
        let full = join(folder, &path).ok_or(Broken::Outside)?;
        match self.document_at(&full) {
            Some(document) => self.page(document, anchor, None),
            None if self.table.assets.contains(&full) => Ok(Target::Asset(self.asset(from, full))),
            None => Err(Broken::NoFile(full)),
        }
    }

    fn wiki(&self, from: DocumentIx, destination: &str) -> Result<Target, Broken> {
        let (id, anchor) = cut(destination, '#');
        if id.is_empty() {
            return self.here(from, anchor.unwrap_or(""));
        }
        let Some(topic) = self.site.find(id) else {
            let is_draft = |ix: &&DocumentIx| match &self.documents[ix.0].matter {
                Matter::Topic(topic) => {
                    topic.id.as_ref().map_or(&self.documents[ix.0].place.name, |id| &id.value) == id
                }
                _ => false,
            };
            return Err(match self.site.drafts.iter().find(is_draft) {
                Some(_) => Broken::Draft(id.to_owned()),
                None => Broken::NoTopic(id.to_owned()),
            });
        };
        let document = self.site.topic(topic).document;
        let title = match &self.documents[document.0].matter {
            Matter::Topic(matter) => matter.title.clone(),
            _ => id.to_owned(),
        };
        self.page(document, anchor, Some(title))
    }

    fn here(&self, from: DocumentIx, anchor: &str) -> Result<Target, Broken> {
        if anchor.is_empty() || self.has_anchor(from, anchor) {
            return Ok(Target::Here(format!("#{anchor}")));
        }
        Err(Broken::NoAnchor { anchor: anchor.to_owned(), document: from })
    }

    fn page(&self, document: DocumentIx, anchor: Option<&str>, title: Option<String>) -> Result<Target, Broken> {
        let Some(page) = self.page_of(document) else {
            if self.site.drafts.contains(&document) {
                return Err(Broken::Draft(self.documents[document.0].place.name.clone()));
            }
            // Its id is taken by another file, which has been reported.
            return Ok(Target::Here("#".into()));
        };
        match anchor.filter(|anchor| !anchor.is_empty()) {
            None => Ok(Target::Page { path: page.to_owned(), title }),
            Some(anchor) if self.has_anchor(document, anchor) => {
                Ok(Target::Page { path: format!("{page}#{anchor}"), title })
            }
            Some(anchor) => Err(Broken::NoAnchor { anchor: anchor.to_owned(), document }),
        }
    }

    fn has_anchor(&self, document: DocumentIx, anchor: &str) -> bool {
        let anchor = percent_decode(anchor);
        let document = &self.documents[document.0];
        document.broken || document.outline.anchors.contains(&anchor)
    }

    /// A link from the root of the site.
    fn absolute(&self, path: &str, anchor: Option<&str>) -> Result<Target, Broken> {
        let slashed = format!("{}/", path.trim_end_matches('/'));
        if let Some(document) = self.table.by_page.get(&slashed) {
            return self.page(*document, anchor, None);
        }
        let known = [path, &slashed].into_iter().find(|path| self.table.others.contains(*path));
        let anchor = anchor.map_or_else(String::new, |anchor| format!("#{anchor}"));
        match known {
            Some(path) => Ok(Target::Page { path: format!("{path}{anchor}"), title: None }),
            None => Err(Broken::NoPage(path.to_owned())),
        }
    }

    /// The document at a path below `content/`: a file, or a folder's `_index.md` or `index.md`.
    fn document_at(&self, full: &str) -> Option<DocumentIx> {
        let folder = full.trim_end_matches('/');
        let candidates = [full.to_owned(), format!("{folder}/_index.md"), format!("{folder}/index.md")];
        candidates.iter().find_map(|path| self.table.by_path.get(path.as_str()).copied())
    }

    /// A file keeps its path below the document's own folder; one from elsewhere keeps its name.
    fn asset(&self, from: DocumentIx, source: String) -> Asset {
        let folder = &self.documents[from.0].place.folder;
        let inside = source.strip_prefix(folder.as_str()).and_then(|rest| rest.strip_prefix('/'));
        let below = match inside {
            Some(rest) if self.owns_folder(from) => rest,
            _ => split(&source).1,
        };
        let page = self.page_of(from).unwrap_or("/");
        Asset { path: format!("{page}{below}"), source: source.clone() }
    }

    fn owns_folder(&self, document: DocumentIx) -> bool {
        let place = &self.documents[document.0].place;
        split(&place.folder).1 == place.name
    }

    /// What lies near a path that leads nowhere, for suggestions.
    fn paths(&self) -> impl Iterator<Item = &'a str> {
        self.table.by_path.keys().chain(&self.table.assets).map(String::as_str)
    }
}

/// The page of every published document.
fn pages(site: &Roadmaps) -> BTreeMap<DocumentIx, String> {
    let mut pages = BTreeMap::new();
    pages.extend(site.home.map(|ix| (ix, path::HOME.to_owned())));
    pages.extend(site.pages.iter().map(|page| (page.document, path::page(&page.name))));
    pages.extend(site.topics.iter().map(|topic| (topic.document, path::topic(&topic.id))));
    for roadmap in &site.roadmaps {
        pages.insert(roadmap.document, path::roadmap(&roadmap.id));
        let stages = roadmap.stages.iter();
        pages.extend(stages.filter_map(|stage| Some((stage.document?, path::stage(&roadmap.id, &stage.id)))));
    }
    pages
}

/// `folder` and `path` put together; `None` when that leads above `content/`.
fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn cut(text: &str, at: char) -> (&str, Option<&str>) {
    text.split_once(at).map_or((text, None), |(before, after)| (before, Some(after)))
}

/// Whether a destination begins with `scheme:` (RFC 3986, section 3.1).
fn has_scheme(destination: &str) -> bool {
    destination.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

fn has_no_host(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(['/', '?', '#'])
}

/// `%20` and the like, where they make valid text.
fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = |byte: u8| char::from(byte).to_digit(16);
        match (first, tail) {
            (b'%', [a, b, after @ ..]) if hex(*a).is_some() && hex(*b).is_some() => {
                bytes.push((hex(*a).unwrap_or(0) * 16 + hex(*b).unwrap_or(0)) as u8);
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
