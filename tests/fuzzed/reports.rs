//! Reports: every diagnostic names a place in its file and a cure, and is text in both forms.

use roadbook::diagnostic::human::{self, Style};
use roadbook::diagnostic::{Diagnostic, json};
use roadbook::source::Sources;

/// Holds a report against what reports promise.
pub fn check(report: &[Diagnostic], sources: &Sources) {
    for diagnostic in report {
        let places = diagnostic.related.iter().map(|related| related.span).chain([diagnostic.span]);
        for span in places {
            let text = &sources.get(span.file).text;
            assert!(text.get(span.range()).is_some(), "{span:?} is no place in {:?}: {}", text, diagnostic.message);
        }
        assert!(diagnostic.help.is_some(), "no help: {}", diagnostic.message);
        assert!(!diagnostic.message.is_empty());
    }
    let printed = human::print(report, sources, Style { colour: false });
    assert_eq!(printed.is_empty(), report.is_empty());
    let control = printed.chars().find(|c| c.is_control() && *c != '\n');
    assert_eq!(control, None, "a report moves the terminal's cursor: {printed:?}");
    let data: serde_json::Value = serde_json::from_str(&json::print(report, sources)).expect("the report is JSON");
    assert_eq!(data["diagnostics"].as_array().map(Vec::len), Some(report.len()));
}
