//! Takes the graph apart into pieces that can be laid out by themselves, and puts these together.
//!
//! In: an [`Input`]. Out: one [`Block`]. It refuses to cut a line: whatever prerequisites tie together
//! stays one piece.
//!
//! A piece is a single box, a choice alone, a whole with its parts, or a tangle. A whole is taken from
//! its parts where no prerequisite touches it: what is left falls into smaller pieces, which hang beside
//! it or below. Each piece is made once for every width it may be given, from 1 column up.

use std::rc::Rc;

use super::block::{Block, By, Hang};
use super::input::Input;
use super::{ROW_GAP, fold, layered, pack};

/// How deep wholes lie within wholes before their parts are treated as a tangle.
const DEPTH: usize = 5;

/// A piece at each width, the narrowest first.
type Widths = Vec<Rc<Block>>;

/// Lays out everything within so many columns, if it can be done.
pub(super) fn block(input: &Input, columns: usize) -> Block {
    let mut scope = Scope {
        input,
        columns: columns.max(1),
        taken: vec![false; input.count()],
        seen: vec![0; input.count()],
        local: vec![0; input.count()],
    };
    let all: Vec<usize> = (0..input.count()).collect();
    let pieces = scope.pieces(&all, 1);
    best(&pieces, scope.columns).block
}

struct Scope<'a> {
    input: &'a Input<'a>,
    columns: usize,
    /// Wholes that have been taken from their parts.
    taken: Vec<bool>,
    /// How deep each node has been visited.
    seen: Vec<usize>,
    /// Room for the tangles' local indices.
    local: Vec<usize>,
}

