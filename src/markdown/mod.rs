//! Markdown: the body of a content file becomes an outline or a piece of HTML.
//!
//! * In: the text of a body or of a short field, [`Options`], and for rendering a function that says
//!   where each link leads.
//! * Out: [`Outline`] (links, headings, anchors, problems) or [`Html`].
//! * Refuses to: know topics, files or URLs (the caller resolves every link), read or write anything,
//!   render a link or picture with an active scheme, or fail: every string is a text.
//!
//! The dialect is that of the content guide: CommonMark with GitHub's tables, strikethrough, task lists,
//! footnotes, autolinks and alerts, heading attributes, definition lists, math, and wiki links.
//!
//! The way of a text, a file each:
//!
//! ```text
//! text ─events→ Document ─plan→ ids of headings and footnotes ─outline→ Outline
//!                                                             ─render→  Html
//! ```
//!
//! Both ends work on the same `events::Document` and the same plan, so an anchor in an outline is an
//! id in the page. Spans are byte ranges of the text that was handed in.
//!
//! # Classes in the HTML
//!
//! | class | element |
//! | --- | --- |
//! | `alert`, `alert-note` (`-tip`, `-important`, `-warning`, `-caution`) | `div` of an alert |
//! | `alert-title` | its first `p` |
//! | `table` | `div` around a table, which scrolls |
//! | `align-left`, `align-center`, `align-right` | `th` and `td` |
//! | `code` | `pre` of a code block; its `code` has `lang-NAME` |
//! | `task` | `li` with a checkbox |
//! | `footnote-ref` | `sup` around a reference |
//! | `footnotes`, `footnote-back` | `section` of the notes, link back from one |
//! | `math` | `span` around a formula that stands by itself, which scrolls |
//! | `math-error` | `code` with a formula that cannot be read |
//! | `raw-html` | `p` with a block of raw HTML shown as text |
//!
//! Math may bring `math-core-serif-font`, `math-core-sans-serif-font` and `menclose-…strike`. The
//! classes inside code blocks are listed in [`highlight`].

mod autolink;
mod events;
pub mod highlight;
mod ids;
mod math;
mod outline;
mod plan;
mod problems;
mod raw_html;
mod render;
mod sanitize;
mod scheme;
#[cfg(test)]
mod tests;
mod write;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use outline::{outline, passages, plain_text};
pub use render::{Within, inline_html, to_html, to_html_within};
pub use scheme::is_active_scheme;

/// What a link is, as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkKind {
    /// `[text](destination)` in all its spellings, and autolinks.
    Link,
    /// `![text](destination)`.
    Image,
    /// `[[destination]]` or `[[destination|text]]`.
    Wiki,
}

/// One link, picture or wiki link of a Markdown text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What it is.
    pub kind: LinkKind,
    /// Where it leads, as the author wrote it, entities and escapes decoded. For an e-mail autolink with
    /// `mailto:`, for a bare `www.` link with `http://` before it.
    pub destination: String,
    /// Bytes of the text, the whole link as written.
    pub span: Range<usize>,
}

/// One heading of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// The level it is rendered with: 2 to 6, as the page's title is the only `h1`.
    pub level: u8,
    /// The `id` attribute, unique in the text and never empty.
    pub id: String,
    /// The heading without markup.
    pub text: String,
    /// Bytes of the text, the whole heading.
    pub span: Range<usize>,
}

/// A text without its markup, by what its words are worth to a search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passages {
    /// The headings, a line each.
    pub headings: String,
    /// The text itself.
    pub prose: String,
    /// The code blocks.
    pub code: String,
}

/// Something in a text that cannot be read as it was meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What is wrong: one line, lower case, no full stop.
    pub message: String,
    /// Where.
    pub span: Range<usize>,
    /// How to mend it.
    pub help: Option<String>,
}

/// What other stages need to know of a text without rendering it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outline {
    /// Every link, in the order of the text. Those with an active scheme are among them.
    pub links: Vec<Link>,
    /// Every heading, those inside footnotes last.
    pub headings: Vec<Heading>,
    /// Every id in the HTML of the text: headings, footnotes and, unless it is escaped, raw HTML.
    pub anchors: Vec<String>,
    /// Whether there is no word in the text.
    pub is_empty: bool,
    /// What the author should mend: math and links that cannot be read.
    pub problems: Vec<Problem>,
}

/// What becomes of HTML in a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RawHtml {
    /// It goes into the page as it is; its links and scripts are the author's own.
    #[default]
    Keep,
    /// It is shown as text.
    Escape,
    /// What is harmless of it goes into the page.
    Sanitize,
}

/// How a text is read and rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// What becomes of HTML in the text.
    pub raw_html: RawHtml,
    /// Whether code blocks are coloured.
    pub highlight: bool,
    /// The words that texts bring along.
    pub labels: Labels,
}

impl Default for Options {
    fn default() -> Self {
        Self { raw_html: RawHtml::Keep, highlight: true, labels: Labels::default() }
    }
}

/// The words that a text does not have itself; English by default. `$n` stands for a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels {
    /// The titles of alerts: note, tip, important, warning, caution.
    pub alerts: [String; 5],
    /// The only table of a text, and the others.
    pub table: [String; 2],
    /// A reference to a footnote.
    pub footnote: String,
    /// All footnotes.
    pub footnotes: String,
    /// The way back from a footnote.
    pub footnote_back: String,
    /// An entry of a task list, open and done.
    pub task: [String; 2],
    /// A formula that stands by itself.
    pub formula: String,
}

impl Default for Labels {
    fn default() -> Self {
        Self {
            alerts: ["Note", "Tip", "Important", "Warning", "Caution"].map(Into::into),
            table: ["Table", "Table $n"].map(Into::into),
            footnote: "Footnote $n".into(),
            footnotes: "Footnotes".into(),
            footnote_back: "Back to reference $n".into(),
            task: ["to do", "done"].map(Into::into),
            formula: "Formula".into(),
        }
    }
}

/// Where a link leads, decided by the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To a place.
    To {
        /// The address as it goes in the page. It is escaped here, and characters that no URL may have
        /// are percent-encoded.
        href: String,
        /// The text of a link that has none of its own, such as `[[http]]`. Other links ignore it.
        title: Option<String>,
    },
    /// Nowhere: the text alone is rendered (of a picture, the alternative text).
    TextOnly,
}

/// A rendered text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html {
    /// HTML for the body of a page.
    pub html: String,
    /// Its headings, those inside footnotes last.
    pub headings: Vec<Heading>,
}
