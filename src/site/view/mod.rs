//! The site → the view of one page. One file a kind of page; what several share is in `words` and `road`.
//!
//! A view holds all that its template can see, with final links and finished texts, and nothing of the
//! rest of the site: that is what makes rendering a function of one value.

mod compare;
mod feed;
mod label;
mod linked_data;
mod lists;
mod map;
mod plan;
pub mod poster;
mod print;
mod road;
mod roadmap;
mod scene;
mod search;
mod stage;
mod timeline;
mod topic;
mod words;

use serde::Serialize;

use super::Site;
use super::pages::{Page, READER_SCRIPT, THEME_FILES};
use super::views::{
    self, ComparePage, DateView, FeedPage, HomePage, NavLink, NotFoundPage, PageView, PlainPage, PlanPage, PosterPage,
    PrintPage, RedirectPage, RoadRef, RoadmapPage, SearchPage, SiteView, StagePage, StageRef, TagPage, TagsPage,
    TimelinePage, TopicPage, TopicsPage,
};
use crate::document::{Document, Matter};
use crate::links;
use crate::markdown::{self, Within};
use crate::roadmap::DocumentIx;
use crate::theme::words::Words;
use crate::urls::path;

/// The view of a page, by kind.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum View {
    /// The home page.
    Home(Box<HomePage>),
    /// A roadmap.
    Roadmap(Box<RoadmapPage>),
    /// A stage.
    Stage(Box<StagePage>),
    /// A timeline.
    Timeline(Box<TimelinePage>),
    /// The reader's own plan.
    Plan(Box<PlanPage>),
    /// A whole roadmap to print.
    Print(Box<PrintPage>),
    /// A topic.
    Topic(Box<TopicPage>),
    /// All topics.
    Topics(Box<TopicsPage>),
    /// All tags.
    Tags(Box<TagsPage>),
    /// A tag.
    Tag(Box<TagPage>),
    /// The comparison.
    Compare(Box<ComparePage>),
    /// The search page.
    Search(Box<SearchPage>),
    /// A plain page.
    Plain(Box<PlainPage>),
    /// The page for unknown URLs.
    NotFound(Box<NotFoundPage>),
    /// An old URL.
    Redirect(Box<RedirectPage>),
    /// A roadmap as one picture.
    Poster(Box<PosterPage>),
    /// The feed.
    Feed(Box<FeedPage>),
}

/// The template of a page; `None` for files that no template makes.
pub fn template<'a>(site: &'a Site, page: &Page) -> Option<&'a str> {
    Some(match page {
        Page::Home => "home.html",
        Page::Roadmap(_) => "roadmap.html",
        Page::Stage(..) => "stage.html",
        Page::Timeline(_) => "timeline.html",
        Page::Plan(_) => "plan.html",
        Page::Print(_) => "print.html",
        Page::Topic(topic) => Maker { site, from: path::HOME }.topic_template(*topic).unwrap_or("topic.html"),
        Page::Topics => "topics.html",
        Page::Tags => "tags.html",
        Page::Tag(_) => "tag.html",
        Page::Compare => "compare.html",
        Page::Search => "search.html",
        Page::Plain(_) => "page.html",
        Page::NotFound => "404.html",
        Page::Redirect(_) => "redirect.html",
        Page::Poster(_) => "poster.svg",
        Page::Atom => "atom.xml",
        _ => return None,
    })
}

/// The view of a page; `None` for files that no template makes.
pub fn view(site: &Site, url: &str, page: &Page) -> Option<View> {
    let maker = Maker { site, from: url };
    Some(match page {
        Page::Home => View::Home(Box::new(maker.home())),
        Page::Roadmap(at) => View::Roadmap(Box::new(maker.roadmap(*at))),
        Page::Stage(at, stage) => View::Stage(Box::new(maker.stage(*at, *stage))),
        Page::Print(at) => View::Print(Box::new(maker.print(*at))),
        Page::Plan(at) => View::Plan(Box::new(maker.plan_page(*at))),
        Page::Timeline(at) => View::Timeline(Box::new(maker.timeline_page(*at))),
        Page::Topic(topic) => View::Topic(Box::new(maker.topic(*topic))),
        Page::Topics => View::Topics(Box::new(maker.topics())),
        Page::Tags => View::Tags(Box::new(maker.tags())),
        Page::Tag(at) => View::Tag(Box::new(maker.tag(*at))),
        Page::Compare => View::Compare(Box::new(maker.compare())),
        Page::Search => View::Search(Box::new(maker.search())),
        Page::Plain(at) => View::Plain(Box::new(maker.plain(*at))),
        Page::NotFound => View::NotFound(Box::new(maker.not_found())),
        Page::Redirect(to) => View::Redirect(Box::new(maker.redirect(to))),
        Page::Poster(at) => View::Poster(Box::new(maker.poster(*at))),
        Page::Atom => View::Feed(Box::new(maker.feed())),
        _ => return None,
    })
}

