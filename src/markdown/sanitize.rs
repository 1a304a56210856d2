//! Sanitising: what is harmless of rendered HTML.
//!
//! * In: HTML made here, with an author's raw HTML in it.
//! * Out: the same with nothing that could run, load a script, pose as the page or reach out of it.
//! * Refuses to: be the only line of defence; links were judged before.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::Builder;

use super::{is_active_scheme, math};

/// Tags opened at most; a cleaner of trees takes time in the square of their depth.
const MOST_OPEN: usize = 512;

/// Classes made here. Others are dropped, so that an author cannot dress text up as the page's own parts.
const CLASSES: [&str; 20] = [
    "alert",
    "alert-note",
    "alert-tip",
    "alert-important",
    "alert-warning",
    "alert-caution",
    "alert-title",
    "table",
    "align-left",
    "align-center",
    "align-right",
    "code",
    "task",
    "footnote-ref",
    "footnotes",
    "footnote-back",
    "math",
    "math-error",
    "raw-html",
    "math-core-serif-font",
];

/// Classes of highlighted code, a letter each.
const HIGHLIGHTS: &str = "kosecnftvagpmid";

/// Roles made here.
const ROLES: [&str; 6] = ["note", "region", "group", "doc-noteref", "doc-endnotes", "doc-backlink"];

const MATH_ATTRIBUTES: [&str; 22] = [
    "display",
    "displaystyle",
    "scriptlevel",
    "mathvariant",
    "stretchy",
    "symmetric",
    "fence",
    "separator",
    "form",
    "lspace",
    "rspace",
    "minsize",
    "maxsize",
    "movablelimits",
    "accent",
    "accentunder",
    "linethickness",
    "width",
    "height",
    "depth",
    "columnspan",
    "notation",
];

/// What formulas are styled with.
const STYLES: [&str; 12] = [
    "width",
    "color",
    "background-color",
    "border",
    "border-left",
    "border-right",
    "border-top",
    "border-bottom",
    "padding",
    "text-align",
    "font-variant-caps",
    "font-style",
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(cleaner);

/// Cleans a piece of HTML.
pub(super) fn clean(html: &str) -> String {
    if deepest(html) > MOST_OPEN {
        let mut text = String::from("<p class=\"raw-html\">");
        super::write::text(&mut text, html);
        return text + "</p>\n";
    }
    CLEANER.clean(html).to_string()
}

/// How many more tags are opened than closed at any place, an upper bound on the depth of the tree.
fn deepest(html: &str) -> usize {
    let mut open: usize = 0;
    let mut deepest = 0;
    for tag in html.split('<').skip(1) {
        if tag.starts_with('/') {
            open = open.saturating_sub(1);
        } else if tag.starts_with(|c: char| c.is_ascii_alphabetic()) && !is_void(tag) {
            open += 1;
            deepest = deepest.max(open);
        }
    }
    deepest
}

fn is_void(tag: &str) -> bool {
    let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    matches!(name, "img" | "br" | "hr" | "input" | "wbr" | "mspace" | "col" | "mprescripts")
}

fn cleaner() -> Builder<'static> {
    let mut cleaner = Builder::default();
    cleaner
        .add_tags(["input", "section", "tfoot"])
        .add_tags(math::MATHML)
        .rm_tags(["area", "map", "nav", "header", "footer", "aside", "center", "article"])
        // Elements of a drawing are others than those of the same name in a text.
        .add_clean_content_tags(["svg"])
        .add_generic_attributes(["id", "class", "role", "aria-label", "tabindex"])
        .add_tag_attributes("a", ["rel", "name"])
        .add_tag_attributes("img", ["loading", "decoding", "title"])
        .add_tag_attributes("ol", ["start", "reversed"])
        .add_tag_attributes("details", ["open"])
        .add_tag_attributes("input", ["checked"])
        .set_tag_attribute_value("input", "type", "checkbox")
        .set_tag_attribute_value("input", "disabled", "")
        .add_url_schemes(["data"])
        .filter_style_properties(HashSet::from(STYLES))
        .link_rel(None)
        .attribute_filter(filter);
    for element in math::MATHML {
        cleaner.add_tag_attributes(element, MATH_ATTRIBUTES).add_tag_attributes(element, ["style"]);
    }
    cleaner
}

