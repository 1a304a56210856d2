//! Shortens the edges of a component whose boxes have been placed.
//!
//! In: a [`Layered`] component and the middles of its vertices. Out: middles with the same order and
//! distances kept, and no more edge length than before. It refuses to bend an edge that is straight.
//!
//! Coordinate descent in the spirit of the median steps of Gansner et al. (1993), on chains instead of
//! single vertices: what straight edges or the frame of a choice hold together slides as one, as far as
//! its neighbours allow, to where the edges that leave it are shortest in all.

use super::adjacency::Adjacency;
use super::layered::Layered;
use super::order::places;
use super::place::distance;

/// Passes over all chains at most.
const PASSES: usize = 8;

/// How much more a stretch counts that has no box at its ends, or one: those are better straight.
const WEIGHTS: [f64; 3] = [8.0, 2.0, 1.0];

/// Slides chains until nothing gets shorter.
pub(super) fn shorten(layered: &Layered, middle: &mut [f64]) {
    let at = places(layered);
    for pass in 0..PASSES {
        let chains = Chains::new(layered, middle);
        let mut moved = false;
        let count = chains.list.len();
        for turn in 0..count {
            let chain = if pass % 2 == 0 { turn } else { count - 1 - turn };
            let (low, high) = chains.room(layered, middle, &at, chain);
            let shift = chains.wish(layered, middle, chain).clamp(low, high);
            if shift.abs() >= 0.25 {
                chains.list[chain].iter().for_each(|&vertex| middle[vertex] += shift);
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
}

/// Vertices that slide as one.
struct Chains {
    /// The chain of each vertex.
    of: Vec<usize>,
    /// The vertices of each chain.
    list: Vec<Vec<usize>>,
}

impl Chains {
    fn new(layered: &Layered, middle: &[f64]) -> Self {
        let straight = |vertex: usize| {
            let level = move |other: &&usize| (middle[**other] - middle[vertex]).abs() < 0.01;
            layered.left.of(vertex).iter().filter(level).map(move |&other| (vertex, other))
        };
        let framed = |pair: &[usize]| {
            let fork = layered.fork[pair[0]];
            (fork.is_some() && fork == layered.fork[pair[1]]).then(|| (pair[0], pair[1]))
        };
        let mut ties: Vec<_> = (0..middle.len()).flat_map(straight).collect();
        ties.extend(layered.order.iter().flat_map(|column| column.windows(2).filter_map(framed)));
        let both = ties.iter().flat_map(|&(a, b)| [(a, b), (b, a)]);
        let tied = Adjacency::new(middle.len(), both);
        let mut chains = Chains { of: vec![usize::MAX; middle.len()], list: Vec::new() };
        for vertex in 0..middle.len() {
            if chains.of[vertex] == usize::MAX {
                chains.gather(&tied, vertex);
            }
        }
        chains
    }

    /// Makes a chain of all that is tied to a vertex.
    fn gather(&mut self, tied: &Adjacency, vertex: usize) {
        let chain = self.list.len();
        let mut found = vec![vertex];
        self.of[vertex] = chain;
        let mut at = 0;
        while let Some(&vertex) = found.get(at) {
            at += 1;
            for &other in tied.of(vertex) {
                if self.of[other] == usize::MAX {
                    self.of[other] = chain;
                    found.push(other);
                }
            }
        }
        self.list.push(found);
    }

    /// How far the chain would slide if it were alone: to the weighted median of where its edges would
    /// be straight, or the nearest of the places that are as good.
    fn wish(&self, layered: &Layered, middle: &[f64], chain: usize) -> f64 {
        let mut pulls = Vec::new();
        for &vertex in &self.list[chain] {
            for &other in layered.left.of(vertex).iter().chain(layered.right.of(vertex)) {
                if self.of[other] != chain {
                    let ends = [vertex, other].iter().filter(|&&end| end < layered.boxes).count();
                    pulls.push((middle[other] - middle[vertex], WEIGHTS[ends]));
                }
            }
        }
        pulls.sort_by(|a, b| a.0.total_cmp(&b.0));
        let half = pulls.iter().map(|pull| pull.1).sum::<f64>() / 2.0;
        let mut sum = 0.0;
        let mut low = None;
        for (pull, weight) in pulls {
            sum += weight;
            if sum >= half {
                low = low.or(Some(pull));
            }
            if sum > half {
                return 0.0f64.clamp(low.unwrap_or(pull), pull);
            }
        }
        0.0
    }

    /// How far the chain can slide up and down before something of it is too close to a neighbour.
    fn room(&self, layered: &Layered, middle: &[f64], at: &[usize], chain: usize) -> (f64, f64) {
        let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
        for &vertex in &self.list[chain] {
            let column = &layered.order[layered.column[vertex]];
            let stranger = |other: &&usize| self.of[**other] != chain;
            if let Some(&above) = at[vertex].checked_sub(1).and_then(|i| column.get(i)).filter(stranger) {
                low = low.max(middle[above] + distance(layered, above, vertex) - middle[vertex]);
            }
            if let Some(&below) = column.get(at[vertex] + 1).filter(stranger) {
                high = high.min(middle[below] - distance(layered, vertex, below) - middle[vertex]);
            }
        }
        (low.min(0.0), high.max(0.0))
    }
}
