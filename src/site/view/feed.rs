//! The feed: topics by the date of their last update.

use super::{Maker, generator};
use crate::document::Matter;
use crate::roadmap::TopicIx;
use crate::site::views::{FeedEntry, FeedPage};
use crate::urls::path;

impl Maker<'_> {
    pub(super) fn feed(&self) -> FeedPage {
        let config = &self.site.config;
        let mut dated: Vec<(jiff::civil::Date, TopicIx)> = (0..self.site.roadmaps.topics.len())
            .filter_map(|ix| match &self.document(self.site.roadmaps.topics[ix].document).matter {
                Matter::Topic(matter) => Some((matter.updated.as_ref()?.value, TopicIx(ix))),
                _ => None,
            })
            .collect();
        dated.sort_by_key(|(date, topic)| (std::cmp::Reverse(*date), *topic));
        dated.truncate(config.feed.limit);
        // Nothing here comes from the clock: a feed without dates is as old as can be said.
        let updated = dated.first().map_or_else(|| instant("1970-01-01"), |(date, _)| instant(&date.to_string()));
        let entry = |(date, topic): &(jiff::civil::Date, TopicIx)| FeedEntry {
            title: self.site.topic_title(*topic).into(),
            url: self.site.urls.absolute(&path::topic(&self.site.roadmaps.topic(*topic).id)),
            updated: instant(&date.to_string()),
            summary: self.document(self.site.roadmaps.topic(*topic).document).summary().unwrap_or_default().into(),
        };
        FeedPage {
            title: config.title.clone(),
            subtitle: config.description.clone().unwrap_or_default(),
            language: config.language.clone(),
            url: self.site.urls.absolute("/atom.xml"),
            home_url: self.site.urls.absolute(path::HOME),
            author: config.author.clone().unwrap_or_else(|| config.title.clone()),
            updated,
            generator: generator(),
            entries: dated.iter().map(entry).collect(),
        }
    }
}

/// Midnight of a day in UTC, as RFC 3339 writes it.
fn instant(day: &str) -> String {
    format!("{day}T00:00:00Z")
}
