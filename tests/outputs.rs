//! What other programs read of a site: calendars, linked data, the manifest.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// 2026-11-21, a Saturday: plans begin on Monday, the 23rd.
const DAY: &str = "1795219200";
const BASE: &str = "https://example.org/maps/";

struct Built {
    folder: TempDir,
}

impl Built {
    /// The repository's own site under a path, on a fixed day.
    fn example() -> Built {
        let folder = tempfile::tempdir().unwrap();
        let status = Command::new(env!("CARGO_BIN_EXE_roadbook"))
            .args(["build", "--quiet", "--base-url", BASE, "--root", env!("CARGO_MANIFEST_DIR"), "--output"])
            .arg(folder.path().join("site"))
            .env("SOURCE_DATE_EPOCH", DAY)
            .status()
            .unwrap();
        assert!(status.success());
        Built { folder }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn json(&self, path: &str) -> Value {
        serde_json::from_str(&self.read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Whether an absolute address is a page of the site.
    fn has(&self, url: &str) -> bool {
        let path = url.strip_prefix(BASE).unwrap_or_else(|| panic!("{url} is not below {BASE}"));
        let file = self.root().join(path.split('#').next().unwrap());
        if path.is_empty() || path.ends_with('/') { file.join("index.html").is_file() } else { file.is_file() }
    }

    fn roadmaps(&self) -> Vec<String> {
        let list = self.json("roadmaps.json");
        list["roadmaps"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    }
}

/// The lines of a calendar, unfolded (RFC 5545, 3.1).
fn content_lines(text: &str, what: &str) -> Vec<String> {
    assert!(text.ends_with("\r\n"), "{what} does not end its last line");
    let mut lines: Vec<String> = Vec::new();
    for line in text.trim_end_matches("\r\n").split("\r\n") {
        assert!(line.len() <= 75, "{what}: a line of {} octets: {line}", line.len());
        assert!(!line.contains(['\r', '\n']), "{what}: a bare line break");
        match line.strip_prefix(' ') {
            Some(rest) => lines.last_mut().expect("no fold before the first line").push_str(rest),
            None => lines.push(line.to_owned()),
        }
    }
    lines
}

#[test]
fn calendars_are_those_of_rfc_5545_and_follow_the_timeline() {
    let built = Built::example();
    let mut calendars = 0;
    for id in built.roadmaps() {
        let data = built.json(&format!("{id}/roadmap.json"));
        let stages: Vec<&Value> = data["stages"].as_array().unwrap().iter().collect();
        let known: Vec<&&Value> =
            stages.iter().filter(|stage| stage["effort"]["hours"][0].as_f64() > Some(0.0)).collect();
        let path = format!("{id}/plan.ics");
        if known.is_empty() {
            assert!(!built.root().join(&path).exists(), "{path} has nothing to say");
            continue;
        }
        calendars += 1;
        let lines = content_lines(&built.read(&path), &path);
        assert_eq!(lines.first().map(String::as_str), Some("BEGIN:VCALENDAR"));
        assert_eq!(lines.last().map(String::as_str), Some("END:VCALENDAR"));
        for must in ["VERSION:2.0", "PRODID:"] {
            assert_eq!(lines.iter().filter(|line| line.starts_with(must)).count(), 1, "{path}: {must}");
        }
        let events: Vec<&[String]> = lines
            .split(|line| line == "BEGIN:VEVENT")
            .skip(1)
            .map(|part| part.split(|line| line == "END:VEVENT").next().unwrap())
            .collect();
        assert_eq!(events.len(), known.len(), "{path}");
        let mut uids = BTreeSet::new();
        for (event, stage) in events.iter().zip(&known) {
            let value = |name: &str| {
                let of = |line: &String| line.strip_prefix(name)?.split_once(':').map(|(_, value)| value.to_owned());
                let mut found = event.iter().filter_map(of);
                let first = found.next().unwrap_or_else(|| panic!("{path}: an event without {name}"));
                assert!(found.next().is_none(), "{path}: {name} twice");
                first
            };
            assert!(uids.insert(value("UID")), "{path}: an id twice");
            assert_eq!(value("UID"), format!("{id}.{}@example.org", stage["id"].as_str().unwrap()));
            assert_eq!(value("DTSTAMP"), "20261121T000000Z");
            let week = |key: &str| stage[key][1].as_f64().or(stage[key][0].as_f64()).unwrap();
            let (start, end) = (date(&value("DTSTART")), date(&value("DTEND")));
            let monday = jiff::civil::date(2026, 11, 23);
            let days = |day: jiff::civil::Date| f64::from((day - monday).get_days());
            assert_eq!(days(start), (week("start_week") * 7.0 - 0.05).ceil().max(0.0), "{path}: {}", stage["id"]);
            assert!(
                days(end) > days(start) && (days(end) - week("end_week") * 7.0).abs() <= 1.05,
                "{path}: {}",
                stage["id"]
            );
            assert!(built.has(&value("URL")));
        }
    }
    assert!(calendars >= 2, "only {calendars} calendars");
}

fn date(text: &str) -> jiff::civil::Date {
    jiff::civil::Date::strptime("%Y%m%d", text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// All pages of a site.
fn pages(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        match entry.path() {
            path if path.is_dir() => pages(&path, out),
            path if path.extension().is_some_and(|end| end == "html") => out.push(path),
            _ => {}
        }
    }
}

/// Whether a text is a duration of ISO 8601 in whole hours, minutes or both: `PT8H30M`.
fn is_duration(text: &str) -> bool {
    let number = |text: &str| text.is_empty() || text.parse::<u32>().is_ok();
    let Some(rest) = text.strip_prefix("PT").filter(|rest| !rest.is_empty()) else { return false };
    let (hours, minutes) = rest.split_once('H').unwrap_or(("", rest));
    number(hours) && (minutes.is_empty() || minutes.strip_suffix('M').is_some_and(number))
}

#[test]
fn every_page_is_linked_data_that_holds() {
    let built = Built::example();
    let mut files = Vec::new();
    pages(&built.root(), &mut files);
    let (mut courses, mut resources) = (0, 0);
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let what = file.display();
        let mut parts = text.split("<script type=\"application/ld+json\">").skip(1);
        let Some(part) = parts.next() else { continue };
        assert!(parts.next().is_none(), "{what}: two blocks");
        let data: Value = serde_json::from_str(part.split("</script>").next().unwrap())
            .unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(data["@context"], "https://schema.org");
        for node in data["@graph"].as_array().unwrap() {
            match node["@type"].as_str().unwrap() {
                "Course" => {
                    courses += 1;
                    assert!(
                        node["name"].is_string()
                            && node["description"].is_string()
                            && node["provider"]["name"].is_string(),
                        "{what}"
                    );
                    assert!(built.has(node["url"].as_str().unwrap()), "{what}");
                    for stage in node["syllabusSections"].as_array().unwrap() {
                        assert!(built.has(stage["url"].as_str().unwrap()), "{what}");
                    }
                    if let Some(time) = node.get("timeRequired") {
                        assert!(is_duration(time.as_str().unwrap()), "{what}: {time}");
                    }
                }
                "LearningResource" => {
                    resources += 1;
                    assert!(node["name"].is_string() && node["description"].is_string(), "{what}");
                    assert!(built.has(node["url"].as_str().unwrap()), "{what}");
                    for course in node["isPartOf"].as_array().unwrap() {
                        assert!(built.has(course["@id"].as_str().unwrap()), "{what}");
                    }
                }
                "BreadcrumbList" => {
                    for (i, item) in node["itemListElement"].as_array().unwrap().iter().enumerate() {
                        assert_eq!(item["position"], i + 1, "{what}");
                        assert!(
                            item["name"].is_string() && built.has(item["item"].as_str().unwrap()),
                            "{what}: {item}"
                        );
                    }
                }
                other => panic!("{what}: {other}"),
            }
        }
    }
    assert_eq!(courses, built.roadmaps().len());
    assert!(resources > 300, "only {resources} topics");
}

#[test]
fn the_manifest_names_files_that_are_there() {
    let built = Built::example();
    let manifest = built.json("manifest.webmanifest");
    assert_eq!(manifest["start_url"], "/maps/");
    assert_eq!(manifest["scope"], "/maps/");
    let icons = manifest["icons"].as_array().unwrap();
    assert!(!icons.is_empty());
    for icon in icons {
        let path = icon["src"].as_str().unwrap().strip_prefix("/maps/").unwrap();
        assert!(built.root().join(path).is_file(), "{path}");
    }
}

#[test]
fn a_roadmap_with_a_first_day_has_dates() {
    let site = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let file = site.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    };
    write("site.toml", "title = \"Course\"\nhours_per_week = 10\n");
    write("content/road/_index.md", "---\ntitle: Road\nextra: {start: 2027-12-27}\n---\n");
    write("content/road/01-one/_index.md", "---\ntitle: One\neffort: 1-2 weeks\n---\n");
    write("content/road/01-one/a.md", "---\ntitle: A\n---\nText.\n");
    write("content/road/02-two/_index.md", "---\ntitle: Two\neffort: 1 week\n---\n");
    write("content/road/02-two/b.md", "---\ntitle: B\n---\nText.\n");
    let output = site.path().join("public");
    let status = Command::new(env!("CARGO_BIN_EXE_roadbook"))
        .args(["build", "--quiet", "--root"])
        .arg(site.path())
        .env("SOURCE_DATE_EPOCH", DAY)
        .status()
        .unwrap();
    assert!(status.success());
    let timeline = fs::read_to_string(output.join("road/timeline/index.html")).unwrap();
    for date in ["27 December 2027", "3 January 2028–10 January 2028", "10 January 2028–17 January 2028"] {
        assert!(timeline.contains(&format!("<td>{date}</td>")), "{date}\n{timeline}");
    }
    let calendar = fs::read_to_string(output.join("road/plan.ics")).unwrap();
    assert!(calendar.contains("DTSTART;VALUE=DATE:20271227\r\n"), "{calendar}");
}
