//! A roadmap in the language of Graphviz: stages and choices as clusters, the edges that no others imply.

use std::fmt::Write;

use crate::document::matter::Level;
use crate::roadmap::{PlacementIx, Roadmap};
use crate::site::Site;
use crate::site::view::poster::whole;
use crate::urls::path;

/// The graph of one roadmap.
pub fn render(site: &Site, at: usize) -> String {
    let roadmap = &site.roadmaps.roadmaps[at];
    let mut text = format!(
        "digraph {} {{\n  label={}\n  labelloc=t\n  rankdir=LR\n  node [shape=box style=rounded]\n",
        quoted(&roadmap.id),
        quoted(site.title(roadmap.document))
    );
    for stage in 0..roadmap.stages.len() {
        write_stage(site, at, stage, &mut text);
    }
    let whole = whole(site, at);
    let id = |node: usize| quoted(id(site, roadmap, whole.order[node]));
    for route in &whole.drawing.drawing.edges {
        let _ = writeln!(text, "  {} -> {}", id(route.from), id(route.to));
    }
    for route in &whole.drawing.drawing.parents {
        let _ = writeln!(text, "  {} -> {} [style=dotted arrowhead=none]", id(route.from), id(route.to));
    }
    text.push_str("}\n");
    text
}

fn id<'a>(site: &'a Site, roadmap: &Roadmap, ix: PlacementIx) -> &'a str {
    &site.roadmaps.topic(roadmap.placement(ix).topic).id
}

fn write_stage(site: &Site, at: usize, stage: usize, text: &mut String) {
    let roadmap = &site.roadmaps.roadmaps[at];
    let own = &roadmap.stages[stage];
    let label = format!("{}. {}", stage + 1, own.title);
    let _ = writeln!(text, "  subgraph cluster_{stage} {{\n    label={}", quoted(&label));
    for ix in &site.plans[at].stages[stage].order {
        let _ = writeln!(text, "    {}", node(site, roadmap, *ix));
    }
    for choice in &own.choices {
        let choice_of = roadmap.choice(*choice);
        // A node lies in one cluster: that of the first choice which offers it.
        let first = |ix: &&PlacementIx| {
            let choices = site.index.roads[at].choices.get(*ix);
            roadmap.placement(**ix).stage == stage && choices.and_then(|all| all.first()) == Some(choice)
        };
        let members: Vec<String> = choice_of.of.iter().filter(first).map(|ix| quoted(id(site, roadmap, *ix))).collect();
        let label = quoted(&crate::site::choice_title(choice_of));
        let _ = writeln!(
            text,
            "    subgraph cluster_choice_{} {{ label={label} style=dashed {} }}",
            choice.0,
            members.join(" ")
        );
    }
    text.push_str("  }\n");
}

fn node(site: &Site, roadmap: &Roadmap, ix: PlacementIx) -> String {
    let placement = roadmap.placement(ix);
    let id = id(site, roadmap, ix);
    let optional = if placement.level == Level::Optional { " style=\"rounded,dashed\"" } else { "" };
    let url = site.urls.canonical(&path::topic(id)).map_or_else(String::new, |url| format!(" URL={}", quoted(&url)));
    format!("{} [label={}{optional}{url}]", quoted(id), quoted(site.topic_title(placement.topic)))
}

/// A quoted string: only quotes and backslashes have a meaning in it.
fn quoted(text: &str) -> String {
    let one_line = text.replace(['\n', '\r'], " ");
    format!("\"{}\"", one_line.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    #[test]
    fn titles_are_quoted() {
        assert_eq!(super::quoted(r#"The "C:\" drive"#), r#""The \"C:\\\" drive""#);
    }
}
