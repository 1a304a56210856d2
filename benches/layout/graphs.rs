//! Graphs of the shapes that roadmaps have: made ones, the same at every run, and those of the example site.

use std::path::Path;

use roadbook::build::{self, Options};
use roadbook::drawing::{Edge, Graph, Node};
use roadbook::host::folder;

/// A graph and what to call it.
pub struct Named {
    /// What graph it is.
    pub name: String,
    /// The graph.
    pub graph: Graph,
}

/// How a graph is made.
struct Shape {
    name: &'static str,
    topics: usize,
    /// How many topics a level has on the average.
    width: usize,
    /// Prerequisites of a topic, on the average, in tenths.
    tenths: usize,
    /// How many levels back a prerequisite lies at most.
    reach: usize,
    /// How many topics of a hundred many others require.
    hubs: usize,
}

const fn shape(name: &'static str, topics: usize, width: usize, tenths: usize, reach: usize, hubs: usize) -> Shape {
    Shape { name, topics, width, tenths, reach, hubs }
}

#[rustfmt::skip]
const SHAPES: [Shape; 28] = [
    shape("stage", 25, 5, 12, 2, 0),
    shape("stage", 30, 6, 14, 2, 4),
    shape("stage", 42, 7, 12, 2, 0),
    shape("stage", 42, 9, 16, 3, 4),
    shape("stage, dense", 40, 6, 25, 2, 0),
    shape("stage, wide", 60, 15, 13, 2, 4),
    shape("roadmap", 80, 8, 14, 3, 2),
    shape("roadmap", 100, 10, 15, 4, 2),
    shape("roadmap", 120, 8, 16, 4, 2),
    shape("roadmap", 150, 10, 14, 3, 2),
    shape("roadmap", 180, 12, 15, 4, 1),
    shape("roadmap", 200, 10, 18, 3, 1),
    shape("roadmap", 250, 14, 15, 3, 1),
    shape("roadmap", 300, 15, 15, 3, 1),
    shape("roadmap", 341, 12, 16, 3, 1),
    shape("roadmap", 400, 16, 14, 3, 1),
    shape("dense", 100, 8, 26, 2, 1),
    shape("dense", 200, 10, 28, 2, 1),
    shape("dense", 400, 14, 30, 2, 1),
    shape("bushy: few prerequisites", 120, 20, 10, 2, 4),
    shape("bushy: few prerequisites", 300, 40, 10, 2, 2),
    shape("long reach", 100, 7, 15, 10, 2),
    shape("long reach", 200, 8, 15, 12, 2),
    shape("deep", 57, 1, 10, 1, 0),
    shape("deep", 85, 2, 13, 3, 0),
    shape("deep", 171, 3, 14, 3, 0),
    shape("deep", 228, 4, 14, 2, 1),
    shape("a thousand", 1_000, 20, 14, 3, 1),
];

/// All graphs, the smallest first within each kind.
pub fn all() -> Vec<Named> {
    let mut all: Vec<Named> = SHAPES.iter().enumerate().map(|(seed, shape)| made(shape, seed as u64)).collect();
    all.extend(example());
    all
}

/// A graph of one shape.
fn made(shape: &Shape, seed: u64) -> Named {
    let mut random = Random(seed);
    let mut level_of: Vec<usize> = Vec::with_capacity(shape.topics);
    let mut levels: Vec<Vec<usize>> = Vec::new();
    while level_of.len() < shape.topics {
        // From half as wide as the average to half as wide again.
        let width = shape.width.div_ceil(2) + random.below(shape.width.max(1));
        let first = level_of.len();
        let level = (first..shape.topics.min(first + width)).collect::<Vec<_>>();
        level_of.resize(first + level.len(), levels.len());
        levels.push(level);
    }
    let mut edges = Vec::new();
    for (topic, &level) in level_of.iter().enumerate().filter(|(_, level)| **level > 0) {
        let count = shape.tenths / 10 + usize::from(random.below(10) < shape.tenths % 10);
        for nth in 0..count.max(1) {
            edges.push(Edge { from: random.before(shape, &levels, topic, level, nth), to: topic });
        }
    }
    let nodes = (0..shape.topics).map(|_| node(54.0 + 18.0 * (random.below(4) / 3) as f64)).collect();
    let name = format!("{} {}", shape.name, shape.topics);
    Named { name, graph: Graph { nodes, edges, forks: Vec::new() } }
}

/// A box as the maps of stages have them.
fn node(height: f64) -> Node {
    Node { width: 224.0, height, ..Node::default() }
}

/// Steele, Lea & Flood (2014): SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }

    /// A prerequisite: the first comes from the level before, and most from the same corner of the roadmap:
    /// topics of one subject require each other. Some are hubs.
    fn before(&mut self, shape: &Shape, levels: &[Vec<usize>], topic: usize, level: usize, nth: usize) -> usize {
        if self.below(100) < shape.hubs * 4 {
            let hubs = (shape.topics * shape.hubs / 100).max(1);
            let hub = self.below(hubs) * levels[..level].concat().len() / hubs;
            return hub;
        }
        let back = if nth == 0 { 1 } else { 1 + self.below(shape.reach) };
        let from = &levels[level.saturating_sub(back)];
        let own = &levels[level];
        let corner = (topic - own[0]) * from.len() / own.len();
        let spread = (from.len() / 4).max(2);
        let place = (corner + self.below(2 * spread + 1)).saturating_sub(spread);
        from[place.min(from.len() - 1)]
    }
}

/// The larger stages of the example site, and its roadmaps as one graph each.
fn example() -> Vec<Named> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Ok(folder) = folder::read(root) else { return Vec::new() };
    let site = build::compile(folder, &Options::default()).site;
    let mut all = Vec::new();
    for (roadmap, plan) in site.roadmaps.roadmaps.iter().zip(site.plans.iter()) {
        let orders = plan.stages.iter().map(|stage| &stage.order);
        let stages = roadmap.stages.iter().zip(orders).filter(|(_, order)| order.len() >= 25);
        let stages = stages.map(|(stage, order)| (format!("{}/{}", roadmap.id, stage.id), order));
        for (name, order) in stages.chain([(roadmap.id.clone(), &plan.order)]) {
            let local = |ix| order.iter().position(|other| *other == ix);
            let ends = plan.edges.iter().filter_map(|(from, to)| Some((local(*from)?, local(*to)?)));
            let edges = ends.map(|(from, to)| Edge { from, to }).collect();
            let nodes = vec![node(54.0); order.len()];
            all.push(Named { name, graph: Graph { nodes, edges, forks: Vec::new() } });
        }
    }
    all
}
