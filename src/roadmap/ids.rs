//! Ids: what they are made of, and that no two things share one.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::Document;
use crate::document::place::numbered;
use crate::source::{Span, Spanned};

const RESERVED_ROADMAPS: &[&str] = &["topics", "tags", "compare", "search", "static", "assets"];
const RESERVED_STAGES: &[&str] = &["timeline", "plan", "print"];

/// What an id names; decides how it is made from a file name and which ones are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A topic: the file stem as it is.
    Topic,
    /// A roadmap: the folder without its number.
    Roadmap,
    /// A stage: the folder without its number.
    Stage,
}

/// The id of a document: its `id:`, or else made from its file name. Bad and reserved ones are reported
/// and used all the same, so that nothing else is reported because of them.
pub fn of_document(document: &Document, given: Option<&Spanned<String>>, named: Named, out: &mut Diagnostics) -> Spanned<String> {
    let id = match given {
        Some(id) => id.clone(),
        None => {
            let name = &document.place.name;
            let made = if named == Named::Topic { name } else { numbered(name).1 };
            Spanned::new(made.to_owned(), Span::start_of(document.file))
        }
    };
    if !is_id(&id.value) {
        out.push(bad_id(&id, given.is_some()));
    } else if reserved(named).contains(&id.value.as_str()) {
        out.push(reserved_id(&id, named, given.is_some()));
    }
    id
}

/// Lower-case ASCII letters, digits and `-`, at most 100 of them: it becomes a folder on any disk.
pub fn is_id(id: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    !id.is_empty() && id.len() <= 100 && id.bytes().all(allowed) && !id.starts_with('-')
}

fn bad_id(id: &Spanned<String>, given: bool) -> Diagnostic {
    let near: String = id
        .value
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .take(100)
        .collect();
    let near = near.trim_matches('-');
    let message = format!("`{}` cannot be an id: use lower-case letters, digits and `-`", id.value);
    let report = Diagnostic::new(Code::BadId, id.span, message);
    match (given, near.is_empty()) {
        (_, true) => report.help("choose an id such as `http` or `data-structures`"),
        (true, false) => report.help(format!("write `{near}`")),
        (false, false) => report.help(format!("rename the file, or add `id: {near}`")),
    }
}

fn reserved(named: Named) -> &'static [&'static str] {
    match named {
        Named::Topic => &[],
        Named::Roadmap => RESERVED_ROADMAPS,
        Named::Stage => RESERVED_STAGES,
    }
}

fn reserved_id(id: &Spanned<String>, named: Named, given: bool) -> Diagnostic {
    let what = if named == Named::Stage { "stage" } else { "roadmap" };
    let mend = if given { "choose another id" } else { "rename the folder, or add another `id:`" };
    Diagnostic::new(Code::ReservedId, id.span, format!("a {what} cannot have the id `{}`: the site has a page there", id.value))
        .help(format!("{mend}, such as `{}-{what}`", id.value))
}

/// Ids seen so far; the second use of one is reported with the first beside it.
#[derive(Default)]
pub struct Seen(BTreeMap<String, Span>);

impl Seen {
    /// Notes an id; false when it was there already.
    pub fn add(&mut self, id: &Spanned<String>, what: &str, out: &mut Diagnostics) -> bool {
        if let Some(first) = self.0.get(&id.value) {
            out.push(duplicate(id, *first, what));
            return false;
        }
        self.0.insert(id.value.clone(), id.span);
        true
    }
}

fn duplicate(id: &Spanned<String>, first: Span, what: &str) -> Diagnostic {
    Diagnostic::new(Code::DuplicateId, id.span, format!("two {what} have the id `{}`", id.value))
        .label("second")
        .related(first, "first")
        .help("rename one of the two, or give it another `id:`")
}
