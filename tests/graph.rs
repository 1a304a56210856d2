//! The drawing of a roadmap as programs get it, held against its data: an independent reckoning of what has
//! to be drawn, and of what no drawing may do.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use roadbook::build::{self, Compiled, Content, Options};
use roadbook::diagnostic::{Checked, Diagnostics};
use roadbook::export::{graph_dot, graph_json, graph_mermaid, roadmap_json};
use roadbook::host::folder;
use roadbook::site::pages::Page;
use roadbook::source::Folder;
use serde_json::Value;

/// The example site, and one whose titles mean mischief.
fn sites() -> Vec<Compiled> {
    let example = folder::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap_or_else(|_| panic!("it can be read"));
    let title = |title: &str, more: &str| format!("---\ntitle: '{title}'\n{more}---\n");
    let texts = vec![
        ("content/r/_index.md".to_owned(), title(r#"A "quoted" <b>road</b> & \ more"#, "")),
        ("content/r/01-a/_index.md".to_owned(), title("end", "")),
        ("content/r/01-a/end.md".to_owned(), title("]]> `graph` #1;", "")),
        ("content/r/01-a/part.md".to_owned(), title("C:\\", "part_of: end\nlevel: optional\n")),
        ("content/r/02-b/_index.md".to_owned(), title("<script>", "")),
        ("content/r/02-b/next.md".to_owned(), title("&amp;", "requires: [end, part]\n")),
        ("content/r/03-empty/_index.md".to_owned(), title("Nothing", "")),
    ];
    let value = Folder::of_texts("title = \"<Site>\"\n", texts);
    let hostile = Checked { value, diagnostics: Diagnostics::default() };
    [example, hostile].map(|folder| build::compile(folder, &Options::default())).into()
}

/// Every roadmap of every site: its drawing, its data, its picture.
fn drawings() -> Vec<(String, Value, Value, String)> {
    let mut all = Vec::new();
    for compiled in sites() {
        let site = &compiled.site;
        for (at, roadmap) in site.roadmaps.roadmaps.iter().enumerate() {
            let graph = serde_json::from_str(&graph_json::render(site, at)).unwrap();
            let data = serde_json::from_str(&roadmap_json::render(site, at)).unwrap();
            let output = site.outputs.iter().find(|output| output.page == Page::Poster(at)).unwrap();
            assert_eq!(output.path, format!("/{}/roadmap.svg", roadmap.id));
            let Ok(Content::Bytes(poster)) = build::render(site, output) else { panic!("no poster") };
            all.push((roadmap.id.clone(), graph, data, String::from_utf8(poster).unwrap()));
        }
    }
    assert!(all.len() > 5);
    all
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// `[x, y, right, bottom]`
fn rect(value: &Value) -> [f64; 4] {
    let [x, y, width, height] = ["x", "y", "width", "height"].map(|key| value[key].as_f64().unwrap());
    [x, y, x + width, y + height]
}

fn holds(outer: [f64; 4], inner: [f64; 4]) -> bool {
    outer[0] <= inner[0] && outer[1] <= inner[1] && inner[2] <= outer[2] && inner[3] <= outer[3]
}

fn overlap(a: [f64; 4], b: [f64; 4]) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

/// What comes before what, from the data of the roadmap alone.
fn prerequisites(data: &Value) -> BTreeSet<(String, String)> {
    let order: BTreeMap<&str, usize> = list(&data["order"]).iter().map(text).zip(0..).collect();
    let choices = list(&data["stages"]).iter().flat_map(|stage| list(&stage["choices"]));
    let options: BTreeMap<&str, Vec<&str>> =
        choices.map(|choice| (text(&choice["id"]), list(&choice["of"]).iter().map(text).collect())).collect();
    let mut pairs = BTreeSet::new();
    for topic in list(&data["topics"]) {
        let any = topic["requires_any"].as_array().into_iter().flatten().flat_map(list);
        for name in list(&topic["requires"]).iter().chain(any).map(text) {
            let one = [name];
            let meant =
                if order.contains_key(name) { &one[..] } else { options.get(name).map_or(&[][..], Vec::as_slice) };
            let id = text(&topic["id"]);
            let first = meant.iter().filter(|other| order.get(**other).is_some_and(|at| *at < order[id]));
            pairs.extend(first.map(|other| ((*other).to_owned(), id.to_owned())));
        }
    }
    pairs
}

/// The pairs without those that a longer path implies, by brute force.
fn reduced(pairs: &BTreeSet<(String, String)>) -> BTreeSet<(String, String)> {
    let mut next: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    pairs.iter().for_each(|(from, to)| next.entry(from).or_default().push(to));
    let reaches = |from: &str, to: &str| {
        let mut seen = BTreeSet::new();
        let mut stack = vec![from];
        while let Some(node) = stack.pop() {
            if node == to {
                return true;
            }
            if seen.insert(node) {
                stack.extend(next.get(node).into_iter().flatten().copied());
            }
        }
        false
    };
    let implied = |(from, to): &(String, String)| next[from.as_str()].iter().any(|via| via != to && reaches(via, to));
    pairs.iter().filter(|pair| !implied(pair)).cloned().collect()
}

#[test]
fn every_placement_and_every_edge_that_no_path_implies() {
    for (id, graph, data, _) in drawings() {
        let nodes: Vec<&str> = list(&graph["nodes"]).iter().map(|node| text(&node["id"])).collect();
        assert_eq!(nodes, list(&data["order"]).iter().map(text).collect::<Vec<_>>(), "{id}");
        let stages: Vec<&str> = list(&graph["stages"]).iter().map(|stage| text(&stage["id"])).collect();
        assert_eq!(stages, list(&data["stages"]).iter().map(|stage| text(&stage["id"])).collect::<Vec<_>>(), "{id}");
        let edge = |edge: &Value| (text(&edge["from"]).to_owned(), text(&edge["to"]).to_owned());
        let edges: Vec<_> = list(&graph["edges"]).iter().map(edge).collect();
        assert_eq!(edges.len(), edges.iter().collect::<BTreeSet<_>>().len(), "{id}: twice");
        assert_eq!(edges.into_iter().collect::<BTreeSet<_>>(), reduced(&prerequisites(&data)), "{id}");
    }
}

#[test]
fn boxes_lie_in_their_stages_and_lines_around_them() {
    for (id, graph, data, _) in drawings() {
        assert_eq!(graph["format"], 1);
        let sheet = [0.0, 0.0, graph["width"].as_f64().unwrap(), graph["height"].as_f64().unwrap()];
        let boxes: BTreeMap<&str, [f64; 4]> =
            list(&graph["nodes"]).iter().map(|node| (text(&node["id"]), rect(node))).collect();
        let stages: BTreeMap<&str, [f64; 4]> =
            list(&graph["stages"]).iter().map(|stage| (text(&stage["id"]), rect(stage))).collect();
        assert!(stages.values().all(|stage| holds(sheet, *stage)), "{id}");
        for topic in list(&data["topics"]) {
            assert!(holds(stages[text(&topic["stage"])], boxes[text(&topic["id"])]), "{id}: {}", topic["id"]);
        }
        for pair in list(&graph["stages"]).windows(2) {
            assert!(rect(&pair[0])[3] <= rect(&pair[1])[1], "{id}: stages stand one below the other");
        }
        let rects: Vec<_> = boxes.values().collect();
        for (at, one) in rects.iter().enumerate() {
            assert!(rects[at + 1..].iter().all(|other| !overlap(**one, **other)), "{id}: {one:?}");
        }
        for edge in list(&graph["edges"]) {
            let points: Vec<[f64; 2]> = list(&edge["points"])
                .iter()
                .map(|point| [point[0].as_f64().unwrap(), point[1].as_f64().unwrap()])
                .collect();
            assert!(points.len() > 1);
            assert!(points.iter().all(|[x, y]| holds(sheet, [*x, *y, *x, *y])), "{id}: {edge}");
            let (from, to) = (boxes[text(&edge["from"])], boxes[text(&edge["to"])]);
            assert_eq!(points[0][0], from[2], "{id}: {edge}");
            assert_eq!(points[points.len() - 1][0], to[0], "{id}: {edge}");
            for rect in boxes.values() {
                assert!(!points.windows(2).any(|pair| enters(pair[0], pair[1], *rect)), "{id}: {edge} {rect:?}");
            }
        }
    }
}

/// Whether a stretch comes into the inside of a rectangle.
fn enters(a: [f64; 2], b: [f64; 2], rect: [f64; 4]) -> bool {
    let inside = |[x, y]: [f64; 2]| x > rect[0] + 0.6 && x < rect[2] - 0.6 && y > rect[1] + 0.6 && y < rect[3] - 0.6;
    (0..=24).any(|step| {
        let t = f64::from(step) / 24.0;
        inside([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t])
    })
}

#[test]
fn the_picture_shows_the_same_numbers() {
    for (id, graph, _, poster) in drawings() {
        let number = |value: &Value| value.to_string();
        for shown in list(&graph["nodes"]).iter().chain(list(&graph["stages"])) {
            let [x, y, width, height] = ["x", "y", "width", "height"].map(|key| number(&shown[key]));
            let rect = format!(r#"x="{x}" y="{y}" width="{width}" height="{height}""#);
            assert!(poster.contains(&rect), "{id}: {rect}");
        }
        let lines = poster.matches("<path class=\"edge-").count();
        assert_eq!(lines, list(&graph["edges"]).len(), "{id}");
        for edge in list(&graph["edges"]) {
            let start = format!(r#"d="M{} {}"#, number(&edge["points"][0][0]), number(&edge["points"][0][1]));
            assert!(poster.contains(&start), "{id}: {start}");
        }
    }
}

#[test]
fn the_picture_stands_alone_and_is_light() {
    for (id, graph, _, poster) in drawings() {
        assert!(poster.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<svg "), "{id}");
        assert!(poster.contains("<title id=\"title\">") && poster.contains("prefers-color-scheme: dark"), "{id}");
        assert!(!poster.contains("<script") && !poster.contains("@import") && !poster.contains("<image"), "{id}");
        let most = 16_000 + 1_300 * list(&graph["nodes"]).len();
        assert!(poster.len() < most, "{id}: {} bytes", poster.len());
    }
}

#[test]
fn titles_cannot_break_out() {
    let hostile = &sites()[1].site;
    let dot = graph_dot::render(hostile, 0);
    assert!(dot.contains(r#"label="A \"quoted\" <b>road</b> & \\ more""#), "{dot}");
    assert!(dot.contains(r#""end" -> "next""#) && dot.contains("style=dotted"), "{dot}");
    let mermaid = graph_mermaid::render(hostile, 0);
    assert!(mermaid.contains(r##"t0["]]#62; #96;graph#96; #35;1;"]"##), "{mermaid}");
    assert!(mermaid.contains("s1[\"2. #60;script#62;\"]") && mermaid.contains("t0 --> t2"), "{mermaid}");
}

/// Where Graphviz is there, it reads what we write.
#[test]
fn graphviz_reads_the_graph() {
    for compiled in sites() {
        for at in 0..compiled.site.roadmaps.roadmaps.len() {
            let dot = Command::new("dot").arg("-Tcanon").stdin(Stdio::piped()).stdout(Stdio::null()).spawn();
            let Ok(mut dot) = dot else { return };
            let graph = graph_dot::render(&compiled.site, at);
            dot.stdin.take().unwrap().write_all(graph.as_bytes()).unwrap();
            assert!(dot.wait().unwrap().success(), "{graph}");
        }
    }
}
