//! Applies the cures that are certain: a site's folder → the same folder with some of its texts changed.

use std::sync::Arc;

use super::{Compiled, Options, compile};
use crate::diagnostic::fix::{self, Edit};
use crate::diagnostic::{Checked, Diagnostic, Severity};
use crate::source::{FileId, Folder, Sources};

/// A cure can bring to light what another one can mend; more rounds than this are no mending.
const MOST_ROUNDS: usize = 8;

/// What was mended.
pub struct Mended {
    /// Round after round: the texts before, and each problem with the change that mended it.
    pub rounds: Vec<Round>,
    /// The folder as it is now.
    pub folder: Checked<Folder>,
    /// The files whose texts have changed, in the order of their ids.
    pub files: Vec<FileId>,
}

/// Changes that were made together.
pub struct Round {
    /// The texts before.
    pub sources: Sources,
    /// Each problem and its cure.
    pub fixes: Vec<(Diagnostic, Edit)>,
}

/// Mends what can be mended for certain. A change is a cure only where its error goes and no other comes.
pub fn mend(folder: Checked<Folder>, options: &Options) -> Mended {
    let mut site = State::of(folder, options);
    let mut rounds = Vec::new();
    while rounds.len() < MOST_ROUNDS {
        let sources = site.folder.value.sources.clone();
        let report = site.report.clone();
        let all = fix::edits(&report, &site.compiled.site.sources);
        let own = |edit: &Edit| {
            site.folder.value.content.contains(&edit.span.file) || site.folder.value.config == edit.span.file
        };
        let all: Vec<Cure> = all.into_iter().filter(|(_, edit)| own(edit)).collect();
        let kept = site.advance(&all, options);
        if kept.is_empty() {
            break;
        }
        let fixes = kept.into_iter().map(|one| (one.0.clone(), one.1.clone())).collect();
        rounds.push(Round { sources, fixes });
    }
    let mut files: Vec<FileId> = rounds.iter().flat_map(|round| &round.fixes).map(|(_, edit)| edit.span.file).collect();
    files.sort();
    files.dedup();
    Mended { rounds, folder: site.folder, files }
}

/// A problem and the change that may mend it.
type Cure<'d> = (&'d Diagnostic, Edit);

/// A folder and what is wrong with it.
struct State {
    folder: Checked<Folder>,
    compiled: Compiled,
    report: Vec<Diagnostic>,
}

impl State {
    fn of(folder: Checked<Folder>, options: &Options) -> Self {
        let compiled = compile(folder.clone(), options);
        let report = compiled.report(super::Diagnostics::default());
        State { folder, compiled, report }
    }

    fn errors(&self) -> usize {
        self.report.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count()
    }

    /// Makes all changes but those that are no cure; returns those that were made.
    fn advance<'a, 'd>(&mut self, all: &'a [Cure<'d>], options: &Options) -> Vec<&'a Cure<'d>> {
        let (mut kept, mut best) = (Vec::new(), None);
        if !all.is_empty() {
            self.grow(&mut kept, &mut best, &all.iter().collect::<Vec<_>>(), options);
        }
        if let Some(best) = best {
            *self = best;
        }
        kept
    }

    /// Adds to the changes that are kept; where not all of them are cures, a half at a time.
    fn grow<'a, 'd>(
        &self,
        kept: &mut Vec<&'a Cure<'d>>,
        best: &mut Option<State>,
        more: &[&'a Cure<'d>],
        options: &Options,
    ) {
        let tried = [kept.as_slice(), more].concat();
        let next = self.with(&tried, options);
        let cured = tried.iter().filter(|(diagnostic, _)| diagnostic.severity == Severity::Error).count();
        if next.errors() + cured <= self.errors() {
            (*kept, *best) = (tried, Some(next));
        } else if more.len() > 1 {
            let (first, second) = more.split_at(more.len() / 2);
            self.grow(kept, best, first, options);
            self.grow(kept, best, second, options);
        }
    }

    fn with(&self, changes: &[&Cure], options: &Options) -> State {
        let mut folder = self.folder.clone();
        for (file, text) in fix::apply(changes.iter().map(|(_, edit)| edit), &self.folder.value.sources) {
            folder.value.sources.replace(file, Arc::from(text));
        }
        State::of(folder, options)
    }
}