impl Scope<'_> {
    /// The pieces that these nodes fall into, by their first nodes.
    fn pieces(&mut self, nodes: &[usize], depth: usize) -> Vec<Widths> {
        let mut pieces = Vec::new();
        for &node in nodes {
            if self.seen[node] < depth {
                let component = self.component(node, depth);
                pieces.push(self.piece(&component, depth));
            }
        }
        pieces
    }

    /// All that hangs together with a node, in reading order.
    fn component(&mut self, node: usize, depth: usize) -> Vec<usize> {
        let mut found = vec![node];
        self.seen[node] = depth;
        let mut at = 0;
        while let Some(&node) = found.get(at) {
            at += 1;
            for &other in self.input.near.of(node) {
                if !self.taken[other] && self.seen[other] < depth {
                    self.seen[other] = depth;
                    found.push(other);
                }
            }
        }
        found.sort_unstable();
        found
    }

    fn piece(&mut self, nodes: &[usize], depth: usize) -> Widths {
        if let [node] = *nodes {
            return match self.input.fork[node] {
                Some(_) => self.choice(nodes),
                None => self.same(Block::single(node, self.input.size(node).1)),
            };
        }
        if let Some(whole) = self.whole(nodes).filter(|_| depth < DEPTH) {
            return self.group(whole, nodes, depth);
        }
        if self.is_choice(nodes) {
            return self.choice(nodes);
        }
        let tangle = layered::block(self.input, nodes, &mut self.local);
        // Beside or below a whole its connectors come down where a folded chain would go back.
        self.same(if depth == 1 { fold::fold(self.input, tangle, self.columns) } else { tangle })
    }

    fn same(&self, block: Block) -> Widths {
        let block = Rc::new(block);
        vec![block; self.columns]
    }

    /// The node that all the others are parts of, if it is tied to none.
    fn whole(&self, nodes: &[usize]) -> Option<usize> {
        let root = |&&node: &&usize| self.input.parent[node].is_none_or(|p| self.taken[p]);
        let mut roots = nodes.iter().filter(root);
        let &whole = roots.next()?;
        let free = !self.input.tied[whole] && self.input.fork[whole].is_none();
        (free && roots.next().is_none()).then_some(whole)
    }

    /// Whether these are the members of one choice and nothing ties them otherwise.
    fn is_choice(&self, nodes: &[usize]) -> bool {
        let fork = self.input.fork[nodes[0]];
        let free = |&node: &usize| {
            let loose = self.input.parent[node].is_none_or(|p| self.taken[p]);
            loose && !self.input.tied[node] && self.input.fork[node] == fork
        };
        fork.is_some() && nodes.iter().all(free)
    }

    fn choice(&self, nodes: &[usize]) -> Widths {
        let heights: Vec<_> = nodes.iter().map(|&node| self.input.size(node).1).collect();
        (1..=self.columns).map(|width| Rc::new(pack::framed(nodes, &heights, width))).collect()
    }

    fn group(&mut self, whole: usize, nodes: &[usize], depth: usize) -> Widths {
        self.taken[whole] = true;
        let parts: Vec<usize> = nodes.iter().copied().filter(|&node| node != whole).collect();
        let pieces = self.pieces(&parts, depth + 1);
        (1..=self.columns)
            .map(|width| {
                let below = self.below(whole, &pieces, width);
                match self.beside(whole, &pieces, width) {
                    Some(beside) if beside.height <= below.height * 1.25 => Rc::new(beside),
                    _ => Rc::new(below),
                }
            })
            .collect()
    }

    /// The whole at the top left, its parts indented below.
    fn below(&self, whole: usize, pieces: &[Widths], width: usize) -> Block {
        let packed = best(pieces, width);
        let height = self.input.size(whole).1;
        let mut block = Block::single(whole, height);
        let shift = height + ROW_GAP;
        block.add(&packed.block, 0, 1, shift);
        let parts = block.spots[1..].to_vec();
        for (spot, shelf) in parts.iter().zip(&packed.shelf) {
            let bus = By::Bus(shelf + shift - ROW_GAP / 2.0);
            let by = if spot.column == 0 { By::Trunk } else { bus };
            self.hang(&mut block, whole, spot.node, by);
        }
        block
    }

    /// The whole at the left, its parts stacked beside it: possible where they fit there
    /// and all begin in one column.
    fn beside(&self, whole: usize, pieces: &[Widths], width: usize) -> Option<Block> {
        let narrower = width.checked_sub(2)?;
        let items: Vec<_> = pieces.iter().map(|piece| Rc::clone(&piece[narrower])).collect();
        let stack = pack::stack(&items);
        let ours = |node: usize| self.input.parent[node] == Some(whole) && self.input.hangs[node];
        let parts: Vec<_> = stack.spots.iter().filter(|spot| ours(spot.node)).copied().collect();
        if stack.columns >= width || parts.iter().any(|spot| spot.column > 0) {
            return None;
        }
        let height = self.input.size(whole).1;
        let middle = parts.iter().map(|spot| spot.y + self.input.size(spot.node).1 / 2.0);
        let top = middle.fold(f64::INFINITY, f64::min) - height / 2.0;
        let top = if top.is_finite() { top } else { 0.0 };
        let mut block = Block::default();
        block.add(&Block::single(whole, height), 0, 0, top.max(0.0));
        block.add(&stack, 1, 0, (-top).max(0.0));
        for spot in parts {
            self.hang(&mut block, whole, spot.node, By::Side);
        }
        Some(block)
    }

    fn hang(&self, block: &mut Block, parent: usize, child: usize, by: By) {
        if self.input.parent[child] == Some(parent) && self.input.hangs[child] {
            block.hangs.push(Hang { parent, child, by });
        }
    }
}

/// Packs the pieces into so many columns, each held to the width that makes the whole lowest.
fn best(pieces: &[Widths], columns: usize) -> pack::Packed {
    let pack = |width: usize| {
        let items: Vec<_> = pieces.iter().map(|piece| Rc::clone(&piece[width - 1])).collect();
        pack::shelves(&items, columns)
    };
    let mut best = pack(columns);
    for width in (1..columns).rev() {
        let other = pack(width);
        if other.block.height < best.block.height {
            best = other;
        }
    }
    best
}
