//! Draws what leads from band to band.
//!
//! In: the edges between bands, and where bands lie. Out: routes. All lines from one box share their way
//! until they part, like a bus: down beside its column, along the gutter below, down the side, along the
//! gutter above each band that they enter. It refuses to save a corner: a line is clear of boxes because
//! it keeps to corridors, gutters and the side.

use std::collections::BTreeMap;

use super::super::pen::Pen;
use super::super::route::rounded;
use super::super::{Rect, Route};
use super::band::Sheet;
use super::share::Between;
use super::{CLEARANCE, Frame, lanes};

/// The lines from one box to other bands.
pub(super) struct Bus {
    /// The box.
    source: usize,
    /// The band that it lies in.
    band: usize,
    /// The gutters that the lines run along, from above; the first lies below the box's own band.
    pub(super) gutters: Vec<Gutter>,
}

/// A gutter that a bus runs along.
pub(super) struct Gutter {
    /// The band below it.
    pub(super) at: usize,
    /// The boxes of that band that lines lead to.
    targets: Vec<usize>,
}

/// Gathers the edges by the box that they leave.
pub(super) fn buses(between: &[Between]) -> Vec<Bus> {
    let mut gathered: BTreeMap<(usize, usize), BTreeMap<usize, Vec<usize>>> = BTreeMap::new();
    for Between { edge, bands } in between {
        let gutters = gathered.entry((bands.0, edge.from)).or_default();
        gutters.entry(bands.0 + 1).or_default();
        gutters.entry(bands.1).or_default().push(edge.to);
    }
    let bus = |((band, source), gutters): ((usize, usize), BTreeMap<usize, Vec<usize>>)| {
        let gutters = gutters.into_iter().map(|(at, targets)| Gutter { at, targets }).collect();
        Bus { source, band, gutters }
    };
    gathered.into_iter().map(bus).collect()
}

/// The lane of each bus at the side, and how many lanes there are. One that ends below its own band needs
/// none and gets the first.
pub(super) fn sides(buses: &[Bus]) -> (Vec<usize>, usize) {
    let far: Vec<usize> = (0..buses.len()).filter(|&bus| buses[bus].gutters.len() > 1).collect();
    let stretch = |&bus: &usize| {
        let gutters = &buses[bus].gutters;
        (gutters[0].at as f64, gutters[gutters.len() - 1].at as f64)
    };
    let stretches: Vec<(f64, f64)> = far.iter().map(stretch).collect();
    let (lane, count) = lanes::assign(&stretches);
    let mut side = vec![0; buses.len()];
    far.iter().zip(lane).for_each(|(&bus, lane)| side[bus] = lane);
    (side, count)
}

/// For each bus its lane in each of its gutters, and how many lanes each gutter has.
pub(super) fn rails(
    buses: &[Bus],
    sheets: &[Sheet],
    places: &Places,
    side: &[f64],
    left: f64,
) -> (Vec<Vec<usize>>, Vec<usize>) {
    let mut stretches: Vec<Vec<(f64, f64)>> = vec![Vec::new(); sheets.len()];
    let mut owners: Vec<Vec<(usize, usize)>> = vec![Vec::new(); sheets.len()];
    for (at, bus) in buses.iter().enumerate() {
        for (nth, gutter) in bus.gutters.iter().enumerate() {
            let mut ends: Vec<f64> = bus.entries(gutter, sheets, places).map(|(x, _)| x + left).collect();
            if nth == 0 {
                ends.push(left + sheets[bus.band].exit(places.of(bus.source)));
            }
            if bus.gutters.len() > 1 {
                ends.push(side[at]);
            }
            let low = ends.iter().copied().fold(f64::INFINITY, f64::min);
            let high = ends.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            stretches[gutter.at].push((low, high + CLEARANCE));
            owners[gutter.at].push((at, nth));
        }
    }
    let mut rails: Vec<Vec<usize>> = buses.iter().map(|bus| vec![0; bus.gutters.len()]).collect();
    let mut counts = vec![0; sheets.len()];
    for (gutter, stretches) in stretches.iter().enumerate() {
        let (lane, count) = lanes::assign(stretches);
        counts[gutter] = count;
        owners[gutter].iter().zip(lane).for_each(|(&(bus, nth), lane)| rails[bus][nth] = lane);
    }
    (rails, counts)
}

/// The place of each box in its band.
pub(super) struct Places(Vec<usize>);

impl Places {
    /// Turns the bands' lists around.
    pub(super) fn new(count: usize, sheets: &[Sheet]) -> Self {
        let mut places = vec![0; count];
        for sheet in sheets {
            sheet.share.nodes.iter().enumerate().for_each(|(at, &node)| places[node] = at);
        }
        Places(places)
    }

    fn of(&self, node: usize) -> usize {
        self.0[node]
    }
}

impl Bus {
    /// Where the lines to the boxes below a gutter come down, and to which box.
    fn entries(&self, gutter: &Gutter, sheets: &[Sheet], places: &Places) -> impl Iterator<Item = (f64, usize)> {
        let sheet = &sheets[gutter.at];
        gutter.targets.iter().map(move |&target| (sheet.entry(self.source, places.of(target)), target))
    }

    /// The routes of all its lines.
    pub(super) fn routes(
        &self,
        frame: &Frame,
        at: usize,
        sheets: &[Sheet],
        places: &Places,
        nodes: &[Rect],
    ) -> Vec<Route> {
        let from = nodes[self.source];
        let start = [from.x + from.width, rounded(from.middle())];
        let left = frame.corner(self.band)[0];
        let exit = rounded(left + sheets[self.band].exit(places.of(self.source)));
        let rails: Vec<f64> = frame.rails[at].iter().map(|&y| rounded(y)).collect();
        let side = rounded(frame.side[at]);
        let mut routes = Vec::new();
        for (gutter, &rail) in self.gutters.iter().zip(&rails) {
            for (x, target) in self.entries(gutter, sheets, places) {
                let entry = rounded(left + x);
                let to = nodes[target];
                let end = [to.x, rounded(to.middle())];
                let mut corners = vec![[exit, start[1]], [exit, rails[0]]];
                if gutter.at > self.band + 1 {
                    corners.extend([[side, rails[0]], [side, rail]]);
                }
                corners.extend([[entry, rail], [entry, end[1]]]);
                let mut pen = Pen::at(start[0], start[1]);
                pen.square_to(&corners, end);
                routes.push(pen.finish(self.source, target));
            }
        }
        routes
    }
}
