//! The report in the Static Analysis Results Interchange Format (OASIS, SARIF 2.1.0), which code scanning services and
//! editors read.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::fix::{self, Edit};
use super::{Code, CodeDefault, Diagnostic, Severity};
use crate::source::{Position, Sources, Span};

/// The whole report as pretty-printed JSON with a final newline. `site` is the path of the site's folder below that of the
/// repository: empty, or with a final `/`.
pub fn print(diagnostics: &[Diagnostic], sources: &Sources, site: &str) -> String {
    let codes: BTreeSet<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    let codes: Vec<Code> = codes.into_iter().collect();
    let files = Files { sources, site, codes: &codes };
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "roadbook",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            }},
            // The name that scanners know for the folder of the repository, wherever that lies.
            "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "the folder that roadbook ran in"}}},
            "columnKind": "unicodeCodePoints",
            "results": diagnostics.iter().map(|diagnostic| files.result(diagnostic)).collect::<Vec<_>>(),
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
        "help": {"text": format!("roadbook explain {}", code.name()), "markdown": code.explanation()},
        "defaultConfiguration": {"enabled": code.default() != CodeDefault::Allow, "level": level},
    })
}

/// What places lie in.
#[derive(Clone, Copy)]
struct Files<'a> {
    sources: &'a Sources,
    site: &'a str,
    /// The codes that occur, sorted: the rules.
    codes: &'a [Code],
}

impl Files<'_> {
    fn result(self, diagnostic: &Diagnostic) -> Value {
        let level = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let mut text = diagnostic.message.clone();
        for (word, more) in [("note", &diagnostic.note), ("help", &diagnostic.help)] {
            text.extend(more.as_ref().map(|more| format!("\n{word}: {more}")));
        }
        let related = diagnostic.related.iter().map(|related| {
            let mut place = self.location(related.span);
            place["message"] = json!({"text": related.message});
            place
        });
        let mut result = json!({
            "ruleId": diagnostic.code.name(),
            "ruleIndex": self.codes.binary_search(&diagnostic.code).ok(),
            "level": level,
            "message": {"text": text},
            "locations": [self.location(diagnostic.span)],
            "relatedLocations": related.collect::<Vec<_>>(),
        });
        if let Some(edit) = diagnostic.fix.as_ref().and_then(|fix| fix::edit(fix, self.sources)) {
            result["fixes"] = json!([self.change(diagnostic, &edit)]);
        }
        result
    }

    fn change(self, diagnostic: &Diagnostic, edit: &Edit) -> Value {
        json!({
            "description": {"text": diagnostic.help.as_deref().unwrap_or(&diagnostic.message)},
            "artifactChanges": [{
                "artifactLocation": self.artifact(edit.span),
                "replacements": [{
                    "deletedRegion": self.region(edit.span),
                    "insertedContent": {"text": edit.text},
                }],
            }],
        })
    }

    fn location(self, span: Span) -> Value {
        json!({"physicalLocation": {"artifactLocation": self.artifact(span), "region": self.region(span)}})
    }

    fn artifact(self, span: Span) -> Value {
        let path = format!("{}{}", self.site, self.sources.get(span.file).path);
        json!({"uri": uri(&path), "uriBaseId": "%SRCROOT%"})
    }

    /// Lines and columns count from 1; the end column is that behind the last character (section 3.30.8).
    fn region(self, span: Span) -> Value {
        let (start, Position { line, column }) = (self.sources.position(span), self.sources.end(span));
        json!({"startLine": start.line, "startColumn": start.column, "endLine": line, "endColumn": column})
    }
}

/// A path as a relative reference (RFC 3986): everything but unreserved characters and `/` is escaped.
fn uri(path: &str) -> String {
    let escape = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    path.bytes().map(escape).collect()
}
