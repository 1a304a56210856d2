//! What a roadmap's data says of its topics and stages, and the order it puts them in.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::data;
use crate::report::Report;
use crate::source::{Need, Placement, Roadmap, Site, Stage};

/// Checks that topics and stages are those of the source, each once, in every list that names them.
pub fn check_identity(site: &Site, source: &Roadmap, data: &data::Roadmap, report: &mut Report) {
    let placed: BTreeSet<&str> = source.placements().map(|placement| placement.id.as_str()).collect();
    check_once("topics", data.topics.iter().map(|topic| topic.id.as_str()), &placed, report);
    check_once("order", data.order.iter().map(String::as_str), &placed, report);
    let concatenated: Vec<&String> = data.stages.iter().flat_map(|stage| &stage.topics).collect();
    report.equal("the stages' topics, one after the other", &concatenated, &data.order.iter().collect());
    let ids: BTreeSet<&str> = data.stages.iter().map(|stage| stage.id.as_str()).collect();
    report.equal("the number of different stage ids", &ids.len(), &data.stages.len());
    if source.stages.is_empty() {
        check_derived_stages(source, data, report);
    } else {
        let stages: Vec<&str> = data.stages.iter().map(|stage| stage.id.as_str()).collect();
        report.equal("stages", &stages, &source.stages.iter().map(|stage| stage.id.as_str()).collect());
        for (stage, shown) in source.stages.iter().zip(&data.stages) {
            report.within(&format!("stage {}", stage.id), |report| check_stage(stage, shown, report));
        }
    }
    for topic in data.topics.iter().filter(|topic| placed.contains(topic.id.as_str())) {
        report.within(&format!("topic {}", topic.id), |report| check_topic(site, source, data, topic, report));
    }
}

/// Checks that a list holds every expected id once and nothing else.
fn check_once<'a>(what: &str, ids: impl Iterator<Item = &'a str>, expected: &BTreeSet<&str>, report: &mut Report) {
    let mut seen = BTreeSet::new();
    for id in ids {
        report.check(seen.insert(id), || format!("{what}: {id} twice"));
        report.check(expected.contains(id), || format!("{what}: {id} is not placed in this roadmap"));
    }
    expected.difference(&seen).for_each(|id| report.fail(format!("{what}: {id} is missing")));
}

fn check_stage(source: &Stage, data: &data::Stage, report: &mut Report) {
    report.equal("title", &data.title, &source.title);
    report.equal("level", &data.level, &source.level);
    report.equal("revisits", &data.revisits, &source.revisits);
    let placed: BTreeSet<&str> = source.placements.iter().map(|placement| placement.id.as_str()).collect();
    check_once("topics", data.topics.iter().map(String::as_str), &placed, report);
    report.equal("number of choices", &data.choices.len(), &source.choices.len());
    for (choice, shown) in source.choices.iter().zip(&data.choices) {
        report.within(&format!("choice {}", choice.id), |report| {
            report.equal("id", &shown.id, &choice.id);
            report.equal("title", &shown.title, &choice.title);
            report.equal("pick", &shown.pick, &choice.pick);
            report.equal("of", &shown.of, &choice.of);
            report.equal("default", &shown.default, &choice.default);
            report.equal("for", &shown.serves, &choice.serves);
        });
    }
}

/// Stage *n* of a flat roadmap holds the topics whose longest prerequisite chain has *n* − 1 edges.
///
/// Whether alternatives count as edges is open, so a topic that has any may stand between both readings.
fn check_derived_stages(source: &Roadmap, data: &data::Roadmap, report: &mut Report) {
    let mut depths: HashMap<&str, (usize, usize)> = HashMap::new();
    for (number, stage) in data.stages.iter().enumerate() {
        for id in &stage.topics {
            let Some(placement) = source.placement(id) else { continue };
            let depth = |ids: Vec<&str>, high: bool| {
                let known = ids.into_iter().filter_map(|id| depths.get(id));
                known.map(|depth| 1 + if high { depth.1 } else { depth.0 }).max().unwrap_or(0)
            };
            let plain: Vec<&str> = ones(placement).collect();
            let all = plain.iter().copied().chain(alternatives(placement).flatten().map(String::as_str)).collect();
            let range = (depth(plain, false), depth(all, true));
            report.check(range.0 <= number && number <= range.1, || {
                format!("{id} is in derived stage {}, its longest chain has {range:?} edges", number + 1)
            });
            depths.insert(id, range);
        }
    }
}

fn check_topic(site: &Site, source: &Roadmap, data: &data::Roadmap, topic: &data::Topic, report: &mut Report) {
    let placement = source.placement(&topic.id).unwrap();
    let own = &site.topics[&topic.id];
    report.equal("title", &topic.title, &own.title);
    report.equal("level", &topic.level, &placement.level);
    report.equal("for", &topic.serves, &placement.serves);
    report.equal("late", &topic.late, &placement.late);
    let home = data.stages.iter().find(|stage| stage.topics.contains(&topic.id)).map(|stage| stage.id.as_str());
    report.equal("stage", &Some(topic.stage.as_str()), &home);
    report.equal("requires", &as_set(&topic.requires), &ones(placement).collect());
    report.check(as_set(&topic.requires).len() == topic.requires.len(), || "requires names an id twice".to_owned());
    report.equal("requires_any", &topic.requires_any.iter().collect::<Vec<_>>(), &alternatives(placement).collect());
    report.equal("reasons", &topic.reasons, &reasons(placement));
    check_related(source, &own.related, topic, report);
    check_parent(data, placement, topic, report);
    check_required_by(source, data, topic, report);
}

