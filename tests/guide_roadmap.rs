//! The guide for authors, the roadmap `writing-roadmaps` of the example site, done as it is written: topic by
//! topic in the roadmap's order, all in one folder, every file it shows is written and every command of a
//! `console` block is run, and must answer as the guide says. What comes of it in the end must be a site that
//! can be published, by the workflow files that the guide shows, too.
//!
//! `ROADBOOK_BLESS=1 cargo test --test guide_roadmap` rewrites the answers (read the difference before you keep
//! it). `guide_roadmap/text.rs` says how a topic's text is read.

#[path = "guide_roadmap/author.rs"]
mod author;
#[path = "guide_roadmap/published.rs"]
mod published;
#[path = "guide_roadmap/text.rs"]
mod text;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use roadbook::build::{self, Options};
use roadbook::host::folder;

use crate::author::Author;
use crate::text::{Step, Text};

const GUIDE: &str = "writing-roadmaps";

/// How many commands the guide has at least: fewer, and they are not found.
const COMMANDS: usize = 25;

/// Files of the guide by which a machine publishes the site.
const WORKFLOWS: [&str; 5] = [
    ".github/workflows/pages.yml",
    ".gitlab-ci.yml",
    "netlify.toml",
    ".github/workflows/cloudflare-pages.yml",
    "publish.sh",
];

/// The guide's topics, in the order of the roadmap.
fn topics() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let compiled = build::compile(folder::read(root).expect("the example site can be read"), &Options::default());
    let site = &compiled.site;
    let at = site.roadmaps.roadmaps.iter().position(|roadmap| roadmap.id.as_str() == GUIDE).expect("the guide");
    let roadmap = &site.roadmaps.roadmaps[at];
    let file = |topic| site.sources.get(site.documents[site.roadmaps.topic(topic).document.0].file).path.to_string();
    site.plans[at].order.iter().map(|ix| root.join(file(roadmap.placement(*ix).topic))).collect()
}

/// Does what a topic says; what is not as it says comes back.
fn follow(topic: &Path, author: &mut Author, bless: bool) -> Vec<String> {
    let name = topic.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().display();
    let source = fs::read_to_string(topic).unwrap();
    let mut text = Text::read(&source).unwrap_or_else(|problem| panic!("{name}:{problem}"));
    let mut wrong = Vec::new();
    for step in text.steps() {
        match step {
            Step::File { path, text } => author.write(path, text),
            Step::Command { command, answer, line } => {
                let given = author.run(command).unwrap_or_else(|problem| panic!("{name}:{line}: {problem}"));
                if author::masked(answer) == author::masked(&given) {
                    continue;
                }
                if bless {
                    *answer = given;
                } else {
                    let lines = |sign: char, lines: &[String]| -> String {
                        lines.iter().map(|line| format!("{sign} {line}\n")).collect()
                    };
                    wrong.push(format!("{name}:{line}: $ {command}\n{}{}", lines('-', answer), lines('+', &given)));
                }
            }
        }
    }
    if bless && text.print() != source {
        fs::write(topic, text.print()).unwrap();
    }
    wrong
}

#[test]
fn the_guide_leads_to_a_published_site() {
    let bless = std::env::var_os("ROADBOOK_BLESS").is_some();
    let mut author = Author::new();
    let wrong: Vec<String> = topics().iter().flat_map(|topic| follow(topic, &mut author, bless)).collect();
    assert!(wrong.is_empty(), "the guide and the program differ:\n\n{}", wrong.join("\n"));
    assert!(author.commands() >= COMMANDS, "only {} commands found", author.commands());
    published::holds(&author.folder().join("public"), "https://ada.github.io/my-roadmaps/");
    for workflow in WORKFLOWS {
        let text = fs::read_to_string(author.folder().join(workflow)).unwrap_or_else(|_| panic!("no {workflow}"));
        published::by_workflow(workflow, &text, &mut author);
    }
}

/// A new command stands in the guide too, or its authors would not hear of it.
#[test]
fn the_guide_shows_every_command() {
    let shown: String = topics().iter().map(|topic| fs::read_to_string(topic).unwrap()).collect();
    let help = author::roadbook(Path::new(".")).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names: BTreeSet<&str> = listed.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.contains("build"), "{names:?}");
    let missing: Vec<_> = names.iter().filter(|name| !shown.contains(&format!("roadbook {name}"))).collect();
    assert!(missing.is_empty(), "the guide does not show {missing:?}");
}
