//! The critical path: a chain of prerequisites, and no other one is longer.

use std::collections::HashMap;

use crate::data::{self, Level};
use crate::effort::Hours;
use crate::order::{alternatives, is_late, ones};
use crate::reckon;
use crate::report::Report;
use crate::source::{Placement, Roadmap};

/// How to read the contract where it leaves room.
#[derive(Clone, Copy, Debug)]
struct Reading {
    /// A required choice makes an edge from each of its options.
    choices: bool,
    /// Each alternative makes an edge.
    any: bool,
    /// `late` prerequisites make edges.
    late: bool,
    /// A parent that states no effort weighs what its sub-topics add up to.
    sums: bool,
    /// Essential placements in a bonus stage may lie on the path.
    bonus: bool,
}

impl Reading {
    fn all() -> impl Iterator<Item = Self> {
        (0..32).map(|bits: u32| {
            let on = |bit: u32| bits & (1 << bit) != 0;
            Self { choices: on(0), any: on(1), late: on(2), sums: on(3), bonus: on(4) }
        })
    }
}

/// A sum of upper bounds, and of lower ones to break ties, in seconds: whole numbers, so that ties are ties.
type Length = (i64, i64);

/// Checks the critical path against each reading; one must agree.
pub fn check(source: &Roadmap, data: &data::Roadmap, report: &mut Report) {
    let mut best: Option<Report> = None;
    for reading in Reading::all() {
        let mut attempt = Report::default();
        Graph { source, data, reading }.check(&mut attempt);
        if best.as_ref().is_none_or(|best| attempt.count() < best.count()) {
            best = Some(attempt);
        }
    }
    report.within("critical_path", |report| report.extend(best.unwrap_or_default()));
}

struct Graph<'a> {
    source: &'a Roadmap,
    data: &'a data::Roadmap,
    reading: Reading,
}

impl<'a> Graph<'a> {
    fn check(&self, report: &mut Report) {
        let path = &self.data.critical_path;
        for id in path {
            let counts = self.source.placement(id).is_some_and(|placement| self.counts(placement));
            report.check(counts, || format!("{id} is optional or not placed"));
        }
        for step in path.windows(2) {
            let follows =
                self.source.placement(&step[1]).is_some_and(|next| self.before(next).contains(&step[0].as_str()));
            report.check(follows, || format!("{} does not require {}", step[1], step[0]));
        }
        let got = path
            .iter()
            .filter_map(|id| self.source.placement(id))
            .map(|placement| self.length(placement))
            .fold((0, 0), add);
        let longest = self.longest();
        report.check(near(got, longest), || format!("the longest chain has {longest:?}, {path:?} has {got:?}"));
    }

    /// The length of the longest chain.
    fn longest(&self) -> Length {
        let mut lengths = HashMap::new();
        let all = self.source.placements().filter(|placement| self.counts(placement));
        all.map(|placement| self.longest_to(placement, &mut lengths)).max().unwrap_or_default()
    }

    /// The length of the longest chain that ends with a placement.
    fn longest_to(&self, placement: &'a Placement, lengths: &mut HashMap<&'a str, Length>) -> Length {
        if let Some(length) = lengths.get(placement.id.as_str()) {
            return *length;
        }
        lengths.insert(&placement.id, Length::default());
        let before = self.before(placement).into_iter().filter_map(|id| self.source.placement(id));
        let before: Vec<&Placement> = before.filter(|first| self.counts(first)).collect();
        let longest = before.into_iter().map(|first| self.longest_to(first, lengths)).max().unwrap_or_default();
        let length = add(longest, self.length(placement));
        lengths.insert(&placement.id, length);
        length
    }

    /// The topics with an edge to a placement.
    fn before(&self, placement: &'a Placement) -> Vec<&'a str> {
        let Reading { choices, any, late, .. } = self.reading;
        let all = ones(placement).chain(alternatives(placement).filter(|_| any).flatten().map(String::as_str));
        let plain = all
            .filter(|id| late || !is_late(placement, id))
            .filter(|id| choices || self.source.placement(id).is_some());
        plain.flat_map(|id| self.source.meaning(id)).filter(|id| *id != placement.id).collect()
    }

    fn counts(&self, placement: &Placement) -> bool {
        let topic = self.data.topic(&placement.id);
        let stage = topic.and_then(|topic| self.data.stages.iter().find(|stage| stage.id == topic.stage));
        let core = self.reading.bonus || stage.is_some_and(|stage| stage.level != Level::Optional);
        core && placement.level != Level::Optional
    }

    fn length(&self, placement: &Placement) -> Length {
        let own = placement.hours(self.source.hours_per_week);
        let parts = || reckon::hours_of_parts(self.source, self.data, placement).filter(|_| self.reading.sums);
        let hours = own.or_else(parts).unwrap_or(Hours::ZERO);
        let seconds = |hours: f64| (hours * 3600.0).round() as i64;
        (seconds(hours.bound()), seconds(hours.low))
    }
}

fn add(a: Length, b: Length) -> Length {
    (a.0 + b.0, a.1 + b.1)
}

/// Equal but for the rounding of hours to two decimals.
fn near(a: Length, b: Length) -> bool {
    let tolerance = 180;
    (a.0 - b.0).abs() <= tolerance && (a.1 - b.1).abs() <= tolerance
}
