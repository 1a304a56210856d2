//! Views of a topic on its own page. Types only; the rules are those of [`super`].

use serde::Serialize;

use super::{ChoiceView, EffortView, Link, Neighbour, ProjectView, RoadRef, StageRef, Step};

/// A topic.
#[derive(Clone, Debug, Serialize)]
pub struct TopicView {
    /// Its id, unique in the site.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its summary; may be empty.
    pub summary: String,
    /// Its article; may be empty.
    pub content_html: String,
    /// Its own level (a placement's may differ).
    pub level: String,
    /// Its own effort (a placement's may differ).
    pub effort: EffortView,
    /// Its tags.
    pub tags: Vec<Link>,
    /// The topics that it is a part of, outermost first.
    pub part_of: Vec<Link>,
    /// Its sub-topics.
    pub parts: Vec<TopicLink>,
    /// What to learn first.
    pub first: Vec<Prerequisite>,
    /// What it assumes and no topic teaches.
    pub assumes: Vec<String>,
    /// The topics that require it.
    pub opens: Vec<TopicLink>,
    /// Cross-links without order.
    pub related: Vec<TopicLink>,
    /// Where it lies: one entry a roadmap, in the site's order; empty when it is unused.
    pub places: Vec<PlaceView>,
    /// What the reader can do afterwards.
    pub outcomes: Vec<String>,
    /// Where to learn it.
    pub resources: Vec<ResourceView>,
    /// Practice.
    pub projects: Vec<ProjectView>,
}

/// A topic, linked from another one's page.
#[derive(Clone, Debug, Serialize)]
pub struct TopicLink {
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// Why; may be empty.
    pub because: String,
    /// Where it lies, in short: "API security, bonus" (on the first roadmap that both are on); may be empty.
    pub place: String,
    /// The roadmaps that this holds on, when it does not hold on all that place the topic (a requirement
    /// or option of one road); else empty.
    pub only_on: Vec<RoadRef>,
}

/// Something to learn first.
#[derive(Clone, Debug, Serialize)]
pub struct Prerequisite {
    /// `topic` (one target), `any` (one of the targets is enough) or `choice` (the reader's pick among the
    /// targets).
    pub kind: String,
    /// The choice's question; empty for the other kinds.
    pub title: String,
    /// The choice's rule: "pick 1 of 4"; empty for the other kinds.
    pub pick: String,
    /// The topics: one, the alternatives, or the options.
    pub targets: Vec<Target>,
    /// Why; may be empty.
    pub because: String,
    /// The roadmaps that ask for it, when it is the advice of some roads alone; else empty.
    pub only_on: Vec<RoadRef>,
}

/// A topic to learn first.
#[derive(Clone, Debug, Serialize)]
pub struct Target {
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// Where it lies, in short: "How the web works" (on the first roadmap that both are on); may be empty.
    pub place: String,
    /// On which of this topic's roadmaps it does not come first, and why.
    pub remarks: Vec<TargetRemark>,
}

/// How some roadmaps deal with a prerequisite that is not simply earlier.
#[derive(Clone, Debug, Serialize)]
pub struct TargetRemark {
    /// `outside` (not on these roadmaps) or `late` (in a later stage of the one).
    pub kind: String,
    /// The roadmaps; one when late.
    pub roads: Vec<RoadRef>,
    /// The later stage; `None` when outside.
    pub stage: Option<StageRef>,
}

/// A topic's place on one roadmap.
#[derive(Clone, Debug, Serialize)]
pub struct PlaceView {
    /// The roadmap.
    pub road: RoadRef,
    /// The stage.
    pub stage: StageRef,
    /// "Topic 4 of 7".
    pub position: String,
    /// `essential`, `recommended` or `optional`, on this road.
    pub level: String,
    /// What it takes on this road.
    pub effort: EffortView,
    /// Who needs it: "if you picked Node.js"; empty for everyone.
    pub condition: String,
    /// The author's remark for this road; may be empty.
    pub note: String,
    /// The choices of this road that it is an option of.
    pub choices: Vec<ChoiceView>,
    /// Later stages of this road that take it up again.
    pub revisited_in: Vec<StageRef>,
    /// All stages of the road; the one of the topic with its topics.
    pub line: Vec<LineStage>,
    /// The topic before it in the order of the road.
    pub previous: Option<Neighbour>,
    /// The topic after it.
    pub next: Option<Neighbour>,
}

/// A stage of the line at the side of a page.
#[derive(Clone, Debug, Serialize)]
pub struct LineStage {
    /// The stage.
    pub stage: StageRef,
    /// Whether the page shown is it or lies in it.
    pub current: bool,
    /// Its topics; only for the current stage of a topic's page.
    pub steps: Vec<Step>,
}

/// Something to learn a topic from.
#[derive(Clone, Debug, Serialize)]
pub struct ResourceView {
    /// Its title.
    pub title: String,
    /// Where it is, absolute; empty for what has no address, such as a printed book.
    pub url: String,
    /// `article`, `book`, `course`, `docs`, `exercise`, `paper`, `podcast`, `tool`, `video`; may be empty.
    pub kind: String,
    /// Whether it is free; `None` when unknown.
    pub free: Option<bool>,
    /// How long it takes: "25 min", "2 h"; may be empty.
    pub time: String,
}
