//! The map of a stage: its topics as a graph, laid out, with wrapped labels.

use std::collections::BTreeMap;

use super::{Maker, words};
use crate::document::matter::Level;
use crate::drawing::{self, Drawing, Edge, Fork, Graph, Node, Rect, Route, label};
use crate::roadmap::{PlacementIx, Target, requirements};
use crate::site::choice_title;
use crate::site::views::{MapFork, MapNode, MapPath, MapText, MapView};

/// Sizes in CSS pixels; the style sheet draws with the same ones.
const BOX_WIDTH: f64 = 224.0;
const TEXT_LEFT: f64 = 34.0;
const TEXT_RIGHT: f64 = 12.0;
const TITLE_SIZE: f64 = 14.5;
const TITLE_LINE: f64 = 18.0;
const DETAIL_LINE: f64 = 16.0;
const PADDING: f64 = 20.0;
const LEAST_HEIGHT: f64 = 40.0;
const MARK_LEFT: f64 = 17.0;
const FORK_LABEL_SIZE: f64 = 12.5;

/// What a box shows.
struct Label {
    lines: Vec<String>,
    detail: String,
    height: f64,
}

impl Label {
    fn new(title: &str, detail: String) -> Self {
        let lines = spaced(title, label::wrap(title, TITLE_SIZE, BOX_WIDTH - TEXT_LEFT - TEXT_RIGHT, true));
        let text = TITLE_LINE * lines.len() as f64 + if detail.is_empty() { 0.0 } else { DETAIL_LINE };
        Label { height: (text + PADDING).max(LEAST_HEIGHT), lines, detail }
    }

    /// The lines of the title and the detail, centred in the box.
    fn place(&self, rect: &Rect) -> (Vec<MapText>, Option<MapText>) {
        let x = rect.x + TEXT_LEFT;
        let detail_height = if self.detail.is_empty() { 0.0 } else { DETAIL_LINE };
        let text = TITLE_LINE * self.lines.len() as f64 + detail_height;
        let top = rect.y + (rect.height - text) / 2.0;
        let line =
            |(i, line): (usize, &String)| MapText { text: line.clone(), x, y: top + TITLE_LINE * i as f64 + 13.5 };
        let lines: Vec<MapText> = self.lines.iter().enumerate().map(line).collect();
        let below = top + TITLE_LINE * self.lines.len() as f64 + 12.0;
        let detail = (!self.detail.is_empty()).then(|| MapText { text: self.detail.clone(), x, y: below });
        (lines, detail)
    }
}

/// Lines that read as the title when they are put together: one that ends between two words keeps the space,
/// one that ends inside a word does not get one.
fn spaced(title: &str, lines: Vec<String>) -> Vec<String> {
    let mut rest = title.trim_start();
    let spaced = lines.into_iter().map(|line| {
        rest = rest.strip_prefix(line.as_str()).unwrap_or(rest);
        let between = rest.starts_with(char::is_whitespace);
        rest = rest.trim_start();
        if between { line + " " } else { line }
    });
    spaced.collect()
}

