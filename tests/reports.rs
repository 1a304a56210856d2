//! Bad input and what `check` says of it: one folder a case in `tests/reports/`, whose README tells the
//! format. `expected.txt` was written before the program; `report.txt` is the report as an author sees it,
//! rewritten with `ROADBOOK_BLESS=1`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use roadbook::build::{self, Options};
use roadbook::diagnostic::Diagnostic;
use roadbook::diagnostic::human::{self, Style};
use roadbook::host::folder;
use roadbook::source::{Sources, Span};

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports");
    let entries = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> = entries.filter(|path| path.join("expected.txt").is_file()).collect();
    cases.sort();
    cases
}

fn check(site: &Path) -> (Vec<Diagnostic>, Sources) {
    // Cases with dates are judged on this day.
    let options = Options { judged_on: Some(jiff::civil::date(2026, 11, 21)), ..Options::default() };
    let compiled = build::compile(folder::read(site).unwrap(), &options);
    let report = compiled.report(build::check_pages(&compiled.site));
    (report, compiled.site.sources)
}

/// One expected line and what follows from it.
struct Expected<'a> {
    head: &'a str,
    message: Vec<&'a str>,
    help: Vec<&'a str>,
    related: Vec<&'a str>,
}

fn expected<'a>(text: &'a str) -> Vec<Expected<'a>> {
    let mut list: Vec<Expected> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        if let Some(place) = line.strip_prefix("  related ") {
            list.last_mut().unwrap().related.push(place);
            continue;
        }
        let mut parts = line.trim_end().trim_end_matches(" |").split(" | ").map(str::trim);
        let head = parts.next().unwrap_or("");
        let words = |part: Option<&'a str>| -> Vec<&'a str> {
            part.map_or_else(Vec::new, |text| text.split_whitespace().collect())
        };
        list.push(Expected { head, message: words(parts.next()), help: words(parts.next()), related: Vec::new() });
    }
    list
}

fn place(span: Span, sources: &Sources) -> String {
    let position = sources.position(span);
    format!("{}:{}:{}", sources.get(span.file).path, position.line, position.column)
}

/// What of a case is not as expected; empty when all is well.
fn problems(case: &Path) -> String {
    let text = std::fs::read_to_string(case.join("expected.txt")).unwrap();
    let (report, sources) = check(&case.join("site"));
    let mut expected = expected(&text);
    let mut wrong = String::new();
    for diagnostic in &report {
        let head =
            format!("{} {} {}", diagnostic.code.name(), diagnostic.severity.name(), place(diagnostic.span, &sources));
        let Some(at) = expected
            .iter()
            .position(|wanted| wanted.head == head && missing(wanted, diagnostic).is_empty())
            .or_else(|| expected.iter().position(|wanted| wanted.head == head))
        else {
            writeln!(wrong, "  not expected: {head}: {}", diagnostic.message).unwrap();
            continue;
        };
        let wanted = expected.remove(at);
        for word in missing(&wanted, diagnostic) {
            writeln!(
                wrong,
                "  {head}: `{word}` is missing in: {} / {}",
                diagnostic.message,
                diagnostic.help.as_deref().unwrap_or("")
            )
            .unwrap();
        }
        let related: Vec<String> = diagnostic.related.iter().map(|related| place(related.span, &sources)).collect();
        if related != wanted.related {
            writeln!(wrong, "  {head}: related places are {related:?}, not {:?}", wanted.related).unwrap();
        }
        if diagnostic.help.is_none() {
            writeln!(wrong, "  {head}: no help").unwrap();
        }
    }
    for wanted in expected {
        writeln!(wrong, "  not reported: {}", wanted.head).unwrap();
    }
    wrong.push_str(&style(&report, &sources));
    wrong.push_str(&snapshot(case, &human::print(&report, &sources, Style { colour: false })));
    wrong
}

fn missing<'a>(wanted: &Expected<'a>, diagnostic: &Diagnostic) -> Vec<&'a str> {
    let lacks = |text: &str, words: &[&'a str]| -> Vec<&'a str> {
        words.iter().copied().filter(|word| !text.contains(word)).collect()
    };
    let mut missing = lacks(&diagnostic.message, &wanted.message);
    missing.extend(lacks(diagnostic.help.as_deref().unwrap_or(""), &wanted.help));
    missing
}

/// Rules for every message: one line without a full stop, and no name of a Rust type.
fn style(report: &[Diagnostic], sources: &Sources) -> String {
    let mut wrong = String::new();
    for diagnostic in report {
        let all = format!("{} {} {}", diagnostic.message, diagnostic.label, diagnostic.help.as_deref().unwrap_or(""));
        let rust = [
            "Option<",
            "Vec<",
            "String",
            "&str",
            "u64",
            "i64",
            "f64",
            "usize",
            "struct ",
            "enum ",
            "Spanned",
            "DuplicateKeyPolicy",
        ];
        if let Some(word) = rust.iter().find(|word| all.contains(**word)) {
            writeln!(wrong, "  `{word}` in: {all}").unwrap();
        }
        if diagnostic.message.contains('\n') || diagnostic.message.ends_with('.') {
            writeln!(
                wrong,
                "  {}: not one line without a full stop: {}",
                place(diagnostic.span, sources),
                diagnostic.message
            )
            .unwrap();
        }
    }
    wrong
}

fn snapshot(case: &Path, report: &str) -> String {
    let file = case.join("report.txt");
    if std::env::var_os("ROADBOOK_BLESS").is_some() {
        match report.is_empty() {
            true => drop(std::fs::remove_file(&file)),
            false => std::fs::write(&file, report).unwrap(),
        }
    }
    let known = std::fs::read_to_string(&file).unwrap_or_default();
    if known == report { String::new() } else { format!("  report.txt differs; the report is now:\n{report}") }
}

#[test]
fn every_case_is_reported_as_expected() {
    let cases = cases();
    assert!(cases.len() > 250, "only {} cases found", cases.len());
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let wrong = problems(case);
            (!wrong.is_empty()).then(|| format!("{}\n{wrong}", case.file_name().unwrap().to_string_lossy()))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} cases differ:\n\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn every_code_has_a_case() {
    let all: String = cases().iter().map(|case| std::fs::read_to_string(case.join("expected.txt")).unwrap()).collect();
    for code in roadbook::diagnostic::Code::ALL {
        let seen = all.lines().any(|line| line.starts_with(&format!("{} ", code.name())));
        assert!(seen || code.name() == "dead-external-link", "no case for {}", code.name());
    }
}
