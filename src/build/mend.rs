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

/// Mends what can be mended for certain. No change is kept after which the site has more errors than before.
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
        let all: Vec<(&Diagnostic, Edit)> = all.into_iter().filter(|(_, edit)| own(edit)).collect();
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

    /// Makes all changes; where that would be worse, one after the other, those that are not.
    fn advance<'a, 'd>(
        &mut self,
        all: &'a [(&'d Diagnostic, Edit)],
        options: &Options,
    ) -> Vec<&'a (&'d Diagnostic, Edit)> {
        if all.is_empty() {
            return Vec::new();
        }
        let together = self.with(&all.iter().collect::<Vec<_>>(), options);
        if together.errors() <= self.errors() {
            *self = together;
            return all.iter().collect();
        }
        let mut kept: Vec<&(&Diagnostic, Edit)> = Vec::new();
        let mut best = None;
        for one in all {
            kept.push(one);
            let next = self.with(&kept, options);
            let most = best.as_ref().map_or(self.errors(), State::errors);
            if next.errors() <= most {
                best = Some(next);
            } else {
                kept.pop();
            }
        }
        if let Some(best) = best {
            *self = best;
        }
        kept
    }

    fn with(&self, changes: &[&(&Diagnostic, Edit)], options: &Options) -> State {
        let mut folder = self.folder.clone();
        for (file, text) in fix::apply(changes.iter().map(|(_, edit)| edit), &self.folder.value.sources) {
            folder.value.sources.replace(file, Arc::from(text));
        }
        State::of(folder, options)
    }
}
