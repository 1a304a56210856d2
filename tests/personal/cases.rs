//! The shared cases.

use std::path::Path;

use jiff::civil::Date;
use roadbook::plan::Interval;
use roadbook::plan::personal::days::{Days, days};
use roadbook::plan::personal::road::Road;
use roadbook::plan::personal::{Answer, Item, Question, answer};
use serde_json::{Map, Value, json};

use crate::road;

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(|text| text.as_str().unwrap().to_owned()).collect()
}

fn question(asked: &Value, road: &Road) -> Question {
    let topic = |id: &String| road.find(id).topic().unwrap_or_else(|| panic!("there is no topic {id}"));
    let picks = asked["picks"].as_object().into_iter().flatten();
    Question {
        known: texts(&asked["known"]).into_iter().collect(),
        to: texts(&asked["to"]).iter().map(|id| road.find(id)).collect(),
        picks: picks
            .map(|(choice, of)| (road.find_choice(choice).unwrap(), texts(of).iter().map(topic).collect()))
            .collect(),
        hours_per_week: asked["hours_per_week"].as_f64(),
    }
}

/// Rounded to two decimals; whole numbers are written without a fraction.
fn number(value: f64) -> Value {
    let rounded = (value * 100.0).round() / 100.0;
    if rounded.fract() == 0.0 { json!(rounded as i64) } else { json!(rounded) }
}

fn pair(range: Interval) -> [Value; 2] {
    [number(range.min), range.max.map_or(Value::Null, number)]
}

fn day_pair(days: Days) -> [Value; 2] {
    [json!(days.0.to_string()), days.1.map_or(Value::Null, |day| json!(day.to_string()))]
}

/// Everything that an answer can be checked for.
fn found(road: &Road, answer: &Answer, start: Option<Date>) -> Map<String, Value> {
    let ids = |topics: &[usize]| topics.iter().map(|topic| json!(road.topics[*topic].id)).collect::<Value>();
    let mut found = Map::new();
    let mut put = |key: &str, value: Value| drop(found.insert(key.into(), value));
    let steps = answer.steps.iter();
    put(
        "steps",
        steps
            .clone()
            .map(|step| match step.item {
                Item::Topic(topic) => road.topics[topic].id.clone(),
                Item::Stage(stage) => format!("stage:{}", road.stages[stage].id),
            })
            .collect(),
    );
    let hours = |step: &roadbook::plan::personal::Step| match step.is_unknown() {
        true => Value::Null,
        false => json!(pair(step.cost.hours)),
    };
    put("hours", steps.clone().map(hours).collect());
    put("weeks", steps.clone().map(|step| json!([pair(step.start), pair(step.end)].concat())).collect());
    if let Some(first) = start {
        let both = |(start, end): (Days, Days)| json!([day_pair(start), day_pair(end)].concat());
        put("days", steps.map(|step| both(days(first, step.start, step.end))).collect());
    }
    put("total", json!(pair(answer.total.hours)));
    put("unknown", ids(&answer.unknown));
    let picks = answer.picks.iter().enumerate().filter(|(_, options)| !options.is_empty());
    put("picks", picks.map(|(at, options)| (road.choices[at].id.clone(), ids(options))).collect());
    found
}

#[test]
fn the_shared_cases_are_as_worked_out() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shared/plan");
    let (mut count, mut wrong) = (0, Vec::new());
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "json") {
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let file: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let road = road::read(&file["graph"]);
        for case in file["cases"].as_array().unwrap() {
            let start = case["question"]["start"].as_str().map(|day| day.parse().unwrap());
            let found = found(&road, &answer(&road, &question(&case["question"], &road)), start);
            for (key, expected) in case["answer"].as_object().unwrap() {
                let found = found.get(key).unwrap_or(&Value::Null);
                if expected != found {
                    wrong.push(format!("{name}: {}\n  {key}: {expected}\n  found {found}", case["about"]));
                }
            }
            count += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 60, "only {count} cases found");
}
