//! The figures of roadmaps, for people and for programs.

pub mod json;
pub mod table;

use crate::plan::stats::Stats;
use crate::plan::{self, Plan};
use crate::roadmap::{PlacementIx, Roadmap};
use crate::site::Site;

/// One roadmap with its figures.
pub struct Sheet<'a> {
    site: &'a Site,
    roadmap: &'a Roadmap,
    plan: &'a Plan,
    stats: Stats,
}

impl<'a> Sheet<'a> {
    /// The figures of a roadmap, by its index in the site.
    pub fn new(site: &'a Site, roadmap: usize) -> Self {
        let (roadmap, plan) = (&site.roadmaps.roadmaps[roadmap], &site.plans[roadmap]);
        Sheet { site, roadmap, plan, stats: plan::stats::stats(roadmap, plan) }
    }

    fn title(&self) -> &'a str {
        self.site.title(self.roadmap.document)
    }

    fn topic_id(&self, placement: PlacementIx) -> &'a str {
        &self.site.roadmaps.topic(self.roadmap.placement(placement).topic).id
    }

    fn topic_title(&self, placement: PlacementIx) -> &'a str {
        self.site.topic_title(self.roadmap.placement(placement).topic)
    }

    fn stage_title(&self, placement: PlacementIx) -> &'a str {
        &self.roadmap.stages[self.roadmap.placement(placement).stage].title
    }
}
