//! What an edit costs, in pages rendered and files written, does not depend on how large the site is. The clock is asked
//! for nothing: `build --timings` counts.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Stages of a roadmap, and topics of a stage.
const STAGES: usize = 4;
const TOPICS: usize = 5;

/// A site of roadmaps of twenty topics, each after the one before.
fn site(root: &Path, roads: usize) {
    let put = |path: String, text: String| {
        let file = root.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    };
    put("site.toml".into(), "title = \"Site\"\nbase_url = \"https://example.org/\"\n".into());
    for road in 0..roads {
        put(format!("content/r{road}/_index.md"), format!("---\ntitle: Road {road}\n---\n"));
        for stage in 0..STAGES {
            put(format!("content/r{road}/s{stage}/_index.md"), format!("---\ntitle: Stage {stage}\n---\n"));
            for topic in 0..TOPICS {
                let id = |topic: usize| format!("t{road}-{stage}-{topic}");
                let requires = if topic == 0 { String::new() } else { id(topic - 1) };
                let text = format!("---\ntitle: Topic {}\nrequires: [{requires}]\n---\nWords of it.\n", id(topic));
                put(format!("content/r{road}/s{stage}/{}.md", id(topic)), text);
            }
        }
    }
}

/// How many files of each kind a build made, and its summary.
fn build(root: &Path) -> (BTreeMap<String, usize>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_roadbook"))
        .args(["build", "--timings", "--root"])
        .arg(root)
        .env("XDG_CACHE_HOME", root.parent().unwrap().join("cache"))
        .output()
        .unwrap();
    let text = String::from_utf8(output.stderr).unwrap() + &String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}");
    let rows = text.lines().skip_while(|line| !line.starts_with("template or file")).skip(1);
    let rows = rows.take_while(|line| !line.starts_with("slowest"));
    let kinds = rows.map(|row| {
        // A kind, which may have blanks in it, the time, and how many.
        let cells: Vec<&str> = row.rsplitn(3, "  ").map(str::trim).collect();
        (cells[2].to_owned(), cells[0].parse().unwrap())
    });
    let summary = text.lines().find(|line| line.starts_with("built ")).unwrap().to_owned();
    (kinds.collect(), summary)
}

/// What a build makes after one more word in a topic's text, beside the search index.
fn after_an_edit(roads: usize) -> (BTreeMap<String, usize>, usize) {
    let temp = tempfile::tempdir().unwrap();
    let root = temp.path().join("site");
    site(&root, roads);
    let (all, _) = build(&root);
    assert_eq!(all["topic.html"], roads * STAGES * TOPICS, "the first build makes everything");
    assert_eq!(build(&root).0.len(), 0, "nothing changed, nothing made");
    let topic = root.join("content/r0/s1/t0-1-2.md");
    fs::write(&topic, fs::read_to_string(&topic).unwrap() + "Unheard of.\n").unwrap();
    let search = |root: &Path| fs::read_dir(root.join("public/search")).unwrap().count();
    let (mut made, summary) = build(&root);
    let data = made.remove("data and copies").unwrap_or(0);
    assert!(data < search(&root), "of data, at most the search index is made again: {data}");
    let changed = summary.split('(').nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    (made, changed)
}

#[test]
fn an_edit_costs_the_same_on_a_larger_site() {
    let (small, few) = after_an_edit(3);
    let (large, many) = after_an_edit(24);
    let expected = [("topic.html", 1), ("print.html", 1)].map(|(kind, count)| (kind.to_owned(), count));
    assert_eq!(small, expected.clone().into());
    assert_eq!(large, expected.into());
    // The topic, the print page, the names of the search index and its words: what is written does not grow either.
    assert_eq!((few, many), (few, few), "files written");
    assert!((3..=4).contains(&few), "{few} files written");
}
