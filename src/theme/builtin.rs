//! The default theme, inside the program. A test holds this list against the folder.

macro_rules! files {
    ($folder:literal, $read:ident, $($name:literal)*) => {
        &[$(($name, $read!(concat!("../../themes/default/", $folder, "/", $name)))),*]
    };
}

/// The templates, by name.
pub const TEMPLATES: &[(&str, &str)] = files!("templates", include_str,
    "404.html" "atom.xml" "base.html" "compare.html" "components.html" "home.html" "page.html" "print.html" "redirect.html"
    "roadmap.html" "search.html" "stage.html" "tag.html" "tags.html" "timeline.html" "topic.html" "topics.html"
    "words/ar.toml" "words/de.toml" "words/en.toml" "words/es.toml" "words/zh.toml"
);

/// The files that are published as they are, by name.
pub const STATICS: &[(&str, &[u8])] = files!("static", include_bytes,
    "icon.svg" "search-index.js" "search-match.js" "search-words.js" "search.js" "style.css" "theme.js"
);

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    fn listed(folder: &str) -> BTreeSet<String> {
        let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default").join(folder);
        let files =
            walkdir::WalkDir::new(&top).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
        files.map(|entry| entry.path().strip_prefix(&top).unwrap().to_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn the_lists_hold_the_whole_folder() {
        let names: BTreeSet<String> = super::TEMPLATES.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(names, listed("templates"));
        let names: BTreeSet<String> = super::STATICS.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(names, listed("static"));
    }
}
