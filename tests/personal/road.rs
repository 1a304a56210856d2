//! A road read from the form of `/R/roadmap.json`.

use roadbook::plan::Interval;
use roadbook::plan::personal::road::{Need, Road, RoadChoice, RoadStage, RoadTopic, Target};
use serde_json::Value;

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

/// `[from, to]`, where it is there.
fn hours(value: &Value) -> Option<Interval> {
    let hours = value["effort"]["hours"].as_array()?;
    Some(Interval { min: hours[0].as_f64().unwrap(), max: hours[1].as_f64() })
}

pub fn read(graph: &Value) -> Road {
    let ids: Vec<String> = list(graph, "topics").iter().map(|topic| text(&topic["id"])).collect();
    let stages: Vec<String> = list(graph, "stages").iter().map(|stage| text(&stage["id"])).collect();
    let choices: Vec<&Value> = list(graph, "stages").iter().flat_map(|stage| list(stage, "choices")).collect();
    let at = |value: &Value| ids.iter().position(|id| value == id);
    let all = |list: &[Value]| list.iter().filter_map(at).collect::<Vec<usize>>();
    let target = |value: &Value| match (at(value), choices.iter().position(|choice| choice["id"] == *value)) {
        (Some(topic), _) => Target::Topic(topic),
        (None, Some(choice)) => Target::Choice(choice),
        (None, None) => Target::Elsewhere(text(value)),
    };
    let stated = |value: &Value| value["stated"] == true;
    let optional = |value: &Value| value["level"] == "optional";
    let stage = |stage: &Value| RoadStage {
        id: text(&stage["id"]),
        bonus: optional(stage),
        effort: hours(stage).filter(|_| stated(stage)),
    };
    let need = |any: bool, of: &[Value]| Need { any, of: of.iter().map(target).collect() };
    let topic = |topic: &Value| {
        let plain = list(topic, "requires").iter().map(|id| need(false, std::slice::from_ref(id)));
        let any = list(topic, "requires_any").iter().map(|ids| need(true, ids.as_array().unwrap()));
        let has_parts = list(graph, "topics").iter().any(|other| other["part_of"] == topic["id"]);
        RoadTopic {
            id: text(&topic["id"]),
            stage: stages.iter().position(|id| topic["stage"] == *id).unwrap(),
            optional: optional(topic),
            part_of: at(&topic["part_of"]),
            for_options: all(list(topic, "for")),
            requires: plain.chain(any).collect(),
            effort: hours(topic).filter(|_| !has_parts || stated(topic)),
        }
    };
    let choice = |choice: &&Value| RoadChoice {
        id: text(&choice["id"]),
        pick: (choice["pick"][0].as_u64().unwrap_or(1) as usize, choice["pick"][1].as_u64().unwrap_or(1) as usize),
        of: all(list(choice, "of")),
        default: at(&choice["default"]),
        for_options: all(list(choice, "for")),
    };
    Road {
        hours_per_week: graph["hours_per_week"].as_f64().unwrap(),
        stages: list(graph, "stages").iter().map(stage).collect(),
        topics: list(graph, "topics").iter().map(topic).collect(),
        choices: choices.iter().map(choice).collect(),
    }
}
