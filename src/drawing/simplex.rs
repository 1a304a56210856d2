//! Puts nodes on a line so that what joins them is short: network simplex.
//!
//! In: nodes, links that want their head at least so far behind their tail, each with a weight, and
//! places that satisfy them. Out: places that satisfy them too, with a smaller sum of weighted lengths:
//! the least, unless the work gets too much. It refuses nothing: what no link joins keeps its distance.
//!
//! Gansner et al. (1993), seen as a flow: the weights that enter and leave a node are its supply, and a
//! spanning tree of tight links carries all of it. A link that carries less than nothing had better be
//! longer: it leaves the tree, and the tightest link the other way takes its place.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Links looked at before the one that carries least leaves the tree.
const WINDOW: usize = 40;

/// `head` wants to be at least `least` behind `tail`; what it is more costs `weight` a step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) tail: usize,
    pub(super) head: usize,
    pub(super) least: i64,
    pub(super) weight: i64,
}

/// Improves places, visiting about so many nodes at most.
pub(super) fn shorten(links: &[Link], at: &mut [i64], budget: usize) {
    if let Some(mut tree) = Tree::new(links, at) {
        tree.improve(budget);
    }
}

/// The same, and what lies as well anywhere between two places goes half way.
pub(super) fn shorten_and_balance(links: &[Link], at: &mut [i64], budget: usize) {
    if let Some(mut tree) = Tree::new(links, at) {
        tree.improve(budget);
        tree.balance();
    }
}

/// A spanning tree of tight links.
struct Tree<'a> {
    links: &'a [Link],
    /// The place of each node.
    at: &'a mut [i64],
    /// All links at each node.
    near: super::adjacency::Adjacency,
    /// The links of the tree at each node.
    joins: Vec<Vec<usize>>,
    /// The link towards the root.
    up: Vec<usize>,
    depth: Vec<usize>,
    /// Which links are in the tree, in no order.
    list: Vec<usize>,
    /// What each link carries.
    flow: Vec<i64>,
    /// The stamp of the part in which each node was last seen, the last stamp used, and that of the part
    /// looked at.
    seen: Vec<usize>,
    stamp: usize,
    inside: usize,
}

/// What hangs together when a link is taken from the tree, as far as it has been walked.
struct Part {
    stamp: usize,
    nodes: Vec<usize>,
    next: usize,
}

impl Part {
    fn new(node: usize, stamp: usize) -> Self {
        Part { stamp, nodes: vec![node], next: 0 }
    }
}

const NONE: usize = usize::MAX;

impl<'a> Tree<'a> {
    /// Grows a tree from the first node; `None` if some node cannot be reached.
    fn new(links: &'a [Link], at: &'a mut [i64]) -> Option<Self> {
        let count = at.len();
        let ends = links.iter().enumerate().flat_map(|(link, ends)| [(ends.tail, link), (ends.head, link)]);
        let near = super::adjacency::Adjacency::new(count, ends);
        let mut tree = Tree {
            near,
            joins: vec![Vec::new(); count],
            up: vec![NONE; count],
            depth: vec![0; count],
            list: Vec::with_capacity(count),
            flow: vec![0; links.len()],
            seen: vec![0; count],
            stamp: 0,
            inside: 0,
            links,
            at,
        };
        tree.grow().then(|| {
            tree.carry();
            tree
        })
    }

    fn slack(&self, link: usize) -> i64 {
        let Link { tail, head, least, .. } = self.links[link];
        self.at[head] - self.at[tail] - least
    }

    fn other(&self, link: usize, node: usize) -> usize {
        let Link { tail, head, .. } = self.links[link];
        if tail == node { head } else { tail }
    }

