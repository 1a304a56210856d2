//! A plan as a calendar: one event a step, as slow as the efforts allow, so that nobody is late by default. An
//! open end counts as its lower bound.

use jiff::civil::Date;

use super::Sheet;
use crate::export::calendar::{AllDay, Calendar};
use crate::plan::personal::days::one;
use crate::plan::personal::{Item, Step};

/// The calendar of a plan that begins on `first`, made on `today`; `None` when nothing in it takes a known time.
pub fn render(sheet: &Sheet, first: Date, today: Date) -> Option<String> {
    if !sheet.answer.has_times() {
        return None;
    }
    let title = sheet.site.title(sheet.roadmap().document);
    let mut calendar = Calendar::new(sheet.site, title, today);
    let mut hours = 0.0;
    for step in &sheet.answer.steps {
        let weeks = |hours: f64| hours / sheet.answer.hours_per_week;
        let start = weeks(hours);
        hours += step.cost.hours.max.unwrap_or(step.cost.hours.min);
        calendar.add(&AllDay {
            id: &id(sheet, step.item),
            summary: &format!("{title}: {}", sheet.title(step.item)),
            description: Some(&description(sheet, step)),
            path: &sheet.path(step.item),
            days: one(first, start, weeks(hours)),
        })?;
    }
    calendar.text()
}

/// No stage is called `plan`, and no id holds a dot: nothing else has these ids.
fn id(sheet: &Sheet, item: Item) -> String {
    let roadmap = &sheet.roadmap().id;
    match sheet.id(item) {
        Some(topic) => format!("{roadmap}.plan.{topic}"),
        None => format!("{roadmap}.plan.stage.{}", sheet.stage_id(item)),
    }
}

fn description(sheet: &Sheet, step: &Step) -> String {
    format!("{}: {}", sheet.stage_title(step.item), super::table::effort(step))
}
