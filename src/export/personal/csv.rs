//! A plan as comma-separated values (RFC 4180), for spreadsheets.

use super::Sheet;
use crate::plan::Interval;
use crate::plan::personal::Step;
use crate::plan::personal::days::Days;

const HEADER: [&str; 15] = [
    "number",
    "topic",
    "title",
    "stage",
    "hours_min",
    "hours_max",
    "unknown",
    "start_week_min",
    "start_week_max",
    "end_week_min",
    "end_week_max",
    "start_min",
    "start_max",
    "end_min",
    "end_max",
];

/// The plan: a header, and one record a step. An open end and what is unknown are empty.
pub fn render(sheet: &Sheet) -> String {
    let mut text = record(HEADER.map(str::to_owned));
    for (at, step) in sheet.answer.steps.iter().enumerate() {
        text.push_str(&record(fields(sheet, at, step)));
    }
    text
}

fn fields(sheet: &Sheet, at: usize, step: &Step) -> [String; 15] {
    let [hours_min, hours_max] =
        if step.is_unknown() { [String::new(), String::new()] } else { range(step.cost.hours) };
    let ([start_week_min, start_week_max], [end_week_min, end_week_max]) = (range(step.start), range(step.end));
    let (start, end) = sheet.days(step).unzip();
    let ([start_min, start_max], [end_min, end_max]) = (days(start), days(end));
    [
        (at + 1).to_string(),
        sheet.id(step.item).unwrap_or_default().to_owned(),
        plain(sheet.title(step.item)),
        sheet.stage_id(step.item).to_owned(),
        hours_min,
        hours_max,
        step.cost.unknown.to_string(),
        start_week_min,
        start_week_max,
        end_week_min,
        end_week_max,
        start_min,
        start_max,
        end_min,
        end_max,
    ]
}

fn range(range: Interval) -> [String; 2] {
    let number = |value: f64| format!("{}", (value * 100.0).round() / 100.0);
    [number(range.min), range.max.map(number).unwrap_or_default()]
}

fn days(days: Option<Days>) -> [String; 2] {
    let text = |day: jiff::civil::Date| day.to_string();
    [days.map(|days| text(days.0)).unwrap_or_default(), days.and_then(|days| days.1).map(text).unwrap_or_default()]
}

/// Spreadsheets run what begins like a formula; an apostrophe before it says that it is text.
fn plain(title: &str) -> String {
    let formula = title.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula { format!("'{title}") } else { title.to_owned() }
}

/// A record; fields with a separator, a quote or a line break are quoted, quotes in them doubled.
fn record(fields: [String; 15]) -> String {
    let quoted = fields.map(|field| match field.contains([',', '"', '\r', '\n']) {
        true => format!("\"{}\"", field.replace('"', "\"\"")),
        false => field,
    });
    quoted.join(",") + "\r\n"
}
