//! A third party's check of built sites: it knows the contract and the site's source files, nothing of the program.
//!
//! `contract/` holds the checker: [`source`] reads what the author wrote, [`data`] what programs get, and
//! [`order`], [`reckon`], [`path`] and [`pages`] compare the two. `contract/sites/` holds one site a folder, each
//! with an `expected.json` of figures worked out by hand.

#[path = "contract/build.rs"]
mod build;
#[path = "contract/check.rs"]
mod check;
#[path = "contract/data.rs"]
mod data;
#[path = "contract/effort.rs"]
mod effort;
#[path = "contract/facts.rs"]
mod facts;
#[path = "contract/html.rs"]
mod html;
#[path = "contract/links.rs"]
mod links;
#[path = "contract/order.rs"]
mod order;
#[path = "contract/pages.rs"]
mod pages;
#[path = "contract/path.rs"]
mod path;
#[path = "contract/random.rs"]
mod random;
#[path = "contract/reckon.rs"]
mod reckon;
#[path = "contract/report.rs"]
mod report;
#[path = "contract/source.rs"]
mod source;
#[path = "contract/xml.rs"]
mod xml;

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::test_runner::Config;

use crate::build::Built;
use crate::report::Report;

/// The repository's own site.
fn example() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folders under `contract/sites/`, by name.
fn fixtures() -> Vec<PathBuf> {
    let folder = example().join("tests/contract/sites");
    let mut sites: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    sites.sort();
    sites
}

/// What of the site at `root` is not as the contract promises, built for the web and for the file system.
fn check_both_ways(root: &Path) -> Report {
    let mut report = Report::default();
    let web = Built::new(root, &[], &[]);
    report.within("web", |report| check::site(root, &web, report));
    let offline = Built::new(root, &["--offline"], &[]);
    report.within("offline", |report| check::offline(root, &offline, report));
    report
}

#[test]
fn the_example_site_keeps_the_contract() {
    check_both_ways(example()).assert_empty("the example site");
}

#[test]
fn the_fixture_sites_keep_the_contract() {
    let mut report = Report::default();
    for fixture in fixtures() {
        let name = fixture.file_name().unwrap().to_string_lossy().into_owned();
        report.within(&name, |report| report.extend(check_both_ways(&fixture.join("site"))));
    }
    report.assert_empty("the fixture sites");
}

#[test]
fn the_fixture_sites_have_the_figures_worked_out_by_hand() {
    let mut report = Report::default();
    for fixture in fixtures() {
        let name = fixture.file_name().unwrap().to_string_lossy().into_owned();
        let built = Built::new(&fixture.join("site"), &[], &[]);
        report.within(&name, |report| facts::check(&fixture.join("expected.json"), &built, report));
    }
    report.assert_empty("the fixture sites");
}

/// Faults in a sound site: the file, what to replace in it, and with what.
const FAULTS: [(&str, &str, &str); 21] = [
    ("road/roadmap.json", r#""format":1"#, r#""format":2"#),
    ("road/roadmap.json", r#""late":[],"#, ""),
    ("road/roadmap.json", r#""late":[],"#, r#""late":[],"reasons":{},"#),
    ("road/roadmap.json", r#""late":[],"#, r#""late":null,"#),
    ("road/roadmap.json", r#""requires":["a"]"#, r#""requires":[]"#),
    ("road/roadmap.json", r#""required_by":["c"]"#, r#""required_by":["c","d"]"#),
    ("road/roadmap.json", r#""order":["a","b""#, r#""order":["b","a""#),
    ("road/roadmap.json", r#""topics":["c","c-more"]"#, r#""topics":["c-more","c"]"#),
    ("road/roadmap.json", r#""critical_path":["a","c"]"#, r#""critical_path":["c"]"#),
    ("road/roadmap.json", r#""critical_path":["a","c"]"#, r#""critical_path":["a","d"]"#),
    ("road/roadmap.json", r#""unknown":0"#, r#""unknown":1"#),
    ("road/roadmap.json", r#""hours":[68,78]"#, r#""hours":[68,null]"#),
    ("road/roadmap.json", r#""weeks":[6.8,7.8]"#, r#""weeks":[6.801,7.8]"#),
    ("road/roadmap.json", r#""start_week":[1,1]"#, r#""start_week":[2,2]"#),
    ("road/roadmap.json", r#""url":"/road/one/""#, r#""url":"/road/uno/""#),
    ("roadmaps.json", r#""id":"road""#, r#""id":"rode""#),
    ("road/index.html", r#"href="/road/one/""#, r#"href="/road/uno/""#),
    ("road/index.html", "<body", r##"<a href="#nowhere">x</a><body"##),
    ("road/index.html", "<body", r#"<img src="//example.net/x.png"><body"#),
    ("sitemap.xml", "https://example.org/road/<", "https://example.org/rode/<"),
    ("atom.xml", "</feed>", ""),
];

#[test]
fn the_checker_sees_every_fault() {
    let root = example().join("tests/contract/sites/bonus/site");
    let sound = Built::new(&root, &[], &[]);
    for (path, from, to) in FAULTS {
        let mut report = Report::default();
        check::site(&root, &sound.broken(path, from, to), &mut report);
        assert!(!report.is_empty(), "{path} with {to:?} for {from:?} passes");
    }
}

#[test]
fn two_builds_are_identical_whatever_the_threads() {
    let mut report = Report::default();
    let roots = fixtures().into_iter().map(|fixture| fixture.join("site"));
    for root in roots.chain([example().to_path_buf()]) {
        let one = Built::new(&root, &[], &[("RAYON_NUM_THREADS", "1")]);
        let four = Built::new(&root, &[], &[("RAYON_NUM_THREADS", "4")]);
        report.within(&root.display().to_string(), |report| one.compare(&four, report));
    }
    report.assert_empty("builds of the same input");
}

proptest! {
    #![proptest_config(Config { cases: 30, failure_persistence: None, max_shrink_iters: 300, ..Config::default() })]

    #[test]
    fn random_sites_keep_the_contract(site in random::site()) {
        let folder = tempfile::tempdir().unwrap();
        site.write(folder.path());
        let built = Built::new(folder.path(), &[], &[]);
        let mut report = Report::default();
        check::site(folder.path(), &built, &mut report);
        prop_assert!(report.is_empty(), "{report}{}", site.describe(folder.path()));
    }
}
