//! One content file → one [`Document`].
//!
//! In: a path and a text. Out: the kind of the file (by its place in the folder), its front matter as
//! typed values with their places, and an outline of its Markdown (links, headings, anchors). A document
//! knows no other file; a front matter that cannot be read leaves a document with a hole ([`Document::broken`]),
//! so that what refers to it is not reported as well.

pub mod effort;
pub mod matter;
pub mod place;

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::markdown::Outline;
use crate::source::{FileId, Source, Span, Spanned};
use crate::tree::fields::At;
use crate::tree::yaml;
use matter::read;
use matter::{PageMatter, RoadmapMatter, StageMatter, TopicMatter};
use place::{Kind, Place};

/// A content file, read.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file.
    pub file: FileId,
    /// Where it lies and what that makes it.
    pub place: Place,
    /// Its front matter.
    pub matter: Matter,
    /// Its front matter could not be read: what it says about itself is unknown.
    pub broken: bool,
    /// Its front matter has a mistake: what seems to be missing may only be misspelt.
    pub faulty: bool,
    /// `allow:` of its front matter.
    pub allows: Vec<Spanned<Code>>,
    /// The bytes of the file that are Markdown.
    pub body: Range<usize>,
    /// What the Markdown refers to and can be referred to by.
    pub outline: Outline,
}

/// The front matter of a content file, by kind.
#[derive(Clone, Debug)]
pub enum Matter {
    /// The home page.
    Home(PageMatter),
    /// A plain page.
    Page(PageMatter),
    /// A topic.
    Topic(Box<TopicMatter>),
    /// A stage.
    Stage(Box<StageMatter>),
    /// A roadmap.
    Roadmap(Box<RoadmapMatter>),
}

impl Document {
    /// Whether the author marked it as a draft.
    pub fn is_draft(&self) -> bool {
        match &self.matter {
            Matter::Home(page) | Matter::Page(page) => page.draft,
            Matter::Topic(topic) => topic.draft,
            Matter::Stage(stage) => stage.draft,
            Matter::Roadmap(roadmap) => roadmap.draft,
        }
    }

    /// The old URLs that lead here.
    pub fn aliases(&self) -> &[Spanned<String>] {
        match &self.matter {
            Matter::Home(page) | Matter::Page(page) => &page.aliases,
            Matter::Topic(topic) => &topic.aliases,
            Matter::Stage(stage) => &stage.aliases,
            Matter::Roadmap(roadmap) => &roadmap.aliases,
        }
    }

    /// `extra` of whatever kind.
    pub fn extra(&self) -> Option<&serde_json::Value> {
        match &self.matter {
            Matter::Home(page) | Matter::Page(page) => page.extra.as_ref(),
            Matter::Topic(topic) => topic.extra.as_ref(),
            Matter::Stage(stage) => stage.extra.as_ref(),
            Matter::Roadmap(roadmap) => roadmap.extra.as_ref(),
        }
    }

    /// `summary` of whatever kind.
    pub fn summary(&self) -> Option<&str> {
        match &self.matter {
            Matter::Home(page) | Matter::Page(page) => page.summary.as_deref(),
            Matter::Topic(topic) => topic.summary.as_deref(),
            Matter::Stage(stage) => stage.summary.as_deref(),
            Matter::Roadmap(roadmap) => roadmap.summary.as_deref(),
        }
    }
}

/// Reads one content file; `outline` reads its Markdown.
pub fn read(
    file: FileId,
    source: &Source,
    place: Place,
    outline: impl FnOnce(&str) -> Outline,
    out: &mut Diagnostics,
) -> Document {
    if source.unread {
        return unread(file, place, outline(""));
    }
    let split = split(&source.text);
    let top = Span::new(file, split.top..split.top + mark(&source.text[split.top..]));
    let mut problems = Diagnostics::default();
    let node = match &split.front {
        Front::Closed(range) => yaml::parse(&source.text[range.clone()], file, range.start, &mut problems),
        Front::None => Some(empty(file)),
        Front::Unclosed => {
            problems.push(
                Diagnostic::new(Code::Syntax, top, "the front matter is never closed")
                    .label("opened here")
                    .help("put a line `---` below the last key"),
            );
            None
        }
        Front::Returns => {
            problems.push(
                Diagnostic::new(Code::Syntax, top, "the lines of this file end with CR alone")
                    .help("save it with LF or CRLF at the end of lines"),
            );
            None
        }
    };
    let node = node.map(|node| if node.value == crate::tree::Value::Null { empty(file) } else { node });
    let allows = node.as_ref().map_or_else(Vec::new, |node| read::allows(At::root(node), &mut problems));
    let read = node.as_ref().and_then(|node| read_matter(At::root(node), place.kind, top, &mut problems));
    let faulty = problems.iter().next().is_some();
    for mut problem in problems.into_vec() {
        if problem.code == Code::MissingKey && matches!(split.front, Front::None) {
            problem.help = Some("begin the file with a line `---`, then `title: …`, then a line `---`".into());
        }
        out.push(problem);
    }
    let outline = outline(&source.text[split.body.clone()]);
    report_markdown(&outline, file, split.body.start, out);
    Document {
        file,
        broken: read.is_none(),
        faulty,
        matter: read.unwrap_or_else(|| hole(place.kind)),
        place,
        allows,
        body: split.body,
        outline,
    }
}

