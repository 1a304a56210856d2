//! Nodes → typed values, key by key.
//!
//! A [`Fields`] opens one map, reports the keys that nothing reads, and hands out the others through
//! small readers (`fn(&Node, &mut Diagnostics) -> Option<T>`). A reader that fails has said why.

use super::{Node, Value};
use crate::diagnostic::suggest::{did_you_mean, nearest};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Span, Spanned};

/// One map whose keys are being read.
pub struct Fields<'n> {
    entries: &'n [(Spanned<String>, Node)],
    place: Span,
    what: &'static str,
    /// Known keys that an unknown one was probably meant to be: they are not missing too.
    misspelt: Vec<&'static str>,
}

impl<'n> Fields<'n> {
    /// Opens a map and reports every key that is not in `known`. `what` names it in messages: "a topic".
    pub fn open(node: &'n Node, what: &'static str, known: &[&'static str], out: &mut Diagnostics) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            wrong_type(node, &format!("{what} is a map of keys"), out);
            return None;
        };
        let mut misspelt = Vec::new();
        for (key, _) in entries.iter().filter(|(key, _)| !known.contains(&key.value.as_str())) {
            let meant = nearest(&key.value, known.iter().copied());
            misspelt.extend(known.iter().filter(|name| Some(**name) == meant));
            out.push(unknown_key(key, what, meant, known));
        }
        let place = entries.first().map_or(node.span, |(key, _)| key.span);
        Some(Fields { entries, place, what, misspelt })
    }

    /// The node of a key; a key without a value, or with an empty text, counts as absent.
    pub fn node(&self, key: &str) -> Option<&'n Node> {
        let (_, node) = self.entry(key)?;
        let empty = matches!(&node.value, Value::Text(text) if text.trim().is_empty());
        (node.value != Value::Null && !empty).then_some(node)
    }

    /// A key and its node, whatever it holds.
    pub fn entry(&self, key: &str) -> Option<&'n (Spanned<String>, Node)> {
        self.entries.iter().find(|(name, _)| name.value == key)
    }

    /// An optional value.
    pub fn get<T>(&self, key: &str, read: impl Fn(&Node, &mut Diagnostics) -> Option<T>, out: &mut Diagnostics) -> Option<T> {
        read(self.node(key)?, out)
    }

    /// A required value; when it is absent, the report points at `place`, or else at the first key.
    pub fn required<T>(
        &self,
        key: &'static str,
        place: Option<Span>,
        read: impl Fn(&Node, &mut Diagnostics) -> Option<T>,
        out: &mut Diagnostics,
    ) -> Option<T> {
        if let Some(node) = self.node(key) {
            return read(node, out);
        }
        match self.entry(key) {
            Some((name, _)) => out.push(empty_key(self.what, name)),
            None if self.misspelt.contains(&key) => {}
            None => out.push(missing_key(self.what, key, place.unwrap_or(self.place))),
        }
        None
    }

    /// A list, empty when absent; items that cannot be read are left out.
    pub fn list<T>(&self, key: &str, read: impl Fn(&Node, &mut Diagnostics) -> Option<T>, out: &mut Diagnostics) -> Vec<T> {
        self.node(key).map_or_else(Vec::new, |node| list(node, read, out))
    }

    /// A flag, false when absent.
    pub fn flag(&self, key: &str, out: &mut Diagnostics) -> bool {
        self.get(key, boolean, out).unwrap_or(false)
    }
}

/// The report of a required key that is absent.
pub fn missing_key(what: &str, key: &str, place: Span) -> Diagnostic {
    Diagnostic::new(Code::MissingKey, place, format!("{what} needs a `{key}`"))
        .help(format!("add `{key}: …` here"))
}

fn empty_key(what: &str, key: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(Code::MissingKey, key.span, format!("{what} needs a `{}`, but it is empty", key.value))
        .label("nothing here")
        .help(format!("write it behind `{}:`", key.value))
}

fn unknown_key(key: &Spanned<String>, what: &str, meant: Option<&str>, known: &[&'static str]) -> Diagnostic {
    let report =
        Diagnostic::new(Code::UnknownKey, key.span, format!("{what} has no key `{}`", key.value)).label("unknown key");
    report.help(match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("known keys: {}", quoted(known)),
    })
}

/// `a`, `b`, `c`
pub fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// Reports a value of the wrong kind; `rule` says what belongs here.
pub fn wrong_type(node: &Node, rule: &str, out: &mut Diagnostics) {
    let found = node.value.kind();
    let report = Diagnostic::new(Code::WrongType, super::mark(node), format!("{rule}, found {found}")).label(format!("this is {found}"));
    out.push(match &node.value {
        Value::Integer(number) if rule.contains("text") => report.help(format!("put it in quotes: `\"{number}\"`")),
        Value::Float(_, written) if rule.contains("text") => report.help(format!("put it in quotes: `\"{written}\"`")),
        Value::Bool(value) if rule.contains("text") => report.help(format!("put it in quotes: `\"{value}\"`")),
        Value::Text(_) if rule.contains("list") => report.help("put it in brackets: `[…]`"),
        _ => report.help(format!("change it: {rule}")),
    });
}

