//! `/R/plan/road.json`: what a reader's own plan is reckoned from, for a browser, format 1.
//!
//! It is the [`Road`], number by number, with the titles that a page shows. What is false, empty or unknown is
//! left out: a phone on a train loads this file.

use std::collections::BTreeMap;

use serde::Serialize;

use super::number::{Number, Pair, pair};
use crate::plan::personal::road::{Need, Road, RoadChoice, RoadTopic, Target};
use crate::roadmap::{ChoiceIx, Roadmap};
use crate::site::pages::Page;
use crate::site::{Site, choice_title};
use crate::urls::path;

#[derive(Serialize)]
struct RoadData<'a> {
    format: u32,
    id: &'a str,
    title: &'a str,
    hours_per_week: Number,
    stages: Vec<StageData<'a>>,
    topics: Vec<TopicData<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<ChoiceData<'a>>,
}

#[derive(Serialize)]
struct StageData<'a> {
    id: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "is_false")]
    bonus: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    effort: Option<Pair>,
}

#[derive(Serialize)]
struct TopicData<'a> {
    id: &'a str,
    title: &'a str,
    stage: usize,
    #[serde(skip_serializing_if = "is_false")]
    optional: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    part_of: Option<usize>,
    #[serde(rename = "for", skip_serializing_if = "no_index")]
    for_options: &'a [usize],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    needs: Vec<NeedData<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    late: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effort: Option<Pair>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    was: Vec<&'a str>,
}

#[derive(Serialize)]
struct ChoiceData<'a> {
    id: &'a str,
    title: String,
    stage: usize,
    pick: (usize, usize),
    of: &'a [usize],
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<usize>,
    #[serde(rename = "for", skip_serializing_if = "no_index")]
    for_options: &'a [usize],
}

/// `3`, `"dns"`, `{"choice": 0}`, `{"any": […]}`.
#[derive(Serialize)]
#[serde(untagged)]
enum NeedData<'a> {
    Topic(usize),
    Elsewhere(&'a str),
    Choice { choice: usize },
    Any { any: Vec<NeedData<'a>> },
}

fn is_false(value: &bool) -> bool {
    !value
}

fn no_index(list: &[usize]) -> bool {
    list.is_empty()
}

/// The road of one roadmap of the site.
pub fn render(site: &Site, roadmap: usize) -> String {
    let own = &site.roadmaps.roadmaps[roadmap];
    let road = &Road::new(&site.roadmaps, own, &site.plans[roadmap]);
    let former = former_ids(site);
    let stages = own.stages.iter().zip(&road.stages).map(|(stage, data)| StageData {
        id: &stage.id,
        title: &stage.title,
        bonus: data.bonus,
        effort: data.effort.map(pair),
    });
    let titles = site.plans[roadmap].order.iter().map(|ix| site.topic_title(own.placement(*ix).topic));
    let choices = own.stages.iter().flat_map(|stage| &stage.choices);
    let data = RoadData {
        format: 1,
        id: &own.id,
        title: site.title(own.document),
        hours_per_week: Number(road.hours_per_week),
        stages: stages.collect(),
        topics: road.topics.iter().zip(titles).map(|(data, title)| topic(road, data, title, &former)).collect(),
        choices: choices.zip(&road.choices).map(|(ix, data)| choice(own, *ix, data)).collect(),
    };
    let mut text = serde_json::to_string(&data).expect("plain data always serialises");
    text.push('\n');
    text
}

/// By the path of a topic: the ids whose pages lead there now.
fn former_ids(site: &Site) -> BTreeMap<&str, Vec<&str>> {
    let mut former: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for output in site.outputs.iter() {
        if let Page::Redirect(target) = &output.page {
            let id = output.path.strip_prefix(path::TOPICS).and_then(|rest| rest.strip_suffix('/'));
            former.entry(target).or_default().extend(id.filter(|id| !id.is_empty() && !id.contains('/')));
        }
    }
    former
}

fn topic<'a>(
    road: &'a Road,
    topic: &'a RoadTopic,
    title: &'a str,
    former: &BTreeMap<&str, Vec<&'a str>>,
) -> TopicData<'a> {
    TopicData {
        id: &topic.id,
        title,
        stage: topic.stage,
        optional: topic.optional,
        part_of: topic.part_of,
        for_options: &topic.for_options,
        needs: topic.requires.iter().flat_map(needs).collect(),
        late: late(road, topic),
        effort: topic.effort.map(pair),
        was: former.get(path::topic(&topic.id).as_str()).cloned().unwrap_or_default(),
    }
}

fn needs(need: &Need) -> Vec<NeedData<'_>> {
    let all = need.of.iter().map(|target| match target {
        Target::Topic(topic) => NeedData::Topic(*topic),
        Target::Choice(choice) => NeedData::Choice { choice: *choice },
        Target::Elsewhere(id) => NeedData::Elsewhere(id),
    });
    if need.any { vec![NeedData::Any { any: all.collect() }] } else { all.collect() }
}

/// The prerequisites that a later stage teaches, options one by one.
fn late<'a>(road: &'a Road, topic: &RoadTopic) -> Vec<&'a str> {
    let mut late: Vec<&str> = Vec::new();
    for target in topic.requires.iter().flat_map(|need| &need.of) {
        let topics = match target {
            Target::Topic(at) => std::slice::from_ref(at),
            Target::Choice(at) => &road.choices[*at].of,
            Target::Elsewhere(_) => &[],
        };
        let later = topics.iter().map(|at| &road.topics[*at]).filter(|other| other.stage > topic.stage);
        for id in later.map(|other| other.id.as_str()) {
            if !late.contains(&id) {
                late.push(id);
            }
        }
    }
    late
}

fn choice<'a>(roadmap: &'a Roadmap, ix: ChoiceIx, data: &'a RoadChoice) -> ChoiceData<'a> {
    let choice = roadmap.choice(ix);
    ChoiceData {
        id: &choice.id,
        title: choice_title(choice),
        stage: choice.stage,
        pick: data.pick,
        of: &data.of,
        default: data.default,
        for_options: &data.for_options,
    }
}
