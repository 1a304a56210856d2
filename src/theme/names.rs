//! Which themes a site can choose from, and which one it chose.

use std::collections::BTreeSet;

use super::DEFAULT;
use super::builtin::{self, Builtin, THEMES};
use crate::config::Config;
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Folder;
use crate::tree::fields::quoted;

/// A theme that a site can choose: inside the program, in the site's `themes/`, or both.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Its name.
    pub name: &'a str,
    /// Whether the site has a folder `themes/NAME`.
    pub in_folder: bool,
    /// The theme of this name inside the program.
    pub builtin: Option<&'static Builtin>,
}

/// The themes of a site, by name.
pub fn themes(folder: &Folder) -> Vec<Known<'_>> {
    let paths = folder.templates.iter().map(|file| folder.sources.get(*file).path.as_ref());
    let paths = paths.chain(folder.theme_files.iter().map(String::as_str));
    let folders: BTreeSet<&str> = paths.filter_map(|path| path.strip_prefix("themes/")?.split('/').next()).collect();
    let names: BTreeSet<&str> = folders.iter().copied().chain(THEMES.iter().map(|theme| theme.name)).collect();
    let known = |name| Known { name, in_folder: folders.contains(name), builtin: builtin::find(name) };
    names.into_iter().map(known).collect()
}

/// The theme inside the program of this name.
///
/// # Errors
/// What to do when there is none.
pub fn find_builtin(name: &str) -> Result<&'static Builtin, String> {
    let names: Vec<&str> = THEMES.iter().map(|theme| theme.name).collect();
    builtin::find(name).ok_or_else(|| match nearest(name, names.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("there are {}", quoted(&names)),
    })
}

/// Whether a folder in `themes/` can have this name.
pub fn is_name(name: &str) -> bool {
    name.starts_with(char::is_alphanumeric) && name.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c))
}

/// The theme that the site names, or none when there is no such theme.
pub fn chosen<'a>(folder: &'a Folder, config: &Config, out: &mut Diagnostics) -> Option<Known<'a>> {
    let wanted = &config.theme;
    let report = |code, message| Diagnostic::new(code, wanted.span, message);
    if wanted.value.contains(['/', '\\']) || wanted.value.starts_with('.') {
        let message = format!("the theme `{}` leads out of `themes/`", wanted.value);
        out.push(report(Code::OutsideSite, message).help(format!("name a folder in `themes/`, or `{DEFAULT}`")));
        return None;
    }
    let themes = themes(folder);
    let found = themes.iter().find(|theme| theme.name == wanted.value).copied();
    if found.is_none() {
        let names: Vec<&str> = themes.iter().map(|theme| theme.name).collect();
        let meant = nearest(&wanted.value, names.iter().copied());
        let report = report(Code::Template, format!("there is no theme `{}`", wanted.value));
        out.push(report.suggest(meant, || format!("themes here: {}", quoted(&names))));
    }
    found
}

/// What a theme is, in a line: the first line of its README that is no heading.
pub fn summary(readme: &str) -> &str {
    readme.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_that_of_a_folder() {
        assert!(["plain", "my-theme", "Übersicht", "2nd", "v1.2_x"].into_iter().all(is_name));
        assert!(!["", ".", "..", ".git", "a/b", "a\\b", "-x", "a b", "a'b"].into_iter().any(is_name));
    }

    #[test]
    fn every_theme_inside_says_what_it_is_in_a_line() {
        for theme in THEMES {
            let line = summary(theme.readme);
            assert!(line.ends_with('.') && line.chars().count() < 100, "{}: {line}", theme.name);
        }
        assert_eq!(summary("# Mine\n\n  About it.\nMore.\n"), "About it.");
        assert_eq!(summary("# Mine\n"), "");
    }
}
