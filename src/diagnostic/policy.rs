//! What becomes of a problem: `[lints]` of the site, `allow:` of a file, and the order of the report.

use std::collections::{BTreeMap, BTreeSet};

use super::{Code, CodeDefault, Diagnostic, Diagnostics, Severity};
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

    /// Whether anybody would see this code, or an `allow:` is waiting for it: costly lints ask first.
    pub fn wants(&self, code: Code) -> bool {
        self.level(code) != Level::Allow || self.allows.iter().any(|allow| allow.code.value == code)
    }

    /// Applies levels and `allow:`, reports idle `allow:` entries, sorts by place and drops repetitions.
    pub fn apply(&self, found: Diagnostics, sources: &Sources) -> Vec<Diagnostic> {
        let mut kept: Vec<Diagnostic> = Vec::new();
        let mut idle: BTreeMap<(FileId, Code), &Allow> =
            self.allows.iter().map(|a| ((a.code.span.file, a.code.value), a)).collect();
        let allowed: BTreeSet<(FileId, Code)> = idle.keys().copied().collect();
        let mut judge = |diagnostic: Diagnostic, kept: &mut Vec<Diagnostic>| {
            let key = (diagnostic.span.file, diagnostic.code);
            if diagnostic.code.is_lint() && allowed.contains(&key) {
                idle.remove(&key);
            } else if let Some(diagnostic) = self.weigh(diagnostic) {
                kept.push(diagnostic);
            }
        };
        for diagnostic in found.into_vec() {
            judge(diagnostic, &mut kept);
        }
        kept.extend(idle.values().filter_map(|allow| self.weigh(idle_allow(allow))));
        sort(&mut kept, sources);
        kept
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

fn idle_allow(allow: &Allow) -> Diagnostic {
    let name = allow.code.value.name();
    Diagnostic::new(Code::UnusedAllow, allow.code.span, format!("`{name}` is allowed here, but does not occur"))
        .label("silences nothing")
        .help("remove it, so that a new one is seen")
}

/// By file, then place; what is said twice at one place is said once.
fn sort(diagnostics: &mut Vec<Diagnostic>, sources: &Sources) {
    diagnostics.sort_by(|a, b| {
        let path = |d: &Diagnostic| sources.get(d.span.file).path.clone();
        (path(a), a.span.start, a.span.end, a.code, &a.message).cmp(&(
            path(b),
            b.span.start,
            b.span.end,
            b.code,
            &b.message,
        ))
    });
    diagnostics.dedup();
}
