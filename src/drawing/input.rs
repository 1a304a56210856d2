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
    /// The topic that each is a part of; no topic is a part of itself in the end.
    pub(super) parent: Vec<Option<usize>>,
    /// Whether the connector from the parent is drawn. It is not where another path leads there, nor
    /// where the part comes before the whole.
    pub(super) hangs: Vec<bool>,
    /// The first choice that each is a member of.
    pub(super) fork: Vec<Option<usize>>,
    /// All that must lie in one component: prerequisites, parts and members of a choice, both ways.
    pub(super) near: Adjacency,
    /// What each prerequisite leads to.
    pub(super) next: Adjacency,
    /// Whether a prerequisite touches the node.
    pub(super) tied: Vec<bool>,
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
        let mut tied = vec![false; count];
        for node in edges.iter().flat_map(|&(from, to)| [from, to]) {
            tied[node] = true;
        }
        Input {
            graph,
            hangs: hangs(&edges, &parent),
            near: near(&edges, &parent, &fork, graph.forks.len()),
            next: Adjacency::new(count, edges.iter().copied()),
            tied,
            parent,
            fork,
        }
    }

    /// How many nodes there are.
    pub(super) fn count(&self) -> usize {
        self.parent.len()
    }

    /// Width and height of a box. A size that is none counts as 0.
    pub(super) fn size(&self, node: usize) -> (f64, f64) {
        let sound = |size: f64| if size.is_finite() { size.max(0.0) } else { 0.0 };
        (sound(self.graph.nodes[node].width), sound(self.graph.nodes[node].height))
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

/// The choice of each node: the first that names it.
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
    let mut parts: Vec<_> = (0..count).filter_map(|node| Some((parent[node]?, node))).collect();
    let mut all: Vec<_> = edges.iter().chain(&parts).copied().collect();
    let component = strong_components(count, &all);
    // A topic that is both before another and its whole keeps the stronger line of the two.
    let mut direct = edges.to_vec();
    direct.sort_unstable();
    parts.retain(|pair| component[pair.0] != component[pair.1] && direct.binary_search(pair).is_err());
    all.truncate(edges.len());
    all.extend(&parts);
    let shortcuts = implied(count, &all);
    let mut hangs = vec![false; count];
    for (&(_, node), shortcut) in parts.iter().zip(&shortcuts[edges.len()..]) {
        hangs[node] = !shortcut;
    }
    hangs
}

/// Everything that ties two nodes to one component. Members of a choice form a chain: enough to tie.
fn near(edges: &[(usize, usize)], parent: &[Option<usize>], fork: &[Option<usize>], forks: usize) -> Adjacency {
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
