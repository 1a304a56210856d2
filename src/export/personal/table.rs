//! A plan for a terminal of 80 columns.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::Sheet;
use crate::plan::Interval;
use crate::plan::personal::Step;

const WIDTH: usize = 80;
const GAP: &str = "  ";
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
    let widths = widths(&rows);
    let mut text: String = rows.iter().map(|row| line(row, &widths)).collect();
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

/// Titles are one line, whatever an author writes; signs that move the cursor are left out.
fn one_line(title: &str) -> String {
    title.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !c.is_control()).collect()
}

/// The widest cell of each column; the titles are cut until a line fits, those of stages first.
fn widths(rows: &[[String; 6]]) -> [usize; 6] {
    let mut widths = [0, 1, 2, 3, 4, 5].map(|at| rows.iter().map(|row| row[at].width()).max().unwrap_or(0));
    for (column, least) in [(2, LEAST), (1, 2 * LEAST), (2, LEAST / 2), (1, LEAST)] {
        let all: usize = widths.iter().sum::<usize>() + GAP.len() * 5;
        let most = widths[column].saturating_sub(all.saturating_sub(WIDTH));
        widths[column] = most.max(least.min(widths[column]));
    }
    widths
}

fn line(row: &[String; 6], widths: &[usize; 6]) -> String {
    let cells = row.iter().zip(widths).enumerate().map(|(column, (cell, width))| {
        let cell = cut(cell, *width);
        let room = " ".repeat(width.saturating_sub(cell.width()));
        // Numbers and times end at one edge.
        if matches!(column, 1 | 2) { format!("{cell}{room}") } else { format!("{room}{cell}") }
    });
    let line = cells.collect::<Vec<_>>().join(GAP);
    format!("{}\n", line.trim_end())
}

fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut used = 0;
    let fits = |c: &char| {
        used += c.width().unwrap_or(0);
        used < width
    };
    text.chars().take_while(fits).chain(['…']).collect()
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

/// Breaks a line between words; what follows is set in.
fn wrap(line: &str) -> String {
    let (mut text, mut used) = (String::new(), 0);
    for word in line.split(' ') {
        if used > 0 && used + 1 + word.width() > WIDTH {
            text.push_str("\n  ");
            used = 2;
        } else if used > 0 {
            text.push(' ');
            used += 1;
        }
        text.push_str(word);
        used += word.width();
    }
    text.push('\n');
    text
}
