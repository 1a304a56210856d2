//! Figures that were worked out by hand: `expected.json` beside each fixture site.
//!
//! `data` gives, for each data file, values by JSON pointer; `files` and `absent` name built files; `contains` gives
//! texts of built files.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use crate::build::Built;
use crate::report::Report;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    #[serde(default)]
    data: BTreeMap<String, BTreeMap<String, Value>>,
    #[serde(default)]
    files: Vec<String>,
    #[serde(default)]
    absent: Vec<String>,
    #[serde(default)]
    contains: BTreeMap<String, Vec<String>>,
}

/// Compares a built site with what is expected of it.
pub fn check(file: &Path, built: &Built, report: &mut Report) {
    let expected: Expected = serde_json::from_str(&std::fs::read_to_string(file).unwrap())
        .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    for (path, values) in &expected.data {
        let Some(data) = built.json(path, report) else { continue };
        for (pointer, value) in values {
            let got = data.pointer(pointer);
            let same = got.is_some_and(|got| same(got, value));
            report.check(same, || format!("{path}{pointer}: expected {value}, got {}", got.unwrap_or(&Value::Null)));
        }
    }
    for path in &expected.files {
        report.check(built.has(path), || format!("{path} is missing"));
    }
    for path in &expected.absent {
        report.check(!built.has(path), || format!("{path} should not be there"));
    }
    for (path, texts) in &expected.contains {
        let got = built.text(path).unwrap_or_default();
        for text in texts {
            report.check(got.contains(text.as_str()), || format!("{path} does not contain {text:?}"));
        }
    }
}

/// Equality by which `1` is `1.0`.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}
