//! Views of a stage on its own page. Types only; the rules are those of [`super`].

use serde::Serialize;

use super::{ChoiceView, EffortView, Legend, MapView, OptionOf, ProjectGroup, RoadRef, StageRef};

/// A stage.
#[derive(Clone, Debug, Serialize)]
pub struct StageView {
    /// Its id, unique in the roadmap.
    pub id: String,
    /// Its title, page, station and whether it is a bonus.
    pub stage: StageRef,
    /// Its place among all stages of the roadmap, from 1.
    pub number: usize,
    /// "Stage 3 of 11".
    pub position: String,
    /// The heading that it stands under on the road; may be empty.
    pub group: String,
    /// Its summary; may be empty.
    pub summary: String,
    /// What it takes.
    pub effort: EffortView,
    /// What its optional topics take beside that; empty text when there are none or nothing is known.
    pub optional: EffortView,
    /// When: "weeks 2–7"; empty when unknown.
    pub weeks: String,
    /// "7 topics"; empty for none.
    pub count: String,
    /// Its article; may be empty.
    pub content_html: String,
    /// Its map; `None` when it has no topic.
    pub map: Option<MapView>,
    /// Which signs the map uses.
    pub legend: Legend,
    /// Its topics in order; sub-topics below their parents.
    pub topics: Vec<StageTopic>,
    /// Its choices.
    pub choices: Vec<ChoiceView>,
    /// Topics of earlier stages that it takes up again.
    pub revisits: Vec<Revisit>,
    /// Practice.
    pub projects: Vec<ProjectGroup>,
}

/// A topic on the page of its stage.
#[derive(Clone, Debug, Serialize)]
pub struct StageTopic {
    /// Its id; its anchor is `rb-topic-ID`.
    pub id: String,
    /// Its place in the order: "2", as a sub-topic "2.1".
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// Its summary; may be empty.
    pub summary: String,
    /// `essential`, `recommended` or `optional`, as placed.
    pub level: String,
    /// What it takes, as text; may be empty.
    pub effort: String,
    /// Who needs it: "if you picked Node.js"; empty for everyone.
    pub condition: String,
    /// The author's remark for this road; may be empty.
    pub note: String,
    /// The choice that it is an option of.
    pub option: Option<OptionOf>,
    /// Prerequisites that come later on this road, as its author knows.
    pub late: Vec<LateView>,
    /// The other roadmaps that place it.
    pub also_on: Vec<RoadRef>,
    /// Its sub-topics, in order.
    pub parts: Vec<StageTopic>,
}

/// A prerequisite that comes later on the road.
#[derive(Clone, Debug, Serialize)]
pub struct LateView {
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// The stage where it comes.
    pub stage: StageRef,
}

/// A topic that a stage takes up again.
#[derive(Clone, Debug, Serialize)]
pub struct Revisit {
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// The earlier stage that it is placed in.
    pub stage: StageRef,
}
