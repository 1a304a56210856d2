//! The text of the files an author writes, and places in it.
//!
//! In: paths and texts that somebody else has read. Out: small copyable [`Span`]s that every later
//! stage carries along, and the line and column they stand for. This module never touches the disk.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Names one file of [`Sources`]. Ids are given out in the order in which files are added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A range of bytes in one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// Byte offset of the first byte.
    pub start: u32,
    /// Byte offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// A span from a byte range. Offsets past 4 GiB are clamped; no file that large is read.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { file, start: clamp(range.start), end: clamp(range.end.max(range.start)) }
    }

    /// The very beginning of a file: the place of problems that concern the file as a whole.
    pub fn start_of(file: FileId) -> Self {
        Span { file, start: 0, end: 0 }
    }

    /// The byte range in the file's text.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value together with the place where its author wrote it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Binds a value to its place.
    pub fn new(value: T, span: Span) -> Self {
        Spanned { value, span }
    }
}

/// A line and a column, both counted from 1; columns count characters, not bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A hash long enough that no two inputs share one: what is equal in it is equal (BLAKE3).
pub type Key = [u8; 32];

/// One file: its path below the site's root, with `/` between folders, and its text.
#[derive(Clone, Debug)]
pub struct Source {
    /// Path below the site's root.
    pub path: Arc<str>,
    /// The whole text. Shared, so that the next state of a site has it without a copy.
    pub text: Arc<str>,
    /// It could not be read, as has been reported: its text is empty, and nothing in it is missing.
    pub unread: bool,
    /// The key of the text, once somebody has asked for it.
    key: OnceLock<Key>,
}

impl Source {
    fn new(path: impl Into<Arc<str>>, text: impl Into<Arc<str>>, unread: bool) -> Self {
        Source { path: path.into(), text: text.into(), unread, key: OnceLock::new() }
    }

    /// The key of the text.
    pub fn key(&self) -> Key {
        *self.key.get_or_init(|| *blake3::hash(self.text.as_bytes()).as_bytes())
    }
}

/// All files that diagnostics can point into.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Adds a file and returns its id.
    pub fn add(&mut self, path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> FileId {
        self.push(Source::new(path, text, false))
    }

    /// Adds a file that could not be read and returns its id.
    pub fn add_unread(&mut self, path: impl Into<Arc<str>>) -> FileId {
        self.push(Source::new(path, "", true))
    }

    fn push(&mut self, source: Source) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(source);
        id
    }

    /// Gives a file another text.
    pub fn replace(&mut self, id: FileId, text: Arc<str>) {
        let file = &mut self.files[id.0 as usize];
        (file.text, file.key) = (text, OnceLock::new());
    }

    /// The file with this id.
    pub fn get(&self, id: FileId) -> &Source {
        &self.files[id.0 as usize]
    }

    /// All files in the order of their ids, as a list.
    pub fn files(&self) -> &[Source] {
        &self.files
    }

    /// All files in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files.iter().enumerate().map(|(i, source)| (FileId(i as u32), source))
    }

    /// The line and column behind the last character of a span.
    pub fn end(&self, span: Span) -> Position {
        self.position(Span { start: span.end.max(span.start), ..span })
    }

    /// The line and column where a span begins.
    pub fn position(&self, span: Span) -> Position {
        Places::new(self).position(span)
    }
}

/// Finds the lines and columns of many spans. Those that come in the order of a text take one pass over it.
pub struct Places<'a> {
    /// The files.
    pub sources: &'a Sources,
    last: Option<(FileId, usize, Position)>,
}

impl<'a> Places<'a> {
    /// Begins at the beginning.
    pub fn new(sources: &'a Sources) -> Self {
        Places { sources, last: None }
    }

    /// The line and column where a span begins.
    pub fn position(&mut self, span: Span) -> Position {
        let text = &self.sources.get(span.file).text;
        let at = floor_char(text, span.start as usize);
        let last = self.last.filter(|(file, before, _)| *file == span.file && *before <= at);
        let (from, before) = last.map_or((0, Position { line: 1, column: 1 }), |(_, from, before)| (from, before));
        let passed = &text[from..at];
        let columns = |text: &str| text.chars().filter(|&c| c != '\u{feff}').count();
        let position = match passed.rfind('\n') {
            None => Position { line: before.line, column: before.column + columns(passed) },
            Some(end) => Position {
                line: before.line + passed.bytes().filter(|&b| b == b'\n').count(),
                column: 1 + columns(&passed[end + 1..]),
            },
        };
        self.last = Some((span.file, at, position));
        position
    }
}

