//! The themes inside the program. A test holds these lists against the folders.

/// A theme inside the program.
#[derive(Debug)]
pub struct Builtin {
    /// Its name, as `theme` in `site.toml` gives it.
    pub name: &'static str,
    /// What it is and how it is changed.
    pub readme: &'static str,
    /// The templates and tables of words, by their names below `templates/`.
    pub templates: &'static [(&'static str, &'static str)],
    /// The files that are published as they are, by their names below `static/`.
    pub statics: &'static [(&'static str, &'static [u8])],
}

impl Builtin {
    /// All its files, by their paths below the theme's folder.
    pub fn files(&self) -> Vec<(String, &'static [u8])> {
        let templates = self.templates.iter().map(|(name, text)| (format!("templates/{name}"), text.as_bytes()));
        let statics = self.statics.iter().map(|(name, bytes)| (format!("static/{name}"), *bytes));
        let readme = ("README.md".to_owned(), self.readme.as_bytes());
        std::iter::once(readme).chain(templates).chain(statics).collect()
    }
}

macro_rules! theme {
    ($theme:literal, templates: $($template:literal)*, statics: $($file:literal)*) => {
        Builtin {
            name: $theme,
            readme: include_str!(concat!("../../themes/", $theme, "/README.md")),
            templates: &[
                $(($template, include_str!(concat!("../../themes/", $theme, "/templates/", $template)))),*
            ],
            statics: &[$(($file, include_bytes!(concat!("../../themes/", $theme, "/static/", $file)))),*],
        }
    };
}

/// The theme that lies below every other one.
pub const DEFAULT: &Builtin = &theme!("default",
    templates:
        "404.html" "atom.xml" "base.html" "compare.html" "components.html" "home.html" "page.html" "plan.html" "poster.svg"
        "print.html" "redirect.html" "roadmap.html" "search.html" "stage.html" "tag.html" "tags.html" "timeline.html" "topic.html" "topics.html"
        "words/ar.toml" "words/de.toml" "words/en.toml" "words/es.toml" "words/zh.toml",
    statics:
        "calendar.js" "compare-filter.js" "compare-learned.js" "compare.js" "home.js" "icon.svg" "keys-help.js"
        "keys.js" "marks.js" "note-text.js" "note.js" "own-road.js" "panel.js" "plan-actions.js" "plan-form.js"
        "plan-link.js" "plan-off.js" "plan-picks.js" "plan-reckon.js" "plan-source.js" "plan-steps.js"
        "plan-topics.js" "plan-week.js" "plan.js" "progress-changes.js" "progress-file.js" "progress-link.js"
        "progress-preview.js" "progress.js" "reader-state.js" "reader.js" "reckon-days.js" "reckon-heap.js"
        "reckon-needs.js" "reckon-picks.js" "reckon-shares.js" "reckon.js" "roadmap-choices.js"
        "roadmap-figures.js" "roadmap-off.js" "roadmap.js" "say.js" "search-index.js" "search-match.js"
        "search-words.js" "search.js" "site.js" "store.js" "style.css" "theme.js" "timeline-chart.js"
        "timeline-figures.js" "timeline.js" "topic-road.js" "topic-way.js" "topic.js" "trouble.js"
);

const PLAIN: &Builtin = &theme!("plain",
    templates:
        "404.html" "atom.xml" "base.html" "compare.html" "components.html" "home.html" "page.html" "print.html"
        "redirect.html" "roadmap.html" "stage.html" "tag.html" "tags.html" "timeline.html" "topic.html" "topics.html",
    statics: "icon.svg" "style.css"
);

/// All of them, by name.
pub const THEMES: &[&Builtin] = &[DEFAULT, PLAIN];

/// The theme of this name.
pub fn find(name: &str) -> Option<&'static Builtin> {
    THEMES.iter().find(|theme| theme.name == name).copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    use super::*;

    fn themes() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("themes")
    }

    #[test]
    fn every_theme_of_the_repository_is_inside() {
        let folders = std::fs::read_dir(themes()).unwrap().map(|entry| entry.unwrap().file_name());
        let folders: BTreeSet<String> = folders.map(|name| name.into_string().unwrap()).collect();
        let names: Vec<&str> = THEMES.iter().map(|theme| theme.name).collect();
        assert_eq!(names, folders.iter().map(String::as_str).collect::<Vec<_>>());
    }

    #[test]
    fn the_lists_hold_whole_folders() {
        for theme in THEMES {
            let top = themes().join(theme.name);
            let files = walkdir::WalkDir::new(&top).into_iter().map(Result::unwrap);
            let files = files.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
            let below = |path: PathBuf| path.strip_prefix(&top).unwrap().to_str().unwrap().replace('\\', "/");
            let listed: BTreeSet<String> = theme.files().into_iter().map(|(path, _)| path).collect();
            assert_eq!(listed, files.map(below).collect(), "{}", theme.name);
        }
    }

    /// A template that is missing would be the default theme's, among strange ones and with its own style. A page that
    /// is nothing without its script is only made where the theme has the script.
    #[test]
    fn every_theme_has_a_template_for_every_page() {
        let names = |theme: &Builtin| {
            let templates = theme.templates.iter().map(|(name, _)| *name);
            // Words and posters are the default theme's in every theme that has none of its own.
            templates.filter(|name| name.ends_with(".html") || name.ends_with(".xml")).collect::<BTreeSet<_>>()
        };
        for theme in THEMES {
            let has_script = |page: &&&str| {
                let script = page.replace(".html", ".js");
                let has = |theme: &Builtin| theme.statics.iter().any(|(name, _)| *name == script);
                has(theme) || !has(DEFAULT)
            };
            let wanted = names(DEFAULT);
            let missing: Vec<_> = wanted.difference(&names(theme)).filter(has_script).copied().collect();
            assert!(missing.is_empty(), "{} lacks {missing:?}", theme.name);
        }
    }
}
