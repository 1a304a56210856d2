//! Efforts, counts and rules in words: an en dash in ranges, a unit with every number.

use crate::document::effort::Effort;
use crate::plan::{Cost, Interval};
use crate::roadmap::{Choice, Roadmap};
use crate::site::views::EffortView;

/// `1 topic`, `7 topics`; nothing for none.
pub fn count(n: usize, one: &str, many: &str) -> String {
    match n {
        0 => String::new(),
        1 => format!("1 {one}"),
        n => format!("{n} {many}"),
    }
}

/// An interval of hours in the unit that suits it: weeks from one week of the pace on, else hours or minutes.
pub fn time(hours: Interval, hours_per_week: f64) -> String {
    let most = hours.max.unwrap_or(hours.min);
    if most >= hours_per_week {
        weeks(hours.scale(1.0 / hours_per_week), "week", "weeks")
    } else if most >= 1.0 {
        range(hours, "h", "h")
    } else {
        range(hours.scale(60.0), "min", "min")
    }
}

/// An interval of weeks; whole weeks from ten on.
pub fn weeks(interval: Interval, one: &str, many: &str) -> String {
    range(interval, one, many)
}

/// Whole numbers from ten on: nobody plans a tenth of a week that far ahead.
fn range(interval: Interval, one: &str, many: &str) -> String {
    let coarse = interval.max.unwrap_or(interval.min) >= 10.0;
    let digits = |value: f64| if coarse { value.round() } else { value };
    Interval { min: digits(interval.min), max: interval.max.map(digits) }.text(one, many)
}

/// `3 topics of unknown effort`; nothing for none.
pub fn unknown(n: usize) -> String {
    if n == 0 { String::new() } else { format!("{} of unknown effort", count(n, "topic", "topics")) }
}

/// The effort of a topic or stage: as its author stated it, or else the sum.
pub fn effort(cost: Option<&Cost>, stated: Option<&Effort>, hours_per_week: f64) -> EffortView {
    let nothing = Cost { hours: Interval::ZERO, unknown: 0, known: false };
    let cost = cost.unwrap_or(&nothing);
    let text = match stated {
        Some(stated) => stated.text(),
        None if !cost.known => String::new(),
        None => time(cost.hours, hours_per_week),
    };
    let pair = |interval: Interval| [Some(interval.min), interval.max];
    EffortView {
        text,
        hours: pair(cost.hours),
        weeks: pair(cost.hours.scale(1.0 / hours_per_week)),
        unknown: cost.unknown,
        unknown_text: unknown(cost.unknown),
    }
}

/// `Pick 1 of 4`, `Pick 2–5 of 6`, `Pick all 3`.
pub fn pick(from: u32, to: u32, of: usize) -> String {
    match (from, to) {
        (1, 1) if of == 1 => "One option".into(),
        (from, to) if from == to && from as usize == of => format!("Pick all {of}"),
        (from, to) if from == to => format!("Pick {from} of {of}"),
        (from, to) => format!("Pick {from}–{to} of {of}"),
    }
}

/// The rule of a choice.
pub fn rule(choice: &Choice) -> String {
    pick(choice.pick.0, choice.pick.1, choice.of.len())
}

/// `a`, `a or b`, `a, b or c`
pub fn or(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [init @ .., last] => format!("{} or {last}", init.join(", ")),
    }
}

/// `20 hours a week`, `10 hours a week, assumed`
pub fn pace(roadmap: &Roadmap) -> String {
    let assumed = if roadmap.pace_is_assumed { ", assumed" } else { "" };
    match roadmap.hours_per_week {
        1.0 => format!("1 hour a week{assumed}"),
        hours => format!("{} hours a week{assumed}", (hours * 100.0).round() / 100.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(min: f64, max: f64) -> Interval {
        Interval { min, max: Some(max) }
    }

    #[test]
    fn a_unit_stands_with_every_number() {
        assert_eq!(time(interval(20.0, 20.0), 20.0), "1 week");
        assert_eq!(time(interval(20.0, 50.0), 20.0), "1–2.5 weeks");
        assert_eq!(time(interval(440.0, 580.0), 20.0), "22–29 weeks");
        assert_eq!(time(interval(2.0, 3.0), 20.0), "2–3 h");
        assert_eq!(time(interval(0.5, 0.75), 20.0), "30–45 min");
        assert_eq!(time(Interval { min: 40.0, max: None }, 20.0), "2+ weeks");
        assert_eq!(pick(1, 1, 4), "Pick 1 of 4");
        assert_eq!(pick(2, 5, 6), "Pick 2–5 of 6");
        assert_eq!(or(&["a", "b", "c"]), "a, b or c");
    }
}
