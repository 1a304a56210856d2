//! Circles: topics that require each other, and topics that are parts of each other.
//!
//! Every circle is reported once, with all its edges, and its edges are set aside, so that no later stage
//! stumbles over them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::standing::is_said_late;
use super::{PlacementIx, Roadmap, Roadmaps, Standing, Target, Topic, TopicIx, requirements, standing};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{Document, Matter};
use crate::graph::{self, Constraints, Digraph};
use crate::limits::CIRCLE_NAMES;
use crate::source::Span;

/// More circles than this in one graph are one mess, not many mistakes.
const MOST_CIRCLES: usize = 50;

/// Finds the circles of prerequisites: first those of the topics themselves, then those that only the
/// additions of one roadmap close.
pub fn break_requires(site: &mut Roadmaps, out: &mut Diagnostics) {
    let wanted = site_wanted(site);
    let names: Vec<&str> = site.topics.iter().map(|topic| topic.id.as_str()).collect();
    let mut circular: BTreeSet<(TopicIx, TopicIx)> = BTreeSet::new();
    for (from, to) in report(wanted, &names, out) {
        circular.insert((TopicIx(from), TopicIx(to)));
    }
    for roadmap in &site.roadmaps {
        let topic = |ix: usize| roadmap.placements[ix].topic;
        let wanted = roadmap_wanted(site, roadmap, &circular);
        let names: Vec<&str> = (0..roadmap.placements.len()).map(|ix| site.topic(topic(ix)).id.as_str()).collect();
        for (from, to) in report(wanted, &names, out) {
            circular.insert((topic(from), topic(to)));
        }
    }
    site.circular = circular;
}

/// Who waits for whom, with the place of each edge.
#[derive(Default)]
struct Wanted {
    /// `(before, after)`, both as indices, and where that is said.
    hard: Vec<(usize, usize, Span)>,
    /// One of the first comes before the second.
    any: Vec<(Vec<(usize, Span)>, usize)>,
}

fn site_wanted(site: &Roadmaps) -> Wanted {
    let mut late: BTreeSet<(TopicIx, TopicIx)> = BTreeSet::new();
    for placement in site.roadmaps.iter().flat_map(|roadmap| &roadmap.placements) {
        for target in &placement.late {
            if let Target::Topic(topic) = target.value {
                late.insert((topic, placement.topic));
            }
        }
    }
    let mut wanted = Wanted::default();
    for (to, topic) in site.topics.iter().enumerate() {
        for requirement in &topic.requires {
            let topics = requirement.targets.iter().filter_map(|target| match target.value {
                Target::Topic(from) if !late.contains(&(from, TopicIx(to))) => Some((from.0, target.span)),
                _ => None,
            });
            if !requirement.any {
                wanted.hard.extend(topics.map(|(from, span)| (from, to, span)));
                continue;
            }
            let topics: Vec<_> = topics.collect();
            // An alternative that is a choice, or late, is not in this graph: there is a way out.
            if topics.len() == requirement.targets.len() {
                wanted.any.push((topics, to));
            }
        }
    }
    wanted
}

fn roadmap_wanted(site: &Roadmaps, roadmap: &Roadmap, circular: &BTreeSet<(TopicIx, TopicIx)>) -> Wanted {
    let mut wanted = Wanted::default();
    for (to, placement) in roadmap.placements.iter().enumerate() {
        let known = |from: &PlacementIx| !circular.contains(&(roadmap.placement(*from).topic, placement.topic));
        for requirement in requirements(site, placement) {
            let mut froms = Vec::new();
            let mut open = false;
            for target in &requirement.targets {
                match standing(roadmap, placement, &target.value) {
                    Standing::Outside => open = true,
                    _ if is_said_late(roadmap, placement, &target.value) => open = true,
                    Standing::Before(places) | Standing::Late(places) => {
                        froms.extend(places.into_iter().filter(known).map(|from| (from.0, target.span)));
                    }
                }
            }
            match requirement.any {
                false => wanted.hard.extend(froms.into_iter().map(|(from, span)| (from, to, span))),
                true if !open && !froms.is_empty() => wanted.any.push((froms, to)),
                true => {}
            }
        }
    }
    wanted
}

