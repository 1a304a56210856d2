//! Whole sites: the same texts give the same bytes, in an order that holds, as files that other programs read; and
//! after an edit a session has what a fresh compilation has.

use std::collections::BTreeMap;

use roadbook::build::{self, Compiled, Content, Options, Session, has_errors};
use roadbook::diagnostic::Diagnostic;
use roadbook::markdown::RawHtml;
use roadbook::plan::{Interval, Plan};
use roadbook::roadmap::{PlacementIx, Roadmap, Roadmaps, Target};
use roadbook::site::pages::{Output, Page};

use super::{exports, outputs, packed, reports};

/// All files but those of the theme, by path.
type Files = BTreeMap<String, Result<Content, Option<Box<Diagnostic>>>>;

pub fn check(text: &str) {
    let options = Options { highlight: true, today: Some(jiff::civil::date(2026, 11, 21)), ..Options::default() };
    let mut session = Session::new(options.clone());
    for (at, files) in packed::states(text).iter().enumerate() {
        let fresh = build::compile(packed::folder(files), &options);
        let (report, made) = outcome(&fresh);
        let mut others = vec![session.compile(packed::folder(files))];
        if at == 0 {
            others.push(build::compile(packed::folder(files), &options));
        }
        for again in others {
            let (again_report, again_made) = outcome(&again);
            assert_eq!(again_report, report);
            assert_same(&again_made, &made);
        }
        reports::check(&report, &fresh.site.sources);
        // What has errors is never published.
        if !has_errors(&report) {
            outputs::check_paths(&fresh.site.outputs);
            exports::check(&fresh.site);
        }
        for (roadmap, plan) in fresh.site.roadmaps.roadmaps.iter().zip(&*fresh.site.plans) {
            ordered(&fresh.site.roadmaps, roadmap, plan);
            reckoned(plan);
        }
        let sanitized = fresh.site.config.raw_html == RawHtml::Sanitize;
        for output in fresh.site.outputs.iter() {
            if let Some(Ok(Content::Bytes(bytes))) = made.get(&output.path) {
                outputs::check(output, bytes, sanitized);
            }
        }
    }
}

/// The report, with what rendering finds, and the files.
fn outcome(compiled: &Compiled) -> (Vec<Diagnostic>, Files) {
    let own = |output: &&Output| !matches!(output.page, Page::ThemeFile(_) | Page::Kept);
    let file = |output: &Output| (output.path.clone(), build::render(&compiled.site, output));
    let files: Files = compiled.site.outputs.iter().filter(own).map(file).collect();
    let found = files.values().filter_map(|file| file.as_ref().err().cloned().flatten());
    (compiled.report(found.collect()), files)
}

fn assert_same(again: &Files, fresh: &Files) {
    assert_eq!(again.keys().collect::<Vec<_>>(), fresh.keys().collect::<Vec<_>>());
    for (path, file) in fresh {
        assert_eq!(&again[path], file, "{path}");
    }
}

/// Every placement once, and prerequisites first.
fn ordered(site: &Roadmaps, roadmap: &Roadmap, plan: &Plan) {
    let at: BTreeMap<PlacementIx, usize> = plan.order.iter().enumerate().map(|(at, ix)| (*ix, at)).collect();
    assert_eq!((at.len(), plan.order.len()), (roadmap.placements.len(), roadmap.placements.len()));
    let by_stage: Vec<PlacementIx> = plan.stages.iter().flat_map(|stage| &stage.order).copied().collect();
    assert_eq!(by_stage, plan.order);
    for (before, after) in &plan.edges {
        assert!(at[before] < at[after], "an edge against the order");
    }
    for (ix, placement) in roadmap.placements.iter().enumerate() {
        let late = |target: &Target| placement.late.iter().any(|late| late.value == *target);
        let asked = site.topic(placement.topic).requires.iter().chain(&placement.requires);
        for target in asked.filter(|asked| !asked.any).flat_map(|asked| &asked.targets) {
            let Target::Topic(topic) = &target.value else { continue };
            let Some(before) = roadmap.placed.get(topic) else { continue };
            let possible = roadmap.placement(*before).stage <= placement.stage
                && *topic != placement.topic
                && !late(&target.value)
                && !site.circular.contains(&(*topic, placement.topic));
            assert!(!possible || at[before] < at[&PlacementIx(ix)], "a prerequisite comes after what needs it");
        }
    }
}

/// Times are finite, and ranges begin before they end.
fn reckoned(plan: &Plan) {
    let holds = |interval: Interval| {
        interval.min.is_finite() && interval.max.is_none_or(|max| max.is_finite() && interval.min <= max * (1.0 + 1e-9))
    };
    let costs = plan.efforts.iter().flatten().chain([&plan.total, &plan.optional]);
    let stages = plan.stages.iter().flat_map(|stage| [&stage.effort, &stage.optional]);
    assert!(costs.chain(stages).all(|cost| holds(cost.hours)));
    assert!(plan.stages.iter().all(|stage| holds(stage.weeks.start) && holds(stage.weeks.end)));
}
