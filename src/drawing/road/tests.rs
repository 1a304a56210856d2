//! Properties of the drawing of a roadmap that hold for every graph and every division into bands.

use proptest::prelude::*;

use super::super::tests::{boxes, boxes_apart, edges, graphs, lines_clear};
use super::super::{Edge, Rect, Route, route, transitive_reduction};
use super::{Band, Road, RoadDrawing, layout_road};

/// Graphs cut into bands, in the order of their boxes or not.
fn roads() -> impl Strategy<Value = Road> {
    (graphs(), 1usize..7, any::<bool>(), 0.0..300.0f64).prop_map(|(graph, count, sorted, aside)| {
        let nodes = graph.nodes.len();
        let band = |node: usize| if sorted { node * count / nodes } else { node * 7 % count };
        let list = |at: usize| (0..nodes).filter(|&node| band(node) == at).collect();
        let bands = (0..count).map(|at| Band { nodes: list(at), height: 40.0 }).collect();
        Road { graph, bands, aside }
    })
}

fn holds(outer: &Rect, inner: &Rect) -> bool {
    outer.x <= inner.x
        && outer.y <= inner.y
        && inner.x + inner.width <= outer.x + outer.width
        && inner.y + inner.height <= outer.y + outer.height
}

fn bands_hold_their_boxes(road: &Road, whole: &RoadDrawing) {
    for (band, rect) in road.bands.iter().zip(&whole.bands) {
        for &node in &band.nodes {
            assert!(holds(rect, &whole.drawing.nodes[node]), "{rect:?} {:?}", whole.drawing.nodes[node]);
        }
    }
    for (at, rect) in whole.bands.iter().enumerate() {
        assert!(rect.x >= road.aside, "{rect:?} leaves {} free", road.aside);
        assert!(rect.x + rect.width <= whole.drawing.width && rect.y + rect.height <= whole.drawing.height);
        assert!(whole.bands[at + 1..].iter().all(|other| other.y >= rect.y + rect.height), "{:?}", whole.bands);
    }
}

fn lines_inside(whole: &RoadDrawing) {
    for [x, y] in whole.drawing.edges.iter().flat_map(|route| &route.points) {
        assert!(*x >= 0.0 && *y >= 0.0 && *x <= whole.drawing.width && *y <= whole.drawing.height, "{x} {y}");
    }
}

/// A line leaves its box half way down at the right, and enters the other half way down at the left.
fn ends_meet(route: &Route, nodes: &[Rect]) {
    let (from, to) = (nodes[route.from], nodes[route.to]);
    let start = [route::rounded(from.x + from.width), route::rounded(from.middle())];
    assert_eq!(route.points.first(), Some(&start));
    assert_eq!(route.points.last(), Some(&[to.x, route::rounded(to.middle())]));
}

/// The edges that are drawn: those that do not lead back, reduced.
fn drawn(road: &Road) -> Vec<Edge> {
    let band = |node: usize| road.bands.iter().position(|band| band.nodes.contains(&node));
    let mut edges = road.graph.edges.clone();
    edges.retain(|edge| band(edge.from) <= band(edge.to));
    let mut edges = transitive_reduction(road.graph.nodes.len(), &edges);
    edges.sort();
    edges
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn every_roadmap_has_a_clear_drawing(road in roads()) {
        let whole = layout_road(&road);
        boxes_apart(&whole.drawing);
        lines_clear(&whole.drawing);
        lines_inside(&whole);
        bands_hold_their_boxes(&road, &whole);
        whole.drawing.edges.iter().for_each(|route| ends_meet(route, &whole.drawing.nodes));
        let lines: Vec<Edge> = whole.drawing.edges.iter().map(|line| Edge { from: line.from, to: line.to }).collect();
        prop_assert_eq!(lines, drawn(&road));
        prop_assert_eq!(&whole, &layout_road(&road));
    }
}

#[test]
fn nothing_gives_nothing() {
    assert_eq!(layout_road(&Road::default()), RoadDrawing::default());
}

#[test]
fn what_comes_later_stands_lower() {
    let graph = super::Graph { nodes: boxes(3), edges: edges(&[(0, 1), (1, 2), (0, 2)]), ..super::Graph::default() };
    let bands = (0..3).map(|node| Band { nodes: vec![node], height: 0.0 }).collect();
    let whole = layout_road(&Road { graph, bands, aside: 0.0 });
    let tops: Vec<f64> = whole.drawing.nodes.iter().map(|rect| rect.y).collect();
    assert!(tops[0] < tops[1] && tops[1] < tops[2]);
    assert_eq!(whole.drawing.edges.len(), 2);
}

#[test]
fn ten_thousand_boxes_are_no_trouble() {
    let count = 10_000;
    let pairs: Vec<_> = (1..count).map(|at| (at / 2, at)).collect();
    let graph = super::Graph { nodes: boxes(count), edges: edges(&pairs), ..super::Graph::default() };
    let list = |at: usize| (at * 20..(at + 1) * 20).collect();
    let bands = (0..count / 20).map(|at| Band { nodes: list(at), height: 0.0 }).collect();
    assert_eq!(layout_road(&Road { graph, bands, aside: 200.0 }).drawing.edges.len(), count - 1);
}
