//! Themes: templates and the files that go with them.
//!
//! In: the built-in themes, and the templates and tables of words of a site's `themes/` and `templates/`. Out: a
//! [`Theme`] that turns a view into bytes. Filters are pure, and no function lets a template reach for other pages, files
//! or the network. Whatever goes wrong becomes a diagnostic at the template's own line. All use of the
//! template engine is in this folder.

pub mod builtin;
mod explain;
mod load;
pub mod names;
pub mod words;

pub use load::load;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tera::Tera;

use crate::diagnostic::Diagnostic;
use crate::source::FileId;

use words::Words;

/// The name of the theme that lies below every other one.
pub const DEFAULT: &str = "default";

/// A theme, ready to render.
pub struct Theme {
    tera: Tera,
    /// The source of each template, by its name.
    files: BTreeMap<String, FileId>,
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
        self.tera.render(template, &context).map_err(|error| self.explain(&error, template))
    }

    fn explain(&self, error: &tera::Error, template: &str) -> Option<Box<Diagnostic>> {
        if self.broken.contains(template) {
            return None;
        }
        let file = |name: &str| self.files.get(name).copied();
        Some(Box::new(explain::explain(error, file, file(template).unwrap_or(self.fallback))))
    }
}
