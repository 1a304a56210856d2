//! The words of the interface: a table of strings for the site's language, with plurals.
//!
//! In: the tables `words/LANGUAGE.toml` of the built-in theme, the site's theme and the site's `templates/`, one
//! over the other, English below all. Out: [`Words`], which templates see as `words` and views ask for phrases.

use std::collections::BTreeMap;

use fixed_decimal::UnsignedDecimal;
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};

use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Folder, Spanned};
use crate::tree::{Node, Value, toml};

/// The language that knows every word.
const ENGLISH: &str = "en";
/// The plural categories of Unicode CLDR.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// How the names of words that scripts alone use begin.
const OF_SCRIPTS: &str = "my_";
/// What follows in the names of words that few pages need; `""` stands for all other words of scripts.
pub const SCRIPT_PARTS: [&str; 5] = ["", "chart", "cmp", "keep", "plan"];
/// Words that scripts share with the pages: numbers, times and lists, and what stands beside them.
const SHARED: &[&str] = &[
    "about",
    "after",
    "and_more",
    "at_once",
    "bonus",
    "colon",
    "decimal",
    "default_long",
    "ends",
    "hours",
    "levels",
    "list_comma",
    "minutes",
    "months",
    "n_left_out",
    "n_topics",
    "n_unknown",
    "open",
    "open_end",
    "pace_of",
    "pick",
    "range",
    "stage",
    "starts",
    "takes",
    "topic",
    "total",
    "unknown",
    "weeks",
    "your_pick",
];

/// A word, as a table gives it.
#[derive(Clone, Debug, PartialEq)]
enum Word {
    Text(String),
    /// A form for each plural category of the language, or a text for each of a few names (`levels`).
    Forms(BTreeMap<String, String>),
    /// Names in their order (`month_names`).
    List(Vec<String>),
}

/// The words of one language.
pub struct Words {
    words: BTreeMap<String, Word>,
    rules: Option<PluralRules>,
    /// The same for templates.
    value: tera::Value,
}

impl Words {
    /// A text; the key itself where no table has it.
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        match self.words.get(key) {
            Some(Word::Text(text)) => text,
            _ => key,
        }
    }

    /// One of several texts: `levels`, `essential`.
    pub fn one_of<'a>(&'a self, key: &str, name: &'a str) -> &'a str {
        match self.words.get(key) {
            Some(Word::Forms(forms)) => forms.get(name).map_or(name, String::as_str),
            _ => name,
        }
    }

    /// An entry of a list, from 0; empty where there is none.
    pub fn nth(&self, key: &str, at: usize) -> &str {
        match self.words.get(key) {
            Some(Word::List(names)) => names.get(at).map_or("", String::as_str),
            _ => "",
        }
    }

    /// A sentence with its values: `("a", "2")` replaces `$a`.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.text(key), values)
    }

    /// What fits a whole number, which stands for `$n`.
    pub fn count(&self, key: &str, n: usize) -> String {
        self.plural(key, n as f64, &n.to_string())
    }

    /// What fits a number, which is shown as `shown` for `$n`.
    pub fn plural(&self, key: &str, n: f64, shown: &str) -> String {
        let Some(Word::Forms(forms)) = self.words.get(key) else { return self.fill(key, &[("n", shown)]) };
        let form = forms.get(self.category(n)).or_else(|| forms.get("other"));
        fill(form.map_or("", String::as_str), &[("n", shown)])
    }

    /// At most two decimals, with the language's decimal sign.
    pub fn number(&self, value: f64) -> String {
        let text = format!("{}", (value * 100.0).round() / 100.0);
        match self.text("decimal") {
            "." => text,
            sign => text.replace('.', sign),
        }
    }

    fn category(&self, n: f64) -> &'static str {
        let Some(rules) = &self.rules else { return "other" };
        // The rules look at the decimals that are shown: "1.5" counts otherwise than "1".
        let hundredths = UnsignedDecimal::from((n.abs() * 100.0).round() as u64);
        let category = rules.category_for(&hundredths.multiplied_pow10(-2).trimmed_end());
        match category {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        }
    }

    /// The words of a part of the scripts (see [`SCRIPT_PARTS`]): those whose names begin with `my_`, and, with those
    /// that belong to no part, a few that scripts share with the pages.
    pub fn for_scripts(&self, part: &str) -> BTreeMap<&str, impl serde::Serialize> {
        let part_of = |key: &str| {
            let own = key.strip_prefix(OF_SCRIPTS)?;
            let part = own.split('_').next().filter(|part| SCRIPT_PARTS.contains(part));
            Some(part.unwrap_or_default().to_owned())
        };
        let wanted = |key: &&str| part_of(key).map_or(part.is_empty() && SHARED.contains(key), |of| of == part);
        self.words.iter().map(|(key, word)| (key.as_str(), Shown(word))).filter(|(key, _)| wanted(key)).collect()
    }

    /// The same for templates.
    pub(super) fn value(&self) -> tera::Value {
        self.value.clone()
    }
}

