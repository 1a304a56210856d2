//! What no text may do: panic, hang, get out of its escaping, or give one id twice.

use proptest::prelude::*;

use super::super::*;
use super::{ESCAPE, KEEP, SANITIZE, html, leads};

/// Runs every entrance on a text.
fn everything(text: &str) {
    for options in [&*KEEP, &*ESCAPE, &*SANITIZE] {
        let html = to_html(text, options, &leads);
        let outline = outline(text, options);
        assert_eq!(html.headings, outline.headings);
        let ids: Vec<&String> = outline.headings.iter().map(|heading| &heading.id).collect();
        let unique: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(ids.len(), unique.len());
        assert!(ids.iter().all(|id| !id.is_empty()));
        for span in outline.links.iter().map(|l| &l.span).chain(outline.problems.iter().map(|p| &p.span)) {
            assert!(text.get(span.clone()).is_some(), "{span:?} of {text:?}");
        }
    }
    let _ = inline_html(text, &ESCAPE, &leads);
    let _ = plain_text(text);
}

#[test]
fn hostile_texts_end_well() {
    for unit in [
        "[",
        "[[",
        "![",
        "![[",
        "](",
        "> ",
        "- ",
        "*a _b ",
        "**",
        "`",
        "``a`",
        "<",
        "<a ",
        "<!--",
        "<div>",
        "$",
        "$$",
        "${",
        "|",
        "\n|",
        "[^a]: ",
        "[^a]",
        "# ",
        "\n# a",
        ": ",
        "\na\n: ",
        "~",
        "\\",
        "&",
        "&#",
        "\0",
        "\r",
        "\r\n",
        "</script>",
        "[a](b",
        "[a][b]",
        "https://a.b/(",
        "[[a|",
        "a@b.c ",
        "\n> [!NOTE]",
        "é",
        "(",
        "\t",
        "![a](b) ",
        "<a>",
        "[a]: b\n",
        "\n- [ ] ",
        "<b id=x>",
        "| [[a\\|b]] ",
        "*a **b ",
    ] {
        everything(&unit.repeat(500));
        let big = unit.repeat((32 << 10) / unit.len());
        let _ = to_html(&big, &ESCAPE, &leads);
        let _ = outline(&big, &ESCAPE);
    }
    for text in [
        "```rs\nunclosed",
        "~~~",
        "<script>\nunclosed",
        "<!-- unclosed",
        "$$unclosed",
        "</script></style></textarea>",
        "|a|\n|-|\n|b|c|d|",
        "[^a]: [^a]\n\n[^a]",
        "# {#}\n# {#a}{#b}",
        "[a]: <\n",
        "\u{feff}# a",
        "a\u{2028}b",
    ] {
        everything(text);
    }
}

#[test]
fn a_megabyte_of_brackets_ends_well() {
    for unit in ["[", "[[", "]", "!["] {
        let text = unit.repeat((1 << 20) / unit.len());
        assert!(to_html(&text, &KEEP, &leads).html.len() > 1 << 20);
    }
}

#[test]
fn depth_is_bounded() {
    let quotes = html(&format!("{}deep *x* `y`", "> ".repeat(5_000)));
    assert!(quotes.matches("<blockquote>").count() <= events::DEEPEST);
    assert!(quotes.contains("deep x y"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_text_is_a_text(text in any::<String>()) {
        everything(&text);
    }

    #[test]
    fn any_markup_is_a_text(parts in prop::collection::vec(prop::sample::select(vec![
        "a", "b c", "\n", "\n\n", "\r\n", "    ", "\t", "- ", "1. ", "> ", "# ", "## ", "{#a}", "{.b}", "```", "```rs\n", "~~~",
        "`", "*", "**", "_", "~~", "[", "]", "(", ")", "![", "[[", "]]", "|", "\\|", "\n|-|-|\n", "[^1]", "\n[^1]: ", ": ",
        "\n: ", ":::", "$", "$$", "\\frac", "{", "}", "^", "<", ">", "<b>", "</b>", "<a href='x'>", "</a>", "<!--", "-->", "<div>\n",
        "[!NOTE]", "[ ] ", "[x] ", "https://a.b", "www.c.d", "e@f.g", "&amp;", "&", "\\", "\0", "é", "日", "---", "===", "[a]: b\n",
        "javascript:", "<script>", "\"", "'", "![a](b)", "[c](d)",
    ]), 0..40)) {
        everything(&parts.concat());
    }

    #[test]
    fn escaped_html_stays_text(parts in prop::collection::vec(prop::sample::select(vec![
        "<script>", "<img src=x onerror=y>", "</p>", "<!--", "-->", "\n", "\n\n", "`", "*", "[", "](", ")", "\"", "'", "a", " ", ">",
        "![", "|", "\n|-|\n", "$", "\\text{", "}", "<a href=x>", "</a>", "```", "# ", "{#", "}", "[^a]", "\n[^a]: ", "<", "&lt;", "- ",
    ]), 0..30)) {
        let html = to_html(&parts.concat(), &ESCAPE, &leads).html;
        for bad in ["<script", "onerror=y>\n<", "<img src=x", "<!--", "<a href=x>"] {
            prop_assert!(!html.contains(bad), "{}", html);
        }
    }
}
