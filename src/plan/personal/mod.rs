//! A reader's own plan: the shortest sufficient list of topics for what this reader wants and knows, at this
//! reader's pace.
//!
//! - **What is listed.** What is wanted, and every prerequisite of it that lies on the road; what is known counts
//!   as done, and what only the known needed is not listed. A prerequisite in a later stage is not waited for,
//!   so nobody needs it. Where one of several is enough, see `needs`. Sub-topics and what they are parts of do
//!   not need each other, but a topic that is the sum of parts takes their time with it where they are not
//!   listed themselves.
//! - **What it takes.** The rules of the guide, each figure counted once: see `shares`. With everything wanted
//!   and nothing known the total is that of the roadmap; where the road has choices it is that of the picks.
//! - **When.** Topics follow each other in the order of the roadmap. What is unknown takes no time and is named.

pub mod days;
mod needs;
mod picks;
pub mod road;
mod shares;

use std::collections::{BTreeMap, BTreeSet};

use crate::plan::{Cost, Interval};
use needs::Needs;
use picks::Picks;
use road::{Road, Target};
use shares::Shares;

/// What a reader asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// Ids of topics that the reader knows, also of such that are not on this road.
    pub known: BTreeSet<String>,
    /// What the reader wants; nothing stands for all that is not optional.
    pub to: Vec<Target>,
    /// Options picked, by choice.
    pub picks: BTreeMap<usize, Vec<usize>>,
    /// The reader's week in hours, instead of the roadmap's. Efforts that authors state in weeks stay weeks of
    /// the roadmap: their hours do not change.
    pub hours_per_week: Option<f64>,
}

/// The plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The week that it reckons with, in hours.
    pub hours_per_week: f64,
    /// What to learn, in order.
    pub steps: Vec<Step>,
    /// All of it.
    pub total: Cost,
    /// Topics of unknown effort that the steps include.
    pub unknown: Vec<usize>,
    /// The options picked, by choice; none where the choice does not concern this reader.
    pub picks: Vec<Vec<usize>>,
}

impl Answer {
    /// Whether any of it is known to take time: otherwise its weeks and days mean nothing.
    pub fn has_times(&self) -> bool {
        self.total.hours != Interval::ZERO
    }
}

/// What a step is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// A topic.
    Topic(usize),
    /// A stage with a figure and no topics that it could be shared out to.
    Stage(usize),
}

/// One line of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What to learn.
    pub item: Item,
    /// What it takes, with those of its parts that are not listed.
    pub cost: Cost,
    /// The earliest and the latest start, in weeks of the reader.
    pub start: Interval,
    /// The earliest and the latest end, in weeks of the reader.
    pub end: Interval,
}

impl Step {
    /// Whether nothing is known about its effort.
    pub fn is_unknown(&self) -> bool {
        self.cost.unknown > 0 && self.cost.hours == Interval::ZERO
    }
}

/// Answers a question. The same question about the same road has the same answer everywhere.
pub fn answer(road: &Road, question: &Question) -> Answer {
    let known: Vec<bool> = road.topics.iter().map(|topic| question.known.contains(&topic.id)).collect();
    let picks = Picks::new(road, question, &known);
    let shares = Shares::new(road, &picks);
    let mut needs = Needs::new(road, &picks, &shares, &known, &question.known);
    let wanted = match question.to.is_empty() {
        true => needs.everything(),
        false => question.to.iter().flat_map(|target| topics(target, &picks)).collect(),
    };
    needs.list(&wanted);
    let listed = needs.listed;
    let (costs, unknown) = costs(road, &shares, &listed, &known);
    let hours_per_week = question.hours_per_week.unwrap_or(road.hours_per_week);
    let mut clock = Clock { hours: Cost { hours: Interval::ZERO, ..Cost::default() }, hours_per_week };
    let steps = items(road, &shares, &listed, question.to.is_empty()).into_iter().map(|item| {
        let cost = match item {
            Item::Topic(topic) => costs[topic].clone(),
            Item::Stage(stage) => shares::cost(road.stages[stage].effort),
        };
        clock.step(item, cost)
    });
    let steps = steps.collect();
    Answer { hours_per_week, steps, total: clock.hours, unknown, picks: picks.by_choice }
}

fn topics(target: &Target, picks: &Picks) -> Vec<usize> {
    match target {
        Target::Topic(topic) => vec![*topic],
        Target::Choice(choice) => picks.by_choice[*choice].clone(),
        Target::Elsewhere(_) => Vec::new(),
    }
}

/// The steps in order. A stage's figure that no topic shares is time of the stage itself.
fn items(road: &Road, shares: &Shares, listed: &[bool], everything: bool) -> Vec<Item> {
    let mut empty = vec![true; road.stages.len()];
    let mut by_stage = vec![Vec::new(); road.stages.len()];
    for (topic, data) in road.topics.iter().enumerate() {
        empty[data.stage] &= shares.spare[topic];
        by_stage[data.stage].extend(listed[topic].then_some(Item::Topic(topic)));
    }
    for (stage, data) in road.stages.iter().enumerate() {
        if everything && empty[stage] && !data.bonus && data.effort.is_some() {
            by_stage[stage].push(Item::Stage(stage));
        }
    }
    by_stage.into_iter().flatten().collect()
}

/// What each listed topic takes, with its parts that are not listed, and who is unknown.
fn costs(road: &Road, shares: &Shares, listed: &[bool], known: &[bool]) -> (Vec<Cost>, Vec<usize>) {
    let mut costs = vec![Cost { hours: Interval::ZERO, ..Cost::default() }; road.topics.len()];
    let mut carrier: Vec<Option<usize>> = vec![None; road.topics.len()];
    let mut unknown = BTreeSet::new();
    for topic in &shares.downwards {
        let above = || shares.covered_by[*topic].and_then(|parent| carrier[parent]);
        carrier[*topic] = if listed[*topic] { Some(*topic) } else { above() };
        if let Some(carrier) = carrier[*topic].filter(|_| !known[*topic]) {
            shares::add(&mut costs[carrier], &shares::cost(shares.own[*topic]));
            unknown.extend(shares.own[*topic].is_none().then_some(*topic));
        }
    }
    (costs, unknown.into_iter().collect())
}

/// The time that has gone by.
struct Clock {
    hours: Cost,
    hours_per_week: f64,
}

impl Clock {
    fn step(&mut self, item: Item, cost: Cost) -> Step {
        let weeks = |hours: Interval| hours.scale(1.0 / self.hours_per_week);
        let start = weeks(self.hours.hours);
        shares::add(&mut self.hours, &cost);
        Step { item, cost, start, end: weeks(self.hours.hours) }
    }
}
