//! Lays out graphs of real shape and compares the drawings with those of Graphviz' `dot`;
//! `benches/README.md` says how, and what came out.

mod dot;
mod graphs;
mod measure;
mod table;

use measure::Measures;
use roadbook::drawing;
use table::Row;

fn main() {
    if !dot::is_installed() {
        println!("`dot` cannot be run: install Graphviz to compare with it");
        return;
    }
    let rows: Vec<Row> = graphs::all().into_iter().map(|named| compare(&named)).collect();
    print!("{}", table::print(&rows));
}

fn compare(named: &graphs::Named) -> Row {
    let start = std::time::Instant::now();
    let drawing = drawing::layout(&named.graph);
    let millis = start.elapsed().as_secs_f64() * 1000.0;
    let edges: Vec<(usize, usize)> =
        drawing.edges.iter().chain(&drawing.parents).map(|route| (route.from, route.to)).collect();
    let lines: Vec<&[[f64; 2]]> =
        drawing.edges.iter().chain(&drawing.parents).map(|route| route.points.as_slice()).collect();
    let ours = Measures::new(&edges, &lines, [drawing.width, drawing.height]);
    let theirs = |gaps| {
        let sheet = dot::layout(&named.graph, &edges, gaps);
        let lines: Vec<&[[f64; 2]]> = sheet.lines.iter().map(Vec::as_slice).collect();
        Measures::new(&edges, &lines, sheet.size)
    };
    Row {
        name: named.name.clone(),
        nodes: named.graph.nodes.len(),
        edges: edges.len(),
        millis,
        ours,
        dot: theirs(dot::OUR_GAPS),
        dot_default: theirs(dot::DEFAULT_GAPS),
    }
}
