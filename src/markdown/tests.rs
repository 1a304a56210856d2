//! The dialect, feature by feature.

mod hostile;

use std::sync::LazyLock;

use super::*;

static KEEP: LazyLock<Options> = LazyLock::new(|| options(RawHtml::Keep, false));
static ESCAPE: LazyLock<Options> = LazyLock::new(|| options(RawHtml::Escape, false));
static SANITIZE: LazyLock<Options> = LazyLock::new(|| options(RawHtml::Sanitize, true));

fn options(raw_html: RawHtml, highlight: bool) -> Options {
    Options { raw_html, highlight, labels: Labels::default() }
}

/// Sends links where they say, wiki links to `/ID/` under the title `T:ID`.
fn leads(link: &Link) -> Target {
    let to = link.destination.clone();
    match link.kind {
        LinkKind::Wiki if to == "nope" => Target::TextOnly,
        LinkKind::Wiki => Target::To { href: format!("/{to}/"), title: Some(format!("T:{to}")) },
        _ if to == "nope" => Target::TextOnly,
        _ => Target::To { href: to, title: None },
    }
}

fn html(text: &str) -> String {
    to_html(text, &KEEP, &leads).html
}

#[track_caller]
fn is(text: &str, expected: &str) {
    assert_eq!(html(text).trim_end(), expected);
}

#[test]
fn common_markdown() {
    is("a *b* **c** `d<`\ne\\\nf", "<p>a <em>b</em> <strong>c</strong> <code>d&lt;</code>\ne<br>\nf</p>");
    is("- a\n- b\n\n3. c", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol start=\"3\">\n<li>c</li>\n</ol>");
    is("> a\n\n---\n", "<blockquote>\n<p>a</p>\n</blockquote>\n<hr>");
    is("a & b < c \"d\" &copy; \\*", "<p>a &amp; b &lt; c \"d\" © *</p>");
    is("a\r\nb\r\n\r\n- c\r\n", "<p>a\nb</p>\n<ul>\n<li>c</li>\n</ul>");
    is("a\0b", "<p>a\u{fffd}b</p>");
}

#[test]
fn headings_have_ids_and_allowed_attributes() {
    is("## A b\n", "<h2 id=\"a-b\">A b</h2>");
    is("# A\n\n## B\n", "<h2 id=\"a\">A</h2>\n<h3 id=\"b\">B</h3>");
    is("## A {#x .y .z onclick=alert(1) style=\"color:red\"}\n", "<h2 id=\"x\" class=\"y z\">A</h2>");
    is("## A {#x\"y .z\"w}\n", "<h2 id=\"xy\" class=\"zw\">A</h2>");
    let rendered = to_html("## A `b` *c*\n", &KEEP, &leads);
    assert_eq!(rendered.headings, outline("## A `b` *c*\n", &KEEP).headings);
    assert_eq!(rendered.headings[0].text, "A b c");
}

#[test]
fn tables_scroll() {
    is(
        "|  | b | c |\n|:--|:-:|--:|\n| 1 | 2 | |\n",
        "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"><table>\n\
         <thead><tr><td class=\"align-left\"></td><th scope=\"col\" class=\"align-center\">b</th>\
         <th scope=\"col\" class=\"align-right\">c</th></tr></thead>\n\
         <tbody>\n<tr><td class=\"align-left\">1</td><td class=\"align-center\">2</td>\
         <td class=\"align-right\"></td></tr>\n</tbody></table></div>",
    );
    let two = html("|a|\n|-|\n|b|\n\nx\n\n|a|\n|-|\n");
    assert!(two.contains("aria-label=\"Table 2\"><table>\n<thead><tr><th scope=\"col\">a</th></tr></thead>\n</table>"));
}

#[test]
fn github_extras() {
    is("~~a~~", "<p><del>a</del></p>");
    is(
        "- [ ] a\n- [x] b\n",
        "<ul>\n<li class=\"task\"><input type=\"checkbox\" disabled aria-label=\"to do\"> a</li>\n\
         <li class=\"task\"><input type=\"checkbox\" checked disabled aria-label=\"done\"> b</li>\n</ul>",
    );
    is(
        "> [!WARNING]\n> a\n",
        "<div class=\"alert alert-warning\" role=\"note\"><p class=\"alert-title\">Warning</p>\n<p>a</p>\n</div>",
    );
    is(
        "https://a.b/c. (www.d.e)",
        "<p><a href=\"https://a.b/c\" rel=\"noopener\">https://a.b/c</a>. \
         (<a href=\"http://www.d.e\" rel=\"noopener\">www.d.e</a>)</p>",
    );
    is("[https://a.b](c)", "<p><a href=\"c\">https://a.b</a></p>");
    is("<a href=\"x\">https://a.b</a>", "<p><a href=\"x\">https://a.b</a></p>");
    is("<a@b.c>", "<p><a href=\"mailto:a@b.c\">a@b.c</a></p>");
}