/// Any list.
pub fn list<T>(node: &Node, read: impl Fn(&Node, &mut Diagnostics) -> Option<T>, out: &mut Diagnostics) -> Vec<T> {
    let Value::List(items) = &node.value else {
        wrong_type(node, "this is a list", out);
        return Vec::new();
    };
    items.iter().filter_map(|item| read(item, out)).collect()
}

/// Text with its place; blank text counts as a mistake.
pub fn text(node: &Node, out: &mut Diagnostics) -> Option<Spanned<String>> {
    let Value::Text(text) = &node.value else {
        wrong_type(node, "this is text", out);
        return None;
    };
    if text.trim().is_empty() {
        out.push(
            Diagnostic::new(Code::WrongType, node.span, "this text is empty").help("write something here, or remove the key"),
        );
        return None;
    }
    Some(Spanned::new(text.trim().to_owned(), node.span))
}

/// Text that may be empty: `label: ""` means "show nothing".
pub fn any_text(node: &Node, out: &mut Diagnostics) -> Option<String> {
    match &node.value {
        Value::Text(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        _ => {
            wrong_type(node, "this is text", out);
            None
        }
    }
}

/// Text without its place.
pub fn plain(node: &Node, out: &mut Diagnostics) -> Option<String> {
    text(node, out).map(|text| text.value)
}

/// `true` or `false`.
pub fn boolean(node: &Node, out: &mut Diagnostics) -> Option<bool> {
    match node.value {
        Value::Bool(value) => Some(value),
        _ => {
            wrong_type(node, "this is `true` or `false`", out);
            None
        }
    }
}

/// A whole number.
pub fn integer(node: &Node, out: &mut Diagnostics) -> Option<i64> {
    match node.value {
        Value::Integer(value) => Some(value),
        _ => {
            wrong_type(node, "this is a whole number", out);
            None
        }
    }
}

/// A finite number.
pub fn number(node: &Node, out: &mut Diagnostics) -> Option<Spanned<f64>> {
    match node.value {
        Value::Integer(value) => Some(Spanned::new(value as f64, node.span)),
        Value::Float(value, _) if value.is_finite() => Some(Spanned::new(value, node.span)),
        _ => {
            wrong_type(node, "this is a number", out);
            None
        }
    }
}

/// One of a few words.
pub fn one_of<T: Copy>(node: &Node, words: &[(&'static str, T)], out: &mut Diagnostics) -> Option<T> {
    if let Value::Text(text) = &node.value
        && let Some((_, value)) = words.iter().find(|(word, _)| word == text)
    {
        return Some(*value);
    }
    let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let rule = format!("this is one of {}", quoted(&names));
    match &node.value {
        Value::Text(found) => {
            let help = did_you_mean(found, names.iter().copied()).unwrap_or_else(|| format!("use one of {}", quoted(&names)));
            out.push(Diagnostic::new(Code::WrongType, node.span, format!("{rule}, not `{found}`")).help(help));
        }
        _ => wrong_type(node, &rule, out),
    }
    None
}

/// Hours a week: above 0 and at most 168, the hours of a week.
pub fn hours_per_week(node: &Node, out: &mut Diagnostics) -> Option<f64> {
    let hours = number(node, out)?;
    if hours.value > 0.0 && hours.value <= 168.0 {
        return Some(hours.value);
    }
    out.push(
        Diagnostic::new(Code::WrongType, hours.span, format!("`hours_per_week` is {}, but a week has 168 hours", hours.value))
            .help("use a number above 0 and at most 168"),
    );
    None
}

/// The theme's own data, kept as it is.
pub fn extra(node: &Node, out: &mut Diagnostics) -> Option<serde_json::Value> {
    match &node.value {
        Value::Map(_) => Some(to_json(node)),
        _ => {
            wrong_type(node, "`extra` is a map of keys", out);
            None
        }
    }
}

// Recursion is bounded by the depth that the readers of YAML and TOML let through.
fn to_json(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(value) => (*value).into(),
        Value::Integer(value) => (*value).into(),
        Value::Float(value, _) => (*value).into(),
        Value::Text(text) => text.clone().into(),
        Value::List(items) => items.iter().map(to_json).collect(),
        Value::Map(entries) => {
            serde_json::Value::Object(entries.iter().map(|(key, value)| (key.value.clone(), to_json(value))).collect())
        }
    }
}
