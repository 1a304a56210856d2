//! Views of the map of a stage and the timeline of a roadmap. Types only; the rules are those of [`super`].

use serde::Serialize;

use super::{StageRef, short};

/// The drawing of one stage.
#[derive(Clone, Debug, Serialize)]
pub struct MapView {
    /// Of the whole drawing.
    #[serde(serialize_with = "short")]
    pub width: f64,
    /// Of the whole drawing.
    #[serde(serialize_with = "short")]
    pub height: f64,
    /// For screen readers: "Map of Databases: 15 topics in order".
    pub label: String,
    /// Edges, drawn below the boxes.
    pub edges: Vec<MapPath>,
    /// Connections of topics with their sub-topics, drawn below the boxes.
    pub parents: Vec<MapPath>,
    /// Frames around the options of a choice.
    pub forks: Vec<MapFork>,
    /// Where edges come from or lead to other stages, drawn above the boxes; none on a poster, which shows
    /// the edges.
    pub stubs: Vec<MapStub>,
    /// The boxes, in the order of learning.
    pub nodes: Vec<MapNode>,
}

/// A line of a drawing.
#[derive(Clone, Debug, Serialize)]
pub struct MapPath {
    /// SVG path data.
    pub path: String,
    /// Its class: `requires`, `any` (one of several is enough), `choice` (from or to a choice) or `part`.
    pub kind: String,
}

/// A mark on a box where an edge comes from or leads to another stage.
#[derive(Clone, Debug, Serialize)]
pub struct MapStub {
    /// SVG path data: a small angle at the left or right edge of the box.
    pub path: String,
    /// `in` or `out`.
    pub kind: String,
    /// "needs DNS of earlier stages", "opens 7 topics in later stages"; the box's label says it too.
    pub label: String,
}

/// The frame of a choice.
#[derive(Clone, Debug, Serialize)]
pub struct MapFork {
    /// Left edge.
    #[serde(serialize_with = "short")]
    pub x: f64,
    /// Upper edge.
    #[serde(serialize_with = "short")]
    pub y: f64,
    /// Outer width.
    #[serde(serialize_with = "short")]
    pub width: f64,
    /// Outer height.
    #[serde(serialize_with = "short")]
    pub height: f64,
    /// The choice and its rule in short, line by line: "Pick 1 of 4". It stands on the upper edge, which
    /// it interrupts, or above it.
    pub lines: Vec<MapText>,
}

/// A line of text in a drawing.
#[derive(Clone, Debug, Serialize)]
pub struct MapText {
    /// The text.
    pub text: String,
    /// Where it begins.
    #[serde(serialize_with = "short")]
    pub x: f64,
    /// Its base line.
    #[serde(serialize_with = "short")]
    pub y: f64,
}

/// The box of a topic.
#[derive(Clone, Debug, Serialize)]
pub struct MapNode {
    /// Left edge.
    #[serde(serialize_with = "short")]
    pub x: f64,
    /// Upper edge.
    #[serde(serialize_with = "short")]
    pub y: f64,
    /// Outer width: 224 as a rule.
    #[serde(serialize_with = "short")]
    pub width: f64,
    /// Outer height: 54 with one line of title and a detail, 18 more a line.
    #[serde(serialize_with = "short")]
    pub height: f64,
    /// Where the station's mark stands: its centre, usually 17 from the left edge and half-way down.
    #[serde(serialize_with = "short")]
    pub mark_x: f64,
    /// Its centre, from above.
    #[serde(serialize_with = "short")]
    pub mark_y: f64,
    /// The title, wrapped and never cut; the text begins 34 from the left edge and ends 12 before the right
    /// one, in 14.5 px, half bold.
    pub lines: Vec<MapText>,
    /// What it takes, below the title in 12.5 px; `None` when unknown.
    pub detail: Option<MapText>,
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// `essential`, `recommended` or `optional`.
    pub level: String,
    /// Its place in the order of the stage: "2", as a sub-topic "2.1".
    pub number: String,
    /// Further classes, separated by spaces: `option` (of a choice), `default` (the author's pick), `parent`
    /// (has sub-topics here), `part` (is one), `conditional` (not for everyone), `now` (the page shown).
    pub classes: String,
    /// For screen readers, all of it in words: "2. HTTP, essential, 6 h, part of How the web works".
    pub label: String,
}