/// `related` is what the author wrote; leaving out what is not in the roadmap would be as good a reading.
fn check_related(source: &Roadmap, related: &[String], topic: &data::Topic, report: &mut Report) {
    let all: BTreeSet<&str> = as_set(related);
    let inside = all.iter().copied().filter(|id| source.placement(id).is_some()).collect();
    let got = as_set(&topic.related);
    report.check(got == all || got == inside, || format!("related: expected {all:?}, got {got:?}"));
}

/// A sub-topic whose parent is in another stage stands by itself.
fn check_parent(data: &data::Roadmap, placement: &Placement, topic: &data::Topic, report: &mut Report) {
    let here = |parent: &&String| data.topic(parent).is_some_and(|parent| parent.stage == topic.stage);
    let expected = placement.part_of.as_ref().filter(here);
    report.equal("part_of", &topic.part_of.as_ref(), &expected);
}

/// `required_by` is the inverse of `requires`; it may also follow choices and alternatives.
fn check_required_by(source: &Roadmap, data: &data::Roadmap, topic: &data::Topic, report: &mut Report) {
    let requires = |other: &&data::Topic| other.requires.contains(&topic.id);
    let expected: BTreeSet<&str> = data.topics.iter().filter(requires).map(|other| other.id.as_str()).collect();
    let loosely = |other: &&data::Topic| {
        let ids = other.requires.iter().chain(other.requires_any.iter().flatten());
        ids.into_iter().any(|id| source.meaning(id).contains(&topic.id.as_str()))
    };
    let allowed: BTreeSet<&str> = data.topics.iter().filter(loosely).map(|other| other.id.as_str()).collect();
    let got = as_set(&topic.required_by);
    report.check(got.len() == topic.required_by.len(), || "required_by names an id twice".to_owned());
    report.check(expected.is_subset(&got) && got.is_subset(&allowed), || {
        format!("required_by: expected {expected:?} (at most {allowed:?}), got {got:?}")
    });
}

/// Checks the order: prerequisites first, sub-topics after their parents, ties as the contract breaks them.
pub fn check(site: &Site, source: &Roadmap, data: &data::Roadmap, report: &mut Report) {
    let order = Order::new(data);
    for placement in source.placements() {
        report.within(&format!("topic {}", placement.id), |report| order.check_needs(source, placement, report));
    }
    for stage in &data.stages {
        report.within(&format!("stage {}", stage.id), |report| {
            order.check_parents(source, data, stage, report);
            check_ties(site, source, data, stage, report);
        });
    }
}

/// Every topic's place in the order and the number of its stage.
struct Order<'a> {
    places: HashMap<&'a str, usize>,
    stages: HashMap<&'a str, usize>,
}

impl<'a> Order<'a> {
    fn new(data: &'a data::Roadmap) -> Self {
        let places = data.order.iter().enumerate().map(|(place, id)| (id.as_str(), place)).collect();
        let numbered = data.stages.iter().enumerate();
        let stages =
            numbered.flat_map(|(number, stage)| stage.topics.iter().map(move |id| (id.as_str(), number))).collect();
        Self { places, stages }
    }

    fn check_needs(&self, source: &Roadmap, placement: &Placement, report: &mut Report) {
        let place = self.places[placement.id.as_str()];
        for id in ones(placement).filter(|id| !is_late(placement, id)) {
            for first in source.meaning(id).into_iter().filter(|first| !is_late(placement, first)) {
                let before = first == placement.id || self.places[first] < place;
                report.check(before, || format!("it comes before its prerequisite {first}"));
            }
        }
        for list in alternatives(placement) {
            let meant = list.iter().flat_map(|id| source.meaning(id));
            let usable: Vec<&str> = meant
                .filter(|id| self.stages[id] <= self.stages[placement.id.as_str()] && !is_late(placement, id))
                .collect();
            let met = usable.is_empty() || usable.iter().any(|id| self.places[id] < place);
            report.check(met, || format!("it comes before all of {usable:?}"));
        }
    }

    /// A sub-topic may only stand before its parent where the prerequisites, or other sub-topics' places, demand it.
    fn check_parents(&self, source: &Roadmap, data: &data::Roadmap, stage: &data::Stage, report: &mut Report) {
        let mut after = edges_within(source, stage);
        let pairs = || stage.topics.iter().filter_map(|id| Some((id.as_str(), data.topic(id)?.part_of.as_deref()?)));
        let (kept, broken): (Vec<_>, Vec<_>) =
            pairs().partition(|(part, whole)| self.places[whole] < self.places[part]);
        for (part, whole) in kept {
            after.entry(whole).or_default().insert(part);
        }
        for (part, whole) in broken {
            let demanded = reaches(&after, part, whole);
            report.check(demanded, || format!("{part} comes before {whole}, of which it is a part, without need"));
        }
    }
}

