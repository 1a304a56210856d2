//! Lays out one component whose nodes are tied by prerequisites.
//!
//! In: the nodes of a component. Out: a [`Block`] with their columns, heights and the bends of the lines
//! between them. It refuses to know what lies around the component.
//!
//! The steps are those of Sugiyama, Tagawa & Toda (1981): columns, points where long edges pass a
//! column, order within the columns, coordinates.

use super::FRAME_BOTTOM;
use super::FRAME_TOP;
use super::adjacency::Adjacency;
use super::block::{Block, Spot, Wire};
use super::input::Input;
use super::{layers, order, place};

/// A component between the steps. Its vertices are its boxes, and behind them the points at which
/// edges pass a column.
pub(super) struct Layered {
    /// How many vertices are boxes.
    pub(super) boxes: usize,
    /// The column of each vertex.
    pub(super) column: Vec<usize>,
    /// The height of each vertex.
    pub(super) height: Vec<f64>,
    /// The choice of each vertex.
    pub(super) fork: Vec<Option<usize>>,
    /// Neighbours in the column before.
    pub(super) left: Adjacency,
    /// Neighbours in the column behind.
    pub(super) right: Adjacency,
    /// The vertices of each column from top to bottom.
    pub(super) order: Vec<Vec<usize>>,
}

/// One line of the component, in local indices.
struct Line {
    from: usize,
    to: usize,
    part: bool,
    passes: Vec<usize>,
}

/// Lays out the component of these nodes, given in reading order.
pub(super) fn block(input: &Input, nodes: &[usize], local: &mut [usize]) -> Block {
    for (at, &node) in nodes.iter().enumerate() {
        local[node] = at;
    }
    let mut lines = lines(input, nodes, local);
    let mut layered = layered(input, nodes, &mut lines);
    order::minimise(&mut layered);
    let middle = place::middles(&layered);
    assemble(nodes, &layered, &middle, &lines)
}

fn lines(input: &Input, nodes: &[usize], local: &[usize]) -> Vec<Line> {
    let mut lines = Vec::new();
    let line = |from, to, part| Line { from, to, part, passes: Vec::new() };
    for (at, &node) in nodes.iter().enumerate() {
        let after = input.next.of(node).iter().map(|&to| line(at, local[to], false));
        lines.extend(after);
        if let Some(parent) = input.parent[node].filter(|_| input.hangs[node])
            && nodes.get(local[parent]) == Some(&parent)
        {
            lines.push(line(local[parent], at, true));
        }
    }
    lines
}

/// Which nodes are connected to a whole outside of the component.
fn hung(input: &Input, nodes: &[usize], lines: &[Line]) -> Vec<bool> {
    let mut hung: Vec<_> = nodes.iter().map(|&node| input.hangs[node]).collect();
    for line in lines.iter().filter(|line| line.part) {
        hung[line.to] = false;
    }
    hung
}

/// Columns, and the points where lines pass them. Lines of one kind from one box share these points:
/// they read as one line that branches.
fn layered(input: &Input, nodes: &[usize], lines: &mut [Line]) -> Layered {
    let boxes = nodes.len();
    let pairs: Vec<_> = lines.iter().map(|line| (line.from, line.to)).collect();
    let mut fork = dense(nodes.iter().map(|&node| input.fork[node]).collect());
    let mut column = layers::columns(boxes, &pairs, &fork, &hung(input, nodes, lines));
    let mut segments = Vec::with_capacity(pairs.len());
    let mut shared: Vec<Vec<usize>> = vec![Vec::new(); 2 * boxes];
    for line in lines.iter_mut() {
        let passes = &mut shared[2 * line.from + usize::from(line.part)];
        let between = column[line.to] - column[line.from] - 1;
        while passes.len() < between {
            segments.push((passes.last().copied().unwrap_or(line.from), column.len()));
            column.push(column[line.from] + 1 + passes.len());
            passes.push(column.len() - 1);
        }
        line.passes = passes[..between].to_vec();
        segments.push((line.passes.last().copied().unwrap_or(line.from), line.to));
    }
    let vertices = column.len();
    let mut height: Vec<_> = nodes.iter().map(|&node| input.size(node).1).collect();
    height.resize(vertices, 0.0);
    fork.resize(vertices, None);
    let order = first_order(&column, &fork, lines);
    Layered {
        boxes,
        left: Adjacency::new(vertices, segments.iter().map(|&(from, to)| (to, from))),
        right: Adjacency::new(vertices, segments.iter().copied()),
        column,
        height,
        fork,
        order,
    }
}

/// The columns in reading order, members of a choice side by side, passing points beside where their
/// line starts.
fn first_order(column: &[usize], fork: &[Option<usize>], lines: &[Line]) -> Vec<Vec<usize>> {
    let vertices = column.len();
    let forks = fork.iter().flatten().max().map_or(0, |last| last + 1);
    let mut first = vec![usize::MAX; forks];
    let mut rank: Vec<(usize, bool)> = (0..vertices).map(|vertex| (vertex, false)).collect();
    for vertex in 0..vertices {
        if let Some(fork) = fork[vertex] {
            first[fork] = first[fork].min(vertex);
            rank[vertex].0 = first[fork];
        }
    }
    for line in lines {
        for &pass in &line.passes {
            rank[pass] = (line.from, true);
        }
    }
    let columns = column.iter().max().map_or(0, |last| last + 1);
    let mut order = vec![Vec::new(); columns];
    for vertex in 0..vertices {
        order[column[vertex]].push(vertex);
    }
    for column in &mut order {
        column.sort_by_key(|&vertex| rank[vertex]);
    }
    order
}

/// The same choices, numbered without gaps, so that work goes by the size of the component.
fn dense(fork: Vec<Option<usize>>) -> Vec<Option<usize>> {
    let mut known: Vec<usize> = fork.iter().flatten().copied().collect();
    known.sort_unstable();
    known.dedup();
    fork.iter().map(|fork| known.binary_search(fork.as_ref()?).ok()).collect()
}

fn assemble(nodes: &[usize], layered: &Layered, middle: &[f64], lines: &[Line]) -> Block {
    let top = |at: usize| middle[at] - layered.height[at] / 2.0;
    let padded = |at: usize| if layered.fork[at].is_some() { top(at) - FRAME_TOP } else { top(at) };
    let highest = (0..middle.len()).map(padded).fold(f64::INFINITY, f64::min);
    let bottom = |at: usize| {
        let frame = if layered.fork[at].is_some() { FRAME_BOTTOM } else { 0.0 };
        top(at) + layered.height[at] + frame - highest
    };
    let spot = |(at, &node): (usize, &usize)| Spot { node, column: layered.column[at], level: 0, y: top(at) - highest };
    let wire = |line: &Line| Wire {
        from: nodes[line.from],
        to: nodes[line.to],
        part: line.part,
        level: 0,
        bends: line.passes.iter().map(|&at| (layered.column[at], middle[at] - highest)).collect(),
    };
    Block {
        columns: layered.order.len(),
        height: (0..middle.len()).map(bottom).fold(0.0, f64::max),
        spots: nodes.iter().enumerate().map(spot).collect(),
        wires: lines.iter().map(wire).collect(),
        ..Block::default()
    }
}
