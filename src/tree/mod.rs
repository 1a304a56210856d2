//! What YAML front matter and `site.toml` have in common: a tree of values that know their place.
//!
//! [`yaml`] and [`toml`] read text into a [`Node`]; [`fields`] turns nodes into typed values and reports
//! every unknown, missing and mistyped key on the way, instead of stopping at the first.

mod control;
pub mod fields;
pub mod toml;
pub mod yaml;

use crate::source::{Span, Spanned};

/// A value and its place.
pub type Node = Spanned<Value>;

/// One value of a tree.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing: `key:` or `~`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction, and as it was written.
    Float(f64, String),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values in the order of the file.
    Map(Vec<(Spanned<String>, Node)>),
}

impl Value {
    /// What an author calls such a value.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Integer(_) | Value::Float(..) => "a number",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a map of keys",
        }
    }
}

/// The place of a node that is never empty: lists and maps are marked at their first character.
pub fn mark(node: &Node) -> Span {
    let Span { file, start, end } = node.span;
    Span { file, start, end: end.max(start) }
}