/// A stage on a poster: its topics on a field, its station and heading at the left.
#[derive(Clone, Debug, Serialize)]
pub struct PosterStage {
    /// Left edge of the field.
    #[serde(serialize_with = "short")]
    pub x: f64,
    /// Upper edge of the field.
    #[serde(serialize_with = "short")]
    pub y: f64,
    /// Width of the field.
    #[serde(serialize_with = "short")]
    pub width: f64,
    /// Height of the field.
    #[serde(serialize_with = "short")]
    pub height: f64,
    /// Where the station stands: its centre.
    #[serde(serialize_with = "short")]
    pub station_x: f64,
    /// Its centre, from above.
    #[serde(serialize_with = "short")]
    pub station_y: f64,
    /// The title, wrapped: 15.5 px, bold.
    pub lines: Vec<MapText>,
    /// "2–3 weeks · 12 topics", in 12.5 px; `None` when there is nothing to say.
    pub detail: Option<MapText>,
    /// The title in one piece.
    pub title: String,
    /// Its page.
    pub url: String,
    /// What stands in its station: at most three signs; may be empty.
    pub label: String,
    /// Whether it is a bonus stage.
    pub bonus: bool,
}

/// When the stages of a roadmap are done.
#[derive(Clone, Debug, Serialize)]
pub struct TimelineView {
    /// "20 hours a week".
    pub pace: String,
    /// The day on which the roadmap begins for everyone (`extra.start`), as `2027-03-01`; empty in most.
    pub first_day: String,
    /// The stages in order.
    pub rows: Vec<TimelineRow>,
    /// The marks of the axis.
    pub ticks: Vec<Tick>,
    /// Whether there is a bonus stage, for the legend.
    pub bonus: bool,
    /// What the chart cannot show: "2 stages without any time", "31 topics of unknown effort are left out";
    /// empty when nothing.
    pub caveat: String,
}

/// One stage of the timeline. The bar begins at its earliest start; the solid part ends where the fastest
/// reader is done, the pale part where the slowest is.
#[derive(Clone, Debug, Serialize)]
pub struct TimelineRow {
    /// The stage's id.
    pub id: String,
    /// Its title, page, station and whether it is a bonus.
    pub stage: StageRef,
    /// What it takes: "4–6 weeks"; empty when unknown, and then there is no bar.
    pub text: String,
    /// The same in short, for the chart: "4–6 wk".
    pub short: String,
    /// Left end of the bar, in per cent of the axis.
    #[serde(serialize_with = "short")]
    pub start: f64,
    /// Width of the solid part, in per cent.
    #[serde(serialize_with = "short")]
    pub solid: f64,
    /// Width of the whole bar, in per cent; up to the end of the axis when it is open.
    #[serde(serialize_with = "short")]
    pub whole: f64,
    /// Whether it has no latest end.
    pub open: bool,
    /// For the table: earliest to latest start: "after week 1", "after week 5–7"; empty when unknown.
    pub starts: String,
    /// For the table: earliest to latest end: "week 5–7"; empty when unknown.
    pub ends: String,
    /// "3 topics of unknown effort"; empty for none.
    pub unknown_text: String,
}

/// A mark of the axis.
#[derive(Clone, Debug, Serialize)]
pub struct Tick {
    /// Its place, in per cent of the axis.
    #[serde(serialize_with = "short")]
    pub at: f64,
    /// Its number, in weeks.
    pub text: String,
}
