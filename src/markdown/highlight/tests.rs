//! What coloured code looks like, and that it is always the code.

use std::collections::BTreeSet;
use std::path::PathBuf;

use proptest::prelude::*;
use syntect::parsing::{ClearAmount, ParseState, ScopeStackOp};

use super::grammar::SYNTAXES;
use super::parser::Change;
use super::scope::{Cleared, judge};
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
        assert_eq!(&*html, expected, "{language}");
    }
}

#[test]
fn comments_of_several_lines_are_one_span() {
    assert_eq!(&*highlight("// a\n// b\n", "rust"), "<span class=\"c\">// a\n// b</span>\n");
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
    assert_eq!(*highlight(&block, "rust"), *block);
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

/// The code with the class of each piece, and whether our parser or syntect's tells it.
fn pieces(code: &str, syntax: usize, ours: bool) -> Vec<(String, Option<Class>)> {
    let mut reference = ParseState::new(&SYNTAXES.syntaxes()[syntax]);
    let mut searches = Searches::new();
    let mut parser = Parser::new(ContextIx::start(syntax).unwrap(), &mut searches);
    let (mut classes, mut pieces) = (Classes::default(), Vec::new());
    for line in code.split_inclusive('\n') {
        let changes = if ours {
            parser.line(line).map(<[_]>::to_vec)
        } else {
            let operations = reference.parse_line(line, &SYNTAXES).map_err(|_| Fault::Broken);
            operations
                .map(|operations| operations.into_iter().filter_map(|(at, it)| Some((at, change(&it)?))).collect())
        };
        let mut done = 0;
        for (at, change) in changes.unwrap_or_default() {
            let text = line.get(done..at).unwrap_or_default();
            pieces.push((text.to_owned(), classes.current()));
            done += text.len();
            classes.apply(change);
        }
        pieces.push((line[done..].to_owned(), classes.current()));
    }
    pieces.retain(|(text, _)| !text.is_empty());
    pieces
}

fn change(operation: &ScopeStackOp) -> Option<Change> {
    Some(match operation {
        ScopeStackOp::Push(scope) => Change::Push(judge(&scope.build_string())),
        ScopeStackOp::Pop(count) => Change::Pop(*count),
        ScopeStackOp::Clear(ClearAmount::TopN(count)) => Change::Clear(Cleared::TopN(*count)),
        ScopeStackOp::Clear(ClearAmount::All) => Change::Clear(Cleared::All),
        ScopeStackOp::Restore => Change::Restore,
        ScopeStackOp::Noop => return None,
    })
}

/// Every fenced block of the content guide and the example site, in its language.
#[test]
fn blocks_are_read_as_syntect_reads_them() {
    let mut folders = vec![PathBuf::from("docs"), PathBuf::from("content")];
    let mut compared = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                let text = std::fs::read_to_string(path).unwrap();
                for block in text.split("\n```").skip(1).step_by(2) {
                    let (language, code) = block.split_once('\n').unwrap_or_default();
                    let Some(syntax) = language::find(language) else { continue };
                    assert_eq!(pieces(code, syntax, true), pieces(code, syntax, false), "{language}\n{code}");
                    compared.insert(syntax);
                }
            }
        }
    }
    assert!(compared.len() > 15, "{}", compared.len());
}

/// Texts that fit no language are the hardest; every grammar reads them as it should.
#[test]
fn all_grammars_are_read() {
    let code = "a := \"b\\n\" // é\n# x <b c='d'>{{ e }}</b> ${F}\nfn g(h: i64) -> J { k.l(0x1f, 'm') }\n\t--n=[o];\n";
    for (at, syntax) in SYNTAXES.syntaxes().iter().enumerate() {
        assert!(ContextIx::start(at).is_some(), "{}", syntax.name);
        assert_eq!(pieces(code, at, true), pieces(code, at, false), "{}", syntax.name);
    }
}

#[test]
fn a_grammar_that_goes_round_is_given_up() {
    // The syntax of this very name, where `js` is another.
    let at = SYNTAXES.syntaxes().iter().position(|syntax| syntax.name == "JavaScript").unwrap();
    assert_eq!(coloured("x /*\n a */\n", ContextIx::start(at).unwrap()), None);
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
