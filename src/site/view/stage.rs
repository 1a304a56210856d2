//! The page of a stage.

use super::road::project_groups;
use super::{About, Maker, words};
use crate::document::Matter;
use crate::document::matter::StageMatter;
use crate::roadmap::{PlacementIx, Target, TopicIx};
use crate::site::views::{LateView, Neighbour, OptionOf, Revisit, StagePage, StageTopic, StageView};
use crate::urls::path;

/// How deep sub-topics are nested on the page.
const DEEPEST: usize = 6;

impl Maker<'_> {
    pub(super) fn stage(&self, at: usize, stage: usize) -> StagePage {
        let own = &self.map_of(at).stages[stage];
        let road = self.road(at);
        let page = self.page_view(About {
            kind: "stage",
            title: own.title.clone(),
            document: own.document,
            breadcrumbs: vec![self.link(road.title.clone(), &path::roadmap(&road.id))],
            subject: None,
        });
        let neighbour = |other: usize| {
            let other = self.stage_ref(at, other);
            Neighbour { title: other.title, url: other.url, stage: String::new() }
        };
        let last = self.map_of(at).stages.len() - 1;
        StagePage {
            site: self.site_view(&page),
            page,
            roadmap: road,
            line: self.line(at, stage, None),
            stage: self.stage_view(at, stage),
            previous: stage.checked_sub(1).map(neighbour),
            next: (stage < last).then(|| neighbour(stage + 1)),
        }
    }

    fn stage_view(&self, at: usize, stage: usize) -> StageView {
        let roadmap = self.map_of(at);
        let own = &roadmap.stages[stage];
        let matter = match own.document.map(|ix| &self.document(ix).matter) {
            Some(Matter::Stage(matter)) => (**matter).clone(),
            _ => StageMatter::default(),
        };
        let plan = &self.site.plans[at].stages[stage];
        StageView {
            id: own.id.clone(),
            stage: self.stage_ref(at, stage),
            number: stage + 1,
            position: self
                .fill("stage_of", &[("n", &(stage + 1).to_string()), ("all", &roadmap.stages.len().to_string())]),
            group: own.group.clone().unwrap_or_default(),
            summary: matter.summary.unwrap_or_default(),
            effort: self.stage_effort(at, stage),
            optional: words::effort(self.words(), Some(&plan.optional), None, roadmap.hours_per_week),
            weeks: self.stage_weeks(at, stage),
            count: words::topics(self.words(), own.placements.len()),
            content_html: own.document.map_or_else(String::new, |ix| self.article(ix)),
            map: self.map(at, stage),
            legend: self.legend(at, std::iter::once(stage)),
            topics: self.stage_topics(at, &self.top_level(at, stage), ""),
            choices: own.choices.iter().map(|ix| self.choice(at, *ix, None)).collect(),
            revisits: own.revisits.iter().map(|topic| self.revisit(at, *topic)).collect(),
            projects: project_groups(self.words(), &matter.projects),
        }
    }

    fn revisit(&self, at: usize, topic: TopicIx) -> Revisit {
        let roadmap = self.map_of(at);
        let home = roadmap.placed.get(&topic).map_or(0, |ix| roadmap.placement(*ix).stage);
        Revisit {
            title: self.site.topic_title(topic).into(),
            url: self.topic_url(topic),
            stage: self.stage_ref(at, home),
        }
    }

    // Recursion follows `part_of`, down to [`DEEPEST`].
    fn stage_topics(&self, at: usize, list: &[PlacementIx], prefix: &str) -> Vec<StageTopic> {
        let entry = |(i, (ix, option)): (usize, (&PlacementIx, Option<OptionOf>))| {
            self.stage_topic(at, *ix, format!("{prefix}{}", i + 1), option)
        };
        list.iter().zip(self.options(at, list)).enumerate().map(entry).collect()
    }

    fn stage_topic(&self, at: usize, ix: PlacementIx, number: String, option: Option<OptionOf>) -> StageTopic {
        let placement = self.map_of(at).placement(ix);
        let topic = placement.topic;
        let document = self.document(self.site.roadmaps.topic(topic).document);
        let others = self.site.index.places[topic.0].iter().filter(|(other, _)| *other != at);
        let own = &self.index_of(at).parts[ix.0];
        let parts = match number.matches('.').count() {
            0..DEEPEST => own.clone(),
            DEEPEST => self.below(at, own),
            _ => Vec::new(),
        };
        let prefix = format!("{number}.");
        StageTopic {
            id: self.site.roadmaps.topic(topic).id.clone(),
            title: self.site.topic_title(topic).into(),
            url: self.topic_url(topic),
            summary: document.summary().unwrap_or_default().into(),
            level: placement.level.name().into(),
            effort: self.effort_of(at, ix).text,
            condition: self.condition(&placement.for_options),
            note: placement.note.clone().unwrap_or_default(),
            option,
            late: placement.late.iter().filter_map(|late| self.late(at, &late.value)).collect(),
            also_on: others.map(|(other, _)| self.road(*other)).collect(),
            parts: self.stage_topics(at, &parts, &prefix),
            number,
        }
    }

    /// Sub-topics and theirs, all in one list: deeper nesting is no outline that anybody reads.
    fn below(&self, at: usize, own: &[PlacementIx]) -> Vec<PlacementIx> {
        let mut all = Vec::new();
        let mut stack: Vec<PlacementIx> = own.iter().rev().copied().collect();
        while let Some(ix) = stack.pop() {
            all.push(ix);
            stack.extend(self.index_of(at).parts[ix.0].iter().rev());
        }
        all
    }

    fn late(&self, at: usize, target: &Target) -> Option<LateView> {
        let roadmap = self.map_of(at);
        match target {
            Target::Topic(topic) => {
                let home = roadmap.placement(*roadmap.placed.get(topic)?).stage;
                let (title, url) = (self.site.topic_title(*topic).into(), self.topic_url(*topic));
                Some(LateView { title, url, stage: self.stage_ref(at, home) })
            }
            Target::Choice(id) => {
                let choice = roadmap.choice(roadmap.find_choice(id)?);
                let stage = self.stage_ref(at, choice.stage);
                Some(LateView { title: crate::site::choice_title(choice), url: stage.url.clone(), stage })
            }
        }
    }
}
