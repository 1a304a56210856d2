//! Gives the boxes of a component their heights on the page.
//!
//! In: a [`Layered`] component with its order fixed. Out: the middle of each vertex from top to bottom;
//! order and distances are kept. It refuses to reorder.
//!
//! Brandes & Köpf (2001): vertices are chained to a median neighbour in four ways, each chain is put on
//! one height as tightly as possible, and the mean of the middle two results is taken, which keeps
//! every distance that all four keep. Chains are compacted over the graph of chains, not over classes
//! of sinks, whose shifts are known to go wrong (erratum of 2020).

use super::adjacency::{Adjacency, topological};
use super::layered::Layered;
use super::order::places;
use super::straighten;
use super::{FRAME_BOTTOM, FRAME_TOP, LINE_GAP, ROW_GAP};

/// The middle of each vertex.
pub(super) fn middles(layered: &Layered) -> Vec<f64> {
    let conflicts = conflicts(layered);
    let mut results: Vec<Vec<f64>> = Vec::with_capacity(4);
    for rightwards in [true, false] {
        for downwards in [true, false] {
            let chain = chains(layered, &conflicts, rightwards, downwards);
            results.push(compact(layered, &chain, downwards));
        }
    }
    align(layered, &mut results);
    let mut middle: Vec<f64> = (0..layered.column.len())
        .map(|vertex| {
            let mut four = [0, 1, 2, 3].map(|way: usize| results[way][vertex]);
            four.sort_by(f64::total_cmp);
            f64::midpoint(four[1], four[2])
        })
        .collect();
    gather(layered, &mut middle);
    straighten::shorten(layered, &mut middle);
    middle
}

/// Moves the members of a choice close together, within the room they have, so that frames are tight.
/// The median of their offsets moves them least, and leaves one where it is.
fn gather(layered: &Layered, middle: &mut [f64]) {
    let same = |a: &usize, b: &usize| layered.fork[*a].is_some() && layered.fork[*a] == layered.fork[*b];
    for run in layered.order.iter().flat_map(|column| column.chunk_by(same)).filter(|run| run.len() > 1) {
        let mut tight = vec![0.0; run.len()];
        for place in 1..run.len() {
            tight[place] = tight[place - 1] + distance(layered, run[place - 1], run[place]);
        }
        // Distances kept, these offsets only grow from top to bottom: their median needs no sorting.
        let median = run.len() / 2;
        let start = middle[run[median]] - tight[median];
        for (&vertex, offset) in run.iter().zip(tight) {
            middle[vertex] = start + offset;
        }
    }
}

/// Edges that cross one between two passing points: long edges are kept straight at their expense.
/// Sorted pairs of a vertex and its neighbour on the left.
fn conflicts(layered: &Layered) -> Vec<(usize, usize)> {
    let at = places(layered);
    let passes = |vertex: usize| vertex >= layered.boxes;
    let mut found = Vec::new();
    for column in 1..layered.order.len() {
        let order = &layered.order[column];
        let mut low = 0;
        let mut start = 0;
        for (place, &vertex) in order.iter().enumerate() {
            let inner = layered.left.of(vertex).iter().find(|&&l| passes(vertex) && passes(l));
            if inner.is_none() && place + 1 < order.len() {
                continue;
            }
            let high = inner.map_or(usize::MAX, |&neighbour| at[neighbour]);
            for &crossing in &order[start..=place] {
                for &neighbour in layered.left.of(crossing) {
                    let outside = at[neighbour] < low || at[neighbour] > high;
                    if outside && !(passes(crossing) && passes(neighbour)) {
                        found.push((crossing, neighbour));
                    }
                }
            }
            low = if high == usize::MAX { low } else { high };
            start = place + 1;
        }
    }
    found.sort_unstable();
    found
}

/// For each vertex the first of its chain. Chains follow median neighbours and never cross.
fn chains(layered: &Layered, conflicts: &[(usize, usize)], rightwards: bool, downwards: bool) -> Vec<usize> {
    let at = places(layered);
    let vertices = at.len();
    let mut root: Vec<usize> = (0..vertices).collect();
    let mut taken = vec![false; vertices];
    let columns = layered.order.len();
    for step in 1..columns {
        let column = if rightwards { step } else { columns - 1 - step };
        let neighbours = if rightwards { &layered.left } else { &layered.right };
        let order = &layered.order[column];
        let mut border: Option<usize> = None;
        for step in 0..order.len() {
            let vertex = order[if downwards { step } else { order.len() - 1 - step }];
            for neighbour in medians(neighbours.of(vertex), &at, downwards) {
                let pair = if rightwards { (vertex, neighbour) } else { (neighbour, vertex) };
                let free =
                    border.is_none_or(|border| if downwards { at[neighbour] > border } else { at[neighbour] < border });
                if free && !taken[neighbour] && conflicts.binary_search(&pair).is_err() {
                    taken[neighbour] = true;
                    root[vertex] = root[neighbour];
                    border = Some(at[neighbour]);
                    break;
                }
            }
        }
    }
    root
}