/// All that was read of a site's folder. Paths have `/` between folders and are sorted.
#[derive(Clone, Debug)]
pub struct Folder {
    /// The texts.
    pub sources: Sources,
    /// `site.toml`
    pub config: FileId,
    /// The Markdown files below `content/`.
    pub content: Vec<FileId>,
    /// The other files below `content/`, as paths below it. They are only read to be copied.
    pub assets: BTreeSet<String>,
    /// The files below `static/`, as paths below it.
    pub statics: Vec<String>,
    /// The templates below `templates/` and `themes/`, as paths below the site's root.
    pub templates: Vec<FileId>,
    /// The files below each `themes/NAME/static/`, as paths below the site's root.
    pub theme_files: Vec<String>,
}

impl Folder {
    /// A folder of texts alone: `site.toml` and Markdown files, by their paths below the site's root. For
    /// sites that never were on a disk.
    pub fn of_texts(config: &str, mut content: Vec<(String, String)>) -> Self {
        content.sort();
        let mut sources = Sources::default();
        let config = sources.add("site.toml", config);
        let content = content.into_iter().map(|(path, text)| sources.add(path, text)).collect();
        Folder {
            sources,
            config,
            content,
            assets: BTreeSet::new(),
            statics: Vec::new(),
            templates: Vec::new(),
            theme_files: Vec::new(),
        }
    }
}

impl Folder {
    /// Whether there is a file of this path below the site's root, or below a folder of this path.
    pub fn holds(&self, path: &str) -> bool {
        let is_it = |file: &str| file.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let below = |top: &str, file: &String| is_it(&format!("{top}/{file}"));
        self.sources.iter().any(|(_, source)| is_it(&source.path))
            || self.theme_files.iter().any(|file| is_it(file))
            || self.assets.iter().any(|file| below("content", file))
            || self.statics.iter().any(|file| below("static", file))
    }

    /// Whether another state of the folder has the same files, whatever is in them.
    pub fn has_same_files(&self, other: &Folder) -> bool {
        let paths =
            |folder: &Folder| folder.sources.iter().map(|(_, source)| Arc::clone(&source.path)).collect::<Vec<_>>();
        self.config == other.config
            && self.content == other.content
            && self.templates == other.templates
            && self.assets == other.assets
            && self.statics == other.statics
            && self.theme_files == other.theme_files
            && paths(self) == paths(other)
    }
}

/// The largest character boundary of `text` that is at most `at`.
pub fn floor_char(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let mut sources = Sources::default();
        let file = sources.add("a.md", "é: x\nü: yz\n");
        let at = sources.get(file).text.find("yz").unwrap();
        let position = sources.position(Span::new(file, at..at + 2));
        assert_eq!(position, Position { line: 2, column: 4 });
    }

    #[test]
    fn places_are_the_same_in_any_order() {
        let mut sources = Sources::default();
        let files = ["é: x\nü: yz\n\nb", "\u{feff}a\nb"].map(|text| sources.add("a.md", text));
        let mut places = Places::new(&sources);
        for at in [0, 3, 4, 9, 9, 12, 14, 2, 40, 1, 6] {
            for file in files {
                let span = Span::new(file, at..at);
                assert_eq!(places.position(span), sources.position(span), "{at}");
            }
            let span = Span::new(files[0], at..at);
            assert_eq!(places.position(span), sources.position(span), "{at}");
        }
    }

    #[test]
    fn a_place_inside_a_character_or_past_the_end_is_no_panic() {
        let mut sources = Sources::default();
        let file = sources.add("a.md", "é");
        assert_eq!(sources.position(Span::new(file, 1..9)).column, 1);
        assert_eq!(sources.position(Span::new(file, 99..99)).column, 2);
    }
}
