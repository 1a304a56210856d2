//! The drawing of a roadmap as numbers, format 1: in CSS pixels, y downwards, the same as on its poster.

use serde::Serialize;

use super::Number;
use crate::drawing::{Rect, Route};
use crate::roadmap::PlacementIx;
use crate::site::Site;
use crate::site::view::poster::whole;

#[derive(Serialize)]
struct GraphData<'a> {
    format: u32,
    width: Number,
    height: Number,
    nodes: Vec<BoxData<'a>>,
    edges: Vec<EdgeData<'a>>,
    stages: Vec<BoxData<'a>>,
}

#[derive(Serialize)]
struct BoxData<'a> {
    id: &'a str,
    x: Number,
    y: Number,
    width: Number,
    height: Number,
}

#[derive(Serialize)]
struct EdgeData<'a> {
    from: &'a str,
    to: &'a str,
    points: Vec<[Number; 2]>,
}

/// The data of one roadmap's drawing.
pub fn render(site: &Site, at: usize) -> String {
    let roadmap = &site.roadmaps.roadmaps[at];
    let whole = whole(site, at);
    let id = |ix: PlacementIx| site.roadmaps.topic(roadmap.placement(ix).topic).id.as_str();
    let edge = |route: &Route| EdgeData {
        from: id(whole.order[route.from]),
        to: id(whole.order[route.to]),
        points: route.points.iter().map(|point| point.map(Number)).collect(),
    };
    let drawing = &whole.drawing.drawing;
    let data = GraphData {
        format: 1,
        width: Number(drawing.width),
        height: Number(drawing.height),
        nodes: whole.order.iter().zip(&drawing.nodes).map(|(ix, rect)| place(id(*ix), rect)).collect(),
        edges: drawing.edges.iter().map(edge).collect(),
        stages: roadmap.stages.iter().zip(&whole.drawing.bands).map(|(stage, rect)| place(&stage.id, rect)).collect(),
    };
    let mut text = serde_json::to_string(&data).expect("plain data always serialises");
    text.push('\n');
    text
}

fn place<'a>(id: &'a str, rect: &Rect) -> BoxData<'a> {
    let Rect { x, y, width, height } = *rect;
    BoxData { id, x: Number(x), y: Number(y), width: Number(width), height: Number(height) }
}
