//! Autolinks: bare addresses in text, as GitHub finds them.
//!
//! * In: a run of plain text, outside links and code.
//! * Out: where it holds `https://…`, `www.…` and e-mail addresses, and where those lead.
//! * Refuses to: take in the punctuation that ends a sentence, or a bracket that the address does not open.

use std::ops::Range;

/// Bounds on what is looked at for one candidate, so that hostile text stays linear: a host name has at
/// most 253 bytes, the part of an e-mail address before the `@` at most 64.
const HOST: usize = 253;
const LOCAL: usize = 64;

/// A bare address.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    /// Where it leads.
    pub(super) href: String,
}

/// All bare addresses of a text, in order.
pub(super) fn find(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut done = 0;
    let mut at = 0;
    while let Some(step) = memchr::memchr3(b':', b'@', b'.', &text.as_bytes()[at..]) {
        at += step;
        let link = match text.as_bytes()[at] {
            b':' => url(text, done, at),
            b'@' => email(text, done, at),
            _ => at.checked_sub(3).filter(|start| *start >= done).and_then(|start| www(text, done, start)),
        };
        at += 1;
        if let Some(link) = link {
            done = link.range.end;
            at = at.max(done);
            found.push(link);
        }
    }
    found
}

/// `https://…` around the colon at `colon`, not reaching before `floor`.
fn url(text: &str, floor: usize, colon: usize) -> Option<Found> {
    let after = text[colon..].strip_prefix("://")?;
    let before = &text[floor..colon];
    let scheme_length = before.bytes().rev().take(6).take_while(u8::is_ascii_alphabetic).count();
    let start = colon - scheme_length;
    let scheme = text[start..colon].to_ascii_lowercase();
    if !matches!(scheme.as_str(), "http" | "https" | "ftp") {
        return None;
    }
    if text[..start].ends_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    host(after, false)?;
    let range = start..end_of_address(text, colon + 3);
    let href = text[range.clone()].to_owned();
    Some(Found { range, href })
}

fn www(text: &str, floor: usize, start: usize) -> Option<Found> {
    let head = text.as_bytes().get(start..start + 4)?;
    if !head.eq_ignore_ascii_case(b"www.") {
        return None;
    }
    let free = |c: char| c.is_whitespace() || "*_~([{\"'“‘«—–".contains(c);
    if start > floor && !text[..start].ends_with(free) {
        return None;
    }
    host(&text[start..], true)?;
    let range = start..end_of_address(text, start + 4);
    let href = format!("http://{}", &text[range.clone()]);
    Some(Found { range, href })
}

fn email(text: &str, floor: usize, at: usize) -> Option<Found> {
    let is_local = |byte: &u8| byte.is_ascii_alphanumeric() || b".-_+".contains(byte);
    let before = &text.as_bytes()[floor..at];
    let local = before.iter().rev().take(LOCAL + 1).take_while(|b| is_local(b)).count();
    if local == 0 || local > LOCAL {
        return None;
    }
    let is_domain = |byte: &u8| byte.is_ascii_alphanumeric() || b".-_".contains(byte);
    let after = &text.as_bytes()[at + 1..];
    let domain = after.iter().take(HOST + 1).take_while(|b| is_domain(b)).count();
    let name = text[at + 1..at + 1 + domain].trim_end_matches('.');
    let is_name = name.contains('.') && !name.contains("..") && !name.starts_with('.');
    if !is_name || domain > HOST || name.ends_with(['-', '_']) {
        return None;
    }
    let range = at - local..at + 1 + name.len();
    let href = format!("mailto:{}", &text[range.clone()]);
    Some(Found { range, href })
}

