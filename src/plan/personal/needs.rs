//! Which topics a reader needs: what is wanted and what has to come before it.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use super::picks::Picks;
use super::road::{Need, Road, Target};
use super::shares::Shares;
use crate::plan::Cost;

/// The search for everything that is needed.
pub struct Needs<'a> {
    road: &'a Road,
    picks: &'a Picks,
    shares: &'a Shares,
    known: &'a [bool],
    known_ids: &'a BTreeSet<String>,
    /// By topic: `for` an option that this reader did not pick, itself or with what it is a part of.
    others: Vec<bool>,
    /// By topic: needed.
    pub listed: Vec<bool>,
    /// Where one of several is enough, as (topic, which of its prerequisites): not looked at yet.
    open: BTreeSet<(usize, usize)>,
}

impl<'a> Needs<'a> {
    /// Nothing is needed yet.
    pub fn new(
        road: &'a Road,
        picks: &'a Picks,
        shares: &'a Shares,
        known: &'a [bool],
        known_ids: &'a BTreeSet<String>,
    ) -> Self {
        let mut others = vec![false; road.topics.len()];
        for topic in &shares.downwards {
            let data = &road.topics[*topic];
            others[*topic] = !picks.serves(&data.for_options) || data.part_of.is_some_and(|parent| others[parent]);
        }
        let listed = vec![false; road.topics.len()];
        Needs { road, picks, shares, known, known_ids, others, listed, open: BTreeSet::new() }
    }

    /// Everything that is neither optional nor a bonus nor for others.
    pub fn everything(&self) -> Vec<usize> {
        let mut applies = vec![false; self.road.topics.len()];
        for topic in &self.shares.downwards {
            let parent = self.road.topics[*topic].part_of;
            applies[*topic] = self.picks.applies(self.road, *topic) && parent.is_none_or(|parent| applies[parent]);
        }
        let bonus = |topic: &usize| self.road.stages[self.road.topics[*topic].stage].bonus;
        let wanted = |topic: &usize| applies[*topic] && !self.shares.spare[*topic] && !bonus(topic);
        (0..self.road.topics.len()).filter(wanted).collect()
    }

    /// Lists what is wanted and all that it needs. First what is needed in any case, then, topic by topic in
    /// the order of the road, one of several where none is known or listed by then.
    pub fn list(&mut self, wanted: &[usize]) {
        let wanted: Vec<usize> = wanted.iter().copied().filter(|topic| !self.known[*topic]).collect();
        self.add(&wanted);
        while let Some((topic, at)) = self.open.pop_first() {
            let best = self.alternative(topic, &self.road.topics[topic].requires[at]);
            self.add(&best);
        }
    }

    /// Lists these topics and what they need in any case, as far as it is neither listed nor known.
    fn add(&mut self, topics: &[usize]) {
        let mut stack: Vec<usize> = topics.iter().copied().filter(|topic| !self.known[*topic]).collect();
        while let Some(topic) = stack.pop() {
            if std::mem::replace(&mut self.listed[topic], true) {
                continue;
            }
            stack.extend(self.needed(topic));
            let needs = self.road.topics[topic].requires.iter().enumerate();
            self.open.extend(needs.filter(|(_, need)| need.any).map(|(at, _)| (topic, at)));
        }
    }

    /// What a topic needs in any case and is not there yet.
    fn needed(&self, topic: usize) -> impl Iterator<Item = usize> {
        let needs = self.road.topics[topic].requires.iter().filter(|need| !need.any);
        let targets = needs.flat_map(|need| &need.of);
        targets.flat_map(move |target| self.before(topic, target)).filter(|next| self.is_open(*next))
    }

    fn is_open(&self, topic: usize) -> bool {
        !self.is_there(topic) && !self.others[topic]
    }

    fn is_there(&self, topic: usize) -> bool {
        self.listed[topic] || self.known[topic]
    }

    /// The topics that a target means, as far as the road teaches them before this topic: what comes in a later
    /// stage is learned later, and the order does not wait for it.
    fn before(&self, topic: usize, target: &Target) -> Vec<usize> {
        let topics = match target {
            Target::Topic(at) => vec![*at],
            Target::Choice(at) => self.picks.by_choice[*at].clone(),
            Target::Elsewhere(_) => Vec::new(),
        };
        let stage = |topic: usize| self.road.topics[topic].stage;
        topics.into_iter().filter(|at| stage(*at) <= stage(topic)).collect()
    }

    /// The alternative to take: none where one is known or listed; else one that the reader picked, else the
    /// one that takes least with what it needs; unknown efforts come last, ties go by order.
    fn alternative(&self, topic: usize, need: &Need) -> Vec<usize> {
        let is_known = |target: &Target| match target {
            Target::Topic(at) => self.known[*at],
            Target::Choice(_) => false,
            Target::Elsewhere(id) => self.known_ids.contains(id),
        };
        let ways: Vec<Vec<usize>> = need.of.iter().map(|target| self.before(topic, target)).collect();
        let is_done = |way: &Vec<usize>| !way.is_empty() && way.iter().all(|at| self.is_there(*at));
        if need.of.iter().any(is_known) || ways.iter().any(is_done) {
            return Vec::new();
        }
        let possible = ways.into_iter().filter(|way| !way.is_empty() && !way.iter().any(|at| self.others[*at]));
        self.cheapest(possible)
    }

    /// All ways are followed back at once, the one that is cheapest so far a topic further at a time: none is
    /// followed further than it takes to see that another is cheaper.
    fn cheapest(&self, ways: impl Iterator<Item = Vec<usize>>) -> Vec<usize> {
        let mut searches: BinaryHeap<Reverse<Search>> = ways.map(|way| Reverse(self.search(way))).collect();
        while let Some(Reverse(mut search)) = searches.pop() {
            let Some(topic) = search.stack.pop() else { return search.way };
            if search.seen.insert(topic) {
                search.price.add(&self.shares.whole[topic]);
                search.stack.extend(self.needed(topic));
            }
            searches.push(Reverse(search));
        }
        Vec::new()
    }

    fn search(&self, way: Vec<usize>) -> Search {
        let price = Price { other: !way.iter().all(|topic| self.picks.picked[*topic]), ..Price::default() };
        let stack = way.iter().copied().filter(|topic| !self.is_there(*topic)).collect();
        Search { price, way, stack, seen: BTreeSet::new() }
    }
}

/// A way that is followed back to what is there. The cheapest is the least; ties go by the order of the road.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Search {
    price: Price,
    way: Vec<usize>,
    stack: Vec<usize>,
    seen: BTreeSet<usize>,
}

/// What a way takes as far as it was followed. Millionths of an hour are whole numbers: their sum is the same in
/// whatever order they are added, and so is what is a tie.
#[derive(Default, PartialEq, Eq, PartialOrd, Ord)]
struct Price {
    /// Not what the reader picked.
    other: bool,
    unknown: usize,
    min: u64,
    max: u64,
}

impl Price {
    fn add(&mut self, cost: &Cost) {
        let millionths = |hours: f64| (hours * 1e6).round() as u64;
        self.unknown += cost.unknown;
        self.min = self.min.saturating_add(millionths(cost.hours.min));
        self.max = self.max.saturating_add(cost.hours.max.map_or(u64::MAX, millionths));
    }
}
