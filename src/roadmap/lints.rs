//! What is allowed but worth a word: late and outside prerequisites, unused topics, missing parts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Options;
use super::names::{Names, words};
use super::standing::is_said_late;
use super::{
    Placement, Requirement, Roadmap, Roadmaps, Standing, Target, TopicIx, requirements, standing, topic_lints,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::document::{Document, Matter};
use crate::graph::{self, Constraints};
use crate::source::{FileId, Sources, Span, Spanned};

/// Runs every lint that needs no plan.
pub fn run(
    site: &Roadmaps,
    documents: &[Arc<Document>],
    names: &Names,
    sources: &Sources,
    options: Options,
    out: &mut Diagnostics,
) {
    outside(site, out);
    for roadmap in &site.roadmaps {
        late(site, roadmap, out);
    }
    unused_topics(site, documents, names, sources, out);
    if options.wanted.has(Code::RedundantPrerequisite) {
        redundant(site, out);
    }
    for topic in site.topics.iter().filter(|topic| !documents[topic.document.0].faulty) {
        missing_parts(topic, &documents[topic.document.0], out);
    }
    missing_efforts(site, documents, out);
    topic_lints::run(site, documents, options.wanted, options.today, out);
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
        out.push(Diagnostic::new(Code::OutsidePrerequisite, span, message).help(format!(
            "list `{}` under `topics` of a stage there, or leave it: the page says so",
            name(site, target)
        )));
    }
}

