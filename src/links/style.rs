//! Lints of a text: links by path, pictures without text, headings that skip a level. Each is run only where somebody asks
//! for it.

use std::sync::Arc;

use super::{Links, Target};
use crate::diagnostic::policy::Wanted;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{Document, Matter};
use crate::markdown::{Link, LinkKind};
use crate::roadmap::DocumentIx;
use crate::source::{Sources, Span};

/// Runs those lints that are wanted on one document.
pub fn check(links: &Links, ix: DocumentIx, sources: &Sources, wanted: Wanted, out: &mut Diagnostics) {
    let document = &links.documents[ix.0];
    if wanted.has(Code::SkippedHeading) {
        skipped_headings(document, out);
    }
    for link in &document.outline.links {
        match link.kind {
            LinkKind::Image if wanted.has(Code::ImageWithoutText) => image(document, link, sources, out),
            LinkKind::Link if wanted.has(Code::LinkByPath) => by_path(links, ix, link, sources, out),
            _ => {}
        }
    }
}

fn place(document: &Document, range: &std::ops::Range<usize>) -> Span {
    let offset = document.body.start;
    Span::new(document.file, offset + range.start..offset + range.end)
}

fn written<'a>(document: &Document, link: &Link, sources: &'a Sources) -> &'a str {
    sources.get(document.file).text.get(place(document, &link.span).range()).unwrap_or("")
}

fn skipped_headings(document: &Arc<Document>, out: &mut Diagnostics) {
    // The title of the page is its first heading. A text may begin with any level: nothing is skipped before it.
    let mut last: Option<u8> = None;
    for heading in &document.outline.headings {
        if let Some(last) = last.filter(|last| heading.level > last + 1) {
            let message = format!("the heading “{}” skips a level", heading.text);
            let marks = |level: u8| "#".repeat(level.into());
            let help = format!(
                "give it one level more than the heading before it: `{}` where that has `{}`",
                marks(last + 1),
                marks(last)
            );
            let report = Diagnostic::new(Code::SkippedHeading, place(document, &heading.span), message);
            out.push(report.help(help).note("readers who move by headings miss the level between"));
        }
        last = Some(heading.level);
    }
}

fn image(document: &Document, link: &Link, sources: &Sources, out: &mut Diagnostics) {
    let brackets = written(document, link, sources).strip_prefix("![");
    if brackets.is_some_and(|rest| rest.trim_start().starts_with(']')) {
        let message = format!("the picture `{}` has no text", link.destination);
        let report = Diagnostic::new(Code::ImageWithoutText, place(document, &link.span), message);
        let report = report.note("readers who cannot see it learn nothing of it");
        out.push(report.help("write between the brackets what it shows: `![a request and its answer](…)`"));
    }
}

fn by_path(links: &Links, ix: DocumentIx, link: &Link, sources: &Sources, out: &mut Diagnostics) {
    let Ok(Target::Page { path, .. }) = links.target(ix, link) else { return };
    let (page, anchor) = path.split_at(path.find('#').unwrap_or(path.len()));
    let Some(document) = links.table.document_of(page) else { return };
    let Matter::Topic(matter) = &links.documents[document.0].matter else { return };
    let Some(id) = page.trim_end_matches('/').rsplit('/').next() else { return };
    let own = &links.documents[ix.0];
    let text = written(own, link, sources)
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
        .map_or("", |(text, _)| text);
    // The text of `[[id]]` is the topic's title.
    let wiki = match text == matter.title || text.is_empty() || text.contains(['[', '|']) {
        true => format!("[[{id}{anchor}]]"),
        false => format!("[[{id}{anchor}|{text}]]"),
    };
    let message = format!("`{}` is the topic `{id}`", link.destination);
    let report = Diagnostic::new(Code::LinkByPath, place(own, &link.span), message);
    out.push(report.help(format!("write `{wiki}`, which stays whole when the file moves")));
}
