//! The whole check of one built site.

use std::path::Path;

use serde_json::Value;

use crate::build::Built;
use crate::data;
use crate::links::{self, Base};
use crate::order;
use crate::pages;
use crate::path;
use crate::reckon;
use crate::report::Report;
use crate::source::{Roadmap, Site};

/// Checks a site that was built for a web server.
pub fn site(root: &Path, built: &Built, report: &mut Report) {
    let site = Site::read(root);
    let base = Base::new(&site);
    data(&site, &base, built, report);
    let html = pages::read(built);
    let resolve = |from: &str, reference: &str| base.resolve(from, reference);
    pages::check_pages(&site, built, report);
    pages::check_links(built, &html, &resolve, report);
    pages::check_lost_page(built, &html, &base, report);
    pages::check_redirects(&site, &html, &resolve, report);
    pages::check_sitemap(built, &html, &base, report);
    pages::check_feed(built, report);
}

/// Checks a site that was built for the file system.
pub fn offline(root: &Path, built: &Built, report: &mut Report) {
    let site = Site::read(root);
    data(&site, &Base::new(&site), built, report);
    let html = pages::read(built);
    pages::check_pages(&site, built, report);
    pages::check_links(built, &html, &links::resolve_offline, report);
    pages::check_redirects(&site, &html, &links::resolve_offline, report);
}

/// Checks the list of roadmaps and each roadmap's data.
fn data(site: &Site, base: &Base, built: &Built, report: &mut Report) {
    if let Some(list) = built.json("roadmaps.json", report) {
        report.within("roadmaps.json", |report| check_list(&list, site, base, built, report));
    }
    for source in &site.roadmaps {
        let file = format!("{}/roadmap.json", source.id);
        report.within(&file, |report| {
            let Some(value) = built.json(&file, report) else { return };
            check_urls(&value, base, built, report);
            if let Some(data) = data::Roadmap::read(&value, report) {
                check_roadmap(site, source, &data, report);
            }
        });
    }
}

/// The list names every roadmap of the site once, with its URL.
fn check_list(list: &Value, site: &Site, base: &Base, built: &Built, report: &mut Report) {
    check_urls(list, base, built, report);
    let entries = list["roadmaps"].as_array().or(list.as_array()).map_or(&[][..], Vec::as_slice);
    let mut listed: Vec<&str> = entries.iter().filter_map(|entry| entry["id"].as_str()).collect();
    listed.sort_unstable();
    let mut expected: Vec<&str> = site.roadmaps.iter().map(|roadmap| roadmap.id.as_str()).collect();
    expected.sort_unstable();
    report.equal("the roadmaps", &listed, &expected);
    let has_url = |entry: &Value| entry["url"].is_string();
    report.check(entries.iter().all(has_url), || "a roadmap without its URL".to_owned());
}

/// Every `url` anywhere in the data is there as a file.
fn check_urls(value: &Value, base: &Base, built: &Built, report: &mut Report) {
    match value {
        Value::Object(map) => {
            if let Some(url) = map.get("url").and_then(Value::as_str) {
                report.check(links::exists(url, base, built), || format!("no file for the URL {url}"));
            }
            map.values().for_each(|inner| check_urls(inner, base, built, report));
        }
        Value::Array(items) => items.iter().for_each(|inner| check_urls(inner, base, built, report)),
        _ => {}
    }
}

/// Checks one roadmap's data against its source.
fn check_roadmap(site: &Site, source: &Roadmap, data: &data::Roadmap, report: &mut Report) {
    report.equal("format", &data.format, &1);
    report.equal("id", &data.id, &source.id);
    report.equal("title", &data.title, &source.title);
    report.equal("hours_per_week", &data.hours_per_week.as_f64(), &Some(source.hours_per_week));
    let before = report.count();
    order::check_identity(site, source, data, report);
    if report.count() == before {
        order::check(site, source, data, report);
        reckon::check(source, data, report);
        path::check(source, data, report);
    }
}
