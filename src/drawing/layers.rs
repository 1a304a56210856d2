//! Gives each node of a component its column.
//!
//! In: edges without cycles, which nodes are members of which choice, and which hang from a whole at the
//! left. Out: a column for each node,
//! counted from 0, every edge leading to a later one. It refuses to tear a chain apart for the sake of a
//! choice: where prerequisites run between members, they keep columns of their own.
//!
//! Layering by longest path is the first step of Sugiyama, Tagawa & Toda (1981); network simplex makes of it
//! the layering with the shortest edges in all (Gansner et al. 1993).

use super::adjacency::{Adjacency, strong_components, topological};
use super::simplex::{self, Link};

/// How much more the way from the left counts than any other line.
const HUNG_WEIGHT: i64 = 64;
/// Nodes visited at most, for each node there is, and in all: it bounds the work, and only on graphs of
/// thousands of nodes.
const EFFORT: usize = 400;
const BUDGET: usize = 4_000_000;

/// The column of each node.
pub(super) fn columns(count: usize, edges: &[(usize, usize)], fork: &[Option<usize>], hangs: &[bool]) -> Vec<usize> {
    let merged = merged(count, edges, fork);
    let pairs: Vec<_> = edges.iter().map(|&(from, to)| (merged[from], merged[to])).collect();
    let next = Adjacency::new(count, pairs.iter().copied());
    let mut column = vec![0i64; count];
    for node in topological(count, &next) {
        for &to in next.of(node) {
            column[to] = column[to].max(column[node] + 1);
        }
    }
    shorten(&pairs, &merged, hangs, &mut column);
    even_out(&pairs, &mut column);
    let first = merged.iter().map(|&stand_in| column[stand_in]).min().unwrap_or(0);
    merged.iter().map(|&stand_in| (column[stand_in] - first) as usize).collect()
}

/// Longest paths push everything left; lines are shortest in all where network simplex puts the nodes.
/// What a connector leads to from the left stays there: it would have to cross everything before.
fn shorten(pairs: &[(usize, usize)], merged: &[usize], hangs: &[bool], column: &mut Vec<i64>) {
    let count = column.len();
    let link = |tail, head, weight| Link { tail, head, least: 1, weight };
    let mut links: Vec<Link> = pairs.iter().map(|&(tail, head)| link(tail, head, 1)).collect();
    let mut first = vec![true; count];
    pairs.iter().for_each(|pair| first[pair.1] = false);
    for node in 0..count {
        if hangs[node] {
            links.push(link(count, merged[node], HUNG_WEIGHT));
        } else if first[node] {
            links.push(link(count, node, 0));
        }
    }
    column.push(-1);
    simplex::shorten(&links, column, BUDGET.min(EFFORT * count));
    column.pop();
}

/// What lies as well in one column as in another goes to the one with fewest nodes.
fn even_out(pairs: &[(usize, usize)], column: &mut [i64]) {
    let count = column.len();
    let next = Adjacency::new(count, pairs.iter().copied());
    let previous = Adjacency::new(count, pairs.iter().map(|&(from, to)| (to, from)));
    let first = column.iter().copied().min().unwrap_or(0);
    let last = column.iter().copied().max().unwrap_or(0);
    let mut held = vec![0usize; (last - first + 1) as usize];
    column.iter().for_each(|&column| held[(column - first) as usize] += 1);
    for node in 0..count {
        let (before, after) = (previous.of(node), next.of(node));
        if before.is_empty() || before.len() != after.len() {
            continue;
        }
        let low = before.iter().map(|&from| column[from] + 1).max().unwrap_or(first);
        let high = after.iter().map(|&to| column[to] - 1).min().unwrap_or(last);
        let here = column[node];
        let Some(best) = (low..=high).min_by_key(|&other| held[(other - first) as usize] + usize::from(other != here))
        else {
            continue;
        };
        held[(here - first) as usize] -= 1;
        held[(best - first) as usize] += 1;
        column[node] = best;
    }
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
