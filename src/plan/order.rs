//! The dependency order: inside each stage a topological order, the stages one after the other.

use std::collections::BTreeSet;

use crate::graph::{self, Constraints};
use crate::roadmap::{PlacementIx, Roadmap, Roadmaps, Standing, requirements, standing};

/// The order of a roadmap and the edges that it respects.
pub struct Ordered {
    /// All placements.
    pub order: Vec<PlacementIx>,
    /// The placements of each stage.
    pub stages: Vec<Vec<PlacementIx>>,
    /// `(before, after)`, sorted, each once.
    pub edges: Vec<(PlacementIx, PlacementIx)>,
}

/// What one placement waits for, as far as the order can respect it.
struct Waits {
    /// All of these come first.
    hard: Vec<PlacementIx>,
    /// One of each group comes first.
    any: Vec<Vec<PlacementIx>>,
}

/// Orders a roadmap.
pub fn order(site: &Roadmaps, roadmap: &Roadmap) -> Ordered {
    let waits: Vec<Waits> = (0..roadmap.placements.len()).map(|ix| waits(site, roadmap, PlacementIx(ix))).collect();
    let stages: Vec<Vec<PlacementIx>> =
        (0..roadmap.stages.len()).map(|stage| order_stage(roadmap, stage, &waits)).collect();
    let order: Vec<PlacementIx> = stages.iter().flatten().copied().collect();
    let edges = edges(&order, &waits);
    Ordered { order, stages, edges }
}

fn waits(site: &Roadmaps, roadmap: &Roadmap, ix: PlacementIx) -> Waits {
    let placement = roadmap.placement(ix);
    let mut waits = Waits { hard: Vec::new(), any: Vec::new() };
    let possible = |before: &PlacementIx| {
        let before = roadmap.placement(*before);
        before.stage <= placement.stage && !site.circular.contains(&(before.topic, placement.topic))
    };
    for requirement in requirements(site, placement) {
        let mut before = Vec::new();
        for target in &requirement.targets {
            match standing(roadmap, placement, &target.value) {
                Standing::Before(places) => before.extend(places.into_iter().filter(possible)),
                // The options of a choice that do come first still do.
                Standing::Late(places) if !requirement.any => before.extend(places.into_iter().filter(possible)),
                Standing::Late(_) | Standing::Outside => {}
            }
        }
        match requirement.any {
            true if !before.is_empty() => waits.any.push(before),
            true => {}
            false => waits.hard.extend(before),
        }
    }
    waits
}

/// Ties go by the ranks of a topic's ancestors and then its own: a sub-topic follows its parent, and the
/// sub-topics of one parent stay together, where the prerequisites allow.
fn order_stage(roadmap: &Roadmap, stage: usize, waits: &[Waits]) -> Vec<PlacementIx> {
    let members = &roadmap.stages[stage].placements;
    let local = |ix: PlacementIx| members.binary_search(&ix).ok();
    let keys = path_ranks(roadmap, members);
    let mut constraints = Constraints { keys, hard: Vec::new(), soft: Vec::new(), any: Vec::new() };
    for (to, ix) in members.iter().enumerate() {
        let Waits { hard, any } = &waits[ix.0];
        constraints.hard.extend(hard.iter().filter_map(|from| Some((local(*from)?, to))));
        for group in any {
            let inside: Vec<usize> = group.iter().filter_map(|from| local(*from)).collect();
            if inside.len() == group.len() {
                constraints.any.push((inside, to));
            } else {
                // An earlier stage has one already; the others come first where they can.
                constraints.soft.extend(inside.into_iter().map(|from| (from, to)));
            }
        }
        let parent = roadmap.placement(*ix).part_of.and_then(local);
        constraints.soft.extend(parent.map(|parent| (parent, to)));
    }
    let order = match graph::order(&constraints) {
        Ok(order) => order,
        // Only a circle that is too tangled to be set aside whole gets here; it has been reported.
        Err(stuck) => without(constraints, &stuck),
    };
    order.into_iter().map(|at| members[at]).collect()
}

fn without<K: Ord + Clone>(mut constraints: Constraints<K>, stuck: &[usize]) -> Vec<usize> {
    let stuck: BTreeSet<usize> = stuck.iter().copied().collect();
    constraints.hard.retain(|(from, to)| !(stuck.contains(from) && stuck.contains(to)));
    constraints.any.retain(|(_, to)| !stuck.contains(to));
    graph::order(&constraints).unwrap_or_default()
}

/// The place of each member in a walk through the forest of parts, siblings by rank.
fn path_ranks(roadmap: &Roadmap, members: &[PlacementIx]) -> Vec<usize> {
    let mut sorted: Vec<usize> = (0..members.len()).collect();
    sorted.sort_by_key(|at| &roadmap.placement(members[*at]).rank);
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); members.len()];
    let mut roots = Vec::new();
    for at in sorted {
        let parent = roadmap.placement(members[at]).part_of.and_then(|ix| members.binary_search(&ix).ok());
        match parent {
            Some(parent) => children[parent].push(at),
            None => roots.push(at),
        }
    }
    let mut ranks = vec![0; members.len()];
    let mut stack: Vec<usize> = roots.into_iter().rev().collect();
    let mut next = 0;
    while let Some(at) = stack.pop() {
        ranks[at] = next;
        next += 1;
        stack.extend(children[at].iter().rev());
    }
    ranks
}

fn edges(order: &[PlacementIx], waits: &[Waits]) -> Vec<(PlacementIx, PlacementIx)> {
    let mut at = vec![usize::MAX; waits.len()];
    order.iter().enumerate().for_each(|(i, ix)| at[ix.0] = i);
    let mut edges = BTreeSet::new();
    for (to, waits) in waits.iter().enumerate() {
        let all = waits.hard.iter().chain(waits.any.iter().flatten());
        edges.extend(all.filter(|from| at[from.0] < at[to]).map(|from| (*from, PlacementIx(to))));
    }
    edges.into_iter().collect()
}
