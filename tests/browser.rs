//! Built sites in a real browser and under the validators: `browser/run.mjs` does the work, and says in its
//! comments what is checked; this builds the sites and hands them over.
//!
//! Lighthouse comes on top (`browser/lighthouse.mjs`). It needs Node, Chromium, Java and the packages of `browser/package.json` (`npm ci` there). Without them the tests
//! are skipped, unless the environment says `CI`: then they fail.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Once;

use serde_json::{Value, json};

const KINDS: &[&str] =
    &["home", "roadmap", "stage", "timeline", "print", "topics", "topic", "tags", "tag", "not-found"];

/// What the theme with scripts has on top.
const SCRIPTED: &[&str] = &["search", "plan"];

/// What every built site is made of, and some things more.
fn kinds(more: &[&'static str]) -> Vec<&'static str> {
    [KINDS, SCRIPTED, more].concat()
}

/// The same of a theme without scripts.
fn plain_kinds(more: &[&'static str]) -> Vec<&'static str> {
    [KINDS, more].concat()
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The first of these programs that is on the path.
fn program(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|file| file.is_file())
}

struct Tools {
    node: PathBuf,
    chromium: PathBuf,
    java: PathBuf,
    xmllint: Option<PathBuf>,
}

/// The tools, or what is missing of them.
fn tools() -> Result<Tools, String> {
    let need = |what: &str, names: &[&str]| program(names).ok_or(format!("{what} is not on the path"));
    let packages = repository().join("tests/browser/node_modules");
    for name in ["axe-core", "lighthouse", "playwright-core", "vnu-jar"] {
        if !packages.join(name).is_dir() {
            return Err(format!("{name} is missing: run `npm ci` in tests/browser"));
        }
    }
    Ok(Tools {
        node: need("node", &["node", "nodejs"])?,
        chromium: need("chromium", &["chromium", "chromium-browser", "google-chrome"])?,
        java: need("java", &["java"])?,
        xmllint: program(&["xmllint"]),
    })
}

/// The tools; none where the tests are to be skipped, which is said past the test runner's own capture.
fn tools_or_skip() -> Option<Tools> {
    match tools() {
        Ok(tools) => Some(tools),
        Err(missing) if std::env::var_os("CI").is_some() => panic!("{missing}, and the environment says CI"),
        Err(missing) => {
            static SAID: Once = Once::new();
            SAID.call_once(|| drop(writeln!(std::io::stderr(), "skipped: {missing}")));
            None
        }
    }
}

fn roadbook(args: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_roadbook")).args(args).stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "roadbook {args:?}\n{said}");
}

/// Runs the script over these sites: what it printed, and its summary.
fn run(tools: &Tools, folder: &Path, sites: &Value) -> (String, Value) {
    let config = folder.join("config.json");
    let Tools { chromium, java, xmllint, .. } = tools;
    let text = json!({"chromium": chromium, "java": java, "xmllint": xmllint, "sites": sites});
    std::fs::write(&config, text.to_string()).unwrap();
    let script = repository().join("tests/browser/run.mjs");
    let output = Command::new(&tools.node).arg(script).arg(&config).stdin(Stdio::null()).output().unwrap();
    let mut said = String::from_utf8_lossy(&output.stdout).into_owned();
    write!(said, "{}", String::from_utf8_lossy(&output.stderr)).unwrap();
    let summary = said.lines().rev().find_map(|line| serde_json::from_str(line).ok());
    let summary: Value = summary.unwrap_or_else(|| panic!("the script did not finish ({}):\n{said}", output.status));
    (said, summary)
}

#[test]
fn pages_hold_in_a_browser_and_under_the_validators() {
    let Some(tools) = tools_or_skip() else { return };
    let temp = tempfile::tempdir().unwrap();
    let at = |name: &str| temp.path().join(name).display().to_string();
    let root = repository().display().to_string();
    let every = repository().join("tests/browser/site").display().to_string();
    let [example, below, offline, starter] = ["example", "below", "offline", "starter"].map(at);
    let [starter_built, starter_bare, every_built] = ["starter-built", "starter-bare", "every"].map(at);
    let [mirrored, mirrored_built, plain, plain_built] = ["mirrored", "mirrored-built", "plain", "plain-built"].map(at);
    let [plain_mirrored, plain_mirrored_built] = ["plain-mirrored", "plain-mirrored-built"].map(at);

    roadbook(&["build", "--root", &root, "--output", &example]);
    let address = "https://roadmaps.example/some/path/";
    roadbook(&["build", "--root", &root, "--output", &below, "--base-url", address]);
    roadbook(&["build", "--root", &root, "--output", &offline, "--offline"]);
    roadbook(&["init", &starter]);
    roadbook(&["build", "--root", &starter, "--output", &starter_built, "--base-url", "https://bread.example/"]);
    roadbook(&["build", "--root", &starter, "--output", &starter_bare]);
    roadbook(&["build", "--root", &every, "--output", &every_built]);

    for (copy, output, settings) in [
        (&mirrored, &mirrored_built, "language = \"ar\""),
        (&plain, &plain_built, "theme = \"plain\""),
        (&plain_mirrored, &plain_mirrored_built, "theme = \"plain\"\nlanguage = \"ar\""),
    ] {
        copy_with(Path::new(&every), Path::new(copy), settings);
        roadbook(&["build", "--root", copy, "--output", output]);
    }

    let (said, summary) = run(
        &tools,
        temp.path(),
        &json!([
            {"name": "example", "folder": example, "path": "/", "depth": "wide", "kinds": kinds(&["compare", "page"])},
            {"name": "every", "folder": every_built, "path": "/a/path/", "depth": "all",
             "kinds": kinds(&["compare", "page", "redirect"])},
            {"name": "every from right to left", "folder": mirrored_built, "path": "/a/path/", "depth": "once",
             "kinds": kinds(&["compare", "page", "redirect"])},
            {"name": "every, plain", "folder": plain_built, "path": "/a/path/", "depth": "once",
             "kinds": plain_kinds(&["compare", "page", "redirect"])},
            {"name": "every, plain, from right to left", "folder": plain_mirrored_built, "path": "/a/path/",
             "depth": "load", "kinds": plain_kinds(&["compare", "page", "redirect"])},
            {"name": "starter", "folder": starter_built, "path": "/", "depth": "load", "kinds": kinds(&[])},
            {"name": "starter without address", "folder": starter_bare, "path": "/", "depth": "load", "kinds": kinds(&[])},
            {"name": "example below a path", "folder": below, "path": "/some/path/", "depth": "load",
             "kinds": kinds(&[])},
            {"name": "example offline", "folder": offline, "path": "/", "offline": true, "depth": "load",
             "kinds": kinds(&[])},
        ]),
    );
    assert!(summary["findings"] == 0, "the findings:\n{said}");
    let _ = write!(std::io::stderr(), "{said}");
}

/// A copy of a site with other settings: lines of `site.toml`, in place of those with the same keys.
fn copy_with(site: &Path, copy: &Path, settings: &str) {
    for entry in walkdir::WalkDir::new(site).into_iter().map(Result::unwrap) {
        let to = copy.join(entry.path().strip_prefix(site).unwrap());
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(&to).unwrap();
        } else {
            std::fs::copy(entry.path(), &to).unwrap();
        }
    }
    let key = |line: &str| line.split(" =").next().unwrap_or_default().to_owned();
    let set: Vec<String> = settings.lines().map(key).collect();
    let config = copy.join("site.toml");
    let text = std::fs::read_to_string(&config).unwrap();
    let kept: Vec<&str> = text.lines().filter(|line| !set.contains(&key(line))).collect();
    std::fs::write(&config, format!("{settings}\n{}\n", kept.join("\n"))).unwrap();
}

#[test]
fn lighthouse_finds_nothing_to_better() {
    let Some(tools) = tools_or_skip() else { return };
    let temp = tempfile::tempdir().unwrap();
    let site = temp.path().join("site").display().to_string();
    roadbook(&[
        "build",
        "--root",
        &repository().display().to_string(),
        "--output",
        &site,
        "--base-url",
        "http://127.0.0.1/",
    ]);
    let output = Command::new(&tools.node)
        .arg(repository().join("tests/browser/lighthouse.mjs"))
        .arg(&tools.chromium)
        .arg(&site)
        .args(["", "thirteen-stages/", "topics/docker/"])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let summary: Value =
        said.lines().last().and_then(|line| serde_json::from_str(line).ok()).unwrap_or_else(|| {
            panic!("the script did not finish: {said}\n{}", String::from_utf8_lossy(&output.stderr))
        });
    let _ = write!(std::io::stderr(), "{said}");
    for page in summary["pages"].as_array().unwrap() {
        for category in ["accessibility", "best-practices", "seo"] {
            assert_eq!(
                page["scores"][category],
                100,
                "{category} of /{}: {}",
                page["path"].as_str().unwrap(),
                page["weak"]
            );
        }
    }
}

/// A check that cannot fail says nothing: over a site with every fault, each speaks.
#[test]
fn every_check_finds_its_fault() {
    let Some(tools) = tools_or_skip() else { return };
    let temp = tempfile::tempdir().unwrap();
    let folder = repository().join("tests/browser/bad");
    let sites = json!([{"name": "bad", "folder": folder, "path": "/", "depth": "all", "kinds": ["home", "roadmap"]}]);
    let (said, summary) = run(&tools, temp.path(), &sites);
    let found: Vec<&str> = summary["rules"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let expected = [
        "axe color-contrast",
        "axe image-alt",
        "console",
        "csp",
        "cut-off",
        "dead-control",
        "failed-request",
        "focus-covered",
        "focus-unmarked",
        "icon",
        "kinds",
        "link",
        "not-found",
        "nu",
        "overflow",
        "redirect",
        "scripts-off-links",
        "scripts-off-text",
        "skip-link",
        "tab-order",
        "xml",
    ];
    let silent: Vec<&str> = expected.into_iter().filter(|rule| !found.contains(rule)).collect();
    assert!(silent.is_empty(), "silent: {silent:?}\n{said}");
}
