//! Maps of topics: a small graph in, geometry out.
//!
//! In: boxes with their sizes, in reading order; which is learned before which, which is part of which,
//! which are a choice. Out: a `Drawing`, from left to right in the order of learning, with no box on
//! another and no line through a box. It refuses to read anything else: it knows neither topics nor
//! texts nor SVG (but for path data), and the same graph gives the same bytes.
//!
//! The way: `input` leaves out what cannot or need not be drawn; `scope` takes the graph apart
//! into pieces; `layered` (`layers`, `order`, `place`, `straighten`) lays out those that prerequisites tie;
//! `fold` breaks long chains into rows;
//! `pack` puts all pieces on shelves about four columns wide; `route` turns the result into pixels. [`road`]
//! does so for each stage of a roadmap and adds the lines between them.
//!
//! Lines of one kind that leave one box share their way until they part, so draw them opaque.

mod adjacency;
mod block;
mod fold;
mod input;
pub mod label;
mod layered;
mod layers;
mod mirror;
mod order;
mod pack;
mod pen;
mod place;
mod reduce;
pub mod road;
mod route;
mod scope;
mod simplex;
mod straighten;
#[cfg(test)]
mod tests;

/// The width that a map keeps to where its prerequisites allow.
const PAGE_WIDTH: f64 = 1060.0;
/// Between two columns.
const COLUMN_GAP: f64 = 44.0;
/// Between an indented column and the next.
const NARROW_GAP: f64 = 28.0;
/// Between two boxes of a column.
const ROW_GAP: f64 = 14.0;
/// Between a line that passes a column and the box above or below it, or another line.
const LINE_GAP: f64 = 10.0;
/// Between pieces one below the other.
const SHELF_GAP: f64 = 24.0;
/// How far parts are moved in below their whole.
const INDENT: f64 = 28.0;
/// How far before a box the connector from its whole runs down.
const TRUNK: f64 = 18.0;
/// The same where the parts lie beside the whole: half way, clear of frames.
const SIDE_TRUNK: f64 = 22.0;
/// Between a frame and the boxes in it.
const FRAME_SIDE: f64 = 12.0;
/// Kept free above a framed box: the frame's distance and half its label.
const FRAME_TOP: f64 = 20.0;
/// Kept free below a framed box.
const FRAME_BOTTOM: f64 = 12.0;
/// How far from a box the line runs down that leads from a row to the next: clear of frames.
const RETURN: f64 = FRAME_SIDE + 3.0;
/// Around everything, so that no stroke is cut.
const MARGIN: f64 = 2.0;

/// What a map shows.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// The boxes, in reading order.
    pub nodes: Vec<Node>,
    /// What is learned before what.
    pub edges: Vec<Edge>,
    /// The choices.
    pub forks: Vec<Fork>,
}

/// A box.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// Its width in pixels, its text wrapped ([`label::wrap`]).
    pub width: f64,
    /// Its height in pixels.
    pub height: f64,
    /// The box of the topic that this one is a part of.
    pub parent: Option<usize>,
    /// Whether the topic may be left out. The layout does not mind; drawings do.
    pub optional: bool,
}

/// `from` is learned before `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// The index of the box at the left.
    pub from: usize,
    /// The index of the box at the right.
    pub to: usize,
}

/// A choice: its members lie together, in one column where prerequisites allow, inside one frame. A
/// large choice whose members nothing else ties is folded over several columns of its frame.
#[derive(Clone, Debug, Default)]
pub struct Fork {
    /// The boxes to choose from. One that several choices name lies with the first of them.
    pub members: Vec<usize>,
    /// The width of the label that stands on the frame's upper line, in pixels.
    pub label_width: f64,
}

/// A map laid out. All coordinates are multiples of half a pixel, from the upper left corner.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// The width of everything, with a small margin.
    pub width: f64,
    /// The height of everything, with a small margin.
    pub height: f64,
    /// The boxes, as in the graph.
    pub nodes: Vec<Rect>,
    /// The prerequisites drawn: those that no others imply, by box.
    pub edges: Vec<Route>,
    /// The frames of the choices, as in the graph; of no size where a choice has no members.
    pub forks: Vec<Rect>,
    /// The connectors from a box to its parts, to be drawn lighter. None leads to a part that other
    /// lines lead to from the same box.
    pub parents: Vec<Route>,
}

/// A rectangle in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Its left edge.
    pub x: f64,
    /// Its upper edge.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

impl Rect {
    /// Half way down.
    pub fn middle(&self) -> f64 {
        self.y + self.height / 2.0
    }
}

/// A line between two boxes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Route {
    /// The box it leaves.
    pub from: usize,
    /// The box it enters.
    pub to: usize,
    /// A polyline close to the line.
    pub points: Vec<[f64; 2]>,
    /// The line as SVG path data.
    pub path: String,
}

/// Lays out a graph. Edges and parents out of range are left out; of a cycle, the edges that lead back
/// by index; so every graph has a drawing.
pub fn layout(graph: &Graph) -> Drawing {
    let input = input::Input::new(graph);
    let block = scope::block(&input, columns(&input));
    route::draw(&input, &block, &[])
}

/// How many columns a page has room for.
fn columns(input: &input::Input) -> usize {
    let widest = (0..input.count()).map(|node| input.size(node).0).fold(1.0, f64::max);
    let columns = ((PAGE_WIDTH + COLUMN_GAP) / (widest + COLUMN_GAP)) as usize;
    columns.clamp(1, 6)
}

/// The edges that no longer path implies, in the order given. What is out of range, repeated, or closes
/// a cycle (leading back by index) is left out first.
pub fn transitive_reduction(nodes: usize, edges: &[Edge]) -> Vec<Edge> {
    let pairs = reduce::acyclic(nodes, edges.iter().map(|edge| (edge.from, edge.to)));
    let shortcuts = reduce::implied(nodes, &pairs);
    let kept = pairs.iter().zip(shortcuts).filter(|(_, shortcut)| !shortcut);
    kept.map(|(&(from, to), _)| Edge { from, to }).collect()
}
