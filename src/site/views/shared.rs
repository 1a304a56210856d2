//! Views of what every page has: the site, the page, links, efforts. Types only; the rules are those of [`super`].

use serde::Serialize;

use super::Extra;

/// The site, as far as every page shows it. Small and the same on all pages but for `current`.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    /// The title of the site.
    pub title: String,
    /// A sentence about the site; may be empty.
    pub description: String,
    /// BCP 47: `en`, `pt-BR`.
    pub language: String,
    /// `ltr` or `rtl`, from the language.
    pub direction: String,
    /// The author of the site; may be empty.
    pub author: String,
    /// The home page.
    pub home_url: String,
    /// The fixed links of the header: home, topics, compare (with two or more roadmaps), plain pages that
    /// ask for it. Never a list that grows with the content.
    pub nav: Vec<NavLink>,
    /// The search page; empty when there is none, or when the site is read from a folder, where it cannot work.
    pub search_url: String,
    /// The style sheet (`static/style.css`); empty when the theme has none.
    pub stylesheet: String,
    /// The theme switch (`static/theme.js`); empty when the theme has none.
    pub script: String,
    /// The module that keeps what readers mark (`static/reader.js`); empty when the theme has none, and for a site
    /// that is read from a folder, where browsers load no modules.
    pub reader: String,
    /// The icon (`static/icon.svg`); empty when the theme has none.
    pub icon: String,
    /// What a home screen wants to know; empty for a site that is read from a folder.
    pub manifest: String,
    /// The feed; empty when there is none.
    pub feed_url: String,
    /// `[extra]` of `site.toml`.
    pub extra: Extra,
    /// What made the site: "roadbook 0.1.0".
    pub generator: String,
}

/// A link of the header.
#[derive(Clone, Debug, Serialize)]
pub struct NavLink {
    /// Its text.
    pub title: String,
    /// Where it leads.
    pub url: String,
    /// Whether the page shown is it or lies below it.
    pub current: bool,
}

/// The page that is shown.
#[derive(Clone, Debug, Serialize)]
pub struct PageView {
    /// `home`, `roadmap`, `stage`, `timeline`, `topic`, `topics`, `tags`, `tag`, `compare`, `search`, `page`
    /// or `not-found`.
    pub kind: String,
    /// The heading of the page.
    pub title: String,
    /// For search engines and previews: the summary in plain text; may be empty.
    pub description: String,
    /// Its own URL; equal to a [`NavLink::url`] when that link leads here.
    pub url: String,
    /// Its own absolute URL, when the site's address is known.
    pub canonical: Option<String>,
    /// The way to it, from the roadmap or list above it, without home and without the page itself.
    pub breadcrumbs: Vec<Link>,
    /// When its text was last changed.
    pub updated: Option<DateView>,
    /// Where to edit it; empty when unknown.
    pub edit_url: String,
    /// The page as linked data (JSON-LD): a `<script>` element that no browser runs; empty when the site's
    /// address is unknown.
    pub linked_html: String,
    /// `extra:` of its front matter.
    pub extra: Extra,
}

/// A link.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    /// Its text.
    pub title: String,
    /// Where it leads.
    pub url: String,
}

/// A day.
#[derive(Clone, Debug, Serialize)]
pub struct DateView {
    /// `2025-11-21`.
    pub iso: String,
    /// "21 November 2025".
    pub text: String,
}

/// What something takes.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EffortView {
    /// The known part: "4–6 weeks", "about 1 week", "6+ months", "2 h"; empty when nothing is known.
    pub text: String,
    /// The same in hours, from and to; an open end is `None`. `[0, 0]` when nothing is known.
    pub hours: [Option<f64>; 2],
    /// The same in weeks of the roadmap's pace (the site's, where no roadmap is meant).
    pub weeks: [Option<f64>; 2],
    /// How many topics of it are of unknown effort.
    pub unknown: usize,
    /// The same in words: "3 topics of unknown effort"; empty for none, and for a single topic without parts.
    pub unknown_text: String,
}

/// A roadmap, named.
#[derive(Clone, Debug, Serialize)]
pub struct RoadRef {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// The number of its line colour, 1 to 12: the class `line-N`.
    pub line: u8,
}

/// A stage, named.
#[derive(Clone, Debug, Serialize)]
pub struct StageRef {
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// What its station shows: its number or the author's label; may be empty.
    pub label: String,
    /// Whether it is a bonus stage.
    pub bonus: bool,
}

/// The page before or after this one.
#[derive(Clone, Debug, Serialize)]
pub struct Neighbour {
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// The title of its stage, where it lies in another one; else empty.
    pub stage: String,
}
