//! What each topic takes, such that nothing is counted twice.
//!
//! A figure that covers several topics (a stage's own, or that of a topic with sub-topics) is shared out among
//! them, once: those with a figure of their own get theirs, the others and the topic itself equal parts of the
//! rest. Where that does not add up to the figure, all are scaled so that it does. The weight of a range is its
//! middle, that of an open one its lower bound.
//!
//! The shares follow from the road and the reader's picks alone: what is wanted or known changes which shares
//! are added up, and none of them.

use super::picks::Picks;
use super::road::Road;
use crate::plan::{Cost, Interval};

/// The shares of a road.
pub struct Shares {
    /// By topic: its own share, without its parts; `None` is unknown.
    pub own: Vec<Option<Interval>>,
    /// By topic: the topic whose effort covers it.
    pub covered_by: Vec<Option<usize>>,
    /// By topic: summed apart as optional, by itself or with what it is a part of.
    pub spare: Vec<bool>,
    /// All topics, parents before their parts.
    pub downwards: Vec<usize>,
    /// By topic: what it takes with its parts.
    pub whole: Vec<Cost>,
}

impl Shares {
    /// Shares out every figure of a road.
    pub fn new(road: &Road, picks: &Picks) -> Self {
        let downwards = downwards(road);
        let holders = holders(road, picks, &downwards);
        let mut spare = vec![false; road.topics.len()];
        for topic in &downwards {
            spare[*topic] = holders[*topic].map_or(is_spare(road, picks, *topic), |holder| spare[holder]);
        }
        let covers = |(topic, holder): (usize, &Option<usize>)| holder.filter(|_| picks.applies(road, topic));
        let covered_by: Vec<Option<usize>> = holders.iter().enumerate().map(covers).collect();
        let mut parts = vec![Vec::new(); road.topics.len()];
        let mut has_parts = vec![false; road.topics.len()];
        for topic in 0..road.topics.len() {
            covered_by[topic].iter().for_each(|holder| parts[*holder].push(topic));
            holders[topic].iter().for_each(|holder| has_parts[*holder] = true);
        }
        let sharing = Sharing { road, parts, has_parts };
        let weights = sharing.weights(&downwards);
        let mut budgets = sharing.stages(picks, &spare, &weights);
        let own = sharing.own(&downwards, &weights, &mut budgets);
        let whole = whole(&downwards, &own, &covered_by);
        Shares { own, covered_by, spare, downwards, whole }
    }
}

/// Parents before their parts.
fn downwards(road: &Road) -> Vec<usize> {
    let mut parts = vec![Vec::new(); road.topics.len()];
    let mut all = Vec::with_capacity(road.topics.len());
    for (topic, data) in road.topics.iter().enumerate() {
        match data.part_of {
            Some(parent) => parts[parent].push(topic),
            None => all.push(topic),
        }
    }
    let mut at = 0;
    while let Some(topic) = all.get(at).copied() {
        all.append(&mut parts[topic]);
        at += 1;
    }
    all
}

/// By topic: the topic whose sum it is in. That is what it is a part of; an optional one is summed apart, unless
/// a topic above is optional too and takes all below with it.
fn holders(road: &Road, picks: &Picks, downwards: &[usize]) -> Vec<Option<usize>> {
    let mut holders = vec![None; road.topics.len()];
    let mut optional_above: Vec<Option<usize>> = vec![None; road.topics.len()];
    for topic in downwards {
        let parent = road.topics[*topic].part_of;
        let optional = parent.filter(|parent| road.topics[*parent].optional);
        optional_above[*topic] = optional.or_else(|| optional_above[parent?]);
        holders[*topic] = if is_spare(road, picks, *topic) { optional_above[*topic] } else { parent };
    }
    holders
}

/// Optional by itself. The level of an option does not take it out of its choice.
fn is_spare(road: &Road, picks: &Picks, topic: usize) -> bool {
    road.topics[topic].optional && !picks.is_option[topic]
}

struct Sharing<'a> {
    road: &'a Road,
    /// By topic: the parts that its effort covers.
    parts: Vec<Vec<usize>>,
    /// By topic: whether it is the sum of its parts when it states nothing, even if this reader needs none.
    has_parts: Vec<bool>,
}

