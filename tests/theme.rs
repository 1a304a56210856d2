//! The documentation of the theme is that of the views, field by field.

use std::collections::BTreeMap;
use std::path::Path;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The fields of every view struct, as the types declare them.
fn declared() -> BTreeMap<String, Vec<String>> {
    let mut views = BTreeMap::new();
    for file in [
        "views.rs",
        "views/shared.rs",
        "views/roadmap.rs",
        "views/stage.rs",
        "views/drawing.rs",
        "views/topic.rs",
        "views/lists.rs",
    ] {
        let text = read(&format!("src/site/{file}"));
        let mut current: Option<String> = None;
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("pub struct ") {
                current = rest.split_whitespace().next().map(str::to_owned);
            } else if let (Some(name), Some(field)) = (&current, line.strip_prefix("    pub ")) {
                let field = field.split(':').next().unwrap().to_owned();
                views.entry(name.clone()).or_insert_with(Vec::new).push(field);
            }
        }
    }
    views
}

/// The fields that the README's table below each `### View` names.
fn documented() -> BTreeMap<String, Vec<String>> {
    let mut views: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in read("themes/default/README.md").lines() {
        if let Some(name) = line.strip_prefix("### ") {
            current = name.trim().to_owned();
        } else if let Some(field) = line.strip_prefix("| `").and_then(|rest| rest.split('`').next())
            && !current.is_empty()
        {
            views.entry(current.clone()).or_default().push(field.to_owned());
        }
    }
    views
}

#[test]
fn the_readme_names_every_field_of_every_view_in_order() {
    let (declared, documented) = (declared(), documented());
    assert!(declared.len() > 50, "only {} views found", declared.len());
    assert_eq!(declared, documented);
}
