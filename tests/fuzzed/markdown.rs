//! Markdown: whatever a stranger writes becomes well-formed HTML of harmless elements, and the outline says the same
//! of it as the page.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use roadbook::markdown::{
    Labels, Link, LinkKind, Options, RawHtml, Target, inline_html, is_active_scheme, outline, passages, plain_text,
    to_html,
};

use super::allowed;
use super::html::{self, Tree};

static KEEP: LazyLock<Options> = LazyLock::new(|| options(RawHtml::Keep));
static ESCAPE: LazyLock<Options> = LazyLock::new(|| options(RawHtml::Escape));
pub static SANITIZE: LazyLock<Options> = LazyLock::new(|| options(RawHtml::Sanitize));

fn options(raw_html: RawHtml) -> Options {
    Options { raw_html, highlight: true, labels: Labels::default() }
}

/// Sends links where they say, and wiki links to a topic.
pub fn leads(link: &Link) -> Target {
    let to = &link.destination;
    match link.kind {
        LinkKind::Wiki => Target::To { href: format!("/topics/{to}/"), title: Some(format!("T:{to}")) },
        _ => Target::To { href: to.clone(), title: None },
    }
}

pub fn check(text: &str) {
    sanitized(text);
    escaped(text);
    outlined(text);
    let kept = to_html(text, &KEEP, &leads).html;
    if !text.contains('<') {
        assert_eq!(kept, to_html(text, &ESCAPE, &leads).html, "without markup there is nothing to escape");
    }
    let inline = inline_html(text, &SANITIZE, &leads);
    allowed::check_text(&html::fragment(&inline), &inline);
}

/// What `raw_html = "sanitize"` promises.
pub fn sanitized(text: &str) {
    let made = to_html(text, &SANITIZE, &leads).html;
    allowed::check_text(&html::fragment(&made), &made);
}

/// What is made here has nothing that a parser must mend, and no place has the name of another.
fn escaped(text: &str) {
    let made = to_html(text, &ESCAPE, &leads).html;
    let tree = html::fragment(&made);
    allowed_here(&tree, &made);
    assert_eq!(tree.mended, Vec::<String>::new(), "mended in {made}");
    let mut ids = BTreeSet::new();
    for id in tree.elements.iter().filter_map(|element| element.get("id")) {
        assert!(!id.is_empty() && ids.insert(id), "the id {id:?} in {made}");
    }
}

/// Only what this text may be; addresses may have any scheme that runs nothing.
fn allowed_here(tree: &Tree, made: &str) {
    for element in &tree.elements {
        for (key, value) in &element.attributes {
            assert!(!key.starts_with("on"), "the attribute {key:?} in {made}");
            if key == "href" || key == "src" {
                let picture = element.name == "img";
                assert!(!allowed::is_active(value, picture), "the address {value:?} in {made}");
                assert!(!is_active_scheme(value, picture), "the address {value:?} in {made}");
            }
        }
    }
    allowed::check_elements(tree, made);
}

fn outlined(text: &str) {
    for options in [&*KEEP, &*ESCAPE, &*SANITIZE] {
        let outline = outline(text, options);
        assert_eq!(to_html(text, options, &leads).headings, outline.headings);
        let mut ids = BTreeSet::new();
        for heading in &outline.headings {
            assert!(!heading.id.is_empty() && ids.insert(&heading.id), "the id {:?}", heading.id);
            assert!((2..=6).contains(&heading.level));
            assert!(outline.anchors.contains(&heading.id));
        }
        let links = outline.links.iter().map(|link| &link.span);
        let problems = outline.problems.iter().map(|problem| &problem.span);
        for span in links.chain(problems).chain(outline.headings.iter().map(|heading| &heading.span)) {
            assert!(text.get(span.clone()).is_some(), "{span:?} of {text:?}");
        }
    }
    let _ = (passages(text), plain_text(text));
}
