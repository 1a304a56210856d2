//! `/robots.txt`: everything may be read, and where the sitemap is.

use crate::site::Site;

/// The file. A sitemap is named by its whole address, as far as that is known.
pub fn render(site: &Site) -> String {
    let sitemap = site.urls.canonical("/sitemap.xml").map_or_else(String::new, |url| format!("Sitemap: {url}\n"));
    format!("User-agent: *\nAllow: /\n{sitemap}")
}
