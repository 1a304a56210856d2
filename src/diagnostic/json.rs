//! The JSON form of a report, as the documentation fixes it.

use serde::Serialize;

use super::{Diagnostic, Severity};
use crate::source::{Places, Sources, Span};

#[derive(Serialize)]
struct Report<'a> {
    diagnostics: Vec<Entry<'a>>,
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct Entry<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    help: Option<&'a str>,
    related: Vec<RelatedEntry<'a>>,
}

#[derive(Serialize)]
struct RelatedEntry<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    message: &'a str,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
}

/// The whole report as pretty-printed JSON with a final newline.
pub fn print(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    // Each of the two goes through the files once.
    let (mut own, mut related) = (Places::new(sources), Places::new(sources));
    let report = Report {
        diagnostics: diagnostics.iter().map(|d| entry(d, &mut own, &mut related)).collect(),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
    };
    let mut text = serde_json::to_string_pretty(&report).expect("plain data always serialises");
    text.push('\n');
    text
}

fn entry<'a>(diagnostic: &'a Diagnostic, own: &mut Places<'a>, related: &mut Places<'a>) -> Entry<'a> {
    Entry {
        code: diagnostic.code.name(),
        severity: diagnostic.severity.name(),
        message: &diagnostic.message,
        place: place(diagnostic.span, own),
        help: diagnostic.help.as_deref(),
        related: diagnostic
            .related
            .iter()
            .map(|r| RelatedEntry { place: place(r.span, related), message: &r.message })
            .collect(),
    }
}

fn place<'a>(span: Span, places: &mut Places<'a>) -> Place<'a> {
    let position = places.position(span);
    Place { file: &places.sources.get(span.file).path, line: position.line, column: position.column }
}