/// The one or two neighbours in the middle, the preferred first.
fn medians(neighbours: &[usize], at: &[usize], downwards: bool) -> Vec<usize> {
    let mut sorted = neighbours.to_vec();
    sorted.sort_unstable_by_key(|&neighbour| at[neighbour]);
    if !downwards {
        sorted.reverse();
    }
    let Some(last) = sorted.len().checked_sub(1) else { return sorted };
    sorted[last / 2..=sorted.len() / 2].to_vec()
}

/// The least distance between the middles of two vertices, the first right above the second.
pub(super) fn distance(layered: &Layered, above: usize, below: usize) -> f64 {
    let boxes = above < layered.boxes && below < layered.boxes;
    let mut gap = if boxes { ROW_GAP } else { LINE_GAP };
    if layered.fork[above] != layered.fork[below] {
        gap += layered.fork[above].map_or(0.0, |_| FRAME_BOTTOM);
        gap += layered.fork[below].map_or(0.0, |_| FRAME_TOP);
    }
    gap + f64::midpoint(layered.height[above], layered.height[below])
}

/// Puts each chain on one height, pushed to one end and then back to what it hangs from.
fn compact(layered: &Layered, root: &[usize], downwards: bool) -> Vec<f64> {
    let count = root.len();
    let stacked = |column: &Vec<usize>| -> Vec<(usize, usize, f64)> {
        let pair = |pair: &[usize]| {
            let apart = distance(layered, pair[0], pair[1]);
            (root[pair[0]], root[pair[1]], apart)
        };
        column.windows(2).map(pair).collect()
    };
    let mut gaps: Vec<(usize, usize, f64)> = layered.order.iter().flat_map(stacked).collect();
    if !downwards {
        gaps.iter_mut().for_each(|gap| *gap = (gap.1, gap.0, gap.2));
    }
    let next = Adjacency::new(count, gaps.iter().map(|gap| (gap.0, gap.1)));
    let leaving = Adjacency::new(count, gaps.iter().enumerate().map(|(at, gap)| (gap.0, at)));
    let order = topological(count, &next);
    let mut y = vec![0.0f64; count];
    for &chain in &order {
        for &gap in leaving.of(chain) {
            let (_, to, apart) = gaps[gap];
            y[to] = y[to].max(y[chain] + apart);
        }
    }
    for &chain in order.iter().rev() {
        let room = leaving.of(chain).iter().map(|&gap| y[gaps[gap].1] - gaps[gap].2);
        let room = room.fold(f64::INFINITY, f64::min);
        if room.is_finite() {
            y[chain] = y[chain].max(room);
        }
    }
    let sign = if downwards { 1.0 } else { -1.0 };
    root.iter().map(|&chain| sign * y[chain]).collect()
}

/// Moves the four results to the place of the shortest: those packed upwards by their upper end, the
/// others by their lower.
fn align(layered: &Layered, results: &mut [Vec<f64>]) {
    let extent = |y: &[f64]| {
        let half = |vertex: usize| layered.height[vertex] / 2.0;
        let low = (0..y.len()).map(|v| y[v] - half(v)).fold(f64::INFINITY, f64::min);
        let high = (0..y.len()).map(|v| y[v] + half(v)).fold(f64::NEG_INFINITY, f64::max);
        (low, high)
    };
    let extents: Vec<_> = results.iter().map(|y| extent(y)).collect();
    let height = |&(low, high): &(f64, f64)| high - low;
    let shortest = extents.iter().copied().min_by(|a, b| height(a).total_cmp(&height(b)));
    let Some((low, high)) = shortest else { return };
    for (way, y) in results.iter_mut().enumerate() {
        let shift = if way % 2 == 0 { low - extents[way].0 } else { high - extents[way].1 };
        y.iter_mut().for_each(|y| *y += shift);
    }
}
