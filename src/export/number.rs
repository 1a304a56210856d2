//! Numbers and efforts as the data files write them.

use serde::{Serialize, Serializer};

use crate::plan::{Cost, Interval};

/// A number rounded to two decimals; whole numbers are written without a fraction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number(pub f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rounded = (self.0 * 100.0).round() / 100.0;
        // Every whole number up to 2^53 is exact.
        if rounded.fract() == 0.0 && rounded.abs() < 9e15 {
            serializer.serialize_i64(rounded as i64)
        } else {
            serializer.serialize_f64(rounded)
        }
    }
}

/// `[min, max]`; an open end is `null`.
pub type Pair = (Number, Option<Number>);

/// Both bounds of an interval.
pub fn pair(interval: Interval) -> Pair {
    (Number(interval.min), interval.max.map(Number))
}

/// An effort in hours and in weeks of the roadmap's pace.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EffortData {
    /// In hours.
    pub hours: Pair,
    /// In weeks.
    pub weeks: Pair,
    /// How many topics of it are of unknown effort.
    pub unknown: usize,
}

impl EffortData {
    /// A cost at a pace of so many hours a week.
    pub fn new(cost: &Cost, hours_per_week: f64) -> Self {
        EffortData {
            hours: pair(cost.hours),
            weeks: pair(cost.hours.scale(1.0 / hours_per_week)),
            unknown: cost.unknown,
        }
    }
}
