//! What went wrong, where, why, and how to mend it.
//!
//! Every stage reports into [`Diagnostics`]; nothing here decides what is shown: levels and `allow:`
//! are applied once, by [`policy`], when all stages have spoken. [`human`], [`json`], [`github`] and [`sarif`] print;
//! [`fix`] turns the cures that are certain into changes of the text.

pub mod fix;
pub mod github;
pub mod human;
pub mod json;
pub mod policy;
pub mod sarif;
pub mod suggest;

mod code;
mod excerpt;

pub use code::{Code, Default as CodeDefault};

use crate::source::Span;
use fix::{Change, Fix};

/// How bad a reported problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site cannot be published.
    Error,
    /// Worth mending; the site is published.
    Warning,
}

impl Severity {
    /// The word of the JSON form.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// Another place that explains a problem: the second file of a duplicate, an edge of a cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The place.
    pub span: Span,
    /// What stands there.
    pub message: String,
}

/// One problem of an author's input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind of problem.
    pub code: Code,
    /// How bad; set from the code's default, changed by [`policy`] alone.
    pub severity: Severity,
    /// One line that stands alone: lower case, no full stop, literals in backticks.
    pub message: String,
    /// The place.
    pub span: Span,
    /// A few words at the marked place.
    pub label: String,
    /// Places that explain the problem.
    pub related: Vec<Related>,
    /// What to do.
    pub help: Option<String>,
    /// Why it matters, where that is not plain.
    pub note: Option<String>,
    /// The name that was meant in place of the marked one, where one is near enough.
    pub suggestion: Option<String>,
    /// The change that mends it, where that is certain.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A problem of this kind at this place.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            severity: code.default().severity(),
            message: message.into(),
            span,
            label: String::new(),
            related: Vec::new(),
            help: None,
            note: None,
            suggestion: None,
            fix: None,
        }
    }

    /// Adds the words shown at the marked place.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Offers the name that was meant, or else says what to do.
    pub fn suggest(mut self, meant: Option<&str>, otherwise: impl FnOnce() -> String) -> Self {
        self.suggestion = meant.map(str::to_owned);
        self.help(meant.map_or_else(otherwise, |meant| format!("did you mean `{meant}`?")))
    }

    /// Adds the change that mends it: these words instead of those at the place, where it is certain which.
    pub fn rename(mut self, old: &str, new: Option<&str>) -> Self {
        let change = |new: &str| Change::Replace { old: old.to_owned(), new: new.to_owned() };
        self.fix = new.map(|new| Fix { span: self.span, change: change(new) });
        self
    }

    /// Adds the change that mends it: the entry of a list at the place is removed.
    pub fn remove_entry(mut self) -> Self {
        self.fix = Some(Fix { span: self.span, change: Change::RemoveEntry });
        self
    }

    /// Adds why it matters.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// Adds a place that explains the problem.
    pub fn related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Related { span, message: message.into() });
        self
    }
}

/// The problems found so far.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Reports one problem.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// One problem.
    pub fn of(diagnostic: Diagnostic) -> Self {
        Diagnostics(vec![diagnostic])
    }

    /// Takes over what another stage reported.
    pub fn append(&mut self, other: Diagnostics) {
        self.0.extend(other.0);
    }

    /// The problems in the order in which they were reported.
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.0
    }

    /// Looks at the problems.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }
}

impl FromIterator<Box<Diagnostic>> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Box<Diagnostic>>>(found: I) -> Self {
        Diagnostics(found.into_iter().map(|diagnostic| *diagnostic).collect())
    }
}

/// A value, possibly with holes where the input was bad, and what was said about it.
#[derive(Clone, Debug)]
pub struct Checked<T> {
    /// The value.
    pub value: T,
    /// What was found on the way.
    pub diagnostics: Diagnostics,
}
