//! Efforts and numbers that are none, or too large to be added.

use crate::site::{STAGE, Site, topic};

#[test]
fn what_is_no_effort_is_told() {
    for effort in [
        "-1h",
        "5-3h",
        "-",
        "h",
        "1 h 2",
        "NaN",
        "NaNh",
        "infh",
        "1e3h",
        "1e400h",
        "99999999999999999999h",
        "9007199254740993 weeks",
        "1.7976931348623157e308 months",
        "1,5h",
        "1.2.3h",
        "½h",
        "６h",
        "3-",
        ">3h",
        "at least -1h",
        "1000000000-2000000000 months",
        "1h\u{202e}",
        "0x10h",
        "١h",
    ] {
        let site = Site::of_topic(topic("Case", &format!("effort: \"{effort}\"\n")));
        site.refuse("syntax", &format!("{STAGE}/case.md:3:9"), "is not an effort");
    }
    let digits = format!("effort: \"{}h\"\n", "1".repeat(100_000));
    Site::of_topic(topic("Case", &digits)).refuse("syntax", &format!("{STAGE}/case.md:3:9"), "is not an effort");
}

#[test]
fn hours_a_week_are_those_of_a_week() {
    for hours in [".nan", ".inf", "-.inf", "-1", "0", "1e-400", "169", "1e300", "99999999999999999999"] {
        let site = Site::new();
        site.write("content/road/_index.md", format!("---\ntitle: Road\nhours_per_week: {hours}\n---\n"));
        let problems = site.check();
        assert!(problems.len() == 1 && problems[0].place == "content/road/_index.md:3:17", "{hours}: {problems:#?}");
    }
    let site = Site::new();
    site.write("site.toml", "title = \"Roads\"\nhours_per_week = nan\n");
    site.refuse("wrong-type", "site.toml:2:18", "hours_per_week");
}

/// The largest efforts there are, one after the other, at the slowest pace there is: sums stay numbers, and dates end where
/// calendars do.
#[test]
fn sums_do_not_overflow() {
    let site = Site::new();
    site.write("site.toml", "title = \"Roads\"\nhours_per_week = 0.0000001\n");
    for n in 0..50 {
        let before = if n == 0 { String::new() } else { format!("requires: [case-{}]\n", n - 1) };
        site.topic(&format!("case-{n}"), topic("Case", &format!("effort: 100-1000 months\n{before}")));
    }
    site.topic("zero", topic("Case", "effort: 0h\n"));
    let problems = site.build();
    assert!(problems.iter().all(|problem| problem.code == "syntax"), "{problems:#?}");
    if problems.is_empty() {
        let data: serde_json::Value = serde_json::from_str(&site.page("road/roadmap.json")).unwrap();
        assert!(data["effort"]["hours"][1].as_f64().is_some_and(f64::is_finite), "{}", data["effort"]);
        assert!(!site.page("road/index.html").contains("NaN") && !site.page("road/index.html").contains(">inf"));
    }
}
