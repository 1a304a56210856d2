//! Which files the site has, and that no two of them want one URL.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::tags::Tag;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::Document;
use crate::limits::PATH_BYTES;
use crate::links::Asset;
use crate::roadmap::{DocumentIx, Named, Roadmaps, TopicIx, is_reserved};
use crate::search;
use crate::source::{Folder, Span, Spanned};
use crate::theme::Theme;
use crate::theme::words::SCRIPT_PARTS;
use crate::urls::path::{self, NAME_BYTES};

/// Where the theme's own files are published.
pub const THEME_FILES: &str = "/assets/";

/// Where a build keeps the list of its files: no site has a file of its own there.
const LIST_OF_FILES: &str = "/.roadbook-manifest";

/// The theme's file that searches; a theme without it has no search page.
pub const SEARCH_SCRIPT: &str = "search.js";

/// The theme's module that every page loads: it keeps what readers mark, and loads what a page needs beside it.
pub const READER_SCRIPT: &str = "reader.js";

/// The theme's module that plans; a theme without it has no pages for plans.
pub const PLAN_SCRIPT: &str = "plan.js";

/// The theme's file that reckons readers' own plans; beside a theme without it their data has no use.
pub const RECKON_SCRIPT: &str = "reckon.js";

/// What a file of the site is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// The home page.
    Home,
    /// A roadmap, by its place in the site.
    Roadmap(usize),
    /// A stage of a roadmap.
    Stage(usize, usize),
    /// A roadmap's timeline.
    Timeline(usize),
    /// A roadmap with all its texts on one page.
    Print(usize),
    /// A topic.
    Topic(TopicIx),
    /// All topics.
    Topics,
    /// All tags.
    Tags,
    /// One tag.
    Tag(usize),
    /// The roadmaps side by side.
    Compare,
    /// A plain page, by its place in the site.
    Plain(usize),
    /// What a host answers for an unknown URL.
    NotFound,
    /// An old URL: the path that it leads to.
    Redirect(String),
    /// A roadmap as one picture.
    Poster(usize),
    /// A roadmap as data.
    RoadmapJson(usize),
    /// What a reader's own plan is reckoned from, by the roadmap's place in the site.
    RoadJson(usize),
    /// The list of roadmaps as data.
    RoadmapsJson,
    /// A roadmap's stages as a calendar.
    PlanIcs(usize),
    /// The reader's own plan of a roadmap.
    Plan(usize),
    /// Words that the theme's scripts use, by part.
    Words(usize),
    /// The search page.
    Search,
    /// The names that are searched at once.
    SearchIndex,
    /// Summaries that search results show, by their file.
    SearchDetails(usize),
    /// The full text, by its file.
    SearchText(usize),
    /// What a home screen wants to know.
    Manifest,
    /// The sitemap.
    Sitemap,
    /// `robots.txt`.
    Robots,
    /// The feed.
    Atom,
    /// A file of the theme, by its place in the theme.
    ThemeFile(usize),
    /// A file of `static/`, by its path below it.
    Static(String),
    /// A file of `content/`, by its path below it.
    Asset(String),
    /// A URL that is kept free for a page of ours; no file is made.
    Kept,
}

impl Page {
    /// Whether it is a part of the search index.
    pub fn is_search(&self) -> bool {
        matches!(self, Page::SearchIndex | Page::SearchDetails(_) | Page::SearchText(_))
    }

    /// Whether the sitemap lists it.
    pub fn is_listed(&self) -> bool {
        use Page::{Compare, Home, Plain, Roadmap, Stage, Tag, Tags, Timeline, Topic, Topics};
        matches!(
            self,
            Home | Roadmap(_) | Stage(..) | Timeline(_) | Topic(_) | Topics | Tags | Tag(_) | Compare | Plain(_)
        )
    }
}

/// A file of the site.
#[derive(Clone, Debug)]
pub struct Output {
    /// Its path below the base URL; a folder's stands for its `index.html`.
    pub path: String,
    /// What it is made from.
    pub page: Page,
    /// The author's words that ask for it; pages of ours have none.
    pub origin: Option<Span>,
}

