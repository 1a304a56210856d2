//! `/R/plan/road.json`: which sites have it and what it says.

use roadbook::build::{self, Compiled, Content, Options};
use roadbook::diagnostic::{Checked, Diagnostics};
use roadbook::site::pages::Page;
use roadbook::source::Folder;
use serde_json::{Value, json};

fn compile(site: &str) -> Compiled {
    let file = |path: &str, matter: &str| (format!("content/{path}"), format!("---\n{matter}\n---\n"));
    let texts = vec![
        file("r/_index.md", "title: Road\nhours_per_week: 8"),
        file(
            "r/01-a/_index.md",
            "title: First\neffort: 1 week\ntopics: [one, {topic: two, late: [five]}, three]\nchoices: [{id: pick, of: [one, two], default: two}]",
        ),
        file("r/02-b/_index.md", "title: More\nlevel: optional\ntopics: [{topic: four, for: [one]}, five]"),
        file("topics/one.md", "title: One\naliases: [/topics/uno/, /old/one/, topics/un]\neffort: 2-3.333h"),
        file("topics/two.md", "title: Two\npart_of: three\nrequires: [five]"),
        file("topics/three.md", "title: Three\nlevel: optional"),
        file("topics/four.md", "title: Four\neffort: 5+ h\nrequires: [pick, {any: [far, one]}, far]"),
        file("topics/five.md", "title: Five"),
        file("topics/far.md", "title: Far"),
    ];
    let value = Folder::of_texts(&format!("title = \"T\"\n{site}"), texts);
    build::compile(Checked { value, diagnostics: Diagnostics::default() }, &Options::default())
}

fn road(compiled: &Compiled) -> Option<Value> {
    let output = compiled.site.outputs.iter().find(|output| matches!(output.page, Page::RoadJson(_)))?;
    assert_eq!(output.path, "/r/plan/road.json");
    let Ok(Content::Bytes(bytes)) = build::render(&compiled.site, output) else { panic!("no road") };
    Some(serde_json::from_slice(&bytes).unwrap())
}

#[test]
fn it_has_what_authors_state_and_nothing_empty() {
    let compiled = compile("");
    let report = compiled.report(Diagnostics::default());
    assert!(!build::has_errors(&report), "{report:#?}");
    let expected = json!({
        "format": 1, "id": "r", "title": "Road", "hours_per_week": 8,
        "stages": [{"id": "a", "title": "First", "effort": [8, 8]}, {"id": "b", "title": "More", "bonus": true}],
        "topics": [
            {"id": "one", "title": "One", "stage": 0, "effort": [2, 3.33], "was": ["un", "uno"]},
            {"id": "three", "title": "Three", "stage": 0, "optional": true},
            {"id": "two", "title": "Two", "stage": 0, "part_of": 1, "needs": [4], "late": ["five"]},
            {"id": "four", "title": "Four", "stage": 1, "for": [0],
                "needs": [{"choice": 0}, {"any": ["far", 0]}, "far"], "effort": [5, null]},
            {"id": "five", "title": "Five", "stage": 1},
        ],
        "choices": [{"id": "pick", "title": "Pick", "stage": 0, "pick": [1, 1], "of": [0, 2], "default": 2}],
    });
    assert_eq!(road(&compiled), Some(expected));
}

#[test]
fn a_theme_that_does_not_reckon_has_none() {
    assert_eq!(road(&compile("theme = \"plain\"\n")), None);
}
