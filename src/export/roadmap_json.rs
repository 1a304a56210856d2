//! `/R/roadmap.json`: a roadmap as data, format 1.

use std::collections::BTreeMap;

use serde::Serialize;

use super::number::{EffortData, Number, Pair, pair};
use crate::plan::Plan;
use crate::roadmap::{PlacementIx, Requirement, Roadmap, Roadmaps, Target, TopicIx, requirements};
use crate::site::Site;
use crate::urls::path;

#[derive(Serialize)]
struct RoadmapData<'a> {
    format: u32,
    id: &'a str,
    title: &'a str,
    url: String,
    hours_per_week: Number,
    effort: EffortData,
    optional_effort: EffortData,
    stages: Vec<StageData<'a>>,
    topics: Vec<TopicData<'a>>,
    order: Vec<&'a str>,
    critical_path: Vec<&'a str>,
}

#[derive(Serialize)]
struct StageData<'a> {
    id: &'a str,
    title: &'a str,
    url: String,
    level: &'a str,
    effort: EffortData,
    start_week: Pair,
    end_week: Pair,
    topics: Vec<&'a str>,
    revisits: Vec<&'a str>,
    choices: Vec<ChoiceData<'a>>,
}

#[derive(Serialize)]
struct ChoiceData<'a> {
    id: &'a str,
    title: String,
    pick: (u32, u32),
    of: Vec<&'a str>,
    default: Option<&'a str>,
    #[serde(rename = "for")]
    for_options: Vec<&'a str>,
}

#[derive(Serialize)]
struct TopicData<'a> {
    id: &'a str,
    title: &'a str,
    url: String,
    stage: &'a str,
    level: &'a str,
    requires: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    requires_any: Vec<Vec<&'a str>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    reasons: BTreeMap<&'a str, &'a str>,
    required_by: Vec<&'a str>,
    related: Vec<&'a str>,
    part_of: Option<&'a str>,
    #[serde(rename = "for")]
    for_options: Vec<&'a str>,
    late: Vec<&'a str>,
    effort: Option<EffortData>,
}

/// The data of one roadmap of the site.
pub fn render(site: &Site, roadmap: usize) -> String {
    let maker = Maker {
        site: &site.roadmaps,
        roadmap: &site.roadmaps.roadmaps[roadmap],
        plan: &site.plans[roadmap],
        all: site,
    };
    let mut text = serde_json::to_string(&maker.roadmap()).expect("plain data always serialises");
    text.push('\n');
    text
}

struct Maker<'a> {
    site: &'a Roadmaps,
    roadmap: &'a Roadmap,
    plan: &'a Plan,
    all: &'a Site,
}

impl<'a> Maker<'a> {
    fn id(&self, topic: TopicIx) -> &'a str {
        &self.site.topic(topic).id
    }

    fn ids(&self, topics: &[TopicIx]) -> Vec<&'a str> {
        topics.iter().map(|topic| self.id(*topic)).collect()
    }

    fn placed(&self, ix: PlacementIx) -> &'a str {
        self.id(self.roadmap.placement(ix).topic)
    }

    fn effort(&self, cost: &crate::plan::Cost) -> EffortData {
        EffortData::new(cost, self.roadmap.hours_per_week)
    }

    fn target(&self, target: &'a Target) -> &'a str {
        match target {
            Target::Topic(topic) => self.id(*topic),
            Target::Choice(id) => id,
        }
    }

    fn roadmap(&self) -> RoadmapData<'a> {
        let required_by = self.required_by();
        RoadmapData {
            format: 1,
            id: &self.roadmap.id,
            title: self.all.title(self.roadmap.document),
            url: path::roadmap(&self.roadmap.id),
            hours_per_week: Number(self.roadmap.hours_per_week),
            effort: self.effort(&self.plan.total),
            optional_effort: self.effort(&self.plan.optional),
            stages: (0..self.roadmap.stages.len()).map(|stage| self.stage(stage)).collect(),
            topics: self.plan.order.iter().map(|ix| self.topic(*ix, &required_by)).collect(),
            order: self.plan.order.iter().map(|ix| self.placed(*ix)).collect(),
            critical_path: self.plan.critical_path.iter().map(|ix| self.placed(*ix)).collect(),
        }
    }

    fn stage(&self, at: usize) -> StageData<'a> {
        let (stage, plan) = (&self.roadmap.stages[at], &self.plan.stages[at]);
        StageData {
            id: &stage.id,
            title: &stage.title,
            url: path::stage(&self.roadmap.id, &stage.id),
            level: stage.level.name(),
            effort: self.effort(&plan.effort),
            start_week: pair(plan.weeks.start),
            end_week: pair(plan.weeks.end),
            topics: plan.order.iter().map(|ix| self.placed(*ix)).collect(),
            revisits: self.ids(&stage.revisits),
            choices: stage.choices.iter().map(|ix| self.choice(ix.0)).collect(),
        }
    }

    fn choice(&self, at: usize) -> ChoiceData<'a> {
        let choice = &self.roadmap.choices[at];
        ChoiceData {
            id: &choice.id,
            title: crate::site::choice_title(choice),
            pick: choice.pick,
            of: choice.of.iter().map(|ix| self.placed(*ix)).collect(),
            default: choice.default.map(|topic| self.id(topic)),
            for_options: self.ids(&choice.for_options),
        }
    }

    /// Who names each topic under `requires`, in the order of the roadmap.
    fn required_by(&self) -> BTreeMap<TopicIx, Vec<&'a str>> {
        let mut inverse: BTreeMap<TopicIx, Vec<&'a str>> = BTreeMap::new();
        for ix in &self.plan.order {
            for requirement in requirements(self.site, self.roadmap.placement(*ix)).filter(|r| !r.any) {
                for target in &requirement.targets {
                    if let Target::Topic(topic) = target.value {
                        let list = inverse.entry(topic).or_default();
                        if list.last() != Some(&self.placed(*ix)) {
                            list.push(self.placed(*ix));
                        }
                    }
                }
            }
        }
        inverse
    }

    fn topic(&self, ix: PlacementIx, required_by: &BTreeMap<TopicIx, Vec<&'a str>>) -> TopicData<'a> {
        let placement = self.roadmap.placement(ix);
        let needs: Vec<&'a Requirement> = requirements(self.site, placement).collect();
        let names = |requirement: &&'a Requirement| -> Vec<&'a str> {
            requirement.targets.iter().map(|target| self.target(&target.value)).collect()
        };
        let mut requires: Vec<&'a str> = Vec::new();
        for name in needs.iter().filter(|r| !r.any).flat_map(names) {
            if !requires.contains(&name) {
                requires.push(name);
            }
        }
        let reasons = needs.iter().filter_map(|r| Some((r, r.because.as_deref()?)));
        TopicData {
            id: self.placed(ix),
            title: self.all.topic_title(placement.topic),
            url: path::topic(self.placed(ix)),
            stage: &self.roadmap.stages[placement.stage].id,
            level: placement.level.name(),
            requires,
            requires_any: needs.iter().filter(|r| r.any).map(names).collect(),
            reasons: reasons.flat_map(|(r, because)| names(r).into_iter().map(move |name| (name, because))).collect(),
            required_by: required_by.get(&placement.topic).cloned().unwrap_or_default(),
            related: self.ids(&self.site.topic(placement.topic).related),
            part_of: placement.part_of.map(|parent| self.placed(parent)),
            for_options: self.ids(&placement.for_options),
            late: placement.late.iter().map(|late| self.target(&late.value)).collect(),
            effort: self.plan.efforts[ix.0].as_ref().map(|cost| self.effort(cost)),
        }
    }
}
