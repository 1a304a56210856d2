//! Which topics, stages and roadmaps there are and what they are called, before anything is resolved.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::ids::{self, Named, Seen};
use super::names::{Names, words};
use super::{DocumentIx, TopicIx};
use crate::diagnostic::Diagnostics;
use crate::document::matter::RoadmapMatter;
use crate::document::place::numbered;
use crate::document::{Document, Matter};
use crate::source::Sources;

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

/// A stage as far as its place tells.
#[derive(Clone, Debug)]
pub struct StageDraft {
    /// Its id.
    pub id: String,
    /// Its document.
    pub document: DocumentIx,
    /// The topics whose files lie in its folder.
    pub living: Vec<TopicIx>,
}

/// Which documents there are and what they are called.
pub struct Survey {
    /// The topics by id; a topic's place in this order is its index.
    pub topics: BTreeMap<String, DocumentIx>,
    /// Documents that are left out.
    pub drafts: Vec<DocumentIx>,
    /// The plain pages.
    pub pages: Vec<DocumentIx>,
    /// The home page.
    pub home: Option<DocumentIx>,
    /// The roadmaps in the site's order.
    pub roadmaps: Vec<RoadmapDraft>,
}

impl Survey {
    /// Looks at all documents. `drafts` takes drafts in.
    pub fn new(documents: &[Arc<Document>], sources: &Sources, drafts: bool, out: &mut Diagnostics) -> Self {
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
        documents: &[Arc<Document>],
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
        let mut stages = stages(documents, sources, hidden, out);
        let homes = self.homes(documents);
        let living = |folder: &String| homes.get(folder.as_str()).cloned().unwrap_or_default();
        let mut seen = Seen::new(sources);
        let mut roadmaps = Vec::new();
        for (ix, matter) in found {
            let document = &documents[ix.0];
            let id = ids::of_document(document, matter.id.as_ref(), Named::Roadmap, out);
            if !seen.add(&id, "roadmaps", out) {
                continue;
            }
            let folder = &document.place.folder;
            let mut own = stages.remove(folder).unwrap_or_default();
            for stage in &mut own {
                stage.living = living(&documents[stage.document.0].place.folder);
            }
            let loose = if own.is_empty() { living(folder) } else { Vec::new() };
            roadmaps.push(RoadmapDraft { id: id.value, document: ix, stages: own, loose });
        }
        roadmaps
    }

    /// The topics whose files lie in each stage's, or else roadmap's, folder.
    fn homes<'a>(&self, documents: &'a [Arc<Document>]) -> BTreeMap<&'a str, Vec<TopicIx>> {
        let mut homes: BTreeMap<&str, Vec<TopicIx>> = BTreeMap::new();
        for (topic, ix) in self.topics.values().enumerate() {
            let place = &documents[ix.0].place;
            if let Some(folder) = place.stage.as_ref().or(place.roadmap.as_ref()) {
                homes.entry(folder).or_default().push(TopicIx(topic));
            }
        }
        homes
    }

    /// What ids can name.
    pub fn names<'a>(&self, documents: &[Arc<Document>], sources: &'a Sources) -> Names<'a> {
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
        for document in documents.iter().filter(|document| document.faulty) {
            for word in words(&sources.get(document.file).text[..document.body.start]) {
                *names.unreadable.entry(word).or_default().entry(document.file).or_default() += 1;
            }
        }
        names
    }
}

/// The stages of each roadmap's folder, in their order.
fn stages(
    documents: &[Arc<Document>],
    sources: &Sources,
    hidden: &[bool],
    out: &mut Diagnostics,
) -> BTreeMap<String, Vec<StageDraft>> {
    let mut found = Vec::new();
    for (ix, document) in documents.iter().enumerate().filter(|(ix, _)| !hidden[*ix]) {
        if let (Matter::Stage(matter), Some(roadmap)) = (&document.matter, &document.place.roadmap) {
            let (number, name) = numbered(&document.place.name);
            let key = (number.unwrap_or(u64::MAX), matter.order.unwrap_or(i64::MAX), name);
            found.push((roadmap, key, DocumentIx(ix), matter));
        }
    }
    found.sort_by_key(|(roadmap, key, ix, _)| (*roadmap, *key, *ix));
    let mut seen: BTreeMap<&String, Seen> = BTreeMap::new();
    let mut stages: BTreeMap<String, Vec<StageDraft>> = BTreeMap::new();
    for (roadmap, _, ix, matter) in found {
        let id = ids::of_document(&documents[ix.0], matter.id.as_ref(), Named::Stage, out);
        if seen.entry(roadmap).or_insert_with(|| Seen::new(sources)).add(&id, "stages of this roadmap", out) {
            let stage = StageDraft { id: id.value, document: ix, living: Vec::new() };
            stages.entry(roadmap.clone()).or_default().push(stage);
        }
    }
    stages
}

/// Drafts, and what lies in the folder of a draft roadmap or stage.
fn hidden(documents: &[Arc<Document>], drafts: bool) -> Vec<bool> {
    if drafts {
        return vec![false; documents.len()];
    }
    let holds_others = |d: &&Arc<Document>| d.is_draft() && matches!(d.matter, Matter::Roadmap(_) | Matter::Stage(_));
    let folders: BTreeSet<&str> = documents.iter().filter(holds_others).map(|d| d.place.folder.as_str()).collect();
    let inside = |folder: &Option<String>| folder.as_deref().is_some_and(|folder| folders.contains(folder));
    documents.iter().map(|d| d.is_draft() || inside(&d.place.roadmap) || inside(&d.place.stage)).collect()
}
