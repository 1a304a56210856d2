//! Learning time as authors write it: `3h`, `4–6 weeks`, `about 1 week`, `6+ months`.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Span, Spanned};
use crate::tree::Value;
use crate::tree::fields::{At, wrong_type};

/// A unit of learning time. What it is in hours depends on the pace of the roadmap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// 1/60 hour.
    Minute,
    /// One hour.
    Hour,
    /// A fifth of a week.
    Day,
    /// `hours_per_week` hours.
    Week,
    /// 52/12 weeks.
    Month,
}

impl Unit {
    /// What authors call them.
    pub(crate) const NAMES: &[(&str, Unit)] = &[
        ("minutes", Unit::Minute),
        ("minute", Unit::Minute),
        ("mins", Unit::Minute),
        ("min", Unit::Minute),
        ("hours", Unit::Hour),
        ("hour", Unit::Hour),
        ("hrs", Unit::Hour),
        ("hr", Unit::Hour),
        ("h", Unit::Hour),
        ("days", Unit::Day),
        ("day", Unit::Day),
        ("d", Unit::Day),
        ("weeks", Unit::Week),
        ("week", Unit::Week),
        ("wks", Unit::Week),
        ("wk", Unit::Week),
        ("w", Unit::Week),
        ("months", Unit::Month),
        ("month", Unit::Month),
        ("mo", Unit::Month),
    ];

    /// How many hours one unit is at this pace.
    pub fn hours(self, hours_per_week: f64) -> f64 {
        match self {
            Unit::Minute => 1.0 / 60.0,
            Unit::Hour => 1.0,
            Unit::Day => hours_per_week / 5.0,
            Unit::Week => hours_per_week,
            Unit::Month => hours_per_week * 52.0 / 12.0,
        }
    }

    /// The whole word, in the singular or the plural.
    pub fn name(self, plural: bool) -> &'static str {
        match (self, plural) {
            (Unit::Minute, _) => "min",
            (Unit::Hour, _) => "h",
            (Unit::Day, false) => "day",
            (Unit::Day, true) => "days",
            (Unit::Week, false) => "week",
            (Unit::Week, true) => "weeks",
            (Unit::Month, false) => "month",
            (Unit::Month, true) => "months",
        }
    }
}

/// A number of units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// How many.
    pub count: f64,
    /// Of what.
    pub unit: Unit,
}

/// A stated effort: from at least `min` to at most `max`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effort {
    /// The lower bound.
    pub min: Amount,
    /// The upper bound; `None` is open ("6+ months").
    pub max: Option<Amount>,
    /// The author said "about".
    pub about: bool,
}

impl Effort {
    /// The effort as readers see it: an en dash in ranges, a unit with every number, and numbers as they were written,
    /// so that no small one becomes zero and no range a single number.
    pub fn text(&self) -> String {
        let about = if self.about { "about " } else { "" };
        match self.max {
            None => format!("{about}{}+ {}", self.min.count, self.min.unit.name(true)),
            Some(max) if max == self.min => {
                format!("{about}{} {}", max.count, max.unit.name(max.count != 1.0))
            }
            Some(max) if max.unit == self.min.unit => {
                format!("{about}{}–{} {}", self.min.count, max.count, max.unit.name(true))
            }
            Some(max) => format!(
                "{about}{} {} to {} {}",
                self.min.count,
                self.min.unit.name(self.min.count != 1.0),
                max.count,
                max.unit.name(max.count != 1.0)
            ),
        }
    }
}

/// Reads an `effort:` value.
pub fn read(node: At<'_>, out: &mut Diagnostics) -> Option<Spanned<Effort>> {
    let text = match &node.value {
        Value::Text(text) => text,
        Value::Integer(_) | Value::Float(..) => {
            let number = match &node.value {
                Value::Integer(number) => number.to_string(),
                Value::Float(_, written) => written.clone(),
                _ => String::new(),
            };
            out.push(refuse(node.span, &number, "it needs a unit"));
            return None;
        }
        _ => {
            wrong_type(node, "a time such as `3h` or `4-6 weeks`", out);
            return None;
        }
    };
    match parse(text) {
        Ok(effort) => Some(Spanned::new(effort, node.span)),
        Err(reason) => {
            out.push(refuse(node.span, text.trim(), &reason));
            None
        }
    }
}

fn refuse(span: Span, written: &str, reason: &str) -> Diagnostic {
    Diagnostic::new(Code::Syntax, span, format!("`{written}` is not an effort: {reason}"))
        .help("write `90 minutes`, `3h`, `4-6 weeks`, `about 1 week` or `6+ months`")
}

