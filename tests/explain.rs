//! The text of every code against the program: its example is built and reported with that code and no other, and what
//! the text gives as the cure leaves nothing to report. `docs/diagnostics.md` is these texts in one page;
//! `ROADBOOK_BLESS=1` rewrites it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::Duration;

use roadbook::build::{self, Options};
use roadbook::diagnostic::{Code, CodeDefault, Diagnostic};
use roadbook::host::folder;
use roadbook::host::web::{Answer, Manners, ask_all};
use roadbook::links::external;

const PAGE: &str = "docs/diagnostics.md";

/// The site that every example adds its files to, as the page tells readers.
const BASE: &[(&str, &str)] = &[
    ("site.toml", "title = \"Example\"\n"),
    ("content/web/_index.md", "---\ntitle: Web\nsummary: A road.\n---\n"),
    ("content/web/01-basics/_index.md", "---\ntitle: Basics\nsummary: A stage.\n---\n"),
    (
        "content/web/01-basics/dns.md",
        "---\ntitle: DNS\nsummary: A topic.\neffort: 1h\nresources:\n  - {title: RFC 1034, url: \"https://example.org/1034\"}\n---\n\nText.\n",
    ),
];

const HEAD: &str = "# What reports mean

What each code of a report means, a smallest example of it, and the cure. `roadbook explain CODE` prints the same text. The examples
are built by the tests of roadbook: each adds its files to a site with a roadmap `web`, a stage `basics` in it, and a topic `dns` there
that takes an hour. Codes that are off by default are turned on under [`[lints]`](content-guide.md#levels) in `site.toml`.
";

type Files = BTreeMap<String, String>;

/// The files of one half of a text: a line `path`: and a fence below it.
fn files(text: &str) -> Files {
    let mut files = Files::new();
    let mut lines = text.lines();
    let mut path = None;
    while let Some(line) = lines.next() {
        if let Some(named) = line.strip_prefix('`').and_then(|rest| rest.strip_suffix("`:")) {
            path = Some(named.to_owned());
        } else if line.starts_with("```") {
            let body: String = lines.by_ref().take_while(|line| *line != "```").flat_map(|line| [line, "\n"]).collect();
            let path = path.take().unwrap_or_else(|| panic!("no path above the fence: {body}"));
            assert!(files.insert(path, body).is_none());
        }
    }
    files
}

/// The files of the example, and those of them that the cure changes.
fn halves(code: Code) -> (Files, Files) {
    let text = code.explanation();
    let (meaning, rest) = text.split_once("\nExample:").unwrap_or_else(|| panic!("{}: no example", code.name()));
    assert!(!meaning.contains("```"));
    let (example, cure) = rest.split_once("\nCure:").unwrap_or_else(|| panic!("{}: no cure", code.name()));
    (files(example), files(cure))
}

/// What a site of these files and those of [`BASE`] is reported with. A lint that is off by default is turned on.
fn report(code: Code, files: &Files) -> Vec<Diagnostic> {
    let site = tempfile::tempdir().unwrap();
    let mut all: Files = BASE.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    if code.default() == CodeDefault::Allow {
        all.get_mut("site.toml").unwrap().push_str(&format!("[lints]\n{} = \"warn\"\n", code.name()));
    }
    all.extend(files.clone());
    for (path, text) in &all {
        let path = site.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let options = Options { judged_on: Some(jiff::civil::date(2026, 11, 21)), ..Options::default() };
    let compiled = build::compile(folder::read(site.path()).unwrap(), &options);
    let mut more = build::check_pages(&compiled.site);
    if code == Code::DeadExternalLink {
        more.append(dead(&compiled.site));
    }
    compiled.report(more)
}

/// The dead links of a site whose addresses are all on this machine.
fn dead(site: &roadbook::site::Site) -> roadbook::diagnostic::Diagnostics {
    let addresses = external::addresses(&site.links(), &site.markdown, &site.config.links.ignore);
    let asked: Vec<&str> = addresses.keys().map(String::as_str).filter(|one| one.contains("127.0.0.1")).collect();
    let manners = Manners { retries: 0, ..Manners::with_timeout(Duration::from_secs(5)) };
    let answers = ask_all(&asked, manners);
    let dead = asked.iter().zip(&answers).filter_map(|(address, answer)| match answer {
        Answer::Dead(reason) => Some((*address, reason.as_str())),
        Answer::Alive => None,
    });
    external::report(dead, &addresses)
}

#[test]
fn every_example_is_reported_with_its_code_and_no_other_and_cured() {
    let mut wrong = String::new();
    for code in Code::ALL {
        let (mut files, cure) = halves(*code);
        let found: BTreeSet<&str> = report(*code, &files).iter().map(|diagnostic| diagnostic.code.name()).collect();
        if found != BTreeSet::from([code.name()]) {
            wrong.push_str(&format!("{}: the example is reported with {found:?}\n", code.name()));
        }
        assert!(!cure.is_empty(), "{}: the cure shows no file", code.name());
        files.extend(cure);
        for left in report(*code, &files) {
            wrong.push_str(&format!("{}: the cure leaves {}: {}\n", code.name(), left.code.name(), left.message));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_page_is_made_of_the_texts() {
    let mut page = HEAD.to_owned();
    for code in Code::ALL {
        let mut summary = code.summary().to_owned();
        summary[..1].make_ascii_uppercase();
        let (name, default) = (code.name(), code.default().name());
        page.push_str(&format!("\n## `{name}`\n\n{summary}. Default: `{default}`.\n\n{}", code.explanation()));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    if std::env::var_os("ROADBOOK_BLESS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    assert!(fs::read_to_string(&path).unwrap_or_default() == page, "{PAGE} is not what ROADBOOK_BLESS=1 makes it");
}

#[test]
fn lines_fit_a_page() {
    for code in Code::ALL {
        for line in code.explanation().lines() {
            assert!(line.chars().count() <= 140, "{}: {line}", code.name());
        }
    }
}
