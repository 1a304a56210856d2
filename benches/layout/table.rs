//! The comparison as text.

use std::fmt::Write;

use super::measure::Measures;

/// One graph, drawn by both.
pub struct Row {
    /// What graph it is.
    pub name: String,
    /// How many boxes it has.
    pub nodes: usize,
    /// How many lines are drawn.
    pub edges: usize,
    /// How long our layout took.
    pub millis: f64,
    /// Our drawing.
    pub ours: Measures,
    /// The drawing of `dot` with our gaps.
    pub dot: Measures,
    /// The drawing of `dot` with its own gaps.
    pub dot_default: Measures,
}

/// Ratios of crossings, length and area.
fn ratios(ours: &Measures, dot: &Measures) -> [f64; 3] {
    // One more on both sides, so that none against none is 1 and few against few is not infinite.
    let crossings = (ours.crossings + 1) as f64 / (dot.crossings + 1) as f64;
    [crossings, ours.length / dot.length, ours.area / dot.area]
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    if values.len() % 2 == 1 { values[half] } else { f64::midpoint(values[half - 1], values[half]) }
}

/// The table and the medians of the ratios.
pub fn print(rows: &[Row]) -> String {
    let mut text = format!(
        "{:<34} {:>5} {:>5} {:>7} | {:>6} {:>6} {:>6} | {:>6} {:>6}\n",
        "graph", "boxes", "lines", "ms", "cross", "dot", "ratio", "length", "area"
    );
    for row in rows {
        let [crossings, length, area] = ratios(&row.ours, &row.dot);
        writeln!(
            text,
            "{:<34} {:>5} {:>5} {:>7.2} | {:>6} {:>6} {crossings:>6.2} | {length:>6.2} {area:>6.2}",
            row.name, row.nodes, row.edges, row.millis, row.ours.crossings, row.dot.crossings
        )
        .unwrap();
    }
    for (title, dot) in [
        ("gaps as ours", (|row: &Row| row.dot) as fn(&Row) -> Measures),
        ("gaps of Graphviz", |row: &Row| row.dot_default),
    ] {
        let all: Vec<[f64; 3]> = rows.iter().map(|row| ratios(&row.ours, &dot(row))).collect();
        let [crossings, length, area] = [0, 1, 2].map(|which| median(all.iter().map(|r| r[which]).collect()));
        writeln!(
            text,
            "median of {} ratios, ours to dot, {title}: crossings {crossings:.2}, length {length:.2}, area {area:.2}",
            rows.len()
        )
        .unwrap();
    }
    text
}
