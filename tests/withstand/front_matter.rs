//! Front matter of every bad shape, and every value that YAML reads in another way than it was meant.

use std::collections::BTreeSet;

use crate::site::{STAGE, Site, topic};

/// The place in the one topic.
fn at(place: &str) -> String {
    format!("{STAGE}/case.md:{place}")
}

/// A topic with more front matter below its title.
fn with(more: impl AsRef<[u8]>) -> Vec<u8> {
    [b"---\ntitle: Case\n", more.as_ref(), b"\n---\n\nText.\n"].concat()
}

#[test]
fn bombs_of_aliases_are_too_large() {
    let bomb = |wide: usize, levels: usize| {
        let mut text = format!("extra:\n  a0: &a0 [{}]\n", vec!["x"; wide].join(","));
        for n in 1..levels {
            text.push_str(&format!("  a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); wide].join(",")));
        }
        with(text)
    };
    for (text, place) in [(bomb(9, 9), "8:16"), (bomb(2, 60), "54:19"), (with("extra: {a: &a [*a]}"), "3:16")] {
        let problems = Site::of_topic(text).check();
        let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
        assert_eq!(problem.code, "syntax");
        assert!(problem.message.contains("alias"), "{place}: {}", problem.message);
    }
}

#[test]
fn depth_is_bounded() {
    let deep = 10_000;
    let blocks: String = (1..1400).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
    for text in [
        format!("extra: {}{}", "[".repeat(deep), "]".repeat(deep)),
        format!("extra: {}{}", "{a: ".repeat(deep), "}".repeat(deep)),
        format!("extra: {}", "[".repeat(deep)),
        format!("extra:\n  {}x", "- ".repeat(deep)),
        format!("extra:\n  {}x", "? ".repeat(deep)),
        format!("extra:\n{blocks}"),
    ] {
        let problems = Site::of_topic(with(&text)).check();
        let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
        assert_eq!(problem.code, "syntax");
        assert!(problem.message.contains("nested too deep"), "{}: {}", &text[..30], problem.message);
    }
}

#[test]
fn size_is_bounded() {
    let large = |bytes: usize| with(format!("extra: {{a: {}}}", "x".repeat(bytes)));
    Site::of_topic(large(50 << 20)).refuse("syntax", &at("1:1"), "larger than 16 MB");
    Site::of_topic(large(15 << 20)).refuse("syntax", &at("2:1"), "larger than 1 MB");
    Site::of_topic(large(1 << 19)).succeed();
    let keys = |count: usize| with((0..count).fold("extra:".to_owned(), |text, n| format!("{text}\n  k{n}: 1")));
    Site::of_topic(keys(100_000)).refuse("syntax", &at("2:1"), "larger than 1 MB");
    let problems = Site::of_topic(keys(30_000)).build();
    assert!(problems.len() == 1 && problems[0].message.contains("more than"), "{problems:#?}");
    Site::of_topic(keys(5_000)).succeed();
}

#[test]
fn a_key_stands_once_at_any_depth() {
    let nested = with("extra:\n  a:\n    - b: {c: 1, d: 2, c: 3}");
    Site::of_topic(nested).refuse("syntax", &at("5:23"), "`c` stands here twice");
    let escaped = with("extra: {\"a\": 1, \"\\u0061\": 2}");
    Site::of_topic(escaped).refuse("syntax", &at("3:17"), "`a` stands here twice");
}

#[test]
fn tags_includes_merges_and_second_documents_are_refused() {
    for (text, place, words) in [
        ("extra: !!python/object/apply:os.system [ls]", "3:40", "tags are not used"),
        ("extra: !include /etc/passwd", "3:17", "tags are not used"),
        ("extra: {a: !ruby/object:Gem {}}", "3:29", "tags are not used"),
        ("base: &b {a: 1}\n<<: *b", "4:1", "merge keys"),
        ("extra: {b: &b {a: 1}, c: {<<: *b}}", "3:27", "merge keys"),
        ("--- # second\ntitle: Other", "3:1", "second document"),
        ("... # end\n--- # second\ntitle: Other", "3:1", "second document"),
    ] {
        Site::of_topic(with(text)).refuse("syntax", &at(place), words);
    }
    // A file is never read for one.
    let site = Site::of_topic(with("extra: !include /etc/passwd"));
    assert!(!format!("{:?}", site.check()).contains("root:"));
}

#[test]
fn control_characters_are_shown_where_they_stand() {
    for (text, place) in [
        ("extra: {a: \"b\0c\"}", "3:14"),
        ("summary: a\x1b[31mb", "3:11"),
        ("summary: \u{7f}", "3:10"),
        ("summary: \"a\\e[31mb\"", "3:10"),
        ("summary: \"a\\0b\"", "3:10"),
        ("extra: {a: [\"\\x07\"]}", "3:13"),
        ("tags: [\"a\\u009bb\"]", "3:8"),
    ] {
        Site::of_topic(with(text)).refuse("syntax", &at(place), "control character");
    }
    let site = Site::of_topic(topic("Case", ""));
    site.write("site.toml", "title = \"a\\u001B[31mb\"\n");
    site.refuse("syntax", "site.toml:1:9", "control character");
    // Breaks and tabs are text.
    Site::of_topic(with("summary: \"a\\tb\\nc\"\nextra: {a: \"\\r\\n\"}")).succeed();
}

#[test]
fn other_encodings_are_told_by_their_name() {
    let utf16 = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{feff}---\ntitle: Case\n---\n".encode_utf16().flat_map(order).collect()
    };
    for text in [utf16(u16::to_le_bytes), utf16(u16::to_be_bytes)] {
        Site::of_topic(text).refuse("syntax", &at("1:1"), "UTF-16");
    }
    Site::of_topic(with(b"summary: caf\xe9")).refuse("syntax", &at("3:13"), "not UTF-8");
    Site::of_topic(with(b"summary: \xed\xa0\x80")).refuse("syntax", &at("3:10"), "not UTF-8");
    Site::of_topic(with(b"summary: \xc0\xaf")).refuse("syntax", &at("3:10"), "not UTF-8");
}

#[test]
fn line_ends_and_byte_order_marks_are_no_text() {
    let text = "---\ntitle: Case\nsummary: S\n---\n\n# Head\n\nText.\n";
    let pages: Vec<String> = [text.to_owned(), text.replace('\n', "\r\n"), format!("\u{feff}{text}")]
        .into_iter()
        .map(|text| {
            let site = Site::of_topic(text);
            site.succeed();
            site.page("topics/case/index.html")
        })
        .collect();
    assert!(pages.iter().all(|page| *page == pages[0]));
    Site::of_topic(text.replace('\n', "\r")).refuse("syntax", &at("1:1"), "CR");
}

#[test]
fn what_is_no_front_matter_is_told() {
    for (text, code, place, words) in [
        ("", "missing-key", "1:1", "needs a `title`"),
        ("\n \n", "missing-key", "1:1", "needs a `title`"),
        ("---\n---\n", "missing-key", "1:1", "needs a `title`"),
        ("---", "syntax", "1:1", "never closed"),
        ("---\ntitle: Case\n", "syntax", "1:1", "never closed"),
        ("---\n- a\n- b\n---\n", "wrong-type", "2:1", "is a map of keys, found a list"),
        ("---\ntext\n---\n", "wrong-type", "2:1", "is a map of keys, found text"),
        ("---\n[]\n---\n", "wrong-type", "2:1", "is a map of keys, found a list"),
        ("---\n5\n---\n", "wrong-type", "2:1", "is a map of keys, found a number"),
        ("\u{feff}\u{feff}---\ntitle: Case\n---\n", "missing-key", "1:1", "needs a `title`"),
    ] {
        Site::of_topic(text).refuse(code, &at(place), words);
    }
}

/// Scalars that readers of YAML take for numbers, dates, truth or nothing.
const TRAPS: [&str; 46] = [
    "yes",
    "no",
    "on",
    "off",
    "y",
    "n",
    "~",
    "null",
    "Null",
    "true",
    "True",
    "FALSE",
    "0o17",
    "017",
    "0x1F",
    "0b11",
    "1_000",
    "1e3",
    ".inf",
    "-.inf",
    ".nan",
    "NaN",
    "1:30",
    "12:30:45",
    "190:20:30",
    "2001-01-01",
    "2001-1-1",
    "2024-02-30",
    "2001-01-01T00:00:00Z",
    "+1",
    "-0",
    "00",
    "1.",
    ".5",
    "1.10",
    "9223372036854775808",
    "-9223372036854775809",
    "1e999",
    "-1e999",
    "1e-400",
    "0x",
    "=",
    "<<",
    "''",
    "'1'",
    "\"2001-01-01\"",
];

/// What stands for nothing, behind any key but `title`.
const NOTHING: &str = "~ null Null ''";

/// Text, as the traps go: what is neither a number nor truth.
const TEXT: &str = "yes no on off y n NaN 1:30 12:30:45 190:20:30 2001-01-01 2001-1-1 2024-02-30 2001-01-01T00:00:00Z 0x = << \
                    '1' \"2001-01-01\"";

/// No value makes it panic. Where one is taken, it is taken as it stands, or is of the key's type; the others are told.
#[test]
fn every_trap_is_taken_as_it_stands_or_refused() {
    for (key, fine) in [
        ("title", TEXT.to_owned()),
        ("summary", format!("{TEXT} {NOTHING}")),
        ("template", NOTHING.into()),
        // The quoted day is the id of another topic by then.
        ("id", "yes no on off y n ~ null Null 2001-01-01 2001-1-1 2024-02-30 0x '1'".into()),
        ("order", format!("0o17 0x1F 0b11 1_000 +1 -0 {NOTHING}")),
        ("updated", format!("2001-01-01 \"2001-01-01\" {NOTHING}")),
        ("draft", format!("true True FALSE {NOTHING}")),
        ("effort", NOTHING.into()),
        ("level", NOTHING.into()),
        ("tags", NOTHING.into()),
        ("extra", NOTHING.into()),
        ("aliases", NOTHING.into()),
    ] {
        let site = Site::new();
        for (n, value) in TRAPS.iter().enumerate() {
            let title = if key == "title" { "" } else { "title: Case\n" };
            site.topic(&format!("case-{n}"), format!("---\n{title}{key}: {value}\n---\n\nText.\n"));
        }
        let problems = site.check();
        let bad = |n: usize| problems.iter().any(|problem| problem.place.starts_with(&format!("{STAGE}/case-{n}.md:")));
        let taken: BTreeSet<&str> = (0..TRAPS.len()).filter(|n| !bad(*n)).map(|n| TRAPS[n]).collect();
        assert_eq!(taken, fine.split(' ').collect(), "{key}: {problems:#?}");
    }
}
