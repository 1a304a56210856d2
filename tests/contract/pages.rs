//! The files around the data: pages, links, redirects, the site map and the feed.

use std::collections::{BTreeMap, BTreeSet};

use crate::build::Built;
use crate::html::{Page, Tag};
use crate::links::{self, Base, Target};
use crate::report::Report;
use crate::source::Site;
use crate::xml;

/// Attributes that make a browser fetch something by itself, whatever the element.
const LOADING: [&str; 4] = ["src", "poster", "data", "background"];

/// Values of `rel` that make a browser fetch what the link names.
const LOADING_LINKS: [&str; 7] =
    ["stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "manifest"];

/// Values of `rel` that state an address rather than link to it.
const STATED_LINKS: [&str; 2] = ["canonical", "alternate"];

/// A way to resolve a reference from a page.
type Resolve<'a> = dyn Fn(&str, &str) -> Target + 'a;

/// The HTML pages of a built site.
pub fn read(built: &Built) -> BTreeMap<String, Page> {
    built.texts(".html").map(|(path, text)| (path.to_owned(), Page::read(text))).collect()
}

/// Checks every reference of every page and style sheet.
pub fn check_links(built: &Built, pages: &BTreeMap<String, Page>, resolve: &Resolve, report: &mut Report) {
    let links = Links { built, pages, resolve };
    for (path, page) in pages {
        report.within(path, |report| links.check_page(path, page, report));
    }
    for (path, text) in built.texts(".css") {
        report.within(path, |report| links.check_style(path, text, report));
    }
}

/// The lost page is shown at any address, so nothing on it may depend on where it lies.
pub fn check_lost_page(built: &Built, pages: &BTreeMap<String, Page>, base: &Base, report: &mut Report) {
    let Some(page) = pages.get("404.html") else {
        return report.fail("404.html is missing");
    };
    let deep = |_: &str, reference: &str| match reference.strip_prefix('#') {
        Some(_) => base.resolve("404.html", reference),
        None => base.resolve("no/such/page", reference),
    };
    report.within("404.html at /no/such/page", |report| {
        Links { built, pages, resolve: &deep }.check_page("404.html", page, report);
    });
}

/// What the checks of links have in common.
struct Links<'a> {
    built: &'a Built,
    pages: &'a BTreeMap<String, Page>,
    resolve: &'a Resolve<'a>,
}

impl Links<'_> {
    fn check_page(&self, path: &str, page: &Page, report: &mut Report) {
        for tag in &page.tags {
            for (reference, loads) in references(tag) {
                self.check_reference(path, &reference, loads, report);
            }
        }
        page.styles.iter().for_each(|style| self.check_style(path, style, report));
        if let Some(target) = page.refresh() {
            self.check_reference(path, target, true, report);
        }
    }

    fn check_style(&self, path: &str, style: &str, report: &mut Report) {
        report.check(!style.contains("@import"), || "@import in a style sheet".to_owned());
        for part in style.split("url(").skip(1) {
            let reference = part.split(')').next().unwrap().trim_matches(['"', '\'', ' ']);
            self.check_reference(path, reference, true, report);
        }
    }

    fn check_reference(&self, from: &str, reference: &str, loads: bool, report: &mut Report) {
        match (self.resolve)(from, reference) {
            Target::Elsewhere { loads: true } if loads => {
                report.fail(format!("{reference:?} is loaded from another host"))
            }
            Target::Elsewhere { .. } => {}
            Target::Wrong(why) => report.fail(format!("{reference:?} {why}")),
            Target::File { path, .. } if !self.built.has(&path) => {
                report.fail(format!("{reference:?}: no file {path}"))
            }
            Target::File { path, anchor: Some(anchor) } => {
                let has = |page: &Page| page.anchors.contains(&anchor);
                let found = self.pages.get(&path).is_none_or(has);
                report.check(found, || format!("{reference:?}: no anchor {anchor:?} in {path}"));
            }
            Target::File { .. } => {}
        }
    }
}

/// What a tag refers to, and whether a browser fetches it by itself.
fn references(tag: &Tag) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    for name in LOADING {
        found.extend(tag.get(name).map(|value| (value.to_owned(), true)));
    }
    let candidates = tag.get("srcset").into_iter().flat_map(|value| value.split(','));
    found.extend(
        candidates.filter_map(|candidate| candidate.split_whitespace().next()).map(|url| (url.to_owned(), true)),
    );
    found.extend(tag.get("action").map(|value| (value.to_owned(), false)));
    for name in ["href", "xlink:href"] {
        found.extend(tag.get(name).filter(|_| !is_stated(tag)).map(|value| (value.to_owned(), loads_href(tag))));
    }
    found
}

/// Whether a tag's `href` is fetched without the reader's doing.
fn loads_href(tag: &Tag) -> bool {
    match tag.name.as_str() {
        "link" => tag.get("rel").is_some_and(|rel| rel.split_whitespace().any(|word| LOADING_LINKS.contains(&word))),
        "use" | "image" => true,
        _ => false,
    }
}

/// Whether a tag's `href` states the absolute address of the page itself or of the feed.
fn is_stated(tag: &Tag) -> bool {
    let absolute = tag.get("href").is_some_and(|href| href.contains("://"));
    absolute
        && tag.name == "link"
        && tag.get("rel").is_some_and(|rel| rel.split_whitespace().any(|word| STATED_LINKS.contains(&word)))
}

