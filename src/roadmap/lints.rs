//! What is allowed but worth a word: late and outside prerequisites, unused topics, missing parts.

use std::collections::{BTreeMap, BTreeSet};

use super::names::Names;
use super::standing::is_said_late;
use super::{Placement, Requirement, Roadmap, Roadmaps, Standing, Target, TopicIx, requirements, standing};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{Document, Matter};
use crate::graph::{self, Constraints};
use crate::source::{Span, Spanned};

/// Runs every lint that needs no plan.
pub fn run(site: &Roadmaps, documents: &[Document], names: &Names, out: &mut Diagnostics) {
    outside(site, out);
    for roadmap in &site.roadmaps {
        late(site, roadmap, out);
    }
    unused_topics(site, documents, names, out);
    redundant(site, out);
    let hidden: BTreeSet<usize> = site.drafts.iter().map(|ix| ix.0).collect();
    for (_, document) in documents.iter().enumerate().filter(|(ix, d)| !d.broken && !hidden.contains(ix)) {
        missing_parts(document, out);
    }
    missing_efforts(site, documents, out);
}

fn name<'a>(site: &'a Roadmaps, target: &'a Target) -> &'a str {
    match target {
        Target::Topic(topic) => &site.topic(*topic).id,
        Target::Choice(id) => id,
    }
}

/// Required, but not on every road that holds the topic: one report a place, naming the roads.
fn outside(site: &Roadmaps, out: &mut Diagnostics) {
    let mut found: BTreeMap<Span, (TopicIx, &Target, Vec<&str>)> = BTreeMap::new();
    for roadmap in &site.roadmaps {
        for placement in &roadmap.placements {
            for requirement in requirements(site, placement) {
                let stands = |target: &Spanned<Target>| standing(roadmap, placement, &target.value);
                if requirement.any && requirement.targets.iter().any(|target| stands(target) != Standing::Outside) {
                    continue;
                }
                for target in requirement.targets.iter().filter(|target| stands(target) == Standing::Outside) {
                    let entry = found.entry(target.span).or_insert((placement.topic, &target.value, Vec::new()));
                    entry.2.push(&roadmap.id);
                }
            }
        }
    }
    for (span, (topic, target, roadmaps)) in found {
        let roads = crate::tree::fields::quoted(&roadmaps);
        let message = format!("`{}` requires `{}`, which is not in {roads}", site.topic(topic).id, name(site, target));
        out.push(Diagnostic::new(Code::OutsidePrerequisite, span, message).help("place it there too, or leave it: the page says so"));
    }
}

/// Required by a topic of an earlier stage, and `late` entries that say so where it is not true.
fn late(site: &Roadmaps, roadmap: &Roadmap, out: &mut Diagnostics) {
    for placement in &roadmap.placements {
        let mut used = BTreeSet::new();
        for requirement in requirements(site, placement) {
            late_requirement(site, roadmap, placement, requirement, &mut used, out);
        }
        for (at, entry) in placement.late.iter().enumerate().filter(|(at, _)| !used.contains(at)) {
            let _ = at;
            let message = format!("`{}` is not a late prerequisite of `{}`", name(site, &entry.value), site.topic(placement.topic).id);
            out.push(
                Diagnostic::new(Code::UnusedAllow, entry.span, message)
                    .label("silences nothing")
                    .help("remove it: it is not required, or does not come in a later stage"),
            );
        }
    }
}

fn late_requirement(
    site: &Roadmaps,
    roadmap: &Roadmap,
    placement: &Placement,
    requirement: &Requirement,
    used: &mut BTreeSet<usize>,
    out: &mut Diagnostics,
) {
    let stands = |target: &Spanned<Target>| standing(roadmap, placement, &target.value);
    if requirement.any && requirement.targets.iter().any(|target| matches!(stands(target), Standing::Before(_))) {
        return;
    }
    for target in &requirement.targets {
        let Standing::Late(places) = stands(target) else { continue };
        if is_said_late(roadmap, placement, &target.value) {
            let said = |late: &Spanned<Target>| late.value == target.value || matches!(target.value, Target::Choice(_));
            used.extend(placement.late.iter().enumerate().filter(|(_, late)| said(late)).map(|(at, _)| at));
            continue;
        }
        let later = places.iter().find(|ix| roadmap.placement(**ix).stage > placement.stage);
        let Some(later) = later.map(|ix| roadmap.placement(*ix)) else { continue };
        if site.circular.contains(&(later.topic, placement.topic)) {
            continue;
        }
        out.push(late_report(site, roadmap, placement, target, later));
    }
}

fn late_report(site: &Roadmaps, roadmap: &Roadmap, placement: &Placement, target: &Spanned<Target>, later: &Placement) -> Diagnostic {
    let (topic, needed) = (&site.topic(placement.topic).id, name(site, &target.value));
    let stage = |index: usize| &roadmap.stages[index].id;
    let message = format!(
        "`{topic}` requires `{needed}`, which comes later in `{}`: in `{}`, after `{}`",
        roadmap.id,
        stage(later.stage),
        stage(placement.stage)
    );
    Diagnostic::new(Code::LatePrerequisite, target.span, message)
        .label("required here")
        .related(later.span, format!("`{}` is placed here, in a later stage", site.topic(later.topic).id))
        .help(format!(
            "move one of them, or write `{{topic: {topic}, late: [{needed}]}}` under `topics:` of the stage `{}`",
            stage(placement.stage)
        ))
}

