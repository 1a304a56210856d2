//! The compiled site: which pages exist, and for each the view that its template sees.
//!
//! A [`Site`] is the end of the pure part of the pipeline that concerns the whole: everything that one page
//! needs can be looked up in it without a search. [`view`] makes a page's view from it, and a page's bytes
//! are a function of that view and the theme.

pub mod index;
pub mod pages;
pub mod tags;
pub mod view;
pub mod views;

use std::sync::{Arc, OnceLock};

use crate::config::Config;
use crate::document::{Document, Matter};
use crate::links::{Links, Table};
use crate::markdown;
use crate::plan::Plan;
use crate::roadmap::{Choice, DocumentIx, Roadmaps, TopicIx};
use crate::search::{self, Corpus};
use crate::source::Sources;
use crate::theme::Theme;
use crate::urls::Urls;
use index::Index;
use pages::Output;
use tags::Tag;

/// Everything that pages are made from. A copy shares what is large.
#[derive(Clone)]
pub struct Site {
    /// The settings.
    pub config: Config,
    /// The texts.
    pub sources: Sources,
    /// The documents.
    pub documents: Vec<Arc<Document>>,
    /// The resolved roadmaps.
    pub roadmaps: Arc<Roadmaps>,
    /// One plan a roadmap.
    pub plans: Arc<Vec<Plan>>,
    /// The tags in use.
    pub tags: Arc<Vec<Tag>>,
    /// What can be linked to.
    pub table: Arc<Table>,
    /// What is looked up page by page.
    pub index: Arc<Index>,
    /// The theme.
    pub theme: Arc<Theme>,
    /// How links are written.
    pub urls: Urls,
    /// The day of the build, from which the calendars count; `None` for none.
    pub today: Option<jiff::civil::Date>,
    /// How Markdown is rendered.
    pub markdown: markdown::Options,
    /// What is known of the words of texts, for the search index.
    pub tallies: Arc<search::Tallies>,
    /// The search index, once somebody has asked for it.
    pub found: Arc<OnceLock<search::Index>>,
    /// Every file of the site, sorted by path.
    pub outputs: Arc<Vec<Output>>,
}

impl Site {
    /// The links of the site's documents.
    pub fn links(&self) -> Links<'_> {
        Links { documents: &self.documents, site: &self.roadmaps, table: &self.table }
    }

    /// The search index: made when a file of it is first asked for, as checks and most previews never do. It takes
    /// one thread, since threads of a pool that wait here must not be needed for it.
    pub fn search(&self) -> &search::Index {
        let corpus = Corpus { documents: &self.documents, roadmaps: &self.roadmaps, sources: &self.sources };
        self.found.get_or_init(|| search::index(&corpus, &self.tallies))
    }

    /// What is known of the words of texts by now.
    pub fn known_tallies(&self) -> &Arc<search::Tallies> {
        self.found.get().map_or(&self.tallies, |index| &index.tallies)
    }

    /// A document.
    pub fn document(&self, ix: DocumentIx) -> &Document {
        &self.documents[ix.0]
    }

    /// The day on which a roadmap begins for everyone (`extra.start`), such as the first day of a course.
    pub fn start_of(&self, roadmap: usize) -> Option<jiff::civil::Date> {
        let document = self.document(self.roadmaps.roadmaps[roadmap].document);
        document.extra()?.get("start")?.as_str()?.parse().ok()
    }

    /// The title of a document; the home page without one has the site's.
    pub fn title(&self, ix: DocumentIx) -> &str {
        match &self.document(ix).matter {
            Matter::Home(page) | Matter::Page(page) => page.title.as_deref().unwrap_or(&self.config.title),
            Matter::Topic(topic) => &topic.title,
            Matter::Stage(stage) => &stage.title,
            Matter::Roadmap(roadmap) => &roadmap.title,
        }
    }

    /// The title of a topic.
    pub fn topic_title(&self, topic: TopicIx) -> &str {
        self.title(self.roadmaps.topic(topic).document)
    }
}

/// The question of a choice; one without a title is asked by its id.
pub fn choice_title(choice: &Choice) -> String {
    choice.title.clone().unwrap_or_else(|| title_of_id(&choice.id))
}

/// What an id reads as: `data-structures` is `Data structures`.
pub fn title_of_id(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
