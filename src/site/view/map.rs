//! The map of a stage: its topics as a graph, laid out, with wrapped labels, and marks where prerequisites
//! come from earlier stages or lead to later ones.

use super::scene::Scene;
use super::{Maker, words};
use crate::drawing::{self, Rect};
use crate::roadmap::PlacementIx;
use crate::site::views::{MapNode, MapStub, MapView};

/// So many topics of other stages are named; of more, the number.
const NAMED: usize = 3;

impl Maker<'_> {
    /// `None` when the stage has no topic.
    pub(super) fn map(&self, at: usize, stage: usize) -> Option<MapView> {
        let order = &self.site.plans[at].stages[stage].order;
        if order.is_empty() {
            return None;
        }
        let scene = Scene::new(self, at, order, stage..stage + 1);
        let drawing = drawing::layout(&scene.graph());
        let title = &self.map_of(at).stages[stage].title;
        let mut nodes = scene.nodes(&drawing);
        let mut stubs = Vec::new();
        for ((ix, rect), node) in order.iter().zip(&drawing.nodes).zip(&mut nodes) {
            stubs.extend(self.stubs(at, *ix, rect, node));
        }
        Some(MapView {
            width: drawing.width,
            height: drawing.height,
            label: self.fill("map_of", &[("stage", title), ("topics", &words::topics(self.words(), order.len()))]),
            edges: scene.edges(&drawing),
            parents: scene.parents(&drawing),
            forks: scene.forks(&drawing),
            stubs,
            nodes,
        })
    }

    /// Marks at the left edge for what comes from earlier stages, at the right for what leads to later ones.
    /// What they say, the box says too.
    fn stubs(&self, at: usize, ix: PlacementIx, rect: &Rect, node: &mut MapNode) -> Vec<MapStub> {
        let index = self.index_of(at);
        let y = rect.middle() - 4.0;
        let sides = [
            ("in", &index.earlier[ix.0], "map_earlier", rect.x + 3.5),
            ("out", &index.later[ix.0], "map_later", rect.x + rect.width - 7.5),
        ];
        let mut stubs = Vec::new();
        for (kind, others, phrase, x) in sides.into_iter().filter(|side| !side.1.is_empty()) {
            let label = self.fill(phrase, &[("what", &self.elsewhere(at, others))]);
            node.label.push_str(self.words().text("list_comma"));
            node.label.push_str(&label);
            stubs.push(MapStub { path: format!("M{x} {y}l4 4 -4 4"), kind: kind.into(), label });
        }
        stubs
    }

    /// `DNS, TLS`, `7 topics`
    fn elsewhere(&self, at: usize, others: &[PlacementIx]) -> String {
        if others.len() > NAMED {
            return words::topics(self.words(), others.len());
        }
        let title = |ix: &PlacementIx| self.site.topic_title(self.map_of(at).placement(*ix).topic);
        others.iter().map(title).collect::<Vec<_>>().join(self.words().text("list_comma"))
    }
}
