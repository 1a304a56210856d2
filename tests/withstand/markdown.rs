//! Markdown that makes other programs slow, deep or dangerous. What single constructs become is tested where they are
//! made, in `src/markdown/tests`.

use crate::site::{STAGE, Site, topic};

fn page(text: &str, raw_html: &str) -> String {
    let site = Site::of_topic(format!("{}\n{text}", topic("Case", "")));
    site.write("site.toml", format!("title = \"Roads\"\n[markdown]\nraw_html = \"{raw_html}\"\n"));
    site.succeed();
    site.page("topics/case/index.html")
}

/// Sizes at which anything that is quadratic takes minutes.
#[test]
fn known_shapes_take_no_time_to_speak_of() {
    let fences: String = (1..1500).map(|n| format!("{} ", "`".repeat(n))).collect();
    let notes: String = (0..5_000).map(|n| format!("[^{n}]: x [^{}]\n\n", n + 1)).collect();
    let nested: String = (0..200).map(|n| format!("{}- a\n", "  ".repeat(n))).collect();
    let wide = |rows: &str| format!("|{}\n|{}\n{rows}", "a|".repeat(3_000), "-|".repeat(3_000));
    for text in [
        "word ".repeat(2 << 20),
        "a".repeat(10 << 20),
        format!("|a|b|\n|-|-|\n{}", "|x|y|\n".repeat(170_000)),
        wide(&"|x\n".repeat(300)),
        nested,
        format!("{}a", "- ".repeat(5_000)),
        format!("{}a", "> ".repeat(50_000)),
        format!("{}a\n", ">".repeat(1_000)).repeat(200),
        "*a _b ".repeat(10_000),
        format!("a**b{}", "c* ".repeat(50_000)),
        "[".repeat(100_000),
        "![".repeat(50_000),
        format!("[a]: {}\n\n{}", "/x".repeat(2_500), "[b] ".repeat(20_000)),
        fences,
        notes + "[^5000]: y\n\n[^0]",
        format!("{}\n\n[^a]: x\n", "[^a]".repeat(20_000)),
        "<!--".repeat(50_000),
        "<?".repeat(50_000),
        "<![CDATA[".repeat(20_000),
        "<!A ".repeat(50_000),
        "a\n: b\n".repeat(10_000),
        "# a\n\n".repeat(5_000),
        "https://example.org/(".repeat(20_000),
        "a@b.c".repeat(20_000),
        "&amp;".repeat(100_000),
    ] {
        page(&text, "keep");
    }
}

#[test]
fn raw_html_of_any_depth_is_cleaned() {
    for text in ["<div>".repeat(20_000), "<b><i>".repeat(5_000) + &"<table><tr><td>".repeat(1_000)] {
        page(&text, "sanitize");
    }
    for text in [
        "</main></body></html><script>alert(1)</script>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
        "<template><script>alert(1)</script></template>",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<object data=\"javascript:alert(1)\"></object><embed src=\"javascript:alert(1)\">",
        "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
        "<form action=\"javascript:alert(1)\"><button formaction=\"javascript:alert(1)\">x</button></form>",
        "<base href=\"https://evil.example/\"><meta http-equiv=refresh content=\"0;url=https://evil.example/\">",
        "<link rel=stylesheet href=\"https://evil.example/\"><style>@import 'https://evil.example/'</style>",
        "<div style=\"background:url(https://evil.example/)\" onclick=\"alert(1)\">x</div>",
        "<img src=x onerror=alert(1)>\n\n<video><source onerror=alert(1)></video>",
    ] {
        let clean = page(text, "sanitize").to_lowercase();
        for bad in [
            "alert(1)\"",
            "onerror=",
            "onclick=",
            "srcdoc",
            "<iframe",
            "<object",
            "<embed",
            "<form",
            "<base",
            "http-equiv=\"refresh",
            "<style",
            "evil.example",
        ] {
            assert!(!clean.contains(bad), "`{bad}` is left of {text}");
        }
        assert_eq!(clean.matches("</main>").count(), 1, "{text}");
        assert_eq!(clean.matches("</body>").count(), 1, "{text}");
    }
}

#[test]
fn code_and_formulas_of_any_shape_are_coloured_or_shown() {
    for text in [
        format!("```rust\n{}```\n", "fn a() { let x = \"y\"; }\n".repeat(2_000)),
        format!("```javascript\n{}\n```\n", "a(\"b\",{c:[1,2]});".repeat(3_000)),
        format!("```rust\n{}\n```\n", "(".repeat(20_000)),
        format!("${}{}$", "{".repeat(20_000), "}".repeat(20_000)),
        format!("${}1{}$", "\\frac{1}{".repeat(3_000), "}".repeat(3_000)),
        format!("${}{}$", "\\left(".repeat(5_000), "\\right)".repeat(5_000)),
        "$x^2$ ".repeat(5_000),
        "$\\def\\a{\\a\\a}\\a$ $\\newcommand{\\b}{\\b\\b}\\b$".into(),
    ] {
        let site = Site::of_topic(format!("{}\n{text}", topic("Case", "")));
        let problems = site.build();
        assert!(problems.iter().all(|problem| problem.code == "syntax"), "{problems:#?}");
    }
}

#[test]
fn words_of_templates_and_ids_of_the_theme_stay_text() {
    let text = "{{ page.title }} {% raw %} {% include \"base.html\" %} {# note #} ${x} <%= y %>\n\n# main\n\n# content\n\n# search\n";
    let page = page(text, "escape");
    for kept in ["{{ page.title }}", "{% raw %}", "{# note #}", "${x}", "&lt;%= y %"] {
        assert!(page.contains(kept), "{kept}");
    }
    let mut ids: Vec<&str> = page.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id stands twice");
}

#[test]
fn reports_of_many_problems_end() {
    let site = Site::of_topic(format!("{}\n{}", topic("Case", ""), "[[nothing]] ".repeat(100_000)));
    let problems = site.build();
    assert!(problems.len() <= 500, "{}", problems.len());
    assert!(problems.iter().all(|problem| problem.place.starts_with(STAGE)));
    let keys: String = (0..9_000).map(|n| format!("k{n}: 1\n")).collect();
    assert!(Site::of_topic(topic("Case", &keys)).build().len() <= 500);
}
