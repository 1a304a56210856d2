//! Themes: templates and the files that go with them.
//!
//! In: the built-in themes, and the templates and tables of words of a site's `themes/` and `templates/`. Out: a
//! [`Theme`] that turns a view into bytes. Filters are pure, and no function lets a template reach for other pages, files
//! or the network. Whatever goes wrong becomes a diagnostic at the template's own line. All use of the
//! template engine is in this folder.

mod bounded;
pub mod builtin;
mod compile;
mod counted;
mod explain;
mod in_hand;
mod load;
pub mod names;
mod steps;
mod tags;
pub mod words;

pub use load::load;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::Serialize;
use tera::Tera;

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};
use crate::stack;

use bounded::Page;
use counted::Counted;
use in_hand::InHand;
use words::Words;

/// The name of the theme that lies below every other one.
pub const DEFAULT: &str = "default";

/// A theme, ready to render.
pub struct Theme {
    tera: Tera,
    /// The source of each template, by its name.
    files: BTreeMap<String, FileId>,
    /// The site's own templates, as they are compiled.
    counted: BTreeMap<String, Counted>,
    /// Where a problem is reported that has no template of its own.
    fallback: FileId,
    /// Whether templates of the site's own are among them.
    own: bool,
    /// Templates that were reported already; pages that use them are left empty.
    broken: BTreeSet<String>,
    /// The words of the interface in the site's language.
    pub words: Words,
    /// The theme's other files.
    pub statics: Vec<StaticFile>,
    /// What templates of the site's own are being rendered.
    in_hand: InHand,
}

/// A file of a theme that is published as it is.
#[derive(Clone, Debug)]
pub struct StaticFile {
    /// Its path below the folder of the theme's files.
    pub name: String,
    /// What is in it.
    pub content: StaticContent,
}

/// Where a theme's file comes from.
#[derive(Clone, Debug)]
pub enum StaticContent {
    /// It is inside the program.
    Builtin(&'static [u8]),
    /// It lies in the site's folder, at this path below the root.
    Disk(String),
}

impl Theme {
    /// Whether the site has templates of its own. Those inside the program are known to work.
    pub fn is_own(&self) -> bool {
        self.own
    }

    /// Whether there is a template of this name.
    pub fn has(&self, template: &str) -> bool {
        self.files.contains_key(template)
    }

    /// Whether it publishes a file of this name.
    pub fn has_static(&self, name: &str) -> bool {
        self.statics.iter().any(|file| file.name == name)
    }

    /// The names of all templates.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Renders a view.
    ///
    /// # Errors
    /// The template's mistake, at its place; `None` when it was reported while loading.
    pub fn render(&self, template: &str, view: &impl Serialize) -> Result<String, Option<Box<Diagnostic>>> {
        let mut context = tera::Context::from_serialize(view).map_err(|error| self.explain(&error, template))?;
        context.insert_value("words", self.words.value());
        let mut page = Page::default();
        let mut render = || self.tera.render_to(template, &context, &mut page);
        let outcome = if self.own { self.aside(template, render) } else { Some(render()) };
        match outcome {
            Some(Ok(())) => Ok(page.text()),
            Some(Err(error)) => Err(self.explain(&error, template)),
            None => Err(Some(Box::new(explain::failure(self.start(template))))),
        }
    }

    /// Renders where templates of the site's own are among them: with room for their depth, and in sight of whoever
    /// looks after them.
    fn aside<T: Send>(&self, template: &str, render: impl FnOnce() -> T + Send) -> Option<T> {
        let page = self.in_hand.begin(self.start(template));
        stack::with_room(stack::ROOM, || {
            steps::begin(page.place.clone());
            render()
        })
    }

    /// The pages that are being made with templates of the site's own: a number that no other page has, and the place
    /// that each has got to. Earlier pages come first.
    pub fn in_hand(&self) -> Vec<(u64, Span)> {
        self.in_hand.pages()
    }

    /// The beginning of a template.
    fn start(&self, template: &str) -> Span {
        Span::start_of(self.files.get(template).copied().unwrap_or(self.fallback))
    }

    fn explain(&self, error: &tera::Error, template: &str) -> Option<Box<Diagnostic>> {
        if self.broken.contains(template) {
            return None;
        }
        let templates = Templates { files: &self.files, counted: &self.counted };
        let fallback = templates.file(template).unwrap_or(self.fallback);
        Some(Box::new(explain::explain(error, &templates, fallback)))
    }
}

/// Where templates and places in them are.
struct Templates<'a> {
    files: &'a BTreeMap<String, FileId>,
    counted: &'a BTreeMap<String, Counted>,
}

impl Templates<'_> {
    /// The source of a template.
    fn file(&self, name: &str) -> Option<FileId> {
        self.files.get(name).copied()
    }

    /// A place in a template, which the engine knows as it was compiled.
    fn span(&self, name: &str, place: Range<usize>) -> Option<Span> {
        let original = self.counted.get(name).map_or(place.clone(), |counted| counted.original(place));
        Some(Span::new(self.file(name)?, original))
    }
}
