//! The steps of resolution, in their order.

use std::collections::{BTreeMap, BTreeSet};

use super::ids::{self, Named, Seen};
use super::names::Names;
use super::placements::{self, StageDraft};
use super::{DocumentIx, Page, Roadmap, Roadmaps, Topic, TopicIx, cycles, lints};
use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostics};
use crate::document::matter::{RoadmapMatter, TopicMatter};
use crate::document::place::{numbered, split};
use crate::document::{Document, Matter};
use crate::source::{Sources, Spanned};

/// Resolves all documents of a site. `drafts` takes drafts in.
pub fn resolve(documents: &[Document], sources: &Sources, config: &Config, drafts: bool) -> Checked<Roadmaps> {
    let mut out = Diagnostics::default();
    let survey = Survey::new(documents, sources, drafts, &mut out);
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
    lints::run(&site, documents, &names, sources, &mut out);
    Checked { value: site, diagnostics: out }
}

/// A roadmap and its stages as far as their places tell.
pub struct RoadmapDraft {
    /// Its id.
    pub id: String,
    /// Its document.
    pub document: DocumentIx,
    /// Its stages in their order.
    pub stages: Vec<StageDraft>,
    /// The topics in its folder, when it has no stage of its own.
    pub loose: Vec<TopicIx>,
}

/// Which documents there are and what they are called.
struct Survey {
    topics: BTreeMap<String, DocumentIx>,
    drafts: Vec<DocumentIx>,
    pages: Vec<DocumentIx>,
    home: Option<DocumentIx>,
    roadmaps: Vec<RoadmapDraft>,
}

impl Survey {
    fn new(documents: &[Document], sources: &Sources, drafts: bool, out: &mut Diagnostics) -> Self {
        let hidden = hidden(documents, drafts);
        let mut survey = Survey {
            topics: BTreeMap::new(),
            drafts: (0..documents.len()).filter(|ix| hidden[*ix]).map(DocumentIx).collect(),
            pages: Vec::new(),
            home: None,
            roadmaps: Vec::new(),
        };
        let mut seen = Seen::new(sources);
        for (ix, document) in documents.iter().enumerate().filter(|(ix, _)| !hidden[*ix]) {
            match &document.matter {
                Matter::Home(_) => survey.home = Some(DocumentIx(ix)),
                Matter::Page(_) => survey.pages.push(DocumentIx(ix)),
                Matter::Topic(topic) => {
                    let id = ids::of_document(document, topic.id.as_ref(), Named::Topic, out);
                    if seen.add(&id, "topics", out) {
                        survey.topics.insert(id.value, DocumentIx(ix));
                    }
                }
                Matter::Stage(_) | Matter::Roadmap(_) => {}
            }
        }
        survey.roadmaps = survey.roadmaps(documents, sources, &hidden, out);
        survey
    }

    fn roadmaps(
        &self,
        documents: &[Document],
        sources: &Sources,
        hidden: &[bool],
        out: &mut Diagnostics,
    ) -> Vec<RoadmapDraft> {
        let mut found: Vec<(DocumentIx, &RoadmapMatter)> = Vec::new();
        for (ix, document) in documents.iter().enumerate().filter(|(ix, _)| !hidden[*ix]) {
            if let Matter::Roadmap(matter) = &document.matter {
                found.push((DocumentIx(ix), matter));
            }
        }
        found.sort_by_key(|(ix, matter)| {
            let name = &documents[ix.0].place.name;
            (numbered(name).0.unwrap_or(u64::MAX), matter.order.unwrap_or(i64::MAX), name)
        });
        let stages = stages(documents, sources, hidden, out);
        let topic_of: BTreeMap<DocumentIx, TopicIx> =
            self.topics.values().enumerate().map(|(topic, document)| (*document, TopicIx(topic))).collect();
        let mut seen = Seen::new(sources);
        let mut roadmaps = Vec::new();
        for (ix, matter) in found {
            let document = &documents[ix.0];
            let id = ids::of_document(document, matter.id.as_ref(), Named::Roadmap, out);
            if !seen.add(&id, "roadmaps", out) {
                continue;
            }
            let folder = Some(&document.place.folder);
            let mut own: Vec<StageDraft> =
                stages.iter().filter(|(roadmap, _)| Some(roadmap) == folder).map(|(_, stage)| stage.clone()).collect();
            let members = |ix: &DocumentIx| topic_of.get(ix).copied();
            for stage in &mut own {
                let home = &documents[stage.document.0].place.folder;
                stage.living =
                    self.living(documents, |p| p.stage.as_ref() == Some(home)).filter_map(|ix| members(&ix)).collect();
            }
            let loose = match own.is_empty() {
                true => {
                    self.living(documents, |p| p.roadmap.as_ref() == folder).filter_map(|ix| members(&ix)).collect()
                }
                false => Vec::new(),
            };
            roadmaps.push(RoadmapDraft { id: id.value, document: ix, stages: own, loose });
        }
        roadmaps
    }

