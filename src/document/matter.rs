//! The front matter of each kind of content file, as typed values: one struct a kind. [`read`] makes them.

pub mod read;

use super::effort::Effort;
use crate::source::Spanned;

/// How much a topic matters on a road.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Needed.
    #[default]
    Essential,
    /// Better with it.
    Recommended,
    /// For those who want more.
    Optional,
}

impl Level {
    /// The word that authors and readers see.
    pub fn name(self) -> &'static str {
        match self {
            Level::Essential => "essential",
            Level::Recommended => "recommended",
            Level::Optional => "optional",
        }
    }
}

/// An entry under `requires`.
#[derive(Clone, Debug)]
pub struct RawRequirement {
    /// The topic or choice ids; more than one only for `any`.
    pub ids: Vec<Spanned<String>>,
    /// One of the ids is enough.
    pub any: bool,
    /// Why, as shown to readers.
    pub because: Option<String>,
}

/// An entry under `resources`.
#[derive(Clone, Debug)]
pub struct Resource {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub url: Option<Spanned<String>>,
    /// One of the kinds of the guide.
    pub kind: Option<&'static str>,
    /// Whether it costs nothing.
    pub free: Option<bool>,
    /// How long it takes, in minutes.
    pub minutes: Option<i64>,
}

/// An entry under `projects`.
#[derive(Clone, Debug)]
pub struct Project {
    /// What to build.
    pub title: String,
    /// In a sentence or two.
    pub summary: Option<String>,
    /// How long it takes.
    pub effort: Option<Effort>,
}

/// Practice: all of a list, or some of it.
#[derive(Clone, Debug, Default)]
pub struct Projects {
    /// How many to do, from and to; `None` is all.
    pub pick: Option<(u32, u32)>,
    /// The projects.
    pub of: Vec<Project>,
}

/// The front matter of a topic.
#[derive(Clone, Debug, Default)]
pub struct TopicMatter {
    /// `title`
    pub title: String,
    /// `id`
    pub id: Option<Spanned<String>>,
    /// `summary`
    pub summary: Option<String>,
    /// `requires`
    pub requires: Vec<RawRequirement>,
    /// `assumes`
    pub assumes: Vec<String>,
    /// `related`
    pub related: Vec<Spanned<String>>,
    /// `part_of`
    pub part_of: Option<Spanned<String>>,
    /// `level`
    pub level: Level,
    /// `effort`
    pub effort: Option<Spanned<Effort>>,
    /// `order`
    pub order: Option<i64>,
    /// `tags`
    pub tags: Vec<Spanned<String>>,
    /// `outcomes`
    pub outcomes: Vec<String>,
    /// `resources`
    pub resources: Vec<Resource>,
    /// `projects`
    pub projects: Projects,
    /// `aliases`
    pub aliases: Vec<Spanned<String>>,
    /// `updated`
    pub updated: Option<Spanned<jiff::civil::Date>>,
    /// `draft`
    pub draft: bool,
    /// `template`
    pub template: Option<Spanned<String>>,
    /// `extra`
    pub extra: Option<serde_json::Value>,
}

/// An entry under a stage's `topics`.
#[derive(Clone, Debug)]
pub struct RawPlacement {
    /// The topic.
    pub topic: Spanned<String>,
    /// Replaces the topic's own.
    pub level: Option<Level>,
    /// Replaces the topic's own.
    pub part_of: Option<Spanned<String>>,
    /// `part_of: null`: whatever the topic is a part of, it stands by itself on this road.
    pub stands_alone: bool,
    /// Replaces the topic's own.
    pub effort: Option<Spanned<Effort>>,
    /// Options of which one must have been picked.
    pub for_options: Vec<Spanned<String>>,
    /// Adds to the topic's own.
    pub requires: Vec<RawRequirement>,
    /// Prerequisites known to come later.
    pub late: Vec<Spanned<String>>,
    /// Shown beside the topic on this road.
    pub note: Option<String>,
}

/// An entry under a stage's `choices`.
#[derive(Clone, Debug)]
pub struct RawChoice {
    /// `id`
    pub id: Spanned<String>,
    /// `title`
    pub title: Option<String>,
    /// `pick`, from and to
    pub pick: Spanned<(u32, u32)>,
    /// `of`
    pub of: Vec<Spanned<String>>,
    /// `default`
    pub default: Option<Spanned<String>>,
    /// `for`
    pub for_options: Vec<Spanned<String>>,
    /// `note`
    pub note: Option<String>,
}

/// The front matter of a stage.
#[derive(Clone, Debug, Default)]
pub struct StageMatter {
    /// `title`
    pub title: String,
    /// `id`
    pub id: Option<Spanned<String>>,
    /// `summary`
    pub summary: Option<String>,
    /// `order`
    pub order: Option<i64>,
    /// `draft`
    pub draft: bool,
    /// `extra`
    pub extra: Option<serde_json::Value>,
    /// `topics`
    pub topics: Vec<RawPlacement>,
    /// `choices`
    pub choices: Vec<RawChoice>,
    /// `revisits`
    pub revisits: Vec<Spanned<String>>,
    /// `effort`
    pub effort: Option<Spanned<Effort>>,
    /// `level`
    pub level: Level,
    /// `group`
    pub group: Option<String>,
    /// `label`; `Some("")` shows nothing
    pub label: Option<String>,
    /// `projects`
    pub projects: Projects,
    /// `aliases`
    pub aliases: Vec<Spanned<String>>,
}

/// An entry under a roadmap's `faq`.
#[derive(Clone, Debug)]
pub struct Faq {
    /// The question, inline Markdown.
    pub question: Spanned<String>,
    /// The answer, Markdown.
    pub answer: Spanned<String>,
}

/// The front matter of a roadmap.
#[derive(Clone, Debug, Default)]
pub struct RoadmapMatter {
    /// `title`
    pub title: String,
    /// `id`
    pub id: Option<Spanned<String>>,
    /// `summary`
    pub summary: Option<String>,
    /// `audience`
    pub audience: Option<String>,
    /// `assumes`
    pub assumes: Vec<String>,
    /// `hours_per_week`
    pub hours_per_week: Option<f64>,
    /// `effort`: the total that the author claims
    pub effort: Option<Spanned<Effort>>,
    /// `tags`
    pub tags: Vec<Spanned<String>>,
    /// `projects`
    pub projects: Projects,
    /// `faq`
    pub faq: Vec<Faq>,
    /// `aliases`
    pub aliases: Vec<Spanned<String>>,
    /// `order`
    pub order: Option<i64>,
    /// `extra`
    pub extra: Option<serde_json::Value>,
    /// `draft`
    pub draft: bool,
}

/// The front matter of a plain page and of the home page.
#[derive(Clone, Debug, Default)]
pub struct PageMatter {
    /// `title`
    pub title: Option<String>,
    /// `summary`
    pub summary: Option<String>,
    /// `aliases`
    pub aliases: Vec<Spanned<String>>,
    /// `draft`
    pub draft: bool,
    /// `extra`
    pub extra: Option<serde_json::Value>,
}
