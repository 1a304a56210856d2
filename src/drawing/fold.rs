//! Folds a long chain into rows, as text is folded into lines.
//!
//! In: the block of a component. Out: the same, or its columns cut into rows no wider than the page. It
//! refuses to cut where more than one line passes, and to cut at all where some row would stay too wide: a
//! map that scrolls anyway is easier to follow in one piece.

use std::collections::BTreeMap;

use super::block::{Block, Return, Wire};
use super::input::Input;
use super::{FRAME_BOTTOM, FRAME_TOP, SHELF_GAP};

/// So many pages wide a block may be before it is worth a cut: a tree that is a little too wide is not.
const PAGES: usize = 2;

/// Folds a block, if it can be done.
pub(super) fn fold(input: &Input, block: Block, columns: usize) -> Block {
    if block.columns <= columns * PAGES {
        return block;
    }
    let mut column = vec![0; input.count()];
    block.spots.iter().for_each(|spot| column[spot.node] = spot.column);
    match rows(&cuts(&block, &column), columns) {
        Some(ends) if !tears(input, &block, &ends) => folded(input, &block, &column, &ends),
        _ => block,
    }
}

/// Whether the members of a choice would lie in different rows.
fn tears(input: &Input, block: &Block, ends: &[usize]) -> bool {
    let mut row_of = BTreeMap::new();
    let mut framed = block.spots.iter().filter_map(|spot| Some((input.fork[spot.node]?, row(ends, spot.column))));
    framed.any(|(fork, row)| *row_of.entry(fork).or_insert(row) != row)
}

/// The row of a column.
fn row(ends: &[usize], column: usize) -> usize {
    ends.partition_point(|&end| end < column)
}

/// For each column whether a single line leads on from it, to the next column and no further.
fn cuts(block: &Block, column: &[usize]) -> Vec<bool> {
    let mut passing = vec![0i64; block.columns + 1];
    let mut direct = vec![false; block.columns];
    for wire in &block.wires {
        let (from, to) = (column[wire.from], column[wire.to]);
        passing[from] += 1;
        passing[to] -= 1;
        direct[from] |= to == from + 1 && !wire.part;
    }
    let mut now = 0;
    let mut single = |column: usize| {
        now += passing[column];
        now == 1 && direct[column]
    };
    (0..block.columns).map(&mut single).collect()
}

/// The last column of each row, every row as long as it can be.
fn rows(cuts: &[bool], columns: usize) -> Option<Vec<usize>> {
    let mut ends = Vec::new();
    let mut start = 0;
    while start + columns < cuts.len() {
        let end = (start..start + columns).rev().find(|&column| cuts[column])?;
        ends.push(end);
        start = end + 1;
    }
    ends.push(cuts.len() - 1);
    Some(ends)
}

/// The rows one below the other, with lines that go back in between.
fn folded(input: &Input, block: &Block, column: &[usize], ends: &[usize]) -> Block {
    let mut rows = vec![Block::default(); ends.len()];
    let mut returns: Vec<&Wire> = Vec::new();
    for spot in &block.spots {
        rows[row(ends, spot.column)].spots.push(*spot);
    }
    for wire in &block.wires {
        let from = row(ends, column[wire.from]);
        if from == row(ends, column[wire.to]) {
            rows[from].wires.push(wire.clone());
        } else {
            returns.push(wire);
        }
    }
    let mut whole = Block::default();
    let mut rails = vec![0.0; ends.len()];
    for (at, row) in rows.iter_mut().enumerate() {
        tighten(input, row, if at > 0 { ends[at - 1] + 1 } else { 0 });
        let top = if at > 0 { whole.height + SHELF_GAP } else { 0.0 };
        rails[at] = top - SHELF_GAP / 2.0;
        whole.add(row, 0, 0, top);
    }
    let back = |wire: &&Wire| Return { from: wire.from, to: wire.to, rail: rails[row(ends, column[wire.to])] };
    whole.returns = returns.iter().map(back).collect();
    whole
}

/// Moves a row to the left and up to where it begins, and measures it.
fn tighten(input: &Input, row: &mut Block, first: usize) {
    let framed = |node: usize| input.fork[node].is_some();
    let bends = || row.wires.iter().flat_map(|wire| wire.bends.iter().map(|bend| bend.1));
    let tops = row.spots.iter().map(|spot| spot.y - if framed(spot.node) { FRAME_TOP } else { 0.0 });
    let top = tops.chain(bends()).fold(f64::INFINITY, f64::min);
    let bottom = |spot: &super::block::Spot| {
        spot.y + input.size(spot.node).1 + if framed(spot.node) { FRAME_BOTTOM } else { 0.0 }
    };
    row.height = row.spots.iter().map(bottom).chain(bends()).fold(f64::NEG_INFINITY, f64::max) - top;
    for spot in &mut row.spots {
        spot.y -= top;
        spot.column -= first;
        row.columns = row.columns.max(spot.column + 1);
    }
    for (column, y) in row.wires.iter_mut().flat_map(|wire| &mut wire.bends) {
        *column -= first;
        *y -= top;
    }
}
