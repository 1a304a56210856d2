//! Times the layout alone; `benches/README.md` says what each figure means.

use divan::{Bencher, black_box};
use roadbook::drawing::{Edge, Graph, Node, layout};

fn main() {
    divan::main();
}

/// Prerequisites near and far, like the sites of the benchmark `pipeline`: one component with long lines.
fn graph(topics: usize) -> Graph {
    let node = Node { width: 224.0, height: 54.0, ..Node::default() };
    let before = |to: usize| [to.saturating_sub(5 + to % 13), to.saturating_sub(3 + to % 29)];
    let edges = (0..topics)
        .flat_map(|to| before(to).into_iter().filter(move |from| *from < to).map(move |from| Edge { from, to }));
    Graph { nodes: vec![node; topics], edges: edges.collect(), forks: Vec::new() }
}

#[divan::bench(args = [100, 1_000, 10_000], sample_count = 10)]
fn tangle(bencher: Bencher, topics: usize) {
    let graph = graph(topics);
    bencher.bench(|| layout(black_box(&graph)));
}
