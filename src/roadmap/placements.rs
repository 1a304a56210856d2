//! Which topic stands in which stage of a roadmap, and what it is there.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::names::Names;
use super::survey::{RoadmapDraft, StageDraft};
use super::{Choice, ChoiceIx, Placement, PlacementIx, Roadmap, Roadmaps, Stage, TopicIx, cycles, ids};
use crate::config::{Config, DEFAULT_HOURS_PER_WEEK};
use crate::diagnostic::suggest::{certain, nearest};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::matter::{Level, RawChoice, RawPlacement, StageMatter, TopicMatter};
use crate::document::{Document, Matter};
use crate::source::{Span, Spanned};
use crate::tree::fields::quoted;

/// Places the topics of one roadmap: first those that live in a stage's folder, then those that stages
/// list, then options that a choice names.
pub fn place(
    draft: &RoadmapDraft,
    documents: &[Arc<Document>],
    site: &Roadmaps,
    names: &Names,
    config: &Config,
    out: &mut Diagnostics,
) -> Roadmap {
    let mut placer =
        Placer { roadmap: blank(draft, documents, config), documents, site, names, out, parents: BTreeMap::new() };
    if draft.stages.is_empty() {
        placer.flat(&draft.loose);
    }
    for stage in &draft.stages {
        placer.open_stage(stage);
    }
    let matters: Vec<&StageMatter> = draft.stages.iter().filter_map(|stage| stage_matter(documents, stage)).collect();
    for (stage, matter) in matters.iter().enumerate() {
        for (at, raw) in matter.topics.iter().enumerate() {
            placer.listed(stage, at, raw);
        }
    }
    for (stage, matter) in matters.iter().enumerate() {
        // Options that the stage does not list follow its list in the order in which they are named.
        let mut listed = matter.topics.len();
        for raw in &matter.choices {
            placer.choice(stage, raw, listed);
            listed += raw.of.len();
        }
    }
    for (stage, matter) in matters.iter().enumerate() {
        placer.conditions(stage, matter);
        placer.revisits(stage, matter);
    }
    placer.hang_parts();
    placer.roadmap
}

fn stage_matter<'a>(documents: &'a [Arc<Document>], stage: &StageDraft) -> Option<&'a StageMatter> {
    match &documents[stage.document.0].matter {
        Matter::Stage(matter) => Some(matter),
        _ => None,
    }
}

struct Placer<'a> {
    roadmap: Roadmap,
    documents: &'a [Arc<Document>],
    site: &'a Roadmaps,
    names: &'a Names<'a>,
    out: &'a mut Diagnostics,
    /// `part_of` of each placement, before it is known whether the parent is in the same stage.
    parents: BTreeMap<PlacementIx, (TopicIx, Option<Span>)>,
}

