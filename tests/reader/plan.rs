//! The page of a plan says what `roadbook plan` says.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::node::{Browser, browser, node, repository};

/// What is asked of the example site: a roadmap, and options of `roadbook plan`.
const QUESTIONS: [&str; 14] = [
    "twenty-hours-a-week --start 2027-03-01",
    "twenty-hours-a-week --start 2026-10-20 --hours-per-week 7 --known http --known git",
    "six-steps --start 2026-12-24 --hours-per-week 3.5",
    "twenty-hours-a-week --start 2027-03-20 --to caching --known dns --hours-per-week 12",
    "six-steps --start 2028-02-20 --hours-per-week 40",
    "twenty-hours-a-week --start 2027-10-25 --pick pick-language=python --hours-per-week 9",
    "six-steps --start 2026-03-28 --pick pick-language=nodejs --pick pick-relational=mysql",
    "six-steps --start 2026-10-31 --to pick-framework --hours-per-week 0.5",
    "twenty-hours-a-week --start 2026-11-01 --pick pick-non-relational=redis --known sql --hours-per-week 2.25",
    "six-steps --start 2027-03-28 --hours-per-week 168",
    "twenty-hours-a-week --start 2027-09-26 --to pick-relational --to docker --hours-per-week 11",
    "thirteen-stages --start 2026-11-01 --to docker --known dns",
    "nine-steps --start 2027-01-31 --pick pick-language=php",
    "python-path --start 2027-04-04 --known python",
];

fn roadbook(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_roadbook")).args(arguments).stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// How many of them are asked for a calendar too.
const CALENDARS: usize = 5;

/// A question with the program's answers: its plan, and its calendar.
fn asked(root: &str, at: usize, question: &str) -> Value {
    let plan = |format: &str| {
        let options = ["plan"].into_iter().chain(question.split(' ')).chain(["--root", root, "--format", format]);
        roadbook(&options.collect::<Vec<_>>())
    };
    let answer: Value = serde_json::from_str(&plan("json")).unwrap();
    let calendar = (at < CALENDARS).then(|| plan("ics"));
    json!({ "question": question, "answer": answer, "calendar": calendar })
}

#[test]
fn the_page_of_a_plan_holds_in_a_browser() {
    let Some(Browser { node: program, chromium }) = browser() else { return };
    let temp = tempfile::tempdir().unwrap();
    let root = repository().to_str().unwrap();
    let folder = |name: &str| temp.path().join(name).to_str().unwrap().to_owned();
    let [site, small, questions] = ["site", "small", "questions.json"].map(folder);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            roadbook(&[
                "build",
                "--root",
                root,
                "--output",
                &site,
                "--base-url",
                "https://roadbook.example/some/path/",
            ]);
            roadbook(&["build", "--root", &format!("{root}/tests/reader/plan"), "--output", &small]);
        });
        let answers: Vec<Value> =
            QUESTIONS.iter().enumerate().map(|(at, question)| asked(root, at, question)).collect();
        std::fs::write(&questions, json!(answers).to_string()).unwrap();
    });
    let arguments = [chromium.to_str().unwrap(), &site, "/some/path/", &small, &questions].map(Path::new);
    let (held, said) = node(&program, "reader/planner.mjs", &arguments, &[]);
    assert!(held, "{said}");
}
