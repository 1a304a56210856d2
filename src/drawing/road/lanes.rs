//! Puts stretches that overlap beside each other.
//!
//! In: stretches of a line. Out: a lane for each, such that no two in one lane touch. It refuses to use
//! more lanes than overlap anywhere: the greedy colouring of an interval graph from left to right.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

/// The lane of each stretch, and how many lanes there are. Those that begin first take the first lanes, of
/// equals the shortest.
pub(super) fn assign(stretches: &[(f64, f64)]) -> (Vec<usize>, usize) {
    let mut order: Vec<usize> = (0..stretches.len()).collect();
    order.sort_by(|&a, &b| {
        let (a, b) = (stretches[a], stretches[b]);
        a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
    });
    let mut lane = vec![0; stretches.len()];
    let mut free: BTreeSet<usize> = BTreeSet::new();
    let mut taken: BinaryHeap<Reverse<(Ordered, usize)>> = BinaryHeap::new();
    let mut count = 0;
    for at in order {
        let (start, end) = stretches[at];
        while let Some(&Reverse((until, done))) = taken.peek()
            && until.0 < start
        {
            taken.pop();
            free.insert(done);
        }
        lane[at] = free.pop_first().unwrap_or(count);
        count = count.max(lane[at] + 1);
        taken.push(Reverse((Ordered(end), lane[at])));
    }
    (lane, count)
}

/// A number with a total order.
#[derive(Clone, Copy, PartialEq)]
struct Ordered(f64);

impl Eq for Ordered {}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ordered {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}
