//! The documentation of the theme is that of the views, field by field.

#[path = "theme/plain.rs"]
mod plain;
#[path = "theme/scripts.rs"]
mod scripts;

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

/// The tables of words, by language.
fn tables() -> BTreeMap<String, toml::Table> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/templates/words");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let table = |path: std::path::PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        (path.file_stem().unwrap().to_str().unwrap().to_owned(), text.parse().unwrap())
    };
    entries.map(table).collect()
}

/// The `$names` of a text, sorted.
fn placeholders(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> = text
        .split('$')
        .skip(1)
        .map(|part| &part[..part.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(part.len())])
        .collect();
    names.sort_unstable();
    names
}

/// All texts of a word, with what tells them apart.
fn texts(value: &toml::Value) -> Vec<(String, &str)> {
    match value {
        toml::Value::String(text) => vec![(String::new(), text)],
        toml::Value::Table(forms) => forms.iter().map(|(name, text)| (name.clone(), text.as_str().unwrap())).collect(),
        toml::Value::Array(items) => items.iter().map(|item| (String::new(), item.as_str().unwrap())).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_language_has_every_word_with_its_values() {
    let tables = tables();
    let english = &tables["en"];
    for (language, table) in &tables {
        let keys = |table: &toml::Table| table.keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(table), keys(english), "{language}");
        for (key, word) in table {
            let model = texts(&english[key]);
            let most = placeholders(model.last().unwrap().1);
            for (form, text) in texts(word) {
                assert!(!text.is_empty(), "{language}: {key}");
                let own = placeholders(text);
                // The form for exactly one or two may say the number in words.
                let may_drop = ["zero", "one", "two"].contains(&form.as_str());
                assert!(
                    own == most || may_drop && own.iter().all(|name| most.contains(name)),
                    "{language}: {key}: {text}"
                );
            }
        }
    }
}

#[test]
fn every_word_is_used() {
    let mut sources = String::new();
    for folder in ["src", "themes/default/templates", "themes/default/static"] {
        let top = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for entry in walkdir::WalkDir::new(top).into_iter().map(Result::unwrap) {
            let ends = |end: &str| entry.file_name().to_str().is_some_and(|name| name.ends_with(end));
            if ends(".rs") || ends(".html") || ends(".xml") || ends(".js") {
                sources.push_str(&std::fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    // The variants of `pick` and `question` are put together.
    let unused: Vec<String> = tables()["en"]
        .keys()
        .filter(|key| {
            let stem = key.trim_end_matches("_all").trim_end_matches("_one");
            let is_in = |text: String| sources.contains(&text);
            !is_in(format!("words.{key}")) && !is_in(format!("\"{key}\"")) && !is_in(format!("\"{stem}\""))
        })
        .cloned()
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}