/// What the list of files is drawn from.
pub struct Ingredients<'a> {
    /// The documents.
    pub documents: &'a [Arc<Document>],
    /// The resolved roadmaps.
    pub roadmaps: &'a Roadmaps,
    /// The tags in use.
    pub tags: &'a [Tag],
    /// The files of the search, when there is one.
    pub search: Option<search::Files>,
    /// The theme.
    pub theme: &'a Theme,
    /// By roadmap: whether it has a calendar.
    pub calendars: Vec<bool>,
    /// Files that pages refer to.
    pub assets: &'a BTreeSet<(Asset, Span)>,
}

/// Lists every file of the site, sorted by path; of two that want one path, the first stays.
pub fn outputs(from: &Ingredients, folder: &mut Folder, out: &mut Diagnostics) -> Vec<Output> {
    let mut list = List { outputs: Vec::new() };
    own_pages(&mut list, from);
    author_pages(&mut list, from);
    for (asset, span) in from.assets {
        list.add(asset.path.clone(), Page::Asset(asset.source.clone()), Some(*span));
    }
    aliases(&mut list, from, out);
    for name in folder.statics.clone() {
        let file = folder.sources.add(format!("static/{name}"), "");
        list.add(format!("/{name}"), Page::Static(name), Some(Span::start_of(file)));
    }
    list.settle(out)
}

/// The paths of pages and data that need no document: links may lead there too.
pub fn known_paths(
    roadmaps: &Roadmaps,
    tags: &[Tag],
    search: Option<search::Files>,
    theme: &Theme,
    statics: &[String],
) -> BTreeSet<String> {
    let mut list = List { outputs: Vec::new() };
    site_pages(&mut list, roadmaps, tags, theme);
    search_files(&mut list, search);
    road_files(&mut list, roadmaps, theme);
    let statics = statics.iter().map(|name| format!("/{name}"));
    let pages = list.outputs.into_iter().filter(|output| output.page != Page::Kept);
    pages.map(|output| output.path).chain(statics).collect()
}

fn own_pages(list: &mut List, from: &Ingredients) {
    site_pages(list, from.roadmaps, from.tags, from.theme);
    search_files(list, from.search);
    road_files(list, from.roadmaps, from.theme);
    for (at, roadmap) in from.roadmaps.roadmaps.iter().enumerate() {
        let calendar = if from.calendars[at] { Page::PlanIcs(at) } else { Page::Kept };
        list.add(path::calendar(&roadmap.id), calendar, None);
    }
    for (at, file) in from.theme.statics.iter().enumerate() {
        list.add(format!("{THEME_FILES}{}", file.name), Page::ThemeFile(at), None);
    }
    if from.theme.has_static(READER_SCRIPT) {
        for (at, part) in SCRIPT_PARTS.iter().enumerate() {
            list.add(path::words(part), Page::Words(at), None);
        }
    }
}

fn site_pages(list: &mut List, roadmaps: &Roadmaps, tags: &[Tag], theme: &Theme) {
    let mut add = |path: &str, page| list.add(path.to_owned(), page, None);
    add("/404.html", Page::NotFound);
    add("/sitemap.xml", Page::Sitemap);
    add("/robots.txt", Page::Robots);
    add("/atom.xml", Page::Atom);
    add("/roadmaps.json", Page::RoadmapsJson);
    add(path::MANIFEST, Page::Manifest);
    add(LIST_OF_FILES, Page::Kept);
    add(path::TOPICS, Page::Topics);
    add(path::TAGS, Page::Tags);
    if roadmaps.home.is_none() {
        add(path::HOME, Page::Home);
    }
    if roadmaps.roadmaps.len() > 1 {
        add(path::COMPARE, Page::Compare);
    }
    for (at, tag) in tags.iter().enumerate() {
        add(&path::tag(&tag.slug), Page::Tag(at));
    }
    for (at, roadmap) in roadmaps.roadmaps.iter().enumerate() {
        add(&path::timeline(&roadmap.id), Page::Timeline(at));
        add(&path::print(&roadmap.id), Page::Print(at));
        let plan = if theme.has_static(PLAN_SCRIPT) { Page::Plan(at) } else { Page::Kept };
        add(&path::plan(&roadmap.id), plan);
        add(&path::poster(&roadmap.id), Page::Poster(at));
        add(&format!("{}roadmap.json", path::roadmap(&roadmap.id)), Page::RoadmapJson(at));
        for (stage, _) in roadmap.stages.iter().enumerate().filter(|(_, stage)| stage.document.is_none()) {
            add(&path::stage(&roadmap.id, &roadmap.stages[stage].id), Page::Stage(at, stage));
        }
    }
}

