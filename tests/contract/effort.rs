//! The contract's efforts: how they are written and how they add up.

/// Learning time in hours; no upper end where it is open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hours {
    pub low: f64,
    pub high: Option<f64>,
}

impl Hours {
    pub const ZERO: Self = Self { low: 0.0, high: Some(0.0) };

    /// What the critical path goes by: an open end counts as its lower bound.
    pub fn bound(self) -> f64 {
        self.high.unwrap_or(self.low)
    }
}

/// A sum of efforts, with how many topics in it state none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sum {
    pub hours: Hours,
    pub unknown: usize,
}

impl Sum {
    pub const ZERO: Self = Self { hours: Hours::ZERO, unknown: 0 };

    /// What a topic with this effort costs.
    pub fn of(effort: Option<Hours>) -> Self {
        effort.map_or(Self { unknown: 1, ..Self::ZERO }, |hours| Self { hours, unknown: 0 })
    }

    pub fn plus(self, other: Self) -> Self {
        let high = self.hours.high.zip(other.hours.high).map(|(a, b)| a + b);
        let hours = Hours { low: self.hours.low + other.hours.low, high };
        Self { hours, unknown: self.unknown + other.unknown }
    }

    /// Whether nothing of it is known.
    fn is_unknown(self) -> bool {
        self.unknown > 0 && self.hours == Hours::ZERO
    }
}

impl std::iter::Sum for Sum {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::ZERO, Self::plus)
    }
}

/// A choice of `pick.0` to `pick.1` of the options: the smallest minima to the largest maxima.
///
/// Options of which nothing is known have no minimum and no maximum; they only count as unknown.
pub fn pick(pick: (usize, usize), options: &[Sum]) -> Sum {
    let known = || options.iter().filter(|option| !option.is_unknown());
    let mut lows: Vec<f64> = known().map(|option| option.hours.low).collect();
    let mut highs: Vec<f64> = known().map(|option| option.hours.high.unwrap_or(f64::INFINITY)).collect();
    lows.sort_by(f64::total_cmp);
    highs.sort_by(|a, b| b.total_cmp(a));
    let high: f64 = highs.iter().take(pick.1).sum();
    let hours = Hours { low: lows.iter().take(pick.0).sum(), high: high.is_finite().then_some(high) };
    Sum { hours, unknown: options.iter().map(|option| option.unknown).sum() }
}

/// Reads an effort (`about 4-6 weeks`) at the pace of `hours_per_week`.
pub fn parse(text: &str, hours_per_week: f64) -> Hours {
    let text = text.trim().trim_start_matches("about ").trim();
    let (text, at_least) = text.strip_prefix("at least ").map_or((text, false), |rest| (rest, true));
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || ".-–+ ".contains(c));
    let (unit, second) = unit.strip_prefix("to ").map_or((unit, None), |rest| {
        let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit() || ". ".contains(c));
        (unit, rest.strip_suffix(unit))
    });
    let first = text.trim_end_matches(unit).trim();
    let (first, second) = match second {
        Some(second) => (first.split(" to").next().unwrap(), Some(second)),
        None => first.split_once(['-', '–']).map_or((first, None), |(a, b)| (a, Some(b))),
    };
    let open = at_least || first.trim_end().ends_with('+');
    let number = |text: &str| text.trim().trim_end_matches('+').trim().parse::<f64>().unwrap();
    let factor = hours_in(unit.trim(), hours_per_week);
    let low = number(first) * factor;
    let high = if open { None } else { Some(second.map_or(low, |second| number(second) * factor)) };
    Hours { low, high }
}

/// How many hours a unit has.
fn hours_in(unit: &str, hours_per_week: f64) -> f64 {
    match unit {
        "min" | "minute" | "minutes" => 1.0 / 60.0,
        "h" | "hour" | "hours" => 1.0,
        "d" | "day" | "days" => hours_per_week / 5.0,
        "w" | "week" | "weeks" => hours_per_week,
        "mo" | "month" | "months" => hours_per_week * 52.0 / 12.0,
        other => panic!("the checker does not know the unit {other:?}"),
    }
}

#[test]
fn efforts_are_read_as_the_contract_writes_them() {
    let hours = |low, high| Hours { low, high };
    assert_eq!(parse("90 minutes", 10.0), hours(1.5, Some(1.5)));
    assert_eq!(parse("3h", 10.0), hours(3.0, Some(3.0)));
    assert_eq!(parse("4-6 weeks", 10.0), hours(40.0, Some(60.0)));
    assert_eq!(parse("4–6 weeks", 5.0), hours(20.0, Some(30.0)));
    assert_eq!(parse("6 to 12 months", 12.0), hours(312.0, Some(624.0)));
    assert_eq!(parse("about 1 week", 20.0), hours(20.0, Some(20.0)));
    assert_eq!(parse("6+ mo", 12.0), hours(312.0, None));
    assert_eq!(parse("at least 2 d", 10.0), hours(4.0, None));
}
