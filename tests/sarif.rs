//! The report as SARIF against the official schema of OASIS (`tests/schemas`), for every case of `tests/reports`, and what a
//! reader of SARIF makes of it: places that mark what they should, and changes that mend.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use roadbook::build::{self, Options};
use roadbook::diagnostic::{Code, Diagnostic, fix, sarif};
use roadbook::host::folder;
use roadbook::source::Sources;
use serde_json::Value;

fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A case of `tests/reports`, its report, and that as SARIF.
struct Case {
    name: String,
    report: Vec<Diagnostic>,
    sources: Sources,
    log: Value,
}

static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let entries = fs::read_dir(at("tests/reports")).unwrap().map(|entry| entry.unwrap().path().join("site"));
    entries.filter(|site| site.is_dir()).map(|site| case(&site)).collect()
});

fn case(site: &Path) -> Case {
    let options = Options { judged_on: Some(jiff::civil::date(2026, 11, 21)), ..Options::default() };
    let compiled = build::compile(folder::read(site).unwrap(), &options);
    let report = compiled.report(build::check_pages(&compiled.site));
    let log = serde_json::from_str(&sarif::print(&report, &compiled.site.sources, "")).unwrap();
    Case { name: site.display().to_string(), report, sources: compiled.site.sources, log }
}

fn results(log: &Value) -> &Vec<Value> {
    log["runs"][0]["results"].as_array().unwrap()
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
    let text = fs::read_to_string(at("tests/schemas/sarif-2.1.0.json")).unwrap();
    // The pattern of `language`, which roadbook does not write, has a bracket that only lenient readers take.
    let text = text.replace("-[a-zA-Z]{2}]?$", "-[a-zA-Z]{2}$");
    let validator = jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap();
    for case in &*CASES {
        let wrong: Vec<String> = validator.iter_errors(&case.log).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{}: {wrong:?}", case.name);
    }
    let count: usize = CASES.iter().map(|case| results(&case.log).len()).sum();
    assert!(count > 300, "only {count} results");
    let mut broken = CASES[0].log.clone();
    broken["runs"][0]["columnKind"] = "bytes".into();
    assert!(!validator.is_valid(&broken), "the schema is not looked at");
}

#[test]
fn a_place_is_that_of_the_diagnostic_and_a_rule_its_code() {
    for Case { name, report, sources, log } in &*CASES {
        let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
        let codes: BTreeSet<Code> = report.iter().map(|diagnostic| diagnostic.code).collect();
        assert_eq!(rules.len(), codes.len(), "{name}");
        for (diagnostic, result) in report.iter().zip(results(log)) {
            let source = sources.get(diagnostic.span.file);
            let marked = cut(&source.text, &result["locations"][0]["physicalLocation"]["region"]);
            let text = source.text.get(diagnostic.span.range()).unwrap_or("");
            let bare = |text: &str| text.trim_start_matches('\u{feff}').to_owned();
            assert_eq!(bare(marked), bare(text), "{name}: {}", diagnostic.message);
            let rule = result["ruleIndex"].as_u64().unwrap() as usize;
            assert_eq!(rules[rule]["id"], diagnostic.code.name());
        }
    }
}

#[test]
fn a_change_is_the_one_that_fix_makes() {
    let mut changes = 0;
    for Case { name, report, sources, log } in &*CASES {
        for (diagnostic, result) in report.iter().zip(results(log)) {
            let Some(edit) = diagnostic.fix.as_ref().and_then(|one| fix::edit(one, sources)) else {
                assert!(result["fixes"].is_null(), "{name}");
                continue;
            };
            let change = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
            let text = &sources.get(edit.span.file).text;
            assert_eq!(cut(text, &change["deletedRegion"]), &text[edit.span.range()], "{name}");
            assert_eq!(change["insertedContent"]["text"], edit.text, "{name}");
            changes += 1;
        }
    }
    assert!(changes > 20, "only {changes} changes");
}
