//! The critical path: the chain of prerequisites that takes longest.

use super::effort::Cost;
use crate::document::matter::Level;
use crate::roadmap::{PlacementIx, Roadmap};

/// An upper and a lower bound, in milliseconds.
type Weight = (i64, i64);

const NOTHING: Weight = (0, 0);

/// Among chains of placements that are not optional, the one with the largest sum of upper bounds, then of
/// lower bounds, then the first in the order. An open end counts as its lower bound, an unknown as nothing.
///
/// The best chain that begins at each placement is found from the end of the order; the path is read off
/// from the front, where the earliest placement among equals is the first in the order.
pub fn path(
    roadmap: &Roadmap,
    order: &[PlacementIx],
    edges: &[(PlacementIx, PlacementIx)],
    efforts: &[Option<Cost>],
) -> Vec<PlacementIx> {
    let counts = |ix: &PlacementIx| roadmap.placement(*ix).level != Level::Optional;
    // Whole milliseconds: sums of them are exact, so that equal chains are equal.
    let exact = |hours: f64| (hours * 3_600_000.0).round() as i64;
    let weight = |ix: &PlacementIx| match &efforts[ix.0] {
        Some(cost) => (exact(cost.hours.max.unwrap_or(cost.hours.min)), exact(cost.hours.min)),
        None => NOTHING,
    };
    let mut after: Vec<Vec<PlacementIx>> = vec![Vec::new(); roadmap.placements.len()];
    for (from, to) in edges.iter().filter(|(from, to)| counts(from) && counts(to)) {
        after[from.0].push(*to);
    }
    let mut at = vec![0; roadmap.placements.len()];
    order.iter().enumerate().for_each(|(i, ix)| at[ix.0] = i);
    after.iter_mut().for_each(|list| list.sort_by_key(|ix| at[ix.0]));

    let mut best = vec![NOTHING; roadmap.placements.len()];
    let longest = |list: &[PlacementIx], best: &[Weight]| {
        let mut found: Option<PlacementIx> = None;
        for ix in list {
            // Only a longer chain takes the place of an earlier one.
            if best[ix.0] > found.map_or(NOTHING, |found| best[found.0]) {
                found = Some(*ix);
            }
        }
        found
    };
    for ix in order.iter().rev().filter(|ix| counts(ix)) {
        let rest = longest(&after[ix.0], &best).map_or(NOTHING, |next| best[next.0]);
        let own = weight(ix);
        best[ix.0] = (own.0 + rest.0, own.1 + rest.1);
    }
    let candidates: Vec<PlacementIx> = order.iter().copied().filter(|ix| counts(ix)).collect();
    let mut path = Vec::new();
    let mut next = longest(&candidates, &best).or(candidates.first().copied());
    while let Some(ix) = next {
        path.push(ix);
        next = longest(&after[ix.0], &best);
    }
    path
}
