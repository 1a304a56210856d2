//! The report as an author reads it: the source line with the place marked, in rustc's manner.

use std::borrow::Cow;

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
        text.extend(renderer.render(&groups(diagnostic, sources)).chars().map(visible_char));
        text.push_str("\n\n");
    }
    text
}

/// In lines of the source, the renderer shows control characters as signs, but terminals take commands from the second
/// set of them too.
fn visible_char(c: char) -> char {
    if matches!(c, '\u{80}'..='\u{9f}') { char::REPLACEMENT_CHARACTER } else { c }
}

/// A path or message, which may hold what an author wrote, without what could move the terminal's cursor.
fn shown(text: &str) -> Cow<'_, str> {
    let is_command = |c: char| c.is_control() && c != '\n';
    if text.contains(is_command) { text.replace(is_command, "\u{fffd}").into() } else { text.into() }
}

fn groups<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = level.primary_title(shown(&diagnostic.message)).id(diagnostic.code.name()).element(snippet(
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
        group = group.element(Level::NOTE.message(shown(note)));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(shown(help)));
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
    let source = sources.get(span.file);
    let mut primary = kind.span(visible(source, span));
    if !label.is_empty() {
        primary = primary.label(shown(label));
    }
    let related = diagnostic.related.iter().filter(|r| r.span.file == span.file);
    let context = related.map(|r| AnnotationKind::Context.span(visible(source, r.span)).label(shown(&r.message)));
    Snippet::source(&*source.text).path(shown(&source.path)).annotation(primary).annotations(context)
}

/// The excerpt of another file with all related places in it.
fn foreign<'a>(diagnostic: &'a Diagnostic, file: FileId, sources: &'a Sources) -> Excerpt<'a> {
    let source = sources.get(file);
    let related = diagnostic.related.iter().filter(|r| r.span.file == file);
    Snippet::source(&*source.text)
        .path(shown(&source.path))
        .annotations(related.map(|r| AnnotationKind::Context.span(visible(source, r.span)).label(shown(&r.message))))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    #[test]
    fn no_text_moves_the_cursor() {
        let evil = "a\u{1b}[2J\u{9b}1A\r\u{7}\t";
        let mut sources = Sources::default();
        let (file, other) = (sources.add(evil, evil), sources.add(evil, evil));
        let problem = Diagnostic::new(Code::Syntax, Span::new(file, 0..1), evil).label(evil).help(evil).note(evil);
        let report = [problem.related(Span::new(file, 1..2), evil).related(Span::new(other, 0..1), evil)];
        let printed = print(&report, &sources, Style { colour: false });
        assert_eq!(printed.chars().find(|c| c.is_control() && *c != '\n'), None, "{printed:?}");
        let coloured = print(&report, &sources, Style { colour: true });
        assert!(!coloured.contains("\u{1b}[2J") && !coloured.contains('\u{9b}'), "{coloured:?}");
    }
}
