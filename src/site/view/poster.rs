//! A whole roadmap as one picture: its drawing, headings of the stages at the left, title above, legend and
//! credits below.

use super::label::spaced;
use super::scene::Scene;
use super::{Maker, generator, words};
use crate::drawing::label;
use crate::drawing::road::{Band, Road, RoadDrawing, layout_road};
use crate::roadmap::PlacementIx;
use crate::site::Site;
use crate::site::views::{MapText, MapView, PosterPage, PosterStage};
use crate::urls::path;

/// Sizes in CSS pixels; the template draws with the same ones.
const ASIDE: f64 = 236.0;
const STATION: [f64; 2] = [16.0, 34.0];
const HEADING_LEFT: f64 = 44.0;
const HEADING_WIDTH: f64 = 172.0;
const HEADING_SIZE: f64 = 15.5;
const HEADING_LINE: f64 = 20.0;
const HEADING_TOP: f64 = 39.5;
const DETAIL_LINE: f64 = 17.0;
const TITLE_SIZE: f64 = 30.0;
const TITLE_LINE: f64 = 37.0;
const BORDER: f64 = 28.0;
const LEAST_WIDTH: f64 = 760.0;
const FOOT: f64 = 78.0;

/// The drawing of a roadmap, and whose boxes it holds.
pub struct Whole<'a> {
    /// The topics, by box.
    pub order: &'a [PlacementIx],
    /// Where everything lies.
    pub drawing: RoadDrawing,
}

/// Draws a roadmap; its poster and its data show the same drawing.
pub fn whole(site: &Site, at: usize) -> Whole<'_> {
    let maker = Maker { site, from: path::HOME };
    let scene = maker.whole_scene(at);
    let order = &site.plans[at].order;
    Whole { order, drawing: layout_road(&maker.bands(at, &scene)) }
}