/// What stands for a file that could not be read.
fn unread(file: FileId, place: Place, outline: Outline) -> Document {
    Document {
        file,
        matter: hole(place.kind),
        place,
        broken: true,
        faulty: true,
        allows: Vec::new(),
        body: 0..0,
        outline,
    }
}

fn report_markdown(outline: &Outline, file: FileId, offset: usize, out: &mut Diagnostics) {
    for problem in &outline.problems {
        let span = Span::new(file, offset + problem.span.start..offset + problem.span.end);
        let mut report = Diagnostic::new(Code::Syntax, span, &*problem.message);
        report.help = problem.help.clone();
        out.push(report);
    }
}

fn empty(file: FileId) -> crate::tree::Node {
    Spanned::new(crate::tree::Value::Map(Vec::new()), Span::start_of(file))
}

fn read_matter(node: At<'_>, kind: Kind, top: Span, out: &mut Diagnostics) -> Option<Matter> {
    Some(match kind {
        Kind::Home => Matter::Home(read::page(node, top, true, out)?),
        Kind::Page => Matter::Page(read::page(node, top, false, out)?),
        Kind::Topic => Matter::Topic(Box::new(read::topic(node, top, out)?)),
        Kind::Stage => Matter::Stage(Box::new(read::stage(node, top, out)?)),
        Kind::Roadmap => Matter::Roadmap(Box::new(read::roadmap(node, top, out)?)),
    })
}

fn hole(kind: Kind) -> Matter {
    match kind {
        Kind::Home => Matter::Home(PageMatter::default()),
        Kind::Page => Matter::Page(PageMatter::default()),
        Kind::Topic => Matter::Topic(Box::default()),
        Kind::Stage => Matter::Stage(Box::default()),
        Kind::Roadmap => Matter::Roadmap(Box::default()),
    }
}

/// How many bytes of a text a mark at its beginning covers: three characters, as long as `---`.
fn mark(text: &str) -> usize {
    text.chars().take(3).map(char::len_utf8).sum()
}

struct Split {
    /// Where the opening line, or else the text, begins.
    top: usize,
    front: Front,
    body: Range<usize>,
}

enum Front {
    None,
    /// Lines end as on old Macs, which nothing else here takes for an end.
    Returns,
    Unclosed,
    Closed(Range<usize>),
}

/// Splits off the front matter: from a first line `---` to the next line `---` or `...`.
fn split(text: &str) -> Split {
    let top = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = text[top..].split_inclusive('\n');
    let is_mark = |line: &str, marks: &[&str]| marks.contains(&line.trim_end());
    let first = lines.next().unwrap_or("");
    if first.starts_with("---\r") && !first.starts_with("---\r\n") && first.trim_end() != "---" {
        return Split { top, front: Front::Returns, body: text.len()..text.len() };
    }
    if !is_mark(first, &["---"]) {
        return Split { top, front: Front::None, body: top..text.len() };
    }
    let start = top + first.len();
    let mut at = start;
    for line in lines {
        if is_mark(line, &["---", "..."]) {
            return Split { top, front: Front::Closed(start..at), body: at + line.len()..text.len() };
        }
        at += line.len();
    }
    Split { top, front: Front::Unclosed, body: text.len()..text.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> &str {
        &text[split(text).body]
    }

    #[test]
    fn front_matter_ends_at_its_line_whatever_the_line_ends() {
        assert_eq!(body("---\na: 1\n---\nx"), "x");
        assert_eq!(body("---\r\na: 1\r\n--- \r\nx"), "x");
        assert_eq!(body("\u{feff}---\na: 1\n...\nx"), "x");
        assert_eq!(body("x\n---\n"), "x\n---\n");
        assert_eq!(body("---\na: 1\n"), "");
        assert!(matches!(split("---").front, Front::Unclosed));
    }
}
