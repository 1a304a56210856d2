//! `/roadmaps.json`: the roadmaps of the site and where they are, format 1.

use serde::Serialize;

use super::number::EffortData;
use crate::site::Site;
use crate::urls::path;

#[derive(Serialize)]
struct List<'a> {
    format: u32,
    title: &'a str,
    roadmaps: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    title: &'a str,
    summary: Option<&'a str>,
    url: String,
    data: String,
    stages: usize,
    topics: usize,
    effort: EffortData,
}

/// The list, in the site's order.
pub fn render(site: &Site) -> String {
    let entries = site.roadmaps.roadmaps.iter().zip(site.plans.iter()).map(|(roadmap, plan)| Entry {
        id: &roadmap.id,
        title: site.title(roadmap.document),
        summary: site.documents[roadmap.document.0].summary(),
        url: path::roadmap(&roadmap.id),
        data: format!("{}roadmap.json", path::roadmap(&roadmap.id)),
        stages: roadmap.stages.len(),
        topics: roadmap.placements.len(),
        effort: EffortData::new(&plan.total, roadmap.hours_per_week),
    });
    let list = List { format: 1, title: &site.config.title, roadmaps: entries.collect() };
    let mut text = serde_json::to_string(&list).expect("plain data always serialises");
    text.push('\n');
    text
}
