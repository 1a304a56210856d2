//! What templates see: one context a page kind, made of the views below.
//!
//! In: nothing; these are types only. Out: what `themes/default/README.md` documents, field by field: a
//! change here is a change there. A template sees its own page's context and nothing else, so a page's
//! HTML is a function of the value that it was given.
//!
//! Rules that hold for every view:
//!
//! - **URLs** (`url`, `*_url`) are final and go into `href=""` as they are; only those called *absolute*
//!   hold a scheme and host.
//! - **Text** is plain and is escaped by the template, except in fields whose name ends in `_html`, which
//!   hold finished, safe HTML.
//! - **Numbers for people are text** already: a range has an en dash, a unit stands with every number,
//!   `1 week` is not `1 weeks`. Such fields are empty, never `"0 weeks"`, when there is nothing to say.
//! - **Absent text is `""`**, absent lists are empty; `Option` stands only for absent values of other types.
//! - **Geometry** is in CSS pixels, y downwards, or in per cent (0 to 100) where it says so.

use serde::{Serialize, Serializer};

mod drawing;
mod lists;
mod roadmap;
mod shared;
mod stage;
mod topic;

pub use drawing::*;
pub use lists::*;
pub use roadmap::*;
pub use shared::*;
pub use stage::*;
pub use topic::*;

/// An author's own data for templates (`extra:`), as it was written: a map, empty when there is none.
pub type Extra = serde_json::Value;

/// Writes a coordinate with at most two decimals, and a whole one without any (`276`, not `276.0`).
fn short<S: Serializer>(value: &f64, out: S) -> Result<S::Ok, S::Error> {
    let rounded = (value * 100.0).round() / 100.0;
    if rounded.fract() == 0.0 && rounded.abs() < 1e15 {
        out.serialize_i64(rounded as i64)
    } else {
        out.serialize_f64(rounded)
    }
}

/// `home.html`: the roadmaps side by side.
#[derive(Clone, Debug, Serialize)]
pub struct HomePage {
    /// The site.
    pub site: SiteView,
    /// This page.
    pub page: PageView,
    /// The text of `content/_index.md`; may be empty.
    pub content_html: String,
    /// One card a roadmap, in the site's order.
    pub roadmaps: Vec<RoadmapCard>,
    /// What the roadmaps share; `None` with fewer than two of them, or when they share nothing.
    pub shared: Option<SharedView>,
}

/// `roadmap.html`: the whole road.
#[derive(Clone, Debug, Serialize)]
pub struct RoadmapPage {
    /// The site.
    pub site: SiteView,
    /// This page.
    pub page: PageView,
    /// The roadmap.
    pub roadmap: RoadmapView,
}

/// `stage.html`: one stage of a roadmap.
#[derive(Clone, Debug, Serialize)]
pub struct StagePage {
    /// The site.
    pub site: SiteView,
    /// This page.
    pub page: PageView,
    /// The roadmap that the stage belongs to.
    pub roadmap: RoadRef,
    /// All stages of that roadmap, for the line at the side; this stage's `steps` are left empty, since
    /// they stand in the page.
    pub line: Vec<LineStage>,
    /// The stage.
    pub stage: StageView,
    /// The stage before it.
    pub previous: Option<Neighbour>,
    /// The stage after it.
    pub next: Option<Neighbour>,
}

/// `timeline.html`: the timeline of one roadmap, as a chart and as a table.
#[derive(Clone, Debug, Serialize)]
pub struct TimelinePage {
    /// The site.
    pub site: SiteView,
    /// This page.
    pub page: PageView,
    /// The roadmap.
    pub roadmap: RoadRef,
    /// Its figures.
    pub facts: RoadmapFacts,
    /// The timeline; `None` when no effort of the roadmap is known.
    pub timeline: Option<TimelineView>,
}

/// `topic.html`: one topic.
#[derive(Clone, Debug, Serialize)]
pub struct TopicPage {
    /// The site.
    pub site: SiteView,
    /// This page.
    pub page: PageView,
    /// The topic.
    pub topic: TopicView,
}

