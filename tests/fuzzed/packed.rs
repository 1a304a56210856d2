//! A whole site, and what becomes of it, as one readable text.
//!
//! ```text
//! === site.toml
//! title = "Site"
//! === content/road/_index.md
//! ---
//! title: Road
//! ---
//! === then content/road/_index.md
//! the text of this file after an edit
//! === gone content/road/a.md
//! ```
//!
//! Files come first, then edits one after the other. What a file system cannot hold is left out.

use std::collections::BTreeMap;

use roadbook::diagnostic::{Checked, Diagnostics};
use roadbook::source::Folder;

/// Texts by path.
type Files = BTreeMap<String, String>;

/// More edits than this only take time.
const EDITS: usize = 4;

/// The states of a site, the first before all edits.
pub fn states(text: &str) -> Vec<Files> {
    let mut files = Files::new();
    let mut states = Vec::new();
    for section in format!("\n{text}").split("\n=== ").skip(1) {
        let (head, body) = section.split_once('\n').unwrap_or((section, ""));
        let (edit, path) = match head.split_once(' ') {
            Some((edit @ ("then" | "gone"), path)) => (Some(edit), path),
            _ => (None, head),
        };
        if edit.is_some() && states.len() < EDITS {
            states.push(files.clone());
        }
        if edit == Some("gone") {
            files.remove(path);
        } else if fits(path, &files) {
            files.insert(path.to_owned(), body.to_owned());
        }
    }
    states.push(files);
    states
}

/// Whether a file system has room for a file at this path beside others, and the reader of folders takes it.
fn fits(path: &str, files: &Files) -> bool {
    let part = |part: &str| !part.is_empty() && part.len() < 256 && !part.starts_with('.') && !part.ends_with('~');
    let holds = |folder: &str, file: &str| file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    path.split('/').all(part)
        && !path.contains('\0')
        && !files.keys().any(|other| holds(other, path) || holds(path, other))
}

/// A state as the pipeline takes it. Templates are programs of the site's owner and stay out.
pub fn folder(files: &Files) -> Checked<Folder> {
    let text = |path: &str| files.get(path).map_or("", String::as_str);
    let below = |top: &'static str| files.keys().filter_map(move |path| path.strip_prefix(top));
    let is_text = |path: &&str| path.ends_with(".md");
    let content = below("content/").filter(is_text).map(|path| format!("content/{path}"));
    let content = content.map(|path| (path.clone(), text(&path).to_owned())).collect();
    let mut value = Folder::of_texts(text("site.toml"), content);
    value.assets = below("content/").filter(|path| !is_text(path)).map(str::to_owned).collect();
    value.statics = below("static/").map(str::to_owned).collect();
    Checked { value, diagnostics: Diagnostics::default() }
}
