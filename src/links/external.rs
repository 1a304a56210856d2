//! The web links of a site: which addresses there are and where they stand, and the report of those that lead nowhere.
//! Whoever calls asks the addresses; nothing here does.

use std::collections::{BTreeMap, BTreeSet};

use super::{Links, Target, cut};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{Document, Matter};
use crate::markdown::{self, Link, LinkKind};
use crate::roadmap::DocumentIx;
use crate::source::{FileId, Span};

/// The addresses that published documents link to, without `#fragment`, each with all its places.
pub type Addresses = BTreeMap<String, Vec<Span>>;

/// Gathers the addresses; those that begin with one of `ignored` are left out.
pub fn addresses(links: &Links, options: &markdown::Options, ignored: &[String]) -> Addresses {
    let mut found = Addresses::new();
    for ix in (0..links.documents.len()).map(DocumentIx).filter(|ix| links.page_of(*ix).is_some()) {
        let document = &links.documents[ix.0];
        let offset = document.body.start;
        for link in &document.outline.links {
            let span = Span::new(document.file, offset + link.span.start..offset + link.span.end);
            found_link(links, ix, link, span, &mut found);
        }
        for (answer, span) in super::check::answers(document) {
            let all = markdown::outline(answer, options).links;
            all.iter().for_each(|link| found_link(links, ix, link, span, &mut found));
        }
        for (address, span) in resources(document) {
            add(address, span, &mut found);
        }
    }
    found.retain(|address, _| !ignored.iter().any(|start| address.starts_with(start.as_str())));
    found
}

fn found_link(links: &Links, from: DocumentIx, link: &Link, span: Span, found: &mut Addresses) {
    if let (LinkKind::Link | LinkKind::Image, Ok(Target::Elsewhere(address))) = (link.kind, links.target(from, link)) {
        add(&address, span, found);
    }
}

fn add(address: &str, span: Span, found: &mut Addresses) {
    let address = cut(address, '#').0;
    let address = if address.starts_with("//") { format!("https:{address}") } else { address.to_owned() };
    if address.starts_with("https://") || address.starts_with("http://") {
        found.entry(address).or_default().push(span);
    }
}

fn resources(document: &Document) -> Vec<(&str, Span)> {
    let Matter::Topic(matter) = &document.matter else { return Vec::new() };
    matter.resources.iter().filter_map(|one| one.url.as_ref()).map(|url| (url.value.as_str(), url.span)).collect()
}

/// The report of dead addresses and the reasons: once a file, with the other places in it.
pub fn report<'a>(dead: impl Iterator<Item = (&'a str, &'a str)>, addresses: &Addresses) -> Diagnostics {
    let mut out = Diagnostics::default();
    for (address, reason) in dead {
        let places: BTreeSet<Span> = addresses.get(address).into_iter().flatten().copied().collect();
        let mut by_file: BTreeMap<FileId, Vec<Span>> = BTreeMap::new();
        places.into_iter().for_each(|span| by_file.entry(span.file).or_default().push(span));
        for spans in by_file.into_values() {
            let message = format!("`{address}` is dead: {reason}");
            let mut report = Diagnostic::new(Code::DeadExternalLink, spans[0], message);
            for span in &spans[1..] {
                report = report.related(*span, "and here");
            }
            let help =
                "correct the address, link to an archived copy, or list it under `ignore` of `[links]` in site.toml";
            out.push(report.help(help));
        }
    }
    out
}
