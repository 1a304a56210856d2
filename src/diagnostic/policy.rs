//! What becomes of a problem: `[lints]` of the site, `allow:` of a file, and the order of the report.

use std::collections::{BTreeMap, BTreeSet};

use super::{Code, CodeDefault, Diagnostic, Diagnostics, Severity};
use crate::limits;
use crate::source::{FileId, Sources, Spanned};

/// A level that `[lints]` can give to a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Not reported.
    Allow,
    /// Reported as a warning.
    Warn,
    /// Reported as an error.
    Deny,
}

/// The site's levels and what single files allow.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// `[lints]` of `site.toml`.
    pub levels: BTreeMap<Code, Level>,
    /// `allow:` of each file.
    pub allows: Vec<Allow>,
}

/// The lints that anybody would see, or that an `allow:` is waiting for: costly ones ask first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted(u64);

impl Wanted {
    /// Whether this lint is one of them.
    pub fn has(self, code: Code) -> bool {
        self.0 & (1 << code as u64) != 0
    }
}

/// One entry of a file's `allow:`.
#[derive(Clone, Debug)]
pub struct Allow {
    /// The code, at its place; its file is the one that the entry silences.
    pub code: Spanned<Code>,
}

impl Policy {
    /// The level of a code in this site.
    pub fn level(&self, code: Code) -> Level {
        match self.levels.get(&code) {
            Some(level) if code.is_lint() => *level,
            _ => match code.default() {
                CodeDefault::Error | CodeDefault::Deny => Level::Deny,
                CodeDefault::Warn => Level::Warn,
                CodeDefault::Allow => Level::Allow,
            },
        }
    }

    /// The codes that anybody would see, or that an `allow:` is waiting for.
    pub fn wanted(&self) -> Wanted {
        let seen = Code::ALL.iter().copied().filter(|code| self.level(*code) != Level::Allow);
        let all = seen.chain(self.allows.iter().map(|allow| allow.code.value));
        Wanted(all.fold(0, |bits, code| bits | 1 << code as u64))
    }

    /// Applies levels and `allow:`, reports idle `allow:` entries, sorts by place and drops repetitions.
    pub fn apply(&self, found: Diagnostics, sources: &Sources) -> Vec<Diagnostic> {
        let allowed: BTreeSet<(FileId, Code)> = self.allows.iter().map(Allow::key).collect();
        let mut used = BTreeSet::new();
        let mut kept = Vec::new();
        let mut judge = |diagnostic: Diagnostic, used: &mut BTreeSet<(FileId, Code)>| {
            let key = (diagnostic.span.file, diagnostic.code);
            if diagnostic.code.is_lint() && allowed.contains(&key) {
                used.insert(key);
            } else {
                kept.extend(self.weigh(diagnostic));
            }
        };
        found.into_vec().into_iter().for_each(|diagnostic| judge(diagnostic, &mut used));
        // An idle entry may be allowed itself, so `unused-allow` comes last.
        let (own, others): (Vec<&Allow>, Vec<&Allow>) =
            self.allows.iter().partition(|allow| allow.code.value == Code::UnusedAllow);
        for entries in [others, own] {
            for idle in idle(&entries, &used) {
                judge(idle, &mut used);
            }
        }
        sort(&mut kept, sources);
        bound(kept)
    }

    fn weigh(&self, mut diagnostic: Diagnostic) -> Option<Diagnostic> {
        diagnostic.severity = match self.level(diagnostic.code) {
            Level::Allow => return None,
            Level::Warn => Severity::Warning,
            Level::Deny => Severity::Error,
        };
        Some(diagnostic)
    }
}

impl Allow {
    fn key(&self) -> (FileId, Code) {
        (self.code.span.file, self.code.value)
    }
}

/// The entries that silence nothing, or what another entry silences already. Dead links are only looked for
/// on demand, and dates are only judged by `check`, so nobody can say that one does not occur.
fn idle(entries: &[&Allow], used: &BTreeSet<(FileId, Code)>) -> Vec<Diagnostic> {
    let mut seen = BTreeSet::new();
    let mut reports = Vec::new();
    for allow in entries.iter().filter(|allow| !is_on_demand(allow.code.value)) {
        let again = !seen.insert(allow.key());
        if again || !used.contains(&allow.key()) {
            let name = allow.code.value.name();
            let message = match again {
                true => format!("`{name}` is allowed here twice"),
                false => format!("`{name}` is allowed here, but does not occur"),
            };
            let report = Diagnostic::new(Code::UnusedAllow, allow.code.span, message).label("silences nothing");
            reports.push(report.help("remove it, so that a new one is seen"));
        }
    }
    reports
}

/// Leaves out what is too much of one file, errors last of all, and counts it.
fn bound(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kept = Vec::with_capacity(diagnostics.len());
    for file in diagnostics.chunk_by(|a, b| a.span.file == b.span.file) {
        let Some(more) = file.len().checked_sub(limits::PROBLEMS).filter(|more| *more > 0) else {
            kept.extend_from_slice(file);
            continue;
        };
        let errors = file.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
        let mut warnings = 0..limits::PROBLEMS.saturating_sub(errors);
        let is_kept = |diagnostic: &&Diagnostic| diagnostic.severity == Severity::Error || warnings.next().is_some();
        kept.extend(file.iter().filter(is_kept).take(limits::PROBLEMS).cloned());
        if let Some(last) = kept.last_mut() {
            last.note = Some(format!("{more} more problems of this file are left out"));
        }
    }
    kept
}

fn is_on_demand(code: Code) -> bool {
    matches!(code, Code::DeadExternalLink | Code::StaleUpdated)
}

/// By file, then place; what is said twice at one place is said once.
fn sort(diagnostics: &mut Vec<Diagnostic>, sources: &Sources) {
    diagnostics.sort_by_cached_key(|d| {
        let path = &sources.get(d.span.file).path;
        // By the parts of the path, so that a folder's files stay together.
        (path.split('/').map(str::to_owned).collect::<Vec<_>>(), d.span.start, d.span.end, d.code, d.message.clone())
    });
    diagnostics.dedup();
}
