//! What may stand behind a key.

use serde_json::{Value, json};

use super::Object;
use crate::diagnostic::Code;
use crate::document::effort::Unit;
use crate::document::matter::read::{KINDS, LEVELS};

/// An optional key counts as absent when nothing stands there.
pub fn or_nothing(mut schema: Value) -> Value {
    if let Some(kinds) = schema.get_mut("anyOf").and_then(Value::as_array_mut) {
        kinds.push(json!({ "type": "null" }));
        return schema;
    }
    if let Some(words) = schema.get_mut("enum").and_then(Value::as_array_mut) {
        words.push(Value::Null);
    }
    if let Some(pattern) = schema.get("pattern").and_then(Value::as_str).map(str::to_owned) {
        schema["pattern"] = format!("^\\s*$|{pattern}").into();
    }
    match schema.get("type").cloned() {
        Some(Value::Array(mut kinds)) => {
            kinds.push("null".into());
            schema["type"] = kinds.into();
        }
        Some(kind) => schema["type"] = json!([kind, "null"]),
        None => {}
    }
    schema
}

/// Text that is not blank.
pub fn text() -> Value {
    matching("\\S")
}

/// Text that may be empty, which means something.
pub fn any_text() -> Value {
    json!({ "type": "string" })
}

/// Text of this form (a regular expression of ECMAScript).
pub fn matching(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

/// An id.
pub fn id() -> Value {
    matching("^\\s*[a-z0-9][a-z0-9-]{0,99}\\s*$")
}

pub fn flag() -> Value {
    json!({ "type": "boolean" })
}

pub fn whole_number() -> Value {
    json!({ "type": "integer" })
}

/// A whole number from 0.
pub fn count() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

/// A whole number from 0 to some bound.
pub fn at_most(most: u32) -> Value {
    json!({ "type": "integer", "minimum": 0, "maximum": most })
}

/// A whole number above 0.
pub fn minutes() -> Value {
    json!({ "type": "integer", "minimum": 1 })
}

/// Hours a week: above 0, and no more than a week has.
pub fn pace() -> Value {
    json!({ "type": "number", "exclusiveMinimum": 0, "maximum": 168 })
}

/// Whatever a theme wants.
pub fn extra() -> Value {
    json!({ "type": "object" })
}

/// A day as `2026-03-31`.
pub fn date() -> Value {
    matching("^\\d{4}-\\d{2}-\\d{2}$")
}

pub fn web_address() -> Value {
    matching("^\\s*https?://")
}

/// An effort. Units are those that the reader knows, in any case.
pub fn effort() -> Value {
    let any_case = |word: &str| -> String {
        word.chars().map(|c| if c.is_alphabetic() { format!("[{c}{}]", c.to_uppercase()) } else { c.into() }).collect()
    };
    let words = |list: &[&str]| list.iter().map(|word| any_case(word)).collect::<Vec<_>>().join("|");
    let units: Vec<&str> = Unit::NAMES.iter().map(|(name, _)| *name).collect();
    let amount = format!("\\s*[0-9.]+\\+?\\s*({})?", words(&units));
    let range = format!("(\\s*(-|–|—|{}){amount})?", words(&["to "]));
    let about = words(&["about ", "around ", "ca. ", "~"]);
    let pattern = format!("^\\s*({about})?\\s*({})?{amount}{range}\\s*$", words(&["at least "]));
    let mut schema = matching(&pattern);
    schema["examples"] = json!(["90 minutes", "3h", "4-6 weeks", "about 1 week", "6+ months"]);
    schema
}

/// How many to pick.
pub fn pick() -> Value {
    json!({ "anyOf": [
        { "type": "integer", "minimum": 1 },
        { "type": "string", "pattern": "^\\s*[0-9]+\\s*([-–]\\s*[0-9]+\\s*)?$", "examples": ["1", "2-3"] },
    ]})
}

/// One of some words, the first of which is taken where none stands.
pub fn one_of<'a>(words: impl Iterator<Item = &'a str>) -> Value {
    json!({ "type": "string", "enum": words.collect::<Vec<_>>() })
}

pub fn level() -> Value {
    one_of(LEVELS.iter().map(|(word, _)| *word))
}

pub fn kind() -> Value {
    one_of(KINDS.iter().map(|(word, _)| *word))
}

/// The lints, which can be allowed.
pub fn lint() -> Value {
    let lints = Code::ALL.iter().filter(|code| code.is_lint());
    json!({ "anyOf": lints.map(|code| json!({ "const": code.name(), "description": code.summary() })).collect::<Vec<_>>() })
}

/// Paths below the site.
pub fn paths() -> Value {
    list(matching("^\\s*(?![A-Za-z][A-Za-z0-9+.-]*:)\\S"))
}

pub fn list(of: Value) -> Value {
    json!({ "type": "array", "items": of })
}

/// A list that names at least one.
pub fn some(of: Value) -> Value {
    json!({ "type": "array", "items": of, "minItems": 1 })
}

pub fn texts() -> Value {
    list(text())
}

pub fn ids() -> Value {
    list(id())
}

pub fn lints() -> Value {
    list(lint())
}

/// The plain value, or the map that says more.
pub fn or_map(plain: Value, map: &Object) -> Value {
    json!({ "anyOf": [plain, map.schema()] })
}
