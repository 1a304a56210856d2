//! The report of every link that leads nowhere.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::{Asset, Broken, Links, Target, cut, style};
use crate::diagnostic::policy::Wanted;
use crate::diagnostic::suggest::{Slips, certain, nearest};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::place::split;
use crate::document::{Document, Matter};
use crate::markdown::{self, Link};
use crate::roadmap::DocumentIx;
use crate::source::{Sources, Span};
use crate::tree::fields::quoted;

/// How texts are checked.
#[derive(Clone, Copy)]
pub struct Checks<'a> {
    /// How Markdown is read.
    pub markdown: &'a markdown::Options,
    /// The texts.
    pub sources: &'a Sources,
    /// The lints that somebody asks for.
    pub wanted: Wanted,
}

/// Checks every link of every published document, in parallel: the files that they want published, and what was
/// found in each document.
pub fn check(links: &Links, checks: Checks) -> (BTreeSet<(Asset, Span)>, Vec<Diagnostics>) {
    let all = (0..links.documents.len()).into_par_iter();
    let (assets, found): (Vec<_>, Vec<_>) = all.map(|ix| check_document(links, DocumentIx(ix), checks)).unzip();
    (assets.into_iter().flatten().collect(), found)
}

/// Checks the links of one document; drafts and duplicates have no page to link from.
pub fn check_document(links: &Links, ix: DocumentIx, checks: Checks) -> (BTreeSet<(Asset, Span)>, Diagnostics) {
    let (mut assets, mut out) = (BTreeSet::new(), Diagnostics::default());
    if links.page_of(ix).is_none() {
        return (assets, out);
    }
    let document = &links.documents[ix.0];
    let origin = Origin { links, ix, slips: Slips::of_one_in(links.documents.len()) };
    let offset = document.body.start;
    for link in &document.outline.links {
        let span = Span::new(document.file, offset + link.span.start..offset + link.span.end);
        check_one(&origin, link, span, &mut assets, &mut out);
    }
    for (answer, span) in answers(document) {
        for link in &markdown::outline(answer, checks.markdown).links {
            check_one(&origin, link, span, &mut assets, &mut out);
        }
    }
    style::check(links, ix, checks.sources, checks.wanted, &mut out);
    (assets, out)
}

/// The document whose links are checked.
struct Origin<'a> {
    links: &'a Links<'a>,
    ix: DocumentIx,
    /// Its links that lead nowhere.
    slips: Slips,
}

/// The Markdown texts in a document's front matter.
pub(super) fn answers(document: &Document) -> Vec<(&str, Span)> {
    let Matter::Roadmap(matter) = &document.matter else { return Vec::new() };
    let texts = matter.faq.iter().flat_map(|faq| [&faq.question, &faq.answer]);
    texts.map(|text| (text.value.as_str(), text.span)).collect()
}

fn check_one(from: &Origin, link: &Link, span: Span, assets: &mut BTreeSet<(Asset, Span)>, out: &mut Diagnostics) {
    match from.links.target(from.ix, link) {
        Ok(Target::Asset(asset)) => {
            assets.insert((asset, span));
        }
        Ok(_) => {}
        Err(broken) => out.push(describe(from, link, &broken, span)),
    }
}

fn describe(from: &Origin, link: &Link, broken: &Broken, span: Span) -> Diagnostic {
    let Origin { links, slips, .. } = from;
    let wanted = link.destination.trim();
    let report = |code, message: String| Diagnostic::new(code, span, message);
    match broken {
        Broken::Active => {
            report(Code::UnsafeLink, format!("`{}` would run code in the reader's browser", shown(wanted)))
                .note("it is shown as plain text")
                .help("link to a page, or show the code as text")
        }
        Broken::Outside => report(Code::OutsideSite, format!("`{wanted}` leads out of the site's folder"))
            .help("move the file into `content/`, or link to its web address"),
        Broken::NoHost => report(Code::Syntax, format!("`{wanted}` is a web address without a host"))
            .help("write the whole address, such as `https://example.org/`"),
        Broken::NoTopic(id) => {
            let ids = links.site.topics.iter().map(|topic| topic.id.as_str());
            let meant = slips.meant(links.site.topics.len(), || nearest(id, ids.clone()).or_else(|| titled(links, id)));
            let sure = meant.and_then(|_| certain(id, ids));
            let report = report(Code::BrokenLink, format!("there is no topic `{id}`"));
            let report = report.suggest(meant, || format!("add a file `content/topics/{id}.md`, or remove the link"));
            rename(report, id, sure)
        }
        Broken::NoFile(full) => {
            let report = report(Code::BrokenLink, format!("`{wanted}` leads to no file"));
            let written = cut(cut(wanted, '#').0, '?').0;
            let near = nearest_path(from, full);
            let sure = near.and_then(|_| moved(from, full));
            rename(report.help(path_help(from, near)), written, sure.as_deref())
        }
        Broken::NoPage(page) => {
            let pages = || links.table.pages.values().chain(&links.table.others).map(String::as_str);
            let report = report(Code::BrokenLink, format!("the site has no page `{page}`"));
            let meant = slips.meant(pages().count(), || nearest(page, pages()));
            let sure = meant.and_then(|_| certain(page, pages()));
            let report = rename(report, page, sure);
            report.suggest(meant, || "link to the `.md` file: such links also work on a Git host".into())
        }
        Broken::NoAnchor { anchor, document } => no_anchor(from, report, anchor, *document),
        Broken::Draft(name) => report(Code::BrokenLink, format!("`{name}` is a draft and is not published"))
            .help("publish it too, build with `--drafts`, or remove the link"),
    }
}

