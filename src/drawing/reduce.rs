//! Leaves out the edges that others imply.
//!
//! In: pairs of indices, as they come. Out: pairs without repetition, cycles or shortcuts. It refuses to
//! judge a cycle: whoever reads the author's files reports it, a drawing only has to survive it.

use super::adjacency::{Adjacency, strong_components, topological};

/// The pairs that are in range, join two different nodes, are no repetition, and close no cycle: on a
/// cycle the pairs that lead back by index are left out. The order of the pairs is kept.
pub(super) fn acyclic(nodes: usize, pairs: impl Iterator<Item = (usize, usize)>) -> Vec<(usize, usize)> {
    let mut pairs: Vec<_> = pairs.filter(|&(from, to)| from < nodes && to < nodes && from != to).collect();
    let component = strong_components(nodes, &pairs);
    pairs.retain(|&(from, to)| from < to || component[from] != component[to]);
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    order.sort_by_key(|&at| (pairs[at], at));
    order.dedup_by_key(|at| pairs[*at]);
    order.sort_unstable();
    order.into_iter().map(|at| pairs[at]).collect()
}

/// For each pair, whether a longer path leads from its first node to its second. The pairs must be
/// free of cycles and repetition.
///
/// The reduction of a graph without cycles is unique (Aho, Garey & Ullman 1972). From each node the
/// nearest successors are followed first, so that a later one already reached is a shortcut; nothing
/// is followed past the last successor.
pub(super) fn implied(nodes: usize, pairs: &[(usize, usize)]) -> Vec<bool> {
    let next = Adjacency::new(nodes, pairs.iter().copied());
    let edge = Adjacency::new(nodes, pairs.iter().enumerate().map(|(at, pair)| (pair.0, at)));
    let mut place = vec![0; nodes];
    for (at, &node) in topological(nodes, &next).iter().enumerate() {
        place[node] = at;
    }
    let mut shortcut = vec![false; pairs.len()];
    let mut seen_from = vec![usize::MAX; nodes];
    let mut stack = Vec::new();
    for node in (0..nodes).filter(|&node| next.of(node).len() > 1) {
        let mut leaving = edge.of(node).to_vec();
        leaving.sort_by_key(|&at| place[pairs[at].1]);
        let last = leaving.last().map_or(0, |&at| place[pairs[at].1]);
        for at in leaving {
            let to = pairs[at].1;
            shortcut[at] = seen_from[to] == node;
            stack.push(to);
            while let Some(reached) = stack.pop() {
                if seen_from[reached] != node && place[reached] <= last {
                    seen_from[reached] = node;
                    stack.extend_from_slice(next.of(reached));
                }
            }
        }
    }
    shortcut
}