#[test]
fn footnotes_lead_there_and_back() {
    is(
        "a[^x] b[^x]\n\n[^x]: c\n",
        "<p>a<sup class=\"footnote-ref\"><a id=\"fnref-x\" href=\"#fn-x\" role=\"doc-noteref\" \
         aria-label=\"Footnote 1\">1</a></sup> b<sup class=\"footnote-ref\"><a id=\"fnref-x-1\" href=\"#fn-x\" \
         role=\"doc-noteref\" aria-label=\"Footnote 1\">1</a></sup></p>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\"><ol>\n<li id=\"fn-x\">\n\
         <p>c <a class=\"footnote-back\" href=\"#fnref-x\" role=\"doc-backlink\" aria-label=\"Back to reference 1\">↩</a> \
         <a class=\"footnote-back\" href=\"#fnref-x-1\" role=\"doc-backlink\" aria-label=\"Back to reference 1-2\">↩</a></p>\n\
         </li>\n</ol></section>",
    );
    assert!(html("[^x]\n\n[^x]: > a\n").contains("</blockquote>\n<p> <a class=\"footnote-back\""));
    assert!(html("[^n]: never asked for\n").contains("never asked for"));
    is("[^nope]", "<p>[^nope]</p>");
}

#[test]
fn definition_lists_but_no_containers() {
    is("A\n: b\n", "<dl>\n<dt>A</dt>\n<dd>b</dd>\n</dl>");
    is("A\n\n::: note\nb\n:::\n", "<p>A</p>\n<p>::: note\nb\n:::</p>");
}

#[test]
fn math_is_mathml() {
    assert!(html("$x^2$").starts_with("<p><math><msup>"));
    assert!(html("$$\nx\n$$").contains("<math display=\"block\">"));
    is("$\\nosuch<$", "<p><code class=\"math-error\">\\nosuch&lt;</code></p>");
    is("$5 or $10", "<p>$5 or $10</p>");
    assert_eq!(outline("$\\nosuch$", &KEEP).problems.len(), 1);
}

#[test]
fn wiki_links() {
    is("[[http]]", "<p><a href=\"/http/\">T:http</a></p>");
    is("[[http|a *b*]]", "<p><a href=\"/http/\">a <em>b</em></a></p>");
    is("[[http#c]]", "<p><a href=\"/http#c/\">T:http#c</a></p>");
    is("[[nope]] [[nope|x]]", "<p>nope x</p>");
    let table = html("| a |\n|---|\n| [[http\\|b]] |\n| [[http]] |\n");
    assert!(table.contains("<td><a href=\"/http/\">b</a></td>"), "{table}");
    assert!(table.contains("<td><a href=\"/http/\">T:http</a></td>"), "{table}");
    is("`[[http]]`", "<p><code>[[http]]</code></p>");
}

#[test]
fn links_and_pictures() {
    is("[a](b.md#c \"d\\\"e\")", "<p><a href=\"b.md#c\" title=\"d&quot;e\">a</a></p>");
    is("[a](<b c>)", "<p><a href=\"b%20c\">a</a></p>");
    is("[a](nope)", "<p>a</p>");
    is("[](b)", "<p><a href=\"b\">b</a></p>");
    is("[a](HTTPS://b.c)", "<p><a href=\"HTTPS://b.c\" rel=\"noopener\">a</a></p>");
    is(
        "![a *b* `c`](d.png \"e\")",
        "<p><img src=\"d.png\" alt=\"a b c\" title=\"e\" loading=\"lazy\" decoding=\"async\"></p>",
    );
    is("![a \"b\"](nope)", "<p>a \"b\"</p>");
    is(
        "[![a](b.png)](c)",
        "<p><a href=\"c\"><img src=\"b.png\" alt=\"a\" loading=\"lazy\" decoding=\"async\"></a></p>",
    );
    is("![[x.png|a]]", "<p><img src=\"x.png\" alt=\"a\" loading=\"lazy\" decoding=\"async\"></p>");
    assert_eq!(outline("![a [b](c)](d)", &KEEP).links.len(), 1);
}

#[test]
fn code_blocks() {
    is(
        "```rust,ignore\n<a>\n```",
        "<pre class=\"code\" tabindex=\"0\"><code class=\"lang-rust\">&lt;a&gt;\n</code></pre>",
    );
    is("    a\n", "<pre class=\"code\" tabindex=\"0\"><code>a\n</code></pre>");
    is("```\"><script>\n```", "<pre class=\"code\" tabindex=\"0\"><code class=\"lang-script\"></code></pre>");
    is(
        "```rs\r\na\r\n\r\nb\r\n```\r\n",
        "<pre class=\"code\" tabindex=\"0\"><code class=\"lang-rs\">a\n\nb\n</code></pre>",
    );
    let coloured = to_html("```rs\nfn\n```", &Options::default(), &leads).html;
    assert!(coloured.contains("<span class=\"k\">fn</span>"));
}