/// What is left of an attribute that its element may have.
fn filter<'v>(element: &str, attribute: &str, value: &'v str) -> Option<Cow<'v, str>> {
    match attribute {
        // They may be `xlink:title`, `xml:lang` and `xlink:role`, which come here without the prefix.
        "title" | "lang" | "role" if math::MATHML.contains(&element) => None,
        "class" => {
            let heading = element.len() == 2 && element.starts_with('h');
            let keeps = |class: &&str| heading || is_known(class);
            let kept: Vec<&str> = value.split_ascii_whitespace().filter(keeps).collect();
            (!kept.is_empty()).then(|| kept.join(" ").into())
        }
        "role" => ROLES.contains(&value).then(|| value.into()),
        "tabindex" => (value == "0").then(|| value.into()),
        "href" | "src" | "cite" => {
            let image = element == "img" && attribute == "src";
            (!is_active_scheme(value, image)).then(|| value.into())
        }
        _ => Some(value.into()),
    }
}

fn is_known(class: &str) -> bool {
    (class.len() == 1 && HIGHLIGHTS.contains(class))
        || class.starts_with("lang-")
        || class.starts_with("menclose-")
        || class == "math-core-sans-serif-font"
        || CLASSES.contains(&class)
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn what_runs_is_dropped() {
        for html in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<a href=\"java&#10;script:alert(1)\">x</a>",
            "<a href=\" &#1;javascript:alert(1)\">x</a>",
            "<a href=\"data:text/html,<script>\">x</a>",
            "<img src=\"data:image/svg+xml,<svg onload=alert(1)>\">",
            "<iframe src=x></iframe><object data=x></object><embed src=x><base href=x>",
            "<form action=x><button formaction=javascript:x>y</button></form>",
            "<style>*{}</style><link rel=stylesheet href=x><meta http-equiv=refresh>",
            "<svg><script>alert(1)</script></svg>",
            "<math><mtext><svg><a xlink:href=\"data:x\">annotation</a></svg></mtext></math>",
            "<math><annotation-xml encoding=\"text/html\"><script>alert(1)</script></annotation-xml></math>",
            "<math href=\"javascript:alert(1)\"><mi xlink:href=\"javascript:alert(1)\">x</mi></math>",
            "<p style=\"position:fixed\">x</p><math style=\"position:fixed\"></math>",
            "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
        ] {
            let clean = clean(html);
            for bad in [
                "script",
                "onerror",
                "onload",
                "style=\"position",
                "<style",
                "<iframe",
                "<form",
                "<base",
                "<link",
                "data:",
                "<svg",
                "annotation",
            ] {
                assert!(!clean.contains(bad), "{html} -> {clean}");
            }
        }
    }

    #[test]
    fn what_is_made_here_stays() {
        for html in [
            "<div class=\"alert alert-note\" role=\"note\"><p class=\"alert-title\">Note</p></div>",
            "<pre class=\"code\" tabindex=\"0\"><code class=\"lang-rs\"><span class=\"k\">fn</span></code></pre>",
            "<h2 id=\"x\" class=\"mine\">x</h2>",
            "<a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\" aria-label=\"Footnote 1\">1</a>",
            "<img src=\"data:image/png;base64,AA\" alt=\"\" loading=\"lazy\" decoding=\"async\">",
            "<a href=\"https://a.b/\" rel=\"noopener\">x</a>",
            "<math display=\"block\"><msup><mi>x</mi><mn>2</mn></msup></math>",
            "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\"><ol><li id=\"fn-1\">x</li></ol></section>",
        ] {
            let cleaned = clean(html);
            assert_eq!(sorted(&cleaned), sorted(html), "{cleaned}");
        }
        assert!(clean("<input type=\"checkbox\" disabled checked aria-label=\"done\">").contains("disabled"));
    }

    /// Attributes may change their order.
    fn sorted(html: &str) -> Vec<char> {
        let mut chars: Vec<char> = html.chars().collect();
        chars.sort_unstable();
        chars
    }

    #[test]
    fn the_page_cannot_be_imitated() {
        assert_eq!(clean("<div class=\"site-header x\">x</div>"), "<div>x</div>");
        assert_eq!(clean("<div role=\"banner\">x</div>"), "<div>x</div>");
        assert!(clean("<input value=x>").contains("disabled"));
    }

    #[test]
    fn depth_is_bounded() {
        let deep = "<div>".repeat(100_000);
        assert!(clean(&deep).starts_with("<p class=\"raw-html\">&lt;div"));
        assert!(clean(&"<br>".repeat(10_000)).starts_with("<br>"));
    }
}
