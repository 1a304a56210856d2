//! The stages of a flat roadmap, from its prerequisites: stage *n* holds the topics whose longest chain of
//! prerequisites has *n* − 1 edges.

use super::order;
use crate::roadmap::{PlacementIx, Roadmap, Roadmaps, Stage};

/// Gives every flat roadmap its stages; roadmaps with stages of their own stay as they are.
pub fn derive(mut site: Roadmaps) -> Roadmaps {
    let staged: Vec<Roadmap> = site
        .roadmaps
        .iter()
        .map(|roadmap| if roadmap.flat { split(&site, roadmap) } else { roadmap.clone() })
        .collect();
    site.roadmaps = staged;
    site
}

fn split(site: &Roadmaps, roadmap: &Roadmap) -> Roadmap {
    let ordered = order::order(site, roadmap);
    let mut depth = vec![0_usize; roadmap.placements.len()];
    let mut before: Vec<Vec<PlacementIx>> = vec![Vec::new(); roadmap.placements.len()];
    for (from, to) in &ordered.edges {
        before[to.0].push(*from);
    }
    for ix in &ordered.order {
        depth[ix.0] = before[ix.0].iter().map(|from| depth[from.0] + 1).max().unwrap_or(0);
    }
    let Some(template) = roadmap.stages.first() else { return roadmap.clone() };
    // Its placements are all there are: not to be copied for each of as many stages.
    let template = Stage { placements: Vec::new(), ..template.clone() };
    let count = depth.iter().max().map_or(0, |deepest| deepest + 1);
    let mut result = roadmap.clone();
    result.stages = (1..=count)
        .map(|n| Stage { id: format!("stage-{n}"), title: format!("Stage {n}"), ..template.clone() })
        .collect();
    for (at, stage) in depth.iter().enumerate() {
        result.placements[at].stage = *stage;
        result.stages[*stage].placements.push(PlacementIx(at));
        // A sub-topic hangs on its parent only where both stand in one stage.
        let parent = roadmap.placements[at].part_of;
        result.placements[at].part_of = parent.filter(|parent| depth[parent.0] == *stage);
    }
    result
}
