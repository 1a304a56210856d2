//! A roadmap as a drawing of letters, for terminals: a line a topic in the order of the roadmap, in each stage the
//! prerequisites as lines from above, and what comes from earlier stages in words.

mod lanes;

use std::collections::BTreeMap;

use crate::document::matter::Level;
use crate::drawing::{Edge, transitive_reduction};
use crate::export::columns::{one_line, wrap_behind};
use crate::roadmap::{PlacementIx, Roadmap};
use crate::site::Site;
use lanes::{Row, rows};

/// Wider than this, lines say less than words: then the prerequisites of the stage are named.
const MOST_LANES: usize = 16;

/// The drawing of one roadmap.
pub fn render(site: &Site, at: usize) -> String {
    let roadmap = &site.roadmaps.roadmaps[at];
    let mut text = format!("{}\n", one_line(site.title(roadmap.document)));
    let mut has_marks = [false; 3];
    for (number, stage) in roadmap.stages.iter().enumerate() {
        text.push_str(&format!("\n{}. {}\n", number + 1, one_line(&stage.title)));
        let order = &site.plans[at].stages[number].order;
        let before = within(site, at, order);
        let rows = rows(&before).filter(|rows| rows.iter().all(|row| row.lanes.len() <= MOST_LANES));
        for (place, ix) in order.iter().enumerate() {
            let (mark, kind) = mark(roadmap, site, at, *ix);
            has_marks[kind] = true;
            let lines = rows.as_ref().map_or_else(|| Row::alone(mark), |rows| rows[place].text(mark));
            let mut needs: Vec<PlacementIx> = site.index.roads[at].earlier[ix.0].clone();
            if rows.is_none() {
                needs.extend(before[place].iter().map(|place| order[*place]));
            }
            text.push_str(&topic(site, roadmap, *ix, &lines, &needs));
        }
    }
    text.push_str(&legend(has_marks));
    text
}

/// By topic of a stage: its prerequisites in the stage that no others imply, by their places in the order.
fn within(site: &Site, at: usize, order: &[PlacementIx]) -> Vec<Vec<usize>> {
    let places: BTreeMap<PlacementIx, usize> = order.iter().enumerate().map(|(place, ix)| (*ix, place)).collect();
    let before = &site.index.roads[at].before;
    let edges: Vec<Edge> = order
        .iter()
        .enumerate()
        .flat_map(|(to, ix)| before[ix.0].iter().filter_map(|from| places.get(from)).map(move |from| (*from, to)))
        .map(|(from, to)| Edge { from, to })
        .collect();
    let mut list = vec![Vec::new(); order.len()];
    for Edge { from, to } in transitive_reduction(order.len(), &edges) {
        list[to].push(from);
    }
    list
}

/// `●` is needed, `◇` is one of a choice's options, `○` is optional.
fn mark(roadmap: &Roadmap, site: &Site, at: usize, ix: PlacementIx) -> (char, usize) {
    let placement = roadmap.placement(ix);
    match placement.level {
        _ if site.index.roads[at].choices.contains_key(&ix) => ('◇', 1),
        Level::Optional => ('○', 2),
        Level::Essential | Level::Recommended => ('●', 0),
    }
}

fn topic(site: &Site, roadmap: &Roadmap, ix: PlacementIx, lines: &str, needs: &[PlacementIx]) -> String {
    let title = |ix: PlacementIx| one_line(site.topic_title(roadmap.placement(ix).topic));
    let mut words = title(ix);
    if !needs.is_empty() {
        let names: Vec<String> = needs.iter().map(|need| title(*need)).collect();
        words.push_str(&format!("  ← {}", names.join(", ")));
    }
    wrap_behind(lines, &words)
}

fn legend(has: [bool; 3]) -> String {
    let words = ["● needed", "◇ one of a choice", "○ optional"];
    let shown: Vec<&str> = words.into_iter().zip(has).filter(|(_, has)| *has).map(|(word, _)| word).collect();
    match shown.is_empty() {
        true => String::new(),
        false => format!("\n{}  ← comes after topics of earlier stages\n", shown.join("  ")),
    }
}