impl Placer<'_> {
    fn flat(&mut self, loose: &[TopicIx]) {
        if loose.is_empty() {
            return;
        }
        self.roadmap.stages.push(Stage {
            id: "stage-1".into(),
            document: None,
            title: "Stage 1".into(),
            level: Level::Essential,
            group: None,
            label: None,
            effort: None,
            placements: Vec::new(),
            choices: Vec::new(),
            revisits: Vec::new(),
        });
        for topic in loose {
            self.put(*topic, 0, usize::MAX, self.file_of(*topic));
        }
    }

    fn open_stage(&mut self, draft: &StageDraft) {
        let matter = stage_matter(self.documents, draft).cloned().unwrap_or_default();
        let stage = self.roadmap.stages.len();
        self.roadmap.stages.push(Stage {
            id: draft.id.clone(),
            document: Some(draft.document),
            title: matter.title,
            level: matter.level,
            group: matter.group,
            label: matter.label,
            effort: matter.effort,
            placements: Vec::new(),
            choices: Vec::new(),
            revisits: Vec::new(),
        });
        for topic in &draft.living {
            self.put(*topic, stage, usize::MAX, self.file_of(*topic));
        }
    }

    fn file_of(&self, topic: TopicIx) -> Span {
        Span::start_of(self.documents[self.site.topic(topic).document.0].file)
    }

    fn matter(&self, topic: TopicIx) -> Option<&TopicMatter> {
        match &self.documents[self.site.topic(topic).document.0].matter {
            Matter::Topic(matter) => Some(matter),
            _ => None,
        }
    }

    /// Places a topic that is not placed yet.
    fn put(&mut self, topic: TopicIx, stage: usize, at: usize, span: Span) -> PlacementIx {
        let ix = PlacementIx(self.roadmap.placements.len());
        let matter = self.matter(topic);
        let name = self.documents[self.site.topic(topic).document.0].place.name.clone();
        let placement = Placement {
            topic,
            stage,
            level: matter.map_or(Level::Essential, |m| m.level),
            part_of: None,
            effort: matter.and_then(|m| m.effort.clone()),
            for_options: Vec::new(),
            requires: Vec::new(),
            late: Vec::new(),
            note: None,
            rank: (matter.and_then(|m| m.order).unwrap_or(i64::MAX), at, name),
            span,
        };
        if let Some(parent) = self.site.topic(topic).part_of {
            self.parents.insert(ix, (parent, None));
        }
        self.roadmap.placements.push(placement);
        self.roadmap.placed.insert(topic, ix);
        self.roadmap.stages[stage].placements.push(ix);
        ix
    }

    /// An entry of a stage's `topics:`.
    fn listed(&mut self, stage: usize, at: usize, raw: &RawPlacement) {
        let Some(topic) = self.names.topic(&raw.topic, self.out) else { return };
        let ix = match self.roadmap.placed.get(&topic) {
            None => self.put(topic, stage, at, raw.topic.span),
            // The first entry for a topic that lives in this stage's own folder adds to it.
            Some(ix)
                if self.roadmap.placement(*ix).stage == stage && self.roadmap.placement(*ix).rank.1 == usize::MAX =>
            {
                let ix = *ix;
                let placement = &mut self.roadmap.placements[ix.0];
                placement.rank.1 = at;
                placement.span = raw.topic.span;
                ix
            }
            Some(first) => {
                self.placed_twice(stage, raw, *first);
                return;
            }
        };
        let requires = self.names.requirements(&raw.requires, self.out);
        let late = raw.late.iter().filter_map(|id| self.names.target(id, self.out)).collect();
        let parent = raw.part_of.as_ref().and_then(|id| Some((self.names.topic(id, self.out)?, Some(id.span))));
        if let Some(parent) = parent {
            self.parents.insert(ix, parent);
        } else if raw.stands_alone {
            self.parents.remove(&ix);
        }
        let placement = &mut self.roadmap.placements[ix.0];
        placement.level = raw.level.unwrap_or(placement.level);
        placement.effort = raw.effort.clone().or(placement.effort.take());
        placement.requires = requires;
        placement.late = late;
        placement.note = raw.note.clone();
    }

    /// The report stands in the later of the two stages.
    fn placed_twice(&mut self, stage: usize, raw: &RawPlacement, first: PlacementIx) {
        let first = self.roadmap.placement(first);
        let (here, there) =
            if first.stage > stage { (first.span, raw.topic.span) } else { (raw.topic.span, first.span) };
        let help = match first.stage == stage {
            true => "remove one of the two",
            false => "keep it in one stage; a later stage that comes back to it lists it under `revisits`",
        };
        self.out.push(
            Diagnostic::new(Code::DuplicateId, here, format!("`{}` is placed twice in this roadmap", raw.topic.value))
                .label("second")
                .related(there, "first")
                .help(help),
        );
    }

    /// An entry of a stage's `choices:`; options that are placed nowhere are placed here.
    fn choice(&mut self, stage: usize, raw: &RawChoice, listed: usize) {
        ids::check_choice(&raw.id, self.out);
        if let Some(topic) = self.names.topics.get(&raw.id.value) {
            let report = Diagnostic::new(
                Code::DuplicateId,
                raw.id.span,
                format!("a topic has the id `{}` too: `requires: [{}]` could mean either", raw.id.value, raw.id.value),
            );
            self.out.push(
                report
                    .related(self.file_of(*topic), "the topic")
                    .help(format!("call the choice `pick-{}`", raw.id.value)),
            );
        }
        if let Some(first) = self.roadmap.find_choice(&raw.id.value) {
            let first = self.roadmap.choice(first).span;
            self.out.push(
                Diagnostic::new(
                    Code::DuplicateId,
                    raw.id.span,
                    format!("two choices of this roadmap have the id `{}`", raw.id.value),
                )
                .label("second")
                .related(first, "first")
                .help("give each question its own id"),
            );
            return;
        }
        let mut of = Vec::new();
        for (i, id) in raw.of.iter().enumerate() {
            let Some(topic) = self.names.topic(id, self.out) else { continue };
            let ix = match self.roadmap.placed.get(&topic) {
                Some(ix) => *ix,
                None => self.put(topic, stage, listed + i, id.span),
            };
            if of.contains(&ix) {
                let first = raw.of.iter().find(|other| other.value == id.value).map_or(id.span, |first| first.span);
                self.out.push(
                    Diagnostic::new(
                        Code::DuplicateId,
                        id.span,
                        format!("`{}` is an option of this choice twice", id.value),
                    )
                    .related(first, "first")
                    .help("remove one of the two"),
                );
            } else {
                of.push(ix);
            }
        }
        let default = raw.default.as_ref().and_then(|id| self.default(id, raw));
        let ix = ChoiceIx(self.roadmap.choices.len());
        self.roadmap.choices.push(Choice {
            id: raw.id.value.clone(),
            title: raw.title.clone(),
            pick: raw.pick.value,
            of,
            default,
            for_options: Vec::new(),
            note: raw.note.clone(),
            stage,
            span: raw.id.span,
        });
        self.roadmap.stages[stage].choices.push(ix);
    }

    fn default(&mut self, id: &Spanned<String>, raw: &RawChoice) -> Option<TopicIx> {
        if raw.of.iter().any(|option| option.value == id.value) {
            return self.names.topics.get(&id.value).copied();
        }
        let options = raw.of.iter().map(|option| option.value.as_str());
        let message = format!("the default `{}` is not an option of this choice", id.value);
        let report = Diagnostic::new(Code::UnknownTopic, id.span, message);
        let names: Vec<&str> = options.clone().collect();
        let sure = certain(&id.value, options.clone());
        let meant = nearest(&id.value, options);
        let report = report.suggest(meant, || format!("name one of its options: {}", quoted(&names)));
        self.out.push(report.rename(&id.value, sure));
        None
    }

    /// `for` of placements and choices: only options of this roadmap's choices can be picked.
    fn conditions(&mut self, stage: usize, matter: &StageMatter) {
        for raw in matter.topics.iter().filter(|raw| !raw.for_options.is_empty()) {
            let Some(topic) = self.names.topics.get(&raw.topic.value) else { continue };
            let Some(ix) = self.roadmap.placed.get(topic).copied() else { continue };
            if self.roadmap.placement(ix).stage == stage {
                self.roadmap.placements[ix.0].for_options = self.options(&raw.for_options);
            }
        }
        for raw in matter.choices.iter().filter(|raw| !raw.for_options.is_empty()) {
            if let Some(ix) = self.roadmap.find_choice(&raw.id.value) {
                self.roadmap.choices[ix.0].for_options = self.options(&raw.for_options);
            }
        }
    }

    fn options(&mut self, ids: &[Spanned<String>]) -> Vec<TopicIx> {
        let placed = |ix: &PlacementIx| self.roadmap.placement(*ix).topic;
        let all: Vec<TopicIx> = self.roadmap.choices.iter().flat_map(|choice| &choice.of).map(placed).collect();
        let mut found = Vec::new();
        for id in ids {
            let topic = self.names.topics.get(&id.value);
            if let Some(topic) = topic.filter(|topic| all.contains(topic)) {
                found.push(*topic);
            } else if !self.names.is_excused(id) && !self.names.drafts.contains(&id.value) {
                let names: Vec<&str> = all.iter().map(|topic| self.site.topic(*topic).id.as_str()).collect();
                let message = format!("`{}` is not an option of a choice in this roadmap", id.value);
                let report = Diagnostic::new(Code::UnknownTopic, id.span, message);
                let meant = self.names.slips.meant(names.len(), || nearest(&id.value, names.iter().copied()));
                let sure = meant.and_then(|_| certain(&id.value, names.iter().copied()));
                let report = report.suggest(meant, || match names.is_empty() {
                    true => "this roadmap has no choice: add one under `choices` of a stage".into(),
                    false => format!("name an option that readers can pick: {}", quoted(&names)),
                });
                self.out.push(report.rename(&id.value, sure));
            }
        }
        found
    }

    fn revisits(&mut self, stage: usize, matter: &StageMatter) {
        for id in &matter.revisits {
            let Some(topic) = self.names.topic(id, self.out) else { continue };
            let home = self.roadmap.placed.get(&topic).map(|ix| self.roadmap.placement(*ix));
            match home {
                Some(home) if home.stage < stage => self.roadmap.stages[stage].revisits.push(topic),
                _ if self.names.is_excused(id) => {}
                home => {
                    let mut report = Diagnostic::new(
                        Code::UnknownTopic,
                        id.span,
                        format!("`{}` is not placed in an earlier stage of this roadmap", id.value),
                    )
                    .help("a stage takes up again what an earlier one holds: list it under `topics` there, or here instead");
                    if let Some(home) = home {
                        report = report.related(home.span, "placed here");
                    }
                    self.out.push(report);
                }
            }
        }
    }

    /// A sub-topic hangs on its parent where both stand in one stage.
    fn hang_parts(&mut self) {
        for (ix, (parent, _)) in &self.parents {
            let parent = self.roadmap.placed.get(parent).copied();
            let stage = self.roadmap.placement(*ix).stage;
            let parent = parent.filter(|p| self.roadmap.flat || self.roadmap.placement(*p).stage == stage);
            self.roadmap.placements[ix.0].part_of = parent;
        }
        let spans: BTreeMap<PlacementIx, Span> = self
            .parents
            .iter()
            .map(|(ix, (_, span))| (*ix, span.unwrap_or(self.roadmap.placement(*ix).span)))
            .collect();
        cycles::break_placed_parts(&mut self.roadmap, self.site, &spans, self.out);
    }
}

/// A roadmap without stages and topics.
fn blank(draft: &RoadmapDraft, documents: &[Arc<Document>], config: &Config) -> Roadmap {
    let (pace, claimed) = match &documents[draft.document.0].matter {
        Matter::Roadmap(matter) => (matter.hours_per_week, matter.effort.clone()),
        _ => (None, None),
    };
    Roadmap {
        id: draft.id.clone(),
        document: draft.document,
        hours_per_week: pace.unwrap_or(config.hours_per_week.unwrap_or(DEFAULT_HOURS_PER_WEEK)),
        pace_is_assumed: pace.or(config.hours_per_week).is_none(),
        claimed,
        stages: Vec::new(),
        flat: draft.stages.is_empty(),
        placements: Vec::new(),
        choices: Vec::new(),
        placed: BTreeMap::new(),
    }
}
