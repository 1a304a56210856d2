//! The whole roadmap with all its topics' texts on one page, to print or keep.
//!
//! All texts share the page, so each has its own prefix for the ids in it, and a link to a topic or stage of
//! this roadmap leads to its place here.

use rayon::prelude::*;

use super::road::project_groups;
use super::topic::resource;
use super::{About, Maker};
use crate::document::Matter;
use crate::markdown::{self, Within};
use crate::roadmap::{DocumentIx, PlacementIx, Requirement, Target};
use crate::site::choice_title;
use crate::site::views::{Link, PrintPage, PrintStage, PrintTopic};
use crate::urls::path;

impl Maker<'_> {
    pub(super) fn print(&self, at: usize) -> PrintPage {
        let road = self.road(at);
        let roadmap = self.map_of(at);
        let page = self.page_view(About {
            kind: "print",
            title: self.fill("print_page", &[("road", &road.title)]),
            document: None,
            breadcrumbs: vec![self.link(road.title.clone(), &path::roadmap(&road.id))],
            subject: None,
        });
        let summary = self.document(roadmap.document).summary().unwrap_or_default().into();
        PrintPage {
            site: self.site_view(&page),
            page,
            summary,
            facts: self.facts(at),
            content_html: self.printed(at, roadmap.document, ".", 0),
            stages: (0..roadmap.stages.len()).map(|stage| self.print_stage(at, stage)).collect(),
            faq: self.faq(at),
            roadmap: road,
        }
    }

    fn print_stage(&self, at: usize, stage: usize) -> PrintStage {
        let own = &self.map_of(at).stages[stage];
        let matter = own.document.map(|ix| &self.document(ix).matter);
        let projects = match matter {
            Some(Matter::Stage(matter)) => project_groups(self.words(), &matter.projects),
            _ => Vec::new(),
        };
        let order = &self.site.plans[at].stages[stage].order;
        let topic = |(i, ix): (usize, &PlacementIx)| self.print_topic(at, *ix, format!("{}.{}", stage + 1, i + 1));
        PrintStage {
            anchor: stage_anchor(&own.id),
            stage: self.stage_ref(at, stage),
            summary: own.document.and_then(|ix| self.document(ix).summary()).unwrap_or_default().into(),
            effort: self.stage_effort(at, stage),
            content_html: own.document.map_or_else(String::new, |ix| self.printed(at, ix, &stage_prefix(&own.id), 1)),
            // A print page has as much to render as all its topics: it is made by all threads that have nothing else to do.
            topics: order.par_iter().enumerate().map(topic).collect(),
            choices: own.choices.iter().map(|ix| self.choice(at, *ix, None)).collect(),
            projects,
        }
    }

    fn print_topic(&self, at: usize, ix: PlacementIx, number: String) -> PrintTopic {
        let placement = self.map_of(at).placement(ix);
        let topic = self.site.roadmaps.topic(placement.topic);
        let document = self.document(topic.document);
        let (outcomes, resources) = match &document.matter {
            Matter::Topic(matter) => (matter.outcomes.clone(), matter.resources.as_slice()),
            _ => (Vec::new(), [].as_slice()),
        };
        let requires = topic.requires.iter().chain(&placement.requires);
        PrintTopic {
            anchor: topic_anchor(&topic.id),
            number,
            title: self.site.topic_title(placement.topic).into(),
            url: self.topic_url(placement.topic),
            level: placement.level.name().into(),
            effort: self.effort_of(at, ix).text,
            condition: self.condition(&placement.for_options),
            note: placement.note.clone().unwrap_or_default(),
            first: requires.flat_map(|requirement| self.first_here(at, requirement)).collect(),
            summary: document.summary().unwrap_or_default().into(),
            content_html: self.printed(at, topic.document, &topic_prefix(&topic.id), 2),
            outcomes,
            resources: resources.iter().map(|one| resource(self.words(), one)).collect(),
        }
    }

    /// What a prerequisite means on this page: its topics, or a choice with its stage.
    fn first_here(&self, at: usize, requirement: &Requirement) -> Vec<Link> {
        let link = |needed: &Target| match needed {
            Target::Topic(topic) => {
                let id = &self.site.roadmaps.topic(*topic).id;
                let here = self.map_of(at).placed.contains_key(topic);
                let url = if here { format!("#{}", topic_anchor(id)) } else { self.topic_url(*topic) };
                Some(Link { title: self.site.topic_title(*topic).into(), url })
            }
            Target::Choice(id) => {
                let choice = self.map_of(at).choice(self.map_of(at).find_choice(id)?);
                let url = format!("#{}", stage_anchor(&self.map_of(at).stages[choice.stage].id));
                Some(Link { title: choice_title(choice), url })
            }
        };
        requirement.targets.iter().filter_map(|needed| link(&needed.value)).collect()
    }

    /// A document's text within this page, its headings `deeper` by some levels.
    fn printed(&self, at: usize, ix: DocumentIx, prefix: &str, deeper: u8) -> String {
        let document = self.document(ix);
        let text = &self.site.sources.get(document.file).text[document.body.clone()];
        let resolve = |link: &markdown::Link| {
            let page = |path: &str| self.place_here(at, path).unwrap_or_else(|| self.href(path));
            self.resolve_with(ix, link, &page, &|anchor| format!("#{prefix}{}", anchor.trim_start_matches('#')))
        };
        markdown::to_html_within(text, &self.site.markdown, Within { prefix, deeper }, &resolve).html
    }

    /// The place on this page that has what another page of the site would show.
    fn place_here(&self, at: usize, path: &str) -> Option<String> {
        let roadmap = self.map_of(at);
        let (page, anchor) = path.split_once('#').unwrap_or((path, ""));
        let (place, prefix) = match page.strip_prefix(path::TOPICS).and_then(|rest| rest.strip_suffix('/')) {
            Some(id) => {
                let topic = self.site.roadmaps.find(id)?;
                roadmap.placed.contains_key(&topic).then_some((topic_anchor(id), topic_prefix(id)))?
            }
            None => {
                let id = page.strip_prefix(&path::roadmap(&roadmap.id))?.strip_suffix('/')?;
                roadmap.stages.iter().find(|stage| stage.id == id)?;
                (stage_anchor(id), stage_prefix(id))
            }
        };
        Some(if anchor.is_empty() { format!("#{place}") } else { format!("#{prefix}{anchor}") })
    }
}

fn topic_anchor(id: &str) -> String {
    format!("rb-topic-{id}")
}

fn stage_anchor(id: &str) -> String {
    format!("rb-stage-{id}")
}

/// What begins the ids of a topic's text. No id of a topic or stage holds a dot, so no two prefixes meet.
fn topic_prefix(id: &str) -> String {
    format!("{id}.")
}

fn stage_prefix(id: &str) -> String {
    format!("{id}..")
}
