//! Calls the stages in their order. No file is read or written here: a [`Folder`] comes in, a [`Compiled`]
//! site and the bytes of its files go out. A [`Session`] does so again and again and remembers what it can.

mod documents;
mod keys;
mod learnt;
mod mend;
mod session;

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::policy::{Allow, Policy};
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Checked, Code, Diagnostic, Diagnostics, Severity};
use crate::document::{Document, Matter};
use crate::export;
use crate::markdown;
use crate::render;
use crate::roadmap::Roadmaps;
use crate::site::Site;
use crate::site::pages::{Output, Page};
use crate::site::view::template;
use crate::source::Folder;
use crate::theme;

pub use keys::{Keys, whole};
pub use learnt::Learnt;
pub use mend::{Mended, Round, mend};
pub use session::Session;

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
    /// The day that `updated` is judged on. Builds leave it out, so that the same input has the same report on any day.
    pub judged_on: Option<jiff::civil::Date>,
    /// Highlight code; a check has no need to.
    pub highlight: bool,
}

/// A compiled site and what was found on the way. A copy shares what is large.
#[derive(Clone)]
pub struct Compiled {
    /// The site, with holes where its sources are bad.
    pub site: Site,
    policy: Policy,
    found: Found,
}

/// What was found, in the order of the stages, and by document where one document alone decides.
#[derive(Clone, Debug, Default)]
struct Found {
    /// The folder, its settings and its theme.
    before: Diagnostics,
    /// Each document by itself.
    documents: Vec<Diagnostics>,
    /// The documents together.
    together: Diagnostics,
    /// The links of each document.
    links: Vec<Diagnostics>,
    /// The files of the site.
    files: Diagnostics,
}

impl Found {
    fn all(&self) -> Diagnostics {
        let stages = [std::slice::from_ref(&self.before), &self.documents, std::slice::from_ref(&self.together)];
        let mut all = Diagnostics::default();
        for part in stages.into_iter().flatten().chain(&self.links).chain([&self.files]) {
            all.append(part.clone());
        }
        all
    }
}

impl Compiled {
    /// The report: levels applied, sorted. `more` is what rendering found.
    pub fn report(&self, more: Diagnostics) -> Vec<Diagnostic> {
        let mut all = self.found.all();
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
    Session::new(options.clone()).compile(folder)
}

fn policy(config: &Config, documents: &[Arc<Document>]) -> Policy {
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
fn unknown_templates(site: &Roadmaps, documents: &[Arc<Document>], theme: &theme::Theme, out: &mut Diagnostics) {
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
        Page::Words(part) => text(export::words_js::render(site, *part)),
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
