//! JSON Schema (draft 7, which the language servers of YAML and TOML read) of front matter and `site.toml`: completion
//! and a word on every key in an editor, and a first check while typing.
//!
//! Which keys there are is said by the readers in [`crate::document::matter::read`] and [`crate::config`]; a test
//! compares. A schema lets through whatever the program reads, and leaves to `check` what one file alone cannot tell.

mod matter;
mod shape;
mod site;
#[cfg(test)]
mod tests;

use serde_json::{Map, Value, json};

/// What a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// The front matter of a topic.
    Topic,
    /// The front matter of a stage's `_index.md`.
    Stage,
    /// The front matter of a roadmap's `_index.md`.
    Roadmap,
    /// The front matter of a plain page, or of the home page.
    Page,
    /// `site.toml`
    Site,
}

/// A map of keys.
struct Object {
    /// What it is, in a few words.
    title: &'static str,
    keys: &'static [Key],
    required: &'static [&'static str],
    /// The keys that the reader knows.
    #[cfg_attr(not(test), expect(dead_code, reason = "only the comparison with the reader looks at them"))]
    read: &'static [&'static str],
}

/// A key: its name, what may stand there, and what it means (Markdown of one line).
struct Key(&'static str, fn() -> Value, &'static str);

impl Object {
    /// The schema of the map.
    fn schema(&self) -> Value {
        let property = |Key(name, shape, meaning): &Key| {
            let value = if self.required.contains(name) { shape() } else { shape::or_nothing(shape()) };
            ((*name).to_owned(), described(value, meaning))
        };
        let properties: Map<String, Value> = self.keys.iter().map(property).collect();
        json!({
            "title": self.title,
            "type": "object",
            "properties": properties,
            "required": self.required,
            "additionalProperties": false,
        })
    }
}

/// Plain text for editors that show that, Markdown for the others.
fn described(mut schema: Value, meaning: &str) -> Value {
    schema["description"] = meaning.replace('`', "").into();
    schema["markdownDescription"] = meaning.into();
    schema
}

fn object(file: File) -> &'static Object {
    match file {
        File::Topic => &matter::TOPIC,
        File::Stage => &matter::STAGE,
        File::Roadmap => &matter::ROADMAP,
        File::Page => &matter::PAGE,
        File::Site => &site::SITE,
    }
}

/// The schema of one kind of file.
pub fn of(file: File) -> Value {
    let mut schema = json!({ "$schema": "http://json-schema.org/draft-07/schema#" });
    let Value::Object(own) = object(file).schema() else { return schema };
    own.into_iter().for_each(|(key, value)| schema[key] = value);
    schema
}

/// The schema of front matter of whatever kind, for editors that cannot tell the kinds apart.
pub fn of_any_front_matter() -> Value {
    let kinds = [File::Topic, File::Stage, File::Roadmap, File::Page];
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "The front matter of a topic, a stage, a roadmap or a page",
        "anyOf": kinds.map(|file| object(file).schema()),
    })
}
