//! Front matter, as each kind of file reads it: values, or a diagnostic with its place.

use roadbook::diagnostic::{Diagnostics, Severity};
use roadbook::document::place::{Found, Layout};
use roadbook::document::{self, Document, Matter};
use roadbook::markdown;
use roadbook::source::Sources;

use super::reports;

/// A file of each kind.
const PATHS: [&str; 5] = ["_index.md", "about.md", "road/_index.md", "road/01-stage/_index.md", "road/01-stage/a.md"];

pub fn check(text: &str) {
    let outline = |body: &str| markdown::outline(body, &markdown::Options::default());
    let layout = Layout::new(PATHS);
    for path in PATHS {
        let Found::Document(place) = layout.find(path) else { panic!("{path} is no document") };
        let mut sources = Sources::default();
        let file = sources.add(path, text);
        let mut found = Diagnostics::default();
        let document = document::read(file, sources.get(file), place, outline, &mut found);
        let found = found.into_vec();
        let is_refused = found.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
        assert!(!document.broken || is_refused, "{path} is broken and nobody is told");
        assert!(is_refused || is_titled(&document), "{path} has no title and nobody is told");
        assert!(text.get(document.body.clone()).is_some());
        reports::check(&found, &sources);
    }
}

fn is_titled(document: &Document) -> bool {
    match &document.matter {
        Matter::Home(_) => true,
        Matter::Page(page) => page.title.is_some(),
        Matter::Topic(topic) => !topic.title.is_empty(),
        Matter::Stage(stage) => !stage.title.is_empty(),
        Matter::Roadmap(roadmap) => !roadmap.title.is_empty(),
    }
}
