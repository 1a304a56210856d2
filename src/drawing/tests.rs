//! Properties of the layout that hold for every graph, and a few maps that should look a certain way.
//!
//! In: random small graphs, among them such with cycles and nonsense. What looks good is judged by eye,
//! not here.

use proptest::prelude::*;

use super::{Drawing, Edge, Fork, Graph, Node, Rect, Route};
use super::{label, layout, transitive_reduction};

fn node(width: f64, height: f64, parent: Option<usize>) -> Node {
    Node { width, height, parent, optional: false }
}

/// Boxes of the usual size, without parents.
pub(in crate::drawing) fn boxes(count: usize) -> Vec<Node> {
    vec![node(224.0, 54.0, None); count]
}

pub(in crate::drawing) fn edges(pairs: &[(usize, usize)]) -> Vec<Edge> {
    pairs.iter().map(|&(from, to)| Edge { from, to }).collect()
}

/// Graphs with edges, parents and disjoint choices in any number and direction.
pub(in crate::drawing) fn graphs() -> impl Strategy<Value = Graph> {
    (1usize..32).prop_flat_map(|count| {
        let size = (60.0..300.0f64, 20.0..90.0f64, prop::option::weighted(0.5, 0..count + 1));
        let edge = (0..count, 0..count).prop_map(|(from, to)| Edge { from, to });
        let fork = prop::option::weighted(0.3, 0usize..4);
        (
            prop::collection::vec(size, count),
            prop::collection::vec(edge, 0..count * 3 / 2),
            prop::collection::vec(fork, count),
            0.0..400.0f64,
            any::<bool>(),
        )
            .prop_map(move |(sizes, mut edges, choice, label_width, forwards)| {
                if forwards {
                    edges.retain(|edge| edge.from < edge.to);
                }
                let keep = |parent: &usize, at: usize| !forwards || *parent < at;
                let nodes = sizes
                    .into_iter()
                    .enumerate()
                    .map(|(at, (width, height, parent))| node(width, height, parent.filter(|parent| keep(parent, at))));
                let members = |fork| (0..count).filter(|&at| choice[at] == Some(fork)).collect();
                let forks = (0..4).map(|fork| Fork { members: members(fork), label_width });
                Graph { nodes: nodes.collect(), edges, forks: forks.collect() }
            })
    })
}

fn overlap(a: &Rect, b: &Rect) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

/// Whether a line comes into the inside of a rectangle, by small steps along its points.
fn runs_through(route: &Route, rect: &Rect) -> bool {
    let inside = |x: f64, y: f64| {
        x > rect.x + 0.6 && x < rect.x + rect.width - 0.6 && y > rect.y + 0.6 && y < rect.y + rect.height - 0.6
    };
    route.points.windows(2).any(|pair| {
        let [[x0, y0], [x1, y1]] = [pair[0], pair[1]];
        let steps = ((x1 - x0).abs().max((y1 - y0).abs()) / 4.0).ceil().max(1.0) as usize;
        (0..=steps).any(|step| {
            let t = step as f64 / steps as f64;
            inside(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t)
        })
    })
}

pub(in crate::drawing) fn boxes_apart(drawing: &Drawing) {
    for (at, rect) in drawing.nodes.iter().enumerate() {
        for (other, second) in drawing.nodes.iter().enumerate().skip(at + 1) {
            assert!(!overlap(rect, second), "boxes {at} and {other}: {rect:?} {second:?}");
        }
    }
}

pub(in crate::drawing) fn lines_clear(drawing: &Drawing) {
    for route in drawing.edges.iter().chain(&drawing.parents) {
        for (at, rect) in drawing.nodes.iter().enumerate() {
            assert!(!runs_through(route, rect), "{route:?} runs through box {at}: {rect:?}");
        }
    }
}

fn everything_inside(drawing: &Drawing) {
    let rects = drawing.nodes.iter().chain(drawing.forks.iter().filter(|fork| fork.width > 0.0));
    for rect in rects {
        assert!(rect.x >= 0.0 && rect.y >= 0.0, "{rect:?}");
        assert!(rect.x + rect.width <= drawing.width, "{rect:?} in {}", drawing.width);
        assert!(rect.y + rect.height <= drawing.height, "{rect:?} in {}", drawing.height);
    }
    for [x, y] in drawing.edges.iter().chain(&drawing.parents).flat_map(|route| &route.points) {
        assert!(*x >= 0.0 && *y >= 0.0 && *x <= drawing.width && *y <= drawing.height);
    }
}

