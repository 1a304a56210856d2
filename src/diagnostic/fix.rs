//! A cure that is certain, as a change of the text.
//!
//! A stage that knows the cure says what to change by the place of a value; what that means in the bytes of the
//! file follows here, and where it does not follow plainly (a value written with escapes, an entry with a comment),
//! there is no change.

use std::collections::BTreeMap;

use super::Diagnostic;
use crate::source::{FileId, Source, Sources, Span};

/// A change that mends a problem and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The value or link that is changed.
    pub span: Span,
    /// What becomes of it.
    pub change: Change,
}

/// What a fix does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Puts other words in place of these, where they stand at the place once.
    Replace {
        /// The words as they are.
        old: String,
        /// The words as they should be.
        new: String,
    },
    /// Takes the value out of the YAML list that it is an entry of.
    RemoveEntry,
}

/// Bytes of a file and what comes in their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes.
    pub span: Span,
    /// What comes in their place.
    pub text: String,
}

/// The change of the file's bytes; `None` where the text is not written as plainly as a certain change needs.
pub fn edit(fix: &Fix, sources: &Sources) -> Option<Edit> {
    let text = &sources.get(fix.span.file).text;
    match &fix.change {
        Change::Replace { old, new } => {
            let place = text.get(fix.span.range())?;
            let at = place.find(old.as_str()).filter(|_| place.matches(old.as_str()).count() == 1)?;
            let start = fix.span.range().start + at;
            Some(Edit { span: Span::new(fix.span.file, start..start + old.len()), text: new.clone() })
        }
        Change::RemoveEntry => {
            let range = block_entry(text, fix.span).or_else(|| flow_entry(text, fix.span))?;
            Some(Edit { span: Span::new(fix.span.file, range), text: String::new() })
        }
    }
}

/// The line of an entry `- value` that holds nothing else.
fn block_entry(text: &str, span: Span) -> Option<std::ops::Range<usize>> {
    let range = span.range();
    let start = text.get(..range.start)?.rfind('\n').map_or(0, |at| at + 1);
    let end = text.get(range.end..)?.find('\n').map_or(text.len(), |at| range.end + at + 1);
    let is_entry = text[start..range.start].trim() == "-" && text[range.end..end].trim().is_empty();
    is_entry.then_some(start..end)
}

/// A value of `[a, b, c]`, with the comma and the blanks that part it from its neighbour.
fn flow_entry(text: &str, span: Span) -> Option<std::ops::Range<usize>> {
    let range = span.range();
    let (before, after) = (text.get(..range.start)?.trim_end(), text.get(range.end..)?.trim_start());
    let first = before.ends_with('[');
    if !first && !before.ends_with(',') {
        return None;
    }
    let until = text.len() - after.len();
    match after.chars().next()? {
        ',' => Some(range.start..text.len() - after[1..].trim_start_matches(' ').len()),
        ']' if !first => Some(before.len() - 1..until),
        _ => None,
    }
}

/// The problems of a report that can be mended at once: their changes, none of which touches another.
pub fn edits<'a>(report: &'a [Diagnostic], sources: &Sources) -> Vec<(&'a Diagnostic, Edit)> {
    let of = |diagnostic: &'a Diagnostic| Some((diagnostic, edit(diagnostic.fix.as_ref()?, sources)?));
    let mut all: Vec<_> = report.iter().filter_map(of).collect();
    all.sort_by_key(|(_, edit)| edit.span);
    let mut kept: Vec<(&Diagnostic, Edit)> = Vec::new();
    for (diagnostic, edit) in all {
        let is_free = |last: &Edit| last.span.file != edit.span.file || last.span.end <= edit.span.start;
        if kept.last().is_none_or(|(_, last)| is_free(last)) {
            kept.push((diagnostic, edit));
        }
    }
    kept
}

/// The texts of the files that edits change. The edits are those of one [`edits`], or some of them.
pub fn apply<'e>(edits: impl IntoIterator<Item = &'e Edit>, sources: &Sources) -> BTreeMap<FileId, String> {
    let mut changed: BTreeMap<FileId, (String, usize)> = BTreeMap::new();
    for edit in edits {
        let Source { text, .. } = sources.get(edit.span.file);
        let (new, done) = changed.entry(edit.span.file).or_default();
        new.push_str(&text[*done..edit.span.range().start]);
        new.push_str(&edit.text);
        *done = edit.span.range().end;
    }
    let whole = |(file, (new, done)): (FileId, (String, usize))| (file, new + &sources.get(file).text[done..]);
    changed.into_iter().map(whole).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text after the first occurrence of `value` is changed.
    fn fixed(text: &str, value: &str, change: Change) -> Option<String> {
        let mut sources = Sources::default();
        let file = sources.add("a.md", text);
        let start = text.find(value).unwrap();
        let edit = edit(&Fix { span: Span::new(file, start..start + value.len()), change }, &sources)?;
        apply([&edit], &sources).remove(&file)
    }

    #[test]
    fn words_are_replaced_within_their_quotes() {
        let change = || Change::Replace { old: "htpp".into(), new: "http".into() };
        assert_eq!(fixed("a: [\"htpp\"]", "\"htpp\"", change()).as_deref(), Some("a: [\"http\"]"));
        assert_eq!(fixed("a: htpp # htpp", "htpp", change()).as_deref(), Some("a: http # htpp"));
        assert_eq!(fixed("[htpp](htpp)", "[htpp](htpp)", change()), None, "it stands there twice");
        assert_eq!(fixed("a: \"ht\\x70p\"", "\"ht\\x70p\"", change()), None, "it is written in another way");
    }

    #[test]
    fn entries_go_with_what_parts_them() {
        let remove = |text, value| fixed(text, value, Change::RemoveEntry);
        assert_eq!(remove("a: [b, c, d]", "b").as_deref(), Some("a: [c, d]"));
        assert_eq!(remove("a: [b, c, d]", "c").as_deref(), Some("a: [b, d]"));
        assert_eq!(remove("a: [b, c, d]", "d").as_deref(), Some("a: [b, c]"));
        assert_eq!(remove("a:\r\n  - b\r\n  - c\r\n", "b").as_deref(), Some("a:\r\n  - c\r\n"));
        assert_eq!(remove("a:\n  - b # why\n", "b"), None, "a comment would go with it");
        assert_eq!(remove("a: [{topic: b}]", "b"), None, "a map may say more");
        assert_eq!(remove("a: [b]", "b"), None, "the list would be empty");
    }
}
