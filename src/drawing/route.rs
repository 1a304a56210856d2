//! Turns a finished [`Block`] into coordinates: boxes, frames, and the lines between them.
//!
//! In: columns, levels and heights. Out: a [`Drawing`] in pixels. It refuses to move anything: a line is
//! free of boxes because the layout left a place for it, not because it is led around them here.

use super::block::{Block, By, Hang, Return, Wire};
use super::input::Input;
use super::pen::Pen;
use super::{COLUMN_GAP, FRAME_SIDE, INDENT, MARGIN, NARROW_GAP, RETURN, SIDE_TRUNK, TRUNK};
use super::{Drawing, Rect, Route};

/// Draws a block. Before a column there may be something to spare, for lines that are not the block's.
pub(super) fn draw(input: &Input, block: &Block, spare: &[f64]) -> Drawing {
    let sheet = Sheet::new(input, block, spare);
    let frames = frames(input, &sheet.nodes);
    let (mut edges, mut parents) = (Vec::new(), Vec::new());
    for wire in &block.wires {
        let list = if wire.part { &mut parents } else { &mut edges };
        list.push(sheet.wire(wire));
    }
    edges.extend(block.returns.iter().map(|line| sheet.back(line)));
    parents.extend(block.hangs.iter().map(|hang| sheet.hang(hang)));
    edges.sort_by_key(|route| (route.from, route.to));
    parents.sort_by_key(|route| (route.from, route.to));
    let mut drawing = Drawing { width: 0.0, height: 0.0, nodes: sheet.nodes, edges, forks: frames, parents };
    let rects = drawing.nodes.iter().chain(&drawing.forks);
    let corners = rects.map(|rect| [rect.x + rect.width, rect.y + rect.height]);
    let lines = drawing.edges.iter().chain(&drawing.parents);
    let points = lines.flat_map(|route| route.points.iter().copied());
    let [width, height] =
        corners.chain(points).fold([0.0f64; 2], |most, point| [most[0].max(point[0]), most[1].max(point[1])]);
    (drawing.width, drawing.height) = (grown(width), grown(height));
    drawing
}

/// Half pixels keep the output short and lines crisp.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 2.0).round() / 2.0
}

fn grown(value: f64) -> f64 {
    if value > 0.0 { (value * 2.0).ceil() / 2.0 + MARGIN } else { 0.0 }
}

/// Where columns begin and boxes lie.
struct Sheet {
    /// The left edge of each column.
    left: Vec<f64>,
    /// The widest box of each column.
    widest: Vec<f64>,
    /// Where the block begins from the top.
    top: f64,
    nodes: Vec<Rect>,
}

impl Sheet {
    fn new(input: &Input, block: &Block, spare: &[f64]) -> Self {
        let mut widest = vec![0.0f64; block.columns];
        for spot in &block.spots {
            widest[spot.column] = widest[spot.column].max(input.size(spot.node).0);
        }
        let left = columns(input, block, &widest, spare);
        let mut nodes = vec![Rect::default(); input.count()];
        for spot in &block.spots {
            let (width, height) = input.size(spot.node);
            let x = rounded(left[spot.column] + indent(spot.level));
            nodes[spot.node] = Rect { x, y: rounded(spot.y + MARGIN), width, height };
        }
        Sheet { left, widest, top: MARGIN, nodes }
    }

    /// A curve: through the gaps between columns it swings, through columns it runs level.
    fn wire(&self, wire: &Wire) -> Route {
        let (from, to) = (self.nodes[wire.from], self.nodes[wire.to]);
        let right = |column: usize| rounded(self.left[column] + indent(wire.level) + self.widest[column]);
        let mut pen = Pen::at(from.x + from.width, rounded(from.middle()));
        // The gap begins behind the widest box of the column, not behind this one.
        let column = self.left.partition_point(|&left| left <= from.x) - 1;
        pen.line_to(right(column), rounded(from.middle()));
        for &(column, y) in &wire.bends {
            let y = rounded(y + self.top);
            pen.swing_to(rounded(self.left[column] + indent(wire.level)), y);
            pen.line_to(right(column), y);
        }
        pen.swing_to(to.x, rounded(to.middle()));
        pen.finish(wire.from, wire.to)
    }

    /// From the end of a row around to the beginning of the next: down behind the column, back between the
    /// rows, down before the column.
    fn back(&self, line: &Return) -> Route {
        let (from, to) = (self.nodes[line.from], self.nodes[line.to]);
        let column = self.left.partition_point(|&left| left <= from.x) - 1;
        let exit = rounded(self.left[column] + self.widest[column] + RETURN);
        let entry = to.x - RETURN;
        let rail = rounded(line.rail + self.top);
        let (start, end) = ([from.x + from.width, rounded(from.middle())], [to.x, rounded(to.middle())]);
        let mut pen = Pen::at(start[0], start[1]);
        pen.square_to(&[[exit, start[1]], [exit, rail], [entry, rail], [entry, end[1]]], end);
        pen.finish(line.from, line.to)
    }

