//! What pages look up again and again, turned around once: who requires a topic, where it lies, which
//! choices offer it. Built in one pass over the placements and their prerequisites.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::document::Document;
use crate::drawing::{Edge, transitive_reduction};
use crate::plan::Plan;
use crate::roadmap::{ChoiceIx, PlacementIx, Requirement, Roadmap, Roadmaps, Target, TopicIx};

/// The tables.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// By topic: where it is placed, as (roadmap, placement), in the site's order.
    pub places: Vec<Vec<(usize, PlacementIx)>>,
    /// By topic: what requires it.
    pub opens: Vec<Vec<Opening>>,
    /// By topic: its sub-topics, wherever they are placed.
    pub parts: Vec<Vec<TopicIx>>,
    /// One table a roadmap.
    pub roads: Vec<Road>,
    /// By roadmap: the number of its line colour, from 1.
    pub lines: Vec<u8>,
    /// The plain pages that ask for a link in the header (`extra.nav`), by their place in the site.
    pub nav: Vec<usize>,
    /// Where the opening of a pair of topics stands in `opens`.
    seen: BTreeMap<(TopicIx, TopicIx), usize>,
}

/// A topic that another one opens the way to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The topic that requires it.
    pub topic: TopicIx,
    /// Why.
    pub because: Option<String>,
    /// The roadmaps that ask for it, when it is not the topic's own prerequisite.
    pub only_on: Vec<usize>,
}

/// What is looked up within one roadmap.
#[derive(Clone, Debug, Default)]
pub struct Road {
    /// By placement: its place in the order of the roadmap, from 0.
    pub at: Vec<usize>,
    /// By placement: its sub-topics in order.
    pub parts: Vec<Vec<PlacementIx>>,
    /// By placement: the choices that offer it.
    pub choices: BTreeMap<PlacementIx, Vec<ChoiceIx>>,
    /// By topic: the stages that take it up again.
    pub revisited: BTreeMap<TopicIx, Vec<usize>>,
    /// By placement: the prerequisites that its order respects.
    pub before: Vec<Vec<PlacementIx>>,
    /// By placement: those of them that lie in earlier stages and that no others imply.
    pub earlier: Vec<Vec<PlacementIx>>,
    /// By placement: what it opens in later stages, likewise.
    pub later: Vec<Vec<PlacementIx>>,
}

/// How many line colours a theme has.
pub const LINES: u8 = 12;

/// Builds the tables.
pub fn index(site: &Roadmaps, plans: &[Plan], documents: &[Arc<Document>]) -> Index {
    let mut index = Index {
        places: vec![Vec::new(); site.topics.len()],
        opens: vec![Vec::new(); site.topics.len()],
        parts: vec![Vec::new(); site.topics.len()],
        roads: Vec::new(),
        lines: lines(site, documents),
        nav: nav(site, documents),
        seen: BTreeMap::new(),
    };
    for (ix, topic) in site.topics.iter().enumerate() {
        if let Some(parent) = topic.part_of {
            index.parts[parent.0].push(TopicIx(ix));
        }
        for requirement in &topic.requires {
            for target in &requirement.targets {
                if let Target::Topic(from) = target.value {
                    index.open(from, TopicIx(ix), requirement, None);
                }
            }
        }
    }
    for (at, (roadmap, plan)) in site.roadmaps.iter().zip(plans).enumerate() {
        index.roads.push(road(roadmap, plan));
        for (ix, placement) in roadmap.placements.iter().enumerate() {
            index.places[placement.topic.0].push((at, PlacementIx(ix)));
            let own = site.topic(placement.topic).requires.iter().map(|requirement| (requirement, false));
            for (requirement, extra) in own.chain(placement.requires.iter().map(|requirement| (requirement, true))) {
                for from in road_targets(roadmap, requirement, extra) {
                    index.open(from, placement.topic, requirement, Some(at));
                }
            }
        }
    }
    index
}

