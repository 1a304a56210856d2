//! First bytes: what a match of a pattern can begin with, so that most searches need not be made.
//!
//! * In: a pattern as Oniguruma reads it.
//! * Out: a set of bytes in which the first byte of every match lies, or none: it may be empty, or is not known.
//! * Refuses to: be exact. A set may be too large and never too small.

/// A set of bytes.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Bytes([u64; 4]);

impl Bytes {
    pub(super) fn contains(&self, byte: u8) -> bool {
        self.0[usize::from(byte >> 6)] >> (byte & 63) & 1 == 1
    }

    fn add(&mut self, byte: u8) {
        self.0[usize::from(byte >> 6)] |= 1 << (byte & 63);
    }

    fn add_all(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0).for_each(|(own, other)| *own |= other);
    }

    /// The ASCII characters that `wanted` accepts.
    fn ascii(wanted: impl Fn(u8) -> bool) -> Self {
        let mut bytes = Self::default();
        (0..128).filter(|byte| wanted(*byte)).for_each(|byte| bytes.add(byte));
        bytes
    }

    /// Together with the first byte of every other character.
    fn and_others(mut self) -> Self {
        (0xc0..=0xff).for_each(|byte| self.add(byte));
        self
    }
}

/// The first bytes of all matches of a pattern.
pub(super) fn first(pattern: &str) -> Option<Bytes> {
    let mut reader = Reader { rest: pattern, flags: Flags::default() };
    let start = reader.alternatives()?;
    (reader.rest.is_empty() && !start.empty).then_some(start.bytes)
}

/// How a part of a pattern begins.
#[derive(Clone, Copy)]
struct Start {
    bytes: Bytes,
    /// Whether it may be empty, so that what follows begins the match.
    empty: bool,
}

impl Start {
    const NOTHING: Self = Self { bytes: Bytes([0; 4]), empty: true };

    fn of(bytes: Bytes) -> Option<Self> {
        Some(Self { bytes, empty: false })
    }
}

#[derive(Clone, Copy, Default)]
struct Flags {
    ignore_case: bool,
    extended: bool,
}

