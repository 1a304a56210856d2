//! Reads a site's folder: every text that the pipeline needs, and the names of the files it only copies.
//!
//! Links of the file system are not followed out of the site; what is not UTF-8, not a plain file or too
//! large is reported and stands as an empty text.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::plain;
use crate::diagnostic::{Checked, Code, Diagnostic, Diagnostics};
use crate::limits;
use crate::source::{FileId, Folder, Sources, Span};

/// What the machine refused to do.
#[derive(Debug)]
pub struct ReadError {
    /// The path.
    pub path: PathBuf,
    /// The reason.
    pub error: io::Error,
}

/// The nearest folder upwards from `start` that holds a `site.toml`.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|folder| folder.join("site.toml").is_file()).map(Path::to_owned)
}

/// Reads the site whose root is `root`.
///
/// # Errors
/// When the machine cannot read `site.toml` or list a folder. Single bad files are reported instead.
pub fn read(root: &Path) -> Result<Checked<Folder>, ReadError> {
    let mut reader = Reader::new(root);
    let config = reader.add(&["site.toml".to_owned()], true)?;
    let content = reader.list("content")?;
    let (markdown, assets): (Vec<String>, Vec<String>) = content.into_iter().partition(|path| path.ends_with(".md"));
    let markdown = reader.few_enough(markdown);
    let markdown = reader.add(&markdown, false)?;
    let mut templates = reader.list("templates")?;
    let themes = reader.list("themes")?;
    let is_template = |path: &String| path.split('/').nth(2) == Some("templates");
    templates.extend(themes.iter().filter(|path| is_template(path)).cloned());
    let templates = reader.add(&templates, false)?;
    let theme_files = themes.into_iter().filter(|path| path.split('/').nth(2) == Some("static")).collect();
    let statics = reader.list("static")?;
    let below = |paths: Vec<String>, top: &str| -> Vec<String> {
        paths.into_iter().filter_map(|path| path.strip_prefix(top).map(str::to_owned)).collect()
    };
    let folder = Folder {
        config: config[0],
        content: markdown,
        assets: below(assets, "content/").into_iter().collect::<BTreeSet<_>>(),
        statics: below(statics, "static/"),
        templates,
        theme_files,
        sources: reader.sources,
    };
    Ok(Checked { value: folder, diagnostics: reader.out })
}

/// Reads again what has changed since: `None` where more than the texts of `site.toml`, articles and templates may
/// have changed, so that the whole folder must be read.
pub fn read_changed(root: &Path, folder: &Folder, changed: &[PathBuf]) -> Option<Checked<Folder>> {
    let mut folder = folder.clone();
    let by_path: BTreeMap<Arc<str>, FileId> =
        folder.sources.iter().map(|(file, source)| (Arc::clone(&source.path), file)).collect();
    for path in changed {
        let parts: Option<Vec<&str>> = path.strip_prefix(root).ok()?.iter().map(|part| part.to_str()).collect();
        let name = parts?.join("/");
        match by_path.get(name.as_str()) {
            Some(file) if !folder.sources.get(*file).unread => {
                let text = String::from_utf8(plain::read(path, limits::TEXT_BYTES).ok()?).ok()?;
                folder.sources.replace(*file, text.into());
            }
            // What editors keep beside a file while they save it comes and goes.
            None if path.symlink_metadata().is_err() && !folder.holds(&name) => {}
            _ => return None,
        }
    }
    Some(Checked { value: folder, diagnostics: Diagnostics::default() })
}

struct Reader<'a> {
    root: &'a Path,
    sources: Sources,
    out: Diagnostics,
    most: Most,
}

/// How much is read.
struct Most {
    /// Files and folders below one folder.
    files: usize,
    /// Markdown files in `content/`.
    articles: usize,
    /// Bytes of texts that may still come.
    bytes: u64,
}

impl<'a> Reader<'a> {
    fn new(root: &'a Path) -> Self {
        let most = Most { files: limits::FILES, articles: limits::ARTICLES, bytes: limits::ALL_TEXT_BYTES };
        Reader { root, sources: Sources::default(), out: Diagnostics::default(), most }
    }