fn unused_topics(site: &Roadmaps, documents: &[Document], names: &Names, out: &mut Diagnostics) {
    for (ix, topic) in site.topics.iter().enumerate() {
        let used = site.roadmaps.iter().any(|roadmap| roadmap.placed.contains_key(&TopicIx(ix)));
        if used || names.is_excused(&topic.id) {
            continue;
        }
        let place = Span::start_of(documents[topic.document.0].file);
        out.push(
            Diagnostic::new(Code::UnusedTopic, place, format!("the topic `{}` is in no roadmap", topic.id))
                .help(format!("add `{}` under `topics:` of a stage, or mark the topic `draft: true`", topic.id)),
        );
    }
}

/// A prerequisite that another one already implies.
fn redundant(site: &Roadmaps, out: &mut Diagnostics) {
    let hard = |topic: &super::Topic| -> Vec<(TopicIx, Span)> {
        let single = topic.requires.iter().filter(|requirement| !requirement.any);
        single
            .flat_map(|requirement| &requirement.targets)
            .filter_map(|target| match target.value {
                Target::Topic(from) => Some((from, target.span)),
                Target::Choice(_) => None,
            })
            .collect()
    };
    let needs: Vec<Vec<(TopicIx, Span)>> = site.topics.iter().map(hard).collect();
    let pairs = needs.iter().enumerate().flat_map(|(to, froms)| froms.iter().map(move |(from, _)| (from.0, to)));
    let constraints = Constraints { keys: vec![(); needs.len()], hard: pairs.collect(), soft: Vec::new(), any: Vec::new() };
    let Ok(order) = graph::order(&constraints) else { return };
    let mut rank = vec![0; needs.len()];
    order.iter().enumerate().for_each(|(at, topic)| rank[*topic] = at);
    for (ix, direct) in needs.iter().enumerate().filter(|(_, direct)| direct.len() > 1) {
        let implied = implied(direct, &needs, &rank);
        for (topic, span) in direct.iter().filter(|(topic, _)| implied.contains_key(topic)) {
            let (id, needed) = (&site.topics[ix].id, &site.topic(*topic).id);
            let by = &site.topic(implied[topic]).id;
            out.push(
                Diagnostic::new(Code::RedundantPrerequisite, *span, format!("`{id}` need not require `{needed}`: `{by}` does already"))
                    .help(format!("remove `{needed}`; keep it only if the reader should see it")),
            );
        }
    }
}

/// The direct prerequisites that others of them lead to, each with the one that does. The search goes
/// upwards and stops below the rank of the lowest, so that it stays near the topic.
fn implied(direct: &[(TopicIx, Span)], needs: &[Vec<(TopicIx, Span)>], rank: &[usize]) -> BTreeMap<TopicIx, TopicIx> {
    let wanted: BTreeSet<TopicIx> = direct.iter().map(|(topic, _)| *topic).collect();
    let lowest = wanted.iter().map(|topic| rank[topic.0]).min().unwrap_or(0);
    let mut implied = BTreeMap::new();
    for start in &wanted {
        let mut seen = BTreeSet::new();
        let mut stack: Vec<TopicIx> = needs[start.0].iter().map(|(topic, _)| *topic).collect();
        while let Some(topic) = stack.pop() {
            if rank[topic.0] < lowest || !seen.insert(topic) {
                continue;
            }
            if wanted.contains(&topic) {
                implied.entry(topic).or_insert(*start);
            }
            stack.extend(needs[topic.0].iter().map(|(topic, _)| *topic));
        }
    }
    implied
}

fn missing_parts(document: &Document, out: &mut Diagnostics) {
    let place = Span::start_of(document.file);
    let mut say = |code, what: &str, help: &str| out.push(Diagnostic::new(code, place, what).help(help));
    if document.summary().is_none() && !matches!(document.matter, Matter::Home(_)) {
        say(Code::MissingSummary, "this page has no summary", "add `summary:` with a sentence that says what it is");
    }
    if let Matter::Topic(topic) = &document.matter {
        if topic.resources.is_empty() {
            say(Code::MissingResources, "this topic has no resources", "add `resources:` with a place to learn it from");
        }
        if document.outline.words == 0 {
            say(Code::EmptyTopic, "this topic has no text", "write below the front matter what it is and why it matters");
        }
    }
}

/// Topics without effort of their own, on any road, and without sub-topics that could add up to one.
fn missing_efforts(site: &Roadmaps, documents: &[Document], out: &mut Diagnostics) {
    let mut known: BTreeSet<TopicIx> = site.topics.iter().filter_map(|topic| topic.part_of).collect();
    for roadmap in &site.roadmaps {
        known.extend(roadmap.placements.iter().filter(|p| p.effort.is_some()).map(|p| p.topic));
        known.extend(roadmap.placements.iter().filter_map(|p| p.part_of).map(|ix| roadmap.placement(ix).topic));
    }
    for (ix, topic) in site.topics.iter().enumerate() {
        let document = &documents[topic.document.0];
        let own = matches!(&document.matter, Matter::Topic(matter) if matter.effort.is_some());
        if !own && !known.contains(&TopicIx(ix)) && !document.broken {
            let place = Span::start_of(document.file);
            out.push(
                Diagnostic::new(Code::MissingEffort, place, "this topic has no effort")
                    .help("add `effort:` with the time it takes, such as `3h` or `1-2 weeks`"),
            );
        }
    }
}