fn no_anchor(
    from: &Origin,
    report: impl Fn(Code, String) -> Diagnostic,
    anchor: &str,
    document: DocumentIx,
) -> Diagnostic {
    let document = &from.links.documents[document.0];
    let ids = |most: usize| document.outline.anchors.iter().take(most).map(|id| format!("#{id}")).collect::<Vec<_>>();
    let report = report(Code::BrokenLink, format!("`{}` has no anchor `#{anchor}`", document.place.name));
    let wanted = format!("#{anchor}");
    let near = || Some(nearest(&wanted, ids(usize::MAX).iter().map(String::as_str))?.to_owned());
    let meant = from.slips.meant(document.outline.anchors.len(), near);
    let known = if meant.is_some() { ids(usize::MAX) } else { Vec::new() };
    let report = rename(report, &wanted, certain(&wanted, known.iter().map(String::as_str)));
    report.suggest(meant.as_deref(), || match ids(6) {
        first if first.is_empty() => "that page has no headings: link to the page itself".into(),
        first => format!("its anchors: {}", quoted(&first.iter().map(String::as_str).collect::<Vec<_>>())),
    })
}

/// Bytes of a title that may be meant: all of them are looked at for each link that leads nowhere.
const LONGEST_TITLE: usize = 400;

/// The id of a topic whose title contains the words: `google-cloud` means `gcp`, the Google Cloud Platform.
fn titled<'a>(links: &'a Links, words: &str) -> Option<&'a str> {
    let words = plain(words);
    let has_words = |document: DocumentIx| {
        let Matter::Topic(topic) = &links.documents[document.0].matter else { return false };
        words.len() >= 4 && topic.title.len() <= LONGEST_TITLE && plain(&topic.title).contains(&words)
    };
    links.site.topics.iter().find(|topic| has_words(topic.document)).map(|topic| topic.id.as_str())
}

/// Letters and digits only, in lower case.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The change of a link's destination, where the new one needs no escapes in Markdown.
fn rename(report: Diagnostic, old: &str, new: Option<&str>) -> Diagnostic {
    let is_plain = |new: &&str| new.chars().all(|c| c.is_alphanumeric() || "-_./#".contains(c));
    report.rename(old, new.filter(is_plain))
}

/// Where a file has gone that is not where a link leads: the only file of the site with its name, if that tells files
/// apart.
fn moved(from: &Origin, full: &str) -> Option<String> {
    let Origin { links, ix, .. } = from;
    let name = |path: &str| split(path).1.to_owned();
    let wanted = name(full);
    let is_common = matches!(wanted.as_str(), "index.md" | "_index.md" | "");
    let mut same = links.paths().filter(|path| !is_common && name(path) == wanted);
    let found = same.next().filter(|_| same.next().is_none())?;
    Some(relative(&links.documents[ix.0].place.folder, found))
}

/// The file that was meant: the one that ends in the same names, or one of nearly the same name.
fn nearest_path<'a>(from: &Origin<'a>, full: &str) -> Option<&'a str> {
    let names = |path: &str| path.split('/').rev().zip(full.split('/').rev()).take_while(|(a, b)| a == b).count();
    from.slips.meant(from.links.paths().count(), || {
        // The first of equals, for the same answer on every run.
        let same = from.links.paths().map(|path| (names(path), path)).filter(|(n, _)| *n > 0);
        let same = same.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, path)| path);
        same.or_else(|| nearest(full, from.links.paths()))
    })
}

fn path_help(from: &Origin, near: Option<&str>) -> String {
    let folder = &from.links.documents[from.ix.0].place.folder;
    match near {
        Some(path) => format!("did you mean `{}`?", relative(folder, path)),
        None => "links are relative to this file's own folder".into(),
    }
}

/// The relative path from a folder to a file, both below `content/`.
fn relative(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    format!("{}{}", "../".repeat(from.len() - shared), to[shared..].join("/"))
}

/// At most 60 characters, without control characters.
fn shown(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '·' } else { c }).take(60).collect()
}
