//! The search page, and the way to it.

use super::{About, Maker};
use crate::site::pages::SEARCH_SCRIPT;
use crate::site::views::SearchPage;
use crate::urls::path;

impl Maker<'_> {
    pub(super) fn search(&self) -> SearchPage {
        let page = self.page_view(About {
            kind: "search",
            title: self.word("search_page"),
            document: None,
            breadcrumbs: Vec::new(),
            subject: None,
        });
        SearchPage {
            site: self.site_view(&page),
            page,
            script: self.module(SEARCH_SCRIPT),
            index_url: self.href(path::SEARCH),
            topics_url: self.href(path::TOPICS),
            tags_url: if self.site.tags.is_empty() { String::new() } else { self.href(path::TAGS) },
        }
    }

    /// The search page where it works: browsers load neither modules nor data from a folder.
    pub(super) fn search_url(&self) -> String {
        let is_there = self.site.config.search && self.site.theme.has_static(SEARCH_SCRIPT);
        if is_there && !self.site.urls.offline { self.href(path::SEARCH) } else { String::new() }
    }
}
