//! The report as an author reads it: the source line with the place marked, in rustc's manner.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet, normalize_untrusted_str};

use super::fix::{self, Edit};
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
    let renderer = renderer(style);
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
        group = group.element(Level::NOTE.message(normalize_untrusted_str(note)));
    }
    let help = normalize_untrusted_str(diagnostic.help.as_deref().unwrap_or_default());
    match diagnostic.fix.as_ref().and_then(|fix| fix::edit(fix, sources)) {
        Some(edit) => vec![group, Level::HELP.secondary_title(help).element(patch(edit, sources))],
        None if help.is_empty() => vec![group],
        None => vec![group.element(Level::HELP.message(help))],
    }
}

/// A line before and after it is changed.
fn patch<'a>(edit: Edit, sources: &'a Sources) -> Snippet<'a, Patch<'a>> {
    let source = sources.get(edit.span.file);
    Snippet::source(&*source.text).path(&*source.path).patch(Patch::new(edit.span.range(), edit.text))
}

/// What was mended: each problem and the change that mended it.
pub fn print_fixes(fixes: &[(Diagnostic, Edit)], sources: &Sources, style: Style) -> String {
    let mut text = String::new();
    for (diagnostic, edit) in fixes {
        let title = Level::NOTE.with_name("fixed").primary_title(&*diagnostic.message).id(diagnostic.code.name());
        text.push_str(&renderer(style).render(&[title.element(patch(edit.clone(), sources))]));
        text.push_str("\n\n");
    }
    text
}

fn renderer(style: Style) -> Renderer {
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Ascii)
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
        primary = primary.label(label);
    }
    let related = diagnostic.related.iter().filter(|r| r.span.file == span.file);
    let context = related.map(|r| AnnotationKind::Context.span(visible(source, r.span)).label(&*r.message));
    Snippet::source(&*source.text).path(&*source.path).annotation(primary).annotations(context)
}

/// The excerpt of another file with all related places in it.
fn foreign<'a>(diagnostic: &'a Diagnostic, file: FileId, sources: &'a Sources) -> Excerpt<'a> {
    let source = sources.get(file);
    let related = diagnostic.related.iter().filter(|r| r.span.file == file);
    Snippet::source(&*source.text)
        .path(&*source.path)
        .annotations(related.map(|r| AnnotationKind::Context.span(visible(source, r.span)).label(&*r.message)))
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