/// The topics that a prerequisite names on one road alone: those of an addition, and the options of choices.
fn road_targets(roadmap: &Roadmap, requirement: &Requirement, extra: bool) -> Vec<TopicIx> {
    let mut topics = Vec::new();
    for target in &requirement.targets {
        match &target.value {
            Target::Topic(topic) if extra => topics.push(*topic),
            Target::Topic(_) => {}
            Target::Choice(id) => {
                let choice = roadmap.find_choice(id).map(|ix| roadmap.choice(ix));
                topics.extend(choice.into_iter().flat_map(|choice| &choice.of).map(|ix| roadmap.placement(*ix).topic));
            }
        }
    }
    topics
}

impl Index {
    fn open(&mut self, from: TopicIx, topic: TopicIx, requirement: &Requirement, on: Option<usize>) {
        let list = &mut self.opens[from.0];
        // A topic's own prerequisites come first, then those of one road after the other.
        match self.seen.get(&(from, topic)).map(|at| &mut list[*at]) {
            // What holds everywhere needs no list of roads.
            Some(known) if known.only_on.is_empty() => {}
            Some(known) => known.only_on.extend(on.filter(|at| !known.only_on.contains(at))),
            None => {
                self.seen.insert((from, topic), list.len());
                list.push(Opening { topic, because: requirement.because.clone(), only_on: on.into_iter().collect() });
            }
        }
    }
}

fn road(roadmap: &Roadmap, plan: &Plan) -> Road {
    let n = roadmap.placements.len();
    let none = || vec![Vec::new(); n];
    let mut road =
        Road { at: vec![0; n], parts: none(), before: none(), earlier: none(), later: none(), ..Road::default() };
    for (at, ix) in plan.order.iter().enumerate() {
        road.at[ix.0] = at;
        if let Some(parent) = roadmap.placement(*ix).part_of {
            road.parts[parent.0].push(*ix);
        }
    }
    for (at, choice) in roadmap.choices.iter().enumerate() {
        for option in &choice.of {
            road.choices.entry(*option).or_default().push(ChoiceIx(at));
        }
    }
    for (at, stage) in roadmap.stages.iter().enumerate() {
        for topic in &stage.revisits {
            road.revisited.entry(*topic).or_default().push(at);
        }
    }
    for (from, to) in &plan.edges {
        road.before[to.0].push(*from);
    }
    let edges: Vec<Edge> = plan.edges.iter().map(|(from, to)| Edge { from: from.0, to: to.0 }).collect();
    for Edge { from, to } in transitive_reduction(n, &edges) {
        if roadmap.placements[from].stage != roadmap.placements[to].stage {
            road.earlier[to].push(PlacementIx(from));
            road.later[from].push(PlacementIx(to));
        }
    }
    road
}

fn nav(site: &Roadmaps, documents: &[Arc<Document>]) -> Vec<usize> {
    let asks = |at: &usize| {
        let extra = documents[site.pages[*at].document.0].extra();
        extra.and_then(|extra| extra.get("nav")?.as_bool()).unwrap_or(false)
    };
    (0..site.pages.len()).filter(asks).collect()
}

/// A roadmap's colour is the one that its author chose (`extra.line`, 1 to 12), or else follows from its id, so
/// that a new roadmap does not repaint the others; where two would share one, the later id takes the next that
/// is free.
fn lines(site: &Roadmaps, documents: &[Arc<Document>]) -> Vec<u8> {
    let chosen = |at: usize| {
        let line = documents[site.roadmaps[at].document.0].extra()?.get("line")?.as_u64()?;
        u8::try_from(line).ok().filter(|line| (1..=LINES).contains(line))
    };
    let mut by_id: Vec<usize> = (0..site.roadmaps.len()).collect();
    by_id.sort_by_key(|at| (chosen(*at).is_none(), &site.roadmaps[*at].id));
    let mut taken = [false; LINES as usize];
    let mut lines = vec![1; site.roadmaps.len()];
    for at in by_id {
        if let Some(line) = chosen(at) {
            taken[usize::from(line) - 1] = true;
            lines[at] = line;
            continue;
        }
        let wish = usize::from(blake3::hash(site.roadmaps[at].id.as_bytes()).as_bytes()[0] % LINES);
        let free = (0..usize::from(LINES)).map(|step| (wish + step) % usize::from(LINES)).find(|slot| !taken[*slot]);
        let slot = free.unwrap_or(wish);
        taken[slot] = true;
        lines[at] = u8::try_from(slot + 1).unwrap_or(1);
    }
    lines
}