/// Frames of choices whose members share a column hold no other box and touch no other such frame.
fn frames_own(graph: &Graph, drawing: &Drawing) {
    let column = |fork: &Fork| {
        let mut x = fork.members.iter().map(|&member| drawing.nodes[member].x);
        let first = x.next();
        first.is_some() && x.all(|x| Some(x) == first)
    };
    let framed: Vec<usize> = (0..graph.forks.len()).filter(|&at| column(&graph.forks[at])).collect();
    for &at in &framed {
        for (other, rect) in drawing.nodes.iter().enumerate() {
            let member = graph.forks[at].members.contains(&other);
            assert!(member || !overlap(&drawing.forks[at], rect), "frame {at} on box {other}");
        }
        for &other in framed.iter().filter(|&&other| other > at) {
            let apart = !overlap(&drawing.forks[at], &drawing.forks[other]);
            assert!(apart, "frames {at} and {other}: {:?}", drawing.forks);
        }
    }
}

fn left_to_right(drawing: &Drawing) {
    for route in &drawing.edges {
        let (from, to) = (&drawing.nodes[route.from], &drawing.nodes[route.to]);
        if from.x + from.width < to.x {
            let forwards = |pair: &[[f64; 2]]| pair[0][0] <= pair[1][0];
            assert!(route.points.windows(2).all(forwards), "{route:?}");
        } else {
            // A chain that goes on in the next row.
            assert!(from.y + from.height < to.y, "{route:?}");
        }
        assert_eq!(
            route.points.first(),
            Some(&[super::route::rounded(from.x + from.width), super::route::rounded(from.middle())])
        );
        assert_eq!(route.points.last(), Some(&[to.x, super::route::rounded(to.middle())]));
    }
}

/// Which nodes each reaches, by brute force.
fn reach(count: usize, edges: &[Edge]) -> Vec<Vec<bool>> {
    let mut reach = vec![vec![false; count]; count];
    for edge in edges {
        reach[edge.from][edge.to] = true;
    }
    for via in 0..count {
        for from in 0..count {
            for to in 0..count {
                reach[from][to] |= reach[from][via] && reach[via][to];
            }
        }
    }
    reach
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn every_graph_has_a_clear_drawing(graph in graphs()) {
        let drawing = layout(&graph);
        boxes_apart(&drawing);
        lines_clear(&drawing);
        left_to_right(&drawing);
        everything_inside(&drawing);
        frames_own(&graph, &drawing);
        prop_assert_eq!(&drawing, &layout(&graph));
        prop_assert_eq!(drawing.nodes.len(), graph.nodes.len());
        prop_assert_eq!(drawing.forks.len(), graph.forks.len());
    }

    #[test]
    fn reduction_keeps_what_reaches_what(
        count in 2usize..14,
        pairs in prop::collection::vec((0usize..14, 0usize..14), 0..50),
    ) {
        let forwards = |(a, b): (usize, usize)| Edge { from: a.min(b) % count, to: a.max(b) % count };
        let mut all: Vec<_> = pairs.into_iter().map(forwards).collect();
        all.retain(|edge| edge.from < edge.to);
        let reduced = transitive_reduction(count, &all);
        prop_assert_eq!(reach(count, &reduced), reach(count, &all));
        for at in 0..reduced.len() {
            let mut without = reduced.clone();
            without.remove(at);
            prop_assert_ne!(reach(count, &without), reach(count, &all));
        }
    }
}

#[test]
fn nothing_gives_nothing() {
    let drawing = layout(&Graph::default());
    assert_eq!(drawing, Drawing::default());
}

#[test]
fn shortcuts_are_not_drawn() {
    let graph = Graph { nodes: boxes(3), edges: edges(&[(0, 1), (0, 2), (1, 2)]), ..Graph::default() };
    let drawn: Vec<_> = layout(&graph).edges.iter().map(|route| (route.from, route.to)).collect();
    assert_eq!(drawn, [(0, 1), (1, 2)]);
}

#[test]
fn a_choice_forks_and_joins() {
    let pairs = [(0, 1), (0, 2), (0, 3), (1, 4), (2, 4), (3, 4)];
    let forks = vec![Fork { members: vec![1, 2, 3], label_width: 60.0 }];
    let drawing = layout(&Graph { nodes: boxes(5), edges: edges(&pairs), forks });
    let x: Vec<_> = drawing.nodes.iter().map(|rect| rect.x).collect();
    assert_eq!(x, [14.0, 282.0, 282.0, 282.0, 550.0]);
    let frame = Rect { x: 270.0, y: 10.0, width: 248.0, height: 214.0 };
    assert_eq!(drawing.forks, [frame]);
    assert_eq!(drawing.edges[1].path, "M238 117L282 117");
}