    /// Prim's algorithm: the tree takes in the nearest node, after it has moved as a whole until the link
    /// is tight. How far it has moved is kept apart, so that each link is looked at once.
    fn grow(&mut self) -> bool {
        let count = self.at.len();
        let mut inside = vec![false; count];
        let mut moved = vec![0i64; count];
        let mut shift = 0i64;
        let mut leaving = BinaryHeap::new();
        let mut entering = BinaryHeap::new();
        let mut node = 0;
        let mut size = 0;
        let mut pull = 0;
        let supply = self.supply();
        while node < count {
            inside[node] = true;
            moved[node] = shift;
            size += 1;
            pull += supply[node];
            for &link in self.near.of(node) {
                if !inside[self.other(link, node)] {
                    let leaves = self.links[link].tail == node;
                    let slack = self.slack(link);
                    if leaves {
                        leaving.push(Reverse((slack + shift, link)))
                    } else {
                        entering.push(Reverse((slack - shift, link)))
                    }
                }
            }
            let fresh = |&Reverse((_, link)): &Reverse<(i64, usize)>, inside: &[bool]| {
                !inside[self.links[link].tail] || !inside[self.links[link].head]
            };
            while leaving.peek().is_some_and(|top| !fresh(top, &inside)) {
                leaving.pop();
            }
            while entering.peek().is_some_and(|top| !fresh(top, &inside)) {
                entering.pop();
            }
            let out = leaving.peek().map(|&Reverse((key, link))| (key - shift, link));
            let into = entering.peek().map(|&Reverse((key, link))| (key + shift, link));
            let link = match (out, into) {
                (Some(out), Some(into)) if out.0.min(into.0) == 0 => {
                    if out.0 == 0 {
                        out
                    } else {
                        into
                    }
                }
                (Some(_), Some(into)) if pull > 0 => into,
                (Some(out), _) => out,
                (None, Some(into)) => into,
                (None, None) => break,
            };
            let forwards = inside[self.links[link.1].tail];
            shift += if forwards { link.0 } else { -link.0 };
            node = if forwards { self.links[link.1].head } else { self.links[link.1].tail };
            let parent = self.other(link.1, node);
            self.up[node] = link.1;
            self.depth[node] = self.depth[parent] + 1;
            self.join(link.1);
        }
        for node in 0..count {
            self.at[node] += if inside[node] { shift - moved[node] } else { 0 };
        }
        size == count
    }

    fn join(&mut self, link: usize) {
        self.list.push(link);
        self.joins[self.links[link].tail].push(link);
        self.joins[self.links[link].head].push(link);
    }

    /// What enters each node less what leaves it.
    fn supply(&self) -> Vec<i64> {
        let mut supply = vec![0; self.at.len()];
        for link in self.links {
            supply[link.head] += link.weight;
            supply[link.tail] -= link.weight;
        }
        supply
    }

    /// Leaves hand their supply to their parents, the deepest first.
    fn carry(&mut self) {
        let mut supply = self.supply();
        let mut order: Vec<usize> = (0..self.at.len()).filter(|&node| self.up[node] != NONE).collect();
        order.sort_unstable_by_key(|&node| Reverse(self.depth[node]));
        for node in order {
            let link = self.up[node];
            self.flow[link] = if self.links[link].head == node { supply[node] } else { -supply[node] };
            supply[self.other(link, node)] += supply[node];
        }
    }

    fn improve(&mut self, budget: usize) {
        let mut work = 0;
        let mut from = 0;
        while let Some(place) = self.worst(&mut from) {
            let leaving = self.list[place];
            let (end, nodes) = self.smaller(leaving);
            let Some(entering) = self.tightest(leaving, end, &nodes) else { return };
            let slack = self.slack(entering);
            let shift = if self.links[leaving].head == end { slack } else { -slack };
            nodes.iter().for_each(|&node| self.at[node] += shift);
            self.exchange(place, entering, end, nodes.len());
            work += nodes.len() + WINDOW;
            if work > budget {
                return;
            }
        }
    }

    /// Of the next links that carry less than nothing, the one that carries least.
    fn worst(&self, from: &mut usize) -> Option<usize> {
        let count = self.list.len();
        let mut found: Option<usize> = None;
        let mut negative = 0;
        for step in 0..count {
            let place = (*from + step) % count;
            let flow = self.flow[self.list[place]];
            if flow < 0 {
                negative += 1;
                if found.is_none_or(|best| flow < self.flow[self.list[best]]) {
                    found = Some(place);
                }
            }
            if negative >= WINDOW {
                *from = place;
                break;
            }
        }
        found
    }

    /// The smaller of the two parts that the tree falls into without a link, and the end of the link in
    /// it. Both are walked in turns until one is done, so that the work is that of the smaller.
    fn smaller(&mut self, link: usize) -> (usize, Vec<usize>) {
        let Link { tail, head, .. } = self.links[link];
        let mut parts = [Part::new(tail, self.stamp + 1), Part::new(head, self.stamp + 2)];
        self.stamp += 2;
        self.seen[tail] = self.stamp - 1;
        self.seen[head] = self.stamp;
        loop {
            let [first, second] = &mut parts;
            if !self.step(first, link) {
                return self.found(tail, first);
            }
            if !self.step(second, link) {
                return self.found(head, second);
            }
        }
    }