    /// The topics whose file lies in a certain place.
    fn living<'a>(
        &'a self,
        documents: &'a [Document],
        lies: impl Fn(&crate::document::place::Place) -> bool + 'a,
    ) -> impl Iterator<Item = DocumentIx> + 'a {
        self.topics.values().copied().filter(move |ix| lies(&documents[ix.0].place))
    }

    fn names<'a>(&self, documents: &[Document], sources: &'a Sources) -> Names<'a> {
        // A topic whose id is bad also answers to the id that its author will give it.
        let topics = self.topics.keys().enumerate().map(|(i, id)| (ids::nearest_id(id), TopicIx(i))).collect();
        let mut names = Names { topics, ..Names::default() };
        for (i, (_, ix)) in self.topics.iter().enumerate().filter(|(_, (id, _))| !ids::is_id(id)) {
            names.topics.insert(documents[ix.0].place.name.clone(), TopicIx(i));
        }
        names.topics.extend(self.topics.keys().enumerate().map(|(i, id)| (id.clone(), TopicIx(i))));
        for ix in &self.drafts {
            if let Matter::Topic(topic) = &documents[ix.0].matter {
                let id = topic.id.as_ref().map_or(&documents[ix.0].place.name, |id| &id.value);
                names.drafts.insert(id.clone());
            }
        }
        for stage in self.roadmaps.iter().flat_map(|roadmap| &roadmap.stages) {
            if let Matter::Stage(matter) = &documents[stage.document.0].matter {
                names.choices.extend(matter.choices.iter().map(|choice| choice.id.value.clone()));
            }
        }
        let broken = documents.iter().filter(|document| document.faulty);
        names.unreadable =
            broken.map(|document| (document.file, &sources.get(document.file).text[..document.body.start])).collect();
        names
    }
}

/// All stages with the folder of their roadmap, in their order.
fn stages(
    documents: &[Document],
    sources: &Sources,
    hidden: &[bool],
    out: &mut Diagnostics,
) -> Vec<(String, StageDraft)> {
    let mut found = Vec::new();
    for (ix, document) in documents.iter().enumerate().filter(|(ix, _)| !hidden[*ix]) {
        if let (Matter::Stage(matter), Some(roadmap)) = (&document.matter, &document.place.roadmap) {
            let (number, name) = numbered(&document.place.name);
            let key = (number.unwrap_or(u64::MAX), matter.order.unwrap_or(i64::MAX), name.to_owned());
            found.push((roadmap.clone(), key, DocumentIx(ix), matter));
        }
    }
    found.sort_by(|a, b| (&a.0, &a.1, a.2).cmp(&(&b.0, &b.1, b.2)));
    let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
    let mut stages = Vec::new();
    for (roadmap, _, ix, matter) in found {
        let id = ids::of_document(&documents[ix.0], matter.id.as_ref(), Named::Stage, out);
        if seen.entry(roadmap.clone()).or_insert_with(|| Seen::new(sources)).add(&id, "stages of this roadmap", out) {
            stages.push((roadmap, StageDraft { id: id.value, document: ix, living: Vec::new() }));
        }
    }
    stages
}

/// Drafts, and what lies in the folder of a draft roadmap or stage.
fn hidden(documents: &[Document], drafts: bool) -> Vec<bool> {
    if drafts {
        return vec![false; documents.len()];
    }
    let holds_others = |d: &&Document| d.is_draft() && matches!(d.matter, Matter::Roadmap(_) | Matter::Stage(_));
    let folders: BTreeSet<&str> = documents.iter().filter(holds_others).map(|d| d.place.folder.as_str()).collect();
    let inside = |folder: &Option<String>| folder.as_deref().is_some_and(|folder| folders.contains(folder));
    documents.iter().map(|d| d.is_draft() || inside(&d.place.roadmap) || inside(&d.place.stage)).collect()
}

/// A page keeps its path: `legal/imprint.md` is at `/legal/imprint/`.
fn page(ix: DocumentIx, documents: &[Document]) -> Page {
    let place = &documents[ix.0].place;
    let owns_folder = split(&place.folder).1 == place.name;
    let name = match (place.folder.as_str(), owns_folder) {
        ("", _) => place.name.clone(),
        (folder, true) => folder.to_owned(),
        (folder, false) => format!("{folder}/{}", place.name),
    };
    Page { name, document: ix }
}

fn topic(id: &str, ix: DocumentIx, documents: &[Document], names: &Names, out: &mut Diagnostics) -> Topic {
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

/// The pace of a roadmap.
pub fn pace(matter: &RoadmapMatter, config: &Config) -> f64 {
    matter.hours_per_week.unwrap_or(config.hours_per_week)
}

/// The matter of a roadmap's document.
pub fn roadmap_matter(document: &Document) -> RoadmapMatter {
    match &document.matter {
        Matter::Roadmap(matter) => (**matter).clone(),
        _ => RoadmapMatter::default(),
    }
}

/// An empty roadmap of this document.
pub fn blank(draft: &RoadmapDraft, documents: &[Document], config: &Config) -> Roadmap {
    let matter = roadmap_matter(&documents[draft.document.0]);
    Roadmap {
        id: draft.id.clone(),
        document: draft.document,
        hours_per_week: pace(&matter, config),
        claimed: matter.effort,
        stages: Vec::new(),
        flat: draft.stages.is_empty(),
        placements: Vec::new(),
        choices: Vec::new(),
        placed: BTreeMap::new(),
    }
}
