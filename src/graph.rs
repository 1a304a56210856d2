//! Directed graphs as far as prerequisites need them: components, orders, chains, shortest cycles.
//!
//! Nodes are indices from 0; an edge `(a, b)` says that `a` comes before `b`. Everything here is
//! iterative (chains of 100,000 are ordinary input) and costs O(nodes + edges), times a logarithm where
//! a priority is kept.

mod reach;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Adjacency in compressed rows: the successors of each node, in the order of the edges given.
#[derive(Clone, Debug)]
pub struct Digraph {
    starts: Vec<usize>,
    targets: Vec<usize>,
}

impl Digraph {
    /// A graph of `nodes` nodes. Edges to nodes out of range are the caller's mistake.
    pub fn new(nodes: usize, edges: &[(usize, usize)]) -> Self {
        let mut starts = vec![0; nodes + 1];
        for &(from, _) in edges {
            starts[from + 1] += 1;
        }
        for i in 0..nodes {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut targets = vec![0; edges.len()];
        for &(from, to) in edges {
            targets[next[from]] = to;
            next[from] += 1;
        }
        Digraph { starts, targets }
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there is no node.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The nodes that come after this one.
    pub fn after(&self, node: usize) -> &[usize] {
        &self.targets[self.starts[node]..self.starts[node + 1]]
    }

    /// The number of each node's strongly connected component (Tarjan 1972, without recursion).
    pub fn components(&self) -> Vec<usize> {
        const UNSEEN: usize = usize::MAX;
        let n = self.len();
        let (mut index, mut low, mut component) = (vec![UNSEEN; n], vec![0; n], vec![UNSEEN; n]);
        let (mut stack, mut calls) = (Vec::new(), Vec::new());
        let (mut time, mut count) = (0, 0);
        for root in 0..n {
            if index[root] != UNSEEN {
                continue;
            }
            calls.push((root, 0));
            while let Some(&(node, edge)) = calls.last() {
                if edge == 0 {
                    index[node] = time;
                    low[node] = time;
                    time += 1;
                    stack.push(node);
                }
                if let Some(&next) = self.after(node).get(edge) {
                    calls.last_mut().expect("just looked at").1 += 1;
                    if index[next] == UNSEEN {
                        calls.push((next, 0));
                    } else if component[next] == UNSEEN {
                        low[node] = low[node].min(index[next]);
                    }
                    continue;
                }
                calls.pop();
                if let Some(&(parent, _)) = calls.last() {
                    low[parent] = low[parent].min(low[node]);
                }
                if low[node] == index[node] {
                    while let Some(member) = stack.pop() {
                        component[member] = count;
                        if member == node {
                            break;
                        }
                    }
                    count += 1;
                }
            }
        }
        component
    }

    /// The shortest circle through some of these nodes of one component, as the nodes in order from the first of `nodes`
    /// that has one so short; `None` when there is none. Each edge that is looked at is taken from `effort`; where that is
    /// used up, as in graphs so large and dense that looking from every node would take long, it is the shortest that was
    /// found by then.
    pub fn shortest_cycle(&self, nodes: &[usize], component: &[usize], effort: &mut usize) -> Option<Vec<usize>> {
        let inside = |node: usize| self.after(node).iter().filter(move |next| component[**next] == component[node]);
        let is_one_circle = nodes.iter().map(|node| inside(*node).count()).sum::<usize>() == nodes.len();
        let mut best: Option<Vec<usize>> = None;
        for &start in nodes {
            let most = best.as_ref().map_or(usize::MAX, |path| path.len() - 1);
            best = self.way_back(start, component, most, effort).or(best);
            if *effort == 0 || (is_one_circle && best.is_some()) {
                break;
            }
        }
        best
    }

    /// The shortest way from `start` back to itself inside one component over at most so many nodes.
    fn way_back(&self, start: usize, component: &[usize], most: usize, effort: &mut usize) -> Option<Vec<usize>> {
        let mut from = std::collections::BTreeMap::new();
        let mut queue = std::collections::VecDeque::from([(start, 1)]);
        while let Some((node, length)) = queue.pop_front().filter(|(_, length)| *length <= most) {
            for &next in self.after(node) {
                if next == start {
                    let mut path = vec![node];
                    let mut at = node;
                    while at != start {
                        at = from[&at];
                        path.push(at);
                    }
                    path.reverse();
                    return Some(path);
                }
                *effort = effort.saturating_sub(1);
                if component[next] == component[start] && !from.contains_key(&next) {
                    from.insert(next, node);
                    queue.push_back((next, length + 1));
                }
            }
            if *effort == 0 && most != usize::MAX {
                return None;
            }
        }
        None
    }
}

/// How many edges are worth a look for the shortest circles of a graph.
pub const EFFORT: usize = 2_000_000;

/// What an order has to respect.
#[derive(Clone, Debug, Default)]
pub struct Constraints<K> {
    /// One key a node; of the nodes that could come next, the one with the smallest key does.
    pub keys: Vec<K>,
    /// Must hold.
    pub hard: Vec<(usize, usize)>,
    /// Hold where the others allow.
    pub soft: Vec<(usize, usize)>,
    /// `(nodes, target)`: at least one of the nodes comes before the target.
    pub any: Vec<(Vec<usize>, usize)>,
}

/// The order, or what is left when nothing more can come next.
///
/// A soft edge, and an edge from one alternative of an `any`, is kept unless it lies on a circle of all
/// edges. What remains is Kahn's algorithm (1962) with a heap of keys, and counters for the `any`s.
///
/// # Errors
/// The nodes that wait for each other in a circle, or for such a circle.
pub fn order<K: Ord + Clone>(constraints: &Constraints<K>) -> Result<Vec<usize>, Vec<usize>> {
    let n = constraints.keys.len();
    let alternatives = constraints.any.iter().flat_map(|(nodes, to)| nodes.iter().map(|from| (*from, *to)));
    let mut edges = constraints.hard.clone();
    edges.extend_from_slice(&constraints.soft);
    edges.extend(alternatives);
    let component = Digraph::new(n, &edges).components();
    let keep = |&(from, to): &(usize, usize)| component[from] != component[to];

    let mut kept = constraints.hard.clone();
    kept.extend(constraints.soft.iter().copied().filter(keep));
    let mut waiting_any: Vec<(usize, usize)> = Vec::new();
    let mut satisfied = Vec::new();
    let mut waits = vec![0_usize; n];
    for (nodes, to) in &constraints.any {
        kept.extend(nodes.iter().map(|from| (*from, *to)).filter(keep));
        // Alternatives on the circle: one of them, or of the others, has to come first.
        if nodes.iter().any(|from| component[*from] == component[*to]) {
            waiting_any.extend(nodes.iter().map(|from| (*from, satisfied.len())));
            satisfied.push((*to, false));
            waits[*to] += 1;
        }
    }
    for &(_, to) in &kept {
        waits[to] += 1;
    }
    let graph = Digraph::new(n, &kept);
    let groups = Digraph::new(n.max(satisfied.len()), &waiting_any);

    let ready = |node: usize| Reverse((constraints.keys[node].clone(), node));
    let mut heap: BinaryHeap<_> = (0..n).filter(|node| waits[*node] == 0).map(ready).collect();
    let mut result = Vec::with_capacity(n);
    while let Some(Reverse((_, node))) = heap.pop() {
        result.push(node);
        let mut release = |to: usize| {
            waits[to] -= 1;
            if waits[to] == 0 {
                heap.push(Reverse((constraints.keys[to].clone(), to)));
            }
        };
        graph.after(node).iter().for_each(|to| release(*to));
        for &group in groups.after(node) {
            if !std::mem::replace(&mut satisfied[group].1, true) {
                release(satisfied[group].0);
            }
        }
    }
    if result.len() == n {
        return Ok(result);
    }
    let mut done = vec![false; n];
    result.iter().for_each(|node| done[*node] = true);
    Err((0..n).filter(|node| !done[*node]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn constraints(n: usize, hard: &[(usize, usize)]) -> Constraints<usize> {
        Constraints { keys: (0..n).collect(), hard: hard.to_vec(), soft: vec![], any: vec![] }
    }

    #[test]
    fn ties_go_by_key() {
        assert_eq!(order(&constraints(4, &[(3, 0)])), Ok(vec![1, 2, 3, 0]));
    }

    #[test]
    fn a_soft_edge_yields_to_a_hard_one() {
        let mut c = constraints(3, &[(2, 1)]);
        c.soft = vec![(1, 2), (2, 0)];
        assert_eq!(order(&c), Ok(vec![2, 0, 1]));
    }

    #[test]
    fn one_alternative_is_enough_and_all_come_first_where_they_can() {
        let mut c = constraints(3, &[]);
        c.any = vec![(vec![1, 2], 0)];
        assert_eq!(order(&c), Ok(vec![1, 2, 0]));
        c.hard = vec![(0, 2)];
        assert_eq!(order(&c), Ok(vec![1, 0, 2]));
        c.hard = vec![(0, 1), (0, 2)];
        assert_eq!(order(&c), Err(vec![0, 1, 2]));
    }

    #[test]
    fn a_long_chain_is_no_recursion() {
        let n = 200_000;
        let edges: Vec<_> = (1..n).map(|i| (i - 1, i)).collect();
        assert_eq!(order(&constraints(n, &edges)).map(|o| o.len()), Ok(n));
    }

    proptest! {
        #[test]
        fn the_order_respects_every_edge_or_there_is_a_cycle(
            n in 1_usize..30,
            raw in prop::collection::vec((0_usize..30, 0_usize..30), 0..60),
        ) {
            let edges: Vec<_> = raw.into_iter().map(|(a, b)| (a % n, b % n)).collect();
            match order(&constraints(n, &edges)) {
                Ok(order) => {
                    let mut at = vec![0; n];
                    order.iter().enumerate().for_each(|(i, node)| at[*node] = i);
                    for (a, b) in edges {
                        prop_assert!(at[a] < at[b]);
                    }
                }
                Err(stuck) => {
                    let graph = Digraph::new(n, &edges);
                    let component = graph.components();
                    let cycle = stuck.chunks(1).find_map(|nodes| graph.shortest_cycle(nodes, &component, &mut EFFORT.clone())).unwrap();
                    for (i, node) in cycle.iter().enumerate() {
                        prop_assert!(graph.after(*node).contains(&cycle[(i + 1) % cycle.len()]));
                    }
                }
            }
        }
    }
}
