//! The report as an author reads it: the source line with the place marked, in rustc's manner.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer};

use super::excerpt::{Mark, excerpt, patch, shown};
use super::fix::{self, Edit};
use super::{Diagnostic, Severity};
use crate::source::{Places, Sources};

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
    // Each of the two goes through the files once.
    let (mut own, mut other) = (Places::new(sources), Places::new(sources));
    for diagnostic in diagnostics {
        text.extend(renderer.render(&groups(diagnostic, &mut own, &mut other)).chars().map(visible_char));
        text.push_str("\n\n");
    }
    text
}

/// In lines of the source, the renderer shows control characters as signs, but terminals take commands from the second
/// set of them too.
fn visible_char(c: char) -> char {
    if matches!(c, '\u{80}'..='\u{9f}') { char::REPLACEMENT_CHARACTER } else { c }
}

fn groups<'a>(diagnostic: &'a Diagnostic, own: &mut Places<'a>, other: &mut Places<'a>) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mark = Mark { kind: AnnotationKind::Primary, span: diagnostic.span, label: &diagnostic.label };
    let related = diagnostic.related.iter();
    let related = related.map(|r| Mark { kind: AnnotationKind::Context, span: r.span, label: &r.message });
    let (near, far): (Vec<_>, Vec<_>) = related.partition(|other| mark.is_near(other));
    let title = level.primary_title(shown(&diagnostic.message)).id(diagnostic.code.name());
    let mut group = excerpt(Group::with_title(title), &[&[mark], &*near].concat(), own);
    for together in far.chunk_by(Mark::is_near) {
        group = excerpt(group, together, other);
    }
    if let Some(note) = &diagnostic.note {
        group = group.element(Level::NOTE.message(shown(note)));
    }
    let help = shown(diagnostic.help.as_deref().unwrap_or_default());
    match diagnostic.fix.as_ref().and_then(|fix| fix::edit(fix, other.sources)) {
        Some(edit) => vec![group, Level::HELP.secondary_title(help).element(patch(edit, other))],
        None if help.is_empty() => vec![group],
        None => vec![group.element(Level::HELP.message(help))],
    }
}

/// What was mended: each problem and the change that mended it.
pub fn print_fixes(fixes: &[(Diagnostic, Edit)], sources: &Sources, style: Style) -> String {
    let renderer = renderer(style);
    let mut places = Places::new(sources);
    let mut text = String::new();
    for (diagnostic, edit) in fixes {
        let title = Level::NOTE.with_name("fixed").primary_title(shown(&diagnostic.message)).id(diagnostic.code.name());
        let group = title.element(patch(edit.clone(), &mut places));
        text.extend(renderer.render(&[group]).chars().map(visible_char));
        text.push_str("\n\n");
    }
    text
}

fn renderer(style: Style) -> Renderer {
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Ascii)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::source::Span;

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
