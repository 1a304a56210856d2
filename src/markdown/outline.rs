//! The outline of a text: what other stages need to know of it without rendering it.
//!
//! * In: a Markdown text.
//! * Out: its links, headings, anchors, words and problems; or its bare text.
//! * Refuses to: resolve a link, or judge one.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::events::{self, Document};
use super::plan::{plan, text_of};
use super::problems::problems;
use super::{Link, Options, Outline, Passages};

/// Reads a text for what other stages need to know of it.
#[must_use]
pub fn outline(text: &str, options: &Options) -> Outline {
    let document = events::read(text);
    let plan = plan(&document, options, "");
    Outline {
        links: links(&document),
        anchors: plan.anchors(),
        headings: plan.headings,
        is_empty: !has_words(&document),
        problems: problems(text, &document),
    }
}

/// A text without its markup, blocks on lines of their own: for a summary. HTML is left out, pictures are their
/// alternative texts.
#[must_use]
pub fn plain_text(text: &str) -> String {
    bare(&events::read(text))
}

/// A text without its markup for a search index: headings, code blocks and the rest apart.
#[must_use]
pub fn passages(text: &str) -> Passages {
    let document = events::read(text);
    let mut passages = Passages::default();
    let mut within = Within::Prose;
    for piece in document.parts().flatten() {
        match &piece.event {
            Event::Start(Tag::Heading { .. }) => within = Within::Heading,
            Event::Start(Tag::CodeBlock(_)) => within = Within::Code,
            _ => {}
        }
        let out = match within {
            Within::Prose => &mut passages.prose,
            Within::Heading => &mut passages.headings,
            Within::Code => &mut passages.code,
        };
        add_bare(out, &piece.event);
        if matches!(&piece.event, Event::End(TagEnd::Heading(_) | TagEnd::CodeBlock)) {
            within = Within::Prose;
        }
    }
    passages
}

/// What a piece of text stands in.
#[derive(Clone, Copy)]
enum Within {
    Prose,
    Heading,
    Code,
}

fn links(document: &Document<'_>) -> Vec<Link> {
    let mut links: Vec<Link> = document
        .parts()
        .flatten()
        .filter_map(|piece| match &piece.event {
            Event::Start(tag) => events::link_of(tag, &piece.span),
            _ => None,
        })
        .collect();
    links.sort_by_key(|link| (link.span.start, link.span.end));
    links
}

fn bare(document: &Document<'_>) -> String {
    let mut out = String::new();
    for piece in document.parts().flatten() {
        add_bare(&mut out, &piece.event);
    }
    out.truncate(out.trim_end().len());
    out
}

fn add_bare(out: &mut String, event: &Event<'_>) {
    match event {
        Event::End(tag) if events::is_block(*tag) => end_line(out),
        Event::Start(Tag::List(_) | Tag::CodeBlock(_)) => end_line(out),
        event => out.extend(text_of(event)),
    }
}

fn end_line(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

/// Whether there is any letter or digit.
fn has_words(document: &Document<'_>) -> bool {
    let mut texts = document.parts().flatten().flat_map(|piece| text_of(&piece.event));
    texts.any(|text| text.chars().any(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::super::LinkKind;
    use super::*;

    fn of(text: &str) -> Outline {
        outline(text, &Options::default())
    }

    fn destinations(text: &str) -> Vec<(LinkKind, String, String)> {
        of(text).links.into_iter().map(|link| (link.kind, link.destination, text[link.span].to_owned())).collect()
    }

    #[test]
    fn every_spelling_of_a_link_is_found() {
        let text = "[a](b.md#c \"t\") ![d](<e f.png>) [g][r] [r][] [r] <https://h.i> <j@k.l> \
                    [[m]] [[m#n|o]] https://p.q. www.r.s t@u.v ![[w.png]] [x](a\\_b&amp;c.md)\n\n[r]: y.md\n";
        let expected = [
            (LinkKind::Link, "b.md#c", "[a](b.md#c \"t\")"),
            (LinkKind::Image, "e f.png", "![d](<e f.png>)"),
            (LinkKind::Link, "y.md", "[g][r]"),
            (LinkKind::Link, "y.md", "[r][]"),
            (LinkKind::Link, "y.md", "[r]"),
            (LinkKind::Link, "https://h.i", "<https://h.i>"),
            (LinkKind::Link, "mailto:j@k.l", "<j@k.l>"),
            (LinkKind::Wiki, "m", "[[m]]"),
            (LinkKind::Wiki, "m#n", "[[m#n|o]]"),
            (LinkKind::Link, "https://p.q", "https://p.q"),
            (LinkKind::Link, "http://www.r.s", "www.r.s"),
            (LinkKind::Link, "mailto:t@u.v", "t@u.v"),
            (LinkKind::Image, "w.png", "![[w.png]]"),
            (LinkKind::Link, "a_b&c.md", "[x](a\\_b&amp;c.md)"),
        ];
        let expected = expected.map(|(kind, to, as_written)| (kind, to.to_owned(), as_written.to_owned()));
        assert_eq!(destinations(text), expected);
    }

    #[test]
    fn links_stand_in_the_order_of_the_text() {
        let text = "[^n]\n\n[^n]: [a](a.md)\n\n[b](b.md)\n";
        let found: Vec<_> = destinations(text).into_iter().map(|(_, to, _)| to).collect();
        assert_eq!(found, ["a.md", "b.md"]);
    }

    #[test]
    fn code_and_html_hold_no_links() {
        let text = "`[a](b)` `https://c.d`\n\n```\n[[e]] www.f.g\n```\n\n<a href=\"x\">https://h.i</a>\n";
        assert_eq!(destinations(text), []);
    }

    #[test]
    fn anchors_are_all_ids() {
        let text = "# A\n\n<b id=\"c\">x</b>[^n]\n\n[^n]: y\n";
        assert_eq!(of(text).anchors, ["a", "c", "fn-n", "fnref-n"]);
        let escaped = Options { raw_html: super::super::RawHtml::Escape, ..Options::default() };
        assert_eq!(outline(text, &escaped).anchors, ["a", "fn-n", "fnref-n"]);
    }

    #[test]
    fn words_are_counted() {
        for text in ["# One", "- `four`", "<b>six</b>", "日本", "> ![alt](a.png)"] {
            assert!(!of(text).is_empty, "{text}");
        }
        for text in ["", "\n\n", "- – …\n", "---", "<br>"] {
            assert!(of(text).is_empty, "{text}");
        }
    }

    #[test]
    fn bare_text_has_lines() {
        let text = "# A *b*\n\n- c\n  d\n- [e](f) ![g](h)\n\n| i | j |\n|---|---|\n| k | l |\n\n```\nm\n```\n";
        assert_eq!(plain_text(text), "A b\nc d\ne g\ni\nj\nk\nl\nm");
    }
}
