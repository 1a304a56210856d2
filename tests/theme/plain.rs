//! The plain theme: that it says what the default theme says, in pages that are whole and small.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use roadbook::build::{self, Content, Options};
use roadbook::host::folder;

/// The sites that are built with it: the example, and one of everything.
const SITES: [&str; 2] = ["", "tests/browser/site"];

/// Fields and words that the default theme alone uses; none of them is a fact about a topic, a stage or a road.
const LEFT_OUT: [&[&str]; 5] = [
    // Drawings, and how to read them
    &[
        "at",
        "choice",
        "classes",
        "conditional",
        "detail",
        "edges",
        "essential",
        "forks",
        "height",
        "lines",
        "map",
        "mark_x",
        "mark_y",
        "nodes",
        "parents",
        "part",
        "path",
        "recommended",
        "short",
        "size",
        "stations",
        "stubs",
        "the_road_how",
        "ticks",
        "week",
        "width",
        "x",
        "y",
    ],
    // What needs a script
    &["first_day", "my_progress", "reader", "search_page", "search_url"],
    // Colours, and the switch
    &["line", "script", "theme_dark", "theme_light", "theme_system"],
    // What machines read
    &["linked_html", "manifest"],
    // Names of boxes and ways that a page in one column does without
    &["compare", "last", "on_page", "roadmap", "said", "timeline_open", "topic_by_topic", "where"],
];

/// The names after a dot in a theme's templates: fields, and words.
fn names(theme: &str) -> BTreeSet<String> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes").join(theme).join("templates");
    let entries = std::fs::read_dir(top).unwrap().map(|entry| entry.unwrap().path());
    // The poster is the default theme's, whatever the theme of the pages; searches and plans are nothing without a script.
    let is_page = |path: &std::path::PathBuf| {
        path.is_file()
            && !path.ends_with("poster.svg")
            && !["search.html", "plan.html"].iter().any(|page| path.ends_with(page))
    };
    let text: String = entries.filter(is_page).map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let is_name = |c: char| c.is_ascii_lowercase() || c == '_';
    let mut before = ' ';
    let mut found = BTreeSet::new();
    for part in text.split('.') {
        if is_name(before) || "]?".contains(before) {
            found.insert(part.chars().take_while(|c| is_name(*c)).collect());
        }
        before = part.chars().last().unwrap_or(' ');
    }
    found.remove("");
    found
}

#[test]
fn it_says_what_the_default_theme_says() {
    let plain = names("plain");
    let left_out: BTreeSet<&str> = LEFT_OUT.into_iter().flatten().copied().collect();
    let missing: Vec<String> = names("default")
        .into_iter()
        .filter(|name| !plain.contains(name) && !left_out.contains(name.as_str()))
        .collect();
    assert!(
        missing.is_empty(),
        "say it in the plain theme too, or add it to the list of what it leaves out: {missing:?}"
    );
}

/// The HTML pages and style sheets of a site of the repository in the plain theme, by path.
fn built(site: &str) -> BTreeMap<String, String> {
    let mut folder = folder::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(site)).unwrap();
    let sources = &mut folder.value.sources;
    let config = format!("theme = \"plain\"\n{}", sources.get(folder.value.config).text);
    folder.value.config = sources.add("site.toml", config);
    let compiled = build::compile(folder, &Options { highlight: true, ..Options::default() });
    let report = compiled.report(build::check_pages(&compiled.site));
    assert!(report.is_empty(), "{site}: {report:?}");
    let text = |output| match build::render(&compiled.site, output) {
        Ok(Content::Bytes(bytes)) => String::from_utf8(bytes).unwrap(),
        // The repository is a site itself, with this theme in its folder.
        Ok(Content::CopyOf(path)) => crate::read(&path),
        other => panic!("{other:?}"),
    };
    let is_text = |path: &str| path.ends_with('/') || path.ends_with(".html") || path.ends_with(".css");
    let outputs = compiled.site.outputs.iter().filter(|output| is_text(&output.path));
    outputs.map(|output| (output.path.clone(), text(output))).collect()
}

/// Elements that have no end tag.
const VOID: [&str; 8] = ["meta", "link", "br", "img", "hr", "input", "rect", "mspace"];

/// What is wrong with the nesting of a page's tags.
fn nesting(page: &str) -> Option<String> {
    let mut open = Vec::new();
    for tag in page.split('<').skip(1) {
        let name: String = tag.trim_start_matches('/').chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
        if tag.starts_with('/') {
            let last = open.pop().unwrap_or_default();
            if last != name {
                return Some(format!("<{last}> ends with </{name}>"));
            }
        } else if !tag.starts_with('!') && !VOID.contains(&name.as_str()) {
            open.push(name);
        }
    }
    (!open.is_empty()).then(|| format!("never closed: {open:?}"))
}

#[test]
fn its_pages_are_whole_and_its_own() {
    for site in SITES {
        for (path, page) in built(site).iter().filter(|(path, _)| !path.ends_with(".css")) {
            assert_eq!(nesting(page), None, "{site}{path}");
            // The marks of the default theme
            for strange in ["<script", "class=\"line-", "swatch", "class=\"sec\"", "style="] {
                assert!(!page.contains(strange), "{site}{path}: {strange}");
            }
        }
    }
}

/// Compressed, a topic and its style sheet are to be less than 6 KB. No crate compresses here, so they are measured as
/// they are; compressed, such pages come to three tenths of it.
#[test]
fn a_topic_is_small() {
    let pages = built("");
    let style = pages["/assets/style.css"].len();
    assert!(style < 5_500, "the style sheet has {style} bytes");
    let topics = pages.iter().filter(|(path, _)| path.starts_with("/topics/") && *path != "/topics/");
    let mut sizes: Vec<_> = topics.map(|(path, page)| (page.len() + style, path)).collect();
    sizes.sort_unstable();
    let (most, usual) = (sizes.last().unwrap(), sizes[sizes.len() / 2]);
    assert!(most.0 < 20_000 && usual.0 < 12_500, "at most {most:?}, usually {usual:?}");
}
