//! Files of a site, as the programs read them that they are made for.

use std::collections::BTreeSet;

use roadbook::site::pages::{Output, Page};
use roadbook::urls::path::file;
use roxmltree::Document;

use super::{allowed, html};

/// No file lies outside the output folder, or in the place of another.
pub fn check_paths(outputs: &[Output]) {
    let mut files = BTreeSet::new();
    for output in outputs {
        let name = file(&output.path);
        assert!(output.path.starts_with('/') && !output.path.starts_with("//"), "{:?}", output.path);
        assert!(name.split('/').all(|part| !matches!(part, "" | "." | "..")), "{name:?}");
        assert!(files.insert(name.clone()), "{name:?} twice");
    }
    for name in &files {
        let folders = name.match_indices('/').map(|(at, _)| &name[..at]);
        assert!(!folders.into_iter().any(|folder| files.contains(folder)), "{name:?} lies in a file");
    }
}

/// Holds a file against its format. `sanitized`: no author's own HTML is in pages.
pub fn check(output: &Output, bytes: &[u8], sanitized: bool) {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    let name = file(&output.path);
    // Old URLs may end in anything.
    let is_redirect = matches!(output.page, Page::Redirect(_));
    match name.rsplit_once('.').filter(|_| !is_redirect).map_or("html", |(_, kind)| kind) {
        "html" if sanitized => allowed::check_page(&html::page(text), text),
        "html" => assert!(!html::page(text).elements.is_empty()),
        "json" | "webmanifest" => is_json(text, &name),
        "xml" => drop(xml(text, &name)),
        "svg" => drawing(text, &name),
        "ics" => calendar(text),
        "js" => words(text),
        "txt" => robots(text),
        kind => panic!("no program reads {kind:?} of {name:?}"),
    }
}

pub fn is_json(text: &str, name: &str) {
    if let Err(error) = serde_json::from_str::<serde_json::Value>(text) {
        panic!("{name}: {error}");
    }
}

fn xml<'a>(text: &'a str, name: &str) -> Document<'a> {
    Document::parse(text).unwrap_or_else(|error| panic!("{name}: {error} in {text}"))
}

/// A picture that anybody may embed: it runs nothing and loads nothing.
fn drawing(text: &str, name: &str) {
    for node in xml(text, name).descendants().filter(roxmltree::Node::is_element) {
        let element = node.tag_name().name();
        assert!(!matches!(element, "script" | "foreignObject" | "iframe" | "image"), "{element} in {text}");
        for attribute in node.attributes() {
            assert!(!attribute.name().starts_with("on"), "{} in {text}", attribute.name());
            let is_address = attribute.name() == "href";
            assert!(!is_address || !allowed::is_active(attribute.value(), false), "{} in {text}", attribute.value());
        }
    }
}

/// RFC 5545: lines end in CR LF and nowhere else have either, properties are ours, and no event has one twice.
pub fn calendar(text: &str) {
    // A roadmap without times has none.
    if text.is_empty() {
        return;
    }
    let lines: Vec<&str> = text.strip_suffix("\r\n").expect("a last line").split("\r\n").collect();
    let mut open: Vec<BTreeSet<&str>> = Vec::new();
    for line in &lines {
        assert!(!line.contains(['\r', '\n']) && line.len() <= 75, "{line:?}");
        // Folded lines go on.
        if line.starts_with(' ') {
            continue;
        }
        let (property, value) = line.split_once(':').unwrap_or_else(|| panic!("{line:?} in {text}"));
        match property.split(';').next().unwrap_or("") {
            "BEGIN" => open.push(BTreeSet::new()),
            "END" => drop(open.pop().expect("something to end")),
            name => {
                let known =
                    "CALSCALE DESCRIPTION DTEND DTSTAMP DTSTART NAME PRODID SUMMARY UID URL VERSION X-WR-CALNAME";
                assert!(known.split(' ').any(|known| known == name), "{line:?} in {text}");
                assert!(open.last_mut().expect("something open").insert(name), "{name} twice in {text}");
            }
        }
        assert!(value.chars().all(|c| !c.is_ascii_control() || c == '\t'), "{line:?}");
    }
    assert!(open.is_empty());
}

/// A module that is data but for its first lines.
fn words(text: &str) {
    let start = text.find('{').expect("an object");
    let start =
        if text[start..].starts_with("{ learn }") { start + text[start + 1..].find('{').unwrap() + 1 } else { start };
    let end = text.rfind('}').expect("an object");
    is_json(&text[start..=end], "words");
    assert!(matches!(text[end + 1..].trim(), ";" | ");"), "{}", &text[end..]);
}

fn robots(text: &str) {
    let keys = ["User-agent: ", "Allow: ", "Sitemap: "];
    assert!(text.lines().all(|line| keys.iter().any(|key| line.starts_with(key))), "{text}");
    assert!(text.lines().count() <= 3);
}
