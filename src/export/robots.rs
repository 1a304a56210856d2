//! `/robots.txt`: everything may be read, and where the sitemap is.

use crate::site::Site;

/// The file.
pub fn render(site: &Site) -> String {
    format!("User-agent: *\nAllow: /\nSitemap: {}\n", site.urls.absolute("/sitemap.xml"))
}
