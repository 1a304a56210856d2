//! Weeks from the start as days of the calendar.
//!
//! A week is seven days, and its hours are spread evenly over them; the day of the start counts. Calendar days
//! have no hours and no time zone, so that nothing here can be off by a daylight saving hour.

use jiff::civil::Date;

use crate::plan::Interval;

/// Sums of fractions lose less than this part of a day.
const LOST: f64 = 1e-6;

/// From the earliest to the latest day; an open end is `None`.
pub type Days = (Date, Option<Date>);

/// The first and the last day of something that begins and ends in these weeks, as fast and as slow as can be.
pub fn days(first: Date, start: Interval, end: Interval) -> (Days, Days) {
    let fast = one(first, start.min, end.min);
    let slow = start.max.map(|start| one(first, start, end.max.unwrap_or(f64::MAX)));
    let latest_end = slow.filter(|_| end.max.is_some()).map(|slow| slow.1);
    ((fast.0, slow.map(|slow| slow.0)), (fast.1, latest_end))
}

/// The day on which so many weeks are over.
pub fn last(first: Date, weeks: f64) -> Date {
    after(first, ((weeks * 7.0 - LOST).ceil() - 1.0).max(0.0))
}

/// The first and the last day. What takes no time is on the day on which what comes before it ends.
pub fn one(first: Date, start: f64, end: f64) -> (Date, Date) {
    let last = last(first, end);
    ((after(first, (start * 7.0 + LOST).floor())).min(last), last)
}

/// A plan that runs out of the calendar ends with it.
fn after(first: Date, days: f64) -> Date {
    first.checked_add(jiff::Span::new().days(days.min(1e6) as i64)).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_the_start_counts() {
        let first = Date::constant(2027, 12, 27);
        assert_eq!(one(first, 0.0, 1.0), (first, Date::constant(2028, 1, 2)));
        assert_eq!(one(first, 1.0, 1.1), (Date::constant(2028, 1, 3), Date::constant(2028, 1, 3)));
        assert_eq!(one(first, 1.0, 1.0), (Date::constant(2028, 1, 2), Date::constant(2028, 1, 2)), "takes no time");
        assert_eq!(one(first, 0.0, 0.0), (first, first));
        assert_eq!(one(first, 0.0, 1e9).1, Date::constant(4765, 11, 23));
        assert_eq!(one(Date::MAX, 0.0, 2.0).1, Date::MAX);
    }

    #[test]
    fn sums_of_fractions_do_not_begin_a_day() {
        let first = Date::constant(2028, 2, 28);
        let weeks = (0..7).map(|_| 1.0 / 7.0).sum::<f64>() / 7.0 * 2.0;
        assert_eq!(last(first, weeks), Date::constant(2028, 2, 29));
    }
}
