//! YAML front matter → [`Node`].
//!
//! In: the text between the `---` lines and its offset in the file. Out: the tree, or a diagnostic with
//! the place of what cannot be read. It refuses tags, several documents, bombs of aliases and anything
//! deeper or larger than front matter has reason to be. All use of the YAML crate is in this file.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::budget::BudgetBreach;
use serde_yaml::{Error, Location, Options, Spanned as Located};

use super::{Node, Value, control};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::limits;
use crate::source::{FileId, Span, Spanned};

/// Reads front matter that begins at byte `offset` of `file`; a hole when it cannot be read.
pub fn parse(text: &str, file: FileId, offset: usize, out: &mut Diagnostics) -> Option<Node> {
    if text.len() > limits::FRONT_MATTER_BYTES {
        let span = Span::new(file, offset..offset);
        let message = format!("the front matter is larger than {} MB", limits::FRONT_MATTER_BYTES >> 20);
        out.push(Diagnostic::new(Code::Syntax, span, message).help("move long text below the front matter"));
        return None;
    }
    if let Some(problem) = control::find(text, file, offset) {
        out.push(problem);
        return None;
    }
    match serde_yaml::from_str_with_options::<Located<Raw>>(text, options()) {
        Ok(raw) => Some(Builder { text, file, offset, out }.node(raw)),
        Err(error) => {
            out.push(explain(&error, text, file, offset));
            None
        }
    }
}

fn options() -> Options {
    serde_yaml::options! {
        budget: serde_yaml::budget! {
            max_nodes: limits::FRONT_MATTER_VALUES,
            max_depth: limits::FRONT_MATTER_DEPTH,
            max_aliases: limits::FRONT_MATTER_ALIASES,
            max_anchors: limits::FRONT_MATTER_ALIASES,
            max_documents: 1,
        },
        alias_limits: serde_yaml::alias_limits! {
            max_total_replayed_events: limits::FRONT_MATTER_VALUES,
        },
        // Duplicates are let through here and reported with both places below.
        merge_keys: serde_yaml::options::MergeKeyPolicy::Error,
        duplicate_keys: serde_yaml::options::DuplicateKeyPolicy::LastWins,
        strict_booleans: true,
        reject_unsupported_tags: true,
        with_snippet: false,
    }
}

/// The tree as serde hands it over, with the parser's places.
enum Raw {
    Scalar(Value),
    List(Vec<Located<Raw>>),
    Map(Vec<(Located<Raw>, Located<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RawVisitor;

        impl<'de> Visitor<'de> for RawVisitor {
            type Value = Raw;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a value")
            }
            fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
                Ok(Raw::Scalar(Value::Bool(value)))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
                Ok(Raw::Scalar(Value::Integer(value)))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
                let too_large = |_| Value::Float(value as f64, value.to_string());
                Ok(Raw::Scalar(i64::try_from(value).map_or_else(too_large, Value::Integer)))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
                Ok(Raw::Scalar(Value::Float(value, value.to_string())))
            }
            fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
                Ok(Raw::Scalar(Value::Text(value.to_owned())))
            }
            fn visit_string<E>(self, value: String) -> Result<Raw, E> {
                Ok(Raw::Scalar(Value::Text(value)))
            }
            fn visit_unit<E>(self) -> Result<Raw, E> {
                Ok(Raw::Scalar(Value::Null))
            }
            fn visit_none<E>(self) -> Result<Raw, E> {
                Ok(Raw::Scalar(Value::Null))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = access.next_element()? {
                    items.push(item);
                }
                Ok(Raw::List(items))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
                let mut entries = Vec::new();
                while let Some(key) = access.next_key()? {
                    entries.push((key, access.next_value()?));
                }
                Ok(Raw::Map(entries))
            }
        }
        deserializer.deserialize_any(RawVisitor)
    }
}

/// Turns the raw tree into nodes of the file, reporting repeated and odd keys.
struct Builder<'a> {
    text: &'a str,
    file: FileId,
    offset: usize,
    out: &'a mut Diagnostics,
}

impl Builder<'_> {
    // Recursion is bounded by the budget's depth.
    fn node(&mut self, raw: Located<Raw>) -> Node {
        let span = self.span(&raw.referenced);
        let value = match raw.value {
            // The parser hands over the number alone; its author wrote `1.10`.
            Raw::Scalar(Value::Float(number, read)) => {
                let at = span.start as usize - self.offset..span.end as usize - self.offset;
                let written = self.text.get(at).filter(|text| !text.is_empty());
                Value::Float(number, written.map_or(read, str::to_owned))
            }
            Raw::Scalar(Value::Text(text)) => {
                self.out.append(control::escaped(&text, span));
                Value::Text(text)
            }
            Raw::Scalar(value) => value,
            Raw::List(items) => Value::List(items.into_iter().map(|item| self.node(item)).collect()),
            Raw::Map(entries) => self.map(entries),
        };
        Spanned::new(value, span)
    }

    fn map(&mut self, entries: Vec<(Located<Raw>, Located<Raw>)>) -> Value {
        let mut result: Vec<(Spanned<String>, Node)> = Vec::with_capacity(entries.len());
        let mut first_place = std::collections::BTreeMap::new();
        for (key, value) in entries {
            let key = self.node(key);
            let value = self.node(value);
            let Some(name) = key_name(&key.value) else {
                self.out.push(
                    Diagnostic::new(Code::Syntax, key.span, format!("a key must be text, not {}", key.value.kind()))
                        .help("write the key as a plain word"),
                );
                continue;
            };
            if let Some(first) = first_place.get(&name) {
                self.out.push(
                    Diagnostic::new(Code::Syntax, key.span, format!("the key `{name}` stands here twice"))
                        .label("again")
                        .related(*first, "first")
                        .help("remove one of the two"),
                );
                continue;
            }
            first_place.insert(name.clone(), key.span);
            result.push((Spanned::new(name, key.span), value));
        }
        Value::Map(result)
    }

    fn span(&self, location: &Location) -> Span {
        let span = location.span();
        let start = match span.byte_offset() {
            Some(at) => at as usize,
            None => byte_of(self.text, location.line() as usize, location.column() as usize),
        };
        let length = span.byte_len().unwrap_or(0) as usize;
        let end = (start + length).min(self.text.len()).max(start);
        // The parser's span of a block scalar takes in the line breaks behind it.
        let trimmed = self.text.get(start..end).map_or(end, |t| start + t.trim_end().len());
        Span::new(self.file, self.offset + start..self.offset + trimmed.max(start))
    }
}

