//! What a content file is, by the place where it lies.
//!
//! `_index.md` at the top is the home page, in a folder it makes the folder a roadmap, and inside a
//! roadmap's folder a stage. A Markdown file in a roadmap's folder or below `topics/` is a topic; any other
//! is a plain page. `NAME/index.md` is the topic or page `NAME`, whose folder holds its assets.

use std::collections::BTreeSet;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The home page.
    Home,
    /// A plain page.
    Page,
    /// A topic.
    Topic,
    /// A stage's `_index.md`.
    Stage,
    /// A roadmap's `_index.md`.
    Roadmap,
}

/// Where a file lies. Folders are paths below `content/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What that makes it.
    pub kind: Kind,
    /// Its name as far as a URL or an id is made of it: the file stem, or the folder's name.
    pub name: String,
    /// The folder that relative paths in it start from.
    pub folder: String,
    /// The roadmap folder that it lies in.
    pub roadmap: Option<String>,
    /// The stage folder that it lies in.
    pub stage: Option<String>,
}

/// A content folder as far as it decides what its files are.
pub struct Layout {
    /// Folders with an `_index.md`.
    indexed: BTreeSet<String>,
    /// Folders with an `index.md`: everything else in them is an asset.
    bundles: BTreeSet<String>,
}

/// What a Markdown file turned out to be.
pub enum Found {
    /// A document.
    Document(Place),
    /// A file beside an `index.md`.
    Asset,
    /// An `_index.md` inside a stage.
    TooDeep,
}

impl Layout {
    /// Looks at all paths (below `content/`) once.
    pub fn new<'a>(paths: impl IntoIterator<Item = &'a str>) -> Self {
        let mut layout = Layout { indexed: BTreeSet::new(), bundles: BTreeSet::new() };
        for path in paths {
            let (folder, name) = split(path);
            match name {
                "_index.md" if !folder.is_empty() => layout.indexed.insert(folder.to_owned()),
                "index.md" if !folder.is_empty() => layout.bundles.insert(folder.to_owned()),
                _ => continue,
            };
        }
        layout
    }

    /// What the Markdown file at this path is.
    pub fn find(&self, path: &str) -> Found {
        let (folder, file) = split(path);
        let stem = file.strip_suffix(".md").unwrap_or(file);
        let bundle = file == "index.md" && !folder.is_empty();
        if ancestors(folder).any(|f| self.bundles.contains(f) && !(bundle && f == folder)) {
            return Found::Asset;
        }
        let mut indexed = ancestors(folder).filter(|f| self.indexed.contains(*f));
        let (roadmap, stage, deeper) = (indexed.next(), indexed.next(), indexed.next());
        let owned = |f: Option<&str>| f.map(str::to_owned);
        let index = file == "_index.md";
        if index && deeper.is_some() {
            return Found::TooDeep;
        }
        let shared = ancestors(folder).next() == Some("topics");
        let kind = match index {
            true if folder.is_empty() => Kind::Home,
            true if stage.is_some() => Kind::Stage,
            true => Kind::Roadmap,
            false if roadmap.is_some() || shared => Kind::Topic,
            false => Kind::Page,
        };
        let name = if bundle || index { split(folder).1 } else { stem };
        Found::Document(Place {
            kind,
            name: name.to_owned(),
            folder: folder.to_owned(),
            roadmap: owned(roadmap),
            stage: owned(stage),
        })
    }
}

/// The folder and the file name of a path.
pub fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// `a`, `a/b`, `a/b/c` for the folder `a/b/c`.
fn ancestors(folder: &str) -> impl Iterator<Item = &str> {
    let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
    ends.filter(|end| *end > 0).map(|end| &folder[..end])
}

/// `01-foundations` → (1, `foundations`); a name without such a prefix has no number.
pub fn numbered(name: &str) -> (Option<u64>, &str) {
    match name.split_once('-') {
        Some((digits, rest))
            if !digits.is_empty() && !rest.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) =>
        {
            (digits.parse().ok(), rest)
        }
        _ => (None, name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_decides_the_kind() {
        let paths = [
            "_index.md",
            "about.md",
            "topics/web/http.md",
            "topics/dns/index.md",
            "topics/dns/notes.md",
            "backend/_index.md",
            "backend/01-web/_index.md",
            "backend/01-web/tls.md",
            "backend/01-web/deep/_index.md",
            "backend/spare.md",
            "group/front/_index.md",
            "legal/imprint.md",
        ];
        let layout = Layout::new(paths);
        let kind = |path| match layout.find(path) {
            Found::Document(place) => format!("{:?} {}", place.kind, place.name),
            Found::Asset => "asset".into(),
            Found::TooDeep => "too deep".into(),
        };
        assert_eq!(kind("_index.md"), "Home ");
        assert_eq!(kind("about.md"), "Page about");
        assert_eq!(kind("legal/imprint.md"), "Page imprint");
        assert_eq!(kind("topics/web/http.md"), "Topic http");
        assert_eq!(kind("topics/dns/index.md"), "Topic dns");
        assert_eq!(kind("topics/dns/notes.md"), "asset");
        assert_eq!(kind("backend/_index.md"), "Roadmap backend");
        assert_eq!(kind("backend/01-web/_index.md"), "Stage 01-web");
        assert_eq!(kind("backend/01-web/tls.md"), "Topic tls");
        assert_eq!(kind("backend/01-web/deep/_index.md"), "too deep");
        assert_eq!(kind("backend/spare.md"), "Topic spare");
        assert_eq!(kind("group/front/_index.md"), "Roadmap front");
    }

    #[test]
    fn numbers_give_a_place_not_an_id() {
        assert_eq!(numbered("01-foundations"), (Some(1), "foundations"));
        assert_eq!(numbered("2fa"), (None, "2fa"));
        assert_eq!(numbered("01-"), (None, "01-"));
    }
}
