//! What readers and their programs get cannot be turned against them: whatever an author writes is text wherever it
//! appears in data. Pages are tested in `tests/fuzzed.rs` and `src/markdown/tests`.

use std::fs;

use crate::site::{STAGE, Site};
use crate::{tree, xml};

/// A text with everything that ends a text somewhere.
const EVIL: &str = "</script><svg onload=alert(1)>\\\"'`&<!--]]>{{ x }};,\\\\n:\u{2028}\u{202e}BEGIN:VEVENT";

fn evil_site() -> Site {
    let site = Site::new();
    let text = EVIL.replace('\\', "\\\\").replace('"', "\\\"");
    site.write(
        "site.toml",
        format!("title = \"{text}\"\nbase_url = \"https://example.org/a-b/\"\ndescription = \"{text}\"\n[markdown]\nraw_html = \"escape\"\n"),
    );
    site.write(
        "content/road/_index.md",
        format!("---\ntitle: \"{text}\"\nsummary: \"{text}\"\ntags: [\"{text}\"]\n---\n"),
    );
    site.write(&format!("{STAGE}/_index.md"), format!("---\ntitle: \"{text}\"\nsummary: \"{text}\"\n---\n"));
    for n in 0..3 {
        let matter = format!(
            "title: \"{text}\"\nsummary: \"{text}\"\ntags: [\"{text}\"]\neffort: 3h\noutcomes: [\"{text}\"]\nassumes: [\"{text}\"]\n\
             resources: [{{title: \"{text}\", url: \"https://example.org/?a='b&c\"}}]\nprojects: [\"{text}\"]\n"
        );
        site.topic(
            &format!("case-{n}"),
            format!("---\n{matter}---\n\n# {EVIL}\n\n```rust\"><script>alert(1)</script>\nx\n```\n"),
        );
    }
    site
}

#[test]
fn data_files_hold_texts_as_texts() {
    let site = evil_site();
    let problems = site.build();
    assert!(problems.is_empty(), "{problems:#?}");
    let mut seen = [0; 3];
    for (path, bytes) in tree::read(&site.path("public")) {
        let Ok(text) = String::from_utf8(bytes) else { continue };
        match path.rsplit('.').next().unwrap() {
            "json" | "webmanifest" => {
                let _: serde_json::Value =
                    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
                seen[0] += 1;
            }
            "xml" | "svg" => {
                xml::read(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
                seen[1] += 1;
            }
            "ics" => {
                assert_eq!(text.matches("\r\nBEGIN:VEVENT").count(), text.matches("\r\nUID:").count(), "{path}");
                assert!(text.lines().all(|line| line.len() <= 75), "{path}");
                seen[2] += 1;
            }
            _ => {}
        }
    }
    assert!(seen[0] >= 3 && seen[1] >= 1 && seen[2] >= 1, "{seen:?}");
}

#[test]
fn scripts_of_words_hold_texts_as_texts() {
    let site = evil_site();
    site.build();
    for (path, bytes) in tree::read(&site.path("public")) {
        if path.ends_with(".html") {
            let page = String::from_utf8(bytes).unwrap();
            assert!(!page.contains("<svg onload") && !page.contains("<script>alert"), "{path}");
            for data in page.split("<script type=\"application/").skip(1) {
                let inside = data.split_once('>').unwrap().1.split("</script>").next().unwrap();
                let _: serde_json::Value =
                    serde_json::from_str(inside).unwrap_or_else(|error| panic!("{path}: {error}"));
            }
        }
    }
    let drawn = crate::site::finish(site.command("graph").args(["--format", "svg"])).1;
    xml::read(&drawn).unwrap();
    for format in ["dot", "mermaid", "json"] {
        crate::site::finish(site.command("graph").args(["--format", format]));
    }
    assert!(!fs::read_dir(site.root()).unwrap().flatten().any(|entry| entry.file_name() == "evil"));
}
