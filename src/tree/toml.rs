//! `site.toml` → [`Node`].
//!
//! In: the whole text. Out: the tree with all that could be read, and a diagnostic for each thing that
//! could not. All use of the TOML crate is in this file.

use ::toml::Spanned as Located;
use ::toml::de::{DeTable, DeValue};

use super::{Node, Value};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span, Spanned};

/// Reads `site.toml`; the tree lacks what could not be read.
pub fn parse(text: &str, file: FileId, out: &mut Diagnostics) -> Node {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        out.push(
            Diagnostic::new(Code::Syntax, Span::new(file, range), format!("this is not valid TOML: {}", error.message()))
                .label("cannot be read")
                .help("write `key = \"value\"`, one a line, and `[table]` above its keys"),
        );
    }
    Spanned::new(map(table.into_inner(), file), Span::start_of(file))
}

fn map(table: DeTable<'_>, file: FileId) -> Value {
    // The parser keeps tables sorted by key; the order of the file is that of the places.
    let mut entries: Vec<_> = table
        .into_iter()
        .map(|(key, value)| {
            let span = Span::new(file, key.span());
            (Spanned::new(key.into_inner().into_owned(), span), node(value, file))
        })
        .collect();
    entries.sort_by_key(|(key, _)| key.span);
    Value::Map(entries)
}

// Recursion is bounded by the parser's own limit of nesting.
fn node(value: Located<DeValue<'_>>, file: FileId) -> Node {
    let span = Span::new(file, value.span());
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Integer(number),
            Err(_) => Value::Float(number.as_str().parse().unwrap_or(f64::INFINITY), number.to_string()),
        },
        DeValue::Float(number) => Value::Float(number.as_str().parse().unwrap_or(f64::NAN), number.to_string()),
        DeValue::Boolean(value) => Value::Bool(value),
        DeValue::Datetime(date) => Value::Text(date.to_string()),
        DeValue::Array(items) => Value::List(items.into_iter().map(|item| node(item, file)).collect()),
        DeValue::Table(table) => map(table, file),
    };
    Spanned::new(value, span)
}
