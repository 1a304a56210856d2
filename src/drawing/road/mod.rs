//! A whole roadmap as one drawing: its stages as bands, one below the other.
//!
//! In: a graph and the bands that its boxes lie in. Out: a [`RoadDrawing`] with every edge that no other
//! path implies. It refuses to lead a line through a box: within a band lines run as on the map of a stage;
//! from band to band they leave a box to the right, come down beside its column, run along the gutter
//! below the band, down the side past the bands between, and enter a box from the left.
//!
//! `share` gives each band what is its own; `band` lays out one band and keeps room beside its columns for the lines that come and go; `lanes` puts
//! lines that overlap beside each other; `routes` draws what leads from band to band.

mod band;
mod lanes;
mod routes;
mod share;
#[cfg(test)]
mod tests;

use super::{Drawing, Graph, Rect, Route, mirror};
use band::Sheet;
use routes::{Bus, Places};

/// Between two lines side by side.
const LANE: f64 = 5.0;
/// Between the outermost line of a gutter and what lies beside it.
const CLEARANCE: f64 = 10.0;
/// Around the boxes of a band.
const PADDING: f64 = 18.0;

/// What a drawing of a roadmap shows.
#[derive(Clone, Debug, Default)]
pub struct Road {
    /// The boxes, edges and choices of all bands. Edges that lead to an earlier band are left out, and
    /// parents and members of choices in another band do not count.
    pub graph: Graph,
    /// The bands from top to bottom.
    pub bands: Vec<Band>,
    /// Kept free at the left, for headings.
    pub aside: f64,
}

/// A stage.
#[derive(Clone, Debug, Default)]
pub struct Band {
    /// Its boxes, in reading order; each box lies in one band.
    pub nodes: Vec<usize>,
    /// How high it is at least, so that its heading fits beside it.
    pub height: f64,
}

/// A roadmap laid out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoadDrawing {
    /// Boxes, lines and frames.
    pub drawing: Drawing,
    /// The bands: each holds its boxes and touches no other.
    pub bands: Vec<Rect>,
}

impl RoadDrawing {
    /// The drawing for readers from right to left.
    #[must_use]
    pub fn mirrored(&self) -> RoadDrawing {
        let bands = self.bands.iter().map(|band| self.drawing.flip_rect(band)).collect();
        RoadDrawing { drawing: self.drawing.mirrored(), bands }
    }
}

/// Lays out a roadmap.
pub fn layout_road(road: &Road) -> RoadDrawing {
    let (shares, between) = share::shares(road);
    let sheets: Vec<Sheet> = shares.iter().map(Sheet::new).collect();
    let buses = routes::buses(&between);
    let places = Places::new(road.graph.nodes.len(), &sheets);
    let frame = Frame::new(road, &sheets, &places, &buses);
    let mut whole = assemble(road, &sheets, &frame);
    for (at, bus) in buses.iter().enumerate() {
        let routes = bus.routes(&frame, at, &sheets, &places, &whole.drawing.nodes);
        whole.drawing.edges.extend(routes);
    }
    whole.drawing.edges.sort_by_key(|route| (route.from, route.to));
    whole
}

/// Where bands and the lines between them lie.
struct Frame {
    /// The left edge of all bands, and their width.
    left: f64,
    width: f64,
    /// The upper edge of each band, and its height.
    bands: Vec<(f64, f64)>,
    /// For each bus the lane at the side that it runs down.
    side: Vec<f64>,
    /// For each bus and each gutter it runs along, its height there.
    rails: Vec<Vec<f64>>,
}

impl Frame {
    fn new(road: &Road, sheets: &[Sheet], places: &Places, buses: &[Bus]) -> Self {
        let (side, count) = routes::sides(buses);
        let lanes = if count > 0 { count as f64 * LANE + CLEARANCE } else { 0.0 };
        let left = (road.aside + lanes).ceil();
        let width = sheets.iter().map(|sheet| sheet.width).fold(0.0, f64::max).ceil() + 2.0 * PADDING;
        let side: Vec<f64> = side.iter().map(|&lane| left - CLEARANCE - lane as f64 * LANE).collect();
        let (rails, counts) = routes::rails(buses, sheets, places, &side, left + PADDING);
        let mut y = super::MARGIN;
        let mut gutters = Vec::with_capacity(sheets.len());
        let mut bands = Vec::with_capacity(sheets.len());
        for (at, sheet) in sheets.iter().enumerate() {
            gutters.push(y + CLEARANCE);
            let above = if counts[at] > 0 { (counts[at] - 1) as f64 * LANE + CLEARANCE } else { 0.0 };
            y += if at > 0 { above + CLEARANCE } else { 0.0 };
            let height = sheet.drawing.height.max(road.bands[at].height).ceil() + 2.0 * PADDING;
            bands.push((y, height));
            y += height;
        }
        let height = |bus: &Bus, rails: &[usize]| -> Vec<f64> {
            let rails = bus.gutters.iter().zip(rails);
            rails.map(|(gutter, &lane)| gutters[gutter.at] + lane as f64 * LANE).collect()
        };
        let rails = buses.iter().zip(&rails).map(|(bus, rails)| height(bus, rails)).collect();
        Frame { left, width, bands, side, rails }
    }

    /// Where the drawing of a band goes.
    fn corner(&self, band: usize) -> [f64; 2] {
        [self.left + PADDING, self.bands[band].0 + PADDING]
    }
}

/// The bands with what lies in each.
fn assemble(road: &Road, sheets: &[Sheet], frame: &Frame) -> RoadDrawing {
    let mut drawing = Drawing {
        nodes: vec![Rect::default(); road.graph.nodes.len()],
        forks: vec![Rect::default(); road.graph.forks.len()],
        ..Drawing::default()
    };
    for (band, sheet) in sheets.iter().enumerate() {
        put(&mut drawing, sheet, frame.corner(band));
    }
    drawing.parents.sort_by_key(|route| (route.from, route.to));
    let rect = |&(y, height): &(f64, f64)| Rect { x: frame.left, y, width: frame.width, height };
    let bands: Vec<Rect> = frame.bands.iter().map(rect).collect();
    if let Some(last) = bands.last() {
        drawing.width = last.x + last.width + super::MARGIN;
        drawing.height = last.y + last.height + super::MARGIN;
    }
    RoadDrawing { drawing, bands }
}

/// Puts what a band holds where the band lies.
fn put(drawing: &mut Drawing, sheet: &Sheet, [dx, dy]: [f64; 2]) {
    let moved = |rect: &Rect| Rect { x: rect.x + dx, y: rect.y + dy, ..*rect };
    let line = |route: &Route| Route {
        from: sheet.share.nodes[route.from],
        to: sheet.share.nodes[route.to],
        ..mirror::mapped(route, |x| x + dx, |y| y + dy)
    };
    for (&node, rect) in sheet.share.nodes.iter().zip(&sheet.drawing.nodes) {
        drawing.nodes[node] = moved(rect);
    }
    for (&fork, rect) in sheet.share.forks.iter().zip(&sheet.drawing.forks) {
        drawing.forks[fork] = moved(rect);
    }
    drawing.edges.extend(sheet.drawing.edges.iter().map(line));
    drawing.parents.extend(sheet.drawing.parents.iter().map(line));
}
