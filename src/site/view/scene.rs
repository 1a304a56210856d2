//! Topics that are drawn together, whatever lays them out: as a graph for the layout, and as the boxes,
//! frames and lines of its drawing.

use std::collections::BTreeMap;

use super::label::{BOX_WIDTH, Label};
use super::{Maker, words};
use crate::document::matter::Level;
use crate::drawing::{Drawing, Edge, Fork, Graph, Node, Rect, Route, label};
use crate::roadmap::{ChoiceIx, PlacementIx, Target, requirements};
use crate::site::choice_title;
use crate::site::views::{MapFork, MapNode, MapPath, MapText};

const MARK_LEFT: f64 = 17.0;
const FORK_LABEL_SIZE: f64 = 12.5;

/// Some topics of a roadmap, in order.
pub(super) struct Scene<'m> {
    maker: &'m Maker<'m>,
    at: usize,
    /// The topics in order.
    pub(super) order: &'m [PlacementIx],
    choices: Vec<ChoiceIx>,
    local: BTreeMap<PlacementIx, usize>,
    labels: Vec<Label>,
    numbers: Vec<String>,
}

impl<'m> Scene<'m> {
    /// The topics of some stages of a roadmap, and all that it takes to draw them.
    pub(super) fn new(
        maker: &'m Maker<'m>,
        at: usize,
        order: &'m [PlacementIx],
        stages: std::ops::Range<usize>,
    ) -> Self {
        let label = |ix: &PlacementIx| {
            let title = maker.site.topic_title(maker.map_of(at).placement(*ix).topic);
            Label::new(title, maker.effort_of(at, *ix).text)
        };
        let mut scene = Scene {
            maker,
            at,
            order,
            choices: maker.map_of(at).stages[stages.clone()].iter().flat_map(|stage| stage.choices.clone()).collect(),
            local: order.iter().enumerate().map(|(i, ix)| (*ix, i)).collect(),
            labels: order.iter().map(label).collect(),
            numbers: vec![String::new(); order.len()],
        };
        stages.for_each(|stage| scene.number(stage));
        scene
    }

    /// The place of a topic among those drawn.
    pub(super) fn place(&self, ix: PlacementIx) -> Option<usize> {
        self.local.get(&ix).copied()
    }

    /// `2`, and `2.1` for its first sub-topic.
    fn number(&mut self, stage: usize) {
        let parts = &self.maker.index_of(self.at).parts;
        let mut stack: Vec<(usize, String)> = Vec::new();
        for (i, ix) in self.maker.top_level(self.at, stage).iter().enumerate() {
            stack.push((self.local[ix], (i + 1).to_string()));
            while let Some((node, number)) = stack.pop() {
                let parts = parts[self.order[node].0].iter().enumerate();
                stack.extend(parts.filter_map(|(i, part)| Some((self.place(*part)?, format!("{number}.{}", i + 1)))));
                self.numbers[node] = number;
            }
        }
    }

    /// What the layout sees of them.
    pub(super) fn graph(&self) -> Graph {
        let roadmap = self.maker.map_of(self.at);
        let nodes = self.order.iter().zip(&self.labels).map(|(ix, label)| Node {
            width: BOX_WIDTH,
            height: label.height,
            parent: roadmap.placement(*ix).part_of.and_then(|parent| self.place(parent)),
            optional: roadmap.placement(*ix).level == Level::Optional,
        });
        let before = &self.maker.index_of(self.at).before;
        let edges = self.order.iter().enumerate().flat_map(|(to, ix)| {
            before[ix.0].iter().filter_map(move |from| Some(Edge { from: self.place(*from)?, to }))
        });
        let forks = self.choices.iter().map(|choice| Fork {
            members: roadmap.choice(*choice).of.iter().filter_map(|ix| self.place(*ix)).collect(),
            label_width: label::width(&self.rule(*choice), FORK_LABEL_SIZE, true) + 14.0,
        });
        Graph { nodes: nodes.collect(), edges: edges.collect(), forks: forks.collect() }
    }

    fn rule(&self, choice: ChoiceIx) -> String {
        words::rule(self.maker.words(), self.maker.map_of(self.at).choice(choice))
    }

