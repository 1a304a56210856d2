//! Lints that need a plan: stages far heavier than their neighbours, and chains of topics without effort.

use std::sync::Arc;

use super::{Plan, StagePlan};
use crate::diagnostic::policy::Wanted;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::Document;
use crate::roadmap::{PlacementIx, Roadmap, Roadmaps};
use crate::source::Span;

/// A stage this many times as heavy as each of its neighbours is worth a word.
const HEAVY: f64 = 3.0;
/// The shortest chain of topics that is worth a word.
const LEAST_CHAIN: usize = 3;

/// Runs those lints that are wanted on every roadmap.
pub fn lints(site: &Roadmaps, plans: &[Plan], documents: &[Arc<Document>], wanted: Wanted, out: &mut Diagnostics) {
    for (roadmap, plan) in site.roadmaps.iter().zip(plans) {
        if wanted.has(Code::HeavyStage) {
            heavy_stages(roadmap, plan, documents, out);
        }
        if wanted.has(Code::ChainWithoutEffort) {
            chains(site, roadmap, plan, documents, out);
        }
    }
}

/// The middle of a stage's range, in hours, where all of it is known.
fn middle(stage: &StagePlan) -> Option<f64> {
    let hours = stage.effort.hours;
    let is_known = stage.effort.known && stage.effort.unknown == 0;
    is_known.then(|| f64::midpoint(hours.min, hours.max.unwrap_or(hours.min))).filter(|middle| *middle > 0.0)
}

fn heavy_stages(roadmap: &Roadmap, plan: &Plan, documents: &[Arc<Document>], out: &mut Diagnostics) {
    let stages = roadmap.stages.iter().zip(&plan.stages).filter(|(stage, _)| !stage.is_bonus());
    let known: Vec<_> = stages.filter_map(|(stage, plan)| Some((stage, plan, middle(plan)?))).collect();
    for (at, (stage, own, hours)) in known.iter().enumerate() {
        let neighbours: Vec<_> =
            [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| known.get(at)).collect();
        if neighbours.is_empty() || neighbours.iter().any(|(_, _, other)| *hours <= HEAVY * other) {
            continue;
        }
        let place = |stage: &crate::roadmap::Stage| {
            let document = stage.document.unwrap_or(roadmap.document);
            stage.effort.as_ref().map_or(Span::start_of(documents[document.0].file), |effort| effort.span)
        };
        let take = |plan: &StagePlan| plan.effort.hours.text("hour", "hours");
        let message =
            format!("the stage `{}` of `{}` takes {}, far more than its neighbours", stage.id, roadmap.id, take(own));
        let mut report = Diagnostic::new(Code::HeavyStage, place(stage), message);
        // Derived stages have no place of their own.
        for (stage, plan, _) in neighbours.into_iter().filter(|_| !roadmap.flat) {
            report = report.related(place(stage), format!("`{}` takes {}", stage.id, take(plan)));
        }
        out.push(report.help("divide it, or correct its effort"));
    }
}

/// Each chain of prerequisites without effort that is long enough, the longest first; what is in one is in no other.
fn chains(site: &Roadmaps, roadmap: &Roadmap, plan: &Plan, documents: &[Arc<Document>], out: &mut Diagnostics) {
    let is_unknown = |ix: PlacementIx| plan.efforts[ix.0].is_none();
    let mut before: Vec<Vec<PlacementIx>> = vec![Vec::new(); roadmap.placements.len()];
    for (from, to) in plan.edges.iter().filter(|(from, to)| is_unknown(*from) && is_unknown(*to)) {
        before[to.0].push(*from);
    }
    let mut longest: Vec<(usize, Option<PlacementIx>)> = vec![(1, None); roadmap.placements.len()];
    for ix in plan.order.iter().filter(|ix| is_unknown(**ix)) {
        for from in &before[ix.0] {
            if longest[from.0].0 + 1 > longest[ix.0].0 {
                longest[ix.0] = (longest[from.0].0 + 1, Some(*from));
            }
        }
    }
    let mut ends: Vec<PlacementIx> = plan.order.iter().copied().filter(|ix| is_unknown(*ix)).collect();
    ends.sort_by_key(|ix| std::cmp::Reverse(longest[ix.0].0));
    let mut taken = vec![false; roadmap.placements.len()];
    for end in ends {
        let mut chain: Vec<PlacementIx> = std::iter::successors(Some(end), |ix| longest[ix.0].1).collect();
        // Ends of long chains come first: what shares a topic with one is a branch of it.
        if chain.len() < LEAST_CHAIN || chain.iter().any(|ix| taken[ix.0]) {
            continue;
        }
        chain.iter().for_each(|ix| taken[ix.0] = true);
        chain.reverse();
        out.push(describe(&chain, site, roadmap, documents));
    }
}

fn describe(chain: &[PlacementIx], site: &Roadmaps, roadmap: &Roadmap, documents: &[Arc<Document>]) -> Diagnostic {
    let topics: Vec<_> = chain.iter().map(|ix| site.topic(roadmap.placement(*ix).topic)).collect();
    let names: Vec<String> = topics.iter().map(|topic| format!("`{}`", topic.id)).collect();
    let place = |at: usize| Span::start_of(documents[topics[at].document.0].file);
    let shown = match names.len() {
        0..=6 => names.join(", "),
        all => format!("{}, … {}", names[..4].join(", "), names[all - 1]),
    };
    let message = format!("none of {} topics that follow each other has an effort: {shown}", names.len());
    let report = Diagnostic::new(Code::ChainWithoutEffort, place(0), message);
    let report = report.note("the timeline and the critical path count the whole chain as nothing");
    report.help("add `effort:` to them, such as `3h` or `1-2 weeks`, to the longest first")
}
