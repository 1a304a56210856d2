//! Lists of topics: all of them, by tag, and the tags.

use super::{About, Maker, words};
use crate::roadmap::TopicIx;
use crate::site::views::{LetterGroup, TagPage, TagRow, TagsPage, TopicRow, TopicsPage};
use crate::urls::path;

impl Maker<'_> {
    pub(super) fn topic_row(&self, topic: TopicIx) -> TopicRow {
        TopicRow {
            title: self.site.topic_title(topic).into(),
            url: self.topic_url(topic),
            on: self.site.index.places[topic.0].iter().map(|(road, _)| *road).collect(),
        }
    }

    /// By title, whatever the case and the signs before it (`.NET` is under N); equal titles by id.
    fn by_title(&self, topics: impl Iterator<Item = TopicIx>) -> Vec<TopicIx> {
        let mut topics: Vec<TopicIx> = topics.collect();
        topics.sort_by_cached_key(|topic| {
            let title = self.site.topic_title(*topic).to_lowercase();
            let bare = title.trim_start_matches(|c: char| !c.is_alphanumeric());
            (bare.starts_with(char::is_alphabetic), bare.to_owned(), topic.0)
        });
        topics
    }

    pub(super) fn topics(&self) -> TopicsPage {
        let page = self.page_view(About {
            kind: "topics",
            title: self.word("topics_page"),
            document: None,
            breadcrumbs: Vec::new(),
            subject: None,
        });
        let count = self.site.roadmaps.topics.len();
        let mut letters: Vec<LetterGroup> = Vec::new();
        for topic in self.by_title((0..count).map(TopicIx)) {
            let letter = first_letter(self.site.topic_title(topic));
            match letters.last_mut() {
                Some(group) if group.letter == letter => group.topics.push(self.topic_row(topic)),
                _ => {
                    let id = format!("letter-{}", letters.len() + 1);
                    letters.push(LetterGroup { letter, id, topics: vec![self.topic_row(topic)] });
                }
            }
        }
        TopicsPage {
            site: self.site_view(&page),
            page,
            count: words::topics(self.words(), count),
            roadmaps: self.roads(),
            letters,
            tags_url: if self.site.tags.is_empty() { String::new() } else { self.href(path::TAGS) },
        }
    }

    pub(super) fn tags(&self) -> TagsPage {
        let page = self.page_view(About {
            kind: "tags",
            title: self.word("tags_page"),
            document: None,
            breadcrumbs: vec![self.link(self.word("topics_page"), path::TOPICS)],
            subject: None,
        });
        let mut tags: Vec<_> = self.site.tags.iter().collect();
        tags.sort_by_cached_key(|tag| (tag.name.to_lowercase(), tag.slug.clone()));
        let row = |tag: &&crate::site::tags::Tag| TagRow {
            title: tag.name.clone(),
            url: self.href(&path::tag(&tag.slug)),
            count: words::topics(self.words(), tag.topics.len()),
        };
        TagsPage { site: self.site_view(&page), tags: tags.iter().map(row).collect(), page }
    }

    pub(super) fn tag(&self, at: usize) -> TagPage {
        let tag = &self.site.tags[at];
        let page = self.page_view(About {
            kind: "tag",
            title: tag.name.clone(),
            document: None,
            breadcrumbs: vec![
                self.link(self.word("topics_page"), path::TOPICS),
                self.link(self.word("tags_page"), path::TAGS),
            ],
            subject: None,
        });
        TagPage {
            site: self.site_view(&page),
            page,
            tag: tag.name.clone(),
            count: words::topics(self.words(), tag.topics.len()),
            roadmaps: self.roads(),
            tagged_roadmaps: tag.roadmaps.iter().map(|at| self.road(*at)).collect(),
            topics: self.by_title(tag.topics.iter().copied()).into_iter().map(|topic| self.topic_row(topic)).collect(),
            tags_url: self.href(path::TAGS),
        }
    }
}

/// The first letter in upper case; digits and signs stand together.
fn first_letter(title: &str) -> String {
    match title.chars().find(|c| c.is_alphanumeric()) {
        Some(c) if c.is_alphabetic() => c.to_uppercase().collect(),
        _ => "0–9".into(),
    }
}
