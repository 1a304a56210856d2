//! A plan as JSON, format 1.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use super::Sheet;
use crate::export::number::{EffortData, Pair, pair};
use crate::plan::personal::Step;
use crate::plan::personal::days::Days;

#[derive(Serialize)]
struct PlanData<'a> {
    format: u32,
    roadmap: &'a str,
    title: &'a str,
    hours_per_week: Value,
    start: Option<String>,
    end: Option<DayPair>,
    known: Vec<&'a str>,
    to: Vec<&'a str>,
    picks: BTreeMap<&'a str, Vec<&'a str>>,
    effort: EffortData,
    unknown: Vec<&'a str>,
    steps: Vec<StepData<'a>>,
}

#[derive(Serialize)]
struct StepData<'a> {
    topic: Option<&'a str>,
    title: &'a str,
    url: String,
    stage: &'a str,
    effort: Option<EffortData>,
    start_week: Pair,
    end_week: Pair,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<DayPair>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<DayPair>,
}

/// `[earliest, latest]`; an open end is `null`.
type DayPair = (String, Option<String>);

fn day_pair(days: Days) -> DayPair {
    (days.0.to_string(), days.1.as_ref().map(Date::to_string))
}

/// A pace as it was asked for: rounded, a very slow one would be none.
fn exact(value: f64) -> Value {
    if value.fract() == 0.0 { Value::from(value as i64) } else { Value::from(value) }
}

/// The plan as JSON.
pub fn render(sheet: &Sheet) -> String {
    let (answer, topics) = (sheet.answer, &sheet.road.topics);
    let ids = |list: &[usize]| list.iter().map(|topic| topics[*topic].id.as_str()).collect();
    let data = PlanData {
        format: 1,
        roadmap: &sheet.roadmap().id,
        title: sheet.site.title(sheet.roadmap().document),
        hours_per_week: exact(answer.hours_per_week),
        start: sheet.start.map(|day| day.to_string()),
        end: sheet.end().map(day_pair),
        known: sheet.question.known.iter().map(String::as_str).collect(),
        to: sheet.question.to.iter().map(|target| sheet.target_id(target)).collect(),
        picks: sheet.picks().map(|(choice, of)| (sheet.road.choices[choice].id.as_str(), ids(of))).collect(),
        effort: EffortData::new(&answer.total, answer.hours_per_week),
        unknown: ids(&answer.unknown),
        steps: answer.steps.iter().map(|one| step(sheet, one)).collect(),
    };
    let mut text = serde_json::to_string_pretty(&data).expect("plain data always serialises");
    text.push('\n');
    text
}

fn step<'a>(sheet: &Sheet<'a>, step: &Step) -> StepData<'a> {
    let days = sheet.days(step);
    StepData {
        topic: sheet.id(step.item),
        title: sheet.title(step.item),
        url: sheet.path(step.item),
        stage: sheet.stage_id(step.item),
        effort: (!step.is_unknown()).then(|| EffortData::new(&step.cost, sheet.answer.hours_per_week)),
        start_week: pair(step.start),
        end_week: pair(step.end),
        start: days.map(|(start, _)| day_pair(start)),
        end: days.map(|(_, end)| day_pair(end)),
    }
}
