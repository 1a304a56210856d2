//! Lays out one band, with room for the lines that come and go.
//!
//! In: a [`Share`]. Out: a [`Sheet`]: the band's own drawing, and where beside its columns each line to and
//! from other bands comes down. It refuses to know where the band lies.

use std::collections::BTreeMap;

use super::super::input::Input;
use super::super::{Drawing, FRAME_SIDE, MARGIN, columns, route, scope};
use super::share::Share;
use super::{CLEARANCE, LANE};

/// Between a column and the first line that comes down beside it: clear of its frames.
const BESIDE: f64 = FRAME_SIDE + 6.0;

/// A band laid out by itself.
pub(super) struct Sheet<'a> {
    /// What it holds.
    pub(super) share: &'a Share,
    /// Its drawing, by places in the share.
    pub(super) drawing: Drawing,
    /// How wide it is, with the lines behind its last column.
    pub(super) width: f64,
    /// Where the lines of a box come down behind its column.
    exits: BTreeMap<usize, f64>,
    /// Where the lines from a box of another band come down before a column.
    entries: BTreeMap<(usize, usize), f64>,
    /// The column of each box.
    column: Vec<usize>,
}

/// What comes down before a column, from left to right.
#[derive(Clone, Default)]
struct Corridor {
    /// Boxes at its left, with their heights.
    exits: Vec<(f64, usize)>,
    /// Boxes of other bands, with how far down their lines lead.
    entries: BTreeMap<usize, f64>,
}

impl Corridor {
    /// How many lines come down.
    fn len(&self) -> usize {
        self.exits.len() + self.entries.len()
    }

    /// What the gap between the columns grows by.
    fn spare(&self, first: bool) -> f64 {
        let aside = if first { CLEARANCE } else { 0.0 };
        if self.len() > 0 { self.len() as f64 * LANE + aside } else { 0.0 }
    }
}

impl<'a> Sheet<'a> {
    /// Lays out a band.
    pub(super) fn new(share: &'a Share) -> Self {
        let input = Input::new(&share.graph);
        let block = scope::block(&input, columns(&input));
        let mut column = vec![0; share.nodes.len()];
        let mut middle = vec![0.0; share.nodes.len()];
        for spot in &block.spots {
            column[spot.node] = spot.column;
            middle[spot.node] = spot.y + input.size(spot.node).1 / 2.0;
        }
        let corridors = corridors(share, &column, &middle, block.columns);
        let spare: Vec<f64> = corridors.iter().enumerate().map(|(at, one)| one.spare(at == 0)).collect();
        let drawing = route::draw(&input, &block, &spare);
        let starts = starts(share, &drawing, &column, block.columns);
        let mut sheet =
            Sheet { share, width: drawing.width, drawing, exits: BTreeMap::new(), entries: BTreeMap::new(), column };
        for (at, corridor) in corridors.into_iter().enumerate() {
            sheet.settle(at, corridor, starts[at]);
        }
        sheet
    }

    /// Lines that leave upper boxes run further right, and so do those that lead to upper boxes: so no line
    /// of one kind crosses another where it turns.
    fn settle(&mut self, at: usize, corridor: Corridor, start: f64) {
        let mut x = start;
        let mut exits = corridor.exits;
        exits.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (_, node) in exits {
            self.exits.insert(node, x);
            x += LANE;
        }
        let mut entries: Vec<(usize, f64)> = corridor.entries.into_iter().collect();
        entries.sort_by(|a, b| b.1.total_cmp(&a.1));
        for (source, _) in entries {
            self.entries.insert((source, at), x);
            x += LANE;
        }
        self.width = self.width.max(x);
    }

    /// Where the lines of a box come down, from the left of the band.
    pub(super) fn exit(&self, node: usize) -> f64 {
        self.exits[&node]
    }

    /// Where the line from a box of another band to one of this comes down.
    pub(super) fn entry(&self, source: usize, node: usize) -> f64 {
        self.entries[&(source, self.column[node])]
    }
}

fn corridors(share: &Share, column: &[usize], middle: &[f64], columns: usize) -> Vec<Corridor> {
    let mut corridors = vec![Corridor::default(); columns + 1];
    for &node in &share.exits {
        corridors[column[node] + 1].exits.push((middle[node], node));
    }
    for edge in &share.entries {
        let lowest = corridors[column[edge.to]].entries.entry(edge.from).or_insert(middle[edge.to]);
        *lowest = lowest.max(middle[edge.to]);
    }
    corridors
}

/// Where the lines before each column begin: behind the boxes and frames of the column before.
fn starts(share: &Share, drawing: &Drawing, column: &[usize], columns: usize) -> Vec<f64> {
    let mut starts = vec![MARGIN; columns + 1];
    let mut reach = |column: usize, right: f64| starts[column + 1] = starts[column + 1].max(right + BESIDE);
    for (rect, &column) in drawing.nodes.iter().zip(column) {
        reach(column, rect.x + rect.width);
    }
    for (fork, rect) in share.graph.forks.iter().zip(&drawing.forks) {
        let last = fork.members.iter().map(|&member| column[member]).max();
        if let Some(last) = last {
            reach(last, rect.x + rect.width - FRAME_SIDE);
        }
    }
    starts
}
