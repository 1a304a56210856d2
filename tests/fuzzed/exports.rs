//! What the command line makes of a roadmap: titles stay text in every format.

use jiff::civil::date;
use roadbook::export::personal::{Sheet, csv, ics, json, table};
use roadbook::export::{graph_dot, graph_json, graph_mermaid};
use roadbook::plan::personal::road::Road;
use roadbook::plan::personal::{Question, answer};
use roadbook::site::Site;

use super::outputs::{calendar, is_json};

/// Fields of a record of a plan.
const FIELDS: usize = 15;

pub fn check(site: &Site) {
    for (at, roadmap) in site.roadmaps.roadmaps.iter().enumerate() {
        let road = Road::new(&site.roadmaps, roadmap, &site.plans[at]);
        let question = Question::default();
        let answer = answer(&road, &question);
        let start = date(2026, 2, 2);
        let sheet = Sheet { site, roadmap: at, road: &road, question: &question, answer: &answer, start: Some(start) };
        is_line_by_line(&table::render(&sheet));
        is_json(&json::render(&sheet), "plan");
        records(&csv::render(&sheet));
        calendar(&ics::render(&sheet, start, start).unwrap_or_default());
        is_json(&graph_json::render(site, at), "graph");
        dot(&graph_dot::render(site, at));
        mermaid(&graph_mermaid::render(site, at));
    }
}

/// Nothing in it moves the cursor of a terminal.
fn is_line_by_line(text: &str) {
    assert!(text.chars().all(|c| !c.is_control() || c == '\n'), "{text:?}");
}

/// RFC 4180: every record has all fields, and none is a formula of a spreadsheet.
fn records(text: &str) {
    let (mut fields, mut quoted) = (vec![String::new()], false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let field = fields.last_mut().expect("a field");
        match c {
            '"' if quoted && chars.next_if_eq(&'"').is_some() => field.push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            '\r' if !quoted => {
                assert_eq!((chars.next(), fields.len()), (Some('\n'), FIELDS), "{text}");
                assert!(!fields.iter().any(|field| field.starts_with(['=', '+', '-', '@'])), "{text}");
                fields = vec![String::new()];
            }
            c => field.push(c),
        }
    }
    assert!(!quoted && fields == [""], "{text}");
}

/// Outside of quotes there are only words of the language.
fn dot(text: &str) {
    let mut outside = String::new();
    let (mut quoted, mut escaped) = (false, false);
    for c in text.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            c if !quoted => outside.push(c),
            _ => {}
        }
    }
    assert!(!quoted && outside.chars().all(|c| c.is_ascii_alphanumeric() || "_={}[]-> \n".contains(c)), "{text}");
    assert_eq!(outside.matches('{').count(), outside.matches('}').count(), "{text}");
}

/// A line is a node or an edge, with one label at most.
fn mermaid(text: &str) {
    for line in text.lines() {
        let parts: Vec<&str> = line.split('"').collect();
        assert!(matches!(parts.len(), 1 | 3), "{line:?}");
        let outside = parts.iter().step_by(2).flat_map(|part| part.chars());
        assert!(outside.into_iter().all(|c| c.is_ascii_alphanumeric() || "[]->.:, ".contains(c)), "{line:?}");
    }
}
