//! What topics, stages and roadmaps take, as intervals of hours.
//!
//! The rules are those of the guide: a stage is the figure its author gives, else the sum of its parts; a
//! topic with sub-topics is its own effort, else the sum of theirs; a choice counts once, each option with
//! what is `for` it; optional parts and bonus stages are summed apart; what is unknown is counted, not
//! passed off as zero. Where the guide is silent:
//!
//! - an optional topic takes its sub-topics with it;
//! - a choice whose options all belong to one topic is part of that topic's sum;
//! - what is `for` the options of an earlier stage's choice is counted as that choice: the reader needs what
//!   the picked options ask for;
//! - options of unknown effort stay out of the bounds of their choice as long as others are known.

mod parts;
mod sum;

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::effort::Effort;
use crate::document::matter::Level;
use crate::roadmap::{Placement, PlacementIx, Roadmap, Roadmaps};
use crate::source::Spanned;

/// So many parts are shown beside a total that they contradict.
const MOST_PARTS: usize = 5;

/// A range of hours (or weeks, where it says so); an open end is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Interval {
    /// The lower bound.
    pub min: f64,
    /// The upper bound.
    pub max: Option<f64>,
}

impl Interval {
    /// From nothing to nothing.
    pub const ZERO: Interval = Interval { min: 0.0, max: Some(0.0) };

    /// A stated effort at this pace, in hours.
    pub fn of(effort: &Effort, hours_per_week: f64) -> Self {
        let hours = |amount: crate::document::effort::Amount| amount.count * amount.unit.hours(hours_per_week);
        Interval { min: hours(effort.min), max: effort.max.map(hours) }
    }

    /// The interval sum; open when one of them is.
    pub fn plus(self, other: Interval) -> Self {
        Interval { min: self.min + other.min, max: self.max.zip(other.max).map(|(a, b)| a + b) }
    }

    /// Whether it lies in another one. What is open lies only in what is.
    pub fn is_within(self, other: Interval) -> bool {
        let exceeds = match (self.max, other.max) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some(own), Some(most)) => is_below(most, own),
        };
        !is_below(self.min, other.min) && !exceeds
    }

    /// Whether it ends before another one begins.
    pub fn ends_before(self, other: Interval) -> bool {
        self.max.is_some_and(|max| is_below(max, other.min))
    }

    /// `1 week`, `2–3 weeks`, `6+ weeks`: at most one decimal, an en dash in ranges.
    pub fn text(self, one: &str, many: &str) -> String {
        let round = |value: f64| (value * 10.0).round() / 10.0;
        let min = round(self.min);
        match self.max.map(round) {
            None => format!("{min}+ {many}"),
            Some(max) if max == min => format!("{min} {}", if min == 1.0 { one } else { many }),
            Some(max) => format!("{min}–{max} {many}"),
        }
    }

    /// Both bounds times a factor.
    pub fn scale(self, factor: f64) -> Self {
        Interval { min: self.min * factor, max: self.max.map(|max| max * factor) }
    }
}

/// Less, and by more than sums of fractions lose.
fn is_below(a: f64, b: f64) -> bool {
    a < b - 1e-9 * (1.0 + b.abs())
}

/// What something takes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cost {
    /// The known part, in hours.
    pub hours: Interval,
    /// How many topics of it are of unknown effort.
    pub unknown: usize,
    /// Whether anything is known at all.
    pub known: bool,
}

/// The sums of one stage.
#[derive(Clone, Debug)]
pub struct StageSums {
    /// The stage itself.
    pub effort: Cost,
    /// Its optional placements.
    pub optional: Cost,
}

/// All sums of a roadmap.
pub struct Reckoning {
    /// By placement; `None` is unknown.
    pub efforts: Vec<Option<Cost>>,
    /// By stage.
    pub stages: Vec<StageSums>,
    /// All stages that are no bonus.
    pub total: Cost,
    /// Bonus stages and optional placements.
    pub optional: Cost,
}

/// Sums up a roadmap and reports stated totals that their parts contradict.
pub fn reckon(site: &Roadmaps, roadmap: &Roadmap, out: &mut Diagnostics) -> Reckoning {
    let mut efforts = vec![None; roadmap.placements.len()];
    let mut stages = Vec::new();
    let (mut total, mut optional) = (Part::default(), Part::default());
    for stage in 0..roadmap.stages.len() {
        let sums = sum::stage(site, roadmap, stage, &mut efforts, out);
        let own = &roadmap.stages[stage];
        let mut effort = sums.core;
        let mut spare = sums.optional;
        if let Some(stated) = &own.effort {
            let what = format!("the stage `{}`", own.id);
            let whole = own.placements.iter().map(|ix| roadmap.placement(*ix));
            let whole = whole.filter(|part| part.part_of.is_none() && part.level != Level::Optional);
            let parts = || stated_parts(site, whole);
            compare(&what, stated, &effort.cost(), (roadmap.hours_per_week, parts), out);
            effort = Part::stated(&stated.value, roadmap.hours_per_week);
            spare.unknown.clear();
        }
        if own.is_bonus() { &mut optional } else { &mut total }.add(effort.clone());
        optional.add(spare.clone());
        stages.push(StageSums { effort: effort.cost(), optional: spare.cost() });
    }
    let (total, optional) = (total.cost(), optional.cost());
    if let Some(claimed) = &roadmap.claimed {
        let mut all = total.clone();
        all.hours.max = total.hours.plus(optional.hours).max;
        all.unknown += optional.unknown;
        let stated = roadmap.stages.iter().filter_map(|stage| Some((stage, stage.effort.as_ref()?)));
        let stages = || stated.map(|(stage, effort)| (effort, format!("the stage `{}`", stage.id))).collect();
        let what = format!("the roadmap `{}`", roadmap.id);
        compare(&what, claimed, &all, (roadmap.hours_per_week, stages), out);
    }
    Reckoning { efforts, stages, total, optional }
}

