//! The part of a file that shows a place: the lines around it, and of a long line what is next to it. So a report of many
//! mistakes in a large file takes time in their number alone.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Origin, Patch, Snippet};

use super::fix::Edit;
use crate::source::{Places, Span, floor_char};

/// Marks of one file that are no further apart share an excerpt, in bytes.
const NEAR: u32 = 4096;

/// How much of a line is looked at to either side of its marks, in bytes; terminals show less.
const ASIDE: usize = 1000;

/// A marked place.
#[derive(Clone, Copy)]
pub(super) struct Mark<'a> {
    /// Whether it is the problem or explains it.
    pub(super) kind: AnnotationKind,
    /// The place.
    pub(super) span: Span,
    /// A few words there; may be empty.
    pub(super) label: &'a str,
}

impl Mark<'_> {
    /// Whether an excerpt of the file can show both.
    pub(super) fn is_near(&self, other: &Self) -> bool {
        self.span.file == other.span.file && self.span.start.abs_diff(other.span.start) <= NEAR
    }
}

/// Adds an excerpt with some marks of one file, the first of which gives the place that is named above it.
pub(super) fn excerpt<'a>(group: Group<'a>, marks: &[Mark<'a>], places: &mut Places<'a>) -> Group<'a> {
    let Some(first) = marks.first() else { return group };
    let source = places.sources.get(first.span.file);
    let ranges: Vec<Range<usize>> = marks.iter().map(|mark| visible(&source.text, mark.span)).collect();
    let window = window(&source.text, &ranges);
    let position = places.position(first.span);
    let between = source.text[window.start..ranges[0].start].matches('\n').count();
    let annotations = marks.iter().zip(&ranges).map(|(mark, range)| {
        let annotation = mark.kind.span(range.start - window.start..range.end - window.start);
        if mark.label.is_empty() { annotation } else { annotation.label(shown(mark.label)) }
    });
    let snippet = Snippet::source(&source.text[window.clone()]).line_start(position.line - between);
    let snippet = snippet.annotations(annotations);
    match is_line_start(&source.text, window.start) {
        true => group.element(snippet.path(shown(&source.path))),
        // The columns of the line are not those of the excerpt.
        false => {
            let origin = Origin::path(shown(&source.path)).line(position.line).char_column(position.column);
            group.element(origin).element(snippet)
        }
    }
}

/// The lines that a change touches, before and after it.
pub(super) fn patch<'a>(edit: Edit, places: &mut Places<'a>) -> Snippet<'a, Patch<'a>> {
    let source = places.sources.get(edit.span.file);
    let range = edit.span.range();
    let window = window(&source.text, std::slice::from_ref(&range));
    let position = places.position(edit.span);
    let between = source.text[window.start..range.start].matches('\n').count();
    let patch = Patch::new(range.start - window.start..range.end - window.start, edit.text);
    let snippet = Snippet::source(&source.text[window]).line_start(position.line - between);
    snippet.path(shown(&source.path)).patch(patch)
}

/// A range that lies in the text and ends at the end of its first line, or before what is shown of it: a mark over
/// many lines hides more than it shows.
fn visible(text: &str, span: Span) -> Range<usize> {
    let start = floor_char(text, span.start as usize);
    let end = floor_char(text, (span.end as usize).clamp(start, start + ASIDE));
    let line = text[start..end].find('\n').map_or(end, |i| start + i);
    start..line.max(start)
}

/// The lines of some ranges, without what is far from them.
fn window(text: &str, ranges: &[Range<usize>]) -> Range<usize> {
    let first = ranges.iter().map(|range| range.start).min().unwrap_or(0);
    let last = ranges.iter().map(|range| range.end).max().unwrap_or(0);
    let before = floor_char(text, first.saturating_sub(ASIDE));
    let start = text[before..first].rfind('\n').map_or(before, |at| before + at + 1);
    let after = floor_char(text, last + ASIDE);
    let end = text[last..after].find('\n').map_or(after, |at| last + at + 1);
    start..end
}

fn is_line_start(text: &str, at: usize) -> bool {
    at == 0 || text.as_bytes()[at - 1] == b'\n'
}

/// A path or message, which may hold what an author wrote, without what could move the terminal's cursor.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    let is_command = |c: char| c.is_control() && c != '\n';
    if text.contains(is_command) { text.replace(is_command, "\u{fffd}").into() } else { text.into() }
}
