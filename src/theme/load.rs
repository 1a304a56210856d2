//! Layers of templates → one [`Theme`].
//!
//! Templates come from four places, one over the other: the default theme, the built-in theme that the site
//! names, the folder `themes/NAME`, and the site's `templates/`. A built-in template is also there as
//! `THEME/NAME`, so that an override can build on it. Static files are the named theme's alone: a style sheet
//! belongs to its templates.

use std::collections::BTreeMap;

use super::builtin::{self, Builtin};
use super::compile::{Own, compile};
use super::words;
use super::{DEFAULT, StaticContent, StaticFile, Theme, names};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::limits::TEMPLATES;
use crate::source::{FileId, Folder, Span};

/// Templates by name, the later before the earlier.
pub(super) type Layer = Vec<(String, FileId)>;

/// Loads the theme that the site names. The built-in templates are added to the folder's sources, so that
/// mistakes can point into them.
pub fn load(folder: &mut Folder, config: &Config, out: &mut Diagnostics) -> Theme {
    let name = names::chosen(folder, config, out).map_or(DEFAULT, |theme| theme.name).to_owned();
    let below = builtin::find(&name).filter(|theme| theme.name != DEFAULT);
    let inside = [Some(builtin::DEFAULT), below].into_iter().flatten();
    let builtin: Vec<(&str, Layer)> = inside.map(|theme| (theme.name, builtin_templates(folder, theme))).collect();
    let mut own = disk_templates(folder, &format!("themes/{name}/templates/"));
    own.extend(disk_templates(folder, "templates/"));
    refuse_many(&mut own, out);
    let all: Layer = builtin.iter().flat_map(|(_, layer)| layer).chain(&own).cloned().collect();
    let (tables, templates): (Layer, Layer) = all.into_iter().partition(|(name, _)| is_words(name));
    let words = words::load(&config.language, folder, &tables, out);
    let mut layers: BTreeMap<String, FileId> = templates.into_iter().collect();
    layers.extend(originals(folder, &own, &builtin));
    let statics = statics(folder, &name);
    let own = Own::new(folder, own, out);
    compile(folder, layers, own, (words, statics), out)
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
pub(super) fn is_words(name: &str) -> bool {
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

/// Uses none where there are more than there is room for.
fn refuse_many(own: &mut Layer, out: &mut Diagnostics) {
    if let Some((_, file)) = own.get(TEMPLATES) {
        let report = Diagnostic::new(
            Code::Template,
            Span::start_of(*file),
            format!("there are {} templates, and at most {TEMPLATES} can be used", own.len()),
        );
        out.push(report.help("remove those that no page needs, or make one of several"));
        own.clear();
    }
}