impl Sharing<'_> {
    /// By topic: its own figure, or else the sum of its parts'; `None` where nothing is known.
    fn weights(&self, downwards: &[usize]) -> Vec<Option<Interval>> {
        let mut weights: Vec<Option<Interval>> = vec![None; self.road.topics.len()];
        for topic in downwards.iter().rev() {
            let parts = self.parts[*topic].iter().filter_map(|part| weights[*part]);
            weights[*topic] = self.road.topics[*topic].effort.or(parts.reduce(Interval::plus));
        }
        weights
    }

    /// What the figures of stages give to topics that are no sub-topics.
    fn stages(&self, picks: &Picks, spare: &[bool], weights: &[Option<Interval>]) -> Vec<Option<Interval>> {
        let mut members = vec![Vec::new(); self.road.stages.len()];
        for (topic, data) in self.road.topics.iter().enumerate() {
            if data.part_of.is_none() && !spare[topic] && picks.applies(self.road, topic) {
                members[data.stage].push(topic);
            }
        }
        let mut budgets = vec![None; self.road.topics.len()];
        for (stage, members) in self.road.stages.iter().zip(members) {
            if let Some(figure) = stage.effort {
                share(figure, false, &members, weights, &mut budgets);
            }
        }
        budgets
    }

    fn own(
        &self,
        downwards: &[usize],
        weights: &[Option<Interval>],
        budgets: &mut [Option<Interval>],
    ) -> Vec<Option<Interval>> {
        let mut own = vec![None; self.road.topics.len()];
        for topic in downwards {
            let (stated, parts) = (self.road.topics[*topic].effort, &self.parts[*topic]);
            own[*topic] = match budgets[*topic].or(stated) {
                Some(figure) => Some(share(figure, stated.is_some() || parts.is_empty(), parts, weights, budgets)),
                None => self.has_parts[*topic].then_some(Interval::ZERO),
            };
        }
        own
    }
}

/// Shares a figure out among topics, and what they are parts of where `own` says so; returns its share.
fn share(
    figure: Interval,
    own: bool,
    parts: &[usize],
    weights: &[Option<Interval>],
    budgets: &mut [Option<Interval>],
) -> Interval {
    let known: Option<Vec<Interval>> = parts.iter().map(|part| weights[*part]).collect();
    let sum = known.and_then(|known| known.into_iter().reduce(Interval::plus));
    if sum.is_some_and(|sum| is_same(sum, figure)) {
        // The parts' own ranges are better than any scaled ones.
        parts.iter().for_each(|part| budgets[*part] = weights[*part]);
        return Interval::ZERO;
    }
    let stated: f64 = parts.iter().filter_map(|part| weights[*part]).map(middle).sum();
    let others = parts.iter().filter(|part| weights[**part].is_none()).count() + usize::from(own);
    let rest = (middle(figure) - stated).max(0.0);
    let equal = if others > 0 { rest / others as f64 } else { 0.0 };
    let total = stated + equal * others as f64;
    let part_of = |weight: f64| match weight > 0.0 && total > 0.0 {
        true => figure.scale(weight / total),
        false => Interval::ZERO,
    };
    parts.iter().for_each(|part| budgets[*part] = Some(part_of(weights[*part].map_or(equal, middle))));
    if own { part_of(equal) } else { Interval::ZERO }
}

fn is_same(a: Interval, b: Interval) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() < 1e-9 * (1.0 + b.abs());
    near(a.min, b.min)
        && match (a.max, b.max) {
            (Some(a), Some(b)) => near(a, b),
            (a, b) => a == b,
        }
}

fn middle(range: Interval) -> f64 {
    (range.min + range.max.unwrap_or(range.min)) / 2.0
}

fn whole(downwards: &[usize], own: &[Option<Interval>], covered_by: &[Option<usize>]) -> Vec<Cost> {
    let mut whole: Vec<Cost> = own.iter().map(|own| cost(*own)).collect();
    for topic in downwards.iter().rev() {
        if let Some(parent) = covered_by[*topic] {
            let part = whole[*topic].clone();
            add(&mut whole[parent], &part);
        }
    }
    whole
}

/// What one share comes to.
pub fn cost(share: Option<Interval>) -> Cost {
    Cost { hours: share.unwrap_or(Interval::ZERO), unknown: usize::from(share.is_none()), known: share.is_some() }
}

/// Adds one cost to another.
pub fn add(sum: &mut Cost, other: &Cost) {
    sum.hours = sum.hours.plus(other.hours);
    sum.unknown += other.unknown;
    sum.known |= other.known;
}
