//! `/R/plan.ics`: the stages of a roadmap as events of a calendar (RFC 5545), at the roadmap's own pace and at
//! the slowest, so that nobody is late by default.

use jiff::civil::{Date, Weekday};

use super::calendar::{AllDay, Calendar};
use crate::plan::day_after;
use crate::site::Site;
use crate::urls::path;

/// The calendar, beginning on the roadmap's own first day, or else on the first Monday from `today` on; `None` when
/// no effort is known.
pub fn render(site: &Site, at: usize, today: Date) -> Option<String> {
    let (roadmap, plan) = (&site.roadmaps.roadmaps[at], &site.plans[at]);
    let first = site.start_of(at).unwrap_or_else(|| monday(today));
    let title = site.title(roadmap.document);
    let mut calendar = Calendar::new(site, title, today);
    for (stage, planned) in roadmap.stages.iter().zip(&plan.stages).filter(|(_, planned)| planned.effort.known) {
        let weeks = |interval: crate::plan::Interval| interval.max.unwrap_or(interval.min);
        let (start, end) = (day_after(first, weeks(planned.weeks.start)), day_after(first, weeks(planned.weeks.end)));
        calendar.add(&AllDay {
            id: &format!("{}.{}", roadmap.id, stage.id),
            summary: &format!("{title}: {}", stage.title),
            description: stage.document.and_then(|ix| site.documents[ix.0].summary()),
            path: &path::stage(&roadmap.id, &stage.id),
            // A stage of an hour still has its day.
            days: (start, end.yesterday().unwrap_or(end).max(start)),
        })?;
    }
    calendar.text()
}

/// The first Monday from a day on.
fn monday(today: Date) -> Date {
    match today.weekday() {
        Weekday::Monday => today,
        _ => today.nth_weekday(1, Weekday::Monday).unwrap_or(today),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_begins_on_a_monday() {
        let date = |day: i8| Date::constant(2026, 11, day);
        assert_eq!([monday(date(21)), monday(date(23)), monday(date(24))], [date(23), date(23), date(30)]);
    }
}
