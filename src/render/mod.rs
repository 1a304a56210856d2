//! A page's view and the theme → its bytes. Nothing else is looked at: equal views make equal pages.

use crate::diagnostic::Diagnostic;
use crate::site::Site;
use crate::site::pages::Page;
use crate::site::view::{template, view};

/// The text of a page that a template makes; empty for files that no template makes.
///
/// # Errors
/// The template's mistake, unless it was reported already.
pub fn page(site: &Site, url: &str, page: &Page) -> Result<String, Option<Box<Diagnostic>>> {
    match template(site, page).zip(view(site, url, page)) {
        Some((template, view)) => site.theme.render(template, &view),
        None => Ok(String::new()),
    }
}
