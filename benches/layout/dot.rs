//! Lets `dot` draw a graph, with the same boxes, the same direction and the same lines.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use roadbook::drawing::Graph;

/// Pixels to an inch: Graphviz thinks in points, 72 to an inch.
const INCH: f64 = 72.0;
/// Straight pieces that stand for one Bézier curve: as many as ours have.
const PIECES: usize = 12;

/// Between two boxes of a rank, and between two ranks, in pixels.
pub type Gaps = [f64; 2];

/// Those of our own layout.
pub const OUR_GAPS: Gaps = [14.0, 44.0];
/// Those of Graphviz.
pub const DEFAULT_GAPS: Gaps = [18.0, 36.0];

/// What `dot` drew, in pixels.
pub struct Sheet {
    /// Its width and height.
    pub size: [f64; 2],
    /// One polyline an edge, in the order of the edges.
    pub lines: Vec<Vec<[f64; 2]>>,
}

/// Whether `dot` answers.
pub fn is_installed() -> bool {
    let version = Command::new("dot").arg("-V").stdout(Stdio::null()).stderr(Stdio::null()).status();
    version.is_ok_and(|status| status.success())
}

/// Draws a graph. Choices and indentation are not asked of `dot`: it may do what is best for its lines.
pub fn layout(graph: &Graph, edges: &[(usize, usize)], gaps: Gaps) -> Sheet {
    let mut source = format!(
        "digraph {{ rankdir=LR nodesep={} ranksep={}\nnode [shape=box fixedsize=true label=\"\"]\nedge [arrowhead=none]\n",
        gaps[0] / INCH,
        gaps[1] / INCH
    );
    for (at, node) in graph.nodes.iter().enumerate() {
        writeln!(source, "n{at} [width={} height={}]", node.width / INCH, node.height / INCH).unwrap();
    }
    for (from, to) in edges {
        writeln!(source, "n{from} -> n{to}").unwrap();
    }
    source.push('}');
    read(&run(&source), edges)
}

fn run(source: &str) -> String {
    let mut dot = Command::new("dot")
        .args(["-Tplain", "-Gcharset=utf8"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("dot runs");
    let mut input = dot.stdin.take().expect("a pipe");
    input.write_all(source.as_bytes()).expect("dot reads");
    drop(input);
    String::from_utf8(dot.wait_with_output().expect("dot ends").stdout).expect("plain text")
}

/// Reads the format `plain`: `graph SCALE WIDTH HEIGHT`, and `edge FROM TO N X1 Y1 …` with the control points
/// of cubic Bézier curves.
fn read(plain: &str, edges: &[(usize, usize)]) -> Sheet {
    let place: BTreeMap<(usize, usize), usize> = edges.iter().enumerate().map(|(at, edge)| (*edge, at)).collect();
    let mut sheet = Sheet { size: [0.0; 2], lines: vec![Vec::new(); edges.len()] };
    for line in plain.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let number = |at: usize| words[at].parse::<f64>().expect("a number") * INCH;
        match words[0] {
            "graph" => sheet.size = [number(2), number(3)],
            "edge" => {
                let node = |at: usize| words[at][1..].parse::<usize>().expect("a node");
                let count: usize = words[3].parse().expect("a count");
                let points: Vec<[f64; 2]> = (0..count).map(|at| [number(4 + 2 * at), number(5 + 2 * at)]).collect();
                sheet.lines[place[&(node(1), node(2))]] = flatten(&points);
            }
            _ => {}
        }
    }
    sheet
}

fn flatten(control: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let mut points = vec![control[0]];
    for at in (0..control.len() - 1).step_by(3) {
        let [a, b, c, d] = [0, 1, 2, 3].map(|next| control[at + next]);
        for piece in 1..=PIECES {
            let t = piece as f64 / PIECES as f64;
            let s = 1.0 - t;
            let mix = |axis: usize| {
                s * s * s * a[axis] + 3.0 * s * s * t * b[axis] + 3.0 * s * t * t * c[axis] + t * t * t * d[axis]
            };
            points.push([mix(0), mix(1)]);
        }
    }
    points
}
