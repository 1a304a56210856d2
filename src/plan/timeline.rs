//! When each stage begins and ends, in weeks from the start of the roadmap.

use jiff::civil::Date;

use super::effort::{Interval, StageSums};
use crate::roadmap::Roadmap;

/// The earliest and latest start and end of a stage, in weeks; an open end is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Span {
    /// Earliest and latest start.
    pub start: Interval,
    /// Earliest and latest end.
    pub end: Interval,
}

/// Stages follow each other. A bonus stage begins when the stages before it and the bonus stages before it
/// are done; the others do not wait for it.
pub fn timeline(roadmap: &Roadmap, sums: &[StageSums]) -> Vec<Span> {
    let (mut core, mut bonus) = (Interval::ZERO, Interval::ZERO);
    let spans = roadmap.stages.iter().zip(sums).map(|(stage, sums)| {
        let weeks = sums.effort.hours.scale(1.0 / roadmap.hours_per_week);
        let start = if stage.is_bonus() { core.plus(bonus) } else { core };
        if stage.is_bonus() {
            bonus = bonus.plus(weeks);
        } else {
            core = core.plus(weeks);
        }
        Span { start, end: start.plus(weeks) }
    });
    spans.collect()
}

/// The day on which so many weeks are over, a week being seven days; a plan that runs out of the calendar ends
/// with it.
pub fn day_after(first: Date, weeks: f64) -> Date {
    let days = (weeks * 7.0).ceil().min(7e6) as i64;
    first.checked_add(jiff::Span::new().days(days)).unwrap_or(Date::MAX)
}
