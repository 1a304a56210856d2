//! `/assets/words.js`: the words of the interface for the theme's scripts, in the site's language; beside it
//! `words-PART.js` with those that few pages need.

use crate::site::Site;
use crate::theme::words::SCRIPT_PARTS;

/// A module with a part of the words, by its place in [`SCRIPT_PARTS`]: texts, forms of a plural and lists, as the tables
/// of words have them. The first part is what `say.js` begins with, the others add to it.
pub fn render(site: &Site, part: usize) -> String {
    let part = SCRIPT_PARTS[part];
    let words = serde_json::to_string(&site.theme.words.for_scripts(part)).expect("texts always serialise");
    let about = "// The words of the interface, in the language of the site.\n";
    match part {
        "" => format!("{about}export default {words};\n"),
        _ => format!("{about}import {{ learn }} from \"./say.js\";\n\nlearn({words});\n"),
    }
}
