//! `/assets/words.js`: the words of the interface for the theme's scripts, in the site's language.

use crate::site::Site;

/// A module whose default export maps words to texts, forms of a plural and lists, as the tables of words have them.
pub fn render(site: &Site) -> String {
    let words = serde_json::to_string(&site.theme.words.for_scripts()).expect("texts always serialise");
    format!("// The words of the interface, in the language of the site.\nexport default {words};\n")
}