#[test]
fn lonely_boxes_form_a_grid() {
    let drawing = layout(&Graph { nodes: boxes(11), ..Graph::default() });
    assert_eq!((drawing.width, drawing.height), (1032.0, 194.0));
}

#[test]
fn parts_lie_beside_or_below_their_whole() {
    let mut nodes = boxes(4);
    nodes[1..].iter_mut().for_each(|node| node.parent = Some(0));
    let drawing = layout(&Graph { nodes, ..Graph::default() });
    assert_eq!(drawing.parents.len(), 3);
    assert!(drawing.nodes[1..].iter().all(|part| part.x > drawing.nodes[0].x));
}

#[test]
fn long_chains_and_deep_wholes_need_no_stack() {
    let count = 10_000;
    let chain: Vec<_> = (1..count).map(|at| (at - 1, at)).collect();
    let drawing = layout(&Graph { nodes: boxes(count), edges: edges(&chain), ..Graph::default() });
    assert_eq!(drawing.edges.len(), count - 1);
    let mut nodes = boxes(count);
    nodes.iter_mut().enumerate().skip(1).for_each(|(at, node)| node.parent = Some(at - 1));
    assert_eq!(layout(&Graph { nodes, ..Graph::default() }).parents.len(), count - 1);
}

#[test]
fn a_long_chain_is_folded_into_rows() {
    let chain: Vec<_> = (1..57).map(|at| (at - 1, at)).collect();
    let mut graph = Graph { nodes: boxes(57), edges: edges(&chain), ..Graph::default() };
    let drawing = layout(&graph);
    assert!(drawing.width < 1100.0, "{}", drawing.width);
    assert_eq!(drawing.edges.len(), 56);
    lines_clear(&drawing);
    left_to_right(&drawing);
    everything_inside(&drawing);
    // A shortcut around every cut keeps it in one piece.
    graph.edges.extend(edges(&(4..57).map(|at| (at - 4, at)).collect::<Vec<_>>()));
    graph.nodes.push(node(224.0, 54.0, None));
    graph.edges.extend(edges(&[(0, 57), (57, 56)]));
    assert!(layout(&graph).width > 10_000.0);
}

#[test]
fn rings_are_cut_where_they_lead_back() {
    let mut nodes = boxes(3);
    nodes[0].parent = Some(1);
    nodes[1].parent = Some(0);
    let drawing = layout(&Graph { nodes, edges: edges(&[(0, 1), (1, 2), (2, 0)]), ..Graph::default() });
    assert_eq!(drawing.edges.len(), 2);
}

#[test]
fn a_mirrored_map_reads_from_the_right() {
    let graph = Graph { nodes: boxes(2), edges: edges(&[(0, 1)]), ..Graph::default() };
    let drawing = layout(&graph);
    let mirrored = drawing.mirrored();
    assert_eq!(drawing.edges[0].path, "M226 29L270 29");
    assert_eq!(mirrored.edges[0].path, "M270 29L226 29");
    assert_eq!(mirrored.nodes[1].x, 2.0);
    assert_eq!(mirrored.mirrored(), drawing);
}

#[test]
fn labels_wrap_and_are_never_cut() {
    let wrap = |text, room| label::wrap(text, 13.0, room, true);
    assert_eq!(wrap("Merging and conflicts", 120.0), ["Merging and", "conflicts"]);
    assert_eq!(wrap("TCP/IP", 300.0), ["TCP/IP"]);
    assert_eq!(wrap("Cookie- and session-based", 160.0), ["Cookie- and session-", "based"]);
    assert_eq!(wrap("数据库设计", 40.0), ["数据库", "设计"]);
    assert_eq!(wrap("Rindfleischetikettierung", 100.0).concat(), "Rindfleischetikettierung");
    assert_eq!(wrap("  ", 100.0), [""; 0]);
    assert_eq!(wrap("Kaaa \u{610}", 40.0), ["Kaaa", "\u{610}"]);
    assert!(label::width("WWW", 10.0, true) > label::width("iii", 10.0, true));
}

proptest! {
    #[test]
    fn wrapped_lines_hold_everything_and_fit(text in "\\PC{0,60}", room in 40.0..300.0f64) {
        let lines = label::wrap(&text, 13.0, room, false);
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        prop_assert_eq!(letters(&lines.concat()), letters(&text));
        for line in lines {
            prop_assert!(label::width(&line, 13.0, false) <= room + 1e-6, "{}", line);
        }
    }
}