/// The host that begins a text, if it is one: no underscore in its last two labels, and a dot in it where
/// one is asked for.
fn host(text: &str, dotted: bool) -> Option<&str> {
    if text.starts_with('[') {
        return text.find(']').filter(|end| *end < 48).map(|end| &text[..=end]);
    }
    let end = text
        .char_indices()
        .find(|(at, c)| *at > HOST || !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.')))
        .map_or(text.len(), |(at, _)| at);
    let name = text[..end].trim_end_matches('.');
    let well_formed = !name.is_empty() && !name.starts_with('.') && end <= HOST;
    let plain_end = !name.rsplit('.').take(2).any(|label| label.contains('_'));
    let enough = !dotted || name.len() > "www.".len();
    (well_formed && plain_end && enough).then_some(name)
}

/// Where the address ends that reaches over `from`: before a blank or `<`, and before what ends a sentence.
fn end_of_address(text: &str, from: usize) -> usize {
    let stop = |c: char| c.is_whitespace() || c.is_control() || c == '<';
    let end = text[from..].find(stop).map_or(text.len(), |at| from + at);
    let mut address = &text[from..end];
    let mut surplus = surplus_brackets(address);
    while let Some(last) = address.chars().next_back() {
        let strips = match last {
            ')' => surplus > 0,
            ']' | '}' | '"' | '\'' | '?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' => true,
            c => "。，、；：！？）」』】》〉”’»…".contains(c),
        };
        if !strips {
            break;
        }
        surplus -= isize::from(last == ')');
        address = &address[..address.len() - last.len_utf8()];
    }
    from + address.len()
}

/// Closing brackets less opening ones.
fn surplus_brackets(address: &str) -> isize {
    address.bytes().fold(0, |sum, byte| match byte {
        b')' => sum + 1,
        b'(' => sum - 1,
        _ => sum,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Vec<String> {
        find(text)
            .into_iter()
            .map(|found| {
                assert!(text.get(found.range).is_some());
                found.href
            })
            .collect()
    }

    #[test]
    fn addresses_are_found() {
        assert_eq!(links("see https://a.b/c_d?e=f&g=h#i now"), ["https://a.b/c_d?e=f&g=h#i"]);
        assert_eq!(links("HTTP://A.b"), ["HTTP://A.b"]);
        assert_eq!(links("http://localhost:3000/x"), ["http://localhost:3000/x"]);
        assert_eq!(links("http://[::1]:80/"), ["http://[::1]:80/"]);
        assert_eq!(links("www.example.org/a and *www.b.c*"), ["http://www.example.org/a", "http://www.b.c"]);
        assert_eq!(links("mail a.b+c@d-e.org."), ["mailto:a.b+c@d-e.org"]);
        assert_eq!(links("https://münchen.de/ü"), ["https://münchen.de/ü"]);
    }

    #[test]
    fn sentences_end_after_them() {
        assert_eq!(links("(https://a.b)."), ["https://a.b"]);
        assert_eq!(links("(see https://a.b/w_(x))"), ["https://a.b/w_(x)"]);
        assert_eq!(links("https://a.b/?q=x), \"https://c.d!\""), ["https://a.b/?q=x", "https://c.d"]);
        assert_eq!(links("https://a.b… https://c.d。"), ["https://a.b", "https://c.d"]);
        assert_eq!(links("https://a.b;"), ["https://a.b"]);
    }

    #[test]
    fn other_text_is_none() {
        for text in [
            "",
            ":",
            "http:",
            "http://",
            "http:// a.b",
            "xhttp://a.b",
            "javascript://a.b",
            "www.",
            "www",
            "awww.b.c",
            "a@b",
            "@b.c",
            "a@b.c-",
            "a@.b",
            "http://a.b_c",
            "://",
            "w",
            "http://.x",
        ] {
            assert_eq!(links(text), Vec::<String>::new(), "{text:?}");
        }
    }

    #[test]
    fn hostile_text_is_linear() {
        for unit in ["_www._", "a@", "://", "http://_._", "w", "https://a.b)", "a@b.c@"] {
            find(&unit.repeat(20_000));
        }
    }
}
