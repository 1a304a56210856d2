//! The report as GitHub shows it beside the lines of a change: one workflow command a problem.
//!
//! The form is that of "Workflow commands for GitHub Actions": `::error file=…,line=…,col=…::message`.

use std::fmt::Write;

use super::{Diagnostic, Severity};
use crate::source::{Sources, Span};

/// The whole report, a line each. `site` is the path of the site's folder below that of the repository: empty, or with a
/// final `/`.
pub fn print(diagnostics: &[Diagnostic], sources: &Sources, site: &str) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        let severity = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let place = place(diagnostic.span, sources, site);
        let title = property(&format!("roadbook: {}", diagnostic.code.name()));
        let message = data(&message(diagnostic, sources, site));
        let _ = writeln!(text, "::{severity} {place},title={title}::{message}");
    }
    text
}

/// The message with all that the form has no field for, a line each.
fn message(diagnostic: &Diagnostic, sources: &Sources, site: &str) -> String {
    let mut text = diagnostic.message.clone();
    for related in &diagnostic.related {
        let at = sources.position(related.span);
        let _ = write!(text, "\n{site}{}:{}: {}", sources.get(related.span.file).path, at.line, related.message);
    }
    for (word, more) in [("note", &diagnostic.note), ("help", &diagnostic.help)] {
        let _ = more.as_ref().map(|more| write!(text, "\n{word}: {more}"));
    }
    text
}

/// GitHub takes an end column only where the place ends on the line that it begins on.
fn place(span: Span, sources: &Sources, site: &str) -> String {
    let (start, end) = (sources.position(span), sources.end(span));
    let file = property(&format!("{site}{}", sources.get(span.file).path));
    let columns = match start.line == end.line {
        true => format!("col={},endColumn={}", start.column, end.column),
        false => format!("col={}", start.column),
    };
    format!("file={file},line={},endLine={},{columns}", start.line, end.line)
}

/// The escapes of what stands behind `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The escapes of a `key=value`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    #[test]
    fn what_the_form_itself_uses_is_escaped() {
        let mut sources = Sources::default();
        let file = sources.add("content/a,b.md", "x\nyz\n");
        let report = Diagnostic::new(Code::Syntax, Span::new(file, 2..4), "100% of\n`a:b`").help("mend it");
        let expected = "::error file=docs/content/a%2Cb.md,line=2,endLine=2,col=1,endColumn=3,title=roadbook%3A syntax::\
                        100%25 of%0A`a:b`%0Ahelp: mend it\n";
        assert_eq!(print(&[report], &sources, "docs/"), expected);
    }
}
