//! Time: a text that is a hundred times as long takes about a hundred times as long, whatever is repeated in it.

use std::time::Duration;

use roadbook::diagnostic::Diagnostics;
use roadbook::document;
use roadbook::document::place::{Found, Layout};
use roadbook::limits::PROBLEMS;
use roadbook::markdown::{Options, RawHtml, outline, to_html};
use roadbook::source::Sources;
use roadbook::{build, config};
use rustix::time::{ClockId, Timespec, clock_gettime};

use super::markdown::leads;
use super::{packed, reports};

/// The length of a repeated text, in bytes, and what reading it once may take. What takes time in the square of the
/// length takes seconds.
const LENGTH: usize = if cfg!(debug_assertions) { 8 << 10 } else { 32 << 10 };
const MOST: Duration = Duration::from_millis(if cfg!(debug_assertions) { 1_500 } else { 400 });

/// No longer text is repeated: what a parser stumbles over is short.
const LONGEST: usize = 96;

/// A line `+++` divides what stands once before, what is repeated, and what stands once behind.
pub fn check(text: &str) {
    let parts: Vec<&str> = text.split("+++").collect();
    let (head, unit, tail) = match parts.as_slice() {
        [unit] => ("", *unit, ""),
        [head, unit] => (*head, *unit, ""),
        [head, unit, tail, ..] => (*head, *unit, *tail),
        [] => return,
    };
    if unit.is_empty() || text.len() > LONGEST {
        return;
    }
    let long = format!("{head}{}{tail}", unit.repeat(LENGTH / unit.len()));
    for raw_html in [RawHtml::Keep, RawHtml::Escape, RawHtml::Sanitize] {
        let options = Options { raw_html, highlight: true, ..Options::default() };
        within("to_html", text, || drop(to_html(&long, &options, &leads)));
        within("outline", text, || drop(outline(&long, &options)));
    }
    within("front matter", text, || front_matter(&format!("---\n{long}\n---\n")));
    within("site.toml", text, || settings(&long));
}

fn front_matter(text: &str) {
    const PATH: &str = "topics/a.md";
    let Found::Document(place) = Layout::new([PATH]).find(PATH) else { return };
    let mut sources = Sources::default();
    let file = sources.add(PATH, text);
    let outline = |body: &str| roadbook::markdown::outline(body, &Options::default());
    document::read(file, sources.get(file), place, outline, &mut Diagnostics::default());
}

fn settings(text: &str) {
    let mut sources = Sources::default();
    let file = sources.add("site.toml", text);
    config::read(file, sources.get(file), &mut Diagnostics::default());
}

/// Mistakes of which a text holds thousands; each is looked into and reported.
pub const MISTAKES: [&str; 6] = [
    "[x](javascript:1) ",
    "[[unknown]] ",
    "[x](#unknown) ",
    "[x](unknown.md) ",
    "$\\nosuch$ ",
    "# h\n\n[x](#unknown)\n\n",
];

/// A report takes time in the number of mistakes, not in the length of the file as well.
pub fn many_mistakes(mistake: &str) {
    let body = mistake.repeat((128 << 10) / mistake.len());
    let text = format!("=== site.toml\ntitle = \"S\"\n=== content/topics/a.md\n---\ntitle: a\n---\n{body}");
    let site = packed::folder(&packed::states(&text)[0]);
    let compiled = build::compile(site, &build::Options::default());
    let report = compiled.report(Diagnostics::default());
    // More are counted and not shown.
    assert!(report.len() >= PROBLEMS, "{} reports of {mistake:?}", report.len());
    within("the report", mistake, || reports::check(&report, &compiled.site.sources));
}

/// The time of this thread alone counts: others share the machine.
fn within(what: &str, text: &str, run: impl FnOnce()) {
    let start = now();
    run();
    let taken = now().saturating_sub(start);
    assert!(taken < MOST, "{what} takes {taken:?} for a long {text:?}");
}

fn now() -> Duration {
    let Timespec { tv_sec, tv_nsec } = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(tv_sec.cast_unsigned(), u32::try_from(tv_nsec).unwrap_or(0))
}
