//! The figures for a terminal of 80 columns: all roadmaps side by side where there are several, and then each.

use super::Sheet;
use crate::export::columns::{Column, one_line, table, wrap_behind};
use crate::plan::Cost;
use crate::roadmap::PlacementIx;

/// So many bottlenecks are listed.
const MOST: usize = 10;
/// Titles are not cut below this.
const LEAST: usize = 16;

/// The figures as text.
pub fn render(sheets: &[Sheet]) -> String {
    let overview = (sheets.len() > 1).then(|| overview(sheets));
    let parts: Vec<String> = overview.into_iter().chain(sheets.iter().map(one)).collect();
    match parts.is_empty() {
        true => "There is no roadmap yet.\n".into(),
        false => parts.join("\n"),
    }
}

fn row<const N: usize>(cells: [String; N]) -> Vec<String> {
    cells.into()
}

fn overview(sheets: &[Sheet]) -> String {
    let header = row(["Roadmap", "Stages", "Topics", "Known", "Unknown", "Depth", "Effort"].map(str::to_owned));
    let rows = sheets.iter().map(|sheet| {
        let (roadmap, stats) = (sheet.roadmap, &sheet.stats);
        let counts = [roadmap.stages.len(), roadmap.placements.len(), stats.known, stats.unknown, stats.depths.len()];
        let [stages, topics, known, unknown, depth] = counts.map(|count| count.to_string());
        row([one_line(sheet.title()), stages, topics, known, unknown, depth, effort(&sheet.plan.total)])
    });
    let rows: Vec<_> = std::iter::once(header).chain(rows).collect();
    let columns = [Column::Left, Column::Right, Column::Right, Column::Right, Column::Right, Column::Right];
    table(&rows, &[&columns[..], &[Column::Right]].concat(), &[(0, LEAST)])
}

fn one(sheet: &Sheet) -> String {
    let mut text = format!("{} ({})\n", one_line(sheet.title()), sheet.roadmap.id);
    text.push_str(&figures(sheet));
    if sheet.stats.longest_chain.len() > 1 {
        text.push_str("\nLongest chain of prerequisites\n");
        text.push_str(&chain(sheet, &sheet.stats.longest_chain));
    }
    if !sheet.stats.bottlenecks.is_empty() {
        text.push_str("\nBottlenecks: what most other topics wait for\n");
        text.push_str(&bottlenecks(sheet));
    }
    text
}

fn figures(sheet: &Sheet) -> String {
    let (roadmap, plan, stats) = (sheet.roadmap, sheet.plan, &sheet.stats);
    let levels = ["essential", "recommended", "optional"].into_iter().zip(stats.levels);
    let levels: Vec<String> =
        levels.filter(|(_, count)| *count > 0).map(|(level, count)| format!("{count} {level}")).collect();
    let topics = match levels.is_empty() {
        true => "0".into(),
        false => format!("{}: {}", roadmap.placements.len(), levels.join(", ")),
    };
    let weeks = || plan.total.hours.scale(1.0 / roadmap.hours_per_week).text("week", "weeks");
    let total = match plan.total.known {
        true => format!("{}: {} of {} h", effort(&plan.total), weeks(), roadmap.hours_per_week),
        false => effort(&plan.total),
    };
    let mut lines = vec![
        ("Stages", roadmap.stages.len().to_string()),
        ("Topics", topics),
        ("Choices", roadmap.choices.len().to_string()),
        ("Prerequisites", stats.prerequisites.to_string()),
        ("Effort", total),
    ];
    if plan.optional.known {
        lines.push(("Optional", effort(&plan.optional)));
    }
    lines.push(("Efforts", format!("{} known, {} unknown", stats.known, stats.unknown)));
    if !stats.depths.is_empty() {
        let widest = match stats.depths.iter().max() {
            Some(1) => "1 topic".into(),
            widest => format!("{} topics", widest.unwrap_or(&0)),
        };
        lines.push(("Depth", format!("{}, at most {widest} side by side", stats.depths.len())));
    }
    lines.iter().map(|(name, value)| wrap_behind(&format!("  {name:<13}  "), value)).collect()
}

/// `12–20 h`, or `unknown`
fn effort(cost: &Cost) -> String {
    match cost.known {
        true => cost.hours.text("h", "h"),
        false if cost.unknown > 0 => "unknown".into(),
        false => "-".into(),
    }
}

fn chain(sheet: &Sheet, chain: &[PlacementIx]) -> String {
    let rows: Vec<_> = chain
        .iter()
        .enumerate()
        .map(|(at, ix)| {
            let cost = sheet.plan.efforts[ix.0].as_ref().map_or_else(|| "unknown".into(), effort);
            let [title, stage] = [sheet.topic_title(*ix), sheet.stage_title(*ix)].map(one_line);
            row([String::new(), (at + 1).to_string(), title, stage, cost])
        })
        .collect();
    table(&rows, &[Column::Left, Column::Right, Column::Left, Column::Left, Column::Right], &[(3, LEAST), (2, LEAST)])
}

fn bottlenecks(sheet: &Sheet) -> String {
    let header = row(["", "Topic", "Stage", "directly", "in all"].map(str::to_owned));
    let rows = sheet.stats.bottlenecks.iter().take(MOST).map(|topic| {
        let [title, stage] = [sheet.topic_title(topic.placement), sheet.stage_title(topic.placement)].map(one_line);
        row([String::new(), title, stage, topic.direct.to_string(), topic.all.to_string()])
    });
    let rows: Vec<_> = std::iter::once(header).chain(rows).collect();
    table(&rows, &[Column::Left, Column::Left, Column::Left, Column::Right, Column::Right], &[(2, LEAST), (1, LEAST)])
}
