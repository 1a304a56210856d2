//! Templates by name → the engine that renders them, and what is wrong with them.

use std::collections::{BTreeMap, BTreeSet};

use tera::{Error, ErrorKind, Tera};

use super::counted::Counted;
use super::explain::{explain, explain_missing, missing};
use super::in_hand::InHand;
use super::load::{Layer, is_words};
use super::words::Words;
use super::{StaticFile, Templates, Theme, steps};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::limits::TEMPLATE_BRANCHES;
use crate::source::{FileId, Folder, Span};
use crate::stack;

/// The templates that the site itself brings, which count what they do; those of the program are known to end.
pub(super) struct Own {
    /// Whether there is any, or a table of words.
    any: bool,
    counted: BTreeMap<String, Counted>,
    /// The tags that count, by number.
    places: Vec<Span>,
    /// Those that the engine is not asked to read.
    refused: BTreeSet<String>,
}

impl Own {
    /// Prepares them.
    pub fn new(folder: &Folder, own: Layer, out: &mut Diagnostics) -> Self {
        let mut all =
            Own { any: !own.is_empty(), counted: BTreeMap::new(), places: Vec::new(), refused: BTreeSet::new() };
        for (name, file) in own.into_iter().filter(|(name, _)| !is_words(name)) {
            let counted = Counted::new(&folder.sources.get(file).text, all.places.len());
            if counted.branches > TEMPLATE_BRANCHES {
                out.push(many_branches(counted.branches, file));
                all.refused.insert(name.clone());
            }
            all.places.extend(counted.places.iter().map(|place| Span::new(file, place.clone())));
            all.counted.insert(name, counted);
        }
        all
    }
}

fn many_branches(branches: usize, file: FileId) -> Diagnostic {
    let message = format!("this template has {branches} `elif`s, and {TEMPLATE_BRANCHES} can be read");
    Diagnostic::new(Code::Template, Span::start_of(file), message)
        .help("look the value up in a map, or make several templates of it")
}

/// Compiles the templates; each one that cannot be read is reported and replaced by an empty one, until the
/// rest can.
pub(super) fn compile(
    folder: &Folder,
    files: BTreeMap<String, FileId>,
    own: Own,
    (words, statics): (Words, Vec<StaticFile>),
    out: &mut Diagnostics,
) -> Theme {
    let mut work = || Compiler { folder, files: &files, own: &own, broken: own.refused.clone() }.compile(out);
    // The engine reads templates by recursion.
    let compiled = if own.any { stack::with_room(stack::ROOM, work) } else { Some(work()) };
    let (tera, broken) = compiled.flatten().unwrap_or_else(|| (Tera::default(), files.keys().cloned().collect()));
    let Own { any, counted, .. } = own;
    Theme {
        tera,
        files,
        counted,
        fallback: folder.config,
        own: any,
        broken,
        words,
        statics,
        in_hand: InHand::default(),
    }
}

struct Compiler<'a> {
    folder: &'a Folder,
    files: &'a BTreeMap<String, FileId>,
    own: &'a Own,
    /// Templates that were reported.
    broken: BTreeSet<String>,
}

/// An engine with what templates call to count.
fn engine(own: &Own) -> Tera {
    let mut tera = Tera::default();
    tera.autoescape_on(vec![".html", ".xml", ".svg"]);
    steps::register(&mut tera, own.places.clone());
    tera
}

impl Compiler<'_> {
    /// The engine and the templates that it has not read; nothing where it reads none at all.
    fn compile(mut self, out: &mut Diagnostics) -> Option<(Tera, BTreeSet<String>)> {
        let nothing = BTreeMap::new();
        for _ in 0..=self.files.len() {
            let error = match self.read(&self.own.counted) {
                Ok(tera) => return Some((tera, self.broken)),
                Err(error) => error,
            };
            // The mistake is told as it stands in the author's text, without what was put into it.
            let (error, counted) = match self.read(&nothing) {
                Err(error) => (error, &nothing),
                Ok(_) => (error, &self.own.counted),
            };
            let found = self.report(&error, counted, out);
            if found.is_empty() {
                break;
            }
            self.broken.extend(found);
        }
        None
    }

    fn text<'a>(&'a self, name: &str, file: FileId, counted: &'a BTreeMap<String, Counted>) -> &'a str {
        let written = || self.folder.sources.get(file).text.as_ref();
        counted.get(name).map_or_else(written, |counted| counted.text.as_str())
    }

    fn read(&self, counted: &BTreeMap<String, Counted>) -> Result<Tera, Error> {
        let unbroken = |name: &str, file| if self.broken.contains(name) { "" } else { self.text(name, file, counted) };
        let templates = self.files.iter().map(|(name, file)| (name.as_str(), unbroken(name, *file)));
        let mut tera = engine(self.own);
        tera.add_raw_templates(templates)?;
        Ok(tera)
    }

    /// Reports an error, and names the templates that it is about and that were not known to be broken.
    fn report(&self, error: &Error, counted: &BTreeMap<String, Counted>, out: &mut Diagnostics) -> Vec<String> {
        let files = self.files;
        let known = Templates { files, counted };
        let is_new = |name: &String| files.contains_key(name) && !self.broken.contains(name);
        let unknown: Vec<_> = missing(error).into_iter().filter(|one| is_new(&one.name)).collect();
        if !unknown.is_empty() {
            for one in &unknown {
                let file = files[&one.name];
                out.push(explain_missing(one, &known, self.text(&one.name, file, counted), file));
            }
            return unknown.into_iter().map(|one| one.name).collect();
        }
        let culprit = culprit(error.kind()).filter(is_new);
        let file = culprit.as_ref().map(|name| files[name]);
        out.push(explain(error, &known, file.unwrap_or(self.folder.config)));
        // A built-in template stands under two names.
        files.iter().filter(|(_, at)| Some(**at) == file).map(|(name, _)| name.clone()).collect()
    }
}

/// The template that an error of loading is about.
fn culprit(kind: &ErrorKind) -> Option<String> {
    match kind {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => Some(report.filename().to_owned()),
        ErrorKind::MissingParent { current, .. } => Some(current.clone()),
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => Some(tpl.clone()),
        _ => None,
    }
}
