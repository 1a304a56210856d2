//! `site.toml`: settings within their bounds, and a diagnostic for whatever is none.

use roadbook::config::{self, normal_base_url};
use roadbook::diagnostic::Diagnostics;
use roadbook::source::Sources;

use super::reports;

pub fn check(text: &str) {
    let mut sources = Sources::default();
    let file = sources.add("site.toml", text);
    let mut found = Diagnostics::default();
    let config = config::read(file, sources.get(file), &mut found);
    reports::check(&found.into_vec(), &sources);
    assert_eq!(normal_base_url(&config.base_url), Ok(config.base_url.clone()));
    assert!(config.base_path().starts_with('/') && config.base_path().ends_with('/'));
    assert!(config.language.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
    assert!(config.hours_per_week.is_none_or(|hours| hours.is_finite() && hours > 0.0));
    let web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
    assert!(config.edit_url.as_ref().is_none_or(web));
}
