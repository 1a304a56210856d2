//! The command line from end to end: transcripts in `cli/*.txt` (their README tells the format), the report
//! for programs, and builds that must be alike or must not be seen half done.

#[path = "cli/builds.rs"]
mod builds;
#[path = "cli/json.rs"]
mod json;
#[path = "cli/pattern.rs"]
mod pattern;
#[path = "cli/program.rs"]
mod program;
#[path = "cli/scene.rs"]
mod scene;
#[path = "cli/transcript.rs"]
mod transcript;
#[path = "cli/tree.rs"]
mod tree;

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use crate::scene::Scene;
use crate::transcript::{Step, Transcript};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|ending| ending == "txt")).collect();
    cases.sort();
    cases
}

/// Plays a case; what is not as expected comes back, or becomes what is expected.
fn play(case: &Path, bless: bool) -> String {
    let text = fs::read_to_string(case).unwrap();
    let mut transcript = Transcript::parse(&text);
    let mut scene = Scene::new();
    let mut wrong = String::new();
    for step in transcript.steps() {
        let answer = scene.play(step);
        if pattern::all_fit(&step.answer, &answer) {
            continue;
        }
        if bless {
            step.answer = pattern::expect(&step.answer, &answer);
        } else {
            wrong.push_str(&difference(step, &answer));
        }
    }
    if bless && transcript.print() != text {
        fs::write(case, transcript.print()).unwrap();
    }
    wrong
}

fn difference(step: &Step, answer: &[String]) -> String {
    let mut text = format!("$ {}\n", step.command);
    for (at, line) in answer.iter().enumerate() {
        match step.answer.get(at) {
            Some(expected) if pattern::fits(expected, line) => writeln!(text, "  {line}").unwrap(),
            Some(expected) => writeln!(text, "- {expected}\n+ {line}").unwrap(),
            None => writeln!(text, "+ {line}").unwrap(),
        }
    }
    step.answer.iter().skip(answer.len()).for_each(|expected| writeln!(text, "- {expected}").unwrap());
    text
}

#[test]
fn transcripts_are_as_expected() {
    let cases = cases();
    assert!(cases.len() >= 19, "only {} cases found", cases.len());
    let bless = std::env::var_os("ROADBOOK_BLESS").is_some();
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let wrong = play(case, bless);
            (!wrong.is_empty()).then(|| format!("{}\n{wrong}", case.file_name().unwrap().to_string_lossy()))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} transcripts differ:\n\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}
