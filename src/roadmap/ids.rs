//! Ids: what they are made of, and that no two things share one.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::Document;
use crate::document::place::numbered;
use crate::limits;
use crate::source::{Sources, Span, Spanned};

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
pub fn of_document(
    document: &Document,
    given: Option<&Spanned<String>>,
    named: Named,
    out: &mut Diagnostics,
) -> Spanned<String> {
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
    } else if is_reserved(named, &id.value) {
        let report = reserved_id(&id, named, given.is_some());
        out.push(match document.place.folder.as_str() {
            "topics" => report.help("remove this file: `content/topics/` holds topics that roadmaps share"),
            _ => report,
        });
    }
    id
}

/// Lower-case ASCII letters, digits and `-`, not too many of them: it becomes a folder on any disk.
pub fn is_id(id: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    !id.is_empty() && id.len() <= limits::ID_LENGTH && id.bytes().all(allowed) && !id.starts_with('-') && !is_device(id)
}

/// Names that Windows keeps for devices: no folder there can have one.
fn is_device(id: &str) -> bool {
    let numbered = |name| id.strip_prefix(name).is_some_and(|n| matches!(n.as_bytes(), [b'1'..=b'9']));
    matches!(id, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

fn bad_id(id: &Spanned<String>, given: bool) -> Diagnostic {
    if id.value.trim().is_empty() {
        return Diagnostic::new(Code::BadId, id.span, "this `id` is empty")
            .help("remove it, or write one such as `http`");
    }
    let near = &nearest_id(&id.value);
    let message = match id.value.as_str() {
        long if long.chars().count() > limits::ID_LENGTH => {
            format!("an id cannot be longer than {} characters", limits::ID_LENGTH)
        }
        device if is_device(device) => format!("`{device}` cannot be an id: Windows keeps that name for a device"),
        other => format!("`{other}` cannot be an id: use lower-case letters, digits and `-`"),
    };
    let report = Diagnostic::new(Code::BadId, id.span, message);
    match (given, near.is_empty()) {
        (_, true) => report.help("choose an id such as `http` or `data-structures`"),
        (true, false) => report.help(format!("write `{near}`")),
        (false, false) => report.help(format!("rename it to `{near}`, or write that as its `id:`")),
    }
}

/// The id that an author could write instead; empty when there is none.
pub fn nearest_id(id: &str) -> String {
    let plain = id.to_lowercase();
    let near: String =
        plain.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(limits::ID_LENGTH).collect();
    let near = near.trim_matches('-');
    if is_device(near) { format!("{near}-1") } else { near.to_owned() }
}

/// Reports a choice's id that is none.
pub fn check_choice(id: &Spanned<String>, out: &mut Diagnostics) {
    if !is_id(&id.value) {
        out.push(bad_id(id, true));
    }
}

/// Whether the site has a page of its own at the place of this roadmap or stage.
pub fn is_reserved(named: Named, id: &str) -> bool {
    reserved(named).contains(&id)
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
    Diagnostic::new(
        Code::ReservedId,
        id.span,
        format!("a {what} cannot have the id `{}`: the site has a page there", id.value),
    )
    .help(format!("{mend}, such as `{}-{what}`", id.value))
}

/// Ids seen so far; the second use of one is reported with the first beside it.
pub struct Seen<'a> {
    sources: &'a Sources,
    first: BTreeMap<String, Span>,
}

impl<'a> Seen<'a> {
    /// Nothing seen yet.
    pub fn new(sources: &'a Sources) -> Self {
        Seen { sources, first: BTreeMap::new() }
    }

    /// Notes an id; false when it was there already.
    pub fn add(&mut self, id: &Spanned<String>, what: &str, out: &mut Diagnostics) -> bool {
        if let Some(first) = self.first.get(&id.value) {
            out.push(duplicate(id, *first, &self.sources.get(first.file).path, what));
            return false;
        }
        self.first.insert(id.value.clone(), id.span);
        true
    }
}

fn duplicate(id: &Spanned<String>, first: Span, path: &str, what: &str) -> Diagnostic {
    let message = format!("two {what} have the id `{}`: this one and `{path}`", id.value);
    Diagnostic::new(Code::DuplicateId, id.span, message)
        .label("second")
        .related(first, "first")
        .help("rename one of the two, or give it another `id:`")
}
