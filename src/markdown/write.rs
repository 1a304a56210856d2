//! Escaping: text into HTML.
//!
//! * In: any text.
//! * Out: the same text as HTML content, as an attribute value or as an address.
//! * Refuses to: leave control characters that HTML forbids; they become U+FFFD.

/// Appends text as the content of an element.
pub(super) fn text(out: &mut String, text: &str) {
    escape(out, text, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        c if is_forbidden(c) => Some("\u{fffd}"),
        _ => None,
    });
}

/// Appends text as the value of a double-quoted attribute.
pub(super) fn attribute(out: &mut String, text: &str) {
    escape(out, text, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\'' => Some("&#39;"),
        c if is_forbidden(c) => Some("\u{fffd}"),
        _ => None,
    });
}

/// Appends an address as the value of a double-quoted attribute. Characters that no URL may have are
/// percent-encoded; `%` is left alone, so an encoded address stays as it is.
pub(super) fn address(out: &mut String, address: &str) {
    escape(out, address, |c| match c {
        '&' => Some("&amp;"),
        '\'' => Some("&#39;"),
        '"' => Some("%22"),
        '<' => Some("%3C"),
        '>' => Some("%3E"),
        ' ' => Some("%20"),
        '\\' => Some("%5C"),
        '^' => Some("%5E"),
        '`' => Some("%60"),
        '{' => Some("%7B"),
        '|' => Some("%7C"),
        '}' => Some("%7D"),
        '\t' | '\n' | '\r' => Some(""),
        c if is_forbidden(c) => Some("%EF%BF%BD"),
        _ => None,
    });
}

fn escape(out: &mut String, text: &str, replacement: impl Fn(char) -> Option<&'static str>) {
    let mut written = 0;
    for (at, c) in text.char_indices() {
        if let Some(new) = replacement(c) {
            out.push_str(&text[written..at]);
            out.push_str(new);
            written = at + c.len_utf8();
        }
    }
    out.push_str(&text[written..]);
}

fn is_forbidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

#[cfg(test)]
mod tests {
    fn with(write: fn(&mut String, &str), input: &str) -> String {
        let mut out = String::new();
        write(&mut out, input);
        out
    }

    #[test]
    fn content_attributes_and_addresses_are_escaped() {
        assert_eq!(with(super::text, "a<b> & \"c\"\0"), "a&lt;b&gt; &amp; \"c\"\u{fffd}");
        assert_eq!(with(super::attribute, "\"'<&"), "&quot;&#39;&lt;&amp;");
        assert_eq!(with(super::address, "a b?x=1&y=\"é\"%20\n"), "a%20b?x=1&amp;y=%22é%22%20");
    }
}
