//! The page of the reader's own plan. What it shows is reckoned in the browser, from the road as data.

use super::{About, Maker, words};
use crate::site::views::PlanPage;
use crate::urls::path;

impl Maker<'_> {
    pub(super) fn plan_page(&self, at: usize) -> PlanPage {
        let road = self.road(at);
        let roadmap = self.map_of(at);
        let page = self.page_view(About {
            kind: "plan",
            title: self.fill("plan_page", &[("road", &road.title)]),
            document: None,
            breadcrumbs: vec![self.link(road.title.clone(), &path::roadmap(&road.id))],
            subject: None,
        });
        PlanPage {
            site: self.site_view(&page),
            page,
            pace: words::pace(self.words(), roadmap),
            hours_per_week: roadmap.hours_per_week,
            timeline_url: self.href(&path::timeline(&road.id)),
            roadmap: road,
        }
    }
}
