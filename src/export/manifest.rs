//! `/manifest.webmanifest`: what a phone needs to put the site on its home screen (W3C Web Application Manifest).

use serde_json::json;

use crate::site::Site;
use crate::site::pages::THEME_FILES;
use crate::urls::path;

/// The file.
pub fn render(site: &Site) -> String {
    let href = |to: &str| site.urls.href(path::MANIFEST, to);
    let icons: Vec<_> = site
        .theme
        .statics
        .iter()
        .filter(|file| file.name == "icon.svg")
        .map(|file| json!({"src": href(&format!("{THEME_FILES}{}", file.name)), "sizes": "any", "type": "image/svg+xml"}))
        .collect();
    let manifest = json!({
        "name": site.config.title,
        "description": site.config.description.as_deref().unwrap_or_default(),
        "lang": site.config.language,
        "id": href(path::HOME),
        "start_url": href(path::HOME),
        "scope": href(path::HOME),
        "display": "minimal-ui",
        "icons": icons,
    });
    format!("{manifest}\n")
}
