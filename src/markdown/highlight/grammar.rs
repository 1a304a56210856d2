//! Grammars: what reads a language, as two-face packs it, linked and ready to run.
//!
//! * In: the syntaxes of two-face, each unpacked when it is first met.
//! * Out: contexts, and in each the rules that hold there, in order, each with its pattern.
//! * Refuses to: know how rules are applied.
//!
//! syntect keeps to itself what it reads from such a package. The types here have the shape in which it writes
//! contexts, so that [`syntect::dumps`] can read them; a test reads every grammar.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, OnceLock};

use onig::{Regex, RegexOptions, Syntax};
use serde::Deserialize;
use syntect::parsing::{SyntaxReference, SyntaxSet};

use super::first::{Bytes, first};
use super::scope::{Cleared, Verdict};

/// All languages. Their contexts stay packed.
pub(super) static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// By language: its contexts, once they were asked for.
static UNPACKED: LazyLock<Vec<OnceLock<Option<Packed>>>> =
    LazyLock::new(|| SYNTAXES.syntaxes().iter().map(|_| OnceLock::new()).collect());

/// A context: its language, and its place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
pub(super) struct ContextIx {
    syntax: usize,
    context: usize,
}

/// The contexts of a language, as syntect packs them.
#[derive(Deserialize)]
struct Packed {
    names: HashMap<String, ContextIx>,
    contexts: Vec<Context>,
}

/// What holds while the parser is at one place of the language.
#[derive(Deserialize)]
pub(super) struct Context {
    /// Put on with the text that leads here.
    pub(super) meta_scope: Vec<Verdict>,
    /// Put on behind it.
    pub(super) meta_content_scope: Vec<Verdict>,
    _meta_include_prototype: bool,
    /// What it takes off of the scopes around it.
    pub(super) clear_scopes: Option<Cleared>,
    /// Rules that go before its own.
    pub(super) prototype: Option<ContextIx>,
    /// Whether its patterns refer to what led here.
    pub(super) uses_backrefs: bool,
    patterns: Vec<Pattern>,
    /// Its rules with those that it includes.
    #[serde(skip)]
    rules: OnceLock<Vec<&'static Rule>>,
}

#[derive(Deserialize)]
enum Pattern {
    Match(Rule),
    Include(Reference),
}

/// A pattern, and what follows when it matches.
#[derive(Deserialize)]
pub(super) struct Rule {
    /// Whether the pattern refers to what led into its context.
    pub(super) has_backrefs: bool,
    /// The pattern.
    pub(super) source: String,
    /// What the match is.
    pub(super) scope: Vec<Verdict>,
    /// What its groups are.
    pub(super) captures: Option<Vec<(usize, Vec<Verdict>)>>,
    /// Where it leads.
    pub(super) operation: Operation,
    /// Rules that go before all others as long as its last context stands.
    pub(super) with_prototype: Option<Reference>,
    #[serde(skip)]
    compiled: OnceLock<Compiled>,
}

/// A rule's pattern, ready to be searched for.
pub(super) struct Compiled {
    /// The pattern; none when it cannot be read.
    pub(super) regex: Option<Regex>,
    /// The bytes that every match begins with one of, where that is known.
    pub(super) first: Option<Bytes>,
    /// A number of its own.
    pub(super) number: usize,
    /// Whether it leads to contexts that refer to its groups.
    pub(super) leads_to_backrefs: bool,
}

/// The way to a context. Those without a place lead to languages that are not there.
#[derive(Deserialize)]
#[expect(dead_code, reason = "the shape of the package")]
pub(super) enum Reference {
    Named(String),
    ByScope { scope: String, sub_context: Option<String>, with_escape: bool },
    File { name: String, sub_context: Option<String>, with_escape: bool },
    Inline(String),
    Direct(ContextIx),
}

/// Where a match leads.
#[derive(Deserialize)]
pub(super) enum Operation {
    Push(Vec<Reference>),
    Set(Vec<Reference>),
    Pop,
    None,
}

impl Reference {
    pub(super) fn get(&self) -> Option<ContextIx> {
        match self {
            Self::Direct(context) => Some(*context),
            _ => None,
        }
    }
}

impl ContextIx {
    /// Where texts begin that are in the language at this place of [`SYNTAXES`].
    pub(super) fn start(syntax: usize) -> Option<Self> {
        unpacked(syntax)?.names.get("__start").copied()
    }

    pub(super) fn get(self) -> Option<&'static Context> {
        unpacked(self.syntax)?.contexts.get(self.context)
    }
}

fn unpacked(syntax: usize) -> Option<&'static Packed> {
    UNPACKED.get(syntax)?.get_or_init(|| unpack(SYNTAXES.syntaxes().get(syntax)?)).as_ref()
}

fn unpack(syntax: &SyntaxReference) -> Option<Packed> {
    #[derive(Deserialize)]
    struct Outer {
        serialized_lazy_contexts: Vec<u8>,
    }
    let outer: Outer = serde_json::to_value(syntax).and_then(serde_json::from_value).ok()?;
    syntect::dumps::from_reader(outer.serialized_lazy_contexts.as_slice()).ok()
}

impl Context {
    /// Its rules in order, those of contexts that it includes in their place.
    pub(super) fn rules(&'static self) -> &'static [&'static Rule] {
        self.rules.get_or_init(|| {
            let mut rules = Vec::new();
            self.gather(&mut rules, 0);
            rules
        })
    }

    fn gather(&'static self, rules: &mut Vec<&'static Rule>, depth: usize) {
        // A context that includes itself would go on for ever.
        const DEEPEST: usize = 64;
        for pattern in &self.patterns {
            match pattern {
                Pattern::Match(rule) => rules.push(rule),
                Pattern::Include(other) => {
                    if let Some(other) = other.get().and_then(ContextIx::get).filter(|_| depth < DEEPEST) {
                        other.gather(rules, depth + 1);
                    }
                }
            }
        }
    }
}

impl Rule {
    /// Its pattern, made ready when it is first asked for: of most grammars few rules are ever met.
    pub(super) fn compiled(&self) -> &Compiled {
        static NUMBERS: AtomicUsize = AtomicUsize::new(0);
        self.compiled.get_or_init(|| Compiled {
            regex: compile(&self.source),
            first: first(&self.source),
            number: NUMBERS.fetch_add(1, Ordering::Relaxed),
            leads_to_backrefs: self
                .references()
                .iter()
                .chain(&self.with_prototype)
                .any(|to| to.get().and_then(ContextIx::get).is_some_and(|context| context.uses_backrefs)),
        })
    }

    /// The contexts that it leads to.
    pub(super) fn references(&self) -> &[Reference] {
        match &self.operation {
            Operation::Push(to) | Operation::Set(to) => to,
            Operation::Pop | Operation::None => &[],
        }
    }
}

/// The pattern as syntect reads it.
pub(super) fn compile(source: &str) -> Option<Regex> {
    Regex::with_options(source, RegexOptions::REGEX_OPTION_CAPTURE_GROUP, Syntax::default()).ok()
}
