//! `check --format json` has the form that the documentation fixes.

use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use crate::program::{roadbook, write, write_small_site};

/// The report on a site, for programs.
fn report(site: &Path) -> Value {
    let output = roadbook(site).args(["check", "--format", "json"]).output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("one JSON document")
}

/// The keys of a map, in order.
fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("a map").keys().map(String::as_str).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

/// A file that is there, and a line and a column in it.
fn check_place(site: &Path, value: &Value) {
    let text = std::fs::read_to_string(site.join(value["file"].as_str().unwrap())).unwrap();
    let place = ["line", "column"].map(|key| usize::try_from(value[key].as_u64().unwrap()).unwrap());
    let line = text.lines().nth(place[0] - 1).expect("a line of the file");
    assert!((1..=line.chars().count() + 1).contains(&place[1]), "{value}");
}

fn check_diagnostic(site: &Path, diagnostic: &Value) {
    assert_eq!(
        keys(diagnostic),
        ["code", "severity", "message", "file", "line", "column", "help", "related"],
        "{diagnostic}"
    );
    assert!(!diagnostic["code"].as_str().unwrap().is_empty() && !diagnostic["message"].as_str().unwrap().is_empty());
    assert!(["error", "warning"].contains(&diagnostic["severity"].as_str().unwrap()), "{diagnostic}");
    assert!(diagnostic["help"].is_string() || diagnostic["help"].is_null(), "{diagnostic}");
    check_place(site, diagnostic);
    for related in list(&diagnostic["related"]) {
        assert_eq!(keys(related), ["file", "line", "column", "message"], "{related}");
        check_place(site, related);
    }
}

/// Checks the form of a report, and that it counts what it holds.
fn check_report(site: &Path) -> (Value, usize, usize) {
    let report = report(site);
    assert_eq!(keys(&report), ["diagnostics", "errors", "warnings"]);
    list(&report["diagnostics"]).iter().for_each(|diagnostic| check_diagnostic(site, diagnostic));
    let count = |severity| list(&report["diagnostics"]).iter().filter(|d| d["severity"] == severity).count();
    let (errors, warnings) = (count("error"), count("warning"));
    assert_eq!((&report["errors"], &report["warnings"]), (&errors.into(), &warnings.into()));
    (report, errors, warnings)
}

#[test]
fn the_report_for_programs_has_its_form() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path();
    write_small_site(site);
    let (clean, ..) = check_report(site);
    assert_eq!(clean, serde_json::json!({"diagnostics": [], "errors": 0, "warnings": 0}));
    write(&site.join("content/topics/boiling.md"), "---\ntitle: Umläute\nsumary: ü\n---\n\n[[nowhere]]\n");
    write(&site.join("content/topics/milk.md"), "---\ntitle: Milk\nrequires: [milk]\n---\n\nPour.\n");
    let (broken, errors, warnings) = check_report(site);
    assert!(errors >= 3 && warnings >= 1, "{broken:#}");
    assert!(list(&broken["diagnostics"]).iter().any(|d| !list(&d["related"]).is_empty()), "{broken:#}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_that_cannot_be_written_is_the_machine_s_failure() {
    let folder = tempfile::tempdir().unwrap();
    write_small_site(folder.path());
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let output = roadbook(folder.path()).args(["check", "--format", "json"]).stdout(full).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.starts_with("error: standard output cannot be written"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = tempfile::tempdir().unwrap();
    write_small_site(folder.path());
    let mut command = roadbook(folder.path());
    let mut child =
        command.args(["check", "--format", "json"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}
