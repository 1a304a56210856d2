//! [`Roadmaps`] → one [`Plan`] a roadmap: the order, the efforts, the timeline, the critical path.
//!
//! A plan knows no Markdown and no page. Everything in it follows from the resolved roadmaps alone; edges
//! that lie on a reported circle are left out, so that there is always an order.

mod critical;
mod effort;
mod lints;
mod order;
pub mod personal;
mod stages;
pub mod stats;
mod timeline;

pub use effort::{Cost, Interval};
pub use lints::lints;
pub use stages::derive;
pub use timeline::{Span as WeekSpan, day_after};

use crate::diagnostic::Diagnostics;
use crate::roadmap::{PlacementIx, Roadmap, Roadmaps};

/// What follows from a roadmap's prerequisites and efforts.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Every placement once, prerequisites first, stage by stage.
    pub order: Vec<PlacementIx>,
    /// One entry a stage, in the roadmap's order.
    pub stages: Vec<StagePlan>,
    /// `(before, after)`: every prerequisite that the order respects, sorted. Choices stand for all their
    /// options, alternatives are there as far as they come first.
    pub edges: Vec<(PlacementIx, PlacementIx)>,
    /// What each placement takes: its own effort or the sum of its sub-topics'; `None` is unknown.
    pub efforts: Vec<Option<Cost>>,
    /// The sum over all stages that are no bonus.
    pub total: Cost,
    /// The sum over bonus stages and optional placements.
    pub optional: Cost,
    /// The chain of prerequisites with the largest effort.
    pub critical_path: Vec<PlacementIx>,
}

impl Plan {
    /// Whether any stage has an effort that is known: without one there is no timeline and no calendar.
    pub fn has_times(&self) -> bool {
        self.stages.iter().any(|stage| stage.effort.known)
    }
}

/// What follows for one stage.
#[derive(Clone, Debug)]
pub struct StagePlan {
    /// Its placements in order.
    pub order: Vec<PlacementIx>,
    /// What it takes: the author's figure, or the sum of its parts.
    pub effort: Cost,
    /// What its optional placements take.
    pub optional: Cost,
    /// When it is done.
    pub weeks: WeekSpan,
}

/// Plans every roadmap and reports totals that their parts contradict.
pub fn plan(site: &Roadmaps, out: &mut Diagnostics) -> Vec<Plan> {
    site.roadmaps.iter().map(|roadmap| plan_one(site, roadmap, out)).collect()
}

fn plan_one(site: &Roadmaps, roadmap: &Roadmap, out: &mut Diagnostics) -> Plan {
    let ordered = order::order(site, roadmap);
    let reckoning = effort::reckon(site, roadmap, out);
    let weeks = timeline::timeline(roadmap, &reckoning.stages);
    let critical_path = critical::path(roadmap, &ordered.order, &ordered.edges, &reckoning.efforts);
    let stages = ordered.stages.into_iter().zip(reckoning.stages).zip(weeks);
    Plan {
        order: ordered.order,
        stages: stages
            .map(|((order, sums), weeks)| StagePlan { order, effort: sums.effort, optional: sums.optional, weeks })
            .collect(),
        edges: ordered.edges,
        efforts: reckoning.efforts,
        total: reckoning.total,
        optional: reckoning.optional,
        critical_path,
    }
}
