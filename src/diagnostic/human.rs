//! The report as an author reads it: the source line with the place marked, in rustc's manner.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Severity};
use crate::source::{FileId, Source, Sources, Span, floor_char};

/// How the report is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// ANSI colours.
    pub colour: bool,
}

/// The whole report; empty when there is nothing to say.
pub fn print(diagnostics: &[Diagnostic], sources: &Sources, style: Style) -> String {
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&renderer.render(&groups(diagnostic, sources)));
        text.push_str("\n\n");
    }
    text
}

fn groups<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = level.primary_title(&*diagnostic.message).id(diagnostic.code.name()).element(snippet(
        diagnostic.span,
        &diagnostic.label,
        AnnotationKind::Primary,
        diagnostic,
        sources,
    ));
    let here = diagnostic.span.file;
    let mut last: Option<FileId> = None;
    for related in diagnostic.related.iter().filter(|r| r.span.file != here) {
        // Consecutive places in one file share one excerpt.
        if last == Some(related.span.file) {
            continue;
        }
        last = Some(related.span.file);
        group = group.element(foreign(diagnostic, related.span.file, sources));
    }
    if let Some(note) = &diagnostic.note {
        group = group.element(Level::NOTE.message(&**note));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(&**help));
    }
    vec![group]
}

type Excerpt<'a> = Snippet<'a, annotate_snippets::Annotation<'a>>;

/// The excerpt of the problem's own file, with the related places that lie in it.
fn snippet<'a>(
    span: Span,
    label: &'a str,
    kind: AnnotationKind,
    diagnostic: &'a Diagnostic,
    sources: &'a Sources,
) -> Excerpt<'a> {
    let related = diagnostic.related.iter().filter(|r| r.span.file == span.file);
    let context = related.map(|r| (AnnotationKind::Context, r.span, &*r.message));
    excerpt(sources.get(span.file), [(kind, span, label)].into_iter().chain(context))
}

/// The excerpt of another file with all related places in it.
fn foreign<'a>(diagnostic: &'a Diagnostic, file: FileId, sources: &'a Sources) -> Excerpt<'a> {
    let related = diagnostic.related.iter().filter(|r| r.span.file == file);
    excerpt(sources.get(file), related.map(|r| (AnnotationKind::Context, r.span, &*r.message)))
}

/// The lines of a file from the first mark to the last: reports of large files with many problems take no longer.
fn excerpt<'a>(source: &'a Source, marks: impl Iterator<Item = (AnnotationKind, Span, &'a str)>) -> Excerpt<'a> {
    let text: &str = &source.text;
    let marks: Vec<_> = marks.map(|(kind, span, label)| (kind, visible(source, span), label)).collect();
    let first = marks.iter().map(|(_, range, _)| range.start).min().unwrap_or(0);
    let last = marks.iter().map(|(_, range, _)| range.end).max().unwrap_or(0);
    let start = text[..first].rfind('\n').map_or(0, |at| at + 1);
    let end = text[last..].find('\n').map_or(text.len(), |at| last + at + 1);
    let annotations = marks.into_iter().map(|(kind, range, label)| {
        let mark = kind.span(range.start - start..range.end - start);
        if label.is_empty() { mark } else { mark.label(label) }
    });
    let lines_before = text[..start].bytes().filter(|b| *b == b'\n').count();
    Snippet::source(&text[start..end]).line_start(lines_before + 1).path(&*source.path).annotations(annotations)
}

/// A range that lies in the text and ends at the end of its first line: a mark over many lines hides
/// more than it shows.
fn visible(source: &Source, span: Span) -> std::ops::Range<usize> {
    let text = &source.text;
    let start = floor_char(text, span.start as usize);
    let end = floor_char(text, (span.end as usize).max(start));
    let line = text[start..end].find('\n').map_or(end, |i| start + i);
    start..line.max(start)
}
