//! Raw HTML: which places it names.
//!
//! * In: HTML as an author wrote it.
//! * Out: the values of its `id` attributes, and of `name` on `a`.
//! * Refuses to: judge it or change it.

/// Adds the names of all places in a piece of HTML.
pub(super) fn ids(html: &str, found: &mut Vec<String>) {
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            let Some(end) = comment.find("-->") else {
                return;
            };
            rest = &comment[end..];
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            rest = tag(rest, found);
        }
    }
}

/// Reads a start tag, `html` beginning with its name; the text behind it.
fn tag<'a>(html: &'a str, found: &mut Vec<String>) -> &'a str {
    let ends_name = |c: char| c.is_whitespace() || c == '/' || c == '>';
    let end = html.find(ends_name).unwrap_or(html.len());
    let (name, mut rest) = html.split_at(end);
    let anchor = name.eq_ignore_ascii_case("a");
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() || rest.starts_with('>') {
            return rest;
        }
        let (key, value, behind) = attribute(rest);
        let names_place = key.eq_ignore_ascii_case("id") || (anchor && key.eq_ignore_ascii_case("name"));
        if names_place && !value.is_empty() {
            found.push(value.to_owned());
        }
        rest = behind;
    }
}

/// The attribute that begins a text: its key, its value, and what follows. Takes at least one character.
fn attribute(html: &str) -> (&str, &str, &str) {
    let first = html.chars().next().map_or(0, char::len_utf8);
    let ends_key = |c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/');
    let end = html[first..].find(ends_key).map_or(html.len(), |at| first + at);
    let (key, rest) = html.split_at(end);
    let Some(rest) = rest.trim_start().strip_prefix('=') else {
        return (key, "", rest);
    };
    let rest = rest.trim_start();
    for quote in ['"', '\''] {
        if let Some(quoted) = rest.strip_prefix(quote) {
            return match quoted.split_once(quote) {
                Some((value, behind)) => (key, value, behind),
                None => (key, "", ""),
            };
        }
    }
    let ends_value = |c: char| c.is_whitespace() || c == '>';
    let (value, behind) = rest.split_at(rest.find(ends_value).unwrap_or(rest.len()));
    (key, value, behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(html: &str) -> Vec<String> {
        let mut found = Vec::new();
        ids(html, &mut found);
        found
    }

    #[test]
    fn places_are_found() {
        assert_eq!(of("<div class=x id=\"a\"><b ID = 'c'/><i id=d>x</i>"), ["a", "c", "d"]);
        assert_eq!(of("<a name=e></a><input name=f>"), ["e"]);
        assert_eq!(of("<div\n  id=\"g\"\n>"), ["g"]);
    }

    #[test]
    fn other_text_has_none() {
        for html in [
            "",
            "<",
            "a < b id=x",
            "<!-- <b id=x> -->",
            "<!-- <b id=x>",
            "<b title=\"id=x\">",
            "</b id=x>",
            "<b id>",
            "<b id=>",
            "<b id=\"",
            "<b =",
            "<é id=x>",
        ] {
            assert_eq!(of(html), Vec::<String>::new(), "{html}");
        }
    }
}
