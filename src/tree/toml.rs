//! `site.toml` → [`Node`].
//!
//! In: the whole text. Out: the tree with all that could be read, and a diagnostic for each thing that
//! could not. All use of the TOML crate is in this file.

use ::toml::Spanned as Located;
use ::toml::de::{DeTable, DeValue};

use super::{Node, Value, control};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span, Spanned};

/// Reads `site.toml`; the tree lacks what could not be read.
pub fn parse(text: &str, file: FileId, out: &mut Diagnostics) -> Node {
    if let Some(problem) = control::find(text, file, 0) {
        out.push(problem);
        return Spanned::new(Value::Map(Vec::new()), Span::start_of(file));
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        let (message, help) = words(error.message(), text.get(range.clone()).unwrap_or(""));
        out.push(Diagnostic::new(Code::Syntax, Span::new(file, range), message).label("cannot be read").help(help));
    }
    Spanned::new(map(table.into_inner(), file, out), Span::start_of(file))
}

/// The parser's complaint in an author's words, and the cure.
fn words(said: &str, place: &str) -> (String, String) {
    if said.contains("duplicate key") {
        return (format!("the key `{place}` stands here twice"), "remove one of the two".into());
    }
    if said.contains("must be quoted") {
        return ("this text is not in quotes".into(), "put quotes around it: `key = \"text\"`".into());
    }
    if said.contains("recurs") {
        return ("this is nested too deep".into(), "keep it flat".into());
    }
    let expected = said.split_once("expected ").map(|(_, what)| what).filter(|what| what.starts_with('`'));
    let help = match expected {
        Some(what) => format!("write {what} here"),
        None => "write `key = \"value\"`, one a line, and `[table]` above its keys".into(),
    };
    (format!("this is not valid TOML: {said}"), help)
}

fn map(table: DeTable<'_>, file: FileId, out: &mut Diagnostics) -> Value {
    // The parser keeps tables sorted by key; the order of the file is that of the places.
    let mut entries: Vec<_> = table
        .into_iter()
        .map(|(key, value)| {
            let span = Span::new(file, key.span());
            (Spanned::new(key.into_inner().into_owned(), span), node(value, file, out))
        })
        .collect();
    entries.sort_by_key(|(key, _)| key.span);
    Value::Map(entries)
}

// Recursion is bounded by the parser's own limit of nesting.
fn node(value: Located<DeValue<'_>>, file: FileId, out: &mut Diagnostics) -> Node {
    let span = Span::new(file, value.span());
    let value = match value.into_inner() {
        DeValue::String(text) => {
            out.append(control::escaped(&text, span));
            Value::Text(text.into_owned())
        }
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Integer(number),
            Err(_) => Value::Float(number.as_str().parse().unwrap_or(f64::INFINITY), number.to_string()),
        },
        DeValue::Float(number) => Value::Float(number.as_str().parse().unwrap_or(f64::NAN), number.to_string()),
        DeValue::Boolean(value) => Value::Bool(value),
        DeValue::Datetime(date) => Value::Text(date.to_string()),
        DeValue::Array(items) => Value::List(items.into_iter().map(|item| node(item, file, out)).collect()),
        DeValue::Table(table) => map(table, file, out),
    };
    Spanned::new(value, span)
}