    /// The plain files below a folder of the site, sorted, without hidden ones.
    fn list(&mut self, top: &str) -> Result<Vec<String>, ReadError> {
        let folder = self.root.join(top);
        let Ok(meta) = folder.symlink_metadata() else { return Ok(Vec::new()) };
        if !meta.is_dir() {
            self.refuse(top, if meta.is_file() { "not a folder" } else { what(&folder) });
            return Ok(Vec::new());
        }
        let mut paths = Vec::new();
        let visible = |entry: &walkdir::DirEntry| {
            let name = entry.file_name().to_string_lossy();
            entry.depth() == 0 || top == "static" || !(name.starts_with('.') || name.ends_with('~'))
        };
        let mut walk = WalkDir::new(&folder).sort_by_file_name().into_iter().filter_entry(visible);
        let mut seen = 0;
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) => entry,
                // What vanishes while it is listed was never there.
                Err(gone) if gone.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound) => continue,
                Err(error) => {
                    let path = error.path().unwrap_or(&folder).to_owned();
                    return Err(ReadError { path, error: error.into() });
                }
            };
            seen += 1;
            if seen > self.most.files {
                self.too_much(top, &format!("{} files", self.most.files));
                return Ok(Vec::new());
            }
            let path = entry.path().strip_prefix(self.root).unwrap_or(entry.path());
            let kind = entry.file_type();
            match name(path) {
                Err(reason) => {
                    self.refuse_name(path, &reason);
                    if kind.is_dir() {
                        walk.skip_current_dir();
                    }
                }
                Ok(path) if kind.is_file() => paths.push(path),
                Ok(_) if kind.is_dir() => {}
                Ok(path) => drop(self.refuse(&path, what(entry.path()))),
            }
        }
        paths.sort();
        Ok(paths)
    }

    /// Reports a link, socket or device: it may lead out of the site or never end.
    fn refuse(&mut self, path: &str, what: &str) -> FileId {
        let file = self.sources.add_unread(path);
        let report =
            Diagnostic::new(Code::OutsideSite, Span::start_of(file), format!("`{path}` is {what}: it is not read"));
        self.out.push(report.help(match what {
            "not a folder" => "rename the file",
            _ => "put the file itself here",
        }));
        file
    }

    /// Reports a path that cannot be a part of a URL.
    fn refuse_name(&mut self, path: &Path, reason: &str) {
        let shown: String = path.to_string_lossy().replace(char::is_control, "\u{fffd}");
        let file = self.sources.add_unread(shown.clone());
        let end: String = shown.chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
        let shown = if end.len() < shown.len() { format!("…{end}") } else { shown };
        self.out.push(
            Diagnostic::new(Code::BadId, Span::start_of(file), format!("the name `{shown}` {reason}"))
                .help("rename it"),
        );
    }

    /// The articles, unless there are too many.
    fn few_enough(&mut self, articles: Vec<String>) -> Vec<String> {
        if articles.len() > self.most.articles {
            self.too_much("content", &format!("{} Markdown files", self.most.articles));
            return Vec::new();
        }
        articles
    }

    fn too_much(&mut self, top: &str, most: &str) {
        let file = self.sources.add_unread(top);
        let message = format!("`{top}` holds more than {most}");
        self.out.push(Diagnostic::new(Code::Syntax, Span::start_of(file), message).help("make several sites of it"));
    }

    /// Reads texts, in parallel, and adds them in the order given.
    fn add(&mut self, paths: &[String], must: bool) -> Result<Vec<FileId>, ReadError> {
        let read = |path: &String| plain::read(&self.root.join(path), limits::TEXT_BYTES);
        let mut ids = Vec::with_capacity(paths.len());
        // Not all at once: texts that are too much together are not to be held together.
        let read =
            paths.chunks(1 << 12).flat_map(|some| some.iter().zip(some.par_iter().map(read).collect::<Vec<_>>()));
        for (path, bytes) in read {
            let error = |error| ReadError { path: self.root.join(path), error };
            match bytes {
                Ok(bytes) if self.fits(&bytes) => ids.push(self.text(path, bytes)),
                // What is missing from here on is not told link by link: none of them is a part of the site.
                Ok(_) => {
                    self.too_much_text(path);
                    return Ok(Vec::new());
                }
                // A file that vanished since the folder was listed was never there.
                Err(gone) if gone.kind() == io::ErrorKind::NotFound && !must => {}
                Err(other) if other.kind() == io::ErrorKind::FileTooLarge => ids.push(self.too_large(path)),
                // It was a plain file when the folder was listed.
                Err(other) if other.kind() == io::ErrorKind::InvalidInput => {
                    ids.push(self.refuse(path, what(&self.root.join(path))));
                }
                Err(other) => return Err(error(other)),
            }
        }
        Ok(ids)
    }

    fn fits(&mut self, bytes: &[u8]) -> bool {
        let left = self.most.bytes.checked_sub(bytes.len() as u64);
        self.most.bytes = left.unwrap_or(0);
        left.is_some()
    }

    fn too_much_text(&mut self, path: &str) {
        let file = self.sources.add_unread(path);
        let message = format!("the texts of this site hold more than {} GB together", limits::ALL_TEXT_BYTES >> 30);
        self.out.push(
            Diagnostic::new(Code::Syntax, Span::start_of(file), message)
                .label("nothing is read from here on")
                .help("make several sites of it"),
        );
    }

    fn text(&mut self, path: &str, bytes: Vec<u8>) -> FileId {
        if matches!(bytes.get(..2), Some(b"\xff\xfe" | b"\xfe\xff")) {
            let file = self.sources.add_unread(path);
            let message = format!("`{path}` is UTF-16 text, not UTF-8");
            self.out.push(Diagnostic::new(Code::Syntax, Span::start_of(file), message).help("save the file as UTF-8"));
            return file;
        }
        match String::from_utf8(bytes) {
            Ok(text) => self.sources.add(path, text),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let file = self.sources.add(path, String::from_utf8_lossy(error.as_bytes()).into_owned());
                self.out.push(
                    Diagnostic::new(Code::Syntax, Span::new(file, at..at + 3), format!("`{path}` is not UTF-8 text"))
                        .label("this byte is not")
                        .help("save the file as UTF-8"),
                );
                file
            }
        }
    }

    fn too_large(&mut self, path: &str) -> FileId {
        let file = self.sources.add_unread(path);
        let message = format!("`{path}` is larger than {} MB", limits::TEXT_BYTES >> 20);
        self.out.push(
            Diagnostic::new(Code::Syntax, Span::start_of(file), message)
                .help("split it, or publish it as a file beside a topic"),
        );
        file
    }
}

