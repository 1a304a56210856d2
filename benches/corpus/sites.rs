//! A corpus as the source files of one generator. All three get the same texts, titles, tags and prerequisites; what
//! differs is how each of them wants to be told, and that roadbook resolves the links that the others copy.

use std::fmt::Write;
use std::ops::Range;

use super::text::{self, Piece};
use super::{Corpus, Topic};

/// A generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Generator {
    /// roadbook.
    Roadbook,
    /// Hugo.
    Hugo,
    /// Eleventy.
    Eleventy,
}

impl Generator {
    /// All, by their names on the command line.
    pub const ALL: [(&'static str, Generator); 3] =
        [("roadbook", Generator::Roadbook), ("hugo", Generator::Hugo), ("eleventy", Generator::Eleventy)];
}

/// A file by its path below the site's folder.
pub type File = (String, String);

/// `site.toml` of the roadbook site; the other sites have their settings beside their templates.
pub const SITE_TOML: &str = "title = \"Bench\"\nbase_url = \"https://example.org/\"\n";

/// The files below `content/`, with that folder in their paths.
pub fn content(corpus: &Corpus, generator: Generator) -> impl Iterator<Item = File> {
    let site = Site { corpus, generator };
    (0..corpus.roads.len()).flat_map(move |road| site.road(road))
}

#[derive(Clone, Copy)]
struct Site<'a> {
    corpus: &'a Corpus,
    generator: Generator,
}

/// Where a topic lies: the place of its road and the folder of its stage.
struct Place<'a> {
    road: usize,
    folder: &'a str,
}

impl<'a> Site<'a> {
    fn road(self, road: usize) -> impl Iterator<Item = File> {
        let head = self.head("road", &format!("Road {road}"), "Many stages, one after the other.", road, "");
        let stages = self.corpus.roads[road].stages.iter().cloned().enumerate();
        std::iter::once((format!("content/road-{road}/_index.md"), self.section(head, &format!("/road-{road}/"))))
            .chain(stages.flat_map(move |(stage, topics)| self.stage(road, stage, topics)))
    }

    fn stage(self, road: usize, stage: usize, topics: Range<usize>) -> impl Iterator<Item = File> {
        let folder = self.folder(road, stage);
        let own = (!self.corpus.roads[road].flat).then(|| {
            let place = Place { road, folder: &folder };
            let head =
                self.head("stage", &format!("Stage {stage}"), "A step of the road.", stage, &self.stage_keys(&place));
            (format!("content/{folder}/_index.md"), self.section(head, &format!("/{folder}/")))
        });
        own.into_iter().chain(topics.map(move |at| self.topic(&Place { road, folder: &folder }, at)))
    }

    fn folder(self, road: usize, stage: usize) -> String {
        if self.corpus.roads[road].flat {
            format!("road-{road}")
        } else {
            format!("road-{road}/{stage:04}-stage-{stage}")
        }
    }

    /// The front matter that all pages have; `more` are further keys, a line each.
    fn head(self, kind: &str, title: &str, summary: &str, order: usize, more: &str) -> String {
        let order = match self.generator {
            Generator::Roadbook => format!("order: {order}\n"),
            Generator::Hugo => format!("weight: {}\n", order + 1),
            Generator::Eleventy => format!("kind: {kind}\nlayout: {kind}.11ty.js\norder: {order}\n"),
        };
        format!("---\ntitle: {title}\nsummary: {summary}\n{order}{more}")
    }

    /// The file of a road or a stage, which has no text.
    fn section(self, head: String, url: &str) -> String {
        match self.generator {
            Generator::Eleventy => format!("{head}permalink: {url}index.html\n---\n"),
            _ => head + "---\n",
        }
    }

    fn stage_keys(self, place: &Place) -> String {
        match self.generator {
            Generator::Eleventy => format!("road: /road-{}/\n", place.road),
            _ => String::new(),
        }
    }

    fn topic(self, place: &Place, at: usize) -> File {
        let topic = &self.corpus.topics[at];
        let mut text = self.head("topic", &topic.title, &topic.summary, at, &self.topic_keys(place, topic));
        text += "---\n\n";
        for piece in text::text(self.corpus, at) {
            match piece {
                Piece::Markdown(markdown) => text += &markdown,
                Piece::Link { to, label } => text += &self.link(&self.corpus.topics[to].id, &label),
            }
        }
        (format!("content/{}/{}.md", place.folder, topic.id), text)
    }

    fn topic_keys(self, place: &Place, topic: &Topic) -> String {
        let Topic { id, tags, hours, updated, .. } = topic;
        let requires = topic.requires.iter().map(|before| self.corpus.topics[*before].id.as_str());
        let requires = requires.collect::<Vec<_>>().join(", ");
        let mut keys = format!("tags: [{}]\n", tags.join(", "));
        let more = match self.generator {
            Generator::Roadbook => format!("updated: {updated}\neffort: {hours}h\nrequires: [{requires}]\n"),
            Generator::Hugo => {
                format!("date: {updated}\nurl: /topics/{id}/\nparams:\n  effort: {hours}h\n  requires: [{requires}]\n")
            }
            Generator::Eleventy => format!(
                "date: {updated}\npermalink: /topics/{id}/index.html\neffort: {hours}h\nrequires: [{requires}]\n\
                 stage: /{}/\nid: {id}\n",
                place.folder
            ),
        };
        write!(keys, "{more}").expect("a text takes all");
        keys
    }

    fn link(self, id: &str, label: &str) -> String {
        match self.generator {
            Generator::Roadbook => format!("[[{id}|{label}]]"),
            _ => format!("[{label}](/topics/{id}/)"),
        }
    }
}
