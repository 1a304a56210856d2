//! The template engine's complaints in an author's words.

use tera::{Error, ErrorKind};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// The report of an error: at the template that it names, or else at `fallback`.
pub fn explain(error: &Error, file: impl Fn(&str) -> Option<FileId>, fallback: FileId) -> Diagnostic {
    let top = |name: &str| Span::start_of(file(name).unwrap_or(fallback));
    let report = |span, message: String| Diagnostic::new(Code::Template, span, message);
    match error.kind() {
        ErrorKind::SyntaxError(found) | ErrorKind::RenderingError(found) => {
            let span = match file(found.filename()) {
                Some(file) => Span::new(file, found.span().range.clone()),
                None => Span::start_of(fallback),
            };
            let help = match error.kind() {
                ErrorKind::SyntaxError(_) => "mend the template; its syntax is that of Tera 2",
                _ => "what each template receives is listed in the theme's README",
            };
            report(span, plain(found.message())).label("here").help(help)
        }
        ErrorKind::MissingParent { current, parent } => {
            report(top(current), format!("this template extends `{parent}`, which does not exist"))
                .help("name a template of the theme, or add it to `templates/`")
        }
        ErrorKind::CircularExtend { tpl, .. } => {
            report(top(tpl), format!("`{tpl}` extends itself, over other templates or directly"))
                .help("write `{% extends \"default/NAME\" %}` to build on the built-in template of the same name")
        }
        ErrorKind::CircularInclude { tpl, .. } => {
            report(top(tpl), format!("`{tpl}` includes itself, over other templates or directly")).help("remove one `include`")
        }
        ErrorKind::TemplateNotFound(name) => {
            report(Span::start_of(fallback), format!("there is no template `{name}`")).help("add it to `templates/`")
        }
        other => report(Span::start_of(fallback), plain(&other.to_string())).help("mend the template"),
    }
}

/// One line, lower case, no full stop, and the names of Rust's types in an author's words.
fn plain(message: &str) -> String {
    let line = message.lines().next().unwrap_or("").trim().trim_end_matches('.');
    let mut text = line.replace("&str", "text").replace("String", "text").replace("Vec<Value>", "a list");
    for number in ["u128", "i128", "u64", "i64", "f64", "usize", "isize", "u32", "i32"] {
        text = text.replace(&format!("`{number}`"), "`number`").replace(&format!(" {number}"), " number");
    }
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if chars.clone().next().is_some_and(char::is_lowercase) => first.to_lowercase().chain(chars).collect(),
        _ => text,
    }
}
