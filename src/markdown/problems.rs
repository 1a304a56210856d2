//! Problems: what an author meant as a link or a formula and Markdown does not read as one.
//!
//! * In: a parsed text.
//! * Out: problems with their places and a cure.
//! * Refuses to: suspect ordinary prose; where brackets may well be meant as such, it is silent.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::events::{Document, Piece, Unanswered};
use super::{Problem, math};

/// All problems of a text, in the order of their places.
pub(super) fn problems(text: &str, document: &Document<'_>) -> Vec<Problem> {
    let mut found: Vec<Problem> = document.unanswered.iter().filter_map(|one| unanswered(text, one)).collect();
    for part in document.parts() {
        let (mut code, mut cell) = (false, false);
        for piece in part {
            match &piece.event {
                Event::Start(Tag::CodeBlock(_)) => code = true,
                Event::End(TagEnd::CodeBlock) => code = false,
                Event::Start(Tag::TableCell) => cell = true,
                Event::End(TagEnd::TableCell) => cell = false,
                Event::Text(_) if !code => {
                    if cell {
                        found.extend(cut_wiki_link(text, &piece.span));
                    }
                    unreadable_links(text, &piece.span, &mut found);
                    undefined_notes(text, &piece.span, &mut found);
                }
                _ => found.extend(unreadable_math(text, piece)),
            }
        }
    }
    found.sort_by_key(|problem| (problem.span.start, problem.span.end));
    found
}

fn unreadable_math(text: &str, piece: &Piece<'_>) -> Option<Problem> {
    let (latex, block) = match &piece.event {
        Event::InlineMath(latex) => (latex, false),
        Event::DisplayMath(latex) => (latex, true),
        _ => return None,
    };
    let error = math::to_mathml(latex, block).err()?;
    Some(Problem {
        message: format!("math cannot be read: {}", error.message),
        span: place_in(text, piece, latex, block, &error.place),
        help: Some("math is LaTeX between dollar signs; write `\\$` for a dollar sign".to_owned()),
    })
}

/// The part of a formula that is at fault, or all of it if that cannot be told.
fn place_in(text: &str, piece: &Piece<'_>, latex: &str, block: bool, place: &Range<usize>) -> Range<usize> {
    let start = piece.span.start + if block { 2 } else { 1 };
    let span = start + place.start..start + place.end;
    let verbatim = text.get(start..start + latex.len()) == Some(latex) && !latex.starts_with('`');
    let sound = verbatim && !place.is_empty() && place.end <= latex.len() && text.get(span.clone()).is_some();
    if sound { span } else { piece.span.clone() }
}

/// `[text][label]` or `[label][]` without a definition.
fn unanswered(text: &str, reference: &Unanswered) -> Option<Problem> {
    let Unanswered { label, span } = reference;
    // `matrix[i][j]`, `x[0][]` and the like are no links.
    let indexed = text.get(..span.start)?.ends_with(|c: char| c.is_alphanumeric() || ")]_".contains(c));
    let worded = label.chars().count() > 1 && label.chars().any(char::is_alphabetic);
    if indexed || !worded {
        return None;
    }
    Some(Problem {
        message: format!("link reference `{label}` is not defined"),
        span: span.clone(),
        help: Some(format!("define it on a line of its own: `[{label}]: …`, or write `\\[` for a bracket")),
    })
}

/// `[^label]` that is left in plain text.
fn undefined_notes(text: &str, span: &Range<usize>, found: &mut Vec<Problem>) {
    let Some(run) = text.get(span.clone()) else {
        return;
    };
    for (at, _) in run.match_indices("[^") {
        let label = &run[at + 2..];
        let end = label.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(label.len());
        let escaped = text[..span.start + at].ends_with('\\');
        let (label, rest) = label.split_at(end);
        // `[^a-z0-9]` is more likely a regular expression.
        let ranges = label.contains('-') && label.split('-').all(|part| part.len() <= 2);
        if end > 0 && rest.starts_with(']') && !escaped && !ranges {
            let start = span.start + at;
            found.push(Problem {
                message: format!("footnote `{label}` is not defined"),
                span: start..start + end + 3,
                help: Some(format!("define it on a line of its own: `[^{label}]: …`, or write `\\[` for a bracket")),
            });
        }
    }
}

/// `[[id` at the end of a table's cell: the bar that should part it from its text has ended the cell.
fn cut_wiki_link(text: &str, span: &Range<usize>) -> Option<Problem> {
    let run = text.get(span.clone())?;
    let at = run.rfind("[[")?;
    let id = &run[at + 2..];
    let is_id = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '#');
    let is_cut = is_id && text[span.end..].trim_start_matches(' ').starts_with('|');
    is_cut.then(|| Problem {
        message: "the table's `|` cuts this link in two".to_owned(),
        span: span.start + at..span.end,
        help: Some(format!("write `[[{id}\\|…]]` in a table")),
    })
}

