//! The sums themselves, from the innermost parts outwards.

use std::collections::{BTreeMap, BTreeSet};

use super::parts::{self, Part as Ix, Parts};
use super::{Cost, Part, compare, stated_parts};
use crate::diagnostic::Diagnostics;
use crate::document::matter::Level;
use crate::graph::{self, Constraints};
use crate::roadmap::{PlacementIx, Roadmap, Roadmaps};

/// The sums of a stage's parts, before its author's own figure.
pub struct Sums {
    /// Essential and recommended parts.
    pub core: Part,
    /// Optional parts.
    pub optional: Part,
}

/// What a part comes to: itself, and the optional parts found inside it.
#[derive(Clone, Default)]
struct Sum {
    core: Part,
    optional: Part,
}

impl Sum {
    fn add(&mut self, other: Sum) {
        self.core.add(other.core);
        self.optional.add(other.optional);
    }
}

/// Sums up one stage; fills in what its placements take.
pub fn stage(
    site: &Roadmaps,
    roadmap: &Roadmap,
    stage: usize,
    efforts: &mut [Option<Cost>],
    out: &mut Diagnostics,
) -> Sums {
    let parts = parts::parts(roadmap, stage);
    let needed = roadmap.stages[stage].placements.iter().map(|ix| roadmap.placement(*ix));
    let parents = needed.filter(|part| part.level != Level::Optional).filter_map(|part| part.part_of).collect();
    let mut summer = Summer { site, roadmap, parts: &parts, parents, sums: BTreeMap::new(), efforts, out };
    for part in inside_out(roadmap, stage, &parts) {
        let sum = match part {
            Ix::Topic(ix) => summer.topic(ix),
            Ix::Choice(choice) => summer.choice(part, roadmap.choice(choice).pick, false),
            Ix::Echo(choice, _) => summer.choice(part, roadmap.choice(choice).pick, true),
        };
        summer.sums.insert(part, sum);
    }
    let whole = summer.inside(None, false);
    Sums { core: whole.core, optional: whole.optional }
}

/// Every part after the parts that it contains. Parts that contain each other (a choice that is `for` its
/// own option) have no place in the order; they are taken as they come and count each other as nothing.
fn inside_out(roadmap: &Roadmap, stage: usize, parts: &Parts) -> Vec<Ix> {
    let mut all: BTreeSet<Ix> = roadmap.stages[stage].placements.iter().map(|ix| Ix::Topic(*ix)).collect();
    all.extend(parts.options.keys());
    let all: Vec<Ix> = all.into_iter().collect();
    let at = |part: &Ix| all.binary_search(part).ok();
    let mut contains: Vec<(Option<usize>, Option<usize>)> = Vec::new();
    for (holder, members) in &parts.inside {
        let holder = holder.and_then(|ix| at(&Ix::Topic(ix)));
        contains.extend(members.iter().map(|member| (at(member), holder)));
    }
    for (holder, options) in &parts.options {
        contains.extend(options.iter().map(|option| (at(&Ix::Topic(*option)), at(holder))));
    }
    for ((holder, _), members) in &parts.extras {
        contains.extend(members.iter().map(|member| (at(member), at(holder))));
    }
    let hard = contains.into_iter().filter_map(|(inner, outer)| Some((inner?, outer?))).collect();
    let constraints = Constraints { keys: (0..all.len()).collect(), hard: Vec::new(), soft: hard, any: Vec::new() };
    graph::order(&constraints).unwrap_or_default().into_iter().map(|at| all[at]).collect()
}

struct Summer<'a> {
    site: &'a Roadmaps,
    roadmap: &'a Roadmap,
    parts: &'a Parts,
    /// Topics with sub-topics, wherever these are counted: a sub-topic that is `for` an option is counted there.
    parents: BTreeSet<PlacementIx>,
    sums: BTreeMap<Ix, Sum>,
    efforts: &'a mut [Option<Cost>],
    out: &'a mut Diagnostics,
}

impl Summer<'_> {
    /// The sum of what lies below a topic, or of the whole stage, which takes it: nothing lies below two. Below an optional
    /// topic nothing is told apart: it is optional as a whole.
    fn inside(&mut self, below: Option<PlacementIx>, whole: bool) -> Sum {
        let mut sum = Sum::default();
        for part in self.parts.inside.get(&below).into_iter().flatten() {
            let Some(inner) = self.sums.remove(part) else { continue };
            let apart = matches!(part, Ix::Topic(ix) if self.roadmap.placement(*ix).level == Level::Optional);
            if whole {
                sum.core.add(inner.core);
                sum.core.add(inner.optional);
            } else if apart {
                sum.optional.add(inner.core);
                sum.optional.add(inner.optional);
            } else {
                sum.add(inner);
            }
        }
        sum
    }

    fn topic(&mut self, ix: PlacementIx) -> Sum {
        let placement = self.roadmap.placement(ix);
        let mut sum = self.inside(Some(ix), placement.level == Level::Optional);
        let has_parts = sum.core.known || !sum.core.unknown.is_empty();
        match &placement.effort {
            Some(stated) => {
                let what = format!("`{}`", self.site.topic(placement.topic).id);
                let inner = self.parts.inside.get(&Some(ix)).into_iter().flatten().filter_map(|part| match part {
                    Ix::Topic(ix) => Some(self.roadmap.placement(*ix)),
                    Ix::Choice(_) | Ix::Echo(..) => None,
                });
                let parts = || stated_parts(self.site, inner);
                compare(&what, stated, &sum.core.cost(), (self.roadmap.hours_per_week, parts), self.out);
                sum.core = Part::stated(&stated.value, self.roadmap.hours_per_week);
            }
            None if !has_parts && !self.parents.contains(&ix) => sum.core = Part::unknown(ix),
            None => {}
        }
        if placement.effort.is_some() || has_parts {
            self.efforts[ix.0] = Some(sum.core.cost());
        }
        sum
    }

    /// `pick: a-b`: from the sum of the a smallest minima to the sum of the b largest maxima.
    fn choice(&mut self, part: Ix, pick: (u32, u32), echo: bool) -> Sum {
        let mut result = Sum::default();
        let (mut minima, mut maxima): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
        for option in self.parts.options.get(&part).into_iter().flatten() {
            let own = if echo { None } else { self.sums.remove(&Ix::Topic(*option)) };
            let mut cost = own.unwrap_or_default();
            for extra in self.parts.extras.get(&(part, *option)).into_iter().flatten() {
                let Some(sum) = self.sums.get(extra) else { continue };
                if matches!(extra, Ix::Topic(ix) if self.roadmap.placement(*ix).level == Level::Optional) {
                    cost.optional.add(sum.core.clone());
                    cost.optional.add(sum.optional.clone());
                } else {
                    cost.add(sum.clone());
                }
            }
            // An echo's option that asks for nothing here costs nothing: that much is known.
            let nothing = echo && cost.core.unknown.is_empty();
            if cost.core.known || nothing {
                minima.push(cost.core.hours.min);
                maxima.push(cost.core.hours.max.unwrap_or(f64::INFINITY));
            }
            result.core.known |= cost.core.known;
            result.core.unknown.extend(cost.core.unknown);
            result.optional.add(cost.optional);
        }
        minima.sort_by(f64::total_cmp);
        maxima.sort_by(|a, b| b.total_cmp(a));
        let max: f64 = maxima.iter().take(pick.1 as usize).sum();
        result.core.hours.min = minima.iter().take(pick.0 as usize).sum();
        result.core.hours.max = max.is_finite().then_some(max);
        result
    }
}