/// Replaces `$name` by values; a longer name goes before its own beginning.
fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut rest = text;
    let mut out = String::with_capacity(text.len() + 16);
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        let tail = &rest[at + 1..];
        let found = values.iter().filter(|(name, _)| tail.starts_with(name)).max_by_key(|(name, _)| name.len());
        match found {
            Some((name, value)) => {
                out.push_str(value);
                rest = &tail[name.len()..];
            }
            None => {
                out.push('$');
                rest = tail;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Loads the words for a language: `pt` before `pt-BR`, English below both. `layers` holds the files of a theme's
/// `templates/` by name, those of the built-in themes first.
pub(super) fn load(language: &str, folder: &Folder, layers: &[(String, FileId)], out: &mut Diagnostics) -> Words {
    let mut words = BTreeMap::new();
    for tag in tags(language) {
        let name = format!("words/{tag}.toml");
        for (_, file) in layers.iter().filter(|(layer, _)| layer.eq_ignore_ascii_case(&name)) {
            read(folder, *file, tag == ENGLISH, &mut words, out);
        }
    }
    let locale = language.parse::<Locale>().ok();
    let rules = locale.and_then(|locale| PluralRules::try_new_cardinal((&locale).into()).ok());
    let value =
        tera::Value::from_serializable(&words.iter().map(|(key, word)| (key, Shown(word))).collect::<BTreeMap<_, _>>());
    Words { words, rules, value }
}

/// English, then the language with ever more of its parts: `en`, `zh`, `zh-Hans`.
fn tags(language: &str) -> Vec<&str> {
    let ends = language.match_indices('-').map(|(at, _)| at).chain([language.len()]);
    let own = ends.map(|end| &language[..end]).filter(|tag| !tag.eq_ignore_ascii_case(ENGLISH));
    std::iter::once(ENGLISH).chain(own).collect()
}

/// Lays one table over the words so far. Only English may bring new words.
fn read(folder: &Folder, file: FileId, english: bool, words: &mut BTreeMap<String, Word>, out: &mut Diagnostics) {
    let root = toml::parse(&folder.sources.get(file).text, file, out);
    let Value::Map(entries) = root.value else { return };
    for (key, node) in entries {
        let known = words.get(&key.value);
        if known.is_none() && !english {
            out.push(unknown(&key, words));
        } else if let Some(word) = word(&key, &node, known, out) {
            words.insert(key.value, word);
        }
    }
}

/// A word of the kind that English has.
fn word(key: &Spanned<String>, node: &Node, known: Option<&Word>, out: &mut Diagnostics) -> Option<Word> {
    let found = match &node.value {
        Value::Text(text) => Some(Word::Text(text.clone())),
        Value::Map(entries) => entries
            .iter()
            .map(|(name, node)| Some((name.value.clone(), plain(node)?)))
            .collect::<Option<BTreeMap<String, String>>>()
            .map(Word::Forms),
        Value::List(items) => items.iter().map(plain).collect::<Option<Vec<String>>>().map(Word::List),
        _ => None,
    };
    if let Some(wanted) = misfit(found.as_ref(), known) {
        out.push(
            Diagnostic::new(Code::WrongType, key.span, format!("`{}` needs {wanted}", key.value))
                .help("look it up in the theme's `words/en.toml`"),
        );
        return None;
    }
    found
}

/// What English asks for and a word is not; a word that English does not know yet may be anything.
fn misfit(found: Option<&Word>, known: Option<&Word>) -> Option<&'static str> {
    let Some(model) = known else { return found.is_none().then_some("a text") };
    let (fits, wanted) = match (found, model) {
        (Some(Word::Text(_)), Word::Text(_)) => (true, ""),
        (Some(Word::Forms(forms)), Word::Forms(model)) if is_plural(model) => (
            is_plural(forms) && forms.keys().all(|name| CATEGORIES.contains(&name.as_str())),
            "forms named zero, one, two, few, many or other, with `other` among them",
        ),
        (Some(Word::Forms(forms)), Word::Forms(model)) => {
            (forms.keys().eq(model.keys()), "a text for each of the names that the English table has")
        }
        (Some(Word::List(names)), Word::List(model)) => {
            (names.len() == model.len(), "as many texts as the English table has")
        }
        (_, model) => (false, kind(model)),
    };
    (!fits).then_some(wanted)
}

fn plain(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    }
}