fn search_files(list: &mut List, search: Option<search::Files>) {
    let mut add = |path: String, page| list.add(path, page, None);
    let Some(files) = search else { return add(path::SEARCH.into(), Page::Kept) };
    add(path::SEARCH.into(), Page::Search);
    add(path::SEARCH_INDEX.into(), Page::SearchIndex);
    for at in 0..files.details {
        add(path::search_details(at), Page::SearchDetails(at));
    }
    for at in 0..files.text {
        add(path::search_text(at), Page::SearchText(at));
    }
}

fn road_files(list: &mut List, roadmaps: &Roadmaps, theme: &Theme) {
    if theme.has_static(RECKON_SCRIPT) {
        for (at, roadmap) in roadmaps.roadmaps.iter().enumerate() {
            list.add(path::road(&roadmap.id), Page::RoadJson(at), None);
        }
    }
}

fn author_pages(list: &mut List, from: &Ingredients) {
    let mut add = |path: String, page, document: DocumentIx| {
        list.add(path, page, Some(Span::start_of(from.documents[document.0].file)));
    };
    if let Some(home) = from.roadmaps.home {
        add(path::HOME.to_owned(), Page::Home, home);
    }
    for (at, roadmap) in from.roadmaps.roadmaps.iter().enumerate() {
        // A reserved id has been reported as such.
        if is_reserved(Named::Roadmap, &roadmap.id) {
            continue;
        }
        add(path::roadmap(&roadmap.id), Page::Roadmap(at), roadmap.document);
        for (ix, stage) in roadmap.stages.iter().enumerate() {
            if let Some(document) = stage.document.filter(|_| !is_reserved(Named::Stage, &stage.id)) {
                add(path::stage(&roadmap.id, &stage.id), Page::Stage(at, ix), document);
            }
        }
    }
    for (at, topic) in from.roadmaps.topics.iter().enumerate() {
        add(path::topic(&topic.id), Page::Topic(TopicIx(at)), topic.document);
    }
    for (at, page) in from.roadmaps.pages.iter().enumerate() {
        add(path::page(&page.name), Page::Plain(at), page.document);
    }
}

fn aliases(list: &mut List, from: &Ingredients, out: &mut Diagnostics) {
    let targets: Vec<(Option<DocumentIx>, String)> =
        list.outputs.iter().map(|output| (document_of(&output.page, from.roadmaps), output.path.clone())).collect();
    for (document, target) in targets {
        let Some(document) = document else { continue };
        for alias in from.documents[document.0].aliases() {
            if let Some(path) = alias_path(alias, out) {
                list.add(path, Page::Redirect(target.clone()), Some(alias.span));
            }
        }
    }
}

/// The document behind a page.
pub fn document_of(page: &Page, roadmaps: &Roadmaps) -> Option<DocumentIx> {
    match page {
        Page::Home => roadmaps.home,
        Page::Roadmap(at) => Some(roadmaps.roadmaps[*at].document),
        Page::Stage(at, stage) => roadmaps.roadmaps[*at].stages[*stage].document,
        Page::Topic(topic) => Some(roadmaps.topic(*topic).document),
        Page::Plain(at) => Some(roadmaps.pages[*at].document),
        _ => None,
    }
}

/// `old`, `/old/` and `/old/index.html` are one path; `/old.html` is a file.
fn alias_path(alias: &Spanned<String>, out: &mut Diagnostics) -> Option<String> {
    let report = |code, message: String, help: &str| Diagnostic::new(code, alias.span, message).help(help);
    let text = &alias.value;
    if text.contains("://") || text.contains(['?', '#', '\\', '"', '<', '>']) || text.chars().any(char::is_control) {
        out.push(report(
            Code::WrongType,
            format!("`aliases` holds paths of this site, not `{text}`"),
            "write the old path alone, such as `/old/page/`",
        ));
        return None;
    }
    let parts: Vec<&str> = text.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    if parts.contains(&"..") {
        out.push(report(
            Code::OutsideSite,
            format!("`{text}` leads out of the site"),
            "write a path below the site's address",
        ));
        return None;
    }
    if parts.iter().any(|part| part.len() > NAME_BYTES) || text.len() > PATH_BYTES {
        out.push(report(
            Code::WrongType,
            format!("an alias is at most {PATH_BYTES} bytes long, and {NAME_BYTES} between two `/`"),
            "remove it: no page can have been there",
        ));
        return None;
    }
    let path = format!("/{}", parts.join("/"));
    let path = path.strip_suffix("/index.html").map_or(path.clone(), |folder| format!("{folder}/"));
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    Some(if is_file || path.ends_with('/') { path } else { format!("{path}/") })
}

