//! Links and pictures.
//!
//! * In: the events that open and close them, and the caller's word on where they lead.
//! * Out: `<a>` and `<img>`, or their text alone.
//! * Refuses to: render an active scheme, or a link without text.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::super::events::{self, Piece};
use super::super::{Link, LinkKind, Target, is_active_scheme, write};
use super::Renderer;

/// The picture that is open; its alternative text is collected.
pub(super) struct Image {
    /// Where it lies, unless its text alone is rendered.
    source: Option<String>,
    title: String,
    pub(super) alternative: String,
}

impl Renderer<'_> {
    pub(super) fn link(&mut self, tag: &Tag<'_>, span: &Range<usize>, rest: &[Piece<'_>]) {
        let Tag::Link { link_type, title, .. } = tag else {
            return;
        };
        let Some(link) = events::link_of(tag, span) else {
            return;
        };
        let target = self.target(&link);
        let nested = self.links.contains(&true);
        let (href, text) = match target {
            Some((href, text)) if !nested => (Some(href), text),
            _ => (None, None),
        };
        if let Some(href) = &href {
            self.open_link(href, title);
        }
        self.links.push(href.is_some());
        let bare_wiki = matches!(link_type, LinkType::WikiLink { has_pothole: false });
        let empty = matches!(rest.first(), None | Some(Piece { event: Event::End(TagEnd::Link), .. }));
        if bare_wiki || empty {
            let text = text.filter(|text| !text.trim().is_empty()).unwrap_or(link.destination);
            write::text(&mut self.out, &text);
        }
        self.silent = bare_wiki;
    }

    fn open_link(&mut self, href: &str, title: &str) {
        self.out.push_str("<a href=\"");
        write::address(&mut self.out, href);
        self.out.push('"');
        if !title.is_empty() {
            self.attribute("title", title);
        }
        if is_external(href) {
            self.out.push_str(" rel=\"noopener\"");
        }
        self.out.push('>');
    }

    pub(super) fn end_link(&mut self) {
        self.silent = false;
        if self.links.pop() == Some(true) {
            self.out.push_str("</a>");
        }
    }

    pub(super) fn image(&mut self, tag: &Tag<'_>, span: &Range<usize>) {
        let Tag::Image { title, .. } = tag else {
            return;
        };
        let Some(link) = events::link_of(tag, span) else {
            return;
        };
        self.image = Some(Image {
            source: self.target(&link).map(|(href, _)| href),
            title: title.to_string(),
            alternative: String::new(),
        });
    }

    pub(super) fn end_image(&mut self) {
        let Some(image) = self.image.take() else {
            return;
        };
        let Some(source) = image.source else {
            self.text(&image.alternative);
            return;
        };
        self.out.push_str("<img src=\"");
        write::address(&mut self.out, &source);
        self.out.push('"');
        let alternative: Vec<&str> = image.alternative.split_whitespace().collect();
        self.attribute("alt", &alternative.join(" "));
        if !image.title.is_empty() {
            self.attribute("title", &image.title);
        }
        self.out.push_str(" loading=\"lazy\" decoding=\"async\">");
    }

    /// Where a link leads and its text if it has none, unless its text alone is to be rendered. Neither
    /// the author nor the caller can make it an active scheme.
    fn target(&self, link: &Link) -> Option<(String, Option<String>)> {
        let image = link.kind == LinkKind::Image;
        if is_active_scheme(&link.destination, image) {
            return None;
        }
        match (self.resolve)(link) {
            Target::To { href, title } => (!is_active_scheme(&href, image)).then_some((href, title)),
            Target::TextOnly => None,
        }
    }
}

fn is_external(href: &str) -> bool {
    let head: String = href.chars().take(8).collect::<String>().to_ascii_lowercase();
    head.starts_with("http://") || head.starts_with("https://") || head.starts_with("//")
}
