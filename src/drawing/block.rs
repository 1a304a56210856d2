//! A piece of a drawing that is finished in itself and can be put anywhere.
//!
//! In and out: positions as columns, levels of indentation and heights. A block refuses to know pixels
//! from left to right: how wide a column is follows from all the blocks together.

/// A rectangle of columns and rows that holds boxes and the lines between them.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    /// How many columns it takes.
    pub(super) columns: usize,
    /// Its height.
    pub(super) height: f64,
    /// Its boxes.
    pub(super) spots: Vec<Spot>,
    /// Its curves: prerequisites, and connectors to parts within a tangle.
    pub(super) wires: Vec<Wire>,
    /// Its square connectors from a box to its parts.
    pub(super) hangs: Vec<Hang>,
    /// Its lines from the end of a row to the beginning of the next.
    pub(super) returns: Vec<Return>,
}

/// Where a box lies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    /// The node.
    pub(super) node: usize,
    /// Its column.
    pub(super) column: usize,
    /// How often it is indented within the column.
    pub(super) level: usize,
    /// Its upper edge.
    pub(super) y: f64,
}

/// A curve, from the right of one box to the left of another.
#[derive(Clone, Debug)]
pub(super) struct Wire {
    /// The node it leaves.
    pub(super) from: usize,
    /// The node it enters.
    pub(super) to: usize,
    /// Whether it leads to a part instead of to what comes next.
    pub(super) part: bool,
    /// The indentation of its block.
    pub(super) level: usize,
    /// The columns it passes on the way, and at which height.
    pub(super) bends: Vec<(usize, f64)>,
}

/// A line from the last column of a row back to the first column of the row below.
#[derive(Clone, Copy, Debug)]
pub(super) struct Return {
    /// The node it leaves.
    pub(super) from: usize,
    /// The node it enters.
    pub(super) to: usize,
    /// The height between the rows at which it runs back.
    pub(super) rail: f64,
}

/// A square connector from a box to one of its parts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hang {
    /// The whole.
    pub(super) parent: usize,
    /// The part.
    pub(super) child: usize,
    /// How it leaves the whole.
    pub(super) by: By,
}

/// How a square connector leaves its box.
#[derive(Clone, Copy, Debug)]
pub(super) enum By {
    /// To the right, to parts stacked in the next column.
    Side,
    /// Down, to parts below.
    Trunk,
    /// Down, along a bus at this height, and down again before the column of the part.
    Bus(f64),
}

impl Block {
    /// A block of one box.
    pub(super) fn single(node: usize, height: f64) -> Self {
        let spots = vec![Spot { node, column: 0, level: 0, y: 0.0 }];
        Block { columns: 1, height, spots, ..Block::default() }
    }

    /// Whether it is one box alone.
    pub(super) fn is_single(&self) -> bool {
        self.spots.len() == 1
    }

    /// Takes in another block, moved right, in and down, and grows to hold it.
    pub(super) fn add(&mut self, other: &Block, column: usize, level: usize, y: f64) {
        self.columns = self.columns.max(column + other.columns);
        self.height = self.height.max(y + other.height);
        self.spots.extend(other.spots.iter().map(|spot| Spot {
            column: spot.column + column,
            level: spot.level + level,
            y: spot.y + y,
            ..*spot
        }));
        self.wires.extend(other.wires.iter().map(|wire| Wire {
            level: wire.level + level,
            bends: wire.bends.iter().map(|&(at, bend)| (at + column, bend + y)).collect(),
            ..*wire
        }));
        self.hangs.extend(other.hangs.iter().map(|hang| Hang {
            by: match hang.by {
                By::Bus(bus) => By::Bus(bus + y),
                by => by,
            },
            ..*hang
        }));
        self.returns.extend(other.returns.iter().map(|line| Return { rail: line.rail + y, ..*line }));
    }
}