/// The edges between the topics of one stage, from the prerequisite.
fn edges_within<'a>(source: &'a Roadmap, stage: &data::Stage) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
    let mut edges: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for placement in source.placements().filter(|placement| stage.topics.contains(&placement.id)) {
        let needs = ones(placement).chain(alternatives(placement).flatten().map(String::as_str));
        for first in needs.filter(|id| !is_late(placement, id)).flat_map(|id| source.meaning(id)) {
            edges.entry(first).or_default().insert(&placement.id);
        }
    }
    edges
}

/// Whether there is a way along the edges.
fn reaches(edges: &BTreeMap<&str, BTreeSet<&str>>, from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    while let Some(id) = open.pop() {
        if id == to {
            return true;
        }
        if seen.insert(id.to_owned()) {
            open.extend(edges.get(id).into_iter().flatten());
        }
    }
    false
}

/// Always the free topic that comes first by `order:`, the stage's list and the file name.
///
/// Only where the contract leaves no doubt: no sub-topics, no alternatives, and `order:` on all topics or on none.
/// Options that are placed by being named may stand by file name, or as the choice names them.
fn check_ties(site: &Site, source: &Roadmap, data: &data::Roadmap, stage: &data::Stage, report: &mut Report) {
    let placements: Vec<&Placement> = stage.topics.iter().filter_map(|id| source.placement(id)).collect();
    let parts = stage.topics.iter().any(|id| data.topic(id).is_some_and(|topic| topic.part_of.is_some()));
    let ordered = placements.iter().filter(|placement| site.topics[&placement.id].order.is_some()).count();
    let alternatives = placements.iter().any(|placement| alternatives(placement).next().is_some());
    if parts || alternatives || (ordered > 0 && ordered < placements.len()) {
        return;
    }
    let got: Vec<&str> = stage.topics.iter().map(String::as_str).collect();
    let readings = [Names::Path, Names::File, Names::Stem, Names::Choice];
    let expected = readings.map(|names| greedy(source, stage, &placements, |placement| tie(site, placement, names)));
    report.check(expected.contains(&got), || format!("ties: expected {:?}, got {got:?}", expected[1]));
}

/// How topics that the stage does not list follow each other.
#[derive(Clone, Copy)]
enum Names {
    Path,
    File,
    /// The file name without its `.md`.
    Stem,
    /// Options as the choices name them, others by stem.
    Choice,
}

/// What ties go by.
fn tie<'a>(site: &'a Site, placement: &Placement, names: Names) -> (Option<i64>, usize, usize, &'a str) {
    let topic = &site.topics[&placement.id];
    let file = topic.file.trim_end_matches("/index.md");
    let name = file.rsplit('/').next().unwrap();
    let name = match names {
        Names::Path => file,
        Names::File => name,
        Names::Stem | Names::Choice => name.trim_end_matches(".md"),
    };
    let named = placement.named.filter(|_| matches!(names, Names::Choice));
    (topic.order, placement.listed.unwrap_or(usize::MAX), named.unwrap_or(usize::MAX), name)
}

/// The topological order that always takes the smallest free topic.
fn greedy<'a, K: Ord>(
    source: &Roadmap,
    stage: &data::Stage,
    placements: &[&'a Placement],
    key: impl Fn(&Placement) -> K,
) -> Vec<&'a str> {
    let edges = edges_within(source, stage);
    let mut open: Vec<&Placement> = placements.to_vec();
    open.sort_by_key(|placement| key(placement));
    let mut order = Vec::new();
    while !open.is_empty() {
        let waits =
            |id: &str| open.iter().any(|other| edges.get(other.id.as_str()).is_some_and(|after| after.contains(id)));
        let next = open.iter().position(|placement| !waits(&placement.id)).unwrap_or(0);
        order.push(open.remove(next).id.as_str());
    }
    order
}

/// The ids of the plain items of `requires`.
pub fn ones(placement: &Placement) -> impl Iterator<Item = &str> {
    placement.requires.iter().filter_map(|need| match need {
        Need::One { id, .. } => Some(id.as_str()),
        Need::Any(_) => None,
    })
}

/// The lists of which one is enough.
pub fn alternatives(placement: &Placement) -> impl Iterator<Item = &Vec<String>> {
    placement.requires.iter().filter_map(|need| match need {
        Need::Any(list) => Some(list),
        Need::One { .. } => None,
    })
}

pub fn is_late(placement: &Placement, id: &str) -> bool {
    placement.late.iter().any(|late| late == id)
}

fn reasons(placement: &Placement) -> BTreeMap<String, String> {
    let reasons = placement.requires.iter().filter_map(|need| match need {
        Need::One { id, because: Some(because) } => Some((id.clone(), because.clone())),
        _ => None,
    });
    reasons.collect()
}

fn as_set(ids: &[String]) -> BTreeSet<&str> {
    ids.iter().map(String::as_str).collect()
}