    /// A square connector with rounded corners.
    fn hang(&self, hang: &Hang) -> Route {
        let (parent, child) = (self.nodes[hang.parent], self.nodes[hang.child]);
        let trunk = match hang.by {
            By::Side => child.x - SIDE_TRUNK,
            By::Trunk | By::Bus(_) => child.x - TRUNK,
        };
        let end = [child.x, rounded(child.middle())];
        let start = match hang.by {
            By::Side => [parent.x + parent.width, rounded(parent.middle())],
            By::Trunk | By::Bus(_) => [rounded(parent.x + INDENT - TRUNK), rounded(parent.y + parent.height)],
        };
        let corners = match hang.by {
            By::Side => vec![[trunk, start[1]], [trunk, end[1]]],
            By::Trunk => vec![[start[0], end[1]]],
            By::Bus(bus) => {
                let bus = rounded(bus + self.top);
                vec![[start[0], bus], [trunk, bus], [trunk, end[1]]]
            }
        };
        let mut pen = Pen::at(start[0], start[1]);
        pen.square_to(&corners, end);
        pen.finish(hang.parent, hang.child)
    }
}

/// The left edge of each column: behind the widest box of the one before, the widest label of a frame
/// there, and the lines that leave it or pass it, as far in as they are indented.
fn columns(input: &Input, block: &Block, widest: &[f64], spare: &[f64]) -> Vec<f64> {
    let spare = |column: usize| spare.get(column).copied().unwrap_or(0.0);
    let label = labels(input);
    let framed = label.iter().any(Option::is_some);
    let mut pitch = vec![0.0f64; block.columns];
    let mut ask = |column: usize, room: f64| pitch[column] = pitch[column].max(room);
    let mut at = vec![0; input.count()];
    for spot in &block.spots {
        let width = input.size(spot.node).0.max(label[spot.node].unwrap_or(0.0));
        let gap = if spare(spot.column + 1) > 0.0 { COLUMN_GAP } else { NARROW_GAP };
        ask(spot.column, (width + COLUMN_GAP).max(indent(spot.level) + width + gap));
        at[spot.node] = spot.column;
    }
    for wire in &block.wires {
        let passed = wire.bends.iter().map(|bend| bend.0);
        for column in passed.chain([at[wire.from]]) {
            ask(column, indent(wire.level) + widest[column] + NARROW_GAP);
        }
    }
    let folds = if block.returns.is_empty() { 0.0 } else { RETURN + MARGIN };
    let mut left = vec![MARGIN + folds + if framed { FRAME_SIDE } else { 0.0 } + spare(0); block.columns];
    for column in 1..block.columns {
        left[column] = rounded(left[column - 1] + pitch[column - 1] + spare(column));
    }
    left
}

fn indent(level: usize) -> f64 {
    level as f64 * INDENT
}

/// For each member of a choice the room its label asks for.
fn labels(input: &Input) -> Vec<Option<f64>> {
    let mut label = vec![None; input.count()];
    for fork in &input.graph.forks {
        let width = if fork.label_width.is_finite() { fork.label_width.max(0.0) } else { 0.0 };
        for &member in &fork.members {
            if let Some(slot) = label.get_mut(member) {
                *slot = Some(slot.unwrap_or(0.0f64).max(width));
            }
        }
    }
    label
}

/// The frame of each choice: around its members, wide enough for its label.
fn frames(input: &Input, nodes: &[Rect]) -> Vec<Rect> {
    let frame = |fork: &super::Fork| {
        let members = || fork.members.iter().filter_map(|&member| nodes.get(member));
        members().next()?;
        let least = |of: fn(&Rect) -> f64| members().map(of).fold(f64::INFINITY, f64::min);
        let most = |of: fn(&Rect) -> f64| members().map(of).fold(f64::NEG_INFINITY, f64::max);
        let (x, y) = (least(|rect| rect.x), least(|rect| rect.y));
        let label = if fork.label_width.is_finite() { fork.label_width } else { 0.0 };
        let width = (most(|rect| rect.x + rect.width) - x).max(label);
        let height = most(|rect| rect.y + rect.height) - y;
        Some(Rect {
            x: x - FRAME_SIDE,
            y: y - FRAME_SIDE,
            width: width + 2.0 * FRAME_SIDE,
            height: height + 2.0 * FRAME_SIDE,
        })
    };
    input.graph.forks.iter().map(|fork| frame(fork).unwrap_or_default()).collect()
}
