//! What coloured code looks like, and that it is always the code.

use proptest::prelude::*;

use super::*;

/// The code that a piece of HTML shows.
fn shown(html: &str) -> String {
    let mut out = String::new();
    for (at, part) in html.split('<').enumerate() {
        out.push_str(if at == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) });
    }
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[test]
fn classes_are_as_documented() {
    for (language, code, expected) in [
        ("rust", "pub fn f() {}", "<span class=\"k\">pub fn</span> <span class=\"f\">f</span>() {}"),
        (
            "json",
            "{\"a\": [1, \"b\"]}",
            "{<span class=\"p\">\"a\"</span>: [<span class=\"n\">1</span>, <span class=\"s\">\"b\"</span>]}",
        ),
        ("yaml", "a: b # c", "<span class=\"p\">a</span>: <span class=\"s\">b</span> <span class=\"c\"># c</span>"),
        ("diff", "-a\n-b\n+c\n", "<span class=\"d\">-a\n-b</span>\n<span class=\"i\">+c</span>\n"),
        ("sh", "echo $A", "<span class=\"f\">echo</span> <span class=\"v\">$A</span>"),
        (
            "html",
            "<a href=\"b\">",
            "&lt;<span class=\"g\">a</span> <span class=\"a\">href</span>=<span class=\"s\">\"b\"</span>&gt;",
        ),
        ("text", "a < b", "a &lt; b"),
        ("no such", "fn f() {}", "fn f() {}"),
    ] {
        let html = highlight(code, language);
        assert_eq!(html, expected, "{language}");
    }
}

#[test]
fn comments_of_several_lines_are_one_span() {
    assert_eq!(highlight("// a\n// b\n", "rust"), "<span class=\"c\">// a\n// b</span>\n");
}

#[test]
fn a_comment_after_a_name_does_not_hang_javascript() {
    for language in ["js", "javascript", "JavaScript", "mjs", "node", "jsx", "ts", "html"] {
        let html = highlight("x /*\n a */\ni < 0 ? (l) : ([i + 1]);\n", language);
        assert_eq!(shown(&html), "x /*\n a */\ni < 0 ? (l) : ([i + 1]);\n");
    }
}

#[test]
fn large_code_is_plain() {
    let line = format!("let x = {};\nlet y = 1;\n", "1".repeat(LONGEST_LINE));
    let html = highlight(&line, "rust");
    assert!(html.starts_with("let x") && html.contains("<span class=\"k\">let</span>"));
    let block = "let x = 1;\n".repeat(LONGEST_BLOCK / 11 + 1);
    assert_eq!(highlight(&block, "rust"), block);
}

#[test]
fn the_html_is_not_much_longer_than_the_code() {
    let code = include_str!("language.rs");
    let html = highlight(code, "rust");
    assert_eq!(shown(&html), code);
    assert!(html.len() < code.len() * 3, "{} of {}", html.len(), code.len());
}

#[test]
fn no_span_is_blank_or_empty() {
    let html = highlight(include_str!("../highlight.rs"), "rust");
    for span in html.split("<span class=\"").skip(1) {
        let inside = span.split_once('>').map_or("", |(_, text)| text);
        let inside = inside.split("</span>").next().unwrap_or_default();
        assert_eq!(inside.trim(), inside);
        assert!(!inside.is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn the_code_is_never_changed(
        code in "([a-z0-9 \\n\\t\"'`{}()\\[\\]<>&$#/*=+:;,.!?@\\\\|~^-]|é|日|\r\n){0,120}",
        language in prop::sample::select(vec![
            "rust", "js", "ts", "py", "sh", "yaml", "toml", "html", "css", "md", "sql", "json", "c", "cpp", "go",
            "java", "php", "rb", "xml", "dockerfile", "nginx", "http", "graphql", "proto", "diff", "makefile", "scss",
        ]),
    ) {
        prop_assert_eq!(shown(&highlight(&code, language)), code);
    }
}
