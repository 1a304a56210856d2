//! Views of long lists of topics, and the comparison of roadmaps. Types only; the rules are those of [`super`].

use serde::Serialize;

use super::{Link, RoadRef, RoadmapFacts, StageRef};

/// A topic in a long list: as little as possible.
#[derive(Clone, Debug, Serialize)]
pub struct TopicRow {
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// The roadmaps that it is on, as places in the page's list of them, from 0. On the home page the roadmaps are
    /// those of the cards.
    pub on: Vec<usize>,
}

/// The topics whose titles begin with one letter.
#[derive(Clone, Debug, Serialize)]
pub struct LetterGroup {
    /// The letter in upper case; "0–9" for digits and signs.
    pub letter: String,
    /// Its anchor.
    pub id: String,
    /// The topics, by title.
    pub topics: Vec<TopicRow>,
}

/// A tag in the list of all.
#[derive(Clone, Debug, Serialize)]
pub struct TagRow {
    /// The tag.
    pub title: String,
    /// Its page.
    pub url: String,
    /// "12 topics".
    pub count: String,
}

/// A roadmap as a column of the comparison.
#[derive(Clone, Debug, Serialize)]
pub struct CompareColumn {
    /// The roadmap.
    pub road: RoadRef,
    /// Its figures.
    pub facts: RoadmapFacts,
}

/// Topics that equally many roadmaps place.
#[derive(Clone, Debug, Serialize)]
pub struct CompareGroup {
    /// Its anchor.
    pub id: String,
    /// "On all 3 roadmaps", "On 2 of 3 roadmaps", "Only on Thirteen stages".
    pub title: String,
    /// "61 topics".
    pub count: String,
    /// The one roadmap that places these topics; `None` when more do.
    pub only: Option<RoadRef>,
    /// The topics, in the order of the first roadmap that places them.
    pub rows: Vec<CompareRow>,
}

/// A topic as a row of the comparison.
#[derive(Clone, Debug, Serialize)]
pub struct CompareRow {
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// One cell a column; `None` where the roadmap does not place it. In a group that has `only`, a single
    /// cell: that roadmap's.
    pub cells: Vec<Option<CompareCell>>,
    /// The levels as signs, one a cell: `e`ssential, `r`ecommended, `o`ptional, `-` where it is not: "er-o".
    pub levels: String,
}

/// What a topic is on one roadmap.
#[derive(Clone, Debug, Serialize)]
pub struct CompareCell {
    /// The stage.
    pub stage: StageRef,
    /// `essential`, `recommended` or `optional`.
    pub level: String,
    /// What it takes there, as text; may be empty.
    pub effort: String,
}

/// A topic that some roadmaps put before certain others, and some after them.
#[derive(Clone, Debug, Serialize)]
pub struct Disagreement {
    /// The topic.
    pub one: Link,
    /// The topics that it changes places with, on the same roadmaps.
    pub others: Vec<Link>,
    /// The roadmaps on which `one` comes first.
    pub one_first: Vec<RoadRef>,
    /// The roadmaps on which the others come first.
    pub other_first: Vec<RoadRef>,
}

/// How much of each roadmap one of them covers, as a row of a table.
#[derive(Clone, Debug, Serialize)]
pub struct OverlapRow {
    /// The roadmap that the reader has done.
    pub road: RoadRef,
    /// One cell a column, in their order: how many per cent of that column's topics this roadmap places too,
    /// rounded; never 0 or 100 by rounding alone. `None` for the roadmap itself.
    pub cells: Vec<Option<usize>>,
}