impl Maker<'_> {
    /// `None` when the stage has no topic.
    pub(super) fn map(&self, at: usize, stage: usize) -> Option<MapView> {
        let order = &self.site.plans[at].stages[stage].order;
        if order.is_empty() {
            return None;
        }
        let local: BTreeMap<PlacementIx, usize> = order.iter().enumerate().map(|(i, ix)| (*ix, i)).collect();
        let labels: Vec<Label> = order
            .iter()
            .map(|ix| {
                let title = self.site.topic_title(self.map_of(at).placement(*ix).topic);
                Label::new(title, self.effort_of(at, *ix).text)
            })
            .collect();
        let drawing = drawing::layout(&self.graph(at, stage, order, &local, &labels));
        let numbers = self.numbers(at, stage, order, &local);
        let nodes =
            order.iter().enumerate().map(|(i, ix)| self.node(at, *ix, &drawing.nodes[i], &labels[i], &numbers[i]));
        let title = &self.map_of(at).stages[stage].title;
        Some(MapView {
            width: drawing.width,
            height: drawing.height,
            label: self.fill("map_of", &[("stage", title), ("topics", &words::topics(self.words(), order.len()))]),
            edges: drawing.edges.iter().map(|route| self.edge(at, order, route)).collect(),
            parents: drawing
                .parents
                .iter()
                .map(|route| MapPath { path: route.path.clone(), kind: "part".into() })
                .collect(),
            forks: self.forks(at, stage, &drawing),
            stubs: Vec::new(),
            nodes: nodes.collect(),
        })
    }

    fn graph(
        &self,
        at: usize,
        stage: usize,
        order: &[PlacementIx],
        local: &BTreeMap<PlacementIx, usize>,
        labels: &[Label],
    ) -> Graph {
        let roadmap = self.map_of(at);
        let nodes = order.iter().zip(labels).map(|(ix, label)| Node {
            width: BOX_WIDTH,
            height: label.height,
            parent: roadmap.placement(*ix).part_of.and_then(|parent| local.get(&parent).copied()),
            optional: roadmap.placement(*ix).level == Level::Optional,
        });
        let before = &self.index_of(at).before;
        let edges = order.iter().enumerate().flat_map(|(to, ix)| {
            before[ix.0].iter().filter_map(move |from| Some(Edge { from: *local.get(from)?, to }))
        });
        let forks = roadmap.stages[stage].choices.iter().map(|choice| Fork {
            members: roadmap.choice(*choice).of.iter().filter_map(|ix| local.get(ix).copied()).collect(),
            label_width: label::width(&self.fork_label(at, choice.0), FORK_LABEL_SIZE, true) + 14.0,
        });
        Graph { nodes: nodes.collect(), edges: edges.collect(), forks: forks.collect() }
    }

    fn fork_label(&self, at: usize, choice: usize) -> String {
        words::rule(self.words(), &self.map_of(at).choices[choice])
    }

    fn forks(&self, at: usize, stage: usize, drawing: &Drawing) -> Vec<MapFork> {
        let choices = &self.map_of(at).stages[stage].choices;
        let fork = |(choice, rect): (&crate::roadmap::ChoiceIx, &Rect)| {
            let text = self.fork_label(at, choice.0);
            MapFork {
                x: rect.x,
                y: rect.y,
                width: rect.width,
                height: rect.height,
                lines: vec![MapText { text, x: rect.x + 14.0, y: rect.y + 4.0 }],
            }
        };
        let visible = |(_, rect): &(&crate::roadmap::ChoiceIx, &Rect)| rect.width > 0.0;
        choices.iter().zip(&drawing.forks).filter(visible).map(fork).collect()
    }

    fn edge(&self, at: usize, order: &[PlacementIx], route: &Route) -> MapPath {
        let roadmap = self.map_of(at);
        let (from, to) = (roadmap.placement(order[route.from]), roadmap.placement(order[route.to]));
        let mut kind = "requires";
        for requirement in requirements(&self.site.roadmaps, to) {
            for target in &requirement.targets {
                match &target.value {
                    Target::Topic(topic) if *topic == from.topic => {
                        kind = if requirement.any { "any" } else { "requires" }
                    }
                    Target::Choice(id) => {
                        let choice = roadmap.find_choice(id).map(|ix| roadmap.choice(ix));
                        if choice.is_some_and(|choice| choice.of.contains(&order[route.from])) {
                            kind = "choice";
                        }
                    }
                    Target::Topic(_) => {}
                }
            }
        }
        MapPath { path: route.path.clone(), kind: kind.into() }
    }

    /// `2`, and `2.1` for its first sub-topic.
    fn numbers(
        &self,
        at: usize,
        stage: usize,
        order: &[PlacementIx],
        local: &BTreeMap<PlacementIx, usize>,
    ) -> Vec<String> {
        let mut numbers: Vec<String> = vec![String::new(); order.len()];
        let mut stack: Vec<(usize, String)> = Vec::new();
        for (i, ix) in self.top_level(at, stage).iter().enumerate() {
            stack.push((local[ix], (i + 1).to_string()));
            while let Some((node, number)) = stack.pop() {
                let parts = self.index_of(at).parts[order[node].0].iter().enumerate();
                stack.extend(parts.filter_map(|(i, part)| Some((*local.get(part)?, format!("{number}.{}", i + 1)))));
                numbers[node] = number;
            }
        }
        numbers
    }

    fn node(&self, at: usize, ix: PlacementIx, rect: &Rect, label: &Label, number: &str) -> MapNode {
        let roadmap = self.map_of(at);
        let placement = roadmap.placement(ix);
        let title = self.site.topic_title(placement.topic).to_owned();
        let index = self.index_of(at);
        let choices = index.choices.get(&ix);
        let is_default =
            choices.is_some_and(|list| list.iter().any(|c| roadmap.choice(*c).default == Some(placement.topic)));
        let classes = [
            (choices.is_some(), "option"),
            (is_default, "default"),
            (!index.parts[ix.0].is_empty(), "parent"),
            (placement.part_of.is_some(), "part"),
            (!placement.for_options.is_empty(), "conditional"),
        ];
        let classes: Vec<&str> = classes.iter().filter(|(on, _)| *on).map(|(_, class)| *class).collect();
        let (lines, detail) = label.place(rect);
        MapNode {
            x: rect.x,
            y: rect.y,
            width: rect.width,
            height: rect.height,
            mark_x: rect.x + MARK_LEFT,
            mark_y: rect.y + rect.height / 2.0,
            lines,
            detail,
            url: self.topic_url(placement.topic),
            level: placement.level.name().into(),
            number: number.into(),
            classes: classes.join(" "),
            label: self.spoken(at, ix, number, &title, &label.detail),
            title,
        }
    }

    /// All that a box says, in words.
    fn spoken(&self, at: usize, ix: PlacementIx, number: &str, title: &str, effort: &str) -> String {
        let roadmap = self.map_of(at);
        let placement = roadmap.placement(ix);
        let mut words =
            vec![format!("{number}. {title}"), self.words().one_of("levels", placement.level.name()).to_owned()];
        words.extend((!effort.is_empty()).then(|| effort.to_owned()));
        if let Some(parent) = placement.part_of {
            words.push(self.fill("map_part", &[("topic", self.site.topic_title(roadmap.placement(parent).topic))]));
        }
        if let Some(choice) = self.index_of(at).choices.get(&ix).and_then(|list| list.first()) {
            words.push(self.fill("map_option", &[("choice", &choice_title(roadmap.choice(*choice)))]));
        }
        words.extend((!placement.for_options.is_empty()).then(|| self.condition(&placement.for_options)));
        words.join(self.words().text("list_comma"))
    }
}