fn is_plural(forms: &BTreeMap<String, String>) -> bool {
    forms.contains_key("other")
}

fn kind(word: &Word) -> &'static str {
    match word {
        Word::Text(_) => "a text",
        Word::Forms(_) => "a table of texts",
        Word::List(_) => "a list of texts",
    }
}

fn unknown(key: &Spanned<String>, words: &BTreeMap<String, Word>) -> Diagnostic {
    let report = Diagnostic::new(Code::UnknownKey, key.span, format!("the theme has no word `{}`", key.value));
    let meant = nearest(&key.value, words.keys().map(String::as_str));
    report.label("unknown word").suggest(meant, || "the theme's `words/en.toml` lists the words".into())
}

/// A word as templates see it.
struct Shown<'a>(&'a Word);

impl serde::Serialize for Shown<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Word::Text(text) => text.serialize(serializer),
            Word::Forms(forms) => forms.serialize(serializer),
            Word::List(names) => names.serialize(serializer),
        }
    }
}

/// The built-in words of a language, for tests.
#[cfg(test)]
pub(crate) fn in_language(language: &str) -> Words {
    let mut folder = Folder::of_texts("", Vec::new());
    let tables: Vec<(String, FileId)> = super::builtin::DEFAULT
        .templates
        .iter()
        .map(|(name, text)| ((*name).to_owned(), folder.sources.add(*name, *text)))
        .collect();
    load(language, &folder, &tables, &mut Diagnostics::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(language: &str, tables: &[(&str, &str)]) -> (Words, Vec<Diagnostic>) {
        let mut folder = Folder::of_texts("", Vec::new());
        let files: Vec<(String, FileId)> =
            tables.iter().map(|(tag, text)| (format!("words/{tag}.toml"), folder.sources.add(*tag, *text))).collect();
        let mut out = Diagnostics::default();
        let words = load(language, &folder, &files, &mut out);
        (words, out.into_vec())
    }

    const EN: &str = "a = \"A\"\nb = \"B\"\nn = { one = \"$n thing\", other = \"$n things\" }\n";

    #[test]
    fn a_language_falls_back_to_its_stem_and_to_english() {
        let (words, out) = with("pt-BR", &[("en", EN), ("pt", "a = \"P\"\nb = \"P\"\n"), ("pt-BR", "b = \"BR\"\n")]);
        assert!(out.is_empty(), "{out:?}");
        assert_eq!([words.text("a"), words.text("b"), &words.count("n", 2)], ["P", "BR", "2 things"]);
    }

    #[test]
    fn numbers_are_counted_as_the_language_counts() {
        let table = "n = { one = \"$n рік\", few = \"$n роки\", many = \"$n років\", other = \"$n року\" }\n";
        let (words, out) = with("uk", &[("en", EN), ("uk", table)]);
        assert!(out.is_empty(), "{out:?}");
        let forms = [1, 2, 5, 21, 22].map(|n| words.count("n", n));
        assert_eq!(forms, ["1 рік", "2 роки", "5 років", "21 рік", "22 роки"]);
        assert_eq!(words.plural("n", 1.5, "1,5"), "1,5 року");
    }

    #[test]
    fn a_sentence_gets_its_values() {
        assert_eq!(fill("$a of $all, $5 $", &[("a", "1"), ("all", "$a")]), "1 of $a, $5 $");
    }
}
