//! When each stage begins and ends, in weeks from the start of the roadmap.

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
