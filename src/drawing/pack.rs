//! Puts finished blocks on shelves.
//!
//! In: blocks in reading order and how many columns are free. Out: one block that holds them all, from
//! top to bottom and beside each other where that saves height. It refuses to interlock them: each keeps
//! its columns and rows for itself, so nothing of one runs through another.

use std::rc::Rc;

use super::block::{Block, Spot};
use super::{ROW_GAP, SHELF_GAP};

/// How far past the next block one is sought that fits beside it. It bounds the disorder, and the work.
const LOOK_AHEAD: usize = 24;

/// Blocks packed together.
pub(super) struct Packed {
    /// All of them.
    pub(super) block: Block,
    /// For each box of the block the upper edge of its shelf.
    pub(super) shelf: Vec<f64>,
}

/// Blocks side by side: the place of each, and how high they reach.
struct Shelf {
    items: Vec<(usize, usize, f64)>,
    height: f64,
}

/// Packs blocks into some columns. A block that is wider gets a shelf of its own, wider too.
pub(super) fn shelves(items: &[Rc<Block>], columns: usize) -> Packed {
    let (mut singles, mut blocks): (Vec<_>, Vec<_>) = (0..items.len()).partition(|&at| items[at].is_single());
    let early = blocks.first().map_or(0, |&first| singles.partition_point(|&at| at < first));
    let singles_first = early * 2 > singles.len();
    singles.reverse();
    blocks.reverse();
    let mut shelves = Vec::new();
    while let Some(opener) = blocks.pop() {
        shelves.push(shelf(items, columns, opener, &mut blocks, &mut singles));
    }
    singles.reverse();
    if !singles.is_empty() {
        let place = if singles_first { 0 } else { shelves.len() };
        shelves.insert(place, grid(items, columns, &singles));
    }
    assemble(items, &shelves)
}

/// Blocks one below the other, all from the first column on.
pub(super) fn stack(items: &[Rc<Block>]) -> Block {
    let mut block = Block::default();
    let mut y = 0.0;
    for pair in items.windows(2) {
        block.add(&pair[0], 0, 0, y);
        let tight = pair[0].is_single() && pair[1].is_single();
        y = block.height + if tight { ROW_GAP } else { SHELF_GAP };
    }
    if let Some(last) = items.last() {
        block.add(last, 0, 0, y);
    }
    block
}

/// Equal columns of single boxes, read downwards, rows on one line. Returns the place of each box.
pub(super) fn rows(heights: &[f64], columns: usize) -> Vec<(usize, f64)> {
    let deep = heights.len().div_ceil(columns.max(1)).max(1);
    let mut tops = vec![0.0; deep + 1];
    for row in 0..deep {
        let tallest = heights.iter().skip(row).step_by(deep).copied().fold(0.0, f64::max);
        tops[row + 1] = tops[row] + tallest + ROW_GAP;
    }
    (0..heights.len()).map(|at| (at / deep, tops[at % deep])).collect()
}

fn grid(items: &[Rc<Block>], columns: usize, singles: &[usize]) -> Shelf {
    let heights: Vec<_> = singles.iter().map(|&at| items[at].height).collect();
    let places = rows(&heights, columns);
    let place = |(&at, (column, y)): (&usize, (usize, f64))| (at, column, y);
    let placed: Vec<_> = singles.iter().zip(places).map(place).collect();
    let height = placed.iter().map(|&(at, _, y)| y + items[at].height).fold(0.0, f64::max);
    Shelf { items: placed, height }
}

/// A shelf with one block at its left and whatever comes soon and fits beside it; gaps that no block
/// fits take single boxes. Both lists are in reverse.
fn shelf(
    items: &[Rc<Block>],
    columns: usize,
    opener: usize,
    blocks: &mut Vec<usize>,
    singles: &mut Vec<usize>,
) -> Shelf {
    let mut shelf = Shelf { items: Vec::new(), height: 0.0 };
    let mut free = vec![0.0; columns.max(items[opener].columns)];
    shelf.take(items, opener, &mut free);
    let mut at = blocks.len();
    let last = at.saturating_sub(LOOK_AHEAD);
    while at > last {
        at -= 1;
        if shelf.take(items, blocks[at], &mut free) {
            blocks.remove(at);
        }
    }
    while singles.last().is_some_and(|&single| shelf.take(items, single, &mut free)) {
        singles.pop();
    }
    shelf
}

impl Shelf {
    /// Places a block where it starts highest, if it fits. Beside the others the shelf may grow for it:
    /// that is never higher than a shelf of its own.
    fn take(&mut self, items: &[Rc<Block>], item: usize, free: &mut [f64]) -> bool {
        let block = &items[item];
        let mut best: Option<(f64, usize)> = None;
        for (column, span) in free.windows(block.columns.max(1)).enumerate() {
            let y = span.iter().copied().fold(0.0, f64::max);
            if best.is_none_or(|best| y < best.0) && !self.crosses(items, column, y) {
                best = Some((y, column));
            }
        }
        let Some((y, column)) = best else { return false };
        if y > 0.0 && y + block.height > self.height {
            return false;
        }
        let gap = if block.is_single() { ROW_GAP } else { SHELF_GAP };
        free[column..column + block.columns].fill(y + block.height + gap);
        self.height = self.height.max(y + block.height);
        self.items.push((item, column, y));
        true
    }

    /// Whether a connector that comes down at the left of a column would run through a block above.
    fn crosses(&self, items: &[Rc<Block>], column: usize, y: f64) -> bool {
        let across = |&(item, start, top): &(usize, usize, f64)| {
            top < y && start < column && column < start + items[item].columns
        };
        column > 0 && self.items.iter().any(across)
    }
}

fn assemble(items: &[Rc<Block>], shelves: &[Shelf]) -> Packed {
    let mut packed = Packed { block: Block::default(), shelf: Vec::new() };
    let mut top = 0.0;
    for shelf in shelves {
        for &(item, column, y) in &shelf.items {
            packed.block.add(&items[item], column, 0, top + y);
        }
        packed.shelf.resize(packed.block.spots.len(), top);
        top += shelf.height + SHELF_GAP;
    }
    packed
}

/// How many columns a choice takes whose members nothing else ties: a short list stays one.
fn frame_columns(members: usize, columns: usize) -> usize {
    if members <= 5 { 1 } else { members.div_ceil(4).min(columns).max(1) }
}

/// Boxes of one choice, to be framed: room for the frame above and below is left.
pub(super) fn framed(nodes: &[usize], heights: &[f64], columns: usize) -> Block {
    let mut block = Block::default();
    for (&node, (column, y)) in nodes.iter().zip(rows(heights, frame_columns(nodes.len(), columns))) {
        block.spots.push(Spot { node, column, level: 0, y: y + super::FRAME_TOP });
        block.columns = block.columns.max(column + 1);
    }
    let bottom = block.spots.iter().zip(heights).map(|(spot, height)| spot.y + height);
    block.height = bottom.fold(0.0, f64::max) + super::FRAME_BOTTOM;
    block
}