/// `](` that is left in plain text with what looks like a destination behind it.
fn unreadable_links(text: &str, span: &Range<usize>, found: &mut Vec<Problem>) {
    let Some(run) = text.get(span.clone()) else {
        return;
    };
    for (at, _) in run.match_indices("](") {
        let bracket = span.start + at;
        let line = line_around(text, bracket);
        let Some(start) = opening(text, line.start, bracket) else {
            continue;
        };
        let inside = &text[bracket + 2..line.end];
        let closed = inside.find(')');
        let destination = &inside[..closed.unwrap_or(inside.len())];
        if !is_destination(destination) {
            continue;
        }
        let (message, help) = match closed {
            Some(_) => (
                "link destination cannot be read",
                "put a destination with blanks or brackets in `<…>`, and a title behind it in quotes",
            ),
            None => ("link is not closed", "add the missing `)`"),
        };
        let end = closed.map_or(line.end, |at| bracket + 2 + at + 1);
        found.push(Problem { message: message.to_owned(), span: start..end, help: Some(help.to_owned()) });
    }
}

/// The line that holds a byte, as far as a link can reach; a bound keeps hostile text linear.
fn line_around(text: &str, byte: usize) -> Range<usize> {
    const REACH: usize = 1000;
    let first = text.floor_char_boundary(byte.saturating_sub(REACH));
    let last = text.floor_char_boundary(byte + REACH);
    let start = text[first..byte].rfind('\n').map_or(first, |at| first + at + 1);
    let end = text[byte..last].find(['\n', '\r']).map_or(last, |at| byte + at);
    start..end
}

/// Where the link begins whose text `]` at `bracket` ends, if it may be one.
fn opening(text: &str, line: usize, bracket: usize) -> Option<usize> {
    let before = &text[line..bracket];
    let at = before.rfind('[')?;
    let empty = at + 1 == before.len();
    let escaped = before.ends_with('\\') || before[..at].ends_with('\\');
    let indexed = before[..at].ends_with(|c: char| c.is_alphanumeric() || ")]_".contains(c));
    (!empty && !escaped && !indexed).then_some(line + at)
}

/// Whether text between brackets looks like where a link leads, rather than like an aside or code.
fn is_destination(text: &str) -> bool {
    let text = text.trim();
    let begins = text.starts_with(|c: char| c.is_alphanumeric() || "./#<".contains(c));
    let first = text.split(char::is_whitespace).next().unwrap_or_default();
    let last_word = text.split(char::is_whitespace).next_back().unwrap_or_default();
    let is_file = |word: &str| {
        let word = word.split('#').next().unwrap_or_default();
        word.contains('/') || word.ends_with(".md") || word.contains("://")
    };
    begins && (is_file(first) || is_file(last_word) || text.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::super::events;
    use super::*;

    fn of(text: &str) -> Vec<(String, String)> {
        problems(text, &events::read(text))
            .into_iter()
            .map(|problem| (problem.message, text[problem.span].to_owned()))
            .collect()
    }

    fn one(text: &str) -> (String, String) {
        let mut found = of(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        found.remove(0)
    }

    #[test]
    fn links_that_cannot_be_read() {
        assert_eq!(one("é [a b](../my file.md) c").1, "[a b](../my file.md)");
        assert_eq!(one("[a](http.md\nb"), ("link is not closed".into(), "[a](http.md".into()));
        assert_eq!(one("[a](https://x.y/a b)").1, "[a](https://x.y/a b)");
        assert_eq!(one("see [a][nope].").1, "[a][nope]");
        assert_eq!(one("see [nope][].").0, "link reference `nope` is not defined");
        assert_eq!(one("see [^nope].").0, "footnote `nope` is not defined");
    }

    #[test]
    fn prose_is_not_suspected() {
        for text in [
            "m[i][j] [i][j] x[ab][cd]",
            "[&](int x) {}",
            "f[x](y.z w)",
            "\\[a](b c.md)",
            "[a\\](b c.md)",
            "`[a](b c.md)`",
            "```\n[a](b c.md)\n```",
            "[x] [^0-9] [^\"]",
            "[a](an aside)",
            "[a](<b c.md>)",
            "[a](b.md 'c')",
            "[]( x/y z)",
            "an [aside] (see a/b.md)",
        ] {
            assert_eq!(of(text), [], "{text}");
        }
    }

    #[test]
    fn math_is_pointed_at() {
        let (message, place) = one("é $a + \\nosuch + b$");
        assert!(message.starts_with("math cannot be read: "), "{message}");
        assert_eq!(place, "\\nosuch");
        assert_eq!(one("$`\\nosuch`$").1, "$`\\nosuch`$");
    }
}
