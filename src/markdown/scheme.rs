//! Active schemes: the addresses that run something instead of leading somewhere.
//!
//! * In: a destination as a browser might get it.
//! * Out: whether it is active, however disguised.
//! * Refuses to: judge anything but the scheme.

/// What a browser might turn an entity into inside a scheme. Other named entities stand for characters
/// that no scheme has.
const ENTITIES: [(&str, char); 5] = [("colon", ':'), ("tab", '\t'), ("newline", '\n'), ("amp", '&'), ("sol", '/')];

/// Picture types that hold no script.
const PICTURES: [&str; 5] = ["png", "jpeg", "gif", "webp", "avif"];

/// How much of a destination is looked at, in characters left after blanks are dropped. The longest text
/// that matters, `data:image/jpeg;`, is far shorter.
const PREFIX: usize = 32;

/// How much is searched for entities; they may be padded with zeros.
const HEAD: usize = 4096;

/// Whether a destination has an active scheme: `javascript:`, `vbscript:`, or `data:` unless it is a
/// picture of a harmless type in the place of one (`image`).
///
/// Case, entities (also escaped twice), blanks and control characters before and inside the scheme
/// are seen through, as browsers do.
#[must_use]
pub fn is_active_scheme(destination: &str, image: bool) -> bool {
    let plain = undisguised(destination);
    if plain.starts_with("javascript:") || plain.starts_with("vbscript:") {
        return true;
    }
    match plain.strip_prefix("data:") {
        None => false,
        Some(media) => !(image && is_picture(media)),
    }
}

fn is_picture(media: &str) -> bool {
    let Some(kind) = media.strip_prefix("image/") else {
        return false;
    };
    PICTURES.iter().any(|picture| kind.strip_prefix(picture).is_some_and(|rest| rest.starts_with([';', ','])))
}

/// The beginning of a destination in lower case, without blanks, control and invisible characters.
///
/// An entity may be written with an entity (`&amp;#58;`); two rounds are more than any page undoes.
fn undisguised(destination: &str) -> String {
    let head: String = destination.chars().filter(|c| !is_invisible(*c)).take(HEAD).collect();
    let twice = decoded(&decoded(&head));
    twice.chars().filter(|c| !is_invisible(*c)).take(PREFIX).flat_map(char::to_lowercase).collect()
}

fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fffd}')
}

fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match entity(rest) {
            Some((c, length)) => {
                out.push(c);
                rest = &rest[length..];
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    out
}

/// The character of the entity whose name begins `text`, and the bytes it takes, `;` with it if there.
fn entity(text: &str) -> Option<(char, usize)> {
    let (c, length) = match text.strip_prefix('#') {
        Some(number) => numeric(number).map(|(c, length)| (c, length + 1))?,
        None => ENTITIES.iter().find_map(|(name, c)| {
            let head = text.get(..name.len())?;
            head.eq_ignore_ascii_case(name).then_some((*c, name.len()))
        })?,
    };
    Some((c, length + usize::from(text[length..].starts_with(';'))))
}

fn numeric(text: &str) -> Option<(char, usize)> {
    let (digits, radix, skipped) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 1),
        None => (text, 10, 0),
    };
    let length = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let code = u32::from_str_radix(&digits[..length], radix).ok()?;
    Some((char::from_u32(code)?, skipped + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn disguises_are_seen_through() {
        for destination in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " \u{1}\u{0}javascript:alert(1)",
            "java\tscript:alert(1)",
            "java\r\nscript\n:alert(1)",
            "javascript&#58;alert(1)",
            "javascript&#x3a;alert(1)",
            "javascript&#58alert(1)",
            "javascript&colon;alert(1)",
            "java&Tab;script&NewLine;:alert(1)",
            "&#106;&#0000000097vascript:alert(1)",
            "javascript&amp;#58;alert(1)",
            "java\u{200b}script:alert(1)",
            "\u{feff}javascript:alert(1)",
            "VBScript:MsgBox(1)",
            "data:text/html,<script>alert(1)</script>",
            "d\nata:text/html;base64,xx",
            "data:image/svg+xml,<svg onload=alert(1)>",
        ] {
            assert!(is_active_scheme(destination, false), "{destination:?}");
            assert!(is_active_scheme(destination, true), "{destination:?}");
        }
    }

    #[test]
    fn pictures_may_be_data() {
        for kind in PICTURES {
            let destination = format!("DATA:image/{kind};base64,AAAA");
            assert!(!is_active_scheme(&destination, true));
            assert!(is_active_scheme(&destination, false));
        }
        assert!(is_active_scheme("data:image/pngx;base64,", true));
        assert!(is_active_scheme("data:,x", true));
    }

    #[test]
    fn other_addresses_are_left_alone() {
        for destination in [
            "",
            "#javascript:",
            "./javascript:x",
            "https://example.org/javascript:alert(1)",
            "mailto:a@b.c",
            "javascript.md",
            "data/x.csv",
            "?a=1&colon",
            "a&b;c",
            "&#xffffffff;&#;&",
        ] {
            assert!(!is_active_scheme(destination, false), "{destination:?}");
        }
    }

    #[test]
    fn a_long_destination_costs_little() {
        assert!(!is_active_scheme(&"&".repeat(1_000_000), false));
        assert!(is_active_scheme(&format!("{}javascript:", " ".repeat(1_000_000)), false));
    }
}
