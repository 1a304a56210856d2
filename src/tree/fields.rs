//! Nodes → typed values, key by key.
//!
//! A [`Fields`] opens one map, reports the keys that nothing reads, and hands out the others through
//! small readers (`fn(&Node, &mut Diagnostics) -> Option<T>`). A reader that fails has said why.

use super::{Node, Value};
use crate::diagnostic::suggest::{certain, nearest};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Span, Spanned};

/// A node and the key that it stands under, which messages name.
#[derive(Clone, Copy)]
pub struct At<'n> {
    key: &'n str,
    /// It is an entry of the key's list.
    item: bool,
    node: &'n Node,
}

impl<'n> At<'n> {
    /// The whole of a front matter or file.
    pub fn root(node: &'n Node) -> Self {
        At { key: "", item: false, node }
    }

    /// The value of a key.
    pub fn key(key: &'n str, node: &'n Node) -> Self {
        At { key, item: false, node }
    }

    /// What messages call it.
    pub fn name(&self) -> String {
        match (self.key, self.item) {
            ("", _) => "this".into(),
            (key, true) => format!("an entry of `{key}`"),
            (key, false) => format!("`{key}`"),
        }
    }
}

impl std::ops::Deref for At<'_> {
    type Target = Node;

    fn deref(&self) -> &Node {
        self.node
    }
}

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
    pub fn open(node: At<'n>, what: &'static str, known: &[&'static str], out: &mut Diagnostics) -> Option<Self> {
        let Value::Map(entries) = &node.node.value else {
            out.push(not_a_map(node, what, known));
            return None;
        };
        let mut misspelt = Vec::new();
        for (key, _) in entries.iter().filter(|(key, _)| !known.contains(&key.value.as_str())) {
            let meant = nearest(&key.value, known.iter().copied()).filter(|_| elsewhere(&key.value).is_none());
            misspelt.extend(known.iter().filter(|name| Some(**name) == meant));
            let is_taken = |name: &str| entries.iter().any(|(other, _)| other.value == name);
            let sure =
                certain(&key.value, known.iter().copied()).filter(|name| meant == Some(*name) && !is_taken(name));
            out.push(unknown_key(key, what, meant, known).rename(&key.value, sure));
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

    /// Whether an unknown key was probably meant to be this one.
    pub fn is_misspelt(&self, key: &str) -> bool {
        self.misspelt.contains(&key)
    }

    /// A value that may be empty text.
    pub fn any_text(&self, key: &str, out: &mut Diagnostics) -> Option<Spanned<String>> {
        let (_, node) = self.entry(key).filter(|(_, node)| node.value != Value::Null)?;
        any_text(At::key(key, node), out)
    }

    /// A key and its node, whatever it holds.
    pub fn entry(&self, key: &str) -> Option<&'n (Spanned<String>, Node)> {
        self.entries.iter().find(|(name, _)| name.value == key)
    }

    /// An optional value.
    pub fn get<T>(
        &self,
        key: &str,
        read: impl Fn(At<'_>, &mut Diagnostics) -> Option<T>,
        out: &mut Diagnostics,
    ) -> Option<T> {
        read(At::key(key, self.node(key)?), out)
    }

    /// A required value; when it is absent, the report points at `place`, or else at the first key.
    pub fn required<T>(
        &self,
        key: &'static str,
        place: Option<Span>,
        read: impl Fn(At<'_>, &mut Diagnostics) -> Option<T>,
        out: &mut Diagnostics,
    ) -> Option<T> {
        if let Some(node) = self.node(key) {
            return read(At::key(key, node), out);
        }
        match self.entry(key) {
            Some((name, _)) => out.push(empty_key(self.what, name)),
            None if self.is_misspelt(key) => {}
            None => out.push(missing_key(self.what, key, place.unwrap_or(self.place))),
        }
        None
    }

    /// A list, empty when absent; items that cannot be read are left out.
    pub fn list<T>(
        &self,
        key: &str,
        read: impl Fn(At<'_>, &mut Diagnostics) -> Option<T>,
        out: &mut Diagnostics,
    ) -> Vec<T> {
        self.node(key).map_or_else(Vec::new, |node| list(At::key(key, node), read, out))
    }

    /// A flag, false when absent.
    pub fn flag(&self, key: &str, out: &mut Diagnostics) -> bool {
        self.get(key, boolean, out).unwrap_or(false)
    }
}

/// The report of a required key that is absent.
pub fn missing_key(what: &str, key: &str, place: Span) -> Diagnostic {
    let help = match (what, key) {
        ("site.toml", key) => format!("add `{key} = \"…\"`"),
        ("a prerequisite", _) => "add `topic: …`, or `any: […]` where one of several is enough".into(),
        (_, key) => format!("add `{key}: …` here"),
    };
    Diagnostic::new(Code::MissingKey, place, format!("{what} needs a `{key}`")).help(help)
}

fn empty_key(what: &str, key: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(Code::MissingKey, key.span, format!("{what} needs a `{}`, but it is empty", key.value))
        .label("nothing here")
        .help(format!("write it behind `{}:`", key.value))
}

fn unknown_key(key: &Spanned<String>, what: &str, meant: Option<&str>, known: &[&'static str]) -> Diagnostic {
    let report =
        Diagnostic::new(Code::UnknownKey, key.span, format!("{what} has no key `{}`", key.value)).label("unknown key");
    report.suggest(meant, || match elsewhere(&key.value) {
        Some(place) => format!("`{}` belongs to {place}", key.value),
        None => format!("known keys: {}", quoted(known)),
    })
}

/// Where a key belongs that one kind of file has and another has not.
fn elsewhere(key: &str) -> Option<&'static str> {
    Some(match key {
        "late" | "for" | "note" => "an entry under `topics` of a stage",
        "topics" | "choices" | "revisits" | "group" | "label" => "the `_index.md` of a stage",
        "requires" | "related" | "outcomes" | "resources" | "updated" | "template" => "a topic",
        "part_of" | "level" => "a topic, or an entry under `topics` of a stage",
        "audience" | "faq" => "the `_index.md` of a roadmap",
        "hours_per_week" => "site.toml, or the `_index.md` of a roadmap",
        "base_url" | "edit_url" | "theme" | "lints" => "site.toml",
        _ => return None,
    })
}

/// So many names are listed: more help nobody, and one mistake must not repeat all of a large site.
const LISTED: usize = 30;

/// `a`, `b`, `c`; of many the first, and `…`.
pub fn quoted(names: &[&str]) -> String {
    let listed = names.iter().take(LISTED).map(|name| format!("`{name}`"));
    let more = (names.len() > LISTED).then(|| "…".to_owned());
    listed.chain(more).collect::<Vec<_>>().join(", ")
}

/// Reports a value of the wrong kind; `rule` says what belongs there: "text", "a list".
pub fn wrong_type(node: At<'_>, rule: &str, out: &mut Diagnostics) {
    let found = node.value.kind();
    let message = format!("{} is {rule}, found {found}", node.name());
    let report = Diagnostic::new(Code::WrongType, super::mark(&node), message).label(format!("this is {found}"));
    let help = match (&node.value, rule) {
        (Value::Integer(number), "text") => format!("put it in quotes: `\"{number}\"`"),
        (Value::Float(_, written), "text") => format!("put it in quotes: `\"{written}\"`"),
        (Value::Bool(value), "text") => format!("put it in quotes: `\"{value}\"`"),
        (Value::Text(text), "a list") => format!("put it in brackets: `[{}]`", text.trim()),
        (Value::Text(text), "`true` or `false`") if matches!(&*text.to_lowercase(), "true" | "false") => {
            format!("write it without quotes: `{}`", text.to_lowercase())
        }
        (Value::Text(text), "a whole number" | "a number") if text.trim().parse::<f64>().is_ok() => {
            format!("write it without quotes: `{}`", text.trim())
        }
        (Value::Text(text), "a whole number") if leading_number(text).is_some() => {
            format!("write the number alone: `{}`", leading_number(text).unwrap_or_default())
        }
        (Value::Map(_), "a list") => "begin each entry of the list with `- `".into(),
        (Value::List(_), rule) if rule.starts_with("a time") => "write a range as `2-3h`".into(),
        _ => format!("write {rule} here"),
    };
    out.push(report.help(help));
}

fn leading_number(text: &str) -> Option<&str> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (end > 0).then(|| &text[..end])
}

/// `HTTP` alone where `title: HTTP` belongs.
fn not_a_map(node: At<'_>, what: &str, known: &[&'static str]) -> Diagnostic {
    let found = node.value.kind();
    let message = match node.key {
        "" => format!("{what} is a map of keys, found {found}"),
        _ if what.starts_with('[') => format!("`{what}` is a table of keys, found {found}"),
        key => format!("`{key}` is a map of keys, found {found}"),
    };
    let key = known.first().copied().unwrap_or("title");
    let help = match &node.value {
        Value::Text(text) => {
            format!("begin with the key `{key}`: write `{key}: {}`", text.lines().next().unwrap_or("").trim())
        }
        _ => format!("write a key and its value on each line, such as `{key}: …`"),
    };
    Diagnostic::new(Code::WrongType, super::mark(&node), message).label(format!("this is {found}")).help(help)
}

/// Any list.
pub fn list<T>(node: At<'_>, read: impl Fn(At<'_>, &mut Diagnostics) -> Option<T>, out: &mut Diagnostics) -> Vec<T> {
    let Value::List(items) = &node.node.value else {
        wrong_type(node, "a list", out);
        return Vec::new();
    };
    items.iter().filter_map(|item| read(At { key: node.key, item: true, node: item }, out)).collect()
}

/// Text with its place; blank text counts as a mistake.
pub fn text(node: At<'_>, out: &mut Diagnostics) -> Option<Spanned<String>> {
    let Value::Text(text) = &node.value else {
        wrong_type(node, "text", out);
        return None;
    };
    if text.trim().is_empty() {
        out.push(
            Diagnostic::new(Code::WrongType, node.span, format!("{} is empty", node.name()))
                .help("write something here, or remove it"),
        );
        return None;
    }
    Some(Spanned::new(text.trim().to_owned(), node.span))
}

/// Text that may be empty: `label: ""` means "show nothing".
pub fn any_text(node: At<'_>, out: &mut Diagnostics) -> Option<Spanned<String>> {
    match &node.value {
        Value::Text(text) => Some(Spanned::new(text.clone(), node.span)),
        _ => {
            wrong_type(node, "text", out);
            None
        }
    }
}

/// Text without its place.
pub fn plain(node: At<'_>, out: &mut Diagnostics) -> Option<String> {
    text(node, out).map(|text| text.value)
}

/// `true` or `false`.
pub fn boolean(node: At<'_>, out: &mut Diagnostics) -> Option<bool> {
    match node.value {
        Value::Bool(value) => Some(value),
        _ => {
            wrong_type(node, "`true` or `false`", out);
            None
        }
    }
}

/// A whole number.
pub fn integer(node: At<'_>, out: &mut Diagnostics) -> Option<i64> {
    match node.value {
        Value::Integer(value) => Some(value),
        _ => {
            wrong_type(node, "a whole number", out);
            None
        }
    }
}

/// A finite number.
pub fn number(node: At<'_>, out: &mut Diagnostics) -> Option<Spanned<f64>> {
    match node.value {
        Value::Integer(value) => Some(Spanned::new(value as f64, node.span)),
        Value::Float(value, _) if value.is_finite() => Some(Spanned::new(value, node.span)),
        _ => {
            wrong_type(node, "a number", out);
            None
        }
    }
}

/// One of a few words.
pub fn one_of<T: Copy>(node: At<'_>, words: &[(&'static str, T)], out: &mut Diagnostics) -> Option<T> {
    if let Value::Text(text) = &node.value
        && let Some((_, value)) = words.iter().find(|(word, _)| word == text)
    {
        return Some(*value);
    }
    let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let rule = format!("one of {}", quoted(&names));
    match &node.value {
        Value::Text(found) => {
            let report =
                Diagnostic::new(Code::WrongType, node.span, format!("{} is {rule}, not `{found}`", node.name()));
            let report =
                report.suggest(nearest(found, names.iter().copied()), || format!("use one of {}", quoted(&names)));
            out.push(report.rename(found, certain(found, names.iter().copied())));
        }
        _ => wrong_type(node, &rule, out),
    }
    None
}

/// Hours a week: above 0 and at most 168, the hours of a week.
pub fn hours_per_week(node: At<'_>, out: &mut Diagnostics) -> Option<f64> {
    if !matches!(node.value, Value::Integer(_) | Value::Float(..)) {
        wrong_type(node, "a number above 0 and at most 168", out);
        return None;
    }
    let hours = number(node, out)?;
    if hours.value > 0.0 && hours.value <= 168.0 {
        return Some(hours.value);
    }
    out.push(
        Diagnostic::new(
            Code::WrongType,
            hours.span,
            format!("`hours_per_week` is {}, but a week has 168 hours", hours.value),
        )
        .help("use a number above 0 and at most 168"),
    );
    None
}

/// The theme's own data, kept as it is.
pub fn extra(node: At<'_>, out: &mut Diagnostics) -> Option<serde_json::Value> {
    match &node.value {
        Value::Map(_) => Some(to_json(&node)),
        _ => {
            wrong_type(node, "a map of keys", out);
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