struct List {
    outputs: Vec<Output>,
}

impl List {
    fn add(&mut self, path: String, page: Page, origin: Option<Span>) {
        self.outputs.push(Output { path, page, origin });
    }

    /// Reports every path that two want, and every file that stands where another needs a folder.
    fn settle(self, out: &mut Diagnostics) -> Vec<Output> {
        let mut files: BTreeMap<String, Output> = BTreeMap::new();
        for output in self.outputs {
            let file = path::file(&output.path);
            match files.get(&file) {
                None => {
                    files.insert(file, output);
                }
                // One file that two links of one page refer to.
                Some(first) if first.page == output.page && matches!(output.page, Page::Asset(_)) => {}
                Some(first) => conflict(first, &output, out),
            }
        }
        folded(&files, out);
        let names: Vec<&String> = files.keys().collect();
        for name in &names {
            let folder = format!("{name}/");
            let at = names.partition_point(|other| **other < folder);
            if let Some(inside) = names.get(at).filter(|other| other.starts_with(&folder)) {
                conflict(&files[*inside], &files[*name], out);
            }
        }
        files.into_values().filter(|output| output.page != Page::Kept).collect()
    }
}

/// Reports files of different names that are one file on the disks of Windows and macOS.
fn folded(files: &BTreeMap<String, Output>, out: &mut Diagnostics) {
    let nfc = icu_normalizer::ComposingNormalizerBorrowed::new_nfc();
    let fold = |name: &str| nfc.normalize(&nfc.normalize(name).to_lowercase()).into_owned();
    let mut seen: BTreeMap<String, &Output> = BTreeMap::new();
    let is_plain = |name: &str| name.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
    // Ids have no such names, as has been reported.
    let is_free = |page: &Page| matches!(page, Page::Static(_) | Page::Asset(_) | Page::Redirect(_) | Page::Plain(_));
    for (name, output) in files.iter().filter(|(name, output)| !is_plain(name) && is_free(&output.page)) {
        let folded = fold(name);
        if let Some(first) = files.get(&folded).filter(|_| folded != *name).or_else(|| seen.get(&folded).copied()) {
            conflict_as(first, output, "which is taken on disks that do not tell the names apart", out);
        }
        seen.insert(folded, output);
    }
}

fn conflict(first: &Output, second: &Output, out: &mut Diagnostics) {
    conflict_as(first, second, "which is taken", out);
}

/// The report stands where an author can mend it: at the alias or file that came later.
fn conflict_as(first: &Output, second: &Output, taken: &str, out: &mut Diagnostics) {
    let is_alias = |output: &Output| matches!(output.page, Page::Redirect(_));
    // Of two files or two aliases, the later one is reported; of a file and an alias, the alias.
    let swapped = is_alias(first) == is_alias(second) && first.origin.zip(second.origin).is_some_and(|(a, b)| a > b);
    let (first, second) = if swapped { (second, first) } else { (first, second) };
    let (here, there) = match (first.origin, second.origin) {
        (_, Some(here)) => (here, first.origin),
        (Some(here), None) => (here, None),
        (None, None) => return,
    };
    let what = match (second.origin, &second.page) {
        (Some(_), Page::Static(path)) => format!("`static/{path}`"),
        (Some(_), Page::Asset(path)) => format!("`content/{path}`"),
        (Some(_), Page::Redirect(_)) => "this alias".into(),
        _ => "this page".into(),
    };
    let help = match &second.page {
        Page::Static(_) => "rename or remove this file of `static`",
        _ => "rename one of them, or remove the alias",
    };
    let mut report =
        Diagnostic::new(Code::UrlConflict, here, format!("{what} wants the URL `{}`, {taken}", second.path))
            .label("wants it too")
            .help(help);
    report = match there {
        Some(there) => report.related(there, "wants it first"),
        None => report.note("the site has a page of its own there"),
    };
    out.push(report);
}
