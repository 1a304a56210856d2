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

use crate::diagnostic::{Checked, Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Folder, Sources, Span};

/// A text larger than this is refused: no article is.
const MAX_TEXT: u64 = 16 << 20;

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
    let mut reader = Reader { root, sources: Sources::default(), out: Diagnostics::default() };
    let config = reader.add(&["site.toml".to_owned()], true)?;
    let content = reader.list("content")?;
    let (markdown, assets): (Vec<String>, Vec<String>) = content.into_iter().partition(|path| path.ends_with(".md"));
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
            Some(file) => {
                let text =
                    String::from_utf8(read_file(path).ok().filter(|text| text.len() as u64 <= MAX_TEXT)?).ok()?;
                folder.sources.replace(*file, text.into());
            }
            // What editors keep beside a file while they save it comes and goes.
            None if path.symlink_metadata().is_err() && !folder.holds(&name) => {}
            None => return None,
        }
    }
    Some(Checked { value: folder, diagnostics: Diagnostics::default() })
}

struct Reader<'a> {
    root: &'a Path,
    sources: Sources,
    out: Diagnostics,
}

impl Reader<'_> {
    /// The plain files below a folder of the site, sorted, without hidden ones.
    fn list(&mut self, top: &str) -> Result<Vec<String>, ReadError> {
        let folder = self.root.join(top);
        if !folder.exists() {
            return Ok(Vec::new());
        }
        let mut paths = Vec::new();
        let walk = WalkDir::new(&folder).sort_by_file_name().into_iter();
        let visible = |entry: &walkdir::DirEntry| {
            let hidden = entry.file_name().to_str().is_none_or(|name| name.starts_with('.') || name.ends_with('~'));
            entry.depth() == 0 || !hidden || top == "static"
        };
        for entry in walk.filter_entry(visible) {
            let entry = entry
                .map_err(|error| ReadError { path: error.path().unwrap_or(&folder).to_owned(), error: error.into() })?;
            let Some(path) = self.relative(entry.path()) else { continue };
            if entry.file_type().is_file() {
                paths.push(path);
            } else if !entry.file_type().is_dir() {
                self.refuse(&path, entry.path());
            }
        }
        paths.sort();
        Ok(paths)
    }

    fn relative(&self, path: &Path) -> Option<String> {
        let parts: Option<Vec<&str>> = path.strip_prefix(self.root).ok()?.iter().map(|part| part.to_str()).collect();
        Some(parts?.join("/"))
    }

    /// Reports a link, socket or device: it may lead out of the site or never end.
    fn refuse(&mut self, path: &str, full: &Path) {
        let is_link = full.symlink_metadata().is_ok_and(|meta| meta.file_type().is_symlink());
        let what = if is_link { "a link of the file system" } else { "not a plain file" };
        let file = self.sources.add(path, "");
        self.out.push(
            Diagnostic::new(Code::OutsideSite, Span::start_of(file), format!("`{path}` is {what}: it is not read"))
                .help("put the file itself here"),
        );
    }

    /// Reads texts, in parallel, and adds them in the order given.
    fn add(&mut self, paths: &[String], must: bool) -> Result<Vec<FileId>, ReadError> {
        let read: Vec<io::Result<Vec<u8>>> = paths.par_iter().map(|path| bytes(&self.root.join(path))).collect();
        let mut ids = Vec::with_capacity(paths.len());
        for (path, bytes) in paths.iter().zip(read) {
            let error = |error| ReadError { path: self.root.join(path), error };
            match bytes {
                Ok(bytes) => ids.push(self.text(path, bytes)),
                // A file that vanished since the folder was listed was never there.
                Err(gone) if gone.kind() == io::ErrorKind::NotFound && !must => {}
                Err(other) if other.kind() == io::ErrorKind::FileTooLarge => ids.push(self.too_large(path)),
                Err(other) => return Err(error(other)),
            }
        }
        Ok(ids)
    }

    fn text(&mut self, path: &str, bytes: Vec<u8>) -> FileId {
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
        let file = self.sources.add(path, "");
        self.out.push(
            Diagnostic::new(Code::Syntax, Span::start_of(file), format!("`{path}` is larger than 16 MB"))
                .help("split it, or publish it as a file beside a topic"),
        );
        file
    }
}

/// The bytes of a plain file.
///
/// # Errors
/// When it is none, or the machine cannot read it.
pub fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    if !path.symlink_metadata()?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    std::fs::read(path)
}

fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    if path.metadata()?.len() > MAX_TEXT {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    std::fs::read(path)
}
