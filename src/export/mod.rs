//! What programs get: one file a format, each a function from the compiled site to text.

pub mod desk;
pub mod graph_dot;
pub mod graph_json;
pub mod graph_mermaid;
pub mod graph_text;
pub mod manifest;
pub mod personal;
pub mod plan_ics;
pub mod road_json;
pub mod roadmap_json;
pub mod roadmaps_json;
pub mod robots;
pub mod search_json;
pub mod sitemap;
pub mod stats;
pub mod words_js;

mod calendar;
mod columns;
mod number;

pub use number::{EffortData, Number};

/// `&`, `<`, `>` and quotes as XML wants them; control characters that XML cannot hold are dropped.
pub fn xml_escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c if fits_xml(c) => escaped.push(c),
            _ => {}
        }
    }
    escaped
}

/// Whether XML can hold a character, escaped or not (XML 1.0, 2.2).
pub fn fits_xml(c: char) -> bool {
    !matches!(c, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}
