//! The schemas for editors against an independent validator: they let through whatever `check` lets through, in
//! all sites of this repository, and find what it finds wrong with the keys of one file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use roadbook::build::{self, Options};
use roadbook::diagnostic::{Code, Diagnostic};
use roadbook::document::place::Kind;
use roadbook::host::folder;
use roadbook::schema::{self, File};
use roadbook::site::Site;
use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What the command calls each kind of file.
const KINDS: [(&str, File); 5] = [
    ("topic", File::Topic),
    ("stage", File::Stage),
    ("roadmap", File::Roadmap),
    ("page", File::Page),
    ("site", File::Site),
];

/// The schema of each kind of file, and that of any front matter.
struct Judges {
    of: BTreeMap<&'static str, Validator>,
    any: Validator,
}

impl Judges {
    fn new() -> Judges {
        let validator = |schema: Value| {
            assert!(jsonschema::meta::is_valid(&schema), "a schema is one by the schema of schemas");
            jsonschema::draft7::new(&schema).expect("a schema")
        };
        Judges {
            of: KINDS.map(|(name, file)| (name, validator(schema::of(file)))).into(),
            any: validator(schema::of_any_front_matter()),
        }
    }

    /// What is wrong with a file; empty when nothing is.
    fn complaints(&self, kind: &str, data: &Value) -> Vec<String> {
        let own = &self.of[kind];
        let found: Vec<String> =
            own.iter_errors(data).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(!found.is_empty() || kind == "site" || self.any.is_valid(data), "what one kind takes, any does");
        found
    }
}

/// One file of a site as data.
struct Written {
    path: String,
    kind: &'static str,
    data: Value,
}

/// The files whose data can be read at all.
fn written(site: &Site) -> Vec<Written> {
    let mut files = Vec::new();
    for document in &site.documents {
        let source = site.sources.get(document.file);
        let kind = match document.place.kind {
            Kind::Topic => "topic",
            Kind::Stage => "stage",
            Kind::Roadmap => "roadmap",
            Kind::Page | Kind::Home => "page",
        };
        let head = &source.text[..document.body.start];
        let lines = head
            .trim_start_matches('\u{feff}')
            .lines()
            .skip(1)
            .take_while(|line| !matches!(line.trim_end(), "---" | "..."));
        let text: String = lines.map(|line| format!("{line}\n")).collect();
        if let Ok(Value::Object(data)) = yaml(&text) {
            files.push(Written { path: source.path.to_string(), kind, data: data.into() });
        }
    }
    files
}

/// As YAML 1.2 and the program have it: `y` is a text.
fn yaml(text: &str) -> Result<Value, String> {
    let options = serde_yaml::options! { strict_booleans: true };
    serde_yaml::from_str_with_options(text, options).map_err(|error| error.to_string())
}

fn toml_of(site: &Path) -> Option<Value> {
    let text = std::fs::read_to_string(site.join("site.toml")).ok()?;
    toml::from_str(&text).ok()
}

/// A site, and every problem of it.
fn read(path: &Path) -> (Site, Vec<Diagnostic>) {
    let compiled = build::compile(folder::read(path).unwrap(), &Options { drafts: true, ..Options::default() });
    let report = compiled.report(Default::default());
    (compiled.site, report)
}

#[test]
fn the_sites_of_this_repository_are_good() {
    let judges = Judges::new();
    let starter = root().join("src/cli/starter");
    for path in [root(), starter.as_path()] {
        let (site, _) = read(path);
        let files = written(&site);
        assert_eq!(files.len(), site.documents.len(), "every front matter can be read");
        assert!(files.len() > 10);
        for file in files {
            assert_eq!(judges.complaints(file.kind, &file.data), Vec::<String>::new(), "{}", file.path);
        }
        assert_eq!(judges.complaints("site", &toml_of(path).unwrap()), Vec::<String>::new());
    }
}

fn cases() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join("tests/reports")).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> = entries.map(|path| path.join("site")).filter(|path| path.is_dir()).collect();
    cases.sort();
    cases
}

/// What a schema cannot know: it sees no other file, no Markdown, and no sum.
const BEYOND: &[&str] = &[
    // How many options there are.
    "`pick` asks for",
    // Numbers in words and their order.
    "it ends before it begins",
    "it is zero",
    "it is longer than a life",
    "is a number from 1, or a range such as `2-3`, not",
    // Whether it is the home page, which has the site's title.
    "a page needs a `title`",
    // A day of the calendar.
    "is a date, not",
    "cannot be `",
];

