//! What authors' strings may refer to, and the report when they refer to nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::{Requirement, Target, TopicIx};
use crate::diagnostic::suggest::{Slips, certain, nearest};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::matter::RawRequirement;
use crate::source::{FileId, Spanned};

/// Everything that an id can name.
#[derive(Default)]
pub struct Names<'a> {
    /// The topics.
    pub topics: BTreeMap<String, TopicIx>,
    /// Topics that are left out because they are drafts: a reference to one is left out with it.
    pub drafts: BTreeSet<String>,
    /// The choices of all roadmaps.
    pub choices: BTreeSet<String>,
    /// The words of front matters with a mistake, and how often each stands in which: an id among them may be defined
    /// or used there.
    pub unreadable: BTreeMap<&'a str, BTreeMap<FileId, usize>>,
    /// The ids that nothing has.
    pub slips: Slips,
}

impl Names<'_> {
    /// The topic that an id names, or a report.
    pub fn topic(&self, id: &Spanned<String>, out: &mut Diagnostics) -> Option<TopicIx> {
        let found = self.topics.get(&id.value).copied();
        if found.is_none() && !self.drafts.contains(&id.value) {
            self.unknown(id, false, out);
        }
        found
    }

    /// The topics that ids name.
    pub fn topics(&self, ids: &[Spanned<String>], out: &mut Diagnostics) -> Vec<TopicIx> {
        let mut found = Diagnostics::default();
        let topics = ids.iter().filter_map(|id| self.topic(id, &mut found)).collect();
        report_beside(found, ids.iter(), out);
        topics
    }

    /// The topic or choice that an id names, or a report.
    pub fn target(&self, id: &Spanned<String>, out: &mut Diagnostics) -> Option<Spanned<Target>> {
        let target = match self.topics.get(&id.value) {
            Some(topic) => Target::Topic(*topic),
            None if self.choices.contains(&id.value) => Target::Choice(id.value.clone()),
            None => {
                if !self.drafts.contains(&id.value) {
                    self.unknown(id, true, out);
                }
                return None;
            }
        };
        Some(Spanned::new(target, id.span))
    }

    /// The requirements that front matter names; one whose ids all lead nowhere is left out.
    pub fn requirements(&self, raw: &[RawRequirement], out: &mut Diagnostics) -> Vec<Requirement> {
        let mut found = Diagnostics::default();
        let mut resolve = |raw: &RawRequirement| {
            let targets: Vec<_> = raw.ids.iter().filter_map(|id| self.target(id, &mut found)).collect();
            let requirement = Requirement { targets, any: raw.any, because: raw.because.clone() };
            (!requirement.targets.is_empty()).then_some(requirement)
        };
        let requirements = raw.iter().filter_map(&mut resolve).collect();
        report_beside(found, raw.iter().flat_map(|one| &one.ids), out);
        requirements
    }

    /// Whether a file that could not be read mentions this id, and so may be what defines or uses it.
    pub fn is_excused(&self, id: &Spanned<String>) -> bool {
        let elsewhere = |(file, times): (&FileId, &usize)| *times > usize::from(*file == id.span.file);
        self.unreadable.get(id.value.as_str()).is_some_and(|files| files.iter().any(elsewhere))
    }

    fn unknown(&self, id: &Spanned<String>, choices: bool, out: &mut Diagnostics) {
        if self.is_excused(id) {
            return;
        }
        let what = if choices { "topic or choice" } else { "topic" };
        let message = format!("there is no {what} `{}`", id.value);
        let report = Diagnostic::new(Code::UnknownTopic, id.span, message).label("not found");
        // A path where an id belongs: its last part without `.md` may be one.
        let stem = id.value.rsplit('/').next().unwrap_or("").trim_end_matches(".md");
        let topics = || self.topics.keys().map(String::as_str);
        let known = || topics().chain(self.choices.iter().map(String::as_str).filter(|_| choices));
        let meant = self.slips.meant(self.topics.len(), || nearest(stem, known()));
        let sure = meant.and_then(|_| certain(stem, known()));
        let report = report.suggest(meant, || format!("add a file `content/topics/{stem}.md`, or remove the id"));
        out.push(report.rename(&id.value, sure));
    }
}

/// What may be ids in a text.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
}

/// Reports what was found in a list of ids. What the list holds already is not put into it once more.
fn report_beside<'a>(found: Diagnostics, ids: impl Iterator<Item = &'a Spanned<String>>, out: &mut Diagnostics) {
    let found = found.into_vec();
    if found.is_empty() {
        return;
    }
    let ids: BTreeSet<&str> = ids.map(|id| id.value.as_str()).collect();
    for mut report in found {
        if report.suggestion.as_deref().is_some_and(|meant| ids.contains(meant)) {
            report.fix = None;
        }
        out.push(report);
    }
}
