//! `/R/plan.ics`: the stages of a roadmap as events of a calendar (RFC 5545), at the roadmap's own pace and at
//! the slowest, so that nobody is late by default.

use icalendar::{Calendar, Component, Event, EventLike};
use jiff::civil::{Date, Weekday};

use crate::plan::day_after;
use crate::site::Site;
use crate::urls::path;

/// The calendar, beginning on the roadmap's own first day, or else on the first Monday from `today` on; `None` when
/// no effort is known.
pub fn render(site: &Site, at: usize, today: Date) -> Option<String> {
    let (roadmap, plan) = (&site.roadmaps.roadmaps[at], &site.plans[at]);
    let first = site.start_of(at).unwrap_or_else(|| monday(today));
    let title = site.title(roadmap.document);
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0")).append_property(("CALSCALE", "GREGORIAN"));
    calendar.append_property(("PRODID", "-//roadbook//roadbook//EN")).name(title);
    let mut events = 0;
    for (stage, planned) in roadmap.stages.iter().zip(&plan.stages).filter(|(_, planned)| planned.effort.known) {
        let weeks = |interval: crate::plan::Interval| interval.max.unwrap_or(interval.min);
        let (start, end) = (day_after(first, weeks(planned.weeks.start)), day_after(first, weeks(planned.weeks.end)));
        // A stage of an hour still has its day.
        let end = end.max(start.tomorrow().unwrap_or(start));
        let mut event = Event::new();
        event
            .uid(&format!("{}.{}@{}", roadmap.id, stage.id, host(&site.urls.base_url)))
            .timestamp(instant(today)?)
            .summary(&format!("{title}: {}", stage.title))
            .starts(chrono(start)?)
            .ends(chrono(end)?);
        if let Some(summary) = stage.document.and_then(|ix| site.documents[ix.0].summary()) {
            event.description(summary);
        }
        if let Some(url) = site.urls.canonical(&path::stage(&roadmap.id, &stage.id)) {
            event.url(&url);
        }
        calendar.push(event.done());
        events += 1;
    }
    (events > 0).then(|| calendar.done().to_string())
}

/// The first Monday from a day on.
fn monday(today: Date) -> Date {
    match today.weekday() {
        Weekday::Monday => today,
        _ => today.nth_weekday(1, Weekday::Monday).unwrap_or(today),
    }
}

fn chrono(day: Date) -> Option<chrono::NaiveDate> {
    chrono::NaiveDate::from_ymd_opt(day.year().into(), u32::try_from(day.month()).ok()?, u32::try_from(day.day()).ok()?)
}

fn instant(day: Date) -> Option<chrono::DateTime<chrono::Utc>> {
    Some(chrono(day)?.and_hms_opt(0, 0, 0)?.and_utc())
}

/// The host of the site's address; ids of events want one.
fn host(base_url: &str) -> &str {
    let rest = base_url.split_once("://").map_or("", |(_, rest)| rest);
    match rest.split('/').next() {
        Some(host) if !host.is_empty() => host,
        _ => "roadbook.invalid",
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

    #[test]
    fn ids_have_the_host() {
        assert_eq!(host("https://example.org/maps/"), "example.org");
        assert_eq!(host("/"), "roadbook.invalid");
    }
}
