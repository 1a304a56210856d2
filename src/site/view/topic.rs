//! The page of a topic: the article, what comes first, what it opens, and on which roads it lies.

use super::road::project;
use super::{About, Maker, words};
use crate::config::DEFAULT_HOURS_PER_WEEK;
use crate::document::Matter;
use crate::document::matter::{Resource, TopicMatter};
use crate::plan::{Cost, Interval};
use crate::roadmap::{PlacementIx, Requirement, Standing, Target as Needed, TopicIx, standing};
use crate::site::choice_title;
use crate::site::views::{
    Link, Neighbour, PlaceView, Prerequisite, ResourceView, RoadRef, Target, TargetRemark, TopicLink, TopicPage,
    TopicView,
};
use crate::theme::words::Words;
use crate::urls::path;

impl<'a> Maker<'a> {
    fn topic_matter(&self, topic: TopicIx) -> Option<&'a TopicMatter> {
        match &self.document(self.site.roadmaps.topic(topic).document).matter {
            Matter::Topic(matter) => Some(matter),
            _ => None,
        }
    }

    /// The template that the topic asks for.
    pub(super) fn topic_template(&self, topic: TopicIx) -> Option<&'a str> {
        let wanted = self.topic_matter(topic)?.template.as_ref()?;
        self.site.theme.has(&wanted.value).then_some(&wanted.value)
    }

    pub(super) fn topic(&self, ix: TopicIx) -> TopicPage {
        let topic = self.site.roadmaps.topic(ix);
        let places = &self.site.index.places[ix.0];
        let title = self.site.topic_title(ix).to_owned();
        let breadcrumbs = match places.first() {
            Some((at, place)) => {
                let (road, stage) = (self.road(*at), self.stage_ref(*at, self.map_of(*at).placement(*place).stage));
                vec![Link { title: road.title, url: road.url }, Link { title: stage.title, url: stage.url }]
            }
            None => vec![self.link(self.word("topics_page"), path::TOPICS)],
        };
        let page = self.page_view(About {
            kind: "topic",
            title: title.clone(),
            document: Some(topic.document),
            breadcrumbs,
            subject: Some(self.learning_resource(ix)),
        });
        let empty = TopicMatter::default();
        let matter = self.topic_matter(ix).unwrap_or(&empty);
        let view = TopicView {
            id: topic.id.clone(),
            title,
            summary: matter.summary.clone().unwrap_or_default(),
            content_html: self.article(topic.document),
            level: matter.level.name().into(),
            effort: self.own_effort(matter),
            tags: self.tag_links(&matter.tags),
            part_of: self.ancestors(ix),
            parts: self.site.index.parts[ix.0].iter().map(|part| self.topic_link(ix, *part, None, &[])).collect(),
            first: self.first(ix),
            assumes: matter.assumes.clone(),
            opens: self.opens(ix),
            related: topic.related.iter().map(|other| self.topic_link(ix, *other, None, &[])).collect(),
            places: places.iter().map(|(at, place)| self.place(*at, *place)).collect(),
            outcomes: matter.outcomes.clone(),
            resources: matter.resources.iter().map(|one| resource(self.words(), one)).collect(),
            projects: matter.projects.of.iter().map(|one| project(self.words(), one)).collect(),
        };
        TopicPage { site: self.site_view(&page), page, topic: view }
    }

    fn own_effort(&self, matter: &TopicMatter) -> crate::site::views::EffortView {
        let pace = self.site.config.hours_per_week.unwrap_or(DEFAULT_HOURS_PER_WEEK);
        let cost =
            matter.effort.as_ref().map(|e| Cost { hours: Interval::of(&e.value, pace), unknown: 0, known: true });
        words::effort(self.words(), cost.as_ref(), matter.effort.as_ref().map(|e| &e.value), pace)
    }

    /// The topics that it is a part of, outermost first; circles were cut when they were reported.
    fn ancestors(&self, ix: TopicIx) -> Vec<Link> {
        let parent = |topic: TopicIx| self.site.roadmaps.topic(topic).part_of;
        let mut chain: Vec<TopicIx> = std::iter::successors(parent(ix), |at| parent(*at)).take(8).collect();
        chain.reverse();
        chain
            .iter()
            .map(|topic| Link { title: self.site.topic_title(*topic).into(), url: self.topic_url(*topic) })
            .collect()
    }

    fn topic_link(&self, from: TopicIx, topic: TopicIx, because: Option<&str>, only_on: &[usize]) -> TopicLink {
        TopicLink {
            title: self.site.topic_title(topic).into(),
            url: self.topic_url(topic),
            because: because.unwrap_or_default().into(),
            place: self.shared_place(from, topic, (only_on.len() == 1).then(|| only_on[0])),
            only_on: self.some_roads(from, only_on),
        }
    }

    /// Roads worth naming: none when they are all that the topic lies on.
    fn some_roads(&self, topic: TopicIx, roads: &[usize]) -> Vec<RoadRef> {
        let all = self.site.index.places[topic.0].len();
        if roads.len() == all { Vec::new() } else { roads.iter().map(|at| self.road(*at)).collect() }
    }

    /// The stage of `topic` on the first road that both topics are on; with `on`, on that road alone.
    fn shared_place(&self, from: TopicIx, topic: TopicIx, on: Option<usize>) -> String {
        let roads = self.site.index.places[from.0].iter().map(|(at, _)| *at).filter(|at| on.is_none_or(|on| on == *at));
        let home = roads.filter_map(|at| Some((at, *self.map_of(at).placed.get(&topic)?))).next();
        let Some((at, place)) = home else { return String::new() };
        let stage = &self.map_of(at).stages[self.map_of(at).placement(place).stage];
        if stage.is_bonus() { self.fill("bonus_stage", &[("stage", &stage.title)]) } else { stage.title.clone() }
    }

    fn opens(&self, ix: TopicIx) -> Vec<TopicLink> {
        let openings = &self.site.index.opens[ix.0];
        openings.iter().map(|o| self.topic_link(ix, o.topic, o.because.as_deref(), &o.only_on)).collect()
    }

    /// Its own prerequisites, then those that single roads add.
    fn first(&self, ix: TopicIx) -> Vec<Prerequisite> {
        let own =
            self.site.roadmaps.topic(ix).requires.iter().map(|requirement| self.prerequisite(ix, requirement, None));
        let extra = self.site.index.places[ix.0].iter().flat_map(|(at, place)| {
            let added = &self.map_of(*at).placement(*place).requires;
            added.iter().map(|requirement| self.prerequisite(ix, requirement, Some(*at)))
        });
        own.chain(extra).collect()
    }

    fn prerequisite(&self, ix: TopicIx, requirement: &Requirement, on: Option<usize>) -> Prerequisite {
        let (mut title, mut pick) = (String::new(), String::new());
        let mut kind = if requirement.any { "any" } else { "topic" };
        let mut targets = Vec::new();
        for needed in &requirement.targets {
            match &needed.value {
                Needed::Topic(topic) => targets.push(self.target(ix, *topic, &needed.value, on)),
                Needed::Choice(id) => {
                    let Some((at, choice)) = self.choice_near(ix, id, on) else { continue };
                    let choice = &self.map_of(at).choices[choice];
                    if !requirement.any {
                        (kind, title, pick) = ("choice", choice_title(choice), words::rule(self.words(), choice));
                    }
                    let options = choice.of.iter().map(|option| self.map_of(at).placement(*option).topic);
                    targets.extend(options.map(|topic| self.target(ix, topic, &needed.value, on)));
                }
            }
        }
        Prerequisite {
            kind: kind.into(),
            title,
            pick,
            targets,
            because: requirement.because.clone().unwrap_or_default(),
            only_on: on.map_or_else(Vec::new, |at| self.some_roads(ix, &[at])),
        }
    }

    /// The choice of this id on a road of the topic, or else on any.
    fn choice_near(&self, ix: TopicIx, id: &str, on: Option<usize>) -> Option<(usize, usize)> {
        let own = self.site.index.places[ix.0].iter().map(|(at, _)| *at);
        let all = 0..self.site.roadmaps.roadmaps.len();
        let mut roads = on.into_iter().chain(own).chain(all);
        roads.find_map(|at| Some((at, self.map_of(at).find_choice(id)?.0)))
    }

    fn target(&self, ix: TopicIx, topic: TopicIx, needed: &Needed, on: Option<usize>) -> Target {
        let places = self.site.index.places[ix.0].iter().filter(|(at, _)| on.is_none_or(|on| on == *at));
        let (mut remarks, mut outside) = (Vec::new(), Vec::new());
        for (at, place) in places {
            let roadmap = self.map_of(*at);
            match standing(roadmap, roadmap.placement(*place), needed) {
                Standing::Before(_) => {}
                Standing::Late(later) => {
                    let last = later.iter().map(|ix| roadmap.placement(*ix).stage).max().unwrap_or(0);
                    let stage = Some(self.stage_ref(*at, last));
                    remarks.push(TargetRemark { kind: "late".into(), roads: vec![self.road(*at)], stage });
                }
                Standing::Outside => outside.push(self.road(*at)),
            }
        }
        if !outside.is_empty() {
            remarks.push(TargetRemark { kind: "outside".into(), roads: outside, stage: None });
        }
        Target {
            title: self.site.topic_title(topic).into(),
            url: self.topic_url(topic),
            place: self.shared_place(ix, topic, on),
            remarks,
        }
    }

    fn place(&self, at: usize, place: PlacementIx) -> PlaceView {
        let roadmap = self.map_of(at);
        let placement = roadmap.placement(place);
        let (index, plan) = (self.index_of(at), &self.site.plans[at]);
        let own = &plan.stages[placement.stage].order;
        let first = own.first().map_or(0, |ix| index.at[ix.0]);
        let neighbour = |other: Option<usize>| {
            let other = roadmap.placement(*plan.order.get(other?)?);
            let stage =
                if other.stage == placement.stage { String::new() } else { roadmap.stages[other.stage].title.clone() };
            Some(Neighbour {
                title: self.site.topic_title(other.topic).into(),
                url: self.topic_url(other.topic),
                stage,
            })
        };
        let here = index.at[place.0];
        let choices = index.choices.get(&place).into_iter().flatten();
        let again = index.revisited.get(&placement.topic).into_iter().flatten();
        PlaceView {
            road: self.road(at),
            stage: self.stage_ref(at, placement.stage),
            position: self.fill("topic_of", &[("n", &(here - first + 1).to_string()), ("all", &own.len().to_string())]),
            level: placement.level.name().into(),
            effort: self.effort_of(at, place),
            condition: self.condition(&placement.for_options),
            note: placement.note.clone().unwrap_or_default(),
            choices: choices.map(|choice| self.choice(at, *choice, Some(placement.topic))).collect(),
            revisited_in: again.map(|stage| self.stage_ref(at, *stage)).collect(),
            line: self.line(at, placement.stage, Some(placement.topic)),
            previous: neighbour(here.checked_sub(1)),
            next: neighbour(Some(here + 1)),
        }
    }
}

pub(super) fn resource(words: &Words, resource: &Resource) -> ResourceView {
    let time = resource.minutes.map_or_else(String::new, |minutes| {
        let minutes = minutes as f64;
        let hours = (minutes / 60.0 * 2.0).round() / 2.0;
        match minutes < 90.0 {
            true => words.plural("minutes", minutes, &words.number(minutes)),
            false => words.plural("hours", hours, &words.number(hours)),
        }
    });
    ResourceView {
        title: resource.title.clone(),
        url: resource.url.as_ref().map_or_else(String::new, |url| url.value.clone()),
        kind: resource.kind.unwrap_or_default().into(),
        free: resource.free,
        time,
    }
}