/// What there is in the place of a file.
fn what(path: &Path) -> &'static str {
    let is_link = path.symlink_metadata().is_ok_and(|meta| meta.file_type().is_symlink());
    if is_link { "a link of the file system" } else { "not a plain file" }
}

/// A path with `/` between its parts, or why it cannot be a part of a URL.
fn name(path: &Path) -> Result<String, String> {
    if path.as_os_str().len() > limits::PATH_BYTES {
        return Err(format!("is longer than {} bytes", limits::PATH_BYTES));
    }
    let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
    let name = parts.ok_or("is not UTF-8 text")?.join("/");
    match name.contains(|c: char| c.is_control() || c == '\\') {
        true => Err("holds a control character or a backslash".into()),
        false => Ok(name),
    }
}

/// The bytes of a plain file.
///
/// # Errors
/// When it is none, or the machine cannot read it.
pub fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    plain::read(path, u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_too_much_is_told() {
        let site = tempfile::tempdir().unwrap();
        std::fs::create_dir(site.path().join("content")).unwrap();
        for n in 0..5 {
            std::fs::write(site.path().join(format!("content/{n}.md")), "text").unwrap();
        }
        let read = |files, articles, bytes| {
            let mut reader = Reader { most: Most { files, articles, bytes }, ..Reader::new(site.path()) };
            let paths = reader.list("content").unwrap();
            let paths = reader.few_enough(paths);
            let texts = reader.add(&paths, false).unwrap().len();
            (texts, reader.out.into_vec().pop().map(|problem| problem.message))
        };
        let told = |message: &str| Some(message.to_owned());
        assert_eq!(read(6, 5, 20), (5, None));
        assert_eq!(read(5, 5, 20), (0, told("`content` holds more than 5 files")));
        assert_eq!(read(6, 4, 20), (0, told("`content` holds more than 4 Markdown files")));
        assert_eq!(read(6, 5, 19), (0, told("the texts of this site hold more than 1 GB together")));
    }
}
