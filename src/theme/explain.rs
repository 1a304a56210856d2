//! The template engine's complaints in an author's words.

use tera::{Error, ErrorKind};

use super::{Templates, steps};
use crate::diagnostic::{Code, Diagnostic};
use crate::limits::PAGE_BYTES;
use crate::source::{FileId, Span};

/// The report of an error: at the template that it names, or else at `fallback`.
pub(super) fn explain(error: &Error, templates: &Templates, fallback: FileId) -> Diagnostic {
    let top = |name: &str| Span::start_of(templates.file(name).unwrap_or(fallback));
    let report = |span, message: String| Diagnostic::new(Code::Template, span, message);
    match error.kind() {
        ErrorKind::SyntaxError(found) | ErrorKind::RenderingError(found) => {
            let span = templates.span(found.filename(), found.span().range.clone());
            let span = span.unwrap_or_else(|| Span::start_of(fallback));
            let help = match error.kind() {
                ErrorKind::SyntaxError(_) => "mend the template; its syntax is that of Tera 2",
                _ => steps::cure(found.message())
                    .unwrap_or("`themes/default/README.md` of roadbook lists what each template receives"),
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
            report(top(tpl), format!("`{tpl}` includes itself, over other templates or directly"))
                .help("remove one `include`")
        }
        ErrorKind::TemplateNotFound(name) => {
            report(Span::start_of(fallback), format!("there is no template `{name}`")).help("add it to `templates/`")
        }
        ErrorKind::Io(_) => {
            report(Span::start_of(fallback), format!("a page of this template is larger than {} MB", PAGE_BYTES >> 20))
                .help("write less on one page")
        }
        other => report(Span::start_of(fallback), plain(&other.to_string())).help("mend the template"),
    }
}

/// The report of an engine that failed, or had no room to work.
pub(super) fn failure(span: Span) -> Diagnostic {
    Diagnostic::new(Code::Template, span, "this template could not be rendered: the engine failed on it")
        .help("take what you changed last out again, and put it in piece by piece")
}

/// What is wrong, in which template, and where: a line and a column, both from 1.
pub struct Missing {
    message: String,
    /// The template.
    pub name: String,
    line: usize,
    column: usize,
}

/// The filters, tests, functions, components and templates that templates name and nobody knows. The engine
/// reports all of them in one text, each as `error: MESSAGE` and a line `--> NAME:LINE:COLUMN`.
pub fn missing(error: &Error) -> Vec<Missing> {
    let ErrorKind::Msg(text) = error.kind() else { return Vec::new() };
    let mut found = Vec::new();
    let mut message = None;
    for line in text.lines() {
        if let Some(said) = line.strip_prefix("error: ") {
            message = Some(plain(said));
        } else if let Some(place) = line.trim_start().strip_prefix("--> ")
            && let Some(message) = message.take()
        {
            let mut parts = place.rsplitn(3, ':');
            let mut number = || parts.next().and_then(|part| part.parse().ok()).unwrap_or(1);
            let (column, line) = (number(), number());
            found.push(Missing { message, name: parts.next().unwrap_or("").to_owned(), line, column });
        }
    }
    found
}

/// The report of something that nobody knows; `text` is that of the template as it was compiled.
pub(super) fn explain_missing(missing: &Missing, templates: &Templates, text: &str, fallback: FileId) -> Diagnostic {
    let start: usize = text.split_inclusive('\n').take(missing.line - 1).map(str::len).sum();
    let rest = text.get(start..).unwrap_or("");
    let column = rest.char_indices().nth(missing.column - 1).map_or(rest.len(), |(at, _)| at);
    let length = rest[column..].find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(1).max(1);
    let place = start + column..(start + column + length).min(text.len());
    let span = templates.span(&missing.name, place).unwrap_or_else(|| Span::start_of(fallback));
    Diagnostic::new(Code::Template, span, &*missing.message)
        .label("here")
        .help("use one that Tera 2 or the theme has, or add the template to `templates/`")
}

/// One line, lower case, no full stop, and the names of Rust's types in an author's words.
fn plain(message: &str) -> String {
    let line = message.lines().next().unwrap_or("");
    // Which variables there are depends on the page; the mistake is the same on all of them.
    let line = line.split(". Available variables").next().unwrap_or(line).trim().trim_end_matches('.');
    let mut text = line.replace("&str", "text").replace("String", "text").replace("Vec<Value>", "a list");
    for number in ["u128", "i128", "u64", "i64", "f64", "usize", "isize", "u32", "i32"] {
        text = text.replace(&format!("`{number}`"), "`number`").replace(&format!(" {number}"), " number");
    }
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if chars.clone().next().is_some_and(char::is_lowercase) => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => text,
    }
}
