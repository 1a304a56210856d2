//! Scopes: what a syntax says of a piece of code, told as one of few classes.
//!
//! * In: the scopes that are put on and taken off as a line is read.
//! * Out: the class of the text in between.
//! * Refuses to: know languages, but for those in which variables carry a mark.

use serde::{Deserialize, Deserializer};

use super::parser::Change;

/// A kind of word; the table in [`super`] says what each stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Keyword,
    Operator,
    String,
    Escape,
    Comment,
    Number,
    Function,
    Type,
    Variable,
    Attribute,
    Tag,
    Property,
    Heading,
    Inserted,
    Deleted,
}

impl Class {
    /// The tag that opens a span of this class.
    pub(super) fn opening(self) -> &'static str {
        match self {
            Self::Keyword => "<span class=\"k\">",
            Self::Operator => "<span class=\"o\">",
            Self::String => "<span class=\"s\">",
            Self::Escape => "<span class=\"e\">",
            Self::Comment => "<span class=\"c\">",
            Self::Number => "<span class=\"n\">",
            Self::Function => "<span class=\"f\">",
            Self::Type => "<span class=\"t\">",
            Self::Variable => "<span class=\"v\">",
            Self::Attribute => "<span class=\"a\">",
            Self::Tag => "<span class=\"g\">",
            Self::Property => "<span class=\"p\">",
            Self::Heading => "<span class=\"m\">",
            Self::Inserted => "<span class=\"i\">",
            Self::Deleted => "<span class=\"d\">",
        }
    }
}

/// What one scope says of the text in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// What the scope around it says.
    Inherit,
    Plain,
    Is(Class),
}

impl<'de> Deserialize<'de> for Verdict {
    /// Read from the name of the scope.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(|scope| judge(&scope))
    }
}

/// How many scopes a context takes off of those around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) enum Cleared {
    TopN(usize),
    All,
}

/// The scopes that are on, the innermost last, each with the class that follows from it and those around it.
#[derive(Debug, Default)]
pub(super) struct Classes {
    on: Vec<(Verdict, Option<Class>)>,
    /// What was cleared, to be restored.
    cleared: Vec<Vec<Verdict>>,
}

impl Classes {
    pub(super) fn current(&self) -> Option<Class> {
        self.on.last().and_then(|(_, class)| *class)
    }

    pub(super) fn apply(&mut self, change: Change) {
        match change {
            Change::Push(verdict) => self.push(verdict),
            Change::Pop(count) => self.on.truncate(self.on.len().saturating_sub(count)),
            Change::Clear(amount) => {
                let count = match amount {
                    Cleared::TopN(count) => count.min(self.on.len()),
                    Cleared::All => self.on.len(),
                };
                let off = self.on.split_off(self.on.len() - count);
                self.cleared.push(off.into_iter().map(|(verdict, _)| verdict).collect());
            }
            Change::Restore => {
                let again = self.cleared.pop().unwrap_or_default();
                again.into_iter().for_each(|verdict| self.push(verdict));
            }
        }
    }

    fn push(&mut self, verdict: Verdict) {
        let around = self.current();
        let class = match verdict {
            Verdict::Inherit => around,
            Verdict::Plain => None,
            // A key is a key in quotes too.
            Verdict::Is(Class::String) if around == Some(Class::Property) => around,
            Verdict::Is(class) => Some(class),
        };
        self.on.push((verdict, class));
    }
}

/// Languages in which a variable carries a mark, so that colouring variables helps; in others nearly
/// every word is one.
const MARKED: [&str; 10] =
    ["shell", "bash", "php", "perl", "powershell", "makefile", "scss", "less", "nginx", "terraform"];

pub(super) fn judge(scope: &str) -> Verdict {
    use Class::*;
    use Verdict::*;
    let atoms: Vec<&str> = scope.split('.').collect();
    let marked = || atoms.last().is_some_and(|last| MARKED.contains(last));
    match atoms.as_slice() {
        ["comment", ..] => Is(Comment),
        ["string", "regexp", ..] | ["constant", "character", "escape", ..] => Is(Escape),
        ["constant", "other", "placeholder", ..] => Is(Escape),
        ["string", ..] | ["constant", "character", ..] => Is(String),
        ["constant", ..] | ["support", "constant", ..] | ["keyword", "other", "unit", ..] => Is(Number),
        ["entity", "name", "constant", ..] | ["variable", "other", "constant", ..] => Is(Number),
        // They are everywhere, and colour would say nothing.
        ["keyword", "operator", "assignment" | "accessor", ..] => Plain,
        ["keyword", "operator", "module" | "new" | "word" | "wordlike", ..] => Is(Keyword),
        ["keyword", "operator", ..] => Is(Operator),
        ["keyword", ..] | ["storage", ..] => Is(Keyword),
        ["entity", "name", "tag", .., "yaml" | "toml"] => Is(Property),
        ["entity", "name", "tag", ..] => Is(Tag),
        ["entity", "name", "function" | "macro", ..] => Is(Function),
        ["support", "function" | "macro", ..] | ["variable", "function", ..] => Is(Function),
        ["entity", "name", "section" | "heading", ..] => Is(Heading),
        ["entity", "name", "variable" | "parameter" | "label", ..] => Is(Variable),
        ["entity", "other", "attribute-name", ..] | ["variable", "annotation", ..] => Is(Attribute),
        ["variable", "parameter", "option", ..] | ["meta", "annotation", ..] => Is(Attribute),
        ["entity", "name" | "other", ..] => Is(Type),
        ["support", "type", "property-name", ..] | ["meta", "mapping", "key", ..] => Is(Property),
        ["support", "type" | "class" | "module", ..] => Is(Type),
        ["variable", "parameter" | "language", ..] => Is(Variable),
        ["variable", ..] | ["punctuation", "definition", "variable", ..] if marked() => Is(Variable),
        ["markup", "inserted", ..] => Is(Inserted),
        ["markup", "deleted", ..] => Is(Deleted),
        ["markup", "heading", ..] | ["meta", "diff", ..] => Is(Heading),
        ["markup", "raw" | "underline", ..] => Is(String),
        ["markup", "quote", ..] => Is(Comment),
        ["source" | "text" | "embedding", ..] | ["meta", "interpolation" | "embedded", ..] => Plain,
        ["punctuation", "section", "interpolation" | "embedded", ..] => Plain,
        _ => Inherit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_judged() {
        assert_eq!(judge("comment.line.rust"), Verdict::Is(Class::Comment));
        assert_eq!(judge("entity.name.tag.yaml"), Verdict::Is(Class::Property));
        assert_eq!(judge("entity.name.tag.block.any.html"), Verdict::Is(Class::Tag));
        assert_eq!(judge("variable.other.readwrite.shell"), Verdict::Is(Class::Variable));
        assert_eq!(judge("variable.other.readwrite.js"), Verdict::Inherit);
        assert_eq!(judge("source.rust"), Verdict::Plain);
        assert_eq!(judge("meta.block.rust"), Verdict::Inherit);
    }
}
