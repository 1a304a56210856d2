//! The report in the Static Analysis Results Interchange Format (OASIS, SARIF 2.1.0), which code scanning services and
//! editors read.

use serde_json::{Value, json};

use super::fix::{self, Edit};
use super::{Code, CodeDefault, Diagnostic, Severity};
use crate::source::{Sources, Span};

/// The whole report as pretty-printed JSON with a final newline.
pub fn print(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "roadbook",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": Code::ALL.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            }},
            // The paths of the results are relative to the site's folder, wherever that lies.
            "originalUriBaseIds": {"SITE": {"description": {"text": "the folder of site.toml"}}},
            "columnKind": "unicodeCodePoints",
            "results": diagnostics.iter().map(|diagnostic| result(diagnostic, sources)).collect::<Vec<_>>(),
        }],
    });
    let mut text = serde_json::to_string_pretty(&log).expect("plain data always serialises");
    text.push('\n');
    text
}

fn rule(code: Code) -> Value {
    let level = match code.default() {
        CodeDefault::Error | CodeDefault::Deny => "error",
        CodeDefault::Warn | CodeDefault::Allow => "warning",
    };
    json!({
        "id": code.name(),
        "shortDescription": {"text": code.summary()},
        "help": {"text": code.explanation(), "markdown": code.explanation()},
        "defaultConfiguration": {"enabled": code.default() != CodeDefault::Allow, "level": level},
    })
}

fn result(diagnostic: &Diagnostic, sources: &Sources) -> Value {
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut text = diagnostic.message.clone();
    for (word, more) in [("note", &diagnostic.note), ("help", &diagnostic.help)] {
        text.extend(more.as_ref().map(|more| format!("\n{word}: {more}")));
    }
    let related = diagnostic.related.iter().map(|related| {
        let mut place = location(related.span, sources);
        place["message"] = json!({"text": related.message});
        place
    });
    let mut result = json!({
        "ruleId": diagnostic.code.name(),
        "ruleIndex": Code::ALL.iter().position(|code| *code == diagnostic.code),
        "level": level,
        "message": {"text": text},
        "locations": [location(diagnostic.span, sources)],
        "relatedLocations": related.collect::<Vec<_>>(),
    });
    if let Some(edit) = diagnostic.fix.as_ref().and_then(|fix| fix::edit(fix, sources)) {
        result["fixes"] = json!([change(diagnostic, &edit, sources)]);
    }
    result
}

fn change(diagnostic: &Diagnostic, edit: &Edit, sources: &Sources) -> Value {
    json!({
        "description": {"text": diagnostic.help.as_deref().unwrap_or(&diagnostic.message)},
        "artifactChanges": [{
            "artifactLocation": artifact(edit.span, sources),
            "replacements": [{
                "deletedRegion": region(edit.span, sources),
                "insertedContent": {"text": edit.text},
            }],
        }],
    })
}

fn location(span: Span, sources: &Sources) -> Value {
    json!({"physicalLocation": {"artifactLocation": artifact(span, sources), "region": region(span, sources)}})
}

fn artifact(span: Span, sources: &Sources) -> Value {
    json!({"uri": uri(&sources.get(span.file).path), "uriBaseId": "SITE"})
}

/// Lines and columns count from 1; the end column is that behind the last character (section 3.30.8).
fn region(span: Span, sources: &Sources) -> Value {
    let (start, end) = (sources.position(span), sources.end(span));
    json!({"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column})
}

/// A path as a relative reference (RFC 3986): everything but unreserved characters and `/` is escaped.
fn uri(path: &str) -> String {
    let escape = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    path.bytes().map(escape).collect()
}
