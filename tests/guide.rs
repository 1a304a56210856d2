//! The documentation against the program: every example of the guide and the README builds without a warning,
//! every key, code and option that the program knows is documented, and every link in them leads somewhere.
//!
//! HTML comments, which readers do not see, tell what an example is:
//!
//! | comment | means |
//! | --- | --- |
//! | `<!-- site: NAME -->` | a new small site begins |
//! | `<!-- file: PATH -->` | the next fence is that file of the site |
//! | `<!-- stub: PATH PATH … -->` | files that the site needs and readers need not see |
//! | `<!-- effort: ROADMAP/STAGE MIN-MAX unknown N -->` | what the stage must come to, in hours; `MIN+` is open |
//! | `<!-- unchecked -->` | the next fence is no file of a site |
//!
//! A file of a site may be shown in part: YAML alone is front matter, and a missing `title` is added.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use roadbook::diagnostic::{Code, CodeDefault};
use roadbook::markdown::{LinkKind, Options, outline};
use serde_json::Value;
use tempfile::TempDir;

const GUIDE: &str = "docs/content-guide.md";
const README: &str = "README.md";

/// What the program calls a map of keys, and the heading of the section that documents it.
const SECTIONS: &[(&str, &str)] = &[
    ("site.toml", "site.toml"),
    ("[build]", "[build]"),
    ("[markdown]", "[markdown]"),
    ("[search]", "[search] and [links]"),
    ("[feed]", "[feed]"),
    ("[links]", "[search] and [links]"),
    ("a topic", "Topic front matter"),
    ("a prerequisite", "Prerequisites"),
    ("a resource", "Resources"),
    ("a project", "Projects"),
    ("a stage", "Stage front matter"),
    ("a placement", "Placements"),
    ("a choice", "Choices"),
    ("a choice of projects", "Projects of a stage or a roadmap"),
    ("a roadmap", "Roadmap front matter"),
    ("an entry of `faq`", "Questions and answers"),
    ("a page", "Pages and the home page"),
];

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn roadbook(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_roadbook")).args(arguments).output().expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A small site that a document shows.
#[derive(Default)]
struct Example {
    /// The document and the line where the site begins.
    place: String,
    files: BTreeMap<String, String>,
    /// The files that readers see, and whether the line above names each.
    shown: Vec<(String, bool)>,
    /// Stage, expected hours, expected count of unknown efforts.
    efforts: Vec<(String, String, u64)>,
}

/// A fence of a document.
struct Fence {
    language: String,
    body: String,
    /// The line behind it.
    end: usize,
}

fn fence(lines: &[&str], start: usize) -> Option<Fence> {
    let first = lines.get(start)?;
    let mark: String = first.chars().take_while(|c| *c == '`').collect();
    if mark.len() < 3 {
        return None;
    }
    let length = lines[start + 1..].iter().position(|line| line.trim_end() == mark)?;
    let body = lines[start + 1..start + 1 + length].iter().flat_map(|line| [*line, "\n"]).collect();
    Some(Fence { language: first[mark.len()..].to_owned(), body, end: start + length + 2 })
}

/// A whole file, of which the document may show a part.
fn completed(path: &str, fence: &Fence) -> String {
    let body = &fence.body;
    if path == "site.toml" {
        let titled = body.lines().any(|line| line.starts_with("title ="));
        return if titled { body.clone() } else { format!("title = \"Example\"\n{body}") };
    }
    if !path.ends_with(".md") {
        return body.clone();
    }
    match fence.language.as_str() {
        "yaml" if body.lines().any(|line| line.starts_with("title:")) => format!("---\n{body}---\n"),
        "yaml" => format!("---\ntitle: Example\n{body}---\n"),
        _ if body.starts_with("---\n") => body.clone(),
        _ => format!("---\ntitle: Example\n---\n\n{body}"),
    }
}

fn stub(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let name = if name.ends_with("index.md") { folder.rsplit('/').next().unwrap_or("") } else { name };
    if path.ends_with(".md") {
        format!("---\ntitle: {}\nsummary: A stub.\n---\n", name.trim_end_matches(".md"))
    } else {
        "stub".into()
    }
}

fn examples(document: &str) -> Vec<Example> {
    let source = read(document);
    let lines: Vec<&str> = source.lines().collect();
    let mut examples: Vec<Example> = Vec::new();
    let mut marked = None;
    let mut caption = "";
    let mut at = 0;
    while at < lines.len() {
        let place = format!("{document}:{}", at + 1);
        if let Some(comment) = lines[at].strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->")) {
            let (word, rest) = comment.split_once(": ").unwrap_or((comment, ""));
            let last = examples.last_mut();
            match word {
                "site" => examples.push(Example { place: format!("{place} ({rest})"), ..Example::default() }),
                "stub" => {
                    let stubs = rest.split_whitespace().map(|path| (path.to_owned(), stub(path)));
                    last.unwrap_or_else(|| panic!("{place}: no site")).files.extend(stubs);
                }
                "effort" => {
                    let parts: Vec<&str> = rest.split_whitespace().collect();
                    let [stage, hours, "unknown", unknown] = parts[..] else { panic!("{place}: {rest}") };
                    let expected = (stage.to_owned(), hours.to_owned(), unknown.parse().unwrap());
                    last.unwrap_or_else(|| panic!("{place}: no site")).efforts.push(expected);
                }
                "file" | "unchecked" => marked = Some((word, rest)),
                _ => panic!("{place}: `{word}` is not a mark of this test"),
            }
            at += 1;
            continue;
        }
        let Some(fence) = fence(&lines, at) else {
            assert!(marked.is_none() || lines[at].is_empty(), "{place}: no fence follows the mark");
            caption = if lines[at].is_empty() { caption } else { lines[at] };
            at += 1;
            continue;
        };
        match marked.take() {
            Some(("file", path)) => {
                let example = examples.last_mut().unwrap_or_else(|| panic!("{place}: no site"));
                let before = example.files.insert(path.to_owned(), completed(path, &fence));
                assert!(before.is_none(), "{place}: `{path}` is in this site twice");
                example.shown.push((path.to_owned(), caption == format!("`{path}`:")));
            }
            Some(_) => {}
            None => {
                let input = ["yaml", "toml", "markdown", "html"].contains(&fence.language.as_str());
                assert!(!input, "{place}: mark this example with `<!-- file: … -->` or `<!-- unchecked -->`");
            }
        }
        at = fence.end;
    }
    examples
}

