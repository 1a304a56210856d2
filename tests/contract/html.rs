//! As much of HTML as it takes to find what a page refers to.

use std::collections::BTreeSet;

use crate::xml;

/// A start tag with its attributes, names in lower case.
pub struct Tag {
    pub name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    pub fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name == attribute).map(|(_, value)| value.as_str())
    }
}

/// A page: its start tags, its anchors and its style sheets.
pub struct Page {
    pub tags: Vec<Tag>,
    pub anchors: BTreeSet<String>,
    pub styles: Vec<String>,
}

impl Page {
    pub fn read(text: &str) -> Self {
        let mut page = Self { tags: Vec::new(), anchors: BTreeSet::new(), styles: Vec::new() };
        let mut rest = text;
        while let Some(start) = rest.find('<') {
            rest = &rest[start + 1..];
            if let Some(comment) = rest.strip_prefix("!--") {
                rest = comment.split_once("-->").map_or("", |(_, after)| after);
            } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
                let (tag, after) = start_tag(rest);
                rest = page.raw_text(&tag.name, after);
                page.push(tag);
            }
        }
        page
    }

    /// Skips the content of elements that hold no markup.
    fn raw_text<'a>(&mut self, element: &str, text: &'a str) -> &'a str {
        if !matches!(element, "script" | "style" | "textarea" | "title") {
            return text;
        }
        let (content, after) = text.split_at(text.find(&format!("</{element}")).unwrap_or(text.len()));
        if element == "style" {
            self.styles.push(content.to_owned());
        }
        after
    }

    fn push(&mut self, tag: Tag) {
        let anchors = [tag.get("id"), tag.get("name").filter(|_| tag.name == "a")];
        self.anchors.extend(anchors.into_iter().flatten().map(str::to_owned));
        self.styles.extend(tag.get("style").map(str::to_owned));
        self.tags.push(tag);
    }

    /// Where a redirect page leads.
    pub fn refresh(&self) -> Option<&str> {
        let refresh = |tag: &&Tag| tag.get("http-equiv").is_some_and(|value| value.eq_ignore_ascii_case("refresh"));
        let content = self.tags.iter().find(refresh)?.get("content")?;
        let (_, url) = content.split_once("url=").or_else(|| content.split_once("URL="))?;
        Some(url.trim_matches(['\'', '"', ' ']))
    }
}

/// Reads a start tag behind its `<`.
fn start_tag(text: &str) -> (Tag, &str) {
    let (name, mut rest) =
        text.split_at(text.find(|c: char| c.is_whitespace() || "/>".contains(c)).unwrap_or(text.len()));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() || rest.starts_with('>') {
            let rest = rest.strip_prefix('>').unwrap_or(rest);
            return (Tag { name: name.to_ascii_lowercase(), attributes }, rest);
        }
        let end = rest.find(|c: char| c.is_whitespace() || "=/>".contains(c)).unwrap_or(rest.len());
        let (attribute, after) = rest.split_at(end.max(1));
        let (value, after) = match after.trim_start().strip_prefix('=') {
            Some(value) => attribute_value(value.trim_start()),
            None => ("", after),
        };
        attributes.push((attribute.to_ascii_lowercase(), unescape(value)));
        rest = after;
    }
}

/// An attribute's value, quoted or not, and what follows it.
fn attribute_value(text: &str) -> (&str, &str) {
    match text.chars().next() {
        Some(quote @ ('"' | '\'')) => text[1..].split_once(quote).unwrap_or((&text[1..], "")),
        _ => text.split_at(text.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(text.len())),
    }
}

/// Replaces the character references that a link may hold.
fn unescape(text: &str) -> String {
    let mut parts = text.split('&');
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(';').and_then(|(entity, after)| Some((xml::character(entity)?, after))) {
            Some((character, after)) => {
                result.push(character);
                result.push_str(after);
            }
            None => {
                result.push('&');
                result.push_str(part);
            }
        }
    }
    result
}
