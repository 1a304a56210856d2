//! A plan for a terminal of 80 columns.

use super::Sheet;
use crate::export::columns::{Column, one_line, table, wrap};
use crate::plan::Interval;
use crate::plan::personal::Step;

/// Numbers and times end at one edge.
const COLUMNS: [Column; 6] = [Column::Right, Column::Left, Column::Left, Column::Right, Column::Right, Column::Right];
/// Columns of titles are not cut below this.
const LEAST: usize = 12;

/// The plan as text, with totals and unknowns below.
pub fn render(sheet: &Sheet) -> String {
    if sheet.answer.steps.is_empty() {
        return "There is nothing left to learn: all that is wanted is known.\n".into();
    }
    let header = ["#", "Topic", "Stage", "Effort", "Earliest", "Latest"].map(str::to_owned);
    let rows = sheet.answer.steps.iter().enumerate().map(|(at, step)| row(sheet, at, step));
    let rows: Vec<[String; 6]> = std::iter::once(header).chain(rows).collect();
    // The titles are cut until a line fits, those of stages first.
    let mut text = table(&rows, &COLUMNS, &[(2, LEAST), (1, 2 * LEAST), (2, LEAST / 2), (1, LEAST)]);
    text.push('\n');
    text.push_str(&below(sheet));
    text
}

fn row(sheet: &Sheet, at: usize, step: &Step) -> [String; 6] {
    let ends = match sheet.days(step) {
        _ if !sheet.answer.has_times() => ["-", "-"].map(str::to_owned),
        Some((_, (earliest, latest))) => [earliest.to_string(), latest.map_or("open".into(), |day| day.to_string())],
        None => [week(Some(step.end.min)), week(step.end.max)],
    };
    let [earliest, latest] = ends;
    let title = one_line(sheet.title(step.item));
    [(at + 1).to_string(), title, one_line(sheet.stage_title(step.item)), effort(step), earliest, latest]
}

fn week(weeks: Option<f64>) -> String {
    weeks.map_or("open".into(), |weeks| format!("week {}", (weeks * 10.0).round() / 10.0))
}

/// What a step takes, in words.
pub fn effort(step: &Step) -> String {
    let hours = || step.cost.hours.text("h", "h");
    match step.cost.unknown {
        _ if step.is_unknown() => "unknown".into(),
        0 if step.cost.hours == Interval::ZERO => "-".into(),
        0 => hours(),
        _ => format!("{} + ?", hours()),
    }
}

fn below(sheet: &Sheet) -> String {
    let answer = sheet.answer;
    let steps = match answer.steps.len() {
        1 => "1 step".into(),
        n => format!("{n} steps"),
    };
    let mut lines = vec![match answer.has_times() {
        true => format!("{steps}, {}", times(sheet)),
        false => format!("{steps}, no time known"),
    }];
    if let (true, Some(start), Some((earliest, latest))) = (answer.has_times(), sheet.start, sheet.end()) {
        let latest = latest.map_or("open".into(), |day| day.to_string());
        lines.push(format!("Start: {start}. End: {earliest} at the earliest, {latest} at the latest"));
    }
    if !answer.unknown.is_empty() {
        let ids: Vec<&str> = answer.unknown.iter().map(|topic| sheet.road.topics[*topic].id.as_str()).collect();
        lines.push(format!("Of unknown effort, and not in these figures ({}): {}", ids.len(), ids.join(", ")));
    }
    for (choice, options) in sheet.picks() {
        let titles: Vec<&str> = options.iter().map(|option| sheet.topic_title(*option)).collect();
        lines.push(format!("{}: {}", one_line(&sheet.choice_title(choice)), one_line(&titles.join(", "))));
    }
    lines.iter().map(|line| wrap(line)).collect()
}

/// `9+ hours: 1.8+ weeks of 5 h`
fn times(sheet: &Sheet) -> String {
    let (hours, pace) = (sheet.answer.total.hours, sheet.answer.hours_per_week);
    format!("{}: {} of {pace} h", hours.text("hour", "hours"), hours.scale(1.0 / pace).text("week", "weeks"))
}
