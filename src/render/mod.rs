//! A page's view and the theme → its bytes. Nothing else is looked at: equal views make equal pages.

use crate::diagnostic::Diagnostic;
use crate::export::fits_xml;
use crate::site::Site;
use crate::site::pages::Page;
use crate::site::view::{template, view};

/// The text of a page that a template makes; empty for files that no template makes. Feeds and pictures are without the
/// control characters that texts of authors may have and no XML may.
///
/// # Errors
/// The template's mistake, unless it was reported already.
pub fn page(site: &Site, url: &str, page: &Page) -> Result<String, Option<Box<Diagnostic>>> {
    match template(site, page).zip(view(site, url, page)) {
        Some((template, view)) => {
            let mut text = site.theme.render(template, &view)?;
            if [".xml", ".svg"].iter().any(|kind| template.ends_with(kind)) {
                text.retain(fits_xml);
            }
            Ok(text)
        }
        None => Ok(String::new()),
    }
}
