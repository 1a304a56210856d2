//! Shortens the edges of a component whose boxes have been placed.
//!
//! In: a [`Layered`] component and the middles of its vertices. Out: middles with the same order and
//! distances kept, and edges as short as they can be. It refuses to tear a frame: the members of a
//! choice in one column move as one.
//!
//! The auxiliary graph of Gansner et al. (1993): each edge is a node of its own, which wants to be as
//! high as the higher of its ends, so that its weight counts the height between the two.

use super::layered::Layered;
use super::place::distance;
use super::simplex::{self, Link};

/// How much more a stretch counts that has no box at its ends, or one: those are better straight.
const WEIGHTS: [i64; 3] = [8, 2, 1];
/// Nodes visited at most, for each node there is, and in all: it bounds the work on large graphs.
const EFFORT: usize = 80;
const BUDGET: usize = 20_000_000;
/// Steps to a pixel.
const STEPS: f64 = 2.0;

/// Slides everything to where its edges are shortest.
pub(super) fn shorten(layered: &Layered, middle: &mut [f64]) {
    let groups = Groups::new(layered);
    let mut at = groups.places(layered, middle);
    let mut links = groups.distances(layered);
    for (from, list) in (0..middle.len()).map(|vertex| (vertex, layered.right.of(vertex))) {
        for &to in list {
            let ends = [from, to].iter().filter(|&&end| end < layered.boxes).count();
            let pull = |to: usize| Link {
                tail: at.len(),
                head: groups.of[to],
                least: -groups.offset[to],
                weight: WEIGHTS[ends],
            };
            links.extend([pull(from), pull(to)]);
            let height = |vertex: usize| at[groups.of[vertex]] + groups.offset[vertex];
            at.push(height(from).min(height(to)));
        }
    }
    let budget = BUDGET.min(EFFORT * at.len());
    simplex::shorten_and_balance(&links, &mut at, budget);
    for (vertex, middle) in middle.iter_mut().enumerate() {
        *middle = (at[groups.of[vertex]] + groups.offset[vertex]) as f64 / STEPS;
    }
}

fn steps(pixels: f64) -> i64 {
    (pixels * STEPS).ceil() as i64
}

/// What moves as one: single vertices, and the members of a choice in one column.
struct Groups {
    /// The group of each vertex.
    of: Vec<usize>,
    /// How far each vertex is below the first of its group.
    offset: Vec<i64>,
    count: usize,
}

impl Groups {
    fn new(layered: &Layered) -> Self {
        let vertices = layered.column.len();
        let mut groups = Groups { of: vec![0; vertices], offset: vec![0; vertices], count: 0 };
        let same = |a: &usize, b: &usize| layered.fork[*a].is_some() && layered.fork[*a] == layered.fork[*b];
        for run in layered.order.iter().flat_map(|column| column.chunk_by(same)) {
            let mut offset = 0;
            for (place, &vertex) in run.iter().enumerate() {
                offset += if place > 0 { steps(distance(layered, run[place - 1], vertex)) } else { 0 };
                groups.of[vertex] = groups.count;
                groups.offset[vertex] = offset;
            }
            groups.count += 1;
        }
        groups
    }

    /// Where the groups are, pushed down where rounding has put them too close.
    fn places(&self, layered: &Layered, middle: &[f64]) -> Vec<i64> {
        let mut at = vec![i64::MIN; self.count];
        for column in &layered.order {
            for (place, &vertex) in column.iter().enumerate() {
                let group = self.of[vertex];
                if at[group] > i64::MIN {
                    continue;
                }
                at[group] = (middle[vertex] * STEPS).round() as i64;
                if let Some(above) = place.checked_sub(1).map(|before| column[before]) {
                    let least = steps(distance(layered, above, vertex));
                    at[group] = at[group].max(at[self.of[above]] + self.offset[above] + least);
                }
            }
        }
        at
    }

    /// Neighbours in a column keep apart.
    fn distances(&self, layered: &Layered) -> Vec<Link> {
        let pairs = layered.order.iter().flat_map(|column| column.windows(2));
        let apart = pairs.filter(|pair| self.of[pair[0]] != self.of[pair[1]]).map(|pair| Link {
            tail: self.of[pair[0]],
            head: self.of[pair[1]],
            least: steps(distance(layered, pair[0], pair[1])) + self.offset[pair[0]] - self.offset[pair[1]],
            weight: 0,
        });
        apart.collect()
    }
}
