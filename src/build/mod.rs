//! Calls the stages in their order. No file is read or written here: a [`Folder`] comes in, a [`Compiled`]
//! site and the bytes of its files go out.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::config::{self, Config};
use crate::diagnostic::policy::{Allow, Policy};
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Checked, Code, Diagnostic, Diagnostics, Severity};
use crate::document::place::{Found, Layout};
use crate::document::{self, Document, Matter};
use crate::export;
use crate::links::{self, Table};
use crate::markdown;
use crate::plan;
use crate::render;
use crate::roadmap::{self, Roadmaps};
use crate::search::{self, Corpus};
use crate::site::pages::{Ingredients, Output, Page, SEARCH_SCRIPT, known_paths, outputs};
use crate::site::view::template;
use crate::site::{Site, index, tags};
use crate::source::{Folder, Span};
use crate::theme;
use crate::urls::Urls;

/// What the command line can ask of a build.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Take drafts in.
    pub drafts: bool,
    /// Replaces the site's `base_url`; with a final `/`.
    pub base_url: Option<String>,
    /// Relative links that work from a folder.
    pub offline: bool,
    /// The day of the build. Calendars begin on the Monday after it; without it there are none.
    pub today: Option<jiff::civil::Date>,
    /// Highlight code; a check has no need to.
    pub highlight: bool,
}

/// A compiled site and what was found on the way.
pub struct Compiled {
    /// The site, with holes where its sources are bad.
    pub site: Site,
    policy: Policy,
    found: Diagnostics,
}

impl Compiled {
    /// The report: levels applied, sorted. `more` is what rendering found.
    pub fn report(&self, more: Diagnostics) -> Vec<Diagnostic> {
        let mut all = self.found.clone();
        all.append(more);
        self.policy.apply(all, &self.site.sources)
    }
}

/// Whether a report forbids publishing.
pub fn has_errors(report: &[Diagnostic]) -> bool {
    report.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// What a file of the site consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// Those of a file below the site's root.
    CopyOf(String),
}

/// Compiles a site from its folder.
pub fn compile(folder: Checked<Folder>, options: &Options) -> Compiled {
    let Checked { value: mut folder, diagnostics: mut out } = folder;
    let source = folder.sources.get(folder.config).text.clone();
    let config = config::read(folder.config, &source, &mut out);
    let theme = theme::load(&mut folder, &config, &mut out);
    let labels = labels(&theme.words);
    let markdown = markdown::Options { raw_html: config.raw_html, highlight: options.highlight, labels };
    let (documents, paths) = read_documents(&mut folder, &markdown, &mut out);
    let policy = policy(&config, &documents);

    let asked = roadmap::Options {
        drafts: options.drafts || config.build.drafts,
        redundant: policy.wants(Code::RedundantPrerequisite),
    };
    let resolved = roadmap::resolve(&documents, &folder.sources, &config, asked);
    out.append(resolved.diagnostics);
    let roadmaps = plan::derive(resolved.value);
    let plans = plan::plan(&roadmaps, &mut out);
    let tags = tags::tags(&roadmaps, &documents, &mut out);
    let corpus = Corpus { documents: &documents, roadmaps: &roadmaps, sources: &folder.sources };
    // Without the theme's script the page would find nothing.
    let search = (config.search && theme.has_static(SEARCH_SCRIPT)).then(|| search::files(&corpus));
    let others = known_paths(&roadmaps, &tags, search, &theme, &folder.statics);
    let table = Table::new(paths, &roadmaps, folder.assets.clone(), others);
    let known = links::Links { documents: &documents, site: &roadmaps, table: &table };
    let assets = links::check(&known, &markdown, &mut out);
    unknown_templates(&roadmaps, &documents, &theme, &mut out);
    let calendars = plans.iter().map(|plan| options.today.is_some() && plan.has_times()).collect();
    let ingredients = Ingredients {
        documents: &documents,
        roadmaps: &roadmaps,
        tags: &tags,
        search,
        theme: &theme,
        calendars,
        assets: &assets,
    };
    let outputs = outputs(&ingredients, &mut folder, &mut out);

    let base_url = options.base_url.clone().unwrap_or_else(|| config.base_url.clone());
    let index = index::index(&roadmaps, &plans, &documents);
    let urls = Urls { base_url, offline: options.offline };
    let site = Site {
        config,
        sources: folder.sources,
        documents,
        roadmaps,
        plans,
        tags,
        table,
        index,
        theme,
        urls,
        today: options.today,
        markdown,
        found: OnceLock::new(),
        outputs,
    };
    Compiled { site, policy, found: out }
}

