//! What several pages show of a road: figures, steps, choices, projects, conditions.

use std::collections::BTreeSet;

use super::{Maker, words};
use crate::document::matter::{Project, Projects};
use crate::plan::{Cost, Interval};
use crate::roadmap::{Choice, ChoiceIx, PlacementIx, Roadmap, TopicIx};
use crate::site::choice_title;
use crate::site::index::Road;
use crate::site::views::{
    ChoiceOption, ChoiceView, ClaimView, EffortView, Legend, LineStage, OptionOf, ProjectGroup, ProjectView,
    RoadmapFacts, Step,
};
use crate::theme::words::Words;
use crate::urls::path;

/// A longer list of stages or steps is shown as a window around the page's own place, so that no page grows
/// with its roadmap.
const MOST_STEPS: usize = 80;
const WINDOW: usize = 20;

impl<'a> Maker<'a> {
    pub(super) fn map_of(&self, at: usize) -> &'a Roadmap {
        &self.site.roadmaps.roadmaps[at]
    }

    pub(super) fn index_of(&self, at: usize) -> &'a Road {
        &self.site.index.roads[at]
    }

    pub(super) fn topic_url(&self, topic: TopicIx) -> String {
        self.href(&path::topic(&self.site.roadmaps.topic(topic).id))
    }

    pub(super) fn titles(&self, topics: &[TopicIx]) -> String {
        words::or(self.words(), &topics.iter().map(|topic| self.site.topic_title(*topic)).collect::<Vec<_>>())
    }

    /// `if you picked Node.js`
    pub(super) fn condition(&self, options: &[TopicIx]) -> String {
        if options.is_empty() {
            return String::new();
        }
        self.fill("if_picked", &[("options", &self.titles(options))])
    }

    pub(super) fn effort_of(&self, at: usize, ix: PlacementIx) -> EffortView {
        let roadmap = self.map_of(at);
        let stated = roadmap.placement(ix).effort.as_ref().map(|effort| &effort.value);
        words::effort(self.words(), self.site.plans[at].efforts[ix.0].as_ref(), stated, roadmap.hours_per_week)
    }

    pub(super) fn stage_effort(&self, at: usize, stage: usize) -> EffortView {
        let roadmap = self.map_of(at);
        let stated = roadmap.stages[stage].effort.as_ref().map(|effort| &effort.value);
        words::effort(self.words(), Some(&self.site.plans[at].stages[stage].effort), stated, roadmap.hours_per_week)
    }

    pub(super) fn facts(&self, at: usize) -> RoadmapFacts {
        let (roadmap, plan) = (self.map_of(at), &self.site.plans[at]);
        let sum = |cost: &Cost| words::effort(self.words(), Some(cost), None, roadmap.hours_per_week);
        let bonus = roadmap.stages.iter().filter(|stage| stage.is_bonus()).count();
        let core_topics =
            roadmap.stages.iter().filter(|stage| !stage.is_bonus()).map(|stage| stage.placements.len()).sum();
        let with_bonus = (bonus > 0).then(|| sum(&self.with_bonus(at)));
        RoadmapFacts {
            stages: roadmap.stages.len() - bonus,
            bonus_stages: bonus,
            topics: roadmap.placements.len(),
            core_topics,
            effort: sum(&plan.total),
            with_bonus,
            optional: sum(&plan.optional),
            pace: words::pace(self.words(), roadmap),
            claimed: self.claim(at),
        }
    }

    /// The core and the bonus stages, without optional topics.
    fn with_bonus(&self, at: usize) -> Cost {
        let plan = &self.site.plans[at];
        let mut sum = plan.total.clone();
        for (stage, planned) in self.map_of(at).stages.iter().zip(&plan.stages) {
            if stage.is_bonus() {
                sum.hours = sum.hours.plus(planned.effort.hours);
                sum.unknown += planned.effort.unknown;
                sum.known |= planned.effort.known;
            }
        }
        sum
    }

    fn claim(&self, at: usize) -> Option<ClaimView> {
        let (roadmap, plan) = (self.map_of(at), &self.site.plans[at]);
        let claimed = &roadmap.claimed.as_ref()?.value;
        let hours = Interval::of(claimed, roadmap.hours_per_week);
        let all = self.with_bonus(at);
        let text = words::stated(self.words(), claimed);
        let converted = words::time(self.words(), hours, roadmap.hours_per_week);
        let within = hours.is_within(Interval { min: plan.total.hours.min, max: all.hours.max });
        let sum = if all.known { words::time(self.words(), all.hours, roadmap.hours_per_week) } else { String::new() };
        // As for `effort-mismatch`: what is unknown may fill up a sum that is below the claim.
        let differs =
            all.known && if all.unknown == 0 { !within } else { hours.max.is_some_and(|max| max < all.hours.min) };
        Some(ClaimView { converted: if converted == text { String::new() } else { converted }, text, differs, sum })
    }

    /// The topics of a stage in order, sub-topics below their parents. `here` is the page's own topic.
    pub(super) fn steps(&self, at: usize, stage: usize, here: Option<TopicIx>) -> Vec<Step> {
        let order = &self.site.plans[at].stages[stage].order;
        if order.len() > MOST_STEPS {
            let own = order.iter().position(|ix| Some(self.map_of(at).placement(*ix).topic) == here);
            let from = own.unwrap_or(0).saturating_sub(WINDOW);
            let to = (own.unwrap_or(order.len()) + WINDOW + 1).min(order.len());
            let shown = if own.is_some() { &order[from..to] } else { &order[..] };
            return self.step_list(at, shown, here, false);
        }
        self.step_list(at, &self.top_level(at, stage), here, true)
    }

    /// The topics of a stage that are no part of another one there, in order.
    pub(super) fn top_level(&self, at: usize, stage: usize) -> Vec<PlacementIx> {
        let order = self.site.plans[at].stages[stage].order.iter().copied();
        order.filter(|ix| self.map_of(at).placement(*ix).part_of.is_none()).collect()
    }

    /// For each entry of a list, the choice that it is an option of.
    pub(super) fn options(&self, at: usize, list: &[PlacementIx]) -> Vec<Option<OptionOf>> {
        let mut before: Option<ChoiceIx> = None;
        let mut seen: BTreeSet<ChoiceIx> = BTreeSet::new();
        let option = |ix: &PlacementIx| {
            let choice = self.index_of(at).choices.get(ix).and_then(|choices| choices.first()).copied();
            let first = before != choice;
            before = choice;
            choice.map(|choice| {
                let option = self.option_of(at, choice, self.map_of(at).placement(*ix).topic, first);
                // What an option needs may stand between the options.
                if first && !seen.insert(choice) {
                    OptionOf {
                        text: self.fill("continued", &[("choice", &choice_title(self.map_of(at).choice(choice)))]),
                        ..option
                    }
                } else {
                    option
                }
            })
        };
        list.iter().map(option).collect()
    }

    // Recursion follows `part_of`, which a list this short bounds.
    fn step_list(&self, at: usize, list: &[PlacementIx], here: Option<TopicIx>, nested: bool) -> Vec<Step> {
        let step = |(ix, option): (&PlacementIx, Option<OptionOf>)| {
            let placement = self.map_of(at).placement(*ix);
            Step {
                title: self.site.topic_title(placement.topic).into(),
                url: self.topic_url(placement.topic),
                level: placement.level.name().into(),
                effort: self.effort_of(at, *ix).text,
                condition: self.condition(&placement.for_options),
                option,
                current: here == Some(placement.topic),
                parts: if nested { self.step_list(at, &self.index_of(at).parts[ix.0], here, true) } else { Vec::new() },
            }
        };
        list.iter().zip(self.options(at, list)).map(step).collect()
    }

    fn option_of(&self, at: usize, ix: ChoiceIx, topic: TopicIx, first: bool) -> OptionOf {
        let choice = self.map_of(at).choice(ix);
        OptionOf { id: choice.id.clone(), text: self.question(choice), first, default: choice.default == Some(topic) }
    }

    /// `Backend language: pick 1 of 4`
    fn question(&self, choice: &Choice) -> String {
        words::pick(self.words(), "question", &choice_title(choice), choice.pick, choice.of.len())
    }

    pub(super) fn choice(&self, at: usize, ix: ChoiceIx, here: Option<TopicIx>) -> ChoiceView {
        let roadmap = self.map_of(at);
        let choice = roadmap.choice(ix);
        let option = |option: &PlacementIx| {
            let topic = roadmap.placement(*option).topic;
            ChoiceOption {
                title: self.site.topic_title(topic).into(),
                url: self.topic_url(topic),
                effort: self.effort_of(at, *option).text,
                default: choice.default == Some(topic),
                current: here == Some(topic),
            }
        };
        ChoiceView {
            id: choice.id.clone(),
            title: choice_title(choice),
            pick: words::rule(self.words(), choice),
            condition: self.condition(&choice.for_options),
            note: choice.note.clone().unwrap_or_default(),
            options: choice.of.iter().map(option).collect(),
        }
    }

    /// The stages of a road, or a window of them around the current one, which has its topics when `here` is
    /// one of them.
    pub(super) fn line(&self, at: usize, current: usize, here: Option<TopicIx>) -> Vec<LineStage> {
        let all = self.map_of(at).stages.len();
        let stages =
            if all > MOST_STEPS { current.saturating_sub(WINDOW)..(current + WINDOW + 1).min(all) } else { 0..all };
        let entry = |stage: usize| LineStage {
            stage: self.stage_ref(at, stage),
            current: stage == current,
            steps: if stage == current && here.is_some() { self.steps(at, stage, here) } else { Vec::new() },
        };
        stages.map(entry).collect()
    }

    pub(super) fn legend(&self, at: usize, stages: impl Iterator<Item = usize>) -> Legend {
        let roadmap = self.map_of(at);
        let mut legend = Legend::default();
        for stage in stages.map(|stage| &roadmap.stages[stage]) {
            legend.bonus |= stage.is_bonus();
            legend.choice |= !stage.choices.is_empty();
            for placement in stage.placements.iter().map(|ix| roadmap.placement(*ix)) {
                legend.recommended |= placement.level == crate::document::matter::Level::Recommended;
                legend.optional |= placement.level == crate::document::matter::Level::Optional;
                legend.parts |= placement.part_of.is_some();
            }
        }
        legend
    }
}

/// Projects as groups: one with a rule, or one of all.
pub(super) fn project_groups(words: &Words, projects: &Projects) -> Vec<ProjectGroup> {
    if projects.of.is_empty() {
        return Vec::new();
    }
    let of = projects.of.len();
    let pick = projects.pick.map_or_else(String::new, |bounds| words::pick(words, "pick", "", bounds, of));
    vec![ProjectGroup { pick, projects: projects.of.iter().map(|one| project(words, one)).collect() }]
}

pub(super) fn project(words: &Words, project: &Project) -> ProjectView {
    ProjectView {
        title: project.title.clone(),
        summary: project.summary.clone().unwrap_or_default(),
        effort: project.effort.as_ref().map(|effort| words::stated(words, effort)).unwrap_or_default(),
    }
}