/// A sum in the making: it remembers which topics are unknown, so that none is counted twice.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub hours: Interval,
    pub unknown: BTreeSet<PlacementIx>,
    pub known: bool,
}

impl Default for Part {
    fn default() -> Self {
        Part { hours: Interval::ZERO, unknown: BTreeSet::new(), known: false }
    }
}

impl Part {
    fn stated(effort: &Effort, hours_per_week: f64) -> Self {
        Part { hours: Interval::of(effort, hours_per_week), unknown: BTreeSet::new(), known: true }
    }

    fn unknown(ix: PlacementIx) -> Self {
        Part { unknown: BTreeSet::from([ix]), ..Part::default() }
    }

    fn add(&mut self, mut other: Part) {
        self.hours = self.hours.plus(other.hours);
        self.known |= other.known;
        if other.unknown.len() > self.unknown.len() {
            std::mem::swap(&mut self.unknown, &mut other.unknown);
        }
        // Not `append`, which goes through both sets: most are of one, and the sum of a stage is of all its topics.
        self.unknown.extend(other.unknown);
    }

    fn cost(&self) -> Cost {
        Cost { hours: self.hours, unknown: self.unknown.len(), known: self.known }
    }
}

/// Reports a stated total outside the sum of its parts: not within it where all parts are known, or below
/// its lower bound where some are not.
fn compare<'a>(
    what: &str,
    stated: &Spanned<Effort>,
    sum: &Cost,
    (hours_per_week, parts): (f64, impl FnOnce() -> Vec<StatedPart<'a>>),
    out: &mut Diagnostics,
) {
    if !sum.known {
        return;
    }
    let said = Interval::of(&stated.value, hours_per_week);
    let contradicts = match sum.unknown {
        0 => !said.is_within(sum.hours),
        _ => said.ends_before(sum.hours),
    };
    if contradicts {
        out.push(with_parts(mismatch(what, stated, sum, hours_per_week), parts(), hours_per_week));
    }
}

/// A part whose effort somebody states, and what it is called.
type StatedPart<'a> = (&'a Spanned<Effort>, String);

/// The parts among these placements that state an effort.
fn stated_parts<'a>(site: &Roadmaps, placements: impl Iterator<Item = &'a Placement>) -> Vec<StatedPart<'a>> {
    let name = |part: &Placement| format!("`{}`", site.topic(part.topic).id);
    placements.filter_map(|part| Some((part.effort.as_ref()?, name(part)))).collect()
}

/// Shows where the heaviest parts stand.
fn with_parts(mut report: Diagnostic, parts: Vec<StatedPart>, hours_per_week: f64) -> Diagnostic {
    let most = |effort: &Effort| Interval::of(effort, hours_per_week).max.unwrap_or(f64::INFINITY);
    let mut parts: Vec<_> = parts.into_iter().map(|(effort, name)| (most(&effort.value), effort.span, name)).collect();
    parts.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    for (_, span, name) in parts.into_iter().take(MOST_PARTS) {
        report = report.related(span, format!("what {name} takes"));
    }
    report
}

fn mismatch(what: &str, stated: &Spanned<Effort>, sum: &Cost, hours_per_week: f64) -> Diagnostic {
    let hours = sum.hours.text("hour", "hours");
    let weeks = match sum.hours.max.unwrap_or(sum.hours.min) < hours_per_week {
        true => String::new(),
        false => format!(" ({})", sum.hours.scale(1.0 / hours_per_week).text("week", "weeks")),
    };
    let unknown = if sum.unknown == 0 { String::new() } else { format!(" and {} unknown", sum.unknown) };
    let message = format!("{what} states `{}`, but its parts add up to {hours}{weeks}{unknown}", stated.value.text());
    Diagnostic::new(Code::EffortMismatch, stated.span, message)
        .label("stated here")
        .help("change the figure or its parts, or say `allow: [effort-mismatch]` in this file and tell readers why")
        .note(format!("a week is {hours_per_week} hours here"))
}
