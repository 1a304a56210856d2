//! The tags of a template, found without reading what is in them.

use std::ops::Range;

/// A tag: `{% … %}`.
#[derive(Debug)]
pub(super) struct Tag<'a> {
    /// Its place in the template, braces and all.
    pub range: Range<usize>,
    /// Its first word, such as `for`.
    pub word: &'a str,
    text: &'a str,
}

impl<'a> Tag<'a> {
    /// Whether it takes the blanks before it away.
    pub fn trims_before(&self) -> bool {
        self.text.starts_with("{%-")
    }

    /// Whether it takes the blanks behind it away.
    pub fn trims_behind(&self) -> bool {
        self.text.ends_with("-%}")
    }

    /// Where the expression stands that `set` gives to a name. The other kind of `set` has a body, and none.
    pub fn assigned(&self) -> Option<Range<usize>> {
        let end = self.text.strip_suffix("%}")?;
        let end = end.strip_suffix('-').unwrap_or(end);
        let behind_word = self.word.as_ptr() as usize - self.text.as_ptr() as usize + self.word.len();
        let name = end.get(behind_word..)?.trim_start();
        let equals = name.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_').trim_start();
        let value = equals.strip_prefix('=')?.trim();
        let start = self.range.start + end.trim_end().len() - value.len();
        Some(start..start + value.len())
    }
}

/// All tags, in order. Comments and raw text have none.
pub(super) fn tags(template: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = template[at..].find('{').map(|offset| at + offset) {
        at = match template.as_bytes().get(start + 1) {
            Some(b'#') => after(template, start + 2, "#}"),
            Some(b'{') => inside(template, start + 2, "}}"),
            Some(b'%') => {
                let end = inside(template, start + 2, "%}");
                let word = word(&template[start + 2..end]);
                tags.push(Tag { range: start..end, word, text: &template[start..end] });
                if word == "raw" { end_of_raw(template, end) } else { end }
            }
            _ => start + 1,
        };
    }
    tags
}

/// The first word of a tag.
fn word(tag: &str) -> &str {
    let tag = tag.strip_prefix('-').unwrap_or(tag).trim_start();
    tag.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or("")
}

/// The end of what closes with `close`, wherever that is.
fn after(template: &str, from: usize, close: &str) -> usize {
    template[from..].find(close).map_or(template.len(), |at| from + at + close.len())
}

/// The end of a tag: quoted texts may hold what closes one.
fn inside(template: &str, from: usize, close: &str) -> usize {
    let mut quote = None;
    for (at, c) in template[from..].char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            None if template[from + at..].starts_with(close) => return from + at + close.len(),
            None => {}
        }
    }
    template.len()
}

fn end_of_raw(template: &str, mut from: usize) -> usize {
    while let Some(start) = template[from..].find("{%").map(|at| from + at) {
        from = after(template, start, "%}");
        if word(&template[start + 2..from]) == "endraw" {
            return from;
        }
    }
    template.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(template: &str) -> Vec<&str> {
        tags(template).into_iter().map(|tag| tag.word).collect()
    }

    #[test]
    fn tags_are_found_and_nothing_else() {
        let template = "a{%for b in c%}{%- include 'x' -%}{% if d %}{% endfor %}";
        let found: Vec<&str> = tags(template).into_iter().map(|tag| &template[tag.range]).collect();
        assert_eq!(found, ["{%for b in c%}", "{%- include 'x' -%}", "{% if d %}", "{% endfor %}"]);
        assert_eq!(words(template), ["for", "include", "if", "endfor"]);
        assert_eq!(words("{% for a in \"%}\" %}b"), ["for"]);
        let hidden = "{# {% for %} #}{{ \"{% for %}\" }}{% raw %}{% for %}{% endif %}{%- endraw -%}";
        assert_eq!(words(hidden), ["raw"]);
        assert_eq!(words("{ {% format %}{%"), ["format", ""]);
        assert_eq!(words("{% component a(b) %}{% block c %}ü"), ["component", "block"]);
    }

    #[test]
    fn values_of_set_are_found() {
        let assigned = |template: &'static str| {
            let tags = tags(template);
            tags[0].assigned().map(|range| &template[range])
        };
        assert_eq!(assigned("ü{% set a = b ~ c %}"), Some("b ~ c"));
        assert_eq!(assigned("{%-set_global ab_1=[1, 2]-%}"), Some("[1, 2]"));
        assert_eq!(assigned("{% set a =\n \"=\" == \"%}\"\n%}"), Some("\"=\" == \"%}\""));
        assert_eq!(assigned("{% set a %}"), None);
        assert_eq!(assigned("{% set a | replace(from=\"a\", to=\"b\") %}"), None);
        assert_eq!(assigned("{% set a = b"), None);
        assert_eq!(assigned("{% set"), None);
    }
}
