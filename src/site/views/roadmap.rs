//! Views of a roadmap: its card, its figures, its road. Types only; the rules are those of [`super`].

use serde::Serialize;

use super::{EffortView, Link, MapView, ResourceView, RoadRef, StageRef, TimelineView, TopicRow, short};

/// The figures of a roadmap.
#[derive(Clone, Debug, Serialize)]
pub struct RoadmapFacts {
    /// How many stages are no bonus.
    pub stages: usize,
    /// How many stages are a bonus.
    pub bonus_stages: usize,
    /// How many topics it places.
    pub topics: usize,
    /// How many of them are in no bonus stage.
    pub core_topics: usize,
    /// The sum over the stages that are no bonus.
    pub effort: EffortView,
    /// That and the bonus stages; `None` when there is no bonus stage.
    pub with_bonus: Option<EffortView>,
    /// The sum over bonus stages and optional topics.
    pub optional: EffortView,
    /// "20 hours a week": what a week is here.
    pub pace: String,
    /// The total that the author claims; `None` when there is no claim.
    pub claimed: Option<ClaimView>,
}

/// The total that an author claims, beside the sum.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimView {
    /// The claim as it was written: "8–12 months".
    pub text: String,
    /// The claim in the unit of the sum: "35–52 weeks"; empty when it is in that unit already.
    pub converted: String,
    /// Whether it differs from the sum; when not, there is no need to say it.
    pub differs: bool,
    /// The sum that it is set against: "28–38 weeks"; empty when nothing is known.
    pub sum: String,
}

/// A roadmap's card on the home page.
#[derive(Clone, Debug, Serialize)]
pub struct RoadmapCard {
    /// The roadmap.
    pub road: RoadRef,
    /// Its summary; may be empty.
    pub summary: String,
    /// For whom it is; may be empty.
    pub audience: String,
    /// Its figures.
    pub facts: RoadmapFacts,
    /// Its line in small: one station a stage.
    pub stations: Vec<Station>,
}

/// A station of a miniature line.
#[derive(Clone, Debug, Serialize)]
pub struct Station {
    /// Its place on the line, in per cent of the way from 0 (first station) to 100 (last).
    #[serde(serialize_with = "short")]
    pub at: f64,
    /// How many topics it has, against the fullest stage of the roadmap: 1 (few) to 3 (many).
    pub size: u8,
    /// Whether it is a bonus stage.
    pub bonus: bool,
    /// The title of the stage.
    pub title: String,
}

/// What the roadmaps of a site share.
#[derive(Clone, Debug, Serialize)]
pub struct SharedView {
    /// "61 topics are on both roadmaps", "61 topics are on two or more roadmaps".
    pub text: String,
    /// Those on the most roadmaps, at most about 24.
    pub topics: Vec<TopicRow>,
    /// What was left out: "and 37 more"; empty when nothing.
    pub more: String,
    /// The page that compares the roadmaps.
    pub compare_url: String,
}

/// A roadmap.
#[derive(Clone, Debug, Serialize)]
pub struct RoadmapView {
    /// The roadmap.
    pub road: RoadRef,
    /// Its summary; may be empty.
    pub summary: String,
    /// For whom it is; may be empty.
    pub audience: String,
    /// What it assumes and no topic teaches.
    pub assumes: Vec<String>,
    /// Its tags.
    pub tags: Vec<Link>,
    /// Its figures.
    pub facts: RoadmapFacts,
    /// Its introduction; may be empty.
    pub content_html: String,
    /// Its timeline; `None` when no effort is known.
    pub timeline: Option<TimelineView>,
    /// The page of the timeline; empty when there is none.
    pub timeline_url: String,
    /// The road: its stages in order, in groups.
    pub groups: Vec<StageGroup>,
    /// Which signs the maps use, for the legend.
    pub legend: Legend,
    /// Practice for the whole roadmap.
    pub projects: Vec<ProjectGroup>,
    /// Questions and answers.
    pub faq: Vec<FaqItem>,
    /// The whole roadmap with all texts on one page; empty when there is none.
    pub print_url: String,
    /// The stages as a calendar, from the Monday after the build on; empty when there is none.
    pub calendar_url: String,
    /// The roadmap as one picture (`roadmap.svg`); empty when it is not published.
    pub poster_url: String,
    /// The roadmap as data (`roadmap.json`); empty when it is not published.
    pub data_url: String,
}

/// Consecutive stages under one heading.
#[derive(Clone, Debug, Serialize)]
pub struct StageGroup {
    /// The heading; empty for stages without a group.
    pub title: String,
    /// The stages.
    pub stages: Vec<RoadStage>,
}

