//! A roadmap as a Mermaid flowchart, which Git hosts draw in Markdown: stages as subgraphs, the edges that
//! no others imply.

use std::fmt::Write;

use crate::document::matter::Level;
use crate::site::Site;
use crate::site::view::poster::whole;

/// The flowchart of one roadmap. Topics are numbered, since some words are no good as ids.
pub fn render(site: &Site, at: usize) -> String {
    let roadmap = &site.roadmaps.roadmaps[at];
    let whole = whole(site, at);
    let mut text = String::from("flowchart LR\n");
    let mut optional: Vec<String> = Vec::new();
    let mut topics = whole.order.iter().enumerate().peekable();
    for (stage, own) in roadmap.stages.iter().enumerate() {
        let _ = writeln!(text, "  subgraph s{stage}[\"{}. {}\"]", stage + 1, escaped(&own.title));
        // The order is that of the stages, one after the other.
        while let Some((node, ix)) = topics.next_if(|(_, ix)| roadmap.placement(**ix).stage == stage) {
            let placement = roadmap.placement(*ix);
            let _ = writeln!(text, "    t{node}[\"{}\"]", escaped(site.topic_title(placement.topic)));
            optional.extend((placement.level == Level::Optional).then(|| format!("t{node}")));
        }
        text.push_str("  end\n");
    }
    for route in &whole.drawing.drawing.edges {
        let _ = writeln!(text, "  t{} --> t{}", route.from, route.to);
    }
    for route in &whole.drawing.drawing.parents {
        let _ = writeln!(text, "  t{} -.- t{}", route.from, route.to);
    }
    if !optional.is_empty() {
        let _ = writeln!(text, "  classDef optional stroke-dasharray: 5 4\n  class {} optional", optional.join(","));
    }
    text
}

/// A label within quotes: whatever has a meaning in it is written as a code.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '#' | '&' | '<' | '>' | '`' | '\\' => {
                let _ = write!(escaped, "#{};", u32::from(c));
            }
            '\n' | '\r' => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    #[test]
    fn labels_mean_nothing() {
        assert_eq!(super::escaped("C# & `<b>`"), "C#35; #38; #96;#60;b#62;#96;");
    }
}