/// Reads an effort from text; the error is the reason in an author's words.
///
/// # Errors
/// When the text is not an effort, its range is inverted, or it is zero or beyond a lifetime.
pub fn parse(text: &str) -> Result<Effort, String> {
    let lower = text.trim().to_lowercase();
    let (about, rest) = match strip_any(&lower, &["about ", "around ", "ca. ", "~"]) {
        Some(rest) => (true, rest),
        None => (false, lower.as_str()),
    };
    let (at_least, rest) = match strip_any(rest, &["at least "]) {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let (min, plus, unit, rest) = amount(rest)?;
    let rest = rest.trim_start();
    let range = strip_any(rest, &["-", "–", "—", "to "]);
    let effort = match range {
        Some(_) if at_least || plus => return Err("a range has an upper end already".into()),
        Some(rest) => {
            let (max, plus, max_unit, rest) = amount(rest)?;
            let max_unit = max_unit.ok_or_else(|| no_unit(text))?;
            if plus || !rest.trim().is_empty() {
                return Err(format!("`{}` is too much", rest.trim()));
            }
            let min = Amount { count: min, unit: unit.unwrap_or(max_unit) };
            Effort { min, max: Some(Amount { count: max, unit: max_unit }), about }
        }
        None if !rest.is_empty() => return Err(format!("`{rest}` is not a unit or a range")),
        None => {
            let min = Amount { count: min, unit: unit.ok_or_else(|| no_unit(text))? };
            Effort { min, max: (!at_least && !plus).then_some(min), about }
        }
    };
    check(effort)
}

fn no_unit(text: &str) -> String {
    format!("`{}` has no unit", text.trim())
}

/// Bounds that hold whatever the pace; a working life is some 100,000 hours.
fn check(effort: Effort) -> Result<Effort, String> {
    const ANY_PACE: f64 = 10.0;
    const MOST_HOURS: f64 = 1e6;
    let min = effort.min.count * effort.min.unit.hours(ANY_PACE);
    let max = effort.max.map_or(min, |max| max.count * max.unit.hours(ANY_PACE));
    if max < min {
        return Err("it ends before it begins".into());
    }
    if max == 0.0 {
        return Err("it is zero".into());
    }
    if max > MOST_HOURS {
        return Err("it is longer than a life".into());
    }
    Ok(effort)
}

/// A number, an optional `+`, an optional unit, and what follows.
fn amount(text: &str) -> Result<(f64, bool, Option<Unit>, &str), String> {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let number: f64 = digits.parse().map_err(|_| match text.split_whitespace().next() {
        Some(word) => format!("`{word}` is not a number"),
        None => "a number is missing".to_owned(),
    })?;
    let (plus, rest) = match rest.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let spaced = rest.trim_start();
    let word_end = spaced.find(|c: char| !c.is_alphabetic()).unwrap_or(spaced.len());
    let word = &spaced[..word_end];
    match Unit::NAMES.iter().find(|(name, _)| *name == word) {
        Some((_, unit)) => Ok((number, plus, Some(*unit), &spaced[word_end..])),
        None => Ok((number, plus, None, rest)),
    }
}

fn strip_any<'a>(text: &'a str, prefixes: &[&str]) -> Option<&'a str> {
    prefixes.iter().find_map(|prefix| text.strip_prefix(prefix)).map(str::trim_start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(source: &str) -> String {
        parse(source).map_or_else(|reason| format!("error: {reason}"), |effort| effort.text())
    }

    #[test]
    fn every_spelling_of_the_guide() {
        assert_eq!(text("90 minutes"), "90 min");
        assert_eq!(text("3h"), "3 h");
        assert_eq!(text("1 week"), "1 week");
        assert_eq!(text("4-6 weeks"), "4–6 weeks");
        assert_eq!(text("4–6 weeks"), "4–6 weeks");
        assert_eq!(text("8 to 12 months"), "8–12 months");
        assert_eq!(text("about 1 week"), "about 1 week");
        assert_eq!(text("6+ months"), "6+ months");
        assert_eq!(text("at least 6 months"), "6+ months");
        assert_eq!(text("1.5 d"), "1.5 days");
        assert_eq!(text("30 min to 2h"), "30 min to 2 h");
        assert_eq!(text("0.001 h"), "0.001 h");
        assert_eq!(text("1.001-1.004 h"), "1.001–1.004 h");
    }

    #[test]
    fn what_is_not_an_effort_says_why() {
        for bad in [
            "",
            "soon",
            "3",
            "3 apples",
            "-3h",
            "6-4 weeks",
            "0h",
            "nan h",
            "1e9 h",
            "9999999 weeks",
            "3h 4h",
            "1-2+ weeks",
            "1..2 h",
        ] {
            assert!(parse(bad).is_err(), "{bad:?} was read as {:?}", parse(bad));
        }
    }

    #[test]
    fn hours_follow_the_pace() {
        assert_eq!(Unit::Day.hours(20.0), 4.0);
        assert_eq!(Unit::Month.hours(12.0), 52.0);
    }
}
