//! Highlighting: code becomes HTML with a class for each kind of word.
//!
//! * In: code and the name of its language.
//! * Out: the code, escaped, in `<span class="…">`; colours are the theme's.
//! * Refuses to: colour lines over 4 KB, blocks over 200 KB, languages it does not know, or code on which a
//!   syntax gets stuck; those are plain.
//!
//! | class | what | examples |
//! | --- | --- | --- |
//! | `k` | keyword, storage | `if`, `fn`, `pub`, `int` |
//! | `o` | operator | `+`, `&&`, `=>` |
//! | `s` | string | `"text"`, `'c'` |
//! | `e` | escape, placeholder or regular expression | `\n`, `{}`, `/a+/` |
//! | `c` | comment | `// why` |
//! | `n` | number, constant | `12`, `true`, `nil` |
//! | `f` | function or macro, defined or called | `main`, `println!`, `ls` |
//! | `t` | type, class or module | `Option`, `MyClass` |
//! | `v` | variable that is marked as such, parameter | `$HOME`, `self` |
//! | `a` | attribute, annotation or option | `href`, `#[derive]`, `--all` |
//! | `g` | tag | `div` |
//! | `p` | key or property | keys of JSON, YAML, TOML and CSS |
//! | `m` | heading or header | `# Title`, `@@ -1 +1 @@` |
//! | `i` | inserted | `+line` of a diff |
//! | `d` | deleted | `-line` of a diff |
//!
//! Punctuation and plain names have no span. Neighbours of one class share a span, over blanks and ends
//! of lines too, so a span may hold several lines.

mod first;
mod grammar;
mod language;
mod memory;
mod parser;
mod scope;
mod search;

use std::cell::RefCell;
use std::sync::Arc;

use self::grammar::ContextIx;
use self::parser::{Fault, Parser};
use self::scope::{Class, Classes};
use self::search::Searches;
use super::write;

/// The longest line and the longest block, in bytes, that are coloured.
const LONGEST_LINE: usize = 4 << 10;
const LONGEST_BLOCK: usize = 200 << 10;

thread_local! {
    static SEARCHES: RefCell<Searches> = RefCell::new(Searches::new());
}

/// Code as HTML for the inside of `<pre><code>`. `language` is a name, an extension or a common alias, in
/// any case; code in one that is unknown is escaped and left plain.
#[must_use]
pub fn highlight(code: &str, language: &str) -> Arc<str> {
    let syntax = (code.len() <= LONGEST_BLOCK).then(|| language::find(language)).flatten();
    let Some(syntax) = syntax else { return plain(code).into() };
    memory::recall(code, syntax, || {
        let coloured = ContextIx::start(syntax).and_then(|start| coloured(code, start));
        coloured.unwrap_or_else(|| plain(code))
    })
}

fn plain(code: &str) -> String {
    let mut out = String::with_capacity(code.len() + code.len() / 8);
    write::text(&mut out, code);
    out
}

/// None when the grammar gets stuck.
fn coloured(code: &str, start: ContextIx) -> Option<String> {
    SEARCHES.with_borrow_mut(|searches| {
        searches.reset();
        let mut parser = Parser::new(start, searches);
        let mut classes = Classes::default();
        let mut spans = Spans::new(code.len());
        for line in code.split_inclusive('\n') {
            if line.len() > LONGEST_LINE {
                spans.push(line, None);
                continue;
            }
            let changes = match parser.line(line) {
                Ok(changes) => changes,
                // A syntax that fails leaves its line as it is; the next may do better.
                Err(Fault::Broken) => {
                    spans.push(line, classes.current());
                    continue;
                }
                Err(Fault::Stuck) => return None,
            };
            let mut done = 0;
            for (at, change) in changes {
                if let Some(text) = line.get(done..*at) {
                    spans.push(text, classes.current());
                    done = *at;
                }
                classes.apply(*change);
            }
            spans.push(line.get(done..).unwrap_or_default(), classes.current());
        }
        Some(spans.finish())
    })
}

/// Writes pieces of code, neighbours of one class in one span and blanks at the edges of spans outside.
struct Spans {
    out: String,
    open: Option<Class>,
    /// Blanks whose place, in the open span or behind it, is not known yet.
    blanks: String,
}

impl Spans {
    fn new(length: usize) -> Self {
        Self { out: String::with_capacity(length * 2), open: None, blanks: String::new() }
    }

    fn push(&mut self, text: &str, class: Option<Class>) {
        let core = text.trim_ascii();
        if core.is_empty() {
            self.blanks.push_str(text);
            return;
        }
        let lead = text.len() - text.trim_ascii_start().len();
        self.blanks.push_str(&text[..lead]);
        if class != self.open {
            self.close();
        }
        self.out.push_str(&self.blanks);
        self.blanks.clear();
        if let (None, Some(class)) = (self.open, class) {
            self.out.push_str(class.opening());
            self.open = Some(class);
        }
        write::text(&mut self.out, core);
        self.blanks.push_str(&text[lead + core.len()..]);
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.out.push_str("</span>");
        }
    }

    fn finish(mut self) -> String {
        self.close();
        self.out.push_str(&self.blanks);
        self.out
    }
}

#[cfg(test)]
mod tests;
