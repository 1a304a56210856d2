//! The limits that authors read are those of the program, and each has a case in `tests/reports/` or beside this file.

use std::fs;
use std::path::Path;

use roadbook::limits::*;

/// The row of the table of limits that begins so.
fn limit(of: &str) -> String {
    let guide = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/content-guide.md")).unwrap();
    let table = guide.split("### Limits").nth(1).expect("a section of limits");
    let rows = table.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let mut rows = rows.filter(|row| row.trim_start_matches("| ").starts_with(of));
    rows.next().unwrap_or_else(|| panic!("no limit of `{of}`")).split('|').nth(2).unwrap().trim().to_owned()
}

#[test]
fn limits_are_those_of_the_program() {
    for (of, most) in [
        ("a text", format!("{} MB", TEXT_BYTES >> 20)),
        ("a front matter", format!("{} MB", FRONT_MATTER_BYTES >> 20)),
        ("the values", FRONT_MATTER_VALUES.to_string()),
        ("lists and maps inside each other in a front", FRONT_MATTER_DEPTH.to_string()),
        ("aliases", FRONT_MATTER_ALIASES.to_string()),
        ("quotes", MARKDOWN_DEPTH.to_string()),
        ("files and folders", FILES.to_string()),
        ("Markdown files", ARTICLES.to_string()),
        ("all texts", format!("{} GB", ALL_TEXT_BYTES >> 30)),
        ("a path", format!("{PATH_BYTES} bytes")),
        ("an id", format!("{ID_LENGTH} characters")),
        ("problems", PROBLEMS.to_string()),
        ("templates of", TEMPLATES.to_string()),
        ("`elif`s", TEMPLATE_BRANCHES.to_string()),
        ("steps", TEMPLATE_STEPS.to_string()),
        ("includes", TEMPLATE_DEPTH.to_string()),
        ("a value", TEMPLATE_VALUE.to_string()),
        ("lists and maps inside each other in such", VALUE_DEPTH.to_string()),
        ("memory", format!("{} GB", TEMPLATE_MEMORY >> 30)),
        ("time", format!("{TEMPLATE_SECONDS} seconds")),
        ("a page", format!("{} MB", PAGE_BYTES >> 20)),
    ] {
        assert_eq!(limit(of), most, "{of}");
    }
}
