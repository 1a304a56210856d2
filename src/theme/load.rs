//! Layers of templates → one [`Theme`].
//!
//! A template of the site's `templates/` comes before the theme's of the same name, and that before the
//! built-in one, which is also there as `default/NAME`, so that an override can build on it.

use std::collections::{BTreeMap, BTreeSet};

use tera::{ErrorKind, Tera};

use super::explain::{explain, explain_missing, missing};
use super::words::{self, Words};
use super::{DEFAULT, StaticContent, StaticFile, Theme, builtin};
use crate::config::Config;
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Folder};

/// Loads the theme that the site names. The built-in templates are added to the folder's sources, so that
/// mistakes can point into them.
pub fn load(folder: &mut Folder, config: &Config, out: &mut Diagnostics) -> Theme {
    let chosen = known_theme(folder, config, out);
    let mut own = disk_templates(folder, &format!("themes/{chosen}/templates/"));
    own.extend(disk_templates(folder, "templates/"));
    let builtin = builtin_templates(folder);
    let tables: Vec<_> = builtin.iter().chain(&own).filter(|(name, _)| is_words(name)).cloned().collect();
    let words = words::load(&config.language, folder, &tables, out);
    own.retain(|(name, _)| !is_words(name));
    let mut layers: BTreeMap<_, _> = builtin.into_iter().filter(|(name, _)| !is_words(name)).collect();
    keep_originals(folder, &own, &mut layers);
    layers.extend(own);
    let mut statics: BTreeMap<String, StaticContent> =
        builtin::STATICS.iter().map(|(name, bytes)| ((*name).to_owned(), StaticContent::Builtin(bytes))).collect();
    let top = format!("themes/{chosen}/static/");
    for path in &folder.theme_files {
        if let Some(name) = path.strip_prefix(&top) {
            statics.insert(name.to_owned(), StaticContent::Disk(path.clone()));
        }
    }
    let statics = statics.into_iter().map(|(name, content)| StaticFile { name, content }).collect();
    compile(folder, layers, words, statics, out)
}

/// The theme's name, or `default` when there is no such theme.
fn known_theme(folder: &Folder, config: &Config, out: &mut Diagnostics) -> String {
    let wanted = &config.theme;
    let outside = wanted.value.contains(['/', '\\']) || wanted.value.starts_with('.');
    if outside {
        out.push(
            Diagnostic::new(
                Code::OutsideSite,
                wanted.span,
                format!("the theme `{}` leads out of `themes/`", wanted.value),
            )
            .help("name a folder in `themes/`, or `default`"),
        );
        return DEFAULT.into();
    }
    let paths = folder.templates.iter().map(|file| folder.sources.get(*file).path.as_str());
    let paths = paths.chain(folder.theme_files.iter().map(String::as_str));
    let mut names: BTreeSet<&str> = paths.filter_map(|path| path.strip_prefix("themes/")?.split('/').next()).collect();
    names.insert(DEFAULT);
    if names.contains(wanted.value.as_str()) {
        return wanted.value.clone();
    }
    let report = Diagnostic::new(Code::Template, wanted.span, format!("there is no theme `{}`", wanted.value));
    let all: Vec<&str> = names.into_iter().collect();
    let meant = nearest(&wanted.value, all.iter().copied());
    out.push(report.suggest(meant, || format!("themes here: {}", crate::tree::fields::quoted(&all))));
    DEFAULT.into()
}

fn builtin_templates(folder: &mut Folder) -> Vec<(String, FileId)> {
    let mut add = |(name, text): &(&str, &str)| {
        ((*name).to_owned(), folder.sources.add(format!("themes/{DEFAULT}/templates/{name}"), *text))
    };
    builtin::TEMPLATES.iter().map(&mut add).collect()
}

/// A table of words, and no template.
fn is_words(name: &str) -> bool {
    name.starts_with("words/") && name.ends_with(".toml")
}

/// A built-in template that an override names is also there as `default/NAME`. Others are not: a template
/// under two names would define its components twice.
fn keep_originals(folder: &Folder, own: &[(String, FileId)], layers: &mut BTreeMap<String, FileId>) {
    let texts = || own.iter().map(|(_, file)| folder.sources.get(*file).text.as_str());
    let originals: Vec<(String, FileId)> = layers
        .iter()
        .map(|(name, file)| (format!("{DEFAULT}/{name}"), *file))
        .filter(|(name, _)| {
            texts().any(|text| text.contains(&format!("\"{name}\"")) || text.contains(&format!("'{name}'")))
        })
        .collect();
    layers.extend(originals);
}

fn disk_templates(folder: &Folder, top: &str) -> Vec<(String, FileId)> {
    let named = |file: &FileId| Some((folder.sources.get(*file).path.strip_prefix(top)?.to_owned(), *file));
    folder.templates.iter().filter_map(named).collect()
}

/// Compiles the templates; each one that cannot be read is reported and replaced by an empty one, until the
/// rest can.
fn compile(
    folder: &Folder,
    files: BTreeMap<String, FileId>,
    words: Words,
    statics: Vec<StaticFile>,
    out: &mut Diagnostics,
) -> Theme {
    let mut broken: BTreeSet<String> = BTreeSet::new();
    let fallback = folder.config;
    for _ in 0..=files.len() {
        let mut tera = Tera::default();
        tera.autoescape_on(vec![".html", ".xml", ".svg"]);
        let text = |name: &String, file: &FileId| {
            if broken.contains(name) { String::new() } else { folder.sources.get(*file).text.clone() }
        };
        let templates: Vec<(String, String)> =
            files.iter().map(|(name, file)| (name.clone(), text(name, file))).collect();
        let Err(error) = tera.add_raw_templates(templates) else {
            return Theme { tera, files, fallback, broken, words, statics };
        };
        let unknown = missing(&error);
        for one in unknown.iter().filter(|one| !broken.contains(&one.name)) {
            if let Some(file) = files.get(&one.name) {
                out.push(explain_missing(one, *file, &folder.sources.get(*file).text));
            }
        }
        let before = broken.len();
        broken.extend(unknown.into_iter().map(|one| one.name).filter(|name| files.contains_key(name)));
        if broken.len() > before {
            continue;
        }
        let culprit = culprit(error.kind()).filter(|name| files.contains_key(name) && !broken.contains(name));
        let at = culprit.as_ref().and_then(|name| files.get(name)).copied();
        out.push(explain(&error, |name| files.get(name).copied(), at.unwrap_or(fallback)));
        match culprit {
            // A built-in template stands under two names.
            Some(name) => {
                broken.extend(files.iter().filter(|(_, file)| **file == files[&name]).map(|(name, _)| name.clone()))
            }
            None => break,
        }
    }
    let broken = files.keys().cloned().collect();
    Theme { tera: Tera::default(), files, fallback, broken, words, statics }
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
