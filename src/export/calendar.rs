//! Calendars of all-day events (RFC 5545), with ids that stay: who imports a calendar again gets the events
//! changed, not doubled.

use icalendar::{Component, Event, EventLike};
use jiff::civil::Date;

use crate::site::Site;

/// A calendar in the making.
pub struct Calendar<'a> {
    site: &'a Site,
    calendar: icalendar::Calendar,
    today: Date,
    events: usize,
}

/// An event of whole days.
pub struct AllDay<'a> {
    /// What its id begins with; the host of the site follows.
    pub id: &'a str,
    /// Its title.
    pub summary: &'a str,
    /// More about it.
    pub description: Option<&'a str>,
    /// Its page, as a path below the site's address.
    pub path: &'a str,
    /// The first and the last day.
    pub days: (Date, Date),
}

impl<'a> Calendar<'a> {
    /// A calendar without events, made on this day.
    pub fn new(site: &'a Site, name: &str, today: Date) -> Self {
        let mut calendar = icalendar::Calendar::empty();
        calendar.append_property(("VERSION", "2.0")).append_property(("CALSCALE", "GREGORIAN"));
        calendar.append_property(("PRODID", "-//roadbook//roadbook//EN"));
        calendar.name(&escaped(name));
        Calendar { site, calendar, today, events: 0 }
    }

    /// Adds an event; `None` where the calendar's days end.
    pub fn add(&mut self, all_day: &AllDay) -> Option<()> {
        let (first, last) = all_day.days;
        let mut event = Event::new();
        event
            .uid(&format!("{}@{}", all_day.id, host(&self.site.urls.base_url)))
            .timestamp(chrono(self.today)?.and_hms_opt(0, 0, 0)?.and_utc())
            .summary(&printable(all_day.summary))
            .starts(chrono(first)?);
        // The end of an all-day event is the day after it; on the last day there is, it ends by itself.
        if let Ok(after) = last.tomorrow() {
            event.ends(chrono(after)?);
        }
        if let Some(description) = all_day.description {
            event.description(&printable(description));
        }
        if let Some(url) = self.site.urls.canonical(all_day.path) {
            event.url(&url);
        }
        self.calendar.push(event.done());
        self.events += 1;
        Some(())
    }

    /// The file; `None` without events.
    pub fn text(self) -> Option<String> {
        (self.events > 0).then(|| self.calendar.to_string())
    }
}

fn chrono(day: Date) -> Option<chrono::NaiveDate> {
    chrono::NaiveDate::from_ymd_opt(day.year().into(), u32::try_from(day.month()).ok()?, u32::try_from(day.day()).ok()?)
}

/// Without signs that files of lines cannot hold; the ends of lines are all of one kind. The theme's `calendar.js` does
/// the same.
fn printable(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    lines.replace(|c: char| c.is_ascii_control() && c != '\n' && c != '\t', "")
}

/// The writer escapes the texts of RFC 5545 itself; names of calendars (RFC 7986) are none to it.
fn escaped(name: &str) -> String {
    printable(name).replace('\\', r"\\").replace(',', r"\,").replace(';', r"\;").replace('\n', r"\n")
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
    fn a_name_is_one_line_of_text() {
        assert_eq!(escaped("a, b; c\\d\ne: f"), r"a\, b\; c\\d\ne: f");
        assert_eq!(escaped("a\r\nb\rc\u{1}\u{7f}d\té"), "a\\nb\\ncd\té");
    }

    #[test]
    fn ids_have_the_host() {
        assert_eq!(host("https://example.org/maps/"), "example.org");
        assert_eq!(host("/"), "roadbook.invalid");
    }
}