/// Required by a topic of an earlier stage, and `late` entries that say so where it is not true.
fn late(site: &Roadmaps, roadmap: &Roadmap, out: &mut Diagnostics) {
    for placement in &roadmap.placements {
        let mut used = BTreeSet::new();
        for requirement in requirements(site, placement) {
            late_requirement(site, roadmap, placement, requirement, &mut used, out);
        }
        for (_, entry) in placement.late.iter().enumerate().filter(|(at, _)| !used.contains(at)) {
            let topic = &site.topic(placement.topic).id;
            let message =
                format!("`late` names `{}`, which is not a late prerequisite of `{topic}`", name(site, &entry.value));
            out.push(
                Diagnostic::new(Code::UnusedAllow, entry.span, message)
                    .label("silences nothing")
                    .help("remove it from `late`: it is not required, or does not come in a later stage"),
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
    let mut unsaid: Vec<(&Spanned<Target>, Span)> = Vec::new();
    for target in &requirement.targets {
        let Standing::Late(places) = stands(target) else { continue };
        if is_said_late(roadmap, placement, &target.value) {
            let said = |late: &Spanned<Target>| late.value == target.value || matches!(target.value, Target::Choice(_));
            used.extend(placement.late.iter().enumerate().filter(|(_, late)| said(late)).map(|(at, _)| at));
            continue;
        }
        let later = places.iter().map(|ix| roadmap.placement(*ix)).find(|later| later.stage > placement.stage);
        let Some(later) = later.filter(|later| !site.circular.contains(&(later.topic, placement.topic))) else {
            continue;
        };
        let place = match &target.value {
            Target::Topic(_) => later.span,
            Target::Choice(id) => roadmap.find_choice(id).map_or(later.span, |ix| roadmap.choice(ix).span),
        };
        unsaid.push((target, place));
    }
    if !unsaid.is_empty() {
        out.push(late_report(site, roadmap, placement, &unsaid));
    }
}

/// One report for a prerequisite; of alternatives, all are late.
fn late_report(
    site: &Roadmaps,
    roadmap: &Roadmap,
    placement: &Placement,
    unsaid: &[(&Spanned<Target>, Span)],
) -> Diagnostic {
    let topic = &site.topic(placement.topic).id;
    let names: Vec<&str> = unsaid.iter().map(|(target, _)| name(site, &target.value)).collect();
    let (comes, or) = if names.len() == 1 { ("comes", names[0].to_owned()) } else { ("all come", names.join("`, `")) };
    let stage = &roadmap.stages[placement.stage].id;
    let message =
        format!("`{topic}` in the stage `{stage}` of `{}` requires `{or}`, which {comes} in a later stage", roadmap.id);
    let mut report = Diagnostic::new(Code::LatePrerequisite, unsaid[0].0.span, message).label("required here");
    for (target, place) in unsaid {
        report = report.related(*place, format!("`{}` is placed here, in a later stage", name(site, &target.value)));
    }
    // Where the topic lies in the stage's folder, its place is the file that is shown already.
    if placement.span.file != unsaid[0].0.span.file {
        report = report.related(placement.span, format!("`{topic}` is placed here, in `{stage}`"));
    }
    let report = report.note("whoever follows the road gets there without it");
    report.help(format!(
        "move one of them, or say with `late` that you know: `{{topic: {topic}, late: [{}]}}` under `topics:` of the stage `{stage}`",
        names.join(", ")
    ))
}

fn unused_topics(
    site: &Roadmaps,
    documents: &[Arc<Document>],
    names: &Names,
    sources: &Sources,
    out: &mut Diagnostics,
) {
    let excused = Excused::new(documents, sources, out);
    for (ix, topic) in site.topics.iter().enumerate() {
        let document = &documents[topic.document.0];
        let used = site.roadmaps.iter().any(|roadmap| roadmap.placed.contains_key(&TopicIx(ix)));
        let own_id = Spanned::new(topic.id.clone(), Span::start_of(document.file));
        if used || names.is_excused(&own_id) || excused.covers(&topic.id, document) {
            continue;
        }
        out.push(
            Diagnostic::new(
                Code::UnusedTopic,
                Span::start_of(document.file),
                format!("the topic `{}` is in no roadmap", topic.id),
            )
            .help(format!("add `{}` under `topics` of a stage, or mark the topic `draft: true`", topic.id)),
        );
    }
}

/// Topics that may be unused only because of a mistake that is reported already.
struct Excused<'a> {
    /// Names that were offered for misspelt ones.
    offered: BTreeSet<String>,
    /// The folders and words of stages and roadmaps with an error.
    folders: BTreeSet<&'a str>,
    words: BTreeSet<&'a str>,
}

impl<'a> Excused<'a> {
    fn new(documents: &'a [Arc<Document>], sources: &'a Sources, out: &Diagnostics) -> Self {
        let errors: Vec<&Diagnostic> = out.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).collect();
        let files: BTreeSet<FileId> = errors.iter().map(|diagnostic| diagnostic.span.file).collect();
        let holders = documents.iter().filter(|d| matches!(d.matter, Matter::Stage(_) | Matter::Roadmap(_)));
        let wrong: Vec<&Arc<Document>> = holders.filter(|d| files.contains(&d.file)).collect();
        Excused {
            offered: errors.iter().filter_map(|diagnostic| diagnostic.suggestion.clone()).collect(),
            folders: wrong.iter().map(|d| d.place.folder.as_str()).collect(),
            words: wrong.iter().flat_map(|d| words(&sources.get(d.file).text)).collect(),
        }
    }

    fn covers(&self, id: &str, document: &Document) -> bool {
        let lies = |folder: &Option<String>| folder.as_deref().is_some_and(|folder| self.folders.contains(folder));
        self.offered.contains(id)
            || lies(&document.place.roadmap)
            || lies(&document.place.stage)
            || self.words.contains(id)
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
    let constraints =
        Constraints { keys: vec![(); needs.len()], hard: pairs.collect(), soft: Vec::new(), any: Vec::new() };
    let Ok(order) = graph::order(&constraints) else { return };
    let mut rank = vec![0; needs.len()];
    order.iter().enumerate().for_each(|(at, topic)| rank[*topic] = at);
    for (ix, direct) in needs.iter().enumerate().filter(|(_, direct)| direct.len() > 1) {
        let implied = implied(direct, &needs, &rank);
        for (at, (topic, span)) in direct.iter().enumerate() {
            let (id, needed) = (&site.topics[ix].id, &site.topic(*topic).id);
            let place_of = |wanted: TopicIx| direct.iter().find(|(other, _)| *other == wanted).map(|(_, span)| *span);
            let again = direct[..at].iter().any(|(other, _)| other == topic);
            let (message, other, why) = match implied.get(topic) {
                _ if again => (format!("`{id}` requires `{needed}` twice"), *topic, "first"),
                Some(by) => {
                    let message = format!("`{id}` need not require `{needed}`: `{}` does already", site.topic(*by).id);
                    (message, *by, "leads there too")
                }
                None => continue,
            };
            let help = format!("remove `{needed}`; keep it only if readers should see it");
            let mut report = Diagnostic::new(Code::RedundantPrerequisite, *span, message).help(help).remove_entry();
            if let Some(place) = place_of(other) {
                report = report.related(place, why);
            }
            out.push(report);
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

fn missing_parts(topic: &super::Topic, document: &Document, out: &mut Diagnostics) {
    let id = &topic.id;
    let mut say = |code, what: &str, help: &str| {
        let message = format!("the topic `{id}` has no {what}");
        out.push(Diagnostic::new(code, Span::start_of(document.file), message).help(help));
    };
    if document.summary().is_none() {
        say(Code::MissingSummary, "summary", "add `summary:` with a sentence that says what it is");
    }
    if matches!(&document.matter, Matter::Topic(matter) if matter.resources.is_empty()) {
        say(Code::MissingResources, "resources", "add `resources:` with a place to learn it from");
    }
    if document.outline.is_empty {
        say(Code::EmptyTopic, "text", "write below the front matter what it is and why it matters");
    }
}

/// Topics without effort of their own, on any road, and without sub-topics that could add up to one.
fn missing_efforts(site: &Roadmaps, documents: &[Arc<Document>], out: &mut Diagnostics) {
    let mut known: BTreeSet<TopicIx> = site.topics.iter().filter_map(|topic| topic.part_of).collect();
    for roadmap in &site.roadmaps {
        known.extend(roadmap.placements.iter().filter(|p| p.effort.is_some()).map(|p| p.topic));
        known.extend(roadmap.placements.iter().filter_map(|p| p.part_of).map(|ix| roadmap.placement(ix).topic));
    }
    for (ix, topic) in site.topics.iter().enumerate() {
        let document = &documents[topic.document.0];
        let own = matches!(&document.matter, Matter::Topic(matter) if matter.effort.is_some());
        if !own && !known.contains(&TopicIx(ix)) && !document.faulty {
            let place = Span::start_of(document.file);
            out.push(
                Diagnostic::new(Code::MissingEffort, place, format!("the topic `{}` has no effort", topic.id))
                    .help("add `effort:` with the time it takes, such as `3h` or `1-2 weeks`"),
            );
        }
    }
}
