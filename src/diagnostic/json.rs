//! The JSON form of a report, as the documentation fixes it.

use serde::Serialize;

use super::{Diagnostic, Severity};
use crate::source::{Sources, Span};

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
    let report = Report {
        diagnostics: diagnostics.iter().map(|d| entry(d, sources)).collect(),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
    };
    let mut text = serde_json::to_string_pretty(&report).expect("plain data always serialises");
    text.push('\n');
    text
}

fn entry<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Entry<'a> {
    Entry {
        code: diagnostic.code.name(),
        severity: diagnostic.severity.name(),
        message: &diagnostic.message,
        place: place(diagnostic.span, sources),
        help: diagnostic.help.as_deref(),
        related: diagnostic
            .related
            .iter()
            .map(|r| RelatedEntry { place: place(r.span, sources), message: &r.message })
            .collect(),
    }
}

fn place(span: Span, sources: &Sources) -> Place<'_> {
    let position = sources.position(span);
    Place { file: &sources.get(span.file).path, line: position.line, column: position.column }
}
