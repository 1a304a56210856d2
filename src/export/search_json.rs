//! `/search/*.json`: the parts of the search index.

use serde::Serialize;

/// One file of the index.
pub fn render(part: &impl Serialize) -> String {
    let mut text = serde_json::to_string(part).expect("plain data always serialises");
    text.push('\n');
    text
}