/// Reports circle after circle until none is left; returns the edges set aside.
fn report(mut wanted: Wanted, names: &[&str], out: &mut Diagnostics) -> Vec<(usize, usize)> {
    let mut aside = Vec::new();
    let mut effort = graph::EFFORT;
    for _ in 0..MOST_CIRCLES {
        let circles = circles(&wanted, names, &mut effort);
        if circles.is_empty() {
            break;
        }
        circles.iter().for_each(|circle| out.push(describe(circle, names)));
        let edges: BTreeSet<(usize, usize)> = circles.iter().flatten().map(|edge| (edge.1, edge.0)).collect();
        wanted.hard.retain(|(from, to, _)| !edges.contains(&(*from, *to)));
        wanted.any.retain(|(froms, to)| !froms.iter().any(|(from, _)| edges.contains(&(*from, *to))));
        aside.extend(edges);
    }
    aside
}

/// The shortest circle of each knot, from its first member (by name) on: `(needs, needed, place)`.
fn circles(wanted: &Wanted, names: &[&str], effort: &mut usize) -> Vec<Vec<(usize, usize, Span)>> {
    let constraints = Constraints {
        keys: vec![(); names.len()],
        hard: wanted.hard.iter().map(|(from, to, _)| (*from, *to)).collect(),
        soft: Vec::new(),
        any: wanted.any.iter().map(|(froms, to)| (froms.iter().map(|(from, _)| *from).collect(), *to)).collect(),
    };
    let Err(stuck) = graph::order(&constraints) else { return Vec::new() };
    let stuck: BTreeSet<usize> = stuck.into_iter().collect();
    let mut places: BTreeMap<(usize, usize), Span> = BTreeMap::new();
    for (from, to, span) in &wanted.hard {
        if stuck.contains(from) && stuck.contains(to) {
            places.entry((*from, *to)).or_insert(*span);
        }
    }
    for (froms, to) in &wanted.any {
        if stuck.contains(to) && froms.iter().all(|(from, _)| stuck.contains(from)) {
            for (from, span) in froms {
                places.entry((*from, *to)).or_insert(*span);
            }
        }
    }
    let edges: Vec<(usize, usize)> = places.keys().copied().collect();
    let graph = Digraph::new(names.len(), &edges);
    let component = graph.components();
    let mut by_name: Vec<usize> = stuck.into_iter().collect();
    by_name.sort_by_key(|node| names[*node]);
    let mut knots: Vec<Vec<usize>> = Vec::new();
    let mut knot_of = BTreeMap::new();
    for node in by_name {
        let knot = *knot_of.entry(component[node]).or_insert(knots.len());
        knots.resize_with(knots.len().max(knot + 1), Vec::new);
        knots[knot].push(node);
    }
    let shortest = knots.iter().filter_map(|knot| graph.shortest_cycle(knot, &component, effort));
    shortest.map(|path| as_needs(&path, &places)).collect()
}

/// The names of a circle and the first again, those in the middle of a long one counted.
fn chain<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let count = names.len();
    let mut shown: Vec<String> = names.take(CIRCLE_NAMES).map(|name| format!("`{name}`")).collect();
    let first = shown.first().cloned();
    if count > CIRCLE_NAMES {
        shown.push(format!("{} more", count - CIRCLE_NAMES));
    }
    shown.extend(first);
    shown.join(" → ")
}

/// The path `a, b, c` (each before the next) as what needs what, from the first on: `a` needs `c` …
fn as_needs(path: &[usize], places: &BTreeMap<(usize, usize), Span>) -> Vec<(usize, usize, Span)> {
    let n = path.len();
    let backwards = (0..n).map(|i| (path[(n - i) % n], path[n - 1 - i]));
    backwards.map(|(needs, needed)| (needs, needed, places[&(needed, needs)])).collect()
}

