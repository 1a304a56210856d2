//! `/R/roadmap.json` with exactly the keys and types of the contract's example.
//!
//! A value that reads into these types and writes back as itself has every key, no other one, `null` only where it
//! may stand, and the optional keys only where they hold something.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

use crate::report::Report;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Roadmap {
    pub format: u32,
    pub id: String,
    pub title: String,
    pub url: String,
    pub hours_per_week: Number,
    pub effort: Amount,
    pub optional_effort: Amount,
    pub stages: Vec<Stage>,
    pub topics: Vec<Topic>,
    pub order: Vec<String>,
    pub critical_path: Vec<String>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    pub id: String,
    pub title: String,
    pub url: String,
    pub level: Level,
    pub effort: Amount,
    pub start_week: Range,
    pub end_week: Range,
    pub topics: Vec<String>,
    pub revisits: Vec<String>,
    pub choices: Vec<Choice>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub id: String,
    pub title: String,
    pub pick: (usize, usize),
    pub of: Vec<String>,
    pub default: Value,
    #[serde(rename = "for")]
    pub serves: Vec<String>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    pub id: String,
    pub title: String,
    pub url: String,
    pub stage: String,
    pub level: Level,
    pub requires: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requires_any: Vec<Vec<String>>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reasons: BTreeMap<String, String>,
    pub required_by: Vec<String>,
    pub related: Vec<String>,
    pub part_of: Option<String>,
    #[serde(rename = "for")]
    pub serves: Vec<String>,
    pub late: Vec<String>,
    pub effort: Option<Amount>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    pub hours: Range,
    pub weeks: Range,
    pub unknown: usize,
}

/// From, and up to; `null` for an open end.
pub type Range = (Number, Option<Number>);

#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Essential,
    Recommended,
    Optional,
}

impl Roadmap {
    /// Reads a roadmap's data; what is not as in the contract is a breach.
    pub fn read(value: &Value, report: &mut Report) -> Option<Self> {
        let roadmap: Self = serde_json::from_value(value.clone()).map_err(|error| report.fail(error)).ok()?;
        let again = serde_json::to_value(&roadmap).unwrap();
        report.check(again == *value, || format!("keys, nulls or empty optional keys: {}", difference(value, &again)));
        check_numbers(value, report);
        Some(roadmap)
    }

    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == id)
    }
}

/// The first place where two values differ.
fn difference(got: &Value, expected: &Value) -> String {
    match (got, expected) {
        (Value::Object(a), Value::Object(b)) => {
            let keys = a.keys().chain(b.keys());
            let key = keys.into_iter().find(|key| a.get(*key) != b.get(*key)).unwrap();
            match (a.get(key), b.get(key)) {
                (Some(a), Some(b)) => format!("/{key}{}", difference(a, b)),
                (a, b) => format!("/{key}: expected {b:?}, got {a:?}"),
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let index = a.iter().zip(b).position(|(a, b)| a != b).unwrap();
            format!("/{index}{}", difference(&a[index], &b[index]))
        }
        _ => format!(": expected {expected}, got {got}"),
    }
}

/// Every number has at most two decimals.
fn check_numbers(value: &Value, report: &mut Report) {
    match value {
        Value::Number(number) => {
            let hundredths = number.as_f64().unwrap() * 100.0;
            report.check((hundredths - hundredths.round()).abs() < 1e-6, || format!("{number} is not rounded"));
        }
        Value::Array(items) => items.iter().for_each(|item| check_numbers(item, report)),
        Value::Object(map) => map.values().for_each(|item| check_numbers(item, report)),
        _ => {}
    }
}
