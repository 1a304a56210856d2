//! Layers of templates → one [`Theme`].
//!
//! Templates come from four places, one over the other: the default theme, the built-in theme that the site
//! names, the folder `themes/NAME`, and the site's `templates/`. A built-in template is also there as
//! `THEME/NAME`, so that an override can build on it. Static files are the named theme's alone: a style sheet
//! belongs to its templates.

use std::collections::{BTreeMap, BTreeSet};

use tera::{ErrorKind, Tera};

use super::builtin::{self, Builtin};
use super::explain::{explain, explain_missing, missing};
use super::steps::{self, Counted};
use super::words::{self, Words};
use super::{DEFAULT, StaticContent, StaticFile, Templates, Theme, names};
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::source::{FileId, Folder};

/// Templates by name, the later before the earlier.
type Layer = Vec<(String, FileId)>;

/// Loads the theme that the site names. The built-in templates are added to the folder's sources, so that
/// mistakes can point into them.
pub fn load(folder: &mut Folder, config: &Config, out: &mut Diagnostics) -> Theme {
    let name = names::chosen(folder, config, out).map_or(DEFAULT, |theme| theme.name).to_owned();
    let below = builtin::find(&name).filter(|theme| theme.name != DEFAULT);
    let inside = [Some(builtin::DEFAULT), below].into_iter().flatten();
    let builtin: Vec<(&str, Layer)> = inside.map(|theme| (theme.name, builtin_templates(folder, theme))).collect();
    let mut own = disk_templates(folder, &format!("themes/{name}/templates/"));
    own.extend(disk_templates(folder, "templates/"));
    let all: Layer = builtin.iter().flat_map(|(_, layer)| layer).chain(&own).cloned().collect();
    let (tables, templates): (Layer, Layer) = all.into_iter().partition(|(name, _)| is_words(name));
    let words = words::load(&config.language, folder, &tables, out);
    let mut layers: BTreeMap<String, FileId> = templates.into_iter().collect();
    layers.extend(originals(folder, &own, &builtin));
    let statics = statics(folder, &name);
    let theme = compile(folder, layers, counted(folder, &own), (words, statics), out);
    Theme { own: !own.is_empty(), ..theme }
}

/// The files that go with the theme: those of its folder over those inside the program. Only a theme that has none
/// takes the default theme's.
fn statics(folder: &Folder, name: &str) -> Vec<StaticFile> {
    let inside = |theme: &Builtin| -> BTreeMap<String, StaticContent> {
        let files = theme.statics.iter();
        files.map(|(name, bytes)| ((*name).to_owned(), StaticContent::Builtin(bytes))).collect()
    };
    let mut files = builtin::find(name).map(inside).unwrap_or_default();
    let top = format!("themes/{name}/static/");
    let on_disk = folder.theme_files.iter().filter_map(|path| Some((path.strip_prefix(&top)?, path)));
    files.extend(on_disk.map(|(name, path)| (name.to_owned(), StaticContent::Disk(path.clone()))));
    if files.is_empty() {
        files = inside(builtin::DEFAULT);
    }
    files.into_iter().map(|(name, content)| StaticFile { name, content }).collect()
}

fn builtin_templates(folder: &mut Folder, theme: &Builtin) -> Layer {
    let mut add = |(name, text): &(&str, &str)| {
        ((*name).to_owned(), folder.sources.add(format!("themes/{}/templates/{name}", theme.name), *text))
    };
    theme.templates.iter().map(&mut add).collect()
}

/// A table of words, and no template.
fn is_words(name: &str) -> bool {
    name.starts_with("words/") && name.ends_with(".toml")
}

/// A built-in template that an override names as `THEME/NAME` is there under that name too. Others are not: a
/// template under two names would define its components twice.
fn originals(folder: &Folder, own: &Layer, builtin: &[(&str, Layer)]) -> Layer {
    let texts = || own.iter().map(|(_, file)| folder.sources.get(*file).text.as_ref());
    let is_named = |name: &str| {
        let quoted = [format!("\"{name}\""), format!("'{name}'")];
        texts().any(|text| quoted.iter().any(|name| text.contains(name)))
    };
    let under = |(theme, layer): &(&str, Layer)| -> Layer {
        layer.iter().map(|(name, file)| (format!("{theme}/{name}"), *file)).collect()
    };
    builtin.iter().flat_map(under).filter(|(name, _)| is_named(name)).collect()
}

fn disk_templates(folder: &Folder, top: &str) -> Layer {
    let named = |file: &FileId| Some((folder.sources.get(*file).path.strip_prefix(top)?.to_owned(), *file));
    folder.templates.iter().filter_map(named).collect()
}

/// The site's own templates, which count their steps; the others are known to end.
fn counted(folder: &Folder, own: &Layer) -> BTreeMap<String, Counted> {
    let templates = own.iter().filter(|(name, _)| !is_words(name));
    templates.map(|(name, file)| (name.clone(), Counted::new(&folder.sources.get(*file).text))).collect()
}

/// Compiles the templates; each one that cannot be read is reported and replaced by an empty one, until the
/// rest can.
fn compile(
    folder: &Folder,
    files: BTreeMap<String, FileId>,
    counted: BTreeMap<String, Counted>,
    (words, statics): (Words, Vec<StaticFile>),
    out: &mut Diagnostics,
) -> Theme {
    let text = |name: &String, file: &FileId| match counted.get(name) {
        Some(counted) => counted.text.clone(),
        None => folder.sources.get(*file).text.as_ref().to_owned(),
    };
    let known = Templates { files: &files, counted: &counted };
    let mut broken: BTreeSet<String> = BTreeSet::new();
    let fallback = folder.config;
    for _ in 0..=files.len() {
        let mut tera = Tera::default();
        tera.autoescape_on(vec![".html", ".xml", ".svg"]);
        steps::register(&mut tera);
        let unbroken = |name, file| if broken.contains(name) { String::new() } else { text(name, file) };
        let templates: Vec<(String, String)> =
            files.iter().map(|(name, file)| (name.clone(), unbroken(name, file))).collect();
        let Err(error) = tera.add_raw_templates(templates) else {
            return Theme { tera, files, counted, fallback, own: false, broken, words, statics };
        };
        let unknown = missing(&error);
        for one in unknown.iter().filter(|one| !broken.contains(&one.name)) {
            if let Some(file) = files.get(&one.name) {
                out.push(explain_missing(one, &known, &text(&one.name, file), *file));
            }
        }
        let before = broken.len();
        broken.extend(unknown.into_iter().map(|one| one.name).filter(|name| files.contains_key(name)));
        if broken.len() > before {
            continue;
        }
        let culprit = culprit(error.kind()).filter(|name| files.contains_key(name) && !broken.contains(name));
        let at = culprit.as_ref().and_then(|name| files.get(name)).copied();
        out.push(explain(&error, &known, at.unwrap_or(fallback)));
        match culprit {
            // A built-in template stands under two names.
            Some(name) => {
                broken.extend(files.iter().filter(|(_, file)| **file == files[&name]).map(|(name, _)| name.clone()))
            }
            None => break,
        }
    }
    let broken = files.keys().cloned().collect();
    Theme { tera: Tera::default(), files, counted, fallback, own: false, broken, words, statics }
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
