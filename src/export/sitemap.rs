//! `/sitemap.xml`: every page that a search engine should know (sitemaps.org, version 0.9).

use std::fmt::Write;

use super::xml_escape;
use crate::document::Matter;
use crate::site::Site;
use crate::site::pages::Page;

/// The file. Topics carry the date of their last update.
pub fn render(site: &Site) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for output in site.outputs.iter().filter(|output| output.page.is_listed()) {
        let url = xml_escape(&site.urls.absolute(&output.path));
        let updated = match output.page {
            Page::Topic(topic) => match &site.documents[site.roadmaps.topic(topic).document.0].matter {
                Matter::Topic(matter) => matter.updated.as_ref().map(|day| day.value),
                _ => None,
            },
            _ => None,
        };
        let lastmod = updated.map_or_else(String::new, |date| format!("<lastmod>{date}</lastmod>"));
        let _ = writeln!(text, "<url><loc>{url}</loc>{lastmod}</url>");
    }
    text.push_str("</urlset>\n");
    text
}