/// Every spelling of a link, with a place for a destination.
const SPELLINGS: [&str; 9] = [
    "[x](<{}>)",
    "![x](<{}>)",
    "[x][r]\n\n[r]: <{}>",
    "[r][]\n\n[r]: <{}>",
    "[r]\n\n[r]: <{}>",
    "![r]\n\n[r]: <{}>",
    "<{}>",
    "[[{}]]",
    "[[{}|x]]",
];

#[test]
fn no_spelling_and_no_disguise_makes_an_active_link() {
    let anywhere = |link: &Link| Target::To { href: link.destination.clone(), title: None };
    for destination in [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "javascript&#58;alert(1)",
        "javascript&colon;alert(1)",
        "java&Tab;script:alert(1)",
        "java&NewLine;script:alert(1)",
        "&#x6A;avascript:alert(1)",
        "java\tscript:alert(1)",
        " javascript:alert(1)",
        "&#1;javascript:alert(1)",
        "javascript\\:alert(1)",
        "vbscript:x",
        "VbScript&#x3a;x",
        "data:text/html,x",
        "data&colon;text/html,x",
        "data:image/svg+xml,x",
        "java&#0;script:alert(1)",
    ] {
        for spelling in SPELLINGS {
            for options in [&*KEEP, &*ESCAPE, &*SANITIZE] {
                let text = spelling.replace("{}", destination);
                let html = to_html(&text, options, &anywhere).html.to_lowercase();
                for attribute in ["href=\"", "src=\""] {
                    for value in html.split(attribute).skip(1) {
                        assert!(!is_active_scheme(value, false), "{text:?} -> {html}");
                    }
                }
            }
        }
    }
    is(
        "![x](data:image/png;base64,AA)",
        "<p><img src=\"data:image/png;base64,AA\" alt=\"x\" loading=\"lazy\" decoding=\"async\"></p>",
    );
    is("[x](data:image/png;base64,AA)", "<p>x</p>");
    let trap = |_: &Link| Target::To { href: "javascript:x".into(), title: None };
    assert_eq!(to_html("[a](b)", &KEEP, &trap).html, "<p>a</p>\n");
}

#[test]
fn raw_html_is_kept_shown_or_cleaned() {
    let text = "<div onclick=\"x\">a</div>\n\n<b>c</b> <script>d</script>\n";
    assert_eq!(html(text), "<div onclick=\"x\">a</div>\n<p><b>c</b> <script>d</script></p>\n");
    let escaped = to_html(text, &ESCAPE, &leads).html;
    assert_eq!(
        escaped,
        "<p class=\"raw-html\">&lt;div onclick=\"x\"&gt;a&lt;/div&gt;</p>\n\
         <p>&lt;b&gt;c&lt;/b&gt; &lt;script&gt;d&lt;/script&gt;</p>\n"
    );
    let clean = to_html(text, &SANITIZE, &leads).html;
    assert_eq!(clean, "<div>a</div>\n<p><b>c</b> </p>\n");
}

#[test]
fn sanitising_keeps_what_is_made_here() {
    let text = "# A {#b .c}\n\n[d](https://e.f) [[g]] $x^2$ h[^i]\n\n> [!NOTE]\n> j\n\n- [x] k\n\n|l|m|\n|:-|-|\n|n|o|\n\n\
                ```rs\nfn p() {}\n```\n\n![q](r.png)\n\n[^i]: s\n";
    let kept = to_html(text, &Options { highlight: true, ..KEEP.clone() }, &leads).html;
    let clean = to_html(text, &SANITIZE, &leads).html;
    let attributes = |html: &str| {
        let parts = html.split(['<', '>']).flat_map(|tag| tag.split_inclusive('"').collect::<Vec<_>>());
        let parts: Vec<&str> = parts.collect();
        let mut found: Vec<String> = parts
            .windows(2)
            .filter(|pair| pair[0].ends_with("=\""))
            .map(|pair| format!("{}{}", pair[0].split(' ').next_back().unwrap_or_default(), pair[1]))
            .collect();
        found.sort();
        found
    };
    let lost: Vec<_> = attributes(&kept).into_iter().filter(|one| !clean.contains(one.as_str())).collect();
    assert_eq!(lost, Vec::<String>::new(), "{clean}");
}

#[test]
fn a_prefix_keeps_texts_apart() {
    let text = "# A\n\n[^n]\n\n|a|\n|-|\n\n[^n]: x\n";
    let html = to_html_within(text, &KEEP, Within { prefix: "http-", deeper: 0 }, &leads).html;
    for part in ["id=\"http-a\"", "id=\"http-fn-n\"", "href=\"#http-fn-n\"", "id=\"http-fnref-n\"", "\"Table (http)\""]
    {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn short_texts_have_no_paragraph() {
    assert_eq!(inline_html("a *b*", &KEEP, &leads), "a <em>b</em>");
    assert_eq!(inline_html("a\n\nb", &KEEP, &leads), "<p>a</p>\n<p>b</p>\n");
    assert_eq!(inline_html("", &KEEP, &leads), "");
    assert_eq!(inline_html("- a", &KEEP, &leads), "<ul>\n<li>a</li>\n</ul>\n");
}