fn describe(circle: &[(usize, usize, Span)], names: &[&str]) -> Diagnostic {
    let first = circle[0];
    let chain = chain(circle.iter().map(|edge| names[edge.0]));
    let message = match circle.len() {
        1 => format!("`{}` requires itself", names[first.0]),
        _ => format!("these topics require each other: {chain}"),
    };
    let mut report = Diagnostic::new(Code::Cycle, first.2, message)
        .label(format!("`{}` requires `{}`", names[first.0], names[first.1]));
    for edge in &circle[1..] {
        report = report.related(edge.2, format!("`{}` requires `{}`", names[edge.0], names[edge.1]));
    }
    report.help("remove one of these prerequisites: nobody could begin anywhere")
}

/// Reports circles of `part_of` among the topics themselves and cuts them.
pub fn break_part_of(topics: &mut [Topic], documents: &[Arc<Document>], out: &mut Diagnostics) {
    let parents: Vec<Option<usize>> = topics.iter().map(|topic| topic.part_of.map(|parent| parent.0)).collect();
    for circle in parent_circles(&parents) {
        let span = |ix: usize| match &documents[topics[ix].document.0].matter {
            Matter::Topic(matter) => matter.part_of.as_ref().map(|id| id.span),
            _ => None,
        };
        let edges: Vec<(&str, Option<Span>)> = circle.iter().map(|ix| (topics[*ix].id.as_str(), span(*ix))).collect();
        out.push(describe_parts(&edges, Span::start_of(documents[topics[circle[0]].document.0].file)));
        circle.iter().for_each(|ix| topics[*ix].part_of = None);
    }
}

/// Reports circles of `part_of` that placements close, and cuts them.
pub fn break_placed_parts(
    roadmap: &mut Roadmap,
    site: &Roadmaps,
    spans: &BTreeMap<PlacementIx, Span>,
    out: &mut Diagnostics,
) {
    let parents: Vec<Option<usize>> = roadmap.placements.iter().map(|p| p.part_of.map(|parent| parent.0)).collect();
    for circle in parent_circles(&parents) {
        let edges: Vec<(&str, Option<Span>)> = circle
            .iter()
            .map(|ix| (site.topic(roadmap.placements[*ix].topic).id.as_str(), spans.get(&PlacementIx(*ix)).copied()))
            .collect();
        out.push(describe_parts(&edges, roadmap.placements[circle[0]].span));
        circle.iter().for_each(|ix| roadmap.placements[*ix].part_of = None);
    }
}

fn describe_parts(edges: &[(&str, Option<Span>)], place: Span) -> Diagnostic {
    let chain = chain(edges.iter().map(|(name, _)| *name));
    let message = match edges.len() {
        1 => format!("`{}` is a part of itself", edges[0].0),
        _ => format!("these topics are parts of each other: {chain}"),
    };
    let mut report = Diagnostic::new(Code::Cycle, edges[0].1.unwrap_or(place), message).label("part of");
    for (name, span) in edges[1..].iter().filter_map(|(name, span)| Some((name, (*span)?))) {
        report = report.related(span, format!("`{name}` is a part of this"));
    }
    report.help("remove one `part_of`")
}

/// The circles of a forest that is none; each begins at its smallest index.
fn parent_circles(parents: &[Option<usize>]) -> Vec<Vec<usize>> {
    let mut walk_of = vec![usize::MAX; parents.len()];
    let mut circles = Vec::new();
    for start in 0..parents.len() {
        let mut path = Vec::new();
        let mut at = Some(start);
        while let Some(node) = at.filter(|node| walk_of[*node] == usize::MAX) {
            walk_of[node] = start;
            path.push(node);
            at = parents[node];
        }
        if let Some(again) = at.filter(|node| walk_of[*node] == start)
            && let Some(begin) = path.iter().position(|node| *node == again)
        {
            let mut circle = path.split_off(begin);
            let smallest = circle.iter().enumerate().min_by_key(|(_, node)| **node).map_or(0, |(i, _)| i);
            circle.rotate_left(smallest);
            circles.push(circle);
        }
    }
    circles
}
