//! The figures of a roadmap: how much there is, how far its effort is known, how deep it goes, and which topics most
//! others wait for.

use super::Plan;
use crate::document::matter::Level;
use crate::graph::Digraph;
use crate::roadmap::{PlacementIx, Roadmap};

/// The figures of one roadmap. They count placements: every topic of the roadmap once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stats {
    /// How many topics are essential, recommended, optional.
    pub levels: [usize; 3],
    /// How many topics have an effort: their own, or the sum of their sub-topics'.
    pub known: usize,
    /// How many topics have none.
    pub unknown: usize,
    /// How many prerequisites the order respects; a choice stands for all its options.
    pub prerequisites: usize,
    /// How many topics have their longest chain of prerequisites of 0, 1, 2 … topics.
    pub depths: Vec<usize>,
    /// The chain of prerequisites of most topics, first to last; among equals the first in the order.
    pub longest_chain: Vec<PlacementIx>,
    /// The topics that others need: most needed first, and then in the order.
    pub bottlenecks: Vec<Bottleneck>,
}

/// A topic that others wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bottleneck {
    /// The topic.
    pub placement: PlacementIx,
    /// How many require it.
    pub direct: usize,
    /// How many require it, or something that requires it.
    pub all: usize,
}

/// Counts; what it costs is what [`Digraph::reach`] does.
pub fn stats(roadmap: &Roadmap, plan: &Plan) -> Stats {
    let of_level = |level| roadmap.placements.iter().filter(|placement| placement.level == level).count();
    let known = plan.efforts.iter().flatten().count();
    let chains = chains(plan);
    Stats {
        levels: [Level::Essential, Level::Recommended, Level::Optional].map(of_level),
        known,
        unknown: plan.efforts.len() - known,
        prerequisites: plan.edges.len(),
        depths: depths(&chains),
        longest_chain: longest(plan, &chains),
        bottlenecks: bottlenecks(plan),
    }
}

/// The longest chain that ends at a topic: how many topics lie before it, and the last of them.
type Chain = (usize, Option<PlacementIx>);

fn chains(plan: &Plan) -> Vec<Chain> {
    let mut chains: Vec<Chain> = vec![(0, None); plan.order.len()];
    let at = places(plan);
    let mut edges = plan.edges.clone();
    // Whatever leads to a topic has been settled when an edge leaves it.
    edges.sort_by_key(|(from, _)| at[from.0]);
    for (from, to) in edges {
        let depth = chains[from.0].0 + 1;
        if depth > chains[to.0].0 {
            chains[to.0] = (depth, Some(from));
        }
    }
    chains
}

/// By placement: its place in the order.
fn places(plan: &Plan) -> Vec<usize> {
    let mut at = vec![0; plan.order.len()];
    plan.order.iter().enumerate().for_each(|(i, ix)| at[ix.0] = i);
    at
}

fn depths(chains: &[Chain]) -> Vec<usize> {
    let deepest = chains.iter().map(|(depth, _)| depth + 1).max().unwrap_or(0);
    let mut depths = vec![0; deepest];
    chains.iter().for_each(|(depth, _)| depths[*depth] += 1);
    depths
}

fn longest(plan: &Plan, chains: &[Chain]) -> Vec<PlacementIx> {
    let mut end: Option<PlacementIx> = None;
    for ix in &plan.order {
        if end.is_none_or(|best| chains[ix.0].0 > chains[best.0].0) {
            end = Some(*ix);
        }
    }
    let mut chain: Vec<_> = std::iter::successors(end, |ix| chains[ix.0].1).collect();
    chain.reverse();
    chain
}

fn bottlenecks(plan: &Plan) -> Vec<Bottleneck> {
    let edges: Vec<(usize, usize)> = plan.edges.iter().map(|(from, to)| (from.0, to.0)).collect();
    let graph = Digraph::new(plan.order.len(), &edges);
    let order: Vec<usize> = plan.order.iter().map(|ix| ix.0).collect();
    let all = graph.reach(&order);
    let needed = plan.order.iter().filter(|ix| all[ix.0] > 0);
    let mut list: Vec<_> =
        needed.map(|ix| Bottleneck { placement: *ix, direct: graph.after(ix.0).len(), all: all[ix.0] }).collect();
    list.sort_by_key(|topic| std::cmp::Reverse((topic.all, topic.direct)));
    list
}