/// Makes the views of one page: it knows where the page is, so that links can be relative.
struct Maker<'a> {
    site: &'a Site,
    from: &'a str,
}

/// What a page says about itself.
struct About<'a> {
    kind: &'a str,
    title: String,
    document: Option<DocumentIx>,
    breadcrumbs: Vec<views::Link>,
    /// What the page is about, for linked data.
    subject: Option<serde_json::Value>,
}

impl<'a> Maker<'a> {
    fn href(&self, to: &str) -> String {
        self.site.urls.href(self.from, to)
    }

    fn words(&self) -> &'a Words {
        &self.site.theme.words
    }

    /// A text of the interface.
    fn word(&self, key: &str) -> String {
        self.words().text(key).into()
    }

    /// A sentence of the interface with its values.
    fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.words().fill(key, values)
    }

    fn link(&self, title: impl Into<String>, to: &str) -> views::Link {
        views::Link { title: title.into(), url: self.href(to) }
    }

    fn document(&self, ix: DocumentIx) -> &'a Document {
        self.site.document(ix)
    }

    fn site_view(&self, page: &PageView) -> SiteView {
        let config = &self.site.config;
        SiteView {
            title: config.title.clone(),
            description: config.description.clone().unwrap_or_default(),
            language: config.language.clone(),
            direction: self.direction().into(),
            author: config.author.clone().unwrap_or_default(),
            home_url: self.href(path::HOME),
            nav: self.nav(&page.kind),
            search_url: self.search_url(),
            stylesheet: self.theme_file("style.css"),
            script: self.theme_file("theme.js"),
            reader: self.module(READER_SCRIPT),
            icon: self.theme_file("icon.svg"),
            manifest: if self.site.urls.offline { String::new() } else { self.href(path::MANIFEST) },
            feed_url: self.href("/atom.xml"),
            extra: config.extra.clone(),
            generator: generator(),
        }
    }

    /// The direction in which the site's language is written.
    fn direction(&self) -> &'static str {
        let language = self.site.config.language.split('-').next().unwrap_or("").to_ascii_lowercase();
        let rtl = ["ar", "he", "fa", "ur", "dv", "ps", "sd", "ug", "yi", "ckb"].contains(&language.as_str());
        if rtl { "rtl" } else { "ltr" }
    }

    /// A file of the theme; empty when the theme has none of this name.
    fn theme_file(&self, name: &str) -> String {
        if self.site.theme.has_static(name) { self.href(&format!("{THEME_FILES}{name}")) } else { String::new() }
    }

    /// A module of the theme; empty for a site that is read from a folder, where browsers load none.
    fn module(&self, name: &str) -> String {
        if self.site.urls.offline { String::new() } else { self.theme_file(name) }
    }

    /// Home, topics, comparison, and the plain pages with `extra.nav`.
    fn nav(&self, kind: &str) -> Vec<NavLink> {
        let entry = |title: &str, to: &str, kinds: &[&str]| NavLink {
            title: title.into(),
            url: self.href(to),
            current: kinds.contains(&kind),
        };
        let mut nav = vec![
            entry(self.words().text("home_page"), path::HOME, &["home", "roadmap", "stage", "timeline", "print"]),
            entry(self.words().text("topics_page"), path::TOPICS, &["topics", "topic", "tags", "tag"]),
        ];
        if self.site.roadmaps.roadmaps.len() > 1 {
            nav.push(entry(self.words().text("compare_page"), path::COMPARE, &["compare"]));
        }
        for page in self.site.index.nav.iter().map(|at| &self.site.roadmaps.pages[*at]) {
            let to = path::page(&page.name);
            let title = self.site.title(page.document).to_owned();
            nav.push(NavLink { title, url: self.href(&to), current: self.from == to });
        }
        nav
    }

    fn page_view(&self, about: About) -> PageView {
        let document = about.document.map(|ix| self.document(ix));
        let updated = match document.map(|document| &document.matter) {
            Some(Matter::Topic(topic)) => topic.updated.as_ref().map(|day| date(self.words(), day.value)),
            _ => None,
        };
        let summary = document.and_then(Document::summary).or(match about.kind {
            "home" => self.site.config.description.as_deref(),
            _ => None,
        });
        let mut page = PageView {
            linked_html: String::new(),
            kind: about.kind.into(),
            title: about.title,
            description: summary.unwrap_or_default().into(),
            url: self.href(self.from),
            canonical: self.site.urls.canonical(self.from),
            breadcrumbs: about.breadcrumbs,
            updated,
            edit_url: document.map_or_else(String::new, |document| self.edit_url(document)),
            extra: document
                .and_then(Document::extra)
                .cloned()
                .unwrap_or_else(|| serde_json::Value::Object(serde_json::Map::new())),
        };
        page.linked_html = self.linked(&page, about.subject);
        page
    }

    fn edit_url(&self, document: &Document) -> String {
        let path = &self.site.sources.get(document.file).path;
        self.site.config.edit_url.as_ref().map_or_else(String::new, |url| url.replace("{path}", path))
    }

    /// A document's Markdown as HTML.
    fn article(&self, ix: DocumentIx) -> String {
        let document = self.document(ix);
        self.markdown(&self.site.sources.get(document.file).text[document.body.clone()], ix, "")
    }

    /// Markdown of a document's body or front matter as HTML. Texts that share a page have a prefix each for
    /// the ids in them.
    fn markdown(&self, text: &str, ix: DocumentIx, prefix: &str) -> String {
        markdown::to_html_within(text, &self.site.markdown, Within { prefix, deeper: 0 }, &|link| {
            self.resolve(ix, link)
        })
        .html
    }

    /// A short text as HTML, without a paragraph around it.
    fn inline(&self, text: &str, ix: DocumentIx) -> String {
        markdown::inline_html(text, &self.site.markdown, &|link| self.resolve(ix, link))
    }

    fn resolve(&self, ix: DocumentIx, link: &markdown::Link) -> markdown::Target {
        self.resolve_with(ix, link, &|path| self.href(path), &str::to_owned)
    }

    /// The same for a text on another page than its own: `page` says where a page's content is to be found, and
    /// `here` where a place in the text itself.
    fn resolve_with(
        &self,
        ix: DocumentIx,
        link: &markdown::Link,
        page: &dyn Fn(&str) -> String,
        here: &dyn Fn(&str) -> String,
    ) -> markdown::Target {
        match self.site.links().target(ix, link) {
            Ok(links::Target::Page { path, title }) => markdown::Target::To { href: page(&path), title },
            Ok(links::Target::Here(anchor)) => markdown::Target::To { href: here(&anchor), title: None },
            Ok(links::Target::Asset(asset)) => markdown::Target::To { href: self.href(&asset.path), title: None },
            Ok(links::Target::Elsewhere(url)) => markdown::Target::To { href: url, title: None },
            Err(_) => markdown::Target::TextOnly,
        }
    }

    fn road(&self, at: usize) -> RoadRef {
        let roadmap = &self.site.roadmaps.roadmaps[at];
        RoadRef {
            id: roadmap.id.clone(),
            title: self.site.title(roadmap.document).into(),
            url: self.href(&path::roadmap(&roadmap.id)),
            line: self.site.index.lines[at],
        }
    }

    fn roads(&self) -> Vec<RoadRef> {
        (0..self.site.roadmaps.roadmaps.len()).map(|at| self.road(at)).collect()
    }

    fn stage_ref(&self, at: usize, stage: usize) -> StageRef {
        let roadmap = &self.site.roadmaps.roadmaps[at];
        let own = &roadmap.stages[stage];
        StageRef {
            title: own.title.clone(),
            url: self.href(&path::stage(&roadmap.id, &own.id)),
            label: own.label.clone().unwrap_or_else(|| (stage + 1).to_string()),
            bonus: own.is_bonus(),
        }
    }

    fn plain(&self, at: usize) -> PlainPage {
        let document = self.site.roadmaps.pages[at].document;
        let title = self.site.title(document).to_owned();
        let page = self.page_view(About {
            kind: "page",
            title,
            document: Some(document),
            breadcrumbs: Vec::new(),
            subject: None,
        });
        PlainPage { site: self.site_view(&page), page, content_html: self.article(document) }
    }

    fn not_found(&self) -> NotFoundPage {
        let page = self.page_view(About {
            kind: "not-found",
            title: self.word("not_found_page"),
            document: None,
            breadcrumbs: Vec::new(),
            subject: None,
        });
        NotFoundPage { site: self.site_view(&page), page, roadmaps: self.roads(), topics_url: self.href(path::TOPICS) }
    }

    fn redirect(&self, to: &str) -> RedirectPage {
        let target = self.site.table.document_of(to).map(|ix| self.site.title(ix)).unwrap_or(&self.site.config.title);
        RedirectPage {
            language: self.site.config.language.clone(),
            direction: self.direction().into(),
            title: target.into(),
            url: self.href(to),
            canonical: self.site.urls.canonical(to),
            icon: self.theme_file("icon.svg"),
        }
    }
}

fn generator() -> String {
    format!("roadbook {}", env!("CARGO_PKG_VERSION"))
}

fn date(words: &Words, date: jiff::civil::Date) -> DateView {
    let month = words.nth("month_names", usize::from(date.month().unsigned_abs()) - 1);
    let (day, year) = (date.day().to_string(), date.year().to_string());
    DateView { iso: date.to_string(), text: words.fill("date", &[("day", &day), ("month", month), ("year", &year)]) }
}
