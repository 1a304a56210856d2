//! Runs: neighbouring pieces of text or raw HTML joined, their places in the source kept.
//!
//! * In: the parser's texts, which it cuts at every character that might have meant something.
//! * Out: one text, and for any part of it the bytes of the source it came from.
//! * Refuses to: point between the bytes of a character.

use std::ops::Range;

/// Text that is being collected.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub(super) text: String,
    parts: Vec<Part>,
    html: Option<(String, Range<usize>)>,
}

#[derive(Debug)]
struct Part {
    /// Where it begins in the text of the run.
    at: usize,
    source: Range<usize>,
    /// Whether it stands in the source as it stands here; an entity does not.
    verbatim: bool,
}

impl Run {
    pub(super) fn push_text(&mut self, text: &str, source: Range<usize>, whole: &str) {
        if text.is_empty() {
            return;
        }
        let verbatim = whole.get(source.clone()) == Some(text);
        self.parts.push(Part { at: self.text.len(), source, verbatim });
        self.text.push_str(text);
    }

    /// Blocks of HTML come a line at a time.
    pub(super) fn push_html(&mut self, html: &str, source: Range<usize>) {
        match &mut self.html {
            Some((collected, span)) => {
                collected.push_str(html);
                span.end = source.end;
            }
            None => self.html = Some((html.to_owned(), source)),
        }
    }

    pub(super) fn take_html(&mut self) -> Option<(String, Range<usize>)> {
        self.html.take()
    }

    /// The bytes of the source that a part of the text came from; a little more where an entity is cut.
    pub(super) fn source(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.part(range.start).map_or(0, |part| match part.verbatim {
            true => part.source.start + (range.start - part.at),
            false => part.source.start,
        });
        let last = range.end.saturating_sub(1);
        let end = self.part(last).map_or(start, |part| match part.verbatim {
            true => part.source.start + (range.end - part.at),
            false => part.source.end,
        });
        start..end.max(start)
    }

    /// The part that holds a byte of the text.
    fn part(&self, byte: usize) -> Option<&Part> {
        let after = self.parts.partition_point(|part| part.at <= byte);
        self.parts.get(after.checked_sub(1)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_again() {
        let source = "é a&amp;b \\* c";
        let mut run = Run::default();
        run.push_text("é a", 0..4, source);
        run.push_text("&", 4..9, source);
        run.push_text("b ", 9..11, source);
        run.push_text("* c", 12..15, source);
        assert_eq!(run.text, "é a&b * c");
        assert_eq!(&source[run.source(&(0..3))], "é ");
        assert_eq!(&source[run.source(&(3..6))], "a&amp;b");
        assert_eq!(&source[run.source(&(4..5))], "&amp;");
        assert_eq!(&source[run.source(&(5..8))], "b \\*");
    }
}
