//! The figures of the example site against a count by hand: every way is walked, nothing is clever.

use std::collections::BTreeSet;
use std::path::Path;

use roadbook::build::{self, Options};
use roadbook::export::stats::{Sheet, json};
use roadbook::host::folder;
use roadbook::plan::Plan;
use serde_json::Value;

/// The places behind one, by following every prerequisite.
fn behind(plan: &Plan, start: usize) -> BTreeSet<usize> {
    let (mut seen, mut stack) = (BTreeSet::new(), vec![start]);
    while let Some(at) = stack.pop() {
        let next = plan.edges.iter().filter(|(from, _)| from.0 == at).map(|(_, to)| to.0);
        stack.extend(next.filter(|to| seen.insert(*to)));
    }
    seen
}

/// How many topics the longest chain that ends at a place has.
fn depth(plan: &Plan, at: usize) -> usize {
    let before = plan.edges.iter().filter(|(_, to)| to.0 == at).map(|(from, _)| from.0);
    1 + before.map(|from| depth(plan, from)).max().unwrap_or(0)
}

#[test]
fn figures_are_what_a_count_by_hand_finds() {
    let read = folder::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let site = build::compile(read, &Options::default()).site;
    let sheets: Vec<Sheet> = (0..site.roadmaps.roadmaps.len()).map(|at| Sheet::new(&site, at)).collect();
    let data: Value = serde_json::from_str(&json::render(&sheets)).unwrap();
    assert!(sheets.len() > 5);
    for (at, (roadmap, plan)) in site.roadmaps.roadmaps.iter().zip(site.plans.iter()).enumerate() {
        let figures = &data["roadmaps"][at];
        let id = |place: usize| site.roadmaps.topic(roadmap.placements[place].topic).id.as_str();
        let depths: Vec<usize> = (0..roadmap.placements.len()).map(|place| depth(plan, place)).collect();
        let deepest = *depths.iter().max().unwrap();
        assert_eq!((&figures["id"], &figures["depth"]), (&Value::from(roadmap.id.as_str()), &Value::from(deepest)));
        let by_depth: Vec<usize> = (1..=deepest).map(|n| depths.iter().filter(|depth| **depth == n).count()).collect();
        assert_eq!(figures["topics_by_depth"], Value::from(by_depth));
        let chain: Vec<&str> = figures["longest_chain"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert_eq!(chain.len(), deepest);
        for pair in chain.windows(2) {
            let is_edge = plan.edges.iter().any(|(from, to)| id(from.0) == pair[0] && id(to.0) == pair[1]);
            assert!(is_edge, "{pair:?}");
        }
        let mut needed = 0;
        for (place, _) in roadmap.placements.iter().enumerate() {
            let (all, direct) =
                (behind(plan, place).len(), plan.edges.iter().filter(|(from, _)| from.0 == place).count());
            let entry = figures["bottlenecks"].as_array().unwrap().iter().find(|entry| entry["id"] == id(place));
            let found = entry.map(|entry| (entry["all"].clone(), entry["direct"].clone()));
            assert_eq!(found, (all > 0).then(|| (Value::from(all), Value::from(direct))), "{}", id(place));
            needed += usize::from(all > 0);
        }
        let listed: Vec<u64> =
            figures["bottlenecks"].as_array().unwrap().iter().filter_map(|entry| entry["all"].as_u64()).collect();
        assert!(listed.len() == needed && listed.is_sorted_by(|a, b| a >= b), "most needed first: {listed:?}");
        assert_eq!(figures["efforts"]["known"], plan.efforts.iter().flatten().count());
        assert_eq!(figures["topics"], roadmap.placements.len());
    }
}