/// Reads a pattern. Whatever it does not know makes it give up.
struct Reader<'p> {
    rest: &'p str,
    flags: Flags,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    fn takes(&mut self, wanted: &str) -> bool {
        let rest = self.rest.strip_prefix(wanted);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn skip_behind(&mut self, end: char) -> Option<&str> {
        let (before, rest) = self.rest.split_once(end)?;
        self.rest = rest;
        Some(before)
    }

    /// Up to the end of the group or the pattern.
    fn alternatives(&mut self) -> Option<Start> {
        let mut all = self.sequence()?;
        while self.takes("|") {
            let other = self.sequence()?;
            all.bytes.add_all(&other.bytes);
            all.empty |= other.empty;
        }
        Some(all)
    }

    fn sequence(&mut self) -> Option<Start> {
        let mut all = Start::NOTHING;
        self.skip_comments();
        while !self.rest.is_empty() && !self.rest.starts_with(['|', ')']) {
            let mut one = self.atom()?;
            self.skip_comments();
            one.empty |= self.quantifiers();
            if all.empty {
                all.bytes.add_all(&one.bytes);
                all.empty = one.empty;
            }
            self.skip_comments();
        }
        Some(all)
    }

    fn skip_comments(&mut self) {
        while self.flags.extended {
            let rest = self.rest.trim_start();
            let Some(comment) = rest.strip_prefix('#') else {
                self.rest = rest;
                return;
            };
            self.rest = comment.split_once('\n').map_or("", |(_, rest)| rest);
        }
    }

    /// Reads the signs of repetition; whether they allow none at all.
    fn quantifiers(&mut self) -> bool {
        let mut empty = false;
        loop {
            match self.rest.chars().next() {
                Some('*' | '?') => empty = true,
                Some('+') => {}
                Some('{') => {
                    let Some((range, rest)) = self.rest[1..].split_once('}') else { return empty };
                    if range.is_empty() || !range.bytes().all(|b| b.is_ascii_digit() || b == b',') {
                        return empty;
                    }
                    let least = range.split(',').next().unwrap_or_default();
                    empty |= least.bytes().all(|b| b == b'0');
                    self.rest = rest;
                    continue;
                }
                _ => return empty,
            }
            self.rest = &self.rest[1..];
        }
    }

    fn atom(&mut self) -> Option<Start> {
        match self.next()? {
            '(' => self.group(),
            '[' => Start::of(self.class()?),
            '.' => Start::of(Bytes::ascii(|_| true).and_others()),
            '^' | '$' => Some(Start::NOTHING),
            '\\' => match self.rest.chars().next()? {
                'b' | 'B' | 'A' | 'z' | 'Z' => self.next().map(|_| Start::NOTHING),
                _ => Start::of(self.escape()?),
            },
            c => Start::of(self.literal(c)?),
        }
    }

    fn group(&mut self) -> Option<Start> {
        let before = self.flags;
        let inside = |reader: &mut Self| {
            let start = reader.alternatives()?;
            reader.flags = before;
            reader.takes(")").then_some(start)
        };
        if !self.takes("?") || self.takes(":") || self.takes(">") || self.takes("=") {
            // What a match must be followed by is what it begins with, as far as this goes.
            return inside(self);
        }
        if self.takes("#") {
            return self.skip_behind(')').map(|_| Start::NOTHING);
        }
        if self.takes("!") || self.takes("<=") || self.takes("<!") {
            return inside(self).map(|_| Start::NOTHING);
        }
        if self.takes("<") {
            self.skip_behind('>')?;
            return inside(self);
        }
        let mut on = true;
        loop {
            match self.next()? {
                '-' => on = false,
                'i' => self.flags.ignore_case = on,
                'x' => self.flags.extended = on,
                'm' => {}
                ':' => return inside(self),
                // It holds up to the end of the group around it.
                ')' => return Some(Start::NOTHING),
                _ => return None,
            }
        }
    }

    fn literal(&self, c: char) -> Option<Bytes> {
        let mut bytes = Bytes::default();
        bytes.add(c.encode_utf8(&mut [0; 4]).as_bytes()[0]);
        match (self.flags.ignore_case, c.is_ascii_alphabetic()) {
            (true, true) => Some(folded(bytes)),
            // Other letters have more than one other case.
            (true, false) if !c.is_ascii() => None,
            _ => Some(bytes),
        }
    }

    /// One character behind a backslash.
    fn escape(&mut self) -> Option<Bytes> {
        let c = self.next()?;
        if let Some((wanted, negated)) = shorthand(c) {
            let bytes = Bytes::ascii(|byte| wanted(byte) != negated);
            return Some(if c == 'h' { bytes } else { bytes.and_others() });
        }
        match c {
            'R' => Some(Bytes::ascii(|byte| (b'\n'..=b'\r').contains(&byte)).and_others()),
            'p' | 'P' => {
                self.takes("{").then(|| self.skip_behind('}').is_some()).filter(|closed| *closed)?;
                Some(Bytes::ascii(|_| true).and_others())
            }
            c => self.literal(self.escaped(c)?),
        }
    }

    /// What an escape other than a class stands for.
    fn escaped(&self, c: char) -> Option<char> {
        match c {
            'n' => Some('\n'),
            't' => Some('\t'),
            'r' => Some('\r'),
            'f' => Some('\x0c'),
            'v' => Some('\x0b'),
            c if c.is_ascii_alphanumeric() => None,
            c => Some(c),
        }
    }

    /// A class, behind its bracket.
    fn class(&mut self) -> Option<Bytes> {
        let negated = self.takes("^");
        let mut bytes = Bytes::default();
        let mut begun = false;
        loop {
            match self.next()? {
                ']' if begun => break,
                '&' if self.rest.starts_with('&') => return None,
                '[' if self.takes(":") => bytes.add_all(&self.posix()?),
                '[' if negated && self.flags.ignore_case => return None,
                '[' => bytes.add_all(&self.class()?),
                c => self.member(c, negated, &mut bytes)?,
            }
            begun = true;
        }
        if negated {
            return Some(Bytes::ascii(|byte| !bytes.contains(byte)).and_others());
        }
        Some(if self.flags.ignore_case { folded(bytes) } else { bytes })
    }

    /// A character, a range or a shorthand of a class. A negated one must not hold too much.
    fn member(&mut self, c: char, negated: bool, bytes: &mut Bytes) -> Option<()> {
        let from = match c {
            '\\' => match self.rest.chars().next()? {
                'p' | 'P' if negated => return None,
                c if shorthand(c).is_some() || matches!(c, 'p' | 'P') => {
                    bytes.add_all(&self.escape()?);
                    return Some(());
                }
                c => {
                    self.next();
                    self.escaped(c)?
                }
            },
            c => c,
        };
        // Other letters have more than one other case.
        if self.flags.ignore_case && !from.is_ascii() {
            return None;
        }
        let is_range = self.rest.starts_with('-') && !self.rest.starts_with("-]");
        if !is_range {
            bytes.add_all(&self.one(from));
            return Some(());
        }
        self.next();
        let to = match self.next()? {
            '\\' => {
                let c = self.next()?;
                self.escaped(c)?
            }
            '[' => return None,
            c => c,
        };
        let range = Bytes::ascii(|byte| (from..=to).contains(&char::from(byte)));
        bytes.add_all(&if to.is_ascii() { range } else { range.and_others() });
        Some(())
    }

    fn one(&self, c: char) -> Bytes {
        if c.is_ascii() { Bytes::ascii(|byte| byte == c as u8) } else { Bytes::default().and_others() }
    }

    /// `[:alpha:]` and its like, behind the colon.
    fn posix(&mut self) -> Option<Bytes> {
        let name = self.skip_behind(']')?.strip_suffix(':')?;
        let wanted: fn(&u8) -> bool = match name {
            "alpha" => u8::is_ascii_alphabetic,
            "digit" => u8::is_ascii_digit,
            "alnum" => u8::is_ascii_alphanumeric,
            "upper" => u8::is_ascii_uppercase,
            "lower" => u8::is_ascii_lowercase,
            "xdigit" => u8::is_ascii_hexdigit,
            _ => return None,
        };
        Some(Bytes::ascii(|byte| wanted(&byte)).and_others())
    }
}

