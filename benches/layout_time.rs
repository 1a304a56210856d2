//! Times the layout alone; `benches/README.md` says what each figure means.

use divan::{Bencher, black_box};
use roadbook::drawing::road::{Band, Road, layout_road};
use roadbook::drawing::{Edge, Graph, Node, layout};

const SIZES: [usize; 3] = [100, 1_000, 10_000];
const LEVEL: usize = 20;

fn main() {
    divan::main();
}

/// Boxes in levels of twenty, each with some prerequisites a level or three before it, wherever they lie:
/// worse than roadmaps are, whose topics mostly ask for their neighbours.
fn graph(topics: usize, prerequisites: usize) -> Graph {
    let node = Node { width: 224.0, height: 54.0, ..Node::default() };
    let mut state = 1u64;
    let mut below = |bound: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % bound
    };
    let mut edges = Vec::new();
    for to in LEVEL..topics {
        for _ in 0..prerequisites {
            let back = (1 + below(3)).min(to / LEVEL);
            edges.push(Edge { from: (to / LEVEL - back) * LEVEL + below(LEVEL), to });
        }
    }
    Graph { nodes: vec![node; topics], edges, forks: Vec::new() }
}

/// What is required by one topic each.
#[divan::bench(args = SIZES, sample_count = 10)]
fn trees(bencher: Bencher, topics: usize) {
    let graph = graph(topics, 1);
    bencher.bench(|| layout(black_box(&graph)));
}

/// Two prerequisites each, at random.
#[divan::bench(args = SIZES, sample_count = 10)]
fn tangle(bencher: Bencher, topics: usize) {
    let graph = graph(topics, 2);
    bencher.bench(|| layout(black_box(&graph)));
}

/// The same in stages of twenty: a poster.
#[divan::bench(args = SIZES, sample_count = 10)]
fn road(bencher: Bencher, topics: usize) {
    let stage = |at: usize| Band { nodes: (at * LEVEL..((at + 1) * LEVEL).min(topics)).collect(), height: 60.0 };
    let bands = (0..topics.div_ceil(LEVEL)).map(stage).collect();
    let road = Road { graph: graph(topics, 2), bands, aside: 236.0 };
    bencher.bench(|| layout_road(black_box(&road)));
}
