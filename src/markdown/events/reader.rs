//! The reader: the parser's events put in order as they come.
//!
//! * In: events and their places.
//! * Out: a [`Document`].
//! * Refuses to: let links, pictures or deep nesting hold what HTML cannot have in them.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::super::autolink;
use super::run::Run;
use super::{DEEPEST, Document, Note, Piece, is_block};

/// Puts events in order as they come.
pub(super) struct Reader<'a> {
    text: &'a str,
    /// Where pieces go: the body at the bottom, above it the footnotes that are open.
    open: Vec<Note<'a>>,
    notes: Vec<Note<'a>>,
    run: Run,
    /// Tags that are open.
    depth: usize,
    /// The depth of the tag below which only text is kept, and whether that tag itself is.
    flat: Option<(usize, bool)>,
    /// Open links, in Markdown and as raw HTML, and code blocks: no autolinks in any of them.
    links: usize,
    code: bool,
    raw_link: bool,
    /// Footnote references inside a link or picture; they follow it, as a link cannot hold another.
    pending: Vec<Piece<'a>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let body = Note { label: "".into(), pieces: Vec::new() };
        Self {
            text,
            open: vec![body],
            notes: Vec::new(),
            run: Run::default(),
            depth: 0,
            flat: None,
            links: 0,
            code: false,
            raw_link: false,
            pending: Vec::new(),
        }
    }

    pub(super) fn take(&mut self, event: Event<'a>, span: Range<usize>) {
        match event {
            Event::Text(text) => self.run.push_text(&text, span, self.text),
            Event::Html(html) if self.flat.is_none() => self.run.push_html(&html, span),
            event => {
                self.flush();
                self.take_other(event, span);
            }
        }
    }

    fn take_other(&mut self, event: Event<'a>, span: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::FootnoteReference(_) if self.links > 0 || self.flat.is_some() => {
                self.pending.push(Piece { event, span });
            }
            event if self.flat.is_some() => self.take_flat(event, span),
            Event::InlineHtml(ref html) => {
                self.raw_link = raw_link(html, self.raw_link);
                self.push(event, span);
            }
            event => self.push(event, span),
        }
    }

    /// What is left of an event where only text is kept.
    fn take_flat(&mut self, event: Event<'a>, span: Range<usize>) {
        match event {
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.push(Event::Text(text), span);
            }
            Event::SoftBreak | Event::HardBreak | Event::Rule => self.push(Event::SoftBreak, span),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'a>, span: Range<usize>) {
        self.depth += 1;
        if self.flat.is_some() {
            return;
        }
        let image = matches!(tag, Tag::Image { .. });
        let span = whole(self.text, &tag, span);
        if image || (self.depth > DEEPEST && nests(&tag)) {
            self.flat = Some((self.depth, image));
            if image {
                self.push(Event::Start(tag), span);
            }
            return;
        }
        match tag {
            Tag::FootnoteDefinition(label) => self.open.push(Note { label, pieces: Vec::new() }),
            tag => {
                self.links += usize::from(matches!(tag, Tag::Link { .. }));
                self.code |= matches!(tag, Tag::CodeBlock(_));
                self.push(Event::Start(tag), span);
            }
        }
    }

    fn end(&mut self, tag: TagEnd, span: Range<usize>) {
        let depth = self.depth;
        self.depth = depth.saturating_sub(1);
        match self.flat {
            Some((flat, image)) if flat == depth => {
                self.flat = None;
                if image {
                    self.push(Event::End(tag), span);
                } else {
                    self.push_break(tag, span);
                }
                self.push_pending();
            }
            Some((_, true)) => {}
            Some((_, false)) => self.push_break(tag, span),
            None => self.end_tag(tag, span),
        }
    }

    /// Keeps the texts of two blocks apart of which only the texts are kept.
    fn push_break(&mut self, tag: TagEnd, span: Range<usize>) {
        if is_block(tag) {
            self.push(Event::SoftBreak, span);
        }
    }

    fn end_tag(&mut self, tag: TagEnd, span: Range<usize>) {
        if tag == TagEnd::FootnoteDefinition {
            // The body stays at the bottom whatever the parser says.
            if self.open.len() > 1 {
                self.notes.extend(self.open.pop());
            }
            return;
        }
        self.code &= tag != TagEnd::CodeBlock;
        self.raw_link &= !ends_inlines(tag);
        self.links = self.links.saturating_sub(usize::from(tag == TagEnd::Link));
        self.push(Event::End(tag), span);
        self.push_pending();
    }

    fn push_pending(&mut self) {
        if self.links == 0 && self.flat.is_none() && !self.pending.is_empty() {
            for Piece { event, span } in std::mem::take(&mut self.pending) {
                self.push(event, span);
            }
        }
    }

    fn push(&mut self, event: Event<'a>, span: Range<usize>) {
        if let Some(note) = self.open.last_mut() {
            note.pieces.push(Piece { event, span });
        }
    }

    /// Writes out the text or HTML that was collected, with its bare addresses made links.
    fn flush(&mut self) {
        if let Some((html, span)) = self.run.take_html() {
            self.push(Event::Html(html.into()), span);
        }
        let run = std::mem::take(&mut self.run);
        if run.text.is_empty() {
            return;
        }
        let plain = self.links > 0 || self.code || self.raw_link || self.flat.is_some();
        let found = if plain { Vec::new() } else { autolink::find(&run.text) };
        let mut done = 0;
        for link in found {
            self.push_text(&run, done..link.range.start);
            self.push_link(&run, &link);
            done = link.range.end;
        }
        self.push_text(&run, done..run.text.len());
    }

    fn push_text(&mut self, run: &Run, range: Range<usize>) {
        if !range.is_empty() {
            let span = run.source(&range);
            self.push(Event::Text(run.text[range].to_owned().into()), span);
        }
    }

    fn push_link(&mut self, run: &Run, link: &autolink::Found) {
        let span = run.source(&link.range);
        let tag = Tag::Link {
            link_type: LinkType::Autolink,
            dest_url: link.href.clone().into(),
            title: "".into(),
            id: "".into(),
        };
        self.push(Event::Start(tag), span.clone());
        self.push_text(run, link.range.clone());
        self.push(Event::End(TagEnd::Link), span);
    }

    pub(super) fn finish(mut self) -> Document<'a> {
        self.flush();
        let mut open = std::mem::take(&mut self.open).into_iter();
        let body = open.next().map(|note| note.pieces).unwrap_or_default();
        let notes = self.notes.into_iter().chain(open).collect();
        Document { body, notes, unanswered: Vec::new() }
    }
}

/// Whether a tag may hold others of its kind without end.
fn nests(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::BlockQuote(_)
            | Tag::List(_)
            | Tag::DefinitionList
            | Tag::FootnoteDefinition(_)
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
    )
}

/// Whether a tag's end is the end of a run of inlines; a raw link that is still open there was never closed.
fn ends_inlines(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell)
}

/// Whether a link is open behind a piece of raw HTML, given that one was or wasn't before it.
fn raw_link(html: &str, before: bool) -> bool {
    let head = html.get(..3).unwrap_or_default().to_ascii_lowercase();
    match head.as_str() {
        "</a" => false,
        "<a " | "<a>" | "<a\n" | "<a\t" => true,
        _ => before,
    }
}

/// The whole of a tag's bytes: the parser leaves out the brackets at the end of `[text][]`.
fn whole(text: &str, tag: &Tag<'_>, span: Range<usize>) -> Range<usize> {
    let (Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) = tag else {
        return span;
    };
    let collapsed = matches!(link_type, LinkType::Collapsed) && text[span.end..].starts_with("[]");
    span.start..span.end + if collapsed { 2 } else { 0 }
}
