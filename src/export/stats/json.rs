//! The figures as JSON, as the guide fixes it.

use serde::Serialize;

use super::Sheet;
use crate::export::{EffortData, Number};
use crate::roadmap::PlacementIx;

#[derive(Serialize)]
struct Data<'a> {
    format: u32,
    roadmaps: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    title: &'a str,
    stages: usize,
    topics: usize,
    levels: Levels,
    choices: usize,
    prerequisites: usize,
    hours_per_week: Number,
    effort: EffortData,
    optional_effort: EffortData,
    efforts: Efforts,
    depth: usize,
    topics_by_depth: &'a [usize],
    longest_chain: Vec<&'a str>,
    critical_path: Vec<&'a str>,
    bottlenecks: Vec<Bottleneck<'a>>,
}

#[derive(Serialize)]
struct Levels {
    essential: usize,
    recommended: usize,
    optional: usize,
}

#[derive(Serialize)]
struct Efforts {
    known: usize,
    unknown: usize,
}

#[derive(Serialize)]
struct Bottleneck<'a> {
    id: &'a str,
    direct: usize,
    all: usize,
}

/// The figures of roadmaps as pretty-printed JSON with a final newline.
pub fn render(sheets: &[Sheet]) -> String {
    let data = Data { format: 1, roadmaps: sheets.iter().map(entry).collect() };
    let mut text = serde_json::to_string_pretty(&data).expect("plain data always serialises");
    text.push('\n');
    text
}

fn entry<'a>(sheet: &'a Sheet) -> Entry<'a> {
    let (roadmap, plan, stats) = (sheet.roadmap, sheet.plan, &sheet.stats);
    let [essential, recommended, optional] = stats.levels;
    let ids = |list: &[PlacementIx]| list.iter().map(|ix| sheet.topic_id(*ix)).collect();
    let bottlenecks = stats.bottlenecks.iter();
    Entry {
        id: &roadmap.id,
        title: sheet.title(),
        stages: roadmap.stages.len(),
        topics: roadmap.placements.len(),
        levels: Levels { essential, recommended, optional },
        choices: roadmap.choices.len(),
        prerequisites: stats.prerequisites,
        hours_per_week: Number(roadmap.hours_per_week),
        effort: EffortData::new(&plan.total, roadmap.hours_per_week),
        optional_effort: EffortData::new(&plan.optional, roadmap.hours_per_week),
        efforts: Efforts { known: stats.known, unknown: stats.unknown },
        depth: stats.depths.len(),
        topics_by_depth: &stats.depths,
        longest_chain: ids(&stats.longest_chain),
        critical_path: ids(&plan.critical_path),
        bottlenecks: bottlenecks
            .map(|topic| Bottleneck { id: sheet.topic_id(topic.placement), direct: topic.direct, all: topic.all })
            .collect(),
    }
}
