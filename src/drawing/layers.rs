//! Gives each node of a component its column.
//!
//! In: edges without cycles, which nodes are members of which choice, and which hang from a whole at the
//! left. Out: a column for each node,
//! counted from 0, every edge leading to a later one. It refuses to tear a chain apart for the sake of a
//! choice: where prerequisites run between members, they keep columns of their own.
//!
//! Layering by longest path is the first step of Sugiyama, Tagawa & Toda (1981).

use super::adjacency::{Adjacency, strong_components, topological};

/// The column of each node.
pub(super) fn columns(count: usize, edges: &[(usize, usize)], fork: &[Option<usize>], hangs: &[bool]) -> Vec<usize> {
    let merged = merged(count, edges, fork);
    let pairs: Vec<_> = edges.iter().map(|&(from, to)| (merged[from], merged[to])).collect();
    let next = Adjacency::new(count, pairs.iter().copied());
    let previous = Adjacency::new(count, pairs.iter().map(|&(from, to)| (to, from)));
    let order = topological(count, &next);
    let mut column = vec![0; count];
    for &node in &order {
        for &to in next.of(node) {
            column[to] = column[to].max(column[node] + 1);
        }
    }
    // Longest paths push everything left; whatever opens more than it needs is better off close to
    // what it opens (shorter edges in all, the aim of Gansner et al. 1993). Not so what a connector
    // leads to from the left: it would have to cross everything before.
    for &node in order.iter().rev() {
        let nearest = next.of(node).iter().map(|&to| column[to]).min();
        if let Some(nearest) = nearest
            && !hangs[node]
            && next.of(node).len() > previous.of(node).len()
        {
            column[node] = nearest - 1;
        }
    }
    merged.iter().map(|&stand_in| column[stand_in]).collect()
}

/// For each node the one that stands for it: the first member of its choice, where the members can
/// share a column, else itself.
fn merged(count: usize, edges: &[(usize, usize)], fork: &[Option<usize>]) -> Vec<usize> {
    let forks = fork.iter().flatten().max().map_or(0, |last| last + 1);
    let mut first = vec![usize::MAX; forks];
    let mut merged: Vec<usize> = (0..count).collect();
    for node in 0..count {
        if let Some(fork) = fork[node] {
            first[fork] = first[fork].min(node);
            merged[node] = first[fork];
        }
    }
    let pairs: Vec<_> = edges.iter().map(|&(from, to)| (merged[from], merged[to])).collect();
    let component = strong_components(count, &pairs);
    // A cycle that only merging closed runs through a choice. Dissolving each choice on such a cycle
    // leaves none, for without choices the edges have none.
    let mut torn = vec![false; forks];
    for &(from, to) in &pairs {
        if component[from] == component[to] {
            for stand_in in [from, to] {
                if let Some(fork) = fork[stand_in] {
                    torn[fork] = true;
                }
            }
        }
    }
    for node in 0..count {
        if fork[node].is_some_and(|fork| torn[fork]) {
            merged[node] = node;
        }
    }
    merged
}
