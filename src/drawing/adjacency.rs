//! Who stands next to whom: neighbour lists in one flat array.
//!
//! In: the number of nodes and pairs of indices. Out: for each node a slice of its neighbours, in the
//! order of the pairs. It checks nothing: indices must be in range.

/// Neighbour lists ("compressed sparse rows").
#[derive(Clone, Debug, Default)]
pub(super) struct Adjacency {
    start: Vec<usize>,
    list: Vec<usize>,
}

impl Adjacency {
    /// Lists the second node of each pair under its first.
    pub(super) fn new(nodes: usize, pairs: impl Iterator<Item = (usize, usize)> + Clone) -> Self {
        let mut start = vec![0; nodes + 1];
        for (from, _) in pairs.clone() {
            start[from + 1] += 1;
        }
        for node in 0..nodes {
            start[node + 1] += start[node];
        }
        let mut free = start.clone();
        let mut list = vec![0; start[nodes]];
        for (from, to) in pairs {
            list[free[from]] = to;
            free[from] += 1;
        }
        Adjacency { start, list }
    }

    /// The neighbours of a node.
    pub(super) fn of(&self, node: usize) -> &[usize] {
        &self.list[self.start[node]..self.start[node + 1]]
    }

    /// The neighbours of a node, to be sorted in place.
    pub(super) fn of_mut(&mut self, node: usize) -> &mut [usize] {
        &mut self.list[self.start[node]..self.start[node + 1]]
    }
}

/// An order in which every pair leads forwards, small indices first where there is a choice of equals.
/// Nodes on a cycle, and behind one, are missing from it.
pub(super) fn topological(nodes: usize, next: &Adjacency) -> Vec<usize> {
    let mut waiting = vec![0usize; nodes];
    for &to in &next.list {
        waiting[to] += 1;
    }
    let mut order: Vec<usize> = (0..nodes).filter(|&node| waiting[node] == 0).collect();
    let mut at = 0;
    while let Some(&node) = order.get(at) {
        at += 1;
        for &to in next.of(node) {
            waiting[to] -= 1;
            if waiting[to] == 0 {
                order.push(to);
            }
        }
    }
    order
}

/// Numbers the strongly connected components: two nodes share a number exactly if each reaches the
/// other. Kosaraju's two walks, with stacks of their own, so that long chains cannot overflow ours.
pub(super) fn strong_components(nodes: usize, pairs: &[(usize, usize)]) -> Vec<usize> {
    let next = Adjacency::new(nodes, pairs.iter().copied());
    let previous = Adjacency::new(nodes, pairs.iter().map(|&(from, to)| (to, from)));
    let mut component = vec![usize::MAX; nodes];
    for (number, &root) in finishing_order(nodes, &next).iter().rev().enumerate() {
        let mut stack = vec![root];
        while let Some(node) = stack.pop() {
            if component[node] == usize::MAX {
                component[node] = number;
                stack.extend(previous.of(node).iter().filter(|&&to| component[to] == usize::MAX));
            }
        }
    }
    component
}

/// The nodes in the order in which a depth-first walk leaves them.
fn finishing_order(nodes: usize, next: &Adjacency) -> Vec<usize> {
    let mut seen = vec![false; nodes];
    let mut order = Vec::with_capacity(nodes);
    for root in 0..nodes {
        if seen[root] {
            continue;
        }
        seen[root] = true;
        let mut stack = vec![(root, 0)];
        while let Some((node, at)) = stack.pop() {
            let Some(&to) = next.of(node).get(at) else {
                order.push(node);
                continue;
            };
            stack.push((node, at + 1));
            if !seen[to] {
                seen[to] = true;
                stack.push((to, 0));
            }
        }
    }
    order
}
