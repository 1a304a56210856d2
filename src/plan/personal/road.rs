//! A roadmap as far as a reader's plan needs it: what `/R/roadmap.json` says, with indices for ids.

use std::collections::BTreeMap;

use crate::document::effort::Effort;
use crate::document::matter::Level;
use crate::plan::{Interval, Plan};
use crate::roadmap::{self, PlacementIx, Roadmap, Roadmaps, TopicIx, requirements};
use crate::source::Spanned;

/// The input of the arithmetic. Efforts are those that authors state, in hours, rounded to two decimals as in
/// the data file, so that a browser that reads the file reckons with the same numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Road {
    /// The roadmap's own week, in hours.
    pub hours_per_week: f64,
    /// In their order.
    pub stages: Vec<RoadStage>,
    /// In the roadmap's order. Every index of a topic below is one into this list.
    pub topics: Vec<RoadTopic>,
    /// The choices of all stages.
    pub choices: Vec<RoadChoice>,
}

/// A stage of a [`Road`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoadStage {
    /// Its id.
    pub id: String,
    /// Whether it is summed apart.
    pub bonus: bool,
    /// The figure of its author.
    pub effort: Option<Interval>,
}

/// A topic of a [`Road`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoadTopic {
    /// Its id.
    pub id: String,
    /// Its stage.
    pub stage: usize,
    /// Whether its level is `optional`.
    pub optional: bool,
    /// The topic that it is a part of.
    pub part_of: Option<usize>,
    /// The options that it is `for`.
    pub for_options: Vec<usize>,
    /// What comes first.
    pub requires: Vec<Need>,
    /// The figure of its author; `None` for a sum of parts, too.
    pub effort: Option<Interval>,
}

/// A prerequisite of a [`Road`]: all of its targets, or one where `any` says so.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Need {
    /// One is enough.
    pub any: bool,
    /// What is needed.
    pub of: Vec<Target>,
}

/// What a prerequisite or a reader's wish names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A topic of the road.
    Topic(usize),
    /// A choice of the road: the options that the reader picks.
    Choice(usize),
    /// An id from outside the road.
    Elsewhere(String),
}

impl Target {
    /// The topic, if it is one.
    pub fn topic(&self) -> Option<usize> {
        match self {
            Target::Topic(topic) => Some(*topic),
            Target::Choice(_) | Target::Elsewhere(_) => None,
        }
    }
}

/// A choice of a [`Road`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoadChoice {
    /// Its id.
    pub id: String,
    /// How many to pick, from and to.
    pub pick: (usize, usize),
    /// The options, as listed.
    pub of: Vec<usize>,
    /// The option that its author would pick.
    pub default: Option<usize>,
    /// The options of other choices that it is `for`.
    pub for_options: Vec<usize>,
}

impl Road {
    /// The road of a roadmap that has been planned.
    pub fn new(site: &Roadmaps, roadmap: &Roadmap, plan: &Plan) -> Self {
        let at = plan.order.iter().enumerate().map(|(at, ix)| (*ix, at)).collect();
        let maker = Maker { site, roadmap, at };
        let effort = |stated: &Option<Spanned<Effort>>| stated.as_ref().map(|effort| maker.hours(&effort.value));
        let stage = |stage: &roadmap::Stage| RoadStage {
            id: stage.id.clone(),
            bonus: stage.is_bonus(),
            effort: effort(&stage.effort),
        };
        Road {
            hours_per_week: hundredths(roadmap.hours_per_week),
            stages: roadmap.stages.iter().map(stage).collect(),
            topics: plan.order.iter().map(|ix| maker.topic(*ix)).collect(),
            choices: roadmap.stages.iter().flat_map(|stage| &stage.choices).map(|ix| maker.choice(ix.0)).collect(),
        }
    }

    /// The topic or choice with this id.
    pub fn find(&self, id: &str) -> Target {
        let topic = self.topics.iter().position(|topic| topic.id == id).map(Target::Topic);
        let choice = || self.find_choice(id).map(Target::Choice);
        topic.or_else(choice).unwrap_or_else(|| Target::Elsewhere(id.to_owned()))
    }

    /// The choice with this id.
    pub fn find_choice(&self, id: &str) -> Option<usize> {
        self.choices.iter().position(|choice| choice.id == id)
    }
}

/// A number as the data files write it.
fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

struct Maker<'a> {
    site: &'a Roadmaps,
    roadmap: &'a Roadmap,
    at: BTreeMap<PlacementIx, usize>,
}

impl Maker<'_> {
    fn hours(&self, effort: &Effort) -> Interval {
        let hours = Interval::of(effort, self.roadmap.hours_per_week);
        Interval { min: hundredths(hours.min), max: hours.max.map(hundredths) }
    }

    fn indices(&self, topics: &[TopicIx]) -> Vec<usize> {
        topics.iter().filter_map(|topic| self.at.get(self.roadmap.placed.get(topic)?).copied()).collect()
    }

    fn target(&self, target: &roadmap::Target) -> Target {
        match target {
            roadmap::Target::Topic(topic) => match self.indices(&[*topic]).first() {
                Some(at) => Target::Topic(*at),
                None => Target::Elsewhere(self.site.topic(*topic).id.clone()),
            },
            roadmap::Target::Choice(id) => {
                let mut choices = self.roadmap.stages.iter().flat_map(|stage| &stage.choices);
                match choices.position(|ix| self.roadmap.choice(*ix).id == *id) {
                    Some(at) => Target::Choice(at),
                    None => Target::Elsewhere(id.clone()),
                }
            }
        }
    }

    fn topic(&self, ix: PlacementIx) -> RoadTopic {
        let placement = self.roadmap.placement(ix);
        let need = |requirement: &roadmap::Requirement| Need {
            any: requirement.any,
            of: requirement.targets.iter().map(|target| self.target(&target.value)).collect(),
        };
        RoadTopic {
            id: self.site.topic(placement.topic).id.clone(),
            stage: placement.stage,
            optional: placement.level == Level::Optional,
            part_of: placement.part_of.and_then(|parent| self.at.get(&parent).copied()),
            for_options: self.indices(&placement.for_options),
            requires: requirements(self.site, placement).map(need).collect(),
            effort: placement.effort.as_ref().map(|effort| self.hours(&effort.value)),
        }
    }

    fn choice(&self, at: usize) -> RoadChoice {
        let choice = &self.roadmap.choices[at];
        RoadChoice {
            id: choice.id.clone(),
            pick: (choice.pick.0 as usize, choice.pick.1 as usize),
            of: choice.of.iter().filter_map(|ix| self.at.get(ix).copied()).collect(),
            default: choice.default.and_then(|topic| self.indices(&[topic]).first().copied()),
            for_options: self.indices(&choice.for_options),
        }
    }
}
