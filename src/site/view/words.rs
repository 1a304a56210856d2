//! Efforts, counts and rules in the words of the site's language: a unit with every number.

use crate::document::effort::{Amount, Effort, Unit};
use crate::plan::{Cost, Interval};
use crate::roadmap::{Choice, Roadmap};
use crate::site::views::EffortView;
use crate::theme::words::Words;

/// `7 topics`; nothing for none.
pub fn topics(words: &Words, n: usize) -> String {
    some(words, "n_topics", n)
}

/// `3 topics of unknown effort`; nothing for none.
pub fn unknown(words: &Words, n: usize) -> String {
    some(words, "n_unknown", n)
}

/// A count in words; nothing for none.
pub fn some(words: &Words, key: &str, n: usize) -> String {
    if n == 0 { String::new() } else { words.count(key, n) }
}

/// An interval of hours in the unit that suits it: weeks from one week of the pace on, else hours or minutes.
pub fn time(words: &Words, hours: Interval, hours_per_week: f64) -> String {
    time_with(words, hours, hours_per_week, "weeks")
}

/// The same in little room: `2–3 wk`.
pub fn time_short(words: &Words, hours: Interval, hours_per_week: f64) -> String {
    time_with(words, hours, hours_per_week, "weeks_short")
}

fn time_with(words: &Words, hours: Interval, hours_per_week: f64, weeks: &str) -> String {
    let most = hours.max.unwrap_or(hours.min);
    if most >= hours_per_week {
        interval(words, weeks, hours.scale(1.0 / hours_per_week))
    } else if most >= 1.0 {
        interval(words, "hours", hours)
    } else {
        interval(words, "minutes", hours.scale(60.0))
    }
}

/// `2–3 weeks`. At most one decimal; whole numbers from ten on: nobody plans a tenth of a week that far ahead.
pub fn interval(words: &Words, unit: &str, interval: Interval) -> String {
    let coarse = interval.max.unwrap_or(interval.min) >= 10.0;
    let digits = |value: f64| if coarse { value.round() } else { (value * 10.0).round() / 10.0 };
    bounds(words, unit, digits(interval.min), interval.max.map(digits))
}

/// `1 week`, `2–3 weeks`, `6+ weeks`.
fn bounds(words: &Words, unit: &str, min: f64, max: Option<f64>) -> String {
    match max {
        // Nothing is one where more may follow.
        None => words.plural(unit, min + 1.0, &words.fill("open", &[("n", &words.number(min))])),
        Some(max) if max == min => words.plural(unit, max, &words.number(max)),
        Some(max) => words.plural(unit, max, &range(words, &words.number(min), &words.number(max))),
    }
}

/// `2–3`
pub fn range(words: &Words, from: &str, to: &str) -> String {
    words.fill("range", &[("a", from), ("b", to)])
}

/// An effort as its author stated it: `about 4–6 weeks`, `8 h to 2 days`.
pub fn stated(words: &Words, effort: &Effort) -> String {
    stated_with(words, effort, unit, "about")
}

/// The same in little room: `~4–6 wk`.
pub fn stated_short(words: &Words, effort: &Effort) -> String {
    stated_with(words, effort, unit_short, "about_short")
}

fn stated_with(words: &Words, effort: &Effort, unit: fn(Unit) -> &'static str, about: &str) -> String {
    let one = |amount: Amount| words.plural(unit(amount.unit), amount.count, &words.number(amount.count));
    let text = match effort.max {
        Some(max) if max.unit != effort.min.unit => words.fill("from_to", &[("a", &one(effort.min)), ("b", &one(max))]),
        max => bounds(words, unit(effort.min.unit), effort.min.count, max.map(|max| max.count)),
    };
    if effort.about { words.fill(about, &[("time", &text)]) } else { text }
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Minute => "minutes",
        Unit::Hour => "hours",
        Unit::Day => "days",
        Unit::Week => "weeks",
        Unit::Month => "months",
    }
}

fn unit_short(of: Unit) -> &'static str {
    match of {
        Unit::Week => "weeks_short",
        Unit::Month => "months_short",
        other => unit(other),
    }
}

/// The effort of a topic or stage: as its author stated it, or else the sum.
pub fn effort(words: &Words, cost: Option<&Cost>, author: Option<&Effort>, hours_per_week: f64) -> EffortView {
    let nothing = Cost { hours: Interval::ZERO, unknown: 0, known: false };
    let cost = cost.unwrap_or(&nothing);
    let text = match author {
        Some(effort) => stated(words, effort),
        None if !cost.known => String::new(),
        None => time(words, cost.hours, hours_per_week),
    };
    let pair = |interval: Interval| [Some(interval.min), interval.max];
    EffortView {
        text,
        hours: pair(cost.hours),
        weeks: pair(cost.hours.scale(1.0 / hours_per_week)),
        unknown: cost.unknown,
        unknown_text: unknown(words, cost.unknown),
    }
}

/// `Pick 1 of 4`, `Pick 2–5 of 6`, `Pick all 3`, `One option`; with the stem `question` the same as the end of a
/// sentence that begins with the choice.
pub fn pick(words: &Words, stem: &str, choice: &str, (from, to): (u32, u32), of: usize) -> String {
    let all = of.to_string();
    let n = if from == to { from.to_string() } else { range(words, &from.to_string(), &to.to_string()) };
    let values = [("choice", choice), ("n", &n), ("all", &all)];
    match (from, to) {
        (1, 1) if of == 1 => words.fill(&format!("{stem}_one"), &values),
        (from, to) if from == to && from as usize == of => words.fill(&format!("{stem}_all"), &values),
        _ => words.fill(stem, &values),
    }
}

/// The rule of a choice.
pub fn rule(words: &Words, choice: &Choice) -> String {
    pick(words, "pick", "", choice.pick, choice.of.len())
}

/// `a`, `a or b`, `a, b or c`
pub fn or(words: &Words, names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [init @ .., last] => format!("{}{}{last}", init.join(words.text("list_comma")), words.text("list_or")),
    }
}

/// `20 hours a week`, `10 hours a week, assumed`
pub fn pace(words: &Words, roadmap: &Roadmap) -> String {
    let pace = words.plural("pace_of", roadmap.hours_per_week, &words.number(roadmap.hours_per_week));
    if roadmap.pace_is_assumed { words.fill("pace_assumed", &[("pace", &pace)]) } else { pace }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::words::in_language;

    fn between(min: f64, max: f64) -> Interval {
        Interval { min, max: Some(max) }
    }

    #[test]
    fn a_unit_stands_with_every_number() {
        let words = &in_language("en");
        assert_eq!(time(words, between(20.0, 20.0), 20.0), "1 week");
        assert_eq!(time(words, between(20.0, 50.0), 20.0), "1–2.5 weeks");
        assert_eq!(time(words, between(440.0, 580.0), 20.0), "22–29 weeks");
        assert_eq!(time(words, between(2.0, 3.0), 20.0), "2–3 h");
        assert_eq!(time(words, between(0.5, 0.75), 20.0), "30–45 min");
        assert_eq!(time(words, Interval { min: 40.0, max: None }, 20.0), "2+ weeks");
        assert_eq!(time(words, Interval { min: 20.0, max: None }, 20.0), "1+ weeks");
        assert_eq!(pick(words, "pick", "", (1, 1), 4), "Pick 1 of 4");
        assert_eq!(pick(words, "question", "Cloud", (2, 5), 6), "Cloud: pick 2–5 of 6");
        assert_eq!(pick(words, "pick", "", (3, 3), 3), "Pick all 3");
        assert_eq!(or(words, &["a", "b", "c"]), "a, b or c");
    }
}
