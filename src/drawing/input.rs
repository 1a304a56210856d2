//! The graph as the layout takes it: nothing out of range, no cycles, no shortcuts.
//!
//! In: a [`Graph`] from outside. Out: an [`Input`]. It refuses nothing: what cannot be drawn is left out.

use super::Graph;
use super::adjacency::{Adjacency, strong_components};
use super::reduce::{acyclic, implied};

/// A graph made safe to lay out.
pub(super) struct Input<'a> {
    /// What was asked for: sizes and frames.
    pub(super) graph: &'a Graph,
    /// Prerequisites to draw.
    pub(super) edges: Vec<(usize, usize)>,
    /// The topic that each is a part of; no topic is a part of itself in the end.
    pub(super) parent: Vec<Option<usize>>,
    /// Whether the connector from the parent is drawn. It is not where another path leads there, nor
    /// where the part comes before the whole.
    pub(super) hangs: Vec<bool>,
    /// The first choice that each is a member of, if that choice has other members.
    pub(super) fork: Vec<Option<usize>>,
    /// All that must lie in one component: prerequisites, parts and members of a choice, both ways.
    pub(super) near: Adjacency,
    /// The prerequisites, both ways.
    pub(super) joined: Adjacency,
}

impl<'a> Input<'a> {
    /// Prepares a graph.
    pub(super) fn new(graph: &'a Graph) -> Self {
        let count = graph.nodes.len();
        let mut edges = acyclic(count, graph.edges.iter().map(|edge| (edge.from, edge.to)));
        let shortcuts = implied(count, &edges);
        let mut kept = shortcuts.iter().map(|shortcut| !shortcut);
        edges.retain(|_| kept.next().unwrap_or(false));
        let parent = tree(graph);
        let fork = members(graph);
        let joined = Adjacency::new(count, edges.iter().flat_map(|&(a, b)| [(a, b), (b, a)]));
        Input {
            graph,
            hangs: hangs(&edges, &parent),
            near: near(&edges, &parent, &fork, graph.forks.len()),
            joined,
            edges,
            parent,
            fork,
        }
    }

    /// How many nodes there are.
    pub(super) fn count(&self) -> usize {
        self.parent.len()
    }
}

/// The parents, without those out of range or on a cycle.
fn tree(graph: &Graph) -> Vec<Option<usize>> {
    let count = graph.nodes.len();
    let parent = |node: usize| graph.nodes[node].parent.filter(|&p| p < count && p != node);
    let pairs: Vec<_> = (0..count).filter_map(|node| Some((parent(node)?, node))).collect();
    let component = strong_components(count, &pairs);
    (0..count).map(|node| parent(node).filter(|&p| component[p] != component[node])).collect()
}

/// The choice of each node: the first that names it. A choice with one member left frames it all the
/// same but needs no keeping together.
fn members(graph: &Graph) -> Vec<Option<usize>> {
    let mut fork = vec![None; graph.nodes.len()];
    for (at, choice) in graph.forks.iter().enumerate() {
        for &member in &choice.members {
            if let Some(slot @ None) = fork.get_mut(member) {
                *slot = Some(at);
            }
        }
    }
    fork
}

/// Which connectors from parents are drawn.
fn hangs(edges: &[(usize, usize)], parent: &[Option<usize>]) -> Vec<bool> {
    let count = parent.len();
    let parts = || (0..count).filter_map(|node| Some((parent[node]?, node)));
    let mut all: Vec<_> = edges.iter().copied().chain(parts()).collect();
    let component = strong_components(count, &all);
    let forward = |&(p, node): &(usize, usize)| component[p] != component[node];
    all.truncate(edges.len());
    all.extend(parts().filter(forward));
    // A topic that is both before another and its whole keeps the stronger line of the two.
    let mut direct = edges.to_vec();
    direct.sort_unstable();
    let twice = |pair: &(usize, usize)| direct.binary_search(pair).is_ok();
    let mut at = edges.len();
    let shortcuts = {
        let mut kept = edges.len();
        all.retain(|pair| {
            let keep = kept > 0 || !twice(pair);
            kept = kept.saturating_sub(1);
            keep
        });
        implied(count, &all)
    };
    let mut hangs = vec![false; count];
    while at < all.len() {
        hangs[all[at].1] = !shortcuts[at];
        at += 1;
    }
    hangs
}

fn near(
    edges: &[(usize, usize)],
    parent: &[Option<usize>],
    fork: &[Option<usize>],
    forks: usize,
) -> Adjacency {
    let mut pairs = edges.to_vec();
    pairs.extend((0..parent.len()).filter_map(|node| Some((parent[node]?, node))));
    let mut last = vec![None; forks];
    for (node, fork) in fork.iter().enumerate() {
        if let Some(fork) = fork
            && let Some(before) = last[*fork].replace(node)
        {
            pairs.push((before, node));
        }
    }
    Adjacency::new(parent.len(), pairs.iter().flat_map(|&(a, b)| [(a, b), (b, a)]))
}
