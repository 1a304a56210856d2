//! The steps of resolution, in their order.

use std::sync::Arc;

use jiff::civil::Date;

use super::names::Names;
use super::survey::Survey;
use super::{DocumentIx, Page, Roadmaps, Topic, cycles, lints, placements};
use crate::config::Config;
use crate::diagnostic::policy::Wanted;
use crate::diagnostic::{Checked, Diagnostics};
use crate::document::matter::TopicMatter;
use crate::document::place::split;
use crate::document::{Document, Matter};
use crate::source::{Sources, Spanned};

/// What resolution is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Take drafts in.
    pub drafts: bool,
    /// The lints that somebody asks for; the others are not looked for where that costs something.
    pub wanted: Wanted,
    /// The day that dates are judged on, where they are.
    pub today: Option<Date>,
}

/// Resolves all documents of a site.
pub fn resolve(documents: &[Arc<Document>], sources: &Sources, config: &Config, options: Options) -> Checked<Roadmaps> {
    let mut out = Diagnostics::default();
    let survey = Survey::new(documents, sources, options.drafts, &mut out);
    let names = survey.names(documents, sources);
    let mut site = Roadmaps { home: survey.home, drafts: survey.drafts.clone(), ..Roadmaps::default() };
    site.pages = survey.pages.iter().map(|ix| page(*ix, documents)).collect();
    site.topics = survey.topics.iter().map(|(id, ix)| topic(id, *ix, documents, &names, &mut out)).collect();
    cycles::break_part_of(&mut site.topics, documents, &mut out);
    for draft in &survey.roadmaps {
        let roadmap = placements::place(draft, documents, &site, &names, config, &mut out);
        site.roadmaps.push(roadmap);
    }
    cycles::break_requires(&mut site, &mut out);
    lints::run(&site, documents, &names, sources, options, &mut out);
    Checked { value: site, diagnostics: out }
}

/// A page keeps its path: `legal/imprint.md` is at `/legal/imprint/`.
fn page(ix: DocumentIx, documents: &[Arc<Document>]) -> Page {
    let place = &documents[ix.0].place;
    let owns_folder = split(&place.folder).1 == place.name;
    let name = match (place.folder.as_str(), owns_folder) {
        ("", _) => place.name.clone(),
        (folder, true) => folder.to_owned(),
        (folder, false) => format!("{folder}/{}", place.name),
    };
    Page { name, document: ix }
}

fn topic(id: &str, ix: DocumentIx, documents: &[Arc<Document>], names: &Names, out: &mut Diagnostics) -> Topic {
    let empty = TopicMatter::default();
    let matter = match &documents[ix.0].matter {
        Matter::Topic(matter) => matter,
        _ => &empty,
    };
    Topic {
        id: id.to_owned(),
        document: ix,
        requires: names.requirements(&matter.requires, out),
        related: names.topics(&matter.related, out),
        part_of: matter.part_of.as_ref().and_then(|id: &Spanned<String>| names.topic(id, out)),
    }
}