/// What of ASCII is in a class, and whether it holds all but that.
type Shorthand = (fn(u8) -> bool, bool);

/// `\w` and its like. Beyond ASCII they may hold anything, but for `\h`.
fn shorthand(c: char) -> Option<Shorthand> {
    let wanted: fn(u8) -> bool = match c.to_ascii_lowercase() {
        'w' => |byte| byte.is_ascii_alphanumeric() || byte == b'_',
        'd' => |byte| byte.is_ascii_digit(),
        's' => |byte| byte == b' ' || (b'\t'..=b'\r').contains(&byte),
        'h' => |byte| byte.is_ascii_hexdigit(),
        _ => return None,
    };
    Some((wanted, c.is_ascii_uppercase()))
}

/// Both cases of every letter; some have one beyond ASCII.
fn folded(bytes: Bytes) -> Bytes {
    let either = |byte: u8| bytes.contains(byte.to_ascii_lowercase()) || bytes.contains(byte.to_ascii_uppercase());
    let mut all = Bytes::ascii(either).and_others();
    all.add_all(&bytes);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(pattern: &str) -> Option<String> {
        first(pattern).map(|bytes| (0..128).filter(|byte| bytes.contains(*byte)).map(char::from).collect())
    }

    #[test]
    fn first_bytes_are_found() {
        for (pattern, expected) in [
            ("abc", "a"),
            ("a?b*c+d", "abc"),
            ("a|bc|(?:d|e)", "abde"),
            (r"\b(?<!x)(?!y)if\b", "i"),
            ("(?=[ab])\\w", "ab"),
            ("(?i)a", "Aa"),
            ("(?x) a # b\n | (c) ", "ac"),
            (r"[a-c\d&&]", ""),
            ("[]x]", "]x"),
            (r"\{\n?", "{"),
            (r"(?:a{0,2}|b{2})c", "abc"),
            ("[[:digit:]a]", "0123456789a"),
        ] {
            let expected = (!expected.is_empty()).then(|| expected.to_owned());
            assert_eq!(letters(pattern), expected, "{pattern}");
        }
    }

    #[test]
    fn what_may_be_empty_or_is_not_known_has_none() {
        for pattern in ["", "a*", "^", "(?=a)?", "(?!a)", "a|", r"\1", r"\Ga", "(?~a)", r"(?<n>a)?\k<n>"] {
            assert_eq!(letters(pattern), None, "{pattern}");
        }
    }
}
