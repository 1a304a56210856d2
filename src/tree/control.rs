//! Control characters: no text is made of them. They hide what is beside them, move the cursor of a terminal, and no XML
//! can hold them. Tabs and line breaks are text.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};

fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

/// The report of the first one that stands in a text, which begins at byte `offset` of `file`.
pub(super) fn find(text: &str, file: FileId, offset: usize) -> Option<Diagnostic> {
    let (at, c) = text.char_indices().find(|(_, c)| is_control(*c))?;
    let span = Span::new(file, offset + at..offset + at + c.len_utf8());
    Some(report(span, c, "here").label("this one"))
}

/// The report of the first one that a value has got by an escape such as `\\e`.
pub(super) fn escaped(value: &str, span: Span) -> Diagnostics {
    value.chars().find(|c| is_control(*c)).map(|c| Box::new(report(span, c, "in this text"))).into_iter().collect()
}

fn report(span: Span, c: char, place: &str) -> Diagnostic {
    let message = format!("a control character (U+{:04X}) stands {place}", u32::from(c));
    Diagnostic::new(Code::Syntax, span, message).help("remove it")
}
