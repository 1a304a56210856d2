//! The kinds of problems and what each is by default.

use super::Severity;

/// What a code does unless `[lints]` or `allow:` say otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Default {
    /// An error that cannot be turned off.
    Error,
    /// A lint that is an error unless turned down.
    Deny,
    /// A lint that warns.
    Warn,
    /// A lint that is silent unless asked for.
    Allow,
}

impl Default {
    /// The word of the documentation.
    pub fn name(self) -> &'static str {
        match self {
            Default::Error => "error",
            Default::Deny => "deny",
            Default::Warn => "warn",
            Default::Allow => "allow",
        }
    }

    /// The severity of a report at this level. Silent lints are dropped before it matters.
    pub fn severity(self) -> Severity {
        match self {
            Default::Error | Default::Deny => Severity::Error,
            Default::Warn | Default::Allow => Severity::Warning,
        }
    }
}

macro_rules! codes {
    ($($variant:ident $name:literal $default:ident $summary:literal)*) => {
        /// The kind of a problem. Names and defaults are public surface: they never change meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $summary] $variant,)* }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &[Code] = &[$(Code::$variant,)*];

            /// The name that authors read and write.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// What it is by default.
            pub fn default(self) -> Default {
                match self { $(Code::$variant => Default::$default,)* }
            }

            /// One line on what it means.
            pub fn summary(self) -> &'static str {
                match self { $(Code::$variant => $summary,)* }
            }

            /// What it means, a smallest example of it and the cure, as Markdown. The example and the cure are files of a
            /// site, each below its path; `tests/explain.rs` builds them.
            pub fn explanation(self) -> &'static str {
                match self { $(Code::$variant => include_str!(concat!("explain/", $name, ".md")),)* }
            }
        }
    };
}

codes! {
    Syntax "syntax" Error "YAML, TOML, a Markdown link or an effort that cannot be read"
    UnknownKey "unknown-key" Error "a key that nothing reads"
    MissingKey "missing-key" Error "a required key is absent"
    WrongType "wrong-type" Error "a value of the wrong kind"
    DuplicateId "duplicate-id" Error "two things share one id"
    ReservedId "reserved-id" Error "an id that the site needs for a page of its own"
    BadId "bad-id" Error "an id with other characters than lower-case letters, digits and `-`"
    UrlConflict "url-conflict" Error "two pages, aliases or static files want one URL"
    OutsideSite "outside-site" Error "a file, link or template that leads out of the site"
    UnsafeLink "unsafe-link" Warn "a link with an active scheme"
    UnknownTopic "unknown-topic" Error "an id that no file has"
    Cycle "cycle" Error "topics that require each other in a circle"
    BrokenLink "broken-link" Error "a link or anchor inside the site that leads nowhere"
    LatePrerequisite "late-prerequisite" Deny "required by a topic of an earlier stage"
    OutsidePrerequisite "outside-prerequisite" Allow "required, but not in this roadmap"
    UnusedTopic "unused-topic" Warn "a topic in no roadmap"
    RedundantPrerequisite "redundant-prerequisite" Allow "already implied by another prerequisite"
    EffortMismatch "effort-mismatch" Warn "a stated total outside the sum of its parts"
    MissingEffort "missing-effort" Allow "a topic without effort"
    MissingSummary "missing-summary" Allow "a page without summary"
    MissingResources "missing-resources" Allow "a topic without resources"
    EmptyTopic "empty-topic" Allow "a topic without text"
    LinkByPath "link-by-path" Allow "a link to a topic by its path, where `[[id]]` would do"
    SimilarTitle "similar-title" Allow "two topics with nearly the same title"
    IsolatedTopic "isolated-topic" Allow "a topic that nothing leads to and that leads nowhere"
    ChainWithoutEffort "chain-without-effort" Allow "a chain of prerequisites of which none has an effort"
    HeavyStage "heavy-stage" Allow "a stage far heavier than its neighbours"
    DuplicateResource "duplicate-resource" Warn "a resource that a topic lists twice"
    SkippedHeading "skipped-heading" Warn "a heading that skips a level"
    ImageWithoutText "image-without-text" Warn "a picture without a text in its place"
    StaleUpdated "stale-updated" Allow "an `updated` of long ago, or in the future"
    UnusedAllow "unused-allow" Warn "an `allow` or `late` that silences nothing"
    Template "template" Error "a template that cannot be read or run"
    DeadExternalLink "dead-external-link" Warn "a web link that does not answer"
}

impl Code {
    /// The code with this name.
    pub fn from_name(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.name() == name)
    }

    /// Whether `[lints]` and `allow:` may change it.
    pub fn is_lint(self) -> bool {
        self.default() != Default::Error
    }
}