/// Reads every document, in parallel; a file beside an `index.md` is one of the folder's assets.
fn read_documents(
    folder: &mut Folder,
    options: &markdown::Options,
    out: &mut Diagnostics,
) -> (Vec<Document>, Vec<String>) {
    let below = |file| {
        let path: &str = &folder.sources.get(file).path;
        path.strip_prefix("content/").unwrap_or(path).to_owned()
    };
    let all: Vec<_> = folder.content.iter().map(|file| (*file, below(*file))).collect();
    let layout = Layout::new(all.iter().map(|(_, path)| path.as_str()));
    let mut places = Vec::new();
    for (file, path) in all {
        match layout.find(&path) {
            Found::Document(place) => places.push((file, path, place)),
            Found::Asset => {
                folder.assets.insert(path);
            }
            Found::TooDeep => out.push(
                Diagnostic::new(Code::Syntax, Span::start_of(file), "a stage cannot hold another stage")
                    .help("move this folder beside the stage's, or remove its `_index.md`"),
            ),
        }
    }
    let sources = &folder.sources;
    let read: Vec<(Document, Diagnostics)> = places
        .par_iter()
        .map(|(file, _, place)| {
            let mut out = Diagnostics::default();
            (document::read(*file, sources.get(*file), place.clone(), options, &mut out), out)
        })
        .collect();
    let mut documents = Vec::with_capacity(read.len());
    for (document, problems) in read {
        out.append(problems);
        documents.push(document);
    }
    (documents, places.into_iter().map(|(_, path, _)| path).collect())
}

fn policy(config: &Config, documents: &[Document]) -> Policy {
    let allows = documents.iter().flat_map(|document| &document.allows);
    Policy { levels: config.lints.clone(), allows: allows.map(|code| Allow { code: code.clone() }).collect() }
}

/// The words of the interface that texts bring along.
fn labels(words: &theme::words::Words) -> markdown::Labels {
    let text = |key: &str| words.text(key).to_owned();
    markdown::Labels {
        alerts: ["alert_note", "alert_tip", "alert_important", "alert_warning", "alert_caution"].map(text),
        table: ["table", "table_n"].map(text),
        footnote: text("footnote"),
        footnotes: text("footnotes"),
        footnote_back: text("footnote_back"),
        task: ["task_open", "task_done"].map(text),
        formula: text("formula"),
    }
}

/// Topics that ask for a template which the theme lacks.
fn unknown_templates(site: &Roadmaps, documents: &[Document], theme: &theme::Theme, out: &mut Diagnostics) {
    for topic in &site.topics {
        let Matter::Topic(matter) = &documents[topic.document.0].matter else { continue };
        let Some(wanted) = matter.template.as_ref().filter(|wanted| !theme.has(&wanted.value)) else { continue };
        if wanted.value.split('/').any(|part| part == "..") || wanted.value.starts_with('/') {
            out.push(
                Diagnostic::new(
                    Code::OutsideSite,
                    wanted.span,
                    format!("the template `{}` leads out of the theme", wanted.value),
                )
                .help("name a file in `templates/`"),
            );
            continue;
        }
        let report = Diagnostic::new(Code::Template, wanted.span, format!("there is no template `{}`", wanted.value));
        out.push(
            report
                .suggest(nearest(&wanted.value, theme.names()), || format!("add a file `templates/{}`", wanted.value)),
        );
    }
}

/// The bytes of one file.
///
/// # Errors
/// The mistake of a template, unless it was reported already.
pub fn render(site: &Site, output: &Output) -> Result<Content, Option<Box<Diagnostic>>> {
    let text = |text: String| Ok(Content::Bytes(text.into_bytes()));
    match &output.page {
        Page::RoadmapJson(at) => text(export::roadmap_json::render(site, *at)),
        Page::RoadJson(at) => text(export::road_json::render(site, *at)),
        Page::RoadmapsJson => text(export::roadmaps_json::render(site)),
        Page::PlanIcs(at) => {
            let today = site.today.unwrap_or(jiff::civil::Date::MIN);
            text(export::plan_ics::render(site, *at, today).unwrap_or_default())
        }
        Page::SearchIndex => text(export::search_json::render(&site.search().names)),
        Page::SearchDetails(at) => text(export::search_json::render(&site.search().details[*at])),
        Page::SearchText(at) => text(export::search_json::render(&site.search().text[*at])),
        Page::Words => text(export::words_js::render(site)),
        Page::Manifest => text(export::manifest::render(site)),
        Page::Sitemap => text(export::sitemap::render(site)),
        Page::Robots => text(export::robots::render(site)),
        Page::ThemeFile(at) => Ok(match &site.theme.statics[*at].content {
            theme::StaticContent::Builtin(bytes) => Content::Bytes(bytes.to_vec()),
            theme::StaticContent::Disk(path) => Content::CopyOf(path.clone()),
        }),
        Page::Static(path) => Ok(Content::CopyOf(format!("static/{path}"))),
        Page::Asset(path) => Ok(Content::CopyOf(format!("content/{path}"))),
        page => text(render::page(site, &output.path, page)?),
    }
}

/// Renders the first page of each template and keeps none: what most mistakes in templates come to.
pub fn check_kinds(site: &Site) -> Diagnostics {
    let mut seen = BTreeSet::new();
    let first = site.outputs.iter().filter(|output| template(site, &output.page).is_some_and(|name| seen.insert(name)));
    first.filter_map(|output| render(site, output).err().flatten()).collect()
}

/// Renders every page that a template makes and keeps none: what templates do wrong.
pub fn check_pages(site: &Site) -> Diagnostics {
    let made = site.outputs.par_iter().filter(|output| template(site, &output.page).is_some());
    let found: Vec<Box<Diagnostic>> = made.filter_map(|output| render(site, output).err().flatten()).collect();
    found.into_iter().collect()
}