/// `topics.html`: all topics of the site.
#[derive(Clone, Debug, Serialize)]
pub struct TopicsPage {
    /// The site.
    pub site: SiteView,
    /// This page.
    pub page: PageView,
    /// How many topics there are: "293 topics".
    pub count: String,
    /// The roadmaps, in the order of [`TopicRow::on`].
    pub roadmaps: Vec<RoadRef>,
    /// The topics by first letter, in the order of the alphabet; digits and signs stand first, together.
    pub letters: Vec<LetterGroup>,
    /// The page with all tags; empty when the site has none.
    pub tags_url: String,
}

/// `tags.html`: all tags.
#[derive(Clone, Debug, Serialize)]
pub struct TagsPage {
    /// The site.
    pub site: SiteView,
    /// This page.
    pub page: PageView,
    /// The tags, by name.
    pub tags: Vec<TagRow>,
}

/// `tag.html`: what bears one tag.
#[derive(Clone, Debug, Serialize)]
pub struct TagPage {
    /// The site.
    pub site: SiteView,
    /// This page.
    pub page: PageView,
    /// The tag as authors write it.
    pub tag: String,
    /// How many topics bear it: "12 topics".
    pub count: String,
    /// The site's roadmaps, in the order of [`TopicRow::on`].
    pub roadmaps: Vec<RoadRef>,
    /// Roadmaps that bear the tag themselves.
    pub tagged_roadmaps: Vec<RoadRef>,
    /// The topics, by title.
    pub topics: Vec<TopicRow>,
    /// The page with all tags.
    pub tags_url: String,
}

/// `print.html`: a whole roadmap with all its texts, to print or keep.
#[derive(Clone, Debug, Serialize)]
pub struct PrintPage {
    /// The site.
    pub site: SiteView,
    /// This page.
    pub page: PageView,
    /// The roadmap.
    pub roadmap: RoadRef,
    /// Its summary; may be empty.
    pub summary: String,
    /// Its figures.
    pub facts: RoadmapFacts,
    /// Its introduction; may be empty.
    pub content_html: String,
    /// Its stages in order.
    pub stages: Vec<PrintStage>,
    /// Questions and answers.
    pub faq: Vec<FaqItem>,
}

/// `compare.html`: which topic is on which roadmap. Exists only with two or more roadmaps.
#[derive(Clone, Debug, Serialize)]
pub struct ComparePage {
    /// The site.
    pub site: SiteView,
    /// This page.
    pub page: PageView,
    /// The roadmaps, one a column.
    pub columns: Vec<CompareColumn>,
    /// How much of each roadmap the others cover; one row a roadmap.
    pub overlaps: Vec<OverlapRow>,
    /// Whether there are so many roadmaps that a cell has room for a stage's sign only.
    pub compact: bool,
    /// The topics, those that most roadmaps agree on first.
    pub groups: Vec<CompareGroup>,
    /// Topics that roadmaps put in opposite order, those that most roadmaps are divided over first; as many
    /// as are worth reading.
    pub disagreements: Vec<Disagreement>,
    /// What was left out of `disagreements`: "and 41 more pairs"; empty when nothing.
    pub more_disagreements: String,
}

/// `plan.html`: the reader's own plan of one roadmap. Exists where the theme has `static/plan.js`.
#[derive(Clone, Debug, Serialize)]
pub struct PlanPage {
    /// The site.
    pub site: SiteView,
    /// This page.
    pub page: PageView,
    /// The roadmap.
    pub roadmap: RoadRef,
    /// Its pace as text: "20 hours a week".
    pub pace: String,
    /// The same as a number: hours.
    pub hours_per_week: f64,
    /// Its timeline; empty when there is none.
    pub timeline_url: String,
}

/// `search.html`: the search. Exists unless `[search]` turns it off.
#[derive(Clone, Debug, Serialize)]
pub struct SearchPage {
    /// The site.
    pub site: SiteView,
    /// This page.
    pub page: PageView,
    /// The module that searches (`static/search.js`); empty when the theme has none, and for a site that is read
    /// from a folder, where browsers load no modules.
    pub script: String,
    /// The folder of the index.
    pub index_url: String,
    /// The page with all topics.
    pub topics_url: String,
    /// The page with all tags; empty when the site has none.
    pub tags_url: String,
}

