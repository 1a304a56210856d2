//! All documents → [`Roadmaps`]: ids resolved, topics placed, choices bound.
//!
//! After this stage nobody looks anything up by an author's string: topics, stages, placements and choices
//! are indices. What could not be resolved was reported and is left out; no later stage reports it again.

mod cycles;
mod ids;
mod lints;
mod names;
mod placements;
mod resolve;
mod standing;
mod survey;
mod topic_lints;

pub use ids::{Named, is_id, is_reserved, nearest_id};
pub use resolve::{Options, resolve};
pub use standing::{Standing, requirements, standing};

use std::collections::{BTreeMap, BTreeSet};

use crate::document::effort::Effort;
use crate::document::matter::Level;
use crate::source::{Span, Spanned};

/// A topic, as an index into [`Roadmaps::topics`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TopicIx(pub usize);

/// A document, as an index into the documents that were resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentIx(pub usize);

/// A placement, as an index into [`Roadmap::placements`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlacementIx(pub usize);

/// A choice, as an index into [`Roadmap::choices`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChoiceIx(pub usize);

/// The whole site, resolved. Drafts are in it only when they were asked for.
#[derive(Clone, Debug, Default)]
pub struct Roadmaps {
    /// All topics, by id.
    pub topics: Vec<Topic>,
    /// The roadmaps in the site's order.
    pub roadmaps: Vec<Roadmap>,
    /// The plain pages, by path.
    pub pages: Vec<Page>,
    /// The home page's document.
    pub home: Option<DocumentIx>,
    /// Documents that are drafts and left out.
    pub drafts: Vec<DocumentIx>,
    /// Edges (prerequisite, topic) that lie on a reported circle: no order can respect them.
    pub circular: BTreeSet<(TopicIx, TopicIx)>,
}

impl Roadmaps {
    /// A topic.
    pub fn topic(&self, ix: TopicIx) -> &Topic {
        &self.topics[ix.0]
    }

    /// The topic with this id.
    pub fn find(&self, id: &str) -> Option<TopicIx> {
        self.topics.binary_search_by(|topic| topic.id.as_str().cmp(id)).ok().map(TopicIx)
    }
}

/// A plain page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its name in the URL.
    pub name: String,
    /// Its document.
    pub document: DocumentIx,
}

/// One thing to learn.
#[derive(Clone, Debug)]
pub struct Topic {
    /// Its id, unique in the site.
    pub id: String,
    /// Its document, which holds all that only readers need.
    pub document: DocumentIx,
    /// What to learn first, wherever the topic is placed.
    pub requires: Vec<Requirement>,
    /// Cross-links without order.
    pub related: Vec<TopicIx>,
    /// The topic that it is a part of.
    pub part_of: Option<TopicIx>,
}

/// Something to learn first.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// The topic or choice; with `any`, the alternatives.
    pub targets: Vec<Spanned<Target>>,
    /// One of the targets is enough.
    pub any: bool,
    /// Why.
    pub because: Option<String>,
}

/// What a prerequisite names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A topic.
    Topic(TopicIx),
    /// A choice, by its id: the same id in several roadmaps is the same question.
    Choice(String),
}

/// An ordered list of stages with a goal.
#[derive(Clone, Debug)]
pub struct Roadmap {
    /// Its id, unique in the site.
    pub id: String,
    /// Its document.
    pub document: DocumentIx,
    /// What a week is, in hours.
    pub hours_per_week: f64,
    /// Whether nobody has stated that week.
    pub pace_is_assumed: bool,
    /// The total that its author claims.
    pub claimed: Option<Spanned<Effort>>,
    /// Its stages in their order.
    pub stages: Vec<Stage>,
    /// The stages are not the author's: they follow from the prerequisites, once planned.
    pub flat: bool,
    /// Every topic of the roadmap once.
    pub placements: Vec<Placement>,
    /// The choices of all stages.
    pub choices: Vec<Choice>,
    /// Where each topic is placed.
    pub placed: BTreeMap<TopicIx, PlacementIx>,
}

impl Roadmap {
    /// A placement.
    pub fn placement(&self, ix: PlacementIx) -> &Placement {
        &self.placements[ix.0]
    }

    /// A choice.
    pub fn choice(&self, ix: ChoiceIx) -> &Choice {
        &self.choices[ix.0]
    }

    /// The choice with this id.
    pub fn find_choice(&self, id: &str) -> Option<ChoiceIx> {
        self.choices.iter().position(|choice| choice.id == id).map(ChoiceIx)
    }
}

/// A step of a roadmap.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Its id, unique in the roadmap.
    pub id: String,
    /// Its document; derived stages have none.
    pub document: Option<DocumentIx>,
    /// Its title.
    pub title: String,
    /// `optional` makes it a bonus stage.
    pub level: Level,
    /// A heading over consecutive stages.
    pub group: Option<String>,
    /// What its station shows instead of its number.
    pub label: Option<String>,
    /// The author's own figure for the whole stage.
    pub effort: Option<Spanned<Effort>>,
    /// Its placements, unordered.
    pub placements: Vec<PlacementIx>,
    /// Its choices, as listed.
    pub choices: Vec<ChoiceIx>,
    /// Topics of earlier stages that it takes up again.
    pub revisits: Vec<TopicIx>,
}

impl Stage {
    /// A bonus stage is summed apart.
    pub fn is_bonus(&self) -> bool {
        self.level == Level::Optional
    }
}

/// A topic's place on one road, with what it is there.
#[derive(Clone, Debug)]
pub struct Placement {
    /// The topic.
    pub topic: TopicIx,
    /// The stage, as an index into [`Roadmap::stages`].
    pub stage: usize,
    /// How much it matters on this road.
    pub level: Level,
    /// The placement of the topic that it is a part of, in the same stage.
    pub part_of: Option<PlacementIx>,
    /// Its effort on this road.
    pub effort: Option<Spanned<Effort>>,
    /// Needed only by readers who picked one of these options.
    pub for_options: Vec<TopicIx>,
    /// Prerequisites of this road alone.
    pub requires: Vec<Requirement>,
    /// Prerequisites that its author knows to come later.
    pub late: Vec<Spanned<Target>>,
    /// A remark for this road.
    pub note: Option<String>,
    /// Its rank among equals of its stage: `order:`, the place in the stage's list, the file name.
    pub rank: (i64, usize, String),
    /// Where it was placed: the entry of the list, or the file.
    pub span: Span,
}

/// A group of topics of which the reader picks some.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its id, unique in the roadmap.
    pub id: String,
    /// The question.
    pub title: Option<String>,
    /// How many to pick, from and to.
    pub pick: (u32, u32),
    /// The options.
    pub of: Vec<PlacementIx>,
    /// The option that its author would pick.
    pub default: Option<TopicIx>,
    /// Asked only of readers who picked one of these options of another choice.
    pub for_options: Vec<TopicIx>,
    /// A remark.
    pub note: Option<String>,
    /// The stage that asks, as an index into [`Roadmap::stages`].
    pub stage: usize,
    /// Where its id stands.
    pub span: Span,
}