impl Maker<'_> {
    fn whole_scene(&self, at: usize) -> Scene<'_> {
        Scene::new(self, at, &self.site.plans[at].order, 0..self.map_of(at).stages.len())
    }

    /// The stages as bands.
    fn bands(&self, at: usize, scene: &Scene) -> Road {
        let band = |(stage, plan): (usize, &crate::plan::StagePlan)| Band {
            nodes: plan.order.iter().filter_map(|ix| scene.place(*ix)).collect(),
            height: HEADING_LINE * self.heading(at, stage).len() as f64 + 2.0 * DETAIL_LINE,
        };
        let bands = self.site.plans[at].stages.iter().enumerate().map(band).collect();
        Road { graph: scene.graph(), bands, aside: ASIDE }
    }

    /// The title of a stage, wrapped.
    fn heading(&self, at: usize, stage: usize) -> Vec<String> {
        let title = &self.map_of(at).stages[stage].title;
        spaced(title, label::wrap(title, HEADING_SIZE, HEADING_WIDTH, true))
    }

    pub(super) fn poster(&self, at: usize) -> PosterPage {
        let roadmap = self.map_of(at);
        let scene = self.whole_scene(at);
        let whole = layout_road(&self.bands(at, &scene));
        let road = self.road(at);
        let stages: Vec<PosterStage> =
            (0..roadmap.stages.len()).map(|stage| self.poster_stage(at, stage, &whole)).collect();
        let width = whole.drawing.width.max(LEAST_WIDTH);
        let title = spaced(&road.title, label::wrap(&road.title, TITLE_SIZE, width, true));
        let top = -(TITLE_LINE * title.len() as f64 + 58.0);
        let line =
            |(i, text): (usize, &String)| MapText { text: text.clone(), x: 0.0, y: top + TITLE_LINE * (i + 1) as f64 };
        let subtitle = self.totals(at);
        let mut nodes = scene.nodes(&whole.drawing);
        for (node, ix) in nodes.iter_mut().zip(scene.order) {
            let topic = &self.site.roadmaps.topic(roadmap.placement(*ix).topic).id;
            node.url = self.outside(&path::topic(topic));
        }
        PosterPage {
            language: self.site.config.language.clone(),
            line: road.line,
            lines: title.iter().enumerate().map(line).collect(),
            title: road.title,
            url: self.outside(&path::roadmap(&roadmap.id)),
            track: track(&stages),
            x: -BORDER,
            y: top - BORDER,
            width: width + 2.0 * BORDER,
            height: whole.drawing.height + FOOT + BORDER - (top - BORDER),
            map: MapView {
                width: whole.drawing.width,
                height: whole.drawing.height,
                label: self.fill("map_of_road", &[("totals", &subtitle)]),
                edges: self.lines(at, &scene, &whole),
                parents: scene.parents(&whole.drawing),
                forks: scene.forks(&whole.drawing),
                stubs: Vec::new(),
                nodes,
            },
            subtitle,
            stages,
            legend: self.legend(at, 0..roadmap.stages.len()),
            site_title: self.site.config.title.clone(),
            site_url: self.outside(path::HOME),
            generator: generator(),
        }
    }

    /// A link from a picture that may be anywhere: absolute if that is known.
    fn outside(&self, to: &str) -> String {
        let canonical = if self.site.urls.offline { None } else { self.site.urls.canonical(to) };
        canonical.unwrap_or_else(|| self.href(to))
    }

    /// `9 stages · 102 topics · 29–42 weeks`
    fn totals(&self, at: usize) -> String {
        let facts = self.facts(at);
        let effort = facts.claimed.map_or(facts.effort.text, |claimed| claimed.text);
        let parts = [
            words::some(self.words(), "n_stages", self.map_of(at).stages.len()),
            words::topics(self.words(), facts.topics),
            effort,
        ];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// Lines between stages are of a kind of their own: `far`.
    fn lines(&self, at: usize, scene: &Scene, whole: &RoadDrawing) -> Vec<crate::site::views::MapPath> {
        let stage = |node: usize| self.map_of(at).placement(scene.order[node]).stage;
        let mut lines = scene.edges(&whole.drawing);
        for (line, route) in lines.iter_mut().zip(&whole.drawing.edges) {
            if stage(route.from) != stage(route.to) {
                line.kind.push_str(" far");
            }
        }
        lines
    }

    fn poster_stage(&self, at: usize, stage: usize, whole: &RoadDrawing) -> PosterStage {
        let own = self.stage_ref(at, stage);
        let rect = whole.bands[stage];
        let heading = self.heading(at, stage);
        let line = |(i, text): (usize, &String)| MapText {
            text: text.clone(),
            x: HEADING_LEFT,
            y: rect.y + HEADING_TOP + HEADING_LINE * i as f64,
        };
        let roadmap = self.map_of(at);
        let topics = words::topics(self.words(), roadmap.stages[stage].placements.len());
        let parts = [self.stage_effort(at, stage).text, topics];
        let detail = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        let below = rect.y + HEADING_TOP + HEADING_LINE * heading.len() as f64;
        PosterStage {
            x: rect.x,
            y: rect.y,
            width: rect.width,
            height: rect.height,
            station_x: STATION[0],
            station_y: rect.y + STATION[1],
            lines: heading.iter().enumerate().map(line).collect(),
            detail: (!detail.is_empty()).then_some(MapText { text: detail, x: HEADING_LEFT, y: below }),
            title: own.title,
            url: self.outside(&path::stage(&roadmap.id, &roadmap.stages[stage].id)),
            label: if own.label.chars().count() <= 3 { own.label } else { String::new() },
            bonus: own.bonus,
        }
    }
}

/// The line through the stations.
fn track(stages: &[PosterStage]) -> String {
    match stages {
        [first, .., last] => format!("M{} {}V{}", first.station_x, first.station_y, last.station_y),
        _ => String::new(),
    }
}
