//! The report as SARIF against the official schema of OASIS (`tests/schemas`), for every case of `tests/reports`, and what a
//! reader of SARIF makes of it: places that mark what they should, and changes that mend.

use std::fs;
use std::path::{Path, PathBuf};

use roadbook::build::{self, Options};
use roadbook::diagnostic::{Code, Diagnostic, fix, sarif};
use roadbook::host::folder;
use roadbook::source::Sources;
use serde_json::Value;

fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn report(site: &Path) -> (Vec<Diagnostic>, Sources) {
    let options = Options { judged_on: Some(jiff::civil::date(2026, 11, 21)), ..Options::default() };
    let compiled = build::compile(folder::read(site).unwrap(), &options);
    let report = compiled.report(build::check_pages(&compiled.site));
    (report, compiled.site.sources)
}

fn sites() -> Vec<PathBuf> {
    let entries = fs::read_dir(at("tests/reports")).unwrap().map(|entry| entry.unwrap().path().join("site"));
    entries.filter(|site| site.is_dir()).collect()
}

fn log(site: &Path) -> Value {
    let (report, sources) = report(site);
    serde_json::from_str(&sarif::print(&report, &sources)).unwrap()
}

/// The bytes of a region whose columns count characters.
fn cut<'t>(text: &'t str, region: &Value) -> &'t str {
    let number = |key: &str| region[key].as_u64().unwrap() as usize;
    let offset = |line: usize, column: usize| {
        let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
        let line = text[start..].trim_start_matches('\u{feff}');
        let start = text.len() - line.len();
        start + line.chars().take(column - 1).map(char::len_utf8).sum::<usize>()
    };
    &text[offset(number("startLine"), number("startColumn"))..offset(number("endLine"), number("endColumn"))]
}

#[test]
fn every_report_keeps_the_official_schema() {
    let schema: Value =
        serde_json::from_str(&fs::read_to_string(at("tests/schemas/sarif-2.1.0.json")).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut results = 0;
    for site in sites() {
        let log = log(&site);
        let wrong: Vec<String> = validator.iter_errors(&log).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{}: {wrong:?}", site.display());
        results += log["runs"][0]["results"].as_array().unwrap().len();
    }
    assert!(results > 300, "only {results} results");
    let mut broken = log(&sites()[0]);
    broken["runs"][0]["columnKind"] = "bytes".into();
    assert!(!validator.is_valid(&broken), "the schema is not looked at");
}

#[test]
fn a_place_is_that_of_the_diagnostic_and_a_rule_its_code() {
    for site in sites() {
        let (report, sources) = report(&site);
        let log: Value = serde_json::from_str(&sarif::print(&report, &sources)).unwrap();
        let run = &log["runs"][0];
        for (diagnostic, result) in report.iter().zip(run["results"].as_array().unwrap()) {
            let source = sources.get(diagnostic.span.file);
            let marked = cut(&source.text, &result["locations"][0]["physicalLocation"]["region"]);
            let text = source.text.get(diagnostic.span.range()).unwrap_or("").trim_start_matches('\u{feff}');
            assert_eq!(marked.trim_start_matches('\u{feff}'), text, "{}: {}", site.display(), diagnostic.message);
            let rule = result["ruleIndex"].as_u64().unwrap() as usize;
            assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], diagnostic.code.name());
            assert_eq!(
                result["fixes"].is_array(),
                diagnostic.fix.as_ref().is_some_and(|one| fix::edit(one, &sources).is_some())
            );
        }
    }
    assert_eq!(log(&sites()[0])["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap().len(), Code::ALL.len());
}

#[test]
fn a_change_is_the_one_that_fix_makes() {
    let mut changes = 0;
    for site in sites() {
        let (report, sources) = report(&site);
        let log: Value = serde_json::from_str(&sarif::print(&report, &sources)).unwrap();
        for (diagnostic, result) in report.iter().zip(log["runs"][0]["results"].as_array().unwrap()) {
            let Some(edit) = diagnostic.fix.as_ref().and_then(|one| fix::edit(one, &sources)) else { continue };
            let change = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
            let text = &sources.get(edit.span.file).text;
            assert_eq!(cut(text, &change["deletedRegion"]), &text[edit.span.range()]);
            assert_eq!(change["insertedContent"]["text"], edit.text);
            changes += 1;
        }
    }
    assert!(changes > 20, "only {changes} changes");
}
