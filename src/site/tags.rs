//! The tags in use and their URLs.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{Document, Matter};
use crate::roadmap::{Roadmaps, TopicIx};
use crate::source::Spanned;
use crate::urls::path::NAME_BYTES;

/// A tag and the topics that carry it.
#[derive(Clone, Debug)]
pub struct Tag {
    /// As its author writes it.
    pub name: String,
    /// As it stands in the URL.
    pub slug: String,
    /// Its topics, by id.
    pub topics: Vec<TopicIx>,
    /// Roadmaps that carry it, by their place in the site.
    pub roadmaps: Vec<usize>,
}

/// Gathers the tags, sorted by slug. Two spellings that come to one URL are reported.
pub fn tags(site: &Roadmaps, documents: &[Arc<Document>], out: &mut Diagnostics) -> Vec<Tag> {
    let mut found: BTreeMap<String, (Spanned<String>, Tag)> = BTreeMap::new();
    for (ix, topic) in site.topics.iter().enumerate() {
        if let Matter::Topic(matter) = &documents[topic.document.0].matter {
            for tag in &matter.tags {
                if let Some(tag) = enter(tag, &mut found, out)
                    && tag.topics.last() != Some(&TopicIx(ix))
                {
                    tag.topics.push(TopicIx(ix));
                }
            }
        }
    }
    for (at, roadmap) in site.roadmaps.iter().enumerate() {
        if let Matter::Roadmap(matter) = &documents[roadmap.document.0].matter {
            for tag in &matter.tags {
                if let Some(tag) = enter(tag, &mut found, out)
                    && tag.roadmaps.last() != Some(&at)
                {
                    tag.roadmaps.push(at);
                }
            }
        }
    }
    found.into_values().map(|(_, tag)| tag).collect()
}

fn enter<'a>(
    tag: &Spanned<String>,
    found: &'a mut BTreeMap<String, (Spanned<String>, Tag)>,
    out: &mut Diagnostics,
) -> Option<&'a mut Tag> {
    let slug = slug(&tag.value);
    if slug.len() > NAME_BYTES {
        let message = format!("this cannot be a tag: its URL would be longer than {NAME_BYTES} bytes");
        out.push(Diagnostic::new(Code::WrongType, tag.span, message).help("use a word"));
        return None;
    }
    if slug.is_empty() {
        out.push(
            Diagnostic::new(
                Code::WrongType,
                tag.span,
                format!("`{}` cannot be a tag: no letter or digit is in it", tag.value),
            )
            .help("use a word"),
        );
        return None;
    }
    let new =
        || (tag.clone(), Tag { name: tag.value.clone(), slug: slug.clone(), topics: Vec::new(), roadmaps: Vec::new() });
    let (first, entry) = found.entry(slug.clone()).or_insert_with(new);
    if first.value != tag.value {
        out.push(
            Diagnostic::new(
                Code::UrlConflict,
                tag.span,
                format!("the tags `{}` and `{}` come to one URL", first.value, tag.value),
            )
            .related(first.span, "first spelling")
            .help(format!("spell it `{}` here too", first.value)),
        );
        return None;
    }
    Some(entry)
}

/// Letters, digits and signs of any script in lower case, `+` and `#` as words, anything else as `-`.
pub fn slug(tag: &str) -> String {
    let mut slug = String::new();
    for c in tag.chars().flat_map(char::to_lowercase) {
        match c {
            c if c.is_alphanumeric() || (!c.is_ascii() && !c.is_whitespace() && !c.is_control()) => slug.push(c),
            '+' => slug.push_str("-plus"),
            '#' => slug.push_str("-sharp"),
            _ if slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    slug.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn languages_stay_apart() {
        assert_eq!(slug("C"), "c");
        assert_eq!(slug("C++"), "c-plus-plus");
        assert_eq!(slug("C#"), "c-sharp");
        assert_eq!(slug("Version control"), "version-control");
        assert_eq!(slug("网络"), "网络");
        assert_eq!(slug("!?"), "");
    }
}