/// Checks that every page that the contract names for this site is there.
pub fn check_pages(site: &Site, built: &Built, report: &mut Report) {
    for path in promised(site) {
        let file = links::file(&path);
        report.check(built.has(&file), || format!("{file} is missing"));
    }
}

/// The paths that a site has by part 4 of the contract (plans and prints are a later issue's).
fn promised(site: &Site) -> Vec<String> {
    let mut paths: Vec<String> =
        ["", "topics/", "search/", "404.html", "sitemap.xml", "robots.txt", "atom.xml", "roadmaps.json"]
            .map(str::to_owned)
            .to_vec();
    paths.extend(site.topics.keys().map(|id| format!("topics/{id}/")));
    paths.extend(site.pages.iter().map(|page| page.path.clone()));
    for roadmap in &site.roadmaps {
        let id = &roadmap.id;
        paths.extend([format!("{id}/"), format!("{id}/timeline/"), format!("{id}/roadmap.json")]);
        paths.extend(roadmap.stages.iter().map(|stage| format!("{id}/{}/", stage.id)));
    }
    let tags: BTreeSet<&String> = site.topics.values().flat_map(|topic| &topic.tags).collect();
    paths.extend(tags.iter().filter(|tag| is_plain(tag)).map(|tag| format!("tags/{tag}/")));
    paths.extend((!tags.is_empty()).then(|| "tags/".to_owned()));
    paths.extend((site.roadmaps.len() > 1).then(|| "compare/".to_owned()));
    paths
}

/// Whether a tag can stand in a URL as it is.
fn is_plain(tag: &str) -> bool {
    tag.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// Checks that every alias is a page that leads to its topic, roadmap or page.
pub fn check_redirects(site: &Site, pages: &BTreeMap<String, Page>, resolve: &Resolve, report: &mut Report) {
    for (alias, path) in aliases(site) {
        let file = links::file(alias.trim_start_matches('/'));
        let candidates = [file.clone(), format!("{file}/index.html")];
        let Some((at, page)) = candidates.iter().find_map(|path| pages.get_key_value(path)) else {
            report.fail(format!("no page for the alias {alias}"));
            continue;
        };
        let target = page.refresh().map(|target| resolve(at, target));
        let expected = Target::File { path: links::file(&path), anchor: None };
        report
            .check(target.as_ref() == Some(&expected), || format!("the alias {alias} leads to {target:?}, not {path}"));
    }
}

/// The old addresses, each with the path that it leads to.
fn aliases(site: &Site) -> Vec<(&String, String)> {
    let topics = site.topics.iter().map(|(id, topic)| (&topic.aliases, format!("topics/{id}/")));
    let roadmaps = site.roadmaps.iter().map(|roadmap| (&roadmap.aliases, format!("{}/", roadmap.id)));
    let pages = site.pages.iter().map(|page| (&page.aliases, page.path.clone()));
    let all = topics.chain(roadmaps).chain(pages);
    all.flat_map(|(aliases, path)| aliases.iter().map(move |alias| (alias, path.clone()))).collect()
}

/// Checks that the site map lists exactly the pages, by absolute URLs.
pub fn check_sitemap(built: &Built, pages: &BTreeMap<String, Page>, base: &Base, report: &mut Report) {
    let Some(elements) = well_formed("sitemap.xml", built, report) else { return };
    let mut listed = BTreeSet::new();
    for (_, url) in elements.iter().filter(|(name, _)| name == "loc") {
        let Some(file) = base.file(url) else {
            report.fail(format!("sitemap.xml: {url} is not below base_url"));
            continue;
        };
        let is_page = pages.get(&file).is_some_and(|page| page.refresh().is_none());
        report.check(is_page, || format!("sitemap.xml: {url} is no page"));
        report.check(listed.insert(file), || format!("sitemap.xml: {url} is listed twice"));
    }
    let own = pages.iter().filter(|(path, page)| *path != "404.html" && page.refresh().is_none());
    for (path, _) in own.filter(|(path, _)| !is_tool(path)) {
        report.check(listed.contains(path), || format!("sitemap.xml: {path} is not listed"));
    }
}

/// Pages that show no content of their own, which a site map may leave out.
fn is_tool(path: &str) -> bool {
    path == "search/index.html" || path.ends_with("/plan/index.html") || path.ends_with("/print/index.html")
}

/// Checks the feed.
pub fn check_feed(built: &Built, report: &mut Report) {
    let Some(elements) = well_formed("atom.xml", built, report) else { return };
    report.check(elements[0].0 == "feed", || format!("atom.xml: the root is <{}>", elements[0].0));
    for name in ["id", "title", "updated"] {
        report.check(elements.iter().any(|element| element.0 == name), || format!("atom.xml has no <{name}>"));
    }
}

/// Reads a file as XML; that it is missing or broken is a breach.
fn well_formed(path: &str, built: &Built, report: &mut Report) -> Option<Vec<(String, String)>> {
    let Some(text) = built.text(path) else {
        report.fail(format!("{path} is missing"));
        return None;
    };
    xml::read(text).map_err(|error| report.fail(format!("{path}: {error}"))).ok()
}