fn write(example: &Example) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut files = example.files.clone();
    files.entry("site.toml".into()).or_insert_with(|| "title = \"Example\"\n".into());
    for (path, text) in &files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// What a stage comes to in the data of a built site: hours, and how many topics are unknown.
fn stage_effort(public: &Path, stage: &str) -> (String, u64) {
    let (roadmap, stage) = stage.split_once('/').unwrap();
    let data: Value =
        serde_json::from_str(&fs::read_to_string(public.join(roadmap).join("roadmap.json")).unwrap()).unwrap();
    let stages = data["stages"].as_array().unwrap();
    let effort = &stages.iter().find(|entry| entry["id"] == stage).expect("there is such a stage")["effort"];
    let hours = match &effort["hours"][1] {
        Value::Null => format!("{}+", effort["hours"][0]),
        most => format!("{}-{most}", effort["hours"][0]),
    };
    (hours, effort["unknown"].as_u64().unwrap())
}

fn check_examples(document: &str, least: usize) {
    let examples = examples(document);
    let files: usize = examples.iter().map(|example| example.files.len()).sum();
    assert!(files >= least, "only {files} files found in {document}");
    let mut wrong = String::new();
    for example in &examples {
        let unnamed = example.shown.iter().find(|(_, named)| !named && example.shown.len() > 1);
        if let Some((path, _)) = unnamed {
            wrong.push_str(&format!("{}: say which file it is above the example: `{path}`:\n", example.place));
        }
        let folder = write(example);
        let root = folder.path().to_str().unwrap();
        let check = roadbook(&["check", "--deny-warnings", "--color", "never", "--root", root]);
        if !check.status.success() {
            wrong.push_str(&format!("{}:\n{}\n", example.place, text(&check.stderr)));
            continue;
        }
        let public = folder.path().join("public");
        let build = roadbook(&["build", "--quiet", "--color", "never", "--root", root]);
        if !build.status.success() {
            wrong.push_str(&format!("{}:\n{}\n", example.place, text(&build.stderr)));
            continue;
        }
        for (stage, hours, unknown) in &example.efforts {
            let found = stage_effort(&public, stage);
            if found != (hours.clone(), *unknown) {
                wrong.push_str(&format!(
                    "{}: {stage} is {found:?}, not {hours:?} with {unknown} unknown\n",
                    example.place
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_example_of_the_guide_builds_without_a_warning() {
    check_examples(GUIDE, 100);
}

#[test]
fn the_example_of_the_readme_builds_without_a_warning() {
    check_examples(README, 1);
}

/// A site with an unknown key in every map of every kind of file.
fn site_of_unknown_keys() -> TempDir {
    let projects = "projects: {zzz: 1, of: [{title: x, zzz: 1}]}";
    let files = [
        (
            "site.toml",
            "title = \"x\"\nzzz = 1\n[build]\nzzz = 1\n[markdown]\nzzz = 1\n[search]\nzzz = 1\n[feed]\nzzz = 1\n[links]\nzzz = 1\n".into(),
        ),
        ("content/_index.md", "zzz: 1".into()),
        ("content/about.md", "title: x\nzzz: 1".into()),
        ("content/web/_index.md", format!("title: x\nzzz: 1\n{projects}\nfaq: [{{question: x, answer: x, zzz: 1}}]")),
        (
            "content/web/01-basics/_index.md",
            format!("title: x\nzzz: 1\n{projects}\ntopics: [{{topic: http, zzz: 1}}]\nchoices: [{{id: x, of: [tls], zzz: 1}}]"),
        ),
        (
            "content/web/01-basics/http.md",
            "title: x\nzzz: 1\nrequires: [{topic: tls, zzz: 1}]\nresources: [{title: x, zzz: 1}]\nprojects: [{title: x, zzz: 1}]".into(),
        ),
        ("content/topics/tls.md", "title: x".into()),
    ];
    let files = files.map(|(path, text): (&str, String)| {
        (path.to_owned(), if path.ends_with(".md") { format!("---\n{text}\n---\n") } else { text })
    });
    write(&Example { files: files.into(), ..Example::default() })
}

/// All keys that the program says it knows, by what it calls their map.
fn known_keys() -> BTreeMap<String, BTreeSet<String>> {
    let folder = site_of_unknown_keys();
    let check = roadbook(&["check", "--format", "json", "--root", folder.path().to_str().unwrap()]);
    let report: Value = serde_json::from_slice(&check.stdout).expect("a report as JSON");
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for diagnostic in report["diagnostics"].as_array().unwrap() {
        let message = diagnostic["message"].as_str().unwrap();
        let Some(what) = message.strip_suffix(" has no key `zzz`") else { continue };
        let help = diagnostic["help"].as_str().unwrap();
        let keys = help.strip_prefix("known keys: ").unwrap_or_else(|| panic!("{message}: {help}"));
        let keys = keys.split(", ").map(|key| key.trim_matches('`').to_owned());
        known.entry(what.to_owned()).or_default().extend(keys);
    }
    known
}

/// The lines of a section: from its heading to the next of the same or a higher level.
fn section<'a>(guide: &'a str, heading: &str) -> Vec<&'a str> {
    let level = |line: &str| line.chars().take_while(|c| *c == '#').count();
    let title = |line: &str| line.trim_start_matches('#').trim().replace('`', "");
    let mut lines = guide.lines().skip_while(|line| level(line) == 0 || title(line) != heading);
    let first = lines.next().unwrap_or_else(|| panic!("the guide has no heading `{heading}`"));
    let mut fenced = false;
    let inside = lines.take_while(|line| {
        fenced ^= line.starts_with("```");
        fenced || level(line) == 0 || level(line) > level(first)
    });
    inside.collect()
}

#[test]
fn every_key_is_in_its_table_in_an_example_and_in_the_index() {
    let guide = read(GUIDE);
    let known = known_keys();
    let index = section(&guide, "Index of keys").join("\n");
    let documented: BTreeSet<&str> = SECTIONS.iter().map(|(what, _)| *what).collect();
    assert_eq!(known.keys().map(String::as_str).collect::<BTreeSet<_>>(), documented, "the kinds of maps");
    let mut missing = Vec::new();
    for (what, heading) in SECTIONS {
        let lines = section(&guide, heading);
        let all = lines.join("\n");
        for key in &known[*what] {
            if !lines.iter().any(|line| line.starts_with(&format!("| `{key}` |"))) {
                missing.push(format!("`{key}` in the table of `{heading}`"));
            }
            let is_table = what == &"site.toml" && all.contains(&format!("[{key}]"));
            if !is_table
                && ![format!("{key}: "), format!("{key}:\n"), format!("{key} = ")]
                    .iter()
                    .any(|text| all.contains(text.as_str()))
            {
                missing.push(format!("`{key}` in an example of `{heading}`"));
            }
            if !index.contains(&format!("`{key}`")) {
                missing.push(format!("`{key}` in the index of keys"));
            }
        }
    }
    assert!(missing.is_empty(), "not documented:\n{}", missing.join("\n"));
}

#[test]
fn every_code_is_documented_with_its_default() {
    let guide = read(GUIDE);
    let table = section(&guide, "All codes");
    for code in Code::ALL {
        let default = match code.default() {
            CodeDefault::Error => "error",
            CodeDefault::Deny => "deny",
            CodeDefault::Warn => "warn",
            CodeDefault::Allow => "allow",
        };
        let row = format!("| `{}` | {default} |", code.name());
        assert!(table.iter().any(|line| line.starts_with(&row)), "no row begins with: {row}");
    }
}

/// What the program can be asked for: `build`, `theme list`.
fn commands(above: &[&str]) -> Vec<String> {
    let help = text(&roadbook(&[above, &["--help"]].concat()).stdout);
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = listed.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
    let below = |name| {
        let below = commands(&[above, &[name]].concat());
        if below.is_empty() { vec![[above, &[name]].concat().join(" ")] } else { below }
    };
    names.flat_map(below).collect()
}

#[test]
fn every_command_and_option_is_documented() {
    let guide = read(GUIDE);
    let all = section(&guide, "Commands").join("\n");
    let commands = commands(&[]);
    assert!(["build", "theme list"].iter().all(|name| commands.iter().any(|known| known == name)), "{commands:?}");
    for command in commands {
        assert!(all.contains(&format!("`roadbook {command}")), "the command `{command}` is not documented");
        let help = text(&roadbook(&[command.split(' ').collect(), vec!["--help"]].concat()).stdout);
        let words = help.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
        for option in words.filter(|word| word.len() > 3 && word.starts_with("--")) {
            let known = all.contains(&format!("`{option}`")) || all.contains(&format!("`{option} "));
            assert!(known, "the option `{option}` of `{command}` is not documented");
        }
    }
}

#[test]
fn every_link_leads_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for document in [GUIDE, README, "CONTRIBUTING.md", "docs/diagnostics.md", "themes/plain/README.md"] {
        let here = outline(&read(document), &Options::default());
        assert!(here.problems.is_empty(), "{document}: {:?}", here.problems);
        for link in here.links.iter().filter(|link| link.kind != LinkKind::Wiki && !link.destination.contains("://")) {
            let (path, anchor) = link.destination.split_once('#').unwrap_or((&link.destination, ""));
            let target = root.join(document).parent().unwrap().join(path);
            assert!(path.is_empty() || target.exists(), "{document}: no file `{path}`");
            let there = if path.is_empty() { read(document) } else { fs::read_to_string(target).unwrap_or_default() };
            let anchors = outline(&there, &Options::default()).anchors;
            assert!(
                anchor.is_empty() || anchors.iter().any(|known| known == anchor),
                "{document}: no anchor `#{anchor}`"
            );
        }
    }
}