    /// The frames of the choices.
    pub(super) fn forks(&self, drawing: &Drawing) -> Vec<MapFork> {
        let fork = |(choice, rect): (&ChoiceIx, &Rect)| MapFork {
            x: rect.x,
            y: rect.y,
            width: rect.width,
            height: rect.height,
            lines: vec![MapText { text: self.rule(*choice), x: rect.x + 14.0, y: rect.y + 4.0 }],
        };
        let visible = |(_, rect): &(&ChoiceIx, &Rect)| rect.width > 0.0;
        self.choices.iter().zip(&drawing.forks).filter(visible).map(fork).collect()
    }

    /// The lines from what comes first to what it opens.
    pub(super) fn edges(&self, drawing: &Drawing) -> Vec<MapPath> {
        drawing.edges.iter().map(|route| self.edge(route)).collect()
    }

    /// The lines from topics to their sub-topics.
    pub(super) fn parents(&self, drawing: &Drawing) -> Vec<MapPath> {
        drawing.parents.iter().map(|route| MapPath { path: route.path.clone(), kind: "part".into() }).collect()
    }

    /// The boxes.
    pub(super) fn nodes(&self, drawing: &Drawing) -> Vec<MapNode> {
        self.order.iter().enumerate().map(|(i, ix)| self.node(*ix, i, &drawing.nodes[i])).collect()
    }

    fn edge(&self, route: &Route) -> MapPath {
        let roadmap = self.maker.map_of(self.at);
        let (from, to) = (roadmap.placement(self.order[route.from]), roadmap.placement(self.order[route.to]));
        let mut kind = "requires";
        for requirement in requirements(&self.maker.site.roadmaps, to) {
            for target in &requirement.targets {
                match &target.value {
                    Target::Topic(topic) if *topic == from.topic => {
                        kind = if requirement.any { "any" } else { "requires" }
                    }
                    Target::Choice(id) => {
                        let choice = roadmap.find_choice(id).map(|ix| roadmap.choice(ix));
                        if choice.is_some_and(|choice| choice.of.contains(&self.order[route.from])) {
                            kind = "choice";
                        }
                    }
                    Target::Topic(_) => {}
                }
            }
        }
        MapPath { path: route.path.clone(), kind: kind.into() }
    }

    fn node(&self, ix: PlacementIx, i: usize, rect: &Rect) -> MapNode {
        let (maker, roadmap) = (self.maker, self.maker.map_of(self.at));
        let placement = roadmap.placement(ix);
        let title = maker.site.topic_title(placement.topic).to_owned();
        let index = maker.index_of(self.at);
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
        let (lines, detail) = self.labels[i].place(rect);
        MapNode {
            x: rect.x,
            y: rect.y,
            width: rect.width,
            height: rect.height,
            mark_x: rect.x + MARK_LEFT,
            mark_y: rect.y + rect.height / 2.0,
            lines,
            detail,
            url: maker.topic_url(placement.topic),
            level: placement.level.name().into(),
            number: self.numbers[i].clone(),
            classes: classes.join(" "),
            label: self.spoken(ix, i, &title),
            title,
        }
    }

    /// All that a box says, in words.
    fn spoken(&self, ix: PlacementIx, i: usize, title: &str) -> String {
        let (maker, roadmap) = (self.maker, self.maker.map_of(self.at));
        let placement = roadmap.placement(ix);
        let mut words = vec![
            format!("{}. {title}", self.numbers[i]),
            maker.words().one_of("levels", placement.level.name()).to_owned(),
        ];
        let effort = &self.labels[i].detail;
        words.extend((!effort.is_empty()).then(|| effort.clone()));
        if let Some(parent) = placement.part_of {
            words.push(maker.fill("map_part", &[("topic", maker.site.topic_title(roadmap.placement(parent).topic))]));
        }
        if let Some(choice) = maker.index_of(self.at).choices.get(&ix).and_then(|list| list.first()) {
            words.push(maker.fill("map_option", &[("choice", &choice_title(roadmap.choice(*choice)))]));
        }
        words.extend((!placement.for_options.is_empty()).then(|| maker.condition(&placement.for_options)));
        words.join(maker.words().text("list_comma"))
    }
}
