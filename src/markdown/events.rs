//! Events: a text becomes the parser's events, put in order for both ends.
//!
//! * In: a Markdown text.
//! * Out: a [`Document`]: its events with their places, footnotes apart from the body, neighbouring texts
//!   joined, bare addresses made links, pictures holding nothing but text.
//! * Refuses to: nest deeper than [`DEEPEST`]; what lies deeper is kept as plain text.

mod reader;
mod run;

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options as Dialect, Parser, Tag, TagEnd};

use self::reader::Reader;
use super::{Link, LinkKind};

/// How deep quotes, lists and emphasis nest. Browsers and sanitisers slow down long before they give up.
pub(super) const DEEPEST: usize = crate::limits::MARKDOWN_DEPTH;

/// An event and its bytes of the text.
#[derive(Debug)]
pub(super) struct Piece<'a> {
    pub(super) event: Event<'a>,
    pub(super) span: Range<usize>,
}

/// One footnote's definition.
#[derive(Debug)]
pub(super) struct Note<'a> {
    pub(super) label: CowStr<'a>,
    pub(super) pieces: Vec<Piece<'a>>,
}

/// A parsed text.
#[derive(Debug, Default)]
pub(super) struct Document<'a> {
    pub(super) body: Vec<Piece<'a>>,
    /// Footnotes in the order of their definitions.
    pub(super) notes: Vec<Note<'a>>,
    /// References that no definition answers: `[text][label]` and `[label][]`.
    pub(super) unanswered: Vec<Unanswered>,
}

impl<'a> Document<'a> {
    /// Body and footnotes, one after the other.
    pub(super) fn parts(&self) -> impl Iterator<Item = &[Piece<'a>]> {
        let notes = self.notes.iter().map(|note| note.pieces.as_slice());
        std::iter::once(self.body.as_slice()).chain(notes)
    }
}

/// A reference without a definition.
#[derive(Debug)]
pub(super) struct Unanswered {
    pub(super) label: String,
    pub(super) span: Range<usize>,
}

/// Parses a text.
pub(super) fn read(text: &str) -> Document<'_> {
    let (document, mangled) = read_with(text, dialect());
    if !mangled {
        return document;
    }
    // The parser takes the fence of a container (`::: note`, which many tools know) for a definition and the
    // paragraph above it for its term. A text that has one is read without definition lists.
    read_with(text, dialect() - Dialect::ENABLE_DEFINITION_LIST).0
}

/// The extensions, one by one: `Options::all()` turns on the old footnotes.
fn dialect() -> Dialect {
    Dialect::ENABLE_TABLES
        | Dialect::ENABLE_FOOTNOTES
        | Dialect::ENABLE_STRIKETHROUGH
        | Dialect::ENABLE_TASKLISTS
        | Dialect::ENABLE_HEADING_ATTRIBUTES
        | Dialect::ENABLE_MATH
        | Dialect::ENABLE_GFM
        | Dialect::ENABLE_DEFINITION_LIST
        | Dialect::ENABLE_WIKILINKS
}

/// The document, and whether a container's fence was taken for a definition.
fn read_with(text: &str, dialect: Dialect) -> (Document<'_>, bool) {
    let mut unanswered = Vec::new();
    let mut note_unanswered = |link: BrokenLink<'_>| {
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
            unanswered.push(Unanswered { label: link.reference.to_string(), span: link.span });
        }
        None
    };
    let parser = Parser::new_with_broken_link_callback(text, dialect, Some(&mut note_unanswered));
    let mut reader = Reader::new(text);
    let mut mangled = false;
    for (event, span) in parser.into_offset_iter() {
        if matches!(event, Event::Start(Tag::DefinitionListDefinition)) {
            mangled |= text[span.start..].trim_start().starts_with("::");
        }
        reader.take(event, span);
    }
    let mut document = reader.finish();
    document.unanswered = unanswered;
    (document, mangled)
}

/// The link that a tag opens, if it opens one.
pub(super) fn link_of(tag: &Tag<'_>, span: &Range<usize>) -> Option<Link> {
    let (kind, link_type, destination) = match tag {
        Tag::Link { link_type, dest_url, .. } => (LinkKind::Link, link_type, dest_url),
        Tag::Image { link_type, dest_url, .. } => (LinkKind::Image, link_type, dest_url),
        _ => return None,
    };
    let (kind, destination) = match (kind, link_type) {
        (LinkKind::Link, LinkType::WikiLink { .. }) => (LinkKind::Wiki, wiki(destination)),
        (_, LinkType::WikiLink { .. }) => (kind, wiki(destination)),
        (_, LinkType::Email) => (kind, format!("mailto:{destination}")),
        _ => (kind, destination.to_string()),
    };
    let span = span.clone();
    Some(Link { kind, destination, span })
}

/// A wiki destination without the backslash that keeps its `|` from ending a table cell, and with single
/// blanks, as it may go over the end of a line.
fn wiki(destination: &str) -> String {
    let name = destination.strip_suffix('\\').unwrap_or(destination);
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether what a tag closes stands on lines of its own.
pub(super) fn is_block(tag: TagEnd) -> bool {
    !matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}