/// Problems of one file's keys and values, which a schema is for. Their files.
fn bad_files(report: &[Diagnostic], site: &Site) -> BTreeSet<String> {
    let is_of_keys = |found: &&Diagnostic| {
        matches!(found.code, Code::UnknownKey | Code::MissingKey | Code::WrongType)
            && !BEYOND.iter().any(|words| found.message.contains(words))
    };
    report.iter().filter(is_of_keys).map(|found| site.sources.get(found.span.file).path.to_string()).collect()
}

/// Any problem inside front matter or `site.toml`: the schema may have found it, too.
fn suspicious(report: &[Diagnostic], site: &Site) -> BTreeSet<String> {
    report.iter().map(|found| site.sources.get(found.span.file).path.to_string()).collect()
}

#[test]
fn what_is_wrong_with_keys_is_found_and_what_is_right_is_not() {
    let judges = Judges::new();
    let (mut refused, mut passed) = (0, 0);
    let mut wrong = Vec::new();
    for case in cases() {
        let (site, report) = read(&case);
        let (bad, suspicious) = (bad_files(&report, &site), suspicious(&report, &site));
        let mut files = written(&site);
        files.extend(toml_of(&case).map(|data| Written { path: "site.toml".into(), kind: "site", data }));
        for file in files {
            let complaints = judges.complaints(file.kind, &file.data);
            match (bad.contains(&file.path), complaints.is_empty()) {
                (true, true) => {
                    wrong.push(format!("{}: {}: nothing found in {}", case.display(), file.path, file.data))
                }
                (false, false) if !suspicious.contains(&file.path) => {
                    wrong.push(format!("{}: {}: {complaints:?}", case.display(), file.path));
                }
                (true, false) => refused += 1,
                _ => passed += 1,
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(refused >= 20 && passed >= 200, "{refused} refused, {passed} passed");
}

#[test]
fn spellings_that_the_program_reads_are_good() {
    let judges = Judges::new();
    let good = [
        "title: A\neffort: 90 Minutes",
        "title: A\neffort: ca. 2 – 3 WEEKS",
        "title: A\neffort: at least 6 months",
        "title: A\neffort: 6+ mo",
        "title: A\neffort: 1.5h",
        "title: A\neffort: ~ 8 to 12 months",
        "title: A\neffort:",
        "title: A\nlevel:\nrequires:\nsummary: ''\nupdated: 2026-03-31",
        "title: A\nrequires: [dns, {topic: http, because: x}, {any: [go, java]}]",
        "title: A\nprojects: [x, {title: y, effort: 2h}]",
    ];
    for text in good {
        assert_eq!(judges.complaints("topic", &yaml(text).unwrap()), Vec::<String>::new(), "{text}");
    }
    let bad = [
        "summary: x",
        "title: ''",
        "title: A\neffort: 3",
        "title: A\neffort: soon",
        "title: A\nlevel: needed",
        "title: A\nrequires: dns",
        "title: A\nrequires: [{because: x}]",
        "title: A\nrequires: [{topic: a, any: [b]}]",
        "title: A\nallow: [cycle]",
        "title: A\ntags: [1]",
        "title: A\nresources: [{title: x, minutes: 0}]",
        "title: A\nresources: [{title: x, kind: film}]",
        "title: A\ncolour: blue",
        "title: A\nid: Data Base",
    ];
    for text in bad {
        assert!(!judges.complaints("topic", &yaml(text).unwrap()).is_empty(), "{text}");
    }
}

#[test]
fn the_program_prints_what_is_tested_here() {
    let printed = |kinds: &[&str]| -> Value {
        let program = std::process::Command::new(env!("CARGO_BIN_EXE_roadbook")).arg("schema").args(kinds).output();
        let output = program.unwrap();
        assert!(output.status.success() && output.stdout.ends_with(b"}\n"));
        serde_json::from_slice(&output.stdout).unwrap()
    };
    for (name, file) in KINDS {
        assert_eq!(printed(&[name]), schema::of(file));
    }
    assert_eq!(printed(&[]), schema::of_any_front_matter());
}