    /// Visits the next node of a part; `false` at its end.
    fn step(&mut self, part: &mut Part, without: usize) -> bool {
        let Some(&node) = part.nodes.get(part.next) else { return false };
        part.next += 1;
        for &join in &self.joins[node] {
            let other = self.other(join, node);
            if join != without && self.seen[other] != part.stamp {
                self.seen[other] = part.stamp;
                part.nodes.push(other);
            }
        }
        true
    }

    fn found(&mut self, end: usize, part: &mut Part) -> (usize, Vec<usize>) {
        self.inside = part.stamp;
        (end, std::mem::take(&mut part.nodes))
    }

    /// The tightest link between the two halves that leads the other way than the one that leaves.
    fn tightest(&self, leaving: usize, end: usize, nodes: &[usize]) -> Option<usize> {
        let end_is_head = self.links[leaving].head == end;
        let mut best: Option<(i64, usize)> = None;
        for &node in nodes {
            for &link in self.near.of(node) {
                let ends = self.links[link];
                let outwards = ends.tail == node;
                if outwards == end_is_head && self.seen[self.other(link, node)] != self.inside {
                    let found = (self.slack(link), link);
                    if best.is_none_or(|best| found < best) {
                        best = Some(found);
                    }
                }
            }
        }
        best.map(|best| best.1)
    }

    /// One link takes the place of another: the flow goes round the circle that both close, and the part
    /// at this end hangs from the new one.
    fn exchange(&mut self, place: usize, entering: usize, end: usize, size: usize) {
        let leaving = self.list[place];
        let amount = -self.flow[leaving];
        let Link { tail, head, .. } = self.links[entering];
        self.flow[entering] += amount;
        self.push(head, tail, amount);
        self.list[place] = entering;
        let rest = self.other(leaving, end);
        for end in [end, rest] {
            self.joins[end].retain(|&join| join != leaving);
        }
        self.joins[tail].push(entering);
        self.joins[head].push(entering);
        if self.up[rest] == leaving {
            // The root is in the part that is hung up: it is the other part's upper end from now on.
            self.up[rest] = NONE;
        }
        let top = if self.seen[tail] == self.inside { tail } else { head };
        self.hang(top, entering, size);
    }

    /// Sends so much more along the tree from one node to another.
    fn push(&mut self, from: usize, to: usize, amount: i64) {
        let (mut start, mut end) = (from, to);
        while start != end {
            if self.depth[start] >= self.depth[end] {
                let link = self.up[start];
                self.flow[link] += if self.links[link].tail == start { amount } else { -amount };
                start = self.other(link, start);
            } else {
                let link = self.up[end];
                self.flow[link] += if self.links[link].head == end { amount } else { -amount };
                end = self.other(link, end);
            }
        }
    }

    /// Hangs a part of the tree up by another of its nodes.
    fn hang(&mut self, top: usize, link: usize, size: usize) {
        self.up[top] = link;
        self.depth[top] = self.depth[self.other(link, top)] + 1;
        let mut nodes = Vec::with_capacity(size);
        nodes.push(top);
        let mut next = 0;
        while let Some(&node) = nodes.get(next) {
            next += 1;
            for at in 0..self.joins[node].len() {
                let join = self.joins[node][at];
                if join != self.up[node] {
                    let other = self.other(join, node);
                    self.up[other] = join;
                    self.depth[other] = self.depth[node] + 1;
                    nodes.push(other);
                }
            }
        }
    }

    /// Where a part of the tree is as well off further on, it goes half way.
    fn balance(&mut self) {
        for place in 0..self.list.len() {
            let link = self.list[place];
            if self.flow[link] != 0 {
                continue;
            }
            let (end, nodes) = self.smaller(link);
            let Some(entering) = self.tightest(link, end, &nodes) else { continue };
            let half = self.slack(entering) / 2;
            if half > 0 {
                let shift = if self.links[link].head == end { half } else { -half };
                nodes.iter().for_each(|&node| self.at[node] += shift);
            }
        }
    }
}