/// A stage on the page of its roadmap.
#[derive(Clone, Debug, Serialize)]
pub struct RoadStage {
    /// Its id, unique in the roadmap; its anchor is `rb-stage-ID`.
    pub id: String,
    /// Its title, page, station and whether it is a bonus.
    pub stage: StageRef,
    /// Its place among all stages of the roadmap, from 1.
    pub number: usize,
    /// Its summary; may be empty.
    pub summary: String,
    /// What it takes.
    pub effort: EffortView,
    /// When, at the earliest start and latest end: "weeks 2–7"; empty when unknown.
    pub weeks: String,
    /// "7 topics"; empty for none.
    pub topics: String,
    /// Its map; `None` when it has no topic.
    pub map: Option<MapView>,
    /// The same topics as a list in order; sub-topics below their parents.
    pub steps: Vec<Step>,
    /// Topics of earlier stages that it takes up again.
    pub revisits: Vec<Link>,
}

/// Which signs the maps of a page use.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Legend {
    /// There are recommended topics.
    pub recommended: bool,
    /// There are optional topics.
    pub optional: bool,
    /// There are choices.
    pub choice: bool,
    /// There are sub-topics.
    pub parts: bool,
    /// There are bonus stages.
    pub bonus: bool,
}

/// A topic in an ordered list: small, without its summary.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// `essential`, `recommended` or `optional`, as placed.
    pub level: String,
    /// What it takes, as text; may be empty.
    pub effort: String,
    /// Who needs it: "if you picked Node.js"; empty for everyone.
    pub condition: String,
    /// The choice that it is an option of.
    pub option: Option<OptionOf>,
    /// Whether the page shown is its page.
    pub current: bool,
    /// Its sub-topics, in order.
    pub parts: Vec<Step>,
}

/// That a topic is an option of a choice.
#[derive(Clone, Debug, Serialize)]
pub struct OptionOf {
    /// The id of the choice, unique in the roadmap.
    pub id: String,
    /// The choice and its rule: "Backend language: pick 1 of 4".
    pub text: String,
    /// Whether the entry before it in the same list is no option of this choice: time to say `text`.
    pub first: bool,
    /// Whether its author would pick it.
    pub default: bool,
}

/// A group of topics of which the reader picks some.
#[derive(Clone, Debug, Serialize)]
pub struct ChoiceView {
    /// Its id, unique in the roadmap.
    pub id: String,
    /// The question; never empty (a general one stands in for a missing title).
    pub title: String,
    /// The rule: "Pick 1 of 4", "Pick 2–5 of 6".
    pub pick: String,
    /// Who is asked: "if you picked Node.js"; empty for everyone.
    pub condition: String,
    /// A remark; may be empty.
    pub note: String,
    /// The options, as listed.
    pub options: Vec<ChoiceOption>,
}

/// An option of a choice.
#[derive(Clone, Debug, Serialize)]
pub struct ChoiceOption {
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// What it takes, as text; may be empty.
    pub effort: String,
    /// Whether its author would pick it.
    pub default: bool,
    /// Whether the page shown is its page.
    pub current: bool,
}

/// Projects that belong together.
#[derive(Clone, Debug, Serialize)]
pub struct ProjectGroup {
    /// The rule: "Pick 1 of 3"; empty when all are meant.
    pub pick: String,
    /// The projects.
    pub projects: Vec<ProjectView>,
}

/// A project.
#[derive(Clone, Debug, Serialize)]
pub struct ProjectView {
    /// Its title.
    pub title: String,
    /// What it is; may be empty.
    pub summary: String,
    /// What it takes, as text; may be empty.
    pub effort: String,
}

/// A question and its answer.
#[derive(Clone, Debug, Serialize)]
pub struct FaqItem {
    /// The question: inline HTML, without a paragraph around it.
    pub question_html: String,
    /// The answer.
    pub answer_html: String,
}

/// A stage on the page with all texts.
#[derive(Clone, Debug, Serialize)]
pub struct PrintStage {
    /// Its anchor.
    pub anchor: String,
    /// Its title, page, station and whether it is a bonus.
    pub stage: StageRef,
    /// Its summary; may be empty.
    pub summary: String,
    /// What it takes.
    pub effort: EffortView,
    /// Its text, headings from the third level; may be empty.
    pub content_html: String,
    /// Its topics in order, sub-topics among them.
    pub topics: Vec<PrintTopic>,
    /// Its choices.
    pub choices: Vec<ChoiceView>,
    /// Practice.
    pub projects: Vec<ProjectGroup>,
}

/// A topic on the page with all texts.
#[derive(Clone, Debug, Serialize)]
pub struct PrintTopic {
    /// Its anchor.
    pub anchor: String,
    /// Its stage and its place in it: "3.12".
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its own page.
    pub url: String,
    /// `essential`, `recommended` or `optional`, as placed.
    pub level: String,
    /// What it takes, as text; may be empty.
    pub effort: String,
    /// Who needs it: "if you picked Node.js"; empty for everyone.
    pub condition: String,
    /// The author's remark for this road; may be empty.
    pub note: String,
    /// What to learn first: places on this page, or other pages.
    pub first: Vec<Link>,
    /// Its summary; may be empty.
    pub summary: String,
    /// Its text, headings from the fourth level; may be empty.
    pub content_html: String,
    /// What the reader can do afterwards.
    pub outcomes: Vec<String>,
    /// Where to learn it from.
    pub resources: Vec<ResourceView>,
}