/// `page.html`: a plain page.
#[derive(Clone, Debug, Serialize)]
pub struct PlainPage {
    /// The site.
    pub site: SiteView,
    /// This page.
    pub page: PageView,
    /// Its text.
    pub content_html: String,
}

/// `404.html`: what a server answers for an unknown URL. It may be shown under any URL.
#[derive(Clone, Debug, Serialize)]
pub struct NotFoundPage {
    /// The site.
    pub site: SiteView,
    /// This page.
    pub page: PageView,
    /// The roadmaps.
    pub roadmaps: Vec<RoadRef>,
    /// The page with all topics.
    pub topics_url: String,
}

/// `redirect.html`: an old URL (`aliases`). Does not extend `base.html`.
#[derive(Clone, Debug, Serialize)]
pub struct RedirectPage {
    /// The language of the site, as in [`SiteView::language`].
    pub language: String,
    /// `ltr` or `rtl`, as in [`SiteView::direction`].
    pub direction: String,
    /// The title of the page it leads to.
    pub title: String,
    /// Where it leads.
    pub url: String,
    /// The same, absolute, when the site's address is known.
    pub canonical: Option<String>,
    /// The icon, as in [`SiteView::icon`].
    pub icon: String,
}

/// `poster.svg`: the whole roadmap as one picture that stands alone (`roadmap.svg` beside its page): nothing
/// of the site's style sheet reaches it. Does not extend `base.html`. Its addresses are absolute when the
/// site's is known.
#[derive(Clone, Debug, Serialize)]
pub struct PosterPage {
    /// The language, as in [`SiteView::language`].
    pub language: String,
    /// The number of the roadmap's line colour, as in [`RoadRef::line`].
    pub line: u8,
    /// The title of the roadmap, wrapped: 30 px, bold.
    pub lines: Vec<MapText>,
    /// The same in one piece.
    pub title: String,
    /// The page of the roadmap.
    pub url: String,
    /// Its totals: "9 stages · 102 topics · 29–42 weeks".
    pub subtitle: String,
    /// The line through the stations of all stages: SVG path data; empty with fewer than two.
    pub track: String,
    /// Left edge of the whole picture; the drawing itself begins at 0.
    #[serde(serialize_with = "short")]
    pub x: f64,
    /// Upper edge of the whole picture; the title stands above 0, legend and credits below the drawing.
    #[serde(serialize_with = "short")]
    pub y: f64,
    /// Of the whole picture.
    #[serde(serialize_with = "short")]
    pub width: f64,
    /// Of the whole picture.
    #[serde(serialize_with = "short")]
    pub height: f64,
    /// The stages from top to bottom.
    pub stages: Vec<PosterStage>,
    /// All topics and lines. Lines between stages have the class `far` too.
    pub map: MapView,
    /// Which signs it uses.
    pub legend: Legend,
    /// The title of the site.
    pub site_title: String,
    /// The home page.
    pub site_url: String,
    /// What made it, as in [`SiteView::generator`].
    pub generator: String,
}

/// `atom.xml`: the feed of what was updated. Exists only when the site's address is known, since a feed
/// holds absolute URLs only.
#[derive(Clone, Debug, Serialize)]
pub struct FeedPage {
    /// The title of the site.
    pub title: String,
    /// A sentence about the site; may be empty.
    pub subtitle: String,
    /// The language, as in [`SiteView::language`].
    pub language: String,
    /// The feed's own address, absolute; also its id.
    pub url: String,
    /// The home page, absolute.
    pub home_url: String,
    /// The author; the site's title when none is given, since Atom wants one.
    pub author: String,
    /// The latest `updated` of all entries, RFC 3339 (`2025-11-21T00:00:00Z`).
    pub updated: String,
    /// What made it: "roadbook 0.1.0".
    pub generator: String,
    /// The entries, newest first.
    pub entries: Vec<FeedEntry>,
}

/// One entry of the feed.
#[derive(Clone, Debug, Serialize)]
pub struct FeedEntry {
    /// The topic's or page's title.
    pub title: String,
    /// Its page, absolute; also its id.
    pub url: String,
    /// When it was updated, RFC 3339.
    pub updated: String,
    /// Its summary; may be empty.
    pub summary: String,
}