fn key_name(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Float(_, written) => Some(written.clone()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::List(_) | Value::Map(_) => None,
    }
}

/// The byte offset of a line and column counted from 1; the end of the text when it is past it.
fn byte_of(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or("");
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
}

/// The parser's complaint in an author's words.
fn explain(error: &serde_yaml::Error, text: &str, file: FileId, offset: usize) -> Diagnostic {
    let at = error.location().map_or(0, |l| byte_of(text, l.line() as usize, l.column() as usize));
    // A complaint at the very end is about the last thing written.
    let at = if at >= text.len() { text.trim_end().len().saturating_sub(1) } else { at };
    let at = crate::source::floor_char(text, at);
    let length = text[at..].chars().next().map_or(0, char::len_utf8);
    let span = Span::new(file, offset + at..offset + at + length);
    let rendered = error.without_snippet().render();
    let said = rendered.split(" at line ").next().unwrap_or(&rendered).trim();
    let (message, help) = limit(error.without_snippet()).unwrap_or_else(|| words(said, text, at));
    Diagnostic::new(Code::Syntax, span, message).label("cannot be read").help(help)
}

/// What is larger than front matter may be, and the cure.
fn limit(error: &Error) -> Option<(String, String)> {
    let aliases = ALIASES.map(str::to_owned).into();
    let deep = ("the front matter is nested too deep".into(), "keep it flat".into());
    Some(match error {
        Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. }
        | Error::RecursiveReferencesRequireWeakTypes { .. } => aliases,
        Error::Budget { breach, .. } => match breach {
            BudgetBreach::Aliases { .. } | BudgetBreach::Anchors { .. } | BudgetBreach::AliasAnchorRatio { .. } => {
                aliases
            }
            BudgetBreach::Depth { .. } => deep,
            BudgetBreach::Documents { .. } => SECOND.map(str::to_owned).into(),
            _ => (
                format!("the front matter holds more than {} values", limits::FRONT_MATTER_VALUES),
                "move what is no front matter into a file beside the topic".into(),
            ),
        },
        _ => return None,
    })
}

const ALIASES: [&str; 2] = ["the aliases in this front matter repeat too much", "write out what they stand for"];

const SECOND: [&str; 2] = ["the front matter holds a second document", "end it at the first `---` or `...` line"];

fn words(said: &str, text: &str, at: usize) -> (String, String) {
    let line_start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    let indent = &text[line_start..at];
    if indent.contains('\t') || text[at..].starts_with('\t') {
        return ("a tab stands where YAML wants spaces".into(), "indent with spaces".into());
    }
    let known: &[(&str, &str, &str)] = &[
        ("mapping values are not allowed", "a second `: ` in one value", "put the value in quotes"),
        ("multiple YAML documents", SECOND[0], SECOND[1]),
        ("merge keys", "merge keys (`<<`) are not used here", "write out the keys that they stand for"),
        (
            "unknown anchor",
            "an alias to an anchor that does not exist",
            "put the value in quotes if it should begin with `*`",
        ),
        ("unsupported tag", "YAML tags are not used here", "put the value in quotes if it should begin with `!`"),
        (
            "block sequence entries",
            "a list cannot begin behind the key",
            "begin the list on the next line, or write `[a, b]`",
        ),
        ("non-finite float", "this number is not finite", "write an ordinary number, or put it in quotes"),
        ("quoted scalar", "a quoted text that is never closed", "close it with the same quote"),
        ("!!binary", "YAML tags are not used here", "write plain text"),
    ];
    if let Some((_, message, help)) = known.iter().find(|(part, ..)| said.contains(part)) {
        return ((*message).into(), (*help).into());
    }
    if said.contains("unexpected character") {
        let character = text[at..].chars().next().unwrap_or(' ');
        return (format!("a value cannot begin with `{character}`"), "put the value in quotes".into());
    }
    if said.contains("alias") && !said.contains("expected") {
        return (ALIASES[0].into(), ALIASES[1].into());
    }
    if ["limit", "depth", "recurs", "too deep"].iter().any(|word| said.to_lowercase().contains(word)) {
        return ("the front matter is nested too deep".into(), "keep it flat".into());
    }
    if let Some((close, what)) = unclosed(&text[..at]) {
        return (format!("this {what} is never closed"), format!("close it with `{close}`"));
    }
    if said.contains("expected ':'") {
        return ("a key without a value".into(), "put `:` behind the key, and the value behind that".into());
    }
    (format!("this is not valid YAML: {said}"), "check quotes, brackets and indentation here".into())
}

/// The bracket that is still open at the end of a text, by what would close it. Quoted brackets count too;
/// this is only asked once something is wrong.
fn unclosed(text: &str) -> Option<(char, &'static str)> {
    let mut open = Vec::new();
    for c in text.chars() {
        match c {
            '[' => open.push((']', "list")),
            '{' => open.push(('}', "map")),
            ']' | '}' => drop(open.pop()),
            _ => {}
        }
    }
    open.pop()
}
