//! The page of a roadmap and the home page with a card for each.

use super::road::project_groups;
use super::{About, Maker, words};
use crate::document::Matter;
use crate::document::matter::{Faq, RoadmapMatter};
use crate::site::tags;
use crate::site::views::{
    FaqItem, HomePage, Link, RoadStage, RoadmapCard, RoadmapPage, RoadmapView, SharedView, StageGroup, Station,
};
use crate::urls::path;

impl Maker<'_> {
    pub(super) fn home(&self) -> HomePage {
        let home = self.site.roadmaps.home;
        let title = home.map_or(self.site.config.title.as_str(), |ix| self.site.title(ix)).to_owned();
        let page =
            self.page_view(About { kind: "home", title, document: home, breadcrumbs: Vec::new(), subject: None });
        HomePage {
            site: self.site_view(&page),
            page,
            content_html: home.map_or_else(String::new, |ix| self.article(ix)),
            roadmaps: (0..self.site.roadmaps.roadmaps.len()).map(|at| self.card(at)).collect(),
            shared: self.shared(),
        }
    }

    fn roadmap_matter(&self, at: usize) -> Option<&RoadmapMatter> {
        match &self.document(self.map_of(at).document).matter {
            Matter::Roadmap(matter) => Some(matter),
            _ => None,
        }
    }

    fn card(&self, at: usize) -> RoadmapCard {
        let matter = self.roadmap_matter(at);
        RoadmapCard {
            road: self.road(at),
            summary: matter.and_then(|m| m.summary.clone()).unwrap_or_default(),
            audience: matter.and_then(|m| m.audience.clone()).unwrap_or_default(),
            facts: self.facts(at),
            stations: self.stations(at),
        }
    }

    fn stations(&self, at: usize) -> Vec<Station> {
        let stages = &self.map_of(at).stages;
        let fullest = stages.iter().map(|stage| stage.placements.len()).max().unwrap_or(0).max(1);
        let last = stages.len().saturating_sub(1).max(1) as f64;
        let station = |(i, stage): (usize, &crate::roadmap::Stage)| Station {
            at: i as f64 / last * 100.0,
            size: match stage.placements.len() * 3 / fullest {
                0 => 1,
                1 => 2,
                _ => 3,
            },
            bonus: stage.is_bonus(),
            title: stage.title.clone(),
        };
        stages.iter().enumerate().map(station).collect()
    }

    fn shared(&self) -> Option<SharedView> {
        const MOST: usize = 24;
        let roads = self.site.roadmaps.roadmaps.len();
        let mut shared: Vec<usize> =
            (0..self.site.roadmaps.topics.len()).filter(|t| self.site.index.places[*t].len() > 1).collect();
        if roads < 2 || shared.is_empty() {
            return None;
        }
        shared.sort_by_key(|t| (usize::MAX - self.site.index.places[*t].len(), &self.site.roadmaps.topics[*t].id));
        let left = shared.len().saturating_sub(MOST);
        Some(SharedView {
            text: self.words().count(if roads == 2 { "shared_by_both" } else { "shared_by_some" }, shared.len()),
            topics: shared.iter().take(MOST).map(|t| self.topic_row(crate::roadmap::TopicIx(*t))).collect(),
            more: words::some(self.words(), "and_more", left),
            compare_url: self.href(path::COMPARE),
        })
    }

    pub(super) fn tag_links(&self, tags: &[crate::source::Spanned<String>]) -> Vec<Link> {
        tags.iter().map(|tag| self.link(tag.value.clone(), &path::tag(&tags::slug(&tag.value)))).collect()
    }

    pub(super) fn roadmap(&self, at: usize) -> RoadmapPage {
        let document = self.map_of(at).document;
        let road = self.road(at);
        let about = About {
            kind: "roadmap",
            title: road.title.clone(),
            document: Some(document),
            breadcrumbs: Vec::new(),
            subject: Some(self.course(at)),
        };
        let page = self.page_view(about);
        let matter = self.roadmap_matter(at).cloned().unwrap_or_default();
        let stages = self.map_of(at).stages.len();
        let roadmap = RoadmapView {
            summary: matter.summary.clone().unwrap_or_default(),
            audience: matter.audience.clone().unwrap_or_default(),
            assumes: matter.assumes.clone(),
            tags: self.tag_links(&matter.tags),
            facts: self.facts(at),
            content_html: self.article(document),
            timeline: self.timeline(at),
            timeline_url: self.href(&path::timeline(&road.id)),
            groups: self.groups(at),
            legend: self.legend(at, 0..stages),
            projects: project_groups(self.words(), &matter.projects),
            faq: self.faq(at),
            print_url: if stages == 0 { String::new() } else { self.href(&path::print(&road.id)) },
            calendar_url: self.calendar(at),
            poster_url: self.href(&path::poster(&road.id)),
            data_url: self.href(&format!("{}roadmap.json", path::roadmap(&road.id))),
            road,
        };
        RoadmapPage { site: self.site_view(&page), page, roadmap }
    }

    pub(super) fn faq(&self, at: usize) -> Vec<FaqItem> {
        let document = self.map_of(at).document;
        let faq = self.roadmap_matter(at).map_or([].as_slice(), |matter| &matter.faq);
        let item = |(i, faq): (usize, &Faq)| FaqItem {
            question_html: self.inline(&faq.question.value, document),
            answer_html: self.markdown(&faq.answer.value, document, &format!("faq-{}-", i + 1)),
        };
        faq.iter().enumerate().map(item).collect()
    }

    /// The calendar of a roadmap; empty when there is none.
    fn calendar(&self, at: usize) -> String {
        let path = path::calendar(&self.map_of(at).id);
        let is_published = self.site.today.is_some() && self.site.plans[at].has_times();
        if is_published { self.href(&path) } else { String::new() }
    }

    fn groups(&self, at: usize) -> Vec<StageGroup> {
        let mut groups: Vec<StageGroup> = Vec::new();
        for (stage, own) in self.map_of(at).stages.iter().enumerate() {
            let title = own.group.clone().unwrap_or_default();
            let entry = self.road_stage(at, stage);
            match groups.last_mut() {
                Some(group) if group.title == title => group.stages.push(entry),
                _ => groups.push(StageGroup { title, stages: vec![entry] }),
            }
        }
        // A heading that says no more than the one stage below it.
        for group in groups.iter_mut().filter(|group| group.stages.len() == 1) {
            if group.stages[0].stage.title == group.title {
                group.title.clear();
            }
        }
        groups
    }

    fn road_stage(&self, at: usize, stage: usize) -> RoadStage {
        let own = &self.map_of(at).stages[stage];
        let summary = own.document.and_then(|ix| self.document(ix).summary());
        let revisit = |topic: &crate::roadmap::TopicIx| Link {
            title: self.site.topic_title(*topic).into(),
            url: self.topic_url(*topic),
        };
        RoadStage {
            id: own.id.clone(),
            stage: self.stage_ref(at, stage),
            number: stage + 1,
            summary: summary.unwrap_or_default().into(),
            effort: self.stage_effort(at, stage),
            weeks: self.stage_weeks(at, stage),
            topics: words::topics(self.words(), own.placements.len()),
            map: self.map(at, stage),
            steps: self.steps(at, stage, None),
            revisits: own.revisits.iter().map(revisit).collect(),
        }
    }
}
